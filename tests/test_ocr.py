"""Pages that are pictures: kept and marked, read once Tesseract is there; and reports, page by page."""

import io
import json
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import pypdfium2
import pytest
from moderngov_site import Site, held, off
from test_looking import BY_PAGES, NUMBER, PRINTED

from archive.errors import NeedsOcr
from archive.model import Council, CouncilId
from crawler.documents import ocr
from crawler.documents.pdf import pdf_blocks, pdf_text
from crawler.files import Given, read_file
from crawler.moderngov.source import ModernGovSource
from crawler.sample import Options
from crawler.sample.pdf import text_pdf
from crawler.source import Page
from web.cli import run

ASHBECK = Council(CouncilId("ashbeck"), "Ashbeck")
MINUTES = (
    "Minutes of the meeting of the Parish Council held on Tuesday 3 March 2020 at 7.30 pm",
    "Present: Councillor A Abel (Chairman) and Councillor B Bell",
    "1. Apologies for absence", "Apologies were received from Councillor C Carr.",
    "2. Bus shelters", "RESOLVED that the shelter at the green be mended before the winter.",
)  # fmt: skip
needs_tesseract = pytest.mark.skipif(
    which("tesseract") is None or find_spec("ocrmypdf") is None,
    reason="no OCR: apt-get install tesseract-ocr ghostscript, pip install 'minutebook[ocr]'",
)


@cache
def printed() -> bytes:
    return text_pdf("ASHBECK PARISH COUNCIL", MINUTES)


