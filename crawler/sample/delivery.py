"""What goes around a page on its way: the council's restless template, the switch of language, validators."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from urllib.parse import urlencode

from crawler.sample.asking import Reply, Request
from crawler.sample.options import Validators, Welsh
from crawler.sample.site import View

_SINCE = datetime(2016, 1, 1, tzinfo=UTC)
_SECONDS = 300_000_000  # some ten years


def delivered(view: View, request: Request, reply: Reply) -> Reply:
    """The reply as it is sent: a page with what surrounds it, and a 304 where the client has it already."""
    if reply.status != 200:
        return reply
    page = reply.content_type.startswith("text/html")
    if page and view.options.welsh is not Welsh.NONE:
        reply = _switched(view, request, reply)
    headers = _validators(view.options.validators, reply.body)
    if headers and _unchanged(request, dict(headers)):
        return Reply(b"", status=304, headers=headers)
    if page and view.options.restless:
        reply = _restless(view, reply)
    return replace(reply, headers=(*reply.headers, *headers))


def _switched(view: View, request: Request, reply: Reply) -> Reply:
    """The page with a link to the same page in the other language, in the council's own menu."""
    others = {name: value for name, value in request.parameters.items() if name != "lll"}
    here = view.options.welsh is Welsh.SAME_HOST
    query = urlencode(others | {"LLL": "0" if view.welsh else "1"} if here else others)
    href = f"{'' if here else view.twin}{request.path}{f'?{query}' if query else ''}"
    language, name = ("en", "English") if view.welsh else ("cy", "Cymraeg")
    link = f'<li><a href="{escape(href)}" lang="{language}" hreflang="{language}">{name}</a></li></ul>'
    return replace(reply, body=reply.body.replace(b"</ul>", link.encode(), 1))


def _validators(kind: Validators, body: bytes) -> tuple[tuple[str, str], ...]:
    if kind is Validators.NONE:
        return ()
    digest = sha256(body).hexdigest()
    changed = _SINCE + timedelta(seconds=int(digest[:12], 16) % _SECONDS)
    made = (
        (Validators.ETAG, ("ETag", f'"{digest[:16]}"')),
        (Validators.LAST_MODIFIED, ("Last-Modified", format_datetime(changed, usegmt=True))),
    )
    return tuple(header for each, header in made if kind in (each, Validators.BOTH))


def _unchanged(request: Request, headers: dict[str, str]) -> bool:
    """Whether the client has this very page; by RFC 9110 an ETag goes before a date."""
    tags = request.header("If-None-Match")
    if tags and "ETag" in headers:
        return headers["ETag"] in (tag.strip().removeprefix("W/") for tag in tags.split(","))
    return not tags and request.header("If-Modified-Since") == headers.get("Last-Modified", "none")


def _restless(view: View, reply: Reply) -> Reply:
    """The page with a date, a count of visitors, news, scripts and tokens around ModernGov's part of it."""
    turn = next(view.turns)
    day = view.council.today + timedelta(days=turn % 7)
    token = sha256(f"{turn}".encode()).hexdigest()[:24]
    meta = f'<meta name="DC.date" content="{day}" /><script nonce="{token}">var visit = {turn};</script></head>'
    above = f'<header><p>{day:%A %d %B %Y}</p><form><input type="hidden" name="csrf" value="{token}" /></form>'
    news = "".join(f"<p>News {turn * 3 + at}: the library van calls.</p>" for at in range(1 + turn % 3))
    below = f"<footer>{news}<p>Last updated: {day:%d/%m/%Y}. Visitors: {10_000 + turn}.</p>"
    body = reply.body
    for old, new in (("</head>", meta), ("<header>", above), ("<footer>", below)):
        body = body.replace(old.encode(), new.encode(), 1)
    return replace(reply, body=body)
