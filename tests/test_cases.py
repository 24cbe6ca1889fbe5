"""Every case of `tests/pages` is read as a careful reader reads it, but for those that `shortfalls.toml` names."""

import tomllib
from typing import Any

import pytest
from cases import PAGES, Case, differences, every_case, read

CASES = every_case()
SHORTFALLS: dict[str, str] = tomllib.loads((PAGES / "shortfalls.toml").read_text(encoding="utf-8"))


def marked(case: Case) -> Any:
    short = SHORTFALLS.get(case.name)
    marks = [pytest.mark.xfail(reason=short, strict=True, raises=AssertionError)] if short else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_case_is_read_as_expected(case: Case) -> None:
    if not case.input.exists():
        pytest.skip("the folder of real files is not here")
    wrong = differences(case.expected, read(case))
    assert not wrong, "\n".join(wrong[:20])


def test_shortfalls_are_of_cases_that_there_are() -> None:
    assert SHORTFALLS.keys() <= {case.name for case in CASES}


def test_there_are_cases_of_every_kind() -> None:
    assert len(CASES) >= 80
    assert {case.kind for case in CASES} == {"HTML", "XML", "text", "PDF", "Word"}


def test_an_item_is_the_same_by_its_page_and_by_the_text_of_its_page() -> None:
    html, text = (read(case) for case in CASES if case.name.startswith("westsussex/item-as-"))
    assert {**html, "documents": []} == text
    assert [each["number"] for each in html["paragraphs"]][:21] == [f"27.{at}" for at in range(1, 22)]
