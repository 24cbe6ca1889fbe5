"""The pages of recorded votes, malformed cells included."""

from collections.abc import Sequence
from datetime import date, timedelta

from crawler.sample import html
from crawler.sample.apart import names_of
from crawler.sample.asking import Request
from crawler.sample.council import WrittenItem, WrittenMeeting
from crawler.sample.draft import Motion, Poll
from crawler.sample.meeting_pages import heading, recorded
from crawler.sample.people import Councillor
from crawler.sample.site import View

_NOTHING = '<p  class="mgErrorTxt" >No recorded votes found for the selected period.</p>'
_YEAR = timedelta(days=365)


def votes_page(view: View, request: Request) -> str:
    """`mgListRecordedVotes.aspx`: the votes of the days `DR` (d/m/y-d/m/y, else a year) and of member `UID`."""
    first, last = _days(request.parameters.get("dr", ""), view.council.today)
    planned = (each for each in view.council.announced if first <= each.day <= last)
    blocks = (_of_meeting(view, each.id, request.number("uid") or 0) for each in planned)
    return html.page("Recorded votes", "\n".join(block for block in blocks if block) or _NOTHING)


def vote_page(view: View, request: Request) -> str | None:
    """`mgListRecordedVotesShort.aspx`: those of the item `AIID` of the meeting `MID`; `None` when there is no such."""
    found = view.item(request.number("aiid"))
    if found is None or request.number("mid") not in (None, found[0].planned.id):
        return None
    motion = recorded(found[1]) if view.shows_minutes(found[0]) else None
    content = _headed(found[0], [_vote(found[1], motion)]) if motion else _NOTHING
    return html.page("Recorded votes", content)


def _days(given: str, today: date) -> tuple[date, date]:
    try:
        first, last = ("".join(reversed(part.strip().split("/"))) for part in given.split("-"))
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return today - _YEAR, today


def _of_meeting(view: View, number: int, uid: int) -> str:
    written = view.meeting(number)
    if written is None or not view.shows_minutes(written):
        return ""
    motions = ((item, recorded(item)) for item in written.items)
    votes = [_vote(item, motion) for item, motion in motions if motion and (not uid or uid in _voters(motion.poll))]
    return _headed(written, votes) if votes else ""


def _voters(poll: Poll | None) -> frozenset[int]:
    return frozenset(each.uid for side in _sides(poll) for each in side[1])


def _sides(poll: Poll | None) -> tuple[tuple[str, tuple[Councillor, ...]], ...]:
    if poll is None:
        return ()
    return (("For", poll.for_), ("Against", poll.against), ("Abstain", poll.abstain), ("Conflict Of Interests", ()))


def _headed(written: WrittenMeeting, votes: Sequence[str]) -> str:
    return f'<h2  class="mgSubTitleTxt" >{heading(written)}</h2>\n' + "\n".join(votes)


def _vote(item: WrittenItem, motion: Motion) -> str:
    rows = "".join(_side(side, voters) for side, voters in _sides(motion.poll))
    status = f"<h4>Recommendations</h4><p>Motion status: {'Carried' if motion.carried else 'Rejected'}</p>"
    return f"<h3>{html.shown(item.draft.title)}</h3>\n{status}\n<table>{rows}</table>"


def _side(side: str, voters: Sequence[Councillor]) -> str:
    return f"<tr><td>{side}<td>{html.shown(', '.join(names_of(voters)))}</td></td><td>{len(voters)}</td></tr>"
