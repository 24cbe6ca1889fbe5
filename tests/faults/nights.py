"""A home that crawls the sample's site by the real commands, its nights a hundred times as fast as the machine's."""

import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from archive.config import add_council
from archive.home import Home as Folder
from archive.model import Council, CouncilId, Meeting
from archive.store import Store
from crawler.clock import StoppableClock
from crawler.sample import Edits, Logged, Options, SampleCouncil, Served
from crawler.sample.plan import PlannedMeeting
from crawler.sample.shelf import Shelf
from crawler.sample.site import WrittenMeeting
from web.cli import run

SPEED = 100
CONTACT = "clerk@example.org"
AGENT = f"Minutebook/0.1 (+{CONTACT})"
Serving = Callable[..., AbstractContextManager[Served]]
BEGAN = datetime(2026, 9, 30, 2, tzinfo=UTC)    # the night of the sample's day


class NightClock(StoppableClock):
    """It begins with the sample's night and runs `SPEED` times as fast, so that waiting is real but short."""

    def __init__(self) -> None:
        super().__init__()
        self._zero, self._skipped = super().seconds(), timedelta()
        self.slept: list[float] = []

    def now(self) -> datetime:
        return BEGAN + self._skipped + timedelta(seconds=self.seconds() - self._zero * SPEED)

    def seconds(self) -> float:
        return super().seconds() * SPEED

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        super().sleep(seconds / SPEED)

    def skip(self, days: float) -> None:
        """Puts the time of day forward; the seconds go on as they did."""
        self._skipped += timedelta(days=days)


class FewMeetings(SampleCouncil):
    """The sample council with four committees and a few of its meetings, which need no more to be told of.

    Those of the numbers `only`, or every `every`-th one.
    """

    def __init__(self, *, only: Iterable[int] = (), every: int = 1, **more: Any) -> None:
        super().__init__(meetings=800, **more)
        self.only, self.every, self.specs = frozenset(only), every, self.specs[:4]

    @cached_property
    def announced(self) -> tuple[PlannedMeeting, ...]:
        found = [each for each in super().announced if each.committee in self.specs]
        return tuple(each for each in found if (each.id in self.only if self.only else each.id % self.every == 0))

    def visible(self, identifier: int) -> WrittenMeeting | None:
        shown = any(each.id == identifier for each in self.announced) or identifier in self.edits.unlisted
        return super().visible(identifier) if shown else None

    def later(self, days: int = 0, edits: Edits | None = None) -> "FewMeetings":
        today = self.today + timedelta(days=days)
        return FewMeetings(only=self.only, every=self.every, today=today, edits=edits or self.edits)

    def numbers(self) -> list[str]:
        """The numbers of all meetings, newest first, as a crawl looks at them."""
        listed = sorted(self.announced, key=lambda each: (each.start, str(each.id)), reverse=True)
        return [str(each.id) for each in listed]


TODAY = SampleCouncil(meetings=0).today
OLDEST, RESTRICTED, PLAIN, VOTES, AHEAD, FAR = 12748, 12755, 12759, 12761, 12767, 12772
COUNCIL = FewMeetings(only=(OLDEST, RESTRICTED, PLAIN, VOTES, AHEAD, FAR))
"""Minutes that are published; drafts, one with a restricted item, one with recorded votes; an agenda; a date alone."""
SMALL = FewMeetings(only=(PLAIN, AHEAD))



@dataclass(frozen=True)
class Answer:
    """What a command said, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def report(self) -> Any:
        """What a crawl of one council says."""
        [report] = self.json
        return report

    @property
    def counts(self) -> dict[str, int]:
        return {name: count for name, count in self.report["counts"].items() if count}

    @property
    def failures(self) -> list[dict[str, str]]:
        return self.report["failures"]


@dataclass
class Home:
    """A home folder, and the commands that are run on it."""

    folder: Path
    clock: NightClock = field(default_factory=NightClock)

    def add(self, url: str, identifier: str = "ambleshire", **settings: Any) -> None:
        """Registers the site at `url`, as `minutebook add` does once it has recognised it; more `settings` by name."""
        council = Council(CouncilId(identifier), identifier.title(), url, "moderngov")
        self.folder.mkdir(exist_ok=True)
        allow = [urlsplit(url).netloc, *settings.pop("allow", ())]
        add_council(Folder(self.folder), council, allow, None)
        lines = "".join(f"{name} = {json.dumps(value)}\n" for name, value in settings.items())
        with (self.folder / "minutebook.toml").open("a") as file:
            file.write(lines)

    def run(self, *arguments: str, **environ: str) -> Answer:
        """One command, by its own entry."""
        known = {"MINUTEBOOK_HOME": str(self.folder), "MINUTEBOOK_CONTACT": CONTACT, "MINUTEBOOK_DELAY": "0"}
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            status = run(arguments, {**known, **environ})
        return Answer(status, out.getvalue(), err.getvalue())

    def crawl(self, *arguments: str, **environ: str) -> Answer:
        return self.run("--json", "crawl", *arguments, **environ)

    def status(self) -> tuple[int, Any]:
        """The exit status of `status`, and what it says of the only council."""
        answer = self.run("--json", "status")
        [council] = answer.json["councils"]
        return answer.status, council

    @contextmanager
    def store(self) -> Iterator[Store]:
        with closing(Store.open(Folder(self.folder).database)) as store:
            yield store

    def held(self, council: str = "ambleshire") -> dict[str, Meeting]:
        """The meetings held, by their identifiers."""
        with self.store() as store:
            return {each.id: each for each in store.each_meeting(CouncilId(council)) if each.id}

    def files(self) -> set[str]:
        return {str(each.relative_to(self.folder.parent)) for each in self.folder.parent.rglob("*") if each.is_file()}


def asked(log: Iterable[Logged]) -> list[str]:
    """What was asked, each as the name of its page or method."""
    return [page_of(each) for each in log]


def page_of(logged: Logged) -> str:
    return urlsplit(logged.target).path.rsplit("/", 1)[1]


def pages(log: Iterable[Logged]) -> Counter[str]:
    """How often each page or method was asked."""
    return Counter(asked(log))


def parameters(logged: Logged) -> Mapping[str, str]:
    return {name.lower(): value for name, value in parse_qsl(urlsplit(logged.target).query)}


def meetings_asked(log: Iterable[Logged], page: str) -> list[str]:
    """The numbers of the meetings whose `page` was asked, in that order."""
    names = ("mid", "meetingid", "lmeetingid", "id")
    found = (parameters(each) for each in log if page_of(each).lower() == page.lower())
    return [next(given[name] for name in names if name in given) for given in found]


def truth(site: Served) -> dict[str, Meeting]:
    """What a reader of the site should find, by identifier."""
    return {each.id: each for each in site.meetings() if each.id}


def mended(site: Served, **options: Any) -> None:
    """The site differs from a well-behaved one by these options from now on."""
    site.view = replace(site.view, options=Options(**options), kept=Shelf())
