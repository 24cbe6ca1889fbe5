"""The judged queries can be read and mean items, and the measure gives what its definition says."""

import math
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from judging import GRADES, Answered, Items, Judged, answered, judged_in, key_of
from relevance import ARCHIVES, JUDGED, Archive, fts5, sample, typed

from archive.model import Committee, Item, ItemId, Meeting, Paragraph, ParagraphKind

BINS, POTHOLES, MINUTES = (ItemId(f"llanfair/items/{number}") for number in (1, 2, 3))


@pytest.fixture(scope="module")
def of_sample() -> Items:
    return Items(sample().meetings())


@pytest.fixture(scope="module")
def of_two_meetings() -> Items:
    def item(identifier: ItemId, title: str, text: str) -> Item:
        return Item(identifier, None, title, paragraphs=(Paragraph("p1", None, ParagraphKind.NARRATIVE, text),))

    def meeting(committee: str, hour: int, *items: Item) -> Meeting:
        start = datetime(2024, 5, 7, hour, tzinfo=UTC)
        return Meeting(None, None, Committee(None, committee), None, start, items=items)

    bins, potholes = item(BINS, "Bins", "Bins’ lids, and potholes."), item(POTHOLES, "Potholes: repair", "Bins too.")
    cabinet = meeting("Cabinet", 10, bins, potholes)
    council = meeting("County Council", 14, item(MINUTES, "Minutes", "Confirmed."))
    return Items((cabinet, council))


@pytest.mark.parametrize("archive", ARCHIVES, ids=lambda archive: archive.name)
def test_there_are_forty_queries_of_each_archive_and_a_third_is_kept_aside(archive: Archive) -> None:
    queries = judged_in(JUDGED / f"{archive.name}.toml")
    assert len({query.asked for query in queries}) == len(queries) == 40
    assert sum(query.kept_aside for query in queries) == 13
    for query in queries:
        assert any(grade == GRADES["exact"] for _, grade in query.grades), query.asked
        keys = [key.text for key, _ in query.grades]
        assert len(set(keys)) == len(keys), query.asked


def test_every_judged_item_is_in_the_sample(of_sample: Items) -> None:
    for query in judged_in(JUDGED / "sample.toml"):
        assert not of_sample.lost(query), query.asked
        for key, _ in query.grades:
            assert not key.is_of_one or len(of_sample.found(key)) == 1, key.text


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("2024-05-07 | bins", [BINS]),                     # the whole title, before the words in another text
        ("2024-05-07 | repair", [POTHOLES]),
        ("2024-05-07 | bins lids", [BINS]),                # in the text, marks and apostrophes aside
        ("2024-05-07 | lid", []),                          # whole words
        ("2024-05-07 Cabinet | *", [BINS, POTHOLES]),
        ("2024-05-07 Council | minutes", [MINUTES]),
        ("2024-05-07 Cabinet | minutes", []),
        ("2024-05-08 | bins", []),
        ("any title | potholes", [POTHOLES]),
        ("any text | potholes", [BINS, POTHOLES]),
    ],
)  # fmt: skip
def test_a_key_finds_items_by_day_and_words(of_two_meetings: Items, key: str, meant: list[ItemId]) -> None:
    assert of_two_meetings.found(key_of(key)) == meant


@pytest.mark.parametrize("key", ["bins", "2024-05-07 | ", "2024-05-07 | ?", "May 2024 | bins", "2024-13-07 | bins"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        key_of(key)


@pytest.mark.parametrize("wrong", ["perfect = []", "exact = 'any text | bins'"])
def test_what_is_no_judgement_is_refused(tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(f'[[query]]\nasked = "bins"\nkind = "topic"\nwanted = "bins"\n{wrong}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"."):
        judged_in(file)


def test_a_key_of_one_item_says_more_than_a_wide_one(of_two_meetings: Items) -> None:
    grades = (key_of("2024-05-07 | bins"), 0), (key_of("any text | bins"), 2), (key_of("2024-05-07 | *"), 1)
    query = Judged("bins", "topic", "bins", kept_aside=False, grades=grades)
    assert of_two_meetings.grades(query) == {BINS: 0, POTHOLES: 2, MINUTES: 1}
    assert of_two_meetings.lost(query) == []


def test_the_measure_is_what_its_definition_says() -> None:
    grades = {BINS: 3, POTHOLES: 1, MINUTES: 0}
    assert answered([BINS, POTHOLES], grades) == Answered(1.0, success=True, empty=False, judged=1.0)
    swapped = answered([POTHOLES, ItemId("llanfair/items/4"), BINS], grades)
    assert swapped.ndcg == pytest.approx((1 + 7 / math.log2(4)) / (7 + 1 / math.log2(3)))
    assert not swapped.success
    assert swapped.judged == pytest.approx(2 / 3)
    assert answered([], grades) == Answered(0.0, success=False, empty=True, judged=1.0)
    far = [ItemId(f"llanfair/items/{number}") for number in range(10, 20)]
    assert answered([*far, BINS], grades).ndcg == 0


def test_the_peer_is_asked_for_words_and_phrases(of_two_meetings: Items) -> None:
    assert typed('member:fell "hold the line" 18/00335/FUL', "OR") == '"fell" OR "hold the line" OR "18/00335/FUL"'
    assert fts5(of_two_meetings.listed, "AND")("pothole repairs") == [POTHOLES]
    assert set(fts5(of_two_meetings.listed, "OR")("minute repairs")) == {POTHOLES, MINUTES}
    assert of_two_meetings.by_id[BINS].day == date(2024, 5, 7)
    assert fts5(of_two_meetings.listed, "AND")('?!" AND (') == []
