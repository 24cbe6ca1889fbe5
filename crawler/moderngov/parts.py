"""A page's middle as labelled parts: what stands under "Decision:", "Minutes:", "Supporting documents:" and the rest.

By the labels' words and the structure, not by classes alone. Within a body that came from Word nothing is a label.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from archive import ids
from archive.model import CouncilId, Document
from crawler.blocks import Block, BlockKind, one_line
from crawler.documents.markup import all_text, has_class, links_in
from crawler.documents.text import html_blocks, plain_text
from crawler.minutes.titles import clean_title
from crawler.moderngov.labels import EXEMPT, Section, section_of
from crawler.moderngov.urls import absolute, document_key

_BODY_CLASSES = ("mgWordPara", "WordSection1", "Section1")
_WRAPPERS = frozenset({"div", "section", "article", "main", "body", "html", "form", "center", "span", "font"})
_ATOMS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre"})
_SKIPPED_CLASSES = ("mgLinks", "mgActionList", "mgFooter", "mgHeader", "mgSubTitle")
_FULL_TEXT = re.compile(r"\W*(?:view|read|see) the full\b.{0,80}\Z", re.IGNORECASE)
_LONGEST_LABEL = 500
_LONGEST_TITLE = 300
_LINK_TITLE = re.compile(   # only what stands in quotation marks or after a colon; "Link to document" says nothing
    r"(?:link to|open|view|download|dolen i|agor|gweld)\b[^'\"‘“:]{0,40}(?:['\"‘“](?P<name>.+)['\"’”][^'\"’”]{0,20}\Z)",
    re.IGNORECASE,
)
_KINDS = {"0": "agenda", "1": "minutes", "2": "decisions", "9": "supplement", "10": "reports pack"}


@dataclass(slots=True)
class Part:
    """What stands under one label: its blocks, and its elements for the links in them."""

    section: Section
    label: str = ""
    blocks: list[Block] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it on one line."""
        return " ".join(block.text for block in self.blocks)


def parts_of(elements: Iterable[Element | str]) -> tuple[Part, ...]:
    """The labelled parts of a run of elements and texts; what comes before any label is the agenda's text."""
    parts = [Part(Section.AGENDA)]
    for element in elements:
        if isinstance(element, str):
            parts[-1].blocks.append(Block(one_line(element)))
            continue
        labelled = _labelled(element)
        if labelled is not None:
            parts.append(Part(labelled.section, labelled.label))
        if labelled is None or labelled.inside is not None:
            _add(parts[-1], element, labelled.inside if labelled else None)
    return tuple(parts)


def _add(part: Part, element: Element, label: Element | None) -> None:
    part.elements.append(element)
    part.blocks.extend(block for block in html_blocks(element, label) if not _FULL_TEXT.match(block.text))


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


def flow(container: Element) -> Iterator[Element | str]:
    """The elements of `container` in order, and the texts between them: wrappers opened, navigation left out.

    A Word body is one element.
    """
    opened = _around_atoms(container)
    within_body = any(map(is_body, (container, *container.iterancestors())))
    waiting: list[Element | str] = _contents(container)
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif has_class(node, *_SKIPPED_CLASSES) or _is_navigation(node, within_body):
            continue
        elif node.tag in _WRAPPERS and node in opened and not is_body(node):
            waiting.extend(_contents(node))
        else:
            yield node


def _contents(element: Element) -> list[Element | str]:
    """What is in `element`, elements and texts, the last first; texts that show nothing are left out."""
    found: list[Element | str | None] = [element.text]
    for child in element:
        found += child, child.tail
    return [each for each in reversed(found) if each is not None and not (isinstance(each, str) and not one_line(each))]


def _is_navigation(tag: Element, within_body: bool) -> bool:
    """Whether `tag` is a menu of the site around the page: a list of nothing but links, and none to a document."""
    if tag.tag == "nav" or tag.get("role") == "navigation":
        return True
    links = list(links_in(tag)) if tag.tag in ("ul", "ol") and not within_body else []
    if not links or any(re.search(r"documents/|mgConvert", link.get("href") or "", re.IGNORECASE) for link in links):
        return False
    return not _says_more_than_links(tag)


