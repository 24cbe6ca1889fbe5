"""A bot wall, a login or an error page with status 200: never content, never "no minutes"."""

import pytest
from nights import COUNCIL, Home, Serving, asked, mended

from crawler.sample import Served, faults
from crawler.sample.faults import Look

MEETINGS = len(COUNCIL.announced)
BLOCKED = {"blocked"}
LISTS = 20
"""At the most so many answers of lists, calendar and service: then all of them have failed."""
LOOKS = [
    (Look.INCAPSULA, BLOCKED), (Look.CLOUDFLARE, BLOCKED), (Look.FORBIDDEN, BLOCKED), (Look.LOGIN, BLOCKED),
    (Look.SCRIPT, {"broken page"}), (Look.SHAREPOINT, {"broken page"}), (Look.ERROR, {"broken page"}),
    (Look.EMPTY, {"broken page"}),
]  # fmt: skip


def answered(site: Served) -> list[str]:
    """What was asked, without the pages to which the answers led."""
    return [each for each in asked(site.log) if each != "mgError.aspx"]


@pytest.mark.parametrize(("look", "endings"), LOOKS)
def test_a_wall_from_the_start(home: Home, serving: Serving, look: Look, endings: set[str]) -> None:
    with serving(fault=faults.wall(look=look)) as site:
        report = home.crawl()
        assert report.status == 1
        assert {each["ending"] for each in report.failures} == endings
        assert "none published" not in report.counts
        code, council = home.status()
        assert (code, council["state"], council["meetings"], council["members"]) == (1, "failing", 0, 0)
        assert len(answered(site)) <= (12 if endings == BLOCKED else 1 + LISTS)


@pytest.mark.parametrize(("look", "endings"), LOOKS)
def test_a_wall_in_the_middle(home: Home, serving: Serving, look: Look, endings: set[str]) -> None:
    with serving() as site:
        assert home.crawl("--until", "2026-08-31").status == 0
        before, asked_before = home.held(), len(site.log)
        mended(site, fault=faults.wall(after=9, look=look))
        home.clock.skip(1)
        report = home.crawl("--full")
        after = home.held()
        assert report.status == 1
        assert {each["ending"] for each in report.failures} == endings
        assert {each.id: after[each.id] for each in before.values()} == before    # what is held stays as it was
        assert not any("none published" in count for count in report.counts)
        walled = len(answered(site)) - asked_before - 1 - 9    # robots.txt is let through, and the first nine
        assert walled <= (12 if endings == BLOCKED else LISTS + 2 * MEETINGS)
        assert home.status()[1]["state"] == "failing"


@pytest.mark.parametrize("look", [Look.INCAPSULA, Look.CLOUDFLARE])
def test_a_host_behind_a_wall_is_left_alone(home: Home, serving: Serving, look: Look) -> None:
    with serving(fault=faults.wall(look=look)) as site:
        report = home.crawl()
        assert len(site.log) <= 1 + 5, asked(site.log)
        assert "left alone" in (report.report["stopped"] or "")
