"""Saved pages and what must be read of them: one folder a case, reviewed by eye when it was made."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.model import Council, CouncilId
from archive.shapes import as_json
from crawler.moderngov import pages, service
from crawler.source import Page

READERS: dict[str, Callable[[Page, Council], Any]] = {
    "mgAi.html": pages.read_item,
    "mgAi.txt": lambda page, council: pages.read_item_text(page.body.decode(), page.url, council),
    "ieListDocuments.html": pages.read_meeting,
    "ieDecisionDetails.html": pages.read_decision,
    "ieIssueDetails.html": pages.read_issue,
    "GetMeeting.xml": service.read_meeting,
}
CASES = sorted(file for file in Path(__file__).with_name("pages").glob("*/*/*.*") if file.name in READERS)


def read(file: Path) -> Any:
    council = Council(CouncilId(file.parts[-3]), file.parts[-3].title())
    url = file.with_name("url.txt")
    address = url.read_text().strip() if url.exists() else f"https://democracy.{council.id}.example/mgAi.aspx?ID=17213"
    return as_json(READERS[file.name](Page(address, 200, "text/html", file.read_bytes()), council))


@pytest.mark.parametrize("file", CASES, ids=lambda file: f"{file.parts[-3]}/{file.parts[-2]}")
def test_page_is_read_as_expected(file: Path) -> None:
    expected = json.loads(file.with_name("expected.json").read_text(encoding="utf-8"))
    assert read(file) == expected


def test_an_item_is_the_same_by_its_page_and_by_the_text_of_its_page() -> None:
    html, text = (read(file) for file in CASES if file.parts[-3] == "westsussex")
    assert {**html, "documents": []} == text
    assert [each["number"] for each in html["paragraphs"]][:21] == [f"27.{at}" for at in range(1, 22)]
