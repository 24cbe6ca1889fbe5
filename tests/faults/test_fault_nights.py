"""How much a night asks: the sum is known to the request, for each door."""

import pytest
from nights import COUNCIL, SMALL, Home, Serving, pages

MEETINGS, COMMITTEES = len(COUNCIL.announced), len(COUNCIL.specs)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, {"robots.txt": 1, "GetCouncillorsByWard": 1, "GetCommittees": 1, "GetMeetings": COMMITTEES,
              "GetMeeting": MEETINGS}),
        # Two calls of the service that have failed too seldom to be given up yet, and what stands in their place.
        ({"service": False}, {"robots.txt": 1, "GetCouncillorsByWard": 1, "mgMemberIndex.aspx": 1, "GetCommittees": 1,
                              "mgListCommittees.aspx": 1, "ieDocHome.aspx": 1, "ieListMeetings.aspx": COMMITTEES,
                              "ieListDocuments.aspx": MEETINGS}),
    ],
)  # fmt: skip
def test_a_night_with_nothing_changed(
    home: Home, serving: Serving, options: dict[str, bool], expected: dict[str, int]
) -> None:
    with serving(**options) as site:
        home.crawl()
        before = len(site.log)
        home.clock.skip(1)
        report = home.crawl()
        assert report.counts["same"] + report.counts["none published"] == MEETINGS
        assert dict(pages(site.log[before:])) == expected


def test_a_service_that_stays_off_is_asked_no_more_after_three_nights(home: Home, serving: Serving) -> None:
    with serving(SMALL, service=False) as site:
        for _ in range(3):
            home.crawl()
            home.clock.skip(1)
        before = len(site.log)
        assert home.crawl().status == 0
        assert not any("mgWebService" in each.target for each in site.log[before:])


def test_a_second_command_of_the_same_night_asks_the_same(home: Home, serving: Serving) -> None:
    with serving(SMALL) as site:
        home.crawl()
        before = len(site.log)
        home.crawl()
        again = site.log[before:]
        home.crawl()
        assert pages(site.log[before + len(again):]) == pages(again)


def test_meetings_of_long_ago_wait_for_their_turn(home: Home, serving: Serving) -> None:
    with serving(SMALL) as site:
        home.crawl()
        home.clock.skip(400)    # all of them are older than the nightly days now
        before = len(site.log)
        assert home.crawl(MINUTEBOOK_WEEKLY_DAYS_BACK="100").status == 0
        first = pages(site.log[before:])["GetMeeting"]
        asked = first
        for _ in range(7):
            home.clock.skip(1)
            before = len(site.log)
            home.crawl()
            asked += pages(site.log[before:])["GetMeeting"]
        assert asked >= len(SMALL.announced)    # within a week each had its turn
