"""Whether the cases would notice: each rule of the reading broken in turn, and how many cases then read otherwise.

    make mutations

A rule is broken by putting something else in the place of one function, wherever it is used. A rule whose loss no case
notices ends the command with status 1.
"""

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Any

from cases import differences, every_case, read

from archive.errors import MinutebookError


@dataclass(frozen=True)
class Mutation:
    """A rule in words, the function that has it (`module:name` or `module:Class.name`), and what it becomes."""

    rule: str
    function: str
    broken: Callable[[Any], Any]


def gives(value: Any) -> Callable[[Any], Any]:
    """A function in the place of another that gives `value` whatever it is asked."""
    return lambda _: lambda *_arguments, **_named: value


MUTATIONS = (
    Mutation("a deciding word in prose decides only in a decision's form",
             "crawler.minutes.decisions:_decides", gives(True)),
    Mutation("an amendment's fate is not the motion's", "crawler.minutes.fates:fate",
             lambda fate: lambda text: (found := fate(text)) and replace(found, amendment=False)),
    Mutation("a list below a decision is its clauses", "crawler.minutes.continuations:continues", gives(False)),
    Mutation("(1) ...; (2) ... in one paragraph are clauses", "crawler.minutes.clauses:split_inline",
             lambda _: lambda words: (words, [])),
    Mutation("“For: A and B” is a side of a vote", "crawler.minutes.votes:side_line", gives(None)),
    Mutation("unanimity is told", "crawler.minutes.decisions:is_unanimous", gives(None)),
    Mutation("who moved and seconded is told", "crawler.minutes.motions:opens_motion", gives(False)),
    Mutation("terms of office bound whom a name means", "archive.rosters:may_sit", gives(True)),
    Mutation("two forms of one name are one person", "crawler.minutes.names:compatible", gives(False)),
    Mutation("who speaks is told", "crawler.minutes.speakers:speaker", gives(None)),
    Mutation("running headers and footers are no text", "crawler.documents.furniture:without_furniture",
             lambda _: lambda pages, _heights: [list(page) for page in pages]),
    Mutation("halves of broken words are joined", "crawler.documents.hyphens:Vocabulary.rejoin",
             lambda _: lambda _self, before, after: f"{before} {after}"),
    Mutation("a number typed at the start is the paragraph's", "crawler.numbers:typed", gives(None)),
    Mutation("what decision and minutes both print is read once", "crawler.minutes.once:each_once",
             lambda _: lambda decision, minutes: (decision, minutes)),
    Mutation("hidden text is no text", "crawler.documents.text:_unseen", gives(False)),
    Mutation("titles lose file sizes and references", "crawler.minutes.titles:clean_title", lambda _: str.strip),
    Mutation("routine items are known by their titles", "crawler.minutes.titles:is_procedural", gives(False)),
)  # fmt: skip


def breaks(mutation: Mutation) -> None:
    """Puts the broken function wherever the whole one is known."""
    module, _, name = mutation.function.partition(":")
    holder: Any = importlib.import_module(module)
    *outer, last = name.split(".")
    for each in outer:
        holder = getattr(holder, each)
    whole = getattr(holder, last)
    broken = mutation.broken(whole)
    setattr(holder, last, broken)
    for known in [each for key, each in sys.modules.items() if key.partition(".")[0] in ("archive", "crawler")]:
        if not outer and getattr(known, last, None) is whole:
            setattr(known, last, broken)


def failing(broken: int | None) -> set[str]:
    """The names of the cases that are not read as they should be, with that of `MUTATIONS` broken, or none."""
    if broken is not None:
        breaks(MUTATIONS[broken])
    return {case.name for case in every_case() if case.input.exists() and _fails(case)}


def _fails(case: Any) -> bool:
    try:
        return bool(differences(case.expected, read(case)))
    except (MinutebookError, AttributeError, TypeError, IndexError):    # a broken rule may break what follows it
        return True


def main() -> int:
    print("| broken rule | cases that notice | one of them |\n|---|---|---|")
    unnoticed = 0
    with get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        before, *after = pool.map(failing, [None, *range(len(MUTATIONS))], chunksize=1)
    for mutation, found in zip(MUTATIONS, after, strict=True):
        noticed = sorted(found - before)
        unnoticed += not noticed
        print(f"| {mutation.rule} | {len(noticed)} | {noticed[0] if noticed else '–'} |")
    return int(unnoticed > 0)


if __name__ == "__main__":
    sys.exit(main())
