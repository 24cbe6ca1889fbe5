"""What is offered where little or nothing is found: corrections, dates, and what else there is."""

from datetime import date
from typing import Any

import pytest
from build import a_meeting, an_item
from test_search import RUSSELL, Shelf, filled

from archive.model import Person
from index.search import Search, SearchRequest

FLOODS = [an_item(f"f{number}", f"Flood risk {number}", "The flood wall at Harrowmere. Embankment of drains.")
          for number in range(60)]
MEETINGS = (
    a_meeting("1", *FLOODS, committee="Planning Committee", start=date(2019, 5, 1)),
    a_meeting("2", an_item("21", "Waste", "The Froot Door pilot. A slip: the embankmnet. Food bank, a flod."),
              an_item("22", "Footpath: food at Ferry Lane", "The waste and the collection of food, by Mr Harrowmore.",
                      people=(Person("Mr Harrowmore"),)),
              an_item("23", "Front door", "The front door of the hall. A footpath. Food."), committee="Cabinet",
              start=date(2021, 3, 2)),
    a_meeting("3", an_item("31", "School places", "Budget."), committee="Schools Forum", start=date(2022, 5, 3)),
)


@pytest.fixture(scope="module")
def search() -> Search:
    return Search(filled(MEETINGS), Shelf(MEETINGS))


@pytest.mark.parametrize(("typed", "meant"), [
    ("harowmere", "harrowmere"), ("Harowmere", "Harrowmere"), ("flodo risk", "flood risk"), ("skool", None),
    ('"flood wlal"', '"flood wall"'), ("folod wlal", "flood wall"),
    ("wastecollection", None), ("foodpath", "footpath"), ("foot path", None), ("FOOTPAHT", "footpath"),
    ("flood comittee:planning", None), ("committee:plannning flood", "committee:planning flood"),
    ("member:rusell", None), ("xyzzy", None), ("18/00335/FLOD", None), ("-harowmere", None), ("harowm*", None),
    ("budget 2022", "budget from:2022 to:2022"), ("budget 2050", None), ("flood since 2019", "flood from:2019"),
    ("wall between 2018 and 2020", "wall from:2018 to:2020"), ("budget from:2022", None), ('"budget 2022"', None),
])
def test_what_was_meant_is_offered_where_it_finds_more(typed: str, meant: str | None, search: Search) -> None:
    result = search(SearchRequest(typed))
    assert result.suggestion == meant
    if meant:
        assert search(SearchRequest(meant)).total > result.total


def test_words_apart_and_together_find_it_or_where_other_words_are_unwanted_it_is_offered(search: Search) -> None:
    assert search(SearchRequest("foot path")).total == search(SearchRequest("footpath")).total > 0
    assert search(SearchRequest("foot path", synonyms=False)).suggestion == "footpath"
    assert search(SearchRequest("frontdoor")).total == search(SearchRequest('"front door"')).total > 0
    assert search(SearchRequest("frontdoor", synonyms=False)).suggestion == "front door"


@pytest.mark.parametrize(("typed", "meant"), [
    ("harowmere~", "harrowmere"), ("[harowmere]", "harrowmere"), ("harowmere~2", "harrowmere"), ("wree", None),
    ("topic:floding", "topic:flooding"), ("topic:flooding", None), ("topic:xyzzyx", None),
])
def test_an_offered_text_has_neither_marks_nor_words_that_are_left_out(
        typed: str, meant: str | None, search: Search) -> None:
    assert search(SearchRequest(typed)).suggestion == meant


def test_a_slip_in_the_minutes_is_found_as_printed_and_what_is_usual_is_offered(search: Search) -> None:
    result = search(SearchRequest("embankmnet"))
    assert [hit.item for hit in result.hits] == ["ambleshire/items/21"]
    assert result.suggestion == "embankment"
    assert [hit.item for hit in search(SearchRequest("Froot Door")).hits] == ["ambleshire/items/21"]


def test_a_word_that_stands_in_the_archive_is_not_corrected_for_one_hardly_more_frequent(search: Search) -> None:
    assert search(SearchRequest("food")).suggestion is None


def test_a_name_that_stands_in_the_archive_is_not_corrected(search: Search) -> None:
    result = search(SearchRequest("Harrowmore"))
    assert (result.total, result.suggestion) == (1, None)


