"""What an unchanged meeting costs: what was kept of it is not asked again, and what may have changed is."""

from collections.abc import Callable, Iterable

import pytest
from moderngov_site import ROOT, Site, held, sample

from archive.errors import Unreachable
from archive.ids import local
from crawler.moderngov.doors import WELSH
from crawler.moderngov.sameness import same_content
from crawler.moderngov.source import ModernGovSource
from crawler.moderngov.urls import Method
from crawler.sample import Options, Reply, Request
from crawler.source import Page, Reading

NUMBER = local(held().id)
PRINTED = frozenset([int(NUMBER)])
SERVICE, PAGE, ATTENDANCE = "mgWebService.asmx/GetMeeting", "ieListDocuments.aspx", "mgMeetingAttendance.aspx"
BY_SERVICE, BY_PAGES = (WELSH,), (WELSH, Method.MEETING)
Change = Callable[[bytes], bytes]


def look(site: Site, day: int, shut: Iterable[str], without: str = "nothing") -> tuple[Reading, list[str]]:
    """What is read on a day, and the names of the pages asked for it; a page `without` is not kept."""
    kept = site.another(day)
    reading = site.source(shut).meeting(held(), lambda url: None if without in url else kept(url))
    return reading, [each.partition("?")[0] for each in site.asked]


def changing(site: Site, name: str, change: Change) -> None:
    """From now on the page `name` is answered otherwise."""

    def fault(request: Request) -> Reply | None:
        if not request.path.startswith(name):
            return None
        reply = site.reply(request)
        return Reply(change(reply.body), reply.content_type)

    site.fault = fault


def read_by(shut: Iterable[str], options: Options | None = None) -> tuple[Site, Reading]:
    """A site, and what was read of it on the first day."""
    site = Site(options or Options())
    return site, look(site, 0, shut)[0]


@pytest.mark.parametrize(("shut", "asked"), [(BY_SERVICE, [SERVICE]), (BY_PAGES, [PAGE])])
@pytest.mark.parametrize("printed", [frozenset(), PRINTED])
def test_an_unchanged_meeting_costs_one_request(
    shut: tuple[str, ...], asked: list[str], printed: frozenset[int]
) -> None:
    site, first = read_by(shut, Options(printed_only=printed))
    assert look(site, 1, shut) == (first, asked)
    assert look(site, 6, shut) == (first, asked)


def test_what_surrounds_a_page_is_no_change_of_it() -> None:
    site, first = read_by(BY_PAGES)
    around = b"<p>Today is Monday</p><body"
    changing(site, PAGE, lambda body: body.replace(b"<body", around).replace(b"?ID=", b"?bcr=1&ID="))
    assert look(site, 1, BY_PAGES) == (first, [PAGE])


def test_a_changed_page_has_its_attendance_asked_again() -> None:
    site, _ = read_by(BY_PAGES)
    changing(site, PAGE, lambda body: body.replace(b"Agenda and", b"Agenda, decisions and"))
    assert look(site, 1, BY_PAGES)[1] == [PAGE, ATTENDANCE]


def test_after_a_week_the_parts_are_asked_again() -> None:
    site, first = read_by(BY_PAGES)
    assert look(site, 8, BY_PAGES) == (first, [PAGE, ATTENDANCE])
    assert look(site, 9, BY_PAGES) == (first, [PAGE])


def test_a_document_is_asked_once_however_old_it_is() -> None:
    site, first = read_by(BY_PAGES, Options(printed_only=PRINTED))
    assert look(site, 400, BY_PAGES) == (first, [PAGE, ATTENDANCE])
    site, first = read_by(BY_SERVICE, Options(printed_only=PRINTED))
    assert look(site, 400, BY_SERVICE) == (first, [SERVICE, PAGE, ATTENDANCE])


def test_a_document_is_asked_again_when_its_printed_size_changes_and_only_then() -> None:
    site, _ = read_by(BY_PAGES, Options(printed_only=PRINTED))
    changing(site, PAGE, lambda body: body.replace(b"Venue", b"Location"))
    assert look(site, 1, BY_PAGES)[1] == [PAGE, ATTENDANCE]
    changing(site, PAGE, lambda body: body.replace(b" KB", b"9 KB"))
    asked = look(site, 2, BY_PAGES)[1]
    assert asked[:2] == [PAGE, ATTENDANCE]
    assert [each.startswith(f"documents/g{NUMBER}") for each in asked[2:]] == [True]


