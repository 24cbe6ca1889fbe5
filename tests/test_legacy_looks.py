"""Meetings of before agendas were kept by items: found by their lists, read by their one page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from moderngov_site import ROOT, Site, off, sample

from archive.errors import Gone, Unreachable
from crawler.moderngov.listings import is_legacy
from crawler.moderngov.source import ModernGovSource
from crawler.sample import Options, Reply, Request
from crawler.source import Announced, KeptPage, Page

OLD = sample().today.year - 3
LEGACY = Options(legacy=OLD)
Fault = Callable[[Request], Reply | None]


def old(site: Site) -> Announced:
    """The newest legacy meeting that a site's lists announce."""
    source = site.source()
    found = [each for each in source.announced(None, date(OLD, 1, 1)) if each.start.year < OLD]
    return max((each for each in found if "ancel" not in (each.note or "")), key=lambda each: each.start)


def test_a_legacy_meeting_is_read_by_its_own_page_and_costs_one_request() -> None:
    site = Site(LEGACY, off)
    announced = old(site)
    assert is_legacy(announced)
    site.another(0)
    meeting = site.source().meeting(announced).meeting
    assert [each.partition("?")[0] for each in site.asked] == ["CeListDocuments.aspx"]
    assert any(item.paragraphs for item in meeting.items)
    assert (meeting.id, meeting.committee) == (announced.id, announced.committee)
    assert "CeListDocuments.aspx" in (meeting.url or "")


def test_a_legacy_meeting_that_the_service_lists_is_read_by_its_own_page_in_the_end() -> None:
    site = Site(Options(legacy=OLD, legacy_listed=True))
    announced = replace(old(site), note="Confirmed")
    assert any(item.paragraphs for item in site.source().meeting(announced).meeting.items)


def test_it_is_read_again_from_its_answer_though_nothing_says_any_more_that_it_is_legacy() -> None:
    site = Site(LEGACY, off)
    announced = old(site)
    first = site.source().meeting(announced)
    answered = site.another(1)

    def replay(url: str) -> Page:
        kept: KeptPage | None = answered(url)
        if kept is None or "List" not in url:
            raise Unreachable(url, "was never asked")
        return kept.page

    plain = Announced(announced.id, announced.committee, announced.start, "held")
    assert ModernGovSource(sample().council(ROOT), replay, sample().today).meeting(plain).meeting == first.meeting


@pytest.mark.parametrize("recent", [True, False])
def test_what_has_no_legacy_page_either_fails_for_its_first_reason(recent: bool) -> None:
    site = Site(fault=lambda request: Reply(b"", status=404 if request.path == "ieListDocuments.aspx" else 500))
    known = list(Site().source().announced(None, None))
    one = max(known, key=lambda each: each.start) if recent else min(known, key=lambda each: each.start)
    with pytest.raises(Gone, match="ieListDocuments"):
        site.source().meeting(one)
    assert bool(site.asked_of("CeListDocuments")) is not recent
