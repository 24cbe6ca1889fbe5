"""The line "Decision" above a decision: a heading of what follows, unless it shouts as a deciding word does."""

import pytest

from crawler.blocks import Block, BlockKind
from crawler.minutes.paragraphs import Minutes, read_minutes

HEAD = Block("Decision", kind=BlockKind.HEADING)


def below(*texts: str, head: Block = HEAD) -> Minutes:
    return read_minutes([Block("The officer spoke."), head, *map(Block, texts), Block("Next came the harbour.")])


def kinds(found: Minutes) -> str:
    return " ".join(paragraph.kind.value for paragraph in found.paragraphs)


@pytest.mark.parametrize(
    ("text", "action", "words"),
    [
        ("The Council noted the progress of the works.", "noted", "the progress of the works."),
        ("The Committee agreed to buy the field.", "agreed", "to buy the field."),
        ("RESOLVED that the licence be refused.", "resolved", "that the licence be refused."),
        ("The report was noted.", "noted", "The report was noted."),
        ("The application was refused.", "refused", "The application was refused."),
    ],
)  # fmt: skip
def test_the_sentence_below_decides_by_its_own_word(text: str, action: str, words: str) -> None:
    found = below(text)
    (resolution,) = found.resolutions
    assert (resolution.action, resolution.text, resolution.anchor) == (action, words, "p3")
    assert kinds(found) == "narrative heading resolution narrative"


def test_deliberation_between_the_heading_and_the_decision_is_narrative() -> None:
    found = below("Members weighed what they had heard.", "The Panel RESOLVED to grant the licence.")
    assert [each.text for each in found.resolutions] == ["to grant the licence."]
    assert kinds(found) == "narrative heading narrative resolution narrative"


def test_words_without_a_deciding_word_are_decided_by_the_heading() -> None:
    found = below("That the grant be paid.")
    (resolution,) = found.resolutions
    assert (resolution.action, resolution.text, resolution.anchor) == ("other", "That the grant be paid.", "p3")
    assert kinds(found) == "narrative heading resolution narrative"


def test_a_heading_that_nothing_follows_decides_nothing() -> None:
    found = read_minutes([Block("The officer spoke."), HEAD, Block("Reasons", kind=BlockKind.HEADING)])
    assert found.resolutions == ()
    assert kinds(found) == "narrative heading heading"


def test_capitals_are_the_deciding_word_itself() -> None:
    found = below("NOTED the accounts.", head=Block("DECISION", kind=BlockKind.HEADING))
    (resolution,) = found.resolutions
    assert (resolution.action, resolution.text, resolution.anchor) == ("noted", "the accounts.", "p2")
    assert kinds(found) == "narrative resolution resolution narrative"
    (resolution,) = below("The Board noted the accounts.", head=Block("DECISION")).resolutions
    assert (resolution.action, resolution.text) == ("noted", "the accounts.")


def test_the_close_of_the_meeting_may_follow_a_closing_sentence() -> None:
    found = read_minutes([Block("The report was noted."), Block("The meeting closed at 8.40 pm.")])
    assert [each.action for each in found.resolutions] == ["noted"]
