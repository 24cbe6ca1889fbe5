"""Our execution finds in a Whoosh index what Whoosh's own searcher finds there, for all that Whoosh can be asked.

The same files are opened with a schema that says how our positions are stored, so that Whoosh's spans, which are its
phrases, can read them too. Filters, scores and facets are of our own columns: Whoosh knows nothing of them.
"""
# mypy: allow-subclassing-any

from array import array
from collections.abc import Callable, Iterator
from functools import reduce
from itertools import pairwise
from random import Random

import pytest
from build import a_meeting, a_paragraph, an_item
from engines import LONG
from hypothesis import given
from hypothesis import strategies as st
from whoosh import formats, index, query
from whoosh.fields import COLUMN, ID, FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.query import spans
from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from archive.model import Item, Meeting, ParagraphKind
from index.analysis import Pattern
from index.passages import Scope
from index.places import patterns
from index.project import project
from index.query import Query
from index.topics import standard_topics
from index.tree import And, Near, Node, Not, Or, Phrase, Prefix, Word
from index.whoosh_engine import WhooshEngine
from index.whoosh_files import MEETING, ROW, SOURCE
from index.whoosh_postings import WhooshPostings

WORDS = (
    "school", "schools", "schooling", "bus", "buses", "plan", "planning", "planner", "the", "of", "places", "council",
    "co-operation", "cooperation", "18/00335/FUL", "335", "S106", "Section 106", "Môn", "mon", "£1.2m", "councillor",
)
Asked = Callable[[Node], set[str]]


class _Positions(formats.Format):
    def decode_positions(self, stored: bytes) -> list[int]:
        return array("I", stored).tolist()


class _Field(FieldType):
    def __init__(self) -> None:
        super().__init__(_Positions(), analyzer=None)


class _Near(spans.SpanNear):
    """Whoosh's own, with the estimates without which it cannot stand in an `And`."""

    def estimate_size(self, reader: IndexReader) -> int:
        return int(self.q.estimate_size(reader))

    def estimate_min_size(self, reader: IndexReader) -> int:
        return int(self.q.estimate_min_size(reader))


SCHEMA = Schema(**{scope.value: _Field() for scope in Scope}, **{MEETING: ID(), ROW: COLUMN(), SOURCE: COLUMN()})


def the_meetings(seed: int) -> Iterator[Meeting]:
    """Twenty meetings whose items, each with words of its own, say little but `WORDS` in any order."""
    random = Random(seed)

    def a_text() -> str:
        return " ".join(random.choices((*WORDS, "filler", "more", LONG[:20]), k=random.randint(1, 9)))

    def item(number: int) -> Item:
        kinds = random.choices((ParagraphKind.NARRATIVE, ParagraphKind.RESOLUTION, ParagraphKind.VOTE), k=3)
        return an_item(str(number), f"own{number} {a_text()}", agenda=(a_text(),), paragraphs=tuple(
            a_paragraph(a_text(), random.choice((None, "4.2", "335")), kind) for kind in kinds[:random.randint(0, 3)]))

    for number in range(20):
        yield a_meeting(str(number), *(item(number * 10 + at) for at in range(random.randint(0, 6))))


def filled(engine: WhooshEngine) -> WhooshEngine:
    """Several segments, in which there are deleted rows."""
    topics = standard_topics()
    engine.reset("1")
    first, second = [*the_meetings(1)], [*the_meetings(2)]
    for group in (first[:9], first[9:], second[5:8]):
        with engine.batch() as batch:
            for meeting in group:
                assert meeting.id
                batch.put(meeting.id, project(meeting, topics))
    with engine.batch() as batch:
        assert first[3].id
        batch.remove(first[3].id)
    return engine


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Asked, Asked]]:
    folder = tmp_path_factory.mktemp("index")
    engine = filled(WhooshEngine(folder))
    reader = index.FileIndex(FileStorage(str(folder)), schema=SCHEMA).reader()
    postings = WhooshPostings(reader, 1)
    identifiers = {number: row.id for number, row in postings.numbered(postings.rows({})).items()}
    searcher = Searcher(reader)
    assert len(identifiers) > 40
    assert reader.has_deletions()

    def ours(tree: Node) -> set[str]:
        found = engine.search(Query(tree, limit=1000))
        assert found.total == len(found.hits)
        return {hit.id for hit in found.hits}

    def whooshs(tree: Node) -> set[str]:
        return {identifiers[number] for number in searcher.docs_for_query(asked(tree))}

    yield ours, whooshs
    engine.close()
    searcher.close()


def asked(tree: Node) -> query.Query:
    """`tree` as a query of Whoosh's."""
    match tree:
        case And(parts):
            return query.And([asked(part) for part in parts])
        case Or(parts):
            return query.Or([asked(part) for part in parts])
        case Not(part):
            return query.And([query.Every(), query.Not(asked(part))])
        case Near(left, right, distance):
            return query.Or([_Near(in_scope(left, scope), in_scope(right, scope), distance, ordered=False)
                             for scope in Scope])
    return query.Or([in_scope(tree, scope) for scope in Scope])


def in_scope(leaf: Node, scope: Scope) -> query.Query:
    assert isinstance(leaf, Word | Phrase | Prefix)
    if isinstance(leaf, Phrase) and leaf.text.replace(" ", "").isalpha():
        return query.Phrase(scope.value, [slot.term for pattern in patterns(leaf) for slot in pattern.slots])
    return query.Or([in_order(pattern, scope) for pattern in patterns(leaf)])


def in_order(pattern: Pattern, scope: Scope) -> query.Query:
    """The terms of a pattern at their distances: Whoosh's own `Phrase` is made of the same spans."""
    terms = [(query.Prefix if slot.prefix else query.Term)(scope.value, slot.term) for slot in pattern.slots]
    steps = [later.at - slot.at for slot, later in pairwise(pattern.slots)]
    following = zip(terms[1:], steps, strict=True)
    return reduce(lambda so_far, then: _Near(so_far, then[0], then[1], mindist=then[1]), following, terms[0])


words = st.sampled_from((*WORDS, "nowhere", "own31", "4.2"))
phrases = st.lists(words, min_size=1, max_size=3).map(" ".join).map(Phrase)
prefixes = st.sampled_from(["scho", "plan", "b", "co", "18/00335/F", "own1", "zzz"]).map(Prefix)
simple = words.map(Word) | phrases | prefixes
plain = st.sampled_from(["school", "bus", "the", "places", "council", "335"]).map(Word)
near = st.builds(Near, plain, plain, st.integers(1, 9))
trees = st.recursive(simple | near, lambda inner: st.one_of(
    st.lists(inner, min_size=2, max_size=3).map(tuple).map(And),
    st.lists(inner, min_size=2, max_size=3).map(tuple).map(Or), inner.map(Not)), max_leaves=6)


@pytest.mark.parametrize("word", WORDS)
def test_the_words_of_the_archive_are_found_by_both(both: tuple[Asked, Asked], word: str) -> None:
    ours, whooshs = both
    assert ours(Word(word)) == whooshs(Word(word)) != set()
    assert ours(Phrase(word)) == whooshs(Phrase(word)) != set()


@given(leaf=simple | near)
def test_words_phrases_beginnings_and_near_find_what_whoosh_finds(both: tuple[Asked, Asked], leaf: Node) -> None:
    ours, whooshs = both
    assert ours(leaf) == whooshs(leaf)


@given(tree=trees)
def test_trees_of_them_find_what_whoosh_finds(both: tuple[Asked, Asked], tree: Node) -> None:
    ours, whooshs = both
    assert ours(tree) == whooshs(tree)
