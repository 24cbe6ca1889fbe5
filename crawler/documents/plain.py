"""Plain text, with or without Markdown marks, as blocks.

Three habits are met: a paragraph a line; printed lines with a blank line between paragraphs; printed lines with a blank
line after every one, as some converters leave them, where a blank line says nothing.
"""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from archive.errors import UnreadableFile
from crawler.blocks import Block, BlockKind, one_line
from crawler.documents.cells import data_table
from crawler.documents.hyphens import Vocabulary, whole_words
from crawler.documents.labels import LEVELS, counts_on, label_of
from crawler.documents.lines import BULLETS
from crawler.documents.measures import LABEL

MAX_BYTES = 50 * 1024 * 1024
MAX_CHARACTERS = 1_500_000   # of text; the longest minutes seen have half of it
MAX_LINES = 60_000           # that are not empty; the longest minutes seen have 42,000
MAX_PARAGRAPHS = 10_000      # the longest minutes have three thousand
MAX_LINE = 200_000           # characters of one line

_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,}|={3,})\s*\Z")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*\Z")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,2000}?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_\n]{1,2000}?)(?<=[^\s*_])\1(?![\w*_])")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\((?:[^()\s]|\([^()\s]{0,300}\)){0,2000}\)")
_TAG = re.compile(r"</?(?:small|b|i|u|em|strong|sup|sub|br|span|p|div)\b[^>]{0,100}>", re.IGNORECASE)
_BULLET = re.compile(r"(?:[-*+–—¢o]|[" + "".join(BULLETS) + r"])\s+(?=\S)")
_LEGEND = re.compile(r"\* ?(?:=|denot|indicat|signif)")   # "* denotes attendance"
_ESCAPED = re.compile(r"\\([-*_#.+()\[\]\\])")
_SAFE = 0xF0000   # a private place for escaped marks while the others are read
_PAGE = re.compile(r"[-–|]?\s*(?:page|tudalen)?\s*\|?\s*\d{1,4}\s*(?:(?:of|/|o)\s*\d{1,4})?\s*[-–|]?\Z", re.IGNORECASE)
_BAR = re.compile(r"(?:(?<=\s)|\A)\|(?=\s|\Z)")   # between cells: "Cllr Able |   | X"
_UNDER_HEADS = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?)?\s*\Z")   # of a table in Markdown: "|---|---|"
_FEWEST_CELLS, _MOST_CELLS = 3, 40   # fewer bars may be the letter I as a scanner read it: "What | will ask"
_COLUMN = re.compile(r"(?<=\S)(?: {4,}|\t+)(?=\S)")   # a gap on one line that parts columns
_OPENS = re.compile(r"[^\W\d][^:]{1,40}:\Z")   # a label that a gap sets off from its text: "Councillors:"
_NUMBER = re.compile(r"(?:[Ii]tem )?\(?[A-Z]{0,4}[\w./-]{1,10}[.)]?:?\Z")   # "12.", "(iv)", "21/23"
_NAMED = re.compile(r"(?:(?:Cllrs?|Councillors?|Mrs?|Ms|Miss|Dr|Prof)\b|[A-Z](?:\.|(?= )))")
_CELL = 60   # characters: more are a sentence with gaps in it
_ENDS = re.compile(r"[.!?:;…][”’\"')\]*]*$")
_OPEN = re.compile(r"(?:,|\b(?:and|or|the|of|to|a|in|by|for|with|that|Mr|Mrs|Ms|Miss|Dr|Cllr|Councillors?)\.?)$")
_BETWEEN_CLAUSES = re.compile(r"[;,] ?(?:and|or)\Z")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    bold: bool = False
    heading: bool = False
    bullet: bool = False
    cells: tuple[str, ...] = ()
    row: tuple[str, ...] = ()   # cells that bars part, the empty ones too, if lines beside it have as many
    headed: bool = False   # its first cell begins with a label: "Councillors:"
    gap: bool = False      # blank lines stand before it
    page: int = 1


