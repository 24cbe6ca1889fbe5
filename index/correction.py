"""What a text that finds little or nothing may have been meant to be, by the archive's own vocabulary.

Nothing is rewritten: these are other queries to offer, if they find more.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from math import log
from typing import NamedTuple

from index import analysis
from index.naming import TITLES, is_identifier
from index.spelling import STEP, Meant
from index.tree import Also, And, Field, Near, Node, Or, Phrase, Row, Word
from index.vocabulary import HELD, MUCH, Vocabulary

MOST_TYPED = 12
"""Words of the longest text that is corrected."""
_SHORT = 5      # letters of a word that is long enough to be told from its neighbours
_LONG = 6       # letters of a word that one other letter makes no other word by chance
_TRIED = 3      # words that one may have been meant to be
_SPACE = 4.0    # how unlikely it is that a space was left out, or typed, by mistake
_KNOWN = 20.0   # how unlikely a slip is that is a word of the archive too: it is looked at last
_WORD = re.compile(r"[^\W\d_]+(?![^\W\d_]|:)")
_PAIR = re.compile(r"(?<![\w:\"“”*/-])([^\W\d_]+)\s+(?=([^\W\d_]+)(?![\w:*/-]))")

_IGNORED = re.compile(r"(?<!\w)[\[\]{}~^<>]+|[\[\]{}~^<>]+(?!\w)|[~^]\d+(?:\.\d+)?(?!\w)")    # of other query languages

Finds = Callable[[Node], int]


class Correction(NamedTuple):
    """Another text, and how unlikely the slip is that led from it to the one typed (`index.spelling`).

    It is `sure` enough to be answered unasked where only long words that nothing has were changed, each by one letter
    that is not its first: what the archive has, and short names, may be just what was meant.
    """

    text: str
    slip: float = 0.0
    sure: bool = True


def best(found: Iterable[tuple[Correction, int]], least: int) -> Correction | None:
    """The likeliest text of those that find more than `least` items, each given with how many it finds.

    What finds much is likely: of words that are equally near, those that stand in one item with the others.
    """
    more = [(log(total) - each.slip, -at, each) for at, (each, total) in enumerate(found) if total > least]
    return max(more)[-1] if more else None


def corrections(text: str, tree: Node, vocabulary: Vocabulary, finds: Finds, found: int = 0) -> Iterator[Correction]:
    """The texts that `text`, read as `tree`, may have meant; `finds` says how many items a tree has.

    With words spelt otherwise, those of the names that filters ask for too; with two words for one; with one for two.
    Where `text` has `found` something, its short words, its capitals and what the archive has are what they are.
    """
    text = _IGNORED.sub(" ", text).strip()
    starred = {word for part in text.split() if "*" in part for word in _WORD.findall(part)}
    typed = {word: name for word, name in _typed(tree)
             if word not in starred and not (found and _stays(word, vocabulary))}
    if not typed or len(typed) > MOST_TYPED:
        return
    others = {word: _others(word, name, vocabulary, finds) for word, name in typed.items()}
    first = {word: several[0] for word, several in others.items() if several}
    if first:
        yield _replaced(text, vocabulary, first)
        if (strange := {word: other for word, other in first.items() if not _held(word, vocabulary)}) != first:
            yield _replaced(text, vocabulary, strange)
    for word in first:
        yield from (_replaced(text, vocabulary, first | {word: other}) for other in others[word][1:_TRIED])
    for word, name in typed.items():
        if name is None and not found and (two := _parted(word, vocabulary, finds)):
            yield _replaced(text, vocabulary, first | {word: Meant(two, _SPACE)})
    yield from _joined(text, vocabulary)
    if not found:
        known = [word for word, name in typed.items() if name is None and word not in first]
        yield from (_replaced(text, vocabulary, first | {word: Meant(other.word, other.slip + _KNOWN)})
                    for word in known for other in _sought(vocabulary.commoner(analysis.fold(word))))


def _typed(tree: Node) -> Iterator[tuple[str, str | None]]:
    """The words of letters alone that `tree` looks for, each with the field of whose value it is a part, if any."""
    match tree:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _typed(part)
        case Near(left, right, _):
            yield from (*_typed(left), *_typed(right))
        case Also(part):
            yield from _typed(part)
        case Word(text) | Phrase(text):
            yield from ((word, None) for word in _plain(text))
        case Field("member" | "committee" | "topic" as name, value) if not is_identifier(value):
            yield from ((word, name) for word in _plain(value))


def _plain(text: str) -> Iterator[str]:
    """The words of `text`, but for those of references."""
    for chain in analysis.chains(text):
        if not any(each.isdigit() for each in chain):
            yield from _WORD.findall(chain)


def _held(word: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.words.get(analysis.fold(word), 0) >= HELD


def _terse(word: str) -> bool:
    """Whether `word` has too few letters to guess at freely, or may be an acronym."""
    return len(word) < _SHORT or word.isupper()


def _stays(word: str, vocabulary: Vocabulary) -> bool:
    return _terse(word) or _held(word, vocabulary)


def _others(word: str, name: str | None, vocabulary: Vocabulary, finds: Finds) -> tuple[Meant, ...]:
    folded = analysis.fold(word)
    if not folded.isalpha() or folded in TITLES:
        return ()
    if name is not None:
        known = name == "member" and vocabulary.knows(folded) and finds(Field(name, word))
        return () if known else vocabulary.named(name, folded, _terse(word))
    if _terse(word) and _held(word, vocabulary):
        return ()    # the pet of "car pet" is no slip for "put"
    meant, count = _sought(vocabulary.meant(folded, _terse(word))), vocabulary.words.get(folded, 0)
    if not meant or finds(Field("member", word) if count else Word(word)):    # a name, or a form of a known word
        return ()
    if not count:
        return meant
    forms = finds(Word(word))    # "closes", once, is no slip for "costs": "closed" is as frequent
    return tuple(each for each in meant if vocabulary.words[each.word] >= forms * MUCH)


def _sought(meant: Iterable[Meant]) -> tuple[Meant, ...]:
    """Those of `meant` that a query may look for: common words are left out of it."""
    return tuple(each for each in meant if not analysis.is_common(each.word))


def _replaced(text: str, vocabulary: Vocabulary, others: Mapping[str, Meant]) -> Correction:
    def other(found: re.Match[str]) -> str:
        typed = found.group()
        new = others[typed].word if typed in others else typed
        return new.capitalize() if typed.istitle() and new.islower() else new

    sure = all(len(word) >= _LONG and each.slip <= STEP and analysis.fold(word) not in vocabulary.words
               for word, each in others.items())
    return Correction(_WORD.sub(other, text), sum(each.slip for each in others.values()), sure)


def _parted(word: str, vocabulary: Vocabulary, finds: Finds) -> str | None:
    """The two words that were run together to `word`, if the archive has them side by side, and not `word`."""
    if _held(word, vocabulary):
        return None
    pairs = [pair for pair in vocabulary.parted(analysis.fold(word)) if not any(map(analysis.is_common, pair))]
    return next((two for two in map(" ".join, pairs[:_TRIED]) if finds(Row(two))), None)


def _joined(text: str, vocabulary: Vocabulary) -> Iterator[Correction]:
    """`text` with two words that stand side by side as one, where the archive has that."""
    pairs = [(found.start(1), found.end(2), "".join(found.groups())) for found in _PAIR.finditer(text)]
    for start, end, joined in pairs[:MOST_TYPED]:
        if analysis.fold(joined) in vocabulary.words:
            yield Correction(f"{text[:start]}{joined}{text[end:]}", _SPACE, sure=False)
