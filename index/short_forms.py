"""The short forms of an archive with what they stand for, put together from all that its texts explain.

Texts write one thing in many ways, and print slips: "Integrated Font Door (IFD)", "Inner Isle Forum (llF)" with small
letters of a bad scan. What is the same but for its form is one; what is a letter away from something so much more
frequent that hardly another thing is meant is taken for a slip of it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from index import analysis

LongForms = tuple[tuple[str, int], ...]
"""Long forms and how many items explain each, the most frequent first."""

_MOST_USUAL = 3
_RARE = 2
_FREQUENT = 4    # a long form is usual that has at least one in so many of the most frequent one's texts
_SLIP = 3        # how many times as frequent a long form must be for another to be a slip of it
_SLIP_SHORT = 5  # the same of short forms, of which more are meant that are a letter apart: EIA, EqIA
_COMPARED = 20   # long forms, of those most frequent, that others are held to be slips of
_ALIKE = str.maketrans("1l|0", "iiio")


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A short form as most often printed, and what it stands for."""

    short: str
    longs: LongForms

    @property
    def count(self) -> int:
        """In how many items it is explained."""
        return sum(count for _, count in self.longs)

    @property
    def usual(self) -> tuple[str, ...]:
        """The long forms that are not much rarer than the most frequent one."""
        return tuple(long for long, count in self.longs[:_MOST_USUAL] if count * _FREQUENT >= self.longs[0][1])


@lru_cache(maxsize=1 << 16)
def key(text: str) -> str:
    """`index.analysis.key`, kept: the same forms come back in council after council, and after every change."""
    return analysis.key(text)


def short_forms(several: Iterable[Mapping[str, Mapping[str, int]]]) -> tuple[ShortForm, ...]:
    """The short forms of some councils, the most explained first; forms of one word, EHCPs and EHCP, are one."""
    longs: dict[str, Counter[str]] = {}
    printed: dict[str, Counter[str]] = {}
    for found in several:
        for short, forms in found.items():
            words = key(short) or short.lower()    # IT is no word to search for, and a short form all the same
            longs.setdefault(words, Counter()).update(forms)
            printed.setdefault(words, Counter())[short] += sum(forms.values())
    made = (ShortForm(_most(printed[words]), long_forms(forms)) for words, forms in longs.items())
    return tuple(sorted((each for each in made if each.longs), key=lambda each: (-each.count, each.short)))


def without_slips(forms: Sequence[ShortForm]) -> tuple[ShortForm, ...]:
    """`forms` but for those that are slips of another, with which they are counted.

    A slip stands for nothing but what the other stands for, and is a letter away from it: one that looks like the
    other's, or one that is seldom printed.
    """
    told: dict[str, ShortForm] = {}
    first: dict[str, str] = {}    # by the key of a long form, the short form that is most often explained by it
    for each in forms:
        long = key(each.longs[0][0])
        of = told.get(first.setdefault(long, each.short))
        if of and _is_slip(each, of):
            added = {key(text): count for text, count in each.longs}
            told[of.short] = replace(of, longs=tuple((text, n + added.get(key(text), 0)) for text, n in of.longs))
        else:
            told[each.short] = each
    return tuple(told.values())


def _is_slip(form: ShortForm, of: ShortForm) -> bool:
    one, other = form.short.lower(), of.short.lower()
    if not {key(long) for long, _ in form.longs} <= {key(long) for long, _ in of.longs}:
        return False
    if one.translate(_ALIKE) == other.translate(_ALIKE):
        return form.count < of.count
    return form.count * _SLIP_SHORT <= of.count and _letter_apart(one, other)


def long_forms(found: Mapping[str, int]) -> LongForms:
    """The long forms of one short form, the most frequent first; `found` counts each as printed.

    Other forms of the same words are one, written as most often. Of two of which one ends in the other the longer is
    meant, which was cut short, but for one so rare that a word too many got into it. Slips are what they are slips of.
    """
    spelled: dict[str, Counter[str]] = {}
    for long, count in found.items():
        if words := key(long):
            spelled.setdefault(words, Counter())[long] += count
    counts = {words: sum(each.values()) for words, each in spelled.items()}
    ending = _ending(counts)
    for words in sorted(counts, key=len):
        longer = [each for each in ending.get(words, ()) if each in counts]
        if words in counts and longer:
            whole = max(longer, key=counts.__getitem__)
            kept, dropped = (whole, words) if counts[whole] * _RARE >= counts[words] else (words, whole)
            counts[kept] += counts.pop(dropped)
    listed = [(_most(spelled[words]), count) for words, count in counts.items()]
    return _corrected(sorted(listed, key=lambda each: (-each[1], each[0])))


def _ending(several: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """By each end of words of `several`, those that are longer and end so."""
    found: dict[str, list[str]] = {}
    for each in several:
        words = each.split()
        for at in range(1, len(words)):
            found.setdefault(" ".join(words[at:]), []).append(each)
    return found


def _corrected(longs: Sequence[tuple[str, int]]) -> LongForms:
    """`longs`, the most frequent first, with each slip counted with what it is a slip of."""
    counts: dict[str, int] = {}
    for long, count in longs:
        frequent = (each for each in [*counts][:_COMPARED] if counts[each] >= count * _SLIP)
        of = next((each for each in frequent if _letter_apart(analysis.fold(long), analysis.fold(each))), long)
        counts[of] = counts.get(of, 0) + count
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def _letter_apart(one: str, other: str) -> bool:
    """Whether one letter more, less or otherwise, or two that changed places, are all that differs; figures never."""
    start = _shared(one, other)
    one, other = one[start:], other[start:]
    end = _shared(one[::-1], other[::-1])
    left, right = one[:len(one) - end], other[:len(other) - end]
    if any(each.isdigit() for each in left + right):
        return False
    return max(len(left), len(right)) == 1 or (len(left) == 2 and left == right[::-1])


def _shared(one: str, other: str) -> int:
    """How many letters are the same from the first on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _most(printed: Mapping[str, int]) -> str:
    return min(printed, key=lambda each: (-printed[each], each))
