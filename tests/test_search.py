import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from build import COUNCIL, a_meeting, a_paragraph, an_item
from memory_engine import MemoryEngine

from archive import ids
from archive.errors import InputError
from archive.model import (
    Attendance,
    AttendanceStatus,
    Committee,
    CommitteeId,
    Council,
    CouncilId,
    Item,
    ItemId,
    Meeting,
    Member,
    ParagraphKind,
    Person,
)
from archive.overview import Minuted, Titled
from index.project import project
from index.query import Sort
from index.search import Search, SearchRequest, SearchResult
from index.topics import standard_topics

AMBLESHIRE = Council(COUNCIL, "Ambleshire County Council")
RUSSELL = ids.member_id(COUNCIL, "117")


class Shelf:
    """A store of a few meetings."""

    def __init__(self, meetings: Sequence[Meeting], councils: tuple[Council, ...] = (AMBLESHIRE,)) -> None:
        self._councils = councils
        self._items = {item.id: (meeting, item) for meeting in meetings for item in meeting.items if item.id}
        self.asked = 0

    def items(self, identifiers: Sequence[ItemId]) -> dict[ItemId, tuple[Meeting, Item]]:
        self.asked += 1
        return {each: self._items[each] for each in identifiers if each in self._items}

    def councils(self) -> tuple[Council, ...]:
        return self._councils

    def committees(self) -> tuple[Committee, ...]:
        return tuple({meeting.committee for meeting, _ in self._items.values() if meeting.committee})

    def titles(self) -> tuple[Titled, ...]:
        counts = Counter(item.title for _, item in self._items.values())
        return tuple(Titled(title, number, None) for title, number in counts.items())

    def minuted(
        self,
        councils: Collection[CouncilId] = (),
        committees: Collection[CommitteeId] = (),
        since: date | None = None,
        until: date | None = None,
    ) -> Minuted:
        meetings = {meeting.id: meeting for meeting, _ in self._items.values()}.values()
        days = [meeting.start.date() for meeting in meetings if meeting.start and meeting.committee
                and (not councils or meeting.council in councils)
                and (not committees or meeting.committee.id in committees)]
        days = [day for day in days if (not since or since <= day) and (not until or day <= until)]
        return Minuted(len(days), min(days, default=None), max(days, default=None))

    def members(self) -> tuple[Member, ...]:
        return (Member(RUSSELL, "Cllr Tom Russell"),) if RUSSELL else ()


def filled(meetings: Iterable[Meeting]) -> MemoryEngine:
    engine = MemoryEngine()
    with engine.batch() as batch:
        for meeting in meetings:
            assert meeting.id
            batch.put(meeting.id, project(meeting, standard_topics()))
    return engine


MEETINGS = (
    a_meeting("1", an_item(
        "11", "Family Safeguarding Model", number="27", people=(Person("Cllr Russell", RUSSELL),), paragraphs=(
            a_paragraph("The model was explained by Cllr Russell.", "27.1"),
            a_paragraph("That the Family Safeguarding Model be adopted in schools.", "27.21", ParagraphKind.RESOLUTION),
        )), url="https://democracy.example/m1"),
    a_meeting("2", an_item("21", "School places", "More school places.", url="https://democracy.example/i21"),
              an_item("22", "Bus services", "The school bus."), committee="Scrutiny", start=date(2022, 5, 3)),
    a_meeting("3", *(an_item(str(number), f"Item {number}", "A school.") for number in range(31, 56)),
              start=date(2019, 1, 1)),
)


@pytest.fixture
def search() -> Search:
    ticks = iter(range(1000))
    return Search(filled(MEETINGS), Shelf(MEETINGS), clock=lambda: next(ticks) / 1000)


def test_answers_in_the_shape_of_the_contract(search: Search) -> None:
    found = search(SearchRequest('"family safeguarding model"')).as_json()
    assert list(found) == [
        "query", "explanation", "total", "page", "per_page", "took_ms", "suggestion", "hits", "facets", "help",
        "nearly"]
    assert json.loads(json.dumps(found)) == found
    (hit,) = found.pop("hits")
    assert hit.pop("score") > 0
    assert hit == {
        "item": "ambleshire/items/11", "meeting": "ambleshire/meetings/1", "council": "ambleshire",
        "committee": {"id": "ambleshire/committees/cabinet", "name": "Cabinet"}, "date": "2021-03-02", "number": "27",
        "title": "Family Safeguarding Model", "url": "https://democracy.example/m1", "more": 0,
        "title_marks": [[0, 25]], "title_exact": [[0, 25]],
        "paragraphs": [{"anchor": "27.21", "number": "27.21", "kind": "resolution",
                        "text": "That the Family Safeguarding Model be adopted in schools.", "marks": [[9, 34]],
                        "exact": [[9, 34]]}],
    }
    assert found == {
        "query": '"family safeguarding model"', "explanation": "Items with exactly “family safeguarding model”.",
        "total": 1, "page": 1, "per_page": 20, "took_ms": 1.0, "suggestion": None, "help": None, "nearly": None,
        "facets": {
            "council": [{"value": "ambleshire", "label": "Ambleshire County Council", "count": 1}],
            "committee": [{"value": "ambleshire/committees/cabinet", "label": "Cabinet", "count": 1}],
            "member": [{"value": "ambleshire/members/117", "label": "Cllr Tom Russell", "count": 1}],
            "topic": [{"value": "children", "label": "Children and families", "count": 1}],
            "kind": [{"value": "resolution", "label": "Decisions", "count": 1},
                     {"value": "title", "label": "Titles", "count": 1}],
            "action": [],
            "year": [{"value": "2021", "label": "2021", "count": 1}],
            "month": [{"value": "2021-03", "label": "March 2021", "count": 1}],
        },
    }


