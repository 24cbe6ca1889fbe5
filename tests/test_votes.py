"""Votes in tables, under the heads of their sides, and in the paragraph of the decision itself."""

import pytest

from archive.model import Resolution, VoteNames
from crawler.blocks import Block, BlockKind
from crawler.minutes.paragraphs import read_minutes
from crawler.minutes.votes import counts, vote_table


def only(*texts: str) -> Resolution:
    (resolution,) = read_minutes([Block(text) for text in texts]).resolutions
    return resolution


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("RESOLVED (by 12 votes to 3) that x be done.", "that x be done.", (12, 3, None)),
        ("AGREED (7 in favour, 2 abstentions) to do x.", "to do x.", (7, None, 2)),
        ("Resolved: (unanimous, 9 for, 0 against) that x be done.", "that x be done.", (9, 0, None)),
        ("It was RESOLVED by 8 votes for, 3 against to do x.", "to do x.", (8, 3, None)),
        ("By 7 votes to 2, the Committee RESOLVED to do x.", "to do x.", (7, 2, None)),
        ("RESOLVED (For 12, Against 3, Abstentions 1): That x be done.", "That x be done.", (12, 3, 1)),
        ("AGREED (9 votes for and 2 against) that x be done.", "that x be done.", (9, 2, None)),
    ],
)  # fmt: skip
def test_a_decision_that_states_its_vote_is_no_vote_line(
    text: str, words: str, expected: tuple[int | None, ...]
) -> None:
    resolution = only(text)
    assert resolution.vote is not None
    assert (resolution.text, (resolution.vote.for_, resolution.vote.against, resolution.vote.abstain)) == (
        words, expected,
    )  # fmt: skip


def test_clauses_follow_a_decision_that_states_its_vote() -> None:
    resolution = only("Resolved (12 for, 3 against, 1 abstention)", "1. That A be done;", "2. That B be done.")
    assert [clause.label for clause in resolution.clauses] == ["1", "2"]


@pytest.mark.parametrize(
    "rows",
    [
        (("For", "Against", "Abstain"), ("Cllr Ash", "Cllr Elm", "Cllr Oak")),
        (("Councillor", "For", "Against", "Abstain"), ("Cllr Ash", "X", "", ""), ("Cllr Elm", "", "X", ""),
         ("Cllr Oak", "", "", "X")),
        (("For", "Cllr Ash"), ("Against", "Cllr Elm"), ("Abstain", "Cllr Oak")),
        (("Councillor", "Vote"), ("Cllr Ash", "For"), ("Cllr Elm", "Against"), ("Cllr Oak", "Abstained")),
    ],
)  # fmt: skip
def test_tables_of_names(rows: tuple[tuple[str, ...], ...]) -> None:
    tally = vote_table(rows)
    vote = tally.built() if tally else None
    assert vote is not None
    assert vote.names == VoteNames(("Cllr Ash",), ("Cllr Elm",), ("Cllr Oak",))


def test_the_totals_of_a_grid_are_counts() -> None:
    tally = vote_table((("", "For", "Against"), ("Ash, J", "✓", ""), ("Elm, P", "✓", ""), ("Total", "2", "0")))
    assert tally is not None
    assert (tally.counts, tally.names["for"]) == ({"for": 2, "against": 0}, ["Ash, J", "Elm, P"])


def test_a_table_of_something_else_is_no_vote() -> None:
    assert vote_table((("Payee", "For"), ("A Ash", "Stamps"), ("B Elm", "Rent"))) is None
    blocks = [Block("x", BlockKind.TABLE, rows=(("Name", "Ward"), ("A Ash", "North")))]
    assert read_minutes(blocks).paragraphs[0].kind == "table"


def test_heads_of_sides_with_names_below() -> None:
    vote = only("For", "Councillors Ash and Bay", "Against", "None", "RESOLVED that x be done.").vote
    assert vote is not None
    assert (vote.names.for_, vote.against, vote.names.against) == (("Councillor Ash", "Councillor Bay"), 0, ())
    vote = only("Councillors FOR: Ash, Bay and van Dyke", "Abstentions: None (0)", "RESOLVED that x.").vote
    assert vote is not None
    assert (vote.names.for_, vote.abstain, vote.names.abstain) == (("Ash", "Bay", "van Dyke"), 0, ())


@pytest.mark.parametrize("text", ["The survey showed 60 for and 40 against, and voting by post rose.",
                                  "Voting was 60% for and 40% against"])  # fmt: skip
def test_what_others_think_is_no_vote(text: str) -> None:
    assert counts(text) == {}


@pytest.mark.parametrize("total", ["Total: 2", "Total 2", "2", "(2)", "Total votes: 2", "Cyfanswm: 2", "2 votes"])
def test_a_total_below_the_names_of_a_side_is_its_count(total: str) -> None:
    in_columns = vote_table((("For the motion", "Against"), ("Cllr Ash", "Cllr Elm"), ("Cllr Bay", ""), (total, "0")))
    in_rows = vote_table((("For", "Cllr Ash, Cllr Bay", total), ("Against", "Cllr Elm", "0")))
    for tally in (in_columns, in_rows):
        assert tally is not None
        assert (tally.counts, tally.names["for"]) == ({"for": 2, "against": 0}, ["Cllr Ash", "Cllr Bay"])


def test_a_total_on_a_line_of_its_own_is_the_count_of_the_names_above_it() -> None:
    printed = "For:", "Cllrs Ash and Bay", "Total: 2", "Against:", "Cllr Elm", "Total: 1"
    vote = only("RESOLVED that x be done.", *printed).vote
    assert vote is not None
    assert (vote.for_, vote.against, vote.names.for_) == (2, 1, ("Cllr Ash", "Cllr Bay"))
