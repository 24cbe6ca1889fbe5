"""What the status of an answer means, for whoever asked: a page, or one of the reasons not to have one."""

from dataclasses import dataclass
from typing import Final

from archive.errors import Blocked, Gone, Unreachable
from crawler.source import Page

_REDIRECTS: Final = (301, 302, 303, 307, 308)
_GONE: Final = (404, 410)
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

    def page(self) -> Page:
        """The page that was answered. Raises `Gone`, `Blocked` or `Unreachable` when it is none."""
        if 200 <= self.status < 300:
            return Page(self.url, self.status, self.content_type, self.body)
        said = f"status {self.status} {self.reason}".strip()
        if self.status in _GONE:
            raise Gone(self.url, said)
        raise (Blocked if self.status in _REFUSED else Unreachable)(self.url, said)


def is_redirect(status: int) -> bool:
    """Whether a response of this status says where to ask instead."""
    return status in _REDIRECTS
