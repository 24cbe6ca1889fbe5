"""The XML of the web service's replies, which is often not quite XML (moderngov.md 3.2).

What makes a parser stumble is put right before: a wrong encoding, control characters, references to what XML does not
know. Else all that comes after such a place would be read wrongly without a word. No DTD is read, so that there are no
entities; the network is off.
"""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from archive.errors import PageError
from crawler.moderngov.proof import refused
from crawler.source import Page

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]{0,500}(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_OPENS_DOCTYPE = re.compile(r"<!DOCTYPE", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:(?P<known>amp|lt|gt|quot|apos);|#(?P<hex>x)?(?P<number>[0-9a-f]{1,7});)?", re.IGNORECASE)


def read_reply(page: Page, root: str, expected: str, *others: str) -> Element:
    """The element `root` (or one of `others`) of a reply, also within SOAP; all names in lower case.

    Raises `PageError` when there is none, or when the reply breaks off or is broken, and `Blocked` for a bot wall.
    """
    text = _mended(_decoded(page.body))
    tree = _parsed(text)
    if tree is None and any(re.search(rf"<(?:[\w.-]+:)?{name}\b", text, re.IGNORECASE) for name in (root, *others)):
        raise PageError(page.url, expected, "one that is broken or breaks off")
    for element in tree.iter() if tree is not None else ():
        if isinstance(element.tag, str):
            element.tag = _name(element).lower()
    found = None if tree is None or tree.tag == "html" else next(tree.iter(root, *others), None)
    if found is None:
        raise refused(page, expected)
    return found


def _parsed(text: str) -> Element | None:
    """The tree of `text`; `None` when it is no XML, or broken: who read on would lack something unseen."""
    # How large a reply may be is bounded where it is fetched.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _name(element: Element) -> str:
    return str(etree.QName(element).localname)


def _decoded(body: bytes) -> str:
    """The text of a reply: UTF-8 unless it is not, whatever the declaration says."""
    for encoding in ("utf-16", "utf-8-sig") if body[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return body.decode("cp1252", errors="replace")


def _mended(text: str) -> str:
    """`text` without what XML forbids, and every other "&" as the text that it is."""
    plain = _CONTROLS.sub("", _without_doctype(_DECLARATION.sub("", text)))
    return "".join(part if kept else _REFERENCE.sub(_reference, part) for part, kept in _parted(plain))


def _without_doctype(text: str) -> str:
    """Only the first is looked at: of many that do not end each would be searched for its end."""
    opened = _OPENS_DOCTYPE.search(text)
    whole = _DOCTYPE.match(text, opened.start()) if opened else None
    return text[:whole.start()] + text[whole.end():] if whole else text


def _parted(text: str) -> Iterator[tuple[str, bool]]:
    """The stretches of `text`, and whether each is marked as CDATA, in which a "&" is one."""
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0 and (end := text.find("]]>", start)) >= 0:
        yield text[at:start], False
        at = end + 3
        yield text[start:at], True
    yield text[at:], False


def _reference(found: re.Match[str]) -> str:
    if found["known"]:
        return found[0].lower()
    if found["number"] is None:
        return "&amp;"
    try:
        character = chr(int(found["number"], 16 if found["hex"] else 10))
    except (ValueError, OverflowError):     # 1F without an x, or beyond all characters
        return ""
    forbidden = _CONTROLS.match(character) or "\ud800" <= character <= "\udfff"
    return "" if forbidden else f"&#{ord(character)};"
