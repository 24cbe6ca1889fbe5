"""Which member of the council a name in the minutes of one meeting means; nobody where it is not certain.

Whoever the attendance names with an identifier is certain, whatever list they are on. Others are those of the roster
who were in office that day (`archive.rosters`). A name that fits two of them means neither, unless

- the attendance has just one of them as present and the name is of somebody who spoke, moved, seconded, voted,
  declared an interest, came or went: an absent namesake cannot have;
- it says Mrs or Mr and so does the list of just one of them;
- all its mentions in the item print the office that the attendance gives to just one of them ("the Chair
  (Councillor Jones)");
- the item is that of apologies, and the attendance has just one of them as not there.

A line of the attendance that is nobody's (an officer, a guest, a member whom we cannot tell) is a person too: a name
that fits it is not taken for a member. So is "Parish Councillor Jones", or one of another council, and whoever is said
to be a resident or an officer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from archive.model import (
    LONDON,
    Attendance,
    AttendanceStatus,
    Declaration,
    Item,
    Meeting,
    Member,
    MemberId,
    Movement,
    Person,
)
from archive.rosters import may_sit, sits
from crawler.minutes.mentions import COUNCIL, NAMESAKES, Mentions, is_outside, role_of
from crawler.minutes.names import Parts, compatible, forget_names, parts, surnames
from crawler.minutes.vocabulary import CIVIL_TITLES, FEMALE, MALE

_THERE = (AttendanceStatus.PRESENT, AttendanceStatus.SUBSTITUTE, AttendanceStatus.IN_ATTENDANCE)
_NOT_THERE = (AttendanceStatus.APOLOGIES, AttendanceStatus.ABSENT)
_CIVIL = frozenset(title.lower() for title in CIVIL_TITLES)
_COURTESY = MALE | FEMALE
_APART = frozenset(("honorary", "hon", "county"))   # honours for who has left; members of a council above this one

_Named = TypeVar("_Named", Person, Declaration, Movement)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Somebody whom a name may mean: a member, or a line of the attendance that is nobody's (`member` is `None`).

    `known` are the names by which they are listed. `sure` says that a member was certainly in office that day.
    """

    member: MemberId | None
    known: tuple[Parts, ...]
    sure: bool
    lines: tuple[Attendance, ...] = ()

    def may_be(self, printed: Parts) -> bool:
        if self.member is None and printed.titles & COUNCIL and any(map(_is_guest, self.lines)):
            return False
        return any(_may_be(printed, each) for each in self.known)


def _may_be(printed: Parts, listed: Parts) -> bool:
    """A bare "Mr Jones" is somebody only where the list itself says Mr: else he may be an officer or a witness."""
    bare = not printed.forenames and printed.titles <= _CIVIL
    if printed.titles & _APART and not listed.titles & _APART:
        return False
    return compatible(printed, listed) and (not bare or bool(printed.titles & listed.titles))


def linked(meeting: Meeting, roster: Sequence[Member]) -> Meeting:
    """`meeting` with its attendance and the people of its items linked to members, those of the `roster` or such as its
    attendance identifies.
    """
    day = None if meeting.start is None else meeting.start.astimezone(LONDON).date()
    listed = [(member, sits(member, day)) for member in roster if may_sit(member, day)]
    attendance = _attendance(meeting.attendance, listed)
    linking = _Linking(attendance, listed)
    items = tuple(map(linking.item, meeting.items))
    forget_names()
    return replace(meeting, attendance=attendance, items=items)


def member_of(name: str, roster: Iterable[Member]) -> MemberId | None:
    """The one member of `roster` whom `name` can mean, whatever the day; `None` for none, or more than one."""
    printed = parts(name)
    possible = {member.id for member in roster if _may_be(printed, parts(member.name))}
    return possible.pop() if len(possible) == 1 else None


