"""Names of votes that the web service does not have: which pages are asked for them, and what that costs."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from build import a_meeting, a_paragraph, a_resolution, an_item
from moderngov_site import NIGHT, ROOT, Site, announced_as, sample

from archive.errors import Blocked, Gone, LeftAlone, OutOfBudget, PageError
from archive.listings import Door
from archive.model import Item, Meeting, Vote, VoteNames
from crawler.moderngov.doors import COUNTED, VOTES, WELSH, Doors
from crawler.moderngov.meeting_pages import Around
from crawler.moderngov.source import ModernGovSource
from crawler.moderngov.urls import Method
from crawler.moderngov.urls import Site as MgSite
from crawler.moderngov.visit import Visit
from crawler.moderngov.vote_naming import VoteNaming
from crawler.sample import Options, Reply, Request
from crawler.source import Announced, Page, Reading, nothing_kept

NAMES = VoteNames(("Ada Bell", "Cy Dunn"), ("Eve Ford",))
TABLE = "<tr><td>For</td><td>Ada Bell, Cy Dunn</td></tr><tr><td>Against</td><td>Eve Ford</td></tr>"
NAMED = f"<h2>Council</h2><h3>Budget</h3><h4>Motion</h4><p>Motion status: Carried</p><table>{TABLE}</table>"
NOTHING = "<p class='mgErrorTxt'>No recorded votes found for the selected period.</p>"
GIVES = {VOTES: Door(worked=True, failures=0, tried=NIGHT)}
COUNTS = Vote(2, 1)
TAKEN = "A recorded vote was taken."


def item(number: int, said: str = TAKEN, vote: Vote | None = COUNTS) -> Item:
    decided = replace(a_resolution("That it be so."), vote=vote)
    return an_item(str(number), "Budget", paragraphs=(a_paragraph(said),), resolutions=(decided,))


class Council:
    """Meetings by the service whose votes are on pages of their own, all of which answer with `content`."""

    def __init__(self, content: str | Exception = NAMED, doors: Doors | None = None) -> None:
        self.content, self.doors, self.asked = content, doors or Doors(now=NIGHT), list[str]()
        self.visit = Visit(self.get, nothing_kept, NIGHT.date())

    def get(self, url: str) -> Page:
        self.asked.append(url)
        if isinstance(self.content, Exception):
            raise self.content
        html = f"<div id='modgov'><h1>Recorded votes</h1><div class='mgContent'>{self.content}</div></div>"
        return Page(url, 200, "text/html", html.encode())

    def named(self, *items: Item) -> list[VoteNames]:
        around = Around(MgSite(ROOT), sample().council(ROOT), self.doors, (), NIGHT.date())
        found = VoteNaming(around, "9", self.visit).named(a_meeting("9", *items))
        return [(each.vote or Vote()).names for one in found.items for each in one.resolutions]


@pytest.mark.parametrize(
    "said",
    ["A recorded vote was requested and taken:", "On a Named Vote", "The vote was recorded.",
     "Members voted as follows:", "A roll-call was held.", "Cafwyd pleidlais gofnodedig.",
     "Cynhaliwyd bleidlais wedi’i chofnodi"],
)  # fmt: skip
def test_the_page_is_asked_where_the_minutes_say_that_names_were_taken(said: str) -> None:
    site = Council()
    assert site.named(item(5, said)) == [NAMES]
    assert site.asked == [ROOT + "mgListRecordedVotesShort.aspx?AIID=5&MID=9"]


@pytest.mark.parametrize(
    "other",
    [item(5, "By 2 votes to 1."), item(5, "The record of the vote"), item(5, vote=Vote(2, 1, 0, NAMES)),
     an_item("5", paragraphs=(a_paragraph(TAKEN),))],
)  # fmt: skip
def test_nothing_is_asked_without_a_reason(other: Item) -> None:
    site = Council()
    site.named(other)
    assert site.asked == []


def test_what_is_counted_is_asked_once_the_site_has_given_names() -> None:
    site = Council()
    assert site.named(item(4, "By 2 votes to 1."), item(5)) == [NAMES, NAMES]
    assert [each.partition("AIID=")[2] for each in site.asked] == ["5&MID=9", "4&MID=9"]


@pytest.mark.parametrize("content", [NOTHING, Gone(ROOT, "status 404"), PageError(ROOT, "a page", "an error page")])
def test_a_site_without_such_pages_is_asked_for_three(content: str | Exception) -> None:
    site = Council(content)
    for number in range(20):
        assert site.named(item(number), item(number + 50, "By 2 votes to 1.")) == [VoteNames()] * 2
    assert (len(site.asked), site.visit.shortfalls) == (3, [])
    later = Council(content, Doors(site.doors.states(), NIGHT + timedelta(days=8)))
    later.named(*map(item, range(20)))
    assert (len(later.asked), later.visit.shortfalls) == (1, [])


def test_counts_to_which_no_names_belong_shut_a_door_of_their_own() -> None:
    site = Council(NOTHING, Doors(GIVES, NIGHT))
    site.named(*(item(number, "By 2 votes to 1.") for number in range(20)))
    assert (len(site.asked), site.doors.open(COUNTED), site.doors.open(VOTES)) == (3, False, True)


@pytest.mark.parametrize(
    ("content", "states"), [(Blocked(ROOT, "status 403"), {}), (Gone(ROOT, "status 404"), GIVES)],
)  # fmt: skip
def test_names_that_are_there_and_cannot_be_had_are_a_shortfall(content: Exception, states: dict[str, Door]) -> None:
    site = Council(content, Doors(states, NIGHT))
    assert site.named(item(5)) == [VoteNames()]
    [shortfall] = site.visit.shortfalls
    assert (shortfall.what, shortfall.where, site.visit.untold) == ("recorded votes", site.asked[0], {"votes"})


@pytest.mark.parametrize("error", [OutOfBudget(ROOT, "used up"), LeftAlone(ROOT, "failed too often")])
def test_a_site_that_is_to_be_left_alone_is(error: Exception) -> None:
    with pytest.raises(type(error)):
        Council(error).named(item(5))


# On the sample's site


@cache
def voted() -> Announced:
    """The newest meeting of which the sample's minutes name who voted."""
    known = (sample().meeting(each.id) for each in reversed(sample().announced))
    return next(announced_as(each) for each in known if any(vote.names != VoteNames() for vote in votes(each)))


