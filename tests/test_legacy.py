"""Meetings of before about 2008: one Word page with a table of items, or with plain minutes."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import Blocked, PageError
from archive.model import Committee, Council, CouncilId, Meeting
from crawler.moderngov.legacy import read_legacy
from crawler.moderngov.listings import is_legacy, read_meeting_list
from crawler.source import Page

COUNCIL = Council(CouncilId("ambleshire"), "Ambleshire")
URL = "https://democracy.ambleshire.example/CeListDocuments.aspx?CommitteeId=12&MeetingId=345&DF=03%2F02%2F2004&Ver=2"
HEADS = ("Item", "Description", "Resolution")
ROWS = (
    ("1.", "<b>Apologies for absence</b>", "<p>Councillor T Bray</p>"),
    ("2", "<p>Minutes</p>", "<p>RESOLVED that the minutes be approved.</p>"),
    ("3", "<p>Bypass</p><p>Councillor Fell spoke of the traffic.</p>",
     "<p>That the Council:</p><ol><li>build it; and</li><li>pay for it.</li></ol>"),
)  # fmt: skip
PRESENT = "<p>PRESENT:</p><p>Councillors Fell (Chairman), Okafor and Haigh</p>"


def page(body: str, head: str = "Council - Tuesday, 3rd February, 2004 6.30 pm", url: str = URL) -> Page:
    html = f"<div id='modgov'><h1>Agenda and minutes</h1><h2>{head}</h2><div class='mgContent'>{body}</div></div>"
    return Page(url, 200, "text/html", html.encode())


def table(heads: tuple[str, ...] = HEADS, rows: tuple[tuple[str, ...], ...] = ROWS) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in (heads, *rows))
    return "<table class='MsoNormalTable'>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def titles(meeting: Meeting) -> list[tuple[str | None, str]]:
    return [(item.number, item.title) for item in meeting.items]


def test_a_table_of_items() -> None:
    found = read_legacy(page(f"<div class='WordSection1'>{PRESENT}{table()}</div>"), COUNCIL)
    assert (found.id, found.title) == ("ambleshire/meetings/345", "Council")
    assert found.committee == Committee("ambleshire/committees/12", "Council")
    assert found.start is not None
    assert found.start.isoformat() == "2004-02-03T18:30:00+00:00"
    assert (found.status, found.minutes) == ("held", "published")
    assert [(each.name, each.status) for each in found.attendance if "Fell" in each.name] == [
        ("Councillor Fell", "present")
    ]
    assert [each.status for each in found.attendance] == ["present", "present", "present", "apologies"]
    assert titles(found) == [("1", "Apologies for absence"), ("2", "Minutes"), ("3", "Bypass")]
    apologies, minutes, bypass = found.items
    assert apologies.procedural
    assert [each.text for each in apologies.paragraphs] == ["Councillor T Bray"]
    assert [each.action for each in minutes.resolutions] == ["resolved"]
    assert "Councillor Fell spoke of the traffic." in [each.text for each in bypass.paragraphs]
    assert [clause.text for clause in bypass.resolutions[0].clauses] == ["build it; and", "pay for it."]


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (("Item No.", "Subject", "Minute", "Action"), ("4", "Bypass", "Talk.", "Clerk")),
        (("Minute No", "Title", "Decision"), ("4", "Bypass", "Talk.")),
        (("Eitem", "Disgrifiad", "Penderfyniad"), ("4", "Bypass", "Talk.")),
        (("Rhif", "Pwnc", "Cofnodion"), ("4.", "Bypass", "Talk.")),
        (("Description", "Resolution"), ("4. Bypass", "Talk.")),
        (("Item", "Minutes"), ("4. Bypass", "Talk.")),
        (("ITEM", "DESCRIPTION", "RESOLUTION / MINUTE"), ("4", "Bypass", "Talk.")),
    ],
)
def test_columns_by_any_name(heads: tuple[str, ...], row: tuple[str, ...]) -> None:
    found = read_legacy(page(table(heads, (row,))), COUNCIL)
    assert titles(found) == [("4", "Bypass")]
    texts = [each.text for each in found.items[0].paragraphs]
    assert texts == ["Talk.", "Action: Clerk"] if "Action" in heads else ["Talk."]


def test_lists_of_who_was_there_may_be_rows() -> None:
    rows = (("", "PRESENT", "Councillors Fell, Okafor and Haigh"), ("", "YMDDIHEURIADAU", "Councillor Bray"), *ROWS)
    found = read_legacy(page(table(rows=rows)), COUNCIL)
    assert {(each.name.split()[-1], each.status) for each in found.attendance} == {
        ("Fell", "present"), ("Okafor", "present"), ("Haigh", "present"), ("Bray", "apologies"),
    }  # fmt: skip
    assert [title for _, title in titles(found)] == ["Apologies for absence", "Minutes", "Bypass"]


def test_a_row_without_number_and_title_goes_on_with_the_item_above() -> None:
    found = read_legacy(page(table(rows=(*ROWS[:2], ("", "", "<p>It was also noted.</p>")))), COUNCIL)
    assert len(found.items) == 2
    assert found.items[1].paragraphs[-1].text == "It was also noted."


def test_items_keep_their_names_when_others_come_and_go() -> None:
    one = read_legacy(page(table()), COUNCIL)
    other = read_legacy(page(table(rows=(("", "Prayers", "Said."), *ROWS, *ROWS[:1]))), COUNCIL)
    names = [item.id for item in other.items]
    assert len(set(names)) == 5
    assert {item.id for item in one.items} < set(names)
    elsewhere = page(table(), url=URL.replace("345", "346"))
    assert {item.id for item in one.items}.isdisjoint(item.id for item in read_legacy(elsewhere, COUNCIL).items)


PLAIN = (
    "<p>MINUTES of the meeting of the COUNCIL held at the Town Hall on Tuesday, 3 February 2004 at 6.30 pm</p>"
    "<p>PRESENT: Councillors Fell (Chairman), Okafor and Haigh</p><p>APOLOGIES: Councillor Bray</p>"
    "<p><b>1. MINUTES</b></p><p>RESOLVED that the minutes be approved.</p>"
    "<p><b>2. BYPASS</b></p><p>Councillor Fell spoke of the traffic.</p><p>RESOLVED that it be built.</p>"
    "<p><b>3. LIBRARIES</b></p><p>The report was noted.</p>"
)


@pytest.mark.parametrize("bare", [False, True])
def test_plain_minutes_with_or_without_the_platform_s_page_around_them(bare: bool) -> None:
    sent = Page(URL, 200, "text/html", f"<html><body>{PLAIN}</body></html>".encode()) if bare else page(PLAIN)
    found = read_legacy(sent, COUNCIL)
    assert found.id == "ambleshire/meetings/345"
    assert [(number, title.capitalize()) for number, title in titles(found)] == [
        ("1", "Minutes"), ("2", "Bypass"), ("3", "Libraries"),
    ]  # fmt: skip
    assert len(found.attendance) == 4
    assert found.start is not None
    assert found.start.date().isoformat() == "2004-02-03"
    assert len({item.id for item in found.items}) == 3


def test_minutes_that_are_a_file_of_the_old_system() -> None:
    link = "<a href='olddocuments/COUNCIL.pdf?F=1&amp;MId=345&amp;D=200402031830&amp;A=1&amp;R=0'>Minutes PDF 20 KB</a>"
    found = read_legacy(page(link), COUNCIL)
    (document,) = found.documents
    assert (document.title, document.kind, found.items) == ("Minutes", "minutes", ())
    assert document.url is not None
    assert document.url.endswith("/olddocuments/COUNCIL.pdf?F=1&MId=345&D=200402031830&A=1&R=0")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("", PageError), ("hello", PageError), ("%PDF-1.4", PageError),
        ("<title>News</title><p>Council news</p>", PageError),
        ("<div id='modgov'><p class='mgErrorTxt'>No such meeting</p></div>", PageError),
        ("<div id='modgov'><h1>Committees</h1><p>x</p></div>", PageError),
        ("<script src='/_Incapsula_Resource?x=1'></script>", Blocked),
        ("<h1>Sign in</h1><form><input type='password'></form>", Blocked),
    ],
)  # fmt: skip
def test_what_is_no_legacy_meeting(body: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_legacy(Page(URL, 200, "text/html", body.encode()), COUNCIL)


@given(st.text(alphabet="<>/tabletrd h1p\n.ItemResolutionDescription", max_size=400))
def test_no_markup_breaks_it(body: str) -> None:
    with suppress(PageError):
        assert read_legacy(page(body), COUNCIL).id == "ambleshire/meetings/345"


def test_a_list_marks_the_meetings_that_have_a_legacy_page() -> None:
    entries = (
        "<li><a href='ieListDocuments.aspx?CId=12&amp;MId=400&amp;Ver=4'>3 Feb 2010 6.30 pm</a> - Minutes</li>",
        f"<li><a href='{URL.rpartition('/')[2].replace('Ce', 'ce')}'>3 Feb 2004 6.30 pm</a> - Minutes</li>",
        "<li><a href='CeListDocuments.aspx?MID=346&amp;RD=Minutes&amp;DF=04/03/2004, 18:30'>Minutes</a></li>",
        "<li><a href='CeListDocuments.aspx?MID=400&amp;DF=03/02/2010'>3 Feb 2010</a></li>",
    )
    html = f"<div id='modgov'><h1>Browse meetings</h1><ul>{''.join(entries)}</ul></div>"
    found = read_meeting_list(Page(URL, 200, "text/html", html.encode()), COUNCIL, Committee(None, "Council"))
    assert [(each.id.rsplit("/")[-1], f"{each.start:%Y-%m-%d %H:%M}", is_legacy(each)) for each in found] == [
        ("400", "2010-02-03 18:30", False), ("345", "2004-02-03 18:30", True), ("346", "2004-03-04 18:30", True),
    ]  # fmt: skip
    assert [each.note for each in found] == ["Minutes", "Minutes (legacy page)", "(legacy page)"]
