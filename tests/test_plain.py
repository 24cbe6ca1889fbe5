"""Plain text in its habits: a paragraph a line, printed lines, printed lines with a blank line after each."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UnreadableFile
from crawler.blocks import BlockKind
from crawler.documents.plain import decoded, plain_blocks

DATA = Path(__file__).parents[2] / "shared" / "data" / "corpora" / "limerick"
LINES = (
    "The Director reported that the works on the bridge at Main Street would be",
    "complete by the end of the month. Members asked that the footpath be swept and",
    "that the lights be repaired.",
)
WHOLE = " ".join(LINES)


def texts(text: str) -> list[str]:
    return [block.text for block in plain_blocks(text.encode(), "a.txt")]


def test_a_paragraph_a_line() -> None:
    text = f"{WHOLE}\n{WHOLE}\n\nNone."
    assert texts(text) == [WHOLE, WHOLE, "None."]


def test_printed_lines_with_blank_lines_between_paragraphs() -> None:
    text = "\n".join((*LINES, "", *LINES, "", "None."))
    assert texts(text) == [WHOLE, WHOLE, "None."]


def test_printed_lines_with_a_blank_line_after_each() -> None:
    printed = (*LINES, "Members thanked the Director for a full answer to each of the questions that",
               "were put at the last meeting.", "**2.**", "**Correspondence**", "It was noted.")
    assert texts("\n\n".join(printed)) == [
        WHOLE, f"{printed[3]} {printed[4]}", "2.", "Correspondence", "It was noted.",
    ]


def test_lines_of_a_short_text_with_blank_lines_are_joined_for_all_the_names_before_them() -> None:
    roll = ("**PRESENT:**", "Councillor A. Able, Chair.", "**APOLOGIES:**", "Councillors Bold and Crow.",
            "**OFFICERS IN ATTENDANCE:**", "Clerk (Ms. D. Dove), Engineer (Mr. E. East).", "**1.**", "**Main Street**")
    printed = (*roll, *LINES, "This concluded the Meeting.")
    assert texts("\n\n".join(printed)) == [*(line.strip("*") for line in roll), WHOLE, printed[-1]]


def test_a_paragraph_a_line_with_blank_lines_between_them_stays_one() -> None:
    lines = (LINES[0] + " done.", "None.", LINES[1] + " that.", "Agreed.", LINES[1].upper(), "Members asked for more.")
    assert texts("\n\n".join(lines)) == list(lines)


def test_people_in_columns_are_parted() -> None:
    text = """Present:        Councillor P. Ash (Chair)
Councillors:    G. Bold                T. Crow
                A. B. Dove             C. East

