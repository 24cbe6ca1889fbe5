import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from a_site import a_site
from bs4 import BeautifulSoup
from flask.testing import FlaskClient


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return a_site(tmp_path_factory.mktemp("pages"))[0].test_client()


def page(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return BeautifulSoup(answer.text, "lxml")


def text(node: object) -> str:
    return " ".join(node.get_text(" ").split()) if hasattr(node, "get_text") else ""


def test_an_item_has_an_anchor_for_every_paragraph_each_text_once_and_in_order(client: FlaskClient) -> None:
    found = page(client, "/ambleshire/items/17213")
    assert [each["id"] for each in found.select(".mb-paragraph")] == ["27.1", "27.2", "p3", "27.3", "p5", "p6"]
    assert [text(each) for each in found.select(".mb-paragraph__text")][3:] == [
        "That the Committee:", "notes the fall in use; and", "asks that evening journeys are kept."]
    assert found.select_one('a[href="/ambleshire/items/17213#27.1"]')


def test_a_decision_is_set_apart_with_mover_and_votes(client: FlaskClient) -> None:
    found = page(client, "/ambleshire/items/17213")
    decision = found.select_one(".mb-resolution")
    assert [each["id"] for each in decision.select(".mb-paragraph")] == ["27.3", "p5", "p6"]
    assert text(decision.select_one(".mb-ballot")) == (
        "Moved by Cllr Thirlwell Seconded by Cllr Okafor Outcome Carried Vote For 9, against 3 Voting against Bray")


def test_minutes_are_shown_as_text_whatever_they_hold(client: FlaskClient) -> None:
    answer = client.get("/ambleshire/items/17213").text
    assert "&lt;script&gt;alert(&#39;27&#39;)&lt;/script&gt; &amp; &lt;b&gt;bold&lt;/b&gt; was read out." in answer
    assert "<script>alert" not in answer
    assert "javascript:" not in answer


def test_an_item_says_where_it_is_from_and_what_is_beside_it(client: FlaskClient) -> None:
    found = page(client, "/ambleshire/items/17213")
    links = {each["href"] for each in found.select("a")}
    assert {"http://c.example/mgAi.aspx?ID=17213", "/ambleshire/meetings/3129", "/ambleshire/items/17212",
            "/ambleshire/items/17214", "/ambleshire/members/117", "/ambleshire/committees/170", "/ambleshire",
            "http://c.example/s1/Report.pdf", "/ambleshire/documents/s3"} <= links
    assert text(found.select_one("[data-cite]")) == (
        "Ambleshire County Council, Highways and Transport Scrutiny Committee, 8 November 2022, item 27: "
        "Evening and rural buses. http://localhost/ambleshire/items/17213")


def test_welsh_is_marked_as_welsh(client: FlaskClient) -> None:
    (welsh,) = page(client, "/ambleshire/items/17213").select('[lang="cy"]')
    assert text(welsh).startswith("Roedd y pwyllgor")


def test_a_restricted_item_says_so(client: FlaskClient) -> None:
    found = page(client, "/ambleshire/items/17214")
    assert "taken in private" in text(found.main)


def test_a_long_attendance_is_folded_and_a_short_one_is_not(client: FlaskClient) -> None:
    folded = page(client, "/ambleshire/meetings/9").select_one("details.mb-roll")
    assert text(folded.summary) == "Expected 60"
    assert len(folded.select(".mb-people li")) == 60
    short = page(client, "/ambleshire/meetings/3129")
    assert short.select(".mb-people")
    assert not short.select("details")


def test_a_meeting_has_attendance_items_and_the_state_of_its_minutes(client: FlaskClient) -> None:
    found = page(client, "/ambleshire/meetings/3129")
    assert text(found.h1) == "Tuesday 8 November 2022, 10.30am"
    titles = [text(each) for each in found.select(".mb-item__title")]
    assert titles == ["Apologies", "Evening and rural buses", "Sale of land"]
    assert [text(each) for each in found.select(".mb-item__badges")] == ["", "Resolved", "Restricted"]
    assert [text(each) for each in found.select(".mb-side")][:2] == ["Present 1", "Apologies 1"]
    assert "draft minutes" in text(found.main)
    assert '"@type":"Event"' in client.get("/ambleshire/meetings/3129").text.replace('": "', '":"')


def test_a_cancelled_meeting_says_so_and_midnight_is_no_time(client: FlaskClient) -> None:
    found = page(client, "/ambleshire/meetings/9")
    assert "This meeting was cancelled." in text(found.main)
    assert text(found.h1) == "Wednesday 1 May 2024"


def test_a_member_has_the_items_that_name_them(client: FlaskClient) -> None:
    found = page(client, "/ambleshire/members/117")
    assert text(found.h1) == "Cllr Margaret Thirlwell"
    assert [text(each) for each in found.select(".mb-hit__title")] == ["Evening and rural buses"]
    attended = [each["href"] for each in found.select(".mb-row a")]
    assert attended == ["/ambleshire/meetings/3129"]


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/ambleshire", "Ambleshire County Council"),
        ("/ambleshire/", "Ambleshire County Council"),
        ("/ambleshire/committees/170", "Highways and Transport Scrutiny Committee"),
        ("/ambleshire/committees/170?page=9", "Highways and Transport Scrutiny Committee"),
        ("/ambleshire/committees/170?page=x", "Highways and Transport Scrutiny Committee"),
        ("/ambleshire/members/9", "Cllr Former"),
        ("/ambleshire/documents/s1", "Report of the Director"),
        ("/ambleshire/documents/s2", "Exempt appendix"),
        ("/", "What did the council decide?"),
        ("/search/help", "How to search"),
        ("/search/data", "The API"),
    ],
)
def test_every_page_has_its_heading(client: FlaskClient, address: str, heading: str) -> None:
    found = page(client, address)
    assert [text(each) for each in found.select("h1")] == [heading]
    assert text(found.title).endswith("– Minutebook")


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere", "/ambleshire/items/1", "/ambleshire/items/..%2f..%2fetc", "/ambleshire/items/%2e%2e",
        "/ambleshire/things/1", "/ambleshire/members/8",
        "/ambleshire/items/", "/ambleshire/items/17213/x", "/%00", "/ambleshire/items/<b>",
        "/Ambleshire/items/17213", "/nowhere/items/17213", "/static/../app.py", "/ambleshire/items/x%0d%0aSet-Cookie:a",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Page not found" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_every_link_of_the_site_leads_somewhere(client: FlaskClient) -> None:
    seen: set[str] = set()
    waiting = ["/", "/search?q=libraries"]
    while waiting and len(seen) < 150:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        if answer.mimetype == "text/html":
            waiting.extend(_inner_links(answer.text))
    assert len(seen) > 60


