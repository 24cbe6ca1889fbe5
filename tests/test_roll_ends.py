"""Where the lists of who was there end in printed minutes: no item, decision or vote is taken for somebody."""

import pytest

from archive.model import AttendanceStatus, Meeting
from crawler.documents.plain import plain_blocks
from crawler.printed.reading import read_printed

HEAD = """LLANFAIR COMMUNITY COUNCIL

Minutes of the meeting held on Monday, 3 June 2024 at 7.00 pm

Present: Councillors I Penn (Chair), J Quill and K Reed
"""
THERE = ["Councillor I Penn", "Councillor J Quill", "Councillor K Reed"]


def read(text: str) -> Meeting:
    return read_printed(plain_blocks((HEAD + text).encode(), "minutes.txt"), name="minutes.txt", council=None)


def said(meeting: Meeting) -> str:
    return " ".join(each.text for item in meeting.items for each in item.paragraphs)


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_decision_under_the_first_item_is_nobody(gap: str) -> None:
    text = "1. LAMPS\n\nAn estimate was shown:\n\nRESOLVED: That two lamps be bought.\n\n2. PATHS\n\nThe Clerk spoke."
    meeting = read(gap + text)
    assert [each.name for each in meeting.attendance] == THERE
    assert [item.title for item in meeting.items] == ["LAMPS", "PATHS"]
    assert meeting.items[0].resolutions[0].text == "That two lamps be bought."


def test_those_who_voted_under_the_first_item_are_no_list_of_who_was_there() -> None:
    votes = "For: Councillors Penn, Quill\n\nAgainst: Councillor Reed\n\nRESOLVED that the gate be red."
    meeting = read(f"1. GATE\n\nThe Council divided:\n\n{votes}\n\n2. PATHS\n\nThe Clerk spoke.\n\n3. TREES\n\nNoted.")
    assert [each.name for each in meeting.attendance] == THERE
    assert "For: Councillors Penn, Quill" in said(meeting)


@pytest.mark.parametrize("numbers", [("1.", "2.", "3."), ("1", "2", "3"), ("40/24", "41/24", "42/24")])
@pytest.mark.parametrize("beside", ["", "\nIn attendance: Mrs L Snow (Clerk)\n"])
def test_a_numbered_item_about_apologies_ends_the_lists(numbers: tuple[str, ...], beside: str) -> None:
    one, two, three = numbers
    meeting = read(f"{beside}\n{one} Apologies for absence\n\nCllr M Todd (illness).\n\n"
                   f"{two} Declarations of interest\n\nNone.\n\n{three} Finance\n\nResolved to pay.")  # fmt: skip
    assert [item.title for item in meeting.items] == ["Apologies for absence", "Declarations of interest", "Finance"]
    assert [each.name for each in meeting.attendance if each.status is AttendanceStatus.APOLOGIES] == ["Cllr M Todd"]


def test_the_lists_go_on_to_the_first_number() -> None:
    lists = "In attendance:\n\nMrs L Snow, Clerk\n\nApologies:\n\nCllr M Todd"
    meeting = read(f"{lists}\n\n1. LAMPS\n\nNoted.\n\n2. PATHS\n\nNoted.")
    assert [each.name for each in meeting.attendance] == [*THERE, "Mrs L Snow", "Cllr M Todd"]


def test_minutes_numbered_with_the_word_are_items() -> None:
    meeting = read("Apologies: Cllr M Todd\n\nMin.45 - Library\n\nRESOLVED: That it open.\n\n"
                   "Min.46 - Parks\n\nRESOLVED: That they close.")  # fmt: skip
    assert [each.name for each in meeting.attendance] == [*THERE, "Cllr M Todd"]
    assert [(item.number, item.title) for item in meeting.items] == [("45", "Library"), ("46", "Parks")]


def test_a_list_of_those_in_a_room_or_under_a_welsh_label_on_the_same_line() -> None:
    meeting = read("In attendance in Chamber: Alderman H Todd, Councillors T Vale, P West ABSENNOL: Y Cynghorydd B Yeo")
    beside, absent = AttendanceStatus.IN_ATTENDANCE, AttendanceStatus.ABSENT
    assert [(each.name, each.status) for each in meeting.attendance[3:]] == [
        ("Alderman H Todd", beside), ("Councillor T Vale", beside), ("Councillor P West", beside),
        ("Cynghorydd B Yeo", absent),
    ]
