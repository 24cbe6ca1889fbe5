"""The page of a meeting that was minuted before agendas were kept by items: one Word document, a table of columns."""

from archive.model import ParagraphKind
from crawler.sample import html
from crawler.sample.council import WrittenItem, WrittenMeeting
from crawler.sample.grammar import joined
from crawler.sample.line import Line
from crawler.sample.meeting_pages import heading

_COLUMNS = ("Item", "Description", "Resolution")
_DECIDED = frozenset((ParagraphKind.RESOLUTION, ParagraphKind.CLAUSE))


def legacy_page(written: WrittenMeeting) -> str:
    """`CeListDocuments.aspx`: attendance above, then Item, Description and Resolution."""
    room = written.room
    said = [
        f"<b>{html.shown(written.planned.committee.name)}</b>",
        f"<b>PRESENT:</b> {html.shown(joined([each.name for each in room.present]))}",
        *([f"<b>APOLOGIES:</b> {html.shown(joined([each.name for each in room.absent]))}"] if room.absent else ()),
    ]
    head = "".join(f'<td width="200"><p class="MsoNormal"><b>{name}</b></p></td>' for name in _COLUMNS)
    rows = "\n".join(map(_row, written.items))
    content = (
        '<div  class="mgWordPara" ><div class="WordSection1">\n'
        + "\n".join(f'<p class="MsoNormal">{each}</p>' for each in said)
        + '\n<table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0">\n'
        + f"<tr>{head}</tr>\n{rows}\n</table>\n</div></div>"
    )
    return html.page("Agenda and minutes", content, subtitle=heading(written))


def in_columns(item: WrittenItem) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of an item under "Description" and under "Resolution"."""
    lines = item.minuted.lines
    return (
        tuple(line for line in lines if line.kind not in _DECIDED),
        tuple(line for line in lines if line.kind in _DECIDED),
    )


def _row(item: WrittenItem) -> str:
    described, decided = in_columns(item)
    title = f'<p class="MsoNormal"><b>{html.shown(item.draft.title)}</b></p>'
    cells = (
        f'<p class="MsoNormal">{html.shown(item.number)}</p>',
        title + "".join(map(_paragraph, described)),
        "".join(map(_paragraph, decided)) or "<p>&nbsp;</p>",
    )
    return "<tr>" + "".join(f'<td valign="top">{cell}</td>' for cell in cells) + "</tr>"


def _paragraph(line: Line) -> str:
    dot = "." if (line.number or "").isdigit() else ""
    number = f"{html.shown(line.number)}{dot}&nbsp;&nbsp; " if line.number else ""
    return f'<p class="MsoNormal">{number}{html.shown(line.text)}</p>'
