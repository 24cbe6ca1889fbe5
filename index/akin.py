"""Other words for the same thing: acronyms that the archive explains, and the editable table `synonyms.toml`.

A word of a query, or words side by side in it that spell a long form or a phrase of the table, become an `Also`: what
was typed, or any of the others. Words are compared by `analysis.key`, so any form of them does.
"""

import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from archive.errors import InputError
from archive.model import CouncilId
from index.acronyms import Acronyms
from index.analysis import chains, stems
from index.beside import others_beside
from index.short_forms import LongForms, ShortForm, key, short_forms, without_slips
from index.tree import Also, And, Field, Leaf, Node, Or, Row, Word, conditions, field_of, leaves

MOST_OTHERS = 5
"""Other words of one term."""
MOST_ADDED = 12
"""Other words of one query."""

_LONGEST = 10    # words of the longest phrase that is looked for
_SHORTEST = 3    # letters; of two are "IT", "PE" and half of all initials
_KEPT = 64    # choices of councils whose words are kept ready

Glossary = Mapping[CouncilId, Mapping[str, LongForms]]
"""Of each council its short forms in alphabetical order, each with its long forms and in how many items they are
explained, the most frequent first."""

Others = dict[str, dict[str, None]]
"""By key the other words, in order."""


@dataclass(frozen=True, slots=True)
class Synonyms:
    """A table: by key, the other words for it; `in_capitals` those for what must be typed in capitals.

    `ordinary` are the keys of words that are short forms in capitals alone.
    """

    words: Mapping[str, tuple[str, ...]]
    in_capitals: Mapping[str, tuple[str, ...]]
    ordinary: frozenset[str]

    def __or__(self, own: "Synonyms") -> "Synonyms":
        """This table and `own`, which takes the place of all that this says of the same words."""
        said = own.words.keys() | own.in_capitals.keys()
        return Synonyms(
            _without(self.words, said) | dict(own.words), _without(self.in_capitals, said) | dict(own.in_capitals),
            self.ordinary | own.ordinary)


class OtherWords:
    """What queries are given; `acronyms` and `synonyms` give those there are now, the same object until it changes."""

    def __init__(self, acronyms: Callable[[], Acronyms], synonyms: Callable[[], Synonyms] | None = None) -> None:
        self._acronyms, self._synonyms = acronyms, synonyms or standard_synonyms
        self._ready: _Tables | None = None

    def expanded(self, tree: Node, within: Node) -> Node:
        """`tree` with the other words for its words; of acronyms, those of the councils that `within` narrows to.

        What stands in a phrase, NOT, NEAR, beginning or filter is as typed.
        """
        if not any(isinstance(leaf, Word) for leaf in leaves(tree)):
            return tree
        acronyms, synonyms = self._acronyms(), self._synonyms()
        ready = self._ready
        if ready is None or ready.acronyms is not acronyms or ready.synonyms is not synonyms:
            ready = self._ready = _Tables(synonyms, acronyms)
        return _Expansion(ready.of(councils_of(within))).of(tree)


@cache
def standard_synonyms() -> Synonyms:
    """The table that comes with Minutebook."""
    return read_synonyms((files("index") / "synonyms.toml").read_text(encoding="utf-8"), "index/synonyms.toml")


def read_synonyms(text: str, name: str) -> Synonyms:
    """The table written in TOML: `same = [["HMO", "shared house"]]`, `[also]`, `"bin" = ["refuse collection"]`.

    Raises `InputError`, naming the file `name`, when it is not of that form.
    """
    try:
        return _table(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, TypeError, ValueError) as error:
        raise InputError(f"{name}: is no table of synonyms ({error}); see index/synonyms.toml for its form") from error


def councils_of(tree: Node) -> frozenset[str] | None:
    """The councils that `tree` narrows to; `None` when it does not."""
    chosen = [{value.value for value in (part.parts if isinstance(part, Or) else (part,)) if isinstance(value, Field)}
              for part in conditions(tree) if field_of(part) == "council"]
    return frozenset(set.intersection(*chosen)) if chosen else None


