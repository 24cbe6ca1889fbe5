"""Who is asked for is shown where they stand, marked as they are printed there, and nobody else is."""

from dataclasses import replace
from time import process_time

import pytest
from build import a_paragraph, a_resolution, an_item
from hypothesis import given
from hypothesis import strategies as st

from archive.model import (
    Attendance,
    AttendanceStatus,
    Item,
    MemberId,
    Movement,
    MovementKind,
    ParagraphKind,
    Person,
    Vote,
    VoteNames,
)
from index.query import parse
from index.snippets import Snippets
from index.standing import named
from index.tree import Field, Node, with_fields

LETTICE, AUGUSTUS = MemberId("ambleshire/members/1"), MemberId("ambleshire/members/2")
VOTE, RESOLUTION = ParagraphKind.VOTE, ParagraphKind.RESOLUTION


def asked(query: str, *meant: MemberId) -> Node:
    """`query` as it is searched when its members are those."""
    return with_fields(parse(query).tree, lambda each: replace(each, meant=meant) if each.name == "member" else each)


def shown(tree: Node, item: Item, *attendance: Attendance) -> list[str]:
    found = []
    for each in Snippets(tree).of(item, attendance).paragraphs:
        text = each.text
        for start, end in reversed(each.marks):
            text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
        found.append(text)
    return found


def of_lettice(text: str, *printed: str, others: tuple[str, ...] = ()) -> list[str]:
    """What is marked of her, whom minutes print so, and others so."""
    people = (*(Person(each, LETTICE) for each in printed), *(Person(each, AUGUSTUS) for each in others))
    return shown(Field("member", LETTICE), an_item("1", "T", "Nobody spoke.", text, people=people))


@pytest.mark.parametrize(("text", "printed"), [
    ("For (3): Councillors A Pennyfold, [L Pennyfold], Pinkerwell.", "Councillor L Pennyfold"),
    ("It was [Cllr L Pennyfold’s] experience.", "Cllr L Pennyfold"),
    ("That was [Mrs L Pennyfold's] view, said [L. Pennyfold].", "Mrs L Pennyfold"),
    ("The motion of [Councillor Pennyfold (L)] was lost.", "Councillor Pennyfold (L)"),
    ("Councillors Butler, [Pennyfold (L)], Keller.", "Councillor Pennyfold (L"),
    ("Against: Pennyfold (A), [Pennyfold(L)].", "Councillor Pennyfold (L)"),
    ("PRESENT: A PENNYFOLD, [L PENNYFOLD]", "Councillor L Pennyfold"),
    ("[Dr. L O’Dŵr-Vane], and L O’Dŵr-Vane-Smith", "Dr L O'Dŵr-Vane"),
    ("Both [Councillors Lord L Pennyfold] spoke.".replace("[Councillors ", "Councillors ["), "Lord L Pennyfold"),
    ("The [Revd. Mrs Pennyfold] asked, as did L Pennyfoldson.", "Mrs Pennyfold"),
])
def test_they_are_marked_as_printed(text: str, printed: str) -> None:
    plain = text.replace("[", "").replace("]", "")
    assert of_lettice(plain, printed, others=("Councillor A Pennyfold", "Councillor Pennyfold (A)")) == [text]


def test_of_one_family_name_nobody_else_is_marked() -> None:
    text = "Cllr Bo Pennyfold, A. Pennyfold, Pennyfold (A) and, last, Cllr Pennyfold."
    assert of_lettice(text, "Cllr Pennyfold", others=("Cllr Bo Pennyfold",)) == [
        "Cllr Bo Pennyfold, A. Pennyfold, Pennyfold (A) and, last, [Cllr Pennyfold]."]


ITEM = an_item("1", "Bypass", paragraphs=(
    a_paragraph("The bypass was explained.", "1"),
    a_paragraph("The bypass, the bypass and the road.", "2"),
    a_paragraph("A bypass by road.", "3"),
    a_paragraph("That the bypass be built.", "4", RESOLUTION),
    a_paragraph("For: Councillors A Pennyfold and L Pennyfold.", "5", VOTE)),
    people=(Person("Councillor A Pennyfold", AUGUSTUS), Person("Councillor L Pennyfold", LETTICE)))
