"""How the sample's site can differ from a well-behaved one, page by page."""

import re
from functools import partial
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest

from archive.model import Item, Meeting
from crawler.sample import Method, Options, Reply, Request, SampleCouncil, chosen, pages, serve
from crawler.sample.asking import read_parameters
from crawler.sample.options import EVERY_METHOD
from crawler.sample.plan import PlannedMeeting
from crawler.sample.shelf import Shelf
from crawler.sample.site import View

BASE = "http://127.0.0.1:8900/"
COUNCIL = SampleCouncil(meetings=150, kept=400)
CLEAN = View(COUNCIL, Options(), BASE)
SERVICE = "mgWebService.asmx/"
GET_MEETINGS = SERVICE + "GetMeetings?lCommitteeId={}&sFromDate=01/01/2022&sToDate=31/03/2022"


def view(options: Options) -> View:
    return View(COUNCIL, options, BASE)


def ask(site: View, address: str, **headers: str) -> Reply:
    path = urlsplit(address).path.replace("%20", " ")
    return pages.answer(site, Request("GET", path, read_parameters(address), headers))


def text(site: View, address: str) -> str:
    return ask(site, address).body.decode()


def hrefs(page: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'href="([^"]*)"', page)]


def meetings_on(page: str) -> set[int]:
    links = [href for href in hrefs(page) if "listdocuments" in href.lower()]
    return {int(read_parameters(href)["mid"]) for href in links}


def held(year: int) -> list[PlannedMeeting]:
    return [each for each in COUNCIL.announced if each.day.year == year and not each.fate]


# The web service

@pytest.mark.parametrize(("wrong", "status", "says"), [
    (Method.OFF, 404, b"404"), (Method.ERROR, 500, b"SqlException"), (Method.BLOCKED, 403, b"403 Forbidden"),
    (Method.WRONG, 200, b"redirectToHttps"), (Method.EMPTY, 200, b"<getcommittees />"),
    (Method.SLOW, 200, b"<committeetitle>"),
])  # fmt: skip
def test_a_method_can_be_wrong_while_the_others_are_right(wrong: Method, status: int, says: bytes) -> None:
    site = view(Options(methods={"getcommittees": wrong}, slow=9.0))
    reply = ask(site, SERVICE + "GetCommittees")
    assert (reply.status, says in reply.body) == (status, True)
    assert reply.seconds == (9.0 if wrong is Method.SLOW else 0)
    assert b"<ward>" in ask(site, SERVICE + "GetCouncillorsByWard").body


def test_all_other_methods_can_be_wrong_at_once() -> None:
    site = view(Options(methods={EVERY_METHOD: Method.ERROR, "GetMeeting": Method.OFF}))
    assert ask(site, SERVICE + "GetCommittees").status == 500
    assert ask(site, SERVICE + "GetMeeting?lMeetingId=1").status == 404


def test_the_days_asked_for_can_be_ignored() -> None:
    count = re.compile(r"<meetingscount> (\d+)<")
    asked = [count.search(text(site, GET_MEETINGS.format(0))) for site in (CLEAN, view(Options(ignores_dates=True)))]
    few, everything = (int(found[1]) for found in asked if found)
    assert 0 < few < 10
    assert everything == len(COUNCIL.announced)


@pytest.mark.parametrize("number", ["0", "-1", "7"])
def test_the_number_of_all_committees_differs(number: str) -> None:
    site = view(Options(all_committees=frozenset((number,))))
    assert [each for each in ("0", "-1", "7") if "<meetingid>" in text(site, GET_MEETINGS.format(each))] == [number]


# Lists and calendars

@pytest.mark.parametrize("name", ["mgCalendarMonthView.aspx", "mgCalendarAgendaView.aspx"])
@pytest.mark.parametrize("options", [Options(), Options(lists=False), Options(aliases=True)])
def test_the_calendar_shows_every_meeting_of_a_month(name: str, options: Options) -> None:
    site = view(options)
    for month in range(1, 13):
        shown = meetings_on(text(site, f"{name}?GL=1&bcr=1&M={month}&DD=2022&CID=0&OT=&C=-1&MR=0"))
        assert shown == {each.id for each in COUNCIL.announced if (each.day.year, each.day.month) == (2022, month)}


