"""The postings of many entries gathered at once: what `analysis.tokens` says of each text, and all of it sorted."""

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
import pytest
from build import a_meeting, a_paragraph, an_item
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import IndexFailure, InputError
from archive.model import Item, Meeting
from index import analysis, gathering
from index.collected import Block, Collected, Found, Spilling, joined, renumbered
from index.columns import unpacked
from index.gathering import APART, Gathered, Gatherer, Gathering, Slots, scope_and_term, slot
from index.passages import Scope, passages
from index.project import project
from index.topics import standard_topics

TOPICS = standard_topics()
Postings = Mapping[str, Mapping[int, list[int]]]

WORDS = st.sampled_from([
    "bus", "buses", "18/00335/FUL", "£2.2", "£2.2m", "million", "minute", "Minutes", "no.", "No.64", "64", "77/21",
    "and", "&", "3rd", "May", "2021", "2021/22", "03/05/2021", "15", "15%", "2.5", "per", "cent", "per-cent", "%", "y",
    "yn", "cant", "ac", "Nghyngor", "co-operation", "RESOLVEDthat", "theCouncil", "the", "item", "items", "section",
    "Ynys", "Môn", "S106", "BN43", "6EF", "6ef", "ﷺ", "½", "20mph", "(", "refs", "of", "k"])
text = st.lists(WORDS | st.text(max_size=4), min_size=1, max_size=8).map(" ".join)
numbers = st.none() | st.sampled_from(["15", "27.1", "77/21", "(a)", "PL43"])
items = st.lists(st.tuples(text, st.lists(st.tuples(text, numbers), max_size=3)), max_size=3)


def the_meeting(number: int, given: Iterable[tuple[str, list[tuple[str, str | None]]]]) -> Meeting:
    return a_meeting(str(number), *(
        an_item(f"{number}{at}", title, paragraphs=tuple(a_paragraph(words, each) for words, each in paragraphs))
        for at, (title, paragraphs) in enumerate(given)))


def expected(meetings: Iterable[Meeting]) -> tuple[Postings, list[dict[str, int]]]:
    """The postings as `tokens` gives them, one text after the other, and the lengths of each row."""
    found: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    every = [item for meeting in meetings for item in meeting.items]
    return found, [_lengths(row, item, found) for row, item in enumerate(every)]


def _lengths(row: int, item: Item, found: dict[str, dict[int, list[int]]]) -> dict[str, int]:
    lengths, free = defaultdict[str, int](int), defaultdict[str, int](int)
    for passage in passages(item):
        first = after = free[passage.scope]
        for words, is_number in ((passage.number or "", True), (passage.text, False)):
            for token in analysis.tokens(words, number=is_number) if words else ():
                found[slot(passage.scope, token.term)][row].append(after + token.position)
            after += analysis.width(words)
        lengths[passage.scope.value] += after - first
        free[passage.scope] = after + APART
    return dict(lengths)


def as_postings(found: Iterable[Found]) -> Postings:
    several: dict[str, dict[int, list[int]]] = {}
    for name, block in found:
        places = np.split(block.positions, np.cumsum(block.counts)[:-1])
        assert name not in several
        several[name] = {int(row): each.tolist() for row, each in zip(block.rows, places, strict=True)}
    assert [*several] == sorted(several)
    return several


def in_memory(several: Iterable[Gathered]) -> Postings:
    collected, first = Collected(), 0
    for gathered in several:
        for each in gathered.postings:
            collected.add(each, first)
        first += gathered.size
    return as_postings(collected.blocks())


@given(st.lists(items, max_size=4), st.sampled_from([1, 10, 1 << 18]), st.sampled_from([1, 100_000, 1 << 35]))
def test_what_is_gathered_is_what_tokens_say(given: list[list[tuple[str, list[tuple[str, str | None]]]]],
                                             settled: int, most: int) -> None:
    meetings = [the_meeting(number, each) for number, each in enumerate(given)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathering, "_SETTLED", settled)
        patch.setattr(gathering, "_MOST_TERMS", settled)
        patch.setattr(gathering, "_MOST_HEADS", most)
        gatherer = Gatherer(TOPICS)
        several = [gatherer(meetings[:2]), gatherer(meetings[2:])]
    postings, lengths = expected(meetings)
    found = in_memory(several)
    assert found == {name: {row: sorted(places) for row, places in each.items()} for name, each in postings.items()}
    kept = [each for gathered in several for each in gathered.meetings]
    assert [each.meeting for each in kept] == [meeting.id for meeting in meetings]
    assert [row.lengths for row in unpacked(row for each in kept for row in each.rows)] == lengths


