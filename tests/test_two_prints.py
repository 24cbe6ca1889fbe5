"""Minutes that are printed twice, each time on other pages with other lines, are one meeting."""

from textwrap import wrap

from test_pdf import Text, a_pdf

from archive.model import CouncilId, Meeting
from crawler.documents.pdf import pdf_blocks
from crawler.printed.reading import read_printed

REPORTED = "The Director reported that the works on the bridge would end in May, and that the footpath would be swept. "
SAID = (
    "AMBLESHIRE COUNTY COUNCIL", "CABINET",
    "MINUTES of a meeting of the Cabinet held in the Council Chamber, County Hall, Ambleton on Thursday, 6 March 2025.",
    "PRESENT: Councillors A Abel (Chair), B Bold, C Carr and D Dunn.",
    "84. Apologies for Absence", "Apologies were received from Councillor E Early.",
    "85. Roads", *(f"({at}) {REPORTED * 3}" for at in range(1, 9)),
    "(9) RESOLVED that the report on the bridge and the footpath be noted and that a further report be brought in May.",
    "86. Libraries", "RESOLVED that the libraries of Ambleton and Saltmere open on Sundays until the end of the year.",
)  # fmt: skip


def printed(width: int, lines: int, foot: str) -> Meeting:
    """`SAID` in lines of at most `width` letters, `lines` on a page."""
    rows = [row for paragraph in SAID for row in (*wrap(paragraph.strip(), width), "")]
    pages: list[list[Text]] = []
    for at in range(0, len(rows), lines):
        page: list[Text] = [(72, 760 - 14 * place, row) for place, row in enumerate(rows[at:at + lines]) if row]
        pages.append([*page, (290, 30, foot.format(len(pages) + 1))])
    data = a_pdf(*pages, size=10)
    return read_printed(pdf_blocks(data, "a.pdf"), name="a.pdf", council=CouncilId("ambleshire"))


def test_one_text_in_two_prints_is_one_meeting() -> None:
    one, other = printed(88, 44, "{}"), printed(72, 31, "Page {}")
    assert one.id == other.id is not None
    assert one.items == other.items
    assert [item.number for item in one.items] == ["84", "85", "86"]
    assert [paragraph.number for paragraph in one.items[1].paragraphs] == [f"({at})" for at in range(1, 10)]
    assert [len(item.resolutions) for item in one.items] == [0, 1, 1]
