import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import local

from archive import ids
from archive.errors import InputError
from archive.model import CouncilId

COUNCIL = CouncilId("westsussex")


def test_identifiers_are_the_paths_of_the_site() -> None:
    assert ids.committee_id(COUNCIL, "170") == "westsussex/committees/170"
    assert ids.meeting_id(COUNCIL, "3129") == "westsussex/meetings/3129"
    assert ids.item_id(COUNCIL, "17213") == "westsussex/items/17213"
    assert ids.member_id(COUNCIL, "117") == "westsussex/members/117"
    assert ids.document_id(COUNCIL, "s33789") == "westsussex/documents/s33789"


def test_what_is_unknown_has_no_identifier() -> None:
    assert ids.item_id(None, "1") is None
    assert ids.item_id(COUNCIL, None) is None


@given(st.sampled_from(ids.COLLECTIONS), local)
def test_an_identifier_is_taken_apart_as_it_was_made(collection: str, name: str) -> None:
    identifier = f"{COUNCIL}/{collection}/{name}"
    assert ids.parse(identifier) == (COUNCIL, collection, name)
    assert ids.parse(f"{identifier}#27.21") == (COUNCIL, collection, name)
    assert ids.local(identifier) == name


def test_a_council_is_an_identifier_too() -> None:
    assert ids.parse("westsussex") == (COUNCIL, None, None)


@pytest.mark.parametrize("text", ["", "West", "a b", "-a", "a/", "api", "static", "a" * 41, "westsüssex", "a\n"])
def test_what_cannot_be_a_council_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        ids.council_id(text)


@pytest.mark.parametrize("text", ["", "a/items", "a/things/1", "a/items/../../etc", "a/items/1/2", "a/items/ü", "A"])
def test_what_is_no_identifier_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        ids.parse(text)


@pytest.mark.parametrize("name", ["", "..", "a/b", "a b", "é", "-", "x" * 101])
def test_a_platform_cannot_smuggle_a_path_into_an_identifier(name: str) -> None:
    with pytest.raises(InputError):
        ids.item_id(COUNCIL, name)


@given(st.text())
def test_a_slug_is_a_path_segment_or_nothing(text: str) -> None:
    slug = ids.slug(text)
    assert slug == "" or ids.item_id(COUNCIL, slug) == f"{COUNCIL}/items/{slug}"


def test_what_has_no_number_is_named_by_its_content() -> None:
    assert ids.content_local("a", b"b") == ids.content_local("a", "b")
    assert ids.content_local("a", "b") != ids.content_local("ab")
    assert ids.item_id(COUNCIL, ids.content_local("Cabinet", "2021"))