def test_the_calendar_can_be_of_one_committee_and_names_what_is_called_off() -> None:
    off = next(each for each in COUNCIL.announced if each.fate == "cancelled")
    address = f"mgCalendarAgendaView.aspx?M={off.day.month}&DD={off.day.year}&C={off.committee.id}"
    page = text(CLEAN, address)
    assert off.id in meetings_on(page)
    assert re.search(r"CANCELLED <a [^>]*MId=" + str(off.id), page)
    assert re.search(r'title="Meeting&#32;of&#32;[^"]*' + f"{off.day:%d&#47;%m&#47;%Y}", page)


def test_a_calendar_leads_to_its_neighbours() -> None:
    page = text(CLEAN, "mgCalendarMonthView.aspx?M=12&DD=2021&CID=0&OT=&C=-1&MR=0")
    around = [read_parameters(href) for href in hrefs(page) if "CalendarMonth" in href and "DD=" in href]
    assert {(each["m"], each["dd"]) for each in around} == {("11", "2021"), ("1", "2022")}
    assert ask(CLEAN, "mgCalendarMonthView.aspx?M=13&DD=2021").status == 302


def test_what_is_far_ahead_is_provisional() -> None:
    last = COUNCIL.announced[-1]
    assert "PROVISIONAL <a" in text(CLEAN, f"mgCalendarMonthView.aspx?M={last.day.month}&DD={last.day.year}")


def test_the_lists_of_meetings_can_be_off() -> None:
    site = view(Options(lists=False))
    assert ask(site, "ieListMeetings.aspx?CId=130&Year=0").status == 404
    assert ask(site, "mgListCommittees.aspx").status == 200


def test_one_meeting_has_many_addresses_and_all_lead_to_it() -> None:
    site, spelled = view(Options(aliases=True)), set[str]()
    for address in ("ieListMeetings.aspx?CId=130&Year=0", "mgCalendarMonthView.aspx?M=3&DD=2022",
                    "mgCalendarAgendaView.aspx?M=3&DD=2022"):  # fmt: skip
        for href in hrefs(text(site, address)):
            if "listdocuments" in href.lower():
                whole = urlsplit(urljoin(BASE, href))
                spelled.add(re.sub(r"=\d+", "", href))
                local = f"{whole.path.removeprefix('/')}?{whole.query}"
                assert re.search(r"<h1[^>]*>Agenda", text(site, local))
                assert whole.hostname in ("127.0.0.1", "localhost")
    assert len(spelled) >= 6
    assert any("localhost" in each for each in spelled)


# Legacy meetings

def test_a_legacy_meeting_is_one_document_that_the_lists_lead_to() -> None:
    site = view(Options(legacy=2019))
    old = next(each for each in held(2018) if each.committee.key == "council")
    listed = [href for href in hrefs(text(site, "ieListMeetings.aspx?CId=130&Year=2018")) if "CeList" in href]
    [address] = [href for href in listed if f"MeetingId={old.id}&" in href]
    assert f"DF={old.day:%d/%m/%Y}&Ver=2" in address
    page = text(site, address)
    assert [page.find(word) > 0 for word in (">Item<", ">Description<", ">Resolution<", "PRESENT:")] == [True] * 4
    assert 'id="mgItemTable"' not in page
    said = COUNCIL.meeting(old.id)
    assert all(item.title in unescape(page) for item in said.items)


def test_a_legacy_meeting_is_not_known_elsewhere() -> None:
    site = view(Options(legacy=2019))
    old = held(2018)[0]
    for address in (f"ieListDocuments.aspx?MId={old.id}", f"mgAi.aspx?ID={old.id * 24}",
                    f"documents/g{old.id}/x.pdf?T=1", f"mgMeetingAttendance.aspx?ID={old.id}"):  # fmt: skip
        assert ask(CLEAN, address).status == 200
        assert ask(site, address).status == 302
    assert ask(site, f"{SERVICE}GetMeeting?lMeetingId={old.id}").status == 500
    everything = SERVICE + "GetMeetings?lCommitteeId=0&sFromDate=&sToDate="
    assert f">{old.id}<" not in text(site, everything)
    assert f">{old.id}<" in text(view(Options(legacy=2019, legacy_listed=True)), everything)


