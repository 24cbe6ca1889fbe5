"""What the sample is made of, read from the text files beside it: places, seats, officers, committees, topics, stories.

The files are data and ship with the package. Everything here is invented; a mistake in a file is a programming error
and raises at once.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_FOLDER = "data"


@dataclass(frozen=True, slots=True)
class CommitteeSpec:
    """A committee and its clerk's habits (`crawler.sample.clerk`). `per_year` holds at the default size;
    weekday 0 is Monday."""

    key: str
    id: int
    name: str
    size: int
    per_year: int
    weekday: int
    time: str
    category: str
    room: int
    numbering: str
    paragraphs: str
    lead: str
    labels: str
    address: str
    votes: tuple[str, ...]
    topics: tuple[str, ...]
    moved: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report can be about: its title and the agenda's summary of it."""

    title: str
    summary: str
    since: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """A clause in parts that every style can bend: "approve", "the plan", "for consultation"."""

    verb: str
    object: str
    rest: str = ""
    since: int = 0


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence in the language of `grammar`; to a question about it there is an `answer`."""

    text: str
    answer: str = ""
    since: int = 0


@dataclass(frozen=True, slots=True)
class Topic:
    """A field of local government with its own vocabulary.

    `answers` are indirect questions with their answers, `views` what a member may think. `agenda` and `introduced` are
    its own ways to announce and to open an item, where the common ones do not fit. What has a year in `since` was not
    known before it.
    """

    key: str
    portfolio: str
    officers: tuple[str, ...]
    subjects: tuple[Subject, ...]
    points: tuple[Saying, ...]
    answers: tuple[Saying, ...]
    views: tuple[Saying, ...]
    wishes: tuple[Wish, ...]
    lists: Mapping[str, tuple[str, ...]]
    agenda: tuple[str, ...] = ()
    introduced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """One appearance of a story before a committee; `when` is a year and month, "2018-03"."""

    committee: str
    when: str
    title: str
    summary: str
    text: tuple[str, ...]
    wishes: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """An issue that comes back over the years."""

    key: str
    topic: str
    slots: Mapping[str, str]
    stages: tuple[Stage, ...]


def read_text(name: str) -> str:
    """The data file `name` as text."""
    return resources.files(__package__).joinpath(_FOLDER, name).read_text(encoding="utf-8")


def read_toml(name: str) -> dict[str, Any]:
    """The data file `name` as a mapping."""
    return tomllib.loads(read_text(name))


def lines(text: str) -> tuple[str, ...]:
    """The lines of `text` that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _fields(line: str, count: int) -> list[str]:
    """`line` cut at its top-level bars: a bar within `[a|b]` is a choice."""
    parts, depth = [""], 0
    for character in line:
        depth += {"[": 1, "]": -1}.get(character, 0)
        if character == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts] + [""] * (count - len(parts))


def _since(line: str) -> tuple[str, int]:
    """A line without the year ("@2021 ") that may stand before it, and that year."""
    if not line.startswith("@"):
        return line, 0
    year, _, rest = line[1:].partition(" ")
    return rest, int(year)


def wish(line: str) -> Wish:
    """ "approve | the plan | for consultation" as a `Wish`."""
    text, since = _since(line)
    verb, thing, rest = _fields(text, 3)[:3]
    return Wish(verb, thing, rest, since)


def _subject(line: str) -> Subject:
    text, since = _since(line)
    title, summary = _fields(text, 2)[:2]
    return Subject(title, summary, since)


def _saying(line: str) -> Saying:
    text, since = _since(line)
    question, _, answer = text.partition("=>")
    return Saying(question.strip(), answer.strip(), since)


@cache
def committees() -> tuple[CommitteeSpec, ...]:
    """The twelve committees, in the order of the file."""
    return tuple(
        CommitteeSpec(**{**entry, "votes": tuple(entry["votes"]), "topics": tuple(entry["topics"])})
        for entry in read_toml("committees.toml")["committee"]
    )


@cache
def topics() -> Mapping[str, Topic]:
    """The topics by key, from all files `topics-*.toml`."""
    folder = resources.files(__package__).joinpath(_FOLDER)
    names = sorted(each.name for each in folder.iterdir() if each.name.startswith("topics-"))
    return {key: _topic(key, entry) for name in names for key, entry in read_toml(name).items()}


def _topic(key: str, entry: Mapping[str, Any]) -> Topic:
    return Topic(
        key,
        entry["portfolio"],
        tuple(entry["officers"]),
        tuple(_subject(line) for line in lines(entry["subjects"])),
        tuple(_saying(line) for line in lines(entry["points"])),
        tuple(_saying(line) for line in lines(entry["answers"])),
        tuple(_saying(line) for line in lines(entry["views"])),
        tuple(wish(line) for line in lines(entry["wishes"])),
        {name: tuple(values) for name, values in entry.get("lists", {}).items()},
        lines(entry.get("agenda", "")),
        lines(entry.get("introduced", "")),
    )


@cache
def stories() -> tuple[Story, ...]:
    """The issues that come back, in the order of the file."""
    return tuple(_story(key, entry) for key, entry in read_toml("stories.toml").items())


def _story(key: str, entry: Mapping[str, Any]) -> Story:
    stages = tuple(
        Stage(
            stage["committee"],
            stage["when"],
            stage["title"],
            stage["summary"],
            lines(stage["text"]),
            tuple(wish(line) for line in lines(stage["wishes"])),
        )
        for stage in entry["stages"]
    )
    return Story(key, entry["topic"], entry.get("slots", {}), stages)


@cache
def places() -> Mapping[str, tuple[str, ...]]:
    """Lists of invented places by kind: towns, villages, roads, rivers, schools, libraries, hospitals, ..."""
    return {kind: tuple(names) for kind, names in read_toml("places.toml").items()}


@cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """What clerks write of any matter: introductions, frames, procedural answers."""
    return {kind: lines(text) for kind, text in read_toml("phrases.toml").items()}
