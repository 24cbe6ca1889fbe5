"""Lines of a list of who was there: names with offices before, after and beneath them, and notes that are none."""

import pytest

from archive.model import AttendanceStatus
from crawler.blocks import Block, BlockKind
from crawler.minutes.attendance import is_register, read_roll
from crawler.minutes.entries import read_line

PRESENT, BESIDE = AttendanceStatus.PRESENT, AttendanceStatus.IN_ATTENDANCE


def said(text: str, status: AttendanceStatus = PRESENT) -> list[tuple[str, str | None]]:
    return [(entry.name, entry.role) for entry in read_line(text, status).entries]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Chief Executive, Ada Fell; Head of Roads, Bo Lind",
         [("Ada Fell", "Chief Executive"), ("Bo Lind", "Head of Roads")]),
        ("Ada Fell, Chief Executive, Bo Lind, Head of Roads",
         [("Ada Fell", "Chief Executive"), ("Bo Lind", "Head of Roads")]),
        ("Director, Shared and Regional Services (Ms. A. Fell), Clerical Officer (B. Lind)",
         [("Ms. A. Fell", "Director, Shared and Regional Services"), ("B. Lind", "Clerical Officer")]),
        ("A/Senior Planner, (Ms. A. Fell).", [("Ms. A. Fell", "A/Senior Planner")]),
        ("Ada Fell – Town Clerk, Bo Lind - Assistant Town Clerk.",
         [("Ada Fell", "Town Clerk"), ("Bo Lind", "Assistant Town Clerk")]),
        ("Ada Fell, Police and Crime Commissioner", [("Ada Fell", "Police and Crime Commissioner")]),
        ("Mr A Able, NHS Westmarsh; Ada Fell, Westmarsh Water, Bo Lind, Age UK Ambleshire, Cy Ash, Natural England",
         [("Mr A Able", "NHS Westmarsh"), ("Ada Fell", "Westmarsh Water"), ("Bo Lind", "Age UK Ambleshire"),
          ("Cy Ash", "Natural England")]),
        ("Ada Fell – NHS Westmarsh", [("Ada Fell", "NHS Westmarsh")]),
        ("Ada Fell and Bo Lind, Ambleshire Fire and Rescue, Cy Ash, BBC Radio Ambleshire",
         [("Ada Fell", None), ("Bo Lind", "Ambleshire Fire and Rescue"), ("Cy Ash", "BBC Radio Ambleshire")]),
        ("RWM Gough, Mike England, T B Lane", [("RWM Gough", None), ("Mike England", None), ("T B Lane", None)]),
        ("Police and Crime Commissioner Ada Fell", [("Ada Fell", "Police and Crime Commissioner")]),
        ("Ada Fell Service Manager", [("Ada Fell", "Service Manager")]),
        ("Ada Fell, Director, Legal Services", [("Ada Fell", "Director, Legal Services")]),
        ("Chief Constable Ada Fell, PC 4711 B Lind", [("Chief Constable Ada Fell", None), ("PC 4711 B Lind", None)]),
        ("Ada Fell (Transport), Sergeant Bo Lind (Police)",
         [("Ada Fell", "Transport"), ("Sergeant Bo Lind", "Police")]),
        ("Chief Executive, Head of Roads", [("Chief Executive", None), ("Head of Roads", None)]),
        ("Mrs A Fell (Clerk), County Cllr Lind and nine members of the public",
         [("Mrs A Fell", "Clerk"), ("County Cllr Lind", None)]),
    ],
)  # fmt: skip
def test_officers_and_guests(line: str, people: list[tuple[str, str | None]]) -> None:
    assert said(line, BESIDE) == people
    assert not read_line(line, BESIDE).unsaid


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Councillor A. Fell, An Cathaoirleach.", [("Councillor A. Fell", "An Cathaoirleach")]),
        ("Cllrs Fell (Chair), A Lamb and Mrs Lind",
         [("Cllr Fell", "Chair"), ("Cllr A Lamb", None), ("Cllr Mrs Lind", None)]),
        ("Councillors A Fell and B Lind, C Ash, ADC, Clerk D Roe",
         [("Councillor A Fell", None), ("Councillor B Lind", None), ("C Ash", "ADC"), ("D Roe", "Clerk")]),
        ("Councillors A Fell (Chair) B Lind and C Ash Clerk D Roe ADC – E Gray",
         [("Councillor A Fell", "Chair"), ("Councillor B Lind", None), ("Councillor C Ash", None), ("D Roe", "Clerk"),
          ("E Gray", "ADC")]),
        ("Councillors A Fell and B Lind Clerk Mrs D Roe Amb Town Councillor E Gray and Councillor F Oak plus 2 guests",
         [("Councillor A Fell", None), ("Councillor B Lind", None), ("Mrs D Roe", "Clerk"), ("Councillor E Gray", None),
          ("Councillor F Oak", None)]),
        ("Clerk A Fell, Bo Lind Amble District Council", [("A Fell", "Clerk"), ("Bo Lind", "Amble District Council")]),
        ("The Lord Mayor (Councillor Ada Fell), Alderman Sir Bo Lind",
         [("Councillor Ada Fell", "Lord Mayor"), ("Alderman Sir Bo Lind", None)]),
        ("The Mayor (Cllr Fell) in the chair; the Deputy Mayor (Cllr Lind)",
         [("Cllr Fell", "Mayor"), ("Cllr Lind", "Deputy Mayor")]),
        ("Councillors Fell, Lind (B), Lind (J) and J R Ash JP DL",
         [("Councillor Fell", None), ("Councillor Lind (B)", None), ("Councillor Lind (J)", None),
          ("Councillor J R Ash JP DL", None)]),
        ("County Councillor Ada Fell (Independent) (Chairman)", [("County Councillor Ada Fell", "Chairman")]),
        ("Depute Provost Ada Fell; Bailie Bo Lind (Vice-Convener)",
         [("Depute Provost Ada Fell", None), ("Bailie Bo Lind", "Vice-Convener")]),
        ("Councillor Ada Fell (Cadeirydd / Chair)", [("Councillor Ada Fell", "Cadeirydd / Chair")]),
    ],
)  # fmt: skip
def test_members(line: str, people: list[tuple[str, str | None]]) -> None:
    assert said(line) == people
    assert not read_line(line, PRESENT).unsaid


