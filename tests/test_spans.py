"""Places of many rows in one integer each: no row comes out as another."""

import numpy as np
import pytest

from archive.errors import IndexFailure
from index.spans import Array, counted, keys, spans
from index.tree import Phrase

LAST = (1 << 22) - 1


def of_row(row: int) -> Array:
    return keys(np.array([0, row]), np.array([1, 2]), np.array([5, 3, 9]))


@pytest.mark.parametrize("row", [1, 1 << 20, LAST])
def test_the_rows_of_spans_are_those_of_the_keys(row: int) -> None:
    found = counted(spans(Phrase("buses"), lambda _: of_row(row)))
    assert (found.rows.tolist(), found.counts.tolist()) == ([0, row], [1, 2])


def test_a_row_that_no_key_can_hold_is_refused_in_a_line() -> None:
    with pytest.raises(IndexFailure, match="more than 4,194,304 items"):
        of_row(LAST + 1)
