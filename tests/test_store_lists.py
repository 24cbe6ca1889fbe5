"""What the store lists beside meetings: councils, committees, members, counts and runs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from build import COUNCIL, SEEN, a_document, a_meeting, a_resolution, an_item, save

from archive.errors import StoreError
from archive.model import (
    Attendance,
    AttendanceStatus,
    Committee,
    CommitteeId,
    Council,
    CouncilId,
    Member,
    MemberId,
    MinutesStatus,
)
from archive.store import Counts, Failure, Run, RunId, Saved, Store

DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "minutebook.sqlite")
    yield store
    store.close()


def test_councils_committees_and_members_are_listed(store: Store) -> None:
    council = Council(COUNCIL, "Ambleshire", "https://ambleshire.example", "moderngov")
    store.save_council(replace(council, name="Old"))
    store.save_council(council)
    assert (store.councils(), store.council(COUNCIL)) == ((council,), council)
    cabinet = Committee(CommitteeId("ambleshire/committees/cabinet"), "Cabinet")
    planning = Committee(CommitteeId("ambleshire/committees/planning"), "Planning")
    store.save_committees(COUNCIL, [planning])
    save(store, a_meeting("1", committee="Cabinet"))
    store.save_committees(COUNCIL, iter([replace(planning, name="Planning Board")]))
    assert store.committees(COUNCIL) == (cabinet, replace(planning, name="Planning Board"))
    assert store.committee(CommitteeId("ambleshire/committees/cabinet")) == cabinet
    abel, bell = (Member(MemberId(f"ambleshire/members/{n}"), n, "Green", "North", None) for n in ("Abel", "Bell"))
    store.save_members(COUNCIL, [bell])
    store.save_members(COUNCIL, [abel])
    assert store.members(COUNCIL) == store.members() == (abel, bell)
    assert store.member(MemberId("ambleshire/members/Bell")) == bell
    assert store.members(CouncilId("other")) == store.committees(CouncilId("other")) == ()



def test_somebody_on_no_list_may_attend(store: Store) -> None:
    here = (Attendance("Cllr Unlisted", None, AttendanceStatus.PRESENT, MemberId("ambleshire/members/404")),)
    assert save(store, a_meeting("1", attendance=here)) is Saved.NEW



def test_counts_say_what_is_held(store: Store) -> None:
    assert store.counts() == Counts(0, 0, 0, 0, 0, None)
    item = an_item("1", resolutions=(a_resolution("That it be so."),), documents=(a_document("s1"),))
    save(store, a_meeting("1", item, an_item("2"), start=date(2021, 3, 2), documents=(a_document("s2"),)))
    save(store, a_meeting("2", start=date(2022, 3, 2), minutes=MinutesStatus.NONE))
    store.save_members(COUNCIL, [Member(MemberId("ambleshire/members/1"), "Abel")])
    assert store.counts(COUNCIL) == store.counts() == Counts(2, 2, 1, 2, 1, date(2021, 3, 2))
    assert store.counts(CouncilId("other")) == Counts(0, 0, 0, 0, 0, None)



def test_the_last_run_of_each_council_is_known(store: Store) -> None:
    failed = (Failure("meeting", "ambleshire/meetings/1", "no minutes table"), Failure("member", "list", "403"))
    store.finish_run(store.begin_run(COUNCIL, SEEN - DAY), SEEN - DAY, {"new": 9}, ())
    run = store.begin_run(COUNCIL, SEEN)
    store.begin_run(CouncilId("other"), SEEN)
    assert store.runs(COUNCIL)[0] == Run(SEEN, None, {}, ())
    store.finish_run(run, SEEN + DAY, {"new": 1, "changed": 2}, failed)
    assert store.runs(COUNCIL)[0] == Run(SEEN, SEEN + DAY, {"new": 1, "changed": 2}, failed)
    assert store.runs(CouncilId("other")) == (Run(SEEN, None, {}, ()),)
    with pytest.raises(StoreError, match="run 99 was never begun"):
        store.finish_run(RunId(99), SEEN, {}, ())



def test_who_sat_in_a_meeting_is_a_member_and_the_list_says_more(store: Store) -> None:
    sat = Attendance("Cllr A Abel", "Chair", AttendanceStatus.PRESENT, MemberId("ambleshire/members/7"))
    store.save_meeting(a_meeting("1", attendance=(sat,)), (), "1", SEEN)
    assert store.member(MemberId("ambleshire/members/7")).name == "Cllr A Abel"
    store.save_members(COUNCIL, [Member(MemberId("ambleshire/members/7"), "Councillor Ann Abel", "Labour")])
    store.save_meeting(a_meeting("2", attendance=(sat,)), (), "1", SEEN)
    assert store.member(MemberId("ambleshire/members/7")).name == "Councillor Ann Abel"
