"""The words of pages that are pictures, by ocrmypdf with Tesseract: the `ocr` extra and Debian's `tesseract-ocr`.

It runs as a process of its own: its workers, its memory and its faults are not ours, and it can be ended in time.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Final

from archive.errors import NeedsOcr, UnreadableFile
from crawler.documents.pdf import PdfText, pdf_blocks, pdf_text

Recognise = Callable[[bytes, str], bytes]
"""From a PDF whose words cannot be read, and its name for messages, to one whose words can. Raises `NeedsOcr`."""

MAX_SECONDS: Final = 900.0
MAX_MEGAPIXELS: Final = 80     # of one page: an A2 sheet at 300 dots an inch has 35
_LANGUAGES: Final = ("eng", "cym", "gle")
_INSTALL: Final = "needs OCR (its pages are pictures): install minutebook[ocr] and tesseract-ocr, then run reparse"


def recognised(data: bytes, name: str) -> bytes:
    """The PDF `data` with a layer of text that Tesseract reads off its pages; pages that have their text keep it.

    Raises `NeedsOcr`: the extra or Tesseract is not installed, or they cannot make anything of it in fifteen minutes.
    """
    languages = _languages()
    if find_spec("ocrmypdf") is None or not languages:
        raise NeedsOcr(f"{name}: {_INSTALL}")
    command = (
        sys.executable, "-m", "ocrmypdf", "--quiet", *_mode(data, name), "--output-type", "pdf", "--optimize", "0",
        "--max-image-mpixels", str(MAX_MEGAPIXELS), "--language", "+".join(languages), "-", "-",
    )  # fmt: skip
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=MAX_SECONDS, check=False)
    except (subprocess.TimeoutExpired, OSError) as error:
        raise NeedsOcr(f"{name}: needs OCR, which did not come to an end in {MAX_SECONDS / 60:.0f} minutes") from error
    if done.returncode or not done.stdout:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise NeedsOcr(f"{name}: needs OCR, which failed: {said[-1] if said else 'no reason given'}")
    return done.stdout


def _mode(data: bytes, name: str) -> tuple[str, ...]:
    """Which pages are recognised: those that are pictures beside pages with text, else all."""
    try:
        pictures = pdf_text(data, name).pictures
    except (NeedsOcr, UnreadableFile):
        pictures = ()
    return ("--mode", "redo", "--pages", ",".join(map(str, pictures))) if pictures else ("--mode", "force")


def read_or_recognised(data: bytes, name: str, recognise: Recognise = recognised) -> PdfText:
    """The text of the PDF `data` as `pdf_text` reads it, that of pictures by `recognise`. Raises what both raise.

    A document with text on some pages is read for those where `recognise` cannot give the others, which it then tells.
    """
    try:
        read = pdf_text(data, name)
    except NeedsOcr:
        return PdfText(pdf_blocks(recognise(data, name), name))
    if not read.pictures:
        return read
    try:
        return PdfText(pdf_blocks(recognise(data, name), name))
    except NeedsOcr:
        return read


@dataclass(frozen=True, slots=True)
class Remembering:
    """`recognise` once for each file: what it gave is kept in `folder`, named by the digest of what it was given."""

    folder: Path
    recognise: Recognise = recognised

    def __call__(self, data: bytes, name: str) -> bytes:
        """A `Recognise`."""
        kept = self.folder / f"{hashlib.sha256(data).hexdigest()}.pdf"
        if kept.exists():
            return kept.read_bytes()
        found = self.recognise(data, name)
        self.folder.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_bytes(found)
        part.replace(kept)
        return found


@cache
def _languages() -> tuple[str, ...]:
    """Those languages of British and Irish councils that the installed Tesseract reads; empty without Tesseract."""
    program = which("tesseract")
    if program is None:
        return ()
    listed = subprocess.run((program, "--list-langs"), capture_output=True, text=True, check=False)
    there = listed.stdout.split()
    return tuple(each for each in _LANGUAGES if each in there)
