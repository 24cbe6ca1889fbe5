"""What a decision and the minutes both print is read once, and nothing that only one of them prints is lost."""

from time import thread_time

import pytest

from archive.model import Item
from crawler.blocks import Block, BlockKind
from crawler.minutes.items import build_item

REASONS = Block("Reasons for the decision:", BlockKind.HEADING)
DEBATE = Block("Councillor Fell asked how many trailers had been turned away.")
GRANT = "That the permit scheme be extended to trailers and that the charge be kept at £5."


def read(decision: list[Block], minutes: list[Block]) -> Item:
    known = Item(None, "7", "Recycling Centres")
    return build_item(known, agenda=(), minutes=minutes, decision=decision)


def texts(item: Item) -> list[str]:
    return [paragraph.text for paragraph in item.paragraphs]


@pytest.mark.parametrize(
    "repeated",
    [
        f"RESOLVED – {GRANT}", f"Resolved: {GRANT}", f"7.4 RESOLVED unanimously: {GRANT}",
        f"It was moved by Councillor Fell, seconded by Councillor Beck and RESOLVED {GRANT[0].lower()}{GRANT[1:]}",
    ],
)  # fmt: skip
def test_a_decision_within_the_minutes_is_read_there(repeated: str) -> None:
    item = read([Block(f"RESOLVED – {GRANT}" if "moved" not in repeated else GRANT)], [DEBATE, Block(repeated)])
    assert texts(item)[0] == DEBATE.text
    assert len(item.paragraphs) == 2
    assert len(item.resolutions) == 1


def test_what_only_the_decision_prints_stays_before_the_minutes() -> None:
    decision = [Block(f"RESOLVED – {GRANT}"), REASONS, Block("To be fair to all.")]
    item = read(decision, [DEBATE, Block(f"Resolved: {GRANT}")])
    assert texts(item) == ["Reasons for the decision:", "To be fair to all.", DEBATE.text, f"Resolved: {GRANT}"]
    (resolution,) = item.resolutions
    assert resolution.anchor == "p4"


def test_reasons_that_both_print_are_read_once_with_their_heading() -> None:
    reasons = [REASONS, Block("Trailers brought in 18 per cent of the waste and were never counted.")]
    item = read([Block(GRANT), *reasons], [DEBATE, Block(f"RESOLVED: {GRANT}"), *reasons, Block("The meeting rose.")])
    assert texts(item) == [DEBATE.text, f"RESOLVED: {GRANT}", *(each.text for each in reasons), "The meeting rose."]


def test_a_resolution_is_repeated_whole_or_not_at_all() -> None:
    decision = [Block("RESOLVED that:"), Block("(a) the wall be repaired this summer at a cost of £75,000; and"),
                Block("(b) the Duchy be asked to pay half.")]  # fmt: skip
    minutes = [DEBATE, *decision[:2], Block("(b) the Duchy be asked to pay a third.")]
    assert len(read(decision, minutes).paragraphs) == 7
    assert len(read(decision, [DEBATE, *decision]).paragraphs) == 4
    first, second = (block.text[3:].rstrip(".") for block in decision[1:])
    relabelled = [DEBATE, decision[0], Block(f"1.{first}"), Block(f"2.{second}")]
    assert [each.number for each in read(decision, relabelled).paragraphs] == [None, None, "1", "2"]


def test_minutes_that_only_repeat_the_decision_are_read_there() -> None:
    item = read([Block(f"RESOLVED – {GRANT}"), REASONS, Block("To be fair.")], [Block(f"RESOLVED – {GRANT}")])
    assert texts(item) == [f"RESOLVED – {GRANT}", REASONS.text, "To be fair."]


def test_minutes_without_a_deciding_word_leave_the_decision_where_it_is() -> None:
    item = read([Block(GRANT)], [DEBATE, Block(GRANT)])
    assert texts(item) == [GRANT, DEBATE.text]
    assert len(item.resolutions) == 1


@pytest.mark.parametrize("short", ["Approved.", "Noted", "AGREED"])
def test_a_short_decision_is_repeated_by_a_paragraph_of_its_own_only(short: str) -> None:
    assert len(read([Block(short)], [DEBATE, Block(short)]).paragraphs) == 2
    assert len(read([Block(short)], [Block(f"The plan was not {short.lower()} by the parish.")]).paragraphs) == 2


def test_minutes_of_another_body_are_a_matter_until_they_are_approved() -> None:
    for said, procedural in (
        ("RESOLVED that the minutes be noted.", False), ("APPROVED the minutes of 3 May 2024.", True),
        ("RESOLVED that the minutes be approved and signed.", True),
    ):  # fmt: skip
        known = Item(None, "2", "Minute of the Policy and Finance Committee")
        assert build_item(known, agenda=(), minutes=[Block(said)]).procedural is procedural


def test_long_sections_take_no_longer_than_they_are_long() -> None:
    long = [Block(f"{at}. That grant {at} of the fund for halls be paid to its trustees.") for at in range(1, 3000)]
    started = thread_time()
    read(long, [DEBATE, *(Block(f"{block.text} Now.") for block in long)])
    assert thread_time() - started < 10
