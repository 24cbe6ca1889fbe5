from types import SimpleNamespace

from werkzeug.datastructures import MultiDict

from web.asking import Asked
from web.narrowing import chips, facets, labels, orders, pagination


def asked(*pairs: tuple[str, str]) -> Asked:
    return Asked.of(MultiDict(pairs))


def a_value(value: str, count: int = 1) -> SimpleNamespace:
    return SimpleNamespace(value=value, label=value.title(), count=count)


def test_empty_unknown_and_repeated_options_are_left_out() -> None:
    assert asked(("q", " bus "), ("x", "1"), ("topic", ""), ("topic", "roads"), ("topic", "roads")).pairs == (
        ("q", "bus"), ("topic", "roads"))


def test_a_filter_is_added_and_taken_away_from_the_first_page() -> None:
    now = asked(("q", "a&b=c"), ("topic", "roads"), ("page", "3"))
    assert now.adding("topic", "schools").address == "/search?q=a%26b%3Dc&topic=roads&topic=schools"
    assert now.without("topic", value="roads").address == "/search?q=a%26b%3Dc"
    assert now.without("topic", value="schools").address == "/search?q=a%26b%3Dc&topic=roads"
    assert Asked().address == "/search"


def test_a_facet_adds_what_is_not_chosen_and_removes_what_is_and_shows_it_first() -> None:
    now = asked(("topic", "schools"))
    (topic,) = facets(now, {"topic": [a_value("roads", 9), a_value("schools", 4)]})
    assert [(each.label, each.chosen, each.href) for each in topic.first] == [
        ("Schools", True, "/search"), ("Roads", False, "/search?topic=schools&topic=roads")]


def test_a_facet_with_one_value_leaves_nothing_to_choose() -> None:
    assert not [*facets(asked(), {"council": [a_value("ambleshire")], "topic": []})]


def test_topics_stand_below_those_that_hold_them_and_no_family_is_parted() -> None:
    parents = {"roads": None, "potholes": "roads", "parking": "roads", "schools": None, "nurseries": "schools"}
    found = [a_value(each) for each in ("schools", "roads", "parking", "nurseries", "potholes", "unknown")]
    (topic,) = facets(asked(("topic", "potholes")), {"topic": found}, parents)
    assert [(each.label, each.depth) for each in topic.first] == [
        ("Roads", 0), ("Parking", 1), ("Potholes", 1), ("Schools", 0), ("Nurseries", 1), ("Unknown", 0)]
    many = [a_value(f"t{at}") for at in range(12)]
    (topic,) = facets(asked(), {"topic": many}, {f"t{at}": "t4" for at in range(5, 12)})
    assert (len(topic.first), len(topic.rest)) == (12, 0)
    (topic,) = facets(asked(), {"topic": found[1:]}, {"parking": "missing"})
    assert {each.depth for each in topic.first} == {0}


def test_many_values_stand_behind_the_first() -> None:
    (topic,) = facets(asked(), {"topic": [a_value(f"t{number}") for number in range(10)]})
    assert (len(topic.first), len(topic.rest)) == (6, 4)


def test_a_year_is_a_filter_of_two_ends() -> None:
    values = {"year": [a_value("2021"), a_value("2020")]}
    (year,) = facets(asked(("from", "2019"), ("q", "x")), values)
    assert year.first[0].href == "/search?q=x&from=2021&to=2021"
    (year,) = facets(asked(("from", "2021"), ("to", "2021")), values)
    assert (year.first[0].chosen, year.first[0].href) == (True, "/search")


def test_chips_name_what_they_remove() -> None:
    now = asked(("committee", "a/committees/1"), ("from", "2021"))
    named = labels({"committee": [SimpleNamespace(value="a/committees/1", label="Cabinet", count=1)]})
    assert [(each.label, each.href) for each in chips(now, named)] == [
        ("Committee: Cabinet", "/search?from=2021"), ("From: 2021", "/search?committee=a%2Fcommittees%2F1")]


def test_the_usual_order_is_not_in_the_address() -> None:
    best, newest, _ = orders(asked(("q", "x"), ("sort", "newest")), "newest")
    assert (best.href, best.chosen, newest.chosen) == ("/search?q=x", False, True)


def test_pages_leave_gaps_and_have_both_ends() -> None:
    links = pagination(asked(("q", "x")), 5, 12)
    assert [each.get("number", "…") for each in links["items"]] == ["1", "…", "4", "5", "6", "…", "12"]
    assert links["previous"]["href"] == "/search?q=x&page=4"
    assert links["next"]["href"] == "/search?q=x&page=6"
    assert pagination(asked(), 1, 1) == {}


def test_a_page_after_the_last_leads_back_to_it() -> None:
    links = pagination(asked(("q", "x")), 40, 3)
    assert links["previous"]["href"] == "/search?q=x&page=3"
    assert "next" not in links