@pytest.mark.parametrize(
    ("note", "role"),
    [
        ("Conservative",
         None), ("Plaid Cymru", None), ("Amble North", None), ("Tarn and Beck Ward", None), ("remotely", None),
        ("via Zoom", None), ("left at 12.15 pm", None), ("until 5.10 pm", None), ("for items 3 to 7", None),
        ("arrived during item 4", None), ("Vice-Chair", "Vice-Chair"), ("Independent Person", "Independent Person"),
        ("tenants’ representative", "tenants’ representative"), ("Finance", "Finance"), ("the Leader", "Leader"),
        ("Carers’ Network", "Carers’ Network"), ("Participation Manager", "Participation Manager"),
        ("co-opted member", "co-opted member"),
    ],
)  # fmt: skip
def test_notes_beside_a_members_name(note: str, role: str | None) -> None:
    assert said(f"Councillor Ada Fell ({note})") == [("Councillor Ada Fell", role)]


def test_reasons_are_no_parts_in_the_meeting() -> None:
    assert said("Cllr Fell (work) and Cllr Lind (Vice-Chair)", AttendanceStatus.APOLOGIES) == [
        ("Cllr Fell", None), ("Cllr Lind", "Vice-Chair"),
    ]


@pytest.mark.parametrize(
    ("line", "statuses"),
    [
        ("Cllrs Fell, Lind (substitute for Cllr Ash) and Roe", "present substitute present"),
        ("Cllr Fell (substitute: Cllr Lind)", "present substitute"),
        ("Cllr Fell (as substitute for Cllr Lind)", "substitute"),
        ("Cllr Fell substituting for Cllr Lind", "substitute"),
        ("Mrs Fell, Clerk to the Forum", "present"),
    ],
)
def test_who_stands_in(line: str, statuses: str) -> None:
    assert [entry.status.value for entry in read_line(line, PRESENT).entries] == statuses.split()


