"""Whether an answer is the page it should be, and if not, what it is instead (moderngov.md 4.2).

A failure is rarely a clean 404: bot walls, redirect scripts, error and login pages all come with status 200. A page is
only read on positive proof: ModernGov's own marks, and the heading that it should have. What keeps us out (a wall, a
login page) is `Blocked`; whatever else is not the page is a `PageError`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from bs4 import BeautifulSoup
from lxml import etree
from lxml.etree import _Element as Element

from archive.errors import Blocked, PageError, UnreadableFile
from crawler.documents.markup import all_text, classes, decoded, parse, too_much
from crawler.source import Page
from crawler.walls import is_login, wall

_LONGEST = 1000         # characters of a heading
_MOST_HEADINGS = 100    # of a page
_MG = re.compile(r"mg[A-Z]")
_LOOKED_AT = 200_000    # bytes that tell what a page is that is not ModernGov's
_MOST_TAGS = 5_000      # and tags
MOST_BYTES = 20_000_000
_REDIRECT = re.compile(rb"\blocation(?:\.href)?\s{0,9}=|location\.replace\(|http-equiv=.?refresh", re.IGNORECASE)
_OWN: Any = etree.XPath("descendant-or-self::*[@id='modgov'][1]")    # quicker in deep trees than a look at each
_CLASSED: Any = etree.XPath("descendant-or-self::*[@class]")
_MARKS = frozenset({"mgContent", "mgMainTitleTxt", "mgSubTitleTxt", "mgItemTable", "mgAiTitleTxt", "mgWordPara"})
_CONTENT = frozenset({"mgItemTable", "mgWordPara", "mgBulletList"})
_KINDS = (
    (b"%PDF", "a PDF file"), (b"PK\x03\x04", "a Word or zip file"), (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{", "JSON"), (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"),
)  # fmt: skip


def moderngov_page(page: Page, expected: str) -> Element:
    """The tree of `page`. Raises `PageError` when it does not carry ModernGov's own marks, `Blocked` as `refused`."""
    if len(page.body) > MOST_BYTES:
        raise PageError(page.url, expected, f"an answer of {len(page.body):,} bytes")
    if not page.body.strip() or _kind(page.body):
        raise PageError(page.url, expected, what_it_is(page))
    tree = tree_of(page, expected)
    if not is_moderngov(tree) or error_text(tree) is not None or _asks_to_sign_in(middle(tree)):
        raise refused(page, expected, tree)
    return tree


def tree_of(page: Page, expected: str) -> Element:
    """The tree of `page`. Raises `PageError` when there is more in it than any page has."""
    if found := too_much(page.body):
        raise PageError(page.url, expected, f"a page {found}")
    try:
        return _parsed(page.body)
    except UnreadableFile as error:   # in another encoding
        raise PageError(page.url, expected, "a page of too many tags") from error


@lru_cache(maxsize=1)
def _parsed(body: bytes) -> Element:
    """The tree of a page, for all who look at it in turn; nobody changes it."""
    return parse(body)


def refused(page: Page, expected: str, tree: Element | None = None) -> PageError | Blocked:
    """What to raise when `page` (`tree`, if it is parsed already) is not the page or the reply that was `expected`.

    `Blocked` when it is a bot wall's stub or a login page, whatever its status; `PageError` when it is anything else: a
    redirect script, an error page, a page of another maker.
    """
    keeper = keeps_out(page, tree)
    if keeper is not None:
        return Blocked(page.url, f"{keeper} answers instead of {expected}")
    return PageError(page.url, expected, what_it_is(page, tree))


def keeps_out(page: Page, tree: Element | None = None) -> str | None:
    """The bot wall or the login page that `page` is, in a few words; `None` when it is neither."""
    if not page.body.strip() or len(page.body) > MOST_BYTES or _kind(page.body):
        return None
    if tree is None:
        tree = _start_of(page)
    if is_moderngov(tree):
        return _quoted("a login page", page_title(tree)) if _asks_to_sign_in(middle(tree)) else None
    shown = _soup(page.body)
    if found := wall(page.body, shown):
        return found
    return _quoted("a login page", page_title(tree)) if is_login(shown) else None


