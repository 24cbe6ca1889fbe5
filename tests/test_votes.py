"""Votes in tables, under the heads of their sides, and in the paragraph of the decision itself."""

import pytest

from archive.model import Resolution, VoteNames
from crawler.blocks import Block, BlockKind
from crawler.minutes.counting import counts
from crawler.minutes.paragraphs import read_minutes
from crawler.minutes.votes import vote_table


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
        ("RESOLVED (12:3) that x be done.", "that x be done.", (12, 3, None)),
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


def test_sides_with_their_names_in_one_paragraph() -> None:
    for text in (
        "For: Cllrs Ash and Bay Against: Cllr Elm", "For (2): Cllrs Ash and Bay. Against (1): Cllr Elm. Abstain (0)",
        "A recorded vote was taken: Voting for: Cllr Ash, Cllr Bay; Voting against: Cllr Elm; Abstaining: none",
        "Cllrs Ash and Bay voted for the motion and Cllr Elm against.",
    ):
        vote = only("RESOLVED that x be done.", text).vote
        assert vote is not None
        assert vote.names == VoteNames(("Cllr Ash", "Cllr Bay"), ("Cllr Elm",), ())
    bare = only("RESOLVED that x be done.", "For: Ash, Bay, Cole. Against: Elm. Abstained: Fir.").vote
    assert bare is not None
    assert bare.names == VoteNames(("Ash", "Bay", "Cole"), ("Elm",), ("Fir",))


def test_the_votes_for_candidates_are_a_vote_and_nobody_s_count() -> None:
    said = "Upon a ballot the votes cast were: Councillor Ash 17, Councillor Bay 12."
    found = read_minutes([Block(said), Block("RESOLVED that Councillor Ash be elected.")])
    assert (found.paragraphs[0].kind, found.resolutions[0].vote) == ("vote", None)
    others = read_minutes([Block("He said of the vote: Room 17, Floor two, Ash House 3 was full.")])
    assert others.paragraphs[0].kind == "narrative"


def test_who_was_absent_did_not_abstain() -> None:
    lines = "For – 2 (Cllrs Ash and Bay)", "Abstentions: Cllr Elm (1)", "Absent: Cllr Fir", "Cllr Gum"
    vote = only("RESOLVED that x be done.", *lines).vote
    assert vote is not None
    assert (vote.for_, vote.abstain, vote.names.abstain) == (2, 1, ("Cllr Elm",))
    vote = only("RESOLVED that x be done.", "For: Cllr Ash Against: Cllr Bay Absent: Cllr Fir").vote
    assert vote is not None
    assert vote.names == VoteNames(("Cllr Ash",), ("Cllr Bay",))


@pytest.mark.parametrize(
    "head",
    ["The following Members voted in favour: ", "There voted for the motion: ", "Those voting for were: ",
     "Members who voted for – ", "Voting for the motion were "],
)  # fmt: skip
def test_heads_of_sides(head: str) -> None:
    vote = only("RESOLVED that x be done.", f"{head}Councillors Ash and Bay").vote
    assert vote is not None
    assert vote.names.for_ == ("Councillor Ash", "Councillor Bay")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Councillor Ash abstained.", VoteNames(abstain=("Councillor Ash",))),
        ("(Councillor Ash voting against)", VoteNames(against=("Councillor Ash",))),
        ("Councillor Ash requested that his vote against be recorded.", VoteNames(against=("Councillor Ash",))),
        ("Councillors Ash and Bay wished it recorded that they had voted against.",
         VoteNames(against=("Councillor Ash", "Councillor Bay"))),
        ("Councillor Ash asked that her abstention be recorded.", VoteNames(abstain=("Councillor Ash",))),
    ],
)  # fmt: skip
def test_who_voted_otherwise(text: str, names: VoteNames) -> None:
    found = only("RESOLVED that x be done.", text)
    assert found.vote is not None
    assert (found.vote.names, found.unanimous) == (names, False if names.against else None)


@pytest.mark.parametrize(
    "text",
    ["Councillor Ash, who had voted against, left.", "Councillor Ash said that Councillor Bay voted against it.",
     "Councillor Ash abstained. Councillor Bay spoke of trees.", "Arguments for: cheaper roads. Against: noise."],
)  # fmt: skip
def test_talk_of_votes_is_none(text: str) -> None:
    found = read_minutes([Block("RESOLVED that x be done."), Block(text)])
    assert (found.resolutions[0].vote, found.paragraphs[1].kind) == (None, "narrative")


MOTION = "Councillor Oak, seconded by Councillor Elm, moved that x be done."
AMENDMENT = "Councillor Fir, seconded by Councillor Gum, moved as an amendment that y be done."
NAMED = VoteNames(("Councillor Ash", "Councillor Bay"), ("Councillor Fir",), ())


@pytest.mark.parametrize(
    "sides",
    [
        ("Motion (2)", "Councillors Ash and Bay", "Amendment (1)", "Councillor Fir"),
        ("For the motion (2): Councillors Ash and Bay", "For the amendment (1): Councillor Fir"),
        ("For the amendment – 1", "Councillor Fir", "For the motion – 2", "Councillors Ash and Bay"),
    ],
)  # fmt: skip
def test_a_division_between_motion_and_amendment(sides: tuple[str, ...]) -> None:
    found = only(MOTION, AMENDMENT, *sides, "The motion was accordingly carried.", "AGREED that x be done.")
    assert found.vote is not None
    assert (found.vote.for_, found.vote.against, found.vote.names) == (2, 1, NAMED)
    assert (found.outcome, found.mover) == ("carried", "Councillor Oak")
    turned = only(MOTION, AMENDMENT, *sides, "The amendment was carried and became the finding.", "AGREED that y.")
    assert turned.vote is not None
    assert (turned.vote.for_, turned.vote.against, turned.mover) == (1, 2, None)


@pytest.mark.parametrize(
    "rows",
    [
        (("For the motion", "For the amendment"), ("Councillor Ash", "Councillor Fir"), ("Councillor Bay", "")),
        (("Motion (2)", "Amendment (1)"), ("Councillors Ash and Bay", "Councillor Fir")),
        (("Motion", "Councillors Ash and Bay"), ("Amendment", "Councillor Fir")),
    ],
)  # fmt: skip
def test_a_division_in_a_table(rows: tuple[tuple[str, ...], ...]) -> None:
    tally = vote_table(rows)
    vote = tally.built() if tally else None
    assert vote is not None
    assert vote.names == NAMED


def test_the_vote_on_an_amendment_is_not_the_motion_s() -> None:
    votes = "For the amendment (1): Councillor Fir", "Against the amendment (2): Councillors Ash and Bay"
    found = only(MOTION, AMENDMENT, *votes, "The amendment was lost.", "The motion was carried.")
    assert found.vote is None


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
