from time import process_time

import pytest
from build import a_paragraph, a_resolution, an_item
from hypothesis import given
from hypothesis import strategies as st

from archive.model import Attendance, AttendanceStatus, Item, MemberId, ParagraphKind, Person
from index.analysis import tokens
from index.passages import Scope
from index.query import parse
from index.snippets import MOST, Snippet, Snippets
from index.tree import Also, Row, Word

RESOLUTION, HEADING = ParagraphKind.RESOLUTION, ParagraphKind.HEADING


def marked(snippet: Snippet) -> str:
    text = snippet.text
    for start, end in reversed(snippet.marks):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def best(query: str, item: Item) -> list[str]:
    return [marked(each) for each in Snippets(parse(query).tree).of(item).paragraphs]


def test_words_are_marked_as_printed_in_any_form() -> None:
    item = an_item("1", "T", "The Schools’ plans: PLANNING for “school” places.")
    assert best("school plan", item) == ["The [Schools]’ [plans]: [PLANNING] for “[school]” places."]


def test_phrases_are_marked_whole_and_only_where_they_stand() -> None:
    item = an_item("1", "T", "School places. The school had places; places, school. Schools place.")
    assert best('"school places"', item) == ["[School places]. The school had places; places, school. Schools place."]


def test_references_accents_and_beginnings_are_marked() -> None:
    item = an_item("1", "T", "At Ynys Môn, 18/00335/FUL: co-operation (S106), BN43 6EF.")
    assert best("mon 18/00335/FUL cooperation 106", item) == [
        "At Ynys [Môn], [18/00335/FUL]: [co-operation] ([S106]), BN43 6EF."]
    assert best('"môn 18/00335/FUL" BN436EF oper*', item) == [
        "At Ynys [Môn, 18/00335/FUL]: co-[operation] (S106), [BN43 6EF]."]


def test_near_marks_both_sides_where_they_are_near() -> None:
    item = an_item("1", "T", "model of family safeguarding, and, a long way further along the page, a model")
    assert best('"family safeguarding" NEAR/3 model', item) == [
        "[model] of [family safeguarding], and, a long way further along the page, a model"]


def test_what_is_unwanted_is_not_marked() -> None:
    assert best("school -bus", an_item("1", "T", "A school bus.")) == ["A [school] bus."]


def test_decisions_come_first_then_what_shows_more() -> None:
    item = an_item("1", "T", paragraphs=(
        a_paragraph("Nothing here.", "1"),
        a_paragraph("The bus came.", "2"),
        a_paragraph("A school was near the bus.", "3"),
        a_paragraph("That the bus be kept.", "4", RESOLUTION),
        a_paragraph("Bus, bus, bus.", "5"),
    ))
    shown = Snippets(parse("bus school").tree).of(item)
    assert shown.paragraphs[0].number == "3"
    assert "4" in [each.number for each in shown.paragraphs]
    assert len(shown.paragraphs) + shown.more == 4
    assert Snippets(parse("bus").tree).of(item).paragraphs[0].number == "4"


def test_all_the_words_are_shown_when_no_paragraph_has_them_all() -> None:
    texts = ("alpha alpha", "alpha", "beta", "alpha again", "gamma")
    shown = Snippets(parse("alpha beta gamma").tree).of(an_item("1", "T", *texts))
    assert {each.text.split()[0] for each in shown.paragraphs} == {"alpha", "beta", "gamma"}
    assert shown.more == 2


def test_scoped_words_are_shown_where_they_count() -> None:
    item = an_item("1", "T", paragraphs=(
        a_paragraph("A bus.", "1"), a_paragraph("That a bus be had.", "2", RESOLUTION)))
    shown = Snippets(parse("kind:resolution bus").tree).of(item)
    assert [each.number for each in shown.paragraphs] == ["2"]
    assert shown.more == 0


def test_a_number_finds_its_paragraph_and_marks_nothing_in_it() -> None:
    shown = Snippets(parse("27.21").tree).of(an_item("1", "T", paragraphs=(
        a_paragraph("First.", "27.20"), a_paragraph("That it be so.", "27.21"))))
    assert [(each.number, each.marks) for each in shown.paragraphs] == [("27.21", ())]


def test_a_phrase_over_number_and_text_marks_the_text() -> None:
    item = an_item("1", "T", paragraphs=(a_paragraph("That it be so.", "27.21"),))
    assert best('"27.21 that it"', item) == ["[That it] be so."]


