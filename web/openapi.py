"""The OpenAPI 3.1 description of the API, written by hand and tested against real answers."""

from collections.abc import Iterator
from typing import Any

from archive.differences import Change
from archive.ids import COLLECTIONS
from archive.model import (
    PREVIOUS,
    Action,
    AttendanceStatus,
    InterestKind,
    MeetingStatus,
    MinutesStatus,
    MovementKind,
    Outcome,
    ParagraphKind,
)
from index.completion import MOST, USUAL
from index.completion import Sort as SuggestionKind
from index.engine import FACETS
from index.labels import MOST_VALUES
from index.passages import AGENDA, DOCUMENT, SCOPES
from index.query import Sort
from index.search import MOST_PAGES, MOST_PER_PAGE
from web.history import VERSIONED

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_NUMBER: Schema = {"type": "integer"}
_NUMBER_OR_NULL: Schema = {"type": ["integer", "null"]}
_FLAG: Schema = {"type": "boolean"}
_FLAG_OR_NULL: Schema = {"type": ["boolean", "null"]}
_DAY_OR_NULL: Schema = {"type": ["string", "null"], "format": "date"}
_INSTANT: Schema = {"type": "string", "format": "date-time", "description": "When the council’s site showed it so"}
_SINCE: Schema = {
    "type": "string", "format": "date", "description": "Since when the council no longer publishes it; else not there"}
_TIME: Schema = {
    "type": ["string", "null"], "format": "date-time", "description": "Europe/London; midnight: no time printed"}


