"""Lists of all members in which a mark tells who was there: "* Councillor A Able" and "(* denotes attendance)"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.blocks import Block, BlockKind
from crawler.minutes.names import found_names
from crawler.numbers import typed
from crawler.printed.rollcall import opens_roll, with_known_label

_DEPTH = 60   # blocks in which such a list and its legend stand
_LONGEST = 200
_SIGN = r"[*†‡#^~+Øø§]{1,2}"
_LEGEND = re.compile(
    rf"\(?(?P<mark>{_SIGN})\s*(?:=|–|-|:|(?:denot|indicat)(?:es?|ing)\b|signif(?:y|ies)\b|marks\b)"
    rf"\s*(?P<means>[^()*†‡#;,]{{3,60}}?)"
    rf"\s*[.;,]?\s*(?:\)|\Z|(?={_SIGN}))"
)
_THERE = re.compile(
    r"(?:(?:those|the) )?(?:(?:members?|councillors?)(?: who (?:was|were))? )?(?:was |were |in |being )?"
    r"(?:attendance|presence|present|attended|attending)"
    r"(?: (?:(?:at|of) )?(?:the )?(?:meeting|members?|councillors?))?",
    re.IGNORECASE,
)
_EXCUSED = re.compile(r"(?:an? )?apolog(?:y|ies)(?: for absence)?(?: (?:received|given|sent))?", re.IGNORECASE)
_ABSENT = re.compile(r"absen(?:t|ce)|not (?:present|in attendance)", re.IGNORECASE)
_MEANT = (("Present", _THERE), ("Apologies", _EXCUSED), ("Absent", _ABSENT))
_OF_MEMBERS = ("present", "members", "councillors")   # how the label of a list of all members begins
_OFFICE = re.compile(rf"(?P<office>[^\W\d_][\w’' -]{{2,30}}):\s*(?={_SIGN}\s?[A-Z])")
_MARKED = re.compile(rf"(?P<mark>{_SIGN})\s?(?=[A-Z])")
_PART = re.compile(rf"\s*[,;/]\s+(?={_SIGN}\s?[A-Z]|(?:Cllr|Councillor|Alderman|Mr|Mrs|Ms|Miss|Dr)\b)")


@dataclass(frozen=True, slots=True)
class _Legend:
    """What each mark means, as the label of a list, and the blocks that say no more than that."""

    means: dict[str, str]
    blocks: frozenset[int]


def with_marks_read(blocks: Sequence[Block]) -> list[Block]:
    """`blocks`, in which every line of a list whose legend says who was there is a list of its own.

    Only where a mark means that somebody was present; who then has none was not, and is listed as absent.
    """
    legend = _legend(blocks)
    if "Present" not in legend.means.values():
        return list(blocks)
    return [*_read(blocks, legend), *blocks[_DEPTH:]]


def _legend(blocks: Sequence[Block]) -> _Legend:
    means: dict[str, str] = {}
    alone = set[int]()
    for at, block in enumerate(blocks[:_DEPTH]):
        if block.kind is BlockKind.TABLE or len(block.text) > _LONGEST:
            continue
        found = list(_LEGEND.finditer(block.text))
        said = {each["mark"]: label for each in found if (label := _label_of(each["means"].strip()))}
        if said and len(said) == len(found) and not _LEGEND.sub("", block.text).strip(" .;,()"):
            alone.add(at)
        means |= said
    return _Legend(means, frozenset(alone))


def _label_of(means: str) -> str | None:
    return next((label for label, form in _MEANT if form.fullmatch(means)), None)


def _read(blocks: Sequence[Block], legend: _Legend) -> Iterator[Block]:
    """The first blocks, the lists of all members among them line by line."""
    whole = True   # whether the list under way is one of all members
    for at, block in enumerate(blocks[:_DEPTH]):
        if at in legend.blocks:
            continue
        lines = list(_lines(block))
        if opens_roll(block) and not _opens_marked(block):
            whole = with_known_label(block).text.casefold().startswith(_OF_MEMBERS)
            yield block
        elif whole and _is_listed(block, lines):
            yield from (replace(block, kind=BlockKind.PARAGRAPH, rows=(), text=_told(line, legend)) for line in lines)
        else:
            yield block


def _is_listed(block: Block, lines: Sequence[str]) -> bool:
    """Whether a block is of the list: a mark stands in it, or a name alone."""
    if any(_MARKED.match(line) or _OFFICE.match(line) for line in lines):
        return True
    return bool(lines) and typed(block.text) is None and all(map(_is_name, lines))


def _opens_marked(block: Block) -> bool:
    """Whether a label is an office before a mark: "Chairman: * Councillor A Able"."""
    return block.kind is not BlockKind.TABLE and _OFFICE.match(block.text) is not None


def _lines(block: Block) -> Iterator[str]:
    cells = (cell for row in block.rows for cell in row) if block.kind is BlockKind.TABLE else iter((block.text,))
    return (part for cell in cells if cell for part in _PART.split(cell))


def _is_name(line: str) -> bool:
    """Whether a line is a titled name and what stands beside one."""
    found = found_names(line)
    rest = line[found[0].end :].strip(" .,") if found else ""
    return len(found) == 1 and found[0].start == 0 and (not rest or rest[0] in "(-–")


def _told(line: str, legend: _Legend) -> str:
    """A line with what its mark means as the label of a list."""
    office = _OFFICE.match(line)
    text = line[office.end() :] if office else line
    marked = _MARKED.match(text)
    name = text[marked.end() :] if marked else text
    name = f"{name} ({office['office']})" if office else name
    label = legend.means.get(marked["mark"]) if marked else "Absent"
    return f"{label}: {name}" if label else line
