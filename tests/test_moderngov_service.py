"""Replies of the web service, with every quirk that was seen."""

from datetime import date
from pathlib import Path

import pytest

from archive.errors import PageError
from archive.model import Council, CouncilId, Term
from crawler.moderngov import service
from crawler.source import Page

COUNCIL = Council(CouncilId("manchester"), "Manchester")
SHARED = Path(__file__).parents[2] / "shared" / "data" / "moderngov"
real = pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")


def page(body: bytes | str, url: str = "https://democracy.example/mgWebService.asmx/X?lMeetingId=1") -> Page:
    return Page(url, 200, "text/xml", body.encode() if isinstance(body, str) else body)


def saved(name: str) -> Page:
    return page((SHARED / name).read_bytes())


@real
def test_the_real_meeting() -> None:
    found = service.read_meeting(saved("GetMeeting-manchester-4967.xml"), COUNCIL)
    first, second = found.items
    assert (first.number, second.number) == ("1", "9")
    assert [each.status.value for each in found.attendance] == ["expected"]
    assert [each.id for item in found.items for each in item.documents] == [
        "manchester/documents/s60860", "manchester/documents/s60909",
    ]  # fmt: skip
    assert second.paragraphs[0].text == (
        "The Committee considered a report of the Governance and Scrutiny Support Unit which set out its future Work "
        "Programme for the remainder of 2025/26 municipal year."
    )
    assert (first.resolutions, second.resolutions) == ((), ())
    assert (found.minutes, found.status, found.title) == ("published", "held", "Audit Committee")
    assert f"{found.start:%d/%m/%Y %H:%M}" == "10/02/2026 10:00"


@real
def test_the_real_cancelled_meeting_and_lists() -> None:
    found = service.read_meeting(saved("GetMeeting-manchester-4966-cancelled.xml"), COUNCIL)
    assert (found.status, found.minutes, found.items) == ("cancelled", "none", ())
    announced = service.read_meetings(saved("GetMeetings-manchester-144.xml"), COUNCIL)
    assert [(each.id, each.note) for each in announced] == [("manchester/meetings/4966", "Cancelled"),
    ("manchester/meetings/4967", "Confirmed")]
    assert [each.name for each in service.read_committees(saved("GetCommittees-manchester.xml"), COUNCIL)][1:] == [
        "Art Galleries Committee", "Audit Committee",
    ]  # fmt: skip


@real
def test_all_real_lists_of_councillors() -> None:
    failures, empty, members = {}, [], 0
    for file in sorted((SHARED / "councillors").glob("*.xml")):
        try:
            found = service.read_members(page(file.read_bytes()), COUNCIL)
        except PageError as error:
            failures[file.name.partition(".")[0]] = error.found
            continue
        members += len(found)
        empty += [] if found else [file.name]
        assert all(member.name and "&" not in member.name and "  " not in member.name for member in found)
    assert failures == {"denbighshire": "a redirect script", "leeds": "a SharePoint page “Error”"}
    assert (empty, members > 2000) == (["online.eastherts.gov.uk.xml"], True)


def test_a_list_of_councillors_that_is_a_page_is_said_to_be_it_and_an_empty_one_is_empty() -> None:
    for body, found in (("<script>window.location = 'https://' + x;</script>", "a redirect script"),
                        ("<html><title>Error</title><div id='s4-workspace'>x</div></html>", "Error")):
        with pytest.raises(PageError) as caught:
            service.read_members(page(body), COUNCIL)
        assert found in caught.value.found
    nobody = "<councillorsbyward><wards></wards></councillorsbyward>"
    assert service.read_members(page(nobody), COUNCIL) == ()


MINUTES = "<minutesnonemptyhtmlbody>&lt;p&gt;Private&lt;/p&gt;</minutesnonemptyhtmlbody>"
MEETING = "<meeting><meetingid>1</meetingid><meetingdate>05/03/2024</meetingdate>{}</meeting>"


