"""The fictional Ambleshire County Council as plain values: what its site shows, and what a reader of it should find.

Meetings are written when they are asked for, and a few are kept: thousands of meetings take no more memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from random import Random

from archive import ids
from archive.model import Committee, Council, CouncilId, Meeting, MeetingStatus, Member, MinutesStatus
from crawler.sample import areas, border, truth
from crawler.sample.clerk import minuted
from crawler.sample.compose import substance
from crawler.sample.data import CommitteeSpec, places
from crawler.sample.draft import Draft
from crawler.sample.edits import Edits, edited
from crawler.sample.line import Minuted, curly, typeset
from crawler.sample.people import Councillor, Seat, committee_on, councillors, sitting
from crawler.sample.plan import DEFAULT_MEETINGS, LAST_YEARS, YEARS, Matter, Plan, PlannedMeeting, municipal_year
from crawler.sample.procedure import Room, standing
from crawler.sample.scene import Scene

NAME = "Ambleshire County Council"
ID = CouncilId("ambleshire")
TODAY = date(2026, 9, 30)
_AGENDA_AHEAD, _CALENDAR_AHEAD = timedelta(days=8), timedelta(days=150)
_DRAFT_AFTER, _FINAL_AFTER = timedelta(days=12), timedelta(days=48)
_KEPT = 48
DEFAULT_COMMITTEES = 12


@dataclass(frozen=True, slots=True)
class WrittenItem:
    """An agenda item as its clerk has written it; `number` is as printed ("27.", "77/21", "" for none).

    Its first document may have been `replaced` by another, or `rewritten`.
    """

    id: int
    number: str
    matter: Matter
    draft: Draft
    minuted: Minuted
    replaced: bool = False
    rewritten: bool = False


@dataclass(frozen=True, slots=True)
class WrittenMeeting:
    """A meeting with its items, which may be in Welsh.

    `agenda` says whether the agenda is out, `minutes` how far the minutes are.
    """

    planned: PlannedMeeting
    status: MeetingStatus
    agenda: bool
    minutes: MinutesStatus
    room: Room
    items: tuple[WrittenItem, ...]
    welsh: bool = False

    @property
    def venue(self) -> str:
        """Where the meeting is held."""
        return places()["rooms"][self.planned.committee.room]


class SampleCouncil:
    """The council as it stands on `today`, with about `meetings` meetings in the ten years before.

    Every committee meets at least once a year, so the smallest council that meets at all has some 120 meetings. The
    same arguments give the same council, to the letter. A later `today` of the same year adds to it and changes no
    number. `committees` beyond twelve are made up by place; `edits` are what its clerks changed after the fact; `kept`
    is how many written meetings are kept in memory.
    """

    def __init__(
        self,
        seed: int = 1,
        *,
        meetings: int = DEFAULT_MEETINGS,
        today: date = TODAY,
        committees: int = DEFAULT_COMMITTEES,
        edits: Edits | None = None,
        kept: int = _KEPT,
    ) -> None:
        self.seed, self.today, self.edits = seed, today, edits or Edits()
        self._meetings, self._kept = meetings, kept
        self.specs = areas.specs(committees)
        self.plan = _plan(seed, meetings, today.year, committees)
        self.written = lru_cache(maxsize=kept)(self._write)
        self.sizes: dict[tuple[bool, str], int] = {}  # in KB, of the documents that pages have named

    def later(self, days: int = 0, edits: Edits | None = None) -> "SampleCouncil":
        """The same council `days` later, with `edits` in place of its own."""
        return SampleCouncil(
            self.seed,
            meetings=self._meetings,
            today=self.today + timedelta(days=days),
            committees=len(self.specs),
            edits=edits or self.edits,
            kept=self._kept,
        )

    @cached_property
    def announced(self) -> tuple[PlannedMeeting, ...]:
        """All meetings on the calendar today, past and to come, oldest first."""
        hidden = self.edits.removed | self.edits.unlisted
        planned = self.plan.between(date.min, self.today + _CALENDAR_AHEAD)
        return tuple(self._as_edited(each) for each in planned if each.id not in hidden)

    @cached_property
    def by_committee(self) -> Mapping[int, tuple[PlannedMeeting, ...]]:
        """The announced meetings by the number of their committee, oldest first."""
        found: dict[int, list[PlannedMeeting]] = {spec.id: [] for spec in self.specs}
        for each in self.announced:
            found[each.committee.id].append(each)
        return {number: tuple(held) for number, held in found.items()}

    def _as_edited(self, planned: PlannedMeeting) -> PlannedMeeting:
        return replace(planned, fate="cancelled") if planned.id in self.edits.cancelled else planned

    def with_issue(self, issue: int | None) -> tuple[PlannedMeeting, ...]:
        """The meetings on the calendar at which that issue is a matter, oldest first."""
        return self._issues.get(issue, ())

    @cached_property
    def _issues(self) -> dict[int | None, tuple[PlannedMeeting, ...]]:
        found: dict[int | None, tuple[PlannedMeeting, ...]] = {}
        for planned in self.announced:
            for issue in dict.fromkeys(matter.issue for matter in planned.matters):
                found[issue] = (*found.get(issue, ()), planned)
        return found

    def committees(self) -> tuple[Committee, ...]:
        """The committees, by name."""
        return tuple(self.committee(spec) for spec in sorted(self.specs, key=lambda spec: spec.name))

    def committee(self, spec: CommitteeSpec) -> Committee:
        """The archive's committee of a spec."""
        return Committee(ids.committee_id(ID, str(spec.id)), spec.name)

    def members(self, base: str = "") -> tuple[Member, ...]:
        """The members in office today, by surname; `base` begins the addresses of their pages."""
        return tuple(truth.member(each, base) for each in self.sitting())

    def sitting(self) -> tuple[Councillor, ...]:
        """The councillors in office today, by surname."""
        return tuple(sorted(sitting(self.today), key=lambda each: (each.surname, each.given)))

    def councillor(self, uid: int) -> Councillor | None:
        """The councillor of that number, in office or not."""
        return next((each for each in councillors() if each.uid == uid), None)

    def council(self, base: str) -> Council:
        """The council as the archive would register it at `base`."""
        return Council(ID, NAME, base, "moderngov")

    def meeting(self, identifier: int, base: str = "") -> Meeting:
        """What a reader should make of that meeting's pages; raises `KeyError` when the calendar has none."""
        if identifier not in self._listed:
            raise KeyError(f"no meeting {identifier} on the calendar")
        return truth.meeting(self.written(identifier), base)

    def meetings(self, base: str = "") -> tuple[Meeting, ...]:
        """All meetings on the calendar, as `meeting` gives them."""
        return tuple(self.meeting(each.id, base) for each in self.announced)

    @cached_property
    def _listed(self) -> frozenset[int]:
        return frozenset(each.id for each in self.announced)

    def visible(self, identifier: int) -> WrittenMeeting | None:
        """The meeting of that number if the site has it."""
        known = identifier in self._listed or identifier in self.edits.unlisted
        return self.written(identifier) if known else None

    def _write(self, identifier: int) -> WrittenMeeting:
        planned = self.plan.meeting(identifier)
        if planned is None:
            raise KeyError(f"no meeting {identifier} on the calendar")
        planned = self._as_edited(planned)
        room = self._room(planned)
        agenda = not planned.fate and planned.day <= self.today + _AGENDA_AHEAD
        minutes = self._minutes_status(planned)
        matters = planned.matters if agenda else ()
        items = (self._item(planned, at, matter, room, minutes) for at, matter in enumerate(matters))
        kept = tuple(edited(each, self.edits) for each in items if each.id not in self.edits.withdrawn)
        return WrittenMeeting(planned, self._status(planned), agenda, minutes, room, kept)

    def _status(self, planned: PlannedMeeting) -> MeetingStatus:
        if planned.fate:
            return MeetingStatus(planned.fate)
        return MeetingStatus.HELD if planned.day < self.today else MeetingStatus.SCHEDULED

    def _minutes_status(self, planned: PlannedMeeting) -> MinutesStatus:
        age = self.today - planned.day
        if planned.fate or age < _DRAFT_AFTER:
            return MinutesStatus.NONE
        return MinutesStatus.DRAFT if age < _FINAL_AFTER else MinutesStatus.PUBLISHED

    def papers(self, planned: PlannedMeeting) -> str:
        """How far the papers of a meeting have come: "", "agenda" or "minutes"."""
        if self._minutes_status(planned) is not MinutesStatus.NONE:
            return "minutes"
        return "agenda" if not planned.fate and planned.day <= self.today + _AGENDA_AHEAD else ""

    def _room(self, planned: PlannedMeeting) -> Room:
        rng = Random(f"{self.seed}/room/{planned.id}")
        seats = committee_on(planned.committee, planned.day)
        absent = tuple(seat.member for seat in seats[1:] if rng.random() < 0.09)
        attending = [seat.member for seat in seats if seat.member not in absent]
        substitutes = self._substitutes(planned, seats, absent, rng)
        return Room(
            seats,
            (*attending, *(each for each, _ in substitutes)),
            absent,
            substitutes,
            self.plan.neighbour(planned, -1),
            self.plan.neighbour(planned, 1),
        )

    def _substitutes(
        self, planned: PlannedMeeting, seats: tuple[Seat, ...], absent: tuple[Councillor, ...], rng: Random
    ) -> tuple[tuple[Councillor, Councillor], ...]:
        if planned.committee.key in ("council", "cabinet") or not absent or rng.random() < 0.5:
            return ()
        members = {seat.member for seat in seats}
        pool = [each for each in sitting(planned.day) if each not in members and each.group == absent[0].group]
        return ((rng.choice(pool), absent[0]),) if pool else ()

    def _item(
        self, planned: PlannedMeeting, at: int, matter: Matter, room: Room, minutes: MinutesStatus
    ) -> WrittenItem:
        rng = Random(f"{self.seed}/item/{planned.item_id(at)}")
        issue = Random(f"{self.seed}/issue/{matter.issue}")
        scene = Scene(planned.committee, planned.start, rng, room.present, matter.topic, issue)
        number = item_number(planned, at)
        if planned.committee.key == border.KEY:
            draft, written = border.item(matter, scene, room)
        else:
            draft = substance(matter, scene) if matter.topic else standing(matter.procedure, scene, room)
            written = minuted(draft, scene, number.rstrip("."))
        if minutes is MinutesStatus.NONE:
            written = Minuted()
        elif planned.committee.address != "Mr":
            draft, written = replace(draft, agenda=tuple(map(curly, draft.agenda))), typeset(written)
        return WrittenItem(planned.item_id(at), number, matter, draft, written)


@lru_cache(maxsize=4)
def _plan(seed: int, meetings: int, year: int, committees: int) -> Plan:
    """The plan as it is in `year`; councils of one day and the next share it."""
    return Plan(seed, meetings, date(year - YEARS, 10, 1), date(year + LAST_YEARS, 12, 31), areas.specs(committees))


def item_number(planned: PlannedMeeting, at: int) -> str:
    """The printed number of the item at position `at`, in the way of the committee's clerk."""
    running, in_year = planned.first_item + at + 1, planned.first_in_year + at + 1
    year = municipal_year(planned.day) % 100
    return {
        "agenda": f"{at + 1}.",
        "municipal": f"{in_year}.",
        "slash": f"{in_year}/{year}",
        "prefix": f"PLA{running + 96}/{year}",
        "running": f"{running + 1622}.",
    }[planned.committee.numbering]
