"""What makes one item a better answer than another though both have all the words: these are together, or its title."""

from collections.abc import Iterator
from itertools import pairwise

from index import analysis
from index.ranking import TOGETHER
from index.scoping import ALL_SCOPES, Scopes, Wanted, narrowed
from index.tree import Near, Node, Phrase, Since, Until, Word, conditions, field_of, unexpanded

NEARBY = 4
"""Words apart at most of two words that were typed side by side."""


def together(tree: Node, scopes: Scopes = ALL_SCOPES) -> Iterator[Wanted]:
    """The pairs of words typed side by side: found near each other they add to the score, and decide nothing else."""
    inside = narrowed(tree, scopes)
    for left, right in pairwise(conditions(unexpanded(tree))):
        if isinstance(left, Word) and isinstance(right, Word):
            yield Wanted(Near(left, right, NEARBY), inside, TOGETHER)


def title_asked(tree: Node) -> str | None:
    """The key (`analysis.key`) of the title that `tree` spells out, when all of its words may be one."""
    parts = conditions(unexpanded(tree))
    words = [part.text for part in parts if isinstance(part, Word | Phrase)]
    others = [part for part in parts if not isinstance(part, Word | Phrase)]
    if all(isinstance(part, Since | Until) or field_of(part) for part in others):
        return analysis.key(" ".join(words)) or None
    return None
