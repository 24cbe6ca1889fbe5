"""Numbers and titles of a meeting page's items: as printed, also where one of them is missing or stands elsewhere."""

import pytest

from archive.model import Item
from crawler.moderngov.pages import read_meeting
from crawler.source import Page

MINUTES = "<p class='mgSubItemTitleTxt'>Minutes:</p><div class='mgWordPara'><p>The Chair spoke.</p></div>"
LONG = "Members are reminded that the meeting is filmed, and that whoever speaks is held to agree to that. " * 3


def read(number: str, cell: str) -> Item:
    body = (
        "<div id='modgov'><h1>Agenda and minutes</h1><h2>Council - Tuesday, 6th September, 2022 2.15 pm</h2>"
        "<table class='mgItemTable'><tr><th>No.</th><th>Item</th></tr>"
        f"<tr><td class='mgItemNumberCell'><p>{number}</p></td><td>{cell}</td></tr></table></div>"
    )
    page = Page("https://democracy.ambleshire.example/ieListDocuments.aspx?MId=5", 200, "text/html", body.encode())
    (item,) = read_meeting(page).items
    return item


@pytest.mark.parametrize("title", ["<p class='mgAiTitleTxt'>&nbsp;</p>", "<p class='mgAiTitleTxt'></p>", ""])
def test_an_item_without_title_keeps_its_minutes(title: str) -> None:
    item = read("8.", title + MINUTES)
    assert (item.number, item.title, item.agenda) == ("8", "", ())
    assert [each.text for each in item.paragraphs] == ["The Chair spoke."]


@pytest.mark.parametrize(
    "title",
    ["<p class='mgAiTitleTxt'>Minutes</p>", "<p class='mgAiTitleTxt'>Decisions:</p>", "<h3>Minutes</h3>", "Minutes"],
)
def test_a_title_that_could_be_a_label_is_the_title(title: str) -> None:
    item = read("3.", title + MINUTES)
    assert item.title in ("Minutes", "Decisions:")
    assert [each.text for each in item.paragraphs] == ["The Chair spoke."]


def test_a_long_text_alone_is_no_title_but_a_short_one_is() -> None:
    assert read("", f"<div class='mgWordPara'><p>{LONG}</p></div>").title == ""
    assert read("", f"<div class='mgWordPara'><p>{LONG}</p></div>").agenda == (LONG.strip(),)
    assert read("", "<div class='mgWordPara'><p>PART A</p></div>").title == "PART A"


@pytest.mark.parametrize(
    ("beside", "printed", "number", "title"),
    [
        ("", "4. Budget", "4", "Budget"), ("&nbsp;", "7.1 Budget", "7.1", "Budget"),
        ("*", "77/21 Budget", "77/21", "Budget"),
        ("", "1829. Budget (Agenda item 1)", "1829", "Budget"), ("5.", "4. Budget", "5", "4. Budget"),
        ("", "2 Mill Lane", None, "2 Mill Lane"), ("", "2024/25 Budget", None, "2024/25 Budget"),
        ("", "A. Strategy", None, "A. Strategy"), ("", "22/01844/FUL Land", None, "22/01844/FUL Land"),
        ("", "4.", None, "4."),
    ],
)  # fmt: skip
def test_a_number_typed_before_the_title(beside: str, printed: str, number: str | None, title: str) -> None:
    item = read(beside, f"<p class='mgAiTitleTxt'>{printed}</p>{MINUTES}")
    assert (item.number, item.title) == (number, title)
