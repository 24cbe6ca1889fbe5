import json
import re
from typing import Any

import pytest
from a_site import BUSES, MEETING, a_site
from flask.testing import FlaskClient

from archive.shapes import as_json


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return a_site(tmp_path_factory.mktemp("api"))[0].test_client()


def answer(client: FlaskClient, address: str, status: int = 200) -> Any:
    got = client.get(address)
    assert (got.status_code, got.mimetype) == (status, "application/json"), got.text
    return got.json


@pytest.mark.parametrize("middle", ["/items", ""])
def test_an_item_alone_carries_the_head_of_its_meeting(client: FlaskClient, middle: str) -> None:
    got = answer(client, f"/api/v1/items/ambleshire{middle}/17213")
    meeting = got.pop("meeting")
    topics = got.pop("topics")
    assert got == as_json(BUSES)
    assert [each["id"] for each in topics] == ["transport", "buses", "economy", "rural"]
    assert topics[1] == {"id": "buses", "label": "Buses and community transport", "words": ["bus"]}
    assert list(meeting) == ["id", "council", "committee", "title", "start", "status", "minutes", "url"]
    assert meeting["start"] == "2022-11-08T10:30:00+00:00"


def test_a_meeting_is_whole(client: FlaskClient) -> None:
    assert answer(client, "/api/v1/meetings/ambleshire/meetings/3129") == as_json(MEETING)


def test_members_committees_and_documents_answer(client: FlaskClient) -> None:
    assert answer(client, "/api/v1/members/ambleshire/117")["name"] == "Cllr Margaret Thirlwell"
    assert answer(client, "/api/v1/members/ambleshire/9")["name"] == "Cllr Former"
    assert answer(client, "/api/v1/committees/ambleshire/committees/170") == {
        "id": "ambleshire/committees/170", "name": "Highways and Transport Scrutiny Committee"}
    assert answer(client, "/api/v1/documents/ambleshire/documents/s2")["restricted"] is True


def test_keys_stand_in_the_order_of_the_contract_and_letters_as_they_are(client: FlaskClient) -> None:
    got = client.get("/api/v1/items/ambleshire/17213").text
    assert list(json.loads(got)) == [*as_json(BUSES), "topics", "meeting"]
    assert "\\u" not in got


def test_a_search_has_the_shape_of_the_contract(client: FlaskClient) -> None:
    got = answer(client, "/api/v1/search?q=evening+journeys&sort=newest&per_page=5")
    assert list(got) == ["query", "explanation", "total", "page", "per_page", "took_ms", "suggestion", "hits", "facets",
                         "help", "nearly"]
    assert (got["query"], got["total"], got["page"], got["per_page"]) == ("evening journeys", 1, 1, 5)
    (hit,) = got["hits"]
    assert hit["date"] == "2022-11-08"
    best = hit["paragraphs"][0]
    assert [best["text"][start:end] for start, end in best["marks"]] == ["evening", "journeys"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("size=3", "There is no option 'size'; the options are q, council, committee,"),
        ("q=a&Q=b", "There is no option 'Q'"),
        ("page=0", "page: 0 is not a whole number from 1"),
        ("page=two", "page: 'two' is not a whole number from 1 to 10,000."),
        ("page=-1", "page: '-1' is not a whole number from 1 to 10,000."),
        ("per_page=1.5", "per_page: '1.5' is not a whole number from 1 to 100."),
        ("per_page=1000", "per_page: 1000 is not a whole number from 1 to 100."),
        ("sort=date", "sort: 'date' is none of relevance, newest, oldest."),
        ("from=soon", "“soon” is no date"),
        ("kind=song", "“song” is none of"),
        ("topic=nonesuch", "topic 'nonesuch' is none of"),
        ("kind=song", "heading, clause,"),
        ("council=nonesuch", "council 'nonesuch' is none of ambleshire."),
        ("q=a&q=b", "q: it was given 2 times; give it once."),
        ("page=%D9%A1", "page: '١' is not a whole number from 1 to 10,000."),
    ],
)
def test_a_bad_question_is_answered_with_a_sentence(client: FlaskClient, query: str, said: str) -> None:
    got = answer(client, f"/api/v1/search?{query}", 400)
    assert got.keys() == {"error"}
    assert said in got["error"]


def test_a_long_query_is_answered(client: FlaskClient) -> None:
    assert "2,000" in answer(client, "/api/v1/search?q=" + "word+" * 2000)["explanation"]


@pytest.mark.parametrize(
    "address",
    ["/api/v1/items/ambleshire/items/1", "/api/v1/items/ambleshire/..", "/api/v1/items/AMBLESHIRE/1", "/api/v1/nothing",
     "/api/v1/meetings/ambleshire/items/17213", "/api/v2/search"],
)
def test_what_is_not_there_is_404_in_json(client: FlaskClient, address: str) -> None:
    assert answer(client, address, 404).keys() == {"error"}


def test_an_option_where_there_is_none_is_refused(client: FlaskClient) -> None:
    assert "no option 'full'" in answer(client, "/api/v1/items/ambleshire/17213?full=1", 400)["error"]