@pytest.mark.parametrize(
    ("body", "status", "minutes"),
    [
        ("<meetingstatus>Confirmed; Rescheduled from 24 September 2026</meetingstatus>", "scheduled", "none"),
        ("<meetingstatus>Cancelled; Budget Council</meetingstatus>", "cancelled", "none"),
        ("<meetingstatus>Postponed</meetingstatus>", "postponed", "none"),
        ("<minutepublished>True</minutepublished>", "held", "published"),
        (f"<agendaitems><agendaitem>{MINUTES}</agendaitem></agendaitems>", "held", "draft"),
    ],
)  # fmt: skip
def test_status_and_minutes(body: str, status: str, minutes: str) -> None:
    found = service.read_meeting(page(MEETING.format(body)))
    assert (found.status, found.minutes, found.id) == (status, minutes, None)


def test_titles_encoded_twice_and_blanks() -> None:
    committee = "<committeeid> 3\n</committeeid><committeetitle>Chair&amp;#39;s &amp;amp; Co\n</committeetitle>"
    xml = f"<committees><committeescount> 1</committeescount><committee>{committee}</committee></committees>"
    (found,) = service.read_committees(page(xml), COUNCIL)
    assert (found.id, found.name) == ("manchester/committees/3", "Chair's & Co")


def test_soap_namespaces_and_wrong_encodings() -> None:
    inner = MEETING.format("<meetinglocation>Neuadd Siôn – y dref\x02</meetinglocation>")
    wrapped = f'<s:Envelope xmlns:s="x"><s:Body><R xmlns="y">{inner}</R></s:Body></s:Envelope>'
    soap = f'<?xml version="1.0" encoding="utf-8"?>{wrapped}'
    for encoding in ("utf-8", "cp1252", "utf-16", "utf-8-sig"):
        assert service.read_meeting(page(soap.encode(encoding))).venue == "Neuadd Siôn – y dref"


def test_entities_are_not_expanded_and_files_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("TOP SECRET")
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    doctype = f'<!DOCTYPE m [<!ENTITY l0 "lol">{laughs}<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
    found = service.read_meeting(page(doctype + MEETING.format("<meetinglocation>&l9;&f;</meetinglocation>")))
    assert "SECRET" not in str(found)
    assert len(str(found)) < 1000
    assert found.venue == "&l9;&f;"


@pytest.mark.parametrize("lost", [1, 10, 40, 100])
def test_a_reply_that_breaks_off_is_none(lost: int) -> None:
    whole = MEETING.format("<agendaitems><agendaitem><agendaitemid>5</agendaitemid></agendaitem></agendaitems>")
    with pytest.raises(PageError, match="broken or breaks off"):
        service.read_meeting(page(whole[:-lost]), COUNCIL)


def test_a_reply_whose_tags_do_not_match_is_none() -> None:
    item = "<agendaitem><agendaitemid>5</agendaitemid><b><agendaitemtitle>Bus</agendaitemtitle></agendaitem>"
    with pytest.raises(PageError):
        service.read_meeting(page(MEETING.format(f"<agendaitems>{item}</agendaitems>")), COUNCIL)


@pytest.mark.parametrize(
    "bad",
    ["&#1;", "&#x1F;", "&nbsp;", "&", "\x07", "&#xFFFE;", "&#55296;", "&#9999999;", "&unknown;", "&#1F;"],
)
def test_one_bad_character_spoils_nothing_after_it(bad: str) -> None:
    body = "&lt;p&gt;One &amp;amp; two.&lt;/p&gt;&lt;p&gt;Three&#8217;s &#x2014; four.&lt;/p&gt;"
    item = f"<agendaitem><agendaitemid>5</agendaitemid><minutesnonemptyhtmlbody>{body}</minutesnonemptyhtmlbody>"
    reply = MEETING.format(f"<meetingroom>{bad}</meetingroom><agendaitems>{item}</agendaitem></agendaitems>")
    [found] = service.read_meeting(page(reply), COUNCIL).items
    assert [each.text for each in found.paragraphs] == ["One & two.", "Three’s — four."]