12   Minutes
Item 13      Roads
"""
    assert texts(text) == [
        "Present: Councillor P. Ash (Chair)", "Councillors: G. Bold | T. Crow", "A. B. Dove | C. East", "12 Minutes",
        "Item 13 Roads",
    ]


def test_lines_in_columns_are_a_table() -> None:
    payments = "Clerk       for May       £402.10\nHall        hire          £24.00"
    text = f"Paid:\n\n{payments}\n\nFor       Against\nCllr A    Cllr B"
    _, paid, vote = plain_blocks(text.encode(), "a.txt")
    assert paid.rows == (("Clerk", "for May", "£402.10"), ("Hall", "hire", "£24.00"))
    assert vote.rows == (("For", "Against"), ("Cllr A", "Cllr B"))
    assert paid.text == "Clerk | for May | £402.10 / Hall | hire | £24.00"


def test_capitals_over_several_lines_are_one_title() -> None:
    title = ("MINUTES OF PROCEEDINGS AT MEETING OF THE METROPOLITAN DISTRICT HELD IN", "THE COUNCIL CHAMBER ON MONDAY")
    assert texts("\n\n".join((*title, *LINES, *LINES, *LINES)))[0] == " ".join(title)


def test_numbered_and_lettered_lines_begin_paragraphs() -> None:
    text = "\n".join(("The committee agreed:", "(a) to note the report;", "(b) to ask for another;", "1. Finance"))
    assert texts(text) == ["The committee agreed:", "(a) to note the report;", "(b) to ask for another;", "1. Finance"]


def test_words_broken_at_line_ends_are_whole() -> None:
    text = "\n".join(("The committee heard a good deal of informa-", "tion on the work of Councillor Crow-", "Brown."))
    assert texts(text) == ["The committee heard a good deal of information on the work of Councillor Crow-Brown."]


def test_markdown_marks_are_looks_and_no_text() -> None:
    text = "# Minutes\n\n**Apologies**\n\n- [Cllr A](https://a.uk/a_b) *and* Cllr B\n\nThe 5\\*star *hall* __is__ full."
    blocks = plain_blocks(text.encode(), "a.md")
    assert [(block.kind, block.bold, block.text) for block in blocks] == [
        (BlockKind.HEADING, False, "Minutes"),
        (BlockKind.HEADING, True, "Apologies"),
        (BlockKind.LIST_ITEM, False, "Cllr A and Cllr B"),
        (BlockKind.PARAGRAPH, False, "The 5*star hall is full."),
    ]


def test_page_artefacts_are_left_out() -> None:
    page = "{0}\n\nAnytown Council - Minutes\n\n{1}\n\n"
    text = "[Original file](https://example.org/x.pdf)\n---\n" + "---\n".join(
        page.format(number, said) for number, said in enumerate(("One.", "Two.", "Three.", "Four."), 1)
    )
    assert texts(text) == ["Anytown Council - Minutes", "One.", "Two.", "Three.", "Four."]


def test_the_number_of_an_item_is_no_page_number() -> None:
    assert texts("---\nNone.\n---\n**8.**\n\n**Roads**\n---\n3\n\nNone.") == ["None.", "8.", "Roads", "None."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "The Mayor’s report – £5 – was noted."
    assert [block.text for block in plain_blocks(text.encode(encoding), "a.txt")] == [text]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "holds no text"),
        (b" \n\n ", "holds no text"),
        (bytes(range(256)) * 40, "is no text file"),
        (b"x" * (50 * 1024 * 1024 + 1), "is larger than 50 MB"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        plain_blocks(data, "a.txt")


said = st.sampled_from(["Councillor", "Fell", "said", "that", "the", "roads", "RESOLVED", "Agenda", "1.", "(a)", "-",
                        ":", "\n", "\n\n"])
unsaid = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn"]), max_size=9)


@given(st.lists(said | unsaid, max_size=40).map(" ".join))
def test_any_text_is_read_without_losing_words(text: str) -> None:
    """What is left out is marks, bullets such as "o", labels of links, page numbers: no word between spaces."""
    try:
        blocks = plain_blocks(f"Minutes of the meeting.\n{text}\nEnd of it.".encode(), "a.txt")
    except UnreadableFile:
        return
    kept = " ".join(f"{block.label or ''} {block.text}" for block in blocks).strip()
    assert kept.startswith("Minutes of the meeting.")
    assert "End of it." in kept
    words = Counter(word for word in text.split() if word.isascii() and word.isalpha() and len(word) > 1)
    assert words <= Counter(kept.split())


def test_decoded_keeps_line_ends_for_other_readers() -> None:
    assert decoded(b"a\r\nb", "a.txt") == "a\r\nb"


def test_minutes_of_which_every_line_is_followed_by_a_blank_one() -> None:
    found = sorted(DATA.glob("2018-12-17*19th November 2018.md"))
    if not found:
        pytest.skip("the shared data is not here")
    read = [block.text for block in plain_blocks(found[0].read_bytes(), found[0].name)]
    assert read[0].startswith("MINUTES OF PROCEEDINGS AT MEETING OF METROPOLITAN DISTRICT OF LIMERICK HELD IN THE")
    assert any(text.endswith("McCreesh, Ó Ceallaigh, O’Dea, O’Hanlon, Pond, Secas and Sheahan.") for text in read)
    assert "8." in read


def test_a_label_that_counts_on_opens_a_paragraph_though_the_line_before_ends_in_and() -> None:
    clauses = ("(ii) the complainant be told what was found out; and", "(iii) the Officer write a guide that is about",
               "(A) letters and", "(B) gifts; and", "(iv) the report be published.")  # fmt: skip
    assert texts("\n".join((*LINES, "", "RESOLVED that", "", *clauses))) == [WHOLE, "RESOLVED that", *clauses]


def test_a_label_within_a_sentence_opens_no_paragraph() -> None:
    said = ("The Clerk said that the works be done in the way that is set out in the",
            "(7) of the Act and that nothing else be done.")  # fmt: skip
    assert texts("\n".join((*LINES, "", *said))) == [WHOLE, " ".join(said)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Councillor Ash moved and " * 70_000, "has 1,750,000 characters of text, more than 1,500,000"),
        ("x\n" * 60_001, "has 60,001 lines of text, more than 60,000"),
        ("A short sentence stands here.\n\n" * 10_001, "has more than 10,000 paragraphs"),
        ("x" * 200_001, "has a line of 200,001 characters, more than 200,000"),
    ],
)
def test_more_than_can_be_read_in_time_is_refused_with_its_measure(text: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        plain_blocks(text.encode(), "a.txt")


def test_labels_after_a_clause_that_ends_with_and_are_lines_of_their_own() -> None:
    clauses = ["(i) a notice be put on every one of the gates of the park; and", "(ii) the gates be shut on:"]
    assert texts("\n".join(clauses)) == clauses


@pytest.mark.parametrize("text", [
    "| Councillor | For | Against |\n|------------|:---:|--------:|\n| Able | X | |\n| Bold | | X |",
    "|Councillor|For|Against|\n|--|--|--|\n|Able|X||\n|Bold||X|",
    "Councillor | For | Against\nAble       | X   |\nBold       |     | X",
])  # fmt: skip
def test_cells_that_bars_part_are_a_table_with_its_empty_cells(text: str) -> None:
    (table,) = plain_blocks(text.encode(), "a.txt")
    assert table.kind is BlockKind.TABLE
    assert table.rows == (("Councillor", "For", "Against"), ("Able", "X", ""), ("Bold", "", "X"))


def test_names_below_how_they_voted_stay_in_their_columns() -> None:
    said = "For | Against | Abstained\nCllr Able | | Cllr Cole\n | Cllr Bold |\nCllr Dove | |"
    (table,) = plain_blocks(said.encode(), "a.txt")
    assert [row.index("Cllr Bold") for row in table.rows if "Cllr Bold" in row] == [1]


def test_a_bar_in_a_line_alone_or_in_a_sentence_makes_no_table() -> None:
    alone = ["Telephone 01 | Fax 02", "The meeting closed."]
    assert texts("\n\n".join(alone)) == alone
    scanned = ["| will ask at the next meeting what was done about the lights on the bridge at",
               "Main Street, and | will",
               "move that they be repaired before the winter, as | have asked in every year."]
    assert texts("\n".join(scanned)) == [" ".join(scanned)]
    assert texts("| | |\n|---|---|\n| | |\nThe meeting closed.") == ["The meeting closed."]
