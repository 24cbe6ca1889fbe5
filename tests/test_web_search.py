import pytest
from a_site import NaiveEngine, a_site
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[FlaskClient, NaiveEngine]:
    app, engine = a_site(tmp_path_factory.mktemp("search"))
    return app.test_client(), engine


@pytest.fixture
def client(site: tuple[FlaskClient, NaiveEngine]) -> FlaskClient:
    return site[0]


def results(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def text(node: object) -> str:
    return " ".join(node.get_text(" ").split()) if hasattr(node, "get_text") else ""


def test_a_result_leads_to_the_very_paragraph_and_marks_its_words(client: FlaskClient) -> None:
    found = results(client, "/search?q=evening+journeys")
    (hit,) = found.select_one(".mb-hits").select(".mb-hit")
    assert text(hit.select_one(".mb-hit__meta")).startswith(
        "8 November 2022 · Highways and Transport Scrutiny Committee · item 27 Resolved Draft minutes")
    (where,) = hit.select(".mb-snippet--clause a")
    assert where["href"] == "/ambleshire/items/17213#p6"
    assert [text(each) for each in hit.select("mark")] == ["Evening", "evening", "journeys"]


def test_a_decisions_words_stand_once_in_a_result(client: FlaskClient) -> None:
    (hit,) = results(client, "/search?q=committee+evening+notes").select_one(".mb-hits").select(".mb-hit")
    assert text(hit).count("asks that evening journeys are kept") == 1
    assert text(hit).count("notes the fall in use") == 1


def test_how_the_query_was_read_is_said(client: FlaskClient) -> None:
    assert "buses" in text(results(client, "/search?q=buses").select_one(".mb-read"))


def test_what_minutes_hold_is_text_in_results_too(client: FlaskClient) -> None:
    answer = client.get("/search", query_string={"q": "bold"}).text
    assert "<b>" not in answer
    assert '&lt;b&gt;<mark class="exact">bold</mark>&lt;/b&gt;' in answer


def test_filters_are_links_that_keep_the_rest_of_the_search(client: FlaskClient) -> None:
    found = results(client, "/search?q=libraries&sort=newest&topic=transport")
    hrefs = [each["href"] for each in found.select(".mb-facet a")]
    assert "/search?q=libraries&topic=transport&sort=newest&topic=housing" in hrefs
    assert "/search?q=libraries&sort=newest" in hrefs
    (chip,) = found.select(".mb-chip")
    assert text(chip) == "Remove filter Topic: Highways and transport ×"
    assert chip["href"] == "/search?q=libraries&sort=newest"


def test_a_filter_of_an_identifier_is_named_also_when_nothing_is_found(client: FlaskClient) -> None:
    found = results(client, "/search?q=xyzzy&committee=ambleshire/committees/170&member=nobody")
    assert [text(each) for each in found.select(".mb-chip")] == [
        "Remove filter Committee: Highways and Transport Scrutiny Committee ×", "Remove filter Member: nobody ×"]


def test_many_results_come_in_pages(client: FlaskClient) -> None:
    first = results(client, "/search?q=libraries")
    assert len(first.select(".mb-hit")) == 20
    assert first.select_one(".govuk-pagination__next a")["href"] == "/search?q=libraries&page=2"
    second = results(client, "/search?q=libraries&page=2")
    assert len(second.select(".mb-hit")) == 4
    assert text(second.select_one(".mb-total")) == "24 items, page 2"


@pytest.mark.parametrize(("query", "said", "href"), [
    ("libraries", "There is no page 999 of these results; the last one is page 2 .", "/search?q=libraries&page=2"),
    ("buses", "There is no page 999 of these results; the only page has them all .", "/search?q=buses"),
])
def test_a_page_after_the_last_is_named_as_none(client: FlaskClient, query: str, said: str, href: str) -> None:
    found = results(client, f"/search?q={query}&page=999")
    assert text(found.select_one(".mb-columns__text .mb-prose")) == said
    assert found.select_one(".mb-prose a")["href"] == href
    assert not found.select(".mb-hits, .govuk-pagination")
    assert "999" not in text(found.select_one(".mb-total"))
    programs = client.get(f"/api/v1/search?q={query}&page=999").json
    assert (programs["hits"], programs["page"]) == ([], 999)
    assert programs["total"] > 0


def test_nothing_found_says_what_else_to_try_and_what_is_held(client: FlaskClient) -> None:
    found = results(client, '/search?q="xyzzy"&topic=housing')
    said = text(found.main)
    assert "No item in the archive has all of that." in said
    assert "Ambleshire County Council : 29 meetings, minutes up to" in said
    hrefs = {each["href"] for each in found.main.select("a")}
    assert {"/search?q=%22xyzzy%22", "/search?topic=housing&q=xyzzy"} <= hrefs


def test_a_date_is_offered_as_the_meetings_of_that_day(client: FlaskClient) -> None:
    found = results(client, "/search?q=8+November+2022&topic=transport")
    (offer,) = found.select(".mb-note a")
    assert text(offer) == 'from:"8 November 2022" to:"8 November 2022"'
    assert offer["href"] == (
        "/search?topic=transport&q=from%3A%228+November+2022%22+to%3A%228+November+2022%22")
    assert not results(client, "/search?q=buses").select(".mb-note")


@pytest.mark.parametrize(
    ("query", "offered"),
    [("buses plugh", True), ("xyzzy plugh", False), ("plugh", False), ('"buses plugh"', False)],
)
def test_words_without_which_there_is_something_are_named(client: FlaskClient, query: str, offered: bool) -> None:
    found = results(client, f"/search?q={query}")
    assert ([each["href"] for each in found.select("a") if text(each) == "Search without plugh"] != []) is offered


@pytest.mark.parametrize(
    ("option", "word"),
    [("from=nonsense", "nonsense"), ("to=2021-13-45", "2021-13-45"), ("sort=best", "best"),
     ("page=0", "page"), ("page=-1", "page"), ("page=99999999999999", "page"), ("per_page=1000", "per_page"),
     ("topic=nonesuch", "nonesuch"),
     ("kind=nonesuch", "nonesuch")],
)
def test_what_cannot_be_used_is_said_and_left_out(client: FlaskClient, option: str, word: str) -> None:
    found = results(client, f"/search?q=buses&{option}")
    assert word in text(found.select_one(".govuk-error-summary"))
    assert len(found.select(".mb-hit")) == 1


def test_a_wrong_date_is_said_beside_its_field_and_kept_in_it(client: FlaskClient) -> None:
    found = results(client, "/search?q=buses&from=soon&to=2023")
    assert found.select_one("#from")["value"] == "soon"
    assert found.select_one("#from-error")
    assert found.select_one("#to")["value"] == "2023"
    assert not found.select_one("#to-error")


def test_an_unknown_option_is_no_error_on_a_page(client: FlaskClient) -> None:
    assert len(results(client, "/search?q=buses&utm_source=x").select(".mb-hit")) == 1


@pytest.mark.parametrize(
    "query",
    ["x" * 10_000, "(" * 500, '"' * 99, "AND OR NOT NEAR/3", "<script>alert(1)</script>", "%", "\0",
     "a\r\nSet-Cookie: b=c", "{{ 7*7 }}", "кто", "-", "from:", "\u202etxt"],
)
def test_any_text_gives_a_result_page(client: FlaskClient, query: str) -> None:
    answer = client.get("/search", query_string={"q": query})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "Set-Cookie" not in answer.headers


@settings(max_examples=40, deadline=None)
@given(query=st.text(max_size=60), topic=st.text(max_size=10), since=st.text(max_size=10))
def test_no_address_breaks_the_results(
    site: tuple[FlaskClient, NaiveEngine], query: str, topic: str, since: str
) -> None:
    assert site[0].get("/search", query_string={"q": query, "topic": topic, "from": since}).status_code == 200


def test_the_first_page_says_what_the_archive_holds(client: FlaskClient) -> None:
    (figures,) = results(client, "/").select(".mb-figures")
    assert text(figures) == "council 1 meetings 29 agenda items 29 decision 1 newest minutes 8 November 2022"


def test_a_broken_index_is_one_clear_page_and_a_failing_health(site: tuple[FlaskClient, NaiveEngine]) -> None:
    client, engine = site
    engine.broken = True
    try:
        answer = client.get("/search?q=buses")
        assert (answer.status_code, "cannot answer right now" in answer.text) == (503, True)
        assert client.get("/ambleshire/items/17213").status_code == 200
        health = client.get("/healthz")
        assert (health.status_code, "index cannot be read" in health.text) == (503, True)
        assert client.get("/api/v1/search?q=x").json.keys() == {"error"}
    finally:
        engine.broken = False


def test_what_is_expected_to_fail_is_one_line_of_the_log_and_what_is_not_has_its_traceback(
    site: tuple[FlaskClient, NaiveEngine], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, engine = site
    monkeypatch.setattr(engine, "broken", True)
    assert client.get("/search?q=buses").status_code == 503
    (record,) = caplog.records
    assert record.getMessage() == "/search: the index cannot be read; run minutebook reindex"
    assert record.exc_info is None
    monkeypatch.setattr(engine, "search", lambda _: 1 / 0)
    caplog.clear()
    assert client.get("/search?q=buses").status_code == 500
    (record,) = caplog.records
    assert record.exc_info


def test_robots_are_sent_to_the_record_and_not_into_every_search(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert (answer.mimetype, answer.text) == ("text/plain", "User-agent: *\nDisallow: /search?\nDisallow: /api/\n")


def test_the_browser_is_told_how_to_search_here(client: FlaskClient) -> None:
    answer = client.get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    assert 'template="http://localhost/search?q={searchTerms}"' in answer.text