@pytest.mark.parametrize(
    ("line", "unsaid"),
    [
        ("Report by PC Lane", "Report by"),
        ("Cllr Fell was welcomed back after an illness", "was welcomed back after an illness"),
        ("Chief Executive", "Chief Executive"),
        ("Cllr Fell. Oddments", ""),
    ],
)
def test_what_is_no_part_of_a_list_is_told(line: str, unsaid: str) -> None:
    assert read_line(line, PRESENT).unsaid.strip() == unsaid


def test_a_register_says_how_each_attended() -> None:
    rows = (
        ("Name",
         "Role", "Attendance"), ("Councillor Ada Fell", "Chair", "Present"), ("Councillor Bo Lind", "", "Apologies"),
        ("Cy Ash", "Planner", "In attendance"), ("Councillor Di Roe", "Member", "Present, as substitute"),
        ("Councillor Ed Oak", "Member", "Absent"), ("Councillor Flo Elm", "Member", ""),
    )  # fmt: skip
    table = Block("x", BlockKind.TABLE, rows=rows)
    assert is_register(table)
    assert [(each.name, each.role, each.status.value) for each in read_roll((table,))] == [
        ("Councillor Ada Fell", "Chair", "present"), ("Councillor Bo Lind", None, "apologies"),
        ("Cy Ash", "Planner", "in attendance"), ("Councillor Di Roe", "Member", "substitute"),
        ("Councillor Ed Oak", "Member", "absent"),
    ]


def test_a_register_with_a_mark_in_one_of_several_columns() -> None:
    rows = (("Councillor", "Present", "Apologies"), ("Ada Fell", "✓", ""), ("Bo Lind", "", "✓"))
    entries = read_roll((Block("x", BlockKind.TABLE, rows=rows),))
    assert [(each.name, each.status.value) for each in entries] == [("Ada Fell", "present"), ("Bo Lind", "apologies")]


def test_a_table_of_payments_is_no_register() -> None:
    rows = (("Payee", "For", "Amount"), ("A Fell", "Stamps", "£4.20"))
    assert not is_register(Block("x", BlockKind.TABLE, rows=rows))


def test_parts_printed_beneath_the_names() -> None:
    lines = ("Present:", "Councillor Ada Fell", "(Leader, in the Chair)", "Councillor Bo Lind", "(Housing)")
    assert [(each.name, each.role) for each in read_roll(tuple(map(Block, lines)))] == [
        ("Councillor Ada Fell", "Leader, in the Chair"), ("Councillor Bo Lind", "Housing"),
    ]


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (("Members in attendance", "Councillors Fell and Lind"), "Councillor Fell present, Councillor Lind present"),
        (("Present:", "Councillor Fell", "Members in attendance:", "Councillor Lind"),
         "Councillor Fell present, Councillor Lind in attendance"),
        (("Present:", "Cllr Fell", "Co-optees Jo Ash (Parent governor)"), "Cllr Fell present, Jo Ash present"),
        (("Substitute:", "Councillor Fell (for Councillor Lind)"), "Councillor Fell substitute"),
        (("Present:", "Councillor Fell (for items 3 to 5)"), "Councillor Fell present"),
    ],
)
def test_labels_of_those_who_attended(lines: tuple[str, ...], people: str) -> None:
    assert ", ".join(f"{each.name} {each.status.value}" for each in read_roll(tuple(map(Block, lines)))) == people


def test_an_office_as_a_label_is_the_part_of_the_one_after_it() -> None:
    (entry,) = read_roll((Block("Chair Councillor Ada Fell"),))
    assert (entry.name, entry.role) == ("Councillor Ada Fell", "Chair")


