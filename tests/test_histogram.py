from collections.abc import Mapping

import pytest
from werkzeug.datastructures import MultiDict

from index.labels import Facet
from web.asking import Asked
from web.histogram import HEIGHT, histogram


def asked(**options: str) -> Asked:
    return Asked.of(MultiDict({"from" if name == "since" else name: value for name, value in options.items()}))


def facets(counts: Mapping[str, int]) -> dict[str, tuple[Facet, ...]]:
    """Months with their counts, and the years that these make."""
    years: dict[str, int] = {}
    for month, count in counts.items():
        years[month[:4]] = years.get(month[:4], 0) + count
    return {name: tuple(Facet(value, value, count) for value, count in sorted(several.items(), reverse=True))
            for name, several in (("year", years), ("month", counts))}


SOME = facets({"2018-03": 1, "2020-05": 5, "2020-06": 15})


def test_every_year_from_the_first_to_the_last_has_a_bar_and_a_link_where_it_has_hits() -> None:
    found = histogram(asked(q="bus", topic="housing"), SOME)
    assert found
    assert [(bar.short, bar.count, bar.height, bar.href) for bar in found.bars] == [
        ("2018", 1, 2, "/search?q=bus&topic=housing&from=2018&to=2018"), ("2019", 0, 0, ""),
        ("2020", 20, HEIGHT, "/search?q=bus&topic=housing&from=2020&to=2020")]
    assert (found.year, found.wider) == ("", "")


@pytest.mark.parametrize(("since", "to"), [("2020", "2020"), ("2020-05", "May 2020"), ("1/1/2020", "2020")])
def test_of_one_year_the_months_are_shown(since: str, to: str) -> None:
    found = histogram(asked(q="bus", since=since, to=to), SOME)
    assert found
    assert (found.year, found.wider) == ("2020", "/search?q=bus")
    assert [(bar.short, bar.said, bar.count) for bar in found.bars if bar.count] == [
        ("May", "May 2020", 5), ("Jun", "June 2020", 15)]
    assert len(found.bars) == 12


def test_the_month_that_was_chosen_is_told_apart() -> None:
    found = histogram(asked(q="bus", since="2020-05", to="2020-05"), SOME)
    assert found
    assert [bar.short for bar in found.bars if bar.chosen] == ["May"]


def test_hits_of_one_year_alone_are_shown_by_month_and_of_one_month_not_at_all() -> None:
    found = histogram(asked(q="bus"), facets({"2020-05": 5, "2020-06": 1}))
    assert found
    assert (found.year, found.wider) == ("2020", "")
    assert histogram(asked(q="bus"), facets({"2020-05": 5})) is None
    assert histogram(asked(q="bus"), facets({})) is None
    assert histogram(asked(q="bus"), {}) is None


def test_of_many_years_every_fifth_is_labelled() -> None:
    found = histogram(asked(), facets({f"{year}-01": 1 for year in range(1999, 2021)}))
    assert found
    assert [bar.short for bar in found.bars if bar.labelled] == ["2000", "2005", "2010", "2015", "2020"]
