"""Who moved and seconded, in the wordings of minutes, and what became of motions."""

import pytest

from archive.model import Outcome
from crawler.blocks import Block, BlockKind
from crawler.minutes.fates import fate
from crawler.minutes.motions import Movers, movers
from crawler.minutes.paragraphs import Minutes, read_minutes


@pytest.mark.parametrize(
    ("text", "mover", "seconder"),
    [
        ("The Convener, seconded by Councillor Bell, moved that x", "The Convener", "Councillor Bell"),
        ("It was proposed by the Chair, seconded by Cllr Elm, that x", "the Chair", "Cllr Elm"),
        ("Proposed Cllr Oak, seconded Cllr Elm and", "Cllr Oak", "Cllr Elm"),
        ("Prop: Cllr Oak; Sec: Cllr Elm", "Cllr Oak", "Cllr Elm"),
        ("to accept the quote (Prop. Cllr Oak, Sec. Cllr Elm)", "Cllr Oak", "Cllr Elm"),
        ("Cllr Oak MOVED and Cllr Elm SECONDED that x", "Cllr Oak", "Cllr Elm"),
        ("Councillor A. Oak moved it, which was seconded by Councillor Elm.", "Councillor A Oak", "Councillor Elm"),
        ("Moved by the Lord Mayor, Alderman Fox, Seconded by Cllr Oak", "Alderman Fox", "Cllr Oak"),
        ("Cllr Oak proposed that x, this was seconded by Cllr Elm and all agreed.", "Cllr Oak", "Cllr Elm"),
        ("changes proposed by the working group, introduced by Mrs Oak, Director of Law", None, None),
        ("Moved by the Right Honourable the Lord Mayor,", "the Right Honourable the Lord Mayor", None),
        ("Seconded by the Deputy Lord Mayor and", None, "the Deputy Lord Mayor"),
        ("Cynigiodd y Cynghorydd Elin Rhys, ac eiliodd y Cynghorydd Huw Prys, y dylid", "Cynghorydd Elin Rhys",
         "Cynghorydd Huw Prys"),
        ("Mr Oak proposed a workshop", None, None), ("The Mayor of Leeds moved house", None, None),
    ],
)  # fmt: skip
def test_movers(text: str, mover: str | None, seconder: str | None) -> None:
    found = movers(text)
    plain = found.mover.replace(". ", " ") if found.mover else None
    assert Movers(plain, found.seconder) == Movers(mover, seconder)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("On being put to the vote, the motion was agreed unanimously.", Outcome.CARRIED),
        ("The motion was approved.", Outcome.CARRIED), ("The motion was declared CARRIED.", Outcome.CARRIED),
        ("The recommendations were put to the vote and carried: 9 in favour; 0 against.", Outcome.CARRIED),
        ("Upon being put to the vote, the Motion was LOST.", Outcome.LOST),
        ("The Chairman put the motion, which was agreed.", Outcome.CARRIED), ("Carried.", Outcome.CARRIED),
        ("Following a vote, the recommendations were approved.", Outcome.CARRIED),
        ("Carried by 5 votes to 1.", Outcome.CARRIED), ("Motion: Carried (7 for, 2 against)", Outcome.CARRIED),
        ("NOT CARRIED", Outcome.LOST), ("The gate was talked of. Lost.", Outcome.LOST),
        ("Proposed by Cllr Oak, seconded by Cllr Elm and carried unanimously", Outcome.CARRIED),
        ("Proposed by Cllr Oak, seconded by Cllr Elm. All in favour.", Outcome.CARRIED),
        ("Rhoddwyd y cynnig i bleidlais ac fe’i cariwyd.", Outcome.CARRIED), ("Collwyd y cynnig.", Outcome.LOST),
        ("The motion was agreed to be long.", None), ("The report was approved.", None),
        ("Carried on the wind, the leaves fell.", None), ("Lost property was reported.", None),
        ("He asked why that motion had been carried.", None), ("The recommendations were approved of by many.", None),
        ("If the motion were carried, the hall would close.", None), ("All in favour.", None),
    ],
)  # fmt: skip
def test_what_became_of_a_motion(text: str, outcome: Outcome | None) -> None:
    found = fate(text)
    assert (found.outcome if found else None) == outcome


def minutes(*texts: str) -> Minutes:
    return read_minutes([Block(text) for text in texts])


def test_who_moves_below_the_heading_of_an_amendment_moves_the_amendment() -> None:
    found = minutes(
        "Moved by Alderman Oak,", "Seconded by Councillor Elm,", "That the minutes be adopted.", "Amendment",
        "Moved by Councillor Fir,", "Seconded by Councillor Gum,", "That they be taken back.",
        "On a vote, eleven Members voted for the amendment and thirty against and it was declared lost.",
        "The motion was put to the meeting and carried.",
    )  # fmt: skip
    (resolution,) = found.resolutions
    assert (resolution.text, resolution.vote) == ("That the minutes be adopted.", None)
    assert (resolution.mover, resolution.seconder) == ("Alderman Oak", "Councillor Elm")


def test_who_moves_between_two_motions_moves_the_one_below() -> None:
    first, second = minutes(
        "Moved by the Mayor, seconded by Cllr Elm and", "RESOLVED – That A be done.", "Moved by Cllr Fir,",
        "Seconded by Cllr Gum,", "That B be done.", "Carried.",
    ).resolutions  # fmt: skip
    assert (first.text, second.text, second.mover) == ("That A be done.", "That B be done.", "Cllr Fir")
    assert (first.mover, second.outcome) == ("the Mayor", "carried")


