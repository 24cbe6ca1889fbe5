"""The Welsh, hostile, restless and conditional pages of the sample's site, and what a reader finds there."""

import re
import urllib.request
from dataclasses import replace
from html import unescape

import pytest

from archive import ids
from archive.model import Meeting, ParagraphKind
from crawler.blocks import one_line
from crawler.moderngov import pages as reader
from crawler.sample import (
    Hostile,
    Options,
    Reply,
    Request,
    SampleCouncil,
    Validators,
    Welsh,
    chosen,
    pages,
    serve,
    shown,
)
from crawler.sample.asking import read_parameters
from crawler.sample.site import View
from crawler.source import Page

BASE = "http://127.0.0.1:8900/"
COUNCIL = SampleCouncil(meetings=100, kept=400)
HELD = [each for each in COUNCIL.announced if not each.fate and each.day < COUNCIL.today][5:60:9]
BILINGUAL = View(COUNCIL, Options(welsh=Welsh.SAME_HOST), BASE)


def ask(site: View, address: str, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    path, _, _ = address.partition("?")
    return pages.answer(site, Request("GET", path, read_parameters(address), named))


def text(site: View, address: str) -> str:
    return ask(site, address).body.decode()


def middle(page: str) -> str:
    """ModernGov's part of the page."""
    return page[page.index('<div id="modgov">') : page.index("</main>")]


def words(page: str) -> str:
    """What a page says, in one line."""
    return one_line(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?(?:b|u|span)\b[^>]*>", "", page))))


def meeting_page(number: int) -> str:
    return f"ieListDocuments.aspx?MId={number}"


# Welsh

def test_the_same_meeting_has_the_same_numbers_in_both_languages() -> None:
    english, welsh = shown.meetings(BILINGUAL), shown.welsh_meetings(BILINGUAL)
    for one, other in zip(english, welsh, strict=True):
        assert other.id == ids.twin(one.id or "")
        assert (other.start, other.status, other.minutes, len(other.items)) == (
            one.start, one.status, one.minutes, len(one.items))  # fmt: skip
        for item, twin in zip(one.items, other.items, strict=True):
            assert (twin.id, twin.number) == (ids.twin(item.id or ""), item.number)
            shapes = [[(each.anchor, each.number, each.kind) for each in of.paragraphs] for of in (item, twin)]
            assert shapes[0] == shapes[1]
            assert all(each.text == one_line(each.text) for each in twin.paragraphs)


def test_the_welsh_words_are_not_the_english_ones() -> None:
    kinds = {ParagraphKind.NARRATIVE, ParagraphKind.RESOLUTION, ParagraphKind.CLAUSE, ParagraphKind.VOTE}
    pairs = [
        (one.text, other.text)
        for meeting, twin in zip(shown.meetings(BILINGUAL), shown.welsh_meetings(BILINGUAL), strict=True)
        if "Cyd-bwyllgor" not in (meeting.title or "")
        for item, cymraeg in zip(meeting.items, twin.items, strict=True)
        for one, other in zip(item.paragraphs, cymraeg.paragraphs, strict=True)
        if one.kind in kinds
    ]
    assert len(pairs) > 500
    assert not [pair for pair in pairs if pair[0] == pair[1]]


@pytest.mark.parametrize("planned", HELD, ids=lambda each: str(each.id))
def test_the_welsh_page_holds_the_welsh_meeting(planned: object) -> None:
    number = getattr(planned, "id", 0)
    page = text(BILINGUAL, f"{meeting_page(number)}&LLL=1")
    assert "Rhaglen" in page
    assert ">Cofnodion:<" in page or ">Penderfyniad:<" in page
    assert ">Minutes:<" not in page
    assert text(BILINGUAL, f"{meeting_page(number)}&LLL=0") == text(BILINGUAL, meeting_page(number))
    twin = next(each for each in shown.welsh_meetings(BILINGUAL) if ids.local(each.id or "") == f"{number}-cy")
    plain = words(page)
    for item in twin.items:
        assert item.title in plain
        assert all(one_line(each.text) in plain for each in item.paragraphs if " | " not in each.text)


def test_each_page_leads_to_the_other_language() -> None:
    for address, name in (("mgListCommittees.aspx?bcr=1", "Cymraeg"), ("mgListCommittees.aspx?LLL=1", "English")):
        [(href, said)] = re.findall(r'<a href="([^"]*)" lang="\w\w" [^>]*>(\w+)</a>', text(BILINGUAL, address))
        assert said == name
        assert ask(BILINGUAL, unescape(href)).body != ask(BILINGUAL, address).body
    assert "Cymraeg" not in text(View(COUNCIL, Options(), BASE), "mgListCommittees.aspx?LLL=1")


def test_the_web_service_and_the_documents_are_english() -> None:
    for address in (f"mgWebService.asmx/GetMeeting?lMeetingId={HELD[0].id}", f"documents/g{HELD[0].id}/x.pdf?T=0"):
        assert ask(BILINGUAL, f"{address}&LLL=1").body == ask(BILINGUAL, address).body


def test_a_twin_host_has_the_welsh_pages() -> None:
    with serve(COUNCIL, options=Options(welsh=Welsh.TWIN_HOST, prefix="mg")) as site:
        def read(url: str) -> str:
            with urllib.request.urlopen(url) as reply:
                return str(reply.read().decode())

        address = meeting_page(HELD[0].id)
        english, welsh = read(site.url + address), read(site.twin + address)
        assert site.twin != site.url
        assert site.twin.endswith("/mg/")
        assert ("Rhaglen" in english, "Rhaglen" in welsh) == (False, True)
        assert f'href="{site.twin}ieListDocuments.aspx?mid=' in english
        assert f'href="{site.url}ieListDocuments.aspx?mid=' in welsh
        assert [each.host for each in site.log] == [site.url[7:-4], site.twin[7:-4]]
        assert (site.welsh_meetings()[5].url or "").startswith(site.twin)
        site.show(COUNCIL.later(1))
        assert "Rhaglen" in read(site.twin + address)


# The truth of a site

def test_a_clean_site_shows_the_council() -> None:
    with serve(COUNCIL) as site:
        assert site.meetings() == COUNCIL.meetings(site.url)
        assert site.welsh_meetings() == ()


def test_the_truth_of_legacy_meetings() -> None:
    site = View(COUNCIL, Options(legacy=2020), BASE)
    found = shown.meetings(site)
    old = [each for each in found if each.start and each.start.year < 2020 and each.items]
    assert len(found) == len(COUNCIL.announced)
    assert old
    for meeting in old:
        assert "CeListDocuments" in (meeting.url or "")
        plain = words(text(site, (meeting.url or "").removeprefix(BASE)))
        for item in meeting.items:
            assert item.id is None
            assert all(each.anchor in {line.anchor for line in item.paragraphs} for each in item.resolutions)
            assert all(line.text in plain for line in item.paragraphs if " | " not in line.text)


def named(meeting: Meeting) -> int:
    return sum(bool(each.vote and each.vote.names.for_) for item in meeting.items for each in item.resolutions)


def test_the_truth_of_votes_apart() -> None:
    plain, apart = (shown.meetings(View(COUNCIL, Options(votes_apart=flag), BASE)) for flag in (False, True))
    assert sum(map(named, plain)) == sum(map(named, apart)) > 10
    for meeting in apart:
        for item in meeting.items:
            anchors = {each.anchor: each.kind for each in item.paragraphs}
            assert all(each.anchor in anchors for each in item.resolutions)
            assert not any("Against the motion" in each.text for each in item.paragraphs)
    one = next(each for meeting in apart for item in meeting.items for each in item.resolutions
               if each.vote and each.vote.names.for_)  # fmt: skip
    assert one.vote
    assert len(one.vote.names.for_) == one.vote.for_


def test_a_reader_finds_what_a_site_with_votes_apart_says() -> None:
    site = View(COUNCIL, Options(votes_apart=True), BASE)
    council = COUNCIL.council(BASE)
    for said in [each for each in shown.meetings(site) if named(each)][:4]:
        address = (said.url or "").removeprefix(BASE)
        read = reader.read_meeting(Page(said.url or "", 200, "text/html", ask(site, address).body), council)
        for one, other in zip(read.items, said.items, strict=True):
            assert [each.text for each in one.paragraphs] == [each.text for each in other.paragraphs]
            assert [each.text for each in one.resolutions] == [each.text for each in other.resolutions]


# Validators, and what is around a page

@pytest.mark.parametrize("kind", [Validators.ETAG, Validators.LAST_MODIFIED, Validators.BOTH])
@pytest.mark.parametrize("restless", [False, True])
def test_a_page_that_is_asked_for_again_is_not_sent_again(kind: Validators, restless: bool) -> None:
    site = View(COUNCIL, Options(validators=kind, restless=restless), BASE)
    address = meeting_page(HELD[0].id)
    first = ask(site, address)
    told = dict(first.headers)
    again = {"ETag": "If_None_Match", "Last-Modified": "If_Modified_Since"}
    assert set(told) == {"ETag", "Last-Modified"} if kind is Validators.BOTH else len(told) == 1
    asked = {again[name]: value for name, value in told.items()}
    second = ask(site, address, **asked)
    assert (second.status, second.body, second.headers) == (304, b"", first.headers)
    assert ask(site, meeting_page(HELD[1].id), **asked).status == 200
    assert ask(site, f"mgWebService.asmx/GetMeeting?lMeetingId={HELD[0].id}", **asked).status == 200


def test_a_changed_page_is_sent_again() -> None:
    site = View(COUNCIL, Options(validators=Validators.BOTH), BASE)
    edits = chosen(COUNCIL)
    changed = View(COUNCIL.later(edits=edits), Options(validators=Validators.BOTH), BASE)
    address = meeting_page(next(iter(edits.corrected)) // 24)
    tag, day = (dict(ask(site, address).headers)[name] for name in ("ETag", "Last-Modified"))
    assert ask(changed, address, If_None_Match=tag, If_Modified_Since=day).status == 200
    assert ask(changed, address, If_Modified_Since=day).status == 200
    assert ask(site, address, If_None_Match=f'W/"x", {tag}').status == 304


def test_a_304_has_no_body_on_the_wire() -> None:
    with serve(COUNCIL, options=Options(validators=Validators.ETAG)) as site:
        with urllib.request.urlopen(site.url + "ieDocHome.aspx") as reply:
            tag = reply.headers["ETag"]
        request = urllib.request.Request(site.url + "ieDocHome.aspx", headers={"If-None-Match": tag})
        with pytest.raises(urllib.request.HTTPError, match="304"):
            urllib.request.urlopen(request)
        assert [(each.status, each.size > 0) for each in site.log] == [(200, True), (304, False)]
        assert site.log[1].headers["If-None-Match"] == tag


def test_what_is_around_a_page_changes_and_the_page_does_not() -> None:
    site = View(COUNCIL, Options(restless=True), BASE)
    seen = [text(site, meeting_page(HELD[0].id)) for _ in range(5)]
    assert len(set(seen)) == 5
    assert len({middle(each) for each in seen}) == 1
    clean = View(COUNCIL, Options(), BASE)
    assert middle(seen[0]) == middle(text(clean, meeting_page(HELD[0].id)))
    assert len({text(clean, meeting_page(HELD[0].id)) for _ in range(3)}) == 1


# Hostile content

def poisoned(kind: Hostile) -> tuple[str, Reply]:
    number = HELD[0].id
    site = View(COUNCIL, Options(hostile={number: kind}, outside="http://outside.invalid/x"), BASE)
    other = meeting_page(HELD[1].id)
    assert ask(site, other).body == ask(View(COUNCIL, Options(), BASE), other).body
    return text(site, f"mgWebService.asmx/GetMeeting?lMeetingId={number}"), ask(site, meeting_page(number))


@pytest.mark.parametrize("kind", Hostile)
def test_each_poison_is_in_the_page_or_in_the_service(kind: Hostile) -> None:
    clean = View(COUNCIL, Options(), BASE)
    service, page = poisoned(kind)
    differs = [
        service != text(clean, f"mgWebService.asmx/GetMeeting?lMeetingId={HELD[0].id}"),
        page != ask(clean, meeting_page(HELD[0].id)),
    ]
    assert any(differs)
    assert page.status == (302 if kind is Hostile.OUTSIDE else 200)


def test_the_poisons_are_what_they_are_called() -> None:
    assert poisoned(Hostile.DEEP)[1].body.count(b"<div><b>") == 5000
    assert len(poisoned(Hostile.HUGE)[1].body) > 4_900_000
    assert "<!ENTITY a9" in poisoned(Hostile.ENTITIES)[0]
    assert b"file:///etc/passwd" in poisoned(Hostile.FILES)[1].body
    assert "javascript:" in poisoned(Hostile.SCHEMES)[0]
    assert b"\r\nX-Injected" in poisoned(Hostile.BREAKS)[1].body
    assert b"169.254.169.254" in poisoned(Hostile.INSIDE)[1].body
    assert dict(poisoned(Hostile.OUTSIDE)[1].headers)["Location"] == "http://outside.invalid/x"
    assert b"\x00" in poisoned(Hostile.CONTROLS)[1].body
    assert "\x01" in poisoned(Hostile.CONTROLS)[0]


def test_a_view_in_english_is_itself() -> None:
    assert BILINGUAL.english is BILINGUAL
    assert replace(BILINGUAL, welsh=True).english == BILINGUAL
