import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import analysis
from index.analysis import Pattern, Slot
from index.finder import Finder


def terms_at(text: str) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for token in analysis.tokens(text):
        found.setdefault(token.position, set()).add(token.term)
    return found


def finds(query: str, text: str) -> bool:
    """Whether the word, or with quotation marks the phrase, stands in the text."""
    phrase = analysis.phrase_pattern(query.strip('"'))
    patterns = (phrase,) if query.startswith('"') and phrase else analysis.word_patterns(query)
    there = terms_at(text)
    return any(all(slot.term in there.get(first + slot.at, set()) for slot in pattern.slots)
               for pattern in patterns for first in there)


@pytest.mark.parametrize(("query", "text"), [
    ("planning", "The plans were noted."),
    ("plan", "PLANNING"),
    ("bus", "the buses"),
    ("child", "children's services"),
    ("schools", "the school's roof"),
    ("children's", "Childrens Services"),
    ("childrens", "children’s services"),
    ('"children\'s services"', "the Childrens’ Services team"),
    ("ynys", "YNYS Môn"),
    ("Mon", "Ynys Môn"),
    ("Môn", "Ynys Mon"),
    ("llyr", "Cyng. Llŷr Gruffydd"),
    ("18/00335/FUL", "application 18/00335/ful, as amended"),
    ("00335", "application 18/00335/FUL"),
    ("18/00335", "application 18/00335/FUL"),
    ("00335/FUL", "application 18/00335/FUL"),
    ("CAB/45/22", "(CAB/45/22)"),
    ("77/21", "Minute 77/21."),
    ("27.21", "see 27.21 above"),
    ("S106", "the s106 agreement"),
    ("106", "the S106 agreement"),
    ("KD5678", "KD5678"),
    ("5678", "KD5678"),
    ("£1.2m", "a cost of £1.2m,"),
    ("1.2m", "a cost of £1.2m,"),
    ("£500", "up to £500."),
    ("500", "up to £500."),
    ("1200", "some 1,200 homes"),
    ("1,200,000", "£1200000"),
    ("BN436EF", "at BN43 6EF."),
    ("bn43", "at BN43 6EF."),
    ('"bn43 6ef"', "at BN43 6EF."),
    ("cost-of-living", "the cost of living crisis"),
    ('"cost of living"', "the cost-of-living crisis"),
    ("cooperation", "co-operation"),
    ("co-operation", "cooperating"),
    ("17-year-olds", "16- and 17-year-olds"),
    ("year", "16- and 17-year-olds"),
    ("covid", "COVID-19"),
    ("covid19", "Covid-19"),
    ("BNES", "B&NES Council"),
    ("UK", "the U.K. government"),
    ("next", "the end.Next"),
    ("his", "his/her"),
    ("O'Brien", "Cllr OBrien"),
    ("2019/20", "the 2019/20 budget"),
    ("2019-20", "the 2019–20 budget"),
    ("file", "file_name"),
    ("finance", "ﬁnance"),
])
def test_finds(query: str, text: str) -> None:
    assert finds(query, text)


@pytest.mark.parametrize(("query", "text"), [
    ('"expenses"', "expensive"),
    ('"school places"', "school's place"),
    ('"children services"', "children's services"),
    ("77/21", "77 members and 21 officers"),
    ("£500", "500 people"),
    ("17/00335/FUL", "18/00335/FUL"),
    ('"£1.2m"', "1.2m"),
    ("schools", "schoolmaster"),
])
def test_does_not_find(query: str, text: str) -> None:
    assert not finds(query, text)


def test_stems_are_in_a_namespace_of_their_own() -> None:
    assert terms_at("planning plan") == {0: {"planning", "=plan"}, 1: {"plan", "=plan"}}


def test_a_chain_takes_as_many_positions_as_it_has_parts() -> None:
    assert terms_at("18/00335/FUL refused")[3] == {"refused", "=refusal"}
    assert analysis.phrase_pattern("18/00335/FUL refused") == Pattern((Slot("18/00335/ful", 0), Slot("refused", 3)), 4)


def test_offsets_are_those_of_the_text_as_printed() -> None:
    text = "Ynys Môn: the “co-operation” of Children’s £1.2m (S106)"
    printed = {token.term: text[token.start:token.end] for token in analysis.tokens(text)}
    assert printed["mon"] == "Môn"
    assert printed["cooperation"] == "co-operation"
    assert printed["childrens"] == "Children’s"
    assert printed["£1.2m"] == "£1.2m"
    assert printed["106"] == "S106"


