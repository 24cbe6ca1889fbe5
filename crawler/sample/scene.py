"""What a sentence may refer to while one item is minuted: people in the room, places, dates, acronyms spelled out."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from crawler.sample.data import CommitteeSpec, Topic, places, read_toml
from crawler.sample.grammar import expand, number_in, sentence
from crawler.sample.people import PORTFOLIOS, Councillor, Officer, cabinet_member, officer_on

_PLACES = {
    "town": "towns",
    "village": "villages",
    "road": "roads",
    "river": "rivers",
    "school": "schools",
    "library": "libraries",
    "hospital": "hospitals",
    "district": "districts",
}
_BODIES = {"council": "the Council", "cabinet": "Cabinet", "health": "the Board"}
_FULL_STOP = re.compile(r"(?<![ap]\.m)(?<=\.) [a-z]")
_PREDECESSORS = {"ICB": ("CCG", date(2022, 7, 1)), "ICP": ("STP", date(2022, 7, 1))}
_ACRONYMS: dict[str, str] = read_toml("acronyms.toml")


def body_of(spec: CommitteeSpec) -> str:
    """What a committee calls itself in mid-sentence: "the Committee", "Cabinet"."""
    return _BODIES.get(spec.key, "the Committee")


@dataclass
class Scene:
    """One item at one meeting. `people` collects who was named: printed name and councillor's number.

    `issue` is the chance of the issue, the same wherever it comes up; `rng` that of the item.
    """

    spec: CommitteeSpec
    start: datetime
    rng: Random
    present: tuple[Councillor, ...]
    topic: Topic | None = None
    issue: Random | None = None
    known: dict[str, str] = field(default_factory=dict)
    people: dict[str, int | None] = field(default_factory=dict)
    _spelled: set[str] = field(default_factory=set)

    @property
    def day(self) -> date:
        """The day of the meeting."""
        return self.start.date()

    def say(self, pattern: str) -> str:
        """`pattern` filled in, as part of a sentence."""
        return expand(pattern, self.rng, self.slot)

    def say_of_issue(self, pattern: str) -> str:
        """`pattern` filled in by the issue's own chance: the same places and numbers at every meeting it comes to."""
        self.rng, own = self.issue or self.rng, self.rng
        try:
            return self.say(pattern)
        finally:
            self.rng = own

    def sentence(self, pattern: str) -> str:
        """`pattern` filled in, as a sentence of its own."""
        said = self.say(pattern)
        return sentence(_FULL_STOP.sub(lambda found: found[0].upper(), said))

    def forget(self, *names: str) -> None:
        """Lets the slots `names` mean somebody else from here on."""
        for name in names:
            self.known.pop(name, None)

    def pick(self, patterns: Iterable[str]) -> str:
        """One of `patterns`, not filled in."""
        return self.rng.choice(tuple(patterns))

    def slot(self, name: str) -> str:
        """What `{name}` means here; the same name means the same in all of the item, "town2" another than "town"."""
        if name.isupper() and len(name) > 1:
            return self._acronym(name)
        if name not in self.known:
            self.known[name] = self._fresh(name)
        return self.known[name]

    def _acronym(self, name: str) -> str:
        old, until = _PREDECESSORS.get(name, ("", date.min))
        name = old if self.day < until else name
        if name in self._spelled:
            return name
        self._spelled.add(name)
        return f"{_ACRONYMS[name]} ({name})"

    def _fresh(self, name: str) -> str:
        if name.startswith("year+"):
            return str(self.day.year + int(name[5:]))
        if ":" in name:
            low, _, high = name.partition(":")[2].partition("-")
            return number_in(low, high, self.rng)
        kind = name.rstrip("0123456789")
        if kind in _PLACES:
            return self._unlike_others(kind, places()[_PLACES[kind]])
        if self.topic and kind in self.topic.lists:
            chosen = self.say(self._unlike_others(kind, self.topic.lists[kind]))
            return self.stranger(chosen) if kind == "speaker" else chosen
        meaning = _MEANINGS.get(kind)
        if meaning is None:
            raise KeyError(f"no meaning for the slot {{{name}}}")
        return meaning(self)

    def _unlike_others(self, kind: str, choices: tuple[str, ...]) -> str:
        taken = {text for name, text in self.known.items() if name.startswith(kind)}
        return self.rng.choice([each for each in choices if each not in taken] or choices)

    def somebody(self) -> Councillor:
        """Somebody present, who has not been named yet as long as there is one."""
        taken = set(self.people.values())
        others = [each for each in self.present if each.uid not in taken]
        return self.rng.choice(others or list(self.present))

    def first_officer(self) -> Officer:
        """The officer who answers for the topic."""
        keys = self.topic.officers if self.topic else ("democracy",)
        return officer_on(keys[0], self.day)

    def portfolio(self) -> str:
        """The title of the Cabinet member who answers for the topic."""
        portfolio = self.topic.portfolio if self.topic else PORTFOLIOS[0]
        return next(each for each in PORTFOLIOS if portfolio in each)

    def member(self, councillor: Councillor) -> str:
        """The printed name of `councillor`, who is noted as named."""
        printed = councillor.printed(self.spec.address)
        self.people[printed] = councillor.uid
        return printed

    def officer(self, officer: Officer) -> str:
        """The printed name of `officer`, who is noted as named."""
        self.people[officer.name] = None
        return officer.name

    def stranger(self, name: str) -> str:
        """Somebody of neither the council nor its staff, noted as named."""
        self.people[name] = None
        return name


