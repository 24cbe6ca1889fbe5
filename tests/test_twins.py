"""What the site and the commands say of bilingual meetings, and of what a council publishes no more."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from a_site import BORDER, BORDER_WELSH, a_site
from bs4 import BeautifulSoup
from build import SEEN, a_meeting, an_item, save
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from archive.ids import is_welsh, local, twin
from archive.model import Meeting
from archive.shapes import as_json
from archive.store import Store
from web import terminal
from web.language import language, language_of
from web.twins import each_once, twin_of

SINCE = "No longer published by the council since 3 November 2022; kept here as it was."


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return a_site(tmp_path_factory.mktemp("twins"))[0].test_client()


def page(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def words(node: object) -> str:
    return " ".join(node.get_text(" ").split()) if hasattr(node, "get_text") else ""


@pytest.mark.parametrize("path", ["meetings/90", "items/901"])
def test_each_text_links_to_the_other_in_its_own_language(client: FlaskClient, path: str) -> None:
    (welsh,) = page(client, f"/ambleshire/{path}").select("a.mb-language")
    assert (words(welsh), welsh["lang"], welsh["hreflang"]) == ("Cymraeg", "cy", "cy")
    assert welsh["href"] == f"/ambleshire/{path}-cy"
    (english,) = page(client, welsh["href"]).select("a.mb-language")
    assert (words(english), english["lang"], english["href"]) == ("English", "en", f"/ambleshire/{path}")
    (alternate,) = page(client, welsh["href"]).select('link[rel="alternate"][hreflang]')
    assert (alternate["hreflang"], alternate["href"]) == ("en", f"http://localhost/ambleshire/{path}")


def test_what_has_no_twin_links_to_none(client: FlaskClient) -> None:
    for path in ("/ambleshire/meetings/3129", "/ambleshire/items/17213"):
        assert not page(client, path).select("a.mb-language, link[hreflang]")


def test_a_welsh_page_says_of_each_text_that_it_is_welsh_but_not_of_an_english_one(client: FlaskClient) -> None:
    found = page(client, "/ambleshire/items/901-cy")
    marked = [words(each) for each in found.main.select('[lang="cy"]')]
    item = BORDER_WELSH.items[0]
    assert item.title in marked
    assert [each.text for each in item.paragraphs if each.text in marked] == [
        each.text for each in item.paragraphs[:2]]
    assert not page(client, "/ambleshire/items/901").main.select('[lang="cy"]:not(a)')


def test_a_list_of_meetings_has_each_once_and_a_search_finds_both(client: FlaskClient) -> None:
    committee = page(client, "/ambleshire/committees/border-committee")
    assert [each["href"] for each in committee.select(".mb-row a")] == ["/ambleshire/meetings/90",
                                                                        "/ambleshire/meetings/91"]
    found = page(client, "/search?q=bont")
    (hit,) = found.select(".mb-hit")
    assert words(hit.select_one(".mb-hit__meta")).endswith("Cymraeg")
    assert hit.select_one(".mb-hit__title [lang=cy]")


def test_what_is_no_longer_published_says_so_wherever_it_stands(client: FlaskClient) -> None:
    assert SINCE in words(page(client, "/ambleshire/items/911").main)
    assert SINCE in words(page(client, "/ambleshire/documents/s91").main)
    meeting = page(client, "/ambleshire/meetings/91")
    assert SINCE.replace("3 November", "1 December") in words(meeting.select_one(".govuk-inset-text"))
    assert words(meeting.select_one(".mb-item__badges")) == "No longer published"
    assert "No longer published" in words(page(client, "/search?q=landing").select_one(".mb-hit__meta"))
    assert "No longer published" not in words(page(client, "/search?q=footbridge").select_one(".mb-hit__meta"))
    assert "No longer published" not in client.get("/ambleshire/meetings/90").text


def test_the_api_has_the_day_only_where_there_is_one(client: FlaskClient) -> None:
    item = client.get("/api/v1/items/ambleshire/911").json
    assert (item["unpublished"], item["meeting"]["unpublished"]) == ("2022-11-03", "2022-12-01")
    assert "unpublished" not in client.get("/api/v1/items/ambleshire/901").text


def test_a_terminal_says_it_too() -> None:
    item = an_item("1", "Ferry", unpublished=date(2022, 11, 3))
    shown = terminal.text_of(as_json(a_meeting("1", item)))
    assert shown.count(SINCE) == 1
    assert terminal.text_of(as_json(item)).count(SINCE) == 1
    meeting = as_json(a_meeting("1", unpublished=date(2022, 11, 3)))
    assert terminal.text_of(meeting).count(SINCE) == 1
    assert terminal.text_of(as_json(an_item()) | {"meeting": meeting}).count(SINCE) == 1


# What is held in one language, in the other or in both, in the order of days


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "db")
    yield store
    store.close()


def test_a_meeting_that_is_there_in_welsh_alone_is_listed(store: Store) -> None:
    for name in ("1", "1-cy", "2-cy"):
        save(store, a_meeting(name))
    assert {local(str(each.id)) for each in each_once(store, 10)} == {"1", "2-cy"}
    assert twin_of(store, "ambleshire/meetings/2-cy") is None


@given(st.lists(st.sets(st.sampled_from(("", "-cy")), min_size=1), max_size=20), st.integers(1, 7),
       st.integers(0, 2))
def test_pages_of_a_list_put_together_are_the_list(held: list[set[str]], wanted: int, apart: int) -> None:
    days = [datetime(2021, 3, 2, tzinfo=UTC) + timedelta(days=at // 2) for at in range(len(held))]
    meetings = [a_meeting(f"{at}{suffix}", start=day + timedelta(days=apart * len(suffix)))
                for at, (languages, day) in enumerate(zip(held, days, strict=True)) for suffix in sorted(languages)]
    archive = _Heads(meetings)
    whole = [each.id for each in archive.heads(len(meetings), 0)
             if not (is_welsh(str(each.id)) and twin(str(each.id)) in archive.held)]
    pages = [each_once(archive, wanted, offset) for offset in range(0, len(meetings) + 1, wanted)]
    assert [each.id for one in pages for each in one] == whole


class _Heads:
    """The store as far as a list of meetings asks for it."""

    def __init__(self, meetings: list[Meeting]) -> None:
        self._meetings = sorted(meetings, key=lambda each: (str(each.start), str(each.id)), reverse=True)
        self.held = {each.id for each in meetings}

    def heads(self, limit: int, offset: int) -> tuple[Meeting, ...]:
        return tuple(self._meetings[offset:offset + limit])

    def versions(self, identifier: str) -> bool:
        return identifier in self.held


@pytest.mark.parametrize(("text", "expected", "found"), [
    ("Nodwyd y gost.", None, None),
    ("Nodwyd y gost.", "cy", "cy"),
    ("Adroddiad blynyddol gwasanaethau ieuenctid a hamdden y sir", "cy", "cy"),
    ("The officer read out a letter in English from the contractor.", "cy", None),
    ("Bydd bwrdd y bont droed yn cael ei adnewyddu.", None, "cy"),
])
def test_a_short_text_is_of_the_language_of_its_page(text: str, expected: str | None, found: str | None) -> None:
    assert language(text, expected) == found


def test_a_page_is_welsh_by_its_identifier() -> None:
    assert [language_of(str(each.id)) for each in (BORDER, BORDER_WELSH)] == [None, "cy"]
    assert SEEN.tzinfo