def plain_blocks(data: bytes, name: str) -> tuple[Block, ...]:
    """The text `data` as blocks; `name` is for messages. Raises `UnreadableFile` when it is no text, or too much."""
    text = decoded(data, name)
    if found := too_much(text):
        raise UnreadableFile(f"{name}: {found}; no minutes are as long")
    printed = (line for page in _without_furniture(_pages(text)) for line in page)
    lines = list(_with_rows(list(_bullets_joined(printed))))
    if not lines:
        raise UnreadableFile(f"{name}: holds no text")
    words = Vocabulary(whole_words((line.text, _is_broken(line.text)) for line in lines))
    groups = list(islice(_paragraphs(lines), MAX_PARAGRAPHS + 1))
    if len(groups) > MAX_PARAGRAPHS:
        raise UnreadableFile(f"{name}: has more than {MAX_PARAGRAPHS:,} paragraphs; no minutes are as long")
    blocks = (_block(group, words) for group in groups)
    return tuple(block for block in blocks if block.text)


def too_much(text: str) -> str | None:
    """What `text` has more of than can be read in time; `None` when it is not so."""
    if len(text) > MAX_CHARACTERS:
        return f"has {len(text):,} characters of text, more than {MAX_CHARACTERS:,}"
    lines = [line for line in text.splitlines() if line and not line.isspace()]
    if len(lines) > MAX_LINES:
        return f"has {len(lines):,} lines of text, more than {MAX_LINES:,}"
    if (longest := max(map(len, lines), default=0)) > MAX_LINE:
        return f"has a line of {longest:,} characters, more than {MAX_LINE:,}"
    return None


