"""HTML to blocks: what Word's HTML says of paragraphs, lists, headings and tables (moderngov.md 2.10 and 2.11).

The tree is walked once and without recursion: nesting has no limit but memory. What a browser does not show (scripts,
styles, hidden elements, icons and file sizes of links) is dropped; a typed "<script>" is text like any other.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EncodingDetector
from bs4.element import PageElement, PreformattedString

from crawler.blocks import Block, BlockKind, one_line
from crawler.documents.cells import Row, table_blocks
from crawler.numbers import typed

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_UNSEEN = frozenset((
    "applet", "audio", "button", "canvas", "embed", "head", "iframe", "img", "input", "link", "map", "meta",
    "noscript", "object", "option", "script", "select", "style", "svg", "template", "textarea", "title", "video",
))  # fmt: skip
_UNSEEN_CLASSES = frozenset({"mgFileSize", "mgHide"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_GLYPH = re.compile(
    "[\\s\xa0]*(?:[·•‣⁃▪▫●○◦◾◼■□❖➢➔→✓✔\uf000-\uf0ff]+|[ØŸ](?=[\\s\xa0])|§(?=[\\s\xa0](?![0-9]))|[-–—](?=[\\s\xa0])|"
    "o(?=\xa0|[\\s\xa0]{2}))[\\s\xa0]*"
)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_LEVEL = re.compile(r"mso-list:[^;]{0,40}level([0-9])")
_LABEL_STYLES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_LIST_STYLE = re.compile(r"list-style(?:-type)?:[^;]{0,40}?((?:lower|upper)-(?:alpha|latin|roman)|decimal|none)")
_BOLD = re.compile(r"font-weight:(?:bold|[6-9]00)")
_SYMBOL_FONT = re.compile(r"font-family:[^;]{0,20}(?:symbol|wingdings|webdings)")
_SPACES = re.compile("[\t\r\n\f]+")
_WITHIN = re.compile(r"\b(?:a|an|and|at|by|for|from|held|in|of|on|or|than|that|the|to|with|y|a'r|i)\Z")
_SENTENCE_END = (".", ":", ";", "!", "?", "”", '"')


def parse(html: str | bytes) -> BeautifulSoup:
    """The tree of `html`, by lxml."""
    text = _XML_DECLARATION.sub("", html if isinstance(html, str) else decoded(html))   # with it, XML is suspected
    return BeautifulSoup(text if "<" in text else f"<p>{text}</p>", "lxml")


def decoded(html: bytes) -> str:
    """`html` as text: by its byte order mark, as UTF-8, as declared, else by the code page of Western Windows."""
    if html.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return html.decode("utf-16", errors="replace")
    declared = EncodingDetector.find_declared_encoding(html, is_html=True) or "cp1252"
    for encoding in ("utf-8-sig", declared, "cp1252"):
        try:
            return html.decode(encoding)
        except (UnicodeDecodeError, LookupError):   # wrong, or no encoding that there is
            continue
    return html.decode("cp1252", errors="replace")


def html_blocks(html: str | bytes | Tag) -> tuple[Block, ...]:
    """The blocks of `html` (a document, a fragment, or an element of a tree already parsed) in printed order."""
    root = html if isinstance(html, Tag) else parse(html)
    reader = _Reader()
    for entering, node in _walk(root):
        if isinstance(node, Tag):
            (reader.enter if entering else reader.leave)(node)
        else:
            reader.add(str(node))
    return reader.finish()


def plain_text(element: Tag) -> str:
    """All that `element` shows, on one line; blocks in it are parted by spaces."""
    return " ".join(block.text for block in html_blocks(element))


def _walk(root: Tag) -> Iterator[tuple[bool, PageElement]]:
    """Every visible node under `root`, tags twice: entering and leaving."""
    yield True, root
    open_tags: list[tuple[Tag, Iterator[PageElement]]] = [(root, iter(root.contents))]
    while open_tags:
        tag, children = open_tags[-1]
        for child in children:
            if isinstance(child, Tag):
                if not _unseen(child):
                    yield True, child
                    open_tags.append((child, iter(child.contents)))
                    break
            elif not isinstance(child, PreformattedString):   # comments, declarations
                yield True, child
        else:
            open_tags.pop()
            yield False, tag


def _unseen(tag: Tag) -> bool:
    if tag.name in _UNSEEN or _UNSEEN_CLASSES.intersection(tag.get_attribute_list("class")):
        return True
    style = _style(tag)
    return "display:none" in style or "mso-hide:all" in style


def _style(tag: Tag) -> str:
    style = tag.get("style")
    return re.sub(r"\s", "", style).lower() if isinstance(style, str) else ""


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


def _look(tag: Tag, outer: _Look) -> _Look:
    style, name = _style(tag), tag.name
    language = tag.get("lang")
    return _Look(
        bold="font-weight:normal" not in style
        and (outer.bold or name in ("b", "strong", "th") or bool(_BOLD.search(style))),
        underlined=outer.underlined or name == "u" or "text-decoration:underline" in style,
        centred="text-align:left" not in style
        and (outer.centred or name == "center" or "text-align:center" in style or tag.get("align") == "center"),
        heading=outer.heading or name in _HEADINGS,
        symbol=outer.symbol or bool(_SYMBOL_FONT.search(style)),
        marker=outer.marker or "mso-list:ignore" in style,
        preformatted=outer.preformatted or name == "pre",
        language=_welsh(language) if isinstance(language, str) else outer.language,
    )


def _welsh(language: str) -> str | None:
    return "cy" if language.lower().split("-")[0] == "cy" else None


@dataclass(slots=True)
class _List:
    """A list under way: how its items are labelled (CSS's name; `None`: bullets), and the number of its next item."""

    style: str | None
    next: int = 1


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
        self._lists: list[_List] = []
        self._tables: list[_Table] = []
        self._pieces: list[tuple[str, _Look]] = []
        self._marker: list[str] = []
        self._label: str | None = None
        self._in_item = False     # the next block opens a list item
        self._level = 0

    def enter(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self._pieces.append(("\n", self._looks[-1]))
        elif name in _BLOCKS:
            self._flush()
            self._open(tag)
        self._looks.append(_look(tag, self._looks[-1]))

    def leave(self, tag: Tag) -> None:
        self._looks.pop()
        if tag.name in _BLOCKS:
            self._flush()
            self._close(tag.name)

    def add(self, text: str) -> None:
        look = self._looks[-1]
        if look.marker:
            self._marker.append(text)
            return
        if not look.preformatted:
            text = _SPACES.sub(" ", text)
        if look.symbol and len(text.strip()) in (1, 2) and not self._has_text():
            text = "\uf0b7"
        self._pieces.append((text, look))

    def finish(self) -> tuple[Block, ...]:
        self._flush()
        while self._tables:
            self._close_table()
        return tuple(self._blocks)

    def _has_text(self) -> bool:
        return any(text.strip() for text, _ in self._pieces)

    def _open(self, tag: Tag) -> None:
        name = tag.name
        if name in ("ol", "ul"):
            self._lists.append(_list(tag))
        elif name == "li":
            self._open_item(tag)
        elif name == "table":
            self._tables.append(_Table())
        elif name in ("td", "th") and self._tables:
            self._tables[-1].span = _number(tag.get("colspan"), 1)
        elif level := _LEVEL.search(_style(tag)):
            self._level = int(level[1]) - 1

    def _open_item(self, tag: Tag) -> None:
        listed = self._lists[-1] if self._lists else _List(None)
        number = _number(tag.get("value"), listed.next)
        listed.next = number + 1
        self._label = label(number, listed.style) if listed.style else None
        self._in_item = True

    def _close(self, name: str) -> None:
        self._level = 0
        if name in ("ol", "ul") and self._lists:
            self._lists.pop()
        elif name == "li":
            self._label, self._in_item = None, False
        elif not self._tables:
            return
        elif name == "table":
            self._close_table()
        elif name in ("td", "th"):
            self._tables[-1].close_cell()
        elif name == "tr":
            self._tables[-1].close_row()

    def _close_table(self) -> None:
        table = self._tables.pop()
        table.close_cell()
        table.close_row()
        self._emit(table_blocks(table.rows))

    def _emit(self, blocks: Iterable[Block]) -> None:
        (self._tables[-1].blocks if self._tables else self._blocks).extend(blocks)

    def _flush(self) -> None:
        pieces, self._pieces = self._pieces, []
        marker, self._marker = one_line("".join(self._marker)), []
        lines = _lines("".join(text for text, _ in pieces))
        if not lines:
            return
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
        return (None if _GLYPH.match(marker + "\xa0\xa0") or len(marker) > 12 else marker), True


def _list(tag: Tag) -> _List:
    if tag.name == "ul":
        return _List(None)
    named = _LIST_STYLE.search(_style(tag))
    kind = tag.get("type")
    style = named[1].replace("latin", "alpha") if named else _LABEL_STYLES.get(str(kind), "decimal")
    return _List(None if style == "none" else style, _number(tag.get("start"), 1))


def _number(value: object, otherwise: int) -> int:
    plain = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 6
    return int(str(value)) if plain else otherwise


def label(number: int, style: str) -> str:
    """The label that a browser shows for the item `number` of a list of `style` (CSS's name for it), without dot."""
    kind = style.partition("-")[2]
    if kind == "roman" and 0 < number < 40:
        text = "x" * (number // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
    elif kind == "alpha" and number > 0:
        text = chr(97 + (number - 1) % 26) * (1 + (number - 1) // 26)
    else:
        return str(number)
    return text.upper() if style.startswith("upper") else text


def _lines(raw: str) -> list[str]:
    """The lines of a block's text that line breaks really part; lines that a sentence runs through are joined."""
    joined: list[str] = []
    broken = True
    for line in raw.split("\n"):
        if not line.strip(" \xa0\t"):
            broken = True
        elif not broken and joined and _runs_on(joined[-1], line.strip()):
            joined[-1] += " " + line
        else:
            joined.append(line)
            broken = False
    return joined


def _runs_on(before: str, after: str) -> bool:
    """Whether a line break between these lies within a sentence."""
    before = before.rstrip()
    if before.endswith(_SENTENCE_END) or _GLYPH.match(after):
        return False
    if after[0].islower() or before.endswith(",") or _WITHIN.search(before):
        return True
    return len(before) > 60 and typed(one_line(after)) is None


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
