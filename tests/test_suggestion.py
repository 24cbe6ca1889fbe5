import pytest

from index.query import parse
from index.suggestion import within
from index.tree import Everything, Field, Word


@pytest.mark.parametrize(("typed", "meant"), [
    ("budget 2021", "budget from:2021 to:2021"), ("bypass in May 2021", 'bypass from:"May 2021" to:"May 2021"'),
    ("between 2019 and 2020 bypass", "bypass from:2019 to:2020"), ("2019 - 2021 budget", "budget from:2019 to:2021"),
    ("bypass since May 2019", 'bypass from:"May 2019"'), ("budget before 2020", "budget to:2019-12-31"),
    ("roads after 3/5/2021", "roads from:2021-05-04"), ("report 2021.", "report from:2021 to:2021"),
    ("18/00335/2021", None), ("budget 2021/22", None), ("2019-20 budget", None), ('"budget 2021"', None),
    ("£2000 grant", None), ("budget from:2021", None), ("roads since 31/2/2021", None), ("roads", None),
])
def test_a_date_in_plain_words_is_days(typed: str, meant: str | None) -> None:
    assert within(typed) == meant


@pytest.mark.parametrize(("typed", "value"), [
    ("from:last year bypass", "last year"), ("bypass to:the end of 2021", "the end of 2021"),
    ("from:3 years ago bypass", "3 years ago"), ("from:May bypass", "May"), ("(from:next month) bypass", "next month"),
])
def test_a_time_that_is_no_date_is_one_note_and_no_word(typed: str, value: str) -> None:
    read = parse(typed)
    assert read.tree == Word("bypass")
    (note,) = read.notes
    assert f"“{value}” is no date" in note


def test_what_follows_a_value_that_is_no_time_is_words() -> None:
    assert parse("from:nonsense 77 bypass").tree == parse("77 bypass").tree


@pytest.mark.parametrize(("name", "scope"), [
    ("decision", "resolution"), ("decisions", "resolution"), ("minutes", "narrative"), ("Discussion", "narrative"),
])
def test_kinds_are_known_by_what_people_call_them(name: str, scope: str) -> None:
    assert parse(f"kind:{name}").tree == Field("kind", scope)


def test_an_asterisk_in_quotes_is_noted() -> None:
    assert parse('"foot* path"').notes == ("An asterisk does nothing inside quotation marks.",)
    assert parse("from:yesterday").tree == Everything()
