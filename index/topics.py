"""Which local-government topics an item is about, by the editable table `topics.toml`.

The table is a tree of topics with words and phrases. Where one phrase holds another the longer one counts, so that
"emergency planning" is no hint of planning. Each word counts once for an item, by where it stands. What the title has
not named must be what a fair share of the text is about: a mention in a long debate makes no topic. What an item says
of a topic it says of all those above.
"""

import hashlib
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import compress, count
from typing import Any

from archive.errors import InputError
from archive.model import Item
from index.analysis import fold, key
from index.passages import Passage, Scope, passages

ENOUGH = 3.0
"""The points that make a topic."""
MOST = 3
"""How many topics of one level, under the same parent or at the top, an item has at most."""
NEAR_BEST = 0.4
"""What share of the best sibling's points a topic must have."""
WEIGHTS: Mapping[str, float] = {"strong": 3.0, "fair": 2.0, "weak": 1.0, "ignored": 0.0}
"""The lists of a topic in the table, and the points of the words in them."""
FACTORS: Mapping[Scope, float] = {Scope.TITLE: 3.0, Scope.RESOLUTION: 1.5}
"""What a word's points are multiplied by that stands in such a text; 1 elsewhere."""
OPENING, IN_OPENING = 50, 2.0
"""The first words of the text beside the title, which say what the matter is, and the factor of what stands there."""
REACH = 7.0
"""How many words of the text around it each point of a word speaks for."""
SHARE = 0.45
"""What share of the text must be about a topic that the title does not name, for its points to count whole."""
BESIDE_TITLE = 2.0
"""How much more of both a topic needs when the title names others."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NAME = r"[A-Z][\w'’-]{0,30}+(?:(?:, | and | & |, and | )[A-Z][\w'’-]{0,30}+){0,6}"
_OFFICES = re.compile(
    r"(?:Cabinet Member|Portfolio Holder|Secretary of State|Minister|Director|Head|Department|Manager|Officer)"
    rf" (?:for|of) (?:the )?{_NAME}"
    rf"|\b{_NAME} (?:Sub-Committee|Committee|Directorate|Department|Section|Officer|Manager)\b"
    r"|\b[\w'’-]{1,30}+ (?:officer|manager)s?\b")
"""Offices and bodies: who brings a matter says little of what it is."""
_OF_OFFICES = ("fficer", "anager", "Committee", "Director", "Department", "Section", "Head of", "Head for", "Minister",
               "Cabinet Member", "Portfolio Holder", "Secretary of State")
"""One of these is in each of them: three texts of four have none."""
_REFERRED = re.compile(r"\((?:to be )?referred [^)]*\)?", re.IGNORECASE)
_PLURALS = {"buses": "bus", "gases": "gas", "children": "child", "women": "woman", "men": "man", "wales": "wales"}


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of the table; `id` is the value of `topic:`, `words` gives each word or phrase its points."""

    id: str
    label: str
    words: Mapping[str, float]
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Assigned:
    """A topic of an item, how strongly, and the words of the table that caused it, those that count most first."""

    topic: str
    points: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sign:
    """A phrase of the table: the topics that have it, each with its points; an ignored one has none."""

    words: str
    row: tuple[str, ...]
    topics: tuple[tuple[str, float], ...]


@dataclass(slots=True)
class _Found:
    """What an item says of a topic and those below: points by word, how many words of text are about it."""

    words: dict[str, float]
    about: float = 0.0
    in_title: bool = False
    strong: bool = False


