"""Who is named in minutes and who attended, linked to the council's own members where only one of them can be meant."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from archive.model import Attendance, Meeting, Member, MemberId, Person
from crawler.blocks import Block
from crawler.minutes.attendance import read_roll
from crawler.minutes.names import Parts, compatible, names, parts
from crawler.minutes.vocabulary import CIVIL_TITLES

_NAMESAKES = 50   # people of one surname in one item; more is no minutes
_CIVIL = frozenset(title.lower() for title in CIVIL_TITLES)


def named(texts: Iterable[str], roster: Sequence[Member] = ()) -> tuple[Person, ...]:
    """The people named in `texts`, each once, in the form first printed, linked to `roster` where certain."""
    known: dict[str, list[Parts]] = {}
    people: list[Person] = []
    for name in dict.fromkeys(name for text in texts for name in names(text)):
        person = parts(name)
        others = known.setdefault(person.surname, [])
        if len(others) < _NAMESAKES and not any(compatible(person, other) for other in others):
            others.append(person)
            people.append(Person(name, member_of(name, roster)))
    return tuple(people)


def attendance(blocks: Sequence[Block], roster: Sequence[Member] = ()) -> tuple[Attendance, ...]:
    """Who was there and who was not, by the lists that open printed minutes ("Present:", "Apologies:")."""
    return tuple(
        Attendance(entry.name, entry.role, entry.status, member_of(entry.name, roster)) for entry in read_roll(blocks)
    )


def linked(meeting: Meeting, roster: Sequence[Member]) -> Meeting:
    """`meeting` with its people linked to who attended it, else to `roster`: who left the council attended once."""
    attended = tuple(Member(each.member, each.name) for each in meeting.attendance if each.member)
    everybody = (*roster, *attended)

    @cache
    def member(name: str) -> MemberId | None:
        return member_of(name, attended) or member_of(name, everybody)

    items = (replace(item, people=tuple(Person(each.name, member(each.name)) for each in item.people))
             for item in meeting.items)  # fmt: skip
    return replace(meeting, items=tuple(items))


def member_of(name: str, roster: Sequence[Member]) -> MemberId | None:
    """The one member of `roster` whom `name` can mean; `None` when there is none, or more than one."""
    printed = parts(name)
    possible = {member.id for member in roster if _may_be(printed, parts(member.name))}
    return possible.pop() if len(possible) == 1 else None


def _may_be(printed: Parts, member: Parts) -> bool:
    """A bare "Mr Jones" is a member only where the roster itself says Mr: else he may be an officer or a witness."""
    bare = not printed.forenames and printed.titles <= _CIVIL
    return compatible(printed, member) and (not bare or bool(printed.titles & member.titles))
