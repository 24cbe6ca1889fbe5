"""Which local-government topics an item is about, by the editable table `topics.toml`.

A topic is a set of words and phrases with weights. Each counts once for an item, three times its weight when the title
has it. An item has the topics that reach `ENOUGH`, at most `MOST` of them, and none far below its best.
"""

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from archive.errors import InputError
from index.analysis import stems
from index.passages import Passage, Scope

ENOUGH = 3.0
MOST = 3
IN_TITLE = 3.0
NEAR_BEST = 0.4
"""What share of the best topic's points another must have."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One line of the table; `id` is the value of `topic:`, `words` gives each word or phrase its weight."""

    id: str
    label: str
    words: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Assigned:
    """A topic of an item, how strongly, and the words of the table that caused it."""

    topic: str
    points: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sign:
    topic: str
    words: str
    stems: tuple[str, ...]
    weight: float


class Topics:
    """The table, ready to be applied. `digest` changes with its content."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.topics = tuple(topics)
        self.labels = {topic.id: topic.label for topic in self.topics}
        self.digest = hashlib.sha256(repr(self.topics).encode()).hexdigest()[:12]
        self._signs: dict[str, list[_Sign]] = defaultdict(list)
        for topic in self.topics:
            for words, weight in topic.words.items():
                sign = _Sign(topic.id, words, tuple(stems(words)), weight)
                self._signs[sign.stems[0]].append(sign)

    def of(self, passages: Sequence[Passage]) -> tuple[str, ...]:
        """The topics of an item with these passages, the strongest first."""
        return tuple(assigned.topic for assigned in self.assign(passages))

    def assign(self, passages: Sequence[Passage]) -> tuple[Assigned, ...]:
        """The same, each with the words that caused it."""
        points: dict[str, float] = defaultdict(float)
        words: dict[str, list[str]] = defaultdict(list)
        for sign, in_title in self._found(passages).items():
            points[sign.topic] += sign.weight * (IN_TITLE if in_title else 1.0)
            words[sign.topic].append(sign.words)
        best = max(points.values(), default=0.0)
        enough = [topic for topic in points if points[topic] >= max(ENOUGH, NEAR_BEST * best)]
        enough.sort(key=lambda topic: (-points[topic], topic))
        return tuple(Assigned(topic, points[topic], tuple(sorted(words[topic]))) for topic in enough[:MOST])

    def _found(self, passages: Sequence[Passage]) -> dict[_Sign, bool]:
        """Each sign that stands somewhere, and whether it stands in the title."""
        found: dict[_Sign, bool] = {}
        for passage in passages:
            row = stems(passage.text)
            for at, stem in enumerate(row):
                for sign in self._signs.get(stem, ()):
                    if tuple(row[at:at + len(sign.stems)]) == sign.stems:
                        found[sign] = found.get(sign, False) or passage.scope is Scope.TITLE
        return found


@cache
def standard_topics() -> Topics:
    """The table that comes with Minutebook."""
    return read_topics((files("index") / "topics.toml").read_text(encoding="utf-8"), "index/topics.toml")


def read_topics(text: str, name: str) -> Topics:
    """The table written in TOML: `[housing]`, `label = "Housing"`, `[housing.words]`, `"council homes" = 3`.

    Raises `InputError`, naming the file `name`, when it is not of that form.
    """
    try:
        return Topics(_topic(each, table) for each, table in tomllib.loads(text).items())
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{name}: is no table of topics ({error}); see index/topics.toml for its form") from error


def _topic(identifier: str, table: Mapping[str, Any]) -> Topic:
    words = {str(words): float(weight) for words, weight in table["words"].items()}
    if wordless := [each for each in words if not stems(each)]:
        raise ValueError(f"{identifier} has {wordless[0]!r}, which holds no word")
    return Topic(identifier, str(table["label"]), words)
