"""Deciding words with the vote, a reference or another matter beside them, and those of somebody else's decision."""

import pytest

from archive.model import Action
from crawler.blocks import Block
from crawler.minutes.decisions import find_decision
from crawler.minutes.paragraphs import Minutes, read_minutes


def minutes(*texts: str) -> Minutes:
    return read_minutes([Block(text) for text in (*texts, "The rain went on.")])


@pytest.mark.parametrize(
    ("text", "action", "words"),
    [
        ("It was agreed unanimously to take the offer.", "agreed", "to take the offer."),
        ("It was agreed by all present that the hall be let.", "agreed", "that the hall be let."),
        ("It was resolved by 6 votes to 1 that the hall be let.", "resolved", "that the hall be let."),
        ("It was agreed, with one abstention, that the hall be let.", "agreed", "that the hall be let."),
        ("The Park Authority RESOLVED, on a show of hands, to refuse it.", "resolved", "to refuse it."),
        ("The Board, having heard from the surveyor, agreed to defer the matter.", "agreed", "to defer the matter."),
        ("The Panel considered both sites and resolved to visit them.", "resolved", "to visit them."),
        ("Moved, seconded and CARRIED: That the hall be let.", "other", "That the hall be let."),
        ("Resolution 23/104: that the hall be let.", "resolved", "that the hall be let."),
        ("RESOLVED / PENDERFYNWYD: that the hall be let.", "resolved", "that the hall be let."),
        ("Cytunwyd/Agreed: gosod y neuadd / to let the hall.", "agreed", "gosod y neuadd / to let the hall."),
        ("Penderfyniad: / Decision: Caniatáu / Granted", "approved", "Caniatáu / Granted"),
        ("Decision: To refuse the application.", "refused", "To refuse the application."),
        ("REQUESTED to approve the plans.", "other", "to approve the plans."),
        ("The Committee RECOMMENDS that Council let the hall.", "recommended", "that Council let the hall."),
    ],
)  # fmt: skip
def test_what_was_decided_is_told_from_how(text: str, action: str, words: str) -> None:
    found = find_decision(text)
    assert found is not None
    assert (found.action, found.words) == (Action(action), words)


@pytest.mark.parametrize(
    "text",
    [
        "The Clerk said that it was agreed unanimously to differ.", "“RESOLVED that the hall be let.”",
        "The Committee recommends that residents keep a torch.",
        "Resolution 14 was read out.", "Members heard that the trustees discussed it and resolved to wait.",
        "The Council considered a letter in which the trustees said that they had met and resolved to wait.",
    ],
)  # fmt: skip
def test_what_others_decided_is_no_decision(text: str) -> None:
    assert find_decision(text) is None


def test_a_quoted_report_over_several_paragraphs_decides_nothing() -> None:
    found = minutes("The trustees had written:", "“RESOLVED that the roof be mended.", "That the cost be shared.”",
                    "It was resolved that the letter be answered.")
    assert [each.text for each in found.resolutions] == ["that the letter be answered."]


def test_sentences_numbered_in_one_paragraph_are_clauses() -> None:
    (resolution,) = minutes("AGREED: 1. To note the report. 2. To ask for £3.50 each. 3. To meet again.").resolutions
    assert [(clause.label, clause.text) for clause in resolution.clauses] == [
        ("1", "To note the report."), ("2", "To ask for £3.50 each."), ("3", "To meet again."),
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["The Authority:", "Members:", "The Joint Board:"])
def test_a_body_over_clauses_that_each_decide(head: str) -> None:
    (resolution,) = minutes(head, "(a) noted the outturn; and", "(b) approved the plan.").resolutions
    assert (resolution.action, len(resolution.clauses)) == ("noted", 2)


def test_a_reference_counts_no_votes() -> None:
    (resolution,) = minutes("Resolution 23/104: that the hall be let.").resolutions
    assert (resolution.vote, resolution.unanimous) == (None, None)


def test_resolved_as_follows() -> None:
    (resolution,) = minutes("The Council discussed this and resolved as follows:", "That it be done.").resolutions
    assert resolution.text.endswith("That it be done.")


def test_two_languages_on_a_line_are_two_decisions() -> None:
    found = minutes("Penderfynwyd bod y neuadd yn cael ei gosod / Resolved that the hall be let.")
    assert [each.text for each in found.resolutions] == ["bod y neuadd yn cael ei gosod", "that the hall be let."]


@pytest.mark.parametrize("text", ["Members agreed a new roof was needed.", "The Panel agreed the old pump should go."])
def test_an_opinion_without_that_closes_nothing(text: str) -> None:
    assert read_minutes([Block(text)]).resolutions == ()