@pytest.mark.parametrize(("typed", "meant"), [
    ("action:refuse flood", "action:refused flood"), ("flood kind:resolutoin", "flood kind:resolution"),
    ("flood kind:resolution", None),
])
def test_the_value_that_a_filter_has_is_offered_for_the_one_that_it_has_not(
    typed: str, meant: str | None, search: Search
) -> None:
    assert search(SearchRequest(typed)).suggestion == meant


def test_a_date_chosen_beside_the_words_is_enough(search: Search) -> None:
    assert search(SearchRequest("budget 2022", since="2022")).suggestion is None


def helped(search: Search, text: str, **options: Any) -> dict[str, Any]:
    found = search(SearchRequest(text, **options)).as_json()["help"]
    assert isinstance(found, dict)
    return found


def test_there_is_no_help_where_something_is_found(search: Search) -> None:
    assert search(SearchRequest("flood")).as_json()["help"] is None
    assert search(SearchRequest("flood", page=99)).as_json()["help"] is None


def test_leaving_out_one_word_is_offered_where_that_finds_something(search: Search) -> None:
    assert helped(search, "flood school")["without"] == [
        {"words": "school", "query": "flood", "total": 60}, {"words": "flood", "query": "school", "total": 1}]


def test_where_one_word_less_is_not_enough_each_alone_is_offered(search: Search) -> None:
    assert helped(search, "school footpath flood")["without"] == [
        {"words": "school footpath", "query": "flood", "total": 60},
        {"words": "school flood", "query": "footpath", "total": 2},
        {"words": "footpath flood", "query": "school", "total": 1}]
    assert helped(search, "school footpath")["any_word"] == {
        "words": "school footpath", "query": "school OR footpath", "total": 3}


def test_other_years_and_what_is_held_of_the_ones_asked_for(search: Search) -> None:
    found = helped(search, "flood from:2020 to:2021")
    assert found["years"] == [{"value": "2019", "label": "2019", "count": 60}]
    assert found["without"] == [{"words": "from:2020-01-01 to:2021-12-31", "query": "flood", "total": 60}]
    assert found["held"] == {"committees": [], "since": "2020-01-01", "until": "2021-12-31", "meetings": 1,
                             "first": "2021-03-02", "last": "2021-03-02"}
    assert helped(search, "flood", since="2020")["years"] == found["years"]


def test_other_committees_and_what_is_held_of_the_one_asked_for(search: Search) -> None:
    found = helped(search, "flood committee:cabinet")
    assert [(each["label"], each["count"]) for each in found["committees"]] == [("Planning Committee", 60)]
    assert found["held"]["committees"] == ["Cabinet"]
    assert (found["held"]["meetings"], found["held"]["first"]) == (1, "2021-03-02")
    chosen = helped(search, "flood", committee=("ambleshire/committees/cabinet",))
    assert chosen["committees"] == found["committees"]


@pytest.mark.parametrize(("text", "note"), [
    ("flood committee:plannning", "No committee here has “plannning” in its name."),
    ("flood -committee:plannning", "No committee here has “plannning” in its name."),
    ("flood member:nobody", "Nobody called “nobody” is named here."),
    ("flood (committee:planning OR committee:xyzzy)", "No committee here has “xyzzy” in its name."),
])
def test_a_name_that_nobody_has_is_said(text: str, note: str, search: Search) -> None:
    assert search(SearchRequest(text)).explanation.endswith(note)


def test_a_name_that_somebody_has_is_not(search: Search) -> None:
    assert "has" not in search(SearchRequest("flood committee:cabinet")).explanation
    assert "has" not in search(SearchRequest("flood committee:planning")).explanation


def test_suggestions_come_from_the_archive(search: Search) -> None:
    assert [each.query for each in search.suggest("front")] == ['"Front door"']
    assert search.suggest("russ") == ()    # of whom no item says anything
    named = a_meeting("4", an_item("41", "Hall", "Cllr Russell spoke.", people=(Person("Cllr Russell", RUSSELL),)))
    known = Search(filled((*MEETINGS, named)), Shelf((*MEETINGS, named)))
    assert [each.query for each in known.suggest("russ")] == ['member:"Tom Russell"']
    search.prepare()
    assert search.suggest("front")
