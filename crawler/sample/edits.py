"""What a clerk changes after the fact: the sample's second day.

That drafts become published minutes, and that more meetings come to be known, needs no edit: a later `today` does it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from archive.model import MinutesStatus, ParagraphKind
from crawler.sample.line import Look, Minuted

if TYPE_CHECKING:
    from crawler.sample.council import SampleCouncil, WrittenItem, WrittenMeeting

_RECENT = timedelta(days=85)
_OLDER = 40  # looked at besides, where the recent ones are few
_CORRECTION = "The figures in this paragraph were checked after the meeting."


@dataclass(frozen=True, slots=True)
class Edits:
    """What differs from the council as it was planned; items and meetings by their numbers.

    Of items: `corrected`, a paragraph of the minutes says more than before; `withdrawn` from the agenda; `replaced`,
    the first document is another one, with a number of its own; `rewritten`, it keeps its number and says more. Of
    meetings: `removed` from the site; `unlisted`, gone from lists, calendar and GetMeetings while its pages and
    GetMeeting are there; `cancelled`.
    """

    corrected: frozenset[int] = frozenset()
    withdrawn: frozenset[int] = frozenset()
    replaced: frozenset[int] = frozenset()
    rewritten: frozenset[int] = frozenset()
    removed: frozenset[int] = frozenset()
    unlisted: frozenset[int] = frozenset()
    cancelled: frozenset[int] = frozenset()


def chosen(council: "SampleCouncil") -> Edits:
    """One edit of each kind, each of another meeting, in the council's last 85 days or ahead of today where it can be.

    The same council gives the same edits. `ValueError` when it is too small for all of them.
    """
    rng = Random(f"{council.seed}/edits")
    planned = [each for each in reversed(council.announced) if not each.fate]
    near = [each for each in planned if council.today - each.day <= _RECENT]
    order = [*rng.sample(near, len(near)), *planned[len(near) : len(near) + _OLDER]]
    left = [council.written(each.id) for each in order]
    return Edits(
        corrected=_item(left, _correctable),
        replaced=_item(left, _documented),
        rewritten=_item(left, _documented),
        withdrawn=_item(left, lambda _, item: item.matter.topic is not None and not item.draft.restricted),
        removed=_meeting(left, lambda each: each.planned.day < council.today),
        unlisted=_meeting(left, lambda each: each.planned.day < council.today),
        cancelled=_meeting(left, lambda each: each.planned.day > council.today),
    )


def _item(left: list["WrittenMeeting"], fits: Callable[["WrittenMeeting", "WrittenItem"], bool]) -> frozenset[int]:
    """The first item that fits; its meeting is no longer left."""
    for at, written in enumerate(left):
        found = [item.id for item in written.items if fits(written, item)]
        if found:
            del left[at]
            return frozenset(found[:1])
    raise ValueError("the council is too small for all edits")


def _meeting(left: list["WrittenMeeting"], fits: Callable[["WrittenMeeting"], bool]) -> frozenset[int]:
    at = next((at for at, written in enumerate(left) if fits(written)), None)
    if at is None:
        raise ValueError("the council is too small for all edits")
    return frozenset({left.pop(at).planned.id})


def _correctable(written: "WrittenMeeting", item: "WrittenItem") -> bool:
    return written.minutes is MinutesStatus.PUBLISHED and _narrative(item.minuted) is not None


def _documented(_: "WrittenMeeting", item: "WrittenItem") -> bool:
    return bool(item.draft.documents) and not item.draft.restricted


def _narrative(minutes: Minuted) -> int | None:
    """The position of a paragraph that decides nothing."""
    lines = enumerate(minutes.lines)
    return next((at for at, line in lines if line.kind is ParagraphKind.NARRATIVE and line.look is Look.TEXT), None)


def edited(item: "WrittenItem", edits: Edits) -> "WrittenItem":
    """The item as its clerk has changed it. `ValueError` when it has no paragraph that could be corrected."""
    if item.id in edits.corrected:
        item = replace(item, minuted=_corrected(item))
    return replace(item, replaced=item.id in edits.replaced, rewritten=item.id in edits.rewritten)


def _corrected(item: "WrittenItem") -> Minuted:
    at = _narrative(item.minuted)
    if at is None:
        raise ValueError(f"item {item.id} has no paragraph to correct")
    lines = list(item.minuted.lines)
    lines[at] = replace(lines[at], text=f"{lines[at].text} {_CORRECTION}")
    return replace(item.minuted, lines=tuple(lines))
