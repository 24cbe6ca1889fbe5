"""Names as printed, people each once, members only when certain, and the roll of printed minutes."""

import pytest

from archive.model import Member, MemberId
from crawler.blocks import Block, BlockKind
from crawler.minutes.attendance import read_roll
from crawler.minutes.linking import member_of
from crawler.minutes.names import compatible, names, parts
from crawler.minutes.people import attendance, named

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
        ("Dr. A. Ghosh of Lord Street told the Lord Mayor", ["Dr. A. Ghosh"]),
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
        ("COUNCILLORS A ASH AND FOX; COUNCILLOR LEE SAID", ["Councillor A ASH", "Councillor FOX", "COUNCILLOR LEE"]),
        ("COUNCILLOR CALL FOR ACTION; Councillor Development Group", []),
        ("Cllr (Mrs) J Smith and Councillor the Reverend Ann Low", ["Cllr (Mrs) J Smith",
                                                                   "Councillor the Reverend Ann Low"]),
        ("Provost Swan, the Provost, Deputy Monitoring Officer, Deputy Edward Lord and the Deputy Leader",
         ["Provost Swan", "Deputy Edward Lord"]),
        ("CC Ash and CC Fell of Amble CC Highways; Bailies Reid and Low", ["CC Ash", "CC Fell", "Bailie Reid",
                                                                          "Bailie Low"]),
        ("Honorary Alderman Hall, Councillor d’Abo’s view and Cllr Hughes’ reply",
         ["Honorary Alderman Hall", "Councillor d’Abo", "Cllr Hughes"]),
        ("The Leader (Councillor Jones), Cllr. D. Lee and Mr. C. J. Bloore", ["Councillor Jones", "Cllr. D. Lee",
                                                                             "Mr. C. J. Bloore"]),
        ("Y Cyng. Gwen Rhys a'r Cyng. Huw Llwyd", ["Cyng. Gwen Rhys", "Cyng. Huw Llwyd"]),
    ],
)  # fmt: skip
def test_names_as_printed(text: str, found: list[str]) -> None:
    assert list(names(text)) == found


def test_every_form_of_a_name_once() -> None:
    people = named(["Mr R W Gough spoke.", "Mr Gough and Mr R W Gough agreed."])
    assert [(person.name, person.member) for person in people] == [("Mr R W Gough", None), ("Mr Gough", None)]


@pytest.mark.parametrize(
    ("name", "member"),
    [("Councillor Fell", "1"), ("Cllr A Fell", "1"), ("Councillor B Smith", "2"), ("Mr Gough", "4"),
     ("Councillor Sian O’Dell Price", "5"), ("Cllr Siân O’Dell-Price", "5"), ("Councillor Smith", None),
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


def test_the_welsh_article_before_a_title_is_no_initial() -> None:
    assert parts("Y Cynghorydd Ada Fell") == parts("Cynghorydd Ada Fell")
    assert parts("Yr Henadur D Dove") == parts("Henadur D Dove")
    assert parts("Y Chen").forenames == ("y",)
    roll = read_roll((Block("Presennol: Y Cynghorydd Ada Fell, Y Cyng. C Carr, yr Henadur D Dove, Y Chen"),))
    assert [entry.name for entry in roll] == ["Cynghorydd Ada Fell", "Cyng. C Carr", "Henadur D Dove", "Y Chen"]


def test_compatible() -> None:
    assert compatible(parts("Mr R W Gough"), parts("Gough"))
    assert not compatible(parts("Mr A Gough"), parts("Mr R W Gough"))
    assert not compatible(parts("Mr Gough"), parts("Lady Gough"))
    assert compatible(parts("Councillor Lloyd Jones"), parts("Councillor Bethan Lloyd-Jones"))
    assert compatible(parts("Councillor Lloyd Jones"), parts("Councillor Emma Lloyd Jones"))
    assert not compatible(parts("Councillor Lloyd"), parts("Councillor Bethan Lloyd-Jones"))
    assert compatible(parts("Cllr Chris Hale"), parts("Councillor Christopher Hale"))


def roll(*blocks: Block | str) -> list[tuple[str, str | None, str]]:
    read = attendance([Block(each) if isinstance(each, str) else each for each in blocks])
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
        ("Cynghorydd Siân Jones", "Cadeirydd", "present"), ("Mr. P. Dowling", "Chief Executive", "in attendance"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("roll", "expected"),
    [
        ("Present: Councillor A Able, Chairman Councillor B Bold, Vice-Chairman Councillor C Cold",
         [("Councillor A Able", "Chairman", "present"), ("Councillor B Bold", "Vice-Chairman", "present"),
          ("Councillor C Cold", None, "present")]),
        ("Councillors: K Ash P Fox", [("Councillor K Ash", None, "present"), ("Councillor P Fox", None, "present")]),
        ("Present: Cllr A Able. Clerk: Mrs D Ford",
         [("Cllr A Able", None, "present"), ("Mrs D Ford", "Clerk", "in attendance")]),
        ("Present: Rev. Al Low (Chaplain), Cllr. Mrs. B. Bold; Rev Al Low",
         [("Rev. Al Low", "Chaplain", "present"), ("Cllr. Mrs. B. Bold", None, "present")]),
        ("Present: Cllrs. P. Able (Chair), Q. Best & Mrs. R. Cole; the Clerk (Mrs. U. Ford); The Hon. F Fane",
         [("Cllr P. Able", "Chair", "present"), ("Cllr Q. Best", None, "present"),
          ("Cllr Mrs. R. Cole", None, "present"), ("Mrs. U. Ford", "Clerk", "in attendance"),
          ("Hon. F Fane", None, "present")]),
        ("Present: County Councillors Ann Able* and B Bold* (Chair); District Councillors C Cold and D Dun",
         [("County Councillor Ann Able", None, "present"), ("County Councillor B Bold", "Chair", "present"),
          ("District Councillor C Cold", None, "present"), ("District Councillor D Dun", None, "present")]),
        ("Officers: Pat Gale (Area Manager (East), Place), Sal Hart (Planner (West))",
         [("Pat Gale", "Area Manager (East), Place", "in attendance"),
          ("Sal Hart", "Planner (West)", "in attendance")]),
        ("Apologies for absence:- An apology was received from Councillor Low.",
         [("Councillor Low", None, "apologies")]),
        ("In attendance: County Cllr D Marsh and 4 members of the public",
         [("County Cllr D Marsh", None, "in attendance")]),
        ("Yn bresennol: Y Cynghorydd Gwen Rhys (Cadeirydd), Y Cynghorwyr Huw ap Dafydd a Siân Llwyd",
         [("Cynghorydd Gwen Rhys", "Cadeirydd", "present"), ("Cynghorydd Huw ap Dafydd", None, "present"),
          ("Cynghorydd Siân Llwyd", None, "present")]),
    ],
)  # fmt: skip
def test_rolls_as_parishes_print_them(roll: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert [(each.name, each.role, each.status.value) for each in attendance([Block(roll)])] == expected


def test_whoever_presided_is_listed_once_and_was_present() -> None:
    lists = ("Present: Provost Ada Fell, Councillor B Bold", "Apologies: Councillor C Cold")
    present = [("Provost Ada Fell", None, "present"), ("Councillor B Bold", None, "present")]
    away = ("Councillor C Cold", None, "apologies")
    assert roll(*lists, "Provost Fell presided.") == [*present, away]
    assert roll(*lists, "Councillor Bold in the Chair") == [
        present[0], ("Councillor B Bold", "in the Chair", "present"), away]
    assert roll(*lists, "Bailie Dunn presided.") == [*present, away, ("Bailie Dunn", None, "present")]
