"""The pages that list: committees, meetings of one; and the pages of members."""

from datetime import datetime

from crawler.sample import html
from crawler.sample.addresses import meeting_address
from crawler.sample.data import CommitteeSpec
from crawler.sample.people import Councillor, committee_on
from crawler.sample.plan import PlannedMeeting
from crawler.sample.procedure import clock
from crawler.sample.site import View

_PER_PAGE = 24
_STAMP = "%Y%m%d%H%M"


def committees_page(view: View) -> str:
    """`mgListCommittees.aspx`."""
    categories = dict.fromkeys(spec.category for spec in view.council.specs)
    blocks = []
    for category in categories:
        specs = [spec for spec in view.council.specs if spec.category == category]
        links = (
            html.link(f"mgCommitteeDetails.aspx?ID={spec.id}", html.shown(spec.name), title=spec.name) for spec in specs
        )
        blocks.append(f'<h2 class="mgSubTitleTxt">{category}</h2>\n{html.listed(links)}')
    return html.page("Committees", "\n".join(blocks), crumbs=("Your council",))


def meetings_home(view: View) -> str:
    """`ieDocHome.aspx`: every committee, with the way to its meetings."""
    links = (
        html.link(f"ieListMeetings.aspx?CId={spec.id}&Year=0", html.shown(spec.name), title=spec.name)
        for spec in sorted(view.council.specs, key=lambda spec: spec.name)
    )
    return html.page("Browse meetings", html.listed(links), crumbs=("Your council",))


def committee_page(view: View, spec: CommitteeSpec) -> str:
    """`mgCommitteeDetails.aspx`."""
    seats = committee_on(spec, view.council.today)
    members = (
        html.link(f"mgUserInfo.aspx?UID={seat.member.uid}", html.shown(seat.member.name), title=seat.member.name)
        + ("" if seat.role.endswith("Member") else f" &#40;{html.shown(seat.role)}&#41;")
        for seat in seats
    )
    content = "\n".join(
        (
            '<h2 class="mgSubTitleTxt">Purpose of committee</h2>',
            '<div class="mgWordPara"><p>See the Constitution, Part 3.</p></div>',
            '<h2 class="mgSubTitleTxt">Membership</h2>',
            html.listed(members),
            '<h2 class="mgSubTitleTxt">Contact information</h2>',
            html.labelled("Support officer", "Democratic Services"),
        )
    )
    browse = html.link(
        f"ieListMeetings.aspx?CId={spec.id}&Year=0", "Browse meetings and agendas for this committee", title="meetings"
    )
    return html.page(
        "Committee details",
        content,
        subtitle=html.shown(spec.name),
        links=html.listed([browse], "mgActionList"),
        crumbs=("Committees",),
    )


def meetings_page(view: View, spec: CommitteeSpec, year: int, before: datetime | None) -> str:
    """`ieListMeetings.aspx`, the newest first: those of `year`, or (`year` 0) the newest ones before `before`."""
    held = view.council.by_committee[spec.id][::-1]
    if year:
        chosen, earlier = [each for each in held if each.day.year == year], False
    else:
        older = [each for each in held if before is None or each.start < before]
        chosen, earlier = older[:_PER_PAGE], len(older) > _PER_PAGE
    entries = (f"{_meeting_link(view, each)}{_note(view, each)}" for each in chosen)
    content = (
        html.listed(entries, "mgNonBulletTableList")
        or '<p  class="mgErrorTxt" >There are no meetings for the selected period.</p>'
    )
    if earlier:
        href = f"ieListMeetings.aspx?Act=earlier&CId={spec.id}&D={chosen[-1].start:{_STAMP}}&MD=ielistmeetings&Year=0"
        content += f"\n<p>{html.link(href, 'Earlier', title='earlier meetings')}</p>"
    committee = html.link(
        f"mgCommitteeDetails.aspx?ID={spec.id}", "Find out more about this committee", title=spec.name
    )
    return html.page(
        "Browse meetings", content, subtitle=html.shown(spec.name), links=html.listed([committee], "mgActionList")
    )


def stamp(text: str) -> datetime | None:
    """The `D` of a paging link; `None` when it is none."""
    try:
        return datetime.fromisoformat(f"{text[:8]}T{text[8:12]}")
    except ValueError:
        return None


def _meeting_link(view: View, planned: PlannedMeeting) -> str:
    text = f"{planned.day.day} {planned.day:%b %Y}&nbsp;{clock(planned)}"
    title = f"meeting of {planned.day.day} {planned.day:%B %Y}"
    return html.link(meeting_address(view, planned), text, kind="mgMeetingTableLnk", title=title)


def _note(view: View, planned: PlannedMeeting) -> str:
    if planned.fate:
        return f"&nbsp;- {planned.fate.capitalize()}"
    return {"minutes": " - Minutes", "agenda": " - Agenda", "": ""}[view.council.papers(planned)]


def members_page(view: View) -> str:
    """`mgMemberIndex.aspx` as a table."""
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Photo", "Councillor", "Political party", "Division"))
    rows = "\n".join(map(_member_row, view.council.sitting()))
    table = (
        '<table  class="mgTabTable tablesorter"  id="mgTable1" summary="Table of councillors">\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>{rows}</tbody></table>"
    )
    return html.page("Your Councillors", table)


def _member_row(each: Councillor) -> str:
    href = f"mgUserInfo.aspx?UID={each.uid}"
    photo = html.link(href, f'<img src="UserData/{_folder(each.uid)}/smallpic.jpg" alt="" />')
    name = html.link(href, html.shown(each.name), title="details of " + each.name)
    return (
        f"<tr><td>{photo}</td>\n<td><p>{name}</p><p>Shire Hall<br />Stonnard</p></td>\n"
        f"<td><p>{each.group}</p></td><td><p>{html.shown(each.division)}</p></td></tr>"
    )


def _folder(uid: int) -> str:
    return f"{'/'.join(reversed(str(uid)))}/Info{uid:08}"


def member_page(view: View, member: Councillor) -> str:
    """`mgUserInfo.aspx`."""
    ended = f"{member.until:%d/%m/%Y}" if member.until and member.until <= view.council.today else ""
    terms = f"{member.since:%d/%m/%Y} - {ended}"
    fields = [html.labelled("Party", member.group), html.labelled("Electoral division", html.shown(member.division))]
    seats = [
        spec
        for spec in view.council.specs
        if any(seat.member is member for seat in committee_on(spec, view.council.today))
    ]
    content = "\n".join(
        (
            *fields,
            '<h2 class="mgSubTitleTxt">Terms of Office</h2>',
            html.listed([html.shown(terms)]),
            '<h2 class="mgSubTitleTxt">Committee appointments</h2>',
            html.listed(html.link(f"mgCommitteeDetails.aspx?ID={spec.id}", html.shown(spec.name)) for spec in seats),
        )
    )
    return html.page(html.shown(member.name), content)
