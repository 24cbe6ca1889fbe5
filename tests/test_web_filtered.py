"""What the pages say of the filters in use, and of what can be typed."""

from urllib.parse import parse_qs, urlsplit

import pytest
from a_site import a_site
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from index.query import parse


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return a_site(tmp_path_factory.mktemp("filtered"))[0].test_client()


def page(client: FlaskClient, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).text, "lxml")


@pytest.mark.parametrize(("options", "chips", "refused"), [
    ("from=31/02/2021", [], 1), ("kind=banana", [], 1), ("council=nowhere&topic=transport", ["Topic"], 1),
    ("kind=banana&kind=resolution&from=2021&to=soon", ["Found in", "From"], 2), ("topic=transport", ["Topic"], 0),
])
def test_a_filter_that_was_refused_is_none_in_use(
    options: str, chips: list[str], refused: int, client: FlaskClient
) -> None:
    found = page(client, f"/search?q=libraries&{options}")
    shown = [each.get_text().split("Remove filter ")[1].split(":")[0] for each in found.select(".mb-chip")]
    assert shown == chips
    assert len(found.select(".govuk-error-summary li")) == refused


def test_no_link_goes_on_with_what_was_refused(client: FlaskClient) -> None:
    found = page(client, "/search?q=budgett&kind=banana&sort=oddly&per_page=1")
    hrefs = [str(each["href"]) for each in found.select(".mb-columns a")]
    assert hrefs
    assert not [href for href in hrefs if "banana" in href or "oddly" in href]
    found = page(client, "/search?kind=banana&sort=oddly&per_page=1")
    hrefs = [str(each["href"]) for each in found.select(".mb-columns a")]
    assert [href for href in hrefs if "page=2" in href]
    assert [href for href in hrefs if "sort=newest" in href]
    assert not [href for href in hrefs if "banana" in href or "oddly" in href]


def test_no_form_and_no_switch_goes_on_with_what_was_refused(client: FlaskClient) -> None:
    found = page(client, "/search?q=pavement&kind=banana&kind=resolution&from=soon&to=2026&sort=oddly&synonyms=on")
    search, dates = ({str(each.get("name")): str(each.get("value")) for each in form.select("input")}
                     for form in found.select("main form"))
    assert search == {"q": "pavement", "kind": "resolution", "to": "2026", "synonyms": "on"}
    assert dates == {"q": "pavement", "kind": "resolution", "synonyms": "on", "from": "soon", "to": "2026"}
    without = "/search?q=pavement&kind=resolution&to=2026"
    assert [each["href"] for each in found.select(".mb-note a")] == [f"{without}&synonyms=off"]
    found = page(client, "/search?q=pavement&kind=banana&kind=resolution&to=2026&synonyms=off&sort=oddly")
    assert [each["href"] for each in found.select(".mb-note a")] == [without]


@pytest.mark.parametrize(("address", "title"), [
    ("/search?q=buses", "buses – page 1 of results – Minutebook"),
    ("/search?topic=transport", "Topic: Highways and transport – page 1 of results – Minutebook"),
    ("/search?q=buses&topic=transport&from=2021",
     "buses, Topic: Highways and transport, From: 2021 – page 1 of results – Minutebook"),
    ("/search?kind=banana", "All minutes – page 1 of results – Minutebook"),
    ("/search", "All minutes – page 1 of results – Minutebook"),
])
def test_the_title_of_the_page_says_what_was_asked_and_filtered(address: str, title: str, client: FlaskClient) -> None:
    found = page(client, address)
    assert found.title
    assert " ".join(found.title.get_text().split()) == title


def test_every_example_of_the_language_is_understood(client: FlaskClient) -> None:
    rows = page(client, "/search/help").select("main tbody a")
    typed = [parse_qs(urlsplit(str(each["href"])).query)["q"][0] for each in rows]
    assert not [text for text in typed if parse(text).notes]
    for begin in ("kind:", "action:", "member:", "committee:", "topic:", "council:ambleshire", "ref:", "£",
                  "minute 27/18", "section "):
        assert [text for text in typed if text.startswith(begin)], begin


def test_the_api_page_names_suggestions_and_the_glossary(client: FlaskClient) -> None:
    hrefs = [each["href"] for each in page(client, "/search/data").select("main a")]
    assert {"/api/v1/suggest?q=bud", "/api/v1/glossary"} <= {*hrefs}
    assert all(client.get(str(each)).status_code == 200 for each in hrefs)
