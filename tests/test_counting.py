"""The counts that sentences state, in figures and in words, and sentences that count something else."""

import pytest

from crawler.minutes.counting import counts


def said(text: str) -> tuple[int | None, ...]:
    found = counts(text)
    return found.get("for"), found.get("against"), found.get("abstain")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There being forty-one votes in favour, eight against and three abstentions.", (41, 8, 3)),
        ("Twenty members voted for it and thirty five against.", (20, 35, None)),
        ("No one voted against, 7 voted in favour.", (7, 0, None)),
        ("23 Members voted in favour, 14 Members voted against and 2 Members abstained.", (23, 14, 2)),
        ("5 votes were cast in favour and 4 votes were cast against.", (5, 4, None)),
        ("Votes for - 9, Against 0, Abstain 1", (9, 0, 1)), ("Voting: For (12), Against 3, Abstain (1)", (12, 3, 1)),
        ("The motion was declared carried by 23 votes to 14 with 2 abstentions.", (23, 14, 2)),
        ("Carried 9-2.", (9, 2, None)), ("Carried by twenty-six votes to fourteen.", (26, 14, None)),
        ("It was approved by 6 votes to nil.", (6, 0, None)), ("The motion was LOST by 31 votes to 9.", (9, 31, None)),
        ("The motion was LOST by 9 votes to 31.", (9, 31, None)), ("(Vote: 7-0-1)", (7, 0, 1)),
        ("The vote was taken on 3-4-2019.", (None, None, None)), ("with one abstention", (None, None, 1)),
        ("Two members voted against.", (None, 2, None)), ("o 8 pleidlais i 3", (8, 3, None)),
        ("14 members voted for the motion and 12 for the amendment.", (14, 12, None)),
        ("There voted for the amendment 12 and for the motion 14.", (14, 12, None)),
        ("Eleven members voted for the amendment and thirty-eight against.", (11, 38, None)),
    ],
)  # fmt: skip
def test_counts(text: str, expected: tuple[int | None, ...]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The vote at 7.5 against 3.2 per cent", "The voting age was raised by 3 to 5 years.",
        "Two against whom a complaint was upheld voted late.", "One member had abstained in 2019.",
        "He would vote for one or two of them.", "In the survey 60 voted for and 40 against.",
        "It was lost for 3 to 5 days.", "",
    ],
)  # fmt: skip
def test_what_is_no_vote(text: str) -> None:
    assert counts(text) == {}


def test_a_long_sentence_is_read_in_time() -> None:
    assert counts("for the motion " * 250 + "vote") == {}
    assert counts("votes for one " * 100_000) == {}
