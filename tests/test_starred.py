"""Lists of all members in which a mark tells who was there, by the legend beside them."""

import pytest

from archive.model import AttendanceStatus, Meeting
from crawler.blocks import Block, BlockKind
from crawler.documents.plain import plain_blocks
from crawler.printed.reading import read_printed
from crawler.printed.starred import with_marks_read

HEAD = "NORHAM COUNTY COUNCIL\n\nMinutes of the Roads Panel held on 4 March 2024\n\n"
ITEMS = "\n\n1. Apologies\n\n{}\n\n2. Declarations of interest\n\nNone.\n\n3. Minutes\n\nRESOLVED: That they be signed."
NAMES = "* Councillor Ivo Penn (Chairman)\n* Councillor Joy Quill\nCouncillor Kit Reed"
PRESENT, ABSENT, APOLOGIES = AttendanceStatus.PRESENT, AttendanceStatus.ABSENT, AttendanceStatus.APOLOGIES


def read(text: str, apologies: str = "None.") -> Meeting:
    data = (HEAD + text + ITEMS.format(apologies)).encode()
    return read_printed(plain_blocks(data, "minutes.txt"), name="minutes.txt", council=None)


@pytest.mark.parametrize("legend", ["(* denotes attendance)", "* denotes Member present", "* = present",
                                    "* indicates members who were present."])
@pytest.mark.parametrize("first", [True, False])
def test_a_mark_tells_who_was_there(legend: str, first: bool) -> None:
    meeting = read(f"{legend}\n\n{NAMES}" if first else f"{NAMES}\n\n{legend}")
    assert [(each.name, each.role, each.status) for each in meeting.attendance] == [
        ("Councillor Ivo Penn", "Chairman", PRESENT),
        ("Councillor Joy Quill", None, PRESENT),
        ("Councillor Kit Reed", None, ABSENT),
    ]
    assert [item.title for item in meeting.items] == ["Apologies", "Declarations of interest", "Minutes"]


def test_who_has_no_mark_and_sent_apologies_is_excused() -> None:
    meeting = read(f"(* denotes attendance)\n\n{NAMES}", "Apologies were received from Councillor Kit Reed.")
    assert [(each.name, each.status) for each in meeting.attendance][2:] == [("Councillor Kit Reed", APOLOGIES)]


def test_a_mark_for_apologies_and_lists_of_others() -> None:
    names = "Present:\n\n* Cllr I Penn\nØ Cllr J Quill\n\n* denotes attendance Ø denotes apologies"
    meeting = read(f"{names}\n\nAlso in attendance:\n\nCllr L Snow")
    statuses = [PRESENT, APOLOGIES, AttendanceStatus.IN_ATTENDANCE]
    assert [each.status for each in meeting.attendance] == statuses


@pytest.mark.parametrize("legend", ["* denotes Vice-Chairman", "* denotes attended remotely", "No mark is explained."])
def test_a_mark_that_says_something_else_makes_nobody_absent(legend: str) -> None:
    meeting = read(f"Present:\n\n{NAMES}\n\n{legend}")
    assert {each.status for each in meeting.attendance} == {PRESENT}


def test_a_table_of_members_is_read_cell_by_cell() -> None:
    table = Block("", BlockKind.TABLE, rows=(("* Cllr I Penn", "Cllr J Quill"), ("* Cllr K Reed", "")))
    read_ = with_marks_read([Block("(* denotes attendance)"), table])
    assert [each.text for each in read_] == ["Present: Cllr I Penn", "Absent: Cllr J Quill", "Present: Cllr K Reed"]


def test_an_office_before_the_mark_is_the_role() -> None:
    read_ = with_marks_read([Block("* denotes present"), Block("Chairman: * Councillor I Penn")])
    assert [each.text for each in read_] == ["Present: Councillor I Penn (Chairman)"]
