"""Answers from captures in place of the network: all of them for `reparse`, those of unchanged parts for a crawl."""

from collections.abc import Callable, Iterator, Sequence

from archive.captures import Capture, Captures
from archive.errors import CaptureError, FetchError, Unreachable
from crawler.network.answers import Answer, is_redirect
from crawler.source import KeptPage, Page


class Replay:
    """A `Get` that answers from the captures of one meeting, in the order in which they were made."""

    def __init__(self, kept: Sequence[Capture], captures: Captures) -> None:
        self._kept, self._captures = kept, captures
        self._last = {capture.url: at for at, capture in enumerate(kept)}   # of several attempts the last counts

    def __call__(self, url: str) -> Page:
        """The page as it was. Raises what its first asking raised, and `CaptureError`."""
        chain = self.chain(url)
        if not chain:
            raise Unreachable(url, "was not answered when this meeting was fetched")
        last = chain[-1]
        return Answer(last.url, last.status, "", last.content_type, self._captures.read(last)).page()

    def chain(self, url: str) -> tuple[Capture, ...]:
        """The captures that answered `url`: where it was redirected, those of the redirects before the last."""
        return tuple(self._chain(url))

    def _chain(self, url: str) -> Iterator[Capture]:
        at = self._last.get(url, len(self._kept))
        while at < len(self._kept):
            capture = self._kept[at]
            yield capture
            if not is_redirect(capture.status):
                return
            at += 1
            while at + 1 < len(self._kept) and self._kept[at + 1].url == self._kept[at].url:    # asked again
                at += 1


class Remembered:
    """A `crawler.source.Kept`: what one meeting was last read from.

    `tonight` are the captures of tonight's reading; what is used of the earlier ones joins them.
    """

    def __init__(self, earlier: Callable[[], Sequence[Capture]], captures: Captures, tonight: list[Capture]) -> None:
        self._earlier, self._captures, self._tonight = earlier, captures, tonight
        self._replay: Replay | None = None

    def __call__(self, url: str) -> KeptPage | None:
        """The answer that is kept; `None` without a good one that can be read."""
        self._replay = self._replay or Replay(self._earlier(), self._captures)
        try:
            page = self._replay(url)
        except (CaptureError, FetchError):
            return None
        chain = self._replay.chain(url)
        if url not in {capture.url for capture in self._tonight}:   # else it is only compared with tonight's answer
            self._tonight.extend(chain)
        return KeptPage(page, chain[-1].fetched)
