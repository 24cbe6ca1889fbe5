"""Every engine gives the answers of the specification, `memory_engine`: the same items in order, totals and facets."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from build import COUNCIL, a_meeting, an_item
from engines import ENGINES, JONES, LONG, RUSSELL, agreed, both, closed_after, fill, filled, the_archive
from hypothesis import given
from hypothesis import strategies as st
from memory_engine import MemoryEngine

from archive import ids
from archive.model import MeetingId
from archive.versions import digest
from index.engine import Matches, SearchEngine
from index.generations import MakeEngine
from index.memory import Memory
from index.passages import Scope
from index.query import Query, Sort, parse
from index.tree import (
    Also,
    And,
    Field,
    Most,
    Node,
    Not,
    Or,
    Phrase,
    Row,
    Setting,
    Since,
    Until,
    Word,
    all_of,
    any_of,
    negated,
)


@pytest.fixture(scope="module")
def memory() -> MemoryEngine:
    engine = MemoryEngine()
    fill(engine)
    return engine


LARGE = {"index.whoosh_files._BLOCK": 2, "index.whoosh_files._MEMORY": 0.001, "index.tantivy_files._AT_ONCE": 50}


@pytest.fixture(scope="module", ids=" ".join,
                params=[(name, size) for name in ENGINES for size in ("as it is", "as if the archive were large")])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    name, size = request.param
    with closed_after(ENGINES[name]) as make:
        engine = make(tmp_path_factory.mktemp("index"))
        with pytest.MonkeyPatch.context() as patch:
            for setting, value in LARGE.items() if size != "as it is" else ():
                patch.setattr(setting, value)
            fill(engine)
        yield engine


@pytest.fixture(params=ENGINES)
def make(request: pytest.FixtureRequest) -> Iterator[MakeEngine]:
    with closed_after(ENGINES[request.param]) as make:
        yield make


QUERIES = """
action:resolved|action:noted|-action:noted school|ref:18/00335/FUL|ref:77/21|action:resolved OR kind:vote
children first the family safeguarding model|apologies for absence|school model policy|school places from:2021
school|school places|"school places"|"School Places"|places school|schools OR academies|school -places|NOT school
(school OR bus) model|road schools OR academies|safeguard*|sch*|co*|"family safeguarding" NEAR/5 model
model NEAR/1 safeguarding|school NEAR/2 places|(school OR bus) NEAR/3 (services OR "places")
school NEAR services OR places|bus NEAR/9 school NEAR/9 model|"the planning officer"|"the"|the|18/00335/FUL|18/00335
00335|00335/FUL|18/00335/F*|S106|106|£1.2m|1.2m|BN43 6EF|BN436EF|bn43|77/21|78/22|27|27.1|1,200|1200|"1200"|ynys mon
"Ynys Môn"|"ynys mon"|co-operation|cooperation|cooperat*|"co-operation agreement"|cost-of-living|cost living
17-year-old|children's|childrens|children|"children's services"|"childrens services"|"children services"
"team permission"|"17-year-olds a motion"|member:russell|member:"Cllr Russell"|member:ambleshire/members/117
member:russell member:jones|member:russell OR member:coughlan|member:russell school|schools OR buses member:russell
committee:scrutiny|committee:"children's scrutiny"|committee:cabinet school|committee:ambleshire/committees/cabinet
committee:cabinet committee:planning|council:otherton|council:ambleshire school|-council:otherton|topic:education
topic:planning OR topic:transport|topic:nonsense|kind:resolution|kind:resolution planning|kind:title school
kind:agenda|kind:resolution permission officer|kind:narrative permission officer|kind:resolution kind:vote russell
kind:vote|kind:table 1200|(kind:resolution bus) school|kind:resolution -bus|kind:agenda school OR ofsted|ofsted
annex|kind:resolution (kind:vote russell)|kind:resolution OR school|kind:clause writes|kind:resolution buses
kind:heading school|-(kind:resolution bus)|lost|buses|from:2021|to:2021|from:2021-03-02 to:2021-03-02
from:2022 school|school to:2020|from:2023|-from:2021|from:2022 to:2021|nothingatall|school nothingatall
school OR nothingatall|"|OR|()|kind:vote -russell|school school|-school -bus|services NEAR/100 model
""".replace("\n", "|").strip("|").split("|")


@pytest.mark.parametrize("text", ["", *QUERIES])
def test_every_engine_answers_as_specified(text: str, memory: MemoryEngine, engine: SearchEngine) -> None:
    agreed(memory, engine, parse(text))


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("text", ["", "school", "school OR bus", "kind:resolution"])
def test_sorts_and_pages_as_specified(text: str, sort: Sort, memory: MemoryEngine, engine: SearchEngine) -> None:
    tree = parse(text).tree
    whole = agreed(memory, engine, Query(tree, sort=sort, limit=100))
    pages = [agreed(memory, engine, Query(tree, sort=sort, start=start, limit=3)) for start in range(0, 12, 3)]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)[:12]


def test_a_query_that_names_no_item_has_the_total_alone(memory: MemoryEngine, engine: SearchEngine) -> None:
    tree = parse("school").tree
    total = engine.search(Query(tree)).total
    assert memory.search(Query(tree, limit=0)) == engine.search(Query(tree, limit=0)) == Matches(total)
    assert total


def test_every_engine_says_which_meetings_it_holds_and_what_they_were_made_from(
    memory: MemoryEngine, engine: SearchEngine
) -> None:
    made_from = {meeting.id: [digest(meeting)] * len(meeting.items) for meeting in the_archive()}
    assert memory.held() == made_from
    assert engine.held() == made_from


def test_the_words_of_the_archive_are_known(memory: MemoryEngine, engine: SearchEngine) -> None:
    """A text that was put again, or that another meeting has too, may count once more; none is forgotten."""
    archive = the_archive()
    put = [filled(MemoryEngine(), meeting) for meeting in (*archive, *archive[1:4])]
    ever = sum((Counter(each.lexicon().words) for each in put), Counter[str]())
    assert Counter(memory.lexicon().words) <= Counter(engine.lexicon().words) <= ever
    assert {"safeguarding", "school", "schools", "mon"} <= memory.lexicon().words.keys()
    assert all(word.isalpha() for word in ever)


def test_the_words_of_texts_put_once_are_counted_exactly(tmp_path: Path, make: MakeEngine) -> None:
    memory, engine = both(make(tmp_path), *the_archive()[:4])
    assert engine.lexicon() == memory.lexicon()
    assert memory.lexicon().words["school"] == 6


def found_by(engine: SearchEngine, text: str) -> list[str]:
    return [ids.local(hit.id) for hit in engine.search(parse(text)).hits]


@pytest.mark.parametrize(("text", "items"), [
    ('"family safeguarding model"', ["11"]),
    ('"children services"', []),
    ("18/00335/FUL", ["14"]),
    ("00335/FUL", ["14"]),
    ("BN436EF", ["14"]),
    ("ynys mon", ["21"]),
    ("cooperation", ["21"]),
    ('"team permission"', []),
    ("kind:resolution permission", ["14"]),
    ("kind:resolution presented", []),
    ("annex", []),
    ("planning highways", ["14"]),
    ("77/21", []),
    ("78/22", ["12"]),
    ("model NEAR/1 safeguarding", ["11"]),
    ("member:coughlan", ["11"]),
])
def test_finds(text: str, items: list[str], memory: MemoryEngine, engine: SearchEngine) -> None:
    assert found_by(memory, text) == found_by(engine, text) == items


def test_whom_a_name_means_is_found_however_printed(memory: MemoryEngine, engine: SearchEngine) -> None:
    cabinet = str(ids.committee_id(COUNCIL, "cabinet"))
    for tree in (Field("member", "zoe", (str(RUSSELL),)), Field("member", "coughlan", (str(JONES), "x/members/1")),
                 Field("committee", "scrutiny", (cabinet,)), Not(Field("member", "jones", (str(RUSSELL),)))):
        assert agreed(memory, engine, Query(tree, limit=100)).total, tree
    named, known = (memory.search(Query(Field("member", value, meant), limit=100)) for value, meant in (
        ("zoe", (str(RUSSELL),)), (str(RUSSELL), ())))
    assert [hit.id for hit in named.hits] == [hit.id for hit in known.hits]


def test_other_words_for_the_same_thing_are_found_below(tmp_path: Path, make: MakeEngine) -> None:
    memory, engine = both(make(tmp_path), a_meeting(
        "1", an_item("1", "Report", "The IFD takes calls."), an_item("2", "Report", "The Integrated Front Door opens."),
        an_item("3", "Report", "A door.")))
    akin = Also(Word("IFD"), (Phrase("integrated front door"),))
    reverse = Also(And((Word("front"), Word("door"))), (Word("IFD"),))
    for tree in (akin, all_of((akin, Word("report"))), negated(akin), reverse):
        agreed(memory, engine, Query(tree))
    assert [ids.local(hit.id) for hit in engine.search(Query(akin)).hits] == ["1", "2"]


def test_some_of_the_words_will_do_where_the_query_says_so_and_a_committee_or_a_day_may_say_them(
    tmp_path: Path, make: MakeEngine
) -> None:
    memory, engine = both(
        make(tmp_path),
        a_meeting("1", an_item("1", "Fuels", "Fossil fuels were sold."), committee="Pensions Committee",
                  start=date(2020, 5, 5)),
        a_meeting("2", an_item("2", "Fuels", "Fossil fuels were sold."), an_item("3", "Wood", "A fossil tree."),
                  committee="Cabinet", start=date(2021, 3, 2)),
        a_meeting("3", an_item("4", "Minutes", "Approved."), committee="Cabinet", start=date(2021, 4, 6)))
    fossil, fuel, pension, march = Word("fossil"), Word("fuel"), Setting("pension"), Setting("March")
    for least in range(5):
        for tree in (some := Most((fossil, fuel, pension, march), least), all_of((some, Field("kind", "narrative"))),
                     all_of((some, Not(pension))), Or((some, Word("approved"))), Not(some), Most((some, fuel), 1)):
            agreed(memory, engine, Query(tree))
    for wanted, found in ((Most((fossil, fuel, pension), 2), ["1", "2"]), (Setting("march"), ["2", "3"]),
                          (Setting("6 April 2021"), ["4"]), (Setting("cabinets"), ["4", "2", "3"])):
        assert [ids.local(hit.id) for hit in agreed(memory, engine, Query(wanted)).hits] == found


def test_other_words_rank_below_those_typed_however_often_they_stand(tmp_path: Path, make: MakeEngine) -> None:
    memory, engine = both(make(tmp_path), a_meeting(
        "1", an_item("1", "Notes", f"{LONG} the IFD", procedural=True),
        an_item("2", "Integrated front doors", "Integrated front doors. The integrated front door is open."),
        an_item("3", "Doors", "An integrated door, in front."), an_item("4", "Both", "IFD, an integrated front door.")))
    akin = Also(Word("IFD"), (Row("Integrated Front Door"), Word("door's")))
    for tree in (akin, Or((akin, Word("doors"))), And((akin, Word("integrated"))), Not(akin)):
        agreed(memory, engine, Query(tree))
    assert [ids.local(hit.id) for hit in agreed(memory, engine, Query(akin)).hits] == ["4", "1", "2", "3"]
    assert [ids.local(hit.id) for hit in agreed(memory, engine, Query(Row("integrated front door"))).hits] == ["2", "4"]


def test_the_acronyms_of_each_council_are_known_and_the_same_until_something_changes(
    tmp_path: Path, make: MakeEngine
) -> None:
    text = "The Integrated Front Door (IFD) opens."
    items = an_item("1", "A", text), an_item("2", "B", text + " Or (ID).")
    memory, engine = both(make(tmp_path), a_meeting("1", *items))
    assert memory.acronyms() == engine.acronyms() == {COUNCIL: {"IFD": {"Integrated Front Door": 2}}}
    assert engine.acronyms() is engine.acronyms()
    with engine.batch() as batch:
        batch.remove(MeetingId("ambleshire/meetings/1"))
    assert engine.acronyms() == {}


def test_minutes_that_came_twice_are_found_once_what_was_said_again_each_time(tmp_path: Path, make: MakeEngine) -> None:
    first = a_meeting("1", an_item("1", "Bypass", LONG), start=date(2021, 3, 2))
    again, another = an_item("2", "Bypass", LONG), an_item("3", "Bypasses", LONG + " more")
    copied = a_meeting("2", again, another, start=date(2021, 3, 2))
    later = a_meeting("3", an_item("4", "Bypass", LONG), start=date(2021, 4, 6))
    memory, engine = both(make(tmp_path), first, copied, later)
    assert [ids.local(hit.id) for hit in agreed(memory, engine, parse("word1")).hits] == ["4", "1", "3"]
    assert agreed(memory, engine, parse("word1 from:2021-04")).total == 1


def test_a_title_that_was_typed_comes_first_routine_or_not(tmp_path: Path, make: MakeEngine) -> None:
    memory, engine = both(make(tmp_path), a_meeting(
        "1", an_item("1", "Apologies for absence", "None.", procedural=True),
        an_item("2", "Absence of staff", "Apologies for absence of staff. Apologies! Absence, absence.")))
    first, *_ = agreed(memory, engine, parse("apologies for absence")).hits
    assert ids.local(first.id) == "1"


def test_words_together_come_before_words_apart_and_the_newest_of_equals_first(
    tmp_path: Path, make: MakeEngine
) -> None:
    memory, engine = both(
        make(tmp_path),
        a_meeting("1", an_item("1", "A", "The council of long and dark roads in the north raised its tax.")),
        a_meeting("2", an_item("2", "B", "The roads: of long and dark in the north, raised council tax."),
                  start=date(2001, 1, 1)),
        a_meeting("3", an_item("3", "C", "The roads: of long and dark in the north, raised council tax."),
                  start=date(2020, 1, 1)))
    assert [ids.local(hit.id) for hit in agreed(memory, engine, parse("council tax")).hits] == ["3", "2", "1"]


def test_an_item_that_says_next_to_nothing_comes_below_one_that_does(tmp_path: Path, make: MakeEngine) -> None:
    memory, engine = both(make(tmp_path), a_meeting(
        "1", an_item("1", "Irish water", "Yes."), an_item("2", "Irish water", f"{LONG}")))
    found = agreed(memory, engine, parse("water"))
    assert [ids.local(hit.id) for hit in found.hits] == ["2", "1"]


def test_routine_items_come_last_and_undated_ones_are_not_lost(engine: SearchEngine) -> None:
    found = found_by(engine, "school")
    assert found[-1] == "13"
    assert "41" in found
    assert found_by(engine, "")[-2:] == ["41", "13"]


def choice(facet: str, value: str) -> Node:
    if facet == "year":
        return all_of((Since(date(int(value), 1, 1)), Until(date(int(value), 12, 31))))
    return Field(facet, value)


CHOICES: dict[str, tuple[str, ...]] = {
    "council": ("ambleshire", "otherton"), "member": tuple(str(each) for each in (RUSSELL, JONES)),
    "committee": ("ambleshire/committees/cabinet", "ambleshire/committees/planning-committee", "otherton/committees/1"),
    "topic": ("education", "planning", "transport"), "kind": tuple(Scope), "year": ("2020", "2021", "2022"),
}
chosen = st.fixed_dictionaries({}, optional={
    facet: st.lists(st.sampled_from(values), min_size=1, max_size=2).map(
        lambda several, facet=facet: any_of(choice(facet, value) for value in several))
    for facet, values in CHOICES.items()})


words = st.sampled_from([
    "school", "schools", "places", "bus", "model", "safeguarding", "the", "children's", "18/00335/FUL", "co-operation",
    "ynys", "planning", "nothing", "S106", "27.1"])
filters = st.sampled_from([
    "member:russell", "member:jones", "committee:cabinet", "committee:scrutiny", "topic:education", "kind:resolution",
    "kind:title", "kind:narrative", "from:2021", "to:2021", "council:otherton"])
pairs = st.tuples(words, words)
leaves = st.one_of(
    words, words.map(lambda word: f"{word[:3]}*"), pairs.map(lambda two: f'"{two[0]} {two[1]}"'),
    st.tuples(words, words, st.integers(1, 30)).map(lambda near: f"{near[0]} NEAR/{near[2]} {near[1]}"))


def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    both = st.tuples(inner, inner)
    return st.one_of(both.map(" ".join), both.map(" OR ".join), both.map(" AND ".join),
                     inner.map(lambda one: f"-({one})"), inner.map(lambda one: f"({one})"))


texts = st.recursive(leaves | filters, joined, max_leaves=6)


def test_what_is_remembered_is_bounded() -> None:
    memory, made = Memory(8, len), []

    def ask(key: str, length: int) -> int:
        return len(memory.once(key, lambda: made.append(key) or range(length)))

    assert [ask("a", 4), ask("b", 4), ask("a", 4)] == [4, 4, 4]
    assert made == ["a", "b"]
    assert [ask("c", 4), ask("a", 4), ask("b", 4)] == [4, 4, 4]
    assert made == ["a", "b", "c", "b"]
    assert ask("huge", 100) == 100


@given(text=texts, sort=st.sampled_from(Sort))
def test_any_query_is_answered_as_specified(text: str, sort: Sort, memory: MemoryEngine, engine: SearchEngine) -> None:
    query = parse(text)
    agreed(memory, engine, Query(query.tree, sort=sort, limit=5))


@given(text=texts, chosen=chosen)
def test_a_facets_count_is_the_total_of_choosing_it_alone(
    text: str, chosen: dict[str, Node], memory: MemoryEngine, engine: SearchEngine
) -> None:
    tree = parse(text).tree
    facets = agreed(memory, engine, Query(tree, chosen)).facets
    for name, values in CHOICES.items():
        for value in values:
            alone = Query(tree, {**chosen, name: choice(name, value)})
            assert engine.search(alone).total == facets[name].get(value, 0), (name, value)


@given(text=texts, chosen=chosen)
def test_what_was_typed_holds_whatever_is_chosen(text: str, chosen: dict[str, Node], engine: SearchEngine) -> None:
    typed, narrowed = (engine.search(Query(parse(text).tree, each, limit=100))
                       for each in ({}, {name: node for name, node in chosen.items() if name != "kind"}))
    assert {hit.id for hit in narrowed.hits} <= {hit.id for hit in typed.hits}


@pytest.mark.parametrize(("text", "facet", "value"), [
    ("committee:cabinet school", "committee", "ambleshire/committees/planning-committee"),
    ("council:otherton", "council", "ambleshire"), ("kind:resolution planning", "kind", "narrative"),
    ("from:2022", "year", "2021"),
])
def test_another_value_than_the_one_typed_finds_nothing(
    text: str, facet: str, value: str, engine: SearchEngine
) -> None:
    assert engine.search(parse(text)).total
    assert value not in engine.search(parse(text)).facets[facet]
    assert engine.search(Query(parse(text).tree, {facet: choice(facet, value)})).total == 0


@given(text=texts, more=leaves)
def test_one_word_more_never_finds_more(text: str, more: str, engine: SearchEngine) -> None:
    whole, narrower = engine.search(parse(f"({text})")), engine.search(parse(f"({text}) {more}"))
    assert narrower.total <= whole.total


@given(one=words, other=words)
def test_a_phrases_items_have_its_words(one: str, other: str, engine: SearchEngine) -> None:
    asked = parse(f'"{one} {other}"'), parse(f"{one} {other}")
    phrase, both = (engine.search(Query(query.tree, limit=100)) for query in asked)
    assert {hit.id for hit in phrase.hits} <= {hit.id for hit in both.hits}


@given(one=texts, other=texts)
def test_either_order_of_or_finds_the_same(one: str, other: str, engine: SearchEngine) -> None:
    assert engine.search(parse(f"({one}) OR ({other})")) == engine.search(parse(f"({other}) OR ({one})"))
