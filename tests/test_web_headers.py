from pathlib import Path

import pytest
from a_site import a_site
from flask import Flask
from flask.testing import FlaskClient

from archive.errors import MinutebookError
from web.templating import dress


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return a_site(tmp_path_factory.mktemp("headers"))[0].test_client()


@pytest.mark.parametrize("address", ["/", "/search?q=x", "/nowhere", "/api/v1/search", "/healthz", "/static/icon.svg"])
def test_every_answer_forbids_what_the_pages_do_not_need(client: FlaskClient, address: str) -> None:
    with client.get(address) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "Set-Cookie" not in answer.headers


def test_a_file_asked_for_by_its_content_is_kept_and_one_by_its_name_is_not(client: FlaskClient) -> None:
    with client.get("/static/icon.svg?v=1") as answer:
        assert "immutable" in answer.headers["Cache-Control"]
    with client.get("/static/icon.svg") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "address", ["//evil.example/", "/\\evil.example", "/ambleshire//evil.example", "/search//", "/%2f%2fevil.example"])
def test_no_address_sends_the_reader_elsewhere(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.headers.get("Location", "http://localhost/").startswith("http://localhost/")


def test_a_strange_host_is_text_too(client: FlaskClient) -> None:
    answer = client.get("/ambleshire/items/17213", headers={"Host": 'x"><script>alert(1)</script>'})
    assert "<script>alert(1)" not in answer.text


def test_pages_only_answer_reading(client: FlaskClient) -> None:
    assert client.post("/search", data={"q": "x"}).status_code == 405
    assert client.head("/search?q=x").status_code == 200


def test_without_the_built_files_the_site_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MinutebookError, match=r"not built; run: pip install -e \."):
        dress(Flask("nothing", static_folder=str(tmp_path)))
