"""A small archive to search, and two engines with it side by side: the specification, `memory_engine`, and another."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from typing import Protocol, TypeVar

import pytest
from build import COUNCIL, a_meeting, a_paragraph, an_item
from memory_engine import MemoryEngine

from archive import ids
from archive.model import (
    Action,
    Committee,
    CouncilId,
    Document,
    Meeting,
    MeetingId,
    Outcome,
    ParagraphKind,
    Person,
    Resolution,
)
from index.engine import Matches, SearchEngine
from index.generations import MakeEngine
from index.project import project
from index.query import Query
from index.tantivy_engine import TantivyEngine
from index.topics import standard_topics
from index.whoosh_engine import WhooshEngine

RUSSELL, JONES = ids.member_id(COUNCIL, "117"), ids.member_id(COUNCIL, "118")
OTHER = CouncilId("otherton")
ENGINES: dict[str, MakeEngine] = {"whoosh": WhooshEngine, "tantivy": TantivyEngine}


class _Open(Protocol):
    def close(self) -> None: ...


Opened = TypeVar("Opened", bound=_Open)


@contextmanager
def closed_after(opens: Callable[..., Opened]) -> Iterator[Callable[..., Opened]]:
    """`opens`, of which all that it opened is closed in the end: what a fixture gives to a test."""
    with ExitStack() as opened:
        yield lambda *given, **named: opened.enter_context(closing(opens(*given, **named)))


def a_decision(text: str, anchor: str, outcome: Outcome | None = None) -> Resolution:
    return Resolution(anchor, None, Action.RESOLVED, None, (), text, outcome=outcome)


def the_archive() -> tuple[Meeting, ...]:
    """A small archive in which every operator, field and rule makes a difference."""
    resolution, clause, vote = ParagraphKind.RESOLUTION, ParagraphKind.CLAUSE, ParagraphKind.VOTE
    cabinet = a_meeting(
        "1",
        an_item("11", "Children First: the Family Safeguarding Model",
                "The Family Safeguarding model was rolled out. Cllr Russell asked about school places.",
                "Members welcomed the children's services team.",
                people=(Person("Cllr Russell", RUSSELL), Person("Mr A Coughlan")), number="27"),
        an_item("12", "School places", number="77/21",
                agenda=("A report on places in primary schools and academies.",),
                documents=(Document(None, "Appendix A: Ofsted letter"), Document(None, "Annex", restricted=True))),
        an_item("13", "Apologies for absence", "Apologies were received from Cllr Jones about the school.",
                procedural=True, people=(Person("Cllr Jones", JONES),)),
        an_item("14", "Planning application 18/00335/FUL", paragraphs=(
            a_paragraph("The officer presented application 18/00335/FUL at BN43 6EF.", "14.1"),
            a_paragraph("That permission be refused on highways grounds and S106 terms of £1.2m.", "14.2", resolution),
            a_paragraph("the planning officer writes to the applicant.", "(a)", clause),
            a_paragraph("For: 7 Against: 2 Russell Jones", None, vote),
        ), resolutions=(a_decision("That permission be refused", "14.2"),),
            people=(Person("Cllr Russell", RUSSELL), Person("Cllr Jones", JONES))),
        start=date(2021, 3, 2))
    scrutiny = a_meeting(
        "2",
        an_item("21", "Ynys Môn co-operation agreement",
                "Co-operation across Ynys Môn on cost-of-living support for 16- and 17-year-olds.",
                "A motion for more buses was lost.", resolutions=(a_decision("Buses", "p9", Outcome.LOST),)),
        an_item("22", "Bus services", "Bus services near the school; safeguarding on buses. The model of service.",
                paragraphs=(a_paragraph("RESOLVED: that the bus plan be adopted.", "5", resolution),
                            a_paragraph("Route | Cost / 12 | 1,200", None, ParagraphKind.TABLE))),
        committee="Children's Overview and Scrutiny Committee", start=date(2022, 5, 3))
    undated = a_meeting("3", an_item("31", "School model policy", "School places and schooling, schools, SCHOOL."),
                        committee="Planning Committee", start=date(2020, 1, 1))
    nowhen = Meeting(ids.meeting_id(COUNCIL, "4"), COUNCIL, None, None, None, items=(
        an_item("41", "Undated school paper", "Nothing is known of the day."),))
    again = a_meeting("5", an_item("12", "School places", number="78/22"), start=date(2022, 1, 4))
    other = Meeting(ids.meeting_id(OTHER, "1"), OTHER, Committee(ids.committee_id(OTHER, "1"), "Cabinet"), "Cabinet",
                    cabinet.start, items=(an_item("x", "School places in Otherton"),))
    other = Meeting(other.id, OTHER, other.committee, "Cabinet", other.start, items=tuple(
        type(item)(ids.item_id(OTHER, "1"), item.number, item.title) for item in other.items))
    return cabinet, scrutiny, undated, nowhen, again, other


def fill(engine: SearchEngine) -> None:
    topics = standard_topics()
    engine.reset("1")
    for group in (the_archive()[:2], the_archive()[2:], the_archive()[1:4]):
        with engine.batch() as batch:
            for meeting in group:
                assert meeting.id
                batch.put(meeting.id, project(meeting, topics))
    with engine.batch() as batch:
        batch.remove(MeetingId("ambleshire/meetings/nothing"))


def agreed(memory: SearchEngine, engine: SearchEngine, query: Query) -> Matches:
    expected, found = memory.search(query), engine.search(query)
    assert found.total == expected.total
    assert [(hit.id, pytest.approx(hit.score)) for hit in found.hits] == [(hit.id, hit.score) for hit in expected.hits]
    assert found.facets == expected.facets
    return found


LONG = " ".join(f"word{number}" for number in range(60))


def filled(engine: SearchEngine, *meetings: Meeting) -> SearchEngine:
    engine.reset("1")
    with engine.batch() as batch:
        for meeting in meetings:
            assert meeting.id
            batch.put(meeting.id, project(meeting, standard_topics()))
    return engine


def both(engine: SearchEngine, *meetings: Meeting) -> tuple[SearchEngine, SearchEngine]:
    return filled(MemoryEngine(), *meetings), filled(engine, *meetings)
