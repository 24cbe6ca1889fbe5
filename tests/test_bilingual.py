"""Both languages of a bilingual site, paired: by a switch on its pages, on a host of its own, by either door."""

from collections.abc import Callable

import pytest
from build import a_meeting, an_item
from moderngov_site import NIGHT, ROOT, WELSH_ROOT, Site, held, off, sample, well

from archive.errors import PageError
from archive.ids import local, twin
from archive.listings import Door
from crawler.moderngov.doors import WELSH, Doors
from crawler.moderngov.source import ModernGovSource
from crawler.moderngov.twins import is_welsh, other_language, welsh_twin
from crawler.moderngov.urls import Method
from crawler.sample import Options, Reply, Request, Welsh
from crawler.source import Page, Reading

NUMBER = local(held().id)
HERE, APART = Options(welsh=Welsh.SAME_HOST), Options(welsh=Welsh.TWIN_HOST)
Fault = Callable[[Request], Reply | None]


def look(site: Site, doors: Doors | None = None, welsh: str | None = None) -> Reading:
    return ModernGovSource(sample().council(ROOT), site.get, sample().today, doors=doors, welsh=welsh).meeting(held())


def bilingual() -> Doors:
    return Doors({WELSH: Door(worked=True, failures=0, tried=NIGHT)}, NIGHT)


@pytest.mark.parametrize("fault", [well, off])
@pytest.mark.parametrize(("options", "welsh"), [(HERE, None), (APART, WELSH_ROOT)])
def test_the_welsh_page_is_the_twin_of_the_english_meeting(fault: Fault, options: Options, welsh: str | None) -> None:
    reading = look(Site(options, fault), welsh=welsh)
    english = look(Site(fault=fault)).meeting
    [found] = reading.translations
    assert reading.meeting == english
    assert reading.shortfalls == ()
    assert found.id == twin(english.id or "")
    assert [each.id for each in found.items] == [twin(each.id or "") for each in english.items]
    assert [each.title for each in found.items] != [each.title for each in english.items]
    assert [len(each.paragraphs) for each in found.items] == [len(each.paragraphs) for each in english.items]
    assert (found.start, found.status, found.committee) == (english.start, english.status, english.committee)
    assert found.attendance == english.attendance
    assert {each.id for item in found.items for each in item.documents} == {
        each.id for item in english.items for each in item.documents}
    assert found.url is not None
    assert found.url.startswith(WELSH_ROOT) if welsh else found.url.endswith("LLL=1")
    addresses = [each.url for each in found.items if each.url]
    assert all(each.startswith(WELSH_ROOT) if welsh else each.endswith("LLL=1") for each in addresses)


@pytest.mark.parametrize("fault", [well, off])
def test_welsh_text_that_cannot_be_had_is_told_and_the_english_is_read(fault: Fault) -> None:
    def broken(request: Request) -> Reply | None:
        return Reply(b"no", status=404) if request.parameters.get("lll") == "1" else fault(request)

    reading = look(Site(HERE, broken), bilingual())
    [shortfall] = reading.shortfalls
    assert shortfall.what == "Welsh text"
    assert shortfall.where.endswith("LLL=1")
    assert reading.translations == ()
    assert reading.meeting.items


@pytest.mark.parametrize("fault", [well, off])
def test_a_welsh_page_that_is_not_translated_is_no_twin(fault: Fault) -> None:
    def untranslated(request: Request) -> Reply | None:
        if request.parameters.get("lll") != "1":
            return fault(request)
        return site.reply(request, lll="0")

    site = Site(HERE, untranslated)
    reading = look(site, bilingual())
    assert (reading.translations, reading.shortfalls) == ((), ())
    assert len(site.asked_of("LLL=1")) == 1


def test_a_site_that_shows_welsh_by_itself_is_asked_for_english() -> None:
    def turned(request: Request) -> Reply | None:
        """The site shows Welsh unless English is asked for; the sample does the opposite."""
        if request.path == "ieListDocuments.aspx" and "lll" not in request.parameters:
            return site.reply(request, lll="1")
        return off(request)

    site = Site(HERE, turned)
    reading = look(site)
    english = look(Site(fault=off)).meeting
    [found] = reading.translations
    assert [each.paragraphs for each in reading.meeting.items] == [each.paragraphs for each in english.items]
    assert reading.meeting.attendance == english.attendance
    assert reading.meeting.id == english.id
    assert (reading.meeting.url or "").endswith("LLL=0")
    assert found.id == twin(english.id or "")
    assert is_welsh([text.text for item in found.items for text in item.paragraphs])


def test_a_site_that_shows_welsh_by_itself_and_has_no_english_page_now_gives_nothing() -> None:
    def turned(request: Request) -> Reply | None:
        if request.path == "ieListDocuments.aspx":
            missing = request.parameters.get("lll") == "0"
            return Reply(b"", status=200) if missing else site.reply(request, lll="1")
        return off(request)

    site = Site(HERE, turned)
    with pytest.raises(PageError):
        look(site)


