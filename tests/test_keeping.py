"""What of a held meeting stands beside a new reading: nothing is lost, little is marked."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from build import a_document, a_meeting, an_item
from hypothesis import given
from hypothesis import strategies as st

from archive import ids
from archive.keeping import Absence, Kept, Look, kept_with
from archive.model import Attendance, AttendanceStatus, CouncilId, Item, Meeting, MinutesStatus

NIGHT, DAY = datetime(2026, 11, 23, 2, 10, tzinfo=UTC), timedelta(days=1)
COUNCIL = CouncilId("ambleshire")
HERE = (Attendance("Cllr Abel", None, AttendanceStatus.PRESENT),)

documents = st.builds(
    lambda local, title: replace(a_document("s1", title), id=local and ids.document_id(COUNCIL, local)),
    st.sampled_from(["s1", "s2", "s3", "s4", None]), st.sampled_from(["Report", "Annex"]),
)
several = st.lists(documents, max_size=3).map(tuple)
items = st.builds(
    lambda local, title, texts, restricted, theirs: an_item(
        local, title, *texts, restricted=restricted, documents=theirs
    ),
    st.sampled_from("12345"), st.sampled_from(["Buses", "Parks"]), st.lists(st.sampled_from("abc"), max_size=2),
    st.booleans(), several,
)
meetings = st.builds(
    lambda theirs, own: a_meeting("1", *theirs, documents=own), st.lists(items, max_size=5), several
)
untolds = st.sets(st.sampled_from(["attendance", "documents", "paragraphs", "votes"])).map(frozenset)


def after(*readings: Meeting, nights: tuple[int, ...] = (), **look: bool) -> Kept:
    """What is held after these readings, one a night or on the nights given."""
    kept = Kept(readings[0], {})
    for number, reading in enumerate(readings[1:], 1):
        night = nights[number - 1] if nights else number
        kept = kept_with(kept.meeting, reading, kept.absences, Look(NIGHT + night * DAY, **look))
    return kept


def content(item: Item) -> Item:
    return replace(item, documents=(), unpublished=None)


def all_documents(meeting: Meeting) -> set[str | None]:
    lists = (meeting.documents, *(item.documents for item in meeting.items))
    return {document.id for each in lists for document in each}


# What must hold for any two readings


@given(held=meetings, read=meetings, untold=untolds)
def test_nothing_that_was_held_is_lost_nor_anything_read(held: Meeting, read: Meeting, untold: frozenset[str]) -> None:
    read = replace(read, documents=()) if "documents" in untold else read
    kept = kept_with(held, read, {}, Look(NIGHT, untold=untold)).meeting
    assert all_documents(kept) >= (all_documents(held) | all_documents(read)) - {None}
    ours, before, now = (Counter(item.id for item in each.items) for each in (kept, held, read))
    assert ours.keys() == before.keys() | now.keys()
    assert ours >= now
    lost = [item for item in held.items if content(item) not in map(content, kept.items)]
    assert len(lost) <= sum((before & now).values())    # each gave its place to one reading of it


@given(held=meetings, read=meetings, untold=untolds, observed=st.booleans())
def test_the_same_reading_again_changes_nothing(
    held: Meeting, read: Meeting, untold: frozenset[str], observed: bool
) -> None:
    first = kept_with(held, read, {}, Look(NIGHT, observed, untold))
    again = kept_with(first.meeting, read, first.absences, Look(NIGHT + DAY, observed, untold))
    assert again.meeting == first.meeting
    assert again.absences.keys() == first.absences.keys()


@given(held=meetings, read=meetings)
def test_a_reading_that_has_all_is_taken_as_it_is(held: Meeting, read: Meeting) -> None:
    kept = after(read, held, read)
    if not kept.absences:
        assert Counter(item.id for item in kept.meeting.items) == Counter(item.id for item in read.items)
    assert after(read, read) == Kept(read, {})


@given(held=meetings, read=meetings)
def test_what_was_read_again_counts_nothing(held: Meeting, read: Meeting) -> None:
    assert after(held, read, observed=False) == Kept(read, {})
    counted = kept_with(held, read, {}, Look(NIGHT))
    reread = kept_with(counted.meeting, read, counted.absences, Look(NIGHT + 30 * DAY, observed=False))
    assert reread == counted


@given(held=meetings, read=meetings)
def test_what_is_missed_often_and_long_enough_is_marked_and_loses_its_mark(held: Meeting, read: Meeting) -> None:
    kept = after(held, read, read, read, nights=(0, 4, 8))
    marked = {item.id for item in kept.meeting.items if item.unpublished}
    lists = (kept.meeting.documents, *(item.documents for item in kept.meeting.items))
    marked |= {document.id for each in lists for document in each if document.unpublished}
    assert marked == kept.absences.keys()
    back = kept_with(kept.meeting, kept.meeting, kept.absences, Look(NIGHT + 9 * DAY))
    assert not back.absences


# One by one

TWO = a_meeting("1", an_item("1", "Buses"), an_item("2", "Parks", "Agreed."), an_item("3", "Roads"))
ONE = replace(TWO, items=(TWO.items[0], TWO.items[2]))


def test_an_item_that_is_missing_stays_in_its_place_without_a_mark() -> None:
    kept = after(TWO, ONE, ONE)
    assert kept.meeting == TWO
    assert kept.absences == {"ambleshire/items/2": Absence(NIGHT + DAY, NIGHT + 2 * DAY, 2)}


def test_an_item_missing_for_two_nights_and_back_leaves_the_version_as_it_was() -> None:
    assert after(TWO, ONE, ONE, TWO) == Kept(TWO, {})


def test_three_misses_within_a_week_do_not_mark_and_three_over_eight_days_do() -> None:
    assert after(TWO, ONE, ONE, ONE, ONE, nights=(0, 1, 2, 6)).meeting == TWO
    assert after(TWO, ONE, ONE, nights=(0, 8)).meeting == TWO
    marked = after(TWO, ONE, ONE, ONE, nights=(0, 1, 8))
    assert [item.unpublished for item in marked.meeting.items] == [None, date(2026, 11, 23), None]
    later = kept_with(marked.meeting, ONE, marked.absences, Look(NIGHT + 40 * DAY))
    assert later.meeting == marked.meeting
    assert kept_with(later.meeting, TWO, later.absences, Look(NIGHT + 41 * DAY)) == Kept(TWO, {})


def test_the_day_of_a_mark_is_one_in_london() -> None:
    summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    kept = Kept(TWO, {})
    for days in (0, 4, 8):
        kept = kept_with(kept.meeting, ONE, kept.absences, Look(summer + days * DAY))
    assert kept.meeting.items[1].unpublished == date(2026, 7, 2)


def test_a_look_of_the_same_time_is_the_same_look() -> None:
    assert after(TWO, ONE, ONE, nights=(3, 3)) == after(TWO, ONE, nights=(3,))
    assert after(TWO, ONE, ONE, nights=(3, 2)) == after(TWO, ONE, nights=(3,))


def test_a_document_that_moved_is_not_absent() -> None:
    report = a_document("s1")
    of_meeting = replace(TWO, documents=(report,))
    of_first = replace(TWO, items=(replace(TWO.items[0], documents=(report,)), *TWO.items[1:]))
    of_second = replace(TWO, items=(TWO.items[0], replace(TWO.items[1], documents=(report,)), TWO.items[2]))
    for way in ((of_meeting, of_first), (of_first, of_second), (of_second, of_meeting)):
        assert after(*way) == Kept(way[-1], {})


def test_a_document_that_vanished_is_kept_where_it_stood() -> None:
    whole = replace(TWO, documents=(a_document("s1"), a_document("s2"), a_document("s3")))
    read = replace(TWO, documents=(a_document("s3"), a_document("s4"), a_document("s1")))
    kept = after(whole, read, nights=(0,))
    assert [document.id for document in kept.meeting.documents] == [
        f"ambleshire/documents/{local}" for local in ("s3", "s4", "s1", "s2")
    ]
    assert list(kept.absences) == ["ambleshire/documents/s2"]


def test_a_restricted_twin_of_an_item_is_not_taken_for_it() -> None:
    opened, closed = an_item("7", "Land", "Sold."), an_item("7", "Land", restricted=True)
    both, one = a_meeting("1", opened, closed), a_meeting("1", closed)
    kept = after(both, one)
    assert kept.meeting == both
    assert after(both, one, both) == Kept(both, {})


def test_a_list_that_was_printed_twice_leaves_nothing() -> None:
    twice = replace(TWO, items=TWO.items * 2)
    assert after(TWO, twice, TWO) == Kept(TWO, {})


def test_what_is_untold_stands() -> None:
    held = replace(TWO, attendance=HERE, documents=(a_document("s1"),))
    untold = frozenset({"attendance", "documents", "paragraphs"})
    read = replace(
        held, attendance=(), documents=(), minutes=MinutesStatus.NONE, venue="Guildhall",
        items=(TWO.items[0], replace(TWO.items[1], paragraphs=(), title="Parks (amended)")),
    )  # fmt: skip
    kept = kept_with(held, read, {}, Look(NIGHT, untold=untold))
    items = (TWO.items[0], replace(TWO.items[1], title="Parks (amended)"), TWO.items[2])
    assert kept == Kept(replace(held, venue="Guildhall", items=items), {})


def test_minutes_that_are_told_are_those_that_are_told() -> None:
    untold = frozenset({"paragraphs"})
    told = replace(TWO, items=(an_item("1", "Buses", "Noted."), *(replace(i, paragraphs=()) for i in TWO.items[1:])))
    assert kept_with(TWO, told, {}, Look(NIGHT, untold=untold)).meeting == told


def test_an_untold_part_neither_loses_nor_gains_a_mark() -> None:
    row = Absence(NIGHT, NIGHT + 8 * DAY, 3)
    marked = replace(a_document("s1"), unpublished=date(2026, 11, 23))
    held = replace(TWO, documents=(marked,))
    rows = MappingProxyType({"ambleshire/documents/s1": row})
    silent = kept_with(held, TWO, rows, Look(NIGHT + 9 * DAY, untold=frozenset({"documents"})))
    assert silent == Kept(held, rows)
    shown = replace(TWO, items=(replace(TWO.items[0], documents=(a_document("s1"),)), *TWO.items[1:]))
    moved = kept_with(held, shown, rows, Look(NIGHT + 9 * DAY, untold=frozenset({"documents"})))
    assert (moved.absences, moved.meeting.documents) == ({}, (a_document("s1"),))


def test_the_mark_of_a_meeting_is_taken_off_by_lists_alone() -> None:
    held = replace(TWO, unpublished=date(2026, 11, 1))
    assert after(held, TWO).meeting == held
