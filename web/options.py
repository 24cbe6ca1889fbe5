"""The options of a search read from an address. The API refuses what it cannot use; the pages say so and do without."""

from collections.abc import Callable, Iterable, Sequence

from werkzeug.datastructures import MultiDict

from archive.errors import InputError
from index.completion import MOST, USUAL
from index.query import Sort
from index.search import MOST_PAGES, MOST_PER_PAGE, SearchRequest
from web.asking import OPTIONS, Asked

_USUAL = SearchRequest()
_ONCE = ("q", "from", "to", "sort", "page", "per_page", "synonyms")
_TYPED = ("q", "limit")
_SWITCH = {"": True, "on": True, "off": False}


def strict(options: MultiDict[str, str]) -> SearchRequest:
    """The request, for programs. Raises `InputError` for an option that is unknown, repeated or cannot be read."""
    check(options, OPTIONS, _ONCE)
    return request_of(Asked.of(options))


def typed(options: MultiDict[str, str]) -> tuple[str, int]:
    """What is being typed, and how many suggestions are wanted. Raises `InputError` for what is neither."""
    check(options, _TYPED, _TYPED)
    return options.get("q", ""), _number("limit", options.get("limit", ""), USUAL, MOST)


def check(options: MultiDict[str, str], known: Sequence[str], once: Iterable[str] = ()) -> None:
    """Raises `InputError` for an option that is none of the `known`, or is there again though it may be but `once`."""
    for name in options:
        if name not in known:
            which = "the only one is" if len(known) == 1 else "the options are"
            raise InputError(f"There is no option {name[:40]!r}; {which} {', '.join(known)}.")
    for name in once:
        if (times := len(options.getlist(name))) > 1:
            raise InputError(f"{name}: it was given {times} times; give it once.")


def lenient(asked: Asked, read: Callable[[SearchRequest], object]) -> tuple[Asked, dict[str, str]]:
    """What is asked without what cannot be used, and per option of that the sentence that says why.

    `read` is the search's own reading of a request, which raises `InputError`.
    """
    wrong: dict[str, str] = {}
    kept = asked
    for name, value in asked.pairs:
        try:
            read(request_of(Asked(((name, value),))))
        except InputError as error:
            wrong[name] = str(error)
            kept = Asked(tuple(pair for pair in kept.pairs if pair != (name, value)))
    return kept, wrong


def request_of(asked: Asked) -> SearchRequest:
    """What is asked as a request. Raises `InputError` for a number, an order or a switch that is none."""
    return SearchRequest(
        query=asked.first("q"), council=asked.values("council"), committee=asked.values("committee"),
        member=asked.values("member"), topic=asked.values("topic"), kind=asked.values("kind"),
        action=asked.values("action"), since=asked.first("from"), until=asked.first("to"),
        sort=_order(asked.first("sort")), page=_whole(asked, "page", _USUAL.page, MOST_PAGES),
        per_page=_whole(asked, "per_page", _USUAL.per_page, MOST_PER_PAGE), synonyms=_switched(asked, "synonyms"))


def _switched(asked: Asked, name: str) -> bool:
    given = asked.first(name)
    if given not in _SWITCH:
        raise InputError(f"{name}: {given[:40]!r} is neither on nor off.")
    return _SWITCH[given]


def _order(given: str) -> Sort:
    if given not in ("", *Sort):
        raise InputError(f"sort: {given[:40]!r} is none of {', '.join(Sort)}.")
    return Sort(given or Sort.RELEVANCE)


def _whole(asked: Asked, name: str, usual: int, most: int) -> int:
    return _number(name, asked.first(name), usual, most)


def _number(name: str, given: str, usual: int, most: int) -> int:
    if given and not (given.isascii() and given.isdigit() and len(given) < 10):
        raise InputError(f"{name}: {given[:40]!r} is not a whole number from 1 to {most:,}.")
    return int(given or usual)
