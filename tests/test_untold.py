"""The names of a vote stand where this night's way does not tell them, and only where they still fit."""

from dataclasses import replace

import pytest
from build import a_meeting, an_item

from archive.model import Action, Meeting, Resolution, Vote, VoteNames
from archive.untold import told_by

NAMED = Vote(2, 1, 0, VoteNames(("Abel", "Bray"), ("Cole",)))
COUNTED = Vote(2, 1)


def decided(vote: Vote | None, text: str = "That it be so.") -> Meeting:
    resolution = Resolution("27.1", "27.1", Action.RESOLVED, None, (), text, vote=vote)
    return a_meeting("1", replace(an_item("1"), resolutions=(resolution,)))


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (decided(None), NAMED),
        (decided(COUNTED), NAMED),
        (decided(Vote(3, 1)), Vote(3, 1)),
        (decided(replace(NAMED, for_=None, names=VoteNames(("Abel",)))), Vote(None, 1, 0, VoteNames(("Abel",)))),
        (decided(None, "That it be otherwise."), None),
    ],
)
def test_names_of_a_vote_stand_where_nothing_contradicts_them(read: Meeting, expected: Vote | None) -> None:
    told, stands = told_by(decided(NAMED), read, {0: 0}, {"votes"})
    assert (told.items[0].resolutions[0].vote, stands) == (expected, False)


def test_votes_that_are_told_are_those_that_are_told() -> None:
    assert told_by(decided(NAMED), decided(None), {0: 0}, ()) == (decided(None), False)


def test_an_item_that_was_not_held_has_no_votes_to_stand() -> None:
    assert told_by(decided(NAMED), decided(None), {}, {"votes"}) == (decided(None), False)
