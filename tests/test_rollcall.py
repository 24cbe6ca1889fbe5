"""The lists of who was there: what opens one, what goes on with it, what of it is text besides."""

import pytest

from crawler.blocks import Block, BlockKind
from crawler.minutes.attendance import read_roll
from crawler.printed.rollcall import goes_on, is_spent, opens_roll, says_excused, split_rolls, with_known_label


@pytest.mark.parametrize(
    "label",
    [
        "Present:", "PRESENT", "Present virtually:", "Present (via Teams):", "Present via Microsoft Teams:",
        "Virtual attendance:", "In virtual attendance:", "Members attending remotely:", "In person:", "Sederunt:",
        "In attendance by invitation:", "Councillors present in person", "Not present:", "Substitutes present:",
        "Executive Members:", "Non-Committee Members in attendance:", "Non-Executive Members present:",
        "Ward Councillors:", "Attendees:",
        "Minute taker:", "Apologies:", "Apologies received from:", "Apologies for absence received from:",
        "Absent without apology:", "Yn bresennol:", "HEFYD YN BRESENNOL:", "Swyddogion:",
    ],
)
def test_labels_open_lists(label: str) -> None:
    assert opens_roll(Block(label))
    assert opens_roll(Block(label, BlockKind.HEADING))


@pytest.mark.parametrize(
    "text",
    [
        "Attendance was good this year.", "Apologies received were noted.", "In person visits resumed",
        "By invitation of the Chair the clerk spoke.", "Members present thanked the clerk for his long service to all.",
    ],
)
def test_sentences_open_none(text: str) -> None:
    assert not opens_roll(Block(text))


def test_a_numbered_label_is_an_item() -> None:
    assert not opens_roll(Block("Apologies", BlockKind.HEADING, label="1."))


def test_apologies_on_behalf_of_members_are_a_list_and_say_no_more() -> None:
    line = Block("Apologies for absence were submitted on behalf of Councillors I. Ives and J. Jay.")
    assert says_excused(line)
    assert is_spent(line)
    assert [entry.name for entry in read_roll((line,))] == ["Councillor I. Ives", "Councillor J. Jay"]


def test_a_label_that_is_an_office_is_said_of_whom_it_lists() -> None:
    (entry,) = read_roll((with_known_label(Block("Clerk: Fay Fox")),))
    assert (entry.name, entry.role, entry.status.value) == ("Fay Fox", "Clerk", "in attendance")


def test_lists_whose_lines_became_one_are_parted() -> None:
    line = Block("Other Members Present: Cllr A Able, Cllr B Bold Officers present: Mr C Cold (Clerk) Apologies: C Dun")
    assert [block.text for block in split_rolls(line)] == [
        "Other Members Present: Cllr A Able, Cllr B Bold", "Officers present: Mr C Cold (Clerk)", "Apologies: C Dun",
    ]


def test_lists_on_one_line_are_parted() -> None:
    line = Block("Present: Cllr A Able (Chair). In attendance virtually: Cllr B Bold. Apologies from: Cllr C Crow")
    assert [block.text for block in split_rolls(line)] == [
        "Present: Cllr A Able (Chair).", "In attendance virtually: Cllr B Bold.", "Apologies from: Cllr C Crow",
    ]


@pytest.mark.parametrize(
    ("line", "is_more"),
    [
        ("Cllr C Crow and Cllr D Dove", True),
        ("Ms E East (Clerk)", True),
        ("C. Crow | D. D. Dove", True),
        ("Crow and Dove Lane", False),
        ("The Chair opened the meeting at 7pm and welcomed all.", False),
        ("Cllr C Crow joined the meeting while the roads were discussed, and left it before they were done.", False),
        ("1. Apologies", False),
        ("Provost Crow presided.", True),
        ("9 members of the public", True),
        ("Amble City Council", True),
        ("Mr Bo Ash, applicant", True),
        ("Mr Bo Ash, who spoke for the applicant, was heard at length", False),
    ],
)
def test_what_goes_on_with_a_list(line: str, is_more: bool) -> None:
    assert goes_on(Block(line), Block("Present: Cllr A Able, Cllr B Bold")) is is_more


def test_a_list_that_says_more_than_names_is_text_too() -> None:
    assert is_spent(Block("Present: Cllr A Able (Chair), Cllr B Bold (arrived 7.15pm) and three members of the public"))
    assert not is_spent(Block("Present: Cllr A Able, who was welcomed back after a long illness"))


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("Present:", "present"), ("Sederunt:-", "present"), ("YN BRESENNOL / PRESENT", "present"),
        ("HEFYD YN BRESENNOL / ALSO PRESENT", "in attendance"), ("In person:", "present"), ("Who was there", "present"),
        ("Members attending remotely:", "present"), ("Officers present virtually:", "in attendance"),
        ("Absent without apology:", "absent"), ("Visiting members:", "in attendance"),
        ("Apologies accepted:", "apologies"), ("Not in attendance:", "absent"),
    ],
)
def test_whoever_stands_under_a_label_is_listed(label: str, status: str) -> None:
    (entry,) = read_roll((with_known_label(Block(label)), Block("Councillor Ada Fell")))
    assert (entry.name, entry.status) == ("Councillor Ada Fell", status)


def test_a_capacity_in_brackets_is_no_sentence() -> None:
    assert goes_on(Block("Mr Arthur Dole (tenants’ representative)"), Block("Councillor Len Sparrow"))


@pytest.mark.parametrize(
    ("rows", "order"),
    [
        ((("Cllr A Able", "Cllr C Crow"), ("Cllr B Bold", "Cllr D Dove")), "Able Bold Crow Dove"),
        ((("Cllr A Able", "Cllr B Bold"), ("Cllr C Crow", "Cllr D Dove")), "Able Bold Crow Dove"),
        ((("Cllr D Dove", "Cllr A Able"), ("Cllr B Bold", "Cllr C Crow")), "Dove Able Bold Crow"),
    ],
)
def test_columns_of_names_are_read_down_where_the_alphabet_runs_down(
    rows: tuple[tuple[str, ...], ...], order: str
) -> None:
    table = Block(" ".join(" ".join(row) for row in rows), BlockKind.TABLE, rows=rows)
    entries = read_roll((Block("Present:"), with_known_label(table)))
    assert [entry.name.split()[-1] for entry in entries] == order.split()


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("Chair Councillor Ada Fell", True), ("Co-optees Jo Ash and Bo Lind", True),
        ("Chair Councillor Ada Fell opened the meeting.", False),
        ("Mayor Councillor Fell welcomed those present and said", False),
    ],
)  # fmt: skip
def test_a_label_without_a_mark_before_names(text: str, opens: bool) -> None:
    assert opens_roll(Block(text)) is opens


def test_a_table_with_a_list_below_each_head_is_read_down_its_columns() -> None:
    rows = (("Present", "Apologies", "In attendance"), ("Cllr A Able", "Cllr D Dunn", "F Good (Clerk)"),
            ("Cllr B Baker", "", "H Pryce"))  # fmt: skip
    entries = read_roll((with_known_label(Block("", BlockKind.TABLE, rows=rows)),))
    assert [(entry.name, entry.status.value) for entry in entries] == [
        ("Cllr A Able", "present"), ("Cllr B Baker", "present"), ("Cllr D Dunn", "apologies"),
        ("F Good", "in attendance"), ("H Pryce", "in attendance"),
    ]  # fmt: skip
