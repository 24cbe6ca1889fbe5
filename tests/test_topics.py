import tomllib
from pathlib import Path

import pytest

from archive.errors import InputError
from index.passages import Passage, Scope
from index.topics import Topic, Topics, read_topics, standard_topics

TOPICS = standard_topics()


def titled(title: str, *texts: str) -> tuple[Passage, ...]:
    return (Passage(Scope.TITLE, title), *(Passage(Scope.NARRATIVE, text) for text in texts))


@pytest.mark.parametrize(("title", "topic"), [
    ("School Places in Horsham 2024/25", "education"),
    ("Children First: the Family Safeguarding Model", "children"),
    ("Homelessness and Rough Sleeping Strategy", "housing"),
    ("Planning application 18/00335/FUL", "planning"),
    ("Adult Social Care Commissioning Strategy", "adult-care"),
    ("Highway Maintenance Contract", "highways"),
    ("Residents' Parking in Elm Street", "parking"),
    ("Bus Service Improvement Plan", "transport"),
    ("Household Waste Recycling Sites", "waste"),
    ("Climate Emergency Action Plan", "climate"),
    ("Treasury Management Annual Report", "finance"),
    ("Internal Audit Progress Report", "audit"),
    ("Licensing Act 2003: Application for a Premises Licence", "licensing"),
    ("Members' Allowances Scheme", "governance"),
    ("Pension Fund Annual Report", "pensions"),
    ("Domestic Abuse Strategy", "community-safety"),
    ("Library Service Review", "leisure"),
    ("Gypsy and Traveller Accommodation", "communities"),
])
def test_titles_have_the_topic_a_clerk_would_give(title: str, topic: str) -> None:
    assert topic in TOPICS.of(titled(title))


@pytest.mark.parametrize("title", [
    "Apologies for absence", "Minutes of the last meeting", "Any other business", "", "Chair"])
def test_titles_that_say_nothing_have_none(title: str) -> None:
    assert TOPICS.of(titled(title)) == ()


def test_a_word_counts_once_and_more_in_the_title() -> None:
    topics = Topics([Topic("a", "A", {"alpha": 1.0, "beta gamma": 2.0}), Topic("b", "B", {"delta": 3.0})])
    assert topics.of(titled("x", "alpha alpha alpha alpha")) == ()
    assert topics.of(titled("Alphas")) == ("a",)
    assert topics.of(titled("x", "alpha", "beta, gamma")) == ("a",)
    assert topics.of(titled("x", "beta of gamma", "alpha")) == ()
    (assigned,) = topics.assign(titled("Alpha", "the beta-gamma"))
    assert (assigned.topic, assigned.points, assigned.words) == ("a", 5.0, ("alpha", "beta gamma"))


def test_a_topic_far_below_the_best_is_left_out() -> None:
    topics = Topics([Topic("a", "A", {"alpha": 3.0}), Topic("b", "B", {"delta": 3.0})])
    assert topics.of(titled("Alpha", "delta")) == ("a",)
    assert topics.of(titled("x", "delta alpha")) == ("a", "b")


def test_the_table_is_one_that_people_can_use() -> None:
    text = (Path(__file__).parents[1] / "index" / "topics.toml").read_text(encoding="utf-8")
    assert 20 <= len(tomllib.loads(text)) <= 30
    assert len(set(TOPICS.labels.values())) == len(TOPICS.labels)
    assert all(topic.id == topic.id.lower() and " " not in topic.id for topic in TOPICS.topics)


@pytest.mark.parametrize("text", [
    "nonsense", "[a]\nlabel = 'A'", "[a]\nwords = {x = 1}", "[a]\nlabel='A'\nwords={x='y'}", "a = 1",
    "[a]\nlabel='A'\nwords={'--' = 1}"])
def test_a_broken_table_is_named(text: str) -> None:
    with pytest.raises(InputError, match=r"mine\.toml: is no table of topics"):
        read_topics(text, "mine.toml")
