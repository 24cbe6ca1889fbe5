"""What a request may ask of the sample's site and what is answered; and how far a site can differ from another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from crawler.sample.council import SampleCouncil, WrittenItem, WrittenMeeting
from crawler.sample.plan import ITEMS_PER_MEETING

_ALIASES = {"committeeid": "cid", "meetingid": "mid"}


@dataclass(frozen=True, slots=True)
class Request:
    """One request: `path` below the site's prefix without its leading slash, parameters by lower-case name."""

    method: str
    path: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]

    def number(self, *names: str) -> int | None:
        """The first of the parameters `names` that is a number."""
        values = (self.parameters.get(name, "") for name in names)
        return next((int(value) for value in values if value.isascii() and value.isdecimal()), None)


def read_parameters(url: str) -> dict[str, str]:
    """The parameters of `url` by lower-case name, aliases made one."""
    return {
        _ALIASES.get(name.lower(), name.lower()): value
        for name, value in parse_qsl(urlsplit(url).query, keep_blank_values=True)
    }


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `seconds` is how long the site takes over it."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0


def _no_fault(_: Request) -> Reply | None:
    return None


@dataclass(frozen=True, slots=True)
class Options:
    """How this site differs from a well-behaved one.

    `service` off: the web service answers 404. `prefix` is a path under which the install lives ("/moderngov").
    `truncate` is the number of characters of minutes after which the meeting page refers to the item's own page.
    `printed_only` are meetings whose minutes are published as a PDF only. `fault` sees each request first, and what it
    answers is sent instead of the page: the place for a bot wall, a 503, a slow or a broken answer.
    """

    service: bool = True
    prefix: str = ""
    truncate: int | None = None
    printed_only: frozenset[int] = frozenset()
    robots: str = "User-agent: *\nDisallow: /ieDocSearch.aspx\nDisallow: /mgCalendarWeekView.aspx\n"
    fault: Callable[[Request], Reply | None] = _no_fault


@dataclass(frozen=True, slots=True)
class View:
    """What every page is made of: the council, the site's options, and the base of its addresses."""

    council: SampleCouncil
    options: Options
    base: str

    def meeting(self, identifier: int | None) -> WrittenMeeting | None:
        """The meeting, if it is on the calendar."""
        return None if identifier is None else self.council.visible(identifier)

    def item(self, identifier: int | None) -> tuple[WrittenMeeting, WrittenItem] | None:
        """The item with its meeting, if its agenda is out."""
        written = self.meeting(None if identifier is None else identifier // ITEMS_PER_MEETING)
        found = [each for each in written.items if each.id == identifier] if written else []
        return (written, found[0]) if written and found else None

    def shows_minutes(self, written: WrittenMeeting) -> bool:
        """Whether the pages hold the meeting's minutes, rather than a PDF alone."""
        return written.planned.id not in self.options.printed_only