@pytest.mark.parametrize(("missing", "asked"), [(PAGE, [PAGE, ATTENDANCE]), (ATTENDANCE, [PAGE, ATTENDANCE])])
def test_what_is_not_kept_is_asked(missing: str, asked: list[str]) -> None:
    site, first = read_by(BY_PAGES)
    assert look(site, 1, BY_PAGES, without=missing) == (first, asked)


def test_what_is_kept_and_cannot_be_read_is_asked() -> None:
    site, first = read_by(BY_PAGES)
    changing(site, ATTENDANCE, lambda _: b"<html><script src='/_Incapsula_Resource?x=1'></script></html>")
    walled, _ = look(site, 8, BY_PAGES)
    assert [each.what for each in walled.shortfalls] == ["attendance"]
    changing(site, "none", bytes)
    assert look(site, 9, BY_PAGES) == (first, [PAGE, ATTENDANCE])


def test_items_whose_texts_the_page_cuts_are_always_asked() -> None:
    site, first = read_by(BY_PAGES, Options(truncate=120))
    again, asked = look(site, 1, BY_PAGES)
    assert again == first
    assert asked.count("mgAi.aspx") == len(asked) - 1 > 0


@pytest.mark.parametrize("shut", [BY_SERVICE, BY_PAGES])
def test_what_was_read_is_read_again_from_its_own_answers_alone(shut: tuple[str, ...]) -> None:
    site, first = read_by(shut, Options(printed_only=PRINTED, truncate=120))
    answered = site.another(1)

    def replay(url: str) -> Page:
        kept = answered(url)
        if kept is None:
            raise Unreachable(url, "was never asked")
        return kept.page

    assert ModernGovSource(sample().council(ROOT), replay, sample().today).meeting(held()) == first


def page(html: str) -> Page:
    return Page(ROOT + "ieListDocuments.aspx?MId=9", 200, "text/html", html.encode())


MIDDLE = "<p>It is {}.</p><a href='documents/s1/A.pdf'>A <span class='mgFileSize'>PDF {} KB</span></a>"


def a_page(text: str = "so", size: int = 9, head: str = "Agenda", around: str = "", middle: str = "") -> Page:
    own = f"<div id='modgov'>{MIDDLE.format(text, size)}{middle}<div class='mgFooter'>{around}</div></div>"
    return page(f"<html><head><title>{around}</title></head><h1>{head}</h1><p>{around}</p>{own}</html>")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (a_page(around="Monday"), True),
        (a_page(middle="<script>now()</script><!-- 7 ms --><style>p {}</style>"), True),
        (a_page("\n  so"), True),
        (a_page(head="News of the day"), False),
        (a_page(head="Agenda and minutes"), False),
        (a_page("not so"), False),
        (a_page(size=10), False),
        (a_page(middle="<a href='documents/s2/B.pdf'></a>"), False),
        (page(""), False),
    ],
)
def test_the_content_of_a_page_is_its_middle(other: Page, same: bool) -> None:
    assert same_content(a_page(), other) is same


def test_a_page_without_modgov_is_compared_by_its_own_classes() -> None:
    html = "<p>{}</p><div><h2 class='mgSubTitleTxt'>Council</h2><p class='mgLabel'>{}</p></div>"
    assert same_content(page(html.format("Monday", "Venue")), page(html.format("Tuesday", "Venue")))
    assert not same_content(page(html.format("Monday", "Venue")), page(html.format("Monday", "Place")))


def test_links_are_compared_by_what_they_name() -> None:
    html = "<div id='modgov'><a href='{}'>Minutes</a></div>"
    one = page(html.format("ieListDocuments.aspx?CId=1&MId=2"))
    assert same_content(one, page(html.format("ielistdocuments.aspx?cid=1&mid=2&bcr=1&Ver=4")))
    assert not same_content(one, page(html.format("ieListDocuments.aspx?CId=1&MId=3")))


def test_replies_are_compared_whole() -> None:
    replies = [Page(ROOT + "mgWebService.asmx/GetMeeting?lMeetingId=9", 200, "text/xml", body) for body in (
        b"<meeting><a x='1'/></meeting>", b"<meeting><a x='1'/></meeting>\r\n", b"<meeting><a x='2'/></meeting>")]
    assert same_content(replies[0], replies[1])
    assert not same_content(replies[0], replies[2])
