"""What the site shows of people in an item beside their names: interests, comings and goings, terms of office."""

import pytest
from a_site import a_site
from bs4 import BeautifulSoup
from flask.testing import FlaskClient


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return a_site(tmp_path_factory.mktemp("people"))[0].test_client()


def lists(client: FlaskClient, address: str) -> dict[str, list[str]]:
    """The lists beside an item that a heading names, line by line."""
    found = BeautifulSoup(client.get(address).text, "lxml")
    named = {str(each["aria-labelledby"]): each for each in found.select("aside ul[aria-labelledby]")}
    return {" ".join(found.select_one(f"#{key}").get_text().split()): [
        " ".join(line.get_text().split()) for line in each.select("li")] for key, each in named.items()}


def test_interests_and_movements_stand_beside_an_item_with_links(client: FlaskClient) -> None:
    assert lists(client, "/ambleshire/items/17213") == {
        "Topics": ["Highways and transport because: “bus”, “journey”", "Buses and community transport because: “bus”",
                   "Economy and regeneration because: “rural”", "Rural affairs because: “rural”"],
        "Interests declared": ["Cllr Thirlwell: Personal interest in item 27", "Bray: Interest"],
        "Arrived, left, returned": ["Cllr T Bray left"],
    }
    page = client.get("/ambleshire/items/17213").text
    assert 'href="/ambleshire/members/117">Cllr Thirlwell</a>: <a' in page
    assert 'href="/ambleshire/items/17213#27.1">Personal interest' in page
    assert lists(client, "/ambleshire/items/17212") == {}


def test_terms_of_office_stand_on_the_page_of_a_member(client: FlaskClient) -> None:
    page = " ".join(BeautifulSoup(client.get("/ambleshire/members/117").text, "lxml").get_text().split())
    assert "In office from 2 May 2013 until 3 May 2017; from 6 May 2021" in page
    other = BeautifulSoup(client.get("/ambleshire/members/9").text, "lxml").get_text()
    assert "In office" not in other


def test_the_api_has_them_as_well(client: FlaskClient) -> None:
    item = client.get("/api/v1/items/ambleshire/17213").json
    assert item is not None
    assert item["declarations"][0] == {
        "name": "Cllr Thirlwell", "member": "ambleshire/members/117", "kind": "personal", "matter": "27",
        "anchor": "27.1"}
    assert item["movements"] == [{"name": "Cllr T Bray", "member": None, "kind": "left", "anchor": "27.2"}]
    assert [each["speaker"] for each in item["paragraphs"]] == [None] * 6
    plain = client.get("/api/v1/items/ambleshire/17212").json
    assert plain is not None
    assert not plain.keys() & {"declarations", "movements"}
    member = client.get("/api/v1/members/ambleshire/117").json
    assert member is not None
    assert member["terms"][1] == {"start": "2021-05-06", "end": None}
