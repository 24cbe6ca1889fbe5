import tomllib
from itertools import chain
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import InputError
from index.passages import Passage, Scope
from index.topics import WEIGHTS, Topic, Topics, read_topics, standard_topics

TOPICS = standard_topics()
FIRST_NAMES = (
    "adult-care", "audit", "children", "climate", "communities", "community-safety", "digital", "economy", "education",
    "environment", "finance", "fire-emergency", "governance", "highways", "housing", "leisure", "licensing", "parking",
    "parks", "pensions", "planning", "procurement", "property", "public-health", "transport", "waste", "workforce")


def titled(title: str, *texts: str, scope: Scope = Scope.NARRATIVE) -> tuple[Passage, ...]:
    return (Passage(Scope.TITLE, title), *(Passage(scope, text) for text in texts))


def filler(words: int) -> str:
    return " ".join(["something"] * words)


@pytest.mark.parametrize(("title", "topics"), [
    ("School Places in Horsham 2024/25", {"education", "school-places"}),
    ("Children First: the Family Safeguarding Model", {"children"}),
    ("Homelessness and Rough Sleeping Strategy", {"housing", "homelessness"}),
    ("Planning application 18/00335/FUL", {"planning", "planning-applications"}),
    ("Adult Social Care Commissioning Strategy", {"adult-care"}),
    ("Highway Maintenance Contract", {"transport", "highways"}),
    ("Residents' Parking in Elm Street", {"transport", "parking"}),
    ("Bus Service Improvement Plan", {"transport", "buses"}),
    ("Household Waste Recycling Sites", {"waste"}),
    ("Climate Emergency Action Plan", {"environment", "climate"}),
    ("Treasury Management Annual Report", {"finance"}),
    ("Internal Audit Progress Report", {"finance", "audit"}),
    ("Licensing Act 2003: Application for a Premises Licence", {"licensing", "alcohol"}),
    ("Members' Allowances Scheme", {"governance", "standards"}),
    ("Pension Fund Annual Report", {"finance", "pensions"}),
    ("Domestic Abuse Strategy", {"community-safety", "domestic-abuse"}),
    ("Library Service Review", {"leisure", "libraries"}),
    ("Gypsy and Traveller Accommodation", {"housing", "gypsies-and-travellers"}),
    ("Allotment rents for the coming year", {"parks", "allotments"}),
    ("New Cemetery Extension", {"parks", "cemeteries"}),
])
def test_titles_have_the_topics_a_clerk_would_give(title: str, topics: set[str]) -> None:
    assert topics <= set(TOPICS.of(titled(title)))


@pytest.mark.parametrize("title", [
    "Apologies for absence", "Minutes of the last meeting", "Any other business", "", "Chair",
    "Planning for the meeting", "Members", "Election of Chair", "Report of the Head of Housing",
    "Business of the meeting", "Training",
    "Motion (to be referred to the Housing Strategic Policy Committee)"])
def test_titles_that_say_nothing_have_none(title: str) -> None:
    assert TOPICS.of(titled(title)) == ()


@pytest.mark.parametrize("text", [
    "The council's housing officer attended.", "Members thanked the Director of Highways.",
    "The Pensions Committee met in July.", "The Cabinet Member for Waste, Parks and Climate Change was asked."])
def test_an_office_or_a_routine_mention_is_no_topic(text: str) -> None:
    assert TOPICS.of(titled("Question from a member", text)) == ()


@pytest.mark.parametrize(("text", "topic"), [
    ("Resolved to refuse permission.", "planning-applications"),
    ("The inspector had refused permission.", "planning-applications"),
    ("Members noted the refusal of permission.", "planning-applications"),
    ("The committee granted permission.", "planning-applications"),
    ("It was agreed to award the contract to Larkmere Builders.", "procurement"),
    ("It was agreed to dispose of the land at Quern Lane.", "property"),
])
def test_what_was_decided_may_be_said_by_a_verb(text: str, topic: str) -> None:
    assert topic in TOPICS.of(titled("Quern Lane", text))


