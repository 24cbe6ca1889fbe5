"""ModernGov's pages: what is no such page is said to be what it is; lists; variations that no saved page has."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.errors import Blocked, PageError
from archive.model import AttendanceStatus, Committee, CommitteeId, Council, CouncilId
from crawler.moderngov import pages
from crawler.source import Page

COUNCIL = Council(CouncilId("ambleshire"), "Ambleshire")
SITE = "https://democracy.ambleshire.example/"
SHARED = Path(__file__).parents[2] / "shared" / "data" / "moderngov"
READERS = (pages.read_item, pages.read_meeting, pages.read_decision, pages.read_issue, pages.read_committees,
           pages.read_members, pages.read_attendance)  # fmt: skip


def page(html: str | bytes, name: str = "mgAi.aspx?ID=5") -> Page:
    return Page(SITE + name, 200, "text/html", html.encode() if isinstance(html, str) else html)


def item(body: str, title: str = "Bus services") -> Any:
    html = f"<h1>Agenda item</h1><div id='modgov'><h2>{title}</h2><div class='mgContent'>{body}</div></div>"
    return pages.read_item(page(html), COUNCIL)


def meeting(body: str, head: str = "Agenda and minutes", date: str = "Council - 1 March 2020 6.30 pm") -> Any:
    html = f"<div id='modgov'><h1>{head}</h1><h2>{date}</h2><div class='mgContent'>{body}</div></div>"
    return pages.read_meeting(page(html, "ieListDocuments.aspx?CId=3&MId=7"), COUNCIL)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"", "an empty answer"), (b"%PDF-1.7 ...", "a PDF file"), (b"PK\x03\x04...", "a Word or zip file"),
        (b'{"a": 1}', "JSON"),
        (b"hello", "hello"), (b"Missing parameter: lMeetingId.", "Missing parameter"),
        (b"\x00" * 100, "not ModernGov's"),
        (b"<html><title>Just a moment...</title><script>cf-chl</script>", "a bot wall (Cloudflare)"),
        (b"<html><script src='/_Incapsula_Resource?x=1'></script></html>", "a bot wall (Incapsula)"),
        (b"<script>window.location = 'https://' + x;</script>", "a redirect script"),
        (b"<h1>Sign in</h1><form><input type='password'></form>", "a login page"),
        (b"<title>News</title><p>Council news</p>", "a page that is not ModernGov's “News”"),
        (b"<div id='modgov'><h1>Search results</h1><p>x</p></div>", "another ModernGov page"),
        (b"<div id='modgov'><p class='mgErrorTxt'>No such page</p></div>", "No such page"),
    ],
)  # fmt: skip
def test_what_is_another_page_is_said_to_be_what_it_is(read: Callable[..., Any], body: bytes, found: str) -> None:
    if b"Search results" in body and read in (pages.read_committees, pages.read_members):
        return   # an empty list is for the walk to judge
    keeps_out = found.startswith(("a bot wall", "a login page"))
    with pytest.raises(Blocked if keeps_out else PageError) as caught:
        read(page(body), COUNCIL)
    assert found in (caught.value.found if isinstance(caught.value, PageError) else caught.value.reason)
    assert "\n" not in str(caught.value)


def test_an_enormous_page_is_refused() -> None:
    with pytest.raises(PageError, match="21,000,000 bytes"):
        pages.read_item(page(b"<" * 21_000_000))


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
@pytest.mark.parametrize("name", ["moderngov_doc_search_form", "moderngov_search_kent_substance_misuse",
"moderngov_search_no_results"])
def test_real_search_pages_are_no_items(name: str) -> None:
    body = (SHARED / f"{name}.html").read_bytes()
    for read in READERS[:4]:
        with pytest.raises(PageError):
            read(page(body))


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
def test_a_real_decision_page() -> None:
    body = (SHARED / "ieDecisionDetails-policy-committee.html").read_bytes()
    found = pages.read_decision(page(body, "ieDecisionDetails.aspx?AIId=777"), COUNCIL)
    (decided,) = found.items
    assert (found.id, found.title, decided.id) == ("ambleshire/meetings/4832", "Policy Committee",
    "ambleshire/items/777")
    assert decided.paragraphs[0].text.endswith("were approved as a correct record.")
    assert [each.id for each in decided.documents] == ["ambleshire/documents/s7942"]
    assert decided.documents[0].title == "polc2 - 23.09.2015"


@pytest.mark.parametrize("label", ["<p class='mgSubItemTitleTxt'>Minutes:</p>", "<h3>Minutes</h3>",
"<p><strong>Minutes: </strong></p>",
                                   "<h4>Cofnodion:</h4>", "<div><b>Minutes:</b></div>"])  # fmt: skip
def test_a_label_is_known_by_its_words(label: str) -> None:
    found = item(f"<p>Agenda text.</p>{label}<p>27.1&nbsp; Talk.</p>")
    assert found.agenda == ("Agenda text.",)
    assert [(each.number, each.text) for each in found.paragraphs] == [("27.1", "Talk.")]


def test_a_label_within_a_body_from_word_is_text() -> None:
    found = item("<p>Minutes:</p><div class='mgWordPara'><p>Decision:</p><p>RESOLVED that x be done.</p></div>")
    assert [each.text for each in found.paragraphs] == ["Decision:", "RESOLVED that x be done."]


def test_an_item_without_minutes_has_no_paragraphs() -> None:
    found = item("<div class='mgWordPara'><p>The Cabinet is asked to RESOLVE that it be noted.</p></div>")
    assert (found.title, len(found.agenda), found.paragraphs, found.resolutions) == ("Bus services", 1, (), ())


def test_the_title_may_stand_in_the_title_alone() -> None:
    body = "<h1>Agenda item</h1><div class='mgContent'><p>Minutes:</p><p>Talk.</p></div>"
    html = f"<title>Agenda item - Bus services</title>{body}"
    found = pages.read_item(page(html))
    assert (found.id, found.title, [each.text for each in found.paragraphs]) == (None, "Bus services", ["Talk."])


def test_scripts_in_minutes_are_text_only_when_typed() -> None:
    typed = "A &lt;script&gt;b&lt;/script&gt;"
    found = item(f"<p>Minutes:</p><div class='mgWordPara'><p>{typed}<script>c()</script></p></div>")
    assert [each.text for each in found.paragraphs] == ["A <script>b</script>"]


def test_a_decision_and_minutes_that_repeat_it_are_read_once() -> None:
    decision = "<p>RESOLVED that the Library Strategy be adopted by the Council.</p>"
    found = item(f"<p>Decision:</p>{decision}<p>Minutes:</p><p>Talk.</p>{decision}")
    assert [each.kind.value for each in found.paragraphs] == ["narrative", "resolution"]
    apart = item(f"<p>Decision:</p>{decision}<p>Minutes:</p><p>Talk.</p>")
    assert [each.kind.value for each in apart.paragraphs] == ["resolution", "narrative"]


def test_the_text_of_no_item_page_is_refused() -> None:
    with pytest.raises(PageError):
        pages.read_item_text("Dear all,\nthe weather is fine.")
    with pytest.raises(PageError):
        pages.read_item_text("")


@pytest.mark.parametrize(
    ("head", "minutes", "status"),
    [("Agenda", "none", "scheduled"), ("Agenda and draft minutes", "draft", "held"), ("Agenda and minutes",
     "published", "held"),
     ("Agenda, decisions and minutes", "published", "held"), ("Rhaglen a chofnodion", "published", "held"),
     ("Rhaglen a chofnodion drafft", "draft", "held"), ("Draft minutes", "draft", "held")],
)  # fmt: skip
def test_the_heading_says_how_far_the_minutes_are(head: str, minutes: str, status: str) -> None:
    found = meeting("<table class='mgItemTable'></table>", head)
    assert (found.minutes, found.status) == (minutes, status)


@pytest.mark.parametrize(
    ("date", "title", "start"),
    [
        ("Council - Thursday, 26 January 2017 2.00 p.m.", "Council", "2017-01-26T14:00"),
        ("Planning - North Committee - 17th January, 2007 2.00 pm", "Planning - North Committee", "2007-01-17T14:00"),
        ("Cabinet, Thursday 18th November, 2021 6.30 pm", "Cabinet", "2021-11-18T18:30"),
        ("CANCELLED, Audit Committee - Monday, 1st June, 2020 7.00 pm", "Audit Committee", "2020-06-01T19:00"),
        ("Pwyllgor Gwaith - Dydd Iau, 9fed Hydref, 2014 2.00 o'r gloch", "Pwyllgor Gwaith", "2014-10-09T14:00"),
    ],
)  # fmt: skip
def test_committee_and_date(date: str, title: str, start: str) -> None:
    found = meeting("<table class='mgItemTable'></table>", date=date)
    assert (found.title, found.start.isoformat()[:16]) == (title, start)
    assert (found.status == "cancelled") == date.startswith("CANCELLED")


def test_a_cancelled_meeting_without_items() -> None:
    found = meeting("<p><strong>This meeting has been CANCELLED.</strong></p>", "Agenda")
    assert (found.items, found.status) == ((), "cancelled")


def test_items_of_one_id_are_one_and_the_fullest() -> None:
    row = "<tr><td class='mgItemNumberCell'>4.</td><td><a name='AI9'></a><p class='mgAiTitleTxt'>Land</p>{}</td></tr>"
    found = meeting(f"<table>{row.format('')}{row.format('<p>Minutes:</p><p>Talk.</p>')}</table>")
    assert [(each.id, each.number, len(each.paragraphs)) for each in found.items] == [("ambleshire/items/9", "4", 1)]


def test_a_page_without_date_and_items_is_no_meeting() -> None:
    with pytest.raises(PageError):
        meeting("<p>x</p>", date="Council")


def test_committees_each_once() -> None:
    html = """<div id='modgov'><h1>Committees</h1><ul class='mgBulletList'>
    <li><a href='mgCommitteeDetails.aspx?ID=12'>Cabinet</a></li>
    <li><a href='mgCommitteeDetails.aspx?ID=3'>Audit &amp; Standards</a></li>
    <li><a href='ieListMeetings.aspx?CommitteeId=12&amp;Year=0'>Browse meetings</a></li>
    <li><a href='mgUserInfo.aspx?UID=1'>X</a></li></ul></div>"""
    assert pages.read_committees(page(html), COUNCIL) == (
        Committee(CommitteeId("ambleshire/committees/12"), "Cabinet"),
        Committee(CommitteeId("ambleshire/committees/3"), "Audit & Standards"),
    )


def test_meetings_of_a_committee() -> None:
    html = """<div id='modgov'><h1>Browse meetings</h1><ul class='mgNonBulletTableList'>
    <li><a class='mgMeetingTableLnk' href='ieListDocuments.aspx?CId=12&amp;MId=7&amp;Ver=4'
    >16&nbsp;Mar&nbsp;2026 6.30&nbsp;pm</a> - Agenda</li>
    <li><a href='ieListDocuments.aspx?CId=12&amp;MId=6'>9 Feb 2026 6.30 pm Cancelled</a></li>
    <li><a href='ieListDocuments.aspx?CId=12&amp;MId=5'>Constitution</a></li></ul>
    <a href='ieListMeetings.aspx?Act=earlier&amp;CId=12&amp;D=202602091830&amp;MD=ielistmeetings'>Earlier</a></div>"""
    found = pages.read_meeting_list(page(html), COUNCIL, Committee(None, "Cabinet"))
    assert [(each.id, f"{each.start:%d/%m/%Y %H:%M}", each.note) for each in found] == [
        ("ambleshire/meetings/7", "16/03/2026 18:30", "Agenda"), ("ambleshire/meetings/6", "09/02/2026 18:30",
        "Cancelled"),
    ]  # fmt: skip


def test_members_as_table_and_as_list() -> None:
    table = """<div id='modgov'><h1>Your councillors</h1><table id='mgTable1'>
    <tr><th>Photo</th><th>Councillor</th><th>Political party</th><th>Ward</th></tr>
    <tr><td><a href='mgUserInfo.aspx?UID=118'><img alt='photo'></a></td><td><a href='mgUserInfo.aspx?UID=118'
    >Fell, Councillor\nAda</a><br>1 Mill Lane</td><td>Green</td><td>Tarn</td></tr></table></div>"""
    (member,) = pages.read_members(page(table), COUNCIL)
    assert (member.id, member.name, member.party, member.ward) == ("ambleshire/members/118", "Councillor Ada Fell",
    "Green", "Tarn")
    entry = "<a href='mgUserInfo.aspx?UID=1'>Councillor Ada Fell</a><p>Tarn</p><p>Labour</p>"
    (member,) = pages.read_members(page(f"<div id='modgov'><ul><li>{entry}</li></ul></div>"), COUNCIL)
    assert (member.party, member.ward, member.url) == ("Labour", "Tarn", SITE + "mgUserInfo.aspx?UID=1")


def test_attendance_with_every_word_for_it() -> None:
    words = {"Present": "present", "Present, as substitute": "substitute", "Expected": "expected",
    "Apologies, sent representative": "apologies",
             "Absent": "absent", "In attendance, virtual": "in attendance", "Presennol": "present",
             "": "expected"}  # fmt: skip
    link = "<a href='mgUserInfo.aspx?UID={0}'>Cllr {0} Fell</a>"
    rows = [f"<tr><td>{link.format(at)}</td><td>Chair</td><td>{word}</td></tr>" for at, word in enumerate(words)]
    table = f"<table summary='Table of meeting attendance'><tr><th>Attendee</th></tr>{''.join(rows)}</table>"
    found = pages.read_attendance(page(f"<div id='modgov'><h1>Attendance</h1>{table}</div>"), COUNCIL)
    assert [each.status for each in found] == [AttendanceStatus(status) for status in words.values()]
    assert (found[0].member, found[0].role) == ("ambleshire/members/0", "Chair")


def test_a_page_headed_printed_minutes_is_a_meeting() -> None:
    assert meeting("<table class=mgItemTable></table>", head="Printed minutes").minutes.value == "published"


def test_a_venue_ends_before_its_link_to_directions() -> None:
    body = "<p><span class=mgLabel>Venue:</span> Town Hall <a href='mgX.aspx'>View directions</a></p>"
    assert meeting(body).venue == "Town Hall"


def test_a_menu_of_links_is_no_text_of_an_item() -> None:
    menu = "<ul class=menu><li><a href='mgWhatsNew.aspx'>What's new</a></li><li><a href='/help'>Help</a></li></ul>"
    found = item(f"{menu}<p>The report is about buses.</p>")
    assert found.agenda == ("The report is about buses.",)


def test_restricted_items_and_documents_are_known_and_named_without_content() -> None:
    row = (
        "<tr><td class='mgItemNumberCell'>4.</td><td><a name='AI9'></a>"
        "<p class='mgAiTitleTxt'>Land (Exempt: paragraph 3)</p>"
        "<p class='mgSubItemTitleTxt'>Additional documents:</p><ul class='mgBulletList'><li>Valuation, restricted"
        "</li><li><a href='documents/s5/Plan.pdf'>Plan</a></li></ul></td></tr>"
    )
    [found] = meeting(f"<table class='mgItemTable'>{row}</table>").items
    assert (found.restricted, found.paragraphs) == (True, ())
    assert [(each.title, each.url is None, each.restricted) for each in found.documents] == [
        ("Valuation, restricted", True, True), ("Plan", False, False)]
