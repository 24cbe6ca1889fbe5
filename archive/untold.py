"""What a reading does not speak of stands as it is held: a part that could not be had takes nothing away."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from archive.model import Item, Meeting, Resolution, Vote, VoteNames


def told_by(held: Meeting, read: Meeting, pairs: Mapping[int, int], untold: Collection[str]) -> tuple[Meeting, bool]:
    """The reading with what is `untold` taken from `held`, and whether the held minutes stand.

    `pairs` says which held item (by its place) is which of the reading.
    """
    attendance = held.attendance if "attendance" in untold else read.attendance
    documents = held.documents if "documents" in untold else read.documents
    told = replace(read, attendance=attendance, documents=documents)
    before = {there: held.items[at] for at, there in pairs.items()}
    if "votes" in untold:
        items = tuple(_with_votes(item, before.get(at, item)) for at, item in enumerate(told.items))
        told = replace(told, items=items)
    if "paragraphs" not in untold or _has_minutes(read) or not _has_minutes(held):
        return told, False
    items = tuple(_with_minutes(item, before.get(at, item)) for at, item in enumerate(told.items))
    return replace(told, items=items, minutes=held.minutes), True


def _has_minutes(meeting: Meeting) -> bool:
    return any(item.paragraphs for item in meeting.items)


def _with_minutes(item: Item, of: Item) -> Item:
    return replace(item, paragraphs=of.paragraphs, resolutions=of.resolutions, people=of.people)


def _with_votes(item: Item, held: Item) -> Item:
    """The item with the names that were known of its votes, where the resolution is still the same."""
    voted = (each for each in held.resolutions if each.vote and each.vote.names != VoteNames())
    named = {(each.anchor, each.text): each for each in voted}
    resolutions = (_with_names(each, named.get((each.anchor, each.text))) for each in item.resolutions)
    return replace(item, resolutions=tuple(resolutions))


def _contradicts(said: Vote, held: Vote) -> bool:
    """Whether a vote has names of its own, or prints another count."""
    counts = zip((said.for_, said.against, said.abstain), (held.for_, held.against, held.abstain), strict=True)
    return said.names != VoteNames() or any(new is not None and new != old for new, old in counts)


def _with_names(resolution: Resolution, held: Resolution | None) -> Resolution:
    if held is None or held.vote is None:
        return resolution
    if resolution.vote is not None and _contradicts(resolution.vote, held.vote):
        return resolution
    return replace(resolution, vote=held.vote, outcome=resolution.outcome or held.outcome)
