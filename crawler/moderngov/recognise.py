"""Whether an address is a ModernGov site, by what the site itself shows. Nothing is guessed from host names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from archive.errors import Blocked, Gone, InputError, Unreachable
from archive.ids import slug
from crawler.blocks import one_line
from crawler.documents.markup import parse
from crawler.moderngov import proof
from crawler.moderngov.links import links
from crawler.moderngov.urls import Method, Site, base_of, page_name
from crawler.source import Get, Page

PLATFORM: Final = "moderngov"

_ITS_STYLES: Final = re.compile(
    rb"ssMgStyles\.css|\$ModernGov\.Settings|<!--\s*Modern\.gov\s+Reverse\s+CMS", re.IGNORECASE
)
_ITS_PAGES: Final = frozenset(("mgWhatsNew.aspx", "ieDocHome.aspx", "mgListCommittees.aspx", "ieDocSearch.aspx"))
_SERVICE_REPLY: Final = re.compile(rb"\A\s*(?:<\?xml[^>]*>\s*)?<committees[\s>]", re.IGNORECASE)
_CMIS: Final = re.compile(rb"/cmis5?/|\bCMIS_", re.IGNORECASE)
_COUNCIL: Final = re.compile(  # with a proper name to it: "Full Council" and "Agenda for Council" are a committee's
    r"\b(?!Full\b)[A-Z][\w'’.-]+\W+(?:Council|Authority|Assembly|Parliament|Borough|Corporation)\b|\bCyngor\W+\w|\bSenedd\b"
)
_TITLE_PARTS: Final = re.compile(r"\s+[-–—|:]\s+|\s*\|\s*")
_LONGEST_WORD: Final = 40
_KINDS: Final = frozenset((
    "council", "county", "city", "borough", "district", "metropolitan", "london", "royal", "unitary", "authority", "of",
    "the", "and", "cyngor", "sir", "bwrdeistref",
))  # fmt: skip
_ORDINARY: Final = frozenset((
    "democracy", "moderngov", "modgov", "committees", "committee", "councillors", "councilmeetings", "minutes", "cds",
    "mycouncil", "www", "councilportal", "decisionmaking", "democraticservices", "present", "meetings", "mgenglish",
))  # fmt: skip


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
        except Unreachable as failure:
            if not seen and not failure.reason.startswith("status "):    # no address of this host will do better
                raise InputError(f"{url} cannot be reached: {failure.reason}; check the address") from failure
            seen.append(str(failure))
            continue
        except (Blocked, Gone) as failure:
            seen.append(str(failure))
            continue
        if is_moderngov(page):
            return Recognised(base_of(page.url), council_name(page))
        seen.append(_described(page))
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
    if _SERVICE_REPLY.match(page.body) or _ITS_STYLES.search(page.body) or proof.is_moderngov(parse(page.body)):
        return True
    host = urlsplit(page.url).netloc
    near = {page_name(link.url) for link in links(page) if urlsplit(link.url).netloc == host}
    return len(near & _ITS_PAGES) >= 2


def council_name(page: Page) -> str | None:
    """The council's name, as the page's own description or the end of its title has it."""
    tree = parse(page.body)
    for name in ("og:site_name", "DC.publisher", "DC.creator", "eGMS.publisher"):
        named = (meta for meta in tree.iter("meta") if name in (meta.get("property"), meta.get("name")))
        content = next((meta.get("content") or "" for meta in named), "")
        if _COUNCIL.search(content):
            return one_line(content)
    parts = [part for part in _TITLE_PARTS.split(proof.page_title(tree)) if _COUNCIL.search(part)]
    return parts[-1] if parts else None


def _described(page: Page) -> str:
    """What answers at a page's address, in a few words."""
    if keeper := proof.keeps_out(page):
        return f"{page.url}: {keeper} answers instead of the site"
    if _CMIS.search(page.body):
        return f"{page.url} is a CMIS site, which cannot be read yet"
    return f"{page.url} is {proof.what_it_is(page)}"


def council_word(url: str) -> str | None:
    """The telling part of a site's host, as a council's identifier: "sefton" of modgov.sefton.gov.uk.

    `None` where the host has none: an address in numbers, a bare name.
    """
    parts = [part for part in (urlsplit(url).hostname or "").split(".") if not part.isdecimal()]
    telling = [slug(part) for part in parts if part not in _ORDINARY]
    return telling[0][:_LONGEST_WORD].strip("-") or None if len(telling) > 1 else None


def word_of_name(name: str) -> str:
    """A council's identifier from its name: "ambleshire" of Ambleshire County Council."""
    plain = slug(name)
    short = "-".join(word for word in plain.split("-") if word not in _KINDS)
    return (short or plain)[:_LONGEST_WORD].strip("-") or "council"
