"""What a decision and the minutes of one item both print, each once.

Sites print what was decided apart, and again within the minutes. A decision's own paragraphs (its reasons, until when
it may be called in) stay; of a resolution that the minutes repeat, whole, the one in the minutes is kept.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Final

from archive.model import ParagraphKind
from crawler.blocks import Block
from crawler.minutes.lines import Line, lines
from crawler.minutes.resolutions import find_resolutions

_SHORT: Final = 40      # characters: what is shorter is repeated by a paragraph that says it and no more
_MOST_PARTS: Final = 300    # that are looked for within longer paragraphs
_NOT_WORDS = re.compile(r"[\W_]+")
_LABEL_WITHIN = re.compile(r"(?:(?<=\s)|\A)\(?(?:[0-9]{1,2}|[a-z]|[ivx]{2,5})\)(?=\s)")
_DECIDING = re.compile(
    r"\A(?:it was |decision )?(?:unanimously )?(?:resolved|agreed|recommended|penderfynwyd|cytunwyd)(?: unanimously)? "
    r"(?=(?:that|to|bod|y dylid) )"
)


@dataclass(frozen=True, slots=True)
class _Part:
    """Paragraphs that stand or fall together: a resolution with its clauses, else one paragraph."""

    lines: tuple[Line, ...]
    kind: ParagraphKind

    @property
    def said(self) -> str:
        return _words(self.lines)


def each_once(decision: Sequence[Block], minutes: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """The decision and the minutes without what the other one of them repeats, number and punctuation aside."""
    if not decision or not minutes:
        return decision, minutes
    decided, minuted = lines(decision), lines(minutes)
    all_decided, all_minuted = _words(decided), _words(minuted)
    if not all_decided or not all_minuted:
        return decision, minutes
    if all_decided == all_minuted or _holds(all_decided, all_minuted):
        return decision, ()
    parts, others = _parts(decided, decided_apart=True), _parts(minuted, decided_apart=False)
    if _decides(parts) and not _decides(others):
        return decision, tuple(_left(others, parts, all_decided))
    left = () if _holds(all_minuted, all_decided) else tuple(_left(parts, others, all_minuted))
    kept = {id(block) for block in left}
    still_decides = any(id(part.lines[0].block) in kept for part in parts if _decides((part,)))
    return (left, minutes) if still_decides else ((), (*left, *minutes))


def _decides(parts: Sequence[_Part]) -> bool:
    return any(part.kind is ParagraphKind.RESOLUTION for part in parts)


def _parts(section: Sequence[Line], *, decided_apart: bool) -> tuple[_Part, ...]:
    """A section in its parts."""
    kinds = find_resolutions(section, decided=decided_apart).kinds
    found: list[list[Line]] = []
    heads: list[ParagraphKind] = []
    for line, kind in zip(section, kinds, strict=True):
        if kind is ParagraphKind.CLAUSE and heads and heads[-1] is ParagraphKind.RESOLUTION:
            found[-1].append(line)
        else:
            found.append([line])
            heads.append(kind)
    return tuple(_Part(tuple(each), kind) for each, kind in zip(found, heads, strict=True))


def _left(parts: Sequence[_Part], others: Sequence[_Part], said: str) -> Iterator[Block]:
    """The blocks of `parts` that `others`, which say `said` in all, do not repeat; no heading over nothing."""
    alone = {_bare(part.said) for part in others} | {_bare(_words((line,))) for part in others for line in part.lines}
    searched = said if len(parts) <= _MOST_PARTS else ""
    heading: _Part | None = None
    kept_under = True
    for part in parts:
        if part.kind is ParagraphKind.HEADING:
            yield from _blocks(heading if not kept_under else None, alone)
            heading, kept_under = part, False
        elif not (_bare(part.said) in alone or _holds(searched, part.said)):
            yield from _blocks(heading if not kept_under else None)
            kept_under = True
            yield from _blocks(part)
    yield from _blocks(heading if not kept_under else None, alone)


def _blocks(part: _Part | None, alone: Set[str] = frozenset()) -> Iterator[Block]:
    """The blocks of `part`, if there is one and it is not among what stands elsewhere."""
    if part is not None and _bare(part.said) not in alone:
        yield from (line.block for line in part.lines)


def _holds(whole: str, said: str) -> bool:
    return len(said) >= _SHORT and f" {said} " in f" {whole} "


def _words(section: Sequence[Line]) -> str:
    text = _LABEL_WITHIN.sub(" ", " ".join(line.text for line in section).casefold())
    return _NOT_WORDS.sub(" ", text).strip()


def _bare(said: str) -> str:
    """What is said without the deciding word before it, which stands under "Decision:" as often as not."""
    return _DECIDING.sub("", said)
