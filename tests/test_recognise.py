"""Whether an address is a ModernGov site: by what it shows, and what is said when it shows something else."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from archive.errors import Blocked, Gone, InputError
from crawler.moderngov.recognise import Recognised, council_name, is_moderngov, recognise
from crawler.source import Get, Page

ROOT = "https://democracy.example.gov.uk/"
DATA = Path(__file__).parents[2] / "shared" / "data"
MEETINGS_HOME = b"""<html><head><title>Browse meetings - Ambleshire County Council</title></head><body>
<div id="modgov"><h1 class="mgMainTitleTxt" >Browse meetings</h1><div class="mgContent" ></div></div></body></html>"""
PLAIN_HOME = b"<html><head><title>Welcome to Ambleshire</title></head><body><h1>Welcome</h1><p>News</p></body></html>"


def answering(pages: Mapping[str, bytes | Exception], asked: list[str] | None = None) -> Get:
    def get(url: str) -> Page:
        if asked is not None:
            asked.append(url)
        body = pages.get(url, Gone(url, "status 404"))
        if isinstance(body, Exception):
            raise body
        return Page(url, 200, "text/html", body)

    return get


def test_the_address_itself_may_be_the_site() -> None:
    asked: list[str] = []
    found = recognise(ROOT, answering({ROOT: MEETINGS_HOME}, asked))
    assert found == Recognised(ROOT, "Ambleshire County Council")
    assert asked == [ROOT]


@pytest.mark.parametrize("given", ["", "moderngov/", "moderngov", "moderngov/mgAi.aspx?ID=1"])
def test_the_base_is_found_from_any_address_of_the_install(given: str) -> None:
    home = ROOT + "moderngov/ieDocHome.aspx?bcr=1"
    pages = {home: MEETINGS_HOME, ROOT: PLAIN_HOME, ROOT + "moderngov/": PLAIN_HOME}
    if not given:
        pages = {ROOT: PLAIN_HOME, ROOT + "ieDocHome.aspx?bcr=1": MEETINGS_HOME}
    found = recognise(ROOT + given, answering(pages))
    assert found.base == (ROOT + "moderngov/" if given else ROOT)


def test_the_bases_above_are_tried_too() -> None:
    pages = {ROOT + "mgListCommittees.aspx?bcr=1": MEETINGS_HOME}
    assert recognise(ROOT + "news/2024/", answering(pages)).base == ROOT


def test_the_web_service_alone_is_enough() -> None:
    reply = b'<?xml version="1.0" encoding="utf-8"?>\n<committees>\n<committeescount> 0</committeescount></committees>'
    pages = {ROOT + "mgWebService.asmx/GetCommittees": reply}
    assert recognise(ROOT, answering(pages)) == Recognised(ROOT, None)


def test_a_redirect_inside_the_site_tells_the_base() -> None:
    def get(url: str) -> Page:
        return Page(ROOT + "moderngov/uuCoverPage.aspx?bcr=1", 200, "text/html", MEETINGS_HOME)

    assert recognise(ROOT, get).base == ROOT + "moderngov/"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (PLAIN_HOME, "Welcome to Ambleshire"),
        (b"<html><script src='/_Incapsula_Resource?a=1'></script></html>", "bot wall"),
        (b"<html><head><title>Just a moment...</title></head></html>", "bot wall"),
        (b"<form action='/cmis5/Search.aspx'><title>Search</title></form>", "a CMIS site, which cannot be read yet"),
        (b"<html><script>redirectToHttps(); window.location = 'https://x/'</script></html>", "a redirect script"),
        (b"", "an empty answer"),
    ],
)
def test_what_was_seen_instead_is_said(body: bytes, said: str) -> None:
    with pytest.raises(InputError, match="is not recognised as a ModernGov site") as refusal:
        recognise(ROOT, answering({ROOT: body}))
    assert said in str(refusal.value)
    assert "status 404" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_site_that_lets_nobody_in_is_said_to() -> None:
    with pytest.raises(InputError, match=r"robots\.txt answers status 403"):
        recognise(ROOT, answering({ROOT: Blocked(ROOT, "robots.txt answers status 403")}))


def test_links_to_another_host_s_pages_do_not_make_a_site() -> None:
    names = (b"mgWhatsNew.aspx", b"ieDocHome.aspx")
    body = b"".join(b'<a href="https://other.example/%b">x</a>' % name for name in names)
    assert not is_moderngov(Page(ROOT, 200, "text/html", body))
    assert is_moderngov(Page("https://other.example/", 200, "text/html", body))


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<title>Committees - Ambleshire County Council</title>", "Ambleshire County Council"),
        ("<title>Ambleshire Borough Council | Committee structure</title>", "Ambleshire Borough Council"),
        ("<title>Agenda for Council</title>", None),
        ("<title>Rhestr | Cyngor Sir Amlwch</title>", "Cyngor Sir Amlwch"),
        ('<title>Home</title><meta property="og:site_name" content="Amble Council">', "Amble Council"),
        ("<title>Browse meetings</title>", None),
        ("<title>Agenda for Full Council</title>", None),
        ("", None),
    ],
)
def test_the_name_of_the_council(head: str, name: str | None) -> None:
    assert council_name(Page(ROOT, 200, "text/html", f"<html><head>{head}</head></html>".encode())) == name


@pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not here")
def test_saved_pages_of_both_platforms() -> None:
    forms = ("moderngov/*.html", "cmis/*.html", "moderngov/GetCommittees-*.xml")
    saved = [path for form in forms for path in DATA.glob(form)]
    assert {path.parent.name for path in saved} == {"moderngov", "cmis"}
    for path in saved:
        page = Page(ROOT + path.name, 200, "text/html", path.read_bytes())
        assert is_moderngov(page) is (path.parent.name == "moderngov"), path