@pytest.mark.parametrize("text", [
    "Members resolved to refuse the application.", "The panel may refuse to renew it.", "They refused it again.",
])
def test_to_refuse_is_no_waste(text: str) -> None:
    assert TOPICS.of(titled("Larkmere Arms: refuse the application", text)) == ()


def test_whoever_voted_says_nothing_of_what() -> None:
    assert TOPICS.of(titled("Motion", "For: Councillors Pothole, Library, Flood", scope=Scope.VOTE)) == ()


def test_a_word_counts_once_and_by_where_it_stands() -> None:
    topics = Topics([Topic("a", "A", {"alpha": 1.0, "beta gamma": 2.0}), Topic("b", "B", {"delta": 3.0})])
    assert topics.of(titled("x", "alpha alpha alpha alpha")) == ()
    assert topics.of(titled("Alphas")) == ("a",)
    assert topics.of(titled("x", "alpha", "beta, gamma")) == ("a",)
    assert topics.of(titled("x", "beta of gamma", "alpha")) == ()
    (assigned,) = topics.assign(titled("Alpha", "the beta-gamma"))
    assert (assigned.topic, assigned.words) == ("a", ("beta gamma", "alpha"))


def test_a_word_counts_more_in_a_decision_and_where_the_text_opens_but_a_fair_one_wants_company() -> None:
    topics = Topics([Topic("a", "A", {"alpha": 1.0, "beta": 1.0}), Topic("b", "B", {"gamma": 2.0})])
    assert topics.of(titled("x", "alpha and beta")) == ("a",)
    assert topics.of(titled("x", filler(50), "alpha and beta")) == ()
    decided = Passage(Scope.RESOLUTION, "alpha and beta")
    assert topics.of((*titled("x", filler(50)), decided)) == ()
    assert topics.of((*titled("x", filler(50), "gamma alpha beta"), decided)) == ("a",)
    assert topics.of(titled("x", "gamma")) == ()
    assert topics.of(titled("Gamma")) == ("b",)


def test_a_mention_in_a_long_text_is_no_topic_and_a_title_is_one() -> None:
    topics = Topics([Topic("a", "A", {"alpha": 3.0}), Topic("b", "B", {"beta": 3.0})])
    assert topics.of(titled("x", filler(10), "alpha")) == ("a",)
    assert topics.of(titled("x", filler(400), "alpha")) == ()
    assert topics.of(titled("Alpha", filler(400), "beta")) == ("a",)


def test_a_topic_that_the_title_does_not_name_must_say_more() -> None:
    topics = Topics([Topic("a", "A", {"alpha": 3.0}), Topic("b", "B", {"delta": 3.0, "epsilon": 3.0})])
    assert topics.of(titled("Alpha", "delta")) == ("a",)
    assert topics.of(titled("Alpha", "delta epsilon")) == ("a", "b")
    assert topics.of(titled("x", "delta alpha")) == ("a", "b")


def test_the_longer_phrase_counts_and_an_ignored_one_for_nothing() -> None:
    topics = Topics([Topic("a", "A", {"planning": 3.0, "planning of": 0.0}),
                     Topic("b", "B", {"emergency planning": 3.0}), Topic("c", "C", {"emergency planning": 3.0})])
    assert topics.of(titled("Emergency planning")) == ("b", "c")
    assert topics.of(titled("Planning of the day")) == ()
    assert topics.of(titled("Planning")) == ("a",)


def test_an_item_has_what_is_above_its_topics() -> None:
    topics = read_topics(
        '[a]\nlabel="A"\nfair=["alpha"]\n[a.b]\nlabel="B"\nfair=["beta"]\n[a.b.c]\nlabel="C"\nstrong=["gamma"]', "t")
    assert topics.of(titled("x", "gamma")) == ("a", "b", "c")
    assert topics.above("c") == ("b", "a")
    assert [each.words for each in topics.assign(titled("x", "gamma beta"))] == [
        ("gamma", "beta"), ("gamma", "beta"), ("gamma",)]
    assert topics.of(titled("x", filler(50), "alpha beta")) == ("a",)


