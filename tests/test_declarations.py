"""Interests that were declared, and who came and went."""

import pytest
from build import a_paragraph

from archive.model import ParagraphKind
from crawler.minutes.declarations import declared
from crawler.minutes.movements import moved

ITEM = "Declarations of Interest"


def found(title: str, *texts: str) -> list[tuple[str, str | None, str | None]]:
    read = declared(title, [a_paragraph(text) for text in texts], {})
    return [(each.name, each.kind.value if each.kind else None, each.matter) for each in read]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Councillor Ash declared a disclosable pecuniary interest in agenda item 7 and left the room.",
         [("Councillor Ash", "disclosable pecuniary", "7")]),
        ("Councillors Ash, Bell and Cole each declared a non-pecuniary interest in item 5(a).",
         [(f"Councillor {name}", "non-pecuniary", "5(a)") for name in ("Ash", "Bell", "Cole")]),
        (("Cllr Ash (Labour) declared a personal but non-prejudicial interest in Item No. 9, and Mr Bell, a trustee, "
         "declared an Other Registrable Interest in items 11 and 12."),
         [("Cllr Ash", "personal", "9"), *(("Mr Bell", "other registrable", item) for item in ("11", "12"))]),
        ("A personal and prejudicial interest in Minute 45 was declared by the Leader, Councillor Ash.",
         [("Councillor Ash", "prejudicial", "45")]),
        ("Councillor Ash declared a non-registrable interest. She also declared a pecuniary interest in item 8.",
         [("Councillor Ash", "non-registrable", None), ("Councillor Ash", "pecuniary", "8")]),
        ("Councillor Ash declared a personal interest in items C.217 and L12 and Mr Bell in Agenda No. 10.1.",
         [("Councillor Ash", "personal", "C.217"), ("Councillor Ash", "personal", "L12"),
          ("Mr Bell", "personal", "10.1")]),
        (("(i) Councillor Ash declared a DPI in 23/500001/FULL and left; and (ii) Councillor Bell said that she had "
         "predetermined item 2.2."), [("Councillor Ash", "disclosable pecuniary", None)]),
        ("Councillor Ash declared a financial interest in item 4.", [("Councillor Ash", "pecuniary", "4")]),
        ("Councillor Ash declared a non-financial interest in item 4.", [("Councillor Ash", "non-pecuniary", "4")]),
        ("Councillor Ash declared a DPI in 23/049 and left.", [("Councillor Ash", "disclosable pecuniary", "23/049")]),
        ("Councillor Ash declared an interest. Councillor Ash left for item 7.", [("Councillor Ash", None, "7")]),
        ("Item 3.1 - Councillor Ash", [("Councillor Ash", None, "3.1")]),
        ("In relation to item 6, Councillor Ash declared that he was a teacher.", [("Councillor Ash", None, "6")]),
        ("Councillor Ash – Item 4 – personal, member of the Wildlife Trust", [("Councillor Ash", "personal", "4")]),
        ("Agenda item 9 – Councillor Ash – Governor of Mill School", [("Councillor Ash", None, "9")]),
        ("Wilkinson   - Member of Wetherden Town Council", [("Wilkinson", None, None)]),
        ("Datganodd y Cynghorydd Gwen Rhys fuddiant personol yn eitem 5.", [("Cynghorydd Gwen Rhys", "personal", "5")]),
    ],
)
def test_what_is_declared_in_the_item_for_it(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert found(ITEM, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "None.", "None declared.", "There were no declarations of interest.", "No interests were declared by members.",
        "Members were reminded of the need to declare any personal interest.", "Councillor Ash – None",
        "The Chair, Councillor Ash, invited members to declare interests.", "Councillor Ash declared no interests.",
        "Councillor Ash did not declare an interest.", "Councillor Ash sought advice and had no interest to declare.",
        "At the last meeting Councillor Ash had declared an interest in the harbour.",
        "Councillor Ash made a transparency statement as a member of the Trust.", "Note - see the report",
    ],
)
def test_no_declaration(text: str) -> None:
    assert found(ITEM, text) == []


def test_an_opening_says_the_kind_and_the_item_of_the_list_below() -> None:
    opening = "The following Members declared personal interests in agenda item 7 (Grants):"
    assert found(ITEM, opening, "Marsh – Trustee", "G Jones – Member; prejudicial", "Councillor Ash left.") == [
        ("Marsh", "personal", "7"), ("G Jones", "prejudicial", "7")]


def test_a_declaration_in_brackets_at_the_item_concerned() -> None:
    assert found("Bus services", "(Councillor Ash declared a personal interest in this item as a driver.)") == [
        ("Councillor Ash", "personal", None)]
    assert found("Bus services", "Councillor Ash declared that the public interest was served.", "Marsh – All") == []


def test_a_table_of_names_items_and_interests() -> None:
    rows = (("Name", "Item", "Nature of interest"), ("Councillor Ash", "5", "Personal: a governor"),
            ("", "7(b)", "Disclosable pecuniary"), ("Bell, B", "8", "None"), ("Siân Cole", "9", "Member of a club"))
    text = " / ".join(" | ".join(filter(None, row)) for row in rows)
    read = declared("Interests", [a_paragraph(text, kind=ParagraphKind.TABLE)], {text: rows})
    assert [(each.name, each.kind, each.matter, each.anchor) for each in read] == [
        ("Councillor Ash", "personal", "5", "p1"), ("Councillor Ash", "disclosable pecuniary", "7(b)", "p1"),
        ("Siân Cole", None, "9", "p1")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(Councillor Ash left the meeting at this point.)", [("Councillor Ash", "left")]),
        ("Councillors Ash and Bell joined the meeting at 10.20 a.m.", [("Councillor Ash", "arrived"),
                                                                     ("Councillor Bell", "arrived")]),
        ("Councillor Ash declared a prejudicial interest, left the room and returned to the meeting after the vote.",
         [("Councillor Ash", "left"), ("Councillor Ash", "returned")]),
        ("Mr Ash withdrew from the Council Chamber. He returned at 8.15 pm.",
         [("Mr Ash", "left"), ("Mr Ash", "returned")]),
        ("Cllr Ash gave apologies for lateness and arrived at 7.40pm.", [("Cllr Ash", "arrived")]),
        ("Councillor Ash, having declared an interest, vacated the room.", [("Councillor Ash", "left")]),
        ("Gadawodd y Cynghorydd Gwen Rhys y cyfarfod.", [("Cynghorydd Gwen Rhys", "left")]),
    ],
)
def test_comings_and_goings(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(each.name, each.kind.value) for each in moved([a_paragraph(text)])] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Councillor Ash left the decision to officers and arrived at the conclusion that it was late.",
        "Councillor Ash would have to leave the meeting early.", "Councillor Ash withdrew the motion.",
        "Councillor Ash joined the Leader in thanking staff.", "The public left the meeting.",
        "Councillor Ash returned to the question of cost.", "Councillor Ash left the Chair.",
    ],
)
def test_what_only_looks_like_going(text: str) -> None:
    assert moved([a_paragraph(text)]) == ()
