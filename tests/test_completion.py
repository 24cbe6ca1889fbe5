from datetime import date

import pytest

from archive.model import Committee, CommitteeId, CouncilId, Member, MemberId
from archive.overview import Titled
from index.completion import Completion, Suggestion
from index.engine import Matches

COUNCIL = CouncilId("ambleshire")
MEMBERS = (Member(MemberId("ambleshire/members/1"), "Cllr Zoë Larkmere"),
           Member(MemberId("ambleshire/members/2"), "Councillor Ann Schofield"))
COMMITTEES = (Committee(CommitteeId("ambleshire/committees/1"), "Schools Forum"), Committee(None, "Larkmere Panel"))
TITLES = (Titled("School places", 3, date(2020, 1, 1)), Titled("SCHOOL PLACES", 1, date(2022, 1, 1)),
          Titled("Condition of schools", 4, date(2021, 1, 1)), Titled("Fees “for” schools", 4, None),
          Titled("!", 9, None))
ACRONYMS = {
    COUNCIL: {"SEND": {"special educational needs": 2, "special educational needs and disabilities": 5}},
    CouncilId("otherton"): {
        "Send": {"Special Educational Needs": 1}, "IFD": {"Integrated Front Door": 9}, "IFl": {"Front Door": 1},
        "lFD": {"Integrated Front Doors": 1}}}
TOPICS = {"education": "Schools and education", "housing": "Housing"}


@pytest.fixture(scope="module")
def complete() -> Completion:
    return Completion(MEMBERS, COMMITTEES, TOPICS, ACRONYMS, TITLES)


def queries(found: tuple[Suggestion, ...]) -> list[str]:
    return [each.query for each in found]


@pytest.mark.parametrize(("typed", "expected"), [
    ("zoe", ['member:"Zoë Larkmere"']),
    ("LARKMERE", ['member:"Zoë Larkmere"', 'committee:"Larkmere Panel"']),
    ("member:lark", ['member:"Zoë Larkmere"']),
    ("potholes committee:\"lark", ['potholes committee:"Larkmere Panel"']),
    ("hous", ["topic:housing"]), ("send", ["SEND"]), ("educational needs and", ["SEND"]),
    ("school pl", ['"School places"']), ("budget condition of", []), ("budget sch", [
        'budget member:"Ann Schofield"', 'budget committee:"Schools Forum"', "budget topic:education"]),
    ("nothing of the kind", []), ("", []), ("!", []), ("kind:res", ["kind:resolution"]), ("x" * 5000, []),
])
def test_what_is_typed_is_completed(typed: str, expected: list[str], complete: Completion) -> None:
    assert queries(complete(typed)) == expected


@pytest.mark.parametrize(("typed", "expected"), [
    ("committee:", ['committee:"Larkmere Panel"', 'committee:"Schools Forum"']), ("Topic:", [
        "topic:education", "topic:housing"]), ("school kind:dec", ["school kind:resolution"]),
    ("kind:vo", ["kind:vote"]), ("action:def", ["action:deferred"]), ("deferred", []), ("decisions", []),
    ("council:", []), ("from:", []), ("committee:zoe", []), ("note: schools for", ['note: committee:"Schools Forum"']),
    (":", []), ("member::", ['member:"Ann Schofield"', 'member:"Zoë Larkmere"']),
])
def test_a_filter_offers_its_values(typed: str, expected: list[str], complete: Completion) -> None:
    assert queries(complete(typed)) == expected


def test_a_name_with_a_colon_is_completed_from_its_beginning() -> None:
    complete = Completion((), (Committee(None, "Overview: Places"),), {}, {}, ())
    assert queries(complete("overview: pl")) == ['committee:"Overview: Places"']


def test_only_what_finds_something_is_offered_and_what_finds_most_first() -> None:
    counts = {"ambleshire/members/2": 2, "Zoë Larkmere": 1, "Larkmere Panel": 3, "ambleshire/committees/1": 4,
              "education": 5, "vote": 1, "granted": 0}
    members = (*MEMBERS, Member(MemberId("ambleshire/members/3"), "Cllr Bo Larkmere"))
    complete = Completion(members, COMMITTEES, TOPICS, {}, (),
                          lambda asked: counts.get(asked.value, 0))
    assert queries(complete("lark")) == ['member:"Zoë Larkmere"', 'committee:"Larkmere Panel"']
    assert queries(complete("member:")) == ['member:"Ann Schofield"', 'member:"Zoë Larkmere"']
    assert queries(complete("committee:")) == ['committee:"Schools Forum"', 'committee:"Larkmere Panel"']
    assert queries(complete("hous")) == queries(complete("action:")) == []
    assert queries(complete("topic:")) == ["topic:education"]
    assert queries(complete("kind:")) == ["kind:vote"]


