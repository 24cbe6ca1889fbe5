"""A search from its options to the answer of the contract, section 3; shared by the commands, the API and the site."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter
from typing import Any, Protocol

from archive.errors import IndexFailure, InputError
from archive.model import Committee, CouncilId, Item, ItemId, Meeting, MeetingId
from archive.overview import Titled
from archive.shapes import as_json
from index.akin import Glossary, OtherWords, Synonyms, glossary, standard_synonyms
from index.completion import MOST, USUAL, Completion, Suggestion
from index.compounds import Compounds
from index.correction import Correction, best, corrections
from index.dates import in_words
from index.directory import Directory
from index.engine import FACETS, Match, Searcher
from index.helping import Help, Holdings, helping, names_of_nobody
from index.kept import Kept
from index.labels import DAYS, MOST_VALUES, Facet, Labels, Names
from index.nearly import Widened, widened
from index.query import DAY, Query, Sort, filter_node, parse
from index.snippets import Mark, Snippet, Snippets
from index.suggestion import of_date, of_names, of_values, within
from index.topics import Topics, standard_topics
from index.tree import FIELDS, Field, Node, Since, Until, all_of, any_of, conditions, fields, unexpanded, with_fields
from index.vocabulary import Vocabulary
from index.wording import explanation

MOST_PER_PAGE = 100
MOST_PAGES = 10_000
MOST_NAMED = 40
FEW = 10
"""Items found up to which it is looked whether other words were meant. No word of a query that finds more is rare."""


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
    """An agenda item that was found, with its best paragraphs; `more` counts its other matching ones.

    `title_marks` are the words of its title to mark, `title_exact` those of them that stand as typed.
    """

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
    title_marks: tuple[Mark, ...] = ()
    title_exact: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Nearly:
    """The items that come nearest, where less than a page has all that was asked for; none of them does.

    They answer `query`, the suggestion, where nothing was found and that is sure (`index.correction`). Else `query` is
    `None`, and each has half of `words` or more, in its texts or as its committee's name or its day says them.
    """

    query: str | None
    words: tuple[str, ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer. `explanation` says how the query was read and what of it could not be; `took_ms` is milliseconds.

    `suggestion` is another query that the words may have meant; `help` says what would find something, when nothing was
    found; `nearly` has what comes nearest, when little was; `synonyms` whether other words were looked for too.
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
    help: Help | None = None
    nearly: Nearly | None = None
    synonyms: bool = False

    @property
    def cut(self) -> tuple[str, ...]:
        """The facets of which not every value is named."""
        return tuple(name for name, values in self.facets.items() if len(values) >= MOST_VALUES and name not in DAYS)

    def as_json(self) -> dict[str, Any]:
        """The shape of the contract, section 3."""
        plain = {name: getattr(self, name) for name in SearchResult.__slots__ if name != "synonyms"}
        facets = {name: as_json(facets) for name, facets in self.facets.items()}
        nearly = self.nearly and as_json(self.nearly) | {"hits": _as_json(self.nearly.hits)}
        return plain | {
            "hits": _as_json(self.hits), "facets": facets, "help": self.help and self.help.as_json(), "nearly": nearly}


class Archive(Names, Holdings, Protocol):
    """What a search asks of the store."""

    def items(self, identifiers: Sequence[ItemId]) -> dict[ItemId, tuple[Meeting, Item]]:
        """These items, each with its meeting."""

    def titles(self) -> tuple[Titled, ...]:
        """Every title that items have, each once."""


class Search:
    """`search(request)` answers from an engine and a store; `clock` counts seconds.

    `topics` and `synonyms` give the tables as they are now, each the same object until it changes.
    """

    def __init__(
        self,
        engine: Searcher,
        store: Archive,
        topics: Callable[[], Topics] = standard_topics,
        clock: Callable[[], float] = perf_counter,
        synonyms: Callable[[], Synonyms] = standard_synonyms,
    ) -> None:
        self._engine, self._store, self._topics, self._clock = engine, store, topics, clock
        self._akin = OtherWords(engine.acronyms, synonyms)
        self._compounds = Compounds(lambda tree: self._total(Query(tree)), engine.acronyms)
        self._labels = Labels(store, topics())
        self._vocabulary, self._completion = Kept(self._words), Kept(self._completed)
        self._directory = Kept(self._listed)

    def __call__(self, request: SearchRequest) -> SearchResult:
        """The answer. Raises `InputError` for an option that cannot be used, `IndexFailure` or `StoreError`."""
        started = self._clock()
        query = self.read(request)
        matches = self._engine.search(query)
        suggestion = self._suggestion(request, query, matches.total)
        labels = self._labelled()
        facets = {name: labels.facet(name, matches.facets.get(name, {}), getattr(request, name, ()))
                  for name in FACETS}
        nameless = names_of_nobody(query.whole, matches.total, lambda tree: self._total(Query(tree)))
        return SearchResult(
            query=request.query, explanation=explanation(_noting(query, nameless), labels), total=matches.total,
            page=request.page, per_page=request.per_page, suggestion=suggestion and suggestion.text,
            hits=self._hits(query, matches.hits), facets=facets,
            help=None if matches.total else helping(query, self._engine, labels, self._store),
            nearly=self._nearly(request, query, matches.total, suggestion),
            synonyms=unexpanded(query.tree) != query.tree, took_ms=round((self._clock() - started) * 1000, 1),
        )

    @property
    def topics(self) -> Topics:
        """The table of topics."""
        return self._topics()

    def prepare(self) -> None:
        """Reads what every search needs, and starts making what suggestions and names need, beside the first searches.

        Either takes a second or more where there is much. From now on all are made anew in the same way when they are
        old; a search of one command makes what it needs itself.
        """
        self.look()
        self._vocabulary.begin()
        self._completion.begin()
        self._directory.begin()

    def marked(self, text: str, members: Sequence[str], meeting: Meeting, item: Item) -> tuple[Snippet, ...]:
        """Every text of `item` that the query `text` finds or that names `members`, its title too, in printed order."""
        asked = self.read(SearchRequest(text, member=tuple(members)))
        return Snippets(asked.whole).every(item, meeting.attendance)

    def look(self) -> None:
        """Reads what every search needs of the last commit, if none has yet, and lets go of the files of those before.

        A server that nobody asks keeps files that were removed, and their room on the disk, until it looks.
        """
        with suppress(IndexFailure):    # each search says it then
            self._engine.search(Query(limit=1))

    def suggest(self, text: str, limit: int = USUAL) -> tuple[Suggestion, ...]:
        """What `text`, typed so far, may become. Raises `InputError`, `IndexFailure` or `StoreError`."""
        _check_range("limit", limit, MOST)
        completion = self._completion.get()
        return completion(text, limit) if completion else ()

    def read(self, request: SearchRequest) -> Query:
        """`request` as a query. Raises `InputError`."""
        _check_range("page", request.page, MOST_PAGES)
        _check_range("per_page", request.per_page, MOST_PER_PAGE)
        typed = parse(request.query)
        typed = replace(typed, tree=with_fields(typed.tree, self._meant))
        filters = {name: with_fields(chosen, self._meant) for name, chosen in _filters(request)}
        asked = Query(
            typed.tree, filters, typed.notes, request.sort, (request.page - 1) * request.per_page,
            request.per_page)
        for name, value, known in self._unknown(asked.filters.values()):
            raise InputError(f"{name} {value[:40]!r} is none of {known}.")
        unknown = (f"No {name} is called “{value[:40]}”; there are {known}."
                   for name, value, known in self._unknown((typed.tree,)))
        return replace(
            asked, notes=(*typed.notes, *unknown, *_impossible_days(asked.whole)),
            tree=self._expanded(typed.tree, asked.whole) if request.synonyms else typed.tree)

    def _expanded(self, typed: Node, within: Node) -> Node:
        """`typed` with other words for the same thing, and its words apart and together as the archive has them."""
        return self._compounds.expanded(self._akin.expanded(typed, within))

    def glossary(self, councils: Collection[str] = ()) -> Glossary:
        """The acronyms that the archive explains, or that these councils do. Raises `IndexFailure`."""
        found = self._engine.acronyms()
        return glossary({each: found[each] for each in found if not councils or each in councils})

    def _hits(self, query: Query, matches: Sequence[Match]) -> tuple[Hit, ...]:
        """`matches` of `query` with their paragraphs, but those that the store no longer has."""
        found = self._store.items([match.id for match in matches])
        snippets = Snippets(query.whole)
        return tuple(_hit(snippets, match, *found[match.id]) for match in matches if match.id in found)

    def _nearly(self, request: SearchRequest, query: Query, total: int, suggestion: Correction | None) -> Nearly | None:
        """What comes nearest, below all that was found, as many as make ten of them."""
        is_last = (request.page - 1) * request.per_page < max(total, 1) <= request.page * request.per_page
        if request.sort is not Sort.RELEVANCE or total >= FEW or not is_last:
            return None
        meant = suggestion if suggestion and suggestion.sure and not total else None
        found = Widened(self.read(replace(request, query=meant.text, page=1)), ()) if meant else widened(
            query, self._total, total)
        if not found:
            return None
        asked = replace(found.query, limit=FEW - total)
        hits = self._hits(asked, self._engine.search(asked).hits)
        return Nearly(meant.text if meant else None, found.words, hits) if hits else None

    def _suggestion(self, request: SearchRequest, query: Query, total: int) -> Correction | None:
        """What the text may have meant: the value of a filter, a date's days; where little was found, other words.

        Nothing found and no meeting on that date: the date all the same, since that there was none is the answer.
        """
        text, dated = request.query, of_date(request.query)
        if valued := of_values(text):
            return Correction(valued, sure=False)
        days = dated or (within(text) if DAY not in query.filters else None)
        if days and self._total_of(request, days):
            return Correction(days)
        if dated:
            return None if total else Correction(dated)
        names = () if total else of_names(text, unexpanded(query.tree), self._store.members(), self._store.committees())
        named = next((each for each in names if self._total_of(request, each)), None)
        if named:
            return Correction(named)
        return self._corrected(request, query, total) if total <= FEW else None

    def _corrected(self, request: SearchRequest, query: Query, total: int) -> Correction | None:
        """The text with its words spelt otherwise, where that finds more."""
        vocabulary = self._vocabulary.get(wait=not total)
        if not vocabulary:
            return None
        others = corrections(
            request.query, unexpanded(query.tree), vocabulary, lambda tree: self._total(Query(tree)), total)
        return best(((each, self._total_of(request, each.text)) for each in others), total)

    def _total_of(self, request: SearchRequest, text: str) -> int:
        """How many items the same request with another text finds."""
        return self._total(self.read(replace(request, query=text, page=1)))

    def _total(self, query: Query) -> int:
        return self._engine.search(replace(query, limit=0)).total

    def _labelled(self) -> Labels:
        """The labels of the topics there are now."""
        if self._labels.topics is not (topics := self.topics):
            self._labels = Labels(self._store, topics)
        return self._labels

    def _words(self, before: Vocabulary | None) -> Vocabulary:
        lexicon = self._engine.lexicon()
        if before and before.lexicon is lexicon:
            return before
        return Vocabulary(lexicon, self._engine.acronyms(), self._store.members(), self._store.committees(),
                          self.topics.labels.values())

    def _listed(self, before: Directory | None) -> Directory:
        members, committees = self._store.members(), self._store.committees()
        return before if before and before.lists(members, committees) else Directory(members, committees)

    def _completed(self, before: Completion | None) -> Completion:
        acronyms = self._engine.acronyms()
        if before and before.acronyms is acronyms:
            return before
        store, counts = self._store, self._engine.search(Query(limit=1)).facets
        return Completion(
            store.members(), store.committees(), self.topics.labels, acronyms, store.titles(),
            lambda asked: counts.get(asked.name, {}).get(asked.value) or self._total(Query(asked)),
            lambda text, limit: self._engine.search(
                replace(self.read(SearchRequest(text, sort=Sort.NEWEST)), limit=limit)))

    def _meant(self, typed: Field) -> Field:
        """A topic that was typed by its label, or a part of it, by its identifier; a name with all who have it."""
        if typed.name == "topic":
            return Field("topic", self.topics.meant(typed.value) or typed.value)
        directory = self._directory.get() if typed.name in ("member", "committee") else None
        return directory.meant(typed) if directory else typed

    def _unknown(self, trees: Iterable[Node]) -> Iterator[tuple[str, str, str]]:
        """The topics and councils in `trees` that are none: filter, value, and which there are."""
        typed = dict.fromkeys(each for tree in trees for each in fields(tree))
        topics = self.topics
        known: dict[str, Collection[str]] = {"topic": topics.labels}
        if any(each.name == "council" for each in typed):
            known["council"] = [each.id for each in self._store.councils()]
        for each in typed:
            values = known.get(each.name)
            if values and each.value not in values:
                yield each.name, each.value, _some(topics.first if each.name == "topic" else values)


def _some(values: Collection[str]) -> str:
    """`values` as a list, the first of them when they are many."""
    more = len(values) - MOST_NAMED
    return ", ".join([*values][:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _noting(query: Query, notes: Iterable[str]) -> Query:
    return replace(query, notes=(*query.notes, *notes))


def _impossible_days(tree: Node) -> Iterator[str]:
    """A sentence when no day is in all the spans that `tree` asks for."""
    first = max((part.day for part in conditions(tree) if isinstance(part, Since)), default=date.min)
    last = min((part.day for part in conditions(tree) if isinstance(part, Until)), default=date.max)
    if first > last:
        yield f"No day is both since {in_words(first)} and until {in_words(last)}: from is later than to."


def _as_json(hits: Iterable[Hit]) -> list[dict[str, Any]]:
    return [as_json(hit) | {"date": hit.date.isoformat() if hit.date else None} for hit in hits]


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
    title_marks, title_exact = snippets.marks(item.title)
    return Hit(
        item=match.id, meeting=meeting.id, council=meeting.council, committee=meeting.committee,
        date=meeting.start.date() if meeting.start else None, number=item.number, title=item.title,
        url=item.url or meeting.url, score=round(match.score, 4), more=best.more, paragraphs=best.paragraphs,
        title_marks=title_marks, title_exact=title_exact,
    )
