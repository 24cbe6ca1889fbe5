from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import first_and_last
from index.query import DEEPEST, LONGEST_TEXT, MOST_WORDS, Query, parse
from index.tree import (
    And,
    Everything,
    Field,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Since,
    Until,
    Word,
    all_of,
    any_of,
)
from index.wording import explanation, to_text

SCHOOL, PLACES, ROAD, BUS = Word("school"), Word("places"), Word("road"), Word("bus")


@pytest.mark.parametrize(("text", "tree"), [
    ("", Everything()),
    ("school places", And((SCHOOL, PLACES))),
    ("school AND places", And((SCHOOL, PLACES))),
    ('"school places"', Phrase("school places")),
    ("“school places”", Phrase("school places")),
    ("school OR places", Or((SCHOOL, PLACES))),
    ("school or places", And((SCHOOL, PLACES))),
    ("well being school", And((Word("well-being"), SCHOOL))),
    ("school By Elections", And((SCHOOL, Word("By-Elections")))),
    ("by-pass", Word("by-pass")),
    ("being well", Word("well")),
    ("well -being", And((Word("well"), Not(Word("being"))))),
    ("-school", Not(SCHOOL)),
    ("NOT school", Not(SCHOOL)),
    ("NOT NOT school", SCHOOL),
    ("road -(school places)", And((ROAD, Not(And((SCHOOL, PLACES)))))),
    ("road school OR places", And((ROAD, Or((SCHOOL, PLACES))))),
    ("road school OR places member:russell", And((ROAD, Or((SCHOOL, PLACES)), Field("member", "russell")))),
    ("road AND school OR places", Or((And((ROAD, SCHOOL)), PLACES))),
    ("(road bus) OR school", Or((And((ROAD, BUS)), SCHOOL))),
    ("school school", SCHOOL),
    ("safeguard*", Prefix("safeguard")),
    ('"family safeguarding" NEAR/5 model', Near(Phrase("family safeguarding"), Word("model"), 5)),
    ("school NEAR places", Near(SCHOOL, PLACES, 10)),
    ("(school OR bus) NEAR/2 road", Near(Or((SCHOOL, BUS)), ROAD, 2)),
    ("school NEAR/2 road NEAR/3 bus", And((Near(SCHOOL, ROAD, 2), Near(ROAD, BUS, 3)))),
    ("18/00335/FUL", Word("18/00335/FUL")),
    ("member:russell", Field("member", "russell")),
    ('member:"Tom Russell"', Field("member", "Tom Russell")),
    ("Member:russell", Field("member", "russell")),
    ("-member:russell", Not(Field("member", "russell"))),
    ("member:russell member:jones", And((Field("member", "russell"), Field("member", "jones")))),
    ("committee:cabinet committee:audit", Or((Field("committee", "cabinet"), Field("committee", "audit")))),
    ("committee:westsussex/committees/170", Field("committee", "westsussex/committees/170")),
    ("council:WestSussex", Field("council", "westsussex")),
    ("topic:Housing", Field("topic", "housing")),
    ("kind:resolution", Field("kind", "resolution")),
    ("kind:clause", Field("kind", "resolution")),
    ("kind:heading", Field("kind", "narrative")),
    ("from:2021-05 to:2023", And((Since(date(2021, 5, 1)), Until(date(2023, 12, 31))))),
    ("from:3 May 2021 bus", And((Since(date(2021, 5, 3)), BUS))),
    ('to:"May 2021"', Until(date(2021, 5, 31))),
    ("(kind:resolution bus) school", And((And((Field("kind", "resolution"), BUS)), SCHOOL))),
    ("member(s) allowances", And((Word("member"), Word("allowances")))),
    ("school,places|road", And((SCHOOL, PLACES, ROAD))),
    ("bus - school", And((BUS, SCHOOL))),
    ("what is the school", SCHOOL),
    ("what’s being done about who should have a school", SCHOOL),
    ("WHO school", And((Word("WHO"), SCHOOL))),
    ("IT school", And((Word("IT"), SCHOOL))),
    ("it school", SCHOOL),
    ("THE WHO", Word("WHO")),
    ("school/places/road", And((SCHOOL, PLACES, ROAD))),
    ("w/c school", And((Word("w/c"), SCHOOL))),
    ("who OR school", Or((Word("who"), SCHOOL))),
    ('"what" school', And((Phrase("what"), SCHOOL))),
    ("the -school", Not(SCHOOL)),
    ("the OR school", Or((Word("the"), SCHOOL))),
    ('"the"', Phrase("the")),
])
def test_reads_and_says_back(text: str, tree: Node) -> None:
    assert parse(text).tree == tree
    assert parse(to_text(tree)).tree == tree


