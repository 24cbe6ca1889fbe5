"""Reading a tantivy index: postings and rows of one commit, by any thread."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice

import numpy as np
import tantivy

from index.columns import Row, unpacked
from index.gathering import Four
from index.passages import Scope
from index.spans import NONE, Array, Counts, keys
from index.tantivy_files import HELD, KIND, MEETINGS, PART, Held, block, held, parts, stored, stored_bytes


class TantivyPostings:
    """`index.execution.Postings` of one commit. The rows of its parts are numbered one part after the other."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher, self._parts = searcher, parts(searcher)
        self._first: dict[int, int] = {}
        self.numbers = 0
        for each in self._parts:
            self._first[each.number] = self.numbers
            self.numbers += each.size

    @cached_property
    def meetings(self) -> list[Held]:
        """Every meeting, as it was stored."""
        return [held(each) for each in stored_bytes(self._searcher, KIND, MEETINGS)]

    def rows(self, read_before: Mapping[Held, list[Row]]) -> dict[Held, list[Row]]:
        """The rows of each meeting; those of a meeting that is as it was are not read again."""
        new = [each for each in self.meetings if each not in read_before]
        read = iter(unpacked(row for each in new for row in each.rows))
        rows = {each: list(islice(read, len(each.rows))) for each in new}
        return {each: read_before.get(each) or rows[each] for each in self.meetings}

    def numbered(self, rows: Mapping[Held, list[Row]]) -> dict[int, Row]:
        """Those rows, by the number that postings have for each."""
        return {self._first[each.part] + each.first + at: row
                for each, several in rows.items() for at, row in enumerate(several)}

    def sources(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """For each meeting what its rows were made from."""
        return ((each.meeting, each.sources) for each in self.meetings)

    def counts(self, scope: Scope, term: str) -> Counts:
        """How often the term stands in each row that has it; deleted rows too."""
        found = self._blocks(scope, term)
        return Counts(_joined([rows for rows, _, _ in found]), _joined([counts for _, counts, _ in found]))

    def keys(self, scope: Scope, term: str) -> Array:
        """Where the term stands in each row that has it, as keys of `index.spans`; deleted rows too."""
        return _joined([keys(*found) for found in self._blocks(scope, term)])

    def _blocks(self, scope: Scope, term: str) -> list[tuple[Array, Array, Array]]:
        """What each part has of the term: rows, counts and positions."""
        found = {int(each[PART][0]): block(each[HELD][0]) for each in stored(self._searcher, scope.value, term)}
        return [(_eight(each.rows) + self._first[number], _eight(each.counts), _eight(each.positions))
                for number, each in sorted(found.items())]

    def beginning(self, scope: Scope, prefix: str) -> list[str]:
        """The terms that begin so."""
        return [term for term, _ in self._searcher.terms_with_prefix(scope.value, prefix)]

    def words(self) -> Counter[str]:
        """The words of letters alone, and how many texts have each; deleted rows count too."""
        found = Counter[str]()
        for each in self._parts:
            found.update(each.words)
        return found


def _eight(numbers: Four) -> Array:
    return numbers.astype(np.int64)


def _joined(several: list[Array]) -> Array:
    return np.concatenate(several) if several else NONE
