"""HTML to blocks: what Word's HTML says of paragraphs, lists, headings and tables (moderngov.md 2.10 and 2.11).

The tree is walked once and without recursion: nesting has no limit but memory. What a browser does not show (scripts,
styles, hidden elements, icons and file sizes of links) is dropped; a typed "<script>" is text like any other.
"""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from crawler.blocks import Block, BlockKind, one_line
from crawler.documents.cells import Row, table_blocks
from crawler.documents.labels import LEVELS, counts_on, label_of
from crawler.documents.markup import has_class, parse
from crawler.documents.numbering import List, label, list_of, list_style, number_in, style_of
from crawler.numbers import typed

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_UNSEEN = frozenset((
    "applet", "audio", "button", "canvas", "del", "embed", "head", "iframe", "img", "input", "link", "map", "meta",
    "noscript", "object", "option", "script", "select", "style", "svg", "template", "textarea", "title", "video",
))  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SHAPING = _HEADINGS | {"b", "center", "pre", "strong", "th", "u"}   # by their names alone
_DEEPEST_TABLE = 8    # the cells of a table in more tables than that are text of the one around it
_GLYPH = re.compile(
    "[\\s\xa0]*(?:[·•‣⁃▪▫●○◦◾◼■□❖➢➔→✓✔\uf000-\uf0ff]+|[ØŸ](?=[\\s\xa0])|§(?=[\\s\xa0](?![0-9]))|[-–—‐‑](?=[\\s\xa0])|"
    "o(?=\xa0|[\\s\xa0]{2})|[üàèqv*~](?=\xa0[\\s\xa0]|[\\s\xa0]{2}))[\\s\xa0]*"    # letters: of fonts of pictures

)
_LEVEL = re.compile(r"mso-list:[^;]{0,40}level([0-9])")
_BOLD = re.compile(r"font-weight:(?:bold|[6-9]00)")
_SYMBOL_FONT = re.compile(r"font-family:[^;]{0,20}(?:symbol|wingdings|webdings)")
_SPACES = re.compile("[\t\r\n\f]+")
_WITHIN = re.compile(r"\b(?:a|an|and|at|by|for|from|held|in|of|on|or|than|that|the|to|with|y|a'r|i)\Z")
_LONGEST_MARKER = 12    # characters of a number that Word makes
_TOLD_BY = 100    # characters at the end of a line that tell whether the next one goes on with it
_LIST_LINKS = re.compile(r"[;,:.]? ?\b(?:and|or|a|ac|neu)\Z")
_SENTENCE_END = (".", ":", ";", "!", "?", "”", '"')


def html_blocks(html: str | bytes | Element, without: Element | None = None) -> tuple[Block, ...]:
    """The blocks of `html` (a document, a fragment, or an element of a tree already parsed) in printed order.

    What is in the element `without` is left out. Raises `UnreadableFile` when there is too much in it (`parse`).
    """
    root = html if isinstance(html, Element) else parse(html)
    reader = _Reader()
    hidden: Element | None = None
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, node in walker:
        if event == "start":
            if node is not root and (node is without or _unseen(node)):
                hidden = node
                walker.skip_subtree()   # of it only its end comes
                continue
            reader.enter(node)
            reader.add(node.text)
        elif node is not root:
            if node is not hidden:
                reader.leave(node)
            reader.add(node.tail)
    reader.leave(root)
    return reader.finish()


def plain_text(element: Element) -> str:
    """All that `element` shows, on one line; blocks in it are parted by spaces."""
    return " ".join(block.text for block in html_blocks(element))


def _unseen(tag: Element) -> bool:
    if tag.tag in _UNSEEN or has_class(tag, "mgFileSize", "mgHide"):
        return True
    style = style_of(tag)
    return bool(style) and ("display:none" in style or "mso-hide:all" in style)


class _Look(NamedTuple):
    """How text looks at this depth of the tree."""

    bold: bool = False
    underlined: bool = False
    centred: bool = False
    heading: bool = False
    symbol: bool = False      # a font of pictures, in which letters are bullets
    marker: bool = False      # Word's own list number, kept apart from the text
    preformatted: bool = False
    language: str | None = None


def _look(tag: Element, outer: _Look) -> _Look:
    if not tag.attrib and tag.tag not in _SHAPING:
        return outer
    return _inner_look(str(tag.tag), style_of(tag), tag.get("align") == "center", tag.get("lang"), outer)


