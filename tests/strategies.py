"""Any value of the model, for properties that must hold for all of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from archive import ids
from archive.model import (
    LONDON,
    Attendance,
    Clause,
    Committee,
    CouncilId,
    Document,
    Item,
    Meeting,
    MinutesStatus,
    Paragraph,
    Person,
    Resolution,
    Vote,
    VoteNames,
)

COUNCIL = CouncilId("ambleshire")
texts = st.text(max_size=40)
local = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,8}", fullmatch=True)


def tuples(of: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=most).map(tuple)


def maybe(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | of


# Every instant that London's clocks show: the hour that comes twice, double summer time, local mean time.
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
instants = st.integers(-8_500_000_000, 7_250_000_000).map(lambda seconds: EPOCH + timedelta(seconds=seconds))
instants |= st.sampled_from(
    [datetime(2021, 10, 31, 0, 30, tzinfo=UTC), datetime(2021, 10, 31, 1, 30, tzinfo=UTC),
     datetime(1941, 6, 1, 12, tzinfo=UTC), EPOCH, datetime(1847, 11, 30, tzinfo=UTC)]
)
starts = instants.map(lambda instant: instant.astimezone(LONDON))
members = maybe(local.map(lambda name: ids.member_id(COUNCIL, name)))
clauses = st.recursive(
    st.builds(Clause, maybe(texts), texts), lambda inner: st.builds(Clause, maybe(texts), texts, tuples(inner))
)
numbers = maybe(st.integers(0, 500))
votes = st.builds(
    Vote, numbers, numbers, numbers, st.builds(VoteNames, tuples(texts), tuples(texts), tuples(texts))
)
resolutions = st.builds(Resolution, clauses=tuples(clauses), vote=maybe(votes))
documents = st.builds(Document, id=maybe(local.map(lambda name: ids.document_id(COUNCIL, name))))
items = st.builds(
    Item,
    id=local.map(lambda name: ids.item_id(COUNCIL, name)),
    agenda=tuples(texts),
    paragraphs=tuples(st.builds(Paragraph)),
    resolutions=tuples(resolutions),
    documents=tuples(documents),
    people=tuples(st.builds(Person, texts, members)),
)
committees = st.builds(Committee, maybe(local.map(lambda name: ids.committee_id(COUNCIL, name))), texts)
meetings = st.builds(
    Meeting,
    id=local.map(lambda name: ids.meeting_id(COUNCIL, name)),
    council=st.just(COUNCIL),
    committee=maybe(committees),
    start=maybe(starts),
    minutes=st.sampled_from(MinutesStatus),
    attendance=tuples(st.builds(Attendance, member=members)),
    items=tuples(items),
    documents=tuples(documents),
)