NAMED = (Member(MemberId("ambleshire/members/4"), "Cllr Wynne O’Dornell"),
         Member(MemberId("ambleshire/members/5"), "Cllr Warin D’Arbrook"),
         Member(MemberId("ambleshire/members/6"), "Cllr Wat Unlinked"))
BOARDS = (Committee(CommitteeId("ambleshire/committees/4"), "Health and Wellbeing Board"),
          Committee(CommitteeId("ambleshire/committees/5"), "Culture & Leisure Panel"), Committee(None, "Quay Panel"))


def beside_words(asked: list[tuple[str, int]]) -> Completion:
    """After the word "flood", which few have; what no facet counts is asked for by itself, which is written down."""
    facets = {"member": {"ambleshire/members/5": 1}, "committee": {"ambleshire/committees/5": 3},
              "topic": {"housing": 2}, "kind": {"vote": 1}}
    totals = {'flood member:"Wat Unlinked"': 1, "flood IFD": 1}

    def answers(text: str, limit: int) -> Matches:
        asked.append((text, limit))
        found = facets if text == "flood" else {}
        return Matches(totals.get(text, 0), facets=found if limit else {})

    return Completion(NAMED, BOARDS, TOPICS, ACRONYMS, (), lambda each: 0 if each.value.endswith("members/6") else 9,
                      answers)


@pytest.mark.parametrize(("typed", "expected"), [
    ("flood member:w", ['flood member:"Warin D’Arbrook"', 'flood member:"Wat Unlinked"']),
    ("flood committee:", ['flood committee:"Culture & Leisure Panel"']), ("flood committee:health", []),
    ("flood topic:", ["flood topic:housing"]), ("flood action:", []), ("flood kind:", ["flood kind:vote"]),
    ("flood ifd", ["flood IFD"]), ("flood send", []), ("nothing member:w", []),
    ("flood committee:quay", []), ("member:wynne", ['member:"Wynne O’Dornell"']),
])
def test_after_words_only_what_is_found_with_them_is_offered(typed: str, expected: list[str]) -> None:
    assert queries(beside_words([])(typed)) == expected


def test_after_words_one_search_counts_what_facets_count() -> None:
    asked: list[tuple[str, int]] = []
    beside_words(asked)("flood committee:health")
    assert asked == [("flood", 1)]
    asked.clear()
    beside_words(asked)("flood xyz")
    beside_words(asked)("member:w")
    assert asked == []


@pytest.mark.parametrize("typed", [
    "committee:health & w", 'committee:"health & w', 'committee:"health and w', "health &",
    'potholes committee:"health & wellbeing bo'])
def test_an_ampersand_is_a_word_of_a_name(typed: str) -> None:
    found = Completion(NAMED, BOARDS, TOPICS, ACRONYMS, ())(typed)
    assert [each.label for each in found] == ["Health and Wellbeing Board"]
    assert queries(Completion((), BOARDS, {}, {}, ())("culture and lei")) == ['committee:"Culture & Leisure Panel"']


@pytest.mark.parametrize("typed", ['"health & w', 'potholes "committee:w', 'committee:"nothing & w'])
def test_what_is_in_quotation_marks_is_not_taken_out_of_them(typed: str) -> None:
    assert not any(each.query.count('"') % 2 for each in Completion(NAMED, BOARDS, TOPICS, ACRONYMS, ())(typed))


@pytest.mark.parametrize("typed", ["o'dor", "O’ Dor", "member:odorn", "o’"])
def test_a_name_with_an_apostrophe_is_one_word(typed: str) -> None:
    assert queries(Completion(NAMED, (), {}, {}, ())(typed)) == ['member:"Wynne O’Dornell"']


def test_every_kind_has_its_turn_and_what_is_frequent_comes_first(complete: Completion) -> None:
    assert [(each.kind, each.label) for each in complete("sch")] == [
        ("member", "Councillor Ann Schofield"), ("committee", "Schools Forum"), ("topic", "Schools and education"),
        ("title", "School places"), ("title", "Condition of schools"), ("title", "Fees “for” schools")]


def test_a_short_form_is_suggested_once_whatever_it_stands_for_and_no_slip_of_one(complete: Completion) -> None:
    assert [each.label for each in complete("needs")] == [
        "SEND: special educational needs and disabilities; special educational needs"]
    assert [each.label for each in complete("front do")] == ["IFD: Integrated Front Door", "IFl: Front Door"]


def test_no_more_than_asked_for(complete: Completion) -> None:
    assert len(complete("sch", 2)) == 2
    assert complete("sch", 2)[0].kind == "member"


def test_of_equal_spellings_the_usual_one_is_shown_and_quotes_do_not_nest(complete: Completion) -> None:
    assert queries(complete("fees")) == ['"Fees for schools"']
    assert queries(complete("school places")) == ['"School places"']


def test_values_are_identifiers_where_there_are_any(complete: Completion) -> None:
    assert [each.value for each in complete("lark")] == ["ambleshire/members/1", "Larkmere Panel"]