VOTED = "For: Councillors A Pennyfold and [L Pennyfold]."


@pytest.mark.parametrize("name", [
    'member:"Lettice Pennyfold"', 'member:"Cllr L Pennyfold"', f"member:{LETTICE}", "member:lettice"])
@pytest.mark.parametrize(("words", "first"), [
    ("", VOTED), ("bypass", "That the [bypass] be built."), ('"bypass be built" road', "That the [bypass be built]."),
    ("from:2021", VOTED), ("kind:vote", VOTED)])
def test_the_place_where_they_stand_is_shown_with_the_words(words: str, first: str, name: str) -> None:
    found = shown(asked(f"{words} {name}", LETTICE), ITEM)
    assert found[0] == first
    assert VOTED in found


def test_of_a_kind_of_text_that_does_not_name_them_what_does_comes_after_it() -> None:
    assert shown(asked("kind:resolution member:lettice", LETTICE), ITEM) == ["That the bypass be built.", VOTED]


def test_who_is_not_wanted_or_one_of_several_things_wanted_is_not_looked_for() -> None:
    assert shown(asked("bypass -member:lettice", LETTICE), ITEM)[0] == "That the [bypass] be built."
    assert "Pennyfold" not in " ".join(shown(asked("bypass -member:lettice", LETTICE), ITEM))


def test_each_of_several_is_marked() -> None:
    assert shown(asked("member:augustus OR member:lettice", LETTICE, AUGUSTUS), ITEM) == [
        "For: Councillors [A Pennyfold] and [L Pennyfold]."]


def test_what_was_typed_is_marked_as_typed_and_a_name_of_the_list_as_printed() -> None:
    listed = (Attendance("Councillor Lettice Pennyfold", None, AttendanceStatus.PRESENT, LETTICE),)
    item = an_item("1", "T", "Cllr L Pennyfold spoke.", people=(Person("Cllr L Pennyfold", LETTICE),))
    assert shown(asked("member:Pennyfold"), item, *listed) == ["Cllr L [Pennyfold] spoke."]
    assert shown(asked('member:"L Pennyfold"'), item, *listed) == ["Cllr [L Pennyfold] spoke."]
    assert shown(asked("member:lettice"), item, *listed) == ["[Cllr L Pennyfold] spoke."]
    assert shown(asked('member:"L O\'Dwr"'), an_item("1", "T", "Cllr L O’Dŵr’s.", people=(Person("L O’Dŵr"),))) == [
        "Cllr [L O’Dŵr’s]."]


def test_movers_are_shown_though_nothing_else_names_them() -> None:
    moved = replace(a_resolution("That it be so.", "9"), mover="Councillor Pennyfold (L)")
    item = an_item("1", "T", "Proposed by Councillor Pennyfold (L).", resolutions=(moved,))
    assert shown(asked('member:"L. Pennyfold"'), item) == ["Proposed by [Councillor Pennyfold (L)]."]


BARE = "[Cllr Pennyfold] moved, Councillors [Pennyfold] and Butler for, Pennyfold Lane was closed, Mr Pennyfold left."


@pytest.mark.parametrize("name", ['member:"L. Pennyfold"', f"member:{LETTICE}", 'member:"Lettice Pennyfold"'])
@pytest.mark.parametrize("printed", ["Cllr L Pennyfold", "Councillor Pennyfold (L)", "Pennyfold, L"])
def test_a_family_name_that_one_alone_has_is_theirs_after_councillor(name: str, printed: str) -> None:
    text = BARE.replace("[", "").replace("]", "")
    item = an_item("1", "T", text, people=(Person(printed, LETTICE), Person("Cllr Butler")))
    assert shown(asked(name, LETTICE), item) == [BARE]


@pytest.mark.parametrize("other", [
    Person("Cllr A Pennyfold"), Person("Cllr Pennyfold", AUGUSTUS), Person("Mr Pennyfold"), Person("Pennyfold Bowe")])
def test_nobody_is_marked_by_a_family_name_that_others_have(other: Person) -> None:
    item = an_item("1", "T", "Cllr Pennyfold moved.", people=(Person("Cllr L Pennyfold", LETTICE), other))
    assert "[" not in "".join(shown(asked('member:"L. Pennyfold"', LETTICE), item))