def test_a_body_in_cdata_is_read_as_it_stands() -> None:
    body = "<![CDATA[<p>Fish &amp; chips</p>]]>"
    item = f"<agendaitem><agendaitemid>5</agendaitemid><minutesnonemptyhtmlbody>{body}</minutesnonemptyhtmlbody>"
    [found] = service.read_meeting(page(MEETING.format(f"<agendaitems>{item}</agendaitem></agendaitems>"))).items
    assert [each.text for each in found.paragraphs] == ["Fish & chips"]


@pytest.mark.parametrize(
    "body",
    [b"", b"\x00\x01", b"Missing parameter: lMeetingId.", b"<html><body><h1>Error</h1></body></html>", b"<meeting/>",
     b"<wards/>"],
)  # fmt: skip
def test_another_reply_is_refused(body: bytes) -> None:
    with pytest.raises(PageError):
        service.read_meeting(page(body))


def test_an_item_that_the_site_does_not_show_gives_its_title_alone() -> None:
    item = (
        "<agendaitem><agendaitemid>5</agendaitemid><agendaitemtitle>Land</agendaitemtitle>"
        f"<isdisplayallowed>False</isdisplayallowed>{MINUTES}</agendaitem>"
    )
    (found,) = service.read_meeting(page(MEETING.format(f"<agendaitems>{item}</agendaitems>")), COUNCIL).items
    assert (found.title, found.restricted, found.paragraphs) == ("Land", True, ())


LINKED = (
    "<linkeddocuments><linkeddoc><attachmentid>9</attachmentid><title>Valuation</title>"
    "<url>https://democracy.example/mgConvert2PDF.aspx?ID=9</url>{}</linkeddoc></linkeddocuments>"
)


@pytest.mark.parametrize(
    ("meeting", "item", "document"),
    [
        ("", "<isdisplayallowed>False</isdisplayallowed>", ""),
        ("<isdisplayallowed>False</isdisplayallowed>", "", ""),
        ("", "", "<isrestricted>True</isrestricted>"),
    ],
)
def test_a_restricted_document_is_known_and_named_without_its_address(meeting: str, item: str, document: str) -> None:
    body = f"<agendaitem><agendaitemid>5</agendaitemid>{item}{LINKED.format(document)}</agendaitem>"
    (found,) = service.read_meeting(page(MEETING.format(f"{meeting}<agendaitems>{body}</agendaitems>")), COUNCIL).items
    [named] = found.documents
    assert (named.id, named.title, named.url, named.restricted) == (
        "manchester/documents/s9", "Valuation", None, True)


def test_a_meeting_that_the_site_does_not_show_gives_its_agenda_s_titles_alone() -> None:
    item = f"<agendaitem><agendaitemid>5</agendaitemid><agendaitemtitle>Land</agendaitemtitle>{MINUTES}</agendaitem>"
    attended = '<attendees><attendee memberid="5" name="A Abel" attendance="Present"/></attendees>'
    hidden = "<isdisplayallowed>False</isdisplayallowed><minutepublished>True</minutepublished>"
    found = service.read_meeting(page(MEETING.format(f"{hidden}{attended}<agendaitems>{item}</agendaitems>")), COUNCIL)
    assert [(each.title, each.restricted, each.paragraphs) for each in found.items] == [("Land", True, ())]
    assert (found.attendance, found.minutes) == ((), "none")


