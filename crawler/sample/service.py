"""The sample's web service, `mgWebService.asmx`, with ModernGov's words for true, its blanks and double encoding."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from html import escape

from archive.model import MinutesStatus
from crawler.sample.asking import Reply, Request, not_found
from crawler.sample.council import WrittenItem, WrittenMeeting
from crawler.sample.faults import Look, stub
from crawler.sample.hostile import poisoned_service
from crawler.sample.line import Line
from crawler.sample.meeting_pages import agenda_html, flavour, lines_of
from crawler.sample.options import Method
from crawler.sample.people import SHORT_GROUPS, Councillor, councillors
from crawler.sample.people_pages import ATTENDED
from crawler.sample.plan import PlannedMeeting
from crawler.sample.procedure import clock
from crawler.sample.site import View
from crawler.sample.truth import attachment, attendance
from crawler.sample.word import word_section

_XML = "text/xml; charset=utf-8"
_TEXT = "text/plain; charset=utf-8"
_XML_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_WRONG = {
    Method.OFF: not_found(),
    Method.ERROR: Reply(b"System.Data.SqlClient.SqlException: Timeout expired.\r\n", _TEXT, 500),
    Method.BLOCKED: stub(Look.FORBIDDEN),
    Method.WRONG: stub(Look.SCRIPT),
}


def answer(view: View, request: Request, method: str) -> Reply:
    """The reply to `mgWebService.asmx/<method>`, or what is wrong with the method."""
    wrong = view.options.method(method)
    if wrong is None:
        return _answer(view, request, method)
    if wrong is Method.SLOW:
        return replace(_answer(view, request, method), seconds=view.options.slow)
    return _WRONG[wrong] if wrong in _WRONG else Reply(f"{_XML_HEAD}<{method.lower()} />\n".encode(), _XML)


def _answer(view: View, request: Request, method: str) -> Reply:
    known = _METHODS.get(method)
    if known is None:
        return Reply(f"{method} Web Service method name is not valid.\r\n".encode(), _TEXT, 500)
    write, parameters = known
    missing = next((name for name in parameters if name.lower() not in request.parameters), None)
    if missing:
        return Reply(f"Missing parameter: {missing}.\r\n".encode(), _TEXT, 500)
    reply = write(view, request)
    if reply is None:
        return Reply(b"System.ArgumentException: Value does not fall within the expected range.\r\n", _TEXT, 500)
    return Reply(f"{_XML_HEAD}{reply}".encode(), _XML)


def _element(name: str, value: str = "", indent: int = 1) -> str:
    """An element with text; an empty one holds a line break, as the service writes it."""
    pad = "  " * indent
    return f"{pad}<{name}>{value}</{name}>\n" if value else f"{pad}<{name}>\n{pad}</{name}>\n"


def _flag(value: bool) -> str:
    return "True" if value else "False"


def _twice(title: str) -> str:
    """A title as the service gives it: encoded as HTML, then again as XML."""
    return escape(escape(title, quote=True).replace("&#x27;", "&#39;"), quote=False)


def _committees(view: View, _: Request) -> str:
    specs = sorted(view.council.specs, key=lambda spec: spec.name)
    body = "".join(
        "  <committee>\n"
        + _element("committeeid", str(spec.id), 2)
        + _element("committeetitle", _twice(spec.name), 2)
        + _element("committeedeleted", "False", 2)
        + _element("committeeexpired", "False", 2)
        + _element("committeecategory", _twice(spec.category), 2)
        + "  </committee>\n"
        for spec in specs
    )
    return f"<committees>\n{_element('committeescount', f' {len(specs)}')}{body}</committees>\n"


def _day(text: str, otherwise: date) -> date:
    """A day in the form dd/mm/yyyy; whatever else is given is ignored, as real servers do."""
    parts = text.split("/")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return otherwise
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return otherwise


def _asked(view: View, request: Request) -> list[PlannedMeeting]:
    first, last = _day(request.parameters["sfromdate"], date.min), _day(request.parameters["stodate"], date.max)
    if view.options.ignores_dates:
        first, last = date.min, date.max
    wanted = request.parameters["lcommitteeid"]
    everyone = wanted in view.options.all_committees
    number = request.number("lcommitteeid")
    meetings = view.council.announced if everyone else view.council.by_committee.get(number or 0, ())
    return [each for each in meetings if first <= each.day <= last and _listed(view, each)]


def _listed(view: View, planned: PlannedMeeting) -> bool:
    return view.options.legacy_listed or not view.legacy(planned)


def _meeting_fields(planned: PlannedMeeting, indent: int) -> str:
    return (
        _element("meetingid", str(planned.id), indent)
        + _element("meetingdate", f"{planned.day:%d/%m/%Y}", indent)
        + _element("meetingstatus", _status(planned), indent)
        + _element("meetingtime", clock(planned), indent)
        + _element("iswebcast", "False", indent)
    )


def _status(planned: PlannedMeeting) -> str:
    return planned.fate.capitalize() or "Confirmed"


def _meetings(view: View, request: Request) -> str:
    asked = _asked(view, request)
    blocks = []
    for spec in view.council.specs:
        held = [each for each in asked if each.committee.id == spec.id]
        if held:
            inner = "".join(f"      <meeting>\n{_meeting_fields(each, 4)}      </meeting>\n" for each in held)
            blocks.append(
                "  <committee>\n"
                + _element("committeeid", str(spec.id), 2)
                + _element("committeetitle", _twice(spec.name), 2)
                + _element("committeemeetingcount", f" {len(held)}", 2)
                + f"    <committeemeetings>\n{inner}    </committeemeetings>\n  </committee>\n"
            )
    counts = _element("meetingscount", f" {len(asked)}") + _element("committeescount", f" {len(blocks)}")
    return f"<getmeetings>\n{counts}{''.join(blocks)}</getmeetings>\n"


def _meetings_by_date(view: View, request: Request) -> str:
    asked = _asked(view, request)
    if request.parameters["bisascendingdateorder"].lower() == "false":
        asked.reverse()
    body = "".join(
        "    <meeting>\n"
        + _meeting_fields(each, 3)
        + _element("committeeid", str(each.committee.id), 3)
        + _element("committeetitle", _twice(each.committee.name), 3)
        + "    </meeting>\n"
        for each in asked
    )
    return f"<getmeetingsbydate>\n  <meetings>\n{body}  </meetings>\n</getmeetingsbydate>\n"


def _meeting(view: View, request: Request) -> str | None:
    written = view.meeting(request.number("lmeetingid"))
    if written is None:
        return None
    planned = written.planned
    head = (
        _element("meetingid", str(planned.id))
        + _element("meetingdate", f"{planned.day:%d/%m/%Y}")
        + _element("meetingstatus", _status(planned))
        + _element("isdisplayallowed", "True")
        + _element("meetingtime", clock(planned))
        + _element("meetingactualstarttime")
        + _element("meetingplannedfinishtime")
        + _element("meetingactualfinishtime")
        + _element("meetinglocation", escape(written.venue, quote=False))
        + _element("iswebcast", "False")
        + _element("agendaid", str(planned.id))
        + _element("agendapublished", _flag(written.agenda))
        + _element("decisionpublished", _flag(any(item.minuted.decision for item in written.items)))
        + _element("minutepublished", _flag(written.minutes is not MinutesStatus.NONE))
        + _element("meetingroom")
    )
    items = "".join(_item(view, written, item, at) for at, item in enumerate(written.items, 1))
    attended = "".join(_attendees(view, written))
    lists = f"  <agendaitems>\n{items}  </agendaitems>\n  <attendees>\n{attended}  </attendees>\n"
    whole = f"<meeting>\n{head}{lists}</meeting>\n"
    poison = view.options.hostile.get(planned.id)
    return whole if poison is None else poisoned_service(poison, whole)


def _body(lines: Sequence[Line], kind: int) -> str:
    return escape(word_section(lines, kind), quote=False)


def _item(view: View, written: WrittenMeeting, item: WrittenItem, at: int) -> str:
    decision, minutes = lines_of(view, written, item)
    planned, kind = written.planned, flavour(written)
    day = f"{planned.day:%d/%m/%Y}"
    fields = (
        ("agendaitemid", str(item.id)),
        ("agendaitemtitle", _twice(item.draft.title)),
        ("agendatext", escape(agenda_html(item, kind), quote=False)),
        ("actualmeetingdate", day),
        ("agendaitemnumber", str(at)),
        ("agendaitemsubnumber", ""),
        ("fulldisplaynumberformat", item.number),
        ("authorusername", ""),
        ("commentlabel1", "Presented By"),
        ("commenttext1", ""),
        ("commentlabel2", "Actions"),
        ("commenttext2", ""),
        ("minutesnonemptyhtmlbody", _body(minutes, kind)),
        ("decisionnonemptyhtmlbody", _body(decision, kind)),
        ("declarationcount", "0"),
        ("iscallin", "False"),
        ("iscomment", "False"),
        ("isdecision", _flag(bool(decision))),
        ("isdecisionpublished", _flag(bool(decision))),
        ("isminutepublished", _flag(bool(minutes))),
        ("ispubliccanspeak", "False"),
        ("isrestricted", _flag(item.draft.restricted)),
        ("isdisplayallowed", "True"),
        ("meetingdate", day),
        ("meetingtime", clock(planned)),
        ("minutesitemnumber", str(at)),
        ("minutesitemsubnumber", ""),
        ("preferreddate", day),
        ("refertocommittee", _twice(planned.committee.name)),
    )
    body = "".join(_element(name, value, 3) for name, value in fields)
    documents = "".join(_document(view, written, item, number) for number in range(len(item.draft.documents)))
    return f"    <agendaitem>\n{body}      <linkeddocuments>\n{documents}      </linkeddocuments>\n    </agendaitem>\n"


def _document(view: View, written: WrittenMeeting, item: WrittenItem, at: int) -> str:
    day = f"{written.planned.day:%d/%m/%Y}"
    number = attachment(item, at)
    fields = (
        ("attachmentid", str(number)),
        ("title", _twice(item.draft.documents[at])),
        ("isurl", "False"),
        ("url", "" if item.draft.restricted else f"{view.base}mgConvert2PDF.aspx?ID={number}"),
        ("isrestricted", _flag(item.draft.restricted)),
        ("restrictionsRef", "3" if item.draft.restricted else ""),
        ("itemnum", str(at + 1)),
        ("publicationdate", day),
        ("meetingdate", day),
        ("decisiondate", day),
        ("committeetitle", _twice(written.planned.committee.name)),
        ("isdecisionattachment", "False"),
        ("ownertitle", _twice(item.draft.title)),
    )
    return (
        "        <linkeddoc>\n" + "".join(_element(name, value, 5) for name, value in fields) + "        </linkeddoc>\n"
    )


def _attendees(view: View, written: WrittenMeeting) -> Iterable[str]:
    by_name = {each.name: each for each in councillors()}
    for each in attendance(written):
        one = by_name[each.name]
        attributes = (
            ("membertype", "U"),
            ("memberid", str(one.uid)),
            ("name", each.name),
            ("roledescription", each.role or ""),
            ("attendance", ATTENDED[each.status]),
            ("politicalparty", SHORT_GROUPS[one.group]),
            ("ward", one.division),
        )
        shown = " ".join(f'{name}="{escape(value)}"' for name, value in attributes)
        url = _element("url", f"{view.base}mgUserInfo.aspx?UID={one.uid}", 3)
        yield f"    <attendee {shown}>\n{url}    </attendee>\n"


def _councillors(view: View, _: Request) -> str:
    seats = sorted(view.council.sitting(), key=lambda each: each.division)
    wards = "".join(
        f"    <ward>\n{_element('wardtitle', escape(each.division, quote=False), 3)}      <councillors>\n"
        f"{_element('councillorcount', ' 1', 4)}{_councillor(view, each)}      </councillors>\n    </ward>\n"
        for each in seats
    )
    return f"<councillorsbyward>\n  <wards>\n{wards}  </wards>\n</councillorsbyward>\n"


def _councillor(view: View, each: Councillor) -> str:
    picture = f"{view.base}UserData/{'/'.join(reversed(str(each.uid)))}/Info{each.uid:08}"
    fields = (
        ("councillorid", str(each.uid)),
        ("fullusername", escape(each.name, quote=False)),
        ("photosmallurl", f"{picture}/smallpic.jpg"),
        ("photobigurl", f"{picture}/bigpic.jpg"),
        ("politicalpartytitle", each.group),
        ("districttitle", ""),
        ("representing", ""),
        ("keyposts", ""),
    )
    term = _element("startdate", f"{each.since:%d/%m/%Y}", 7) + _element("enddate", "unspecified", 7)
    return (
        "        <councillor>\n"
        + "".join(_element(name, value, 5) for name, value in fields)
        + f"          <termsofoffice>\n            <termofoffice>\n{term}            </termofoffice>\n"
        + "          </termsofoffice>\n        </councillor>\n"
    )


_METHODS: dict[str, tuple[Callable[[View, Request], str | None], tuple[str, ...]]] = {
    "GetCommittees": (_committees, ()),
    "GetMeetings": (_meetings, ("lCommitteeId", "sFromDate", "sToDate")),
    "GetAllMeetingsByDate": (_meetings_by_date, ("lCommitteeId", "sFromDate", "sToDate", "bIsAscendingDateOrder")),
    "GetMeeting": (_meeting, ("lMeetingId",)),
    "GetCouncillorsByWard": (_councillors, ()),
}
