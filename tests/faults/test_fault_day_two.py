"""What a clerk changes after the fact, crawled on the next day: exactly that is changed, and nothing is lost."""

from collections.abc import Callable

import pytest
from nights import FewMeetings, Home, Serving, meetings_asked

from archive.differences import Change, Difference, differences
from archive.ids import item_id
from archive.model import CouncilId, MeetingId, MeetingStatus, MinutesStatus
from archive.store import Store
from crawler.sample import Edits
from crawler.sample.council import WrittenItem

CORRECTED, REWRITTEN, REPLACED, WITHDRAWN, REMOVED, UNLISTED, SAME, CANCELLED = (
    12748, 12749, 12755, 12757, 12759, 12762, 12767, 12772)
DAY_ONE = FewMeetings(only=(CORRECTED, REWRITTEN, REPLACED, WITHDRAWN, REMOVED, UNLISTED, SAME, CANCELLED))
DOORS = pytest.mark.parametrize("options", [{}, {"service": False}])
AMBLESHIRE = CouncilId("ambleshire")


def first(meeting: int, fits: Callable[[WrittenItem], bool]) -> int:
    return next(item.id for item in DAY_ONE.written(meeting).items if fits(item))


def debated(item: WrittenItem) -> bool:
    return len(item.minuted.lines) > 5


def documented(item: WrittenItem) -> bool:
    return bool(item.draft.documents) and not item.draft.restricted


EDITED, GONE = first(CORRECTED, debated), first(WITHDRAWN, debated)
EDITS = Edits(
    corrected=frozenset({EDITED}),
    rewritten=frozenset({first(REWRITTEN, documented)}),
    replaced=frozenset({first(REPLACED, documented)}),
    withdrawn=frozenset({GONE}),
    removed=frozenset({REMOVED}),
    unlisted=frozenset({UNLISTED}),
    cancelled=frozenset({CANCELLED}),
)


def name(number: int) -> MeetingId:
    return MeetingId(f"ambleshire/meetings/{number}")


def versions(store: Store) -> dict[int, int]:
    """How many versions there are of each meeting that has more than one."""
    found = {each.id: len(store.versions(name(each.id))) for each in DAY_ONE.announced}
    return {number: count for number, count in found.items() if count > 1}


def latest(store: Store, number: int) -> tuple[Difference, ...]:
    """What the last version of a meeting has made different."""
    last = len(store.versions(name(number)))
    return differences(store.version(name(number), last - 1), store.version(name(number), last))


@DOORS
def test_exactly_what_was_edited_is_changed(home: Home, serving: Serving, options: dict[str, bool]) -> None:
    with serving(DAY_ONE, **options) as site:
        home.crawl()
        before, asked_before = home.held(), len(site.log)
        site.show(DAY_ONE.later(1, EDITS))
        home.clock.skip(1)
        report = home.crawl()
        night, after = site.log[asked_before:], home.held()
        assert report.status == 0
        assert {key: report.counts[key] for key in ("changed", "same")} == {
            "changed": 3, "same": 3}
        page = "ieListDocuments.aspx" if options else "GetMeeting"
        assert sorted(meetings_asked(night, page)) == sorted(
            str(each.id) for each in DAY_ONE.announced if each.id not in (REMOVED, UNLISTED))
        # One per listed meeting; by the pages also the attendance of the five whose page reads otherwise.
        # Where the service lists nothing for the committee first in turn, the pages are asked whether that is so.
        doubted = sum("ieListMeetings" in each.target for each in night) if not options else 0
        lists = 10 if options else 7
        assert (len(night), doubted <= 1) == (lists + doubted + 6 + (5 if options else 0), True)
        with home.store() as store:
            assert versions(store) == {CORRECTED: 2, REPLACED: 2, CANCELLED: 2}
            [corrected], [replaced], [cancelled] = (latest(store, each) for each in (CORRECTED, REPLACED, CANCELLED))
            missed = {key: each.missed for key, each in store.listings(AMBLESHIRE).items() if each.missed}
        assert (corrected.kind, corrected.change, corrected.where.item) == (
            "paragraph", Change.CHANGED, item_id(AMBLESHIRE, str(EDITED)))
        assert corrected.new == f"{corrected.old} The figures in this paragraph were checked after the meeting."
        assert (replaced.kind, replaced.change) == ("document", Change.ADDED)    # the old one is missed, not gone yet
        assert (cancelled.kind, cancelled.old, cancelled.new) == ("status", "scheduled", "cancelled")
        assert missed == {name(REMOVED): 1, name(UNLISTED): 1}
        edited = {name(each) for each in (CORRECTED, REPLACED, CANCELLED)}
        assert {key: each for key, each in after.items() if key not in edited} == {
            key: each for key, each in before.items() if key not in edited}
        assert after[name(CANCELLED)].status is MeetingStatus.CANCELLED