def _inner_links(html: str) -> Iterator[str]:
    found = BeautifulSoup(html, "lxml")
    known = {each["id"] for each in found.select("[id]")}
    for link in found.select("a[href]"):
        address, _, anchor = str(link["href"]).partition("#")
        if not address:
            assert anchor in known, link
        elif address.startswith("/") and "sort=" not in address:
            yield address


def test_every_page_is_named_once_and_its_ids_too(client: FlaskClient) -> None:
    for address in ("/", "/search?q=buses", "/ambleshire/items/17213", "/ambleshire/meetings/3129"):
        found = page(client, address)
        named = [each["id"] for each in found.select("[id]")]
        assert len(named) == len(set(named)), address
        assert found.html["lang"] == "en-GB"


def test_a_page_asks_for_nothing_from_elsewhere(client: FlaskClient) -> None:
    html = client.get("/ambleshire/items/17213").text
    fetched = re.findall(r'<(?:script|img|link)[^>]+(?:src|href)="([^"]+)"', html)
    assert fetched
    assert all(address.startswith("/") for address in fetched)
    for address in fetched:
        with client.get(address) as answer:
            assert answer.status_code == 200, address


@pytest.mark.parametrize("name", ["govuk.css", "govuk-frontend.min.js"])
def test_the_built_files_name_no_font_file_and_no_other_site(name: str) -> None:
    built = Path("web/static/govuk") / name
    css = built.read_text(encoding="utf-8")
    assert "@font-face" not in css
    assert "GDS Transport" not in css
    assert "url(" not in css


