"""The pages of one meeting: agenda and minutes, one item, an issue at its meetings, a decision."""

from collections.abc import Sequence

from archive.model import MinutesStatus
from crawler.sample import html
from crawler.sample.council import WrittenItem, WrittenMeeting
from crawler.sample.draft import Manner, Motion
from crawler.sample.grammar import ordinal
from crawler.sample.line import Line
from crawler.sample.printed import pack_size, report_size
from crawler.sample.procedure import clock
from crawler.sample.site import View
from crawler.sample.truth import document_path, pack_path, packs
from crawler.sample.welsh import committee_name, welsh_date
from crawler.sample.word import word_section


def flavour(written: WrittenMeeting) -> int:
    """Which Word the committee's clerk uses."""
    return written.planned.committee.id % 6


def heading(written: WrittenMeeting) -> str:
    """The committee and date as a meeting's pages head them; some sites write the date in another way."""
    planned = written.planned
    day, at = planned.start, clock(planned)
    dated = (
        f"{day:%A}, {ordinal(day.day)} {day:%B}, {day.year} {at}"
        if planned.committee.id % 4 == 0
        else f"{day:%A}, {day.day} {day:%B} {day.year} {at}"
    )
    name, dated = (committee_name(planned), welsh_date(planned)) if written.welsh else (planned.committee.name, dated)
    called_off = f" - {planned.fate.upper()}" if planned.fate else ""
    return f"{html.shown(name)} - {dated}{called_off}"


def lines_of(view: View, written: WrittenMeeting, item: WrittenItem) -> tuple[Sequence[Line], Sequence[Line]]:
    """The item's lines under "Decision:" and under "Minutes:", as far as this site's pages show them."""
    if not view.shows_minutes(written):
        return (), ()
    cut = item.minuted.decision
    return item.minuted.lines[:cut], item.minuted.lines[cut:]


def agenda_html(item: WrittenItem, kind: int) -> str:
    """The agenda text of an item as Word left it."""
    return word_section([Line(text) for text in item.draft.agenda], kind)


def meeting_page(view: View, written: WrittenMeeting) -> str:
    """`ieListDocuments.aspx`."""
    rows = "\n".join(_row(view, written, item) for item in written.items)
    table = (
        f"""<table  class="mgItemTable"  id="mgItemTable" summary="Table of agenda items">
<tr><th scope="col"><p class="mgHide">No.</p></th><th scope="col"><p class="mgHide">Item</p></th></tr>
{rows}
</table>"""
        if rows
        else ""
    )
    fields = [
        html.labelled("Venue", html.shown(written.venue)),
        html.labelled("Contact", "Democratic Services&nbsp; Tel&#58; 01632 960 001"),
    ]
    if written.planned.fate:
        fields.append(html.labelled("Note", f"This meeting has been {written.planned.fate}."))
    return html.page(
        _state(written),
        "\n".join([*fields, table]),
        subtitle=heading(written),
        links=_actions(view, written),
        crumbs=("Your council", "Committees", written.planned.committee.name),
    )


def _state(written: WrittenMeeting) -> str:
    decisions = "decisions and " if any(item.minuted.decision for item in written.items) else ""
    if written.minutes is MinutesStatus.NONE:
        return "Agenda"
    minutes = "draft minutes" if written.minutes is MinutesStatus.DRAFT else "minutes"
    return f"Agenda, {decisions}{minutes}" if decisions else f"Agenda and {minutes}"


def _actions(view: View, written: WrittenMeeting) -> str:
    planned = written.planned
    links = [
        html.link(
            f"mgMeetingAttendance.aspx?ID={planned.id}",
            "Attendance details",
            title="attendance details for the meeting",
        )
    ]
    for rendition, title, _ in packs(written):
        href = f"{pack_path(written, title)}?T={rendition}"
        links.append(html.document_link(href, title, pack_size(view, planned.id, rendition, title)))
    return html.listed(links, "mgActionList")


def _row(view: View, written: WrittenMeeting, item: WrittenItem) -> str:
    number = f'<p  class="mgAiTitleTxt" ><a name="AI{item.id}"></a>{html.shown(item.number)}</p>'
    return f"""<tr><td  class="mgItemNumberCell" >{number}</td>
<td><p  class="mgAiTitleTxt" >{_item_title(view, item)}</p>
{_item_body(view, written, item)}
</td></tr>"""


def _item_title(view: View, item: WrittenItem) -> str:
    if not item.draft.documents or item.draft.restricted:
        return html.shown(item.draft.title)
    size = report_size(view, item, 0)
    title = item.draft.documents[0]
    return html.document_link(document_path(item, 0), title, size, kind="mgAiTitleLnk", text=item.draft.title)


def _document(view: View, item: WrittenItem, at: int) -> str:
    size = report_size(view, item, at)
    return html.document_link(document_path(item, at), item.draft.documents[at], size)


