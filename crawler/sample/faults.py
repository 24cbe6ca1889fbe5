"""Faults for `Options.fault`: what goes wrong with a server from the first request, the n-th, or on some pages.

Each constructor gives a fault of its own, which counts for itself, from 1, the requests on the pages `on`: beginnings
of paths below the site's prefix, in any case ("ieListDocuments", "mgWebService.asmx/GetMeeting"); "" is every page,
and robots.txt is never counted unless it is named. Faults may be asked from several threads at once.
"""

from collections.abc import Callable
from enum import StrEnum
from itertools import count

from crawler.sample.asking import Reply, Request, moved

Fault = Callable[[Request], Reply | None]
_ROBOTS = "robots.txt"
_WORDS = b"<html><head><title>Busy</title></head><body><p>The service is unavailable.</p></body></html>"


class Look(StrEnum):
    """What a wall looks like. All but `FORBIDDEN` and `ERROR` have status 200.

    `INCAPSULA` and `CLOUDFLARE`: the stubs of bot walls, of some 200 bytes. `SCRIPT`: a script that leads to https.
    `LOGIN`: a form to log in. `SHAREPOINT`: an error page of another product. `ERROR`: 302 to `mgError.aspx`.
    `FORBIDDEN`: 403 with a firewall's page. `EMPTY`: nothing at all.
    """

    INCAPSULA = "incapsula"
    CLOUDFLARE = "cloudflare"
    SCRIPT = "script"
    LOGIN = "login"
    SHAREPOINT = "sharepoint"
    ERROR = "error"
    FORBIDDEN = "forbidden"
    EMPTY = "empty"


_STUBS = {
    Look.INCAPSULA: (
        b'<html style="height:100%"><head><META NAME="ROBOTS" CONTENT="NOINDEX, NOFOLLOW"></head><body '
        b'style="margin:0px;height:100%"><iframe src="/_Incapsula_Resource?CWUDNSAI=9&xinfo=0-0-0"></iframe>'
        b"</body></html>"
    ),
    Look.CLOUDFLARE: (
        b'<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body>'
        b'<div id="cf-wrapper"></div><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script>'
        b"</body></html>"
    ),
    Look.SCRIPT: (
        b'<html><head><script type="text/javascript">function redirectToHttps(){var u=window.location.href;'
        b'window.location=u.replace("http:","https:");}redirectToHttps();</script></head><body></body></html>'
    ),
    Look.LOGIN: (
        b'<!DOCTYPE html><html><head><title>Sign in</title></head><body><form method="post" action="login.aspx">'
        b'<label>User name <input name="user" /></label><label>Password <input name="password" type="password" />'
        b"</label><button>Sign in</button></form></body></html>"
    ),
    Look.SHAREPOINT: (
        b'<!DOCTYPE html><html><head><meta name="GENERATOR" content="Microsoft SharePoint" /><title>Error</title>'
        b'</head><body><div id="s4-workspace"><h1>Sorry, something went wrong</h1></div></body></html>'
    ),
    Look.FORBIDDEN: (
        b"<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr>"
        b"<center>Microsoft-Azure-Application-Gateway/v2</center></body></html>"
    ),
    Look.EMPTY: b"",
}


def stub(look: Look) -> Reply:
    """The answer of a wall that looks so."""
    if look is Look.ERROR:
        return moved("mgError.aspx")
    return Reply(_STUBS[look], status=403 if look is Look.FORBIDDEN else 200)


def first_of(*faults: Fault) -> Fault:
    """The answer of the first of `faults` that has one; each sees only what those before it let pass."""

    def fault(request: Request) -> Reply | None:
        return next((reply for each in faults if (reply := each(request)) is not None), None)

    return fault


def always(reply: Reply, *on: str) -> Fault:
    """`reply` to every request on the pages `on`."""
    return _counted(on, lambda _, __: reply)


def once(reply: Reply, *on: str, at: int = 1) -> Fault:
    """`reply` to the request number `at` on the pages `on`, and to no other."""
    return _counted(on, lambda number, _: reply if number == at else None)


def busy(
    *on: str, every: int = 1, retry_after: int | str | None = 2, status: int = 503, until: int | None = None
) -> Fault:
    """503 (or 429) to every `every`-th request, up to number `until`.

    `retry_after` is the header's value, seconds or an HTTP date; with `None` there is no such header.
    """
    headers = () if retry_after is None else (("Retry-After", str(retry_after)),)
    reply = Reply(_WORDS, status=status, headers=headers)
    return _counted(on, lambda number, _: reply if number % every == 0 and (until is None or number <= until) else None)


def wall(*on: str, after: int = 0, look: Look = Look.INCAPSULA) -> Fault:
    """A bot wall, a login or an error page instead of every page after the first `after`; robots.txt is let through."""
    reply = stub(look)
    return _counted(on, lambda number, _: reply if number > after else None)


def reset(*on: str, every: int = 1, after: int = 100) -> Fault:
    """The connection of every `every`-th request is reset when `after` bytes of the page have been sent."""
    reply = Reply(b"", instead=False, cut=after)
    return _counted(on, lambda number, _: reply if number % every == 0 else None)


def slow(*on: str, seconds: float = 1.0, drip: bool = False) -> Fault:
    """The page itself, `seconds` late; with `drip` it takes as long to arrive, a sixteenth at a time."""
    return always(Reply(b"", instead=False, seconds=0 if drip else seconds, drip=seconds / 16 if drip else 0), *on)


def redirect_loop(*on: str) -> Fault:
    """A page that leads to another, which leads back: `name` to `name?again=1` and so on."""

    def answered(_: int, request: Request) -> Reply:
        return moved(f"{request.path.rsplit('/', 1)[-1]}?again={1 - (request.number('again') or 0)}")

    return _counted(on, answered)


def redirect(where: str, *on: str) -> Fault:
    """A page that leads to `where`: another host, a loopback or a private address."""
    return always(moved(where), *on)


def _counted(on: tuple[str, ...], answered: Callable[[int, Request], Reply | None]) -> Fault:
    """A fault that gives each request on the pages `on` its number."""
    beginnings, numbers = tuple(each.lower() for each in on or ("",)), count(1)

    def fault(request: Request) -> Reply | None:
        page = request.page
        named = _ROBOTS in beginnings or page != _ROBOTS
        return answered(next(numbers), request) if named and page.startswith(beginnings) else None

    return fault
