"""Decisions in forms that are easily missed, and sentences of the same look that decide nothing."""

import pytest

from crawler.blocks import Block
from crawler.minutes.decisions import find_decision
from crawler.minutes.paragraphs import Minutes, read_minutes


def minutes(*texts: str) -> Minutes:
    return read_minutes([Block(text) for text in texts])


@pytest.mark.parametrize(("text", "action", "words"), [
    ("Unanimously agreed: to thank the Mayor.", "agreed", "to thank the Mayor."),
    ("The Committee resolved in terms of Section 50A(4) of the Act to exclude the public.", "resolved",
     "in terms of Section 50A(4) of the Act to exclude the public."),
    ("The Cabinet did not agree and instead resolved to keep it.", "resolved", "to keep it."),
    ("The Cabinet DECLINED to support the proposal.", "other", "to support the proposal."),
    ("3 Mill Lane: Deferred to next meeting", "deferred", "3 Mill Lane: Deferred to next meeting"),
    ("It was decided, by two votes to one, Councillor Oak dissenting, that the licence be granted.", "other",
     "that the licence be granted."),
    ("Penderfyniad: Caniatáu gydag amodau", "approved", "Caniatáu gydag amodau"),
])  # fmt: skip
def test_a_decision_is_found(text: str, action: str, words: str) -> None:
    found = find_decision(text)
    assert found is not None
    assert (found.action, found.words) == (action, words)


@pytest.mark.parametrize("text", [
    "23/0012 Mill Lane: Approved",                            # by the planning authority, as it told a parish
    "The Director declined to support the proposal.",
    "The Clerk said that the Board did not agree and instead resolved to keep it.",
    "Unanimously agreed views are rare.",
    "The delivery was deferred to next week.",
])  # fmt: skip
def test_what_decides_nothing(text: str) -> None:
    assert find_decision(text) is None


def test_an_application_be_refused_closes_its_item() -> None:
    (found,) = minutes("The officer spoke.", "The application be REFUSED.").resolutions
    assert (found.action, found.text) == ("refused", "The application be REFUSED.")
    assert minutes("He asked that the application be REFUSED.", "The applicant replied.").resolutions == ()


def test_a_lettered_part_that_notes_a_paper_is_a_decision() -> None:
    texts = "a) The precept was discussed.", "b) Bank reconciliation was noted.", "c) Two members signed the cheques."
    found = minutes(*texts)
    assert [(each.action, each.number) for each in found.resolutions] == [("noted", "b)")]
    assert [each.kind.value for each in found.paragraphs] == ["narrative", "resolution", "narrative"]
    assert minutes("a) The precept was discussed.", "b) Concerns were noted.", "c) It rained.").resolutions == ()
    assert minutes("5.1 The report was noted.", "5.2 The Chair spoke of bins.").resolutions == ()


def test_welsh_words_under_their_heading_say_what_was_decided() -> None:
    (found,) = minutes("PENDERFYNIAD", "GWRTHOD y cais").resolutions
    assert (found.action, found.text) == ("refused", "GWRTHOD y cais")


def test_a_welsh_motion_may_fall() -> None:
    (found,) = minutes(
        "Cynigiodd y Cynghorydd Ann Derw, eiliwyd gan y Cynghorydd Bo Onnen, y dylid gohirio.", "Disgynnodd y cynnig."
    ).resolutions
    assert found.outcome == "lost"


def test_two_decisions_in_one_paragraph_without_the_speech_between_them() -> None:
    first, second = minutes(
        "Resolved: That the report be noted. Councillor Oak thanked officers. Resolved further: That two days be added."
    ).resolutions
    assert (first.text, second.text) == ("That the report be noted.", "That two days be added.")


def test_the_end_of_a_hearing_is_no_part_of_its_decision() -> None:
    (found,) = minutes("RESOLVED that the licence be granted. The hearing ended at 12.30 p.m.").resolutions
    assert found.text == "that the licence be granted."


def test_a_sentence_about_people_may_belong_to_a_decision() -> None:
    (found,) = minutes("RESOLVED that the path be mended. The Clerk to write to the owner.").resolutions
    assert found.text == "that the path be mended. The Clerk to write to the owner."
