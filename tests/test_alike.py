"""What is written in several ways is found by any of them, and what only looks alike is not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from build import a_meeting, a_paragraph, an_item
from engines import ENGINES, agreed, both, closed_after
from hypothesis import given
from hypothesis import strategies as st
from test_analysis import finds, terms_at

from archive import ids
from archive.model import ParagraphKind
from index import analysis, glued, welsh
from index.generations import MakeEngine
from index.query import parse
from index.snippets import Snippets
from index.tree import And, Word
from index.wording import explanation, to_text


@pytest.fixture(params=ENGINES)
def make(request: pytest.FixtureRequest) -> Iterator[MakeEngine]:
    with closed_after(ENGINES[request.param]) as make:
        yield make


IN_WELSH = ("Adroddodd y Cynghorydd Pennyfold i Bwyllgor y Cyngor ac yna rhoddodd gyngor ar y planning "
            "yng Nghastell-nedd.")


@pytest.mark.parametrize(("query", "text"), [
    ("cllr", "Councillor Pennyfold"),
    ("councillor", "Cllrs Pennyfold and Ash"),
    ("Cyng", "Cllr. Pennyfold's motion"),
    ("cynghorydd", "the councillors' motion"),
    ("£2.2m", "at £2.2 million, as"),
    ("£2.2m", "£2,200,000.00"),
    ("£2.2m", "£2.2m/year"),
    ("£2.2 million", "some £2.2m."),
    ("£2,200,000", "£2.2 Million"),
    ("£350,000", "of £350k"),
    ("£1.2bn", "£1,200 million"),
    ("£500", "£500–£600"),
    ("1.2m", "£1.2m"),
    ("minute 64", "(Minute No. 64)"),
    ("minute 64", "Minute Nos. 63 and 64"),
    ("Minute No.64", "minute 64 of the last meeting"),
    ("minute 77", "Minute 77/21"),
    ("minute 77/21", "as agreed (77/21)"),
    ("S106", "a Section 106 agreement"),
    ("section 106", "the s.106 money"),
    ("Sec 106", "S106"),
    ("3 May 2021", "on Monday 3rd May, 2021"),
    ("3 May 2021", "on 03/05/2021"),
    ("3/5/21", "on 3 May 2021"),
    ("2021-05-03", "on the 3rd of May 2021"),
    ("3rd May", "on 3 May 2021"),
    ("2021/22", "the 2021–22 budget"),
    ("2021-2022", "the 2021/22 budget"),
    ("39.2m", "£39.2 million"),
    ("39.2m", "£39.2m"),
    ("2021-5-3", "on 3 May 2021"),
    ("3 may 21", "on 03/05/2021"),
    ("3 May", "on 3 May 21"),
    ("BN43 6EF", "at BN436EF"),
    ("20mph", "a 20 mph zone"),
    ("15%", "a rise of 15 per cent."),
    ("15%", "a rise of 15 percent"),
    ("15 per cent", "(15%)"),
    ("15%", "15 % of homes"),
    ("15 per cent", "some 10–15%"),
    ("15 y cant", "15%"),
    ("2.50%", "2.5 per-cent"),
    ("1,200%", "by 1200%"),
    ('"15%"', "by 15%, as"),
    ("15", "by 15%"),
    ("2.5", "by 2.5%"),
    ('"15% of homes"', "15% of homes"),
    ("10-15%", "some 10–15%"),
    ("10", "some 10–15%"),
    ("refusal", "permission was REFUSED"),
    ("refused", "refusing; the refusals"),
    ("refuse", "refuse collection"),
    ("organisation", "the organizations"),
    ("organize", "was organised"),
    ("privatization", "to privatise it"),
    ("analyse", "analyzed"),
    ("KD5678", "decision KD 5678"),
    ("covid19", "Covid 19"),
    ("saint", "St. Mary's"),
    ("Marys", "St Mary's"),
    ('"health and wellbeing"', "Health & Wellbeing Board"),
    ('"health & wellbeing"', "Health and Wellbeing Board"),
    ("resolved", "It was RESOLVEDthat the report be noted"),
    ("noted", "theReportWasNoted"),
    ('"resolved that the council"', "RESOLVEDthat theCouncil agree"),
    ("roads", "localRoads"),
    ("smith", "CouncillorSmith"),
    ("committee", "PLANNINGCommittee"),
    ("mcdonald", "Cllr McDonald"),
    ('"old mcdonald house"', "Old McDonald House"),
    ("iphone", "an iPhone"),
    ("GovTech", "the govtech fund"),
    ("tech", "the GovTech fund"),
    ("cyngor", IN_WELSH),
    ("gyngor", IN_WELSH),
    ("pwyllgor", IN_WELSH),
    ("councillor", IN_WELSH),
    ("castell", IN_WELSH),
    ("planning", IN_WELSH),
])
def test_finds(query: str, text: str) -> None:
    assert finds(query, text)


@pytest.mark.parametrize(("query", "text"), [
    ('"cllr ash"', "Councillor Ash"),
    ("15%", "15 homes"),
    ('"15%"', "15 homes"),
    ("15%", "1.15%"),
    ("15%", "150%"),
    ("10-15%", "15%"),
    ("15 per cent", "15 homes"),
    ("5 per cent", "£5%"),
    ("refuse", "permission was refused"),
    ("refused", "refuse collection"),
    ("organise", "the organ"),
    ("£2.2m", "£2.25m"),
    ("39.2m", "£392m"),
    ("may 21", "on 3 May 2021"),
    ("£2.2m", "£2.2bn"),
    ("£2.2m", "$2.2m"),
    ("minute 64", "for 64 minutes"),
    ("minute 10", "the minutes 10 March 2021"),
    ("S106", "106 members"),
    ("2021/22", "2021/23"),
    ("3 May 2021", "13 May 2021"),
    ("03/05/2021", "5 March 2021"),
    ("donald", "Cllr McDonald"),
    ("phone", "an iPhone"),
    ("plans", IN_WELSH),
    ("can", "Siaradodd hi gan fod y mater yn bwysig ac yn fawr"),
])
def test_does_not_find(query: str, text: str) -> None:
    assert not finds(query, text)


@pytest.mark.parametrize(("typed", "words"), [
    ("cabinet minute 64 roads", ("cabinet", "minute 64", "roads")),
    ("roughly £2.2 million", ("roughly", "£2.2 million")),
    ("cabinet minutes 2021", ("cabinet", "minutes", "2021")),
    ("minutes 3 May 2021", ("minutes", "3 May 2021")),
    ("pavilion BN43 6EF", ("pavilion", "BN43 6EF")),
    ("section 106 agreements", ("section 106", "agreements")),
    ("https://www.ambleshire.gov.uk/bins", ("www.ambleshire.gov.uk/bins",)),
    ("health & wellbeing", ("health", "wellbeing")),
])
def test_what_means_one_thing_is_one_word_of_a_query(typed: str, words: tuple[str, ...]) -> None:
    query = parse(typed)
    assert [part.text for part in (query.tree.parts if isinstance(query.tree, And) else (query.tree,))
            if isinstance(part, Word)] == list(words)
    assert not query.notes


@pytest.mark.parametrize("typed", ["minute 64", "minute (64)", "minute AND 64", "(3 May) 2021", "£2.2 (million roads)"])
def test_a_query_written_out_is_read_the_same(typed: str) -> None:
    tree = parse(typed).tree
    assert parse(to_text(tree)).tree == tree


def test_it_is_said_as_typed() -> None:
    assert explanation(parse("minute no. 64 roads")) == "Items with any form of “roads” and “minute no. 64”."


def test_the_minute_of_that_number_comes_before_those_that_cite_it(make: MakeEngine, tmp_path: Path) -> None:
    clause = ParagraphKind.CLAUSE
    memory, found_by = both(make(tmp_path), a_meeting(
        "1", an_item("cites", "Bypass", "Minute 64 was agreed."), an_item("is", "Library", "Opened.", number="64"),
        an_item("other", "Pavilion", "For 64 people, a minute away.", number="65"),
        an_item("has", "Report", paragraphs=(a_paragraph("Signed that day.", "64"),)),
        an_item("parts", "Market", paragraphs=(a_paragraph("Minutes 63 and 64 noted.", "(a)", clause),))))
    found = [ids.local(hit.id) for hit in agreed(memory, found_by, parse("minute 64")).hits]
    assert found[:2] == ["is", "has"]
    assert sorted(found) == ["cites", "has", "is", "parts"]


@pytest.mark.parametrize(("typed", "expected"), [
    ("15", ["text"]), ("iv", ["roman"]), ('"15"', ["text"]), ("15*", ["text"]), ("NOT 15", ["item", "label", "roman"]),
    ("minute 15", ["item", "label"]), ("item 15", ["item", "label", "text"]), ("item 15 opened", ["item"]),
    ("27.1", ["label"]), ("item 27.1", ["label"]), ("item 27", []), ("PL43", ["roman"]), ("2021", []),
    ('"15 opened"', []), ("opened NEAR/1 again", ["item"]),
])
def test_a_plain_number_of_ones_own_is_no_word(
    typed: str, expected: list[str], make: MakeEngine, tmp_path: Path
) -> None:
    memory, found_by = both(make(tmp_path), a_meeting(
        "1", an_item("item", "Library", "Opened again.", number="15"),
        an_item("text", "Bypass", "Some 15 objections, see item 15.", number="3"),
        an_item("label", "Market", number="2021", paragraphs=(
            a_paragraph("Kept.", "(a)"), a_paragraph("Cleaned.", "15."), a_paragraph("Paid.", "27.1"))),
        an_item("roman", "Henry IV", number="PL43", paragraphs=(a_paragraph("Staged.", "(ii)"),))))
    assert sorted(ids.local(hit.id) for hit in agreed(memory, found_by, parse(typed)).hits) == expected


def test_a_paragraphs_plain_number_is_not_shown_for_a_bare_number() -> None:
    item = an_item("1", "T", paragraphs=(a_paragraph("First.", "15"), a_paragraph("The 15 came.", "16")))
    assert [each.number for each in Snippets(parse("15").tree).of(item).paragraphs] == ["16"]
    assert [each.number for each in Snippets(parse("item 15").tree).of(item).paragraphs] == ["15"]


@pytest.mark.parametrize("typed", [
    "cllr pennyfold", "£2.2m", "£2.2 million", "£2,200,000", "cyngor", "planning", "plans", "S106", "section 106",
    "20mph", "resolved", "that", '"resolved that"', "3 May 2021", "2021/22", "minute 12/21", "pwyllgor NEAR/3 cyngor",
])
def test_engines_agree(typed: str, make: MakeEngine, tmp_path: Path) -> None:
    memory, found_by = both(make(tmp_path), a_meeting(
        "1", an_item("1", "Cyllid", IN_WELSH, "Councillor Pennyfold asked about £2.2 million of S106 money."),
        an_item("2", "Finance", "Cllr Pennyfold planned £2.2m by 3/5/2021.", "Planning: RESOLVEDthat 2021-22 end."),
        an_item("3", "Roads", "A 20 mph zone, £2,200,000, Section 106.", number="12/21")))
    agreed(memory, found_by, parse(typed))


@pytest.mark.parametrize(("typed", "marked"), [
    ("£2.2m", "[£2.2 million]"), ("minute 64", "[Minute No. 64]"), ('"that"', "[that]"),
    ("s106", "[Section 106]"), ("bn436ef", "[BN43 6EF]"), ("3/5/21", "[3rd May, 2021]"),
    ("15%", "[15 per cent]"), ("2%", "[2%]"),
])
def test_all_of_what_is_found_is_marked(typed: str, marked: str) -> None:
    text = "Before £2.2 million, Minute No. 64, RESOLVEDthat, Section 106, BN43 6EF, 15 per cent, 2%, 3rd May, 2021."
    item = an_item("1", "T", text)
    (shown,) = Snippets(parse(typed).tree).of(item).paragraphs
    start, end = shown.marks[0]
    assert f"[{shown.text[start:end]}]" == marked


@pytest.mark.parametrize(("text", "parts"), [
    ("RESOLVEDthat", ["RESOLVED", "that"]), ("theCouncilAgreed", ["the", "Council", "Agreed"]),
    ("localRoads", ["local", "Roads"]), ("McDonald", ["McDonald"]), ("GovTech", ["GovTech"]), ("EHCPs", ["EHCPs"]),
    ("iPhone", ["iPhone"]), ("council", ["council"]), ("COUNCIL", ["COUNCIL"]), ("eGovernment", ["eGovernment"]),
])
def test_what_surely_lost_its_space_is_taken_apart(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in glued.words(text)] == parts


@pytest.mark.parametrize("name", ["McDonald", "MacDonald", "O'Brien", "iPhone", "EHCPs", "MPs", "PhD", "DfE", "NHS"])
def test_names_and_short_forms_have_no_halves(name: str) -> None:
    assert glued.halves(name) == ()


@pytest.mark.parametrize(("text", "is_welsh"), [
    (IN_WELSH, True),
    ("Cofnodion y cyfarfod a gynhaliwyd ar 3 Mai 2021", True),
    ("The Cyngor Sir y Fflint and Ynys Môn schemes yn y dref were noted by the Board of the town", False),
    ("Sir y Fflint", False),
    ("", False),
])
def test_a_text_is_welsh_by_its_commonest_words(text: str, *, is_welsh: bool) -> None:
    assert welsh.is_welsh(analysis.chains(text)) is is_welsh


@pytest.mark.parametrize(("word", "radicals"), [
    ("gyngor", ("cyngor",)), ("nghyngor", ("cyngor",)), ("chyngor", ("cyngor",)), ("bwyllgor", ("pwyllgor",)),
    ("drafnidiaeth", ("trafnidiaeth",)), ("fesur", ("besur", "mesur")), ("ddinas", ("dinas",)), ("mhwyllgor",
    ("pwyllgor",)), ("ffordd", ()), ("llyfrgell", ()), ("chwarae", ()), ("ysgol", ()), ("gan", ()), ("gall", ()),
])
def test_the_change_of_a_first_letter_is_undone(word: str, radicals: tuple[str, ...]) -> None:
    assert welsh.radicals(word) == radicals


def test_languages_are_told_apart_paragraph_by_paragraph() -> None:
    item = an_item("1", "Cynllunio", IN_WELSH, "The plans were noted by the committee.")
    shown = Snippets(parse("plans").tree).of(item).paragraphs
    assert [each.text for each in shown] == ["The plans were noted by the committee."]


TYPED = st.sampled_from([
    "minute", "Minutes", "no.", "No.64", "64", "77/21", "and", "&", "£2.2", "£2.2m", "million", "section", "S106",
    "3rd", "May", "2021", "2021/22", "03/05/2021", "BN43", "6EF", "RESOLVEDthat", "theCouncil", "GovTech", "y", "yn",
    "ac", "Nghyngor", "the", "(", ")", '"', "OR", "AND", "NEAR", "-", "ﷺ", "½", "20mph", "kind:title", "6*", "15%",
    "15", "2.5", "per", "cent", "item", "%"])
several = st.lists(TYPED | st.text(max_size=3), max_size=9).map(" ".join)


@given(several)
def test_every_way_of_writing_keeps_the_rules_of_terms(text: str) -> None:
    assert all(0 <= token.start < token.end <= len(text) for token in analysis.tokens(text, number=True))
    assert all(finds(word, text) for word in analysis.words(text))
    assert max(terms_at(text), default=0) < max(analysis.width(text), 1)


@given(several)
def test_every_query_written_out_is_read_the_same(text: str) -> None:
    tree = parse(text).tree
    assert parse(to_text(tree)).tree == tree