def test_positions_go_on_after_a_gap_in_the_next_passage_of_a_scope() -> None:
    paragraphs = a_paragraph("one two", "27.1"), a_paragraph("three")
    found = in_memory([Gatherer(TOPICS)([a_meeting("1", an_item("1", "Buses", paragraphs=paragraphs))])])
    places = [found[slot(Scope.NARRATIVE, term)][0] for term in ("27.1", "one", "three")]
    assert places == [[0], [2], [4 + APART]]


def test_an_item_of_very_many_texts_and_a_meeting_of_none() -> None:
    paragraphs = tuple(a_paragraph(f"tram{number}") for number in range(5000))
    long = a_meeting("1", an_item("1", "Buses", paragraphs=paragraphs))
    gathered = Gatherer(TOPICS)([a_meeting("0"), long])
    assert [len(each.rows) for each in gathered.meetings] == [0, 1]
    assert in_memory([gathered])[slot(Scope.NARRATIVE, "tram4999")] == {0: [4999 * (1 + APART)]}


def test_a_place_too_far_on_to_be_told_with_its_term_in_one_number(monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = a_meeting("1", an_item("1", "Buses", "trams ran", "where buses ran"), an_item("2", "Trams"))
    wanted = in_memory([Gatherer(TOPICS)([meeting])])
    monkeypatch.setattr(gathering, "_POSITION", APART)    # which the second paragraph is beyond
    monkeypatch.setattr(gathering, "_POSITION_BITS", APART.bit_length())
    assert in_memory([Gatherer(TOPICS)([meeting])]) == wanted


def test_what_cannot_be_gathered_is_named() -> None:
    with pytest.raises(InputError, match="without identifier"):
        Gatherer(TOPICS)([replace(a_meeting("1"), id=None)])
    broken = a_meeting("7", an_item("1", 5))    # type: ignore[arg-type]
    with pytest.raises(IndexFailure, match=r"meeting .*7.* cannot be indexed: bug: "):
        Gatherer(TOPICS)([broken])


def slots(*given: tuple[str, Mapping[int, list[int]]]) -> Slots:
    return joined((name, Block(np.array([*rows], np.uint32), np.array([*map(len, rows.values())], np.uint32),
                               np.array([place for each in rows.values() for place in each], np.uint32)))
                  for name, rows in given)


pieces = st.lists(st.dictionaries(st.sampled_from(["abus", "atram", "bé", "b£1"]), st.dictionaries(
    st.integers(0, 5), st.lists(st.integers(0, 9), min_size=1, max_size=3), min_size=1), min_size=1), max_size=5)


@given(pieces, st.sampled_from([0.0, 60.0, 1e9]))
def test_what_was_spilled_comes_back_in_order(given: list[dict[str, dict[int, list[int]]]], most: float) -> None:
    spilling, wanted = Spilling(most, io.BytesIO), defaultdict[str, dict[int, list[int]]](dict)
    for at, piece in enumerate(given):
        ordered = {name: dict(sorted(rows.items())) for name, rows in piece.items()}
        spilling.add(slots(*ordered.items()), 10 * at)
        for name, rows in ordered.items():
            wanted[name] |= {10 * at + row: places for row, places in rows.items()}
    assert as_postings(spilling.blocks()) == wanted


@given(pieces.filter(bool))
def test_rows_that_are_left_out_take_their_slots_with_them(given: list[dict[str, dict[int, list[int]]]]) -> None:
    piece = {name: dict(sorted(rows.items())) for name, rows in given[0].items()}
    collected = Collected()
    collected.add(renumbered(slots(*piece.items()), np.array([-1, 0, -1, 1, 2, -1])))
    moved = {1: 0, 3: 1, 4: 2}
    kept = {name: {moved[row]: places for row, places in rows.items() if row in moved} for name, rows in piece.items()}
    assert as_postings(collected.blocks()) == {name: rows for name, rows in kept.items() if rows}


def test_a_slot_is_a_scope_and_a_term() -> None:
    names = [slot(scope, term) for scope in sorted(Scope) for term in ("", "a", "£")]
    assert names == sorted(names)
    assert [scope_and_term(each) for each in names] == [(scope, term) for scope in sorted(Scope)
                                                       for term in ("", "a", "£")]


def test_a_gathering_may_be_used_again() -> None:
    found, meeting = Gathering(), a_meeting("1", an_item("1", "Buses"))
    assert meeting.id
    entries = project(meeting, TOPICS)
    found.put(meeting.id, entries)
    first = in_memory([found.gathered()])
    assert found.gathered() == Gathered((), ())
    found.put(meeting.id, entries)
    assert in_memory([found.gathered()]) == first != {}
