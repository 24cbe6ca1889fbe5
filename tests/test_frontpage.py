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


@pytest.mark.parametrize("lines", [
    ("MINUTES OF PROCEEDINGS AT MONTHLY MEETING OF THE METROPOLITAN DISTRICT OF",
     "QUERN HELD ON MONDAY, 15TH NOVEMBER, 2021 at 09:45 a.m. IN THE COUNCIL CHAMBER."),
    ("MINUTES OF PROCEEDINGS AT ADJOURNED ONLINE MEETING OF THE METROPOLITAN DISTRICT",
     "OF QUERN HELD ON WEDNESDAY, 27th JANUARY, 2021 at 10.00 A.M."),
    ("Minutes of the meeting of the Metropolitan District of", "Quern held on 27 January 2021 at 10.00 am"),
])
def test_a_name_that_a_title_parts_in_two_lines_is_whole(lines: tuple[str, ...]) -> None:
    assert read_front([Block(line) for line in lines], "minutes.txt").committee == "Metropolitan District of Quern"
