"""The links of a page, for finding the way: what a page says is read elsewhere (`crawler.moderngov.pages`)."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from crawler.moderngov.urls import absolute
from crawler.source import Page


class Link(NamedTuple):
    """A link by its text, on one line, and the whole address that it leads to."""

    text: str
    url: str


def links(page: Page) -> Iterator[Link]:
    """The http(s) links of `page`, in order; none of an answer that is no HTML."""
    for anchor in _tree(page.body).iter("a"):
        url = absolute(page.url, anchor.get("href") or "")
        if url is not None and anchor.get("href"):
            yield Link(" ".join("".join(map(str, anchor.itertext())).split()), url)


def _tree(body: bytes) -> "etree._Element":
    try:
        tree = etree.fromstring(body, etree.HTMLParser(recover=True, no_network=True))
    except etree.XMLSyntaxError:   # nothing in it, or nothing of it is a document
        tree = None
    return etree.Element("html") if tree is None else tree
