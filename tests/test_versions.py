"""The versions of a meeting and of an item: at the terminal, on the site and in the API."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from a_site import BEFORE, BORDER, a_site
from bs4 import BeautifulSoup
from build import COUNCIL, SEEN, a_meeting, an_item, save
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from archive.home import Home
from archive.model import Council
from archive.shapes import as_json
from archive.store import Store
from web.cli import run
from web.history import changed_words, history, number_of_versions

MEETING, BUSES, PARKS = "ambleshire/meetings/1", "ambleshire/items/11", "ambleshire/items/12"


def the_versions() -> Iterator[tuple[datetime, object]]:
    """A report that was corrected, a venue that was moved, an item that came later: four versions."""
    def buses(fare: str) -> object:
        return an_item("11", "Buses", f"Fares rise by {fare} per cent.", "The report was noted.")

    yield SEEN, a_meeting("1", buses("five"))
    yield SEEN + timedelta(days=1), a_meeting("1", buses("nine"))
    yield SEEN + timedelta(days=2), a_meeting("1", buses("nine"), venue="County Hall")
    yield SEEN + timedelta(days=3), a_meeting("1", buses("nine"), an_item("12", "Parks"), venue="County Hall")
    yield SEEN + timedelta(days=40), a_meeting("1", buses("nine"), an_item("12", "Parks"), venue="County Hall")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.prepare()
    store = Store.open(home.database)
    store.save_council(Council(COUNCIL, "Ambleshire"))
    for seen, meeting in the_versions():
        save(store, meeting, seen=seen)
    store.close()
    return home


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    store = Store.open(home.database)
    yield store
    store.close()


@pytest.fixture
def show(home: Home, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def command(*arguments: str) -> tuple[int, str, str]:
        status = run(["show", *arguments], {"MINUTEBOOK_HOME": str(home.folder)})
        return (status, *capsys.readouterr())

    return command


def test_a_meeting_has_each_version_with_its_days_and_differences(store: Store) -> None:
    told = history(store, MEETING)
    assert [(each["number"], each["seen"][:10], each["last"][:10]) for each in told["versions"]] == [
        (1, "2026-11-23", "2026-11-23"), (2, "2026-11-24", "2026-11-24"), (3, "2026-11-25", "2026-11-25"),
        (4, "2026-11-26", "2027-01-02")]
    first, fares, venue, parks = (each["differences"] for each in told["versions"])
    assert first == []
    (fare,) = fares
    assert (fare["kind"], fare["change"], fare["item"], fare["anchor"]) == ("paragraph", "changed", BUSES, "1.1")
    assert (fare["old"], fare["new"]) == ("1.1 Fares rise by five per cent.", "1.1 Fares rise by nine per cent.")
    assert [(each["kind"], each["old"], each["new"]) for each in venue] == [("venue", None, "County Hall")]
    assert [(each["kind"], each["change"], each["item"]) for each in parks] == [("item", "added", PARKS)]


def test_an_item_has_those_in_which_it_changed_and_they_last_until_the_next(store: Store) -> None:
    versions = history(store, BUSES)["versions"]
    assert [(each["number"], each["seen"][:10], each["last"][:10]) for each in versions] == [
        (1, "2026-11-23", "2026-11-23"), (2, "2026-11-24", "2027-01-02")]
    assert [each["number"] for each in history(store, PARKS)["versions"]] == [4]
    assert [number_of_versions(store, each) for each in (MEETING, BUSES, PARKS)] == [4, 2, 1]


def test_people_read_dates_and_lines_of_less_and_more(show: Callable[..., tuple[int, str, str]]) -> None:
    status, out, err = show(MEETING, "--versions")
    assert (status, err) == (0, "")
    assert out.startswith(f"{MEETING}: 4 versions\n\nVersion 1: first seen 23 November 2026, 2.10am, last seen ")
    assert "      - 1.1 Fares rise by five per cent.\n      + 1.1 Fares rise by nine per cent.\n" in out
    assert "    venue changed\n      + County Hall\n" in out


def test_programs_read_json(show: Callable[..., tuple[int, str, str]], store: Store) -> None:
    status, out, _ = show(MEETING, "--versions", "--json")
    assert (status, json.loads(out)) == (0, history(store, MEETING))


def test_an_old_version_is_shown_as_the_present_one_is(show: Callable[..., tuple[int, str, str]]) -> None:
    meetings = [meeting for _, meeting in the_versions()]
    for number in (1, 2, 3, 4):
        assert json.loads(show(MEETING, "--version", str(number), "--json")[1]) == as_json(meetings[number - 1])
    item = json.loads(show(BUSES, "--version", "1")[1])
    assert item["paragraphs"][0]["text"] == "Fares rise by five per cent."
    assert item["meeting"]["id"] == MEETING


@pytest.mark.parametrize(("arguments", "said"), [
    ((MEETING, "--version", "9"), "ambleshire/meetings/1: no version 9 of meeting"),
    ((PARKS, "--version", "1"), "ambleshire/items/12: not in version 1 of ambleshire/meetings/1"),
    (("ambleshire", "--versions"), "ambleshire: only meetings and items have versions"),
    (("ambleshire/members/1", "--version", "1"), "only meetings and items have versions"),
    (("ambleshire/meetings/404", "--versions"), "ambleshire/meetings/404"),
    ((MEETING, "--version", "0"), "0 is not in the range"),
])
def test_what_has_no_such_version_is_one_line(
    show: Callable[..., tuple[int, str, str]], arguments: tuple[str, ...], said: str
) -> None:
    status, out, err = show(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err


# The site


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return a_site(tmp_path_factory.mktemp("versions"))[0].test_client()


def page(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def words(node: object) -> str:
    return " ".join(node.get_text(" ").split()) if hasattr(node, "get_text") else ""


@pytest.mark.parametrize("path", ["/ambleshire/meetings/90", "/ambleshire/items/901"])
def test_what_changed_links_to_its_versions(client: FlaskClient, path: str) -> None:
    (link,) = [each for each in page(client, path).select("a") if each["href"] == f"{path}/versions"]
    assert words(link) == "Earlier versions (1)"
    found = page(client, f"{path}/versions")
    assert [words(each).split(" as")[0] for each in found.select("h2")] == ["Version 2", "Version 1"]
    assert "First seen 1 February 2023, 12am, last seen 1 February 2023, 12am" in words(found.main)
    assert "painted." in [words(each) for each in found.select("del")]
    assert "renewed." in [words(each) for each in found.select("ins")]
    assert any("Thanks were given." in words(each) for each in found.select("del"))
    said = [words(each) for each in found.select(".mb-change__text .govuk-visually-hidden")]
    assert said == ["Before:", "Now:", "Removed:", "Before:", "Now:"]


def test_what_never_changed_has_no_link_and_a_page_all_the_same(client: FlaskClient) -> None:
    assert "/versions" not in client.get("/ambleshire/meetings/3129").text
    assert [words(each) for each in page(client, "/ambleshire/meetings/3129/versions").select("h2")] == [
        "Version 1 as it stands now"]
    assert client.get("/ambleshire/meetings/404/versions").status_code == 404
    assert client.get("/ambleshire/members/117/versions").status_code == 404


def test_the_api_has_the_versions_and_each_of_them(client: FlaskClient) -> None:
    told = client.get("/api/v1/meetings/ambleshire/meetings/90/versions").json
    assert [each["number"] for each in told["versions"]] == [1, 2]
    assert client.get("/api/v1/meetings/ambleshire/90/versions").json == told
    assert client.get("/api/v1/meetings/ambleshire/meetings/90/versions/1").json == as_json(BEFORE)
    assert client.get("/api/v1/meetings/ambleshire/meetings/90/versions/2").json == as_json(BORDER)
    item = client.get("/api/v1/items/ambleshire/901/versions/1").json
    assert item["paragraphs"] == as_json(BEFORE.items[0].paragraphs)
    for path in ("meetings/ambleshire/90/versions/3", "meetings/ambleshire/404/versions",
                 "members/ambleshire/117/versions"):
        assert client.get(f"/api/v1/{path}").status_code == 404
    assert client.get("/api/v1/meetings/ambleshire/90/versions?x=1").status_code == 400


TEXTS = st.lists(st.sampled_from(("the", "fares", "rise", "fall", "by", "nine", "%")), max_size=12).map(" ".join)


@given(TEXTS, TEXTS)
def test_marked_words_are_those_that_differ_and_none_is_lost(old: str, new: str) -> None:
    before, after = changed_words(old, new)
    assert ("".join(each.text for each in before), "".join(each.text for each in after)) == (old, new)
    same = ["".join(each.text for each in pieces if not each.marked) for pieces in (before, after)]
    assert same[0] == same[1]
    assert (old == new) == (not any(each.marked for each in (*before, *after) if each.text))


def test_long_texts_are_set_beside_each_other_whole() -> None:
    (before,), (after,) = changed_words("a " * 5000, "b " * 5000)
    assert before.marked
    assert after.marked