def titles(result: SearchResult) -> list[str]:
    return [hit.title for hit in result.hits]


def test_nothing_asked_lists_the_newest(search: Search) -> None:
    result = search(SearchRequest(per_page=3))
    assert titles(result) == ["School places", "Bus services", "Family Safeguarding Model"]
    assert result.total == 28
    assert result.explanation == "Everything, newest first and routine items last."
    assert {hit.score for hit in result.hits} == {0.0}


def test_filters_alone_list_the_newest(search: Search) -> None:
    several = search(SearchRequest(committee=("scrutiny", "cabinet"), since="2021"))
    assert titles(several)[:2] == ["School places", "Bus services"]
    assert titles(search(SearchRequest(member=("russell",)))) == ["Family Safeguarding Model"]
    assert titles(search(SearchRequest(sort=Sort.OLDEST, per_page=1))) == ["Item 31"]


def test_options_and_words_are_one_query(search: Search) -> None:
    result = search(SearchRequest("school OR bus", kind=("title", "resolution"), until="2022-12-31"))
    assert sorted(titles(result)) == ["Bus services", "Family Safeguarding Model", "School places"]
    assert "in the title or in resolutions, until 31 December 2022" in result.explanation


def test_pages_follow_each_other(search: Search) -> None:
    whole = titles(search(SearchRequest("school", per_page=100)))
    pages = [titles(search(SearchRequest("school", page=page, per_page=10))) for page in (1, 2, 3, 4)]
    assert [title for page in pages for title in page] == whole
    assert len(whole) == 28
    assert pages[3] == []


def test_years_are_newest_first_and_other_facets_most_found_first(search: Search) -> None:
    facets = search(SearchRequest()).facets
    assert [facet.value for facet in facets["year"]] == ["2022", "2021", "2019"]
    assert [(facet.label, facet.count) for facet in facets["committee"]] == [("Cabinet", 26), ("Scrutiny", 2)]


def test_counts_of_the_other_values_stay_visible(search: Search) -> None:
    facets = search(SearchRequest("school", committee=("ambleshire/committees/scrutiny",))).facets
    assert {facet.label: facet.count for facet in facets["committee"]} == {"Cabinet": 26, "Scrutiny": 2}
    assert {facet.value: facet.count for facet in facets["year"]} == {"2022": 2}


def test_dates_that_were_chosen_leave_the_other_years_to_choose(search: Search) -> None:
    facets = search(SearchRequest("school", since="2021", until="2021")).facets
    assert {facet.value: facet.count for facet in facets["year"]} == {"2022": 2, "2021": 1, "2019": 25}
    assert {facet.label: facet.count for facet in facets["committee"]} == {"Cabinet": 1}


def test_what_was_typed_holds_beside_what_is_chosen(search: Search) -> None:
    result = search(SearchRequest("school committee:cabinet", committee=("ambleshire/committees/scrutiny",)))
    assert result.total == 0
    assert [facet.label for facet in result.facets["committee"]] == ["Cabinet"]
    assert result.explanation.endswith("of committee “cabinet”, of committee “Scrutiny”.")


@pytest.mark.parametrize(("changes", "said"), [
    ({"page": 0}, "page: 0 is not a whole number from 1"),
    ({"per_page": 101}, "per_page: 101 is not"),
    ({"since": "yesterday"}, "from “yesterday” is no date"),
    ({"until": "31/2/2021"}, "to “31/2/2021” is no date"),
    ({"kind": ("foo",)}, "kind “foo” is none of title, resolution"),
    ({"kind": ("foo",)}, "vote, table, agenda, heading, clause"),
    ({"topic": ("foo",)}, "topic 'foo' is none of adult-care"),
    ({"council": ("foo",)}, "council 'foo' is none of ambleshire."),
    ({"member": ("!",)}, "member needs a value"),
])
def test_a_bad_value_is_an_error_with_a_sentence(changes: dict[str, Any], said: str, search: Search) -> None:
    with pytest.raises(InputError, match=said):
        search(SearchRequest(**changes))


