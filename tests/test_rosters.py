"""When members were in office, as the store knows it of lists, terms and attendance."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest
from build import COUNCIL, a_meeting, an_item, save

from archive import ids
from archive.model import Attendance, AttendanceStatus, Member, MemberId, Term
from archive.rosters import RosterMember, as_listed, may_sit, sits
from archive.shapes import as_json
from archive.store import Store

ABEL = Member(MemberId("ambleshire/members/1"), "Cllr Abel", "Green", "North", None)
BELL = Member(MemberId("ambleshire/members/2"), "Cllr Bell", terms=(Term(date(2017, 5, 4), None), Term(None, None)))
FIRST, SECOND, THIRD = date(2026, 11, 1), date(2026, 11, 8), date(2026, 11, 15)


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(Store.open("sqlite://")) as opened:
        yield opened


def known(store: Store) -> dict[str, tuple[date | None, date | None]]:
    return {ids.local(each.id): (each.since, each.until) for each in store.roster(COUNCIL)
            if isinstance(each, RosterMember)}


def test_terms_are_kept_and_are_no_key_where_there_are_none(store: Store) -> None:
    store.save_members(COUNCIL, [ABEL, BELL])
    assert store.members(COUNCIL) == (ABEL, BELL)
    assert "terms" not in as_json(ABEL)
    assert as_json(BELL)["terms"][0] == {"start": "2017-05-04", "end": None}
    store.save_members(COUNCIL, [Member(BELL.id, BELL.name)])
    assert store.member(BELL.id).terms == ()


def test_lists_say_since_when_and_until_when(store: Store) -> None:
    store.save_members(COUNCIL, [ABEL, BELL], SECOND)
    store.save_members(COUNCIL, [ABEL], THIRD)
    assert known(store) == {"1": (SECOND, None), "2": (SECOND, THIRD)}
    store.save_members(COUNCIL, [ABEL, BELL], THIRD)    # the list was had in part only
    store.save_members(COUNCIL, [ABEL], FIRST)    # an older one, read again
    assert known(store)["1"] == (FIRST, None)
    store.save_members(COUNCIL, [], THIRD)
    assert known(store)["1"] == (FIRST, None)


def test_who_attended_once_may_have_sat_for_half_a_year(store: Store) -> None:
    old = Attendance("Cllr Cole", None, AttendanceStatus.PRESENT, MemberId("ambleshire/members/9"))
    save(store, a_meeting("1", an_item("1"), start=date(2020, 3, 2), attendance=(old,)))
    store.save_members(COUNCIL, [ABEL], SECOND)
    assert known(store) == {"1": (SECOND, None), "9": (None, date(2020, 9, 1))}


def test_where_no_list_of_a_site_was_had_members_are_as_they_were_given(store: Store) -> None:
    store.save_members(COUNCIL, [ABEL, BELL])
    assert store.roster(COUNCIL) == (ABEL, BELL)
    assert sits(ABEL, date(1999, 1, 1))


def test_the_list_of_today_and_whoever_it_lacks() -> None:
    before = (RosterMember(ABEL.id, "Abel", since=FIRST), RosterMember(MemberId("ambleshire/members/9"), "Cole"))
    abel, bell, cole = as_listed([ABEL, BELL], before, THIRD)
    assert (abel.since, bell.since, cole.since, cole.until) == (FIRST, THIRD, None, THIRD)
    assert abel.name == ABEL.name
    assert sits(abel, FIRST)
    assert not sits(abel, date(2026, 10, 1))
    assert may_sit(abel, date(2026, 10, 1))
    assert may_sit(cole, SECOND)
    assert not sits(cole, SECOND)
    assert not may_sit(cole, date(2026, 11, 16))
