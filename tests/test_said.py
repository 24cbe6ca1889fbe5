"""Attendance that only the texts of a meeting's items say."""

from dataclasses import replace

import pytest
from build import SEEN, a_meeting, an_item

from archive.keeping import Look, kept_with
from archive.model import Attendance, AttendanceStatus, Meeting, Member, Paragraph, ParagraphKind, Person
from crawler.minutes.linking import linked
from crawler.printed.said import said_attendance

PRESENT = "Present: Councillor A Fell (Chair) and Councillors B Lind and C Oak."
EXCUSED = "Apologies were received from Councillors Ash and Roe."
ROLL = ["A Fell present Chair", "B Lind present", "C Oak present"]
BOTH = ["Ash apologies", "Roe apologies"]


def lines(*attendance: Attendance) -> list[str]:
    return [f"{each.name.removeprefix('Councillor ')} {each.status.value} {each.role or ''}".strip()
            for each in attendance]  # fmt: skip


def meeting(*items: tuple[str | None, str, tuple[str, ...]]) -> Meeting:
    return a_meeting("9", *(an_item(str(at), title, *texts, number=number)
                            for at, (number, title, texts) in enumerate(items)))  # fmt: skip


def said(*items: tuple[str | None, str, tuple[str, ...]]) -> list[str]:
    return lines(*said_attendance(meeting(*items)))


def test_the_roll_of_the_first_row_and_the_apologies_of_their_item() -> None:
    assert said((None, "Cabinet", (PRESENT,)), ("1", "Apologies for Absence", (EXCUSED,))) == [*ROLL, *BOTH]


@pytest.mark.parametrize(
    "title",
    ["Attendance", "Attendance Details", "Members present:", "Roll Call", "Sederunt",
     "Welcome, attendance and apologies", "Apologies for absence", "Record of Attendance",
     "Presenoldeb ac Ymddiheuriadau"],
)  # fmt: skip
def test_a_numbered_item_about_who_was_there_has_a_roll(title: str) -> None:
    assert said(("1", "Prayers", ()), ("2", title, (PRESENT, "Apologies: Councillors Ash and Roe."))) == [*ROLL, *BOTH]


@pytest.mark.parametrize("title", ["School attendance", "Present and future libraries", "Absence from work", "Roads"])
def test_an_item_about_something_else_has_none(title: str) -> None:
    assert said(("1", "Prayers", ()), ("2", title, (PRESENT, EXCUSED)))[:3] == []


@pytest.mark.parametrize("title", ["Apologies and chair’s announcements", "Apologies and declarations of interest"])
def test_apologies_are_read_beside_other_business_where_a_sentence_says_them(title: str) -> None:
    assert said(("1", title, ("The Chair wished all a good evening.", EXCUSED, "Councillor B Lind"))) == BOTH


def test_who_stood_in_may_have_an_item_of_its_own() -> None:
    stood_in = "Councillor Lind was substituting for Councillor Ash."
    assert said(("1", "Apologies", (EXCUSED,)), ("2", "Substitute Members", (stood_in,))) == [*BOTH, "Lind substitute"]


def test_a_first_row_about_something_else_excuses_nobody_by_the_way() -> None:
    text = "The Director, Mr Coe, gave his apologies for the delay and was unable to attend the site visit."
    assert said((None, "Chair's announcements", (text,)), ("1", "Roads", ())) == []


def test_only_rows_before_the_first_number_are_taken_for_a_head() -> None:
    assert said((None, "Cabinet", ()), ("1", "Roads", ()), (None, "Hearing", (PRESENT,))) == []
    assert said((None, "Cabinet", ()), (None, "Roads", (PRESENT,))) == []
    assert said((None, "Cabinet", ()), (None, "Those who came", (PRESENT,)), ("1", "Roads", ())) == ROLL


def test_the_title_may_be_what_heads_the_list() -> None:
    assert said((None, "Present", ("Councillor A Fell (Chair)", "Councillor B Lind")), ("1", "Roads", ())) == ROLL[:2]


def test_of_names_alone_beside_a_list_nobody_knows_how_they_attended() -> None:
    assert said(("1", "Attendance and apologies", (EXCUSED, "Councillor B Lind"))) == BOTH
    assert said(("1", "Apologies", ("Councillors Ash and Roe",))) == BOTH


def test_a_table_of_names_and_a_register_without_empty_cells() -> None:
    def table(text: str) -> Meeting:
        item = replace(an_item("1", "Attendance"), paragraphs=(Paragraph("p1", None, ParagraphKind.TABLE, text),))
        return a_meeting("9", item)

    assert lines(*said_attendance(table("Present: | Councillor A Fell (Chair) / Apologies: | Councillor Ash"))) == [
        ROLL[0], BOTH[0]]  # fmt: skip
    register = "Member | Attendance / Councillor B Lind | Present / Councillor Ash | Apologies"
    assert lines(*said_attendance(table(register))) == [ROLL[1], BOTH[0]]
    assert said_attendance(table("Member | Present | Apologies / Councillor B Lind | x / Councillor Ash | x")) == ()


def test_who_sent_apologies_is_linked_and_keeps_nobody_else_from_being_linked() -> None:
    roster = [Member("a/members/1", "Councillor Mr Cy Ash"), Member("a/members/2", "Councillor Mr Di Roe")]
    roads = an_item("2", "Roads", "Mr Roe asked about the ford.", number="2", people=(Person("Mr Roe"),))
    found = a_meeting("9", an_item("1", "Apologies", "Apologies came from Councillor Ash."), roads)
    linking = linked(replace(found, attendance=said_attendance(found)), roster)
    assert [each.member for each in linking.attendance] == ["a/members/1"]
    assert [each.member for each in linking.items[1].people] == ["a/members/2"]


def test_said_attendance_is_kept_where_nothing_is_held_and_follows_the_text() -> None:
    def reading(text: str) -> Meeting:
        found = meeting(("1", "Apologies", (text,)))
        items = tuple(replace(item, procedural=True) for item in found.items)
        return replace(found, items=items, attendance=said_attendance(found))

    def then(first: Meeting, second: Meeting) -> list[str]:
        look = Look(SEEN, untold=frozenset({"attendance"}))
        return lines(*kept_with(first, second, {}, look).meeting.attendance)

    bare, said_both = replace(reading(EXCUSED), attendance=()), reading(EXCUSED)
    listed = replace(bare, attendance=(Attendance("Councillor Fell", None, AttendanceStatus.PRESENT),))
    assert then(bare, said_both) == BOTH
    assert then(said_both, reading("Apologies were received from Councillor Roe.")) == BOTH[1:]
    assert then(said_both, bare) == BOTH
    assert then(listed, said_both) == ["Fell present"]
