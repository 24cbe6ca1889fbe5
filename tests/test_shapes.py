import json
from dataclasses import replace
from datetime import datetime

import pytest
from build import a_meeting, a_resolution, an_item
from hypothesis import given
from strategies import meetings

from archive.model import LONDON, Clause, Meeting, Vote, VoteNames
from archive.shapes import as_json, meeting_from_json


@given(meetings)
def test_any_meeting_comes_back_from_its_json(meeting: Meeting) -> None:
    text = json.dumps(as_json(meeting))
    read = meeting_from_json(json.loads(text))
    assert read == meeting
    assert as_json(read) == as_json(meeting)    # an hour that comes twice is equal to itself, its offset is not


def test_the_keys_are_those_of_the_contract() -> None:
    vote = Vote(for_=8, against=None, abstain=1, names=VoteNames(for_=("Cllr Abel",)))
    resolution = replace(
        a_resolution("That it be so"), clauses=(Clause("1", "first", (Clause("(a)", "second"),)),), vote=vote
    )
    data = as_json(a_meeting("1", an_item("17", resolutions=(resolution,))))
    assert list(data) == [
        "id", "council", "committee", "title", "start", "status", "minutes", "venue", "url", "attendance", "items",
        "documents",
    ]
    shown = data["items"][0]["resolutions"][0]
    assert shown["clauses"] == [
        {"label": "1", "text": "first", "clauses": [{"label": "(a)", "text": "second", "clauses": []}]}
    ]
    assert shown["vote"] == {
        "for": 8, "against": None, "abstain": 1, "names": {"for": ["Cllr Abel"], "against": [], "abstain": []}
    }
    assert (data["status"], data["minutes"], shown["outcome"]) == ("held", "published", None)


@pytest.mark.parametrize(
    ("start", "shown"),
    [
        (datetime(2021, 7, 1, 10, tzinfo=LONDON), "2021-07-01T10:00:00+01:00"),
        (datetime(2021, 1, 7, 14, 30, tzinfo=LONDON), "2021-01-07T14:30:00+00:00"),
        (datetime(2021, 10, 31, 1, 30, fold=0, tzinfo=LONDON), "2021-10-31T01:30:00+01:00"),
        (datetime(2021, 10, 31, 1, 30, fold=1, tzinfo=LONDON), "2021-10-31T01:30:00+00:00"),
        (datetime(1970, 1, 1, tzinfo=LONDON), "1970-01-01T00:00:00+01:00"),
    ],
)
def test_a_start_has_the_offset_of_london(start: datetime, shown: str) -> None:
    data = as_json(a_meeting(start=start))
    assert data["start"] == shown
    assert meeting_from_json(data).start == start


@pytest.mark.parametrize("damage", [{"minutes": "perhaps"}, {"start": "Tuesday"}, {"items": 3}, {"committee": []}])
def test_what_is_no_meeting_is_refused(damage: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        meeting_from_json(as_json(a_meeting()) | damage)


def test_what_was_written_before_a_field_existed_takes_its_default() -> None:
    data = as_json(a_meeting("1", an_item("17")))
    del data["items"][0]["procedural"], data["venue"]
    read = meeting_from_json(data)
    assert (read.venue, read.items[0].procedural) == (None, False)
    del data["items"][0]["title"]
    with pytest.raises(TypeError):
        meeting_from_json(data)
