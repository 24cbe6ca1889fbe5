from datetime import date, datetime
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import LONDON, start_of
from web import filters
from web.filters import Piece
from web.language import language


@pytest.mark.parametrize(
    ("start", "printed"),
    [
        (datetime(2021, 3, 2, 10, 30, tzinfo=LONDON), "Tuesday 2 March 2021, 10.30am"),
        (datetime(2021, 7, 20, 14, 0, tzinfo=LONDON), "Tuesday 20 July 2021, 2pm"),
        (datetime(2021, 3, 2, 12, 0, tzinfo=LONDON), "Tuesday 2 March 2021, 12 noon"),
        (datetime(2021, 3, 2, 12, 5, tzinfo=LONDON), "Tuesday 2 March 2021, 12.05pm"),
        (datetime(2021, 3, 2, 0, 15, tzinfo=LONDON), "Tuesday 2 March 2021, 12.15am"),
        (start_of(date(2021, 3, 2)), "Tuesday 2 March 2021"),
        (None, "Date not known"),
    ],
)
def test_a_start_is_printed_as_people_write_it(start: datetime | None, printed: str) -> None:
    assert filters.when(start) == printed


def test_a_day_without_a_date_says_so() -> None:
    assert filters.day(date(2021, 3, 2)) == "2 March 2021"
    assert filters.day(None) == "date not known"


@pytest.mark.parametrize(("number", "printed"), [(0, "0 items"), (1, "1 item"), (12480, "12,480 items")])
def test_a_count_has_its_noun(number: int, printed: str) -> None:
    assert filters.counted(number, "item") == printed


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//evil.example/", "http://[", "/x", "", None],
)
def test_only_web_addresses_become_links(address: str | None) -> None:
    assert filters.web_address(address) is None


def test_a_web_address_stays_as_it_is() -> None:
    assert filters.web_address("https://c.example/a?b=1&c=2") == "https://c.example/a?b=1&c=2"


@pytest.mark.parametrize(
    ("anchor", "path"),
    [
        (None, "/a/items/1"), ("27.21", "/a/items/1#27.21"), ("77/21", "/a/items/1#77/21"), ("(a)", "/a/items/1#(a)"),
        ('x">y z', "/a/items/1#x%22%3Ey%20z"),
    ],
)
def test_a_paragraph_has_an_address(anchor: str | None, path: str) -> None:
    assert filters.page_of("a/items/1", anchor) == path


def test_marks_cut_the_text() -> None:
    assert list(filters.pieces("bus services", [(0, 3), (4, 12)])) == [
        Piece("bus", True), Piece(" ", False), Piece("services", True)]


def test_marks_out_of_range_or_order_are_left_out() -> None:
    assert list(filters.pieces("bus", [(2, 9), (2, 1), (-1, 2)])) == [Piece("bus", False)]


@given(st.text(max_size=40), st.lists(st.lists(st.integers(-5, 50), min_size=2, max_size=2), max_size=5))
def test_no_marks_lose_or_repeat_a_letter(text: str, marks: list[list[int]]) -> None:
    assert "".join(piece.text for piece in filters.pieces(text, marks)) == text


def test_a_short_paragraph_is_shown_whole() -> None:
    whole = [Piece("one ", False), Piece("two", True), Piece(" three", False)]
    assert [*filters.excerpt("one two three", [(4, 7)])] == whole


@given(st.integers(0, 400), st.integers(120, 300))
def test_a_long_paragraph_is_cut_between_words_around_its_mark(at: int, width: int) -> None:
    words = [f"word{number}" for number in range(401)]
    text = " ".join(words)
    start = text.index(words[at])
    shown = [*filters.excerpt(text, [(start, start + len(words[at]))], width=width)]
    printed = "".join(piece.text for piece in shown)
    assert [piece.text for piece in shown if piece.marked] == [words[at]]
    assert set(printed.replace("…", "").split()) <= set(words)
    assert len(printed) < width + 30


def test_the_excerpt_goes_where_most_marks_are() -> None:
    text = "alpha " + "filler " * 200 + "beta gamma delta " + "filler " * 200
    marks = [(text.index(word), text.index(word) + len(word)) for word in ("alpha", "beta", "gamma", "delta")]
    assert [piece.text for piece in filters.excerpt(text, marks) if piece.marked] == ["beta", "gamma", "delta"]


@given(st.lists(st.sampled_from(["bus", "buses", "a" * 9, "co-operation", "x" * 200, "17/00146/FUL"]), max_size=300),
       st.data(), st.integers(20, 300))
def test_no_excerpt_is_cut_in_a_word_or_a_mark(words: list[str], data: st.DataObject, width: int) -> None:
    text = " ".join(words)
    starts = [sum(len(word) + 1 for word in words[:at]) for at in range(len(words))]
    places = sorted(data.draw(st.sets(st.sampled_from(range(len(words))), max_size=9))) if words else []
    marks = [(starts[at], starts[at] + len(words[at])) for at in places]
    exact = marks[::2]
    shown = [*filters.excerpt(text, marks, exact, width)]
    printed = "".join(piece.text for piece in shown).removeprefix("… ").removesuffix(" …")
    assert f" {printed.strip()} " in f" {text} "
    marked = [piece for piece in shown if piece.marked]
    assert bool(marked) == bool(marks)
    assert all(one.exact is not other.exact for one, other in pairwise(marked))    # none between them is left out
    assert {piece.text for piece in marked} <= {text[start:end] for start, end in marks}
    assert len(marked) < len(marks) or [piece.exact for piece in marked] == [mark in exact for mark in marks]


def test_a_mark_longer_than_the_room_is_shown_whole() -> None:
    text = "one " * 50 + "two " * 50 + "three " * 50
    shown = [*filters.excerpt(text, [(200, 399)], [(200, 399)], width=60)]
    assert [(piece.text, piece.exact) for piece in shown if piece.marked] == [(text[200:399], True)]


def test_what_stands_as_typed_is_told_from_other_forms() -> None:
    assert [*filters.pieces("bus buses", [(0, 3), (4, 9)], [[0, 3]])] == [
        Piece("bus", True, True), Piece(" ", False), Piece("buses", True)]


def test_the_excerpt_of_a_very_long_table_is_found_soon() -> None:
    text = "bus " * 20_000 + "the bus"
    marks = [(4 * at, 4 * at + 3) for at in range(20_000)]
    started = process_time()
    assert len([*filters.excerpt(text, marks, marks)]) < 300
    assert process_time() - started < 1


@pytest.mark.parametrize(
    "text",
    [
        "Roedd y Cyngor yn cytuno â'r argymhellion a wnaed yn yr adroddiad.",
        "Penderfynwyd bod y cofnodion yn cael eu cymeradwyo fel rhai cywir.",
        "Nid oedd unrhyw ddatganiadau o fuddiant gan yr aelodau.",
    ],
)
def test_welsh_is_known_by_its_small_words(text: str) -> None:
    assert language(text) == "cy"


@pytest.mark.parametrize(
    "text",
    [
        "The Committee noted the report of the Director of Highways.",
        "Councillors O. Jones, E. Gan and I. Fel were present.",
        "Ysgol Gymraeg y Fenni",
        "Llanfair Caereinion, Machynlleth, Rhayader and Ystradgynlais town councils were consulted.",
        "",
    ],
)
def test_english_and_what_is_too_short_is_not_called_welsh(text: str) -> None:
    assert language(text) is None
