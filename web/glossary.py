"""The glossary: short forms that a council's own papers explain, for people and for programs."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from archive.errors import InputError, UnknownId
from archive.model import Council
from web.options import check

if TYPE_CHECKING:
    from archive.store import Store
    from index.akin import Glossary
    from index.search import Search


class GlossaryPages:
    """`/glossary`, and the same as JSON."""

    def __init__(self, store: "Store", search: "Search") -> None:
        self._store, self._search = store, search

    def blueprint(self) -> Blueprint:
        """The routes."""
        pages = Blueprint("glossary", __name__)
        pages.add_url_rule("/glossary", view_func=self.page)
        pages.add_url_rule("/api/v1/glossary", view_func=self.api)
        return pages

    def page(self) -> str:
        """One council's short forms; where there are several councils and none is chosen, the choice."""
        councils = self._store.councils()
        asked = request.args.get("council", "")
        chosen = next((each for each in councils if each.id == asked), None)
        if asked and not chosen:
            raise UnknownId(f"No council is called {asked[:40]!r}")
        if not chosen and len(councils) == 1:
            [chosen] = councils
        found = self._search.glossary((chosen.id,)).get(chosen.id, {}) if chosen else {}
        return render_template("glossary.html", councils=councils, chosen=chosen, acronyms=found)

    def api(self) -> Response:
        """By council, its short forms with what they stand for; status 400 for what cannot be understood."""
        asked = _asked()
        known = {each.id: each for each in self._store.councils()}
        if unknown := [each for each in asked if each not in known]:
            raise InputError(f"council {unknown[0][:40]!r} is none of the archive's; /api/v1/glossary has all.")
        found = self._search.glossary(asked)
        return jsonify({"councils": [_shape(known[each], found) for each in found if each in known]})


def _asked() -> tuple[str, ...]:
    """The councils that the address names. Raises `InputError` for other options."""
    check(request.args, ("council",))
    return tuple(each for each in request.args.getlist("council") if each)


def _shape(council: Council, found: "Glossary") -> dict[str, Any]:
    acronyms = [{"short": short, "url": url_for("search.results", q=short, council=council.id, _external=True),
                 "long": [{"text": text, "count": count} for text, count in longs]}
                for short, longs in found[council.id].items()]
    return {"council": council.id, "name": council.name, "acronyms": acronyms}
