"""Whether an address is a ModernGov site, by what the site itself shows. Nothing is guessed from host names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from archive.errors import Blocked, Gone, InputError, Unreachable
from crawler.blocks import one_line
from crawler.moderngov.urls import Method, Site, absolute, base_of, page_name
from crawler.source import Get, Page

PLATFORM: Final = "moderngov"

_MARKUP: Final = re.compile(  # of the product itself, in any council's own template
    rb"""id\s*=\s*["']?modgov\b|class\s*=\s*["']?mg(?:Content|MainTitleTxt|Header)\b|ssMgStyles\.css"""
    rb"""|\$ModernGov\.Settings|<!--\s*Modern\.gov\s+Reverse\s+CMS""",
    re.IGNORECASE,
)
_ITS_PAGES: Final = frozenset(("mgWhatsNew.aspx", "ieDocHome.aspx", "mgListCommittees.aspx", "ieDocSearch.aspx"))
_SERVICE_REPLY: Final = re.compile(rb"\A\s*(?:<\?xml[^>]*>\s*)?<committees[\s>]", re.IGNORECASE)
_SEEN_INSTEAD: Final = (
    (re.compile(rb"_Incapsula_|Just a moment\.\.\.|cf-browser-verification|cf-challenge|challenge-platform"),
     "a wall against robots"),
    (re.compile(rb"/cmis5?/|CMIS_", re.IGNORECASE), "a CMIS site, which Minutebook cannot read yet"),
    (re.compile(rb"redirectToHttps|http-equiv=[\"']?refresh", re.IGNORECASE), "a page that only leads elsewhere"),
    (re.compile(rb"_layouts/15|SharePoint", re.IGNORECASE), "a SharePoint page"),
)  # fmt: skip
_COUNCIL: Final = re.compile(
    r"\w\W+(?:council|authority|assembly|parliament|borough|corporation)\b|\bcyngor\W+\w|\bsenedd\b", re.IGNORECASE
)   # with a name to it: "Council" alone is a committee
_TITLE_PARTS: Final = re.compile(r"\s+[-–—|:]\s+|\s*\|\s*")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A ModernGov site: its base, and the council's name as its pages give it (`None` where they do not)."""

    base: str
    name: str | None


def recognise(url: str, get: Get) -> Recognised:
    """The ModernGov site that `url` belongs to. Raises `InputError` that says what was seen instead."""
    seen: list[str] = []
    for address in _addresses(url):
        try:
            page = get(address)
        except (Blocked, Gone, Unreachable) as failure:
            seen.append(str(failure))
            continue
        if is_moderngov(page):
            return Recognised(base_of(page.url), council_name(page))
        seen.append(f"{page.url} is {_described(page)}")
    raise InputError(f"{url} is not recognised as a ModernGov site: {'; '.join(dict.fromkeys(seen))}")


def _addresses(url: str) -> Iterator[str]:
    """What is asked, the likeliest first: the address itself, then the pages that every install has."""
    yield url
    for base in _bases(url):
        site = Site(base)
        yield site.page("ieDocHome.aspx", bcr=1)
        yield site.committees()
        yield site.service(Method.COMMITTEES)


def _bases(url: str) -> Iterator[str]:
    """The base that `url` suggests, and those above it."""
    base = base_of(url)
    yield base
    while urlsplit(base).path != "/":
        base = urljoin(base, "../")
        yield base


def is_moderngov(page: Page) -> bool:
    """Whether `page` shows the product's own marks: its markup, its service's reply, or links to its pages near it."""
    if _SERVICE_REPLY.match(page.body) or _MARKUP.search(page.body):
        return True
    host = urlsplit(page.url).netloc
    links = (absolute(page.url, str(each.get("href", ""))) for each in _soup(page).find_all("a"))
    own = {page_name(link) for link in links if link is not None and urlsplit(link).netloc == host}
    return len(own & _ITS_PAGES) >= 2


def council_name(page: Page) -> str | None:
    """The council's name, as the page's own description or the end of its title has it."""
    soup = _soup(page)
    for name in ("og:site_name", "DC.publisher", "DC.creator", "eGMS.publisher"):
        meta = soup.find("meta", attrs={"property": name}) or soup.find("meta", attrs={"name": name})
        if isinstance(meta, Tag) and _COUNCIL.search(str(meta.get("content", ""))):
            return one_line(str(meta["content"]))
    parts = [part for part in _TITLE_PARTS.split(_title(soup)) if _COUNCIL.search(part)]
    return parts[-1] if parts else None


def _described(page: Page) -> str:
    """What a page seems to be, in a few words."""
    title = _title(_soup(page))
    titled = f"a page titled {title[:80]!r}" if title else f"{page.content_type or 'no type'} without a title"
    known = next((what for sign, what in _SEEN_INSTEAD if sign.search(page.body)), None)
    return known or titled


def _title(soup: BeautifulSoup) -> str:
    return one_line(soup.title.get_text()) if soup.title else ""


def _soup(page: Page) -> BeautifulSoup:
    return BeautifulSoup(page.body, "lxml")