@pytest.mark.parametrize(("text", "tree", "said"), [
    ('"school places', Phrase("school places"), "never closed"),
    ("(school places", And((SCHOOL, PLACES)), "bracket was never closed"),
    ("school) places", And((SCHOOL, PLACES)), "no opening one"),
    ("OR school", SCHOOL, "OR has nothing to join"),
    ("school AND", SCHOOL, "AND has nothing to join"),
    ("school OR OR places", Or((SCHOOL, PLACES)), "OR has nothing to join"),
    ("school NOT", SCHOOL, "NOT has nothing after it"),
    ("NEAR/5 school", SCHOOL, "NEAR has nothing to join"),
    ("school NEAR/500 places", Near(SCHOOL, PLACES, 100), "100 words at most"),
    ("school NEAR/-1 places", Near(SCHOOL, PLACES, 10), "“NEAR/-1” was not understood; it was read as NEAR."),
    ("school NEAR/ places", Near(SCHOOL, PLACES, 10), "“NEAR/” was not understood"),
    ("school NEAR/12345678901 places", Near(SCHOOL, PLACES, 100), "100 words at most"),
    ("school NEAR/5 -places", And((SCHOOL, Not(PLACES))), "read as AND"),
    ("AND OR NOT NEAR/3 ()", Everything(), "this is everything"),
    ("the of", Everything(), "common words"),
    ("how about", Everything(), "common words"),
    ("the school", SCHOOL, "left out: the"),
    ("from:yesterday school", SCHOOL, "“yesterday” is no date"),
    ("kind:foo school", SCHOOL, "none of title, resolution"),
    ("kind:resolutoin school", SCHOOL, "There is kind:resolution. It was left out."),
    ("action:refuse school", SCHOOL, "There is action:refused. It was left out."),
    ("action:Refusal", Everything(), "There is action:refused. It was left out."),
    ("action:xyzzy school", SCHOOL, "referred, other. It was left out."),
    ("member: school", And((Word("member"), SCHOOL)), "needs a value"),
    ("member:!!! school", SCHOOL, "needs a value"),
    ("colour:red", And((Word("colour"), Word("red"))), "“colour:” is no filter; it was read as a word."),
    ("title:red", And((Word("title"), Word("red"))), "it was read as a word. kind:title looks in titles."),
    ("fromm:2021", And((Word("fromm"), Word("2021"))), "There is from:, as in from:2021-05."),
    ("since:2021", And((Word("since"), Word("2021"))), "from:2021 finds what is since 2021."),
    ("s*", Word("s"), "two letters"),
    ("sch*ol", And((Word("sch"), Word("ol"))), "only at the end"),
    ("*** school", SCHOOL, "holds no word"),
])
def test_repairs_what_it_can_and_says_what_it_could_not(text: str, tree: Node, said: str) -> None:
    query = parse(text)
    assert query.tree == tree
    assert said in " ".join(query.notes)
    assert said in explanation(query)


def test_is_bounded() -> None:
    long = parse("school " * 2000)
    assert long.tree == SCHOOL
    assert f"{LONGEST_TEXT:,} characters" in long.notes[0]
    many = parse(" ".join(f"w{number}" for number in range(300)))
    assert isinstance(many.tree, And)
    assert len(many.tree.parts) == MOST_WORDS
    deep = parse("(" * 5000 + "school" + ")" * 5000)
    assert f"more than {DEEPEST} brackets" in " ".join(deep.notes)
    assert parse("NOT " * 400 + "school").tree == SCHOOL


@pytest.mark.parametrize(("text", "sentence"), [
    ("", "Everything, newest first and routine items last."),
    ("bypass -kind:vote", "Items with any form of “bypass”, without a recorded vote."),
    ("-kind:clause", "Items without any resolution, newest first and routine items last."),
    ("school places", "Items with any form of “school” and “places”."),
    ('"school places" -Ofsted', "Items with exactly “school places”, without any form of “Ofsted”."),
    ("schools OR academies member:russell", "Items with (any form of “schools” or “academies”), naming “russell”."),
    ("kind:resolution bus from:2021-05", "Items with any form of “bus”, in resolutions, since 1 May 2021."),
    ("safeguard* 77/21", "Items with words beginning “safeguard” and “77/21”."),
    ('"a b" NEAR/5 model', "Items with exactly “a b” within 5 words of any form of “model”."),
    ("school NEAR/0 places", "Items with any form of “school” side by side with any form of “places”."),
    ("school NEAR/1 places", "Items with any form of “school” side by side with any form of “places”."),
    ("road AND school OR -bus", "Items with ((any form of “road” and “school”) or not any form of “bus”)."),
    ("-from:2021 -to:2020",
     "Items not since 1 January 2021, not until 31 December 2020, newest first and routine items last."),
    ("bus -member:russell", "Items with any form of “bus”, not naming “russell”."),
    ("committee:audit OR committee:cabinet",
     "Items of committee “audit” or of committee “cabinet”, newest first and routine items last."),
])
def test_says_how_it_was_read(text: str, sentence: str) -> None:
    assert explanation(parse(text)) == sentence