@DOORS
def test_what_vanished_is_kept_and_marked_after_three_nights_and_a_week(
    home: Home, serving: Serving, options: dict[str, bool]
) -> None:
    with serving(DAY_ONE, **options) as site:
        home.crawl()
        shown = home.run("--json", "show", f"ambleshire/items/{GONE}").json
        for days in (1, 2, 1):    # missed in three runs, but within a week
            home.clock.skip(days)
            site.show(DAY_ONE.later(1, EDITS))
            assert home.crawl().status == 0
        with home.store() as store:
            assert versions(store) == {CORRECTED: 2, REPLACED: 2, CANCELLED: 2}
        home.clock.skip(5)
        report = home.crawl()
        assert (report.status, report.counts["no longer published"], report.counts["changed"]) == (0, 2, 2)
        held = home.held()
        assert held[name(REMOVED)].unpublished is not None
        assert held[name(UNLISTED)].unpublished is not None
        [gone] = [item for item in held[name(WITHDRAWN)].items if item.unpublished]
        assert gone.id == f"ambleshire/items/{GONE}"
        with home.store() as store:
            assert [(each.kind, each.where.item) for each in latest(store, WITHDRAWN)] == [("unpublished", gone.id)]
            assert [each.kind for each in latest(store, REPLACED)] == ["unpublished"]
            assert versions(store) == {
                CORRECTED: 2, REPLACED: 3, WITHDRAWN: 2, REMOVED: 2, UNLISTED: 2, CANCELLED: 2}
        again = home.run("--json", "show", gone.id).json
        assert again["paragraphs"] == shown["paragraphs"]
        words = " ".join(shown["paragraphs"][0]["text"].split()[:6])
        found = home.run("--json", "search", f'"{words}"').json
        assert gone.id in {hit["item"] for hit in found["hits"]}
        home.clock.skip(1)
        assert "changed" not in home.crawl().counts    # it is marked once


def test_what_comes_back_is_published_again(home: Home, serving: Serving) -> None:
    with serving(DAY_ONE) as site:
        home.crawl()
        site.show(DAY_ONE.later(1, EDITS))
        for _ in range(4):
            home.clock.skip(4)
            home.crawl()
        assert home.held()[name(UNLISTED)].unpublished is not None
        site.show(DAY_ONE)
        home.clock.skip(1)
        assert home.crawl().status == 0
        held = home.held()
        assert not any(each.unpublished for each in held.values())
        assert not any(item.unpublished for each in held.values() for item in each.items)


def test_drafts_that_are_published_are_changed_meetings(home: Home, serving: Serving) -> None:
    """By the pages alone: the web service says "minutes are out" of drafts as well."""
    with serving(DAY_ONE, service=False) as site:
        home.crawl()
        drafts = {key for key, each in home.held().items() if each.minutes is MinutesStatus.DRAFT}
        site.show(DAY_ONE.later(45))
        home.clock.skip(45)
        report = home.crawl()
        held = home.held()
        assert (report.status, len(drafts)) == (0, 4)
        assert {held[key].minutes for key in drafts} == {MinutesStatus.PUBLISHED}
        with home.store() as store:
            assert {name(each) for each in versions(store)} >= drafts
            for key in drafts:
                kinds = {each.kind for each in latest(store, int(key.rsplit("/", 1)[1]))}
                assert "minutes" in kinds
                assert "paragraph" not in kinds    # the text is as it was


def test_show_tells_both_versions_with_their_days(home: Home, serving: Serving) -> None:
    with serving(DAY_ONE) as site:
        home.crawl()
        site.show(DAY_ONE.later(1, EDITS))
        home.clock.skip(1)
        home.crawl()
        told = home.run("--json", "show", name(CORRECTED), "--versions").json["versions"]
        assert [each["number"] for each in told] == [1, 2]
        assert told[0]["seen"] < told[1]["seen"]
        [difference] = told[1]["differences"]
        assert difference["kind"] == "paragraph"
        assert difference["new"].startswith(difference["old"])