class Topics:
    """The table, ready to be applied; parents stand before what is below them. `digest` changes with its content."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.topics = tuple(topics)
        self.labels = {topic.id: topic.label for topic in self.topics}
        self.parents = {topic.id: topic.parent for topic in self.topics}
        self.digest = hashlib.sha256(repr(self.topics).encode()).hexdigest()[:12]
        self._below: dict[str | None, list[str]] = defaultdict(list)
        for topic in self.topics:
            self._below[topic.parent].append(topic.id)
        self._lines = {topic.id: (topic.id, *self.above(topic.id)) for topic in self.topics}
        self._signs = _signs(self.topics)

    @property
    def first(self) -> tuple[str, ...]:
        """The topics at the top."""
        return tuple(self._below[None])

    def above(self, topic: str) -> tuple[str, ...]:
        """The topics that `topic` is below, the nearest first."""
        found: list[str] = []
        parent = self.parents.get(topic)
        while parent is not None:
            found.append(parent)
            parent = self.parents[parent]
        return tuple(found)

    def meant(self, text: str) -> str | None:
        """The one topic that `text` names: by its identifier, its label, or the start of a word in one of either.

        What begins a word of one topic at the top means that, whatever is below others: "adult" is adult social care.
        """
        wanted = key(text)
        if text in self.labels or not wanted:
            return text if text in self.labels else None
        named = {each: (key(each), key(label)) for each, label in self.labels.items()}
        whole = [each for each, keys in named.items() if wanted in keys]
        part = [each for each, keys in named.items() if any(_begins_a_word(wanted, words) for words in keys)]
        first = [each for each in part if self.parents[each] is None]
        found = whole or first or part
        return found[0] if len(found) == 1 else None

    def of(self, texts: Sequence[Passage]) -> tuple[str, ...]:
        """The topics of an item with these passages, the strongest first, each followed by those below it."""
        return tuple(assigned.topic for assigned in self.assign(texts))

    def assign(self, texts: Sequence[Passage]) -> tuple[Assigned, ...]:
        """The same, each with the words that caused it."""
        found, length = self._found(texts)
        titled = {topic for topic in self._below[None] if topic in found and found[topic].in_title}
        points = {topic: _points(each, length, bool(titled) and self._lines[topic][-1] not in titled)
                  for topic, each in found.items()}
        chosen: list[Assigned] = []
        waiting = self._best(None, points)
        while waiting:
            topic = waiting.pop(0)
            words = found[topic].words
            chosen.append(Assigned(topic, points[topic], tuple(sorted(words, key=lambda word: (-words[word], word)))))
            waiting = self._best(topic, points) + waiting
        return tuple(chosen)

    def of_item(self, item: Item) -> tuple[Assigned, ...]:
        """The topics of `item` as the index has them: none of a routine one."""
        return () if item.procedural else self.assign(passages(item))

    def _best(self, parent: str | None, points: Mapping[str, float]) -> list[str]:
        """The topics below `parent` that an item with these points has, the strongest first."""
        below = sorted((topic for topic in self._below.get(parent, ()) if points.get(topic, 0.0) >= ENOUGH),
                       key=lambda topic: -points[topic])
        return [topic for topic in below[:MOST] if points[topic] >= NEAR_BEST * points[below[0]]]

    def _found(self, texts: Sequence[Passage]) -> tuple[dict[str, _Found], int]:
        """What is said of each topic, and how many words the text has beside the title."""
        found: dict[str, _Found] = {}
        length = 0
        for passage in texts:
            if passage.scope is Scope.VOTE:
                continue
            in_title = passage.scope is Scope.TITLE
            row = _words(_REFERRED.sub(" ", passage.text) if in_title else _without_offices(passage.text))
            factor = FACTORS.get(passage.scope, 1.0)
            if not in_title:
                factor = max(factor, IN_OPENING if length < OPENING else 1.0)
                length += len(row)
            for sign in self._standing(row):
                for topic, weight in sign.topics:
                    for each in self._lines[topic]:
                        said = found.get(each) or found.setdefault(each, _Found({}))
                        said.words[sign.words] = max(said.words.get(sign.words, 0.0), weight * factor)
                        said.about += REACH * weight
                        said.in_title = said.in_title or in_title
                        said.strong = said.strong or weight >= ENOUGH
        return found, length

    def _standing(self, row: Sequence[str]) -> Iterator[_Sign]:
        """The phrases of the table that stand in a text, from its start: the longest at each place, none in another."""
        signs, free = self._signs, 0
        for at in compress(count(), map(signs.__contains__, row)):
            if at >= free:
                for sign in signs[row[at]].get(row[at + 1] if at + 1 < len(row) else "", signs[row[at]][""]):
                    if tuple(row[at:at + len(sign.row)]) == sign.row:
                        free = at + len(sign.row)
                        yield sign
                        break


def _points(found: _Found, length: int, beside_title: bool) -> float:
    points = sum(found.words.values())
    if found.in_title or not length:
        return points
    if len(found.words) == 1 and not found.strong:
        return 0.0
    more = BESIDE_TITLE if beside_title else 1.0
    return points / more * min(1.0, found.about / length / SHARE / more)


def _without_offices(text: str) -> str:
    return _OFFICES.sub(" | ", text) if any(each in text for each in _OF_OFFICES) else text


def _words(text: str) -> list[str]:
    """The words of `text` in a row, folded and in the singular."""
    return list(map(_singular, _WORD.findall(fold(text))))


@lru_cache(maxsize=50_000)
def _singular(word: str) -> str:
    """A word without possessive and plural, as Harman's S stemmer has it (JASIS 42, 1991): parking is not park."""
    plain = re.sub(r"['’]s?\Z|['’]", "", re.sub(r"['’]s\Z", "", word))
    if plain in _PLURALS or len(plain) < 4:
        return _PLURALS.get(plain, plain)
    if plain.endswith("ies"):
        return plain[:-3] + "y"
    if plain.endswith(("ches", "shes", "sses", "xes")):
        return plain[:-2]
    return plain[:-1] if plain.endswith("s") and not plain.endswith(("ss", "us", "is")) else plain


