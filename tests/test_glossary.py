"""Other words for the same thing on the site: what is added is said, can be switched off, and is listed."""

from pathlib import Path

import pytest
from a_site import HIGHWAYS, a_site
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from archive.home import Home
from archive.model import Council, CouncilId
from index.akin import standard_synonyms
from web.desk import Desk
from web.indexing import _synonyms


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return a_site(tmp_path_factory.mktemp("glossary"))[0].test_client()


def page(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return BeautifulSoup(answer.text, "lxml")


def text(node: object) -> str:
    return " ".join(node.get_text(" ").split()) if hasattr(node, "get_text") else ""


def notes(found: BeautifulSoup) -> list[str]:
    return [text(each) for each in found.select(".mb-note")]


def test_the_results_say_what_was_added_and_can_do_without(client: FlaskClient) -> None:
    found = page(client, "/search?q=HTSC&topic=transport&page=1")
    assert f"any form of “HTSC” (or “{HIGHWAYS.name}”)" in text(found.select_one(".mb-read"))
    (link,) = [each for each in found.select(".mb-note a") if "only the words" in text(each)]
    assert link["href"] == "/search?q=HTSC&topic=transport&synonyms=off"
    plain = page(client, link["href"])
    assert HIGHWAYS.name not in text(plain.select_one(".mb-read"))
    (link,) = [each for each in plain.select(".mb-note a") if "other words" in text(each)]
    assert link["href"] == "/search?q=HTSC&topic=transport"


def test_a_search_without_other_words_says_nothing_of_them(client: FlaskClient) -> None:
    assert notes(page(client, "/search?q=evening")) == []


def test_a_switch_is_on_or_off(client: FlaskClient) -> None:
    assert "neither on nor off" in client.get("/api/v1/search?q=a&synonyms=perhaps").json["error"]
    assert "neither on nor off" in text(page(client, "/search?q=evening&synonyms=perhaps"))
    said = [client.get(f"/api/v1/search?q=HTSC{more}").json["explanation"] for more in ("", "&synonyms=on")]
    assert said[0] == said[1] != client.get("/api/v1/search?q=HTSC&synonyms=off").json["explanation"]


def test_the_glossary_lists_short_forms_with_what_they_stand_for(client: FlaskClient) -> None:
    found = page(client, "/glossary")
    assert [text(row) for row in found.select("tbody tr")] == [
        f"HTSC {HIGHWAYS.name} (3 items)", "SLA service level agreement (2 items); Sale of Land Act (1 item)"]
    assert found.select_one("tbody th[scope=row] a")["href"] == "/search?q=HTSC&council=ambleshire"
    assert found.select_one("footer a[href='/glossary']")
    assert page(client, "/search/help").select_one("main a[href='/glossary']")
    assert text(page(client, "/glossary?council=nowhere", 404).select_one("h1"))


def test_the_glossary_as_json(client: FlaskClient) -> None:
    everything = client.get("/api/v1/glossary").json
    (council,) = everything["councils"]
    assert (council["council"], council["name"]) == ("ambleshire", "Ambleshire County Council")
    assert council["acronyms"][1] == {
        "short": "SLA", "url": "http://localhost/search?q=SLA&council=ambleshire",
        "long": [{"text": "service level agreement", "count": 2}, {"text": "Sale of Land Act", "count": 1}]}
    assert client.get("/api/v1/glossary?council=ambleshire").json == everything
    for wrong, said in (("council=nowhere", "none of the archive's"), ("page=1", "the only one is council")):
        answer = client.get(f"/api/v1/glossary?{wrong}")
        assert answer.status_code == 400
        assert said in answer.json["error"]


def test_of_several_councils_one_is_chosen(tmp_path: Path) -> None:
    app, engine = a_site(tmp_path)
    engine._store.save_council(Council(CouncilId("otherton"), "Otherton Borough Council"))
    client = app.test_client()
    found = page(client, "/glossary")
    names = [text(each) for each in found.select("main li a")]
    assert names == ["Ambleshire County Council", "Otherton Borough Council"]
    assert not found.select("table")
    assert "explains a short form" in text(page(client, "/glossary?council=otherton").select_one("main"))
    assert page(client, "/glossary?council=ambleshire").select("tbody tr")


@pytest.mark.parametrize(("written", "said"), [
    (b"same = 3", "is no table of synonyms"), (b"same = [[", "is no table of synonyms"), (b"\xff", "cannot be read")])
def test_a_home_s_table_that_is_none_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], written: bytes, said: str
) -> None:
    Home(tmp_path).synonyms.write_bytes(written)
    assert _synonyms(Desk(tmp_path, {})) == standard_synonyms()
    (line,) = capsys.readouterr().err.splitlines()
    assert str(Home(tmp_path).synonyms) in line
    assert said in line


def test_a_home_s_table_adds_to_the_standard_one(tmp_path: Path) -> None:
    assert _synonyms(Desk(tmp_path, {})) == standard_synonyms()
    Home(tmp_path).synonyms.write_text('same = [["wheelie", "kerbside caddy"]]', encoding="utf-8")
    assert _synonyms(Desk(tmp_path, {})).words.items() > standard_synonyms().words.items()
