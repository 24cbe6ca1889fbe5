"""The database is lost and the captures are not: `reparse` brings back all that was read from them."""

import io
import json
import shutil
from collections.abc import Mapping
from contextlib import closing, redirect_stderr, redirect_stdout
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from archive.captures import Captures
from archive.config import add_council
from archive.home import Home
from archive.store import Store
from crawler.sample import Options, SampleCouncil, Served, serve
from crawler.sample.edits import chosen
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
            "roster": store.roster(council.id),
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


def test_nights_that_asked_for_other_days_are_put_together(tmp_path: Path) -> None:
    with serve(COUNCIL) as site:
        home = a_home(tmp_path, site)
        for days in (("--until", "2019"), ("--since", "2020", "--until", "2023"), ("--since", "2024"), ()):
            assert command(home, "crawl", *days)[0] == 0
    before = said(home)
    lose(home)
    assert command(home, "reparse")[0] == 0
    assert said(home) == before
    assert command(home, "check")[0] == 0


def overwritten(home: Home, *bodies: tuple[str, bytes]) -> None:
    """One more run, in which these addresses answered with something else."""
    with closing(Store.open(home.database)) as store:
        captures = Captures(home.captures, store.capture_of)
        at = max(each.fetched for each in store.each_capture()) + timedelta(days=1)
        with captures.run(at) as writer:
            for url, body in bodies:
                writer.response(url, 200, "OK", [("Content-Type", "text/html")], body, at)


def asked(home: Home, part: str) -> list[str]:
    with closing(Store.open(home.database)) as store:
        return [each.url for each in store.each_capture() if part in each.url]


def crawled_home(folder: Path) -> Home:
    with serve(COUNCIL) as site:
        home = a_home(folder, site)
        assert command(home, "crawl")[0] == 0
    return home


def test_a_wall_in_place_of_a_page_costs_nothing(tmp_path: Path) -> None:
    home = crawled_home(tmp_path)
    before = said(home)
    parts = ("GetMeeting?", "GetMeetings", "GetCommittees", "GetCouncillors")
    overwritten(home, *((url, b"<html><body>Just a moment...</body></html>") for each in parts
                        for url in asked(home, each)))
    lose(home)
    status, out = command(home, "reparse")
    assert status == 0, out
    assert said(home) == before


def test_a_meeting_that_no_kept_list_has_is_read_by_what_it_says_itself(tmp_path: Path) -> None:
    home = crawled_home(tmp_path)
    before = said(home)
    lists = [url for part in ("GetMeetings", "ieListMeetings") for url in asked(home, part)]
    with closing(Store.open(home.database)) as store:
        kept = [each for each in store.each_capture() if each.url not in lists]
        captures = Captures(home.captures)
        with Captures(tmp_path / "others").run(kept[0].fetched) as writer:
            for each in kept:
                head = [("Content-Type", each.content_type)]
                writer.response(each.url, each.status, "", head, captures.read(each), each.fetched)
    shutil.rmtree(home.captures)
    (tmp_path / "others").rename(home.captures)
    lose(home)
    status, out = command(home, "--json", "reparse")
    [report] = json.loads(out)
    after = said(home)
    assert after["announced"] == {}
    assert after["meetings"].items() <= before["meetings"].items()
    left = before["meetings"].keys() - after["meetings"].keys()
    assert {each["where"] for each in report["failures"]} == left
    assert (status, len(after["meetings"]) > 10) == (int(bool(left)), True)


def test_what_is_damaged_is_a_failure_and_the_rest_is_brought_back(tmp_path: Path) -> None:
    home = crawled_home(tmp_path)
    before = said(home)
    with closing(Store.open(home.database)) as store:
        *_, hit = (each for each in store.each_capture() if "GetMeeting?" in each.url)
    path = home.captures / hit.file
    whole = bytearray(path.read_bytes())
    whole[hit.offset + 40] ^= 0xFF
    path.write_bytes(whole)
    lose(home)
    command(home, "reparse")
    after = said(home)
    assert len(after["meetings"]) >= len(before["meetings"]) - 1
    assert after["announced"] == before["announced"]


def test_an_empty_home_has_nothing_to_be_read_again(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    assert command(home, "reparse") == (0, "Nothing is held that could be read again\n")
    assert command(home, "--json", "reparse") == (0, "[]\n")


def test_what_a_site_has_taken_back_is_brought_back_with_its_versions(tmp_path: Path) -> None:
    edits = chosen(COUNCIL)
    with serve(COUNCIL) as site:
        home = a_home(tmp_path, site)
        assert command(home, "crawl")[0] == 0
        site.show(FewMeetings(edits=edits))
        assert command(home, "crawl", "--full")[0] == 0
    before, versions = items_of(home), held_versions(home)
    assert len(versions) > 1
    lose(home)
    status, out = command(home, "reparse")
    assert status == 0, out
    assert items_of(home) == before
    cancelled = {f"ambleshire/meetings/{each}" for each in edits.cancelled}    # only the newest lists' word is known
    assert held_versions(home) == versions - cancelled


def items_of(home: Home) -> dict[str, list[str]]:
    return {each: [item["id"] for item in meeting["items"]] for each, meeting in said(home)["meetings"].items()}


def held_versions(home: Home) -> set[str]:
    """The meetings that have more than one version."""
    with closing(Store.open(home.database)) as store:
        return {each.id for each in store.each_meeting() if each.id and len(store.versions(each.id)) > 1}
