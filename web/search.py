"""The search: the first page, the results, and how to ask."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, render_template, request, url_for

from archive.errors import UnknownId
from archive.model import Action, Committee, Council, Member, MinutesStatus
from index.passages import SCOPES
from index.query import Sort
from index.search import SearchRequest
from web.asking import Asked
from web.helpful import helpful
from web.histogram import histogram
from web.linked import website
from web.narrowing import chips, facets, labels, orders, pagination
from web.options import lenient, request_of
from web.twins import each_once

if TYPE_CHECKING:
    from archive.runs import Counts
    from archive.store import Store
    from index.search import Search

_NEWEST = 8
_LOOKED_AT = 60    # newest meetings among which those with minutes are looked for
_EXAMPLES = ('"school places"', "flooding OR drainage", "kind:resolution budget", "libraries from:2021")
_LANGUAGE = (
    ("school places", "both words, in any form: schools, placed"),
    ('"school places"', "exactly these words, in this order"),
    ("schools OR academies", "either; OR in capitals"),
    ("schools -Ofsted", "the first without the second; NOT Ofsted says the same"),
    ("(roads OR highways) repair", "brackets keep alternatives together"),
    ("safeguard*", "any word that begins so"),
    ('"family safeguarding" NEAR/5 model', "both, at most five words apart"),
    ("18/00335/FUL", "a reference, whole"),
    ('ref:"PR 4471"', "a reference of several words, exactly as printed"),
    ("minute 27/18", "a minute by its number, where it stands and where it is cited; minute 27 finds it too"),
    ("section 106", "a section of an Act, also written s106, s.106 or sec 106"),
    ("£2.5m", "a sum, also written £2,500,000 or £2.5 million"),
    ("3 May 2021", "a day that a text names, also written 3rd May 2021, 3/5/2021 or 2021-05-03"),
    ("kind:resolution parking", "only in what was decided"),
    ("action:refused housing", f"items with a decision of this kind: {', '.join(Action)}"),
    ("member:russell", "items that name a member"),
    ("committee:scrutiny budget", "only from committees with this word in their name"),
    ("topic:housing", "items on a topic"),
    ("flooding from:2021-05 to:2023",
     "between two dates: a year, a month or a day, as 2021, 2021-05, May 2021, 2021-05-03, 3/5/2021 or 3 May 2021"),
)


@dataclass(frozen=True, slots=True)
class Held:
    """A council and how much of it the archive holds."""

    council: Council
    counts: "Counts"


@dataclass(frozen=True, slots=True)
class Totals:
    """The same over all councils."""

    meetings: int
    items: int
    resolutions: int
    newest_minutes: date | None


class SearchPages:
    """The pages that ask and answer."""

    def __init__(self, store: "Store", search: "Search") -> None:
        self._store, self._search = store, search

    def blueprint(self) -> Blueprint:
        """The routes."""
        pages = Blueprint("search", __name__)
        pages.add_url_rule("/", view_func=self.home)
        pages.add_url_rule("/search", view_func=self.results)
        pages.add_url_rule("/search/help", view_func=self.help)
        pages.add_url_rule("/search/data", view_func=self.data)
        pages.add_url_rule("/opensearch.xml", view_func=self.opensearch)
        pages.add_url_rule("/robots.txt", view_func=self.robots)
        return pages

    def home(self) -> str:
        """Ask, and see what there is to ask about."""
        held = self._held()
        totals = _totals(held)
        newest = each_once(self._store, _LOOKED_AT, until=totals.newest_minutes)
        everything = self._search(SearchRequest(per_page=1))
        return render_template(
            "home.html", held=held, totals=totals, examples=_EXAMPLES,
            topics=[each for each in everything.facets["topic"] if each.value in self._search.topics.first],
            meetings=[each for each in newest if each.minutes is not MinutesStatus.NONE][:_NEWEST],
            linked_data=website(request.host_url))

    def results(self) -> str:
        """What was found, how the query was read, and what else could be asked."""
        asked = Asked.of(request.args)
        used, wrong = lenient(asked, self._search.read)
        result = self._search(request_of(used))
        last = -(-result.total // result.per_page)
        meant = used.without("q").adding("q", result.suggestion or "")
        nearly = result.nearly.hits if result.nearly else ()
        found = self._store.items([hit.item for hit in (*result.hits, *nearly)])
        held = () if result.total else self._held()
        councils = {each.id: each.name for each in self._store.councils()}
        return render_template(
            "results.html", asked=asked, used=used, result=result, heads=found, wrong=wrong, held=held,
            councils=councils if len(councils) > 1 else {},
            facets=tuple(facets(used, result.facets, self._search.topics.parents)),
            chips=chips(used, labels(result.facets) | self._names(used)),
            orders=orders(used, used.first("sort") or Sort.RELEVANCE),
            pagination=pagination(used, result.page, last), last=last, last_page=used.on_page(last).address,
            marking=used.marking, marking_nearly=(meant if result.nearly and result.nearly.query else used).marking,
            suggested=meant.address,
            helpful=helpful(used, result.help), bars=histogram(used, result.facets),
            unfiltered=Asked().adding("q", used.first("q")).address,
            unquoted=used.without("q").adding("q", used.first("q").replace('"', "")).address)

    def help(self) -> str:
        """The query language, by examples."""
        of_council = [(f"council:{each.id} budget", f"only from {each.name}") for each in self._store.councils()[:1]]
        return render_template("help.html", language=(*_LANGUAGE, *of_council), kinds=tuple(SCOPES))

    def data(self) -> str:
        """The API, for people."""
        return render_template("developers.html", kinds=tuple(SCOPES))

    def opensearch(self) -> Response:
        """The description by which a browser offers this search."""
        text = render_template("opensearch.xml", address=url_for("search.results", _external=True))
        return Response(text, mimetype="application/opensearchdescription+xml")

    def robots(self) -> Response:
        """What robots may read: the record, not every search that could be made of it."""
        return Response("User-agent: *\nDisallow: /search?\nDisallow: /api/\n", mimetype="text/plain")

    def _names(self, asked: Asked) -> dict[tuple[str, str], str]:
        """The names of the identifiers that the filters hold, also when nothing was found with them."""
        named: Mapping[str, Callable[[Any], Council | Committee | Member]] = {
            "council": self._store.council, "committee": self._store.committee,
            "member": self._store.member}
        names: dict[tuple[str, str], str] = {}
        for name, value in asked.filters:
            with suppress(UnknownId):
                if name in named:
                    names[name, value] = named[name](value).name
        return names

    def _held(self) -> tuple[Held, ...]:
        return tuple(Held(each, self._store.counts(each.id)) for each in self._store.councils())


def _totals(held: Sequence[Held]) -> Totals:
    days = [each.counts.newest_minutes for each in held if each.counts.newest_minutes]
    return Totals(
        sum(each.counts.meetings for each in held), sum(each.counts.items for each in held),
        sum(each.counts.resolutions for each in held), max(days, default=None))
