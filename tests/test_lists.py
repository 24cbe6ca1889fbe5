"""The lists of a site by its pages: the committees, and along the links of one committee's meetings."""

from collections.abc import Mapping
from datetime import date

import pytest

from archive.errors import FetchError, Gone, LeftAlone, OutOfBudget, PageError, Unreachable
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
    return [each.id.rsplit("/")[-1] for each in site.lists(*aliases).on_pages(CABINET, span).found]


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


def test_what_a_page_of_the_list_shows_is_announced_whatever_span_was_asked_for() -> None:
    assert numbers(Answers({LIST: ARCHIVE}), span=Span(date(2010, 1, 1), date(2010, 1, 31))) == ["6", "5"]


def test_a_meeting_by_its_number_with_zeros_before_it_is_the_same() -> None:
    again = "ieListDocuments.aspx?MID=0007", "16 Mar 2026"
    assert numbers(Answers({LIST: html(meeting(7, "16 Mar 2026"), again)})) == ["7"]


def service(*numbers: str) -> str:
    rows = "".join(f"<meeting><meetingid>{each}</meetingid><meetingdate>16/03/2026</meetingdate></meeting>"
                   for each in numbers)
    return f"<getmeetings><committee><committeeid>012</committeeid>{rows}</committee></getmeetings>"


def test_the_service_and_the_pages_number_a_meeting_alike() -> None:
    span = Span(date(2026, 3, 1), date(2026, 3, 31))
    asked = Site(ROOT).service_meetings("12", span.since, span.until).removeprefix(ROOT)
    row, = Answers({asked: service("00300")}).lists().of_committee(CABINET, span)
    assert (row.id, row.committee.id) == ("ambleshire/meetings/300", CABINET.id)


def test_days_that_are_one_part_are_not_asked_again_when_they_fail() -> None:
    site = Answers({})
    site.pages = {Site(ROOT).service_meetings("12", date(2026, 1, 1), date(2026, 3, 1)).removeprefix(ROOT):
                  Unreachable(ROOT, "status 500")}  # fmt: skip
    with pytest.raises(Unreachable):
        site.lists().of_committee(CABINET, Span(date(2026, 1, 1), date(2026, 3, 1)))
    assert len(site.asked) == 1


def test_what_another_council_has_is_not_announced_as_ours() -> None:
    away = "http://elsewhere.example/ieListDocuments.aspx?MID=999", "9 Mar 2026"
    assert numbers(Answers({LIST: html(meeting(7, "16 Mar 2026"), away)})) == ["7"]
    assert numbers(Answers({LIST: html(meeting(7, "16 Mar 2026"), away)}), "http://elsewhere.example/") == ["7", "999"]
    with pytest.raises(PageError, match=r"links to http://elsewhere\.example/ alone"):
        numbers(Answers({LIST: html(away)}))


@pytest.mark.parametrize("whole", ["", "</body></html>"])
def test_a_list_that_breaks_off_is_no_list(whole: str) -> None:
    shown = f"<html><body>{html(meeting(7, '16 Mar 2026'))}{whole}"
    listed = f"<html><body>{html(detail(12, 'Cabinet'))}{whole}"
    empty = f"<html><body><div id='modgov'><h1>Browse</h1><p class='mgErrorTxt'>None</p></div>{whole}"
    if whole:
        assert numbers(Answers({LIST: shown})) == ["7"]
        assert numbers(Answers({LIST: empty})) == []
        assert committees(Answers({INDEX: listed})) == ["Cabinet"]
        return
    for site in (Answers({LIST: shown}), Answers({LIST: empty})):
        with pytest.raises(PageError):
            numbers(site)
    with pytest.raises(PageError, match="breaks off"):
        committees(Answers({INDEX: listed, HOME: listed}))


def test_what_was_found_before_a_page_of_the_list_fails_is_kept_with_why() -> None:
    first = html(meeting(7, "16 Mar 2026 6.30 pm"), (EARLIER.replace("&", "&amp;"), "Earlier"))
    listed = Answers({LIST: first}).lists().on_pages(CABINET, SPAN)
    assert [each.id for each in listed.found] == ["ambleshire/meetings/7"]
    assert isinstance(listed.failure, Gone)
    with pytest.raises(OutOfBudget):
        Answers({LIST: first, EARLIER: OutOfBudget(ROOT, "used up")}).lists().on_pages(CABINET, SPAN)


class Endless(Answers):
    """A list whose every page leads to an earlier one; each shows another meeting, a month before, or always one."""

    def __init__(self, *, always_one: bool) -> None:
        super().__init__({})
        self.always_one = always_one

    def get(self, url: str) -> Page:
        self.asked.append(url.removeprefix(ROOT))
        at = len(self.asked)
        month = 2026 * 12 + 9 - (1 if self.always_one else at)
        shown = meeting(1 if self.always_one else at, f"{month % 12 + 1:02}/{month // 12}".join(("01/", "")))
        onward = f"ieListMeetings.aspx?CId=12&amp;Act=earlier&amp;D={202609300000 - at}"
        return Page(url, 200, "text/html", html(shown, (onward, "Earlier")).encode())


def test_links_without_end_are_followed_no_further_than_they_tell() -> None:
    same = Endless(always_one=True)
    listed = same.lists().on_pages(CABINET, SPAN)
    assert (len(listed.found), len(same.asked)) == (1, 21)
    assert "go on and on" in str(listed.failure)
    ever = Endless(always_one=False)
    assert ever.lists().on_pages(CABINET, SPAN).failure is not None
    assert len(ever.asked) == 200
    recent = Endless(always_one=False)
    listed = recent.lists().on_pages(CABINET, Span(date(2026, 6, 1), date(2027, 1, 1)))
    assert (listed.failure, len(listed.found)) == (None, 5)    # September to May: there it is before the span
