"""A site of the sample: the council that it shows, its options, and what there is behind a number."""

from dataclasses import dataclass

from crawler.sample.asking import Reply, Request, read_parameters
from crawler.sample.council import SampleCouncil, WrittenItem, WrittenMeeting
from crawler.sample.options import Options
from crawler.sample.plan import ITEMS_PER_MEETING

__all__ = ["Options", "Reply", "Request", "View", "read_parameters"]


@dataclass(frozen=True, slots=True)
class View:
    """What every page is made of: the council, the site's options, and the base of its addresses.

    `twin` is the base of the same site in the other language, where that has a host of its own.
    """

    council: SampleCouncil
    options: Options
    base: str
    twin: str = ""

    def meeting(self, identifier: int | None) -> WrittenMeeting | None:
        """The meeting, if it is on the calendar."""
        return None if identifier is None else self.council.visible(identifier)

    def item(self, identifier: int | None) -> tuple[WrittenMeeting, WrittenItem] | None:
        """The item with its meeting, if its agenda is out."""
        written = self.meeting(None if identifier is None else identifier // ITEMS_PER_MEETING)
        found = [each for each in written.items if each.id == identifier] if written else []
        return (written, found[0]) if written and found else None

    def shows_minutes(self, written: WrittenMeeting) -> bool:
        """Whether the pages hold the meeting's minutes, rather than a PDF alone."""
        return written.planned.id not in self.options.printed_only
