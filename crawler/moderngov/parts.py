"""A page's middle as labelled parts: what stands under "Decision:", "Minutes:", "Supporting documents:" and the rest.

By the labels' words and the structure, not by classes alone. Within a body that came from Word nothing is a label.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import NamedTuple

from bs4 import Tag
from bs4.element import NavigableString

from archive import ids
from archive.model import CouncilId, Document
from crawler.blocks import Block, BlockKind, one_line
from crawler.documents.text import html_blocks, plain_text
from crawler.minutes.titles import clean_title
from crawler.moderngov.labels import EXEMPT, Section, section_of
from crawler.moderngov.urls import absolute, document_key

_BODY_CLASSES = frozenset({"mgWordPara", "WordSection1", "Section1"})
_WRAPPERS = frozenset({"div", "section", "article", "main", "body", "html", "form", "center", "span", "font"})
_ATOMS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre"})
_SKIPPED_CLASSES = frozenset({"mgLinks", "mgActionList", "mgFooter", "mgHeader", "mgSubTitle"})
_FULL_TEXT = re.compile(r"\W*(?:view|read|see) the full\b.{0,80}\Z", re.IGNORECASE)
_KINDS = {"0": "agenda", "1": "minutes", "2": "decisions", "9": "supplement", "10": "reports pack"}


@dataclass(slots=True)
class Part:
    """What stands under one label: its blocks, and its elements for the links in them."""

    section: Section
    label: str = ""
    blocks: list[Block] = field(default_factory=list)
    elements: list[Tag] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it on one line."""
        return " ".join(block.text for block in self.blocks)


def parts_of(elements: Iterable[Tag | NavigableString]) -> tuple[Part, ...]:
    """The labelled parts of a run of elements; what comes before any label is the agenda's text."""
    parts = [Part(Section.AGENDA)]
    for element in elements:
        labelled = _labelled(element)
        if labelled is None:
            _add(parts[-1], element)
        else:
            parts.append(Part(labelled.section, labelled.label))
            _add(parts[-1], labelled.rest)
    return tuple(parts)


def _add(part: Part, element: Tag | NavigableString | None) -> None:
    if isinstance(element, Tag):
        part.elements.append(element)
        part.blocks.extend(block for block in html_blocks(element) if not _FULL_TEXT.match(block.text))
    elif element is not None and (text := one_line(str(element))):
        part.blocks.append(Block(text))


def blocks_under(parts: Sequence[Part], *sections: Section) -> tuple[Block, ...]:
    """All blocks of the parts that are one of `sections`, in printed order."""
    return tuple(block for part in parts if part.section in sections for block in part.blocks)


def decided(parts: Sequence[Part]) -> tuple[Block, ...]:
    """The blocks of a decision, its reasons and the options considered under their own headings."""
    blocks: list[Block] = []
    for part in parts:
        if part.section in (Section.REASONS, Section.OPTIONS) and part.blocks:
            blocks.append(Block(part.label.rstrip(" :"), BlockKind.HEADING))
        if part.section in (Section.DECISION, Section.REASONS, Section.OPTIONS):
            blocks.extend(part.blocks)
    return tuple(blocks)


def flow(container: Tag) -> Iterator[Tag | NavigableString]:
    """The elements of `container` in order, wrappers opened, navigation left out; a Word body is one element."""
    opened = _around_atoms(container)
    waiting = list(reversed(container.contents))
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            if _SKIPPED_CLASSES.intersection(node.get_attribute_list("class")) or _is_navigation(node):
                continue
            if node.name in _WRAPPERS and id(node) in opened and not is_body(node):
                waiting.extend(reversed(node.contents))
            else:
                yield node
        elif type(node) is NavigableString and node.strip():
            yield node


def _is_navigation(tag: Tag) -> bool:
    """Whether `tag` is a menu of the site around the page: a list of nothing but links, and none to a document."""
    if tag.name == "nav" or tag.get("role") == "navigation":
        return True
    links = tag.find_all("a", href=True) if tag.name in ("ul", "ol") and not tag.find_parent(is_body) else []
    if not links or any(re.search(r"documents/|mgConvert", str(link["href"]), re.IGNORECASE) for link in links):
        return False
    return one_line(tag.get_text(" ")) == one_line(" ".join(link.get_text(" ") for link in links))


def is_body(tag: Tag) -> bool:
    """Whether `tag` holds text that came from Word."""
    return bool(_BODY_CLASSES.intersection(tag.get_attribute_list("class")))


def _around_atoms(container: Tag) -> frozenset[int]:
    """Which elements of `container`, by identity, hold paragraphs, lists or Word bodies of their own."""
    found: set[int] = set()
    for atom in container.find_all(lambda tag: tag.name in _ATOMS or is_body(tag)):
        for parent in atom.parents:
            if id(parent) in found or parent is container:
                break
            found.add(id(parent))
    return frozenset(found)


class _Labelled(NamedTuple):
    """What an element opens: the section, its label as printed, and what stands on the same line after it."""

    section: Section
    label: str
    rest: Tag | None = None


def _labelled(element: Tag | NavigableString) -> _Labelled | None:
    if not isinstance(element, Tag) or element.name in ("ul", "ol", "table") or is_body(element):
        return None
    text = one_line(element.get_text(" "))
    if (section := section_of(text)) is not None:
        return _Labelled(section, text)
    first = next((child for child in element.children if not isinstance(child, NavigableString) or child.strip()), None)
    if not isinstance(first, Tag) or first.name not in ("span", "strong", "b", "label", "em", "u"):
        return None
    label = one_line(first.get_text(" "))
    section = section_of(label) or (Section.OTHER if _is_label(first) else None)
    if section is None or not (label.endswith(":") or text[len(label):].lstrip().startswith(":") or _is_label(first)):
        return None
    rest = copy(element)   # so that the page's own tree stays whole
    if isinstance(label_again := rest.find(first.name), Tag):
        label_again.decompose()
    return _Labelled(section, label, rest)


def _is_label(tag: Tag) -> bool:
    return "mgLabel" in tag.get_attribute_list("class")


def documents_of(elements: Iterable[Tag], page: str, council: CouncilId | None) -> Iterator[Document]:
    """The documents that `elements` of the page at `page` link to; one named without a link is restricted."""
    for element in elements:
        for entry in element.find_all("li") or [element]:
            links = [entry] if entry.name == "a" else list(entry.find_all("a", href=True))
            found = [document for link in links if (document := document_of(link, page, council))]
            yield from found
            if not links and entry.name == "li" and (title := clean_title(plain_text(entry))):
                yield Document(None, title, restricted=True)


def document_of(link: Tag, page: str, council: CouncilId | None) -> Document | None:
    """The document that `link` leads to; `None` when it leads elsewhere."""
    url = absolute(page, str(link.get("href", "")))
    key = document_key(url) if url else document_key(str(link.get("href", "")))
    title = clean_title(plain_text(link))
    if key is None or not title:
        return None
    kind = _KINDS.get(key.rendition or "") if key.letter == "g" else "supplement" if key.letter == "b" else None
    return Document(ids.document_id(council, key.local), title, url, kind, bool(EXEMPT.search(title)))
