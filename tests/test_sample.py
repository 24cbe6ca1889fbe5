import dataclasses
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pypdfium2
import pytest

from archive import ids
from archive.model import AttendanceStatus, Meeting, MeetingStatus, MinutesStatus, Paragraph
from archive.shapes import as_json
from crawler.blocks import one_line
from crawler.moderngov import pages, service
from crawler.sample import Options, Reply, Request, SampleCouncil, Served, serve
from crawler.sample.council import TODAY
from crawler.sample.data import CommitteeSpec, committees, stories
from crawler.sample.grammar import expand, number_in
from crawler.sample.people import committee_on, councillors, sitting
from crawler.source import Page


@pytest.fixture(scope="module")
def council() -> SampleCouncil:
    return SampleCouncil()


@pytest.fixture(scope="module")
def meetings(council: SampleCouncil) -> tuple[Meeting, ...]:
    return council.meetings()


@pytest.fixture(scope="module")
def site(council: SampleCouncil) -> Iterator[Served]:
    with serve(council) as served:
        yield served


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def ask(url: str) -> Page:
    opener = urllib.request.build_opener(_Stay)
    try:
        reply = opener.open(urllib.parse.quote(url, safe=":/?&=%"))
    except urllib.error.HTTPError as error:
        reply = error
    with reply:
        where = reply.headers.get("Location") or url
        return Page(where, reply.status, reply.headers.get("Content-Type", ""), reply.read())


def a_held(council: SampleCouncil, key: str, at: int = 2) -> int:
    held = [each for each in council.announced if each.committee.key == key and not each.fate and each.day < TODAY]
    return held[at].id


