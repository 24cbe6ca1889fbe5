"""Other words for a word in one of its two senses, which what stands in the query with it tells.

The refuse that is collected and the refuse of a planning officer are spelt alike; who types `refuse permission` means
the latter, which texts say as refused and refusal (`index.families` keeps these from the former).
"""

from collections.abc import Collection, Mapping

from index.analysis import key

_ASKED_FOR = """
permission application consent licence license appeal request planning approval dispensation variation certificate grant
"""
_SENSES = {"refuse": (_ASKED_FOR, ("refused",))}
_BY_KEY: Mapping[str, tuple[frozenset[str], tuple[str, ...]]] = {
    key(word): (frozenset(key(told_by).split()), others) for word, (told_by, others) in _SENSES.items()}


def others_beside(word: str, beside: Collection[str]) -> tuple[str, ...]:
    """The other words for the one with the key `word`, where these are the keys of all in the query."""
    told_by, others = _BY_KEY.get(word, (frozenset[str](), ()))
    return () if told_by.isdisjoint(beside) else others
