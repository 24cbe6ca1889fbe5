"""Whether an answer is the page it should be, and if not, what it is instead (moderngov.md 4.2).

A failure is rarely a clean 404: bot walls, redirect scripts, error and login pages all come with status 200. A page is
only read on positive proof: ModernGov's own marks, and the heading that it should have. What keeps us out (a wall, a
login page) is `Blocked`; whatever else is not the page is a `PageError`.
"""

import re

from bs4 import BeautifulSoup, Tag

from archive.errors import Blocked, PageError
from crawler.blocks import one_line
from crawler.documents.text import parse
from crawler.source import Page
from crawler.walls import asks_to_sign_in, is_login, wall

_MG = re.compile(r"\Amg[A-Z]")
MOST_BYTES = 20_000_000
_REDIRECT = re.compile(rb"\blocation(?:\.href)?\s{0,9}=|location\.replace\(|http-equiv=.?refresh", re.IGNORECASE)
_MARKS = re.compile(r"\Amg(?:Content|MainTitleTxt|SubTitleTxt|ItemTable|AiTitleTxt|WordPara)\Z")
_KINDS = (
    (b"%PDF", "a PDF file"), (b"PK\x03\x04", "a Word or zip file"), (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{", "JSON"), (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"),
)  # fmt: skip


def moderngov_page(page: Page, expected: str) -> BeautifulSoup:
    """The tree of `page`. Raises `PageError` when it does not carry ModernGov's own marks, `Blocked` as `refused`."""
    if len(page.body) > MOST_BYTES:
        raise PageError(page.url, expected, f"an answer of {len(page.body):,} bytes")
    if not page.body.strip() or _kind(page.body):
        raise PageError(page.url, expected, what_it_is(page))
    tree = parse(page.body)
    if not is_moderngov(tree) or error_text(tree) is not None or asks_to_sign_in(middle(tree)):
        raise refused(page, expected, tree)
    return tree


def refused(page: Page, expected: str, tree: Tag | None = None) -> PageError | Blocked:
    """What to raise when `page` (`tree`, if it is parsed already) is not the page or the reply that was `expected`.

    `Blocked` when it is a bot wall's stub or a login page, whatever its status; `PageError` when it is anything else: a
    redirect script, an error page, a page of another maker.
    """
    keeper = keeps_out(page, tree)
    if keeper is not None:
        return Blocked(page.url, f"{keeper} answers instead of {expected}")
    return PageError(page.url, expected, what_it_is(page, tree))


def keeps_out(page: Page, tree: Tag | None = None) -> str | None:
    """The bot wall or the login page that `page` is, in a few words; `None` when it is neither."""
    if not page.body.strip() or len(page.body) > MOST_BYTES or _kind(page.body):
        return None
    tree = tree or parse(page.body)
    if is_moderngov(tree):
        asked = middle(tree) if isinstance(tree, BeautifulSoup) else tree
        return _quoted("a login page", page_title(tree)) if asks_to_sign_in(asked) else None
    if found := wall(page.body, tree):
        return found
    return _quoted("a login page", page_title(tree)) if is_login(tree) else None


def is_moderngov(tree: Tag) -> bool:
    """Whether a page has ModernGov's own element, or one of its classes."""
    if tree.find(id="modgov") is not None:
        return True
    return tree.find(class_=_MARKS) is not None


def middle(tree: BeautifulSoup) -> Tag:
    """The part of a page that is ModernGov's own: `#modgov`, else the smallest element that holds all its classes."""
    own = tree.find(id="modgov")
    if isinstance(own, Tag):
        return own
    marked = tree.find_all(class_=_MG)
    around = [[*reversed(list(tag.parents)), tag] for tag in marked[:: max(1, len(marked) // 200)] + marked[-1:]]
    shared = [levels[0] for levels in zip(*around, strict=False) if all(each is levels[0] for each in levels)]
    return shared[-1] if shared else tree


def error_text(tree: Tag) -> str | None:
    """What ModernGov's own error paragraph says, when a page has one and no content besides."""
    error = tree.find(class_="mgErrorTxt")
    if error is None or tree.find(class_=re.compile(r"\Amg(?:ItemTable|WordPara|BulletList)\Z")) is not None:
        return None
    return one_line(error.get_text(" "))


def headings(tree: Tag) -> tuple[str, ...]:
    """The texts of all h1 and h2 of a page, those of the council's own template among them."""
    return tuple(filter(None, (one_line(tag.get_text(" ")) for tag in tree.find_all(["h1", "h2"]))))


def page_title(tree: Tag) -> str:
    """The text of `<title>`; "" without one."""
    title = tree.find("title")
    return one_line(title.get_text(" ")) if title else ""


def what_it_is(page: Page, tree: Tag | None = None) -> str:
    """In a few words, what an answer is that is not what it should be."""
    body = page.body[:200_000]
    if not body.strip():
        return "an empty answer"
    if kind := _kind(body):
        return kind
    tree = tree or parse(body)
    return keeps_out(page, tree) or _shown(page, tree)


def _shown(page: Page, tree: Tag) -> str:
    if page.url.lower().split("?")[0].endswith("/mgerror.aspx"):
        return _quoted("ModernGov's error page", error_text(tree) or page_title(tree))
    if (error := error_text(tree)) is not None:
        return _quoted("an error page", error)
    if is_moderngov(tree):
        return _quoted("another ModernGov page", next(iter(headings(tree)), page_title(tree)))
    return _foreign(page.body[:200_000], tree)


def _foreign(body: bytes, tree: Tag) -> str:
    if _REDIRECT.search(body) and len(one_line(tree.get_text(" "))) < 400:
        return "a redirect script"
    maker = "a SharePoint page" if b"SharePoint" in body else "a page that is not ModernGov's"
    title = page_title(tree) or next(iter(headings(tree)), "")
    if tree.find() is None or not (title or tree.find(["p", "div", "table"])):
        return _quoted("plain text", one_line(tree.get_text(" ")))
    return _quoted(maker, title or one_line(tree.get_text(" ")))


def _kind(body: bytes) -> str | None:
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:8]
    return next((name for mark, name in _KINDS if start.startswith(mark)), None)


def _quoted(what: str, said: str) -> str:
    return f"{what} “{said[:80]}”" if said else what
