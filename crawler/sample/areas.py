"""More committees than the file has, for a council of another size: area committees and joint bodies by place."""

from dataclasses import replace
from itertools import islice

from crawler.sample.data import CommitteeSpec, committees, places

_CLERKS = ("children", "adults", "environment", "corporate", "audit")
_KINDS = (
    ("towns", "{} Area Committee", "Area Committees"),
    ("villages", "{} Parish Liaison Committee", "Area Committees"),
    ("towns", "{} Regeneration Board", "Joint Bodies"),
    ("villages", "{} Flood Forum", "Joint Bodies"),
    ("towns", "{} Youth Council", "Joint Bodies"),
    ("towns", "{} Traffic and Parking Panel", "Area Committees"),
    ("villages", "{} School Places Panel", "Area Committees"),
)
_FIRST, _SIZE = 300, 7


def specs(count: int) -> tuple[CommitteeSpec, ...]:
    """The first `count` committees: those of the file, then those of places. `ValueError` beyond some 120."""
    known = committees()
    if count <= len(known):
        return known[:count]
    made = (*known, *islice(_of_places(known), count - len(known)))
    if len(made) < count:
        raise ValueError(f"there are places for {len(made)} committees, not for {count}")
    return made


def _of_places(known: tuple[CommitteeSpec, ...]) -> tuple[CommitteeSpec, ...]:
    clerks = {each.key: each for each in known}
    names = [(name.format(place), category) for kind, name, category in _KINDS for place in places()[kind]]
    return tuple(
        replace(
            clerks[_CLERKS[at % len(_CLERKS)]],
            key=f"place-{at}",
            id=_FIRST + 2 * at,
            name=name,
            category=category,
            size=_SIZE,
            weekday=at % 5,
            room=4,
        )
        for at, (name, category) in enumerate(names)
    )