@lru_cache(maxsize=1)
def _soup(body: bytes) -> BeautifulSoup:
    """The start of a page as a stub is read before anybody has parsed it."""
    start = decoded(body)[:_LOOKED_AT]
    cut = next(islice(re.finditer("<", start), _MOST_TAGS, None), None)
    return BeautifulSoup(start[:cut.start()] if cut else start, "lxml")


@lru_cache(maxsize=1)
def _start_of(page: Page) -> Element:
    start = decoded(page.body)[:_LOOKED_AT]
    return parse("" if too_much(start.encode("utf-8", "replace")) else start)


def _asks_to_sign_in(part: Element) -> bool:
    return any((field.get("type") or "").lower() == "password" for field in part.iter("input"))


@lru_cache(maxsize=1)    # each reader of a page asks again, and so below
def is_moderngov(tree: Element) -> bool:
    """Whether a page has ModernGov's own element, or one of its classes."""
    return _own(tree) is not None or any(not _MARKS.isdisjoint(classes(tag)) for tag in _classed(tree))


def _own(tree: Element) -> Element | None:
    found: list[Element] = _OWN(tree)
    return found[0] if found else None


def _classed(tree: Element) -> Iterator[Element]:
    found: list[Element] = _CLASSED(tree)
    return iter(found)


@lru_cache(maxsize=1)
def middle(tree: Element) -> Element:
    """The part of a page that is ModernGov's own: `#modgov`, else the smallest element that holds all its classes."""
    own = _own(tree)
    if own is not None:
        return own
    marked = [tag for tag in _classed(tree) if any(map(_MG.match, classes(tag)))]
    some = marked[:: max(1, len(marked) // 200)] + marked[-1:]
    around = [[*reversed(list(tag.iterancestors())), tag] for tag in some]
    shared = [levels[0] for levels in zip(*around, strict=False) if all(each is levels[0] for each in levels)]
    return shared[-1] if shared else tree


@lru_cache(maxsize=1)
def error_text(tree: Element) -> str | None:
    """What ModernGov's own error paragraph says, when a page has one and no content besides."""
    found: Element | None = None
    for tag in _classed(tree):
        if not _CONTENT.isdisjoint(named := classes(tag)):
            return None
        if found is None and "mgErrorTxt" in named:
            found = tag
    return None if found is None else all_text(found)


@lru_cache(maxsize=2)
def headings(tree: Element) -> tuple[str, ...]:
    """The texts of all h1 and h2 of a page, those of the council's own template among them."""
    found = islice(tree.iter("h1", "h2"), _MOST_HEADINGS)
    return tuple(filter(None, (all_text(tag, _LONGEST) for tag in found)))


@lru_cache(maxsize=1)
def page_title(tree: Element) -> str:
    """The text of `<title>`; "" without one."""
    return next(map(all_text, tree.iter("title")), "")


def what_it_is(page: Page, tree: Element | None = None) -> str:
    """In a few words, what an answer is that is not what it should be."""
    if not page.body.strip():
        return "an empty answer"
    if kind := _kind(page.body):
        return kind
    if tree is None:
        tree = _start_of(page)
    return keeps_out(page, tree) or _shown(page, tree)


def _shown(page: Page, tree: Element) -> str:
    if page.url.lower().split("?")[0].endswith("/mgerror.aspx"):
        return _quoted("ModernGov's error page", error_text(tree) or page_title(tree))
    if (error := error_text(tree)) is not None:
        return _quoted("an error page", error)
    if is_moderngov(tree):
        return _quoted("another ModernGov page", next(iter(headings(tree)), page_title(tree)))
    return _foreign(page.body[:_LOOKED_AT], tree)


def _foreign(body: bytes, tree: Element) -> str:
    said = all_text(tree)
    if _REDIRECT.search(body) and len(said) < 400:
        return "a redirect script"
    maker = "a SharePoint page" if b"SharePoint" in body else "a page that is not ModernGov's"
    title = page_title(tree) or next(iter(headings(tree)), "")
    if not (title or next(tree.iter("p", "div", "table"), None) is not None):
        return _quoted("plain text", said)
    return _quoted(maker, title or said)


def _kind(body: bytes) -> str | None:
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:8]
    return next((name for mark, name in _KINDS if start.startswith(mark)), None)


def _quoted(what: str, said: str) -> str:
    return f"{what} “{said[:80]}”" if said else what