def glossary(acronyms: Acronyms) -> Glossary:
    """The glossary of all councils; slips of the texts are not in it."""
    listed = {council: without_slips(short_forms([found])) for council, found in sorted(acronyms.items())}
    return {council: {each.short: each.longs for each in sorted(forms, key=lambda it: (it.short.lower(), it.short))}
            for council, forms in listed.items()}


def _table(read: Mapping[str, Any]) -> Synonyms:
    if unknown := read.keys() - {"ordinary", "same", "also"}:
        raise ValueError(f"{min(unknown)!r} is none of ordinary, same, also")
    listed, one_way, common = read.get("same", []), read.get("also", {}), read.get("ordinary", "")
    if not isinstance(listed, list) or not isinstance(one_way, dict) or not isinstance(common, str):
        raise TypeError("same is a list, also a table and ordinary a text")
    ordinary = frozenset(key(common).split())
    words, in_capitals = Others(), Others()
    groups = [(_phrases(group), _phrases(group)) for group in listed]
    groups += [(_phrases([each]), _phrases(others)) for each, others in one_way.items()]
    for typed, others in groups:
        added = [each for each in others if not _is_mistakable(each, ordinary)]
        for each in typed:
            into = in_capitals if _is_mistakable(each, ordinary) else words
            into.setdefault(key(each), {}).update(dict.fromkeys(added))
    return Synonyms({each: tuple(found) for each, found in words.items()},
                    {each: tuple(found) for each, found in in_capitals.items()}, ordinary)


def _phrases(given: object) -> list[str]:
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise ValueError(f"{given!r:.40} is no list of words in quotation marks")
    if wordless := [each for each in given if not key(each)]:
        raise ValueError(f"{wordless[0]!r} holds no word to search for")
    return given


def _is_mistakable(text: str, ordinary: Collection[str]) -> bool:
    """Whether `text` is a short form that written small is another word."""
    return _in_capitals(text) and key(text) in ordinary


def _in_capitals(text: str) -> bool:
    return sum(letter.isupper() for letter in text) > 1


def _without(table: Mapping[str, tuple[str, ...]], said: Collection[str]) -> dict[str, tuple[str, ...]]:
    return {each: tuple(other for other in others if key(other) not in said)
            for each, others in table.items() if each not in said}


class _Tables:
    """One table for each choice of councils, made when it is first asked for."""

    def __init__(self, synonyms: Synonyms, acronyms: Acronyms) -> None:
        self.synonyms, self.acronyms = synonyms, acronyms
        self._made: dict[frozenset[str] | None, _Table] = {}

    def of(self, councils: frozenset[str] | None) -> "_Table":
        table = self._made.get(councils)
        if table is None:
            chosen = [found for council, found in self.acronyms.items() if councils is None or council in councils]
            table = _Table(self.synonyms, chosen)
            if len(self._made) >= _KEPT:
                self._made.clear()
            self._made[councils] = table
        return table


class _Table:
    """The other words by key, those that the archive explains first."""

    def __init__(self, synonyms: Synonyms, acronyms: Sequence[Mapping[str, Mapping[str, int]]]) -> None:
        self._words, self._in_capitals = Others(), Others()
        self._ordinary = synonyms.ordinary | _ordinary(acronyms)
        forms = short_forms(acronyms)
        told = {each.short for each in without_slips(forms)}
        for form in forms:
            self._learn(form, form.short in told)
        for into, given in ((self._words, synonyms.words), (self._in_capitals, synonyms.in_capitals)):
            for each, others in given.items():
                into.setdefault(each, {}).update(dict.fromkeys(others))

    def _learn(self, form: ShortForm, told: bool) -> None:
        """What `form` stands for is found by it; the reverse where it is `told` for no slip and no other word."""
        words = key(form.short)
        mistakable = len(form.short) < _SHORTEST or words in self._ordinary
        into = self._in_capitals if mistakable else self._words
        for long in form.usual if words else ():
            into.setdefault(words, {})[long] = None
            if told and not mistakable:
                self._words.setdefault(key(long), {})[form.short] = None

    def others(self, words: str, typed: str) -> Iterable[str]:
        """The other words for the key `words`; `typed` is how it is written, where that is one word.

        In capitals CAB is the short form, where there is one, and no cab.
        """
        short = self._in_capitals.get(words, {}) if _in_capitals(typed) else {}
        return short or self._words.get(words, {})


