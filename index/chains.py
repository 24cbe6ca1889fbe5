"""Which of the chains that were ever met give a term: what a search of many texts needs to know of most of them.

The chains of all texts together are few, and what they give never changes, so that it is worked out once for all
queries. Any thread may ask.
"""

from collections.abc import Callable, Collection, Iterable
from threading import Lock

MOST = 1 << 17
"""Chains that are remembered; one more, and all are forgotten."""


class Chains:
    """Chains by the terms that `terms_of` tells of each."""

    def __init__(self, terms_of: Callable[[str], Iterable[str]]) -> None:
        self._terms_of, self._lock = terms_of, Lock()
        self._known: set[str] = set()
        self._giving: dict[str, set[str]] = {}
        self.learnt = 0
        """How often something was learnt: what `giving` told before may have changed when this did."""

    def learn(self, chains: Collection[str]) -> None:
        """Takes in those of `chains` that are not known."""
        new = set(chains) - self._known
        if not new:
            return
        with self._lock:
            if len(self._known) + len(new) > MOST:
                self._known, self._giving = set(), {}
            for chain in new:
                for term in self._terms_of(chain):
                    self._giving.setdefault(term, set()).add(chain)
            self._known |= new
            self.learnt += 1

    def giving(self, terms: Iterable[str]) -> frozenset[str]:
        """The known chains that give any of `terms`."""
        with self._lock:
            return frozenset().union(*(self._giving.get(term, ()) for term in terms))
