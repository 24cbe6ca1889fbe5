"""The archive for programs: contract, section 3. Read only, no key."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from archive.errors import InputError, MinutebookError, UnknownId
from archive.ids import COLLECTIONS, parse
from archive.shapes import as_json
from index.completion import Sort
from index.naming import is_identifier
from index.search import SearchRequest
from web.filters import page_of
from web.history import VERSIONED, history
from web.openapi import description
from web.options import strict, typed
from web.shape import shape_of, shape_of_version

if TYPE_CHECKING:
    from archive.store import Store
    from index.completion import Suggestion
    from index.search import Search


class Api:
    """Searching, and each thing by its identifier."""

    def __init__(self, store: "Store", search: "Search") -> None:
        self._store, self._search = store, search

    def blueprint(self) -> Blueprint:
        """The routes. An identifier is taken whole (`items/ambleshire/items/7`) or with its middle left out."""
        api = Blueprint("api", __name__)
        api.add_url_rule("/api/v1/search", view_func=self.search)
        api.add_url_rule("/api/v1/suggest", view_func=self.suggest)
        for collection in COLLECTIONS:
            for middle in (f"/{collection}", ""):
                path = f"/api/v1/{collection}/<council>{middle}/<local>"
                api.add_url_rule(path, "one", self.one, defaults={"collection": collection})
        for collection in VERSIONED:
            for middle in (f"/{collection}", ""):
                path = f"/api/v1/{collection}/<council>{middle}/<local>/versions"
                api.add_url_rule(path, "versions", self.versions, defaults={"collection": collection})
                api.add_url_rule(f"{path}/<int:number>", "version", self.version, defaults={"collection": collection})
        api.add_url_rule("/api/v1/openapi.json", view_func=self.openapi)
        api.add_url_rule("/healthz", view_func=self.healthz)
        return api

    def search(self) -> Response:
        """Section 3's answer; status 400 for what cannot be understood."""
        return jsonify(self._search(strict(request.args)).as_json())

    def suggest(self) -> Response:
        """What a search that is being typed may become; status 400 for an option that cannot be used."""
        text, limit = typed(request.args)
        found = self._search.suggest(text, limit)
        return jsonify({"query": text, "suggestions": [as_json(each) | _page(each) for each in found]})

    def one(self, collection: str, council: str, local: str) -> Response:
        """A meeting, item, member, committee or document."""
        return jsonify(shape_of(self._store, _asked_for(council, collection, local), self._search.topics))

    def versions(self, collection: str, council: str, local: str) -> Response:
        """How a meeting or an item changed, and when."""
        return jsonify(history(self._store, _asked_for(council, collection, local)))

    def version(self, collection: str, council: str, local: str, number: int) -> Response:
        """A meeting or an item as it was."""
        return jsonify(shape_of_version(self._store, _asked_for(council, collection, local), number))

    def openapi(self) -> Response:
        """The description of all of this."""
        return jsonify(description(request.host_url))

    def healthz(self) -> ResponseReturnValue:
        """Whether store and index answer, by asking each."""
        try:
            self._store.councils()
            self._search(SearchRequest(per_page=1))
        except MinutebookError as error:
            return Response(f"{error}\n", 503, mimetype="text/plain")
        return Response("ok\n", mimetype="text/plain")


def _page(suggestion: "Suggestion") -> dict[str, str]:
    """The page of what is suggested, where it has one: that of a member, or of a committee with an identifier."""
    paged = suggestion.kind in (Sort.MEMBER, Sort.COMMITTEE) and is_identifier(suggestion.value)
    return {"url": page_of(suggestion.value)} if paged else {}


def _asked_for(council: str, collection: str, local: str) -> str:
    """The identifier that an address names. Raises `InputError` for options, `UnknownId` for what cannot be one."""
    if request.args:
        raise InputError(f"There is no option {next(iter(request.args))!r} here; the address takes none.")
    identifier = f"{council}/{collection}/{local}"
    try:
        parse(identifier)
    except InputError as error:
        raise UnknownId(str(error)) from error
    return identifier
