"""The tables of legacy meetings in the layouts that clerks gave them: nothing of them is lost, and all in order."""

from contextlib import suppress
from time import thread_time

import pytest
from test_legacy import COUNCIL, page, titles

from archive.errors import PageError
from archive.model import Item, Meeting
from crawler.moderngov.legacy import read_legacy

HEADS = ("Item", "Description", "Resolution")
PROSE = "The Engineer reported that the joints had opened and that money would be needed before the autumn."


def rows(*printed: tuple[str, ...]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in printed)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def read(body: str) -> Meeting:
    return read_legacy(page(f"<div class='WordSection1'>{body}</div>"), COUNCIL)


def texts(item: Item) -> list[str]:
    return [paragraph.text for paragraph in item.paragraphs]


@pytest.mark.parametrize(
    "table",
    [
        rows(("1.", "<b>Roll</b>", "None."), ("2.", f"<b>Wall</b><p>{PROSE}</p>", "RESOLVED that it be mended."),
             ("3.", "Signs", "NOTED")),
        rows(("1. Roll", "None."), (f"<p>2. Wall</p><p>{PROSE}</p>", "RESOLVED that it be mended."),
             ("3. Signs", "NOTED")),
        rows(("1", "<b>Roll</b><p>None.</p>"), ("2", f"Wall<p>{PROSE}</p><p>RESOLVED that it be mended.</p>"),
             ("3", "<p>Signs</p><p>NOTED</p>")),
    ],
)  # fmt: skip
def test_tables_without_heads_are_known_by_their_numbers(table: str) -> None:
    found = read(table)
    assert titles(found) == [("1", "Roll"), ("2", "Wall"), ("3", "Signs")]
    assert texts(found.items[1]) == [PROSE, "RESOLVED that it be mended."]
    assert [each.action for item in found.items for each in item.resolutions] == ["resolved", "noted"]


def test_a_numbered_table_in_plain_minutes_is_not_the_table_of_items() -> None:
    prose = "".join(f"<p>{at}. MATTER {at}</p><p>{PROSE}</p>" for at in range(1, 9))
    table = rows(("1.", "Hollin Road", "Yes"), ("2.", "Mill Lane", "No"), ("3.", "Quay", "No"))
    found = read(f"<p>Present: Councillors Fell and Haigh</p>{prose}{table}")
    assert titles(found)[:2] == [("1", "MATTER 1"), ("2", "MATTER 2")]


def test_all_tables_of_items_are_read_and_what_stands_below_each() -> None:
    first = rows(HEADS, ("1", "Roll", "NOTED"))
    found = read(f"{first}<p>The Chair left.</p>{rows(HEADS, ('2', 'Wall', 'NOTED'))}{rows(('3', 'Signs', 'AGREED'))}"
                 "<p>The meeting closed at 9.10 pm.</p>")  # fmt: skip
    assert titles(found) == [("1", "Roll"), ("2", "Wall"), ("3", "Signs")]
    assert texts(found.items[0]) == ["NOTED", "The Chair left."]
    assert texts(found.items[2]) == ["AGREED", "The meeting closed at 9.10 pm."]


def test_a_resolution_printed_before_what_it_is_about_stays_there() -> None:
    found = read(rows(("Item", "Resolution", "Description"),
                      ("5(a)", "RESOLVED that the lease be granted.", f"<b>Kiosk</b><p>{PROSE}</p>"),
                      ("5(b)", "NOTED.", "Slipway")))  # fmt: skip
    assert titles(found) == [("5(a)", "Kiosk"), ("5(b)", "Slipway")]
    assert texts(found.items[0]) == ["RESOLVED that the lease be granted.", PROSE]
    apart = read(rows(HEADS, ("5", "Leases", ""), ("(a)", "", "RESOLVED that it be granted."),
                      ("", f"Kiosk<p>{PROSE}</p>", "")))  # fmt: skip
    assert titles(apart) == [("5", "Leases"), ("(a)", "Kiosk")]
    assert texts(apart.items[1]) == ["RESOLVED that it be granted.", PROSE]


def test_a_title_in_the_column_of_minutes() -> None:
    heads = ("Item", "Decision", "Minutes")
    found = read(rows(heads, ("5", "RESOLVED that it be granted.", f"<b>Kiosk</b><p>{PROSE}</p>")))
    assert titles(found) == [("5", "Kiosk")]
    assert texts(found.items[0]) == ["RESOLVED that it be granted.", PROSE]


def test_cells_over_several_rows_and_columns() -> None:
    table = ("<table><tr><td>Item<td>Description<td>Resolution<tr><td colspan=3><b>PART A</b>"
             f"<tr><td rowspan=2>1<td>Roll<td>NOTED<tr><td>More of the roll.<td>AGREED"
             f"<tr><td>2<td colspan=2>Wall<p>{PROSE}</p><tr><td colspan=3>The Chair left at 8 pm.</table>")  # fmt: skip
    found = read(table)
    assert titles(found) == [(None, "PART A"), ("1", "Roll"), ("2", "Wall")]
    assert texts(found.items[1]) == ["NOTED", "More of the roll.", "AGREED"]
    assert texts(found.items[2]) == [PROSE, "The Chair left at 8 pm."]


def test_what_stands_under_no_head_is_kept() -> None:
    found = read(rows(HEADS, ("1", "Roll", "NOTED", "See file 7.")))
    assert texts(found.items[0]) == ["NOTED", "See file 7."]


def test_a_table_within_an_item_is_part_of_it() -> None:
    inner = rows(("No", "Description", "Decision"), ("7", "Barn", "Refused"))
    found = read(rows(HEADS, ("1", f"Plans{inner}", "NOTED"), ("2", "Wall", "AGREED")))
    assert titles(found) == [("1", "Plans"), ("2", "Wall")]
    assert "Barn" in " ".join(texts(found.items[0]))


def test_long_tables_are_read_whole_or_refused() -> None:
    assert len(read(rows(HEADS, *((str(at), f"T{at}", "NOTED") for at in range(1, 2_600)))).items) == 2_599
    with pytest.raises(PageError, match=r"at most 5,000 rows, found 5,101"):
        read(rows(HEADS, *((str(at), "T", "") for at in range(5_100))))


@pytest.mark.parametrize(
    "table",
    [
        "<tr>" + "<td>x" * 9_000, ("<tr>" + "<td rowspan=9999 colspan=9999>x" * 3) * 2_000,
        "<tr><td>1<td>A<td><table>" * 500,
        "<tr><td>1<td>A<td>B</table>" + "<p>x</p>" * 5_000,
    ],
    ids=["wide", "spans", "nested", "below"],
)  # fmt: skip
def test_no_table_takes_long(table: str) -> None:
    started = thread_time()
    with suppress(PageError):
        read(f"<table><tr><td>Item<td>Description<td>Resolution{table}")
    assert thread_time() - started < 5
