"""The options of a search read from an address: the same rules for the pages, which say what they could not use and
search without it, and for the API, which refuses it."""

from typing import TYPE_CHECKING

from werkzeug.datastructures import MultiDict

from archive.errors import InputError
from index.query import Sort, filter_node
from index.search import SearchRequest
from web.asking import FILTERS, OPTIONS, Asked

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_PER_PAGE = 100
_USUAL_PER_PAGE = 20
_MOST_PAGES = 10_000
_RANGES = {"page": _MOST_PAGES, "per_page": MOST_PER_PAGE}


def strict(options: MultiDict[str, str]) -> SearchRequest:
    """The request, for programs. Raises `InputError` for an unknown option or a value that cannot be used."""
    unknown = [name for name in options if name not in OPTIONS]
    if unknown:
        raise InputError(f"There is no option {unknown[0]!r}; the options are {', '.join(OPTIONS)}.")
    for name in ("q", "from", "to", *_RANGES, "sort"):
        if len(options.getlist(name)) > 1:
            raise InputError(f"{name}: it was given {len(options.getlist(name))} times; give it once.")
    asked = Asked.of(options)
    for problem in problems(asked).values():
        raise InputError(problem)
    return request_of(asked)


def problems(asked: Asked) -> dict[str, str]:
    """Per option that cannot be used, the sentence that says why."""
    found = {name: made for name, value in asked.filters if isinstance(made := filter_node(name, value), str)}
    for name, most in _RANGES.items():
        given = asked.first(name)
        if given and not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= most):
            found[name] = f"{name}: {given[:40]!r} is not a whole number from 1 to {most:,}."
    if asked.first("sort") not in ("", *Sort):
        found["sort"] = f"sort: {asked.first('sort')[:40]!r} is none of {', '.join(Sort)}."
    return found


def request_of(asked: Asked) -> SearchRequest:
    """The request without what cannot be used."""
    usable = asked.without(*problems(asked))
    paged = asked if "page" not in problems(asked) else usable
    return SearchRequest(
        query=asked.first("q"), council=usable.values("council"), committee=usable.values("committee"),
        member=usable.values("member"), topic=usable.values("topic"), kind=usable.values("kind"),
        since=usable.first("from"), until=usable.first("to"), sort=Sort(usable.first("sort") or Sort.RELEVANCE),
        page=int(paged.first("page") or 1), per_page=int(usable.first("per_page") or _USUAL_PER_PAGE))
