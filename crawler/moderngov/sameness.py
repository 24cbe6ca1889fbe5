"""Whether two answers of one address say the same: their content is compared, not their bytes.

A council's template brings dates, menus and scripts that change daily, so of a page only ModernGov's own middle counts:
its text (sizes of files too, for they tell that a document was replaced) and where its links lead.
"""

from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from crawler.moderngov.labels import MEETING_HEADS
from crawler.moderngov.urls import absolute, canonical
from crawler.source import Page

_UNSEEN = ("script", "style", "noscript", "template")


class _Content(NamedTuple):
    """What a page says: its words, and the targets of its links as written."""

    words: str
    targets: tuple[str, ...]


def same_content(before: Page, now: Page) -> bool:
    """Whether two answers, a page's or the web service's, say the same."""
    if before.body == now.body:
        return True
    if _is_reply(now):
        return before.body.split() == now.body.split()
    then, today = _content(before), _content(now)
    return then.words == today.words and _same_targets(before, then.targets, now, today.targets)


def _is_reply(page: Page) -> bool:
    return ".asmx/" in page.url.lower()


def _content(page: Page) -> _Content:
    tree = _tree(page.body)
    heads = [text for head in tree.iter("h1", "h2") if MEETING_HEADS.match(text := _words(head))]
    middle = _middle(tree)
    for footer in [each for each in middle.iterfind(".//*[@class]") if "mgFooter" in _classes(each)]:
        footer.text = None
        del footer[:]
    etree.strip_elements(middle, *_UNSEEN, with_tail=False)
    targets = (anchor.get("href") for anchor in middle.iter("a"))
    return _Content("\n".join([*heads, _words(middle)]), tuple(filter(None, targets)))


def _tree(body: bytes) -> Element:
    try:
        tree = etree.fromstring(body, etree.HTMLParser(recover=True, no_network=True, remove_comments=True))
    except etree.XMLSyntaxError:   # nothing in it, or nothing of it is a document
        tree = None
    return etree.Element("html") if tree is None else tree


def _words(element: Element) -> str:
    return " ".join(" ".join(map(str, element.itertext())).split())


def _classes(element: Element) -> list[str]:
    return str(element.get("class")).split()


def _middle(tree: Element) -> Element:
    """ModernGov's own part of a page: `#modgov`, else the smallest element that holds all its classes."""
    own = tree.find(".//*[@id='modgov']")
    if own is not None:
        return own
    marked = [each for each in tree.iterfind(".//*[@class]") if any(name.startswith("mg") for name in _classes(each))]
    if not marked:
        return tree
    around_last = [marked[-1], *marked[-1].iterancestors()]
    return next((each for each in (marked[0], *marked[0].iterancestors()) if each in around_last), tree)


def _same_targets(before: Page, then: tuple[str, ...], now: Page, today: tuple[str, ...]) -> bool:
    return len(then) == len(today) and all(
        one == other or _target(before, one) == _target(now, other) for one, other in zip(then, today, strict=True)
    )


def _target(page: Page, href: str) -> str:
    whole = absolute(page.url, href)
    return canonical(whole) if whole else href
