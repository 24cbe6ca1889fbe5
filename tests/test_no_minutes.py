"""What councils print beside their minutes is none: reports and agendas, as PDFs."""

import pytest
from cases import REAL_FILES
from test_pdf import Text, a_pdf, lines

from archive.errors import UnreadableFile
from crawler.documents.pdf import pdf_blocks
from crawler.printed.reading import read_printed

REPORTS = REAL_FILES / "pdf-reports" / "kent"
REAL = sorted(path.name for path in REPORTS.glob("*.pdf")) or ["absent"]
REPORT = lines(
    "From: Ada Fell, Cabinet Member for Highways", "To: Cabinet, 4 March 2025", "Subject: Winter service",
    "Summary: this report asks for a decision on the salting of minor roads.", "Recommendation:",
    "The Cabinet is asked to agree the winter service policy.", "1. Introduction",
    "1.1 The council salts a third of its roads.", "2. Financial implications", "2.1 There are none.",
)  # fmt: skip
AGENDA = lines(
    "AMBLESHIRE COUNTY COUNCIL", "CABINET", "Tuesday, 4 March 2025, at 10.00 am", "Council Chamber, County Hall",
    "AGENDA", "1. Apologies for absence", "2. Declarations of interest", "3. Minutes of the last meeting",
    "To approve the minutes of 7 January 2025.", "4. Winter service", "Report of the Director of Highways.",
    "Membership: Councillors A Abel (Chair), B Bold and C Carr",
)  # fmt: skip


@pytest.mark.parametrize("page", [REPORT, AGENDA], ids=["report", "agenda"])
def test_a_report_or_an_agenda_is_no_minutes(page: list[Text]) -> None:
    with pytest.raises(UnreadableFile, match=r"\Aa\.pdf: no minutes found: [^\n]+\Z"):
        read_printed(pdf_blocks(a_pdf(page), "a.pdf"), name="a.pdf", council=None)


MEMBERS = [
    ("Councillors: A Abel (Chair), B Bold and C Carr",),
    ("Membership", "Councillors: A Abel (Chair), B Bold and C Carr"),
    ("Membership of the Cabinet", "Cllr A Abel (Chair)", "Cllr B Bold", "Substitutes: Cllr C Carr"),
    ("Committee Members:", "A Abel (Chair), B Bold, C Carr"),
    ("Chair: Councillor A Abel", "Vice-Chair: Councillor B Bold", "Members: Councillors C Carr and D Dove"),
    ("Quorum: 3", "Councillors: A Abel (Chair), B Bold", "Officers: F Fox, Clerk"),
    ("Aelodau: Cyng A Abel (Cadeirydd), Cyng B Bold",),
]
BUSINESS = tuple(text for _, _, text, *_ in AGENDA[5:-1])
TITLE = ("AMBLESHIRE COUNTY COUNCIL", "CABINET", "Tuesday, 4 March 2025, at 10.00 am", "Council Chamber, County Hall")


@pytest.mark.parametrize("members", MEMBERS, ids=[each[0] for each in MEMBERS])
@pytest.mark.parametrize("asked", ["Report of the Director of Highways.", "To note the terms agreed in May.",
                                   "Recommended: that the policy be approved."])  # fmt: skip
def test_an_agenda_that_lists_the_members_of_the_body_is_no_minutes(members: tuple[str, ...], asked: str) -> None:
    for page in ((*TITLE, "AGENDA", *members, *BUSINESS, asked), (*TITLE, *members, *BUSINESS, asked),
                 (*TITLE, "AGENDA", *BUSINESS, asked, *members)):  # fmt: skip
        with pytest.raises(UnreadableFile, match="no minutes found"):
            read_printed(pdf_blocks(a_pdf(lines(*page)), "a.pdf"), name="a.pdf", council=None)


@pytest.mark.parametrize(
    ("members", "said"),
    [
        (("PRESENT", "Chair: Councillor A Abel", "Councillors: B Bold and C Carr"), "Report of the Director."),
        (("Members present: Councillors A Abel, B Bold and C Carr",), "Report of the Director."),
        (("Councillors: A Abel (Chair), B Bold and C Carr",), "RESOLVED that the policy be approved."),
        (("Members: A Abel (Chair), B Bold and C Carr",), "The report was noted."),
    ],
)
def test_members_who_came_or_business_that_was_done_make_minutes(members: tuple[str, ...], said: str) -> None:
    page = lines(*TITLE, *members, *BUSINESS, said)
    meeting = read_printed(pdf_blocks(a_pdf(page), "a.pdf"), name="a.pdf", council=None)
    assert [line.name.rpartition(" ")[2] for line in meeting.attendance] == ["Abel", "Bold", "Carr"]
    assert [item.number for item in meeting.items] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("name", REAL)
def test_real_reports_and_agendas_are_no_minutes(name: str) -> None:
    if not (REPORTS / name).exists():
        pytest.skip("the folder of real files is not here")
    with pytest.raises(UnreadableFile, match="no minutes found"):
        read_printed(pdf_blocks((REPORTS / name).read_bytes(), name), name=name, council=None)
