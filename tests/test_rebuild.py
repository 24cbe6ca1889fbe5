"""The database is lost and the captures are not: `reparse` brings back all that was read from them."""

import io
import json
from collections.abc import Mapping
from contextlib import closing, redirect_stderr, redirect_stdout
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from archive.config import add_council
from archive.home import Home
from archive.store import Store
from crawler.sample import Options, SampleCouncil, Served, serve
from crawler.sample.options import Method, Welsh
from crawler.sample.plan import PlannedMeeting
from crawler.sample.site import WrittenMeeting
from web.cli import run


class FewMeetings(SampleCouncil):
    """The sample council with four committees and a few of its meetings of ten years."""

    def __init__(self, **more: Any) -> None:
        super().__init__(meetings=200, **more)
        self.specs = self.specs[:4]

    @cached_property
    def announced(self) -> tuple[PlannedMeeting, ...]:
        every = [each for each in super().announced if each.committee in self.specs]
        return (*every[:-12:4], *every[-12::3])

    def visible(self, identifier: int) -> WrittenMeeting | None:
        return super().visible(identifier) if any(each.id == identifier for each in self.announced) else None


COUNCIL = FewMeetings()


def command(home: Home, *arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    environ = {"MINUTEBOOK_HOME": str(home.folder), "MINUTEBOOK_DELAY": "0", "MINUTEBOOK_CONTACT": "a@example.org"}
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        status = run(arguments, environ)
    return status, out.getvalue()


def a_home(folder: Path, site: Served) -> Home:
    home = Home(folder / "home")
    home.folder.mkdir()
    add_council(home, COUNCIL.council(site.url), [urlsplit(site.url).netloc], None)
    return home


def lose(home: Home) -> None:
    for path in home.folder.glob("minutebook.sqlite*"):
        path.unlink()


def said(home: Home) -> Mapping[str, Any]:
    """What the archive holds: meetings, and what it knows of lists, committees and members."""
    status, out = command(home, "export")
    assert status == 0
    meetings = {each["id"]: each for each in map(json.loads, out.splitlines())}
    with closing(Store.open(home.database)) as store:
        [council] = store.councils()
        return {
            "meetings": meetings,
            "announced": {each: row.what for each, row in store.listings(council.id).items()},
            "committees": store.committees(council.id), "members": store.members(council.id),
        }


def found(home: Home) -> list[str]:
    status, out = command(home, "--json", "search", "report")
    assert status == 0
    return sorted(json.dumps(each, sort_keys=True) for each in json.loads(out)["hits"])


@pytest.mark.parametrize("options", [
    Options(),
    Options(service=False, truncate=200),
    Options(lists=False, methods={"GetMeetings": Method.OFF}),
    Options(welsh=Welsh.SAME_HOST, prefix="/moderngov"),
    Options(legacy=2019, votes_apart=True),
], ids=["service", "pages", "calendar", "welsh", "legacy"])  # fmt: skip
def test_what_the_captures_hold_is_brought_back(options: Options, tmp_path: Path) -> None:
    with serve(COUNCIL, options=options) as site:
        home = a_home(tmp_path, site)
        crawled = command(home, "crawl")
    assert crawled[0] == 0, crawled
    before, hits = said(home), found(home)
    assert len(before["meetings"]) > 10
    assert hits
    lose(home)
    status, out = command(home, "--json", "reparse")
    [report] = json.loads(out)
    assert (status, report["failures"]) == (0, [])
    assert report["counts"]["new"] == len([each for each in before["meetings"] if not each.endswith("-cy")])
    assert said(home) == before
    assert found(home) == hits
    checked = command(home, "check")
    assert checked[0] == 0, checked
    assert json.loads(command(home, "--json", "reparse")[1])[0]["counts"].get("new") is None
    assert said(home) == before