def test_a_prefix_is_of_the_exact_form() -> None:
    assert analysis.prefix_pattern("Safeguard") == Pattern((Slot("safeguard", 0, prefix=True),), 1)
    assert analysis.prefix_pattern("18/003") == Pattern((Slot("18/003", 0, prefix=True),), 2)
    assert analysis.prefix_pattern("co-op") == Pattern((Slot("co", 0), Slot("op", 1, prefix=True)), 2)


@given(st.text())
def test_every_term_can_be_stored_and_stands_in_the_text(text: str) -> None:
    for term, position, start, end in analysis.tokens(text):
        assert term.encode()
        assert len(term) <= analysis.LONGEST_TERM + 1
        assert 0 <= start < end <= len(text)
        assert 0 <= position < analysis.width(text)


@given(st.text())
def test_a_word_of_a_text_is_found_in_it(text: str) -> None:
    for chain in analysis.chains(text):
        assert finds(chain, text)


@given(st.text())
def test_a_text_is_found_in_itself_as_a_phrase_whatever_its_case_and_form(text: str) -> None:
    text = analysis.clean(text)
    if analysis.phrase_pattern(text):
        assert finds(f'"{text.strip(chr(34))}"', unicodedata.normalize("NFC", text))


@given(st.text(alphabet="ab1/.- £'&%", max_size=30),
       st.sampled_from(["a", "ab", "1/1", "a-b", "b1", "£1", "a&b", "1%", "11"]))
def test_a_finder_finds_the_tokens_that_are_looked_for(text: str, word: str) -> None:
    slots = [slot for pattern in analysis.word_patterns(word) for slot in pattern.slots]
    wanted = {slot.term for slot in slots}
    expected = [token for token in analysis.tokens(text) if token.term in wanted]
    assert list(Finder(slots).tokens(text)) == expected
    for _ in "again", "and when the text was read before":
        found = Finder(slots).positions(text, 7)
        assert {(term, at) for term, several in found.items() for at in several} == {
            (token.term, 7 + token.position) for token in expected}


@pytest.mark.parametrize(("number", "is_plain"), [
    ("15", True), ("15.", True), ("(a)", True), ("iv", True), ("12b", True), ("1 (a)", True), ("", True),
    ("27.1", False), ("77/21", False), ("PL43", False), ("CAB/45/22", False), ("123456", False), ("Minute 15", False),
])
def test_a_plain_number_takes_positions_and_gives_only_what_cites_it(number: str, *, is_plain: bool) -> None:
    terms = {token.term for token in analysis.tokens(number, number=True)}
    assert any(term[0] != "=" for term in terms) is not is_plain
    for word in (number, "minute 15", "item 15", "a"):
        slots = [slot for pattern in analysis.word_patterns(word) for slot in pattern.slots]
        assert Finder(slots).positions(number, number=True).keys() == terms & {slot.term for slot in slots}


@given(st.text(alphabet="ab1/.- £'&", max_size=30), st.sampled_from(["a", "b1", "ab", "bn4", "£"]))
def test_a_finder_finds_what_begins_so(text: str, prefix: str) -> None:
    expected = {(token.term, token.position) for token in analysis.tokens(text) if token.term.startswith(prefix)}
    for finder in Finder((Slot(prefix, prefix=True),)), Finder((Slot(prefix, prefix=True), Slot("nothing"))):
        found = finder.positions(text)
        assert {(term, at) for term, several in found.items() for at in several} == expected


def test_a_finder_forgets_nothing_when_the_chains_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.chains.MOST", 5)
    finder = Finder((Slot("bus"),))
    for text in ("a bus", "one two three four five six", "the bus again", "a bus"):
        assert bool(finder.positions(text)) == bool(Finder((Slot("bus"),)).positions(text)) == ("bus" in text)


@pytest.mark.parametrize("text", ["", " ", "—", "***", "___", "\u0301", "()", "🏛", "\ud800", "\x00"])
def test_text_without_words_has_no_terms(text: str) -> None:
    assert not list(analysis.tokens(text))
    assert analysis.phrase_pattern(text) is None
    assert not analysis.word_patterns(text)


def test_a_huge_word_is_bounded() -> None:
    assert max(len(token.term) for token in analysis.tokens("x" * 100_000)) <= analysis.LONGEST_TERM + 1
    assert len(list(analysis.tokens("1/" * 5_000 + "1"))) < 20_000
