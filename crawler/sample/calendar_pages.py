"""The calendar of meetings, by month as a grid and as a list."""

from calendar import Calendar
from collections.abc import Sequence
from datetime import date, timedelta

from crawler.sample import html
from crawler.sample.addresses import meeting_address
from crawler.sample.asking import Request
from crawler.sample.plan import PlannedMeeting
from crawler.sample.procedure import clock
from crawler.sample.site import View

_FIRM = timedelta(days=90)
_YEARS = range(1990, 2101)


def month_page(view: View, request: Request) -> str | None:
    """`mgCalendarMonthView.aspx`: weeks in a table; `DD` is the year, `C` a committee or -1. `None` for no month."""
    month = _month(view, request)
    if month is None:
        return None
    found: dict[date, list[PlannedMeeting]] = {}
    for each in _held(view, request, month):
        found.setdefault(each.day, []).append(each)
    weeks = "".join(
        f"<tr>{''.join(_cell(view, day, month, found.get(day, [])) for day in week)}</tr>"
        for week in Calendar().monthdatescalendar(month.year, month.month)
    )
    table = f'<table class="mgCalendarMonthGrid" summary="Calendar">\n{weeks}\n</table>'
    return _page(table, month, "mgCalendarMonthView.aspx?GL=1&bcr=1&M={m}&DD={y}&CID=0&OT=&C=-1&MR=0")


def agenda_page(view: View, request: Request) -> str | None:
    """`mgCalendarAgendaView.aspx`: the same as a list. `None` for no month."""
    month = _month(view, request)
    if month is None:
        return None
    entries = (
        f"{_state(view, each)}{_link(view, each, html.shown(_name(each)), 1)}" for each in _held(view, request, month)
    )
    none = '<p  class="mgErrorTxt" >There are no meetings for the selected period.</p>'
    address = "mgCalendarAgendaView.aspx?RPID=0&M={m}&DD={y}&CID=0&OT=&C=-1&MR=1"
    return _page(html.listed(entries, "mgNonBulletTableList") or none, month, address)


def _month(view: View, request: Request) -> date | None:
    month, year = request.number("m") or view.council.today.month, request.number("dd") or view.council.today.year
    return date(year, month, 1) if month in range(1, 13) and year in _YEARS else None


def _held(view: View, request: Request, month: date) -> list[PlannedMeeting]:
    committee = request.number("c")
    meetings = view.council.announced if not committee else view.council.by_committee.get(committee, ())
    return [each for each in meetings if (each.day.year, each.day.month) == (month.year, month.month)]


def _page(content: str, month: date, address: str) -> str:
    ways = (("Earlier", month - timedelta(days=1)), ("Later", month + timedelta(days=31)))
    links = html.listed(
        (html.link(address.format(m=day.month, y=day.year), name, title=f"{name} month") for name, day in ways),
        "mgActionList",
    )
    return html.page("Calendar", content, subtitle=f"{month:%B %Y}", links=links)


def _cell(view: View, day: date, month: date, meetings: Sequence[PlannedMeeting]) -> str:
    if day.month != month.month:
        return "<td></td>"
    entries = (
        _state(view, each) + _link(view, each, f"{clock(each)} {html.shown(each.committee.name)}", 2)
        for each in meetings
    )
    return f"<td>{day.day}{html.listed(entries)}</td>"


def _state(view: View, planned: PlannedMeeting) -> str:
    """The word before a meeting that is called off, or so far ahead that it is not firm."""
    word = planned.fate or ("provisional" if planned.day > view.council.today + _FIRM else "")
    return f"{word.upper()} " if word else ""


def _name(planned: PlannedMeeting) -> str:
    return f"{planned.committee.name}, {planned.day:%d/%m/%Y} {clock(planned)}"


def _link(view: View, planned: PlannedMeeting, text: str, turn: int) -> str:
    return html.link(meeting_address(view, planned, turn), text, title="", named=f"Meeting of {_name(planned)}")
