"""A site that is only a list of meetings, a clock that only counts, and one run after another over them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from build import COUNCIL, a_meeting, an_item

from archive.captures import Capture, Captures
from archive.ids import committee_id, meeting_id, member_id
from archive.listings import Door
from archive.model import Committee, Council, Meeting, Member
from archive.store import Store
from crawler.run import RunReport, Scope, crawl
from crawler.source import Announced, Kept, Reading, Shortfall, nothing_kept

TODAY = date(2024, 5, 1)
CABINET = Committee(committee_id(COUNCIL, "cabinet"), "Cabinet")
AMBLESHIRE = Council(COUNCIL, "Ambleshire County Council", "https://democracy.example/", "moderngov")


class FakeClock:
    def __init__(self) -> None:
        self.moment = 0.0

    def now(self) -> datetime:
        return datetime(2024, 5, 1, 12, tzinfo=UTC) + timedelta(seconds=self.moment)

    def seconds(self) -> float:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.moment += seconds


@dataclass
class FakeSite:
    """A source and what fetches for it: meetings by number, with failures in place of some."""

    meetings: dict[str, Meeting]
    failing: dict[str, Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    ranges: list[tuple[date | None, date | None]] = field(default_factory=list)
    shortfalls: dict[str, Shortfall] = field(default_factory=dict)
    welsh: dict[str, Meeting] = field(default_factory=dict)
    unlisted: set[str] = field(default_factory=set)
    whys: list[str] = field(default_factory=list)
    clock: FakeClock = field(default_factory=FakeClock)
    requests: int = 0
    council: Council = AMBLESHIRE

    def ways(self) -> Mapping[str, Door]:
        return {}

    def committees(self) -> tuple[Committee, ...]:
        self._answer("committees")
        return (CABINET,)

    def members(self) -> tuple[Member, ...]:
        self._answer("members")
        return (Member(member_id(COUNCIL, "7"), "Cllr Ada Bell"),)

    def announced(self, since: date | None, until: date | None) -> Iterator[Announced]:
        self.ranges.append((since, until))
        for local, meeting in self.meetings.items():
            assert meeting.start is not None
            if local in self.unlisted:
                continue
            if (since is None or meeting.start.date() >= since) and (until is None or meeting.start.date() <= until):
                yield Announced(meeting_id(COUNCIL, local), CABINET, meeting.start)
        self._answer("list")

    def address(self, announced: Announced) -> str:
        return f"https://democracy.example/{announced.id}"

    def meeting(self, announced: Announced, _kept: Kept = nothing_kept) -> Reading:
        local = announced.id.rsplit("/", 1)[1]
        self._answer(local)
        shortfall = self.shortfalls.get(local)
        untold = frozenset({shortfall.what} if shortfall else ())
        twins = (self.welsh[local],) if local in self.welsh else ()
        return Reading(self.meetings[local], twins, shortfalls=(shortfall,) if shortfall else (), untold=untold)

    def _answer(self, what: str) -> None:
        self.requests += 1
        self.asked.append(what)
        if what in self.failing:
            raise self.failing[what]

    @contextmanager
    def recording(self, why: str = "") -> Iterator[list[Capture]]:
        self.whys.append(why)
        yield [Capture(f"https://democracy.example/{len(self.asked)}", FakeClock().now(), 200, "", "0" * 64, "a", 0)]


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def some_meetings(**started: date) -> dict[str, Meeting]:
    return {
        local.strip("_"): a_meeting(local.strip("_"), an_item(local.strip("_")), start=start)
        for local, start in started.items()
    }


def nights_later(site: FakeSite, nights: float) -> None:
    site.clock.moment += nights * 86400


Run = Callable[..., RunReport]


def runs(site: FakeSite, store: Store, folder: Path) -> Run:
    def once(**scope: object) -> RunReport:
        site.asked.clear()
        return crawl(site, site, store, Captures(folder), site.clock, Scope(**scope))

    return once
