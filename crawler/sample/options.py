"""How far a site can differ from a well-behaved one: all that real installs of ModernGov are known for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from crawler.sample.asking import Reply, Request

EVERY_METHOD = "*"


class Method(StrEnum):
    """What is wrong with a method of the web service.

    `OFF`: 404. `ERROR`: 500 as plain text. `BLOCKED`: 403 with a firewall's page. `WRONG`: 200 with a script that
    leads to https, which is no reply at all. `EMPTY`: 200 with a well-formed reply that holds nothing. `SLOW`: the
    right answer, after `Options.slow` seconds.
    """

    OFF = "off"
    ERROR = "error"
    BLOCKED = "blocked"
    WRONG = "wrong"
    EMPTY = "empty"
    SLOW = "slow"


class Welsh(StrEnum):
    """Where the Welsh pages are: nowhere, on the same host by `LLL=1`, or on a host of their own with the same ids."""

    NONE = ""
    SAME_HOST = "same host"
    TWIN_HOST = "twin host"


class Validators(StrEnum):
    """Which validators pages carry. `Last-Modified` is compared for equality, and says nothing of the true time."""

    NONE = ""
    ETAG = "etag"
    LAST_MODIFIED = "last-modified"
    BOTH = "both"


class Hostile(StrEnum):
    """What a meeting's page and its `GetMeeting` are poisoned with.

    `SCRIPT`: a script in the title of the first item. `DEEP`: 10,000 nested elements in its minutes. `HUGE`: a
    paragraph of 5 MB. `CONTROLS`: control characters, which XML forbids. `ENTITIES`: XML entities that grow a
    thousand million times, and one that names a file. `FILES`: document links to `file:///etc/passwd` and to
    `documents/s1/../../../../etc/passwd`. `SCHEMES`: document links to `javascript:`, `data:` and `ftp:`.
    `BREAKS`: line breaks and header lines in the addresses of documents. `INSIDE`: document links to loopback,
    link-local and private addresses. `OUTSIDE`: the page redirects to `Options.outside`.
    """

    SCRIPT = "script"
    DEEP = "deep"
    HUGE = "huge"
    CONTROLS = "controls"
    ENTITIES = "entities"
    FILES = "files"
    SCHEMES = "schemes"
    BREAKS = "breaks"
    INSIDE = "inside"
    OUTSIDE = "outside"


def no_fault(_: Request) -> Reply | None:
    """Every request is answered as it should be."""
    return None


@dataclass(frozen=True, slots=True)
class Options:
    """How this site differs from a well-behaved one.

    The web service: `service` false answers 404 to all of it; `methods` says by name ("GetMeeting", "*" for all
    others) what is wrong with one; `slow` is what a slow one takes, in seconds. `ignores_dates`: GetMeetings answers
    every meeting, whatever days are asked for. `all_committees` are the numbers that mean all of them.

    The pages: `prefix` is a path under which the install lives ("/moderngov"). `lists` false: `ieListMeetings`
    answers 404, and only the calendar shows meetings. `truncate` is the number of characters of minutes after which
    the meeting page refers to the item's own page. `printed_only` are meetings whose minutes are published as a PDF
    only. `votes_apart`: the minutes give the counts of a recorded vote, its names are on the vote's own page alone.
    `legacy`: meetings before this year, but for those called off, have one `CeListDocuments` page, no agenda, and are
    unknown to GetMeeting; with `legacy_listed` GetMeetings knows them all the same. `welsh` says where the Welsh pages
    are. `aliases`: lists spell the address of one meeting in many ways, also by the host's other name, "localhost".
    `hostile` poisons meetings by their number; `outside` is where a poisoned one redirects to.

    All answers: `robots` is robots.txt. `validators` are sent with pages, and a conditional request is answered 304.
    `restless`: what is around ModernGov's part of a page differs with every answer. `fault` sees each request first,
    and what it answers is sent instead of the page (`crawler.sample.faults` has the usual ones).
    """

    service: bool = True
    prefix: str = ""
    truncate: int | None = None
    printed_only: frozenset[int] = frozenset()
    robots: str = "User-agent: *\nDisallow: /ieDocSearch.aspx\nDisallow: /mgCalendarWeekView.aspx\n"
    fault: Callable[[Request], Reply | None] = no_fault
    methods: Mapping[str, Method] = field(default_factory=dict)
    slow: float = 30.0
    ignores_dates: bool = False
    all_committees: frozenset[str] = frozenset(("0", "-1"))
    lists: bool = True
    votes_apart: bool = False
    legacy: int = 0
    legacy_listed: bool = False
    welsh: Welsh = Welsh.NONE
    aliases: bool = False
    hostile: Mapping[int, Hostile] = field(default_factory=dict)
    outside: str = "http://outside.invalid/"
    validators: Validators = Validators.NONE
    restless: bool = False

    def method(self, name: str) -> Method | None:
        """What is wrong with the method `name` of the web service, if anything."""
        plain = {key.lower(): value for key, value in self.methods.items()}
        return plain.get(name.lower(), plain.get(EVERY_METHOD)) if self.service else Method.OFF