def test_when_only_the_title_matches_the_decision_is_shown_unmarked() -> None:
    item = an_item("1", "Buses", paragraphs=(a_paragraph("DISCUSSION", None, HEADING), a_paragraph("Talk.", "1"),
                                              a_paragraph("That it be so.", "2", RESOLUTION)))
    assert best("bus", item) == ["That it be so."]
    assert best("", an_item("1", "Buses", paragraphs=item.paragraphs[:2])) == ["Talk."]
    assert Snippets(parse("bus").tree).marks("The buses").marks == ((4, 9),)


CLAUSE = ParagraphKind.CLAUSE


@pytest.mark.parametrize("heading", ["RESOLVED – That:", "DECISION", "Resolved -", "It was AGREED that", "Resolution"])
def test_a_decisions_bare_heading_gives_way_to_what_was_decided(heading: str) -> None:
    item = an_item("1", "Buses", paragraphs=(
        a_paragraph("The Committee talked.", "1"), a_paragraph(heading, "2", RESOLUTION),
        a_paragraph("the report be noted;", "3", CLAUSE), a_paragraph("the report be noted;", "4", CLAUSE)))
    assert best("kind:resolution", item) == best("bus", item) == ["the report be noted;"]
    alone = an_item("1", "Buses", paragraphs=item.paragraphs[:2])
    assert best("bus", alone) == [heading]


def test_a_heading_with_the_word_comes_after_the_clause_with_it() -> None:
    item = an_item("1", "T", paragraphs=(
        a_paragraph("RESOLVED: That the Committee:", "2", RESOLUTION), a_paragraph("asks the committee.", "3", CLAUSE)))
    assert best("committee", item) == ["asks the [committee].", "RESOLVED: That the [Committee]:"]
    assert Snippets(parse("committee report").tree).of(item).paragraphs[0].number == "3"


def test_filters_alone_show_where_the_member_is_named() -> None:
    russell = MemberId("ambleshire/members/117")
    item = an_item("1", "T", "Nobody spoke.", "Then Cllr Tom Russell spoke.", "Cllr Jones and Cllr Russell.",
                   people=(Person("Cllr Tom Russell", russell), Person("Cllr Jones")))
    assert best("member:russell", item) == ["Then Cllr Tom [Russell] spoke.", "Cllr Jones and Cllr [Russell]."]
    assert best(f"member:{russell}", item) == ["Then [Cllr Tom Russell] spoke.", "Cllr Jones and [Cllr Russell]."]
    assert best("member:jones from:2021", item) == ["Cllr [Jones] and Cllr Russell."]


def test_a_member_asked_for_by_the_name_of_the_list_is_shown_where_the_minutes_name_them() -> None:
    zoe = MemberId("ambleshire/members/1")
    item = an_item("1", "T", "Nobody spoke.", "Then Cllr Larkmere spoke.", people=(Person("Cllr Larkmere", zoe),))
    listed = (Attendance("Councillor Zoë Larkmere", None, AttendanceStatus.PRESENT, zoe),)
    shown = Snippets(parse('member:"Zoë Larkmere"').tree).of(item, listed)
    assert [marked(each) for each in shown.paragraphs] == ["Then [Cllr Larkmere] spoke."]


def test_every_text_that_matches_or_names_the_member_is_marked_in_printed_order() -> None:
    russell = MemberId("ambleshire/members/117")
    item = an_item("1", "School places", "Cllr Russell spoke.", "Nothing else.", "More schools, said Cllr Russell.",
                   people=(Person("Cllr Russell", russell),))
    every = Snippets(parse(f"school member:{russell}").tree).every(item)
    assert [marked(each) for each in every] == [
        "[School] places", "[Cllr Russell] spoke.", "More [schools], said [Cllr Russell]."]
    assert [marked(each) for each in Snippets(parse("nothing").tree).every(item)] == ["[Nothing] else."]


def test_the_same_text_is_shown_once() -> None:
    shown = Snippets(parse("bus").tree).of(an_item("1", "T", "The bus.", "The bus.", "A bus."))
    assert [each.text for each in shown.paragraphs] == ["The bus.", "A bus."]
    assert shown.more == 1


def test_agenda_texts_and_decisions_beside_the_minutes_are_shown() -> None:
    item = an_item("1", "T", agenda=("A report on buses.",), resolutions=(a_resolution("That the bus be.", "9"),))
    shown = Snippets(parse("bus").tree).of(item)
    assert [(each.anchor, each.kind) for each in shown.paragraphs] == [("9", "resolution"), ("agenda", "agenda")]


def test_an_item_without_any_text_shows_nothing() -> None:
    assert Snippets(parse("bus").tree).of(an_item("1", "Bus")).paragraphs == ()


