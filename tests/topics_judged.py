"""How well items' topics are told, beside those that a careful reader gives: precision and recall, by archive and half.

    python tests/topics_judged.py            sample, and what lies under MINUTEBOOK_DATA (default ../shared/data)

Counted are pairs of an item and a topic, the topics above included. What a reader may defend counts neither way.
"""

import os
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archive.errors import MinutebookError
from archive.model import Item
from crawler.files import read_file
from crawler.sample import SampleCouncil
from index.passages import passages
from index.topics import Topics, standard_topics

TRUTH = Path(__file__).parent / "topics"
DATA = Path(os.environ.get("MINUTEBOOK_DATA", Path(__file__).parents[2] / "shared" / "data"))


@dataclass(frozen=True, slots=True)
class Judged:
    """An item that was read, by its key, with the topics it must and those it may have, without those above them."""

    key: Mapping[str, str]
    topics: tuple[str, ...]
    may: tuple[str, ...]
    kept_aside: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """Pairs of an item and a topic: told rightly, told wrongly, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)


def judged(archive: str) -> list[Judged]:
    """The judged items of `archive`."""
    table = tomllib.loads((TRUTH / f"{archive}.toml").read_text(encoding="utf-8"))
    return [Judged({name: value for name, value in row.items() if name in ("id", "file", "number", "title")},
                   tuple(row["topics"]), tuple(row.get("may", ())), row.get("kept_aside", False))
            for row in table["item"]]


def told(topics: Topics, item: Item) -> set[str]:
    """The topics of `item` as the index has them."""
    return set() if item.procedural else set(topics.of(passages(item)))


def tally(topics: Topics, one: Judged, item: Item) -> Tally:
    wanted, allowed = _with_above(topics, one.topics), _with_above(topics, (*one.topics, *one.may))
    found = told(topics, item)
    return Tally(len(found & wanted), len(found - allowed), len(wanted - found))


def _with_above(topics: Topics, named: Iterable[str]) -> set[str]:
    return {each for topic in named for each in (topic, *topics.above(topic))}


@cache
def sample_items() -> Mapping[str, Item]:
    meetings = SampleCouncil().meetings("http://sample.invalid/")
    return {str(item.id): item for meeting in meetings for item in meeting.items}


def item_of(one: Judged) -> Item | None:
    """The item that is meant; `None` where its file is not here."""
    if "id" in one.key:
        return sample_items().get(one.key["id"])
    matching = (item for item in _items(one.key["file"])
                if (item.number or "") == one.key["number"] and item.title.startswith(one.key["title"]))
    return next(matching, None)


@cache
def _items(name: str) -> tuple[Item, ...]:
    file = _files().get(name)
    try:
        return () if file is None else read_file(file.read_bytes(), name).meetings[0].items
    except MinutebookError:
        return ()


@cache
def _files() -> Mapping[str, Path]:
    return {file.name: file for file in sorted(DATA.rglob("*")) if file.is_file()}


def lines(topics: Topics, show: bool = False) -> Iterator[str]:
    """The table; with `show` each tuned item that is not told as a reader would."""
    yield "archive   half        items  precision  recall"
    whole = {False: Tally(), True: Tally()}
    for archive in ("sample", "limerick", "others"):
        for aside in (False, True):
            pairs = [(one, item) for one in judged(archive) if one.kept_aside is aside and (item := item_of(one))]
            total = sum((tally(topics, one, item) for one, item in pairs), Tally())
            whole[aside] += total
            yield f"{archive:9} {_half(aside):11} {len(pairs):5}  {total.precision:9.2f}  {total.recall:6.2f}"
            if show and not aside:
                yield from _wrongs(topics, pairs)
    for aside, total in whole.items():
        yield f"{'all':9} {_half(aside):11} {'':5}  {total.precision:9.2f}  {total.recall:6.2f}"


def _half(aside: bool) -> str:
    return "kept aside" if aside else "tuned"


def _wrongs(topics: Topics, pairs: Iterable[tuple[Judged, Item]]) -> Iterator[str]:
    for one, item in pairs:
        found = tally(topics, one, item)
        if found.wrong or found.missed:
            yield f"    {item.title[:70]!r}: wanted {', '.join(one.topics) or 'none'}; may {', '.join(one.may)}"
            if not item.procedural:
                for each in topics.assign(passages(item)):
                    yield f"        {each.topic} {each.points:.1f} {', '.join(each.words[:6])}"


if __name__ == "__main__":
    for line in lines(standard_topics(), show="--show" in sys.argv):
        print(line)