@cache
def scan() -> bytes:
    """The same minutes as pictures of their pages, such as a scanner makes."""
    made = io.BytesIO()
    first, *more = [page.render(scale=200 / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(printed())]
    first.save(made, "PDF", save_all=True, append_images=more, resolution=200)
    return made.getvalue()


def nobody_reads(data: bytes, name: str) -> bytes:
    raise NeedsOcr(f"{name}: needs OCR")


def reads(data: bytes, name: str) -> bytes:
    assert data == scan()
    return printed()


def test_a_scan_that_cannot_be_read_is_a_document_that_needs_ocr() -> None:
    name = "Parish Council minutes 3 March 2020.pdf"
    [meeting] = read_file(scan(), name, Given(ASHBECK, recognise=nobody_reads)).meetings
    [document] = meeting.documents
    assert (document.title, document.needs_ocr, meeting.items) == ("Parish Council minutes 3 March 2020", True, ())
    assert meeting.start is not None
    assert meeting.start.isoformat() == "2020-03-03T00:00:00+00:00"


def test_pages_without_any_text_need_ocr() -> None:
    with pytest.raises(NeedsOcr, match=r"a\.pdf: needs OCR: no text"):
        pdf_blocks(scan(), "a.pdf")


def test_an_imported_scan_is_kept_counted_and_read_again_when_it_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def minutebook(*arguments: str) -> str:
        assert run([*arguments], {"MINUTEBOOK_HOME": str(tmp_path / "home")}) == 0
        return capsys.readouterr().out

    file = tmp_path / "Parish Council minutes 3 March 2020.pdf"
    file.write_bytes(scan())
    monkeypatch.setattr(ocr, "_languages", lambda: ())
    assert "1 document of pictures only, kept: needs OCR" in minutebook("import", "--council", "ashbeck", str(file))
    assert json.loads(minutebook("--json", "status"))["councils"][0]["needs_ocr"] == 1
    assert "1 with minutes of which pages are pictures" in minutebook("status")
    monkeypatch.setattr("web.rereading.Remembering", lambda _: reads)
    minutebook("reparse")
    assert json.loads(minutebook("--json", "status"))["councils"][0]["needs_ocr"] == 0
    assert "Bus shelters" in minutebook("search", "shelter")


def test_what_is_recognised_is_read_as_any_minutes() -> None:
    [meeting] = read_file(scan(), "a.pdf", Given(ASHBECK, recognise=reads)).meetings
    assert [item.title for item in meeting.items] == ["Apologies for absence", "Bus shelters"]


def test_a_scan_is_recognised_once(tmp_path: Path) -> None:
    asked: list[str] = []

    def recognise(data: bytes, name: str) -> bytes:
        asked.append(name)
        return printed()

    for _ in range(2):
        remembered = ocr.Remembering(tmp_path / "recognised", recognise)
        assert remembered(scan(), "a.pdf") == printed()
    assert asked == ["a.pdf"]


def test_what_cannot_be_recognised_is_tried_again(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(NeedsOcr):
            ocr.Remembering(tmp_path / "recognised", nobody_reads)(scan(), "a.pdf")
    assert list(tmp_path.rglob("*.*")) == []


def test_without_tesseract_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_languages", lambda: ())
    with pytest.raises(NeedsOcr, match=r"a\.pdf: needs OCR .* install minutebook\[ocr\] and tesseract-ocr"):
        ocr.recognised(scan(), "a.pdf")


@needs_tesseract
def test_tesseract_reads_a_scan() -> None:
    [meeting] = read_file(scan(), "a.pdf", Given(ASHBECK)).meetings
    [resolution] = [each for item in meeting.items for each in item.resolutions]
    assert resolution.text == "that the shelter at the green be mended before the winter."
    assert [line.name for line in meeting.attendance][:2] == ["Councillor A Abel", "Councillor B Bell"]


@needs_tesseract
def test_what_tesseract_cannot_open_still_needs_ocr() -> None:
    with pytest.raises(NeedsOcr, match="which failed"):
        ocr.recognised(b"%PDF-1.4\nno more of it", "a.pdf")


def a_look(recognise: ocr.Recognise, body: bytes) -> tuple[Sequence[str], frozenset[str], Sequence[bool | None], bool]:
    """A meeting whose minutes the site has as `body` alone: what fell short, is untold, needs OCR, has minutes."""
    site = Site(Options(printed_only=PRINTED), off)

    def get(url: str) -> Page:
        page = site.get(url)
        is_print = f"documents/g{NUMBER}/" in url and "T=1" in url
        return Page(page.url, 200, "application/pdf", body) if is_print else page

    source = ModernGovSource(site.source().council, get, held().start.date(), recognise=recognise)
    reading = source.meeting(held())
    return (
        [each.what for each in reading.shortfalls], reading.untold,
        [each.needs_ocr for each in reading.meeting.documents if each.needs_ocr],
        any(item.paragraphs for item in reading.meeting.items),
    )  # fmt: skip


def test_printed_minutes_that_are_pictures_are_no_failure_of_the_night() -> None:
    short, untold, marked, minuted = a_look(nobody_reads, scan())
    assert (short, marked, minuted) == ([], [True], False)
    assert untold >= BY_PAGES | {"paragraphs"}


def test_printed_minutes_that_are_pictures_are_read_once_they_can_be() -> None:
    short, _, marked, minuted = a_look(reads, scan())
    assert (short, marked, minuted) == ([], [], True)


@cache
def half_scanned() -> bytes:
    """Minutes whose first page is text and whose second page, with the second item, is a picture of one."""
    text = pypdfium2.PdfDocument(text_pdf("ASHBECK PARISH COUNCIL", MINUTES[:4]))
    page = pypdfium2.PdfDocument(text_pdf("", MINUTES[4:]))[0].render(scale=200 / 72).to_pil().convert("L")
    picture, made = io.BytesIO(), io.BytesIO()
    page.save(picture, "PDF", resolution=200)
    text.import_pages(pypdfium2.PdfDocument(picture.getvalue()))
    text.save(made)
    return made.getvalue()


def test_minutes_with_a_page_that_is_a_picture_are_read_and_marked() -> None:
    [meeting] = read_file(half_scanned(), "Minutes.pdf", Given(ASHBECK, recognise=nobody_reads)).meetings
    assert [item.title for item in meeting.items] == ["Apologies for absence"]
    assert [(each.title, each.needs_ocr) for each in meeting.documents] == [("Minutes", True)]


def test_minutes_with_a_page_that_is_a_picture_are_whole_once_it_can_be_read() -> None:
    [meeting] = read_file(half_scanned(), "a.pdf", Given(ASHBECK, recognise=lambda *_: printed())).meetings
    assert [item.title for item in meeting.items] == ["Apologies for absence", "Bus shelters"]
    assert meeting.documents == ()


@needs_tesseract
def test_tesseract_reads_the_page_that_is_a_picture_and_leaves_the_others() -> None:
    [meeting] = read_file(half_scanned(), "a.pdf", Given(ASHBECK)).meetings
    [resolution] = [each for item in meeting.items for each in item.resolutions]
    assert resolution.text == "that the shelter at the green be mended before the winter."
    read = pdf_text(ocr.recognised(half_scanned(), "a.pdf"), "a.pdf")
    assert read.pictures == ()
    assert [block for block in read.blocks if block.page == 1] == list(pdf_blocks(half_scanned(), "a.pdf"))


def test_the_site_s_minutes_with_a_page_that_is_a_picture_are_read_and_marked() -> None:
    short, _, marked, minuted = a_look(nobody_reads, half_scanned())
    assert (short, marked, minuted) == ([], [True], True)


def test_a_report_is_no_minutes_and_has_its_words_page_by_page() -> None:
    report = text_pdf("Treasury Management Strategy", ("The strategy for borrowing is set out below.",) * 40)
    found = read_file(report, "Treasury Strategy.pdf", Given(ASHBECK))
    assert found.meetings == ()
    assert found.no_minutes is not None
    assert found.report is not None
    assert found.report.pages is not None
    assert [page.number for page in found.report.pages] == [1, 2]
    assert found.report.pages[0].text.splitlines()[:2] == [
        "Treasury Management Strategy", "The strategy for borrowing is set out below."]




def test_parse_says_beside_what_it_prints_that_pages_are_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "Parish Council minutes 3 March 2020.pdf"
    file.write_bytes(scan())
    monkeypatch.setattr(ocr, "_languages", lambda: ())
    assert run(["parse", str(file)], {}) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["documents"][0]["needs_ocr"] is True
    assert shown.err.startswith(f"{file.name}: pages of it are pictures")
    assert shown.err.count("\n") == 1