def typed(query: str, text: str) -> list[str]:
    (shown,) = Snippets(parse(query).tree).of(an_item("1", "T", text)).paragraphs
    assert set(shown.exact) <= set(shown.marks)
    return [text[start:end] for start, end in shown.exact]


@pytest.mark.parametrize(("query", "text", "exact"), [
    ("school", "School places: schools, the school's, schooling.", ["School"]),
    ("schools", "School places: schools, the school's, SCHOOLS.", ["schools", "school's", "SCHOOLS"]),
    ('"school places"', "School places, school place.", ["School places"]),
    ('"school places" OR school', "School places, school place.", ["School places", "school"]),
    ("schools NEAR/3 bus", "Schools by bus, a school bus.", ["Schools", "bus", "bus"]),
    ("sch* school", "A scheme for the school.", ["school"]),
    ("mon cooperation", "Co-operation with Môn.", ["Môn"]),
    ("S106 £2.2m", "S106 and Section 106: £2.2m of £2.2 million.", ["S106", "£2.2m"]),
    ("18/00335/FUL 00335", "As in 18/00335/FUL.", ["18/00335/FUL"]),
])
def test_words_as_typed_are_told_from_other_forms(query: str, text: str, exact: list[str]) -> None:
    assert typed(query, text) == exact


def test_other_words_for_the_same_thing_are_marked_but_never_as_typed() -> None:
    tree = Also(Word("IFD"), (Row("integrated front door"), Word("door")))
    shown = Snippets(tree).of(an_item("1", "T", "The IFD, or door, is the integrated front door.")).paragraphs[0]
    assert marked(shown) == "The [IFD], or [door], is the [integrated front door]."
    assert shown.exact == ((4, 7),)


@pytest.mark.parametrize("kind", [RESOLUTION, CLAUSE])
@pytest.mark.parametrize("query", ["bus", "bus lane", '"bus lane"', "bus NEAR/4 lane", "bus*"])
def test_a_decision_comes_before_a_text_that_matches_as_much(query: str, kind: ParagraphKind) -> None:
    decision = "That the bus lane be made, subject to what the Highways Authority may say of each of these:"
    item = an_item("1", "T", paragraphs=(
        a_paragraph("The bus lane was shown: bus lane, bus lane.", "1"), a_paragraph(decision, "2", kind)))
    assert [each.number for each in Snippets(parse(query).tree).of(item).paragraphs] == ["2", "1"]


def test_the_same_text_but_for_case_and_its_end_is_shown_once() -> None:
    shown = Snippets(parse("bus").tree).of(an_item("1", "T", "The bus.", "THE BUS;", "A bus."))
    assert [each.text for each in shown.paragraphs] == ["The bus.", "A bus."]
    assert shown.more == 1


def test_a_very_long_table_is_marked_soon() -> None:
    item = an_item("1", "T", "bus lane " * 10_000)
    started = process_time()
    shown = Snippets(parse('bus "bus lane" bus* bus NEAR/2 lane').tree).of(item)
    assert process_time() - started < 5
    assert shown.paragraphs[0].marks


printed = st.text(max_size=60) | st.sampled_from(["the bus", "school-bus places", "£1.2m Môn"])
queries = st.sampled_from([
    "bus", '"school bus"', "bus NEAR/2 places", "bus OR mon", "sch* -bus", "£1.2m", "kind:narrative bus", ""])


@given(st.lists(printed, max_size=6), queries)
def test_marks_lie_in_order_within_the_text_between_words(texts: list[str], query: str) -> None:
    shown = Snippets(parse(query).tree).of(an_item("1", "T", *texts))
    assert len(shown.paragraphs) <= MOST
    for each in shown.paragraphs:
        ends = [0, *(offset for mark in each.marks for offset in mark)]
        assert ends == sorted(ends)
        assert set(each.exact) <= set(each.marks)
        words = [*tokens(each.text)]
        assert {start for start, _ in each.marks} <= {word.start for word in words}
        assert {end for _, end in each.marks} <= {word.end for word in words}


@given(st.lists(printed, max_size=6), queries)
def test_every_paragraph_shown_is_marked_when_any_matches(texts: list[str], query: str) -> None:
    snippets = Snippets(parse(query).tree)
    matching = {text for text in texts if snippets.marks(text, Scope.NARRATIVE).marks}
    shown = snippets.of(an_item("1", "T", *texts))
    assert bool(matching) == any(each.marks for each in shown.paragraphs)
    assert not matching or all(each.text in matching for each in shown.paragraphs)
    assert not matching or len(shown.paragraphs) + shown.more == sum(text in matching for text in texts)
