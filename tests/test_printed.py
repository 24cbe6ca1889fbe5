"""Printed minutes as meetings: title blocks, rolls, whole small documents, and the real ones where they exist."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UnreadableFile
from archive.model import LONDON, AttendanceStatus, CouncilId, Item, Meeting, MeetingStatus, MinutesStatus
from archive.shapes import as_json
from crawler.blocks import Block, BlockKind
from crawler.documents.pdf import pdf_blocks
from crawler.documents.plain import plain_blocks
from crawler.documents.word import word_blocks
from crawler.printed.reading import read_printed

DATA = Path(__file__).parents[2] / "shared" / "data"
COUNCIL = CouncilId("ambleshire")


def head(text: str) -> Block:
    return Block(text, BlockKind.HEADING, bold=True)


ITEMS = (head("1. Apologies"), Block("None."), head("2. Roads"), Block("RESOLVED that the report be noted."))
OF_THE_COUNCIL = (
    "MINUTES of a meeting of the County Council held in the Council Chamber, County Hall, Ambleton on Thursday, "
    "13 February 2025."
)
ROLL = (Block("PRESENT: Councillor A Able (Chair), Councillor B Bold"),)


def read(*blocks: Block, name: str = "minutes.pdf") -> Meeting:
    return read_printed(blocks, name=name, council=COUNCIL)


@pytest.mark.parametrize(
    ("title", "committee", "day", "venue"),
    [
        (("AMBLESHIRE COUNTY COUNCIL", "COUNTY COUNCIL", OF_THE_COUNCIL),
         "County Council", date(2025, 2, 13), "Council Chamber, County Hall, Ambleton"),
        (("HIGHWAYS PANEL– 29 October 2024", "MINUTES of the meeting held in the Oak Room, County Hall, Ambleton."),
         "Highways Panel", date(2024, 10, 29), "Oak Room, County Hall, Ambleton"),
        (("Ambleton Parish Council - 5th March 2019",), "Ambleton Parish Council", date(2019, 3, 5), None),
        (("Ambleton Parish Council A.G.M. - 4th July 2017",), "Ambleton Parish Council", date(2017, 7, 4), None),
        (("Leisure and Community Services", "Tuesday 13th March 2018", "Ambleton Town Hall"),
         "Leisure and Community Services", date(2018, 3, 13), "Ambleton Town Hall"),
        (("Minutes of the Planning Committee meeting held at the Village Hall on Monday 4 May 2020 at 7pm",),
         "Planning Committee", date(2020, 5, 4), "Village Hall"),
        (("MINUTES OF PROCEEDINGS AT SPECIAL MEETING OF THE DISTRICT OF UPPER AMBLE HELD IN THE COUNCIL",
          "CHAMBER, HIGH STREET, AMBLETON, ON MONDAY, 19TH NOVEMBER, 2018 AT 9.45 A.M."),
         "District of Upper Amble", date(2018, 11, 19), "Council Chamber, High Street, Ambleton"),
        (("Minutes of the Annual Meeting of Ambleton Town Council, held remotely via Zoom on 06/05/2020",),
         "Ambleton Town Council", date(2020, 5, 6), "Zoom"),
        (("Minutes of the Grants Panel held on Monday 6 March 2023 at 7.00pm in the Guildhall",),
         "Grants Panel", date(2023, 3, 6), "Guildhall"),
        (("TESTON COUNCIL", "Minutes of the Audit Committee held on Wednesday, June 5, 2024 at 19:00 hours"),
         "Audit Committee", date(2024, 6, 5), None),
        (("CYNGOR SIR AMBLE", "Cofnodion cyfarfod y Pwyllgor Cynllunio a gynhaliwyd ar 3ydd Gorffennaf, 2024"),
         "Pwyllgor Cynllunio", date(2024, 7, 3), None),
        (("CABINET", "Minutes", "12/01/2022"), "Cabinet", date(2022, 1, 12), None),
        (("Young People Commission", "Minutes of the meeting held on Monday 6 May 2024 at 7.00 pm in Committee Room 2"),
         "Young People Commission", date(2024, 5, 6), "Committee Room 2"),
        (("OVERVIEW AND SCRUTINY COMMITTEE", "Minutes of the meeting held on 3 June 2021", "Venue: Council Chamber"),
         "Overview and Scrutiny Committee", date(2021, 6, 3), "Council Chamber"),
    ],
)
def test_title_blocks(title: Sequence[str], committee: str, day: date, venue: str | None) -> None:
    meeting = read(*map(head, title), *ROLL, *ITEMS)
    assert meeting.committee is not None
    assert (meeting.committee.name, meeting.start and meeting.start.date(), meeting.venue) == (committee, day, venue)


@pytest.mark.parametrize(
    ("printed", "hour", "minute"),
    [("at 10.00 am", 10, 0), ("at 7pm", 19, 0), ("commencing 19:30", 19, 30), ("am 2.00 o'r gloch y prynhawn", 14, 0),
     ("am 10.00 o'r gloch", 10, 0), ("at 2.00 p.m.", 14, 0), ("", 0, 0)],
)
def test_the_time_is_what_is_printed(printed: str, hour: int, minute: int) -> None:
    meeting = read(head(f"Minutes of the Planning Committee held on 4 May 2020 {printed}"), *ROLL, *ITEMS)
    assert meeting.start == datetime(2020, 5, 4, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("name", "committee", "start"),
    [
        ("Printed minutes 13th-Feb-2025 09.30 County Council.pdf", "County Council", "2025-02-13 09:30"),
        ("x--Printed minutes Wednesday 24-Jul-2024 14.00 Cabinet.pdf", "Cabinet", "2024-07-24 14:00"),
        ("2016-05-11 Minutes - District of Amble - 11th April 2016.md", "District of Amble", "2016-04-11 00:00"),
        ("minutes_2019-03-05_.pdf", None, "2019-03-05 00:00"),
        ("council-2025-03-13--CPP Minutes 29.10.24.pdf", None, "2024-10-29 00:00"),
        ("Minutes 3 May 2019 and 4 May 2019.pdf", None, None),
        ("scan0001.pdf", None, None),
    ],
)
def test_what_the_text_lacks_comes_from_the_files_name_and_is_never_guessed(
    name: str, committee: str | None, start: str | None
) -> None:
    meeting = read(*ROLL, *ITEMS, name=name)
    assert (meeting.committee and meeting.committee.name) == committee
    assert (meeting.start and f"{meeting.start:%Y-%m-%d %H:%M}") == start


def test_what_is_given_overrules_the_text() -> None:
    blocks = (head("Ambleton Parish Council - 5th March 2019"), *ROLL, *ITEMS)
    meeting = read_printed(blocks, name="a.pdf", council=COUNCIL, committee="Finance", day=date(2019, 3, 6))
    assert meeting.committee is not None
    assert (meeting.committee.id, meeting.committee.name) == ("ambleshire/committees/finance", "Finance")
    assert meeting.start == datetime(2019, 3, 6, tzinfo=LONDON)


def test_a_whole_meeting_as_json() -> None:
    title = "Minutes of the Planning Committee held at the Village Hall on Monday 4 May 2020 at 7pm"
    present, there = Block("Cllrs Able (Chair), Bold and Cold"), Block("Ms D Deed – Clerk")
    meeting = read(
        head("DRAFT"), head(title), head("Present:"), present, head("In attendance:"), there,
        head("12. Apologies"), Block("Apologies were received from Cllr Early."),
        head("13. Bus shelter (Item 2)"),
        Block("1. Cllr Bold spoke."), Block("2. RESOLVED that the shelter be painted."),
        Block("Signed ____________ Date ____________"),
    )
    assert as_json(meeting) == {
        "id": meeting.id, "council": "ambleshire",
        "committee": {"id": "ambleshire/committees/planning-committee", "name": "Planning Committee"},
        "title": "Planning Committee", "start": "2020-05-04T19:00:00+01:00", "status": "held", "minutes": "draft",
        "venue": "Village Hall", "url": None,
        "attendance": [
            {"name": "Cllr Able", "role": "Chair", "status": "present", "member": None},
            {"name": "Cllr Bold", "role": None, "status": "present", "member": None},
            {"name": "Cllr Cold", "role": None, "status": "present", "member": None},
            {"name": "Ms D Deed", "role": "Clerk", "status": "in attendance", "member": None},
            {"name": "Cllr Early", "role": None, "status": "apologies", "member": None},
        ],
        "items": as_json(meeting.items), "documents": [],
    }
    assert [(item.number, item.title, item.procedural) for item in meeting.items] == [
        ("12", "Apologies", True), ("13", "Bus shelter", False),
    ]
    assert [(each.number, each.text) for each in meeting.items[1].paragraphs] == [
        ("1", "Cllr Bold spoke."), ("2", "RESOLVED that the shelter be painted."),
    ]
    assert [each.number for each in meeting.items[1].resolutions] == ["2"]
    assert meeting.id is not None
    assert [item.id for item in meeting.items] == [
        f"ambleshire/items/{meeting.id.rsplit('/', 1)[1]}-{at}" for at in (1, 2)
    ]


def test_text_before_the_first_item_is_kept_under_its_own_headings() -> None:
    meeting = read(
        head("Ambleton Town Council - 5th March 2019"), *ROLL,
        Block("Owing to the snow the council met online, and the public were asked to join by telephone."),
        head("Public questions"), Block("A resident asked about the verges."), head("UNRESTRICTED ITEMS"), *ITEMS,
    )
    assert [(item.number, item.title) for item in meeting.items] == [
        (None, "Preamble"), (None, "Public questions"), (None, "UNRESTRICTED ITEMS"), ("1", "Apologies"),
        ("2", "Roads"),
    ]


PRINTED_AFTER_THE_ROLL = st.sampled_from((
    "Report by PC Lane, Ambleton Neighbourhood Policing Team, Ambleton Police Station.",
    "Speed Watch, Parking, Dog Fouling.", "Councillor C Cold", "Mrs D Dale, Head of Finance", "Public Question Time",
    "24/091 APOLOGIES: Cllr E. Marsh.", "24/092 FINANCE: Resolved to pay Clerk £400.00.", "Minute 45 Apologies",
    "The Chairman welcomed residents to the meeting.", "Clerk: Mrs F Ford. Oddments, Ltd", "Jill Ivy", "Planning",
    "Apologies: Councillor G Gray; Council House, Ambleton", "Councillor H Hill (sent by the Trust), Best Kept Village",
    "Director of Education, Democratic Services Officer (F. Walling)", "1. Apologies", "2. Roads", "3 parishioners",
))


@given(st.lists(PRINTED_AFTER_THE_ROLL, max_size=8))
def test_every_word_after_the_title_is_in_the_attendance_or_in_an_item(lines: list[str]) -> None:
    meeting = read(head("Ambleton Town Council - 5th March 2019"), *ROLL, *map(Block, lines), *ITEMS)
    said = " ".join(f"{each.name} {each.role or ''} {each.status.value}" for each in meeting.attendance)
    for item in meeting.items:
        texts = (f"{paragraph.number or ''} {paragraph.text}" for paragraph in item.paragraphs)
        said += " ".join((" ", item.number or "", item.title, *item.agenda, *texts))
    unnamed = {"clerk", "3", "parishioners", "minute"}   # an office or a number's name, and who is only counted
    assert words_of(" ".join(lines)) - words_of(said) <= unnamed


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def test_minutes_without_a_list_of_who_was_there_keep_their_first_heading() -> None:
    meeting = read(head("Ambleton Council"), Block("Minutes of the Grants Panel, 4 April 2022, 6.00pm"), *ITEMS)
    assert [(item.number, item.title) for item in meeting.items] == [("1", "Apologies"), ("2", "Roads")]


def test_a_list_on_the_line_of_the_title_is_a_list() -> None:
    title = Block("Minutes of the Grants Panel held on 4 April 2022 at 7.30pm Present: Cllrs A Able (Chair), B Bold")
    assert [line.name for line in read(title, *ITEMS).attendance] == ["Cllr A Able", "Cllr B Bold"]


LISTS = (
    head("MEMBERS PRESENT:"), Block("Councillors Able and Bold."), head("APOLOGIES:"), Block("Councillor Crow."),
    head("OFFICERS IN ATTENDANCE:"), Block("Ms D Dove, Clerk."),
)


def test_headings_of_lists_open_no_items_where_there_are_no_others() -> None:
    meeting = read(head(OF_THE_COUNCIL), *LISTS, Block("Members thanked the caretaker."), Block("All rose."))
    assert [item.title for item in meeting.items] == ["Preamble"]
    assert [paragraph.text for paragraph in meeting.items[0].paragraphs] == [
        "Members thanked the caretaker.", "All rose.",
    ]
    assert [line.status for line in meeting.attendance] == ["present", "present", "apologies", "in attendance"]


def test_apologies_over_a_sentence_are_an_item_and_over_names_a_list() -> None:
    excused = Block("Apologies were received from Councillor Crow.")
    roads = (head("Roads"), Block("RESOLVED to wait."))
    over_a_sentence = read(head(OF_THE_COUNCIL), *LISTS[:2], head("Apologies"), excused, *roads)
    over_names = read(head(OF_THE_COUNCIL), *LISTS[:4], *roads)
    assert [item.title for item in over_a_sentence.items] == ["Apologies", "Roads"]
    assert [item.title for item in over_names.items] == ["Roads"]


def test_places_to_sign_are_no_text_of_the_minutes() -> None:
    signing = (Block("Signed as a correct record"), Block("Signed………………………………"), Block("Date………………………………"))
    meeting = read(head(OF_THE_COUNCIL), *ROLL, *ITEMS, *signing)
    assert [paragraph.text for paragraph in meeting.items[-1].paragraphs] == [ITEMS[-1].text]


def test_what_is_not_certainly_a_list_of_names_is_text() -> None:
    report = "Report by PC Lane, Ambleton Neighbourhood Policing Team."
    meeting = read(head("Cabinet - 5th March 2019"), *ROLL, Block(report), Block("Parking, Dog Fouling."), *ITEMS)
    assert [line.name for line in meeting.attendance] == ["Councillor A Able", "Councillor B Bold"]
    assert [paragraph.text for paragraph in meeting.items[0].paragraphs] == [report, "Parking, Dog Fouling."]


@pytest.mark.parametrize(("more", "is_text"), [("", False), (" who was on his way home", True)])
def test_apologies_in_a_sentence_before_the_items_are_text_when_they_say_more_than_names(
    more: str, is_text: bool
) -> None:
    excuse = Block(f"Apologies were received from Councillor C Cold{more}.")
    meeting = read(head("Cabinet - 5th March 2019"), *ROLL, excuse, *ITEMS)
    excused = [line.name for line in meeting.attendance if line.status is AttendanceStatus.APOLOGIES]
    assert (excused, meeting.items[0].title == "Preamble") == (["Councillor C Cold"], is_text)


def test_who_attended_after_all_has_sent_no_apologies() -> None:
    meeting = read(
        head("Cabinet - 5th March 2019"), *ROLL, head("1. Apologies"),
        Block("The Clerk reported apologies from Mr Paul Early-Bird, Mrs C Cold and Dr E Frost."),
        Block("Ms L Late was in attendance virtually."), head("2. Roads"), Block("RESOLVED that it be noted."),
    )
    excused = [line.name for line in meeting.attendance if line.status is AttendanceStatus.APOLOGIES]
    assert excused == ["Mr Paul Early-Bird", "Mrs C Cold", "Dr E Frost"]


def test_the_same_minutes_in_another_file_are_the_same_meeting_and_another_that_day_is_not() -> None:
    title = "Minutes of the Special Meeting of Ambleton Town Council held on 4 May 2020 at {}"
    half_past = head(title.format("2.30pm"))
    first = read(half_past, *ROLL, *ITEMS, name="a.pdf")
    again = read(half_past, *ROLL, *ITEMS[2:], name="Printed minutes 04th-May-2020 14.30 Town.pdf")
    assert first.id == again.id != read(head(title.format("3pm")), *ROLL, *ITEMS, name="a.pdf").id
    assert read(*ROLL, *ITEMS, name="a").id == read(*ROLL, *ITEMS, name="b").id != read(*ROLL, *ITEMS[:2]).id


def test_minutes_are_draft_only_when_they_say_so_of_themselves() -> None:
    draft = read(head("Cabinet - 5 May 2020"), head("Unconfirmed minutes"), *ROLL, *ITEMS)
    budget = read(head("Minutes of the Draft Budget Panel held on 5 May 2020"), *ROLL, *ITEMS)
    assert (draft.minutes, budget.minutes) == (MinutesStatus.DRAFT, MinutesStatus.PUBLISHED)
    assert draft.status is MeetingStatus.HELD


@pytest.mark.parametrize(
    "blocks",
    [
        (Block("Dear resident, thank you for your letter of last week about the state of the footpath by the mill."),),
        (head("AGENDA"), head("1. Apologies"), Block("To receive any."), head("2. Roads"), Block("To hear the clerk.")),
    ],
)
def test_what_is_no_minutes_is_refused_in_one_line(blocks: tuple[Block, ...]) -> None:
    with pytest.raises(UnreadableFile, match=r"^letter.pdf: no minutes found: [^\n]+$"):
        read_printed(blocks, name="letter.pdf", council=None)


def of_data(pattern: str) -> Meeting:
    found = sorted(DATA.glob(pattern))
    if not found:
        pytest.skip("the shared data is not here")
    path = found[0]
    reader = {".pdf": pdf_blocks, ".docx": word_blocks}.get(path.suffix, plain_blocks)
    return read_printed(reader(path.read_bytes(), path.name), name=path.name, council=COUNCIL)


def counted(meeting: Meeting, status: AttendanceStatus) -> int:
    return sum(line.status is status for line in meeting.attendance)


def short(items: Sequence[Item]) -> list[str]:
    return [f"{item.number} {item.title}"[:60] for item in items]


KENT = "pdf-minutes/kent/"


def test_a_county_councils_budget_meeting() -> None:
    meeting = of_data(KENT + "*Printed minutes 13th-Feb-2025*")
    assert meeting.committee is not None
    assert (meeting.committee.name, meeting.start) == ("County Council", datetime(2025, 2, 13, 9, 30, tzinfo=LONDON))
    assert meeting.venue == "Council Chamber, Sessions House, County Hall, Maidstone"
    assert short(meeting.items) == [
        "None UNRESTRICTED ITEMS",
        "286 Apologies for Absence",
        "287 Declarations of Disclosable Pecuniary Interests or Other",
        "288 Minutes of the meetings held on 19 December 2024 and 9 J",
        "289 Chairman's Announcements",
        "290 Section 25 Report",
        "291 Capital Programme 2025-35 and Revenue Budget 2025-26 (in",
    ]
    present, there, excused = AttendanceStatus.PRESENT, AttendanceStatus.IN_ATTENDANCE, AttendanceStatus.APOLOGIES
    assert [counted(meeting, status) for status in (present, there, excused)] == [64, 3, 15]
    numbers = [each.number for each in meeting.items[-1].paragraphs if each.number in {f"({n})" for n in range(1, 28)}]
    assert numbers == [f"({n})" for n in range(1, 28)]
    assert [each.number for item in meeting.items for each in item.resolutions] == [None, "(4)", "(27)"]


@pytest.mark.parametrize(
    ("pattern", "numbers", "resolutions", "present"),
    [
        ("*Printed minutes 09th-Jan-2025*", [None, None, "283", "284", "285"], 2, 67),
        ("*Printed minutes 30th-Jan-2025*", [None, *(str(n) for n in range(84, 93))], 6, 9),
        ("*CPP Minutes*", [str(n) for n in range(1, 13)], 11, 14),
    ],
)
def test_counts_of_kents_minutes(pattern: str, numbers: list[str | None], resolutions: int, present: int) -> None:
    meeting = of_data(KENT + pattern)
    assert [item.number for item in meeting.items] == numbers
    said = [each for item in meeting.items for each in item.paragraphs if "RESOLVED" in each.text]
    found = {(item.id, each.anchor) for item in meeting.items for each in item.resolutions}
    expected = {(item.id, each.anchor) for item in meeting.items for each in item.paragraphs if each in said}
    assert len(said) == resolutions
    assert expected <= found
    assert counted(meeting, AttendanceStatus.PRESENT) == present


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("*Printed minutes 30th-Jan-2025*", "cabinet-2025-03-04--Minutes*"),
        ("*Printed minutes 09th-Jan-2025*", "*9 January 2025 - County Council minutes*"),
        ("*Printed minutes 13th-Feb-2025*", "full_council-2025-03-13--Minutes*"),
    ],
)
def test_one_text_in_two_files_is_one_meeting(one: str, other: str) -> None:
    first, second = of_data(KENT + one), of_data(KENT + other)
    assert first.id == second.id
    assert first.items == second.items


@pytest.mark.parametrize("name", sorted(each.name for each in DATA.glob("pdf-minutes/milburn/*.pdf")) or ["absent"])
def test_every_set_of_a_parish_councils_minutes(name: str) -> None:
    meeting = of_data(f"pdf-minutes/milburn/{name}")
    assert meeting.committee is not None
    assert meeting.committee.name.startswith("Milburn Parish Council")
    assert meeting.start is not None
    assert meeting.start.strftime("%Y-%m") in name
    numbers = [item.number for item in meeting.items if item.number]
    assert len(numbers) >= 7
    assert all(number.count(".") == 2 for number in numbers)
    assert 3 <= counted(meeting, AttendanceStatus.PRESENT) <= 12


def test_a_town_councils_minutes_with_a_table() -> None:
    meeting = of_data("pdf-minutes/CommunityGrant*")
    assert [item.number for item in meeting.items] == [
        None, None, "52", "53", "54", "55", "6", "57", "58", "59", "60", "61", "62",
    ]
    table = meeting.items[6].paragraphs[1].text
    assert table.startswith("Organisation | Project Summary | Amount Requested | Recommendation / Friends of Mossy")
    assert table.count("Organisation | Project Summary") == 1
    assert "funding a range of" not in table
    assert "YMCA (Falcon Lodge)" in table


def test_minutes_as_a_word_file() -> None:
    meeting = of_data("word/*.docx")
    assert [item.number for item in meeting.items] == [f"19.09.{n:02}" for n in range(1, 13)]


def test_minutes_as_text_with_a_blank_line_after_each_line() -> None:
    meeting = of_data("corpora/limerick/2018-12-17*19th November 2018.md")
    assert meeting.committee is not None
    assert meeting.committee.name == "Metropolitan District of Limerick"
    assert meeting.start == datetime(2018, 11, 19, 9, 45, tzinfo=LONDON)
    assert [item.number for item in meeting.items if item.number] == [str(n) for n in range(1, 18)]