def _item_body(view: View, written: WrittenMeeting, item: WrittenItem) -> str:
    decision, minutes = lines_of(view, written, item)
    parts = [_word(agenda_html(item, flavour(written)))]
    if decision:
        parts.append(_action("ieDecisionDetails.aspx?AIId={}", "View the decision", "decision details", item))
    if recorded(item) and minutes:
        address = f"mgListRecordedVotesShort.aspx?AIID={{}}&MID={written.planned.id}"
        parts.append(_action(address, "View the recorded vote", "recorded vote", item))
    if len(item.draft.documents) > 1 and not item.draft.restricted:
        parts.append('<p  class="mgSubItemTitleTxt" >Additional documents:</p>')
        parts.append(
            html.listed(_document(view, item, at) for at in range(1, len(item.draft.documents)))
        )
    if decision:
        parts.append(f'<p  class="mgSubItemTitleTxt" >Decision:</p>\n{_word(word_section(decision, flavour(written)))}')
    if minutes:
        parts.append(
            f'<p  class="mgSubItemTitleTxt" >Minutes:</p>\n{_word(_shortened(view, item, minutes, flavour(written)))}'
        )
    return "\n".join(part for part in parts if part)


def _action(address: str, text: str, title: str, item: WrittenItem) -> str:
    link = html.link(address.format(item.id), f"{text} for item {html.shown(item.number)}", title=title)
    return html.listed([link], "mgActionList")


def recorded(item: WrittenItem) -> Motion | None:
    """The motion of an item whose votes are recorded by name, once it is minuted."""
    motion = item.draft.motion
    named = motion is not None and motion.poll is not None and motion.manner in (Manner.NAMES, Manner.TABLE)
    return motion if named and item.minuted.lines else None


def _shortened(view: View, item: WrittenItem, minutes: Sequence[Line], kind: int) -> str:
    limit = view.options.truncate
    if limit is None or sum(len(line.text) for line in minutes) <= limit:
        return word_section(minutes, kind)
    kept, room = [], limit
    for line in minutes:
        kept.append(line)
        room -= len(line.text)
        if room <= 0:
            break
    more = html.link(
        f"mgAi.aspx?ID={item.id}", f"view the full minutes text for item {html.shown(item.number)}", title="full text"
    )
    return f"{word_section(kept, kind)}<p>... {more}</p>"


def _word(markup: str) -> str:
    return f'<div  class="mgWordPara" >{markup}</div>' if markup else ""


def item_page(view: View, written: WrittenMeeting, item: WrittenItem) -> str:
    """`mgAi.aspx`; it does not say which meeting it belongs to."""
    content = _sections(view, written, item, '<h3 class="mgSubSubTitleTxt">{label}</h3>')
    links = html.listed(
        [
            html.link(
                f"ieIssueDetails.aspx?IId={item.matter.issue}&PlanId=0&Opt=3",
                "Meetings at which this issue was considered",
                title="issue",
            )
        ],
        "mgActionList",
    )
    if item.draft.documents and not item.draft.restricted:
        content += '\n<p  class="mgLabel" >Supporting documents:</p>\n' + html.listed(
            _document(view, item, at) for at in range(len(item.draft.documents))
        )
    return html.page("Agenda item", content, subtitle=html.shown(item.draft.title), links=links)


def _sections(view: View, written: WrittenMeeting, item: WrittenItem, label: str) -> str:
    decision, minutes = lines_of(view, written, item)
    parts = [_word(agenda_html(item, flavour(written)))]
    for name, lines in (("Decision:", decision), ("Minutes:", minutes)):
        if lines:
            parts.append(f"{label.format(label=name)}\n{_word(word_section(lines, flavour(written)))}")
    return "\n".join(part for part in parts if part)


def issue_page(view: View, found: Sequence[tuple[WrittenMeeting, WrittenItem]]) -> str:
    """`ieIssueDetails.aspx?Opt=3`: an issue at every meeting it went to, the newest first."""
    blocks = []
    for written, item in reversed(found):
        planned = written.planned
        where = html.shown(f"{planned.day:%d/%m/%Y} - {planned.committee.name} (Item {item.number.rstrip('.')})")
        href = f"ieListDocuments.aspx?CId={planned.committee.id}&MID={planned.id}#AI{item.id}"
        blocks.append(
            f'<h3  class="mgSubSubTitleTxt" >Meeting: {html.link(href, where)}</h3>\n'
            f'<p  class="mgAiTitleTxt" >{html.shown(item.number)} {_item_title(view, item)}</p>\n'
            + _sections(view, written, item, '<p  class="mgSubItemTitleTxt" >{label}</p>')
        )
    return html.page("Issue - meetings", "\n<hr />\n".join(blocks), subtitle=html.shown(found[-1][1].draft.title))


def decision_page(view: View, written: WrittenMeeting, item: WrittenItem) -> str:
    """`ieDecisionDetails.aspx?AIId=`."""
    decision, _ = lines_of(view, written, item)
    day = f"{written.planned.day:%d/%m/%Y}"
    where = html.link(
        f"ieListDocuments.aspx?CId={written.planned.committee.id}&MID={written.planned.id}",
        html.shown(f"{day} - {written.planned.committee.name}"),
    )
    content = "\n".join(
        (
            html.labelled("Decision status", '<span  class="mgPlanItemInForce" >Recommendations Approved</span>'),
            html.labelled("Is Key decision?", "No"),
            html.labelled("Is subject to call in?", "Yes"),
            '<h3 class="mgSubSubTitleTxt">Decision:</h3>',
            _word(word_section(decision, flavour(written))),
            html.labelled("Date of decision", html.shown(day)),
            html.labelled("Decided at meeting", where),
        )
    )
    return html.page("Decision details", content, subtitle=html.shown(item.draft.title))
