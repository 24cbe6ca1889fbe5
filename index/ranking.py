"""How well an item answers a query: BM25F over its scopes (Robertson, Zaragoza, Taylor 2004), and what kind of item.

An occurrence weighs by where it stands and by how long that part of the item is; the sum saturates once per leaf of the
query; rare leaves count more. Routine items come far down.
"""

from collections.abc import Mapping
from math import log
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from index.passages import Scope

Amount = TypeVar("Amount", float, npt.NDArray[np.float64])
"""A number, or one for each of many items."""

WEIGHTS: Mapping[Scope, float] = {
    Scope.TITLE: 5.0, Scope.RESOLUTION: 2.0, Scope.NARRATIVE: 1.0, Scope.AGENDA: 1.0, Scope.TABLE: 0.5, Scope.VOTE: 0.5,
}
SATURATION = 1.2
LENGTH = 0.6
"""How much a long text dilutes: 0 not at all, 1 in proportion."""

PROCEDURAL = 0.2
DECIDED = 1.1


def occurrence(scope: Scope, length: Amount, average: float) -> Amount:
    """What one occurrence weighs in a text of `length` positions, where such texts have `average`."""
    return WEIGHTS[scope] / (1 - LENGTH + LENGTH * length / average)


def rarity(items: int, having: int) -> float:
    """What a leaf weighs that `having` of `items` items have; always above 0."""
    return log(1 + (items - having + 0.5) / (having + 0.5))


def saturated(weight: Amount) -> Amount:
    """The sum of a leaf's occurrences, so that the tenth adds less than the second."""
    return weight * (SATURATION + 1) / (weight + SATURATION)


def standing(*, procedural: bool, decided: bool) -> float:
    """What an item's score is multiplied by for what kind of item it is."""
    return (PROCEDURAL if procedural else 1.0) * (DECIDED if decided else 1.0)
