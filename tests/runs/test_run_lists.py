"""What a run makes of a site's lists: how far they are asked, what they have no more, when they are not believed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from a_listed_site import TODAY, FakeSite, Run, days_ago, nights_later, some_meetings
from build import COUNCIL

from archive.errors import PageError
from archive.ids import committee_id, meeting_id, member_id
from archive.model import Committee, Member
from archive.store import Store
from crawler.run import UNUSUAL
from crawler.source import Announced, ListsFailed


def test_lists_of_two_years_are_asked_weekly_and_of_all_yearly(site: FakeSite, run: Run) -> None:
    run()
    for nights, since in ((6, 90), (1, 730), (1, 90), (357, None)):
        nights_later(site, nights)
        run()
        day = site.clock.now().date()
        assert site.ranges[-1][0] == (None if since is None else day - timedelta(days=since))


def test_meetings_listed_before_a_list_failed_are_looked_at_and_all_lists_asked_again(
    site: FakeSite, store: Store, run: Run
) -> None:
    site.failing["list"] = PageError("https://democracy.example/", "lists", "one that failed")
    report = run()
    assert (report.counts["new"], report.counts["failed"]) == (4, 1)
    assert store.runs(COUNCIL)[0].listed is None
    site.failing.clear()
    run()
    assert site.ranges[-1] == (None, None)


def test_what_is_listed_no_more_is_kept_and_marked_after_three_runs_and_a_week(
    site: FakeSite, store: Store, run: Run
) -> None:
    run()
    vanished = site.meetings.pop("2")
    for nights, marked in ((1, False), (1, False), (1, False), (6, True)):
        nights_later(site, nights)
        report = run()
        assert (report.counts.get("no longer published", 0), report.succeeded) == (int(marked), True)
    held = store.meeting(meeting_id(COUNCIL, "2"))
    assert held == replace(vanished, unpublished=TODAY + timedelta(days=1))
    site.meetings["2"] = vanished
    run()
    assert store.meeting(meeting_id(COUNCIL, "2")) == vanished


def test_a_list_that_lost_most_of_its_meetings_takes_nothing_away_and_is_said(
    site: FakeSite, store: Store, run: Run
) -> None:
    site.meetings = some_meetings(**{f"_{number}": days_ago(number) for number in range(1, 31)})
    run()
    site.unlisted = set(site.meetings) - {"1"}
    for _ in range(4):
        nights_later(site, 4)
        report = run()
        assert [each.what for each in report.failures] == [UNUSUAL]
        assert "1 meetings where it had 30" in report.failures[0].reason
    assert not any(each.missed for each in store.listings(COUNCIL).values())


def test_a_meeting_of_two_committees_is_the_older_one_s_whatever_the_order(
    site: FakeSite, store: Store, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [Committee(committee_id(COUNCIL, number), f"Committee {number}") for number in ("100", "20")]
    start = site.meetings["2"].start
    for order in (both, both[::-1]):
        rows = [Announced(meeting_id(COUNCIL, "2"), each, start) for each in order]
        monkeypatch.setattr(site, "announced", lambda *_, rows=rows: iter(rows))
        run()
        assert store.listings(COUNCIL)[meeting_id(COUNCIL, "2")].what.committee == both[1]




def test_a_list_that_lost_all_is_unusual_too_and_an_operator_may_believe_it(
    site: FakeSite, store: Store, run: Run
) -> None:
    site.meetings = some_meetings(**{f"_{number}": days_ago(number) for number in range(1, 4)})
    run()
    site.unlisted = set(site.meetings)
    assert [each.what for each in run().failures] == [UNUSUAL]
    assert not any(each.missed for each in store.listings(COUNCIL).values())
    assert run(full=True).succeeded
    assert all(each.missed == 1 for each in store.listings(COUNCIL).values())
    assert run().succeeded


def test_a_list_of_members_that_stays_short_is_unusual_once(
    site: FakeSite, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = tuple(Member(member_id(COUNCIL, str(number)), f"Cllr {number}") for number in range(20))
    for members, unusual in ((many, False), (many[:9], True), (many[:9], False)):
        monkeypatch.setattr(site, "members", lambda members=members: members)
        assert [each.what for each in run().failures] == [UNUSUAL] * unusual


def test_one_list_that_fails_keeps_no_other_from_being_believed(
    site: FakeSite, store: Store, run: Run
) -> None:
    other = committee_id(COUNCIL, "9")
    site.failing["list"] = ListsFailed("https://democracy.example/", "lists", "one that failed", frozenset({other}))
    run()
    assert store.runs(COUNCIL)[0].listed is None
    site.unlisted = {"2"}
    report = run()
    assert [each.what for each in report.failures] == ["list of meetings"]
    assert store.listings(COUNCIL)[meeting_id(COUNCIL, "2")].missed == 1
    assert store.runs(COUNCIL)[0].listed == date.min
    run()
    assert site.ranges[-1][0] == TODAY - timedelta(days=90)
