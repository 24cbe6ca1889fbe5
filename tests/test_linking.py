"""Whom a name means in the minutes of one meeting: never the wrong member, and nobody where it is not certain."""

from collections.abc import Sequence
from datetime import date

import pytest
from build import a_meeting, a_paragraph, an_item

from archive.model import Attendance, AttendanceStatus, Declaration, Item, Meeting, Member, MemberId, Person, Term
from archive.rosters import RosterMember
from crawler.minutes.linking import linked
from crawler.minutes.people import named
from crawler.minutes.speakers import speaker

ANN, ALAN, BEA = "Councillor Ann Jones", "Councillor Alan Jones", "Councillor Bea Fell"
THERE, AWAY = AttendanceStatus.PRESENT, AttendanceStatus.APOLOGIES
DAY = date(2021, 3, 2)


def member(number: int, name: str, *terms: Term) -> Member:
    return Member(MemberId(f"ambleshire/members/{number}"), name, terms=terms)


def on_list(number: int, name: str, since: date | None, until: date | None = None, *terms: Term) -> RosterMember:
    return RosterMember(MemberId(f"ambleshire/members/{number}"), name, terms=terms, since=since, until=until)


def here(name: str, number: int | None, status: AttendanceStatus = THERE, role: str | None = None) -> Attendance:
    return Attendance(name, role, status, MemberId(f"ambleshire/members/{number}") if number else None)


def an_item_of(*texts: str, title: str = "Bus services") -> Item:
    paragraphs = tuple(a_paragraph(text) for text in texts)
    spoken = tuple(type(each)(each.anchor, each.number, each.kind, each.text, speaker(each.kind, each.text))
                   for each in paragraphs)
    return an_item("1", title, paragraphs=spoken, people=named(texts))


def links(text: str, roster: Sequence[Member], *attendance: Attendance, title: str = "Bus services") -> dict[str, str]:
    """The people of an item of that text, with the number of their member where they have one."""
    meeting = linked(a_meeting("1", an_item_of(text, title=title), start=DAY, attendance=attendance), roster)
    return {each.name: (each.member or "-").rpartition("/")[2] for each in meeting.items[0].people}


def test_the_only_one_of_the_name_is_meant_and_nobody_of_two() -> None:
    assert links("Councillor Fell and Councillor Jones came.", [member(1, BEA)]) == {
        "Councillor Fell": "1", "Councillor Jones": "-"}
    both = [member(1, ANN), member(2, ALAN)]
    text = "Councillor Jones, Councillor Ann Jones and Councillor A Jones came."
    assert links(text, both) == {"Councillor Jones": "-", "Councillor Ann Jones": "1", "Councillor A Jones": "-"}


# Terms of office

@pytest.mark.parametrize(
    ("term", "certain"),
    [
        (Term(date(2017, 5, 4), None), True), (Term(date(2021, 3, 2), date(2021, 3, 2)), True),
        (Term(date(2021, 5, 6), None), False), (Term(date(2013, 5, 2), date(2017, 5, 3)), False),
        (Term(None, date(2022, 1, 1)), True),
    ],
)  # fmt: skip
def test_terms_decide_who_was_in_office(term: Term, certain: bool) -> None:
    assert links("Councillor Fell came.", [member(1, BEA, term)]) == {"Councillor Fell": "1" if certain else "-"}


def test_who_was_not_in_office_keeps_nobody_from_being_meant() -> None:
    after = Term(date(2021, 5, 6), None)
    assert links("Councillor Jones came.", [member(1, ANN, after), member(2, ALAN)]) == {"Councillor Jones": "2"}


def test_of_an_unknown_day_terms_prove_nothing() -> None:
    item = an_item("1", people=(Person("Councillor Fell"),))
    for known, expected in ((member(1, BEA, Term(date(2017, 5, 4), None)), None), (member(1, BEA), member(1, BEA).id)):
        undated = Meeting(None, None, None, None, None, items=(item,))
        assert linked(undated, [known]).items[0].people[0].member == expected