def test_links_are_secure_where_the_site_is() -> None:
    address = "http://democracy.example/mgConvert2PDF.aspx?ID=9"
    linked = f"<linkeddoc><attachmentid>9</attachmentid><title>Map</title><url>{address}</url></linkeddoc>"
    item = f"<agendaitem><agendaitemid>5</agendaitemid><linkeddocuments>{linked}</linkeddocuments></agendaitem>"
    (found,) = service.read_meeting(page(MEETING.format(f"<agendaitems>{item}</agendaitems>")), COUNCIL).items
    assert found.documents[0].url == "https://democracy.example/mgConvert2PDF.aspx?ID=9"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("http://user:secret@democracy.example/documents/s9/x.pdf", "https://democracy.example/documents/s9/x.pdf"),
        ("https://user@10.0.0.1:8080/x.pdf", "https://10.0.0.1:8080/x.pdf"),
        ("mgConvert2PDF.aspx?ID=9", "https://democracy.example/mgConvert2PDF.aspx?ID=9"),
        ("documents/s9/A report\r\nHost: x.pdf", "https://democracy.example/documents/s9/A%20reportHost:%20x.pdf"),
        ("//other.example/x.pdf", "https://other.example/x.pdf"),
        ("javascript:alert(1)", None),
        ("java&#10;script:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html;base64,AAAA", None),
        ("ftp://democracy.example/x.pdf", None),
        ("http://", None),
        ("\n", None),
        ("http://user:secret@[::1/x.pdf", None),
        ("http://a&quot;onclick=x/", None),
        ("https://democracy.example/documents/s9/" + "a" * 9000, None),
    ],
)
def test_the_address_of_a_document_is_fit_to_be_kept_or_none(given: str, kept: str | None) -> None:
    linked = f"<linkeddoc><attachmentid>9</attachmentid><title>Map</title><url>{given}</url></linkeddoc>"
    item = f"<agendaitem><agendaitemid>5</agendaitemid><linkeddocuments>{linked}</linkeddocuments></agendaitem>"
    (found,) = service.read_meeting(page(MEETING.format(f"<agendaitems>{item}</agendaitems>")), COUNCIL).items
    [document] = found.documents
    assert (document.id, document.title, document.url) == ("manchester/documents/s9", "Map", kept)


def test_nothing_that_is_kept_of_a_reply_has_the_password_of_its_address() -> None:
    url = "https://user:secret@democracy.example/mgWebService.asmx/GetMeeting?lMeetingId=1"
    item = "<agendaitem><agendaitemid>5</agendaitemid><agendaitemtitle>Map</agendaitemtitle></agendaitem>"
    found = service.read_meeting(page(MEETING.format(f"<agendaitems>{item}</agendaitems>"), url), COUNCIL)
    abel = "<councillor><councillorid>7</councillorid><fullusername>A Abel</fullusername></councillor>"
    wards = f"<councillorsbyward><wards><ward><councillors>{abel}</councillors></ward></wards></councillorsbyward>"
    members = service.read_members(page(wards, url), COUNCIL)
    assert (found.url, found.items[0].url, members[0].url) == (
        "https://democracy.example/ieListDocuments.aspx?MId=1", "https://democracy.example/mgAi.aspx?ID=5",
        "https://democracy.example/mgUserInfo.aspx?UID=7")


@pytest.mark.parametrize(("role", "member"), [("Committee Member", "manchester/members/5"), ("Officer", None)])
def test_an_officer_who_attends_is_no_member(role: str, member: str | None) -> None:
    attendee = f'<attendee memberid="5" name="A Abel" roledescription="{role}" attendance="Present"/>'
    known = "<meetingid>7</meetingid><meetingdate>10/02/2026</meetingdate>"
    reply = f"<meeting>{known}<attendees>{attendee}</attendees></meeting>"
    [attendance] = service.read_meeting(page(reply), COUNCIL).attendance
    assert (attendance.role, attendance.member) == (role, member)


def test_terms_of_office() -> None:
    said = [("04/05/2017", "05/05/2021"), ("06/05/2021", "unspecified"), ("06/05/2021", "unspecified"),
            ("", "01/01/2020"), ("07/05/2026", "06/05/2021")]
    terms = "".join(f"<termofoffice><startdate>{start}</startdate><enddate>{end}</enddate></termofoffice>"
                    for start, end in said)  # fmt: skip
    abel = "<councillorid>7</councillorid><fullusername>A Abel</fullusername>"
    [member] = service.read_members(page(
        f"<councillorsbyward><ward><councillor>{abel}<termsofoffice>{terms}</termsofoffice></councillor></ward>"
        "</councillorsbyward>"), COUNCIL)  # fmt: skip
    assert member.terms == (Term(date(2017, 5, 4), date(2021, 5, 5)), Term(date(2021, 5, 6), None))
