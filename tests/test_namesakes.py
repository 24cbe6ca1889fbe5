"""Files whose minutes are of one body at one hour: one meeting printed again, or two that sat at once."""

from dataclasses import replace

import pytest
from build import a_meeting, an_item

from archive import ids
from archive.errors import UnknownId
from archive.model import Meeting, MeetingId
from crawler.namesakes import told_apart
from crawler.printed.reading import PREAMBLE

HOUR = ids.content_local("meeting", "licensing-sub-committee", "2025-03-04", "10:00:00")
LION = "The Sub-Committee heard the application of the Red Lion, Mill Lane, for a premises licence with later hours."
GATE = "Residents objected because buses turn at the junction, where a taxi rank at the station forecourt was proposed."


def minutes(*business: tuple[str, str, str], local: str = HOUR) -> Meeting:
    """Minutes of business as number, title and text, after an item that every meeting has."""
    routine = an_item(f"{local}-1", "Declarations of interest", "Nobody declared anything.")
    own = (an_item(f"{local}-{at}", title, text, number=number) for at, (number, title, text) in enumerate(business, 2))
    return a_meeting(local, routine, *own, committee="Licensing Sub-Committee")


def _without_routine(meeting: Meeting) -> Meeting:
    return replace(meeting, items=(replace(meeting.items[1], id=meeting.items[0].id),))


def imported(*files: Meeting) -> list[str]:
    """What the meetings of `files` are called that are imported one after the other."""
    held: dict[MeetingId, Meeting] = {}

    def known(identifier: MeetingId) -> Meeting:
        if identifier not in held:
            raise UnknownId(f"nothing is called {identifier}")
        return held[identifier]

    named = []
    for file in files:
        meeting = told_apart(file, known)
        assert meeting.id is not None
        assert [ids.local(item.id or "") for item in meeting.items] == [
            f"{ids.local(meeting.id)}-{at}" for at in range(1, len(meeting.items) + 1)]
        held[meeting.id] = meeting
        named.append(ids.local(meeting.id).removeprefix(HOUR))
    return named


ONE, OTHER = minutes(("2", "The Red Lion", LION)), minutes(("2", "Station taxi rank", GATE))
THIRD = minutes(("2", "Street collection", "Permission was granted to collect money for lifeboats along the harbour."))


def test_other_business_at_one_hour_is_another_meeting_whichever_file_comes_again() -> None:
    assert imported(ONE, OTHER, THIRD, OTHER, ONE, THIRD) == ["", "-2", "-3", "-2", "", "-3"]


def test_the_title_that_the_reader_gave_is_no_sign_of_one_meeting() -> None:
    one, other = minutes(("", PREAMBLE, LION)), minutes(("", PREAMBLE, GATE))
    assert imported(one, other, one, other) == ["", "-2", "", "-2"]
    again = minutes(("", PREAMBLE, LION.replace("heard", "considered")))
    assert imported(one, again) == ["", ""]


@pytest.mark.parametrize(
    "again",
    [
        minutes(("2", "The Red Lion", "The application was granted with conditions.")),       # an item of that title
        minutes(("2", "Red Lion, Mill Lane", LION.replace("heard", "considered"))),           # nearly its words
        _without_routine(minutes(("7", "Station taxi rank", GATE))),                          # numbered on: a part
        minutes(("2", "Matters arising", GATE)),                                              # routine alone
        replace(OTHER, items=tuple(replace(item, paragraphs=()) for item in OTHER.items)),    # no text: a scan
    ],
    ids=["title", "words", "part", "routine", "scan"],
)
def test_what_may_be_the_same_minutes_is_one_meeting(again: Meeting) -> None:
    assert imported(ONE, again) == ["", ""]


def test_what_a_site_numbered_is_told_by_its_number() -> None:
    one, other = (minutes(*business, local="5") for business in ([("2", "Roads", LION)], [("2", "Rank", GATE)]))
    assert told_apart(other, lambda _: one) is other
    nameless = replace(other, id=None)
    assert told_apart(nameless, lambda _: one) is nameless