@lru_cache(maxsize=2048)
def _inner_look(name: str, style: str, centred: bool, language: str | None, outer: _Look) -> _Look:
    return _Look(
        bold="font-weight:normal" not in style
        and (outer.bold or name in ("b", "strong", "th") or bool(_BOLD.search(style))),
        underlined=outer.underlined or name == "u" or "text-decoration:underline" in style,
        centred="text-align:left" not in style
        and (outer.centred or name == "center" or "text-align:center" in style or centred),
        heading=outer.heading or name in _HEADINGS,
        symbol=outer.symbol or bool(_SYMBOL_FONT.search(style)),
        marker=outer.marker or "mso-list:ignore" in style,
        preformatted=outer.preformatted or name == "pre",
        language=outer.language if language is None else _welsh(language),
    )


def _welsh(language: str) -> str | None:
    return "cy" if language[:3].lower() in ("cy", "cy-") else None


@dataclass(slots=True)
class _Table:
    """A table under way: its finished rows, the cells of the row under way, the blocks of the cell under way."""

    rows: list[Row] = field(default_factory=list)
    cells: list[tuple[Block, ...]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    span: int = 1

    def close_cell(self) -> None:
        if self.blocks or self.span:
            self.cells.append(tuple(self.blocks))
            self.cells.extend(() for _ in range(min(self.span, 20) - 1))
        self.blocks, self.span = [], 0

    def close_row(self) -> None:
        self.close_cell()
        if self.cells:
            self.rows.append(tuple(self.cells))
        self.cells = []


class _Reader:
    """Gathers blocks while the tree is walked; inside a table they go into its cells."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._looks: list[_Look] = [_Look()]
        self._lists: list[List] = []
        self._tables: list[_Table] = []
        self._too_deep = 0        # open tables that are too deep for one of their own
        self._pieces: list[tuple[str, _Look]] = []
        self._has_text = False    # whether any piece shows something
        self._marker: list[str] = []
        self._label: str | None = None
        self._in_item = False     # the next block opens a list item
        self._level = 0

    def enter(self, tag: Element) -> None:
        name = str(tag.tag)
        if name == "br":
            self._pieces.append(("\n", self._looks[-1]))
        elif name in _BLOCKS:
            self._flush()
            self._open(tag)
        self._looks.append(_look(tag, self._looks[-1]))

    def leave(self, tag: Element) -> None:
        self._looks.pop()
        name = str(tag.tag)
        if name in _BLOCKS:
            self._flush()
            self._close(name)

    def add(self, text: str | None) -> None:
        if not text:
            return
        look = self._looks[-1]
        if look.marker:
            self._marker.append(text)
            return
        if not look.preformatted:
            text = _SPACES.sub(" ", text)
        if look.symbol and len(text.strip()) in (1, 2) and not self._has_text:
            text = "\uf0b7"
        self._has_text = self._has_text or not text.isspace()
        self._pieces.append((text, look))

    def finish(self) -> tuple[Block, ...]:
        self._flush()
        while self._tables:
            self._close_table()
        return tuple(self._blocks)

    def _open(self, tag: Element) -> None:
        name = str(tag.tag)
        if name in ("ol", "ul"):
            self._lists.append(list_of(tag))
        elif name == "li":
            self._open_item(tag)
        elif name == "table" and len(self._tables) == _DEEPEST_TABLE:
            self._too_deep += 1
        elif name == "table":
            self._tables.append(_Table())
        elif name in ("td", "th") and self._tables:
            self._tables[-1].span = number_in(tag.get("colspan"), 1)
        elif level := _LEVEL.search(style_of(tag)):
            self._level = int(level[1]) - 1

    def _open_item(self, tag: Element) -> None:
        listed = self._lists[-1] if self._lists else List(None)
        number = number_in(tag.get("value"), listed.next)
        listed.next = number + listed.step
        style = list_style(tag, listed.style)
        self._label = label(number, style) if style else None
        self._in_item = True

    def _close(self, name: str) -> None:
        self._level = 0
        if name in ("ol", "ul") and self._lists:
            self._lists.pop()
        elif name == "li":
            self._keep_alone(f"{self._label}." if self._in_item and self._label else None)
            self._label, self._in_item = None, False
        elif not self._tables:
            return
        elif name == "table" and self._too_deep:
            self._too_deep -= 1
        elif name == "table":
            self._close_table()
        elif name in ("td", "th"):
            self._tables[-1].close_cell()
        elif name == "tr":
            self._tables[-1].close_row()

    def _keep_alone(self, number: str | None) -> None:
        """A cell that holds nothing but the number of an empty list item, as Word numbers rows, shows that number."""
        if number and self._tables and not self._tables[-1].blocks:
            self._emit((Block(number),))

    def _close_table(self) -> None:
        table = self._tables.pop()
        table.close_cell()
        table.close_row()
        self._emit(table_blocks(table.rows))

    def _emit(self, blocks: Iterable[Block]) -> None:
        (self._tables[-1].blocks if self._tables else self._blocks).extend(blocks)

    def _flush(self) -> None:
        if not self._pieces and not self._marker:
            return
        pieces, self._pieces, self._has_text = self._pieces, [], False
        marker, self._marker = one_line("".join(self._marker)), []
        lines = _lines("".join(text for text, _ in pieces))
        if not lines:
            self._keep_alone(None if _is_bullet(marker) else marker)
            return
        if len(marker) > _LONGEST_MARKER:   # a label in words: "Recommendation 1:"
            lines[0], marker = f"{marker} {lines[0]}", ""
        label, is_item = self._take_label(marker)
        glyph = _GLYPH.match(lines[0])
        if glyph:
            lines[0] = lines[0][glyph.end():]
        shape = _shape([look for text, look in pieces if text.strip()])
        first = Block(
            one_line(lines[0]),
            BlockKind.LIST_ITEM if is_item or glyph else BlockKind.PARAGRAPH,
            label,
            self._level or max(0, len(self._lists) - 1),
            shape.bold,
            language=shape.language,
        )
        rest = [replace(first, text=one_line(line), kind=BlockKind.PARAGRAPH, label=None) for line in lines[1:]]
        self._emit(_with_kind(block, shape) for block in (first, *rest) if block.text)

    def _take_label(self, marker: str) -> tuple[str | None, bool]:
        label, self._label = self._label, None
        is_item, self._in_item = self._in_item, False
        if not marker:
            return label, is_item
        return (None if _is_bullet(marker) else marker), True


def _is_bullet(marker: str) -> bool:
    return bool(_GLYPH.match(marker + "\xa0\xa0"))


def _lines(raw: str) -> list[str]:
    """The lines of a block's text that line breaks really part; lines that a sentence runs through are joined."""
    joined: list[list[str]] = []
    last = ""    # the end of the line under way
    opened: deque[str] = deque(maxlen=LEVELS)   # how the last ones began
    for line in raw.split("\n"):
        said = line.strip()
        if not said:
            last = ""
        elif last and _runs_on(last, said) and not counts_on(map(label_of, opened), said):
            joined[-1].append(line)
            last = f"{last} {said}"[-_TOLD_BY:]
        else:
            joined.append([line])
            last = said[-_TOLD_BY:]
            opened.append(said[:_TOLD_BY])
    return [" ".join(lines) for lines in joined]


def _runs_on(before: str, after: str) -> bool:
    """Whether a line break between these lies within a sentence."""
    if before.endswith(_SENTENCE_END) or _GLYPH.match(after) or _is_next_clause(before, after):
        return False
    if after[0].islower() or before.endswith(",") or _WITHIN.search(before):
        return True
    return len(before) > 60 and typed(one_line(after)) is None


def _is_next_clause(before: str, after: str) -> bool:
    """Whether a line begins with a label after one that ends as a clause does: "...; and", "..., or"."""
    linked = _LIST_LINKS.search(before)
    if linked is None or linked[0][0] not in ";,":
        return False
    found = typed(one_line(after))
    return found is not None and found.certain


def typed_block(line: str) -> Block:
    """A line of plain text as a block, a bullet typed before it left out."""
    glyph = _GLYPH.match(line)
    if glyph is None or not (text := one_line(line[glyph.end():])):
        return Block(one_line(line))
    return Block(text, BlockKind.LIST_ITEM)


def _shape(looks: list[_Look]) -> _Look:
    """What all of a block's text has in common."""
    return _Look(
        bold=all(look.bold for look in looks),
        underlined=all(look.underlined for look in looks),
        centred=all(look.centred for look in looks),
        heading=any(look.heading for look in looks),
        language=looks[0].language if looks else None,
    )


def _with_kind(block: Block, shape: _Look) -> Block:
    if block.kind is BlockKind.PARAGRAPH and _is_heading(block.text, shape):
        return replace(block, kind=BlockKind.HEADING)
    return block


def _is_heading(text: str, shape: _Look) -> bool:
    if shape.heading:
        return True
    if len(text) > 150 or text.endswith((".", ";", ",")):
        return False
    return shape.bold or shape.underlined or shape.centred or _is_capitals(text)


def _is_capitals(text: str) -> bool:
    return text.isupper() and len(text) >= 5 and sum(map(str.isalpha, text)) * 2 > len(text)
