"""What is asked of the sample's site, and what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

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

    def header(self, name: str) -> str:
        """The header `name`, whatever its case; "" where there is none."""
        return next((value for each, value in self.headers.items() if each.lower() == name.lower()), "")

    @property
    def page(self) -> str:
        """The path in lower case: ModernGov does not mind how a page is spelled."""
        return self.path.lower()

    @property
    def welsh(self) -> bool:
        """Whether the Welsh page is asked for."""
        return self.parameters.get("lll") == "1"


def read_parameters(url: str) -> dict[str, str]:
    """The parameters of `url` by lower-case name, aliases made one."""
    return {
        _ALIASES.get(name.lower(), name.lower()): value
        for name, value in parse_qsl(urlsplit(url).query, keep_blank_values=True)
    }


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer.

    `seconds` is how long the site takes before it answers at all, `drip` how long it then rests after each sixteenth
    of the body. After `cut` bytes of the body the connection is reset, whatever length was promised. A fault's reply
    that is not `instead` of the page means the page itself, sent with these `seconds`, `drip` and `cut`.
    """

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0
    drip: float = 0.0
    cut: int | None = None
    instead: bool = True


def moved(where: str) -> Reply:
    """A redirect as ASP.NET sends it."""
    body = f'<html><body><h2>Object moved to <a href="{where}">here</a>.</h2></body></html>'
    return Reply(body.encode(), status=302, headers=(("Location", where),))


def not_found() -> Reply:
    """What IIS answers where there is nothing."""
    body = b"<html><head><title>404 - File or directory not found.</title></head><body><h2>404</h2></body></html>"
    return Reply(body, status=404)