def decoded(data: bytes, name: str) -> str:
    """`data` as text, by its byte order mark, else UTF-8, else the code page of Western Windows."""
    if len(data) > MAX_BYTES:
        raise UnreadableFile(f"{name}: is larger than {MAX_BYTES // 2**20} MB; no minutes are")
    text = _decoded(data)
    strange = sum(1 for each in text[:100_000] if (each < " " and each not in "\t\n\r\f\v") or each == "\ufffd")
    if strange * 100 > min(len(text), 100_000):
        raise UnreadableFile(f"{name}: is no text file; import minutes as HTML, XML, PDF, Word or text")
    return text


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if len(data) > 3 and data[1::2][:200].count(0) > min(len(data) // 2, 200) * 0.7:
        return data.decode("utf-16-le", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _pages(text: str) -> list[list[_Line]]:
    pages: list[list[_Line]] = [[]]
    gap, starred = False, _LEGEND.search(text) is not None
    for raw in re.sub(r"\r\n?", "\n", text).replace("\f", "\n---\n").split("\n"):
        if _RULE.match(raw):
            pages.append([])
            gap = True
        elif not raw.strip():
            gap = True
        else:
            if _only_links(raw) and len(pages) == 1 and not pages[0]:
                continue   # where a converter says what it converted
            line = _read(raw, starred)
            if line.text:
                pages[-1].append(replace(line, gap=gap, page=len(pages)))
                gap = False
    return [page for page in pages if page]


def _only_links(raw: str) -> bool:
    return bool(_LINK.search(raw)) and not _LINK.sub("", raw).strip(" *_<>")


def _read(raw: str, starred: bool = False) -> _Line:
    """One line without its marks; a star that a legend explains is none (`starred`)."""
    if re.fullmatch(r"\W*<small>.*</small>\W*", raw.strip(), re.IGNORECASE):
        return _Line("")   # a converter's remark on the page
    raw = _ESCAPED.sub(lambda mark: chr(_SAFE + ord(mark[1])), raw)
    heading = _HEADING.match(raw)
    text = _TAG.sub("", _LINK.sub(r"\1", heading[2] if heading else raw)).strip()
    if _UNDER_HEADS.match(text):
        return _Line("")
    bare = _BOLD.sub("", text)
    bold = bare != text and not re.search(r"\w", bare)
    text = _ITALIC.sub(r"\2", _BOLD.sub(r"\2", text)).strip()
    bullet = None if starred and text.startswith("*") else _BULLET.match(text)
    if bullet:
        text = text[bullet.end():]
    text = "".join(chr(ord(each) - _SAFE) if each >= chr(_SAFE) else each for each in text)
    cells, headed = _cells(text)
    parted = " | ".join(cells) if all(map(_NAMED.match, cells[1:])) else ""   # people in columns
    return _Line(parted or one_line(text), bold, bool(heading), bool(bullet), cells, _row(text), headed)


def _row(text: str) -> tuple[str, ...]:
    """The cells of a line in which bars part them, what stands outside the first and the last bar too."""
    bars = text.count("|")
    if not _FEWEST_CELLS <= bars + 1 <= _MOST_CELLS:
        return ()
    cells = tuple(map(one_line, text.split("|")))
    apart = len(_BAR.findall(text)) == bars and max(map(len, cells)) <= _CELL   # and no sentence with a bar in it
    return cells if apart or text[0] == text[-1] == "|" else ()


def _with_rows(lines: Sequence[_Line]) -> Iterator[_Line]:
    """`lines`, those in cells that stand beside another with as many."""
    pairs = [at for at, (one, two) in enumerate(pairwise(lines)) if _is_same_table(one, two)]
    rows = {place for at in pairs for place in (at, at + 1)}
    return (replace(line, cells=line.row) if at in rows else line for at, line in enumerate(lines))


def _is_same_table(one: _Line, two: _Line) -> bool:
    return bool(one.row) and len(one.row) == len(two.row) and not two.gap and one.page == two.page


def _filled(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """`rows` of one length without those, and without the columns, that hold nothing."""
    columns = [at for at, column in enumerate(zip(*rows, strict=True)) if any(column)]
    return tuple(tuple(row[at] for at in columns) for row in rows if any(row))


def _cells(text: str) -> tuple[tuple[str, ...], bool]:
    """The cells of a line in columns, none when it is in one; and whether a label opens the first."""
    pieces = [one_line(piece) for piece in _COLUMN.split(text)]
    headed = len(pieces) > 1 and bool(_OPENS.match(pieces[0]))
    if headed or (len(pieces) > 1 and _NUMBER.match(pieces[0]) and re.search(r"[\d()]", pieces[0])):
        pieces[:2] = [" ".join(pieces[:2])]
    return (tuple(pieces), headed) if 1 < len(pieces) < 9 and max(map(len, pieces)) <= _CELL else ((), headed)


def _without_furniture(pages: Sequence[list[_Line]]) -> Iterator[list[_Line]]:
    """Pages without their numbers, and without lines that come back at the edge of most of them."""
    edges = [{_key(line) for line in (*page[:2], *page[-2:])} for page in pages]
    enough = max(3, len(pages) // 2)
    often = Counter(key for keys in edges for key in keys)
    back = {key for key, count in often.items() if count >= enough}
    for page in pages:
        lines = list(page)
        while lines and (_is_number(lines[0], pages) or (_key(lines[0]) in back and page is not pages[0])):
            lines.pop(0)
        while lines and (_is_number(lines[-1], pages) or _key(lines[-1]) in back):
            lines.pop()
        yield lines


def _is_number(line: _Line, pages: Sequence[list[_Line]]) -> bool:
    own = line.bold and line.text == str(line.page)
    return len(pages) > 1 and (own or not line.bold) and bool(_PAGE.match(line.text))


def _bullets_joined(lines: Iterable[_Line]) -> Iterator[_Line]:
    """A bullet alone on its line belongs to the line after it."""
    alone = False
    for line in lines:
        if line.text in BULLETS:
            alone = True
        else:
            yield replace(line, bullet=True) if alone else line
            alone = False


def _key(line: _Line) -> str:
    return re.sub(r"\d+", "0", "".join(line.text.split()).lower())


def _paragraphs(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    width = _width(lines)
    spaced = _is_spaced(lines, width)
    group: list[_Line] = []
    opened: deque[str] = deque(maxlen=LEVELS)   # how the last paragraphs began
    for line in lines:
        goes_on = group and _continues(group[-1], line, width, spaced)
        if goes_on and not counts_on(map(label_of, opened), line.text):
            group.append(line)
        else:
            if group:
                yield group
            group = [line]
            opened.append(line.text)
    if group:
        yield group


def _width(lines: Sequence[_Line]) -> int:
    """The length of a full printed line; 0 when lines are whole paragraphs."""
    lengths = sorted(len(line.text) for line in lines)
    full = lengths[-max(1, len(lengths) // 20)]
    return full if full <= 160 else 0


def _is_spaced(lines: Sequence[_Line], width: int) -> bool:
    """Whether blank lines stand between the lines of paragraphs: after many full lines the sentence goes on."""
    pairs = [(one, two) for one, two in pairwise(lines) if two.gap]
    full = [(one, two) for one, two in pairs if len(one.text) > width * 0.7 and not (one.bold or one.text.isupper())]
    inside = sum(1 for one, two in full if two.text[:1].islower() and not _ENDS.search(one.text))
    return len(pairs) * 5 > len(lines) * 4 and inside * 4 > len(full)


def _continues(before: _Line, line: _Line, width: int, spaced: bool) -> bool:
    if line.cells or before.cells:
        apart = (line.gap and not spaced) or line.page != before.page or line.headed or before.headed
        return bool(before.cells) and len(line.cells) == len(before.cells) and not apart
    opens = line.bullet or line.heading or line.headed or _is_labelled(before, line)
    if not width or opens or before.heading:
        return False
    if line.page != before.page:
        return _is_open(before, line)
    if (line.gap and not spaced) or _changes(before, line, spaced):
        return False
    if spaced and before.text.isupper() and line.text.isupper() and _is_wide(before, width):
        return not _ENDS.search(before.text) and not line.text.endswith(":")
    return _is_full(before, line, width)


def _changes(before: _Line, line: _Line, spaced: bool) -> bool:
    """Whether bold begins or ends between two lines, and not within a sentence."""
    return before.bold != line.bold and (bool(_ENDS.search(before.text)) or spaced or not _is_open(before, line))


def _is_wide(before: _Line, width: int) -> bool:
    """Whether a line in capitals, which are wide, or of one word set apart, may be only a part of a title."""
    return len(before.text) > width * 0.5 or " " not in before.text


def _is_full(before: _Line, line: _Line, width: int) -> bool:
    """Whether the first word of `line` would not have found room after `before`; letters differ in width."""
    room = width - len(before.text) - len(line.text.split(" ")[0]) - 1
    if _is_open(before, line):
        return room < width * 0.4 or line.text[:1].islower()
    return room < width * (0.03 if _ENDS.search(before.text) else 0.08)


def _is_open(before: _Line, line: _Line) -> bool:
    """Whether the sentence of `before` plainly goes on."""
    return bool(_OPEN.search(before.text)) or (line.text[:1].islower() and not _ENDS.search(before.text))


def _is_labelled(before: _Line, line: _Line) -> bool:
    goes_on = _OPEN.search(before.text) and not _BETWEEN_CLAUSES.search(before.text)
    return bool(LABEL.match(line.text)) and not goes_on


def _is_broken(text: str) -> bool:
    return text.endswith("-") and text[-2:-1].isalnum()


def _block(group: Sequence[_Line], words: Vocabulary) -> Block:
    if len(group) > 1 and group[0].cells:
        return replace(data_table(_filled([line.cells for line in group])), page=group[0].page)
    text = group[0].text
    for line in group[1:]:
        text = words.rejoin(text[:-1], line.text) if _is_broken(text) else f"{text} {line.text}"
    text = one_line(text)
    bold = all(line.bold for line in group)
    capitals = text.isupper() and len(re.sub(r"[^A-Z]", "", text)) > 4
    looks = (bold or capitals) and len(text) <= 200 and text[-1:] not in (".", ";", ",")
    kind = BlockKind.LIST_ITEM if group[0].bullet else BlockKind.PARAGRAPH
    return Block(text, BlockKind.HEADING if group[0].heading or looks else kind, bold=bold, page=group[0].page)
