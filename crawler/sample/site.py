"""A site of the sample: the council that it shows, its options, and what there is behind a number."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from crawler.sample.apart import names_apart
from crawler.sample.asking import Reply, Request, read_parameters
from crawler.sample.council import SampleCouncil, WrittenItem, WrittenMeeting
from crawler.sample.options import Options
from crawler.sample.plan import ITEMS_PER_MEETING, PlannedMeeting
from crawler.sample.shelf import Shelf
from crawler.sample.welsh import in_welsh

__all__ = ["Options", "Reply", "Request", "View", "read_parameters"]


@dataclass(frozen=True, slots=True)
class View:
    """What every page is made of: the council, the site's options, and the base of its addresses.

    `twin` is the base of the same site in the other language, where that has a host of its own; `welsh` says whether
    this view is the Welsh one. `turns` counts the answers of a restless site, `kept` has pages that were asked for.
    """

    council: SampleCouncil
    options: Options
    base: str
    twin: str = ""
    welsh: bool = False
    turns: Iterator[int] = field(default_factory=count, compare=False)
    kept: Shelf = field(default_factory=Shelf, compare=False)

    def meeting(self, identifier: int | None) -> WrittenMeeting | None:
        """The meeting as it is shown, if it is on the calendar and not a legacy one."""
        written = self._visible(identifier)
        return None if written is None or self.legacy(written.planned) else written

    def legacy_meeting(self, identifier: int | None) -> WrittenMeeting | None:
        """The meeting, if it is a legacy one whose minutes are out."""
        written = self._visible(identifier)
        return written if written and self.legacy(written.planned) else None

    def legacy(self, planned: PlannedMeeting) -> bool:
        """Whether the meeting is from before agendas were kept by items."""
        return planned.day.year < self.options.legacy and not planned.fate

    def _visible(self, identifier: int | None) -> WrittenMeeting | None:
        written = None if identifier is None else self.council.visible(identifier)
        return self.as_shown(written) if written else None

    def as_shown(self, written: WrittenMeeting) -> WrittenMeeting:
        """The meeting with what the site's options change in its minutes."""
        if self.options.votes_apart:
            written = replace(written, items=tuple(map(names_apart, written.items)))
        return in_welsh(written) if self.welsh else written

    @property
    def english(self) -> "View":
        """The same view in English."""
        return replace(self, welsh=False) if self.welsh else self

    def item(self, identifier: int | None) -> tuple[WrittenMeeting, WrittenItem] | None:
        """The item with its meeting, if its agenda is out."""
        written = self.meeting(None if identifier is None else identifier // ITEMS_PER_MEETING)
        found = [each for each in written.items if each.id == identifier] if written else []
        return (written, found[0]) if written and found else None

    def shows_minutes(self, written: WrittenMeeting) -> bool:
        """Whether the pages hold the meeting's minutes, rather than a PDF alone."""
        return written.planned.id not in self.options.printed_only
