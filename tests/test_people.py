"""Names as printed, people each once, members only when certain, and the roll of printed minutes."""

import pytest
from build import a_meeting, an_item

from archive.model import Attendance, AttendanceStatus, Member, MemberId, Person
from crawler.blocks import Block, BlockKind
from crawler.minutes.names import compatible, names, parts
from crawler.minutes.people import attendance, linked, member_of, named

ROSTER = [
    Member(MemberId("a/members/1"), "Councillor Ada Fell"),
    Member(MemberId("a/members/2"), "Councillor Brian Smith MBE"),
    Member(MemberId("a/members/3"), "Councillor Mrs Carol Smith"), Member(MemberId("a/members/4"), "Mr R W Gough"),
    Member(MemberId("a/members/5"), "Councillor Siân O'Dell-Price"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Cabinet Member, Cllr Russell, thanked Mr Coughlan’s team.", ["Cllr Russell", "Mr Coughlan"]),
        ("Councillors Mrs Smith (Chair), A B Jones, O’Connor-Lee and Ó Ceallaigh spoke.",
         ["Councillor Mrs Smith", "Councillor A B Jones", "Councillor O’Connor-Lee", "Councillor Ó Ceallaigh"]),
        ("Mr R C Love, OBE, and Baroness Scott of Bybrook OBE", ["Mr R C Love, OBE", "Baroness Scott of Bybrook OBE"]),
        ("Dr. A. Ghosh of Lord Street told the Lord Mayor", ["Dr A. Ghosh"]),
        ("Councillors Smith (Labour), Jones (Lib Dem) and Fox", ["Councillor Smith", "Councillor Jones",
                                                                "Councillor Fox"]),
        ("Councillor Ali (Labour) spoke to Mrs Kay (Kent Police)", ["Councillor Ali", "Mrs Kay"]),
        ("Mrs C Head, Councillor Jane Head, Cllr Justice, Mrs Holder and Cllr Mayor spoke",
         ["Mrs C Head", "Councillor Jane Head", "Cllr Justice", "Mrs Holder", "Cllr Mayor"]),
        ("Councillors Rees-Howell, O'Dowd, Lord and Street",
         ["Councillor Rees-Howell", "Councillor O'Dowd", "Councillor Lord", "Councillor Street"]),
        ("Mr Mayor, the Lord Mayor; Mr Smith, Head of Finance; Councillor Jones Leader", ["Mr Smith",
                                                                                         "Councillor Jones"]),
        ("Councillors Collins (M), Collins (J.) and Sheahan",
         ["Councillor Collins (M)", "Councillor Collins (J.)", "Councillor Sheahan"]),
        ("Lord Hill of Oareford, Lord Street", ["Lord Hill of Oareford"]),
        ("Councillor Training is on Monday; Councillors Question Time", []),
        ("County Councillor T Hill-Jones MBE. Alderman Sir Hugh Tarrant KCB.",
         ["County Councillor T Hill-Jones MBE", "Alderman Sir Hugh Tarrant KCB"]),
        ("Cynghorydd Siân ap Ifan", ["Cynghorydd Siân ap Ifan"]),
        ("Councillor D Green and Mr Hill", ["Councillor D Green", "Mr Hill"]),
        ("Councillor June May", ["Councillor June May"]),
        ("Miss Moneypenny asked; the Miss was lost", ["Miss Moneypenny"]), ("Councillors and officers", []),
        ("Mr J", []),
        ("Cllrs Butler, Byrne.", ["Cllr Butler", "Cllr Byrne"]), ("Councillor SMITH said", ["Councillor SMITH"]),
        ("Alderman de la Mare, Cabinet Member", ["Alderman de la Mare"]),
    ],
)  # fmt: skip
def test_names_as_printed(text: str, found: list[str]) -> None:
    assert list(names(text)) == found


def test_everybody_once_in_the_form_first_printed() -> None:
    people = named(["Mr R W Gough spoke.", "Mr Gough and Mrs Gough agreed with Councillor Fell and Cllr A Fell."])
    assert [person.name for person in people] == ["Mr R W Gough", "Mrs Gough", "Councillor Fell"]


@pytest.mark.parametrize(
    ("name", "member"),
    [("Councillor Fell", "1"), ("Cllr A Fell", "1"), ("Councillor B Smith", "2"), ("Mr Gough", "4"),
     ("Councillor Sian O’Dell Price", None), ("Cllr Siân O’Dell-Price", "5"), ("Councillor Smith", None),
     ("Councillor Mrs Smith", None), ("Mr Fell", None), ("Mrs Gough", None),
     ("Councillor D Smith", None), ("Councillor Nobody", None)],
)  # fmt: skip
def test_a_member_only_when_certain(name: str, member: str | None) -> None:
    assert member_of(name, ROSTER) == (f"a/members/{member}" if member else None)


