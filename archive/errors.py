"""What can go wrong, as one tree. Every message is one line: what failed, where, and what to do.

MinutebookError
├── InputError          what was given cannot be used: an argument, an address, a file
│   ├── UnknownId       nothing in the archive has this identifier
│   └── UnreadableFile  a file that holds no minutes we can read
├── HomeError           the home folder cannot be used
│   ├── HomeLocked      another run holds it
│   └── HomeTooNew      a later version of Minutebook wrote it
├── StoreError          the database refused (foreign exception chained)
│   ├── Damaged         a meeting that it holds cannot be read
│   └── Unfit           of what it was given: without an identifier, or no text
├── CaptureError        a kept response cannot be read or written
├── IndexFailure        the search index refused; it can always be rebuilt
├── PageError           a page is not what its address promises
└── FetchError          a page could not be had
    ├── Blocked         the site, its robots.txt or a bot wall says no
    │   ├── Disallowed  robots.txt does not allow this page
    │   └── LeftAlone   nothing more is asked of this host in this run
    ├── Gone            the site says that the page does not exist
    ├── OutOfBudget     this run may ask for no more
    └── Unreachable     no answer, too slow, too large, or the wrong kind of answer
"""


class MinutebookError(Exception):
    """The root: whatever Minutebook raises on purpose."""


class InputError(MinutebookError):
    """What the user gave cannot be used."""


class UnknownId(InputError):
    """Nothing in the archive has this identifier."""


class UnreadableFile(InputError):
    """A file that holds no minutes we can read; the message says what it seems to be."""


class NeedsOcr(InputError):
    """A file whose pages are pictures: kept, but its words cannot be read here yet."""


class HomeError(MinutebookError):
    """The home folder cannot be used."""


class HomeLocked(HomeError):
    """Another run holds the home folder."""


class HomeTooNew(HomeError):
    """A later version of Minutebook wrote this home folder."""


class StoreError(MinutebookError):
    """The database refused; the foreign exception is chained."""


class Damaged(StoreError):
    """A meeting that the database holds cannot be read; all others can. Attribute: `meeting`, its identifier."""

    def __init__(self, meeting: str, reason: str) -> None:
        super().__init__(f"{meeting}: {reason}")
        self.meeting = meeting


class Unfit(StoreError):
    """What was given cannot be kept: it has no identifier to be found by, or is no text. All else can."""


class CaptureError(MinutebookError):
    """A kept response cannot be read or written."""


class IndexFailure(MinutebookError):
    """The search index refused; `minutebook reindex` rebuilds it from the store."""


class WorkerLost(MinutebookError):
    """A process that works for this one ended before its work."""


class PageError(MinutebookError):
    """A page is not what its address promises.

    Attributes: `url` of the page (or the file's name), `expected` and `found` in a few words each.
    """

    def __init__(self, url: str, expected: str, found: str) -> None:
        super().__init__(f"{url}: expected {expected}, found {found}")
        self.url, self.expected, self.found = url, expected, found


class FetchError(MinutebookError):
    """A page could not be had. Attribute: `url`."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url, self.reason = url, reason


class Blocked(FetchError):
    """The site, its robots.txt or a bot wall says no."""


class Disallowed(Blocked):
    """The site's robots.txt does not allow this page."""


class LeftAlone(Blocked):
    """Nothing more is asked of this host in this run: its robots.txt cannot be had, or it failed too often."""


class Gone(FetchError):
    """The site says that the page does not exist."""


class OutOfBudget(FetchError):
    """This run has asked as often as it may; the next one goes on."""


class Unreachable(FetchError):
    """No answer, too slow, too large, or the wrong kind of answer."""