@pytest.mark.parametrize(
    "opening", ["The motion, as amended, read:", "Substantive motion", "The motion as amended was:"]
)
def test_a_motion_is_said_as_it_was_amended(opening: str) -> None:
    found = minutes(
        "Cllr Oak moved and Cllr Elm seconded that a bench be bought.",
        "Cllr Fir moved and Cllr Gum seconded an amendment. The amendment was accepted.", opening,
        "That two benches be bought.", "The motion as amended was put and CARRIED.",
    )  # fmt: skip
    (resolution,) = found.resolutions
    assert (resolution.text, resolution.mover) == ("That two benches be bought.", "Cllr Oak")
    assert [each.kind.value for each in found.paragraphs][2:] == ["narrative", "resolution", "vote"]


def test_movers_and_fate_below_a_decision_are_its_own() -> None:
    moved = "Proposed by Cllr Oak, seconded by Cllr Elm. Carried by 5 votes to 1."
    found = minutes("RESOLVED that a bench be bought.", moved)
    (resolution,) = found.resolutions
    assert (resolution.mover, resolution.outcome, resolution.unanimous) == ("Cllr Oak", "carried", False)
    assert found.paragraphs[1].kind == "vote"


def test_a_motion_is_said_without_its_fate() -> None:
    for end in ("Carried.", "All in favour.", "CARRIED unanimously."):
        (resolution,) = minutes(f"Proposed Cllr Oak, seconded Cllr Elm that a bench be bought. {end}").resolutions
        assert (resolution.text, resolution.outcome) == ("that a bench be bought.", "carried")


@pytest.mark.parametrize("assent", ["All in favour.", "Agreed by all.", "All agreed.", "All present voted for"])
def test_assent_carries_the_motion_that_is_open(assent: str) -> None:
    found = minutes("Cllr Oak moved, and Cllr Elm seconded, that a bench be bought.", assent)
    assert [each.kind.value for each in found.paragraphs] == ["resolution", "vote"]
    assert (found.resolutions[0].outcome, found.resolutions[0].unanimous) == ("carried", True)


@pytest.mark.parametrize(
    "moved",
    ["Cllr Oak proposed that a bench be bought; Cllr Elm seconded; all in favour.",
     "Cllr Oak moved that a bench be bought, duly seconded by Cllr Elm, and upon being put to the vote was CARRIED.",
     "Cllr Oak proposed that a bench be bought. This was seconded by Cllr Elm and agreed unanimously."],
)  # fmt: skip
def test_the_words_of_a_motion_stand_between_its_movers(moved: str) -> None:
    (resolution,) = minutes(moved).resolutions
    assert resolution.text.rstrip(".") == "that a bench be bought"
    assert (resolution.mover, resolution.seconder) == ("Cllr Oak", "Cllr Elm")


def test_a_motion_in_quotation_marks_is_moved_and_settled_below() -> None:
    below = "The motion was proposed by Cllr Oak, seconded by Cllr Elm and agreed."
    (resolution,) = minutes("“That this Council buy a bench.”", below).resolutions
    assert (resolution.text, resolution.mover) == ("“That this Council buy a bench.”", "Cllr Oak")
    assert (resolution.seconder, resolution.outcome) == ("Cllr Elm", "carried")


def test_motions_under_headings_whose_paragraphs_are_numbered() -> None:
    heads = {"Motion 1 – Buses", "Motion 2 – Pools"}
    texts = (
        "Motion 1 – Buses", "(1) Ms Oak proposed, and Mr Elm seconded, the following motion:", "“That fares be held.”",
        "(2) Following the debate, the Chairman put the motion to the vote and it was lost by 12 votes to 7.",
        "Motion 2 – Pools", "(3) Mrs Fir proposed, and Mr Gum seconded, the following motion:", "“That pools stay.”",
        "(4) Following the debate, the Chairman put the motion to the vote and it was agreed unanimously.",
    )  # fmt: skip
    blocks = [Block(text, BlockKind.HEADING if text in heads else BlockKind.PARAGRAPH) for text in texts]
    found = read_minutes(blocks)
    first, second = found.resolutions
    assert [found.paragraphs[at].kind.value for at in (0, 4, 6)] == ["heading", "heading", "resolution"]
    assert (second.action, second.anchor) == ("agreed", "p7")
    assert (first.text, first.mover, first.outcome) == ("“That fares be held.”", "Ms Oak", "lost")
    assert (second.text, second.mover, second.outcome) == ("“That pools stay.”", "Mrs Fir", "carried")


def test_the_vote_announced_on_an_amendment_is_not_the_motion_s() -> None:
    table = Block("x", BlockKind.TABLE, rows=(("For", "Against"), ("Cllr Ash", "Cllr Bay")))
    other = Block("x", BlockKind.TABLE, rows=(("For", "Against"), ("Cllr Bay", "Cllr Ash")))
    found = read_minutes([
        Block("The Leader moved, and Cllr Elm seconded, the recommendations."),
        Block("Cllr Fir said that it cost too much. She moved, and Cllr Gum seconded, an amendment."),
        Block("A recorded vote was taken on the amendment:"), table, Block("The amendment was LOST."),
        Block("A recorded vote was then taken on the motion:"), other, Block("The motion was CARRIED."),
    ])  # fmt: skip
    (resolution,) = found.resolutions
    assert resolution.vote is not None
    assert (resolution.vote.names.for_, resolution.mover) == (("Cllr Bay",), "The Leader")
