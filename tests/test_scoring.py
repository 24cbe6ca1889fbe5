"""The measure itself: it notices what is lost, wrong or made up, and what is not read at all scores nothing."""

import copy
from typing import Any

from cases import differences
from scoring import SAID, score

EXPECTED: dict[str, Any] = {
    "attendance": [{"name": "Councillor Ada Fell", "role": "Chair", "status": "present", "member": "a/members/1"}],
    "items": [{
        "number": "4", "title": "Bus Services",
        "paragraphs": [
            {"number": "4.1", "kind": "narrative", "text": "Members spoke at length.", "speaker": None},
            {"number": "4.2", "kind": "resolution", "text": "RESOLVED that buses run daily.", "speaker": None},
        ],
        "resolutions": [{
            "number": "4.2", "action": "resolved", "text": "that buses run daily.", "outcome": None, "mover": None,
            "seconder": None, "unanimous": None, "vote": None,
        }],
        "people": [{"name": "Cllr Holm", "member": None}],
        "declarations": [{"name": "Cllr Holm", "member": None, "kind": "personal", "matter": "4", "anchor": "4.1"}],
    }],
}  # fmt: skip


def changed(change: Any) -> Any:
    """What was expected, with one thing wrong in it."""
    read = copy.deepcopy(EXPECTED)
    change(read)
    return score(EXPECTED, read)


def item(read: Any) -> Any:
    return read["items"][0]


def test_what_is_read_as_expected_scores_one() -> None:
    found = score(EXPECTED, EXPECTED)
    for share in (found.words, found.items, found.paragraphs, found.resolutions, found.attendance, found.noted):
        assert share.f1 == share.precision == share.recall == 1
    assert all(found.said[key].recall == 1 for key in SAID)
    assert (found.links.right, found.links.wrong, found.links.withheld) == (1, 0, 0)


def test_nothing_read_scores_nothing() -> None:
    for nothing in ([], {"attendance": [], "items": []}):
        found = score(EXPECTED, nothing)
        shares = (found.words, found.items, found.paragraphs, found.resolutions, found.attendance, found.noted)
        assert [share.f1 for share in shares] == [0] * 6
        assert found.paragraphs.precision == 0


def test_a_paragraph_out_of_order_or_with_another_number_is_missed() -> None:
    assert changed(lambda read: item(read)["paragraphs"].reverse()).paragraphs.right == 1
    assert changed(lambda read: item(read)["paragraphs"][0].update(number="4")).paragraphs.right == 1


def test_words_lost_and_words_out_of_order_count_one_by_one() -> None:
    lost = changed(lambda read: item(read)["paragraphs"][0].update(text="Members at length."))
    assert (lost.words.right, lost.words.expected) == (12, 13)
    assert changed(lambda read: item(read)["paragraphs"].reverse()).words.recall < 1


def test_what_is_made_up_costs_precision() -> None:
    made_up = {**EXPECTED["items"][0]["resolutions"][0], "text": "that all is well."}
    more = changed(lambda read: item(read)["resolutions"].append(made_up))
    assert more.resolutions.recall == 1
    assert more.resolutions.precision == 0.5


def test_what_is_said_of_a_resolution_is_judged_where_its_words_were_found() -> None:
    other = changed(lambda read: item(read)["resolutions"][0].update(action="noted", mover="Cllr Holm"))
    assert (other.said["action"].right, other.said["mover"].right, other.said["vote"].right) == (0, 0, 1)
    assert changed(lambda read: item(read)["resolutions"].clear()).said["action"].expected == 0


def test_links_are_right_wrong_or_withheld() -> None:
    wrong = changed(lambda read: item(read)["people"][0].update(member="a/members/2"))
    assert (wrong.links.right, wrong.links.wrong, wrong.links.withheld) == (1, 1, 0)
    withheld = changed(lambda read: read["attendance"][0].update(member=None))
    assert (withheld.links.right, withheld.links.wrong, withheld.links.withheld) == (0, 0, 1)


def test_differences_name_the_place_and_leave_out_what_a_case_leaves_out() -> None:
    assert differences({"a": 1}, {"a": 1, "b": 2}) == []
    assert differences({"a": [{"b": 1}]}, {"a": [{"b": 2}, {}]}) == [
        "a[0].b: 2 read, 1 expected", "a: 2 read, 1 expected"]
    assert differences({"a": None}, {}) == []