@pytest.mark.parametrize("fault", [well, off])
@pytest.mark.parametrize("truncate", [None, 120])
def test_the_welsh_text_of_an_unchanged_meeting_is_not_asked_again(fault: Fault, truncate: int | None) -> None:
    site = Site(Options(welsh=Welsh.SAME_HOST, truncate=truncate), fault)
    first, doors = look(site, bilingual()), bilingual()
    doors_shut = {**doors.states(), Method.MEETING: Door(worked=False, failures=3, tried=NIGHT)}
    kept = site.another(1)
    shut = Doors(doors_shut if fault is off else doors.states(), NIGHT)
    source = ModernGovSource(sample().council(ROOT), site.get, sample().today, doors=shut)
    assert source.meeting(held(), kept) == first
    assert len([each for each in site.asked if "mgAi" not in each]) == 1
    assert bool(site.asked_of("mgAi.aspx")) is (truncate is not None)


def test_texts_that_the_welsh_page_cuts_are_read_from_the_welsh_items_pages() -> None:
    [whole] = look(Site(HERE, off)).translations
    site = Site(Options(welsh=Welsh.SAME_HOST, truncate=120), off)
    [found] = look(site).translations
    assert [each.paragraphs for each in found.items] == [each.paragraphs for each in whole.items]
    assert any("LLL=1" in each for each in site.asked_of("mgAi.aspx"))


def test_by_the_service_a_site_is_asked_for_welsh_once_a_week() -> None:
    site, doors = Site(), Doors(now=NIGHT)
    look(site, doors)
    look(site, doors)
    assert len(site.asked_of("LLL=1")) == 1
    assert doors.states()[WELSH].worked is False
    look(site, Doors({WELSH: Door(worked=False, failures=1, tried=NIGHT.replace(year=NIGHT.year - 1))}, NIGHT))
    assert len(site.asked_of("LLL=1")) == 2


def test_that_a_site_is_bilingual_is_remembered() -> None:
    for fault in (well, off):
        doors = Doors(now=NIGHT)
        look(Site(HERE, fault), doors)
        assert doors.states()[WELSH].worked


ENGLISH_PAGE = "<html lang='en'><a href='{}'>Cymraeg</a><div id='modgov'><h1>Agenda</h1></div></html>"


def a_page(href: str, name: str = "ieListDocuments.aspx?MId=9", lang: str = "en") -> Page:
    return Page(ROOT + name, 200, "text/html", ENGLISH_PAGE.format(href).replace("'en'", f"'{lang}'").encode())


@pytest.mark.parametrize(
    ("page", "language"),
    [
        (a_page("ieListDocuments.aspx?MId=9&LLL=1"), "1"),
        (a_page("ielistdocuments.aspx?cid=2&meetingid=9&lll=1#x"), "1"),
        (a_page("ieListDocuments.aspx?MId=9&LLL=0"), "0"),
        (a_page("ieListDocuments.aspx?MId=9&LLL=1'></a><a href='ieListDocuments.aspx?MId=9&LLL=0"), "1"),
        (a_page("ieListDocuments.aspx?MId=9&LLL=1'></a><a href='ieListDocuments.aspx?MId=9&LLL=0", lang="cy"), "0"),
        (a_page("ieListDocuments.aspx?MId=8&LLL=1"), None),
        (a_page("mgWhatsNew.aspx?LLL=1"), None),
        (a_page("ieListDocuments.aspx?MId=9&LLL=-1"), None),
        (a_page("ieListDocuments.aspx?MId=9"), None),
    ],
)
def test_the_switch_of_language(page: Page, language: str | None) -> None:
    assert other_language(page, a_meeting("9")) == language


@pytest.mark.parametrize(
    ("text", "welsh"),
    [
        ("Penderfynwyd bod y pwyllgor yn nodi'r adroddiad.", True),
        ("The Committee noted the report of Cyngor Sir.", False),
        ("Mae'r pwyllgor wedi nodi'r adroddiad. The Committee noted the report and thanked the officers.", False),
        ("", False),
        ("12.3", False),
    ],
)
def test_welsh_is_told_by_its_words(text: str, welsh: bool) -> None:
    assert is_welsh([text]) is welsh


def test_items_without_numbers_pair_by_their_place() -> None:
    english = a_meeting("9", an_item("f1", "Apologies"), an_item("72", "Buses"))
    welsh = a_meeting("9", an_item("f2", "Ymddiheuriadau"), an_item("72", "Bysiau"))
    found = welsh_twin(english, welsh)
    assert found is not None
    assert [local(each.id or "") for each in found.items] == ["f1-cy", "72-cy"]


@pytest.mark.parametrize("title", ["Apologies", "The apologies of the members"])
def test_what_is_english_is_no_welsh_text(title: str) -> None:
    assert welsh_twin(a_meeting("9", an_item("1", "Apologies")), a_meeting("9", an_item("1", title))) is None
