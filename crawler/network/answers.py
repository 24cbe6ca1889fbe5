"""What the status of an answer means, for whoever asked: a page, or one of the reasons not to have one."""

from dataclasses import dataclass
from typing import Final

from archive.errors import Blocked, Gone, Unreachable
from crawler.source import Page

_REDIRECTS: Final = (301, 302, 303, 307, 308)
_GONE: Final = (404, 410)
_PASSING: Final = (409, 429, 502, 503, 504)    # 409: what a ModernGov server says that is out of step with itself
_REFUSED: Final = (401, 403, 429, 451)


@dataclass(frozen=True, slots=True)
class Answer:
    """One response to one request, whole. `location` and `retry_after` are headers as they came."""

    url: str
    status: int
    reason: str
    content_type: str
    body: bytes
    location: str | None = None
    retry_after: str | None = None

    @property
    def target(self) -> str | None:
        """Where a redirect leads, as it says; `None` for any other answer."""
        return self.location if is_redirect(self.status) else None

    @property
    def passing(self) -> bool:
        """Whether it is worth asking again."""
        return self.status in _PASSING

    @property
    def fails(self) -> bool:
        """Whether the host as a whole seems to fail or to refuse us, not this page alone."""
        return self.status in _REFUSED or self.status in _PASSING or self.status >= 500

    @property
    def said(self) -> str:
        """The status in words: "status 503 Service Unavailable"."""
        return f"status {self.status} {self.reason}".strip()

    def page(self) -> Page:
        """The page that was answered. Raises `Gone`, `Blocked` or `Unreachable` when it is none.

        An answer with status 304 has the body that the site said to be good still, and is a page like any other.
        """
        if self.status == 304:
            return Page(self.url, 200, self.content_type, self.body)
        if 200 <= self.status < 300:
            return Page(self.url, self.status, self.content_type, self.body)
        if self.status in _GONE:
            raise Gone(self.url, self.said)
        raise (Blocked if self.status in _REFUSED else Unreachable)(self.url, self.said)


def is_redirect(status: int) -> bool:
    """Whether a response of this status says where to ask instead."""
    return status in _REDIRECTS
