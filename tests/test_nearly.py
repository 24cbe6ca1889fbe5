"""What is listed below, where little or nothing has all that was asked for."""

from datetime import date
from typing import Any

import pytest
from build import a_meeting, an_item
from test_search import Shelf, filled

from archive import ids
from index.query import Sort
from index.search import FEW, Search, SearchRequest

FEES = [an_item(f"p{number}", f"Parking {number}", "Parking fees in the market place.") for number in range(FEW)]
MEETINGS = (
    a_meeting("1", *FEES, committee="Highways Committee", start=date(2019, 5, 1)),
    a_meeting("2", an_item("21", "Investments", "The sale of shares in fossil fuels."),
              an_item("22", "Investments", "Property."), committee="Pension Fund Committee", start=date(2020, 3, 2)),
    a_meeting("3", an_item("31", "Heating", "No fossil fuels in new homes."),
              an_item("32", "Fossils", "A display in the Harrowmere museum."), committee="Cabinet",
              start=date(2021, 6, 1)),
)


@pytest.fixture(scope="module")
def search() -> Search:
    return Search(filled(MEETINGS), Shelf(MEETINGS))


def nearly(search: Search, text: str, **options: Any) -> list[str]:
    found = search(SearchRequest(text, **options)).nearly
    return [ids.local(hit.item) for hit in found.hits] if found else []


@pytest.mark.parametrize(("text", "listed"), [
    ("pension fossil fuels", ["21", "31"]),     # the committee's name says one of them
    ("fossil sale June 2021", ["32", "31", "21"]), ("sale museum June 2021", ["32", "31"]),     # the day says two
    ("fossil fuels xyzzy", ["31", "21", "32"]),     # what nothing has is not asked for
    ("fossil homes", ["32", "21"]), ("museum property", ["22", "32"]), ("museum property committee:cabinet", ["32"]),
    ("museum property from:2021", ["32"]), ("museum property -kind:vote", ["22", "32"]),
    ("museum property -harrowmere", ["22"]), ('museum "of shares"', ["32", "21"]),
    ("parking fees xyzzy", [f"p{number}" for number in range(FEW)]),
    ("museum", []), ("xyzzy", []), ("xyzzy plugh", []), ("", []), ("property committee:cabinet", []),
    ("parking fees", []), (" ".join(["museum", *(f"word{number}" for number in range(99))]), []),
])
def test_what_has_some_of_the_words_is_listed(text: str, listed: list[str], search: Search) -> None:
    assert nearly(search, text) == listed


def test_either_of_two_words_is_listed_only_where_few_items_have_both(search: Search) -> None:
    both = search(SearchRequest("fossil fuels"))
    assert (both.total, nearly(search, "fossil fuels")) == (2, ["32"])
    many = search(SearchRequest("Parking committee:highways -\"Parking 3\" fees"))
    assert (many.total, many.nearly) == (9, None)
    three = search(SearchRequest('fees market "Parking 3"'))
    assert (three.total, bool(three.nearly)) == (1, True)


def test_they_are_no_hits_and_say_what_was_looked_for(search: Search) -> None:
    result = search(SearchRequest("fossil fuels museum xyzzy Pension"))
    assert (result.total, result.hits, result.facets["committee"]) == (0, (), ())
    assert result.nearly
    assert (result.nearly.query, result.nearly.words) == (None, ("fossil", "fuels", "museum", "Pension"))
    marked = [[hit.title[start:end] for start, end in hit.title_marks] for hit in result.nearly.hits]
    assert marked == [[], ["Fossils"], []]
    said = [[each.text[start:end] for each in hit.paragraphs for start, end in each.marks]
            for hit in result.nearly.hits]
    assert said == [["fossil", "fuels"], ["museum"], ["fossil", "fuels"]]


def test_together_with_what_was_found_they_are_ten(search: Search) -> None:
    result = search(SearchRequest('fees "Parking 3"'))
    assert [ids.local(hit.item) for hit in result.hits] == ["p3"]
    assert nearly(search, 'fees "Parking 3"') == [f"p{number}" for number in range(FEW) if number != 3]


def test_they_stand_below_the_last_page_by_relevance(search: Search) -> None:
    text = "fossil fuels"
    assert search(SearchRequest(text)).total == 2
    assert [nearly(search, text, page=page, per_page=1) for page in (1, 2, 3)] == [[], ["32"], []]
    assert [nearly(search, text, sort=sort) for sort in Sort] == [["32"], [], []]


def test_a_suggestion_is_answered_where_nothing_was_found(search: Search) -> None:
    result = search(SearchRequest("Harowmere museum"))
    assert (result.total, result.suggestion) == (0, "Harrowmere museum")
    assert result.nearly
    assert (result.nearly.query, result.nearly.words) == ("Harrowmere museum", ())
    assert [ids.local(hit.item) for hit in result.nearly.hits] == ["32"]


@pytest.mark.parametrize("text", [
    "Harowmeer museum",     # two letters
    "fosil museum",    # a short word
    "arrowmere museum",     # the first letter
])
def test_a_guess_that_is_not_sure_is_only_offered(text: str, search: Search) -> None:
    result = search(SearchRequest(text))
    assert (result.total, result.suggestion is not None) == (0, True)
    assert result.nearly
    assert (result.nearly.query, "museum" in result.nearly.words) == (None, True)
