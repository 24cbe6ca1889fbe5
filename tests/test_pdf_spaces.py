"""Spaces that kerning makes narrow, and letters set apart that are one word."""

from pathlib import Path

import pytest
from test_pdf import DATA, texts

from crawler.documents.pdf import pdf_blocks
from crawler.documents.spaces import cuts


@pytest.mark.parametrize(("set_", "read"), [
    (((72, "Councillor A"), (136.2, " "), (138.2, "Able")), "Councillor A Able"),     # an eighth of the letter size
    (((72, "Councillor A"), (136.2, " "), (137.0, "dder")), "Councillor Adder"),      # nothing to be seen
    (((72, "Councillor A"), (138.2, "dder")), "Councillor Adder"),                    # and no space at all
    (((72, "10."), (88.5, " "), (91, "Regarding")), "10. Regarding"),
    (((72, "Vale"), (70, " "), (97.4, " ")), "Vale"),                                 # beside the word
])  # fmt: skip
def test_a_space_of_its_own_in_a_gap_parts_words(set_: tuple[tuple[float, str], ...], read: str) -> None:
    assert texts([(left, 700, text) for left, text in set_]) == [read]


def test_a_space_at_another_height_parts_nothing() -> None:
    assert texts([(72, 700, "Councillor A"), (136.2, 720, " "), (138.2, 700, "dder")]) == ["Councillor Adder"]


def test_several_spaces_in_one_gap_part_it_once() -> None:
    assert cuts([(0, 8), (10, 18), (18, 22), (25, 30)], [8, 8.5, 9, 22.5], 12) == [1, 3]
    assert cuts([(0, 8), (8, 16)], [8], 12) == []


@pytest.mark.skipif(not DATA.is_dir(), reason="needs the shared data")
def test_a_space_after_the_numbers_of_a_real_report_is_read() -> None:
    path = next(Path(DATA, "pdf-reports").rglob("*Treasury Manageme*.pdf"))
    read = [block.text for block in pdf_blocks(path.read_bytes(), path.name)]
    assert any(text.startswith("49. PWLB") for text in read)
