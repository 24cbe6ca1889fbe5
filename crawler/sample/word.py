"""Word's HTML as ModernGov stores it: hard-wrapped lines, spacers, typed and listed numbers, needless spans."""

import textwrap
from collections.abc import Sequence
from html import escape

from crawler.sample.line import Line, Look

_NBSP = "&nbsp;"
_SPACER = f'<p class="MsoNormal">{_NBSP}</p>'
_LEADS = ("RESOLVED", "Resolved", "AGREED", "RECOMMENDED", "NOTED.", "PENDERFYNWYD")
_TINY = "font:7.0pt &quot;Times New Roman&quot;"
_WIDTH = 66


def word_section(lines: Sequence[Line], flavour: int = 0) -> str:
    """The lines as the body of one Word document; "" of none. `flavour` tells one clerk's Word from another's."""
    if not lines:
        return ""
    parts: list[str] = []
    at = 0
    while at < len(lines):
        end = _run(lines, at)
        parts.append(_list(lines[at:end], flavour) if end > at else _paragraph(lines[at], flavour))
        at = max(end, at + 1)
    spaced = f"\n{_SPACER}\n".join(parts) if flavour % 2 == 0 else "\n".join(parts)
    return f'<div class="WordSection1">\n{spaced}\n</div>\n'


def _run(lines: Sequence[Line], at: int) -> int:
    """Where the list that begins at `at` ends; `at` itself when none begins there."""
    while at < len(lines) and lines[at].look is Look.LIST:
        at += 1
    return at


def _list(lines: Sequence[Line], flavour: int) -> str:
    items = "\n".join(f' <li class="MsoNormal">{_inline(line.text, flavour)}</li>' for line in lines)
    return f'<ol style="margin-top:0cm" start="1" type="1">\n{items}\n</ol>'


def _paragraph(line: Line, flavour: int) -> str:
    if line.look is Look.TABLE:
        return _table(line.rows)
    if line.look is Look.HEADING:
        return f'<p class="MsoNormal"><b><u>{_wrapped(line.text)}</u></b></p>'
    if line.look is Look.BULLET:
        symbol = f'<span style="font-family:Symbol">·<span style="{_TINY}">{_NBSP * 8} </span></span>'
        return f'<p class="MsoListParagraph" style="text-indent:-18.0pt">{symbol}{_wrapped(line.text)}</p>'
    number = "" if line.number is None else _typed(line, flavour)
    return f'<p class="MsoNormal">{number}{_inline(line.text, flavour)}</p>'


def _typed(line: Line, flavour: int) -> str:
    dot = "." if (line.number or "").isdigit() else ""
    gap = _NBSP * max(2, 8 - len(line.number or "")) + " "
    if flavour % 3 == 1:
        gap = f'<span style="{_TINY}">{_NBSP * 6} </span>'
    return f"{line.number}{dot}{gap}"


def _inline(text: str, flavour: int) -> str:
    """The text, its lead-in bold, in the span that Word likes to leave."""
    lead = next((word for word in _LEADS if text.startswith(word)), "")
    body = _wrapped(text)
    if lead:
        body = f"<b>{lead}</b>{body[len(lead) :]}"
    return f'<span lang="EN-GB" style="">{body}</span>' if flavour % 3 == 2 else body


def _wrapped(text: str) -> str:
    """The text with its lines broken in mid-sentence, as Word saves it."""
    return "\n".join(
        escape(part, quote=False)
        for part in textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    )


def _table(rows: Sequence[Sequence[str]]) -> str:
    body = "\n".join(
        " <tr>\n"
        + "\n".join(
            f'  <td width="200" valign="top">\n  <p class="MsoNormal">{_wrapped(cell) or _NBSP}</p>\n  </td>'
            for cell in row
        )
        + "\n </tr>"
        for row in rows
    )
    return f'<table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0">\n{body}\n</table>'
