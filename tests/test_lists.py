"""The lists of a site by its pages: the committees, and along the links of one committee's meetings."""

from collections.abc import Mapping
from datetime import date

import pytest

from archive.errors import FetchError, Gone, LeftAlone, OutOfBudget, PageError
from archive.model import Committee, CommitteeId, Council, CouncilId
from crawler.moderngov.lists import MeetingLists, Span
from crawler.moderngov.urls import Site
from crawler.source import Page

ROOT = "https://democracy.ambleshire.example/"
COUNCIL = Council(CouncilId("ambleshire"), "Ambleshire")
CABINET = Committee(CommitteeId("ambleshire/committees/12"), "Cabinet")
HOME, INDEX = "ieDocHome.aspx?bcr=1", "mgListCommittees.aspx?bcr=1"
LIST = "ieListMeetings.aspx?CId=12&Year=0"
SPAN = Span(date(1990, 1, 1), date(2027, 1, 1))


def html(*links: tuple[str, str]) -> str:
    entries = "".join(f"<li><a href='{href}'>{text}</a></li>" for href, text in links)
    return f"<div id='modgov'><h1>Browse</h1><ul>{entries}</ul></div>"


class Answers:
    """A site of a few pages; whatever else is asked is not there. `asked` is the log."""

    def __init__(self, pages: Mapping[str, str | FetchError], base: str = ROOT) -> None:
        self.pages, self.base, self.asked = pages, base, list[str]()

    def get(self, url: str) -> Page:
        name = url.removeprefix(ROOT)
        self.asked.append(name)
        body = self.pages.get(name, Gone(url, "status 404"))
        if isinstance(body, FetchError):
            raise body
        return Page(self.base + name, 200, "text/html", body.encode())

    def lists(self, *aliases: str) -> MeetingLists:
        return MeetingLists(Site(ROOT, aliases), self.get, COUNCIL)


def committees(site: Answers) -> list[str]:
    return [each.name for each in site.lists().committees()]


def detail(number: int, name: str) -> tuple[str, str]:
    return f"mgCommitteeDetails.aspx?ID={number}", name


def test_committees_in_office_and_former_ones_from_every_list() -> None:
    site = Answers({
        INDEX: html(detail(12, "Cabinet"), ("mgListCommittees.aspx?bcr=1&amp;EX=1", "Former committees")),
        HOME: html((LIST.replace("&", "&amp;"), "The Cabinet"), ("ieListMeetings.aspx?CId=3", "Old Panel")),
        "mgListCommittees.aspx?bcr=1&EX=1": html(detail(4, "Highways Committee")),
    })  # fmt: skip
    assert set(committees(site)) == {"Cabinet", "Old Panel", "Highways Committee"}
    assert site.asked[0] == INDEX
    assert len(site.asked) == 3


def test_one_list_of_committees_is_enough() -> None:
    assert committees(Answers({INDEX: html(detail(12, "Cabinet"))})) == ["Cabinet"]
    assert committees(Answers({HOME: html(detail(12, "Cabinet"))})) == ["Cabinet"]


def test_no_list_of_committees_is_a_failure() -> None:
    with pytest.raises(Gone):
        committees(Answers({}))
    with pytest.raises(PageError, match="none in it"):
        committees(Answers({INDEX: html(), HOME: html()}))
    for error in (OutOfBudget(ROOT, "used up"), LeftAlone(ROOT, "failed too often")):
        site = Answers({INDEX: error})
        with pytest.raises(type(error)):
            committees(site)
        assert len(site.asked) == 1


def test_lists_that_lead_to_lists_end() -> None:
    links = [(f"mgListCommittees.aspx?EX={at}", "Previous committees") for at in range(9)]
    site = Answers({INDEX: html(detail(12, "Cabinet"), *links), HOME: html()})
    assert committees(site) == ["Cabinet"]
    assert len(site.asked) == 5


def meeting(number: int, day: str) -> tuple[str, str]:
    return f"ieListDocuments.aspx?CId=12&amp;MId={number}", day


def numbers(site: Answers, *aliases: str, span: Span = SPAN) -> list[str]:
    return [each.id.rsplit("/")[-1] for each in site.lists(*aliases).on_pages(CABINET, span)]


EARLIER = "ieListMeetings.aspx?CId=12&Act=earlier&D=202001010000"
ARCHIVE = html(meeting(6, "9 Feb 2010 6.30 pm"), ("CeListDocuments.aspx?MID=5&amp;DF=03/02/2004", "3 Feb 2004"))


@pytest.mark.parametrize(
    "link",
    [
        "ieListMeetings.aspx?Act=earlier&amp;CId=12&amp;D=202001010000&amp;MD=ielistmeetings",
        "http" + ROOT[5:] + "ielistmeetings.aspx?CommitteeId=12&amp;act=earlier&amp;d=202001010000&amp;bcr=1",
        "https://committees.old.example/ieListMeetings.aspx?CId=12&amp;Act=earlier&amp;D=202001010000",
    ],
)
def test_earlier_meetings_are_asked_at_the_site_itself(link: str) -> None:
    site = Answers({LIST: html(meeting(7, "16 Mar 2026 6.30 pm"), (link, "Earlier")), EARLIER: ARCHIVE})
    assert numbers(site, "https://committees.old.example/") == ["7", "6", "5"]
    assert site.asked == [LIST, EARLIER]


def test_a_list_that_another_host_answers_leads_on_at_our_own() -> None:
    first = html(meeting(7, "16 Mar 2026 6.30 pm"), (EARLIER.replace("&", "&amp;"), "Earlier"))
    site = Answers({LIST: first, EARLIER: ARCHIVE}, base="https://present.example/")
    assert numbers(site) == ["7", "6", "5"]


def test_links_to_other_sites_and_other_committees_are_not_followed() -> None:
    away = [("https://other.example/" + EARLIER.replace("&", "&amp;"), "Earlier"),
            (EARLIER.replace("CId=12", "CId=13").replace("&", "&amp;"), "Earlier")]  # fmt: skip
    site = Answers({LIST: html(meeting(7, "16 Mar 2026 6.30 pm"), *away)})
    assert numbers(site) == ["7"]
    assert site.asked == [LIST]


def test_legacy_meetings_are_in_the_span_or_out_of_it_like_any_other() -> None:
    site = Answers({LIST: ARCHIVE})
    assert numbers(site, span=Span(date(2004, 2, 3), date(2004, 2, 3))) == ["5"]
    assert numbers(site, span=Span(date(2004, 2, 4), date(2027, 1, 1))) == ["6"]
