"""Words written apart and together find each other where the archive shows that they mean one thing."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from build import a_meeting, an_item
from engines import ENGINES, filled
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_engine import MemoryEngine

from index.akin import MOST_ADDED, OtherWords, read_synonyms
from index.compounds import Compounds
from index.engine import SearchEngine
from index.query import Query, parse
from index.tree import Also, And, Node, Or, Row, Word, leaves, unexpanded
from index.wording import explanation, to_text

TEXTS = (
    "The windfarm at Nant was inspected.", "Two windfarms were proposed.", "A wind farm on the moor.",
    "A farm shop.", "The farm road.", "High winds blew.",
    "Potholes in Mill Lane.", "Potholes again.", "A pothole was filled.", "Pot holes in Church Street.",
    "The car park was full.", "Car parks close at ten.", "A car park levy.", "The carpark charges.", "A carpark wall.",
    "A park bench.", "The park gates.",
    "Overtime was paid.", "Overtime is costly.", *("Costs rose over time." for _ in range(9)),
    *(f"Bridge number {number} crosses over the river." for number in range(30)),
    *(f"Time was given to speaker {number}." for number in range(30)),
    "A notable year.", "A notable speech.", "Members were not able to attend.",
    "The councilhouse glued together once.", "The council owns a house.",
    "The byelaws were made.", "A bye law was made.", "Byelaw 4.",
    "A footpath.", "The footpath.", "Footpaths.", "A foot of snow.", "The path ahead.",
)


def filled_with(engine: SearchEngine) -> SearchEngine:
    return filled(engine, a_meeting("1", *(an_item(str(at), f"Item {at}", text) for at, text in enumerate(TEXTS))))


def compounds(engine: SearchEngine) -> Compounds:
    return Compounds(lambda tree: engine.search(Query(tree, limit=1)).total, engine.acronyms)


MEMORY = filled_with(MemoryEngine())


@cache
def total(tree: Node) -> int:
    return MEMORY.search(Query(tree, limit=1)).total


EXPANDING = Compounds(total, lambda: MEMORY)


def expanded(text: str) -> Node:
    return EXPANDING.expanded(parse(text).tree)


def added(text: str) -> list[tuple[str, list[str]]]:
    """What was typed, with the other way of writing it, for each part of `text` that has one."""
    tree = expanded(text)
    parts = tree.parts if isinstance(tree, And | Or) else (tree,)
    return [(to_text(part.part), [to_text(each) for each in part.others]) for part in parts if isinstance(part, Also)]


@pytest.mark.parametrize(("text", "typed", "other"), [
    ("wind farm", "wind farm", "windfarm"),
    ("Wind Farms", "Wind Farms", "windfarms"),
    ("pot holes", "pot holes", "potholes"),
    ("foot path", "foot path", "footpath"),
    ("car park", "car park", "carpark"),
    ("bye law", "bye law", "byelaw"),
    ("potholes", "potholes", '"pot holes"'),
    ("pothole", "pothole", '"pot hole"'),
    ("windfarm", "windfarm", '"wind farm"'),
    ("carpark", "carpark", '"car park"'),
    ("byelaws", "byelaws", '"bye laws"'),
    ("inspected wind farm Nant", "wind farm", "windfarm"),
    ("inspected OR windfarm", "windfarm", '"wind farm"'),
])
def test_what_is_one_thing_finds_both_ways(text: str, typed: str, other: str) -> None:
    assert added(text) == [(typed, [other])]


@pytest.mark.parametrize("text", [
    "over time", "overtime", "not able", "notable", "council house", "farm wind", '"wind farm"', '"potholes"',
    "-potholes", "NOT windfarm", "wind NEAR farm", "windf*", "WIND farm", "POTHOLES", "wind-farm", "wind OR farm",
    "farm shop", "a car", "wind farm windfarm", "member:windfarm", "carpark2", "", "footpath",
])
def test_what_is_not_stays_as_typed(text: str) -> None:
    assert not [each for each in added(text) if "windfarm" not in text.split() or each[0] == "wind farm"]


def test_both_ways_find_the_same_and_the_typed_way_ranks_first() -> None:
    assert total(expanded("pot holes")) == total(expanded("potholes")) == 4
    assert total(expanded("wind farm")) == total(expanded("windfarm")) == 3
    first = MEMORY.search(Query(expanded("pot holes"))).hits[0]
    assert first.id == MEMORY.search(Query(parse("pot holes").tree)).hits[0].id


def test_the_explanation_says_it() -> None:
    query = Query(expanded("pot holes Church"))
    assert explanation(query) == ("Items with any form of “Church” and "
                                  "(any form of “pot” and “holes”, or “potholes”).")


def test_other_words_stay_beside_it() -> None:
    table = read_synonyms('same = [["pothole", "road defect"], ["car park", "parking place"]]', "own")
    akin = OtherWords(dict, lambda: table)
    words, several = (EXPANDING.expanded(akin.expanded(parse(text).tree, parse(text).tree))
                      for text in ("potholes", "car park"))
    assert words == Also(Word("potholes"), (Row("road defect"), Row("pot holes")))
    assert several == Also(And((Word("car"), Word("park"))), (Row("parking place"), Word("carpark")))


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_gives_the_same(name: str, tmp_path: Path) -> None:
    engine = filled_with(ENGINES[name](tmp_path))
    try:
        other = compounds(engine)
        for text in ("wind farm", "potholes", "carpark", "over time", "notable", "car park", "bye law", "footpath"):
            assert other.expanded(parse(text).tree) == expanded(text)
    finally:
        engine.close()


def test_the_archive_is_asked_once_for_each_commit() -> None:
    asked, commit = Counter[Node](), [object()]

    def finds(tree: Node) -> int:
        asked[tree] += 1
        return total(tree)

    asking = Compounds(finds, lambda: commit[0])
    first = asking.expanded(parse("wind farm potholes").tree)
    once = Counter(asked)
    assert asking.expanded(parse("wind farm potholes").tree) == first
    assert asked == once
    commit[0] = object()
    asking.expanded(parse("wind farm potholes").tree)
    assert asked == once + once


words = st.lists(st.sampled_from([
    "wind", "farm", "windfarm", "pot", "holes", "potholes", "car", "park", "carpark", "OR", "AND", "-", "(", ")", '"',
    "NEAR/2", "kind:title", "foot", "path", "over", "time", "bye", "law", "was",
]), max_size=14).map(" ".join)


@settings(max_examples=40)
@given(words)
def test_what_was_typed_is_kept(text: str) -> None:
    typed = parse(text).tree
    tree = EXPANDING.expanded(typed)
    assert unexpanded(tree) == typed
    assert sum(1 for _ in leaves(tree)) - sum(1 for _ in leaves(typed)) <= MOST_ADDED
    assert total(typed) <= total(tree)


plain = st.lists(st.sampled_from(["wind", "farm", "windfarm", "pot", "holes", "potholes", "car", "park", "road"]),
                 min_size=2, max_size=5, unique=True)


@settings(max_examples=30)
@given(plain)
def test_a_word_more_behind_others_never_finds_more_unless_it_makes_one_word_with_the_last(typed: list[str]) -> None:
    longer = expanded(" ".join(typed))
    if not any(isinstance(part, Also) and isinstance(part.part, And) and part.part.parts[-1] == Word(typed[-1])
               for part in (longer.parts if isinstance(longer, And) else (longer,))):
        assert total(longer) <= total(expanded(" ".join(typed[:-1])))
