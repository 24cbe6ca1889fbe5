"""No text makes reading slow: runs of the very words that the regular expressions of `crawler` look for.

Each run is one long paragraph of an item's minutes, so that whatever is searched again at every place, or can be
parted in more ways than one, shows in what reading takes. What takes no time at all is in bounds whatever its growth.
"""

import importlib
import itertools
import pkgutil
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from limits import cpu_seconds

import crawler
from archive.errors import MinutebookError
from crawler.files import read_file

sre_parse: Any = importlib.import_module("re._parser")
LENGTH = 20_000
NOTICED = 0.4           # seconds: a hundred times what 20,000 letters should take
TRIPLED = 3.0
RUNS = (" ", "\xa0", "a", "A", "1", ".", ",", "(", "[", "“", '"', "-", "/", "a ", "A ", "1 ", "a. ", "a, ", "1.",
        "(a) ", "that ", "to ", "and ", "Councillor A, ", "Councillors A B and ", "by 1 vote for, ", "RESOLVED ", "x:",
        "<a ", "<!DOCTYPE [", "&lt;", "&amp;", "in 2019 ", "minutes 1 ", "moved by ", "1/2/2020 ",
        "http://a.b/")  # fmt: skip


def patterns() -> dict[str, re.Pattern[Any]]:
    """All compiled patterns that modules of the package hold, by where they are."""
    found: dict[str, re.Pattern[Any]] = {}
    for module in pkgutil.walk_packages(crawler.__path__, "crawler."):
        if module.name.startswith("crawler.sample"):
            continue   # it writes, and reads nothing from outside
        for name, value in vars(importlib.import_module(module.name)).items():
            for at, each in enumerate(_held(value)):
                found[f"{module.name}.{name}[{at}]"] = each
    return {name: each for each, name in {each: name for name, each in found.items()}.items()}


def _held(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from _held(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _held(each)


def pieces(pattern: re.Pattern[Any]) -> Iterator[str]:
    """The literal runs of a pattern, so that its own words are tried against it."""
    run = ""
    waiting = [iter([sre_parse.parse(pattern.pattern)])]
    while waiting:
        step = next(waiting[-1], None)
        if isinstance(step, tuple) and str(step[0]) == "LITERAL":
            run += chr(step[1])
            continue
        if run:
            yield run
            run = ""
        if step is None:
            waiting.pop()
        elif isinstance(step, sre_parse.SubPattern):
            waiting.append(iter(step.data))
        elif isinstance(step, tuple | list):
            waiting.append(iter([each for each in step if each is not None]))


def attacks() -> list[str]:
    own = {pattern: list(dict.fromkeys(pieces(pattern)))[:30] for pattern in patterns().values()}
    runs = [*RUNS, *(f"{piece} " for each in own.values() for piece in each)]
    runs += (f"{one}{other}" for each in own.values() for one, other in itertools.pairwise(each))
    return sorted({run for run in runs if run.isprintable() and len(run) < 60})


def seconds(run: str, length: int) -> float:
    text = (run * (length // len(run) + 1))[:length].replace("<", "&lt;")
    page = f"<div id='modgov'><h1>Agenda item</h1><h2>Buses</h2><h3>Minutes:</h3><p>x {text}</p></div>"
    printed = f"Minutes of the Council held on 3 March 2020\n\nPresent: Councillor A Abel\n\n1. Buses\n\n{text}"

    def work() -> None:
        for text, name in ((page, "x.html"), (printed, "x.txt")):
            with suppress(MinutebookError):
                read_file(text.encode(), name)

    return cpu_seconds(work)


def slow(runs: Sequence[str]) -> list[str]:
    """Of `runs` those whose reading takes long, and more than three times as long for twice the text, each time."""
    long = [run for run in runs if seconds(run, LENGTH) > NOTICED]
    return [run for run in long if min(seconds(run, 2 * LENGTH) / seconds(run, LENGTH) for _ in range(3)) > TRIPLED]


def test_twice_the_text_is_about_twice_the_work() -> None:
    assert slow([*RUNS, *attacks()[::25]]) == []


if __name__ == "__main__":    # make fuzz: all of them, which takes minutes
    sys.exit(f"grows faster than its text, of runs of {found}" if (found := slow(attacks())) else 0)
