"""The pages of people at meetings: who attended, and who voted how."""

from collections.abc import Sequence

from archive.model import Attendance, AttendanceStatus
from crawler.sample import html
from crawler.sample.council import WrittenItem, WrittenMeeting
from crawler.sample.draft import Manner, Motion
from crawler.sample.meeting_pages import heading
from crawler.sample.people import Councillor
from crawler.sample.site import View
from crawler.sample.truth import attendance

ATTENDED = {
    AttendanceStatus.PRESENT: "Present",
    AttendanceStatus.APOLOGIES: "Apologies",
    AttendanceStatus.EXPECTED: "Expected",
    AttendanceStatus.SUBSTITUTE: "Present, as substitute",
}
_ATTENDANCE_HEAD = """<table  class="mgStatsTable" summary="Table of meeting attendance">
<thead><tr><th scope="col">Attendee</th><th scope="col">Role</th><th scope="col">Attendance</th></tr></thead>
"""


def attendance_page(written: WrittenMeeting) -> str:
    """`mgMeetingAttendance.aspx`."""
    uids = {each.name: each.uid for each in (*written.room.present, *written.room.absent)}
    rows = "\n".join(_attendance_row(each, uids[each.name]) for each in attendance(written))
    table = f"{_ATTENDANCE_HEAD}<tbody>{rows}</tbody></table>"
    return html.page("Meeting attendance", table, subtitle=heading(written))


def _attendance_row(each: Attendance, uid: int) -> str:
    name = html.link(f"mgUserInfo.aspx?UID={uid}", html.shown(each.name), title="details of " + each.name)
    cells = (f'<p class="mgMainTxt">{name}</p>', html.shown(each.role or ""), ATTENDED[each.status])
    return "<tr>" + "".join(f'<td class="mgMainTxt">{cell}</td>' for cell in cells) + "</tr>"


def votes_page(view: View, meetings: Sequence[WrittenMeeting]) -> str:
    """`mgListRecordedVotes.aspx`, malformed cells included."""
    shown = [each for each in meetings if view.shows_minutes(each)]
    blocks = [_vote(item, motion) for each in shown for item in each.items if (motion := _recorded(item))]
    nothing = '<p  class="mgErrorTxt" >No recorded votes found for the selected period.</p>'
    return html.page("Recorded votes", "\n".join(blocks) or nothing)


def _recorded(item: WrittenItem) -> Motion | None:
    """The motion of an item whose votes are minuted by name."""
    motion = item.draft.motion
    named = motion is not None and motion.manner in (Manner.NAMES, Manner.TABLE)
    return motion if named and item.minuted.lines else None


def _vote(item: WrittenItem, motion: Motion) -> str:
    poll = motion.poll
    sides = (("For", poll.for_), ("Against", poll.against), ("Abstain", poll.abstain)) if poll else ()
    rows = "".join(_side(side, voters) for side, voters in sides)
    status = f"<h4>Recommendations</h4><p>Motion status: {'Carried' if motion.carried else 'Rejected'}</p>"
    return f"<h3>{html.shown(item.draft.title)}</h3>\n{status}\n<table>{rows}</table>"


def _side(side: str, voters: Sequence[Councillor]) -> str:
    names = ", ".join(one.name.removeprefix("Councillor ") for one in voters)
    return f"<tr><td>{side}<td>{html.shown(names)}</td></td><td>{len(voters)}</td></tr>"
