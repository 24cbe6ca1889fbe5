"""docs/operating.md and the files beside it say what is: states, endings, settings, commands, units."""

import re
import shlex
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import click
import pytest

from archive.config import CouncilSettings
from archive.runs import Ending
from web.cli import cli
from web.status import State

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
UNITS = sorted((ROOT / "docs/operating").glob("minutebook*"))
SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def lines() -> list[str]:
    shown = [line for block in SHELL.findall(TEXT) for line in block.splitlines()]
    units = [line.removeprefix("ExecStart=/usr/local/bin/") for unit in UNITS for line in unit.read_text().splitlines()
             if line.startswith("ExecStart=")]
    inline = re.findall(r"`(minutebook [^`]*)`", TEXT)
    cron = re.findall(r"MINUTEBOOK_HOME=\S+ (minutebook .*)", TEXT)
    return [line.removeprefix("podman exec minutebook ") for line in (*shown, *units, *inline, *cron)]


def test_every_state_and_every_ending_is_explained() -> None:
    explained = set(re.findall(r"`([^`\n]+)`", TEXT))
    assert {state.value for state in State} <= explained
    assert {ending.value for ending in Ending if ending not in (Ending.NEW, Ending.CHANGED, Ending.SAME)} <= explained


def test_every_setting_of_a_council_is_explained() -> None:
    told = {field.name for field in fields(CouncilSettings)} - {"council", "allow"}
    assert told <= set(re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE))


@pytest.mark.parametrize("line", [line for line in lines() if line.startswith("minutebook ")])
def test_every_command_shown_is_one(line: str) -> None:
    name, *arguments = [word for word in shlex.split(line)[1:] if word != "…"]
    command = cli.commands[name]
    with click.Context(cli).scope():
        command.make_context(name, [each for each in arguments if each != "ID"] + ["x"] * ("ID" in arguments))


def test_every_file_named_is_there() -> None:
    named = set(re.findall(r"docs/operating/([\w.-]+)", TEXT)) - {"minutebook"}
    assert named <= {path.name for path in (ROOT / "docs/operating").iterdir()}
    assert {unit.suffix for unit in UNITS} == {".service", ".timer"}


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here to verify its units")
def test_the_units_are_what_systemd_reads(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/usr/local/bin/minutebook", "/bin/true")
        (tmp_path / unit.name).write_text(text.replace("User=minutebook", "User=root"), encoding="utf-8")
    verify = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)]
    done = subprocess.run(verify, capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "minutebook" in line]
    assert (said, done.returncode) == ([], 0), done.stderr
