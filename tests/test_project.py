from dataclasses import replace
from datetime import date

import pytest
from build import COUNCIL, a_meeting, a_resolution, an_item
from hypothesis import given
from strategies import meetings

from archive import ids
from archive.errors import InputError
from archive.model import (
    Action,
    Attendance,
    AttendanceStatus,
    Document,
    Item,
    Meeting,
    Outcome,
    Paragraph,
    ParagraphKind,
    Person,
)
from index.naming import names_person
from index.passages import Scope, passages
from index.project import project, version
from index.topics import Topic, Topics, standard_topics

TOPICS = standard_topics()


def test_an_item_without_minutes_is_an_entry() -> None:
    (entry,) = project(a_meeting("1", an_item("1", "School places", agenda=("A report.",))), TOPICS)
    assert [(each.scope, each.text) for each in entry.passages] == [
        (Scope.TITLE, "School places"), (Scope.AGENDA, "A report.")]
    assert entry.day == date(2021, 3, 2)
    assert entry.committee_name == "Cabinet"
    assert entry.topics == ("education", "school-places")
    assert not entry.actions


def test_an_item_without_a_date_or_committee_does_not_vanish() -> None:
    meeting = Meeting(ids.meeting_id(COUNCIL, "9"), COUNCIL, None, None, None, items=(an_item("1"),))
    (entry,) = project(meeting, TOPICS)
    assert entry.day is None
    assert entry.committee is None
    assert entry.committee_name == ""


def test_what_has_no_identifier_is_refused() -> None:
    with pytest.raises(InputError, match="without identifier"):
        project(replace(a_meeting("1", an_item()), id=None), TOPICS)
    with pytest.raises(InputError, match="without identifier"):
        project(a_meeting("1", Item(None, None, "Bus")), TOPICS)


def test_every_kind_of_paragraph_has_its_scope() -> None:
    kinds = tuple(Paragraph(f"p{at}", None, kind, kind.value) for at, kind in enumerate(ParagraphKind))
    scopes = {each.kind: each.scope for each in passages(an_item("1", "T", paragraphs=kinds)) if each.kind}
    assert scopes == {"narrative": Scope.NARRATIVE, "heading": Scope.NARRATIVE, "resolution": Scope.RESOLUTION,
                      "clause": Scope.RESOLUTION, "vote": Scope.VOTE, "table": Scope.TABLE}


def test_restricted_documents_are_not_searched_and_public_ones_are() -> None:
    item = an_item("1", "T", documents=(Document(None, "Open letter"), Document(None, "Secret", restricted=True)))
    assert [each.text for each in passages(item) if each.scope is Scope.AGENDA] == ["Open letter"]


def test_a_decision_that_no_paragraph_prints_is_searched() -> None:
    printed = an_item("1", "T", "Words", resolutions=(a_resolution("Words", "1.1"),))
    beside = an_item("1", "T", "Words", resolutions=(a_resolution("That it be", "9"),))
    assert [each.text for each in passages(printed) if each.scope is Scope.RESOLUTION] == []
    assert [each.text for each in passages(beside) if each.scope is Scope.RESOLUTION] == ["That it be"]


@pytest.mark.parametrize(("outcomes", "decided"), [
    ((), False), ((None,), True), ((Outcome.CARRIED,), True), ((Outcome.LOST,), False),
    ((Outcome.WITHDRAWN, Outcome.LOST), False), ((Outcome.LOST, None), True),
])
def test_lost_motions_decide_nothing(outcomes: tuple[Outcome | None, ...], decided: bool) -> None:
    resolutions = tuple(replace(a_resolution("x", action=Action.RESOLVED), outcome=outcome) for outcome in outcomes)
    (entry,) = project(a_meeting("1", an_item("1", "T", resolutions=resolutions)), TOPICS)
    assert bool(entry.actions) is decided


def test_people_are_those_named_and_those_who_moved() -> None:
    russell = ids.member_id(COUNCIL, "117")
    item = an_item("1", "T", people=(Person("Cllr Russell", russell), Person("Mr Ruaux")),
                   resolutions=(replace(a_resolution("x"), mover="Cllr Jones", seconder="Cllr Russell"),))
    (entry,) = project(a_meeting("1", item), TOPICS)
    assert entry.people == ("Cllr Russell", "Mr Ruaux", "Cllr Jones")
    assert entry.members == (russell,)


def test_members_are_also_named_as_the_meetings_attendance_lists_them() -> None:
    zoe, lettice = ids.member_id(COUNCIL, "1"), ids.member_id(COUNCIL, "2")
    present = tuple(Attendance(name, None, AttendanceStatus.PRESENT, member) for name, member in (
        ("Councillor Zoë Larkmere", zoe), ("Cllr Lettice Pennyfold", lettice), ("Cllr Amos Pennyfold", None)))
    items = (an_item("1", "T", people=(Person("Cllr Larkmere", zoe),)), an_item("2", "T", people=(Person("Mr Haigh"),)),
             an_item("3", "T", people=(Person("Cllr L Pennyfold", lettice),)),
             an_item("4", "T", people=(Person("Cllr Pennyfold"),)))
    entries = project(a_meeting("1", *items, attendance=present), TOPICS)
    assert [entry.people for entry in entries] == [
        ("Cllr Larkmere", "Councillor Zoë Larkmere"), ("Mr Haigh",), ("Cllr L Pennyfold", "Cllr Lettice Pennyfold"),
        ("Cllr Pennyfold",)]


@pytest.mark.parametrize(("asked", "name", "named"), [
    ("Zoë Larkmere", "Councillor Zoë Larkmere", True), ("zoe", "Councillor Zoë Larkmere", True),
    ("Councillor Zoë Larkmere", "Cllr Zoe Larkmere", True), ("Cllr (Mrs) Larkmere", "Larkmere", True),
    ("Cllr", "Cllr Larkmere", True), ("Cllr", "Mr Haigh", False), ("Cllr Amos Larkmere", "Cllr Larkmere", False),
    ("Tom Lord", "Tom Bray", False), ("Lettice Pennyfold", "Cllr Amos Pennyfold", False),
])
def test_titles_need_not_be_those_that_are_printed(asked: str, name: str, named: bool) -> None:
    assert names_person(asked, name) is named


def test_routine_items_have_no_topic() -> None:
    (entry,) = project(a_meeting("1", an_item("1", "School places", procedural=True)), TOPICS)
    assert entry.topics == ()


def test_the_version_changes_with_the_topics() -> None:
    assert version(TOPICS) == version(standard_topics())
    assert version(Topics([Topic("x", "X", {"y": 1.0})])) != version(TOPICS)


@given(meetings)
def test_every_item_of_any_meeting_is_an_entry(meeting: Meeting) -> None:
    assert [entry.id for entry in project(meeting, TOPICS)] == [item.id for item in meeting.items]


@pytest.mark.parametrize(("text", "actions"), [
    ("That permission be refused on highways grounds.", {"resolved", "refused"}),
    ("That the report be noted; and that the plan be formally adopted.", {"resolved", "noted", "approved"}),
    ("That it not be refused.", {"resolved"}), ("Buses.", {"resolved"}),
])
def test_a_resolution_did_what_its_verbs_say(text: str, actions: set[str]) -> None:
    resolution = a_resolution(text, action=Action.RESOLVED)
    (entry,) = project(a_meeting("1", an_item("1", "T", resolutions=(resolution,))), TOPICS)
    assert set(entry.actions) == actions