def test_the_table_is_one_that_people_can_use() -> None:
    text = (Path(__file__).parents[1] / "index" / "topics.toml").read_text(encoding="utf-8")
    assert 20 <= len(tomllib.loads(text)) <= 30
    assert len(set(TOPICS.labels.values())) == len(TOPICS.labels)
    assert all(topic.id == topic.id.lower() and " " not in topic.id for topic in TOPICS.topics)
    assert set(FIRST_NAMES) <= set(TOPICS.labels)
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize(("typed", "meant"), [
    ("housing", "housing"), ("Adult", "adult-care"), ("adult social care", "adult-care"), ("pothole", None),
    ("Council tax", "council-tax"), ("homeless", "homelessness"), ("and", None), ("", None), ("xyzzy", None),
    ("rubbish", None), ("waste", "waste"), ("Rights of way", "rights-of-way"), ("libraries", "libraries")])
def test_a_topic_may_be_named_by_label_or_part(typed: str, meant: str | None) -> None:
    assert TOPICS.meant(typed) == meant


@pytest.mark.parametrize(("text", "wrong"), [
    ("nonsense", "mine.toml: is not TOML"), ("", "mine.toml: has no topic"),
    ("[a]\nstrong=['x']", "mine.toml: topic 'a' has no label"), ("a = 1", "mine.toml: topic 'a' is no topic"),
    ("[a]\nlabel='A'\nstrong='x'", "mine.toml: topic 'a' has strong = 'x'"),
    ("[a]\nlabel='A'\nfair=[1]", "mine.toml: topic 'a' has fair"),
    ("[a]\nlabel='A'\nweak=['--']", "mine.toml: topic 'a' has '--' among weak, which holds no word"),
    ("[a]\nlabel='A'\nweak=['bus']\nfair=['buses']", "mine.toml: topic 'a' has 'bus' twice"),
    ("[a]\nlabel='A'\nstorng=['x']", "mine.toml: topic 'storng' is no topic and no list of words"),
    ("[a]\nlabel='A'\n[a.a]\nlabel='B'", "mine.toml: topic 'a' is there twice"),
    ("['A b']\nlabel='A'", "mine.toml: topic 'A b' is not small letters"),
])
def test_a_broken_table_is_named_with_what_is_wrong(text: str, wrong: str) -> None:
    with pytest.raises(InputError) as caught:
        read_topics(text, "mine.toml")
    assert str(caught.value).startswith(wrong)
    assert "\n" not in str(caught.value)


IN_TABLE = {topic.id: {*topic.words} for topic in TOPICS.topics}
said = st.lists(st.sampled_from(sorted({*chain(*IN_TABLE.values())})) | st.text(max_size=8), max_size=9).map(" ".join)
STRONGEST = [(topic.id, max(topic.words, key=topic.words.__getitem__)) for topic in TOPICS.topics if not topic.parent]


@given(st.sampled_from(STRONGEST), st.lists(st.tuples(st.sampled_from([*Scope]), said), max_size=6))
def test_any_text_has_topics_each_with_its_parent_and_words(
    of_title: tuple[str, str], texts: list[tuple[Scope, str]]
) -> None:
    topic, word = of_title
    assert topic in TOPICS.of(titled(word))
    assigned = TOPICS.assign((Passage(Scope.TITLE, word), *(Passage(scope, text) for scope, text in texts)))
    named = [each.topic for each in assigned]
    assert named
    assert all({*TOPICS.above(topic)} <= {*named} for topic in named)
    assert all(each.words for each in assigned)
    assert len({*named}) == len(named)


def test_the_lists_of_a_topic_have_their_points() -> None:
    assert set(WEIGHTS) == {"strong", "fair", "weak", "ignored"}


@pytest.mark.parametrize("part", ["a-", "A-", "A ", "A, ", "(referred ", "Head of ", "a'"])
def test_long_texts_of_one_part_take_no_quadratic_time(part: str) -> None:
    started = process_time()
    TOPICS.assign(titled(part * 20_000, part * 20_000))
    assert process_time() - started < 2
