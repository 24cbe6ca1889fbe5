"""Finding in many texts, and soon, the few terms that a query looks for: `index.analysis` says what a term is."""

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import accumulate, islice

from index import values
from index.analysis import ANALYSE, CHAIN, Slot, Token, cited_by, is_plain, joined_from
from index.chains import Chains, Met
from index.welsh import is_welsh

_CHAINS = {welsh: Chains(analyse) for welsh, analyse in ANALYSE.items()}

_Hit = tuple[int, int, Token]
"""The first and the last of the chains that give a term, and it: its offsets are from where each of them begins."""


class Finder:
    """Finds in texts the terms that some slots look for. For one search, in one thread."""

    def __init__(self, slots: Iterable[Slot]) -> None:
        wanted = frozenset(slots)
        self._terms = {slot.term for slot in wanted if not slot.prefix}
        self._prefixes = tuple(slot.term for slot in wanted if slot.prefix)
        self._joined = any(map(_may_begin_joined, self._prefixes)) or any(map(values.may_be_joined, self._terms))
        self._known = {welsh: _Known(self._terms, self._prefixes) for welsh in ANALYSE}
        self._read: dict[str, Sequence[_Hit]] = {}

    def tokens(self, text: str) -> Iterator[Token]:
        """Of `tokens(text)` those that are looked for."""
        found = self._found(text)
        needed = max((last for _, last, _ in found), default=-1) + 1
        places = [each.start() for each in islice(CHAIN.finditer(text), needed)]
        for at, last, (term, position, start, end) in found:
            yield Token(term, position, places[at] + start, places[last] + end)

    def positions(self, text: str, first: int = 0, *, number: bool = False) -> dict[str, set[int]]:
        """Where in `text`, counted from `first`, the terms that are looked for stand; for a `number` as `tokens`."""
        there = self._found(text)
        if not there and not (number and self._joined):
            return {}
        found: dict[str, set[int]] = {}
        chains = CHAIN.findall(text) if number else ()
        for _, _, (term, position, _, _) in () if number and is_plain(chains) else there:
            found.setdefault(term, set()).add(first + position)
        for term in cited_by(chains) if found or self._joined else ():
            if self._wants(term):
                found.setdefault(term, set()).add(first)
        return found

    def _found(self, text: str) -> Sequence[_Hit]:
        """The terms that are looked for; a text that is chosen to be shown is asked for twice."""
        if (found := self._read.get(text)) is None:
            found = self._read[text] = self._looked_for(text)
        return found

    def _looked_for(self, text: str) -> Sequence[_Hit]:
        welsh, met = _read_before(text)
        if met and not self._joined:    # most texts have nothing, and those of an earlier search tell it at once
            pieces = self._known[welsh].as_of(met, welsh).pieces
            if not any(map(text.__contains__, pieces)):
                return ()
        chains = CHAIN.findall(text)
        if not met:
            welsh = is_welsh(chains)
            met = _CHAINS[welsh].with_all(chains)
            met.note(text)
        hits, opening = self._known[welsh].as_of(met, welsh).hits, self._joined and not met.opening.isdisjoint(chains)
        giving = [at for at, chain in enumerate(chains) if chain in hits or (opening and chain in met.opening)]
        if not giving:
            return ()
        found: list[_Hit] = []
        places = [*accumulate(map(met.widths.__getitem__, chains[:giving[-1]]), initial=0)]
        for at in giving:
            chain = chains[at]
            for term, offset, start, end in hits.get(chain, ()):
                found.append((at, at, Token(term, places[at] + offset, start, end)))
            if opening and chain in met.opening:
                found += self._together(chains, at, places[at])
        return found

    def _together(self, chains: Sequence[str], at: int, position: int) -> Iterator[_Hit]:
        for term, count in joined_from(chains, at):
            if self._wants(term):
                last = at + count - 1
                yield at, last, Token(term, position, 0, len(chains[last]))

    def _wants(self, term: str) -> bool:
        return term in self._terms or term.startswith(self._prefixes)


class _Known:
    """What a search needs to know of the chains that are met in texts of one language."""

    def __init__(self, terms: Set[str], prefixes: tuple[str, ...]) -> None:
        self.hits: dict[str, tuple[Token, ...]] = {}
        """The wanted terms of every chain that gives one."""
        self.pieces: tuple[str, ...] = ()
        """What holds none of these holds none of those chains."""
        self._terms, self._prefixes = set(terms), prefixes
        self._met: Met | None = None
        self._learnt = self._looked_at = 0

    def as_of(self, met: Met, welsh: bool) -> "_Known":
        """This, brought up to what is met now."""
        learnt = met.learnt
        if self._met is not met:
            self._met, self._learnt, self._looked_at = met, -1, 0
        if self._learnt != learnt:
            if self._prefixes:
                new = met.terms(self._looked_at)
                self._terms |= {term for term in new if term.startswith(self._prefixes)}
                self._looked_at += len(new)
            for chain in met.giving(self._terms) - self.hits.keys():
                self.hits[chain] = tuple(token for token in ANALYSE[welsh](chain).terms if token.term in self._terms)
            self.pieces = _shortest(self.hits)
            self._learnt = learnt
        return self


def _read_before(text: str) -> tuple[bool, Met | None]:
    """Whether `text` is Welsh, and what is met of that language, where some search has read it."""
    for welsh, chains in _CHAINS.items():
        if (met := chains.met).has_read(text):
            return welsh, met
    return False, None


def _may_begin_joined(prefix: str) -> bool:
    """Whether a term that several words may give can begin so: no other than a post code."""
    return len(prefix) < 3 or any(each.isdigit() for each in prefix[:3])


def _shortest(chains: Iterable[str]) -> tuple[str, ...]:
    """Of `chains` those that hold no other: what holds none of these holds none of all."""
    kept: list[str] = []
    for chain in sorted(chains, key=len):
        if not any(piece in chain for piece in kept):
            kept.append(chain)
    return tuple(kept)
