"""How well an item answers a query: BM25F over its scopes (Robertson, Zaragoza, Taylor 2004), and what kind of item.

An occurrence weighs by where it stands and by how long the item is; the sum saturates once per leaf of the query; rare
leaves count more. Routine items come far down.
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
    Scope.TITLE: 5.0, Scope.RESOLUTION: 1.5, Scope.NARRATIVE: 1.0, Scope.AGENDA: 1.0, Scope.TABLE: 0.5, Scope.VOTE: 0.5,
}
SATURATION = 1.2
LENGTH = 0.3
"""How much a long item dilutes: 0 not at all, 1 in proportion."""

PROCEDURAL = 0.2
TERSE, FEW_WORDS = 0.7, 15
"""What an item counts for that says fewer words than that beside its title: the head of a table, "Yes"."""

EXACT = 2.0
"""What the words of its own title do for an item; a routine one is meant then, and no longer comes far down."""

RECENT = 0.1
HALVED = 5 * 365.25
"""What being of the newest day adds, and after how many days half of that is left."""

TOGETHER = 0.5
"""The share of a score that words near each other add to what each of them gives."""

SETTING = 2.0
"""What it weighs that a committee's name or a day says a word, where most of the words will do."""

AKIN = 0.2
"""The share that other words for the same thing give, where the typed ones are too."""


def occurrence(scope: Scope, length: Amount, average: float) -> Amount:
    """What one occurrence weighs in an item of `length` positions in all, where items have `average`."""
    return WEIGHTS[scope] / (1 - LENGTH + LENGTH * length / average)


def rarity(items: int, having: int) -> float:
    """What a leaf weighs that `having` of `items` items have; always above 0."""
    return log(1 + (items - having + 0.5) / (having + 0.5))


def saturated(weight: Amount) -> Amount:
    """The sum of a leaf's occurrences, so that the tenth adds less than the second."""
    return weight * (SATURATION + 1) / (weight + SATURATION)


def below(score: Amount, least: float) -> Amount:
    """`score` in its order, and under `least`: what only other words for what was typed were found for."""
    return least * score / (score + 1)


def standing(*, procedural: bool, said: int) -> float:
    """What an item's score is multiplied by for what kind of item it is, with how many words beside its title."""
    return PROCEDURAL if procedural else TERSE if said < FEW_WORDS else 1.0


def freshness(day: Amount, newest: int) -> Amount:
    """What a score is multiplied by for its item's day (an ordinal); one that is not known is 0, the oldest of all."""
    halvings = (newest - day) / HALVED
    left: Amount = 0.5**halvings
    return 1 + RECENT * left


def titled(*, procedural: bool) -> float:
    """What the score of an item is multiplied by whose title was typed, on top of its standing."""
    return EXACT / PROCEDURAL if procedural else EXACT
