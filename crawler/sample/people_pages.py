"""The page of who attended a meeting."""

from archive.model import Attendance, AttendanceStatus
from crawler.sample import html
from crawler.sample.council import WrittenMeeting
from crawler.sample.meeting_pages import heading
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
