"""Bullets that a program draws instead of printing letters, as browsers do: small filled shapes before lines."""

from collections.abc import Iterable, Sequence

from crawler.documents.sheet import Rule, Word

BULLET = "•"
_MOST = 200                    # of one page; more is a chart
_MOST_WORDS = 20_000           # of one page; the densest sheet of small print has some 4,000
_SMALLEST, _LARGEST = 1.0, 8.0   # points
_SQUARE = 1.3                  # how much longer one side may be
_LEAST, _MOST_OF_SIZE = 0.15, 0.7   # of the letter size of the line that it stands before
_ABOVE = 0.8                   # of the letter size: how far above the base of its line its middle may stand
_BAND = 8.0                    # points: words are looked up by their heights
_FURTHEST = 3.0                # of the letter size: the widest gap between a bullet and its text


def is_dot(box: Rule) -> bool:
    """Whether a filled shape may be a bullet by its size."""
    wide, high = box.right - box.left, box.top - box.bottom
    return min(wide, high) > _SMALLEST and max(wide, high) < min(_LARGEST, _SQUARE * min(wide, high))


def with_bullets(words: Sequence[Word], dots: Sequence[Rule]) -> tuple[Word, ...]:
    """`words` with a bullet before each that opens a line after one of `dots`."""
    if not dots or len(dots) > _MOST or len(words) > _MOST_WORDS:
        return tuple(words)
    bands: dict[int, list[int]] = {}
    for at, word in enumerate(words):
        bands.setdefault(round(word.y / _BAND), []).append(at)
    opened = ((_opened(dot, words, bands), dot) for dot in dots)
    found = {place: dot for place, dot in opened if place is not None}
    return tuple(piece for at, word in enumerate(words) for piece in _opening(word, found.get(at)))


def _opened(dot: Rule, words: Sequence[Word], bands: dict[int, list[int]]) -> int | None:
    """The place of the word before which `dot` stands; `None` where words stand before it, or none soon after."""
    middle = (dot.bottom + dot.top) / 2
    band = round(middle / _BAND)
    near = (at for each in (band - 2, band - 1, band, band + 1) for at in bands.get(each, ()))
    level = [at for at in near if 0 < middle - words[at].y < _ABOVE * words[at].size]
    if not level:
        return None
    first = min(level, key=lambda at: words[at].left)
    word = words[first]
    fits = _LEAST * word.size < dot.right - dot.left < _MOST_OF_SIZE * word.size
    return first if fits and 0 < word.left - dot.right < _FURTHEST * word.size else None


def _opening(word: Word, dot: Rule | None) -> Iterable[Word]:
    if dot is not None and word.text != BULLET:
        yield Word(BULLET, dot.left, dot.right, word.y, word.size, word.bold, word.italic)
    yield word
