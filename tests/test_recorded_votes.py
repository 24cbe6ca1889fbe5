"""Recorded votes: their pages in every form that was seen, and whom their names are given to."""

from dataclasses import replace
from functools import cache
from itertools import islice

import pytest
from build import a_meeting, a_resolution, an_item
from moderngov_site import ROOT, Site, announced_as, sample

from archive.errors import PageError
from archive.model import Item, Outcome, Resolution, Vote, VoteNames
from crawler.moderngov.doors import WELSH
from crawler.moderngov.urls import Method
from crawler.moderngov.urls import Site as MgSite
from crawler.moderngov.votes import RecordedVote, read_votes, votes_links, with_votes
from crawler.sample import Options, Reply, Request
from crawler.source import Announced, Page, Reading

NAMES = VoteNames(("Ada Bell", "Cy Dunn"), ("Eve Ford",), ())
SIDES = (
    "<tr><td>For<td>Ada Bell, Cy Dunn</td></td><td>2</td></tr><tr><td>Against<td>Eve Ford</td></td><td>1</td></tr>"
    "<tr><td>Abstain<td></td></td><td>0</td></tr><tr><td>Conflict Of Interests<td>Gus Hill</td></td><td>1</td></tr>"
)
MEMBERS = (
    "<tr><th>Councillor</th><th>Vote</th></tr><tr><td><a href='mgUserInfo.aspx?UID=1'>Ada Bell</a><td>For</td></td>"
    "<td>For</td></tr><tr><td>Cy Dunn<td>For</td></td><td>For</td></tr><tr><td>Eve Ford</td><td>Against</td></tr>"
    "<tr><td>Ira Jay</td><td>Absent</td></tr>"
)
COLUMNS = (
    "<tr><th>For</th><th>Against</th></tr><tr><td>Ada Bell</td><td>Eve Ford</td></tr><tr><td>Cy Dunn</td><td></td></tr>"
)
LINKS = "<tr><td>For</td><td><a>Ada Bell</a><br><a>Cy Dunn</a></td></tr><tr><td>Against</td><td>Eve Ford</td></tr>"


def page(content: str, name: str = "mgListRecordedVotesShort.aspx?AIID=5&MID=9", head: str = "Recorded votes") -> Page:
    html = f"<div id='modgov'><h1>{head}</h1><div class='mgContent'>{content}</div></div>"
    return Page(ROOT + name, 200, "text/html", html.encode())


def a_vote(status: str, table: str, item: str = "Budget") -> str:
    return f"<h2>Council, 1 March 2020</h2><h3>{item}</h3><h4>The budget</h4><p>{status}</p><table>{table}</table>"


@pytest.mark.parametrize("table", [SIDES, MEMBERS, COLUMNS, LINKS])
def test_tables_of_every_form(table: str) -> None:
    [vote] = read_votes(page(a_vote("Motion status: Carried", table)))
    assert vote.vote.names == NAMES
    assert (vote.meeting, vote.item, vote.title) == ("Council, 1 March 2020", "Budget", "The budget")
    assert (vote.status, vote.outcome, vote.amendment) == ("Carried", Outcome.CARRIED, False)


def test_who_had_an_interest_did_not_vote() -> None:
    [vote] = read_votes(page(a_vote("Amendment status:Rejected", SIDES)))
    assert vote.conflict == ("Gus Hill",)
    assert (vote.outcome, vote.amendment) == (Outcome.LOST, True)
    assert vote.vote == Vote(2, 1, 0, NAMES)


def test_votes_of_several_items_each_under_its_own_heads() -> None:
    found = read_votes(page(a_vote("Motion status: Carried", SIDES) + "<h3>Buses</h3>" + f"<table>{SIDES}</table>"))
    assert [(each.item, each.title, each.status) for each in found] == [
        ("Budget", "The budget", "Carried"), ("Buses", None, None)]


def test_a_page_without_votes_says_nothing() -> None:
    nothing = "<p class='mgErrorTxt'>No recorded votes found.</p>"
    assert read_votes(page(nothing)) == ()
    with pytest.raises(PageError):
        read_votes(page(nothing, "mgError.aspx", "Error"))
    with pytest.raises(PageError):
        read_votes(page("<p>x</p>", head="Agenda item"))


def recorded(outcome: str = "Carried", names: VoteNames = NAMES, amendment: bool = False) -> RecordedVote:
    count = Vote(len(names.for_), len(names.against), len(names.abstain), names)
    return RecordedVote(None, "Budget", None, outcome, count, amendment)


def resolved(*votes: Vote | None, outcome: Outcome | None = None) -> Item:
    one = replace(a_resolution("That it be so."), outcome=outcome)
    return an_item("5", "Budget", resolutions=tuple(replace(one, vote=vote) for vote in votes))


