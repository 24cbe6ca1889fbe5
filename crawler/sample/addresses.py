"""How the site's lists spell the address of a meeting."""

from crawler.sample.plan import PlannedMeeting
from crawler.sample.site import View

_SPELLINGS = (
    "ieListDocuments.aspx?CId={cid}&MId={mid}&Ver=4",
    "ieListDocuments.aspx?MId={mid}",
    "ieListDocuments.aspx?CId={cid}&MID={mid}&J=2",
    "ielistdocuments.aspx?CommitteeId={cid}&MeetingId={mid}&bcr=1",
    "IEListDocuments.aspx?MID={mid}&CID={cid}&LLL=0",
    "{alias}ieListDocuments.aspx?CId={cid}&MId={mid}&Ver=4",
    "./ieListDocuments.aspx?cid={cid}&mid={mid}&zTS=B&$LO$=1",
)


def meeting_address(view: View, planned: PlannedMeeting, turn: int = 0) -> str:
    """The address of a meeting as a list links it; where there are aliases, another one at another `turn`."""
    number, committee = planned.id, planned.committee.id
    if view.legacy(planned):
        return legacy_address(planned)
    spelling = _SPELLINGS[(number + turn) % len(_SPELLINGS) if view.options.aliases else 0]
    return spelling.format(mid=number, cid=committee, alias=view.base.replace("127.0.0.1", "localhost"))


def legacy_address(planned: PlannedMeeting) -> str:
    """The address of the page of a meeting that was minuted before agendas were kept by items."""
    return (
        f"CeListDocuments.aspx?CommitteeId={planned.committee.id}&MeetingId={planned.id}"
        f"&DF={planned.day:%d/%m/%Y}&Ver=2"
    )