def votes(meeting: Meeting) -> Iterator[Vote]:
    return (each.vote for one in meeting.items for each in one.resolutions if each.vote)


Look = Callable[[int], tuple[Reading, list[str]]]


def looking(site: Site, doors: Doors) -> Look:
    def look(day: int) -> tuple[Reading, list[str]]:
        kept = site.another(day)
        source = ModernGovSource(
            sample().council(ROOT), site.get, (NIGHT + timedelta(day)).date(), doors=Doors(doors.states(), NIGHT))
        found = source.meeting(voted(), kept)
        return found, [each.partition("?")[0] for each in site.asked]

    return look


SHUT = {WELSH: Door(worked=False, failures=3, tried=NIGHT)}


def test_an_unchanged_meeting_costs_one_request_and_after_a_week_its_votes_again() -> None:
    look = looking(Site(Options(votes_apart=True)), Doors(SHUT, NIGHT))
    first, asked = look(0)
    pages = asked[1:]
    assert asked[0] == f"mgWebService.asmx/{Method.MEETING}"
    assert set(pages) == {"mgListRecordedVotesShort.aspx"}
    assert len(pages) == sum(vote.names != VoteNames() for vote in votes(first.meeting)) > 0
    assert look(1) == look(6) == (first, asked[:1])
    again, asked_again = look(8)
    assert (again, asked_again[0]) == (first, asked[0])
    assert set(asked_again) == set(asked)


def broken(request: Request) -> Reply | None:
    return Reply(b"<p>Sorry</p>") if request.path.startswith("mgListRecorded") else None


def test_a_page_of_votes_that_is_kept_and_no_good_is_asked_again() -> None:
    site = Site(Options(votes_apart=True), broken)
    look = looking(site, Doors({**SHUT, **GIVES}, NIGHT))
    first, _ = look(0)
    assert {each.what for each in first.shortfalls} == {"recorded votes"}
    site.fault = lambda _: None
    second, asked = look(1)
    assert "mgListRecordedVotesShort.aspx" in asked
    assert (second.shortfalls, any(vote.names.for_ for vote in votes(second.meeting))) == ((), True)
