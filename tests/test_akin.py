"""Other words for the same thing: which, for what, how many, and never where words are meant as typed."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import InputError
from archive.model import CouncilId
from index.akin import MOST_ADDED, MOST_OTHERS, OtherWords, Synonyms, councils_of, glossary, read_synonyms
from index.closeness import NEARBY, title_asked, together
from index.query import parse
from index.short_forms import key
from index.snippets import Snippets
from index.tree import Also, And, Near, Or, Row, Word, conditions, leaves, unexpanded
from index.wording import explanation, to_text

AMBLESHIRE, OTHERTON = CouncilId("ambleshire"), CouncilId("otherton")
ACRONYMS = {
    AMBLESHIRE: {
        "IFD": {"Integrated Front Door": 9, "Front Door": 2, "Innovation Fund Delivery": 4, "Iron Fence Dispute": 1},
        "MAP": {"Members' Assurance Panel": 3}, "TIP": {"Town Improvement Plan": 2}, "BB": {"Bus Board": 2},
        "CIL": {"Community Infrastructure Levy": 5}},
    OTHERTON: {"IFD": {"Invoice Fraud Desk": 3}, "CARE": {"Children at Risk Engagement": 1},
               "LGA": {"Lead Group Advisers": 2},
               "SCP": {"Social Care Panel": 1}}}
SYNONYMS = read_synonyms('''
ordinary = "map send sends refuse tip"
same = [["refuse collection", "waste collection", "bin collection"], ["pothole", "highway defect"],
        ["LGA", "lead group adviser"], ["special needs", "SEND"],
        ["anti-social behaviour", "antisocial behaviour", "ASB"],
        ["one", "two", "three", "four", "five", "six", "seven", "eight"]]
[also]
"bin" = ["refuse collection", "waste collection"]
"tip" = ["recycling centre"]
''', "a table")
NONE = Synonyms({}, {}, frozenset())
words = OtherWords(lambda: ACRONYMS, lambda: SYNONYMS)


def others(text: str) -> list[list[str]]:
    """The other words of each term of the query `text`."""
    query = parse(text)
    found = conditions(words.expanded(query.tree, query.whole))
    return [[each.text for each in part.others if not isinstance(each, And)] for part in found
            if isinstance(part, Also)]


@pytest.mark.parametrize(("text", "found"), [
    ("IFD council:ambleshire", ["Integrated Front Door", "Innovation Fund Delivery"]),
    ("ifd council:otherton", ["Invoice Fraud Desk"]),
    ("IFD", ["Integrated Front Door", "Innovation Fund Delivery", "Invoice Fraud Desk"]),
    ("integrated front doors", ["IFD"]),
    ("Innovation Fund Delivery", ["IFD"]),
    ("community infrastructure levies council:ambleshire", ["CIL"]),
    ("bins", ["refuse collection", "waste collection"]),
    ("potholes", ["highway defect"]),
    ("highway defects", ["pothole"]),
    ("LGA", ["Lead Group Advisers"]),
    ("tips", ["recycling centre"]),
    ("tip", ["recycling centre"]),
    ("TIP", ["Town Improvement Plan"]),
    ("TIP council:otherton", ["recycling centre"]),
    ("antisocial behaviour", ["anti-social behaviour", "ASB"]),
    ("asb", ["anti-social behaviour", "antisocial behaviour"]),
    ("SEND", ["special needs"]),
    ("MAP", ["Members' Assurance Panel"]),
    ("BB", ["Bus Board"]),
    ("CARE", ["Children at Risk Engagement"]),
])
def test_other_words_for_one_thing(text: str, found: list[str]) -> None:
    assert others(text) == [found]


@pytest.mark.parametrize("text", [
    "refuse", "send", "Send", "special need", "map", "members assurance panel", "bb", "bus board", "care", "levy",
    "front door", "iron fence dispute", "door front integrated", "IFD council:nowhere",
    "community infrastructure levy council:otherton",
    '"IFD"', "-IFD", "IF*", "IFD NEAR/3 bins", "member:IFD", "committee:IFD", "",
])
def test_what_has_no_other_words_or_is_meant_as_typed(text: str) -> None:
    assert others(text) == []


@pytest.mark.parametrize("text", [
    "refuse permission", "permission refuse", "refuse planning consent", "refuse the application", "refuse licences",
    "Refuse outline planning applications committee:planning",
])
def test_refuse_beside_what_is_asked_for_is_refused_too(text: str) -> None:
    assert others(text) == [["refused"]]


@pytest.mark.parametrize("text", [
    "refuse", "refuse lorry", '"refuse" permission', "refused permission", "refuse OR permission", "refuse -permission",
])
def test_refuse_alone_is_what_is_collected(text: str) -> None:
    assert others(text) == []


def test_words_side_by_side_are_one_term_the_longest_first() -> None:
    tree = words.expanded(parse("late bin collection rounds").tree, parse("").tree)
    assert tree == And((Word("late"), Also(And((Word("bin"), Word("collection"))), (
        Row("refuse collection"), Row("waste collection"))), Word("rounds")))
    tree = words.expanded(parse("potholes OR (bins here)").tree, parse("").tree)
    assert isinstance(tree, Or)
    assert [isinstance(each, Also) for each in (tree.parts[0], *conditions(tree.parts[1]))] == [True, True, False]


def test_what_is_typed_too_is_not_added() -> None:
    assert others("potholes highway defects") == []
    assert others("bins waste collection") == [["refuse collection"], ["refuse collection", "bin collection"]]


def test_other_words_are_few() -> None:
    assert [len(each) for each in others("one")] == [MOST_OTHERS]
    assert [len(each) for each in others("bin pothole tip asb IFD one")] == [2, 1, 1, 2, 3, 3]
    assert sum(map(len, others("bin pothole tip asb IFD one"))) == MOST_ADDED


def test_what_was_added_is_said() -> None:
    query = parse("IFD calls council:ambleshire")
    tree = words.expanded(query.tree, query.whole)
    assert explanation(type(query)(tree)) == (
        "Items with any form of “calls” and any form of “IFD” (or “Integrated Front Door”, “Innovation Fund Delivery”)"
        ", of council “ambleshire”.")
    assert explanation(type(query)(words.expanded(parse("bin collection").tree, query.whole))) == (
        "Items with (any form of “bin” and “collection”, or “refuse collection”, “waste collection”).")


def test_other_words_are_marked_where_they_stand() -> None:
    text = "The integrated front doors; IFD."
    marks, exact = Snippets(words.expanded(Word("IFD"), Word("IFD"))).marks(text)
    assert [text[start:end] for start, end in marks] == ["integrated front doors", "IFD"]
    assert [text[start:end] for start, end in exact] == ["IFD"]


def test_words_typed_side_by_side_stay_so() -> None:
    tree = words.expanded(parse("integrated front door opens").tree, Word("x"))
    assert [wanted.leaf for wanted in together(tree)] == [
        Near(Word(left), Word(right), NEARBY)
        for left, right in (("integrated", "front"), ("front", "door"), ("door", "opens"))]
    assert title_asked(tree) == title_asked(parse("integrated front door opens").tree)


def test_what_the_home_s_table_says_of_a_word_takes_the_place_of_the_standard_one() -> None:
    own = read_synonyms('same = [["pothole", "crater"], ["ASB"]]\n[also]\n"bin" = ["caddy"]', "own")
    akin = OtherWords(dict, lambda: SYNONYMS | own)
    found = {text: [other.text for part in conditions(akin.expanded(parse(text).tree, parse("").tree))
                    if isinstance(part, Also) for other in part.others if isinstance(other, Word | Row)]
             for text in ("pothole", "highway defect", "bin", "asb", "antisocial behaviour", "tip")}
    assert found == {"pothole": ["crater"], "highway defect": [], "bin": ["caddy"], "asb": [],
                     "antisocial behaviour": ["anti-social behaviour"], "tip": ["recycling centre"]}


@pytest.mark.parametrize(("written", "said"), [
    ("same = [", "("), ("[same]", "same is a list"), ("same = [[3]]", "[3] is no list of words"),
    ("groups = []", "'groups' is none of ordinary, same, also"), ('same = [["the", "of"]]', "'the' holds no word"),
    ('[also]\nbin = "x"', "'x' is no list of words"), ("ordinary = 3", "ordinary a text"), ("also = 3", "also a table"),
])
def test_a_table_that_is_none_is_named_with_what_is_wrong(written: str, said: str) -> None:
    with pytest.raises(InputError, match=r"^home/synonyms.toml: is no table of synonyms \(") as caught:
        read_synonyms(written, "home/synonyms.toml")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("text", "found"), [
    ("bins", "refuse collection"), ("refuse", None), ("NNDR", "business rates"), ("rates", None), ("send", None),
    ("SEND", "special educational needs"), ("hmo licensing", "house in multiple occupation"), ("TRO", "traffic order"),
    ("houses in multiple occupation", "HMO"), ("taxis", "hackney carriage"), ("CTR", "council tax support"),
    ("pspo", "public spaces protection order"), ("ehcps", "education, health and care plan"), ("bus stop", None),
])
def test_the_table_that_comes_with_it(text: str, found: str | None) -> None:
    standard = OtherWords(dict)
    added = [other for part in conditions(standard.expanded(parse(text).tree, Word("x"))) if isinstance(part, Also)
             for other in part.others]
    assert bool(added) == bool(found)
    assert found is None or found in {getattr(other, "text", "") for other in added}


STANDARD = tomllib.loads((files("index") / "synonyms.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("group", STANDARD["same"], ids=lambda group: group[0])
def test_each_of_a_group_finds_each_other_of_it(group: list[str]) -> None:
    standard, ordinary = OtherWords(dict), set(key(STANDARD["ordinary"]).split())
    for typed in group:
        query = parse(typed)
        added = {key(other.text) for part in conditions(standard.expanded(query.tree, query.whole))
                 if isinstance(part, Also) for other in part.others if isinstance(other, Word | Row)}
        for other in group:
            holds_it = set(key(typed).split()) <= set(key(other).split())    # then it is found without
            never_added = other.isupper() and key(other) in ordinary
            assert holds_it or never_added or key(other) in added, (typed, other)


def test_the_words_follow_the_archive() -> None:
    held = {AMBLESHIRE: {"ABC": {"Area Board Chair": 1}}}
    following = OtherWords(lambda: held, lambda: NONE)
    before = following.expanded(Word("ABC"), Word("ABC"))
    held = {AMBLESHIRE: {"ABC": {"Annual Budget Consultation": 1}}}
    assert before == Also(Word("ABC"), (Row("Area Board Chair"),))
    assert following.expanded(Word("ABC"), Word("ABC")) == Also(Word("ABC"), (Row("Annual Budget Consultation"),))


def test_the_councils_that_a_query_narrows_to() -> None:
    assert councils_of(parse("school").tree) is None
    assert councils_of(parse("school council:otherton").tree) == {"otherton"}
    assert councils_of(parse("council:otherton council:ambleshire x").tree) == {"otherton", "ambleshire"}


def test_the_glossary_is_in_order() -> None:
    found = glossary(ACRONYMS)
    assert [*found] == [AMBLESHIRE, OTHERTON]
    assert [*found[AMBLESHIRE]] == ["BB", "CIL", "IFD", "MAP", "TIP"]
    assert found[AMBLESHIRE]["IFD"][0] == ("Integrated Front Door", 11)


texts = st.lists(st.sampled_from([
    "bins", "refuse", "collection", "IFD", "integrated", "front", "door", "OR", "AND", "-", "(", ")", "SEND",
    "one", "pothole", '"', "kind:title", "council:otherton", "NEAR/2", "tip*", "anti-social", "behaviour", "highway",
    "defect"]),
    max_size=14).map(" ".join)


@given(texts)
def test_what_was_typed_is_kept(text: str) -> None:
    query = parse(text)
    tree = words.expanded(query.tree, query.whole)
    assert unexpanded(tree) == query.tree
    assert parse(to_text(tree)).tree == parse(to_text(query.tree)).tree
    assert sum(1 for _ in leaves(tree)) - sum(1 for _ in leaves(query.tree)) <= MOST_ADDED