def test_who_is_listed_by_the_family_name_alone_is_they_where_nobody_else_has_it() -> None:
    item = an_item("1", "T", "Proposed by Councillor Pennyfold.",
                   people=(Person("Cllr L Pennyfold"), Person("Councillor Pennyfold")))
    assert shown(asked('member:"L. Pennyfold"'), item) == ["Proposed by [Councillor Pennyfold]."]


def test_a_family_name_of_two_words_stands_alone_too() -> None:
    item = an_item("1", "T", "Councillor O’Dornell-Vane, Cllr Vane.", people=(
        Person("L O'Dornell-Vane"), Person("Cllr O’ Dornell-Vane")))
    assert shown(asked('member:"L O’Dornell-Vane"'), item) == ["[Councillor O’Dornell-Vane], Cllr Vane."]


@pytest.mark.parametrize("name", ['member:"W. O\' Dornell"', "member:O’Dornell", f"member:{LETTICE}"])
@pytest.mark.parametrize("printed", ["Cllr W O’ Dornell", "Cllr W. O'Dornell"])
def test_a_name_with_an_apostrophe_is_marked_with_or_without_the_space_after_it(name: str, printed: str) -> None:
    item = an_item("1", "T", "Thanks of O’Dornell’s, and O' Dornell.", people=(Person(printed, LETTICE),))
    shown_marks = shown(asked(name, LETTICE), replace(item, people=(Person("O’ Dornell", LETTICE), *item.people)))
    assert shown_marks == ["Thanks of [O’Dornell’s], and [O' Dornell]."]
    assert shown(asked("member:Dornell"), item) == ["Thanks of O’Dornell’s, and O' Dornell."]


def test_the_names_of_those_asked_for_are_told_as_each_is_printed() -> None:
    names = VoteNames(("L Pennyfold", "A Pennyfold"), ("Butler",), ("Pennyfold (L)",))
    moved = replace(a_resolution("That it be so.", "9"), mover="Councillor L Pennyfold", seconder="Cllr Butler",
                    vote=Vote(names=names))
    item = replace(an_item("1", "T", resolutions=(moved,), people=(
        Person("Cllr L Pennyfold", LETTICE), Person("Cllr A Pennyfold", AUGUSTUS), Person("Cllr Butler"))), movements=(
        Movement("Mrs Pennyfold", LETTICE, MovementKind.LEFT, "1"),))
    hers = {"Cllr L Pennyfold", "Councillor L Pennyfold", "L Pennyfold", "Mrs Pennyfold"}
    assert named([Field("member", LETTICE)], item, ()) == hers
    assert named([Field("member", "L Pennyfold")], item, ()) == hers - {"Mrs Pennyfold"} | {"Pennyfold (L)"}
    assert named([Field("member", "butler")], item, ()) == {"Cllr Butler", "Butler"}
    assert named([], item, ()) == frozenset()


names = st.text(max_size=30) | st.sampled_from([
    "Cllr L Pennyfold", "L. Pennyfold", "(", "Pennyfold (L", "[x]* (?", "’s"])


@given(st.lists(names, max_size=4), st.lists(names, max_size=4), st.sampled_from(["pennyfold", str(LETTICE), "l x"]))
def test_any_names_give_marks_in_order_within_the_text(printed: list[str], texts: list[str], name: str) -> None:
    item = an_item("1", "T", *texts, people=tuple(Person(each, LETTICE) for each in printed))
    for each in Snippets(Field("member", name)).of(item).paragraphs:
        ends = [0, *(offset for mark in each.marks for offset in mark), len(each.text)]
        assert ends == sorted(ends)


def test_long_lists_of_long_names_are_read_soon() -> None:
    printed = [f"Cllr {'L ' * 30}{'Pennyfold ' * 20}{at}" for at in range(200)]
    item = an_item("1", "T", "Cllr Mr Dr " * 5_000 + "L " * 5_000, "Pennyfold " * 10_000,
                   people=tuple(Person(each, LETTICE) for each in printed))
    started = process_time()
    Snippets(Field("member", LETTICE)).of(item)
    assert process_time() - started < 5