def description(address: str) -> Schema:
    """The whole document; `address` is where the site is."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Minutebook", "version": "1",
            "description": "What councils decided, when, in which words and who said what. Read only, no key. "
                           "Unknown is null or an empty list, never a guess."},
        "servers": [{"url": address}],
        "paths": {path: {"get": operation} for path, operation in _operations()},
        "components": {"schemas": _schemas()},
    }


def _operations() -> Iterator[tuple[str, Schema]]:
    yield "/api/v1/search", _search()
    yield "/api/v1/glossary", _glossary()
    yield "/api/v1/suggest", _suggest()
    for each in COLLECTIONS:
        yield f"/api/v1/{each}/{{council}}/{each}/{{local}}", _one(each)
    for each in VERSIONED:
        yield f"/api/v1/{each}/{{council}}/{each}/{{local}}/versions", _versions(each)
        yield f"/api/v1/{each}/{{council}}/{each}/{{local}}/versions/{{number}}", _version(each)


def _search() -> Schema:
    return {
        "operationId": "search", "summary": "Agenda items with their best paragraphs",
        "parameters": [
            _option("q", _TEXT, "The query, in the site's language; any text is one."),
            *(_option(name, {"type": "array", "items": _TEXT}, f"Only this {name}; may be given several times.")
              for name in ("council", "committee", "member", "topic")),
            _option("kind", {"type": "array", "items": {"enum": [*SCOPES]}},
                    "Only words that stand there. A clause counts as a resolution, a heading as narrative."),
            _option("action", {"type": "array", "items": _one_of(Action)}, "Only items with a decision that did this."),
            *(_option(name, _TEXT, "A year, a month or a day: 2021, 2021-05, 2021-05-03.") for name in ("from", "to")),
            _option("sort", {"enum": [*Sort], "default": Sort.RELEVANCE}, "The order of the hits."),
            _option("page", {"type": "integer", "minimum": 1, "maximum": MOST_PAGES, "default": 1},
                    "Which page of them."),
            _option("per_page", {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": 20},
                    "How many hits a page has."),
            _option("synonyms", {"enum": ["on", "off"], "default": "on"},
                    "Whether other words for the same thing are found too, below the words as typed."),
        ],
        "responses": {"200": _answer("What was found", "SearchResult"), "400": _answer("What is wrong", "Problem")},
    }


def _suggest() -> Schema:
    return {
        "operationId": "suggest", "summary": "What a search that is being typed may become",
        "parameters": [
            _option("q", _TEXT, "What was typed so far."),
            _option("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}, "How many at most."),
        ],
        "responses": {"200": _answer("Names, topics, acronyms, titles and values of filters", "Suggestions"),
                      "400": _answer("What is wrong", "Problem")},
    }


def _glossary() -> Schema:
    return {
        "operationId": "glossary", "summary": "Short forms, and what the archive says they stand for",
        "parameters": [_option("council", {"type": "array", "items": _TEXT}, "Only this council; may be several.")],
        "responses": {"200": _answer("By council, those that explain any", "Glossary"),
                      "400": _answer("What is wrong", "Problem")},
    }


def _one(collection: str) -> Schema:
    noun = collection.removesuffix("s")
    shape = "ItemAlone" if noun == "item" else noun.capitalize()
    return {
        "operationId": noun, "summary": f"One {noun} by its identifier",
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": _TEXT} for name in ("council", "local")],
        "responses": {"200": _answer(f"The {noun}", shape), "404": _answer("Nothing has this identifier", "Problem")},
    }


def _versions(collection: str) -> Schema:
    noun = collection.removesuffix("s")
    return _one(collection) | {
        "operationId": f"{noun}_versions", "summary": f"How one {noun} changed, and when",
        "responses": {"200": _answer("Its versions, oldest first", "Versions"),
                      "404": _answer("Nothing has this identifier", "Problem")}}


def _version(collection: str) -> Schema:
    one = _one(collection)
    number = {"name": "number", "in": "path", "required": True, "schema": _NUMBER,
              "description": "of the version of the meeting, from 1"}
    return one | {"operationId": f"{one['operationId']}_version", "summary": f"One {one['operationId']} as it was then",
                  "parameters": [*one["parameters"], number]}


def _option(name: str, schema: Schema, said: str) -> Schema:
    return {"name": name, "in": "query", "schema": schema, "description": said}


def _answer(said: str, shape: str) -> Schema:
    return {"description": said, "content": {"application/json": {"schema": _ref(shape)}}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _object(**properties: Schema) -> Schema:
    """An object that has all of `properties` and no others."""
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def _withdrawable(**properties: Schema) -> Schema:
    """The same, of what a council may publish no more."""
    return _also(_object(**properties), unpublished=_SINCE)


def _also(shape: Schema, **optional: Schema) -> Schema:
    """An object that may have more: keys that are not there while they would be null or empty."""
    return shape | {"properties": shape["properties"] | optional}


def _or_null(shape: Schema) -> Schema:
    return {"anyOf": [shape, {"type": "null"}]}


def _one_of(words: Any) -> Schema:
    return {"type": "string", "enum": [*words]}


def _schemas() -> dict[str, Schema]:
    return {"Problem": _object(error=_TEXT), **_archive_shapes(), **_search_shapes()}


def _archive_shapes() -> dict[str, Schema]:
    item = {
        "id": _TEXT, "number": _TEXT_OR_NULL, "title": _TEXT, "procedural": _FLAG, "restricted": _FLAG,
        "url": _TEXT_OR_NULL, "agenda": _list(_TEXT), "paragraphs": _list(_ref("Paragraph")),
        "resolutions": _list(_ref("Resolution")), "documents": _list(_ref("Document")), "people": _list(_ref("Person"))}
    head = {
        "id": _TEXT, "council": _TEXT_OR_NULL, "committee": _or_null(_ref("Committee")), "title": _TEXT_OR_NULL,
        "start": _TIME, "status": _or_null(_one_of(MeetingStatus)), "minutes": _one_of(MinutesStatus)}
    acts = {
        "declarations": _list(_ref("Declaration")), "movements": _list(_ref("Movement")),
        "approves": _list(_TEXT) | {"description": f"the days whose minutes it approves, or `{PREVIOUS}`: the last"}}
    names = _object(**{"for": _list(_TEXT), "against": _list(_TEXT), "abstain": _list(_TEXT)})
    return {
        "Meeting": _also(
            _withdrawable(**head, venue=_TEXT_OR_NULL, url=_TEXT_OR_NULL, attendance=_list(_ref("Attendance")),
                          items=_list(_ref("Item")), documents=_list(_ref("Document"))), approved=_ref("Approval")),
        "Approval": _object(meeting=_TEXT, item=_TEXT, start=_TIME) | {
            "description": "the later meeting that approved the minutes, and its item by which it did"},
        "MeetingHead": _withdrawable(**head, url=_TEXT_OR_NULL),
        "Item": _also(_withdrawable(**item), **acts),
        "ItemAlone": _also(_withdrawable(**item, meeting=_ref("MeetingHead")), **acts, topics=_list(_ref("Topic"))),
        "Topic": _object(id=_TEXT, label=_TEXT, words=_list(_TEXT)) | {
            "description": "what the item is about, what is above it first, and the words of the table that caused it"},
        "Paragraph": _object(anchor=_TEXT, number=_TEXT_OR_NULL, kind=_one_of(ParagraphKind), text=_TEXT,
                             speaker=_TEXT_OR_NULL | {"description": "the one person by name whose words it reports"}),
        "Declaration": _object(
            name=_TEXT, member=_TEXT_OR_NULL, kind=_or_null(_one_of(InterestKind)),
            matter=_TEXT_OR_NULL | {"description": "the number of the agenda item that it concerns, as printed"},
            anchor=_TEXT),
        "Movement": _object(name=_TEXT, member=_TEXT_OR_NULL, kind=_one_of(MovementKind), anchor=_TEXT),
        "Resolution": _object(
            anchor=_TEXT, number=_TEXT_OR_NULL, action=_one_of(Action), lead=_TEXT_OR_NULL,
            clauses=_list(_ref("Clause")), text=_TEXT, mover=_TEXT_OR_NULL, seconder=_TEXT_OR_NULL,
            outcome=_or_null(_one_of(Outcome)), unanimous=_FLAG_OR_NULL, vote=_or_null(_ref("Vote"))),
        "Clause": _object(label=_TEXT_OR_NULL, text=_TEXT, clauses=_list(_ref("Clause"))),
        "Vote": _object(
            **{"for": _NUMBER_OR_NULL, "against": _NUMBER_OR_NULL, "abstain": _NUMBER_OR_NULL}, names=names),
        "Attendance": _object(
            name=_TEXT, role=_TEXT_OR_NULL, status=_one_of(AttendanceStatus), member=_TEXT_OR_NULL),
        "Person": _object(name=_TEXT, member=_TEXT_OR_NULL),
        "Member": _also(
            _object(id=_TEXT, name=_TEXT, party=_TEXT_OR_NULL, ward=_TEXT_OR_NULL, url=_TEXT_OR_NULL),
            terms=_list(_ref("Term"))),
        "Term": _object(start=_DAY_OR_NULL, end=_DAY_OR_NULL),
        "Committee": _object(id=_TEXT_OR_NULL, name=_TEXT),
        "Versions": _object(id=_TEXT, versions=_list(_ref("Version"))),
        "Version": _object(number=_NUMBER, seen=_INSTANT, last=_INSTANT, parser=_TEXT,
                           differences=_list(_ref("Difference"))),
        "Difference": _object(
            kind=_TEXT, change=_one_of(Change), item=_TEXT_OR_NULL, title=_TEXT_OR_NULL, anchor=_TEXT_OR_NULL,
            old=_TEXT_OR_NULL, new=_TEXT_OR_NULL),
        "Document": _also(
            _withdrawable(id=_TEXT_OR_NULL, title=_TEXT, url=_TEXT_OR_NULL, kind=_TEXT_OR_NULL, restricted=_FLAG),
            needs_ocr=_FLAG, pages=_list(_object(number=_NUMBER, text=_TEXT))),
    }


def _search_shapes() -> dict[str, Schema]:
    mark = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
    facet = _list(_ref("FacetValue"))
    return {
        "SearchResult": _object(
            query=_TEXT, explanation=_TEXT, total=_NUMBER, page=_NUMBER, per_page=_NUMBER, took_ms={"type": "number"},
            suggestion=_TEXT_OR_NULL, hits=_list(_ref("Hit")),
            facets=_object(**dict.fromkeys(FACETS, facet)) | {
                "description": f"the {MOST_VALUES} values most found and those chosen; of years and months all"},
            help=_or_null(_ref("Help")) | {"description": "what would find something, when nothing was found"},
            nearly=_or_null(_ref("Nearly")) | {
                "description": "below fewer than ten hits by relevance, on the last page: what comes nearest"}),
        "Nearly": _object(
            query=_TEXT_OR_NULL | {"description": "the suggestion, where nothing was found and these answer it"},
            words=_list(_TEXT) | {"description": "of which each has half or more, its committee and day included"},
            hits=_list(_ref("Hit")) | {"description": "none that has all; not in total nor in facets"}),
        "Help": _object(
            without=_list(_ref("OtherQuery")) | {"description": "the query without some of its words"},
            any_word=_or_null(_ref("OtherQuery")) | {"description": "the query for any one of its words"},
            years=facet | {"description": "where the query limits days: how many hits the rest has in each year"},
            committees=facet | {"description": "where it limits committees: of which others the rest has hits"},
            held=_object(
                committees=_list(_TEXT), since=_DAY_OR_NULL, until=_DAY_OR_NULL,
                meetings=_NUMBER | {"description": "with minutes, of these committees (of all, when none) and days"},
                first=_DAY_OR_NULL, last=_DAY_OR_NULL)),
        "OtherQuery": _object(words=_TEXT, query=_TEXT, total=_NUMBER),
        "Suggestions": _object(query=_TEXT, suggestions=_list(_ref("Suggestion"))),
        "Suggestion": _also(
            _object(kind=_one_of(SuggestionKind), label=_TEXT, value=_TEXT,
                    query=_TEXT | {"description": "what to put into the search box"}),
            url=_TEXT | {"description": "the path of its page on this site"}),
        "Hit": _object(
            item=_TEXT, meeting=_TEXT_OR_NULL, council=_TEXT_OR_NULL, committee=_or_null(_ref("Committee")),
            date={"type": ["string", "null"], "format": "date"}, number=_TEXT_OR_NULL, title=_TEXT, url=_TEXT_OR_NULL,
            score={"type": "number"}, more=_NUMBER, paragraphs=_list(_ref("MarkedParagraph")),
            title_marks=_list(mark | {"description": "start and end, character offsets into title"}),
            title_exact=_list(mark | {"description": "those of title_marks that stand as typed"})),
        "MarkedParagraph": _object(
            anchor=_TEXT | {"description": f"{AGENDA.anchor} and {DOCUMENT.anchor} are sections of the item's page"},
            number=_TEXT_OR_NULL, text=_TEXT, kind=_one_of((*ParagraphKind, AGENDA.kind, DOCUMENT.kind)) | {
                "description": f"of a paragraph; or {AGENDA.kind}, a text of the agenda (anchor {AGENDA.anchor}), or "
                               f"{DOCUMENT.kind}, the title of a document (anchor {DOCUMENT.anchor})"},
            marks=_list(mark | {"description": "start and end, character offsets into text"}),
            exact=_list(mark | {"description": "those of marks whose words stand as typed, not in another form nor "
                                               "in other words for the same thing"})),
        "FacetValue": _object(value=_TEXT, label=_TEXT, count=_NUMBER),
        "Glossary": _object(councils=_list(_object(council=_TEXT, name=_TEXT, acronyms=_list(_ref("Acronym"))))),
        "Acronym": _object(
            short=_TEXT, url=_TEXT | {"description": "the search for it on the site"},
            long=_list(_object(text=_TEXT, count=_NUMBER | {"description": "items that explain it so"}))),
    }
