"""How much of what a careful reader reads the readers found: counts that add up over cases.

Paragraphs are matched in printed order by number and text, resolutions by text, people by name. What is said of a
resolution (action, mover ...) is judged on those whose text was found, so that no miss counts twice. Nothing read of
something expected scores 0; nothing expected and nothing read counts nothing.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import chain
from typing import Any

_WORD = re.compile(r"\w+")
SAID = ("action", "outcome", "mover", "seconder", "unanimous", "vote")


@dataclass
class Share:
    """`right` of `expected`, with `read` in all."""

    right: int = 0
    expected: int = 0
    read: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.right + other.right, self.expected + other.expected, self.read + other.read)

    @property
    def recall(self) -> float | None:
        return self.right / self.expected if self.expected else None

    @property
    def precision(self) -> float | None:
        if not self.read:
            return 0.0 if self.expected else None
        return self.right / self.read

    @property
    def f1(self) -> float | None:
        both = self.expected + self.read
        return 2 * self.right / both if both else None


@dataclass
class Links:
    """Names that were linked to the right member, to a wrong one (or to any where none is certain), or to none."""

    right: int = 0
    wrong: int = 0
    withheld: int = 0

    def __add__(self, other: "Links") -> "Links":
        return Links(self.right + other.right, self.wrong + other.wrong, self.withheld + other.withheld)


@dataclass
class Score:
    """The counts of one case, or of several together."""

    words: Share = field(default_factory=Share)
    items: Share = field(default_factory=Share)
    paragraphs: Share = field(default_factory=Share)
    kinds: Share = field(default_factory=Share)
    speakers: Share = field(default_factory=Share)
    resolutions: Share = field(default_factory=Share)
    said: dict[str, Share] = field(default_factory=lambda: {key: Share() for key in SAID})
    attendance: Share = field(default_factory=Share)
    noted: Share = field(default_factory=Share)   # declarations, arrivals and departures
    links: Links = field(default_factory=Links)

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.words + other.words, self.items + other.items, self.paragraphs + other.paragraphs,
            self.kinds + other.kinds, self.speakers + other.speakers, self.resolutions + other.resolutions,
            {key: self.said[key] + other.said[key] for key in SAID}, self.attendance + other.attendance,
            self.noted + other.noted, self.links + other.links,
        )  # fmt: skip


def score(expected: Any, read: Any) -> Score:
    """What of `expected` was `read`: an item, a meeting, or a list of meetings, both in the JSON of the contract."""
    found = _items(read)
    wanted = [_headed(item, found[at : at + 1]) for at, item in enumerate(_items(expected))]
    result = Score()
    pairs = _matched(wanted, found, lambda item: (item["number"], _plain(item["title"])))
    result.items = Share(len(pairs), len(wanted), len(found))
    lines, got = ([each for item in items for each in item.get("paragraphs", ())] for items in (wanted, found))
    matches = _matched(lines, got, lambda each: (each["number"], each["text"]))
    result.paragraphs = Share(len(matches), len(lines), len(got))
    result.kinds = _share(each["kind"] == other["kind"] for each, other in matches if "kind" in each)
    result.speakers = _share(each["speaker"] == other.get("speaker") for each, other in matches
                             if "speaker" in each and (each["speaker"] or other.get("speaker")))
    result.words = _coverage(lines, got)
    _score_resolutions(result, wanted, found)
    result.attendance = _overlap(_attended(expected), _attended(read))
    result.noted = _overlap(*(list(_noted(wanted, items)) for items in (wanted, found)))
    result.links = _links(wanted, found) + _links(_whole(expected), _whole(read))
    return result


def _items(read: Any) -> list[Any]:
    return [item for whole in _whole(read) for item in whole.get("items", [whole])]


def _headed(item: Any, read: Sequence[Any]) -> Any:
    """An expected item; number or title that it leaves open are what was read in its place."""
    head = read[0] if read else {"number": None, "title": ""}
    return {key: head[key] for key in ("number", "title")} | item


def _whole(read: Any) -> list[Any]:
    return read if isinstance(read, list) else [read] if read else []


def _plain(text: str | None) -> str:
    return " ".join(_WORD.findall((text or "").casefold()))


def _matched(wanted: Sequence[Any], found: Sequence[Any], key: Any) -> list[tuple[Any, Any]]:
    """The longest run of pairs, in order, that are the same by `key`."""
    matcher = SequenceMatcher(None, [key(each) for each in wanted], [key(each) for each in found], autojunk=False)
    return [(wanted[block.a + at], found[block.b + at]) for block in matcher.get_matching_blocks()
            for at in range(block.size)]


def _share(judged: Iterable[bool]) -> Share:
    right = list(judged)
    return Share(sum(right), len(right), len(right))


def _coverage(lines: Sequence[Any], got: Sequence[Any]) -> Share:
    """Words kept, in order: whole paragraphs first, then word by word between those that are the same."""
    wanted, found = ([[*_WORD.findall(f"{each['number'] or ''} {each['text']}")] for each in each_of]
                     for each_of in (lines, got))
    kept = 0
    opcodes = SequenceMatcher(None, [*map(tuple, wanted)], [*map(tuple, found)], autojunk=False).get_opcodes()
    for tag, a, b, c, d in opcodes:
        if tag == "equal":
            kept += sum(map(len, wanted[a:b]))
        elif tag == "replace":
            kept += _common([*chain.from_iterable(wanted[a:b])], [*chain.from_iterable(found[c:d])])
    return Share(kept, sum(map(len, wanted)), sum(map(len, found)))


def _common(one: list[str], other: list[str]) -> int:
    return sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())


def _score_resolutions(result: Score, wanted: Sequence[Any], found: Sequence[Any]) -> None:
    read = [each for item in found for each in item.get("resolutions", ())]
    decided = [each for at, item in enumerate(wanted) for each in _decided(item, found[at : at + 1])]
    matches = _matched(decided, read, lambda each: _plain(each["text"]))
    result.resolutions = Share(len(matches), len(decided), len(read))
    for key in SAID:
        result.said[key] = _share(each[key] == other.get(key) for each, other in matches if key in each)


def _decided(item: Any, read: Sequence[Any]) -> Iterator[Any]:
    """The resolutions of an item; one whose text is left open has that which was read in its place."""
    found = [each["text"] for other in read for each in other.get("resolutions", ())]
    for at, each in enumerate(item.get("resolutions", ())):
        yield {"text": found[at] if at < len(found) else ""} | each


def _attended(read: Any) -> list[tuple[str, str]]:
    return [(each["name"], each["status"]) for whole in _whole(read) for each in whole.get("attendance", ())]


def _noted(wanted: Sequence[Any], items: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Declarations, arrivals and departures of `items`, of the sorts that the case speaks of."""
    keys = [key for key in ("declarations", "movements") if any(key in item for item in wanted)]
    for at, item in enumerate(items):
        for key in keys:
            for each in item.get(key) or ():
                yield (at, key, each["name"], each["kind"], each.get("matter"))


def _overlap(wanted: Sequence[Any], found: Sequence[Any]) -> Share:
    if not wanted:
        return Share()
    return Share((Counter(wanted) & Counter(found)).total(), len(wanted), len(found))


def _links(wanted: Sequence[Any], found: Sequence[Any]) -> Links:
    links = Links()
    for one, other in zip(wanted, found, strict=False):
        for key in ("people", "attendance"):
            members = defaultdict[str, list[str | None]](list)    # two people may have one name
            for each in other.get(key) or ():
                members[each["name"]].append(each["member"])
            for each in one.get(key) or ():
                if "member" in each:
                    named = members[each["name"]]
                    links += _link(each["member"], named.pop(0) if named else None)
    return links


def _link(right: str | None, read: str | None) -> Links:
    if read != right:
        return Links(withheld=1) if read is None else Links(wrong=1)
    return Links(right=1) if right else Links()
