"""Places to sign: left out where they stand together or at the end, kept where an office alone says who is to act."""

import pytest

from crawler.blocks import Block
from crawler.printed.signing import without_signing


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        (("The report was noted.", "Signed:", "________", "Cathaoirleach", "Dated:", "________"), 1),
        (("The report was noted.", "Chairman"), 1),
        (("The report was noted.", "Mayor", "Date"), 1),
        (("Signed Chairman Date", "All rose."), 1), (("CADEIRYDD ..........", "Signed Date"), 0),
        (("Signed………………… Chair", "Page 2 of 3"), 0),
        (("The report was noted.", "________", "MAYOR", "________", "CHIEF EXECUTIVE"), 1),
        (("A letter was to be sent.", "Clerk", "The Chair closed the meeting."), 3),
        (("Chair to write", "The Chair signed the book.", "Date of next meeting"), 3),
    ],
)
def test_places_to_sign(texts: tuple[str, ...], kept: int) -> None:
    assert len(without_signing(tuple(map(Block, texts)))) == kept
