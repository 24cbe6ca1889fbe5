"""What is asked for by name, and that what a suggestion inserts finds what the identifier of its like finds."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from build import COUNCIL, a_meeting, an_item
from hypothesis import assume, given
from hypothesis import strategies as st
from memory_engine import MemoryEngine

from archive import ids
from archive.model import Committee, Council, Item, ItemId, Meeting, Member, MemberId, Person
from archive.overview import Minuted, Titled
from index import analysis
from index.completion import MOST
from index.directory import Directory
from index.naming import is_identifier, names_committee, names_person
from index.project import project
from index.search import Search, SearchRequest
from index.topics import standard_topics
from index.tree import Field

BRYN = MemberId("ambleshire/members/7")
BORDER = ids.committee_id(COUNCIL, "31")


class Lists:
    """A store of one member, one committee and these meetings."""

    def __init__(self, member: str, committee: str, meetings: Sequence[Meeting]) -> None:
        self._member, self._committee = Member(BRYN, member), Committee(BORDER, committee)
        self._items = {item.id: (meeting, item) for meeting in meetings for item in meeting.items if item.id}

    def members(self) -> tuple[Member, ...]:
        return (self._member,)

    def committees(self) -> tuple[Committee, ...]:
        return (self._committee,)

    def councils(self) -> tuple[Council, ...]:
        return (Council(COUNCIL, "Ambleshire County Council"),)

    def items(self, identifiers: Sequence[ItemId]) -> dict[ItemId, tuple[Meeting, Item]]:
        return {each: self._items[each] for each in identifiers}

    def titles(self) -> tuple[Titled, ...]:
        return ()

    def minuted(self, *_: object) -> Minuted:
        return Minuted(0, None, None)


def searching(member: str, committee: str) -> Search:
    """A search of the items 1, of the committee under an earlier name, and 2, where the member is named otherwise."""
    meetings = (
        replace(a_meeting("1", an_item("1", "Fees")), committee=Committee(BORDER, "Wexmoor Panel")),
        a_meeting("2", an_item("2", "Fares", people=(Person("the Vice-Chair", BRYN),)), committee="Yarrowby Forum"))
    engine = MemoryEngine()
    with engine.batch() as batch:
        for each in meetings:
            assert each.id
            batch.put(each.id, project(each, standard_topics()))
    return Search(engine, Lists(member, committee, meetings))


NAMES = (
    "Joint Border Committee / Cyd-bwyllgor y Gororau", "Planning/Cynllunio", "Leisure & Culture – North (Area 3)",
    "Overview: Places, Homes", "Residents’ “Voice” Panel", "Children's and Young People's Panel", "A/B/C",
    "Board (formerly: the Trust)", "Pwyllgor Sirol/County/Committee", "«Côr» O’Dŵr", "Sub-Committee No. 1!",
    "NOT OR AND",
    "Ann D’Arcy-Ffoulkes, OBE", "Fellbright, Montgomery", "Cllr", "Yr Arglwydd Faer", "Smith (L)", "-Minus *Star* £5",
    "member:committee", "ambleshire/members/none/9", "https://panel.example/a", 'The "Old" ＂Wide＂ Board',
)
PIECES = (*"/&–(:,’'\"“.;-*", "", "Homes", "Panel", "y", "Gororau", "Cllr", "Dŵr", "NOT", "1", "£5", "12/34")
names = st.sampled_from(NAMES) | st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join)


@given(names)
def test_what_a_suggestion_inserts_finds_what_the_identifier_finds(name: str) -> None:
    assume(analysis.chains(name))
    search = searching(name, name)
    offered = {each.value: each.query for each in search.suggest(name.replace(":", " "), MOST)}
    assume("wexmoor" not in name and "yarrowby" not in name)
    for identifier, item in ((BRYN, "2"), (BORDER, "1")):
        found = search(SearchRequest(offered[str(identifier)]))
        assert [hit.item for hit in found.hits] == [ids.item_id(COUNCIL, item)], offered


@pytest.mark.parametrize("name", NAMES)
def test_no_name_is_taken_for_an_identifier(name: str) -> None:
    assert not is_identifier(name)


def test_identifiers_are() -> None:
    assert is_identifier(BRYN)
    assert is_identifier("westsussex/committees/170")


@pytest.mark.parametrize(("asked", "printed"), [
    ("Cllr M Fellbright", "Councillor Montgomery Fellbright"), ("M. Fellbright", "Montgomery Fellbright (Chair)"),
    ("M A Fellbright", "Cllr Montgomery Ann Fellbright"), ("Fellbright (M)", "Montgomery Fellbright"),
    ("M Fellbright", "Fellbright, Montgomery"), ("m fellbright", "FELLBRIGHT, Montgomery"),
    ("É Llŷr", "Emrys Llyr"), ("J. Leddin", "Councillor Leddin (J)"), ("Cllr Fellbright", "Fellbright"),
    ("W. O’ Dornell", "Cllr W O'Dornell"), ("W O'Dornell", "Cllr W. O’ Dornell"), ("o' dornell", "Wynne O’Dornell"),
    ("D’ Arbrook", "Ann D'Arbrook-Vane"), ("Bo Smyrk", "Robert 'Bo' Smyrk"), ("B Smyrk", "'B' Smyrk"),
])
def test_a_person_is_named_by_words_and_initials(asked: str, printed: str) -> None:
    assert names_person(asked, printed)


@pytest.mark.parametrize(("asked", "printed"), [
    ("F Montgomery", "Montgomery Fellbright"), ("A Fellbright", "Montgomery Fellbright"),
    ("M F", "Montgomery Fellbright"),
    ("M Fellbright", "Mr Fellbright"), ("C Fellbright", "Cllr Fellbright"), ("Montgomery Fellbright", "M Fellbright"),
    ("A M Fellbright", "Montgomery Ann Fellbright"), ("Mo Fellbright", "Montgomery Fellbright"),
    ("M M Fellbright", "Montgomery Fellbright"), ("J Thomas", "Thomas Jones"),
    ("Wynne Dornell", "Wynne O’ Dornell"),
])
def test_nobody_else_is(asked: str, printed: str) -> None:
    assert not names_person(asked, printed)


def test_a_name_means_all_who_are_listed_under_it() -> None:
    listed = Directory(
        (Member(BRYN, "Cllr Bryn Larkmere"), Member(MemberId("ambleshire/members/8"), "Zoë Larkmere")),
        (Committee(BORDER, "Border Panel / Panel y Gororau"), Committee(None, "Border Forum")))
    assert listed.meant(Field("member", "B Larkmere")).meant == (BRYN,)
    assert listed.meant(Field("member", "larkmere")).meant == (BRYN, "ambleshire/members/8")
    assert listed.meant(Field("committee", "border")).meant == (BORDER,)
    assert not any(listed.meant(each).meant for each in (
        Field("member", BRYN), Field("member", "Nobody"), Field("committee", "Bryn"), Field("council", "bryn")))


def test_somebody_on_no_list_is_found_as_printed() -> None:
    search = searching("Bryn Larkmere", "Panel")
    assert search(SearchRequest('member:"vice-chair"')).total == 1
    assert search(SearchRequest('member:"Larkmere"')).total == 1
    assert "Nobody called" not in search(SearchRequest('member:"B Larkmere"')).explanation
    assert "Nobody called" in search(SearchRequest('member:"Z Larkmere"')).explanation
    assert search(SearchRequest('-member:"B Larkmere"')).total == 1
    assert search(SearchRequest(member=("Bryn Larkmere",))).total == 1


def test_the_same_lists_make_no_directory_anew() -> None:
    members, committees = (Member(BRYN, "Bryn Larkmere"),), (Committee(BORDER, "Panel"),)
    assert Directory(members, committees).lists((Member(BRYN, "Bryn Larkmere"),), committees)
    assert not Directory(members, committees).lists((Member(BRYN, "Bryn Larkmoor"),), committees)


@given(names, names)
def test_looking_up_finds_whom_reading_the_whole_list_does(asked: str, listed: str) -> None:
    members = [Member(MemberId(f"ambleshire/members/{at}"), each) for at, each in enumerate((listed, *NAMES))]
    committees = [Committee(ids.committee_id(COUNCIL, str(at)), each) for at, each in enumerate((listed, *NAMES))]
    assume(analysis.chains(asked) and not is_identifier(asked))
    directory = Directory(members, committees)
    assert {*directory.meant(Field("member", asked)).meant} == {
        each.id for each in members if names_person(asked, each.name)}
    assert {*directory.meant(Field("committee", asked)).meant} == {
        each.id for each in committees if names_committee(asked, each.id, each.name)}
