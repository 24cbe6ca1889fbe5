"""Who sits on the fictional council, and when: seats and their holders, committees by term, officers in post."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from crawler.sample.data import CommitteeSpec, committees, lines, read_text, read_toml

GROUPS = {"A": "County Alliance", "P": "Progress Party", "L": "Liberal Union", "G": "Green Shires", "I": "Independent"}
SHORT_GROUPS = {
    "County Alliance": "CA",
    "Progress Party": "PROG",
    "Liberal Union": "LU",
    "Green Shires": "GS",
    "Independent": "IND",
}
PORTFOLIOS = (
    "Leader of the Council",
    "Deputy Leader and Cabinet Member for Finance and Resources",
    "Cabinet Member for Children and Young People",
    "Cabinet Member for Adult Services and Health",
    "Cabinet Member for Highways and Transport",
    "Cabinet Member for Environment and Climate",
    "Cabinet Member for Communities, Libraries and Safety",
    "Cabinet Member for Economy, Property and Digital",
)
ELECTIONS = (date(2013, 5, 2), date(2017, 5, 4), date(2021, 5, 6), date(2025, 5, 1), date(2029, 5, 3))
_TITLES = ("Dr", "Sir")
_LETTERS = ("MBE",)
_FIRST_MEMBER, _FIRST_OFFICER = 104, 612


@dataclass(frozen=True, slots=True)
class Councillor:
    """A member of the council. `until` is `None` while in office."""

    uid: int
    given: str
    surname: str
    title: str
    letters: str
    woman: bool
    group: str
    division: str
    since: date
    until: date | None
    namesake: bool = False

    @property
    def name(self) -> str:
        """The name as the council's lists print it: "Councillor Dr Parvaneh Mirzadeh"."""
        return " ".join(part for part in ("Councillor", self.title, self.given, self.surname, self.letters) if part)

    def printed(self, address: str) -> str:
        """The name as a clerk prints it after `address` ("Councillor", "Cllr", or "Mr" for initials)."""
        if address == "Mr":
            return self._formal()
        initial = f"{self.given[0]} " if self.namesake else ""
        return f"{address} {initial}{self.surname}"

    def _formal(self) -> str:
        if self.title == "Sir":
            return f"Sir {self.given} {self.surname}"
        courtesy = self.title or (("Mrs", "Ms")[self.uid % 2] if self.woman else "Mr")
        return f"{courtesy} {self.given[0]} {self.surname}"

    def sits(self, day: date) -> bool:
        """Whether the member is in office on `day`."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer in a post. `name` is as printed: "Ms Longacre" with its full form in `full`."""

    uid: int
    full: str
    post: str
    since: int
    until: int

    @property
    def name(self) -> str:
        """Courtesy title and surname."""
        words = self.full.split()
        return f"{words[0]} {words[-1]}"


def _since(text: str) -> date:
    year, _, month = text.partition("-")
    if month:
        return date(int(year), int(month), 24)
    return next(day for day in ELECTIONS if day.year == int(year))


def _holder(text: str) -> tuple[str, str, str, str, bool, str, date]:
    *names, sex, group, since = text.split()
    title = names.pop(0) if names[0] in _TITLES else ""
    letters = names.pop() if names[-1] in _LETTERS else ""
    return names[0], " ".join(names[1:]), title, letters, sex == "F", GROUPS[group], _since(since)


def _holders(text: str) -> list[tuple[str, str, str, str, bool, str, date]]:
    """The holders of a seat, oldest first; "B < A" says the same as "A > B"."""
    parts = [_holder(part) for part in text.replace("<", ">").split(">")]
    return sorted(parts, key=lambda holder: holder[-1])


@cache
def councillors() -> tuple[Councillor, ...]:
    """Everybody who has held a seat since 2013, in the order of their numbers."""
    made: list[Councillor] = []
    surnames: list[str] = []
    for line in lines(read_text("seats.txt")):
        division, _, names = line.partition("|")
        holders = _holders(names)
        for at, (given, surname, title, letters, woman, group, since) in enumerate(holders):
            until = holders[at + 1][-1] if at + 1 < len(holders) else None
            surnames.append(surname)
            uid = _FIRST_MEMBER + 3 * len(made) + len(made) % 2
            made.append(Councillor(uid, given, surname, title, letters, woman, group, division.strip(), since, until))
    shared = {each for each in surnames if surnames.count(each) > 1}
    return tuple(_as_namesake(each) if each.surname in shared else each for each in made)


def _as_namesake(one: Councillor) -> Councillor:
    return Councillor(
        one.uid,
        one.given,
        one.surname,
        one.title,
        one.letters,
        one.woman,
        one.group,
        one.division,
        one.since,
        one.until,
        namesake=True,
    )


@cache
def officers() -> dict[str, tuple[Officer, ...]]:
    """The holders of each officer's post by its key, oldest first."""
    posts: dict[str, tuple[Officer, ...]] = {}
    for at, (key, text) in enumerate(read_toml("officers.toml").items()):
        first, post, second = (part.strip() for part in text.split("|"))
        name, _, year = second.rpartition(" ")
        posts[key] = (
            Officer(_FIRST_OFFICER + 2 * at, first, post, 0, int(year)),
            Officer(_FIRST_OFFICER + 2 * at + 1, name, post, int(year), 9999),
        )
    return posts


def officer_on(key: str, day: date) -> Officer:
    """Who holds the post `key` on `day`."""
    return next(each for each in officers()[key] if each.since <= day.year < each.until)


def sitting(day: date) -> tuple[Councillor, ...]:
    """The members in office on `day`."""
    return tuple(each for each in councillors() if each.sits(day))


def term_of(day: date) -> int:
    """The year of the election that `day` follows."""
    return max(each.year for each in ELECTIONS if each <= day)


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on a committee: who, and in which role."""

    member: Councillor
    role: str


def committee_on(spec: CommitteeSpec, day: date) -> tuple[Seat, ...]:
    """The members of a committee on `day`, the chair first; a successor inherits the seats of the division."""
    divisions, roles = _divisions(spec.key, spec.size, term_of(day))
    holders = {each.division: each for each in sitting(day)}
    return tuple(Seat(holders[division], role) for division, role in zip(divisions, roles, strict=True))


@cache
def _divisions(key: str, size: int, term: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    elected = next(day for day in ELECTIONS if day.year == term)
    holders = sitting(elected)
    rng = Random(f"{key}/{term}")
    if key == "cabinet":
        majority = sorted(each.division for each in holders if each.group == GROUPS["A"] and each.until is None)
        return tuple(Random(f"cabinet/{term}").sample(majority, size)), PORTFOLIOS
    pool = [each.division for each in holders]
    if key not in ("council", "health"):
        executive = _divisions("cabinet", len(PORTFOLIOS), term)[0]
        pool = [division for division in pool if division not in executive]
    chosen = rng.sample(pool, size)
    chair = "Chairman" if term < 2021 and key != "health" else "Chair"
    roles = (chair, f"Vice-{chair}", *["Member" if key == "council" else "Committee Member"] * (size - 2))
    return tuple(chosen), roles


def cabinet_member(portfolio: int, day: date) -> Councillor:
    """The holder of `PORTFOLIOS[portfolio]` on `day`."""
    cabinet = next(each for each in committees() if each.key == "cabinet")
    return committee_on(cabinet, day)[portfolio].member