@pytest.mark.parametrize("text", ['"', "OR", ")(", "x" * 10_000, "kind:foo", "\x00", '"a" NEAR/9 (', "topic:foo"])
def test_any_text_has_an_answer(text: str, search: Search) -> None:
    assert search(SearchRequest(text)).explanation


def test_a_topic_is_named_by_its_label_or_a_part(search: Search) -> None:
    wanted = search(SearchRequest("topic:children")).total
    assert wanted
    for typed in ("topic:Child", 'topic:"children and families"'):
        found = search(SearchRequest(typed))
        said = "Items on topic “Children and families”, newest first and routine items last."
        assert (found.total, found.explanation) == (wanted, said)
    assert search(SearchRequest(topic=("Children and families",))).total == wanted


def test_a_typed_topic_that_is_none_is_named(search: Search) -> None:
    result = search(SearchRequest("school topic:foo"))
    assert result.total == 0
    assert "No topic is called “foo”; there are adult-care, children, education" in result.explanation


def test_a_typed_council_that_is_none_is_named_and_any_is_one_where_none_is_known(search: Search) -> None:
    said = search(SearchRequest("school council:foo")).explanation
    assert said.endswith("No council is called “foo”; there are ambleshire.")
    assert Search(filled(()), Shelf((), ()))(SearchRequest(council=("foo",))).total == 0


@pytest.mark.parametrize("request_", [
    SearchRequest("school from:2022 to:2021"), SearchRequest("school", since="2022", until="2021"),
    SearchRequest("school from:2022", until="2021"),
])
def test_days_that_cannot_be_are_said(request_: SearchRequest, search: Search) -> None:
    result = search(request_)
    assert result.total == 0
    assert result.explanation.endswith(
        "No day is both since 1 January 2022 and until 31 December 2021: from is later than to.")


@pytest.mark.parametrize(("text", "suggestion"), [
    ("2 March 2021", 'from:"2 March 2021" to:"2 March 2021"'), ("2/3/2021", "from:2/3/2021 to:2/3/2021"),
    ("2019", "from:2019 to:2019"), ("2 March 2020", 'from:"2 March 2020" to:"2 March 2020"'), ("tom", "member:tom"),
    ("Tom Russell", 'member:"Tom Russell"'),
    ("Scrutiny", "committee:Scrutiny"), ("russell", None), ("-tom", None), ("tom OR nobody", None), ("nobody", None),
    ("tom committee:cabinet", None), ("", None), ("Scrutiny?", "committee:Scrutiny"),
])
def test_what_was_meant_is_suggested_where_it_finds_something(text: str, suggestion: str | None) -> None:
    present = (Attendance("Cllr Tom Russell", None, AttendanceStatus.PRESENT, RUSSELL),)
    meetings = (replace(MEETINGS[0], attendance=present), *MEETINGS[1:])
    search = Search(filled(meetings), Shelf(meetings))
    assert search(SearchRequest(text)).suggestion == suggestion
    if suggestion and "2020" not in suggestion:
        assert search(SearchRequest(suggestion)).total


def test_a_number_that_is_a_year_without_meetings_is_no_date_where_it_is_found() -> None:
    numbered = (a_meeting("1", an_item("1", "Dwellings", "In all 2044 homes.")),)
    assert Search(filled(numbered), Shelf(numbered))(SearchRequest("2044")).suggestion is None


def test_a_suggestion_keeps_what_is_chosen(search: Search) -> None:
    assert search(SearchRequest("scrutiny", topic=("education",))).suggestion == "committee:scrutiny"
    assert search(SearchRequest("scrutiny", council=(COUNCIL,), until="2021")).suggestion is None


def test_many_councils_are_named_by_the_first() -> None:
    many = tuple(Council(CouncilId(f"c{number}"), "A council") for number in range(60))
    with pytest.raises(InputError, match=r"c38, c39 and 20 more\.\Z"):
        Search(filled(()), Shelf((), many))(SearchRequest(council=("foo",)))


def test_identifiers_are_said_by_name(search: Search) -> None:
    request = SearchRequest(
        "school", committee=("ambleshire/committees/cabinet",), member=(str(RUSSELL),), topic=("children",))
    assert search(request).explanation == (
        "Items with any form of “school”, of committee “Cabinet”, naming “Cllr Tom Russell”, "
        "on topic “Children and families”.")


def test_what_the_store_no_longer_has_is_left_out_of_its_page_but_counted() -> None:
    shelf = Shelf(MEETINGS[:1])
    search = Search(filled(MEETINGS[:2]), shelf)
    result = search(SearchRequest("school"))
    assert (titles(result), result.total) == (["Family Safeguarding Model"], 3)
    assert shelf.asked == 1
    pages = [titles(search(SearchRequest("school", page=page, per_page=1))) for page in (1, 2, 3)]
    assert sorted(pages) == [[], [], ["Family Safeguarding Model"]]
