"""The addresses of ModernGov: many spellings, one thing."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.moderngov.urls import (
    DocumentKey,
    Site,
    absolute,
    base_of,
    canonical,
    committee_number,
    document_key,
    is_meeting,
    item_number,
    kept_address,
    meeting_number,
    member_number,
    page_name,
    uk_day,
)

ROOT = "https://democracy.example.gov.uk/"
SITE = Site(ROOT)


@pytest.mark.parametrize(
    ("page", "href", "expected"),
    [
        (ROOT + "mgAi.aspx?ID=1", "documents/s33789/Bus strategy.pdf", ROOT + "documents/s33789/Bus%20strategy.pdf"),
        (ROOT + "a/moderngov/mgAi.aspx", "ieListDocuments.aspx?MId=3", ROOT + "a/moderngov/ieListDocuments.aspx?MId=3"),
        (ROOT + "x.aspx", "documents/s1/Two\r\nlines & 50%, o\u2019clock.pdf",
         ROOT + "documents/s1/Twolines%20&%2050%25,%20o%E2%80%99clock.pdf"),
        (ROOT + "x.aspx", "documents/s1/done%20already.pdf", ROOT + "documents/s1/done%20already.pdf"),
        (ROOT, "//mgWebService.asmx", None),
        ("https://h.example//mgWebService.asmx", "", "https://h.example/mgWebService.asmx"),
        (ROOT, "  mgAi.aspx?ID=2#AI3 ", ROOT + "mgAi.aspx?ID=2#AI3"),
        ("HTTPS://Democracy.Example.gov.uk:443/", "a.aspx", ROOT + "a.aspx"),
        ("http://h.example:8900/", "a.aspx", "http://h.example:8900/a.aspx"),
        (ROOT, "mailto:clerk@example.org", None),
        (ROOT, "javascript:void(0)", None),
        (ROOT, "http://[::1", None),
        (ROOT, "http://h.example:port/", None),
        (ROOT, "https://user:secret@h.example/x.pdf", "https://h.example/x.pdf"),
        (ROOT, "//user@h.example:8080/x.pdf", "https://h.example:8080/x.pdf"),
        (ROOT, "http://user:secret@/x.pdf", None),
        (ROOT, "http://a b/", None),
        (ROOT, "documents/s1/" + "a" * 8000, None),
        ("https://user:secret@h.example/a.aspx", "b.aspx", "https://h.example/b.aspx"),
    ],
)  # fmt: skip
def test_an_href_becomes_a_whole_address(page: str, href: str, expected: str | None) -> None:
    if expected is None and href.startswith("//"):
        expected = "https://mgWebService.asmx/".lower()
    assert absolute(page, href) == expected


@pytest.mark.parametrize(
    "spelling",
    [
        "ieListDocuments.aspx?CId=170&MId=3129&Ver=4",
        "ieListDocuments.aspx?MID=3129&CID=170",
        "IELISTDOCUMENTS.ASPX?CommitteeId=170&MeetingId=3129&bcr=1&zTS=9&$LO$=1&LLL=0",
        "ieListDocuments.aspx?CId=170&amp;MId=3129&J=2&txtonly=1#AI17213",
        "/ieListDocuments.aspx?CId=170&MId=3129&MId=9999",
    ],
)
def test_spellings_of_one_meeting_are_one_address(spelling: str) -> None:
    assert canonical(ROOT + spelling.lstrip("/")) == ROOT + "ieListDocuments.aspx?CId=170&MId=3129"
    assert meeting_number(ROOT + spelling) == "3129"
    assert committee_number(ROOT + spelling) == "170"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("mgAi.aspx?id=17213&LLL=1", "mgAi.aspx?ID=17213&LLL=1"),
        ("mgAi.aspx?ID=17213&LLL=-1", "mgAi.aspx?ID=17213"),
        ("ieListMeetings.aspx?XXR=0&CommitteeId=5&Year=0", "ieListMeetings.aspx?CId=5&Year=0"),
        ("ieListMeetings.aspx?Act=earlier&CId=5&D=201403041400&MD=ielistmeetings",
         "ieListMeetings.aspx?CId=5&Act=earlier&D=201403041400"),
        ("documents/s33789/Any title at all.pdf", "documents/s33789"),
        ("mgConvert2PDF.aspx?ID=33789", "documents/s33789"),
        ("documents/g3129/Printed minutes 26th-Feb-2020.pdf?T=1", "documents/g3129?T=1"),
        ("mgWhatsNew.aspx?bcr=1&WID=0&CT=0", "mgWhatsNew.aspx?ct=0&wid=0"),
        ("ceListDocuments.aspx?MID=5&CId=2&RD=Minutes&DF=03%2f02%2f2004%2c+18%3a30&Ver=2",
         "CeListDocuments.aspx?CommitteeId=2&MeetingId=5&DF=03%2F02%2F2004"),
        ("(S(abc123def))/mgAi.aspx?ID=1", "mgAi.aspx?ID=1"),
    ],
)  # fmt: skip
def test_canonical_form(url: str, expected: str) -> None:
    assert canonical(ROOT + url) == ROOT + expected


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("documents/s33789/Report.pdf", DocumentKey("s", "33789")),
        ("moderngov/documents/S33789/Report.pdf?T=9", DocumentKey("s", "33789")),
        ("documents/g3129/Public reports pack.pdf?T=10", DocumentKey("g", "3129", "10")),
        ("documents/b12/Supplement.pdf?T=9", DocumentKey("b", "12")),
        ("mgConvert2PDF.aspx?ID=12&ISATT=1&T=10", DocumentKey("s", "12")),
        ("mgConvert2PDF.aspx?ID=12&T=10", DocumentKey("g", "12", "10")),
        ("mgConvert2PDF.aspx?ID=x", None),
        ("documents/about.html", None),
    ],
)
def test_what_selects_a_document(url: str, key: DocumentKey | None) -> None:
    assert document_key(ROOT + url) == key


def test_every_spelling_of_an_item_is_its_number() -> None:
    spellings = ("mgAi.aspx?ID=54346", "ieListDocuments.aspx?MId=8594#AI54346", "ieDecisionDetails.aspx?AIId=54346")
    assert {item_number(ROOT + each) for each in spellings} == {"54346"}
    assert item_number(ROOT + "ieDecisionDetails.aspx?ID=9") is None
    assert item_number(ROOT + "mgAi.aspx?ID=x") is None


def test_numbers_of_other_things() -> None:
    assert meeting_number(ROOT + "mgMeetingAttendance.aspx?ID=3129") == "3129"
    assert committee_number(ROOT + "mgCommitteeDetails.aspx?ID=170") == "170"
    assert member_number(ROOT + "mgUserInfo.aspx?UID=117") == "117"
    assert meeting_number(ROOT + "mgAi.aspx?ID=3129") is None
    assert meeting_number(ROOT + "ieListDocuments.aspx?MId=" + "9" * 500) is None
    assert is_meeting(ROOT + "CELISTDOCUMENTS.ASPX?MID=5")
    assert not is_meeting(ROOT + "mgMeetingAttendance.aspx?ID=5")


@pytest.mark.parametrize(
    ("url", "base"),
    [
        (ROOT, ROOT),
        ("https://democracy.example.gov.uk", ROOT),
        (ROOT + "mgAi.aspx?ID=1", ROOT),
        (ROOT + "moderngov", ROOT + "moderngov/"),
        (ROOT + "moderngov/ieDocHome.aspx?bcr=1", ROOT + "moderngov/"),
        (ROOT + "modern.gov/ieDocHome.aspx", ROOT + "modern.gov/"),
        (ROOT + "modern.gov", ROOT + "modern.gov/"),
        (ROOT + "mgWebService.asmx/GetMeeting?lMeetingId=1", ROOT),
        (ROOT + "x/documents/s1/Report.pdf", ROOT + "x/"),
        (ROOT + "x/documents/s1/Sub/Report.pdf", ROOT + "x/"),
        (ROOT + "index.html", ROOT),
        ("http://127.0.0.1:8900/somewhere/", "http://127.0.0.1:8900/somewhere/"),
    ],
)
def test_the_base_of_an_install(url: str, base: str) -> None:
    assert base_of(url) == base


def test_calls_give_every_parameter_and_british_dates() -> None:
    assert SITE.service_meetings("0", date(2024, 2, 1), date(2024, 2, 29)) == (
        ROOT + "mgWebService.asmx/GetMeetings?lCommitteeId=0&sFromDate=01%2F02%2F2024&sToDate=29%2F02%2F2024"
    )
    assert SITE.service_meeting("7") == ROOT + "mgWebService.asmx/GetMeeting?lMeetingId=7"
    assert SITE.meeting(None, "7") == ROOT + "ieListDocuments.aspx?MId=7"
    assert SITE.legacy("2", "7", date(2004, 2, 3)) == (
        ROOT + "CeListDocuments.aspx?CommitteeId=2&MeetingId=7&DF=03%2F02%2F2004&Ver=2"
    )
    assert SITE.calendar_month(date(2026, 2, 3)) == (
        ROOT + "mgCalendarMonthView.aspx?GL=1&bcr=1&M=2&DD=2026&CID=0&OT=&C=-1&MR=0"
    )
    assert SITE.document(DocumentKey("g", "7", "1")) == ROOT + "documents/g7?T=1"
    assert uk_day(date(987, 2, 1)) == "01/02/0987"


def test_the_product_s_own_spelling_of_a_page() -> None:
    assert page_name(ROOT + "MGAI.ASPX?ID=1") == "mgAi.aspx"
    assert page_name(ROOT + "mgWhatsNew.aspx") == "mgWhatsNew.aspx"
    assert page_name(ROOT + "documents/s1/a.pdf") is None


NUMBERS = st.integers(1, 10**9).map(str)


@given(committee=NUMBERS, meeting=NUMBERS)
def test_what_is_built_is_canonical_and_names_what_it_was_built_of(committee: str, meeting: str) -> None:
    url = SITE.meeting(committee, meeting)
    assert canonical(url) == url
    assert (committee_number(url), meeting_number(url)) == (committee, meeting)
    assert item_number(SITE.item(meeting)) == member_number(SITE.member(meeting)) == meeting


@given(st.text())
def test_any_href_gives_an_address_fit_to_be_asked_or_none(href: str) -> None:
    whole = absolute(ROOT + "mgAi.aspx?ID=1", href)
    if whole is not None:
        assert whole.isascii() or urlsplit(whole).hostname != urlsplit(ROOT).hostname
        assert not set(" \r\n\t") & set(whole)
        assert absolute(whole, whole) == whole


@given(st.text())
def test_canonical_is_settled(path: str) -> None:
    once = canonical(ROOT + path)
    assert canonical(once) == once


OTHERS = (
    "https://committees.old.example/", "https://democracy.example.gov.uk/moderngov/", "http://10.1.2.3:9071/modern.gov/"
)  # fmt: skip
MANY = Site(ROOT, OTHERS)
DECORATIONS = ("Ver=4", "bcr=1", "J=2", "zTS=9", "$LO$=1", "LLL=0", "LLL=-1", "txtonly=1", "XXR=0", "H=", "GL=1")


@st.composite
def spellings(draw: st.DrawFn) -> str:
    """Any way in which sites write the address of meeting 3129 of committee 170."""
    base = draw(st.sampled_from((ROOT, *OTHERS)))
    base = draw(st.sampled_from((base, base.replace("https:", "http:"), base.upper(), base.rstrip("/") + "//")))
    committee, meeting = (draw(st.sampled_from(each)) for each in (("CId", "CommitteeId"), ("MId", "MeetingId")))
    given = [f"{committee}=170", f"{meeting}=3129"]
    given = draw(st.permutations([*given, *draw(st.lists(st.sampled_from(DECORATIONS), unique=True))]))
    cased = "".join(draw(st.sampled_from((each, each.upper(), each.lower()))) for each in "ieListDocuments.aspx?")
    between = draw(st.sampled_from(("&", "&amp;")))
    named = (name + "=" + value for name, _, value in (each.partition("=") for each in given))
    query = between.join(draw(st.sampled_from((each, each.upper(), each.lower()))) for each in named)
    return base + cased + query + draw(st.sampled_from(("", "#AI5", "#")))


@given(spellings())
def test_every_spelling_of_a_meeting_has_one_form(url: str) -> None:
    assert MANY.own(url) == ROOT + "ieListDocuments.aspx?CId=170&MId=3129"
    assert (meeting_number(url), committee_number(url), is_meeting(url)) == ("3129", "170", True)
    assert canonical(canonical(url)) == canonical(url)


@pytest.mark.parametrize(
    "url",
    ["https://other.example/ieListDocuments.aspx?MId=1", "https://democracy.example.gov.uk:8443/mgAi.aspx?ID=1",
     "mailto:clerk@example.org", "http://10.1.2.3/modern.gov/mgAi.aspx?ID=1", "https://committees.old.example.evil/x.aspx",
     "http://[::1", ""],
)  # fmt: skip
def test_another_site_s_address_is_not_own(url: str) -> None:
    assert MANY.own(url) is None


def test_two_councils_under_one_host_are_two_sites() -> None:
    site = Site("https://shared.example/modernGov/")
    assert site.own("http://shared.example/MODERNGOV/mgAi.aspx?ID=1") == "https://shared.example/modernGov/mgAi.aspx?ID=1"
    assert site.own("https://shared.example/moderngovopdc/mgAi.aspx?ID=1") is None
    assert site.own(site.document(DocumentKey("g", "7", "1"))) == "https://shared.example/modernGov/documents/g7?T=1"


OPENINGS = st.sampled_from(["", "http://", "https://user:secret@", "//a:b@h.example/", "javascript:"])


@given(st.text(max_size=60), OPENINGS)
def test_whatever_is_kept_is_a_plain_address(text: str, before: str) -> None:
    for found in (absolute(ROOT, before + text), kept_address(before + text)):
        if found is not None:
            parts = urlsplit(found)
            assert parts.scheme in ("http", "https")
            assert "@" not in parts.netloc
            assert not set(found) & set("\r\n\t <>\"")
            assert absolute(found, found) == found


@pytest.mark.parametrize("name", ["saved page.html", "minutes.xml", "C:\\minutes.htm", ""])
def test_the_name_of_a_file_is_no_address(name: str) -> None:
    assert kept_address(name) is None
