"""Apologies and substitutes in sentences, in an item of their own."""

import pytest

from archive.model import Attendance, AttendanceStatus
from crawler.blocks import Block
from crawler.printed.apologies import with_sentences

LISTED = (
    Attendance("Councillor Ada Fell", "Chair", AttendanceStatus.PRESENT),
    Attendance("Councillor Lind", None, AttendanceStatus.PRESENT),
)


def read(*texts: str, title: str = "Apologies") -> list[str]:
    found = with_sentences(LISTED, [(title, tuple(map(Block, texts)))], ())
    return [f"{each.name} {each.status.value}" for each in found[2:]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Apologies were received from Councillors Ash and Roe.", "Councillor Ash, Councillor Roe"),
        ("Apologies came from Cllr Cy Ash. Cllr Di Roe was there in his place.", "Cllr Cy Ash"),
        ("Apologies for absence were intimated on behalf of Councillors Ash and Roe.",
         "Councillor Ash, Councillor Roe"),
        ("Apologies had been received from Mr Ash and from Mrs Roe, who hoped to come later.", "Mr Ash, Mrs Roe"),
        ("Apologies were received from Cllr Ash and from Mr Cy Roe of the tenants’ union. All rose.",
         "Cllr Ash, Mr Cy Roe"),
        ("Mrs Ash and Mr Roe had sent their apologies.", "Mrs Ash, Mr Roe"),
        ("Cllr Ash sent apologies. Cllr Roe would be late.", "Cllr Ash"),
        ("Mr Ash had given his formal apologies but was following the meeting on screen.", "Mr Ash"),
        ("Mr Ash had given his formal apologies but was attending the meeting on screen.", ""),
        ("Apologies were received and accepted from Cllr Ash (work) and Cllr Roe. Cllr Roe’s letter was read.",
         "Cllr Ash, Cllr Roe"),
        ("Apologies for lateness were received from Councillor Ash.", ""),
        ("Cllr Ash (late), Cllr Roe", "Cllr Roe"), ("Apologies were received from Cllr Ash (running late).", ""),
        ("Apologies from Cllrs Ash (will be late), Roe and Oak (work).", "Cllr Roe, Cllr Oak"),
        ("Apologies were received from Cllr Roe and Cllr Ash (lateness).", "Cllr Roe"),
        ("R Ash", "R Ash"),
        ("Cllrs Ash, Roe and Oak.", "Cllr Ash, Cllr Roe, Cllr Oak"),
        ("None.", ""), ("No apologies were received.", ""), ("The Committee resolved to note the apologies.", ""),
        ("Apologies were received from Councillor Ada Fell.", ""),
        ("Derbyniwyd ymddiheuriadau gan y Cynghorwyr Cy Ash a Di Roe.", "Cynghorydd Cy Ash, Cynghorydd Di Roe"),
    ],
)  # fmt: skip
def test_apologies_in_sentences(text: str, names: str) -> None:
    assert read(text) == [f"{name} apologies" for name in names.split(", ") if name]


def test_apologies_in_two_languages_are_listed_once_as_the_lists_have_them() -> None:
    both = ("Ymddiheuriadau gan y Cynghorwyr Cy Ash a Di Roe.", "Apologies from Councillors Cy Ash and Di Roe.")
    assert read(*both) == ["Councillor Cy Ash apologies", "Councillor Di Roe apologies"]


def test_only_items_about_apologies_are_read() -> None:
    assert read("Apologies were received from Councillor Ash.", title="Roads") == []
    assert read("Apologies were received from Councillor Ash.", title="Welcome, apologies and substitutes") != []


@pytest.mark.parametrize(
    ("text", "stands_in"),
    [
        ("The Clerk advised that Councillor Lind would be substituting, with voting rights, for Councillor Ash.", True),
        ("Councillor Ash was substituted by Councillor Lind.", True),
        ("Councillor Lind spoke for Councillor Ash.", False),
        ("Councillor Ash substituted for Councillor Lind.", False),
    ],
)
def test_who_stands_in_is_said_in_a_sentence(text: str, stands_in: bool) -> None:
    found = with_sentences(LISTED, (), (Block(text),))
    assert (found[1].status is AttendanceStatus.SUBSTITUTE) is stands_in
    assert found[0].status is AttendanceStatus.PRESENT


def test_who_is_excused_by_his_full_name_is_not_again_by_his_surname() -> None:
    listed = (Attendance("Councillor Cy Ash", None, AttendanceStatus.APOLOGIES),)
    items = [("Apologies", (Block("An apology was recorded from Councillor Ash."),))]
    assert with_sentences(listed, items, ()) == listed


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Apologies were received from Cllrs Ash, Roe (Cllr Lind substituting) and Oak.",
         "Cllr Ash apologies, Cllr Roe apologies, Cllr Oak apologies, Cllr Lind substitute"),
        ("An apology came from Cllr Ash (substitute: Cllr Lind).", "Cllr Ash apologies, Cllr Lind substitute"),
        ("Apologies came from Cllr Ash (Cllr Lind in his place).", "Cllr Ash apologies, Cllr Lind substitute"),
        ("Apologies were given by Cllr Ash, with Cllr Lind substituting.", "Cllr Ash apologies, Cllr Lind substitute"),
        ("Apologies came from Cllr Ash. Cllr Lind attended as his substitute.",
         "Cllr Ash apologies, Cllr Lind substitute"),
        ("Apologies came from Cllr Ash; Cllr Lind attended in place of Cllr Ash.",
         "Cllr Ash apologies, Cllr Lind substitute"),
        ("Apologies came from Cllrs Ash and Roe, and Cllr Lind attended in place of Cllr Roe.",
         "Cllr Ash apologies, Cllr Roe apologies, Cllr Lind substitute"),
        ("Cllr Lind (substitute for Cllr Ash)", "Cllr Lind substitute"),
        ("Cllr Lind was deputising for Cllr Ash.", "Cllr Lind substitute"),
        ("RESOLVED that the apologies from Cllrs Ash and Roe be accepted.", "Cllr Ash apologies, Cllr Roe apologies"),
    ],
)  # fmt: skip
def test_without_a_list_of_those_present_sentences_say_who_stood_in(text: str, read: str) -> None:
    found = with_sentences((), [("Apologies and substitutes", (Block(text),))], ())
    assert [f"{each.name} {each.status.value}" for each in found] == read.split(", ")


def test_where_somebody_is_listed_as_there_a_sentence_adds_nobody_who_stood_in() -> None:
    sentence = Block("Councillor Bell attended as a substitute for Councillor Ash.")
    assert with_sentences(LISTED, [("Substitutes and apologies", (sentence,))], ()) == LISTED


@pytest.mark.parametrize(("title", "names"), [
    ("Apologies – Cllr Ash (work), Cllr Roe", ["Cllr Ash", "Cllr Roe"]), ("APOLOGIES / Mr Roe (late)", []),
    ("Apologies for absence: Cllrs Ash and Roe", ["Cllr Ash", "Cllr Roe"]),
    ("Apologies and declarations", []), ("Apologies – a letter from Cllr Ash was read out to all of the members", []),
])  # fmt: skip
def test_names_that_the_title_itself_has(title: str, names: list[str]) -> None:
    assert read(title=title) == [f"{name} apologies" for name in names]
