"""The laws of the house: four rooms, small modules, explained packages."""

import ast
import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("archive", "crawler", "index", "web")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_no_other_installed_package_shadows_a_room(room: str) -> None:
    found = Path(importlib.import_module(room).__file__ or "nowhere")
    assert found.is_relative_to(ROOT), (
        f"`import {room}` gives {found}: another installed package shadows the room of that name; uninstall it"
    )


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_and_stays_small(module: Path) -> None:
    source = module.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source)), f"{module} has no docstring"
    assert source.count("\n") <= 400, f"{module} has grown past 400 lines: it is probably two nouns"


def test_no_module_is_a_drawer_for_anything() -> None:
    drawers = {"utils", "util", "helpers", "common", "base", "manager", "misc"}
    assert not [module for module in MODULES if module.stem in drawers]


def test_only_the_configuration_reads_the_environment() -> None:
    reading = re.compile(r"os\.environ|getenv|from os import .*environ")
    readers = [module for module in MODULES if reading.search(module.read_text(encoding="utf-8"))]
    assert {str(module.relative_to(ROOT)) for module in readers} <= {"archive/config.py", "web/cli.py"}