def _ordinary(acronyms: Iterable[Mapping[str, Mapping[str, int]]]) -> set[str]:
    """The words of which long forms are made: none of them is a short form unless written so."""
    longs = {long for found in acronyms for forms in found.values() for long in forms}
    words = {word for long in longs for word in long.split() if not _in_capitals(word)}
    return {stem for word in words for stem in key(word).split()}


@dataclass(frozen=True, slots=True)
class _Term:
    """One part, or words side by side with the key `words` that there are `others` for."""

    parts: tuple[Node, ...]
    words: str = ""
    others: tuple[str, ...] = ()


class _Expansion:
    """One query's: what is added to one term is no longer to be had for the next."""

    def __init__(self, table: _Table) -> None:
        self._table, self._left = table, MOST_ADDED

    def of(self, node: Node) -> Node:
        match node:
            case Word():
                return self._in_row((node,))[0]
            case Or(parts):
                return Or(tuple(map(self.of, parts)))
            case And(parts):
                row = self._in_row(parts)
                return And(row) if len(row) > 1 else row[0]
        return node

    def _in_row(self, parts: tuple[Node, ...]) -> tuple[Node, ...]:
        """`parts` that all must hold, with an `Also` in place of words that there are others for."""
        beside = {stem for part in parts if isinstance(part, Word) for stem in stems(part.text)}
        terms = [_in_its_sense(term, beside) for term in self._terms(parts)]
        typed = {term.words for term in terms}
        row: list[Node] = []
        for term in terms:
            others = tuple(self._leaves(term, typed))[:min(MOST_OTHERS, self._left)]
            self._left -= len(others)
            row += [Also(_together(term.parts), others)] if others else term.parts
        return tuple(row)

    def _terms(self, parts: tuple[Node, ...]) -> Iterator[_Term]:
        at = 0
        while at < len(parts):
            term = self._longest(parts[at:at + _LONGEST])
            yield term
            at += len(term.parts)

    def _longest(self, parts: tuple[Node, ...]) -> _Term:
        """The term that `parts` begin with, of as many words as there are others for."""
        first, row = parts[0], list[str]()
        if not isinstance(first, Word):
            return _Term((self.of(first),))
        found = _Term((first,))
        for count, part in enumerate(parts, 1):
            if not isinstance(part, Word):
                break
            row += stems(part.text)
            words = " ".join(dict.fromkeys(row))
            if others := tuple(self._table.others(words, first.text if count == 1 else "")):
                found = _Term(parts[:count], words, others)
        return found

    def _leaves(self, term: _Term, typed: Collection[str]) -> Iterator[Leaf]:
        """The others of `term` that can find more: not those typed too, nor those that hold what was typed."""
        own, seen = set(term.words.split()), set(typed)
        for each in term.others:
            words = key(each)
            if words not in seen and not own <= set(words.split()):
                seen.add(words)
                several = chains(each)
                yield Word(several[0]) if len(several) == 1 else Row(each)


def _in_its_sense(term: _Term, beside: Collection[str]) -> _Term:
    """`term`, which has no other words, with those that it has in the sense that the words `beside` it tell."""
    first = term.parts[0]
    if term.others or not isinstance(first, Word):
        return term
    words = " ".join(dict.fromkeys(stems(first.text)))
    others = others_beside(words, beside)
    return _Term(term.parts, words, others) if others else term


def _together(parts: tuple[Node, ...]) -> Node:
    return And(parts) if len(parts) > 1 else parts[0]