def test_without_terms_a_list_of_now_does_not_claim_names_of_then() -> None:
    text = "Councillor Fell came."
    assert links(text, [on_list(1, BEA, date(2020, 1, 1))]) == {"Councillor Fell": "1"}
    assert links(text, [on_list(1, BEA, date(2022, 1, 1))]) == {"Councillor Fell": "-"}
    assert links(text, [on_list(1, BEA, date(2022, 1, 1))], here("Councillor B Fell", 1)) == {"Councillor Fell": "1"}


def test_who_left_may_be_meant_until_then_and_is_nobody_after() -> None:
    text = "Councillor Jones came."
    now = on_list(1, ANN, date(2020, 1, 1))
    assert links(text, [now, on_list(2, ALAN, None, date(2021, 6, 1))]) == {"Councillor Jones": "-"}
    assert links(text, [now, on_list(2, ALAN, None, date(2020, 6, 1))]) == {"Councillor Jones": "1"}


# Attendance

BOTH = (member(1, ANN), member(2, ALAN))


def test_a_name_of_whoever_speaks_is_that_of_the_one_who_is_there() -> None:
    attending = here("Councillor Ann Jones", 1), here("Councillor Alan Jones", 2, AWAY)
    assert links("Councillor Jones asked why.", BOTH, *attending) == {"Councillor Jones": "1"}
    assert links("Members wished Councillor Jones well.", BOTH, *attending) == {"Councillor Jones": "-"}
    assert links("Councillor Jones asked why.", BOTH, here("Councillor Ann Jones", 1)) == {"Councillor Jones": "1"}


def test_apologies_are_of_the_one_who_is_not_there() -> None:
    attending = here("Councillor Ann Jones", 1), here("Councillor Alan Jones", 2, AWAY)
    text = "Apologies were received from Councillor Jones."
    assert links(text, BOTH, *attending, title="Apologies for absence") == {"Councillor Jones": "2"}


def test_an_office_settles_it_where_every_mention_prints_it() -> None:
    attending = here("Councillor Ann Jones", 1, role="Chairman"), here("Councillor Alan Jones", 2)
    assert links("The Chair (Councillor Jones) said no.", BOTH, *attending) == {"Councillor Jones": "1"}
    assert links("The Vice-Chair, Councillor Jones, said no.", BOTH, *attending) == {"Councillor Jones": "-"}
    assert links("Councillor Jones (Chair) and Councillor Jones spoke.", BOTH, *attending) == {"Councillor Jones": "-"}


def test_a_courtesy_title_settles_it_where_one_list_has_it() -> None:
    couple = [member(1, "Councillor Mrs Daphne Holm"), member(2, "Councillor Edwin Holm")]
    assert links("Councillor Mrs Holm and Councillor E Holm came.", couple) == {
        "Councillor Mrs Holm": "1", "Councillor E Holm": "2"}


def test_a_member_on_no_list_who_attended_is_meant_and_one_whom_we_cannot_tell_is_nobody() -> None:
    assert links("Councillor Reyl said no.", (), here("Councillor T Reyl", 9)) == {"Councillor Reyl": "9"}
    unknown = here("Councillor B Jones", None)
    assert links("Councillor Jones said no.", [member(1, ANN)], unknown) == {"Councillor Jones": "-"}


@pytest.mark.parametrize(
    "text",
    [
        "Mr Gough, a resident, spoke.", "Mr Gough (Head of Planning) spoke.", "The Head of Planning, Mr Gough, spoke.",
        "Parish Councillor Gough spoke.", "Councillor Gough of Amble Parish Council spoke.",
        "Former Councillor Gough, former Councillor Gough spoke.", "Honorary Alderman Gough spoke.",
    ],
)  # fmt: skip
def test_officers_residents_and_members_of_other_councils_are_nobody(text: str) -> None:
    gough = member(4, "Mr R W Gough")
    assert set(links(text, [gough], here("Mr R W Gough", 4)).values()) == {"-"}


