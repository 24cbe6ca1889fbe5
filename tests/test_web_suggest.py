"""What the API gives for titles while somebody types."""

from datetime import UTC, datetime

import pytest
from build import COUNCIL, a_meeting, an_item
from flask.testing import FlaskClient
from test_search import filled

from archive.model import Council, Member, MemberId, Person
from archive.store import Store
from index.search import Search
from web.app import create_app

MEETINGS = (
    a_meeting("1", an_item("11", "26/00215/FUL - Waste store at Larkmere", "Granted.")),
    a_meeting("2", an_item("21", "Extra care housing in Harrowmere", "A report on the bypass of the town.",
                           people=(Person("Cllr Harrow", MemberId("ambleshire/members/117")),))),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    store = Store.open(tmp_path_factory.mktemp("suggest") / "minutebook.db")
    store.save_council(Council(COUNCIL, "Ambleshire County Council"))
    store.save_members(COUNCIL, [Member(MemberId("ambleshire/members/117"), "Cllr Tom Harrow")])
    for meeting in MEETINGS:
        store.save_meeting(meeting, (), "1", datetime(2023, 1, 1, tzinfo=UTC))
    return create_app(store, Search(filled(MEETINGS), store)).test_client()


@pytest.mark.parametrize(("typed", "expected"), [
    ("26/00215", [("title", None)]), ("waste st", [("title", None)]),
    ("harr", [("member", "/ambleshire/members/117"), ("title", None)]),
    ("bypass harr", [("member", "/ambleshire/members/117")]), ("bypass extra", []),
])
def test_only_what_has_a_page_has_an_address_and_titles_are_whole_queries(
    typed: str, expected: list[tuple[str, str | None]], client: FlaskClient
) -> None:
    found = client.get("/api/v1/suggest", query_string={"q": typed}).json["suggestions"]
    assert [(each["kind"], each.get("url")) for each in found] == expected
    assert all(client.get(each["url"]).status_code == 200 for each in found if "url" in each)


def test_what_no_item_has_is_not_offered(client: FlaskClient) -> None:
    found = client.get("/api/v1/suggest", query_string={"q": "topic:", "limit": 20}).json["suggestions"]
    counts = client.get("/api/v1/search").json["facets"]["topic"]
    assert found
    assert {each["value"] for each in found} == {each["value"] for each in counts}
    kinds = client.get("/api/v1/suggest", query_string={"q": "kind:"}).json["suggestions"]
    assert [each["query"] for each in kinds] == ["kind:title", "kind:narrative"]
