"""An item's minutes as they are read: paragraphs in printed order, those of one decision together."""

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from archive.model import Clause, Item, Outcome, Paragraph, ParagraphKind, Resolution, Vote

_BELONGS = (ParagraphKind.RESOLUTION, ParagraphKind.CLAUSE, ParagraphKind.VOTE)


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph and how deep it stands among the clauses of its decision; 0 for everything else."""

    paragraph: Paragraph
    depth: int


@dataclass(frozen=True, slots=True)
class Passage:
    """What is set together: the paragraphs of one decision, or a single paragraph without one."""

    lines: tuple[Line, ...]
    resolution: Resolution | None = None


def passages(item: Item) -> tuple[Passage, ...]:
    """The item's paragraphs, each once and in order, with the resolution that begins at the first of a passage.

    A decision that came without minutes has no paragraph; it stands at the end, in its own words.
    """
    found = {resolution.anchor: resolution for resolution in item.resolutions}
    printed = {paragraph.anchor for paragraph in item.paragraphs}
    beside = (_in_its_words(each) for each in item.resolutions if each.anchor not in printed)
    groups = _groups(item.paragraphs, found.keys())
    return (*(_passage(group, found.get(group[0].anchor)) for group in groups), *beside)


def _in_its_words(resolution: Resolution) -> Passage:
    whole = Paragraph(resolution.anchor, resolution.number, ParagraphKind.RESOLUTION, resolution.text)
    return Passage((Line(whole, 0),), resolution)


def _groups(paragraphs: Sequence[Paragraph], starts: AbstractSet[str]) -> Iterator[list[Paragraph]]:
    group: list[Paragraph] = []
    decided = False
    for paragraph in paragraphs:
        begins = paragraph.anchor in starts
        if group and (begins or not decided or paragraph.kind not in _BELONGS):
            yield group
            group, decided = [], False
        group.append(paragraph)
        decided = decided or begins
    if group:
        yield group


def _passage(paragraphs: Sequence[Paragraph], resolution: Resolution | None) -> Passage:
    depths = iter(_depths(resolution.clauses, 1) if resolution else ())
    lines = tuple(
        Line(paragraph, next(depths, 1) if paragraph.kind is ParagraphKind.CLAUSE else 0) for paragraph in paragraphs)
    return Passage(lines, resolution)


def _depths(clauses: Sequence[Clause], depth: int) -> Iterator[int]:
    for clause in clauses:
        yield depth
        yield from _depths(clause.clauses, depth + 1)


def continued(item: Item, anchor: str, shown: Collection[str] = ()) -> str:
    """What the decision that begins at `anchor` goes on to say after its first paragraph; "" for anything else.

    Paragraphs whose texts are `shown` already are left out.
    """
    found = (each.lines[1:] for each in passages(item) if each.resolution and each.resolution.anchor == anchor)
    rest = (line.paragraph for line in next(found, ()) if line.paragraph.text not in shown)
    return " ".join(f"{each.number} {each.text}" if each.number else each.text for each in rest)


def outcome(resolution: Resolution) -> str:
    """The word above a decision: what it did, or that it was lost or withdrawn and decided nothing."""
    if resolution.outcome in (Outcome.LOST, Outcome.WITHDRAWN):
        return f"Motion {resolution.outcome}"
    return "Decided" if resolution.action == "other" else resolution.action.value.capitalize()


def decided(item: Item) -> tuple[Resolution, ...]:
    """The resolutions that stand: without motions that were lost or withdrawn."""
    return tuple(each for each in item.resolutions if each.outcome not in (Outcome.LOST, Outcome.WITHDRAWN))


def tally(vote: Vote) -> str:
    """The count in words: "For 5, against 3, abstained 1"; numbers that are not printed are left out."""
    counts = (("for", vote.for_), ("against", vote.against), ("abstained", vote.abstain))
    printed = ", ".join(f"{word} {number}" for word, number in counts if number is not None)
    return printed[:1].upper() + printed[1:]