@pytest.mark.parametrize(("text", "first", "last"), [
    ("2021", date(2021, 1, 1), date(2021, 12, 31)),
    ("2021-05", date(2021, 5, 1), date(2021, 5, 31)),
    ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
    ("2021-05-03", date(2021, 5, 3), date(2021, 5, 3)),
    ("3/5/2021", date(2021, 5, 3), date(2021, 5, 3)),
    ("2021-5-3", date(2021, 5, 3), date(2021, 5, 3)),
    ("3 may 21", date(2021, 5, 3), date(2021, 5, 3)),
    ("3/5/21", date(2021, 5, 3), date(2021, 5, 3)),
    ("03.05.2021", date(2021, 5, 3), date(2021, 5, 3)),
    ("5/2021", date(2021, 5, 1), date(2021, 5, 31)),
    ("May 2021", date(2021, 5, 1), date(2021, 5, 31)),
    ("sept 2021", date(2021, 9, 1), date(2021, 9, 30)),
    ("3 May 2021", date(2021, 5, 3), date(2021, 5, 3)),
    ("3rd of May, 2021", date(2021, 5, 3), date(2021, 5, 3)),
    ("May 3, 2021", date(2021, 5, 3), date(2021, 5, 3)),
])
def test_reads_dates_as_people_write_them(text: str, first: date, last: date) -> None:
    assert first_and_last(text) == (first, last)


@pytest.mark.parametrize("text", [
    "", "0000", "21", "May 21", "5/21", "31/2/21", "31/2/2021",
    "2021-13", "13/13/2021", "Mai 2021", "J 2021", "tomorrow"])
def test_knows_what_is_no_date(text: str) -> None:
    assert first_and_last(text) is None


words = st.text(alphabet="abcdAB1/-.'£ôé", min_size=1, max_size=8)
pieces = words | st.sampled_from([
    "AND", "OR", "NOT", "NEAR/3", "NEAR", "(", ")", '"', "“", "-", "*", "member:", "kind:resolution", "from:2021",
    "to:May 2021", 'committee:"x y"', "the", "foo:bar", "sch*", "(s)", ":", "council:a/b", "topic:x", "&", "!",
    "NEAR/-1", "x,NEAR/y", "NEAR/9a",
])
texts = st.lists(pieces, max_size=25).flatmap(
    lambda several: st.sampled_from([" ".join(several), "".join(several)])) | st.text(max_size=200)


@given(texts)
def test_no_text_is_an_error_and_what_is_said_back_reads_the_same(text: str) -> None:
    query = parse(text)
    assert explanation(query)
    assert parse(to_text(query.tree)).tree == query.tree


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Z", "Cc", "Cf", "Cs", "M"]), max_size=60))
def test_no_characters_are_an_error(text: str) -> None:
    query = parse(text)
    assert isinstance(query, Query)
    assert (explanation(query) + to_text(query.tree)).encode()


trees = st.recursive(
    words.map(lambda text: parse(text.lower()).tree).filter(lambda tree: isinstance(tree, Word))
    | st.sampled_from([Phrase("a b"), Prefix("ab"), Field("member", "x"), Field("kind", "vote"),
                       Since(date(2021, 1, 1)), Near(Word("x"), Word("y"), 3)]),
    lambda inner: st.lists(inner, min_size=2, max_size=3).flatmap(
        lambda several: st.sampled_from([all_of(several), any_of(several)])),
    max_leaves=8,
)


@given(st.permutations(["school", "bus", "road", "member:x", "from:2021"]))
def test_the_order_of_words_does_not_matter(several: list[str]) -> None:
    tree = parse(" ".join(several)).tree
    assert isinstance(tree, And)
    assert set(tree.parts) == {SCHOOL, BUS, ROAD, Field("member", "x"), Since(date(2021, 1, 1))}


@given(trees)
def test_trees_have_one_form(tree: Node) -> None:
    assert all_of([tree]) == tree
    assert all_of([tree, tree]) == tree
    assert any_of([tree, tree]) == tree


def test_the_module_names_every_operator() -> None:
    described = (Path(__file__).parents[1] / "index" / "query.py").read_text(encoding="utf-8").split('"""')[1]
    operators = ("OR", "NOT", "NEAR/5", "*", "council:", "committee:", "member:", "topic:", "kind:", "from:", "to:")
    assert [operator for operator in operators if operator not in described] == []