def test_a_table_of_people_and_those_whom_they_come_from() -> None:
    rows = (("Councillor Ada Fell (Chair)", "Amble Council"), ("Bo Lind", "Healthwatch Amble"),
            ("Cy Ash", "Amble Hospitals NHS Trust"), ("Dr Di Roe", "Director of Public Health"),
            ("Chief Inspector Ed Oak", "Amble Police"))  # fmt: skip
    entries = read_roll((Block("Present:"), Block("x", BlockKind.TABLE, rows=rows)))
    assert [(each.name, each.role) for each in entries] == [
        ("Councillor Ada Fell", "Chair"), ("Bo Lind", "Healthwatch Amble"), ("Cy Ash", "Amble Hospitals NHS Trust"),
        ("Dr Di Roe", "Director of Public Health"), ("Chief Inspector Ed Oak", "Amble Police"),
    ]


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (("Church Representatives: Mr Bo Ash and Mrs Cy Roe",), "Ada Fell, Mr Bo Ash, Mrs Cy Roe"),
        (("Councillor Fell presiding.",), "Ada Fell"), (("Councillor Lind presiding.",), "Ada Fell, Councillor Lind"),
        (("PCSO Dean Kirby and seven parishioners",), "Ada Fell, PCSO Dean Kirby"),
        (("Bo Ash, Better Care Fund Manager; Cy Roe, Head of Care",), "Ada Fell, Bo Ash, Cy Roe"),
        (("Mr Bo Ash, applicant", "Mrs Cy Roe, local resident"), "Ada Fell, Mr Bo Ash, Mrs Cy Roe"),
    ],
)
def test_further_lines_of_a_list(lines: tuple[str, ...], people: str) -> None:
    entries = read_roll((Block("Present: Ada Fell"), *map(Block, lines)))
    assert ", ".join(each.name for each in entries) == people


def test_groups_and_bodies_before_their_people_are_nobody() -> None:
    rows = (("Governors", "Mr Bo Ash (Chair) Mrs Cy Roe"), ("Early years", "Ms Di Oak"),
            ("Officers", "Mr Ed Elm – Head of Care"))  # fmt: skip
    above = (Block("Present:"), Block("Amble City Council"), Block("Councillor Ada Fell"))
    lines = (*above, Block("x", BlockKind.TABLE, rows=rows))
    assert [f"{each.name} {each.status.value}" for each in read_roll(lines)] == [
        "Councillor Ada Fell present", "Mr Bo Ash present", "Mrs Cy Roe present", "Ms Di Oak present",
        "Mr Ed Elm in attendance",
    ]


def test_people_whom_only_a_gap_on_paper_parts() -> None:
    assert said("Cllr Ada Fell Ms Bo Lind") == [("Cllr Ada Fell", None), ("Ms Bo Lind", None)]
    assert said("Councillor Mrs Lind") == [("Councillor Mrs Lind", None)]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Councillors T St John-Penn, D St. Aubyn and R Lee",
         ["Councillor T St John-Penn", "Councillor D St. Aubyn", "Councillor R Lee"]),
        ("Councillor D St. Aubyn, Councillor R Lee", ["Councillor D St. Aubyn", "Councillor R Lee"]),
        ("Councillors Ash, Earl and Ford", ["Councillor Ash", "Councillor Earl", "Councillor Ford"]),
        ("Ash, Major, Ford", ["Ash", "Major", "Ford"]),
    ],
)
def test_names_that_are_titles_or_saints_elsewhere(line: str, people: list[str]) -> None:
    assert [name for name, _ in said(line)] == people


def test_a_firm_with_two_names_is_one() -> None:
    assert said("Penn & Quill LLP: Ms Y. Reed", BESIDE) == [("Ms Y. Reed", "Penn & Quill LLP")]
    assert said("Ada Penn & Bo Quill", BESIDE) == [("Ada Penn", None), ("Bo Quill", None)]
