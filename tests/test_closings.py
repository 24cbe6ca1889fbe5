"""What closes an item without a formal word, and what stands under the page's own "Decision:"."""

import pytest

from crawler.blocks import Block
from crawler.minutes.paragraphs import Minutes, read_minutes


def minutes(*texts: str) -> Minutes:
    return read_minutes([Block(text) for text in texts])


def decision(*texts: str) -> Minutes:
    return read_minutes((), [Block(text) for text in texts])


@pytest.mark.parametrize(
    ("text", "action", "words"),
    [
        ("The report was noted.", "noted", "The report was noted."),
        ("The Committee noted the report.", "noted", "the report."),
        ("Questions were asked. The Cabinet approved the recommendations.", "approved", "the recommendations."),
        ("The Panel endorsed the strategy.", "other", "the strategy."),
        ("Members agreed to note the report.", "agreed", "to note the report."),
        ("Members unanimously agreed the recommendations.", "agreed", "the recommendations."),
        ("The Sub-Committee determined to GRANT the licence.", "other", "to GRANT the licence."),
        ("The balances were read. Noted.", "noted", "The balances were read. Noted."),
        ("Cllr Oak proposed that x be done, this was seconded by Cllr Elm and all agreed.", "agreed",
         "that x be done, this was seconded by Cllr Elm"),
        ("Mr Oak proposed and Mr Elm seconded that Mr Fir be Chair. Agreed unanimously.", "agreed",
         "that Mr Fir be Chair."),
    ],
)  # fmt: skip
def test_a_closing_sentence_decides(text: str, action: str, words: str) -> None:
    (resolution,) = minutes("The officer spoke.", text, "(For: 3 Against: 0)").resolutions
    assert (resolution.action, resolution.text) == (action, words)


@pytest.mark.parametrize(
    "text",
    ["The Committee noted that the train was late.", "Members agreed that the service had been good.",
     "The Chair agreed to write.", "The Committee had approved the plan.", "Apologies were noted.",
     "The amendment was accepted."],
)  # fmt: skip
def test_narrative_at_the_end_decides_nothing(text: str) -> None:
    assert minutes("The officer spoke.", text).resolutions == ()


def test_the_same_words_in_the_midst_decide_nothing() -> None:
    assert minutes("The Committee noted the report.", "The officer spoke of something else.").resolutions == ()


def test_words_under_decision_decide_without_a_deciding_word() -> None:
    (resolution,) = decision("That the fees be approved.").resolutions
    assert (resolution.action, resolution.text) == ("other", "That the fees be approved.")
    (resolution,) = decision("That the Cabinet AGREES to:", "1. approve; and", "2. note.").resolutions
    assert (resolution.action, len(resolution.clauses)) == ("agreed", 2)
    assert minutes("That the fees be approved.").resolutions == ()


def test_clauses_that_each_have_a_deciding_word_are_one_decision() -> None:
    (resolution,) = decision("Cabinet:", "(1) APPROVED the fees; and", "(2) DELEGATED the rest.").resolutions
    assert (resolution.action, [clause.label for clause in resolution.clauses]) == ("approved", ["(1)", "(2)"])


def test_a_decision_that_the_minutes_repeat_is_listed_once() -> None:
    agreed = [Block("Cabinet AGREED:"), Block("(i) the loan.")]
    found = read_minutes([Block("Talk."), *agreed], [*agreed, Block("Call-in expires in May.")])
    assert [resolution.text for resolution in found.resolutions] == ["(i) the loan."]
