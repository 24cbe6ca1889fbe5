"""What the chains that were ever met give: what a search of many texts needs to know of most of them.

The chains of all texts together are few, and what they give never changes, so that it is worked out once for all
queries. Any thread may ask.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from threading import Lock

from index.analysis import Analysed

MOST = 1 << 17
"""Chains, and texts, that are remembered; one more, and all are forgotten."""


class Met:
    """The chains met so far. It only grows: what it told stays true, also when a newer one has taken its place."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._widths: dict[str, int] = {}
        self._opening: set[str] = set()
        self._giving: dict[str, set[str]] = {}
        self._terms: list[str] = []
        self._read: set[int] = set()
        self.learnt = 0
        """How often something was learnt: what `giving` told before may have changed when this did."""

    def __len__(self) -> int:
        return len(self._widths)

    @property
    def widths(self) -> Mapping[str, int]:
        """How many positions each chain takes."""
        return self._widths

    @property
    def opening(self) -> Set[str]:
        """The chains that may mean something together with those after them."""
        return self._opening

    def knows(self, chains: Iterable[str]) -> bool:
        """Whether all of `chains` are met."""
        return all(map(self._widths.__contains__, chains))

    def has_read(self, text: str) -> bool:
        """Whether `text` was read, all of its chains are met then. Of a text its hash is remembered, of 64 bits."""
        return hash(text) in self._read

    def note(self, text: str) -> None:
        """Remembers that all chains of `text` are met."""
        if len(self._read) >= MOST:
            self._read = set()
        self._read.add(hash(text))

    def learn(self, chains: Iterable[str], analyse: Callable[[str], Analysed]) -> None:
        """Takes in those of `chains` that are not met; their widths last, since by them they are known to be met."""
        with self._lock:
            new = {chain: analyse(chain) for chain in chains if chain not in self._widths}
            for chain, analysed in new.items():
                for term in analysed.names:
                    if term not in self._giving:
                        self._giving[term] = set()
                        self._terms.append(term)
                    self._giving[term].add(chain)
            self._opening.update(chain for chain, analysed in new.items() if analysed.opens)
            self.learnt += 1
            self._widths.update({chain: analysed.width for chain, analysed in new.items()})

    def terms(self, after: int) -> Sequence[str]:
        """The terms that chains give, in the order in which they were met, without so many of the first."""
        with self._lock:
            return self._terms[after:]

    def giving(self, terms: Iterable[str]) -> frozenset[str]:
        """The chains that give any of `terms`."""
        with self._lock:
            return frozenset().union(*(self._giving.get(term, ()) for term in terms))


class Chains:
    """Keeps what is met of the chains that `analyse` takes apart."""

    def __init__(self, analyse: Callable[[str], Analysed]) -> None:
        self._analyse, self._met = analyse, Met()

    @property
    def met(self) -> Met:
        """What is met so far."""
        return self._met

    def with_all(self, chains: Collection[str]) -> Met:
        """What is met, all of `chains` among it."""
        met = self._met
        if not met.knows(chains):
            if len(met) + len(chains) > MOST:
                met = self._met = Met()
            met.learn(chains, self._analyse)
        return met
