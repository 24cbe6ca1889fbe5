"""Queries at the command line whose words begin with hyphens."""

import json
from pathlib import Path

import pytest

from web.cli import run

SAVED = Path(__file__).parent / "pages" / "westsussex" / "item-as-text" / "mgAi.txt"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    environ = {"MINUTEBOOK_HOME": str(tmp_path_factory.mktemp("words") / "home")}
    arguments = ["import", str(SAVED), "--council", "westsussex", "--committee", "Children Scrutiny"]
    assert run([*arguments, "--date", "3/11/2022"], environ) == 0
    return environ


@pytest.mark.parametrize(("arguments", "query", "total"), [
    (["children", "-Ofsted"], "children -Ofsted", 0), (["children", "-zebra"], "children -zebra", 1),
    (["-Ofsted", "children"], "-Ofsted children", 0), (["children", "-hovercraft"], "children -hovercraft", 1),
    (["children", "-h1"], "children -h1", 1), (['children -"zebra crossing"'], 'children -"zebra crossing"', 1),
    (["children", '-"zebra crossing"'], 'children -"zebra crossing"', 1),
    (["--sort", "newest", "children", "-zebra", "--page", "1"], "children -zebra", 1),
    (["--", "-zebra", "children"], "-zebra children", 1), (["--", "--zebra"], "--zebra", 0),
])
def test_a_word_with_a_hyphen_before_it_is_part_of_the_query(
    arguments: list[str], query: str, total: int, home: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--json", "search", *arguments], home) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["query"], found["total"]) == (query, total)


def test_an_unknown_option_is_an_error_still_and_h_is_help(
    home: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["search", "children", "--comittee", "cabinet"], home) == 2
    assert "No such option" in capsys.readouterr().err
    assert run(["search", "-h"], home) == 0
    assert "QUERY" in capsys.readouterr().out
