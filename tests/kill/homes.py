"""The site that is crawled, homes that crawl it, and what a home holds, to be compared with another's."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from processes import Nursery, environment

from archive.captures import Captures
from archive.config import add_council
from archive.home import Home
from archive.model import CouncilId
from archive.shapes import as_json
from archive.store import Store
from crawler.sample import Options, Reply, Request, SampleCouncil, serve
from crawler.sample.plan import PlannedMeeting
from crawler.sample.site import WrittenMeeting
from index.search import SearchRequest
from web.desk import Desk
from web.indexing import open_search

QUERIES = ("", "council", "kind:resolution", '"the report"')
_CONTACT = re.compile(r"(\S+)@example\.org")

Trigger = Callable[[Request], Reply | None]


class FewMeetings(SampleCouncil):
    """The sample council with four committees and a dozen meetings of all its ten years, some of them to come."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed, meetings=120)
        self.specs = self.specs[-4:]

    @cached_property
    def announced(self) -> tuple[PlannedMeeting, ...]:
        every = [each for each in super().announced if each.committee in self.specs]
        return (*every[:-10:6], *every[-10::3])

    def visible(self, identifier: int) -> WrittenMeeting | None:
        return super().visible(identifier) if any(each.id == identifier for each in self.announced) else None


class Site:
    """The sample's site; it knows who asks by the contact address, which is the name of the home."""

    def __init__(self, council: SampleCouncil) -> None:
        self.council = council
        self.triggers: dict[str, Trigger] = {}
        self.asked = 0
        self.url = ""

    def hook(self, request: Request) -> Reply | None:
        self.asked += 1
        found = _CONTACT.search(request.headers.get("User-Agent", ""))
        trigger = self.triggers.get(found[1].strip("(<+")) if found else None
        return trigger(request) if trigger else None

    @contextmanager
    def telling(self, home: Path, trigger: Trigger) -> Iterator[None]:
        """`trigger` sees every request of `home` first."""
        self.triggers[home.name] = trigger
        try:
            yield
        finally:
            del self.triggers[home.name]

    def new_home(self, folder: Path) -> Path:
        """A home that knows the council and holds nothing yet."""
        folder.mkdir()
        add_council(Home(folder), self.council.council(self.url), [urlsplit(self.url).netloc], None)
        return folder


@contextmanager
def serving(council: SampleCouncil) -> Iterator[Site]:
    site = Site(council)
    with serve(council, options=Options(fault=site.hook)) as served:
        site.url = served.url
        yield site


def state_of(home: Path) -> dict[str, Any]:
    """All that a home holds but times, and which captures could not be read."""
    with closing(Desk(home, environment(home))) as desk:
        return {**held(desk.store), **captured(desk.store, home), "found": found(desk)}


def held(store: Store) -> dict[str, Any]:
    meetings = [as_json(meeting) for meeting in store.each_meeting()]
    versions = {each["id"]: [(at.number, at.digest) for at in store.versions(each["id"])] for each in meetings}
    return {
        "councils": store.councils(), "committees": store.committees(), "members": store.members(),
        "meetings": meetings, "versions": versions, "counts": store.counts(), "outbox": store.changes(),
        "announced": {each.id: announced(store, each.id) for each in store.councils()},
        "doors": {each.id: sorted(store.doors(each.id)) for each in store.councils()},
    }


def announced(store: Store, council: CouncilId) -> list[Any]:
    """What is known of each announced meeting but times; the first look at it ends otherwise than the next."""
    listings = store.listings(council).values()
    looks = [(each, each.ending is not None and each.ending.failed) for each in listings]
    known = [(each.what.id, each.what.start, each.missed, each.failures, failed) for each, failed in looks]
    return sorted(known, key=str)


def captured(store: Store, home: Path) -> dict[str, Any]:
    kept = Captures(Home(home).captures, store.capture_of)
    captures = {head.id: store.captures_of(head.id) for head in store.heads() if head.id}
    for each in (capture for several in captures.values() for capture in several):
        kept.read(each)    # raises for one that is not what was captured
    return {"captured": [meeting for meeting in captures if captures[meeting]]}


def found(desk: Desk) -> dict[str, Any]:
    search = open_search(desk)
    answers = {query: search(SearchRequest(query, per_page=100)).as_json() for query in QUERIES}
    return {query: {**answer, "took_ms": 0} for query, answer in answers.items()}


def assert_same(home: Path, undisturbed: dict[str, Any], trail: str) -> None:
    """Name the first part that differs, and what had been done to `home` before."""
    state = state_of(home)
    differ = [part for part in undisturbed if state[part] != undisturbed[part]]
    if differ:
        part = differ[0]
        two = f"{state[part]!r:.2000}\n{undisturbed[part]!r:.2000}"
        raise AssertionError(f"{home.name}, {trail}: {part} differs\n{two}")


def assert_whole(nursery: Nursery, home: Path, undisturbed: dict[str, Any], trail: str) -> None:
    """By the commands too: its parts agree with each other, it reads the same again, and nothing is amiss."""
    assert_same(home, undisturbed, trail)
    answers = [nursery.run(home, "--json", command) for command in ("check", "reparse", "status")]
    assert [each.status for each in answers] == [0, 0, 0], f"{home.name}, {trail}: {answers}"
    _, reports, status = (each.json for each in answers)
    assert [report["counts"] for report in reports] == [{"same": len(undisturbed["meetings"])}]
    assert [each["state"] for each in status["councils"]] == ["ok"]
    assert len(nursery.run(home, "export").out.splitlines()) == len(undisturbed["meetings"])