def test_two_members_of_one_name_are_not_told_apart() -> None:
    twins = [Member(MemberId(f"a/members/{at}"), "Councillor John Price") for at in (1, 2)]
    assert member_of("Councillor John Price", twins) is None


def test_an_initial_after_the_surname_is_a_forename() -> None:
    assert parts("Councillor Collins (M)") == parts("Councillor M Collins")


def test_compatible() -> None:
    assert compatible(parts("Mr R W Gough"), parts("Gough"))
    assert not compatible(parts("Mr A Gough"), parts("Mr R W Gough"))
    assert not compatible(parts("Mr Gough"), parts("Lady Gough"))


def roll(*blocks: Block | str) -> list[tuple[str, str | None, str]]:
    read = attendance([Block(each) if isinstance(each, str) else each for each in blocks], ROSTER)
    return [(each.name, each.role, each.status.value) for each in read]


def test_a_roll_in_running_text() -> None:
    assert roll(
        "PRESENT: Mr R W Gough (Chairman), Mr R C Love, OBE, and Mrs S Chandler",
        "IN ATTENDANCE: Mrs S Hammond (Director of Children, Young People and Education) and McKay (Accountant)",
        "Apologies were received from Mrs C Bell.",
    ) == [
        ("Mr R W Gough", "Chairman", "present"), ("Mr R C Love, OBE", None, "present"),
        ("Mrs S Chandler", None, "present"),
        ("Mrs S Hammond", "Director of Children, Young People and Education", "in attendance"),
        ("McKay", "Accountant", "in attendance"), ("Mrs C Bell", None, "apologies"),
    ]  # fmt: skip


def test_a_roll_of_lines_with_substitutes_and_a_table() -> None:
    table = Block("x", BlockKind.TABLE, rows=(("Councillor Q Quick", "Chair"),))
    assert roll(
        Block("Present:", BlockKind.HEADING), "Councillors Ada Fell (Chair) and C Brown", table,
        "Apologies: Councillor D Green (substitute: Councillor E White)",
        "Councillor F Black (substitute for Councillor G Grey)",
        "YN BRESENNOL: Y Cynghorydd Siân Jones (Cadeirydd)", "OFFICIALS IN ATTENDANCE:",
        "Chief Executive (Mr. P. Dowling)",
        "At the outset the Mayor welcomed all to the meeting.", "Councillor Nobody",
    ) == [
        ("Councillor Ada Fell", "Chair", "present"), ("Councillor C Brown", None, "present"),
        ("Councillor Q Quick", "Chair", "present"), ("Councillor D Green", None, "apologies"),
        ("Councillor E White", None, "substitute"), ("Councillor F Black", None, "substitute"),
        ("Cynghorydd Siân Jones", "Cadeirydd", "present"), ("Mr P. Dowling", "Chief Executive", "in attendance"),
    ]  # fmt: skip
    assert attendance([Block("Present: Councillor Ada Fell")], ROSTER)[0].member == "a/members/1"


@pytest.mark.parametrize(
    ("roll", "expected"),
    [
        ("Present: Councillor A Able, Chairman Councillor B Bold, Vice-Chairman Councillor C Cold",
         [("Councillor A Able", "Chairman", "present"), ("Councillor B Bold", "Vice-Chairman", "present"),
          ("Councillor C Cold", None, "present")]),
        ("Councillors: K Ash P Fox", [("Councillor K Ash", None, "present"), ("Councillor P Fox", None, "present")]),
        ("Present: Cllr A Able. Clerk: Mrs D Ford",
         [("Cllr A Able", None, "present"), ("Mrs D Ford", "Clerk", "in attendance")]),
        ("In attendance: County Cllr D Marsh and 4 members of the public",
         [("County Cllr D Marsh", None, "in attendance")]),
        ("Yn bresennol: Y Cynghorydd Gwen Rhys (Cadeirydd), Y Cynghorwyr Huw ap Dafydd a Siân Llwyd",
         [("Cynghorydd Gwen Rhys", "Cadeirydd", "present"), ("Cynghorydd Huw ap Dafydd", None, "present"),
          ("Cynghorydd Siân Llwyd", None, "present")]),
    ],
)  # fmt: skip
def test_rolls_as_parishes_print_them(roll: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert [(each.name, each.role, each.status.value) for each in attendance([Block(roll)])] == expected


def test_who_attended_is_meant_before_anybody_else() -> None:
    old = Attendance("Councillor Dora Smith", None, AttendanceStatus.PRESENT, MemberId("a/members/9"))
    item = an_item(people=(Person("Cllr Smith"), Person("Cllr Fell"), Person("Mrs Carol Smith"), Person("Cllr Nobody")))
    meeting = linked(a_meeting("1", item, attendance=(old,)), ROSTER)
    assert [person.member for person in meeting.items[0].people] == ["a/members/9", "a/members/1", "a/members/3", None]
