"""Short forms put together from what texts explain: their forms as one, and no slips of print."""

from time import process_time

import pytest

from index.short_forms import ShortForm, long_forms, short_forms, without_slips


def test_the_long_forms_of_one_short_form() -> None:
    assert long_forms({
        "Integrated Front Door": 3, "integrated front doors": 4, "Front Door": 5, "Improvement Fund Delivery": 2,
        "Innovation Forum for Drainage": 20}) == (
            ("Innovation Forum for Drainage", 20), ("integrated front doors", 12), ("Improvement Fund Delivery", 2))
    assert long_forms({"Water Works": 9, "West Water Works": 1}) == (("Water Works", 10),)
    assert long_forms({}) == ()


@pytest.mark.parametrize(("printed", "told"), [
    ({"Office of Canal Works": 21, "Office of Canla Works": 1}, [22]),
    ({"Office of Canal Works": 21, "Office of Cannal Works": 2, "Ofice of Canal Works": 1}, [24]),
    ({"Great Southern Trail": 3, "Great Southern Trial": 1}, [4]),
    ({"Great Southern Trail": 2, "Great Southern Trial": 1}, [2, 1]),
    ({"Parks and Places Panel": 9, "Parks and Plates Pool": 1}, [9, 1]),
    ({"Works Package 1": 9, "Works Package 2": 1}, [9, 1]),
    ({"Clean-up Team": 4, "Cleanup Team": 1}, [5]),
])
def test_a_long_form_a_letter_away_from_a_frequent_one_is_counted_with_it(
    printed: dict[str, int], told: list[int]
) -> None:
    found = long_forms(printed)
    assert [count for _, count in found] == told
    assert found[0][0] == next(iter(printed))


WAYS = "Ways Infrastructure Isle"
FRONT, BACK = "Integrated Front Door", "Integrated Back Door"


@pytest.mark.parametrize(("printed", "told"), [
    ({"WII": {WAYS: 42}, "WIl": {WAYS: 7}, "WI": {WAYS: 2}, "WII1": {WAYS: 3}}, [("WII", 51), ("WII1", 3)]),
    ({"WII": {WAYS: 2}, "WIl": {WAYS: 1}}, [("WII", 3)]),
    ({"WII": {WAYS: 2}, "WI": {WAYS: 1}}, [("WII", 2), ("WI", 1)]),
    ({"IFD": {FRONT: 9}, "IDF": {FRONT: 1}}, [("IFD", 10)]),
    ({"IFD": {FRONT: 9}, "IFDO": {FRONT: 1, BACK: 1}}, [("IFD", 9), ("IFDO", 2)]),
    ({"IFD": {FRONT: 9}, "IBD": {BACK: 1}}, [("IFD", 9), ("IBD", 1)]),
    ({"IFDs": {FRONT: 1}, "IFD": {FRONT: 2}, "ifd": {FRONT: 1}}, [("IFD", 4)]),
    ({"IT": {"Information Technology": 2}, "OF": {"the of": 1}}, [("IT", 2)]),
])
def test_a_short_form_a_letter_away_from_a_frequent_one_is_no_short_form(
    printed: dict[str, dict[str, int]], told: list[tuple[str, int]]
) -> None:
    assert [(each.short, each.count) for each in without_slips(short_forms([printed]))] == told


def test_the_short_forms_of_several_councils_are_one_list() -> None:
    found = short_forms([{"IFD": {FRONT: 1}}, {"Ifd": {"Iron Fence Dispute": 5}, "AB": {"Area Board": 9}}])
    assert found == (ShortForm("AB", (("Area Board", 9),)),
                     ShortForm("Ifd", (("Iron Fence Dispute", 5), (FRONT, 1))))
    assert found[1].usual == ("Iron Fence Dispute",)


def test_very_many_long_forms_of_one_short_form_are_read_in_time() -> None:
    started = process_time()
    long_forms({f"A{number}x Baker Carter": 1 for number in range(20_000)})
    assert process_time() - started < 3