def test_the_api_only_reads_and_may_be_read_from_anywhere(client: FlaskClient) -> None:
    assert client.post("/api/v1/search", data={"q": "x"}).status_code == 405
    assert client.get("/api/v1/search").headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/search").headers


def test_health_is_answered(client: FlaskClient) -> None:
    got = client.get("/healthz")
    assert (got.status_code, got.text) == (200, "ok\n")


def _violations(schema: dict[str, Any], value: Any, shapes: dict[str, Any], at: str = "$") -> list[str]:
    """Where `value` is not what `schema` says: the few words of JSON Schema that the description uses."""
    if "$ref" in schema:
        return _violations(shapes[schema["$ref"].rsplit("/", 1)[-1]], value, shapes, at)
    if "anyOf" in schema:
        fits = any(not _violations(each, value, shapes, at) for each in schema["anyOf"])
        return [] if fits else [f"{at}: none of anyOf"]
    kinds = schema.get("type", [])
    known = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None), "array": list,
             "object": dict}
    if kinds and not any(isinstance(value, known[kind]) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        return [f"{at}: {value!r} is no {kinds}"]
    found = [f"{at}: {value!r} is not in {schema['enum']}"] if "enum" in schema and value not in schema["enum"] else []
    if isinstance(value, list):
        for number, one in enumerate(value):
            found += _violations(schema["items"], one, shapes, f"{at}[{number}]")
    if isinstance(value, dict):
        if not set(schema["required"]) <= value.keys() <= schema["properties"].keys():
            found.append(f"{at}: {value.keys() ^ schema['properties'].keys()}")
        for name in value.keys() & schema["properties"].keys():
            found += _violations(schema["properties"][name], value[name], shapes, f"{at}.{name}")
    return found


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/api/v1/search", "/api/v1/search?q=evening"),
        ("/api/v1/search", "/api/v1/search?topic=transport"),
        ("/api/v1/search", "/api/v1/search?q=review+director"),
        ("/api/v1/search", "/api/v1/search?page=x"),
        ("/api/v1/items/{council}/items/{local}", "/api/v1/items/ambleshire/items/17213"),
        ("/api/v1/items/{council}/items/{local}", "/api/v1/items/ambleshire/items/1"),
        ("/api/v1/meetings/{council}/meetings/{local}", "/api/v1/meetings/ambleshire/meetings/3129"),
        ("/api/v1/members/{council}/members/{local}", "/api/v1/members/ambleshire/members/117"),
        ("/api/v1/committees/{council}/committees/{local}", "/api/v1/committees/ambleshire/committees/170"),
        ("/api/v1/documents/{council}/documents/{local}", "/api/v1/documents/ambleshire/documents/s1"),
        ("/api/v1/items/{council}/items/{local}", "/api/v1/items/ambleshire/items/911"),
        ("/api/v1/meetings/{council}/meetings/{local}/versions", "/api/v1/meetings/ambleshire/meetings/90/versions"),
        ("/api/v1/items/{council}/items/{local}/versions", "/api/v1/items/ambleshire/items/901/versions"),
        ("/api/v1/meetings/{council}/meetings/{local}/versions/{number}",
         "/api/v1/meetings/ambleshire/meetings/90/versions/1"),
        ("/api/v1/items/{council}/items/{local}/versions/{number}", "/api/v1/items/ambleshire/items/901/versions/1"),
    ],
)
def test_the_description_is_true(client: FlaskClient, path: str, address: str) -> None:
    described = answer(client, "/api/v1/openapi.json")
    got = client.get(address)
    operation = described["paths"][path]["get"]
    schema = operation["responses"][str(got.status_code)]["content"]["application/json"]["schema"]
    assert _violations(schema, got.json, described["components"]["schemas"]) == []


def test_the_checker_of_the_description_can_fail(client: FlaskClient) -> None:
    shapes = answer(client, "/api/v1/openapi.json")["components"]["schemas"]
    assert _violations(shapes["Person"], {"name": 3, "member": None, "x": 1}, shapes)
    assert _violations(shapes["Paragraph"], {"anchor": "1", "number": None, "kind": "song", "text": ""}, shapes)


def test_the_description_names_every_option_and_shape(client: FlaskClient) -> None:
    described = answer(client, "/api/v1/openapi.json")
    options = {each["name"] for each in described["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert options == {
        "q", "council", "committee", "member", "topic", "kind", "action", "from", "to", "sort", "page", "per_page",
        "synonyms"}
    (kinds,) = (each["schema"]["items"]["enum"] for each in described["paths"]["/api/v1/search"]["get"]["parameters"]
                if each["name"] == "kind")
    assert {"clause", "heading", "resolution", "agenda"} <= set(kinds)
    assert all(client.get(f"/api/v1/search?kind={kind}").status_code == 200 for kind in kinds)
    found = described["components"]["schemas"]["MarkedParagraph"]["properties"]
    assert {"agenda", "document", "clause"} <= set(found["kind"]["enum"])
    assert "(anchor documents)" in found["kind"]["description"]
    assert described["components"]["schemas"]["Resolution"]["properties"]["unanimous"]["type"] == ["boolean", "null"]
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(described)))
    assert named == described["components"]["schemas"].keys()
