"""Who may be meant by a name on a given day: the members of a council with when they were in office, as far as known.

A list of members is of now, minutes are of then. Where the list says terms of office, they decide. Where it says none,
a member is certain from the first day on which we had the list with them; of the time before nothing is certain. Who
is on the list no more is certain for no day after, but may still be meant until the day they are known to have left.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from archive.model import Member, Term


@dataclass(frozen=True, slots=True)
class RosterMember(Member):
    """A member with what the archive knows beside the terms: `since` when the list is known to have them (`None`: it
    never had), and the last day `until` which they may have been in office (`None`: they still are).
    """

    since: date | None = None
    until: date | None = None


def may_sit(member: Member, day: date | None) -> bool:
    """Whether a member may have been in office on `day`; of an unknown day nothing is out of the question."""
    if day is None:
        return True
    left = isinstance(member, RosterMember) and member.until is not None and day > member.until
    return not left and (not member.terms or any(_holds(term, day) for term in member.terms))


def sits(member: Member, day: date | None) -> bool:
    """Whether a member is known to have been in office on `day`. Who is given without terms, and without anything that
    the archive knows, is taken to have been: such lists are given with the minutes that they belong to.
    """
    if not member.terms and not isinstance(member, RosterMember):
        return True
    if day is None or not may_sit(member, day):
        return False
    return bool(member.terms) or (isinstance(member, RosterMember) and member.since is not None and member.since <= day)


def _holds(term: Term, day: date) -> bool:
    return (term.start is None or term.start <= day) and (term.end is None or day <= term.end)


def as_listed(found: Iterable[Member], known: Sequence[Member], today: date) -> tuple[RosterMember, ...]:
    """Whoever the list `found` today has, and of those that were `known` before whoever it lacks."""
    before = {member.id: member for member in known}
    listed = {member.id: _with(member, _since(before.get(member.id)) or today, None) for member in found}
    gone = (_with(each, _since(each), _until(each) or today) for each in known if each.id not in listed)
    return (*listed.values(), *gone)


def _with(member: Member, since: date | None, until: date | None) -> RosterMember:
    return RosterMember(
        member.id, member.name, member.party, member.ward, member.url, member.terms, since=since, until=until)


def _since(member: Member | None) -> date | None:
    return member.since if isinstance(member, RosterMember) else None


def _until(member: Member) -> date | None:
    return member.until if isinstance(member, RosterMember) else None
