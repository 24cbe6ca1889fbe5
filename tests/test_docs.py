"""The documents cannot lie: what they show is run here, and what they promise exists.

In a ```console block, a line after `$ ` is run by the shell, in order, in one empty folder, and what it prints must be
the lines below it; `...` stands for anything. `make` is what runs these tests, so its targets are only looked up.
"""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click import Option

from web.cli import cli
from web.manual import manual

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "benchmarks").glob("*.md"))]
CONTRACT_COMMANDS = {"demo", "add", "crawl", "import", "parse", "reparse", "reindex", "search", "show", "status",
                     "export", "serve"}


@dataclass(frozen=True)
class Shown:
    command: str
    output: str


def shown_in(document: Path) -> list[Shown]:
    blocks = re.findall(r"^```console\n(.*?)^```", document.read_text(encoding="utf-8"), re.M | re.S)
    return [
        Shown(command, output)
        for block in blocks
        for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.M)
    ]


def matches(expected: str, printed: str) -> bool:
    pattern = r".*?".join(re.escape(part.strip()) for part in expected.split("..."))
    return re.fullmatch(r"\s*" + pattern + r"\s*", printed.strip(), re.S) is not None


def test_the_readme_shows_commands() -> None:
    assert len(shown_in(ROOT / "README.md")) > 3


@pytest.mark.docs
@pytest.mark.parametrize("document", [path for path in DOCUMENTS if shown_in(path)], ids=lambda path: path.name)
def test_what_a_document_shows_is_what_happens(document: Path, tmp_path: Path) -> None:
    environ = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "120"}
    for shown in shown_in(document):
        if shown.command.startswith("make "):
            subprocess.run(["make", "-n", "-C", ROOT, *shown.command.split()[1:2]], check=True, capture_output=True)
            continue
        done = subprocess.run(
            shown.command, shell=True, check=False, cwd=tmp_path, env=environ, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{shown.command}: {done.stderr}"
        assert matches(shown.output, done.stdout), f"{shown.command} printed:\n{done.stdout}"


def test_every_command_of_the_contract_is_there_and_explained() -> None:
    assert set(cli.commands) >= CONTRACT_COMMANDS
    assert all(command.help for command in cli.commands.values())
    options = [each for command in cli.commands.values() for each in command.params if isinstance(each, Option)]
    assert all(option.help for option in options)


def test_the_manual_of_commands_is_what_the_commands_say() -> None:
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == manual(cli), "run: make manual"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_exists(document: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_the_first_screen_says_what_it_is_and_the_two_commands() -> None:
    first_screen = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:40]
    text = "\n".join(first_screen)
    assert "make demo" in text
    assert "make test" in text
    assert re.search(r"!\[[^\]]+\]\(docs/\S+\.png\)", text)


@pytest.mark.docs
def test_every_query_that_the_readme_shows_finds_something_in_the_sample(tmp_path: Path) -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("| you type | you get |")[2].partition("\n\n")[0]
    typed = [query for row in table.splitlines() for query in re.findall(r"`([^`]+)`", row.partition(" | ")[0])
             if "…" not in query]    # which stands for whatever is in brackets
    assert len(typed) > 12
    command = Path(sys.executable).with_name("minutebook")
    subprocess.run([command, "--home", tmp_path, "demo", "--no-serve"], check=True, capture_output=True)
    for query in typed:
        found = subprocess.run([command, "--home", tmp_path, "--json", "search", "--", query], check=True,
                               capture_output=True, text=True)
        assert json.loads(found.stdout)["total"], query
