import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spelling import LONGEST, SHORTEST, Spelling

letters = st.text(alphabet="abcé", min_size=SHORTEST, max_size=8)


def steps(one: str, other: str) -> int:
    """Optimal string alignment, as the textbooks have it."""
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            if not i or not j:
                rows[i][j] = i + j
                continue
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(letters, st.sets(letters, max_size=20))
def test_all_that_is_near_is_found_and_nothing_else(word: str, words: set[str]) -> None:
    most = 1 if len(word) <= 5 else 2
    found = {each.word for each in Spelling(dict.fromkeys(words, 1)).near(word, most=100)}
    assert found == {each for each in words if 0 < steps(word, each) <= most}


def near(word: str, **words: int) -> list[str]:
    return [each.word for each in Spelling(words).near(word)]


@pytest.mark.parametrize("slip", ["librray", "libary", "librarry", "librbry", "ilbrary", "lbirayr"])
def test_a_slip_leads_to_the_word(slip: str) -> None:
    assert near(slip, library=40, tribunal=90) == ["library"]


def test_what_is_frequent_comes_first_but_for_a_farther_or_another_first_letter() -> None:
    assert near("flod", food=9, flood=30) == ["flood", "food"]
    assert near("scool", school=10, cool=60) == ["school", "cool"]


def test_words_too_short_or_too_long_to_guess_at_are_left_alone() -> None:
    assert near("ab", abc=1) == []
    assert near("a" * (LONGEST + 1), **{"a" * LONGEST: 1}) == []
    assert near("anything") == []


def test_only_words_that_begin_alike_when_asked() -> None:
    spelling = Spelling({"cool": 60, "school": 10, "schools": 1})
    assert [each.word for each in spelling.near("scool", same_first=True)] == ["school"]
    assert spelling.near("zcool", same_first=True) == ()
