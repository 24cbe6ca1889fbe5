"""What `import` says of a file whose meeting is held already: the same, changed, or less than there was."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from web.cli import run

LEAK = "The clerk reported that the roof leaks.\n\n"
MINUTES = f"""ASHBECK PARISH COUNCIL

Minutes of the meeting of the Parish Council held on Tuesday 3 March 2020 at 7.30 pm

Present: Councillors A Abel (Chairman) and B Bell

1. Apologies for absence

Apologies were received from Councillor C Carr.

2. Bus shelters

{LEAK}RESOLVED that the shelter be mended.
"""
SHORTER = MINUTES.replace(LEAK, "")
DRAFT = MINUTES.replace("Minutes of", "Draft minutes of")
SPLIT = MINUTES.replace("leaks.", "leaks.\n\nA bucket stands there.")

Import = Callable[[str], str]


@pytest.fixture
def imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Import:
    """Imports a text; the line that is said of it, without the file's name and the meeting's."""
    path = tmp_path / "minutes.txt"

    def line(text: str) -> str:
        path.write_text(text)
        arguments = ["import", str(path), "--council", "ashbeck"]
        assert run(arguments, {"MINUTEBOOK_HOME": str(tmp_path / "home")}) == 0
        said = capsys.readouterr().out.strip()
        return said.replace(f" {path}", "").replace(f" as {said.split(' as ')[-1].split(' ')[0]}", "")

    return line


def test_the_line_tells_what_is_new_the_same_and_changed(imported: Import) -> None:
    assert imported(SHORTER) == "stored  : 2 items, 2 paragraphs, 1 resolution"
    assert imported(SHORTER) == "as held : 2 items, 2 paragraphs, 1 resolution"
    assert imported(MINUTES) == "changed : 2 items, 3 paragraphs, 1 resolution"
    assert imported(SPLIT).startswith("changed : 2 items, 4 paragraphs")


@pytest.mark.parametrize(
    ("less", "said"),
    [
        (SHORTER, "2 paragraphs where there were 3, in place of published minutes"),
        (DRAFT, "a draft, in place of published minutes"),
        (DRAFT.replace(LEAK, ""), "a draft, 2 paragraphs where there were 3, in place of published minutes"),
    ],
    ids=["shorter", "draft", "shorter draft"],
)
def test_less_in_place_of_published_minutes_is_said(imported: Import, less: str, said: str) -> None:
    imported(MINUTES)
    line = imported(less)
    assert line.startswith("changed")
    assert f"({said}; what was held before: minutebook show ashbeck/meetings/" in line
    assert line.endswith(" --versions)")
    assert imported(MINUTES) == "changed : 2 items, 3 paragraphs, 1 resolution"


def test_a_draft_in_place_of_a_draft_is_no_loss(imported: Import) -> None:
    imported(DRAFT)
    assert imported(DRAFT.replace(LEAK, "")) == "changed : 2 items, 2 paragraphs, 1 resolution"


def test_scripts_are_told_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "minutes.txt"
    for text in (MINUTES, DRAFT):
        path.write_text(text)
        run(["import", str(path), "--council", "ashbeck", "--json"], {"MINUTEBOOK_HOME": str(tmp_path / "home")})
        told = json.loads(capsys.readouterr().out)[0]
        assert (told["changed"], told["instead"]) == (
            (False, "") if text == MINUTES else (True, "a draft, in place of published minutes"))
