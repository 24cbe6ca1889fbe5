"""Which meetings the council holds, on which days, and what is on their agendas: cheap to make, no text in it.

A plan does not depend on today: a later day only makes more of it visible, and what was there keeps its number.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random

from crawler.sample.data import CommitteeSpec, Stage, Story, Topic, committees, stories, topics

DEFAULT_MEETINGS = 300
YEARS = 10
LAST_YEARS = 2  # planned beyond today, so that the calendar has a future
ITEMS_PER_MEETING = 24  # room for item numbers; no agenda is so long
_FIRST_MEETING, _FIRST_STORY, _FIRST_ISSUE = 2104, 611, 4000
_CANCELLED, _POSTPONED = 0.04, 0.015


@dataclass(frozen=True, slots=True)
class Matter:
    """What an agenda item is about: a procedure by its key, or a subject of a topic, or a stage of a story.

    `turn` counts the matters of one topic, so that no two neighbours draw the same sentences. `twin` is an exempt
    item that stands beside the open one of the same matter.
    """

    issue: int
    procedure: str = ""
    topic: Topic | None = None
    subject: int = 0
    story: Story | None = None
    stage: Stage | None = None
    turn: int = 0
    twin: bool = False


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """A meeting on the calendar. `fate` is "", "cancelled" or "postponed"; `number` is its place among its committee's,
    `first_item` the running number of its first item within the committee (`in_year`: within the municipal year)."""

    id: int
    committee: CommitteeSpec
    start: datetime
    fate: str
    matters: tuple[Matter, ...]
    first_item: int
    first_in_year: int

    @property
    def day(self) -> date:
        """The day of the meeting."""
        return self.start.date()

    def item_id(self, at: int) -> int:
        """The number of the item at position `at`, counted from 0."""
        return self.id * ITEMS_PER_MEETING + at


def municipal_year(day: date) -> int:
    """The year in which the municipal year of `day` began; it begins in May."""
    return day.year if day.month >= 5 else day.year - 1


class Plan:
    """All meetings of the council in the order of their days."""

    def __init__(
        self, seed: int, meetings: int, first: date, last: date, specs: Sequence[CommitteeSpec] | None = None
    ) -> None:
        self._seed, self._specs = seed, tuple(specs or committees())
        self._share = meetings / YEARS / sum(spec.per_year for spec in self._specs)
        dates = sorted(
            ((start, at) for at in range(len(self._specs)) for start in self._starts(at, first, last)),
            key=lambda each: each[0],
        )
        self.meetings = self._with_agendas(dates, first)

    def _starts(self, at: int, first: date, last: date) -> list[datetime]:
        spec = self._specs[at]
        if not self._share:
            return []
        step = 365.25 / max(spec.per_year * self._share, 1)    # every committee meets once a year at the least
        offset = Random(f"{self._seed}/{spec.key}").uniform(0, step)
        starts, day = [], offset
        while (near := first + timedelta(days=day)) <= last:
            starts.append(
                datetime.combine(_weekday(near, spec.weekday), time.fromisoformat(spec.time.replace(".", ":")))
            )
            day += step
        return starts

    def _with_agendas(self, dates: list[tuple[datetime, int]], first: date) -> tuple[PlannedMeeting, ...]:
        agendas = _Agendas(self._seed, dates)
        counts: Counter[str] = Counter()
        years: Counter[tuple[str, int]] = Counter()
        per_year: Counter[int] = Counter()
        made = []
        span = int(self._share * 400) + 60 + 12 * (len(self._specs) - len(committees()))
        for start, at in dates:
            spec = self._specs[at]
            rng = Random(f"{self._seed}/{spec.key}/{start}")
            fate = self._fate(rng)
            year = start.year - first.year
            identifier = _FIRST_MEETING + year * span + per_year[year]
            per_year[year] += 1
            matters = () if fate else agendas.of(spec, start.date(), identifier, rng)
            in_year = (spec.key, municipal_year(start.date()))
            made.append(PlannedMeeting(identifier, spec, start, fate, matters, counts[spec.key], years[in_year]))
            counts[spec.key] += len(matters)
            years[in_year] += len(matters)
        return tuple(made)

    def _fate(self, rng: Random) -> str:
        drawn = rng.random()
        return "cancelled" if drawn < _CANCELLED else "postponed" if drawn < _CANCELLED + _POSTPONED else ""

    @cached_property
    def _by_id(self) -> dict[int, int]:
        return {meeting.id: at for at, meeting in enumerate(self.meetings)}

    @cached_property
    def _days(self) -> list[date]:
        return [meeting.day for meeting in self.meetings]

    def meeting(self, identifier: int) -> PlannedMeeting | None:
        """The meeting of that number, or `None`."""
        at = self._by_id.get(identifier)
        return None if at is None else self.meetings[at]

    def between(self, first: date, last: date) -> tuple[PlannedMeeting, ...]:
        """The meetings from `first` to `last`, both included."""
        return self.meetings[bisect_left(self._days, first) : bisect_right(self._days, last)]

    def neighbour(self, meeting: PlannedMeeting, step: int) -> PlannedMeeting | None:
        """The meeting of the same committee before (-1) or after (1) this one that is not called off."""
        at = self._by_id[meeting.id] + step
        while 0 <= at < len(self.meetings):
            other = self.meetings[at]
            if other.committee is meeting.committee and not other.fate:
                return other
            at += step
        return None


def _weekday(near: date, weekday: int) -> date:
    """The first such weekday from `near` on; in August and over Christmas no committee meets."""
    day = near + timedelta(days=(weekday - near.weekday()) % 7)
    if day.month == 8:
        return _weekday(date(day.year, 9, 1 + day.day % 20), weekday)
    if (day.month, day.day) > (12, 19) or (day.month, day.day) < (1, 5):
        return _weekday(date(day.year + (day.month == 12), 1, 6), weekday)
    return day


class _Agendas:
    """Deals matters to meetings in the order of their days."""

    def __init__(self, seed: int, dates: list[tuple[datetime, int]]) -> None:
        self._seed = seed
        self._turns: Counter[str] = Counter()
        self._dealt: Counter[str] = Counter()
        self._decks: dict[tuple[str, int], list[tuple[str, int]]] = {}
        self._issues = _FIRST_ISSUE
        self._waiting: defaultdict[str, list[Matter]] = defaultdict(list)
        self._stages = self._place(dates)

    def _place(self, dates: list[tuple[datetime, int]]) -> dict[str, list[tuple[date, Story, Stage, int]]]:
        due: dict[str, list[tuple[date, Story, Stage, int]]] = defaultdict(list)
        for at, story in enumerate(stories()):
            for stage in story.stages:
                year, month = stage.when.split("-")
                due[stage.committee].append((date(int(year), int(month), 1), story, stage, _FIRST_STORY + 7 * at))
        earliest = dates[0][0].date() if dates else date.min
        return {
            key: sorted((each for each in found if each[0] >= earliest), key=lambda each: each[0])
            for key, found in due.items()
        }

    def of(self, spec: CommitteeSpec, day: date, meeting: int, rng: Random) -> tuple[Matter, ...]:
        """The agenda of the committee's meeting on `day`."""
        substance = [*self._due_stages(spec.key, day), *self._due_referrals(spec.key)]
        while len(substance) < rng.choice((3, 4, 4, 5)):
            substance.append(self._next_subject(spec, day.year, rng))
        opening, closing = _procedures(spec.key, rng)
        agenda = (
            [Matter(0, procedure=key) for key in opening] + substance + [Matter(0, procedure=key) for key in closing]
        )
        return tuple(
            self._numbered(matter, meeting * ITEMS_PER_MEETING + at)
            for at, matter in enumerate(self._exempted(agenda, rng))
        )

    def _due_stages(self, key: str, day: date) -> list[Matter]:
        queue = self._stages.get(key, [])
        due: list[Matter] = []
        while queue and queue[0][0] <= day and len(due) < 3:
            _, story, stage, issue = queue.pop(0)
            topic = topics()["county-development" if key == "planning" else story.topic]
            due.append(Matter(issue, topic=topic, story=story, stage=stage, turn=self._turn(topic)))
        return due

    def _due_referrals(self, key: str) -> list[Matter]:
        referred = self._waiting.pop(key, [])[:1]
        return [
            Matter(each.issue, topic=each.topic, subject=each.subject, turn=self._turn(each.topic))
            for each in referred
            if each.topic
        ]

    def _turn(self, topic: Topic) -> int:
        self._turns[topic.key] += 1
        return self._turns[topic.key]

    def _next_subject(self, spec: CommitteeSpec, year: int, rng: Random) -> Matter:
        key, subject = self._deal(spec, year)
        topic = topics()[key]
        self._issues += 1
        matter = Matter(self._issues, topic=topic, subject=subject, turn=self._turn(topic))
        if spec.category == "Overview and Scrutiny" and rng.random() < 0.2:
            self._waiting["cabinet"].append(matter)
        elif spec.key == "cabinet" and key in ("budget", "governance", "devolution", "pay") and rng.random() < 0.4:
            self._waiting["council"].append(matter)
        return matter

    def _deal(self, spec: CommitteeSpec, year: int) -> tuple[str, int]:
        """The committee's next subject that is of its time."""
        while True:
            key, at = self._next_card(spec)
            if topics()[key].subjects[at].since <= year:
                return key, at

    def _next_card(self, spec: CommitteeSpec) -> tuple[str, int]:
        pool = [(key, at) for key in spec.topics for at in range(len(topics()[key].subjects))]
        cycle, position = divmod(self._dealt[spec.key], len(pool))
        self._dealt[spec.key] += 1
        if (spec.key, cycle) not in self._decks:
            self._decks[spec.key, cycle] = Random(f"{self._seed}/{spec.key}/{cycle}").sample(pool, len(pool))
        return self._decks[spec.key, cycle][position]

    def _exempted(self, agenda: list[Matter], rng: Random) -> list[Matter]:
        """The agenda with an exempt twin of its last matter after the exclusion of the public, where there is one."""
        at = next((at for at, matter in enumerate(agenda) if matter.procedure == "exclusion"), None)
        if at is None:
            return agenda
        open_twin = rng.choice([matter for matter in agenda[:at] if matter.topic])
        twin = Matter(
            open_twin.issue,
            topic=open_twin.topic,
            subject=open_twin.subject,
            story=open_twin.story,
            stage=open_twin.stage,
            turn=open_twin.turn,
            twin=True,
        )
        return [*agenda[: at + 1], twin, *agenda[at + 1 :]]

    def _numbered(self, matter: Matter, item: int) -> Matter:
        return matter if matter.issue else Matter(200_000 + item, procedure=matter.procedure)


def _procedures(key: str, rng: Random) -> tuple[list[str], list[str]]:
    """The standing items before and after the substance."""
    opening = ["apologies", "declarations", "minutes"]
    if key == "border":
        return opening, ["next-meeting"]
    if key == "council":
        opening += ["announcements", "public-questions"]
    elif rng.random() < 0.3:
        opening.append("public-questions")
    elif rng.random() < 0.25:
        opening.append("announcements")
    closing = []
    if key in ("children", "adults", "environment", "corporate", "audit", "health"):
        closing.append("work-programme")
    if rng.random() < 0.3:
        closing.append("urgent")
    if rng.random() < 0.55:
        closing.append("next-meeting")
    if key in ("cabinet", "corporate", "pensions", "children") and rng.random() < 0.3:
        closing.append("exclusion")
    return opening, closing