def _says_more_than_links(tag: Element) -> bool:
    around = 0    # links that are open
    for event, node in etree.iterwalk(tag, events=("start", "end")):
        is_link = node.tag == "a" and node.get("href") is not None
        if event == "end":
            around -= is_link
        said = node.text if event == "start" else node.tail if node is not tag else None
        if said and not (around or (is_link and event == "start")) and one_line(said):
            return True
        if event == "start":
            around += is_link
    return False


def is_body(tag: Element) -> bool:
    """Whether `tag` holds text that came from Word."""
    return has_class(tag, *_BODY_CLASSES)


def _around_atoms(container: Element) -> set[Element]:
    """Which elements of `container` hold paragraphs, lists or Word bodies of their own."""
    found: set[Element] = set()
    for atom in container.iterdescendants():
        if atom.tag in _ATOMS or is_body(atom):
            for parent in atom.iterancestors():
                if parent in found or parent is container:
                    break
                found.add(parent)
    return found


class _Labelled(NamedTuple):
    """What an element opens: the section, its label as printed, and the label's element when more stands beside it."""

    section: Section
    label: str
    inside: Element | None = None


def _labelled(element: Element) -> _Labelled | None:
    if element.tag in ("ul", "ol", "table") or is_body(element):
        return None
    text = all_text(element, _LONGEST_LABEL)
    if (section := section_of(text)) is not None:
        return _Labelled(section, text)
    first = next(iter(element), None)
    if first is None or first.tag not in ("span", "strong", "b", "label", "em", "u") or one_line(element.text or ""):
        return None
    label = all_text(first, _LONGEST_LABEL)
    section = section_of(label) or (Section.OTHER if _is_label(first) else None)
    if section is None or not (label.endswith(":") or text[len(label):].lstrip().startswith(":") or _is_label(first)):
        return None
    return _Labelled(section, label, first)


def _is_label(tag: Element) -> bool:
    return has_class(tag, "mgLabel")


def documents_of(elements: Iterable[Element], page: str, council: CouncilId | None) -> Iterator[Document]:
    """The documents that `elements` of the page at `page` link to; one named without a link is restricted."""
    for element in elements:
        for tag in element.iter("a", "li"):
            if tag.tag == "a":
                if document := document_of(tag, page, council):
                    yield document
            elif next(tag.iterdescendants("a", "li"), None) is None and (title := clean_title(plain_text(tag))):
                yield Document(None, title, restricted=True)


def outside_bodies(container: Element) -> Iterator[Element]:
    """The elements in `container` that no Word body holds."""
    walker = etree.iterwalk(container, events=("start",))
    for _, node in walker:
        if is_body(node):
            walker.skip_subtree()
        yield node


def _own_title(link: Element) -> str:
    """What a link that shows the item's title says of its document besides: "Link to document 'Survey' pdf file"."""
    said = one_line(link.get("title") or "")[:_LONGEST_TITLE] if has_class(link, "mgAiTitleLnk") else ""
    named = _LINK_TITLE.match(said)
    return clean_title(named["name"]) if named else ""


def link_text(link: Element) -> str:
    """What `link` shows on one line; as in a browser, it ends where another link opens in it."""
    if next(link.iterdescendants("a"), None) is None:
        return plain_text(link)
    said = []
    for event, node in etree.iterwalk(link, events=("start", "end")):
        if event == "start" and node.tag == "a" and node is not link:
            break
        said.append(node.text if event == "start" else node.tail)
    return one_line(" ".join(filter(None, said)))


def document_of(link: Element, page: str, council: CouncilId | None) -> Document | None:
    """The document that `link` leads to; `None` when it leads elsewhere."""
    target = link.get("href") or ""
    url = absolute(page, target)
    key = document_key(url or target)
    title = _own_title(link) or clean_title(link_text(link))
    if key is None or not title:
        return None
    kind = _KINDS.get(key.rendition or "") if key.letter == "g" else "supplement" if key.letter == "b" else None
    return Document(ids.document_id(council, key.local), title, url, kind, bool(EXEMPT.search(title)))