def test_every_place_of_what_was_looked_for_is_marked_and_listed(client: FlaskClient) -> None:
    found = page(client, "/ambleshire/items/17213?q=evening+use")
    nav = found.select_one(".mb-found")
    marked = {text(each) for each in found.select("mark")}
    assert {word.casefold() for word in marked} == {"evening", "use"}
    listed = [each["href"] for each in nav.select("a[href^='#']")]
    assert listed == [f"#{each['id']}" for each in found.select(".mb-paragraph") if each.select("mark")]
    assert listed
    assert f"is marked in {len(listed)} texts:" in text(nav)
    assert nav.select("a")[-1]["href"] == "/ambleshire/items/17213"
    assert found.select_one("link[rel=canonical]")["href"].endswith("/ambleshire/items/17213")


@pytest.mark.parametrize(("query", "said"), [
    ("xyzzy", "Nothing here says “xyzzy”."), ("<bdo>", "Nothing here says “<bdo>”."),
    ("kind:title evening", "“kind:title evening” is marked in the title."),
])
def test_it_is_said_where_nothing_is_marked_or_the_title_alone(client: FlaskClient, query: str, said: str) -> None:
    found = page(client, f"/ambleshire/items/17213?q={query}")
    assert said in text(found.select_one(".mb-found"))


def test_it_is_said_where_nothing_names_the_member_asked_for(client: FlaskClient) -> None:
    found = page(client, "/ambleshire/items/17213?member=ambleshire/members/999")
    assert "Nothing here names the member." in text(found.select_one(".mb-found"))
    assert not found.select("mark")


@pytest.mark.parametrize(("query", "said"), [
    ("member=ambleshire/members/117", "The member is marked beside the text."),
    ("q=xyzzy&member=ambleshire/members/117", "Nothing here says “xyzzy”; the member is marked beside the text."),
])
def test_a_member_whom_no_text_names_is_marked_among_the_people(query: str, said: str, client: FlaskClient) -> None:
    found = page(client, f"/ambleshire/items/17213?{query}")
    assert said in text(found.select_one(".mb-found"))
    assert {each.parent["href"] for each in found.select("aside mark")} == {"/ambleshire/members/117"}


@pytest.mark.parametrize(("member", "marked"), [
    ("okafor", ["Cllr Okafor"]), ("Cllr Bray", ["Bray"]), ("thirlwell", ["Cllr Thirlwell"])])
def test_who_moved_and_who_voted_is_marked_beside_the_decision(
    member: str, marked: list[str], client: FlaskClient
) -> None:
    found = page(client, f"/ambleshire/items/17213?member={member}")
    assert [text(each) for each in found.select(".mb-ballot mark")] == marked


@pytest.mark.parametrize("query", ["member=", "q=&member=+", "q=+"])
def test_an_empty_option_looks_for_nothing(query: str, client: FlaskClient) -> None:
    assert not page(client, f"/ambleshire/items/17213?{query}").select(".mb-found, mark")
    assert page(client, f"/ambleshire/items/17213?q=evening&{query.replace('q=', 'x=')}").select(".mb-paragraph mark")


def test_nothing_is_marked_where_nothing_was_looked_for(client: FlaskClient) -> None:
    found = page(client, "/ambleshire/items/17213")
    assert not found.select("mark, .mb-found, link[rel=canonical]")
