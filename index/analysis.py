"""What a term is. No other module, and no engine, decides that.

A text is a row of chains: runs of letters and digits, joined or not by hyphens, slashes, dots, ampersands. A chain's
parts stand at successive positions. A part gives its exact form ("planning": folded, no apostrophes) and, when it has
no digit, its English stem in a namespace of its own ("=plan") at the same position. Beside its parts a chain gives:

* a reference, that is a chain with a digit and a slash, dot, ampersand or underscore (18/00335/FUL, 77/21, 27.21):
  itself, and each run of two or more of its parts;
* an amount (£1.2m, £1,200, 15%): itself with and without the sign; commas between thousands are not text;
* letters and digits in one part (S106, KD5678): its digits, and its letters where they are two or more;
* a compound (co-operation, B&NES, U.K.): its parts joined (cooperation);
* what means the same as other ways of writing it (`index.values`): £2.2m and £2.2 million, 15% and 15 per cent, S106
  and Section 106, days, financial years, "minute 64", a post code: a term of its own, where its first word stands;
* words that lost the space between them (`index.glued`): each as a part, or where that is a guess, its halves too.

A Welsh text (`index.welsh`) has its words as they are in place of English stems; a bare word is looked for as both.
"Cllr" and "Cyng" are forms of "Councillor", as "&" is of "and". The number of an item or a paragraph is a text too; a
plain one (15, (a), iv), which every meeting has, takes its positions but gives no words: it is found as it is cited.

Folding takes away case, accents and compatibility forms, so Ynys Môn is found by "ynys mon". Offsets are characters of
the text as it was given.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from index import forms, glued, values
from index.welsh import is_welsh

ANALYSIS = "7"
"""To be raised with every change of what this module makes of a text: an index of another analysis is rebuilt."""

LONGEST_TERM = forms.LONGEST_TERM
fold = forms.fold
COMMON_WORDS = frozenset((
    "&", "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of", "on", "or", "that",
    "the", "this", "to", "was", "were", "with",
))
"""Bare words that are left out: nearly every item has them, and the rest means to have none. In quotes they count."""

QUESTION_WORDS = frozenset((
    "about", "any", "been", "being", "can", "could", "did", "do", "does", "doing", "done", "get", "had", "has", "have",
    "having", "how", "i", "many", "me", "much", "must", "my", "our", "shall", "should", "still", "there", "they", "we",
    "what", "whats", "when", "where", "wheres", "which", "who", "whom", "whos", "whose", "why", "will", "would", "you",
    "your",
))
"""Bare words that are left out too, unless in capitals (WHO): they ask, and what answers says none of them."""

_LETTERS = "\\w\u0300-\u036f"
_APOSTROPHES = "'\u2019\u02bc"
_THOUSANDS = r"(?<=\d),(?=\d{3}(?!\w))"
CHAIN = re.compile(
    rf"[£$€]?[{_LETTERS}]+(?:(?:[{_APOSTROPHES}\-\u2010\u2011\u2013/.&]|{_THOUSANDS})[{_LETTERS}]+)*(?:(?<=\d)%)?|&(?!\w)|%"
)
_PART = re.compile(
    rf"(?:[^\W_]|[\u0300-\u036f])+(?:(?:[{_APOSTROPHES}]|{_THOUSANDS})(?:[^\W_]|[\u0300-\u036f])+)*"
)
_SCHEME = re.compile(r"\bhttps?://", re.IGNORECASE)
_PLAIN = re.compile(r"(?:\d{1,4}[a-z]?|[a-z]|[ivxl]{1,7})\Z", re.IGNORECASE)
_APART = re.compile(r"(\d+)([^\W\d_]{2,})\Z|([^\W\d_]{2,})(\d+)\Z")
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_PARTING = re.compile("[\\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_MOST_PARTS = 6
TOGETHER = values.WINDOW
"""Chains among which what means one thing together is looked for."""
_OWN = "=own"
_WAYS = (forms.searched, forms.printed)


class Token(NamedTuple):
    """A term of a text: its position counts chain parts from 0, `start` and `end` are character offsets."""

    term: str
    position: int
    start: int
    end: int


class Slot(NamedTuple):
    """One term of a pattern, `at` positions after its first; with `prefix`, any term that begins so."""

    term: str
    at: int = 0
    prefix: bool = False


class Pattern(NamedTuple):
    """What is looked for in a text: terms at fixed distances, `width` positions in all."""

    slots: tuple[Slot, ...]
    width: int = 1


class _Part(NamedTuple):
    text: str
    start: int
    end: int


class Analysed(NamedTuple):
    """A chain taken apart: how many positions it takes, its terms placed from its start, and the terms alone."""

    width: int
    terms: tuple[Token, ...]
    opens: bool = False
    names: frozenset[str] = frozenset()


def clean(text: str) -> str:
    """`text` as archived texts are: NFC, one line, single spaces, without invisible characters and controls."""
    return _PARTING.sub(" ", unicodedata.normalize("NFC", _INVISIBLE.sub("", text))).strip()


def chains(text: str) -> tuple[str, ...]:
    """The chains of `text`, as typed, that hold at least one term."""
    return tuple(found.group() for found in CHAIN.finditer(text) if _analyse(found.group()).width)


def words(text: str) -> tuple[str, ...]:
    """The chains of `text`, those that mean one thing together as one ("£2.2 million"), "&" left out."""
    text = _SCHEME.sub("", text)
    found, kept, at = [*CHAIN.finditer(text)], [], 0
    spelled = [forms.spelled(each.group()) for each in found]
    while at < len(found):
        last = at + _together(spelled[at:at + values.WINDOW]) - 1
        if last > at or (spelled[at] != "&" and _analyse(found[at].group()).width):
            kept.append(text[found[at].start():found[last].end()])
        at = last + 1
    return tuple(kept)


def together(pieces: Sequence[str]) -> int:
    """How many of these pieces of a text, each without spaces, mean one thing together from the first on; else 1."""
    spelled: list[str] = []
    ends: dict[int, int] = {}
    for at, piece in enumerate(pieces, 1):
        spelled += map(forms.spelled, CHAIN.findall(piece))
        ends.setdefault(len(spelled), at)
    return ends.get(_together(spelled), 1)


def tokens(text: str, *, number: bool = False) -> Iterator[Token]:
    """Every term of `text`, in the order of positions; of a `number`, also what it is cited by."""
    found = [*CHAIN.finditer(text)]
    chains = [each.group() for each in found]
    if number:
        yield from (Token(term, 0, 0, len(text)) for term in cited_by(chains))
        if is_plain(chains):
            return
    position, analyse = 0, ANALYSE[is_welsh(chains)]
    for at, each in enumerate(found):
        width, terms, opens, _ = analyse(chains[at])
        for term, offset, start, end in terms:
            yield Token(term, position + offset, each.start() + start, each.start() + end)
        for term, count in joined_from(chains, at) if opens else ():
            yield Token(term, position, each.start(), found[at + count - 1].end())
        position += width


def width(text: str) -> int:
    """How many positions `text` takes."""
    return sum(_analyse(chain).width for chain in CHAIN.findall(text))


def stems(text: str) -> list[str]:
    """One term a position: the stem of each part of `text`, or its exact form where it has a digit."""
    return [stem for chain in CHAIN.findall(text) for stem in _stems(chain)]


@lru_cache(maxsize=1 << 13)
def is_common(word: str) -> bool:
    """Whether `word` is one of `COMMON_WORDS`, however written, or of `QUESTION_WORDS`, not written in capitals."""
    asks = forms.exact(word) in QUESTION_WORDS and sum(letter.isupper() for letter in word) < 2
    return asks or fold(word) in COMMON_WORDS


def key(text: str) -> str:
    """What two spellings of a title share: the stems of its words but for common ones, in order, each once."""
    words = (chain for chain in CHAIN.findall(text) if not is_common(chain))
    return " ".join(dict.fromkeys(stem for chain in words for stem in _stems(chain)))


@lru_cache(maxsize=1 << 12)
def word_patterns(chain: str) -> tuple[Pattern, ...]:
    """The patterns of which any one finds the word `chain` in any form; a reference only as a whole."""
    found = [forms.spelled(each) for each in CHAIN.findall(chain)]
    if len(found) > 1 and _together(found) == len(found):
        return _meant(next(values.joined(found)).term)
    parts = _parts(chain)
    if not parts:
        return ()
    value = _slot(values.value(forms.spelled(chain))) if values.is_value(forms.spelled(chain)) else ()
    if whole := _whole(chain, parts):
        return (*value, Pattern((Slot(whole),), len(parts)), *_slot(values.unsigned(forms.spelled(chain))))
    joined, exact = _joined(chain, parts), [part.text for part in parts]
    apart = (Pattern(tuple(Slot(form(text), at) for at, text in enumerate(exact)), len(parts)) for form in _WAYS)
    once = (Pattern((Slot(form(joined)),), len(parts)) for form in _WAYS) if joined else ()
    return tuple(dict.fromkeys((*apart, *once, *value, *_spaced(chain))))


def phrase_pattern(text: str) -> Pattern | None:
    """The exact words of `text` in order, stop words included; `None` when it has none."""
    return _in_order(text, forms.exact)


def row_pattern(text: str) -> Pattern | None:
    """The words of `text` in order, each in any form; `None` when it has none."""
    return _in_order(text, forms.searched)


def _in_order(text: str, term: Callable[[str], str]) -> Pattern | None:
    slots: list[Slot] = []
    width = 0
    for chain in CHAIN.findall(text):
        parts = _parts(chain)
        if parts and (whole := _whole(chain, parts)):
            slots.append(Slot(whole, width))
        else:
            slots.extend(Slot(term(part.text), width + at) for at, part in enumerate(parts))
        width += len(parts)
    return Pattern(tuple(slots), width) if slots else None


def prefix_pattern(chain: str) -> Pattern | None:
    """The words that begin as `chain` does, unstemmed; `None` when it has no term."""
    parts = _parts(chain)
    if not parts:
        return None
    if whole := _whole(chain, parts):
        return Pattern((Slot(whole, 0, prefix=True),), len(parts))
    exact = [forms.exact(part.text) for part in parts]
    first = tuple(Slot(term, at) for at, term in enumerate(exact[:-1]))
    return Pattern((*first, Slot(exact[-1], len(first), prefix=True)), len(parts))


@lru_cache(maxsize=1 << 15)
def _stems(chain: str) -> tuple[str, ...]:
    return tuple(forms.searched(part.text) for part in _parts(chain))


@lru_cache(maxsize=1 << 15)
def _analyse(chain: str) -> Analysed:
    return _taken_apart(chain, forms.english_terms)


@lru_cache(maxsize=1 << 13)
def _analyse_welsh(chain: str) -> Analysed:
    return _taken_apart(chain, forms.welsh_terms)


Analyse = Callable[[str], Analysed]
ANALYSE: Mapping[bool, Analyse] = {False: _analyse, True: _analyse_welsh}


def _taken_apart(chain: str, terms_of: Callable[[str], Iterable[str]]) -> Analysed:
    parts = _parts(chain)
    found = [Token(term, at, part.start, part.end) for at, part in enumerate(parts) for term in terms_of(part.text)]
    if parts:
        found += _chain_terms(chain, parts, terms_of)
    once = {(token.term, token.position): token for token in reversed(found)}
    names = frozenset(term for term, _ in once)
    return Analysed(len(parts), tuple(reversed(once.values())), values.opens(forms.spelled(chain)), names)


def _parts(chain: str) -> tuple[_Part, ...]:
    if chain == "&":
        return (_Part("and", 0, 1),)
    runs = (_Part(each.group(), each.start(), each.end()) for each in _PART.finditer(chain))
    return tuple(part for run in runs if forms.exact(run.text) for part in _unglued(run))


def _unglued(run: _Part) -> Iterator[_Part]:
    for start, end in glued.words(run.text):
        yield _Part(run.text[start:end], run.start + start, run.start + end)


def _chain_terms(chain: str, parts: tuple[_Part, ...], terms_of: Callable[[str], Iterable[str]]) -> Iterator[Token]:
    if value := values.value(forms.spelled(chain)):
        yield Token(value, 0, 0, _end(chain, parts))
    if whole := _whole(chain, parts):
        yield Token(whole, 0, 0, _end(chain, parts))
    if whole or _is_reference(chain):
        yield from _runs(chain, parts)
    elif joined := _joined(chain, parts):
        yield from (Token(term, 0, parts[0].start, parts[-1].end) for term in terms_of(joined))


def _together(spelled: Sequence[str]) -> int:
    """How many of these words mean one thing together, from the first on; 1 when they do not."""
    if not spelled or not values.opens(spelled[0]):
        return 1
    return next((count for _, count in values.joined(spelled)), 1)


def joined_from(chains: Sequence[str], at: int) -> Iterable[values.Joined]:
    """What the chain `at` that place means together with those after it."""
    return values.joined([_spelled(each) for each in chains[at:at + values.WINDOW]])


_spelled = lru_cache(maxsize=1 << 14)(forms.spelled)


def goes_on(chain: str) -> bool:
    """Whether `chain` may mean something together with the one before it."""
    return values.goes_on(forms.spelled(chain))


def is_plain(chains: Iterable[str]) -> bool:
    """Whether the number of these chains only counts or labels: 15, 4b, (a), iv; not 27.1, 77/21 or PL43."""
    return all(map(_PLAIN.match, chains))


def cited_by(chains: Sequence[str]) -> Iterator[str]:
    """The terms by which texts cite the minute of that number; one of its own too, since it is what they only name."""
    for number in chains[:1]:
        for term in values.numbers(forms.spelled(number)):
            yield term
            if "." not in term:    # 27.1 is a paragraph of 27; a term more for each would be many
                yield _OWN + term


def _meant(term: str) -> tuple[Pattern, ...]:
    """The patterns of what several words mean: of a minute or an item its own number counts beside what cites it."""
    if term.startswith("=item/"):
        cited = term.replace("=item/", "=minute/")
        return (*_slot(term), Pattern((Slot(cited if "." in cited else _OWN + cited),), 2))
    if not term.startswith("=minute/"):
        return _slot(term)
    number = term.removeprefix("=minute/")
    printed = (Pattern((Slot(number),), 1),) if "/" in number else ()
    return (*_slot(term), Pattern((Slot(_OWN + term),), 2), *printed)


def _slot(term: str | None) -> tuple[Pattern, ...]:
    return (Pattern((Slot(term),)),) if term else ()


def _spaced(chain: str) -> tuple[Pattern, ...]:
    """What finds 20 mph for 20mph, and KD 5678 for KD5678."""
    found = _APART.match(forms.exact(chain))
    return (Pattern(tuple(Slot(each, at) for at, each in enumerate(filter(None, found.groups()))), 2),) if found else ()


def _runs(chain: str, parts: tuple[_Part, ...]) -> Iterator[Token]:
    if not 2 <= len(parts) <= _MOST_PARTS:
        return
    for first in range(len(parts) - 1):
        for last in range(first + 1, len(parts)):
            start, end = parts[first].start, parts[last].end
            yield Token(forms.spelled(chain[start:end]), first, start, end)


def _whole(chain: str, parts: tuple[_Part, ...]) -> str | None:
    """The one term of a reference or an amount."""
    is_amount = chain[0] in "£$€" or chain[-1] == "%"
    if forms.has_digit(chain) and (is_amount or (len(parts) > 1 and _is_reference(chain))):
        return forms.spelled(chain[: _end(chain, parts)])
    return None


def _end(chain: str, parts: tuple[_Part, ...]) -> int:
    return len(chain) if chain[-1] == "%" else parts[-1].end


def _is_reference(chain: str) -> bool:
    return forms.has_digit(chain) and any(joint in chain for joint in "/.&_")


def _joined(chain: str, parts: tuple[_Part, ...]) -> str | None:
    joints = {forms.dashed(chain[left.end:right.start]) for left, right in pairwise(parts)}
    initials = joints == {"."} and all(len(part.text) == 1 for part in parts)
    if initials or (joints and joints <= {"-", "&", ""}):
        return "".join(part.text for part in parts)[:LONGEST_TERM].lower()    # its capitals would tell of words in it
    return None
