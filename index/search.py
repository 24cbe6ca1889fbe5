"""A search from its options to the answer of the contract, section 3; shared by the commands, the API and the site."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter
from typing import Any, Protocol

from archive.errors import InputError
from archive.model import Action, Committee, Council, CouncilId, Item, ItemId, Meeting, MeetingId, Member
from archive.shapes import as_json
from index.akin import Glossary, OtherWords, Synonyms, glossary
from index.dates import in_words
from index.engine import FACETS, Match, Searcher
from index.naming import is_identifier
from index.passages import Scope
from index.query import Query, Sort, filter_node, parse
from index.snippets import Snippet, Snippets
from index.suggestion import of_date, of_names
from index.topics import Topics, standard_topics
from index.tree import FIELDS, Node, Since, Until, all_of, any_of, conditions, fields, unexpanded
from index.wording import explanation

MOST_PER_PAGE = 100
MOST_PAGES = 10_000
MOST_NAMED = 40
MOST_VALUES = 100
"""Values named of one facet, those most found."""

_KINDS: Mapping[str, str] = {Scope.TITLE: "Titles", Scope.RESOLUTION: "Decisions", Scope.NARRATIVE: "Discussion",
                              Scope.VOTE: "Recorded votes", Scope.TABLE: "Tables", Scope.AGENDA: "Agenda papers"}

_ACTIONS: Mapping[str, str] = {action: "Decided otherwise" if action is Action.OTHER else action.value.capitalize()
                               for action in Action}


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is asked: text in the query language, and filters whose values are alternatives of each other.

    With `synonyms` other words for the same thing are looked for too.
    """

    query: str = ""
    council: tuple[str, ...] = ()
    committee: tuple[str, ...] = ()
    member: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    action: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = 20
    synonyms: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """An agenda item that was found, with its best paragraphs; `more` counts its other matching ones."""

    item: ItemId
    meeting: MeetingId | None
    council: CouncilId | None
    committee: Committee | None
    date: date | None
    number: str | None
    title: str
    url: str | None
    score: float
    more: int
    paragraphs: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """How many items a value of a filter would find."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer. `explanation` says how the query was read and what of it could not be; `took_ms` is milliseconds.

    `suggestion` is another query that the words may have meant; `synonyms` whether other words were looked for too.
    """

    query: str
    explanation: str
    total: int
    page: int
    per_page: int
    took_ms: float
    suggestion: str | None
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[Facet, ...]]
    synonyms: bool = False

    def as_json(self) -> dict[str, Any]:
        """The shape of the contract, section 3."""
        plain = {name: getattr(self, name) for name in SearchResult.__slots__ if name != "synonyms"}
        hits = [as_json(hit) | {"date": hit.date.isoformat() if hit.date else None} for hit in self.hits]
        return plain | {"hits": hits, "facets": {name: as_json(facets) for name, facets in self.facets.items()}}


class Archive(Protocol):
    """What a search asks of the store."""

    def items(self, identifiers: Sequence[ItemId]) -> dict[ItemId, tuple[Meeting, Item]]:
        """These items, each with its meeting."""

    def councils(self) -> tuple[Council, ...]:
        """All councils."""

    def committees(self) -> tuple[Committee, ...]:
        """All committees."""

    def members(self) -> tuple[Member, ...]:
        """All members."""