def unspoken(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Paragraphs without who speaks in them, which the sample does not say."""
    return tuple(dataclasses.replace(each, speaker=None) for each in paragraphs)


# The council as values

def test_the_default_size(council: SampleCouncil, meetings: tuple[Meeting, ...]) -> None:
    assert len(council.committees()) == 12
    assert len(council.members()) == 60
    assert 290 <= len(meetings) <= 330
    assert 2300 <= sum(len(meeting.items) for meeting in meetings) <= 2900
    assert (max(meeting.start for meeting in meetings if meeting.start) - meetings[0].start).days > 9.9 * 365


def test_the_same_arguments_give_the_same_council_to_the_letter(meetings: tuple[Meeting, ...]) -> None:
    again = SampleCouncil(seed=1)
    chosen = meetings[5::40]
    assert [again.meeting(int(ids.local(meeting.id or ""))) for meeting in reversed(chosen)] == list(reversed(chosen))


def test_another_seed_gives_another_council() -> None:
    def texts(seed: int) -> set[str]:
        made = SampleCouncil(seed, meetings=30).meetings()
        items = [item for meeting in made for item in meeting.items if not item.procedural]
        return {each.text for item in items for each in item.paragraphs if len(each.text) > 80}

    one, other = texts(1), texts(2)
    assert len(one & other) < len(one) / 4


@pytest.mark.parametrize(("asked", "given"), [(0, 0), (10, 125), (1000, 1040)])
def test_a_council_of_another_size(asked: int, given: int) -> None:
    assert len(SampleCouncil(meetings=asked).announced) == pytest.approx(given, rel=0.04)


def test_a_later_day_adds_and_changes_no_number() -> None:
    before, after = SampleCouncil(meetings=60), SampleCouncil(meetings=60, today=TODAY + timedelta(days=60))
    ids_before = [each.id for each in before.announced]
    assert [each.id for each in after.announced][: len(ids_before)] == ids_before
    old = [each for each in before.announced if each.day < TODAY - timedelta(days=100) and not each.fate]
    assert all(before.meeting(each.id) == after.meeting(each.id) for each in old[-5:])
    assert any(before.meeting(each.id) != after.meeting(each.id) for each in before.announced[-30:])


def test_every_text_is_as_the_contract_keeps_it(meetings: tuple[Meeting, ...]) -> None:
    for meeting in meetings:
        for item in meeting.items:
            texts = [item.title, *item.agenda, *(each.text for each in item.paragraphs)]
            assert texts == [one_line(text) for text in texts]
            assert not any(sign in text for text in texts for sign in "{}")


def test_every_resolution_stands_in_its_paragraphs(meetings: tuple[Meeting, ...]) -> None:
    for meeting in meetings:
        for item in meeting.items:
            anchors = {each.anchor: each.text for each in item.paragraphs}
            assert len(anchors) == len(item.paragraphs)
            printed = " ".join(each.text for each in item.paragraphs)
            for resolution in item.resolutions:
                assert resolution.anchor in anchors
                assert all(clause.text in printed for clause in resolution.clauses)


def test_nobody_reads_the_same_sentence_often(meetings: tuple[Meeting, ...]) -> None:
    spoken = Counter(
        paragraph.text
        for meeting in meetings for item in meeting.items if not item.procedural
        for paragraph in item.paragraphs if len(paragraph.text) > 80
    )  # fmt: skip
    assert max(spoken.values()) <= 15
    assert sum(1 for times in spoken.values() if times == 1) > 0.85 * len(spoken)


def test_all_that_can_become_of_a_meeting_is_there(meetings: tuple[Meeting, ...]) -> None:
    assert {meeting.status for meeting in meetings} == set(MeetingStatus)
    assert {meeting.minutes for meeting in meetings} == set(MinutesStatus)
    assert {each.status for meeting in meetings for each in meeting.attendance} == {
        AttendanceStatus.PRESENT, AttendanceStatus.APOLOGIES, AttendanceStatus.SUBSTITUTE, AttendanceStatus.EXPECTED,
    }  # fmt: skip


def test_votes_of_all_kinds_are_minuted(meetings: tuple[Meeting, ...]) -> None:
    found = [each for meeting in meetings for item in meeting.items for each in item.resolutions]
    assert {each.outcome for each in found} >= {None, "carried", "lost"}
    assert any(each.vote and each.vote.names.against for each in found)
    assert any(each.vote and not each.vote.names.for_ for each in found)
    assert any(each.unanimous for each in found)
    assert any(each.mover and each.seconder for each in found)


def test_some_items_are_exempt_twins_of_open_ones(meetings: tuple[Meeting, ...]) -> None:
    for meeting in meetings:
        titles = {item.title for item in meeting.items}
        for item in meeting.items:
            assert not item.restricted or item.title.removesuffix(" (Exempt)") in titles
            assert not item.restricted or all(each.url is None for each in item.documents)
    assert sum(item.restricted for meeting in meetings for item in meeting.items) > 10


def test_issues_come_back_to_several_committees(council: SampleCouncil) -> None:
    where = defaultdict(set)
    for planned in council.announced:
        for matter in planned.matters:
            where[matter.issue].add(planned.committee.key)
    assert max(len(keys) for keys in where.values()) >= 4
    assert sum(len(keys) > 1 for keys in where.values()) > 40


def test_every_stage_of_every_story_is_heard_in_order(council: SampleCouncil) -> None:
    heard = defaultdict(list)
    for planned in council.announced:
        for matter in planned.matters:
            if matter.story and matter.stage and not matter.twin:
                heard[matter.story.key].append(matter.stage.when)
    assert set(heard) == {story.key for story in stories()}
    assert all(len(whens) >= 2 for whens in heard.values())
    bypass = next(story for story in stories() if story.key == "bypass")
    assert heard["bypass"] == [stage.when for stage in bypass.stages]


def test_sixty_seats_are_always_filled_and_some_change_hands() -> None:
    for year in range(2016, 2027):
        assert len(sitting(date(year, 6, 1))) == 60
    assert sum(each.until is not None for each in councillors()) > 10


def test_members_of_one_surname_are_told_apart_by_their_initials() -> None:
    printed = {each.printed("Councillor") for each in councillors() if each.surname == "Pennyfold"}
    assert printed == {"Councillor L Pennyfold", "Councillor A Pennyfold"}
    assert any("-" in each.surname for each in councillors())
    assert any(not each.name.isascii() for each in councillors())


@pytest.mark.parametrize("spec", committees(), ids=lambda spec: spec.key)
def test_a_committee_has_its_members_at_every_time(spec: CommitteeSpec) -> None:
    for year in (2016, 2018, 2022, 2026):
        seats = committee_on(spec, date(year, 9, 1))
        assert len(seats) == spec.size == len({seat.member for seat in seats})


def test_welsh_stands_beside_english_on_the_border_committee(meetings: tuple[Meeting, ...]) -> None:
    border = [meeting for meeting in meetings if meeting.committee and "Cyd-bwyllgor" in meeting.committee.name]
    texts = [each.text for meeting in border for item in meeting.items for each in item.paragraphs]
    assert any(text.startswith("PENDERFYNWYD") for text in texts)
    assert any(text.startswith("RESOLVED") for text in texts)
    assert all(" / " in item.title for meeting in border for item in meeting.items)


# The grammar

def test_a_pattern_is_filled_in() -> None:
    class First:
        def choice(self, options: list[str]) -> str:
            return options[0]

        def randint(self, low: int, _: int) -> int:
            return low

    filled = expand("the [old [red|blue]|new] bus to {town} cost £{1,200-3,400} in {3-5} years", First(), str.upper)
    assert filled == "the old red bus to TOWN cost £1,200 in three years"


@pytest.mark.parametrize(
    ("low", "high", "form"), [("12", "40", r"\d\d"), ("1.5", "4.2", r"\d\.\d"), ("1,200", "3,400", r"\d,\d{3}")]
)
def test_a_number_has_the_form_of_its_range(low: str, high: str, form: str, rng: Random) -> None:
    assert re.fullmatch(form, number_in(low, high, rng))


@pytest.fixture
def rng() -> Random:
    return Random(1)


# The site

@pytest.mark.parametrize("page", [
    "mgListCommittees.aspx?bcr=1", "ieDocHome.aspx?bcr=1", "mgCommitteeDetails.aspx?ID=170", "uuCoverPage.aspx?bcr=1",
    "ieListMeetings.aspx?CommitteeId=170&Year=2021", "mgMemberIndex.aspx?VW=TABLE&PIC=1&FN=", "mgUserInfo.aspx?UID=104",
    "mgCalendarMonthView.aspx?GL=1&M=3&DD=2022", "mgListRecordedVotes.aspx?UID=0", "mgError.aspx",
])  # fmt: skip
def test_pages_are_modern_govs(site: Served, page: str) -> None:
    answered = ask(site.url + page)
    assert answered.status == 200
    assert b'<div id="modgov">' in answered.body
    assert b"mgMainTitleTxt" in answered.body


@pytest.mark.parametrize("page", [
    "mgAi.aspx?ID=1", "ieListDocuments.aspx?CId=170&MId=1", "mgUserInfo.aspx?UID=99999", "mgNoSuchPage.aspx",
    "documents/s1/x.pdf", "documents/g2104/x.pdf?T=7", "mgMeetingAttendance.aspx?ID=0", "ieIssueDetails.aspx?IId=1",
])  # fmt: skip
def test_what_does_not_exist_leads_to_the_error_page(site: Served, page: str) -> None:
    answered = ask(site.url + page)
    assert (answered.status, answered.url) == (302, "mgError.aspx")


def test_parameters_are_read_in_any_spelling(site: Served, council: SampleCouncil) -> None:
    meeting = a_held(council, "children")
    bodies = {ask(f"{site.url}{page}").body for page in (
        f"ieListDocuments.aspx?CId=170&MId={meeting}", f"IELISTDOCUMENTS.ASPX?mid={meeting}",
        f"ieListDocuments.aspx?CommitteeId=170&MeetingId={meeting}&Ver=4",
    )}  # fmt: skip
    assert len(bodies) == 1
    assert ask(f"{site.url}ieListDocuments.aspx?CId=999&MId={meeting}").status == 302


def test_the_web_service_refuses_as_the_real_one_does(site: Served) -> None:
    unknown = ask(site.url + "mgWebService.asmx/GetAttendance?lMeetingId=2104")
    assert (unknown.status, unknown.body.strip()) == (500, b"GetAttendance Web Service method name is not valid.")
    missing = ask(site.url + "mgWebService.asmx/GetMeetings?lCommitteeId=130")
    assert (missing.status, missing.content_type.split(";")[0]) == (500, "text/plain")


def test_all_meetings_are_reached_by_the_earlier_links(site: Served, council: SampleCouncil) -> None:
    found, url = set(), f"{site.url}ieListMeetings.aspx?CId=132&Year=0"
    while url:
        body = ask(url).body.decode()
        found |= {int(each) for each in re.findall(r"MId=(\d+)", body)}
        earlier = re.search(r'href="(ieListMeetings\.aspx\?Act=earlier[^"]*)"', body)
        url = site.url + earlier[1].replace("&amp;", "&") if earlier else ""
    assert found == {each.id for each in council.announced if each.committee.id == 132}


@pytest.mark.parametrize("door", ["html", "service"])
def test_what_is_read_of_the_site_is_what_the_council_says(site: Served, council: SampleCouncil, door: str) -> None:
    known = council.council(site.url)
    for planned in council.announced[3::29]:
        if door == "html":
            page = ask(f"{site.url}ieListDocuments.aspx?CId={planned.committee.id}&MId={planned.id}")
            read = pages.read_meeting(page, known)
        else:
            page = ask(f"{site.url}mgWebService.asmx/GetMeeting?lMeetingId={planned.id}")
            read = service.read_meeting(page, known)
        said = council.meeting(planned.id, site.url)
        assert (read.id, read.start, read.status, read.venue) == (said.id, said.start, said.status, said.venue)
        for one, other in zip(read.items, said.items, strict=True):
            assert (one.id, one.number, one.title, one.agenda) == (other.id, other.number, other.title, other.agenda)
            assert unspoken(one.paragraphs) == other.paragraphs
            assert [each.text for each in one.resolutions] == [each.text for each in other.resolutions]
            assert [each.clauses for each in one.resolutions] == [each.clauses for each in other.resolutions]


def test_an_item_has_a_page_of_its_own(site: Served, council: SampleCouncil) -> None:
    said = council.meeting(a_held(council, "children"), site.url)
    item = next(each for each in said.items if not each.procedural)
    read = pages.read_item(ask(item.url or ""), council.council(site.url))
    assert (read.id, read.title, unspoken(read.paragraphs)) == (item.id, item.title, item.paragraphs)
    assert item.agenda[0] in read.agenda


def test_an_issue_is_shown_at_every_meeting_it_went_to(site: Served, council: SampleCouncil) -> None:
    matter = next(each for planned in council.announced for each in planned.matters if each.story)
    went = council.with_issue(matter.issue)
    body = ask(f"{site.url}ieIssueDetails.aspx?IId={matter.issue}&PlanId=0&Opt=3").body.decode()
    assert len(went) > 3
    assert body.count("Meeting: <a") >= len([each for each in went if each.day < TODAY])
    assert body.index(f"{went[-1].day:%Y}") < body.rindex(f"{went[0].day:%Y}")


def test_documents_are_real_pdfs_with_text(site: Served, council: SampleCouncil) -> None:
    said = council.meeting(a_held(council, "audit"), site.url)
    printed = next(each for each in said.documents if each.kind == "minutes")
    answered = ask(printed.url or "")
    document = pypdfium2.PdfDocument(answered.body)
    text = " ".join(document[at].get_textpage().get_text_range() for at in range(len(document)))
    assert answered.content_type == "application/pdf"
    assert "Present: Councillor" in text
    assert said.items[0].title in text


# How a site can differ

def test_the_web_service_can_be_off() -> None:
    with serve(SampleCouncil(meetings=30), options=Options(service=False)) as served:
        assert ask(served.url + "mgWebService.asmx/GetCommittees").status == 404
        assert ask(served.url + "mgListCommittees.aspx").status == 200


def test_an_install_can_live_under_a_path() -> None:
    with serve(SampleCouncil(meetings=30), options=Options(prefix="/moderngov")) as served:
        assert served.url.endswith("/moderngov/")
        assert ask(served.url + "mgListCommittees.aspx").status == 200
        root = served.url.removesuffix("moderngov/")
        assert ask(root + "mgListCommittees.aspx").status == 404
        assert ask(root + "robots.txt").body.startswith(b"User-agent")


def test_minutes_can_be_cut_short_or_left_to_the_pdf(council: SampleCouncil) -> None:
    cut, printed = a_held(council, "children", 3), a_held(council, "audit", 3)
    with serve(council, options=Options(truncate=200, printed_only=frozenset({printed}))) as served:
        assert b"view the full minutes text for item" in ask(f"{served.url}ieListDocuments.aspx?MId={cut}").body
        body = ask(f"{served.url}ieListDocuments.aspx?MId={printed}").body
        assert b">Minutes:<" not in body
        assert b"Printed minutes" in body


def test_a_fault_is_sent_instead_of_the_page() -> None:
    def busy(request: Request) -> Reply | None:
        return Reply(b"busy", "text/plain", 503, (("Retry-After", "1"),)) if "mgai" in request.path.lower() else None

    with serve(SampleCouncil(meetings=30), options=Options(fault=busy)) as served:
        assert ask(served.url + "mgAi.aspx?ID=1").status == 503
        assert ask(served.url + "mgListCommittees.aspx").status == 200
        assert [each.status for each in served.log] == [503, 200]


def test_the_log_says_who_asked_for_what() -> None:
    with serve(SampleCouncil(meetings=30)) as served:
        request = urllib.request.Request(served.url + "robots.txt", headers={"User-Agent": "Minutebook/1"})
        urllib.request.urlopen(request).read()
        logged = [(each.target, each.status, each.user_agent) for each in served.log]
        assert logged == [("/robots.txt", 200, "Minutebook/1")]


def test_the_truth_has_the_shapes_of_the_contract(meetings: tuple[Meeting, ...]) -> None:
    assert json.dumps(as_json(meetings[20]))
    assert dataclasses.is_dataclass(meetings[20])