def _attendance(lines: Sequence[Attendance], listed: Sequence[tuple[Member, bool]]) -> tuple[Attendance, ...]:
    """The lines with members by name where they have none by identifier, each member once."""
    lines = [replace(line, member=None) if _is_officer(line, listed) else line for line in lines]
    taken = {line.member for line in lines if line.member}
    free: dict[str, list[tuple[Member, bool]]] = defaultdict(list)
    for member, sure in listed:
        for surname in surnames(parts(member.name)) if member.id not in taken else ():
            free[surname].append((member, sure))
    found = [line.member or _of_line(line, free) for line in lines]
    times = Counter(found)
    once = {each for each in found if each is not None and times[each] == 1} | taken
    return tuple(
        replace(line, member=member if member in once else None)
        for line, member in zip(lines, found, strict=True)
    )


def _is_officer(line: Attendance, listed: Sequence[tuple[Member, bool]]) -> bool:
    """Whether a line is of an officer, whom sites number as if they were members."""
    if not _is_staff(line.role) or parts(line.name).titles & COUNCIL:
        return False
    return all(member.id != line.member for member, _ in listed)


def _of_line(line: Attendance, listed: Mapping[str, Sequence[tuple[Member, bool]]]) -> MemberId | None:
    printed = parts(line.name)
    if _is_guest(line):
        return None
    near = (each for surname in surnames(printed) for each in listed.get(surname, ())[:NAMESAKES])
    possible = {member.id: sure for member, sure in near if _may_be(printed, parts(member.name))}
    return next(iter(possible)) if len(possible) == 1 and all(possible.values()) else None


def _is_guest(line: Attendance) -> bool:
    """Whether a line is of somebody who is there as an officer or a visitor, by all that it says."""
    if parts(line.name).titles & COUNCIL:
        return False
    return line.status is AttendanceStatus.IN_ATTENDANCE or _is_staff(line.role)


def _is_staff(role: str | None) -> bool:
    return is_outside(role or "")


class _Linking:
    """Whom the names of one meeting mean."""

    def __init__(self, attendance: Sequence[Attendance], listed: Sequence[tuple[Member, bool]]) -> None:
        self._attended = any(line.member and line.status not in _NOT_THERE for line in attendance)
        self._by_surname: Mapping[str, list[_Candidate]] = _candidates(attendance, listed)

    def item(self, item: Item) -> Item:
        if not (item.people or item.declarations):
            return item
        mentions = Mentions(item)
        known: dict[tuple[str, bool], MemberId | None] = {}

        def of(each: _Named) -> _Named:
            key = (each.name, not isinstance(each, Person))   # who declares, comes or goes acts
            if key not in known:
                known[key] = self._member(*key, mentions)
            return replace(each, member=known[key])

        return replace(
            item,
            people=self._once(map(of, item.people), mentions),
            declarations=tuple(map(of, item.declarations)),
            movements=tuple(map(of, item.movements)),
        )

    def _member(self, name: str, acts: bool, mentions: Mentions) -> MemberId | None:
        printed = parts(name)
        if not printed.titles and not printed.forenames:    # a list of interests: "Wilkinson - Member of ..."
            printed = parts(f"Councillor {name}")
        possible = self._possible(printed)
        if not possible or mentions.is_outsider(name):
            return None
        if not printed.forenames and printed.titles <= _CIVIL and not self._is_here(possible, mentions):
            return None
        if len(possible) == 1:
            return possible[0].member if possible[0].sure else None
        return _settled(possible, name, mentions, acts=acts)

    def _once(self, people: Iterable[Person], mentions: Mentions) -> tuple[Person, ...]:
        """Everybody once, in the form first printed."""
        same: dict[str, list[_Form]] = defaultdict(list)
        whole = tuple(people)
        for each in whole:
            printed = parts(each.name)
            outside = mentions.is_outsider(each.name)
            of_several = each.member is None and len(self._possible(printed)) > 1
            same[printed.surname].append(_Form(each, printed, outside=outside, of_several=of_several))
        kept = {form.person: None for forms in same.values() for form in _kept(forms[:NAMESAKES])}
        first = {each.member: each for each in reversed(whole) if each.member and each in kept}
        return tuple(each for each in dict.fromkeys(whole)
                     if each in kept and (each.member is None or first[each.member] == each))

    def _possible(self, printed: Parts) -> list[_Candidate]:
        lists = (self._by_surname.get(surname, ()) for surname in sorted(surnames(printed)))
        near = dict.fromkeys(each for several in lists for each in several)
        return [each for each in near if each.may_be(printed)]

    def _is_here(self, possible: Sequence[_Candidate], mentions: Mentions) -> bool:
        """Whether a bare "Mr Jones" can be a member: one who attends, where it is known who does; not among the public
        who ask and petition.
        """
        attends = any(line.status in _THERE for each in possible for line in each.lines)
        return not mentions.of_public and (attends or not self._attended)


