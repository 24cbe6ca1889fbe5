"""Which words are taken for slips of others, and which are left as they were typed."""

import pytest
from build import a_meeting, an_item
from test_search import Shelf, filled

from index.search import Search, SearchRequest

USUAL = [
    an_item(f"u{number}", "Works", "Calling for a vote on the plan: heating oil, an odour, the narrow lanes that were. "
            "Mrs Ferry on the cemetery, a derelict library, planning of water at Larkmere, and the Irish language. "
            "The market was covered to mark it, and a condition met.")
    for number in range(110)
]
MEETINGS = (
    a_meeting("1", *USUAL),
    a_meeting("2", an_item("21", "Chairing", "A casting vote."), an_item("22", "Again", "The casting vote. CIL."),
              an_item("23", "Airfield", "One plane, some CIL, a libary."), an_item("24", "Odd", "A markett. A plane."),
              an_item("25", "Airfield", "A market, marked."), an_item("26", "Airfield", "A market.")),
)


@pytest.fixture(scope="module")
def search() -> Search:
    return Search(filled(MEETINGS), Shelf(MEETINGS))


@pytest.mark.parametrize("typed", ["casting vote", "plane", "CIL", "plane CIL", "libary plane"])
def test_words_that_stand_in_the_archive_are_what_was_meant_where_something_is_found(
    typed: str, search: Search
) -> None:
    result = search(SearchRequest(typed))
    assert result.total
    assert result.suggestion is None


@pytest.mark.parametrize("typed", [
    "drs", "DRS", "cil of", "colour", "COVEERT", "narow*mere", "harrow*mere", "*narow", "lans*", "sil", "nater*",
    "theplan", "heatingwater", "oilcasting", "odourly", "planeless", "ars on",
])
def test_nonsense_is_not_offered(typed: str, search: Search) -> None:
    assert search(SearchRequest(typed)).suggestion is None


@pytest.mark.parametrize(("typed", "meant"), [
    ("cemetary", "cemetery"), ("derilict", "derelict"), ("plannning", "planning"), ("Larkmeer", "Larkmere"),
    ("irish watre", "irish water"), ("libary", "library"), ("lirbayr", "library"), ("wree", None),
    ("DERILICT", "derelict"), ("ilbrary", "library"), ("markett", "market"), ("marketts", None),
    ("casting derilict", "calling derelict"), ("casting cemetary", "calling cemetery"),
])
def test_slips_are_led_to_the_word(typed: str, meant: str | None, search: Search) -> None:
    assert search(SearchRequest(typed)).suggestion == meant


@pytest.mark.parametrize(("typed", "meant"), [
    ("heatingoil", "heating oil"), ("castingvote", "casting vote"), ("narrowlanes", "narrow lanes"),
])
def test_words_run_together_are_parted_where_the_archive_has_them_side_by_side(
    typed: str, meant: str, search: Search
) -> None:
    assert search(SearchRequest(typed, synonyms=False)).suggestion == meant


def test_the_seldom_form_of_a_frequent_word_is_no_slip(search: Search) -> None:
    assert search(SearchRequest("airfield market")).total > search(SearchRequest("airfield marked")).total == 1
    assert search(SearchRequest("airfield marked")).suggestion is None
    assert search(SearchRequest("airfield markett")).suggestion == "airfield market"


def test_a_word_of_the_archive_stays_where_only_its_neighbour_is_a_slip(search: Search) -> None:
    assert search(SearchRequest("casting vtoe")).suggestion == "casting vote"