class Search:
    """`search(request)` answers from an engine and a store; `clock` counts seconds."""

    def __init__(
        self,
        engine: Searcher,
        store: Archive,
        topics: Topics | None = None,
        clock: Callable[[], float] = perf_counter,
        synonyms: Synonyms | None = None,
    ) -> None:
        self._engine, self._store, self._clock = engine, store, clock
        self._topics = topics or standard_topics()
        self._akin = OtherWords(engine.acronyms, synonyms)
        self._labels = _Labels(store, self._topics)

    def __call__(self, request: SearchRequest) -> SearchResult:
        """The answer. Raises `InputError` for an option that cannot be used, `IndexFailure` or `StoreError`."""
        started = self._clock()
        query = self.read(request)
        matches = self._engine.search(query)
        found = self._store.items([match.id for match in matches.hits])
        known = [match for match in matches.hits if match.id in found]
        snippets = Snippets(query.whole)
        hits = tuple(_hit(snippets, match, *found[match.id]) for match in known)
        facets = {name: self._facet(name, matches.facets.get(name, {}), getattr(request, name, ())) for name in FACETS}
        return SearchResult(
            query=request.query, explanation=explanation(query, self._labels), total=matches.total, page=request.page,
            per_page=request.per_page, took_ms=round((self._clock() - started) * 1000, 1),
            suggestion=self._suggestion(request.query, query, matches.total), hits=hits, facets=facets,
            synonyms=unexpanded(query.tree) != query.tree,
        )

    def read(self, request: SearchRequest) -> Query:
        """`request` as a query. Raises `InputError`."""
        _check_range("page", request.page, MOST_PAGES)
        _check_range("per_page", request.per_page, MOST_PER_PAGE)
        typed = parse(request.query)
        asked = Query(
            typed.tree, dict(_filters(request)), typed.notes, request.sort, (request.page - 1) * request.per_page,
            request.per_page)
        for name, value, known in self._unknown(asked.filters.values()):
            raise InputError(f"{name} {value[:40]!r} is none of {known}.")
        unknown = (f"No {name} is called “{value[:40]}”; there are {known}."
                   for name, value, known in self._unknown((typed.tree,)))
        return replace(
            asked, notes=(*typed.notes, *unknown, *_impossible_days(asked.whole)),
            tree=self._akin.expanded(typed.tree, asked.whole) if request.synonyms else typed.tree)

    def glossary(self) -> Glossary:
        """The acronyms that the archive explains. Raises `IndexFailure`."""
        return glossary(self._engine.acronyms())

    def _suggestion(self, text: str, query: Query, total: int) -> str | None:
        """What `text` may have meant and what finds something: the days of a date; when nothing was found, a name.

        Nothing found and no meeting on that date: the date all the same, since that there was none is the answer.
        """
        dated = of_date(text)
        meant = [dated] if dated else []
        if not total and not dated:
            meant += of_names(text, unexpanded(query.tree), self._store.members(), self._store.committees())
        asked = ((each, Query(parse(each).tree, query.filters, limit=1)) for each in meant)
        return next((each for each, other in asked if self._engine.search(other).total), None if total else dated)

    def _unknown(self, trees: Iterable[Node]) -> Iterator[tuple[str, str, str]]:
        """The topics and councils in `trees` that are none: filter, value, and which there are."""
        typed = dict.fromkeys(each for tree in trees for each in fields(tree))
        known: dict[str, Collection[str]] = {"topic": self._topics.labels}
        if any(each.name == "council" for each in typed):
            known["council"] = [each.id for each in self._store.councils()]
        for each in typed:
            values = known.get(each.name)
            if values and each.value not in values:
                yield each.name, each.value, _some(values)

    def _facet(self, name: str, counts: Mapping[str, int], chosen: Sequence[str]) -> tuple[Facet, ...]:
        values = [Facet(value, self._labels(name, value), count) for value, count in counts.items()]
        if name in ("year", "month"):
            return tuple(sorted(values, key=lambda facet: facet.value, reverse=True))
        values.sort(key=lambda facet: (-facet.count, facet.label, facet.value))
        return tuple(facet for at, facet in enumerate(values) if at < MOST_VALUES or facet.value in chosen)


class _Labels:
    """What people call a facet's value. Names are read again when one is missing: a crawl may have brought it since."""

    def __init__(self, store: Archive, topics: Topics) -> None:
        self._store = store
        self._fixed: dict[str, str] = {**topics.labels, **_KINDS, **_ACTIONS}
        self._names: dict[str, str] = {}

    def __call__(self, name: str, value: str) -> str:
        if name == "month":
            return f"{date.fromisoformat(value + '-01'):%B %Y}"
        if name in ("topic", "kind", "action", "year"):
            return self._fixed.get(value, value)
        if name != "council" and not is_identifier(value):
            return value
        if value not in self._names:
            self._names |= self._read()
            self._names.setdefault(value, value)
        return self._names[value]

    def _read(self) -> dict[str, str]:
        listed: Iterable[Council | Committee | Member] = (
            *self._store.councils(), *self._store.committees(), *self._store.members())
        return {each.id: each.name for each in listed if each.id}


def _some(values: Collection[str]) -> str:
    """`values` as a list, the first of them when they are many."""
    more = len(values) - MOST_NAMED
    return ", ".join([*values][:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _impossible_days(tree: Node) -> Iterator[str]:
    """A sentence when no day is in all the spans that `tree` asks for."""
    first = max((part.day for part in conditions(tree) if isinstance(part, Since)), default=date.min)
    last = min((part.day for part in conditions(tree) if isinstance(part, Until)), default=date.max)
    if first > last:
        yield f"No day is both since {in_words(first)} and until {in_words(last)}: from is later than to."


def _filters(request: SearchRequest) -> Iterable[tuple[str, Node]]:
    """What is chosen of each facet: values are alternatives, and days are a choice of years."""
    for name in FIELDS:
        values = getattr(request, name)
        if values:
            yield name, any_of(_filter(name, value) for value in values)
    days = [_filter(name, day) for name, day in (("from", request.since), ("to", request.until)) if day]
    if days:
        yield "year", all_of(days)


def _filter(name: str, value: str) -> Node:
    made = filter_node(name, value)
    if isinstance(made, str):
        raise InputError(made)
    return made


def _check_range(name: str, value: int, most: int) -> None:
    if not 1 <= value <= most:
        raise InputError(f"{name}: {value} is not a whole number from 1 to {most:,}.")


def _hit(snippets: Snippets, match: Match, meeting: Meeting, item: Item) -> Hit:
    best = snippets.of(item, meeting.attendance)
    return Hit(
        item=match.id, meeting=meeting.id, council=meeting.council, committee=meeting.committee,
        date=meeting.start.date() if meeting.start else None, number=item.number, title=item.title,
        url=item.url or meeting.url, score=round(match.score, 4), more=best.more, paragraphs=best.paragraphs,
    )
