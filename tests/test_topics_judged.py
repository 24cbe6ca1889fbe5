"""Floors under how well topics are told; `python tests/topics_judged.py` prints the whole."""

import pytest
from topics_judged import Tally, item_of, judged, tally

from index.topics import standard_topics

TOPICS = standard_topics()

@pytest.mark.parametrize(("kept_aside", "precision", "recall"), [(False, 0.95, 0.95), (True, 0.92, 0.85)])
def test_the_sample_is_told_as_a_reader_would(kept_aside: bool, precision: float, recall: float) -> None:
    total = Tally()
    for one in judged("sample"):
        item = item_of(one)
        assert item is not None, one.key
        if one.kept_aside is kept_aside:
            total += tally(TOPICS, one, item)
    assert total.precision >= precision
    assert total.recall >= recall


@pytest.mark.parametrize(("archive", "several"), [("sample", 100), ("limerick", 90), ("others", 10)])
def test_what_was_judged_names_topics_of_the_table_and_half_is_kept_aside(archive: str, several: int) -> None:
    items = judged(archive)
    assert len(items) == several
    assert {topic for one in items for topic in (*one.topics, *one.may)} <= set(TOPICS.labels)
    assert sum(one.kept_aside for one in items) * 2 == len(items)
    assert all(len(one.key.get("title", "").split()) <= 8 for one in items)
