"""The calendar of a site, in the forms in which installs print it, and the walk along its months."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import Blocked, Gone, LeftAlone, MinutebookError, OutOfBudget, PageError, Unreachable
from archive.model import Committee, CommitteeId, Council, CouncilId
from crawler.moderngov.calendar import read_calendar
from crawler.moderngov.listings import is_legacy
from crawler.moderngov.lists import MeetingLists, Span
from crawler.moderngov.urls import Site, parameters
from crawler.source import Announced, Page

ROOT = "https://democracy.ambleshire.example/"
COUNCIL = Council(CouncilId("ambleshire"), "Ambleshire")
CABINET = Committee(CommitteeId("ambleshire/committees/12"), "Cabinet")
FEBRUARY = date(2026, 2, 1)
TODAY = date(2026, 2, 14)


def page(body: str, head: str = "February 2026") -> Page:
    html = f"<div id='modgov'><h1>Calendar</h1><h2>{head}</h2><div class='mgContent'>{body}</div></div>"
    return Page(ROOT + "mgCalendarMonthView.aspx?M=2&DD=2026", 200, "text/html", html.encode())


def read(body: str, *committees: Committee) -> list[tuple[str, str, str, str | None]]:
    found = read_calendar(page(body), COUNCIL, FEBRUARY, committees)
    return [(each.id.rsplit("/")[-1], each.committee.name, f"{each.start:%Y-%m-%d %H:%M}", each.note) for each in found]


HREF = "href='ieListDocuments.aspx?CId=12&amp;MId=7'"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (f"<a {HREF} title='Meeting of Cabinet, 11/02/2026 3.00 pm'>Cabinet</a>", ("Cabinet", "11 15:00", None)),
        (f"<a {HREF} title='Link to Meeting of Cabinet, 11/02/2026 15:00'>x</a>", ("Cabinet", "11 15:00", None)),
        (f"<a {HREF} title='PROVISIONAL Meeting of Cabinet, 11/02/2026 3.00 pm'>Cabinet</a>",
         ("Cabinet", "11 15:00", "Provisional")),
        (f"<a {HREF} title='CANCELLED - Meeting of the Cabinet, 11/02/2026'>Cabinet</a>",
         ("Cabinet", "11 00:00", "Cancelled")),
        (f"<a {HREF}>3.00 pm Cabinet</a>", ("Cabinet", "11 15:00", None)),
        (f"<a {HREF}>3.00 pm - 5.30 pm, Cabinet</a>", ("Cabinet", "11 15:00", None)),
        (f"<a {HREF}>15:00 - Cabinet - CANCELLED</a>", ("Cabinet", "11 15:00", "Cancelled")),
        (f"CANCELLED <a {HREF}>10.30 am Cabinet</a>", ("Cabinet", "11 10:30", "Cancelled")),
        (f"10.30 am <a {HREF}>POSTPONED Cabinet</a>", ("Cabinet", "11 10:30", "Postponed")),
        (f"<a {HREF}>Cabinet</a>", ("Cabinet", "11 00:00", None)),
        (f"<a {HREF}>Cabinet (Provisional)</a>", ("Cabinet", "11 00:00", "Provisional")),
        (f"<a {HREF} title='Cyfarfod Cabinet, 11/02/2026 3.00 y.p'>Cabinet</a>", ("Cabinet", "11 15:00", None)),
        (f"<a {HREF}>New Homes and Moved Persons Panel, 3pm</a>",
         ("New Homes and Moved Persons Panel", "11 15:00", None)),
        (f"<a {HREF}>Cabinet on Wednesday, 11th February, 2026 at 3.00 pm</a>", ("Cabinet", "11 15:00", None)),
    ],
)  # fmt: skip
def test_a_meeting_in_a_cell(link: str, expected: tuple[str, str, str | None]) -> None:
    (found,) = read(f"<table><tr><td>10</td><td>11<ul><li>{link}</li></ul></td><td>12</td></tr></table>")
    assert found == ("7", expected[0], f"2026-02-{expected[1]}", expected[2])


def test_a_list_of_days() -> None:
    entry = "<li>{} - <a href='ieListDocuments.aspx?CId=12&amp;MId={}'>Cabinet on {}</a> - Town Hall</li>"
    body = ("<p>Wednesday, 11th February, 2026</p><ul class='mgCalendarWeekEventList'>"
            f"{entry.format('3.00 pm', 7, '11/02/2026')}{entry.format('6.30 pm', 8, '11/02/2026')}</ul>"
            f"<p>Monday 16th February 2026</p><ul>{entry.format('10.00 am', 9, '16th')}</ul>")  # fmt: skip
    assert [(number, start) for number, _, start, _ in read(body)] == [
        ("7", "2026-02-11 15:00"), ("8", "2026-02-11 18:30"), ("9", "2026-02-16 10:00"),
    ]  # fmt: skip
    assert {name for _, name, _, _ in read(body)[:2]} == {"Cabinet"}


def test_days_of_the_months_before_and_after_are_theirs() -> None:
    days = [26, 27, 28, 29, 30, 31, *range(1, 29), 1, 2]
    cells = "".join(f"<td>{day}<a href='ieListDocuments.aspx?MId={at}'>Cabinet</a></td>" for at, day in enumerate(days))
    starts = [start[:10] for _, _, start, _ in read(f"<table><tr>{cells}</tr></table>")]
    assert starts == [f"{date(2026, 1, 26) + timedelta(days=at)}" for at in range(len(days))]


def test_a_committee_is_named_as_the_list_names_it() -> None:
    body = f"<table><tr><td>11 <a {HREF}>CAB</a></td></tr></table>"
    assert read(body, CABINET)[0][1] == "Cabinet"
    unnumbered = page(body.replace("CId=12&amp;", "").replace("CAB", "cabinet"))
    (named,) = read_calendar(unnumbered, COUNCIL, FEBRUARY, [CABINET])
    assert named.committee == CABINET


def test_a_legacy_meeting_says_so_and_its_address_its_day() -> None:
    body = "<a href='ceListDocuments.aspx?CommitteeId=12&MeetingId=5&DF=03%2f02%2f2006&Ver=2'>Cabinet</a>"
    (found,) = read_calendar(page(body, "Calendar"), COUNCIL, FEBRUARY)
    assert (found.id, f"{found.start:%Y-%m-%d}", is_legacy(found)) == ("ambleshire/meetings/5", "2006-02-03", True)


def test_links_twice_and_links_to_other_things() -> None:
    body = (f"<table><tr><td>11<a {HREF}><img alt=''></a><a {HREF}>3 pm Cabinet</a><a href='mgEvent.aspx?ID=3'>Fair</a>"
            "<a href='ieListDocuments.aspx?CId=1'>x</a></td></tr></table>")  # fmt: skip
    assert [(number, name) for number, name, _, _ in read(body)] == [("7", "Cabinet")]


def test_what_is_no_calendar_of_that_month_is_refused() -> None:
    with pytest.raises(PageError, match="expected the calendar of February 2026, found that of March 2026"):
        read_calendar(page("", "March 2026"), COUNCIL, FEBRUARY)
    stub = b"<script src='/_Incapsula_Resource?x'></script>"
    with pytest.raises(Blocked):
        read_calendar(Page(ROOT, 200, "text/html", stub), COUNCIL, FEBRUARY)
    assert read_calendar(page("", "Calendar of meetings"), COUNCIL, FEBRUARY) == ()


def test_a_page_without_end_is_read_as_far_as_is_sane() -> None:
    many = "".join(f"<li><a href='ieListDocuments.aspx?MId={at}'>1/2/2026</a></li>" for at in range(4_000))
    assert len(read(f"<ul>{many}</ul>")) == 3_000
    assert read("<div>" * 5_000 + f"<p><a {HREF}>11/02/2026 Cabinet</a></p>" + "</div>" * 5_000) in (
        [], [("7", "Cabinet", "2026-02-11 00:00", None)],
    )  # fmt: skip


@given(st.text(alphabet="<>atdli/ 0123456789href=''ieListDocuments.aspx?MId=&;", max_size=300))
def test_no_markup_breaks_it(body: str) -> None:
    read_calendar(page(body), COUNCIL, FEBRUARY)


class Calendar:
    """A site that has nothing but a calendar, with one meeting on the first of each of `months`."""

    def __init__(self, *months: date) -> None:
        self.months, self.asked = months, list[tuple[str, date]]()
        self.fault: dict[tuple[str, date], MinutebookError] = {}
        self.silent: str | None = None

    def get(self, url: str) -> Page:
        given, view = parameters(url), "Agenda" if "Agenda" in url else "Month"
        month = date(int(given["dd"]), int(given["m"]), 1)
        self.asked.append((view, month))
        if error := self.fault.get((view, month)) or self.fault.get((view, date.max)):
            raise error
        shown = month in self.months and view != self.silent
        link = f"<a href='ieListDocuments.aspx?MId={month:%Y%m}' title='Meeting of X, {month:%d/%m/%Y}'>X</a>" * shown
        html = f"<div id='modgov'><h1>Calendar</h1><h2>{month:%B %Y}</h2>{link}</div>"
        return Page(url, 200, "text/html", html.encode())

    def walk(self, since: date | None, until: date | None) -> list[Announced]:
        lists = MeetingLists(Site(ROOT), self.get, COUNCIL)
        return list(lists.on_calendar(Span.of(since, until, TODAY), TODAY))

    def numbers(self, since: date | None = None, until: date | None = None) -> list[str]:
        return [each.id.rsplit("/")[-1] for each in self.walk(since, until)]


def test_the_walk_goes_onwards_and_then_back_until_two_years_are_empty() -> None:
    site = Calendar(date(2026, 2, 1), date(2026, 12, 1), date(2025, 1, 1), date(2023, 2, 1), date(2020, 1, 1))
    assert site.numbers() == ["202602", "202612", "202501", "202302"]
    assert {month for _, month in site.asked} == {
        date(2021 + at // 12, at % 12 + 1, 1) for at in range(1, 84)
    }  # fmt: skip
    assert {view for view, _ in site.asked} == {"Month"}


def test_a_span_is_walked_whole_and_nothing_beside_it() -> None:
    site = Calendar(date(2019, 3, 1), date(2026, 2, 1), date(2026, 3, 1))
    assert site.numbers(date(2019, 3, 1), date(2026, 2, 28)) == ["202602", "201903"]
    assert (min(site.asked, key=lambda each: each[1])[1], len(site.asked)) == (date(2019, 3, 1), 84)


def test_the_agenda_view_is_asked_where_the_month_view_gives_nothing() -> None:
    site = Calendar(date(2026, 2, 1), date(2026, 1, 1))
    site.silent = "Month"
    assert site.numbers(date(2025, 11, 1), date(2026, 2, 28)) == ["202602", "202601"]
    assert [view for view, _ in site.asked] == ["Month", "Agenda", "Agenda", "Agenda", "Agenda"]


def test_a_view_that_fails_is_replaced_by_the_other() -> None:
    site = Calendar(date(2026, 2, 1))
    site.fault["Month", date.max] = Gone(ROOT, "status 404")
    assert site.numbers(date(2026, 1, 1), date(2026, 2, 28)) == ["202602"]


def test_a_month_that_fails_is_told_after_all_others() -> None:
    site = Calendar(date(2026, 2, 1), date(2025, 12, 1))
    for view in ("Month", "Agenda"):
        site.fault[view, date(2026, 1, 1)] = Unreachable(ROOT, "status 500")
    found: list[Announced] = []
    with pytest.raises(PageError, match=r"1 that failed; .*status 500"):
        found.extend(MeetingLists(Site(ROOT), site.get, COUNCIL).on_calendar(Span(date(2025, 12, 1), TODAY), TODAY))
    walk = MeetingLists(Site(ROOT), site.get, COUNCIL).on_calendar(Span(date(2025, 12, 1), TODAY), TODAY)
    assert [next(walk).id, next(walk).id] == ["ambleshire/meetings/202602", "ambleshire/meetings/202512"]


@pytest.mark.parametrize("error", [Blocked(ROOT, "wall"), OutOfBudget(ROOT, "used up"), LeftAlone(ROOT, "too often")])
def test_a_calendar_that_is_not_there_is_given_up_soon(error: MinutebookError) -> None:
    site = Calendar()
    site.fault = {("Month", date.max): error, ("Agenda", date.max): error}
    with pytest.raises(type(error)):
        site.walk(None, None)
    assert len(site.asked) == (6 if type(error) is Blocked else 1)


def test_a_month_without_meetings_may_say_so_and_an_error_page_is_none() -> None:
    empty = page("<p class='mgErrorTxt'>There are no meetings in this month</p>")
    assert read_calendar(empty, COUNCIL, FEBRUARY) == ()
    with pytest.raises(PageError):
        read_calendar(Page(ROOT + "mgError.aspx", 200, "text/html", empty.body), COUNCIL, FEBRUARY)


def test_a_calendar_that_breaks_off_is_none_and_what_other_sites_have_is_not_ours() -> None:
    shown = "<html><body><div id='modgov'><h1>Calendar</h1><h2>February 2026</h2>" + "".join(
        f"<a href='{host}ieListDocuments.aspx?MId={number}' title='Meeting of X, 11/02/2026'>X</a>"
        for host, number in (("", "007"), ("https://other.example/", 8), (ROOT.replace("https", "http"), 9))
    )
    whole = page(shown + "</div></body></html>")
    found = [each.id for each in read_calendar(whole, COUNCIL, FEBRUARY, site=Site(ROOT))]
    assert found == ["ambleshire/meetings/7", "ambleshire/meetings/9"]
    for cut in (shown, shown.partition("<a")[0] + "<p class='mgErrorTxt'>None"):
        with pytest.raises(PageError):
            read_calendar(page(cut), COUNCIL, FEBRUARY)