def _begins_a_word(part: str, words: str) -> bool:
    return f" {part}" in f" {words}"


def _signs(topics: Iterable[Topic]) -> dict[str, dict[str, tuple[_Sign, ...]]]:
    """The phrases of all topics by their first word and by their second, the longest first.

    Those of one word are among those of each second word too, and by themselves under "".
    """
    phrases: dict[tuple[str, ...], tuple[str, dict[str, float]]] = {}
    for topic in topics:
        for words, weight in topic.words.items():
            _, meanings = phrases.setdefault(tuple(_words(words)), (words, {}))
            if weight:
                meanings[topic.id] = max(weight, meanings.get(topic.id, 0.0))
    by_words: dict[str, dict[str, list[_Sign]]] = defaultdict(lambda: {"": []})
    for row in sorted(phrases, key=len, reverse=True):
        words, meanings = phrases[row]
        by_words[row[0]].setdefault("".join(row[1:2]), []).append(_Sign(words, row, tuple(meanings.items())))
    return {first: {second: tuple(signs + by_second[""] if second else signs) for second, signs in by_second.items()}
            for first, by_second in by_words.items()}


@cache
def standard_topics() -> Topics:
    """The table that comes with Minutebook."""
    return read_topics((files("index") / "topics.toml").read_text(encoding="utf-8"), "index/topics.toml")


def read_topics(text: str, name: str) -> Topics:
    """The table written in TOML; the head of `index/topics.toml` says how.

    Raises `InputError`, naming the file `name`, the topic and what is wrong with it.
    """
    try:
        return Topics(_in_order(tomllib.loads(text), name))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"{name}: is not TOML ({error}); see index/topics.toml for how topics are written") from error


def _in_order(table: Mapping[str, Any], name: str) -> Iterator[Topic]:
    """The topics of `table`, each before those below it."""
    known: set[str] = set()
    waiting: list[tuple[str, Any, str | None]] = [(each, value, None) for each, value in table.items()]
    while waiting:
        identifier, value, parent = waiting.pop(0)
        if wrong := _wrong(identifier, value, known):
            raise InputError(f"{name}: topic {identifier!r} {wrong}")
        known.add(identifier)
        words = {words: weight for kind, weight in WEIGHTS.items() for words in value.get(kind, ())}
        yield Topic(identifier, value["label"], words, parent)
        below = [(each, of_it, identifier) for each, of_it in value.items() if each not in {*WEIGHTS, "label"}]
        waiting = below + waiting
    if not known:
        raise InputError(f"{name}: has no topic")


def _wrong(identifier: str, value: Any, known: set[str]) -> str | None:
    """What is wrong with one topic of the table, `None` when nothing is."""
    if not isinstance(value, dict):
        return f"is no topic and no list of words: those are {', '.join(WEIGHTS)}"
    if not identifier or identifier != identifier.lower() or not identifier.replace("-", "").isalnum():
        return "is not small letters, digits and hyphens"
    if identifier in known:
        return "is there twice; a name is used once in the whole tree"
    label = value.get("label")
    if not isinstance(label, str) or not label.strip():
        return 'has no label, such as label = "Housing"'
    known_words: set[tuple[str, ...]] = set()
    for kind in WEIGHTS:
        words = value.get(kind, [])
        if not isinstance(words, list) or not all(isinstance(each, str) for each in words):
            return f'has {kind} = {str(words)[:40]!r}, which is no list of words, such as ["council homes"]'
        for each in words:
            if not _words(each):
                return f"has {each!r} among {kind}, which holds no word"
            if (row := tuple(_words(each))) in known_words:
                return f"has {each!r} twice: once is enough for singular and plural"
            known_words.add(row)
    return None
