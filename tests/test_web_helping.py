"""The pages and the API where little is found, while somebody types, and with hits of several years."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from build import COUNCIL, a_meeting, an_item
from flask.testing import FlaskClient
from test_search import filled
from test_web_api import _violations

from archive.model import CommitteeId, Council, Member, MemberId, MinutesStatus, Person
from archive.store import Store
from index.search import Search
from web.app import create_app
from web.terminal import search_text

RUSSELL = MemberId("ambleshire/members/117")
MANY = [an_item(f"9{number}", f"Flood wall {number}", "A wall.", url=None) for number in range(3)]
MEETINGS = (
    a_meeting("1", *MANY, committee="Planning Committee", start=date(2019, 5, 1)),
    a_meeting("2", an_item("21", "Footpath <b>& stile", "The footpath at Harrowmere."), start=date(2021, 3, 2)),
    a_meeting("3", an_item("31", "School places", "Budget.", people=(Person("Cllr Russell", RUSSELL),)),
              start=date(2021, 5, 3)),
)
SEEN = datetime(2023, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    store = Store.open(tmp_path_factory.mktemp("helping") / "minutebook.db")
    store.save_council(Council(COUNCIL, "Ambleshire County Council"))
    store.save_committees(COUNCIL, [each.committee for each in MEETINGS[:2] if each.committee])
    store.save_members(COUNCIL, [Member(RUSSELL, "Cllr Tom Russell")])
    for meeting in MEETINGS:
        store.save_meeting(meeting, (), "1", SEEN)
    return create_app(store, Search(filled(MEETINGS), store)).test_client()


def page(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def said(node: Any) -> str:
    return " ".join(node.get_text(" ").split())


def links(found: BeautifulSoup) -> dict[str, str]:
    return {said(each): each["href"] for each in found.main.select("a")}


def test_leaving_out_a_word_is_a_link_that_keeps_the_filters(client: FlaskClient) -> None:
    found = page(client, "/search?q=wall+school&sort=newest")
    assert links(found)["Search without school"] == "/search?sort=newest&q=wall"
    assert "Search without school : 3 items" in said(found.main)
    assert links(found)["Search for any one of these words"] == "/search?sort=newest&q=wall+OR+school"


def test_other_years_are_links_and_what_is_held_is_said(client: FlaskClient) -> None:
    found = page(client, "/search?q=wall+from:2021&kind=title")
    assert links(found)["2019"] == "/search?kind=title&q=wall&from=2019&to=2019"
    assert "Since 1 January 2021 the archive holds the minutes of 2 meetings, from 2 March 2021 to 3 May 2021." in said(
        found.main)
    none = page(client, "/search?q=wall&from=2030")
    assert "Since 1 January 2030 the archive holds no minutes." in said(none.main)


def test_other_committees_are_links(client: FlaskClient) -> None:
    found = page(client, "/search?q=wall+committee:cabinet")
    assert links(found)["Planning Committee"].startswith("/search?q=wall&committee=ambleshire%2Fcommittees%2F")
    assert "Of Cabinet the archive holds the minutes of 2 meetings" in said(found.main)


def test_what_was_meant_is_a_link(client: FlaskClient) -> None:
    assert links(page(client, "/search?q=fotpath"))["footpath"] == "/search?q=footpath"


def test_titles_are_marked_and_stay_text(client: FlaskClient) -> None:
    found = page(client, "/search?q=footpath")
    assert [said(each) for each in found.select(".mb-hit__title mark")] == ["Footpath"]
    assert "Footpath <b>& stile" in said(found.select_one(".mb-hit__title"))


def test_hits_by_year_are_a_list_of_links_that_says_its_numbers(client: FlaskClient) -> None:
    found = page(client, "/search?q=wall+OR+footpath")
    bars = found.select(".mb-hist li")
    assert [said(each.select_one(".govuk-visually-hidden")) for each in bars] == [
        "2019: 3 items", "2020: 0 items", "2021: 1 item"]
    assert bars[0].a["href"] == "/search?q=wall+OR+footpath&from=2019&to=2019"
    assert bars[1].a is None
    assert not page(client, "/search?q=xyzzy").select(".mb-hist")


def test_the_api_gives_help_as_described(client: FlaskClient) -> None:
    shapes = client.get("/api/v1/openapi.json").json["components"]["schemas"]
    for query in ("wall+school", "wall+from:2021", "wall+committee:cabinet", "xyzzy"):
        got = client.get(f"/api/v1/search?q={query}").json
        assert got["help"]
        assert not _violations(shapes["SearchResult"], got, shapes)
    found = client.get("/api/v1/search?q=footpath").json
    assert found["help"] is None
    assert found["hits"][0]["title_marks"] == [[0, 8]]


def test_suggestions_are_as_described(client: FlaskClient) -> None:
    got = client.get("/api/v1/suggest?q=rus").json
    assert got == {"query": "rus", "suggestions": [{
        "kind": "member", "label": "Cllr Tom Russell", "value": "ambleshire/members/117",
        "query": 'member:"Tom Russell"', "url": "/ambleshire/members/117"}]}
    shapes = client.get("/api/v1/openapi.json").json["components"]["schemas"]
    for text in ("p", "foot", "", "x" * 3000):
        found = client.get("/api/v1/suggest", query_string={"q": text}).json
        assert not _violations(shapes["Suggestions"], found, shapes)
    assert len(client.get("/api/v1/suggest?q=f&limit=1").json["suggestions"]) == 1


@pytest.mark.parametrize(("options", "why"), [
    ("q=a&limit=0", "limit: 0 is not a whole number from 1 to 20."),
    ("q=a&limit=x", "limit: 'x' is not a whole number from 1 to 20."),
    ("q=a&q=b", "q: it was given 2 times"), ("query=a", "There is no option 'query'; the options are q, limit."),
])
def test_a_suggestion_that_cannot_be_made_is_refused(options: str, why: str, client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/suggest?{options}")
    assert answer.status_code == 400
    assert why in answer.json["error"]


def test_what_comes_nearest_is_listed_below_under_its_own_heading(client: FlaskClient) -> None:
    found = page(client, "/search?q=wall+school")
    nearest = found.select_one("section[aria-labelledby=mb-nearly]")
    assert said(nearest.h2) == "Items with some of these words"
    assert "Not all of “wall”, “school”, and not counted above." in said(nearest)
    assert {said(each) for each in nearest.select("mark")} == {"wall", "School"}
    assert nearest.select_one("h3 a")["href"].startswith("/ambleshire/items/")
    assert said(found.select_one("#results")) == "Nothing found"
    assert not page(client, "/search?q=flood").select("#mb-nearly")


def test_what_a_suggestion_finds_is_shown_where_nothing_was_found(client: FlaskClient) -> None:
    found = page(client, "/search?q=harowmere")
    link = found.select_one("#mb-nearly a")
    assert (said(link), link["href"]) == ("harrowmere", "/search?q=harrowmere")
    assert found.select("section[aria-labelledby=mb-nearly] .mb-hit")
    assert "Found by harrowmere:" in search_text(client.get("/api/v1/search?q=harowmere").json)


def test_the_terminal_says_what_would_help(client: FlaskClient) -> None:
    lines = search_text(client.get("/api/v1/search?q=wall+school+from:2021").json).splitlines()
    assert "Any one of these words: 1 item - school from:2021-01-01" not in lines
    assert "Without wall: 1 item - school from:2021-01-01" in lines
    assert ("The archive holds the minutes of 2 meetings since 1 January 2021, "
            "2 March 2021 to 3 May 2021.") in lines
    assert lines.index("Not counted above, with some of “school”:") < lines.index("     ambleshire/items/31#1.1")
    other = search_text(client.get("/api/v1/search?q=wall+committee:cabinet").json)
    assert "Other committees: Planning Committee (3)" in other


def test_the_terminal_names_the_last_page(client: FlaskClient) -> None:
    lines = search_text(client.get("/api/v1/search?q=footpath&page=7").json).splitlines()
    assert lines[-1] == "There is no page 7; the last is 1."


def test_the_store_tells_titles_and_what_has_minutes(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "minutebook.db")
    for meeting in MEETINGS:
        store.save_meeting(meeting, (), "1", SEEN)
    again = a_meeting("4", an_item("41", "School places"), start=date(2022, 1, 4))
    store.save_meeting(replace(again, minutes=MinutesStatus.NONE), (), "1", SEEN)
    titles = {each.title: (each.items, each.latest) for each in store.titles()}
    assert titles["School places"] == (2, date(2022, 1, 4))
    assert len(titles) == 5
    held = store.minuted()
    assert (held.meetings, held.first, held.last) == (3, date(2019, 5, 1), date(2021, 5, 3))
    assert store.minuted(committees=(CommitteeId("ambleshire/committees/nobody"),)).meetings == 0
    assert store.minuted(councils=(COUNCIL,), since=date(2021, 3, 3)).meetings == 1
    assert store.minuted(until=date(2021, 3, 2)).meetings == 2


def test_an_empty_archive_says_that_it_is_empty(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "minutebook.db")
    found = page(create_app(store, Search(filled(()), store)).test_client(), "/search?q=wall")
    assert "The archive is empty: nothing has been crawled or imported yet." in said(found.main)
    assert "Try fewer words" not in said(found.main)
