"""Nothing that a PDF prints is lost or comes twice, but for what stands around its pages: beside PDFium's own text."""

import re
from collections import Counter
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from cases import PAGES, REAL_FILES

from crawler.documents.pdf import pdf_blocks

MADE = sorted(PAGES.rglob("*.pdf"))
REAL = sorted((REAL_FILES / "pdf-minutes").rglob("*.pdf"))
ABSENT = pytest.param(None, marks=pytest.mark.skip(reason="the folder of real files is not here"))


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def letters(text: str) -> Counter[str]:
    return Counter(each for each in text.casefold() if each.isalnum())


def printed(data: bytes) -> list[str]:
    """The text of each page, with a hyphen for the mark that PDFium sets for one at the end of a line."""
    with pdfium.PdfDocument(data) as document:
        return [document[at].get_textpage().get_text_range().replace("\ufffe", "-") for at in range(len(document))]


def kept(data: bytes) -> str:
    return " ".join(block.text for block in pdf_blocks(data, "minutes.pdf"))


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.parent.name)
def test_every_letter_of_a_case_is_kept_once(path: Path) -> None:
    """By letters, since words parted at the end of a line are joined, and small capitals set in small letters."""
    data = path.read_bytes()
    pages, read = printed(data), kept(data)
    assert not letters(read) - letters(" ".join(pages))
    missing = words(" ".join(pages)) - words(read)
    assert all(count <= 2 * len(pages) + 2 for count in missing.values()), missing
    assert len(words(read)) > 50


@pytest.mark.parametrize("path", REAL or [ABSENT], ids=lambda path: path.name[:40] if path else "absent")
def test_every_word_of_real_minutes_is_kept_once(path: Path) -> None:
    data = path.read_bytes()
    pages, read = printed(data), kept(data)
    assert not words(read) - words(" ".join(pages))
    assert all(count <= len(pages) + 2 for count in (words(" ".join(pages)) - words(read)).values())
