"""The numbers of paragraphs, told from everything else that begins with a digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.blocks import Block
from crawler.minutes.lines import lines
from crawler.numbers import begins, follows, typed


def numbers(*texts: str) -> list[str | None]:
    return [line.number for line in lines([Block(text) for text in texts])]


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("27.1 The Cabinet met.", "27.1", "The Cabinet met."), ("77/21 Apologies", "77/21", "Apologies"),
        ("PLA147/14 The Head", "PLA147/14", "The Head"), ("298/PF Apologies", "298/PF", "Apologies"),
        ("1829. Minutes", "1829", "Minutes"), ("C 10/034 The Council", "C 10/034", "The Council"),
        ("1. to note", "1", "to note"), ("(1) That", "(1)", "That"), ("(a) the", "(a)", "the"), ("a) the", "a)", "the"),
        ("i. costs", "i", "costs"), ("(iv) costs", "(iv)", "costs"), ("27.1The Cabinet", "27.1", "The Cabinet"),
        ("5.1.2 Deep", "5.1.2", "Deep"), ("(aa) more", "(aa)", "more"), ("1. 2019 was hard", "1", "2019 was hard"),
        ("86. Minutes of the meeting", "86", "Minutes of the meeting"), ("24/091 Apologies", "24/091", "Apologies"),
        ("2024/091 Apologies", "2024/091", "Apologies"),
        ("(c) hours of building work.", "(c)", "hours of building work."), ("2. miles of hedge", "2", "miles of hedge"),
        ("a) minutes of the Board", "a)", "minutes of the Board"), ("4a. Minutes", "4a", "Minutes"),
        ("4(a) Minutes", "4(a)", "Minutes"), ("4.1(b) Grants", "4.1(b)", "Grants"), ("(14.1) The", "(14.1)", "The"),
        ("14.2) The", "14.2)", "The"), ("( a ) the report", "(a)", "the report"), ("1 . That", "1", "That"),
        ("(a)the report", "(a)", "the report"), ("2.the clerk", "2", "the clerk"), ("1a) That", "1a)", "That"),
        ("12/2024 Grants", "12/2024", "Grants"), ("1.0 Purpose", "1.0", "Purpose"),
    ],
)  # fmt: skip
def test_a_typed_number_is_taken_out(text: str, number: str, rest: str) -> None:
    (line,) = lines([Block(text)])
    assert (line.number, line.text) == (number, rest)


@pytest.mark.parametrize(
    "text",
    [
        "2019 was a hard year.", "2019. Then", "10.30 am the meeting adjourned", "10.30 The meeting adjourned",
        "7.30pm Cllr Fell left", "12 March 2021 was agreed", "12. March 2021", "£1.2m was spent", "3.5 million visits",
        "1,200 homes", "24/7 care", "2020/21 Budget", "50% of residents", "18/00335/FUL Land", "24/00093 - Future",
        "A25 Road works", "20 mph zones", "16- and 17-year-olds", "12/03/21 The date", "12.03.2021 The date",
        "1st item", "24/7 Care", "2024-25 Budget", "A259 Road works", "B05 Lighting",
        "24/25 Budget monitoring", "P/23/0123 Land at Quay Road", "4(1) of the Act applies", "(s)he said so",
        "12 noon was the hour", "7pm start", "19.30 hours on Tuesday", "7.15 pm: Ms Fell spoke", "7 o'clock news",
        "5m. of hedge", "2.pm was too late", "1. p.m.", "5 – 3 was the vote", "7A High Street", "9/11 attacks",
        "2,300 families", "61% of them", "(7.30) The bell rang", "[1] Leases are left out", "3 Mai 2024",
        "100 Homes", "B. Smith spoke", "2 Councillors voted", "(in part) agreed", "i.e. the", "No. 5", "3.5% of",
    ],
)  # fmt: skip
def test_dates_times_money_and_decimals_are_no_numbers(text: str) -> None:
    assert lines([Block(text)])[0].number is None


def test_what_is_only_possible_counts_in_a_sequence() -> None:
    assert numbers("1 The Chair", "2 The Clerk", "Text.", "3 Members") == ["1", "2", None, "3"]
    assert numbers("10.14 The x", "10.15 The y", "10.30 The meeting adjourned") == ["10.14", "10.15", None]
    assert numbers("A. First", "B. Second", "J. Smith spoke") == ["A", "B", None]
    assert numbers("2019. One", "2020. Two") == ["2019", "2020"]
    assert numbers("24-45 One", "24-46 Two") == ["24-45", "24-46"]
    assert numbers("C.45 One", "C.46 Two") == ["C.45", "C.46"]
    assert numbers("4 One", "4A Two", "4B Three") == [None, "4A", "4B"]
    assert numbers("23/25 One", "24/25 Two") == ["23/25", "24/25"]
    assert numbers("7 For", "8 Against", "9 abstained") == [None, None, None]
    assert numbers("6 votes for", "7 in favour.", "7 For, 8 Against", "8 against the motion.") == [None] * 4
    assert numbers("4 For the Chair", "5 Against all odds") == ["4", "5"]
    assert numbers("EX/34 One", "EX/35 Two") == ["EX/34", "EX/35"]
    assert numbers("1 – One", "2 – Two") == ["1", "2"]
    assert [line.text for line in lines([Block("1 – One"), Block("2 – Two")])] == ["One", "Two"]
    assert numbers("A1 One", "A2 Two", "M25 Widening") == ["A1", "A2", None]


def test_a_number_alone_is_that_of_the_next_paragraph() -> None:
    assert [(line.number, line.text) for line in lines([Block("1829."), Block("Minutes"), Block("27.1")])] == [
        ("1829", "Minutes"), ("27.1", ""),
    ]  # fmt: skip


def test_a_label_of_the_markup_is_the_number() -> None:
    (line,) = lines([Block("1. That A", label="1")])
    assert (line.number, line.text) == ("1", "That A")


@pytest.mark.parametrize(
    ("one", "two"),
    [("27.1", "27.2"), ("(a)", "(b)"), ("(h)", "(i)"), ("(i)", "(ii)"), ("ix", "x"), ("77/21", "78/21"), ("z", "aa"),
     ("PLA147/14", "PLA148/14"), ("4a", "4b"), ("4(i)", "4(ii)"), ("4.1(a)", "4.1(b)"), ("(1)(a)", "(1)(b)"),
     ("4(1)", "4(2)")],
)  # fmt: skip
def test_follows(one: str, two: str) -> None:
    assert follows(one, two)
    assert not follows(two, one)


def test_begins() -> None:
    assert [each for each in ("1", "2", "(a)", "(i)", "27.1", "27.2", "ii") if begins(each)] == [
        "1", "(a)", "(i)", "27.1",
    ]  # fmt: skip


@given(st.text(max_size=60))
def test_any_text_can_be_asked_for_its_number(text: str) -> None:
    found = typed(" ".join(text.split()))
    assert found is None or found.number