# Votes

def named(meeting: Meeting) -> list[Item]:
    """The items whose votes are recorded by name."""
    return [item for item in meeting.items if any(each.vote and each.vote.names.for_ for each in item.resolutions)]


def recorded(council: SampleCouncil) -> list[Meeting]:
    return [each for each in council.meetings() if named(each)]


def test_every_recorded_vote_has_a_page_that_its_meeting_links_to() -> None:
    for meeting in recorded(COUNCIL)[:6]:
        number = int((meeting.id or "").rsplit("/", 1)[-1])
        page = text(CLEAN, f"ieListDocuments.aspx?MId={number}")
        links = [href for href in hrefs(page) if "RecordedVotesShort" in href]
        for link, item in zip(links, named(meeting), strict=True):
            assert f"AIID={(item.id or '').rsplit('/', 1)[-1]}&" in link
            shown = text(CLEAN, link)
            assert [shown.count(f"<td>{side}<td>") for side in ("For", "Against", "Abstain")] == [1, 1, 1]
            assert "Motion status: " in shown


def test_the_list_of_votes_is_of_the_days_asked_for() -> None:
    dated = [each for each in recorded(COUNCIL) if each.start]
    first = dated[0].start
    assert first is not None
    day = f"{first:%d/%m/%Y}"
    assert text(CLEAN, f"mgListRecordedVotes.aspx?UID=0&RPID=0&DR={day}-{day}").count("<h3>") >= 1
    assert "No recorded votes" in text(CLEAN, "mgListRecordedVotes.aspx?DR=01/01/1999-01/02/1999")
    everything = text(CLEAN, "mgListRecordedVotes.aspx?DR=01/01/2000-01/01/2030")
    assert everything.count("Motion status: ") > text(CLEAN, "mgListRecordedVotes.aspx").count("Motion status: ") > 0
    assert 'mgErrorTxt' in text(CLEAN, "mgListRecordedVotes.aspx?UID=99999")


def test_the_names_of_a_vote_can_be_on_its_page_alone() -> None:
    site = view(Options(votes_apart=True))
    for meeting in recorded(COUNCIL):
        number = int((meeting.id or "").rsplit("/", 1)[-1])
        page = text(site, f"ieListDocuments.aspx?MId={number}")
        assert "(Voting: " in page
        assert "Against the motion" not in page
        assert not re.search(r"(For|Against|Abstained) \(\d+\):", unescape(page))
        service = text(site, f"{SERVICE}GetMeeting?lMeetingId={number}")
        assert "Against the motion" not in service


# Documents

def test_every_document_is_there_and_of_the_size_that_the_page_says() -> None:
    printed = re.compile(r'href="(documents/[^"]*)"[^>]*>[^<]*<span  class="mgFileSize" >.*?PDF (\d+) KB', re.DOTALL)
    seen = 0
    for planned in COUNCIL.announced[::23]:
        for href, size in printed.findall(text(CLEAN, f"ieListDocuments.aspx?MId={planned.id}")):
            reply = ask(CLEAN, unescape(href))
            assert (reply.status, reply.body[:5]) == (200, b"%PDF-")
            assert -(-len(reply.body) // 1024) == int(size)
            seen += 1
    assert seen > 25



# What is kept of answers

def test_pages_that_are_asked_for_again_are_not_made_again() -> None:
    made: list[str] = []

    def reply(name: str) -> Reply:
        made.append(name)
        return Reply(b"x" * 40)

    shelf = Shelf(most=100)
    for name in ("a", "b", "a", "c", "a", "b"):    # there is room for two: b makes room for c, c for b
        shelf.get(name, partial(reply, name))
    assert made == ["a", "b", "c", "b"]


def test_the_other_day_is_not_answered_from_what_was_kept_of_the_first() -> None:
    edits = chosen(COUNCIL)
    number = next(iter(edits.cancelled))
    with serve(COUNCIL) as site:
        assert "CANCELLED" not in text(site.view, f"ieListDocuments.aspx?MId={number}")
        site.show(COUNCIL.later(edits=edits))
        assert "CANCELLED" in text(site.view, f"ieListDocuments.aspx?MId={number}")
