"""Which page answers which address of the sample's site."""

import re
from collections.abc import Callable
from dataclasses import replace

from crawler.sample import (
    calendar_pages,
    html,
    legacy_pages,
    list_pages,
    meeting_pages,
    people_pages,
    service,
    vote_pages,
)
from crawler.sample.asking import Reply, Request, moved, not_found
from crawler.sample.council import WrittenMeeting
from crawler.sample.data import CommitteeSpec
from crawler.sample.delivery import delivered
from crawler.sample.hostile import poisoned_page
from crawler.sample.options import Welsh
from crawler.sample.printed import pack, report
from crawler.sample.site import View
from crawler.sample.truth import attachment, packs
from crawler.sample.welsh import welsh_markup

_DOCUMENT = re.compile(r"documents/([sgb])(\d+)(?:/.*)?\Z", re.IGNORECASE)
_SERVICE = re.compile(r"mgwebservice\.asmx/(\w+)\Z", re.IGNORECASE)
_PDF = "application/pdf"
Page = Callable[[View, Request], str | None]


def answer(view: View, request: Request) -> Reply:
    """The reply to a request; a bad number leads to `mgError.aspx`, as on the real thing."""
    if request.path == "robots.txt":
        return Reply(view.options.robots.encode(), "text/plain; charset=utf-8")
    if request.welsh and view.options.welsh is Welsh.SAME_HOST:
        view = replace(view, welsh=True)
    key = (view.welsh, request.path, *sorted(request.parameters.items()))
    reply = view.kept.get(key, lambda: _made(view, request))
    return reply if _SERVICE.match(request.path) else delivered(view, request, reply)


def _made(view: View, request: Request) -> Reply:
    path = request.path
    if called := _SERVICE.match(path):
        return service.answer(view.english, request, called[1])
    if document := _DOCUMENT.match(path):
        return _document(view.english, document[1].lower(), int(document[2]), request)
    if path.lower() == "mgconvert2pdf.aspx":
        letter = "g" if "t" in request.parameters and request.parameters.get("isatt") != "1" else "s"
        return _document(view.english, letter, request.number("id") or 0, request)
    return _page(view, request)


def _page(view: View, request: Request) -> Reply:
    name = request.page
    write = _PAGES.get(name)
    if write is None or (write is _meetings and not view.options.lists):
        return moved("mgError.aspx") if write is None and name.endswith(".aspx") else not_found()
    written = write(view, request)
    if written is None:
        return moved("mgError.aspx")
    poison = view.options.hostile.get(request.number("mid") or 0) if write is _meeting else None
    if poison is not None:
        return poisoned_page(poison, written, view.options.outside)
    return Reply((welsh_markup(written) if view.welsh else written).encode())


def _document(view: View, letter: str, number: int, request: Request) -> Reply:
    if letter == "g":
        return _pack(view.meeting(number), request.number("t"))
    found = view.item(number // 4) if letter == "s" else None
    titles = found[1].draft.documents if found and not found[1].draft.restricted else ()
    at = next((at for at in range(len(titles)) if found and attachment(found[1], at) == number), None)
    return moved("mgError.aspx") if found is None or at is None else Reply(report(*found, at), _PDF)


def _pack(written: WrittenMeeting | None, rendition: int | None) -> Reply:
    offered = {number: title for number, title, _ in packs(written)} if written else {}
    if written is None or rendition not in offered:
        return moved("mgError.aspx")
    return Reply(pack(written, rendition, offered[rendition]), _PDF)


def _committee(view: View, request: Request, name: str) -> CommitteeSpec | None:
    wanted = request.number(name)
    return next((spec for spec in view.council.specs if spec.id == wanted), None)


def _meeting(view: View, request: Request) -> str | None:
    written = view.meeting(request.number("mid"))
    wanted = request.number("cid")
    if written is None or wanted not in (None, written.planned.committee.id):
        return None
    return meeting_pages.meeting_page(view, written)


def _item(view: View, request: Request) -> str | None:
    found = view.item(request.number("id"))
    return meeting_pages.item_page(view, *found) if found else None


def _decision(view: View, request: Request) -> str | None:
    found = view.item(request.number("aiid"))
    return meeting_pages.decision_page(view, *found) if found and found[1].minuted.decision else None


def _issue(view: View, request: Request) -> str | None:
    issue = request.number("iid")
    found = [
        (written, item)
        for planned in view.council.with_issue(issue)
        if (written := view.meeting(planned.id))
        for item in written.items
        if item.matter.issue == issue
    ]
    return meeting_pages.issue_page(view, found) if found else None


def _attendance(view: View, request: Request) -> str | None:
    written = view.meeting(request.number("id"))
    return people_pages.attendance_page(written) if written else None


def _legacy(view: View, request: Request) -> str | None:
    written = view.legacy_meeting(request.number("mid"))
    return legacy_pages.legacy_page(written) if written else None


def _committee_page(view: View, request: Request) -> str | None:
    spec = _committee(view, request, "id")
    return list_pages.committee_page(view, spec) if spec else None


def _meetings(view: View, request: Request) -> str | None:
    spec = _committee(view, request, "cid")
    if spec is None:
        return None
    return list_pages.meetings_page(
        view, spec, request.number("year") or 0, list_pages.stamp(request.parameters.get("d", ""))
    )


def _member(view: View, request: Request) -> str | None:
    found = view.council.councillor(request.number("uid") or 0)
    return list_pages.member_page(view, found) if found else None


def _error(_: View, __: Request) -> str:
    return html.page(
        "Error", '<p  class="mgErrorTxt" >An error has occurred. The page that you asked for cannot be shown.</p>'
    )


def _committees(view: View, _: Request) -> str:
    return list_pages.committees_page(view)


def _home(view: View, _: Request) -> str:
    return list_pages.meetings_home(view)


def _members(view: View, _: Request) -> str:
    return list_pages.members_page(view)


_PAGES: dict[str, Page] = {
    "": _home,
    "uucoverpage.aspx": _home,
    "mglistcommittees.aspx": _committees,
    "iedochome.aspx": _home,
    "mgcommitteedetails.aspx": _committee_page,
    "ielistmeetings.aspx": _meetings,
    "ielistdocuments.aspx": _meeting,
    "celistdocuments.aspx": _legacy,
    "mgai.aspx": _item,
    "ieissuedetails.aspx": _issue,
    "iedecisiondetails.aspx": _decision,
    "mgmeetingattendance.aspx": _attendance,
    "mgmemberindex.aspx": _members,
    "mguserinfo.aspx": _member,
    "mgcalendarmonthview.aspx": calendar_pages.month_page,
    "mgcalendaragendaview.aspx": calendar_pages.agenda_page,
    "mglistrecordedvotes.aspx": vote_pages.votes_page,
    "mglistrecordedvotesshort.aspx": vote_pages.vote_page,
    "mgerror.aspx": _error,
}