def test_a_bare_mr_is_a_member_who_is_there_and_no_asking_member_of_the_public() -> None:
    gough = [member(4, "Mr R W Gough")]
    assert links("Mr Gough spoke.", gough, here("Mr R W Gough", 4)) == {"Mr Gough": "4"}
    assert links("Mr Gough spoke.", gough, here("Councillor Fell", 1)) == {"Mr Gough": "-"}
    assert links("Mr Gough spoke.", gough, here("Mr R W Gough", 4), title="Public questions") == {"Mr Gough": "-"}
    officer = here("Mr P Gough", None, AttendanceStatus.IN_ATTENDANCE, "Solicitor")
    assert links("Mr Gough spoke.", gough, here("Mr R W Gough", 4), officer) == {"Mr Gough": "-"}


def test_lines_of_the_attendance_are_linked_by_name_but_no_officers() -> None:
    lines = (here("Councillor Fell", None), here("Bea Fell", None, AttendanceStatus.IN_ATTENDANCE, "Solicitor"),
             here("Cllr A Jones", None), here("Pat Low", 77, THERE, "Head of Law"))
    meeting = linked(a_meeting("1", start=DAY, attendance=lines), [member(1, BEA), *(member(2, ANN), member(3, ALAN))])
    assert [each.member for each in meeting.attendance] == [member(1, BEA).id, None, None, None]


def test_everybody_once_in_the_form_first_printed() -> None:
    text = "Mr R W Gough, Mr Gough, Mrs Gough, Councillor Fell and Cllr B Fell spoke to Councillor E Fell."
    assert links(text, ()) == dict.fromkeys(("Mr R W Gough", "Mrs Gough", "Councillor Fell", "Cllr B Fell",
                                             "Councillor E Fell"), "-")
    assert links("Councillor Fell and Cllr B Fell spoke.", ()) == {"Councillor Fell": "-"}
    assert links("Cllr Bea Fell and Cllr Fell spoke.", [member(1, BEA)]) == {"Cllr Bea Fell": "1"}


def test_declarations_are_linked_too_a_bare_surname_in_a_list_as_well() -> None:
    said = tuple(Declaration(name, None, None, None, "p1") for name in ("Fell", "Councillor Jones", "A Jones"))
    meeting = a_meeting("1", an_item("1", declarations=said), start=DAY, attendance=(here(ANN, 1), here(ALAN, 2, AWAY)))
    read = linked(meeting, (*BOTH, member(3, BEA))).items[0].declarations
    assert [(each.member or "").rpartition("/")[2] for each in read] == ["3", "1", "1"]


def test_the_dot_after_a_title_tells_nobody_apart() -> None:
    fell = member(1, "Councillor Mrs Bea Fell")
    assert links("Cllr. Mrs. Fell came late. Councillor Mrs Fell spoke.", [fell]) == {"Cllr. Mrs. Fell": "1"}
    assert links("Mr. Gough, a resident, and Councillor Fell spoke. Mr Gough left.", [member(4, "Mr R W Gough")],
                 here("Mr R W Gough", 4)) == {"Mr. Gough": "-", "Councillor Fell": "-"}
    assert links("Cllr. B. Fell and Cllr B Fell came.", ()) == {"Cllr. B. Fell": "-"}


def test_who_speaks_is_there_beside_another_who_speaks_too() -> None:
    two = (here(ANN, 1), here(ALAN, 2, AWAY), here("Councillor Fell", 3))
    text = "Councillor Jones asked how much. Councillor Fell thanked the drivers."
    assert links(text, BOTH, *two) == {"Councillor Jones": "1", "Councillor Fell": "3"}
    assert links("A letter from Councillor Jones came.", BOTH, *two) == {"Councillor Jones": "-"}
