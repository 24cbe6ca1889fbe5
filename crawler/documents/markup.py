"""HTML as a tree of lxml's elements, whatever was sent: decoded, mended, and in bounds.

Text is not lost to bad markup: what is nested deeper than any browser goes stands beside its parent, as it does there.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from bs4.dammit import EncodingDetector
from lxml import etree
from lxml.etree import _Element as Element

from archive.errors import UnreadableFile
from crawler.blocks import one_line

MOST_TAGS: Final = 250_000          # of one page; the largest seen have a tenth of it
MOST_PARAGRAPHS: Final = 40_000     # and cells, and links; the longest minutes have three thousand
_DEEPEST: Final = 500               # Chromium stops at 512
_TEXTLESS: Final = frozenset({"script", "style", "template"})
_XML_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CONTROL_REFERENCES: Final = re.compile(    # the same controls as numbers
    r"&#(?:0{0,9}(?:[1-8]|1[124-9]|2[0-9]|3[01]|6553[45])(?![0-9])|x0{0,9}(?:[1-8bcef]|1[0-9a-f]|fff[ef])(?![0-9a-f]));?",
    re.IGNORECASE,
)
_ODD_NAME: Final = re.compile(rb"<[A-Za-z][A-Za-z0-9]*[^A-Za-z0-9\s/>]")
_OPENS_PARAGRAPH: Final = re.compile(rb"(?:<|&lt;)(?:a|p|br|li|tr|td|th|div|dd|dt|h[1-6]|pre)\b", re.IGNORECASE)


def parse(html: str | bytes) -> Element:
    """The root of `html`, without comments, scripts and styles. Raises `UnreadableFile` when it is `too_much`."""
    text = _XML_DECLARATION.sub("", html) if isinstance(html, str) else decoded(html)
    text = _without_controls(text.replace("\0", ""))
    source = (text if "<" in text else f"<p>{text}</p>").encode("utf-8", "replace")
    if found := too_much(source):
        raise UnreadableFile(f"HTML {found}: no minutes are as long")
    tree = _tree(source)
    return _in_bounds(source) if tree is None else tree


def _tree(source: bytes) -> Element | None:
    """The tree as lxml builds it; `None` when it builds none, or one that is too deep."""
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError:
        return None
    if root is None or _is_deep(source, root):
        return None
    etree.strip_elements(root, *_TEXTLESS, with_tail=False)
    if _ODD_NAME.search(source):
        for element in root.iter():
            if not _is_name(str(element.tag)):
                element.tag = "span"    # as browsers take "o:p"
    return root


def _is_deep(source: bytes, root: Element) -> bool:
    if source.count(b"<") - source.count(b"</") <= _DEEPEST - 2:    # of its own it has <html> and <body>
        return False
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False


def _in_bounds(source: bytes) -> Element:
    """The tree built event by event, what is too deep beside its parent."""
    builder = _Builder()
    target: Any = builder    # without a method for comments, which the types demand and lxml does not
    parser = etree.HTMLParser(encoding="utf-8", target=target, recover=True, no_network=True, huge_tree=True)
    try:
        etree.fromstring(source, parser)
    except etree.XMLSyntaxError:   # nothing in it, or no more: what was read stands
        builder.close()
    return builder.root


def too_much(source: bytes) -> str | None:
    """What there is more of in a page, or in a reply with pages in it, than can be read in time; `None`: all is well.

    Counted before anything is built of it.
    """
    tags = source.count(b"<") + source.count(b"&lt;")
    if tags > MOST_TAGS:
        return f"of {tags:,} tags"
    if tags - source.count(b"</") - source.count(b"&lt;/") <= MOST_PARAGRAPHS:
        return None
    paragraphs = sum(1 for _ in _OPENS_PARAGRAPH.finditer(source))    # none is kept: there may be millions
    return f"of {paragraphs:,} paragraphs, cells and links" if paragraphs > MOST_PARAGRAPHS else None


class _Builder:
    """What lxml's parser hands its events to."""

    def __init__(self) -> None:
        self._tree = etree.TreeBuilder()
        self._open: list[str | None] = []   # of each open tag its name; `None`: a deeper one stands in its place
        self._depth = 0
        self._unseen = 0                    # open tags whose text is none
        self.root = etree.Element("html")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._unseen or tag in _TEXTLESS:
            self._unseen += 1
            return
        if self._depth == _DEEPEST:
            self.end(tag)
            self._open.append(None)
        name = tag if _is_name(tag) else "span"   # as browsers take "o:p"
        self._tree.start(name, {key: _CONTROLS.sub(" ", value) for key, value in attributes.items() if _is_name(key)})
        self._open.append(name)
        self._depth += 1

    def end(self, _tag: str) -> None:
        if self._unseen:
            self._unseen -= 1
        elif self._open and (name := self._open.pop()) is not None:
            self._tree.end(name)
            self._depth -= 1

    def data(self, text: str) -> None:
        if not self._unseen:
            self._tree.data(_CONTROLS.sub(" ", text))

    def close(self) -> None:
        while self._open:
            self.end("")
        try:
            self.root = self._tree.close()
        except AssertionError:   # it had no tag at all, or was closed before
            return


@lru_cache(maxsize=512)
def _is_name(name: str) -> bool:
    return name.isidentifier() and name.isascii()


def _without_controls(text: str) -> str:
    plain = _CONTROLS.sub(" ", text)
    return _CONTROL_REFERENCES.sub(" ", plain) if "&#" in plain else plain


def decoded(html: bytes) -> str:
    """`html` as text: by its byte order mark, as UTF-8, as declared, else by the code page of Western Windows.

    Without a declaration of XML, by which parsers of HTML suspect that they are not meant.
    """
    return _XML_DECLARATION.sub("", _as_text(html))


def _as_text(html: bytes) -> str:
    if html.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return html.decode("utf-16", errors="replace")
    try:
        return html.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = EncodingDetector.find_declared_encoding(html, is_html=True) or "cp1252"
        if declared.lower() in ("idna", "punycode"):    # of names of hosts: they take for ever
            declared = "cp1252"
    for encoding in (declared, "cp1252"):
        try:
            return html.decode(encoding)
        except (ValueError, LookupError):   # wrong, or no encoding that there is
            continue
    return html.decode("cp1252", errors="replace")


def all_text(element: Element, most: int | None = None) -> str:
    """All text of `element` on one line, a space wherever a tag stands, also what a browser would not show.

    With `most` only that at the start: of about so many characters and half as many tags, for elements nested in each
    other may all be asked for theirs.
    """
    if most is None:
        return one_line(" ".join(map(str, element.itertext())))
    pieces: list[str] = []
    for event, node in islice(etree.iterwalk(element, events=("start", "end")), most):
        piece = node.text if event == "start" else node.tail if node is not element else None
        if piece:
            pieces.append(str(piece)[:most])
            most -= len(piece)
            if most <= 0:
                break
    return one_line(" ".join(pieces))


def classes(element: Element) -> list[str]:
    """The classes of `element`."""
    return (element.get("class") or "").split()


def has_class(element: Element, *names: str) -> bool:
    """Whether `element` has one of the classes `names`."""
    given = element.get("class")
    return given is not None and not set(names).isdisjoint(given.split())


def links_in(element: Element) -> Iterator[Element]:
    """The links in `element`, in order."""
    return (link for link in element.iterdescendants("a") if link.get("href") is not None)


def ancestor(element: Element, *names: str) -> Element | None:
    """The nearest element around `element` of one of these `names`."""
    return next(element.iterancestors(*names), None)
