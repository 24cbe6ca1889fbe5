"""Who moved and seconded, in the wordings of minutes, and what became of motions."""

import pytest

from archive.model import Outcome
from crawler.minutes.motions import Movers, fate, movers


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
        ("The motion was agreed to be long.", None), ("The report was approved.", None),
    ],
)  # fmt: skip
def test_what_became_of_a_motion(text: str, outcome: Outcome | None) -> None:
    found = fate(text)
    assert (found.outcome if found else None) == outcome
