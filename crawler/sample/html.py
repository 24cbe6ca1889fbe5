"""The shell of the sample's pages: ModernGov's part within the council's own template, with the quirks of both."""

from collections.abc import Iterable
from html import escape
from string import Template

from crawler.sample.data import read_text

_ENTITIES = {ord(sign): f"&#{ord(sign)};" for sign in "/:()'"}
_ATTRIBUTE_ENTITIES = _ENTITIES | {ord(" "): "&#32;"}
_NAVIGATION = (
    ("mgMemberIndex.aspx?bcr=1", "your councillors", "Councillors"),
    ("ieDocHome.aspx?bcr=1", "information about committee meetings", "Meetings"),
    ("mgCalendarMonthView.aspx?GL=1&bcr=1", "calendar of meetings", "Calendar of meetings"),
    ("mgListCommittees.aspx?bcr=1", "committee structure", "Committees"),
    ("mgListRecordedVotes.aspx?UID=0&RPID=0", "recorded votes", "Recorded votes"),
)
_TEMPLATE = Template(read_text("page.html"))


def shown(text: str) -> str:
    """`text` as ModernGov prints it: some signs as numeric entities."""
    return escape(text, quote=False).translate(_ENTITIES)


def attribute(text: str) -> str:
    """`text` as ModernGov writes it into an attribute, blanks and all as entities."""
    return escape(text).replace("&#x27;", "'").translate(_ATTRIBUTE_ENTITIES)


def link(href: str, text: str, *, kind: str = "", title: str = "", named: str = "") -> str:
    """A link; `href` has plain ampersands, and may have blanks, as ModernGov's have. `named` is a whole title."""
    styled = f' class="{kind}" ' if kind else ""
    whole = named or (f"Link to {title}" if title else "")
    shown_as = f' title="{attribute(whole)}"' if whole else " "
    return f'<a {styled} href="{escape(href)}" {shown_as}>{text}</a>'


def document_link(href: str, title: str, kilobytes: int, *, kind: str = "", text: str = "") -> str:
    """A link to a document with its icon and size; its `text` is that of the item it belongs to, or its own title."""
    size = (
        '<span  class="mgFileSize" ><img height="12" src="mgimages/logo-pdf-1.gif" width="12" alt="pdf icon" /> '
        f"PDF {kilobytes} KB</span>"
    )
    about = f"document '{title}' pdf file" if text else f"file {title}"
    return link(href, f"{shown(text or title)}\n{size} ", kind=kind, title=about)


def labelled(label: str, value: str) -> str:
    """A labelled field; `value` is markup."""
    return f'<p><span  class="mgLabel" >{label}: </span>{value}</p>'


def listed(items: Iterable[str], kind: str = "mgBulletList") -> str:
    """A list of `items`, which are markup; "" when there are none."""
    body = "\n".join(f"<li>{item}  </li>" for item in items)
    return f'<ul  class="{kind}" >\n{body}\n</ul>' if body else ""


def page(title: str, content: str, *, subtitle: str = "", links: str = "", crumbs: Iterable[str] = ()) -> str:
    """A whole page. `title` is the kind of page, `subtitle` the thing's own, `links` and `content` markup."""
    heading = f'<div class="mgSubTitle" >\n<h2 class="mgSubTitleTxt">{subtitle}</h2>\n</div>\n' if subtitle else ""
    actions = f'<div class="mgLinks" >\n{links}\n</div>\n' if links else ""
    name = f"{title} - {subtitle}" if subtitle else title
    breadcrumb = " &gt; ".join(("Home", *(shown(each) for each in crumbs), title))
    navigation = "".join(
        f'<li><a href="{escape(href)}" title="Link to {escape(of, quote=False)}">{escape(text, quote=False)}</a></li>'
        for href, of, text in _NAVIGATION
    )
    return _TEMPLATE.substitute(
        described=attribute(name), name=name, navigation=navigation, breadcrumb=breadcrumb, title=title,
        heading=heading, actions=actions, content=content,
    )