def named(item: Item, *votes: RecordedVote) -> list[VoteNames]:
    [found] = with_votes(a_meeting("9", item), [("5", vote) for vote in votes]).items
    return [(each.vote or Vote()).names for each in found.resolutions]


def test_names_go_to_the_one_resolution_that_they_can_belong_to() -> None:
    assert named(resolved(None), recorded()) == [NAMES]
    assert named(resolved(Vote(2, 1, None)), recorded()) == [NAMES]
    assert named(resolved(Vote(3, 0, 0), Vote(2, 1, 0)), recorded()) == [VoteNames(), NAMES]
    other = VoteNames(("Ada Bell",), ("Cy Dunn", "Eve Ford"))
    assert named(resolved(Vote(2, 1), Vote(1, 2)), recorded(), recorded(names=other)) == [NAMES, other]


@pytest.mark.parametrize(
    ("item", "votes"),
    [
        (resolved(Vote(3, 1)), [recorded()]),
        (resolved(None, None), [recorded()]),
        (resolved(Vote(2, 1), Vote(2, 1)), [recorded()]),
        (resolved(None), [recorded(), recorded()]),
        (resolved(None), [recorded("Rejected")]),
        (resolved(None, outcome=Outcome.LOST), [recorded()]),
        (resolved(None), [recorded(amendment=True)]),
        (resolved(), [recorded()]),
    ],
)
def test_nothing_is_guessed(item: Item, votes: list[RecordedVote]) -> None:
    assert named(item, *votes) == [VoteNames()] * len(item.resolutions)


def test_names_that_the_minutes_have_stay_and_are_given_to_nothing_else() -> None:
    own = VoteNames(("Cllr Bell", "Cllr Dunn"), ("Cllr Ford",))
    assert named(resolved(Vote(None, None, None, own), None), recorded()) == [own, VoteNames()]


def test_a_vote_without_number_is_known_by_its_item_s_title() -> None:
    votes = [(None, replace(recorded(), item="7. BUDGET"))]
    meeting = with_votes(a_meeting("9", resolved(None), replace(resolved(None), title="Buses")), votes)
    assert [bool(each.resolutions[0].vote) for each in meeting.items] == [True, False]
    assert meeting.items[0].resolutions[0].unanimous is False


def test_links_to_votes_of_other_meetings_and_of_the_whole_site_are_not_followed() -> None:
    html = "".join(f"<a href='mgListRecordedVotes{each}'>Votes</a>" for each in (
        ".aspx?UID=0&RPID=0", "Short.aspx?AIID=7&MID=8", "Short.aspx?AIID=5&MID=9", "short.aspx?aiid=5&mid=9#x",
        "Short.aspx?AIID=6&MID=9", ".aspx?MID=9"))
    meeting = a_meeting("9", resolved(None), replace(resolved(Vote(2, 1, 0, NAMES)), id=an_item("6").id))
    found = votes_links(page(html), MgSite(ROOT), "9", meeting)
    assert [(each.url.removeprefix(ROOT).lower(), each.item) for each in found] == [
        ("mglistrecordedvotesshort.aspx?aiid=5&mid=9", "5"), ("mglistrecordedvotes.aspx?mid=9", None)]


@cache
def voted() -> tuple[Announced, ...]:
    """The newest meetings of which the sample's minutes name who voted."""
    known = (sample().meeting(each.id) for each in reversed(sample().announced))
    named = (each for each in known if any(_named(one) for item in each.items for one in item.resolutions))
    return tuple(announced_as(each) for each in islice(named, 3))


def _named(resolution: Resolution) -> bool:
    return resolution.vote is not None and resolution.vote.names != VoteNames()


def readings(site: Site) -> list[Reading]:
    source = site.source((WELSH, Method.MEETING))
    return [source.meeting(each) for each in voted()]


def named_votes(options: Options) -> dict[tuple[str | None, int], Vote]:
    return {(item.id, at): each.vote for reading in readings(Site(options)) for item in reading.meeting.items
            for at, each in enumerate(item.resolutions) if each.vote and each.vote.names.for_}  # fmt: skip


def test_votes_that_are_recorded_apart_are_those_that_the_minutes_would_name() -> None:
    whole, apart = named_votes(Options()), named_votes(Options(votes_apart=True))
    assert whole.keys() == apart.keys() != set()
    for key, vote in whole.items():
        assert len(vote.names.for_) == len(apart[key].names.for_)
        assert len(vote.names.against) == len(apart[key].names.against)


def test_votes_that_cannot_be_had_are_told() -> None:
    def fault(request: Request) -> Reply | None:
        return Reply(b"no", status=404) if request.path.startswith("mgListRecorded") else None

    told = readings(Site(Options(votes_apart=True), fault))
    assert all("votes" in each.untold and each.shortfalls[0].what == "recorded votes" for each in told)