def fiscal_year(day: date, shift: int = 0) -> str:
    """The financial year of `day`, "2021/22"; it begins in April."""
    year = day.year + shift - (day.month < 4)
    return f"{year}/{(year + 1) % 100:02d}"


def season(day: date) -> str:
    """ "autumn 2021"."""
    names = (
        "winter",
        "spring",
        "spring",
        "spring",
        "summer",
        "summer",
        "summer",
        "autumn",
        "autumn",
        "autumn",
        "winter",
        "winter",
    )
    return f"{names[(day.month - 2) % 12]} {day.year}"


def long_date(day: date) -> str:
    """ "2 March 2021"."""
    return f"{day.day} {day:%B %Y}"


def _month(scene: Scene, sign: int) -> str:
    """A month up to seven months back (-1) or ahead (1): "March 2021"."""
    return f"{scene.day + sign * timedelta(days=scene.rng.randint(30, 200)):%B %Y}"


def _near_date(scene: Scene, sign: int) -> str:
    return long_date(scene.day + sign * timedelta(days=scene.rng.randint(12, 60)))


def _reference(scene: Scene) -> str:
    """The number of a planning application: "18/00335/FUL"."""
    kind = scene.rng.choice(("FUL", "FUL", "CMA", "VOC", "CC3"))
    return f"{scene.day.year % 100}/{scene.rng.randint(12, 1980):05}/{kind}"


_MEANINGS: dict[str, Callable[[Scene], str]] = {
    "member": lambda scene: scene.member(scene.somebody()),
    "officer": lambda scene: "the " + scene.first_officer().post,
    "post": lambda scene: "the " + scene.first_officer().post,
    "official": lambda scene: scene.officer(scene.first_officer()),
    "portfolio": lambda scene: "the " + scene.portfolio(),
    "holder": lambda scene: scene.member(cabinet_member(PORTFOLIOS.index(scene.portfolio()), scene.day)),
    "body": lambda scene: body_of(scene.spec),
    "A": lambda scene: scene.rng.choice("ABC"),
    "B": lambda scene: scene.rng.choice("BCD"),
    "ref": _reference,
    "fy": lambda scene: fiscal_year(scene.day),
    "lastfy": lambda scene: fiscal_year(scene.day, -1),
    "nextfy": lambda scene: fiscal_year(scene.day, 1),
    "year": lambda scene: str(scene.day.year),
    "lastyear": lambda scene: str(scene.day.year - 1),
    "nextyear": lambda scene: str(scene.day.year + 1),
    "last": lambda scene: _month(scene, -1),
    "soon": lambda scene: _month(scene, 1),
    "date": lambda scene: _near_date(scene, -1),
    "deadline": lambda scene: _near_date(scene, 1),
    "season": lambda scene: season(scene.day + timedelta(days=scene.rng.randint(60, 240))),
    "quarter": lambda scene: f"Quarter {((scene.day.month - 4) // 3 - 1) % 4 + 1}",
}
