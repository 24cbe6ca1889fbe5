"""Pages that leave out, cut short or poison: what is left out is fetched, what is cut is made whole."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from nights import (
    AHEAD,
    COUNCIL,
    OLDEST,
    PLAIN,
    RESTRICTED,
    SMALL,
    VOTES,
    Home,
    Serving,
    meetings_asked,
    mended,
    page_of,
    pages,
)

from archive.ids import twin
from archive.model import Document, Item, Meeting
from crawler.sample import Edits, Hostile, Served, Validators, Welsh

MEETINGS = len(COUNCIL.announced)
PAGES = {"service": False}
SERVICE_METHODS = {"GetCouncillorsByWard", "GetCommittees", "GetMeetings", "GetMeeting"}


def true_of(site: Served) -> dict[str, Meeting]:
    return {each.id: each for each in site.meetings() if each.id}


def name(number: int) -> str:
    return f"ambleshire/meetings/{number}"


def texts(meeting: Meeting) -> list[list[str]]:
    return [[each.text for each in item.paragraphs] for item in meeting.items]


def texts_of(item: Item) -> list[str]:
    return [each.text for each in item.paragraphs]


def test_texts_that_the_meeting_page_cuts_are_fetched_from_the_items(home: Home, serving: Serving) -> None:
    with serving(truncate=300, **PAGES) as site:
        assert home.crawl().status == 0
        true, held = true_of(site), home.held()
        assert {key: texts(each) for key, each in held.items()} == {key: texts(each) for key, each in true.items()}
        cut = [item.id for each in true.values() for item in each.items if sum(map(len, texts_of(item))) > 300]
        assert sorted(meetings_asked(site.log, "mgAi.aspx")) == sorted(each.rsplit("/", 1)[1] for each in cut)
        assert len(cut) > 5


def test_only_what_is_cut_is_asked_when_nothing_changed(home: Home, serving: Serving) -> None:
    with serving(truncate=300, **PAGES) as site:
        home.crawl()
        first = pages(site.log)["mgAi.aspx"]
        before = len(site.log)
        home.clock.skip(1)
        assert home.crawl().counts["same"] == MEETINGS - 1
        assert pages(site.log[before:])["mgAi.aspx"] <= first


@pytest.mark.parametrize("options", [PAGES, {}])
def test_minutes_that_are_a_pdf_alone_are_fetched_and_read(
    home: Home, serving: Serving, options: dict[str, bool]
) -> None:
    with serving(printed_only=frozenset({PLAIN}), **options) as site:
        assert home.crawl().status == 0
        held, true = home.held(), true_of(site)
        fetched = [each for each in site.log if "/documents/g" in each.target]
        mine, said = held[name(PLAIN)], true[name(PLAIN)]
        assert len(fetched) == 1
        assert [item.id for item in mine.items] == [item.id for item in said.items]
        assert mine.minutes is said.minutes
        assert texts(mine) == texts(said)
        assert [len(item.resolutions) for item in mine.items] == [len(item.resolutions) for item in said.items]
        before = len(site.log)
        home.clock.skip(1)
        assert home.crawl().counts["same"] == MEETINGS - 1
        assert not any("/documents/" in each.target for each in site.log[before:])    # once per document


@pytest.mark.parametrize("options", [PAGES, {}])
@pytest.mark.parametrize("where", [Welsh.SAME_HOST, Welsh.TWIN_HOST])
def test_both_languages_of_a_meeting_are_kept_as_a_pair(
    home: Home, serving: Serving, where: Welsh, options: dict[str, bool]
) -> None:
    with serving(welsh=where, settings=in_two_languages, **options) as site:
        assert home.crawl().status == 0
        held = home.held()
        true, welsh = true_of(site), {each.id: each for each in site.welsh_meetings() if each.id}
        published = {key for key, each in welsh.items() if each.items}
        assert true.keys() <= held.keys()
        assert published <= held.keys() <= true.keys() | welsh.keys()
        for key in published:
            english = twin(key)
            assert [twin(item.id) for item in held[key].items] == [item.id for item in held[english].items]
            assert texts(held[key]) == texts(welsh[key])
            assert texts(held[english]) == texts(true[english])
        assert home.status()[1]["meetings"] == MEETINGS    # once each
        host = urlsplit(site.twin or site.url).netloc
        assert all(each.host == host for each in site.log if each.host != urlsplit(site.url).netloc)


def in_two_languages(site: Served) -> dict[str, Any]:
    return {"welsh": site.twin, "allow": [urlsplit(site.twin).netloc]} if site.twin else {}


@pytest.mark.parametrize("options", [PAGES, {}])
def test_what_is_restricted_is_known_and_named_without_content(
    home: Home, serving: Serving, options: dict[str, bool]
) -> None:
    with serving(**options) as site:
        home.crawl()
        held, true = home.held()[name(RESTRICTED)], true_of(site)[name(RESTRICTED)]
        exempt = [item for item in held.items if item.restricted]
        assert [item.id for item in exempt] == [item.id for item in true.items if item.restricted] != []
        assert [item.title for item in exempt] == [item.title for item in true.items if item.restricted]
        assert all(document.restricted and document.url is None for item in exempt for document in item.documents)
        assert home.run("--json", "show", exempt[0].id).json["restricted"] is True


@pytest.mark.parametrize("options", [PAGES, {}])
def test_names_of_a_recorded_vote_are_taken_from_its_own_page(
    home: Home, serving: Serving, options: dict[str, bool]
) -> None:
    with serving(votes_apart=True, **options) as site:
        assert home.crawl().status == 0
        held, true = home.held()[name(VOTES)], true_of(site)[name(VOTES)]
        said = [each.vote for item in true.items for each in item.resolutions if each.vote]
        mine = [each.vote for item in held.items for each in item.resolutions if each.vote]
        assert sum(bool(each.names.for_) for each in said) >= 2
        assert mine == said
        votes = [each for each in site.log if page_of(each) == "mgListRecordedVotesShort.aspx"]
        assert len(votes) == len({each.target for each in votes})
        before = len(site.log)
        home.clock.skip(1)
        assert home.crawl().counts["same"] == MEETINGS - 1
        assert "mgListRecordedVotesShort.aspx" not in pages(site.log[before:])
        assert home.held()[name(VOTES)] == held


@pytest.mark.parametrize("kind", [Validators.ETAG, Validators.LAST_MODIFIED, Validators.BOTH])
def test_what_has_validators_is_asked_with_them(home: Home, serving: Serving, kind: Validators) -> None:
    header = {"If-Modified-Since"} if kind is Validators.LAST_MODIFIED else {"If-None-Match"}
    with serving(validators=kind, **PAGES) as site:
        home.crawl()
        before, asked_before = home.held(), len(site.log)
        assert not any(header & each.headers.keys() for each in site.log)
        home.clock.skip(1)
        report = home.crawl()
        night = site.log[asked_before:]
        assert report.counts["same"] == MEETINGS - 1
        assert home.held() == before
        same = [each for each in night if each.status == 304]
        assert all(header <= each.headers.keys() and each.size == 0 for each in same)
        assert pages(same)["ieListDocuments.aspx"] == MEETINGS
        assert {page_of(each) for each in night if each.status == 200} <= {"robots.txt"} | SERVICE_METHODS


def test_a_page_that_changed_is_sent_whole_in_spite_of_validators(home: Home, serving: Serving) -> None:
    with serving(validators=Validators.BOTH, **PAGES) as site:
        home.crawl()
        asked_before = len(site.log)
        item = next(item for item in COUNCIL.written(OLDEST).items if len(item.minuted.lines) > 5)
        site.show(COUNCIL.later(1, Edits(corrected=frozenset({item.id}))))
        home.clock.skip(1)
        assert home.crawl().counts["changed"] == 1
        statuses = {each.target.rpartition("MId=")[2]: each.status
                    for each in site.log[asked_before:] if page_of(each) == "ieListDocuments.aspx"}
        assert [number for number, status in statuses.items() if status == 200] == [str(OLDEST)]


def test_what_surrounds_a_page_makes_no_change(home: Home, serving: Serving) -> None:
    with serving(restless=True, **PAGES) as site:
        home.crawl()
        before = len(site.log)
        home.clock.skip(1)
        assert home.crawl().counts["same"] == MEETINGS - 1
        assert pages(site.log[before:])["ieListDocuments.aspx"] == MEETINGS
        assert "mgMeetingAttendance.aspx" not in pages(site.log[before:])
        with home.store() as store:
            assert {len(store.versions(key)) for key in home.held()} == {1}


@pytest.mark.parametrize("kind", list(Hostile))
@pytest.mark.parametrize("options", [PAGES, {}])
def test_hostile_content_harms_nothing(
    home: Home, serving: Serving, tmp_path: Path, kind: Hostile, options: dict[str, bool]
) -> None:
    (tmp_path / "passwd").write_text("untouched")
    others = {name(AHEAD)}
    with serving(SMALL, hostile={PLAIN: kind}, **options) as site:
        report = home.crawl()
        assert report.status in (0, 1)
        held, true = home.held(), true_of(site)
        assert others <= held.keys()
        assert {key: texts(held[key]) for key in others} == {key: texts(true[key]) for key in others}
        assert {of_meeting(each) for each in report.failures} <= {name(PLAIN)}
        host = urlsplit(site.url).netloc
        assert {each.host for each in site.log} == {host}
        assert not any("passwd" in each.target or "\r" in each.target for each in site.log)
        links = [each.url or "" for each in all_documents(held.get(name(PLAIN)))]
        assert {urlsplit(each).scheme for each in links if each} <= {"http", "https"}
        shown = json.dumps([home.run("export").out, report.json])
        assert "root:x:0" not in shown
        assert "<script>" not in home.run("search", "bypass").out
        outside = [each for each in tmp_path.rglob("*") if each.is_file() and home.folder not in each.parents]
        assert outside == [tmp_path / "passwd"]
        assert home.run("reindex").status == 0


@pytest.mark.parametrize("options", [PAGES, {}])
def test_no_password_of_a_link_is_kept(home: Home, serving: Serving, options: dict[str, bool]) -> None:
    with serving(SMALL, hostile={PLAIN: Hostile.INSIDE}, **options):
        home.crawl()
        links = [each.url or "" for meeting in home.held().values() for each in all_documents(meeting)]
        assert any(urlsplit(each).hostname == "192.168.0.1" for each in links)
        assert not any("@" in urlsplit(each).netloc for each in links)
        assert "secret" not in home.run("export").out


def all_documents(meeting: Meeting | None) -> list[Document]:
    if meeting is None:
        return []
    return [*meeting.documents, *(each for item in meeting.items for each in item.documents)]


def of_meeting(failure: dict[str, str]) -> str:
    """The meeting that a failure is of: by its name, or by a number in the address of its part."""
    given = {key.lower(): value for key, value in parse_qsl(urlsplit(failure["where"]).query)}
    number = given.get("mid") or given.get("id") or given.get("lmeetingid")
    return name(int(number)) if number else failure["where"]


def test_a_site_that_mends_itself_is_whole_again(home: Home, serving: Serving) -> None:
    with serving(SMALL, hostile={PLAIN: Hostile.OUTSIDE}, **PAGES) as site:
        assert home.crawl().status == 1
        mended(site, service=False)
        home.clock.skip(1)
        assert home.crawl().status == 0
        assert texts(home.held()[name(PLAIN)]) == texts(true_of(site)[name(PLAIN)])
        assert home.status()[0] == 0