@dataclass(frozen=True, slots=True)
class _Form:
    """A printed form of somebody's name: whether its person is said to be none of the council, and whether it fits
    several who are.
    """

    person: Person
    printed: Parts
    outside: bool
    of_several: bool


def _kept(forms: Sequence[_Form]) -> Iterator[_Form]:
    """The forms of one surname, each person's first."""
    kept: list[_Form] = []
    several = frozenset(form for form in forms if form.of_several or _fits_several(form.printed, forms))
    for form in forms:
        if not any(_is_one(form, other, several) for other in kept):
            kept.append(form)
            yield form


def _is_one(form: _Form, other: _Form, several: frozenset[_Form]) -> bool:
    """Whether two names are one person's: linked to one member, or linked to none and compatible, but for a name that
    could be that of two others who are not one ("Councillor Jones" beside A Jones and B Jones).
    """
    if form.person.member or other.person.member:
        return form.person.member == other.person.member
    titles = form.printed.titles | other.printed.titles
    if not compatible(form.printed, other.printed) or (form.outside is not other.outside and titles & COUNCIL):
        return False
    return form.printed.forenames == other.printed.forenames or not several & {form, other}


def _fits_several(printed: Parts, forms: Sequence[_Form]) -> bool:
    fitting = [each.printed for each in forms if compatible(printed, each.printed)]
    if len({each.forenames[0][0] for each in fitting if each.forenames}) > 1:
        return True
    return any(not compatible(one, another) for at, one in enumerate(fitting) for another in fitting[at + 1:])


def _settled(possible: Sequence[_Candidate], name: str, mentions: Mentions, *, acts: bool) -> MemberId | None:
    """The one of several of a name whom the lists or the attendance show to be meant."""
    courtesy = parts(name).titles & _COURTESY
    addressed = [each for each in possible if any(known.titles & courtesy for known in each.known)]
    if len(addressed) == 1 and addressed[0].sure:
        return addressed[0].member
    roles = mentions.roles(name)
    if len(roles) == 1 and None not in roles:
        in_office = [each for each in possible if any(role_of(line.role) in roles for line in each.lines)]
        if len(in_office) == 1:
            return in_office[0].member
    statuses = _NOT_THERE if mentions.of_apologies else _THERE
    if acts or mentions.of_apologies or mentions.acts(name):
        attending = [each for each in possible if any(line.status in statuses for line in each.lines)]
        if len(attending) == 1:
            return attending[0].member
    return None


def _candidates(
    attendance: Sequence[Attendance], listed: Sequence[tuple[Member, bool]]
) -> Mapping[str, list[_Candidate]]:
    names: dict[MemberId, list[str]] = defaultdict(list)
    lines: dict[MemberId, list[Attendance]] = defaultdict(list)
    for line in attendance:
        if line.member:
            names[line.member].append(line.name)
            lines[line.member].append(line)
    sure = set(names)
    for member, certain in listed:
        names[member.id].append(member.name)
        if certain:
            sure.add(member.id)
    found = [
        _Candidate(each, tuple(dict.fromkeys(map(parts, said))), each in sure, tuple(lines.get(each, ())))
        for each, said in names.items()
    ]
    found += [_Candidate(None, (parts(line.name),), sure=False, lines=(line,))
              for line in attendance if line.member is None]
    by_surname: dict[str, list[_Candidate]] = defaultdict(list)
    for candidate in found:
        for surname in frozenset().union(*map(surnames, candidate.known)):
            by_surname[surname].append(candidate)
    return {surname: several for surname, several in by_surname.items() if len(several) <= NAMESAKES}
