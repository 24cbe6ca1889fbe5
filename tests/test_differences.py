"""What changed between two versions of a meeting."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from build import a_document, a_meeting, a_paragraph, a_resolution, an_item
from hypothesis import given
from hypothesis import strategies as st
from strategies import meetings

from archive.aligning import by_likeness, moved
from archive.differences import Change, Difference, Where, differences
from archive.model import (
    Attendance,
    AttendanceStatus,
    ItemId,
    Meeting,
    MeetingStatus,
    MinutesStatus,
    Outcome,
    ParagraphKind,
    Person,
    Vote,
    VoteNames,
)

TEXTS = (
    "The Chair welcomed everybody to the meeting.", "Members discussed the bus services of the north at length.",
    "The report of the Director was noted.",
)  # fmt: skip
ITEM = an_item("1", "Buses", *TEXTS)
HERE = Where(ItemId("ambleshire/items/1"), "1 Buses")
MEETING = a_meeting("1", ITEM, an_item("2", "Parks", number="2"), an_item("3", "Roads", number="3"))


def at(anchor: str) -> Where:
    return replace(HERE, anchor=anchor)


def with_item(**changes: object) -> Meeting:
    return replace(MEETING, items=(replace(ITEM, **changes), *MEETING.items[1:]))


# Whatever there is


@given(meeting=meetings)
def test_a_meeting_does_not_differ_from_itself(meeting: Meeting) -> None:
    assert differences(meeting, replace(meeting)) == ()


@given(old=meetings, new=meetings)
def test_there_is_a_difference_exactly_when_two_differ(old: Meeting, new: Meeting) -> None:
    assert bool(differences(old, new)) == (old != new)
    shuffled = replace(old, items=new.items[::-1], attendance=new.attendance)
    assert bool(differences(shuffled, new)) == (shuffled != new)


@given(old=meetings, new=meetings)
def test_what_was_added_is_removed_the_other_way_round(old: Meeting, new: Meeting) -> None:
    there, back = differences(old, new), differences(new, old)
    assert sum(each.change is Change.ADDED for each in there) == sum(each.change is Change.REMOVED for each in back)
    for each in (*there, *back):
        assert (each.old is None) >= (each.change is Change.ADDED)
        assert (each.new is None) >= (each.change is Change.REMOVED)


# The meeting


def test_fields_of_the_meeting_say_what_they_were() -> None:
    assert MEETING.start is not None
    new = replace(
        MEETING, title="Cabinet (extra)", start=MEETING.start + timedelta(hours=10), status=MeetingStatus.CANCELLED,
        minutes=MinutesStatus.DRAFT, venue="Guildhall", unpublished=date(2026, 11, 23),
    )  # fmt: skip
    assert [(each.kind, each.change, each.old, each.new) for each in differences(MEETING, new)] == [
        ("title", "changed", "Cabinet", "Cabinet (extra)"),
        ("start", "changed", "2021-03-02T00:00:00+00:00", "2021-03-02T10:00:00+00:00"),
        ("status", "changed", "held", "cancelled"), ("minutes", "changed", "published", "draft"),
        ("venue", "changed", None, "Guildhall"), ("unpublished", "changed", None, "2026-11-23"),
    ]


def test_lines_of_attendance_are_added_removed_and_changed() -> None:
    abel, bell, cole = (Attendance(name, None, AttendanceStatus.PRESENT) for name in ("Abel", "Bell", "Cole"))
    late = replace(bell, status=AttendanceStatus.APOLOGIES, role="Chair")
    found = differences(replace(MEETING, attendance=(abel, bell)), replace(MEETING, attendance=(late, cole)))
    assert [(each.change, each.old, each.new) for each in found] == [
        ("removed", "Abel, present", None), ("changed", "Bell, present", "Bell, Chair, apologies"),
        ("added", None, "Cole, present"),
    ]


def test_documents_are_added_removed_changed_and_marked() -> None:
    one, two, three = (a_document(local) for local in ("s1", "s2", "s3"))
    new = with_item(documents=(replace(two, title="Report (final)"), replace(three, unpublished=date(2026, 11, 23))))
    found = differences(with_item(documents=(one, two, three)), new)
    assert found == (
        Difference("document", Change.REMOVED, at("ambleshire/documents/s1"), "Report", None),
        Difference("document title", Change.CHANGED, at("ambleshire/documents/s2"), "Report", "Report (final)"),
        Difference("unpublished", Change.CHANGED, at("ambleshire/documents/s3"), None, "2026-11-23"),
    )
    of_meeting = differences(MEETING, replace(MEETING, documents=(one,)))
    assert of_meeting == (Difference("document", Change.ADDED, Where(anchor=one.id), None, "Report"),)


# Items


def test_items_are_added_removed_moved_and_renamed() -> None:
    first, _, third = MEETING.items
    fourth = an_item("4", "Libraries", number="4")
    new = replace(MEETING, items=(third, replace(first, title="Bus services"), fourth))
    assert [(each.kind, each.change, each.where.title, each.old, each.new) for each in differences(MEETING, new)] == [
        ("item", "removed", "2 Parks", "2 Parks", None),
        ("item title", "changed", "1 Bus services", "Buses", "Bus services"),
        ("item", "added", "4 Libraries", None, "4 Libraries"),
        ("item", "moved", "1 Bus services", "1", "2"),
    ]
    marked = with_item(unpublished=date(2026, 11, 23))
    assert differences(MEETING, marked) == (Difference("unpublished", Change.CHANGED, HERE, None, "2026-11-23"),)


def test_one_corrected_word_is_one_changed_paragraph() -> None:
    corrected = TEXTS[1].replace("north", "south")
    new = with_item(paragraphs=an_item("1", "Buses", TEXTS[0], corrected, TEXTS[2]).paragraphs)
    expected = Difference("paragraph", Change.CHANGED, at("1.2"), f"1.2 {TEXTS[1]}", f"1.2 {corrected}")
    assert differences(MEETING, new) == (expected,)


def test_a_corrected_paragraph_beside_a_new_one_is_known_again() -> None:
    corrected = TEXTS[1].replace("north", "south")
    paragraphs = (ITEM.paragraphs[0], a_paragraph("Apologies came from Cllr Abel.", "1.1a"),
                  a_paragraph(corrected, "1.2"), ITEM.paragraphs[2])  # fmt: skip
    found = differences(MEETING, with_item(paragraphs=paragraphs))
    assert [(each.change, each.where.anchor) for each in found] == [("added", "1.1a"), ("changed", "1.2")]


def test_a_paragraph_without_number_that_only_counts_otherwise_is_no_difference() -> None:
    plain = [a_paragraph(text) for text in TEXTS]
    old = tuple(replace(each, anchor=f"p{number}") for number, each in enumerate(plain, 1))
    new = tuple(replace(each, anchor=f"p{number}") for number, each in enumerate(plain[1:], 1))
    found = differences(with_item(paragraphs=old), with_item(paragraphs=new))
    assert found == (Difference("paragraph", Change.REMOVED, at("p1"), TEXTS[0], None),)
    shifted = tuple(replace(each, anchor=f"p{number}") for number, each in enumerate(plain, 2))
    assert [each.kind for each in differences(with_item(paragraphs=old), with_item(paragraphs=shifted))] == ["anchors"]


def test_what_a_paragraph_is_and_the_agenda_are_told() -> None:
    heading = replace(ITEM.paragraphs[0], kind=ParagraphKind.HEADING)
    old, new = with_item(agenda=("To note.",)), with_item(agenda=(), paragraphs=(heading, *ITEM.paragraphs[1:]))
    assert differences(old, new) == (
        Difference("agenda", Change.REMOVED, HERE, "To note.", None),
        Difference("paragraph kind", Change.CHANGED, at("1.1"), "narrative", "heading"),
    )


def test_outcomes_and_votes_of_a_decision_are_told_and_its_words_once() -> None:
    vote = Vote(5, 2, None, VoteNames(against=("Abel", "Bell")))
    decided = a_resolution("That it be so.", "1.3")
    new = replace(decided, outcome=Outcome.LOST, vote=vote, text="That it be so.")
    assert differences(with_item(resolutions=(decided,)), with_item(resolutions=(new,))) == (
        Difference("resolution outcome", Change.CHANGED, at("1.3"), None, "lost"),
        Difference("resolution vote", Change.CHANGED, at("1.3"), None, "5 for; 2 against (Abel, Bell); ? abstaining"),
    )
    other = replace(decided, text="That it be so now.")
    (words,) = differences(with_item(resolutions=(decided,)), with_item(resolutions=(other,)))
    assert (words.kind, words.old, words.new) == ("resolution", "That it be so.", "That it be so now.")
    changed = with_item(resolutions=(other,), people=(Person("Abel"),), paragraphs=ITEM.paragraphs[1:])
    assert [each.kind for each in differences(with_item(resolutions=(decided,)), changed)] == ["paragraph"]
    assert [each.kind for each in differences(MEETING, with_item(people=(Person("Abel"),)))] == ["person"]


# Aligning


@pytest.mark.parametrize("order", list(permutations(range(5))))
def test_as_few_as_possible_have_moved(order: tuple[int, ...]) -> None:
    out = moved(dict(enumerate(order)))
    stay = [new for old, new in enumerate(order) if old not in out]
    assert stay == sorted(stay)
    longest = max(
        sum(mask >> at & 1 for at in range(5)) for mask in range(32)
        if (run := [order[at] for at in range(5) if mask >> at & 1]) == sorted(run)
    )  # fmt: skip
    assert len(stay) == longest


@given(old=st.lists(st.text("ab ", max_size=6)), new=st.lists(st.text("ab ", max_size=6)))
def test_texts_stay_in_their_order(old: list[str], new: list[str]) -> None:
    pairs = list(by_likeness(old, new, str, str))
    assert [before for before, _ in pairs if before is not None] == old
    assert [now for _, now in pairs if now is not None] == new
    assert (None, None) not in pairs


def test_a_very_long_passage_is_paired_in_order() -> None:
    old, new = ([f"{letter}{number}" for number in range(most)] for letter, most in (("a", 150), ("b", 120)))
    pairs = list(by_likeness(old, new, str, str))
    assert (pairs[0], pairs[149]) == (("a0", "b0"), ("a149", None))
