"""One crawl of one council: what is looked at, in which order, and what becomes of what fails."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from a_listed_site import TODAY, FakeClock, FakeSite, Run, days_ago, nights_later, some_meetings
from build import COUNCIL

from archive.captures import Captures
from archive.errors import Blocked, Gone, LeftAlone, MinutebookError, OutOfBudget, PageError, Unreachable
from archive.ids import meeting_id, twin
from archive.model import Attendance, AttendanceStatus, ItemId, MeetingId
from archive.runs import Ending
from archive.store import Store
from crawler.run import crawl
from crawler.source import Shortfall


def test_a_first_crawl_takes_everything_newest_first(
    site: FakeSite, store: Store, run: Run
) -> None:
    report = run()
    assert report.succeeded
    assert report.counts == {"members": 1, "committees": 1, "announced": 4, "new": 4, "failed": 0, "missing": 0}
    assert (site.asked, site.ranges) == (["members", "committees", "list", "4", "3", "2", "1"], [(None, None)])
    assert site.whys[:4] == ["list of members", "list of committees", "list of meetings", f"{COUNCIL}/meetings/4"]
    assert report.requests == 7
    assert store.counts(COUNCIL).meetings == 4
    assert [each.name for each in store.members(COUNCIL)] == ["Cllr Ada Bell"]
    assert store.captures_of(meeting_id(COUNCIL, "1"))
    noted = store.runs(COUNCIL)[0]
    assert (noted.requests, noted.stopped, noted.listed) == (7, None, date.min)


def test_a_second_crawl_looks_at_what_may_have_changed_and_says_that_nothing_did(
    site: FakeSite, run: Run
) -> None:
    run()
    report = run()
    assert report.counts["same"] == 2
    assert site.asked == ["members", "committees", "list", "3", "2"]
    assert site.ranges[1] == (TODAY - timedelta(days=90), TODAY + timedelta(days=60))


def test_what_is_older_is_looked_at_once_a_week_or_a_year(site: FakeSite, run: Run) -> None:
    site.meetings = some_meetings(_1=days_ago(2000), _5=days_ago(300))
    run()
    looked = []
    for _ in range(365):
        nights_later(site, 1)
        run()
        looked += [each for each in site.asked if each.isdecimal()]
    assert (looked.count("1"), looked.count("5")) == (1, 52)


def test_a_change_is_a_new_version(site: FakeSite, store: Store, run: Run) -> None:
    run()
    site.meetings["2"] = replace(site.meetings["2"], venue="Town Hall")
    report = run()
    assert (report.counts["changed"], report.counts["same"]) == (1, 1)
    assert len(store.versions(meeting_id(COUNCIL, "2"))) == 2


def test_full_looks_at_everything_again(site: FakeSite, run: Run) -> None:
    run()
    report = run(full=True)
    assert (report.counts["same"], site.ranges[1]) == (4, (None, None))


def test_chosen_days_are_what_is_looked_at(site: FakeSite, run: Run) -> None:
    run(since=days_ago(100), until=TODAY)
    assert site.asked[3:] == ["2"]
    assert run().counts["new"] == 3   # the first crawl of everything is still to come


@pytest.mark.parametrize(
    ("error", "reason", "ending"),
    [
        (PageError("https://democracy.example/2", "a meeting", "nothing"), "expected a meeting", Ending.BROKEN),
        (Gone("https://democracy.example/2", "status 404"), "status 404", Ending.GONE),
        (Blocked("https://democracy.example/2", "a bot wall"), "a bot wall", Ending.BLOCKED),
        (KeyError("surprise"), "bug: KeyError: 'surprise'; the log has the details", Ending.BROKEN),
    ],
)
def test_one_bad_meeting_stops_nothing(
    error: Exception, reason: str, ending: Ending, site: FakeSite, store: Store, run: Run
) -> None:
    site.failing["2"] = error
    report = run()
    assert (report.counts["new"], report.counts["failed"], report.counts["missing"]) == (3, 1, 1)
    assert report.counts[ending.value] == 1
    (failure,) = report.failures
    assert (failure.what, failure.where, failure.ending) == ("meeting", f"{COUNCIL}/meetings/2", ending)
    assert reason in failure.reason
    assert store.runs(COUNCIL)[0].failures == report.failures
    assert not report.succeeded
    listing = store.listings(COUNCIL)[meeting_id(COUNCIL, "2")]
    assert (listing.ending, listing.failures, reason in (listing.reason or "")) == (ending, 1, True)


def test_what_failed_is_looked_at_again_however_old(site: FakeSite, run: Run) -> None:
    site.failing["1"] = Unreachable("https://democracy.example/1", "no answer in time")
    run()
    site.failing.clear()
    assert run().counts["new"] == 1
    assert site.asked[3:] == ["3", "2", "1"]


def test_what_fails_for_a_week_is_only_tried_weekly(site: FakeSite, run: Run) -> None:
    site.failing["1"] = Gone("https://democracy.example/1", "status 404")
    tried = []
    for _ in range(28):
        run()
        tried.append("1" in site.asked)
        nights_later(site, 1)
    assert (all(tried[:7]), 2 <= tried[7:].count(True) <= 3) == (True, True)


def test_a_meeting_that_breaks_later_keeps_its_last_good_version(
    site: FakeSite, store: Store, run: Run
) -> None:
    run()
    site.failing["2"] = PageError("https://democracy.example/2", "a meeting", "a wall")
    assert run().counts["failed"] == 1
    assert store.meeting(meeting_id(COUNCIL, "2")) == site.meetings["2"]


def test_a_part_that_cannot_be_had_is_a_failure_and_takes_nothing_away(
    site: FakeSite, store: Store, run: Run
) -> None:
    present = Attendance("Cllr Ada Bell", None, AttendanceStatus.PRESENT)
    site.meetings["2"] = replace(site.meetings["2"], attendance=(present,))
    run()
    site.meetings["2"] = replace(site.meetings["2"], attendance=(), venue="Town Hall")
    address = "https://democracy.example/a"
    site.shortfalls["2"] = Shortfall("attendance", address, PageError(address, "an attendance", "a wall"))
    report = run()
    assert (report.counts["changed"], report.counts["failed"]) == (1, 1)
    assert (report.failures[0].what, report.failures[0].where) == ("attendance", address)
    held = store.meeting(meeting_id(COUNCIL, "2"))
    assert (held.attendance, held.venue) == ((present,), "Town Hall")
    [gap] = [gap for row in store.coverage(COUNCIL) for gap in row.gaps]
    assert (gap.what.id, gap.ending) == (meeting_id(COUNCIL, "2"), Ending.BROKEN)


def test_meetings_without_anything_published_and_restricted_ones_are_told_apart(
    site: FakeSite, run: Run
) -> None:
    site.meetings["4"] = replace(site.meetings["4"], items=())
    closed = tuple(replace(item, restricted=True) for item in site.meetings["3"].items)
    site.meetings["3"] = replace(site.meetings["3"], items=closed)
    counts = run().counts
    assert (counts["none published"], counts["restricted"], counts["new"]) == (1, 1, 2)


def test_lists_of_people_that_fail_do_not_stop_the_meetings(site: FakeSite, run: Run) -> None:
    site.failing["members"] = PageError("https://democracy.example/m", "a list of members", "none in it")
    report = run()
    assert (report.counts["new"], [each.what for each in report.failures]) == (4, ["list of members"])


@pytest.mark.parametrize("error", [Blocked, Unreachable])
def test_a_site_that_is_down_is_left_alone(
    error: type[MinutebookError], site: FakeSite, run: Run
) -> None:
    site.meetings = some_meetings(**{f"_{number}": days_ago(number) for number in range(1, 31)})
    site.failing = {str(number): error("https://democracy.example/", "no") for number in range(5, 31)}
    report = run()
    assert (report.counts["new"], report.counts["failed"], report.counts["missing"]) == (4, 5, 26)
    assert report.counts["not looked at"] == 21
    assert report.stopped is not None
    assert report.stopped.startswith("5 failures in a row")


def test_a_host_that_must_be_left_alone_is(site: FakeSite, run: Run) -> None:
    site.failing["members"] = LeftAlone("https://democracy.example/robots.txt", "robots.txt answers status 503")
    report = run()
    assert (report.stopped, len(report.failures)) == ("robots.txt answers status 503", 1)
    assert site.asked == ["members"]


@pytest.mark.parametrize(("wrong", "asked", "stopped"), [(19, 30, False), (30, 20, True)])
def test_pages_that_are_wrong_end_a_run_later(
    wrong: int, asked: int, stopped: bool, site: FakeSite, run: Run
) -> None:
    site.meetings = some_meetings(**{f"_{number}": days_ago(number) for number in range(1, 31)})
    site.failing = {str(each): PageError("https://democracy.example/", "a", "b") for each in range(1, wrong + 1)}
    report = run()
    assert (len(site.asked) - 3, report.counts["failed"]) == (asked, min(wrong, 20))
    assert ((report.stopped or "").startswith("20 failures in a row")) == stopped


def test_lists_that_use_up_the_budget_let_meetings_come_first_for_once(
    site: FakeSite, run: Run
) -> None:
    site.failing["list"] = OutOfBudget("https://democracy.example/", "the run's 2 requests are used up")
    assert run().counts.get("new") is None
    report = run()
    assert (site.asked, report.counts["new"]) == (["4", "3", "2", "1", "members", "committees", "list"], 4)
    assert run().counts.get("new") is None
    assert site.asked == ["members", "committees", "list"]


def test_an_empty_budget_ends_the_run_and_the_next_goes_on(site: FakeSite, run: Run) -> None:
    site.failing["2"] = OutOfBudget("https://democracy.example/2", "the run's 5 requests are used up")
    report = run()
    assert (report.counts["new"], report.stopped) == (2, "the run's 5 requests are used up")
    assert (report.counts["out of budget"], report.counts["not looked at"], report.succeeded) == (1, 1, True)
    site.failing.clear()
    assert run().counts["new"] == 2


def test_a_dry_run_saves_nothing(site: FakeSite, store: Store, run: Run) -> None:
    report = run(dry_run=True)
    assert [each.what.id for each in report.planned] == [meeting_id(COUNCIL, local) for local in "4321"]
    assert report.planned[0].url == f"https://democracy.example/{COUNCIL}/meetings/4"
    assert site.asked == ["list"]
    assert (store.counts(COUNCIL).meetings, store.runs(COUNCIL), store.listings(COUNCIL)) == (0, (), {})


def test_a_run_that_was_killed_is_gone_on_with(site: FakeSite, store: Store, run: Run) -> None:
    site.failing["2"] = SystemExit()    # as near to a kill as a test comes without a process
    with pytest.raises(SystemExit):
        run()
    assert store.runs(COUNCIL)[0].finished is None
    site.failing.clear()
    report = run()
    assert (report.counts["new"], report.counts["same"], site.ranges[-1]) == (2, 1, (None, None))


def test_an_interrupted_run_is_noted_as_far_as_it_came(
    site: FakeSite, store: Store, run: Run
) -> None:
    site.failing["2"] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        run()
    noted = store.runs(COUNCIL)[0]
    assert (noted.finished is None, noted.counts["new"], noted.counts["missing"], noted.failures) == (False, 2, 2, ())
    assert noted.stopped == "interrupted"


def test_progress_ends_at_its_total(site: FakeSite, store: Store, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    crawl(site, site, store, Captures(tmp_path), FakeClock(),
          progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_what_failed_the_last_time_keeps_no_others_waiting(site: FakeSite, store: Store, run: Run) -> None:
    site.meetings = some_meetings(**{f"_{number}": days_ago(number) for number in range(1, 21)})
    site.failing = {str(each): Unreachable("https://democracy.example/", "status 409") for each in range(1, 11)}
    for _ in range(3):
        run()
        nights_later(site, 1)
    assert len(store.held(COUNCIL)) == 10


def test_a_part_that_cannot_be_had_takes_nothing_from_the_welsh_text_either(
    site: FakeSite, store: Store, run: Run
) -> None:
    present = (Attendance("Cllr Ada Bell", None, AttendanceStatus.PRESENT),)
    english = site.meetings["2"] = replace(site.meetings["2"], attendance=present)
    items = tuple(replace(item, id=ItemId(twin(item.id or ""))) for item in english.items)
    site.welsh["2"] = replace(english, id=MeetingId(twin(english.id or "")), items=items)
    run()
    address = "https://democracy.example/a"
    site.meetings["2"], site.welsh["2"] = (
        replace(each, attendance=()) for each in (site.meetings["2"], site.welsh["2"]))
    site.shortfalls["2"] = Shortfall("attendance", address, PageError(address, "an attendance", "a wall"))
    assert run().counts["same"] == 2
    for each in (site.meetings["2"], site.welsh["2"]):
        assert each.id is not None
        assert (store.meeting(each.id).attendance, len(store.versions(each.id))) == (present, 1)
