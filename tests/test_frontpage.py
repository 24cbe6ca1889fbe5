"""The title of printed minutes: where the meeting was held, and what is no place."""

import pytest

from crawler.blocks import Block, BlockKind
from crawler.printed.frontpage import read_front

BODY = Block("PLANNING COMMITTEE", BlockKind.HEADING)


@pytest.mark.parametrize(
    ("line", "venue"),
    [
        ("Minutes of the meeting held on 10 October 2023 in Dunmore Hall, 7.30pm", "Dunmore Hall"),
        ("Minutes of the meeting held on 10 October 2023 at 7.30 pm in the Guildhall", "Guildhall"),
        ("HELD AT 7.00 P.M. ON TUESDAY, 8 NOVEMBER 2022", None),
    ],
)
def test_a_time_is_no_venue(line: str, venue: str | None) -> None:
    assert read_front((BODY, Block(line)), "minutes.txt").venue == venue


def test_the_council_chamber_is_where_a_meeting_was_held() -> None:
    lines = (BODY, Block("HELD AT 7.00 P.M. ON TUESDAY, 8 NOVEMBER 2022"), Block("Council Chamber, Town Hall"))
    assert read_front(lines, "minutes.txt").venue == "Council Chamber, Town Hall"


def test_a_body_before_the_word_minutes_is_the_one_that_met() -> None:
    line = Block("Roads Committee Meeting minutes held in the Chamber on Tuesday 10 January 2023 at 7:00 pm")
    assert read_front((line,), "a.txt").committee == "Roads Committee"
