"""The addresses of a ModernGov site: what they name, their one canonical spelling, and how they are asked.

Pages are the same on every install; their parameters are case-insensitive, have aliases (`MId`, `MeetingId`), and
carry navigation state that changes nothing. Hrefs are relative without a leading slash, hold literal spaces and line
breaks, and an install may live under a path, so every href is joined with the address of its own page.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_DOCUMENT = re.compile(r"/documents/([sgb])(\d+)(?:/|\Z)", re.IGNORECASE)
_ITEM_ANCHOR = re.compile(r"AI(\d+)\Z", re.IGNORECASE)
_INSTALL_END = re.compile(
    r"/(?:[^/]+\.as[hmp]x(?:/[^/]*)?|documents/[sgb]\d+(?:/.*)?|[^/]+\.(?:html?|asp|php))\Z", re.IGNORECASE
)
_SESSION = re.compile(r"/\([A-Z]\([^()/]*\)\)(?=/)", re.IGNORECASE)    # ASP.NET's, of a server that sets no cookies
_ALIASES = {"committeeid": "cid", "meetingid": "mid"}
_NO_HOST = re.compile(r'[\s"<>\\^`{|}#/?@\ud800-\udfff]')
_LONGEST_NUMBER = 18
_LONGEST = 8000    # octets that every server and reader should take (RFC 9110, 4.1)
LEGACY_PAGE = "CeListDocuments.aspx"
_STATE = frozenset(
    ("bcr", "gl", "h", "hd", "j", "meta", "next", "rpid", "ver", "xxr", "zts", "$lo$", "txtonly")
)  # where somebody came from and how the page is drawn
_DEFAULT_PORTS = {"http": 80, "https": 443}
# The pages that show one thing, and the parameters that say which.
_IDENTITY: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "mgAi.aspx": ("ID",),
    "ieListDocuments.aspx": ("CId", "MId"),
    "CeListDocuments.aspx": ("CommitteeId", "MeetingId", "DF"),
    "ieListMeetings.aspx": ("CId", "Year", "Act", "D"),
    "ieIssueDetails.aspx": ("IId", "PlanId", "Opt"),
    "ieDecisionDetails.aspx": ("ID", "AIId"),
    "mgCommitteeDetails.aspx": ("ID",),
    "mgConvert2PDF.aspx": ("ID", "ISATT", "T"),
    "mgListCommittees.aspx": (),
    "mgMeetingAttendance.aspx": ("ID",),
    "mgUserInfo.aspx": ("UID",),
})
_SPELLING = {name.lower(): name for name in _IDENTITY}


class Method(StrEnum):
    """The methods of the web service that are used here."""

    COMMITTEES = "GetCommittees"
    MEETINGS = "GetMeetings"
    MEETING = "GetMeeting"
    COUNCILLORS = "GetCouncillorsByWard"


class DocumentKey(NamedTuple):
    """What selects a document: its title in the address is cosmetic.

    `letter` is "s" (attached to an item), "g" (made of a meeting, `number` is the meeting's) or "b" (supplementary
    pack); `rendition` is T: 0 agenda, 1 minutes, 2 decisions, 9 supplement, 10 reports pack. Only "g" needs it.
    """

    letter: str
    number: str
    rendition: str | None = None

    @property
    def local(self) -> str:
        """The document's own part of an identifier: "s33789", "g3129-t1"."""
        return f"{self.letter}{self.number}" + (f"-t{self.rendition}" if self.rendition else "")


def absolute(page: str, href: str) -> str | None:
    """`href` of the page at `page` as a whole address, fit to be asked and kept; `None` when it is no http(s) address.

    Whatever a site gives as an address goes through here: what is kept has no user's name and password, no line break
    and no more than 8,000 characters.
    """
    try:
        parts = urlsplit(urljoin(page, _CONTROLS.sub("", href).strip()))
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or _NO_HOST.search(parts.hostname):
            return None
        query, fragment = _encoded(parts.query), _encoded(parts.fragment)
        whole = urlunsplit((parts.scheme, _authority(parts), _path(parts), query, fragment))
    except ValueError:  # a broken IPv6 host or port
        return None
    return whole if len(whole) <= _LONGEST else None


def kept_address(name: str) -> str | None:
    """The address of a page as it is kept (`absolute`), by its `name`; `None` where that is the name of a file."""
    return absolute(name, name)


def _authority(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    shown = f"[{host}]" if ":" in host else host
    port = parts.port
    return shown if port is None or port == _DEFAULT_PORTS[parts.scheme] else f"{shown}:{port}"


def _path(parts: SplitResult) -> str:
    return _SESSION.sub("", re.sub("/{2,}", "/", _encoded(parts.path))) or "/"


def _encoded(text: str) -> str:
    """`text` with everything percent-encoded that is not encoded yet."""
    return quote(_BARE_PERCENT.sub("%25", text), safe="%/:=&?~#+!$,;'@()*[]")


def parameters(url: str) -> dict[str, str]:
    """The parameters of `url` by lower-case name, aliases made one; of a repeated one the first."""
    found: dict[str, str] = {}
    for name, value in parse_qsl(urlsplit(url).query):
        plain = name.lower().removeprefix("amp;")
        found.setdefault(_ALIASES.get(plain, plain), value.strip())
    return found


def page_name(url: str) -> str | None:
    """The file name of a ModernGov page, as the product spells it; `None` where the address is no page of it."""
    name = urlsplit(url).path.rsplit("/", 1)[-1]
    return _SPELLING.get(name.lower(), name if name.lower().endswith(".aspx") else None)


def canonical(url: str) -> str:
    """The one spelling of `url`: two addresses of one thing are equal by it. Welsh (`LLL=1`) is a thing of its own."""
    whole = absolute(url, url)
    if whole is None:
        return url
    key = document_key(whole)
    if key is not None:
        return Site(base_of(whole)).document(key)
    given, name, parts = parameters(whole), page_name(whole), urlsplit(whole)
    kept = _identity(name, given) if name in _IDENTITY else _without_state(given)
    path = parts.path if name is None else parts.path[: -len(name)] + name
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode(kept), ""))


def _identity(name: str | None, given: dict[str, str]) -> list[tuple[str, str]]:
    spelled = {_ALIASES.get(each.lower(), each.lower()): each for each in _IDENTITY.get(name or "", ())}
    spelled["lll"] = "LLL"
    said = given | {"df": given["df"].partition(",")[0].strip()} if "df" in given else given   # a day, or with its time
    return [(shown, said[plain]) for plain, shown in spelled.items() if plain in said and _tells(plain, said[plain])]


def _without_state(given: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in given.items() if name not in _STATE and _tells(name, value))


def _tells(name: str, value: str) -> bool:
    return name != "lll" or value == "1"


def document_key(url: str) -> DocumentKey | None:
    """What selects the document at `url`, by either form of its address; `None` when it is no document's."""
    found, given = _DOCUMENT.search(urlsplit(url).path), parameters(url)
    if found:
        letter = found[1].lower()
        return DocumentKey(letter, found[2], given.get("t") if letter == "g" else None)
    if page_name(url) != "mgConvert2PDF.aspx" or not given.get("id", "").isdecimal():
        return None
    generated = "t" in given and given.get("isatt") != "1"
    return DocumentKey("g", given["id"], given["t"]) if generated else DocumentKey("s", given["id"])


def _number(url: str, *wanted: tuple[str | None, str]) -> str | None:
    """The first of `wanted` (page or any, parameter) that `url` has, if it is a number."""
    name, given = page_name(url), parameters(url)
    values = (given.get(parameter) for page, parameter in wanted if page in (None, name))
    return next((plain_number(value) for value in values if value and _is_number(value)), None)


def plain_number(said: str) -> str:
    """A number of the platform in its one spelling, without the zeros before it: "00300" is meeting 300."""
    return (said.lstrip("0") or "0") if _is_number(said) else said


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= _LONGEST_NUMBER


def meeting_number(url: str) -> str | None:
    """The meeting that `url` names, by whichever page and spelling."""
    return _number(url, (None, "mid"), ("mgMeetingAttendance.aspx", "id"))


def is_meeting(url: str) -> bool:
    """Whether `url` is a meeting's own page, of today's layout or of the legacy one."""
    return page_name(url) in ("ieListDocuments.aspx", LEGACY_PAGE) and meeting_number(url) is not None


def committee_number(url: str) -> str | None:
    """The committee that `url` names."""
    return _number(url, (None, "cid"), ("mgCommitteeDetails.aspx", "id"))


def item_number(url: str) -> str | None:
    """The agenda item that `url` names: an item page, a decision page, or a meeting page's `#AI54346`."""
    anchor = _ITEM_ANCHOR.match(urlsplit(url).fragment)
    return anchor[1] if anchor else _number(url, (None, "aiid"), ("mgAi.aspx", "id"))


def member_number(url: str) -> str | None:
    """The member that `url` names."""
    return _number(url, (None, "uid"))


def base_of(url: str) -> str:
    """The base of the install that `url` belongs to, with its closing slash: a page or document at its end is cut."""
    whole = absolute(url, url) or url
    parts = urlsplit(whole)
    path = _INSTALL_END.sub("", parts.path).rstrip("/") + "/"
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def uk_day(day: date) -> str:
    """`day` as the web service wants it; given an ISO date, servers ignore it."""
    return f"{day:%d/%m}/{day.year:04}"


def _month(day: date) -> dict[str, int]:
    return {"M": day.month, "DD": day.year}


def _root(base: str) -> tuple[str | None, int | None, str]:
    """What tells an install from others: host, port (`None` for the usual ones), path. IIS knows no case in paths."""
    parts = urlsplit(base)
    port = None if parts.port in _DEFAULT_PORTS.values() else parts.port
    return parts.hostname, port, parts.path.casefold()


@dataclass(frozen=True, slots=True)
class Site:
    """One install by its base (closing slash included), and the addresses of what it shows.

    `aliases` are the bases of the same install elsewhere: another host, the host's former name, another path.
    """

    base: str
    aliases: tuple[str, ...] = ()

    def own(self, url: str) -> str | None:
        """`url` in its one spelling, under this site's base; `None` when it is none of this site's addresses.

        It may be written with http or https, with an alias's host or path, and in any of the ways `canonical` knows.
        """
        whole = canonical(url)
        if absolute(whole, whole) is None:
            return None
        host, port, path = _root(whole)
        bases = (absolute(base, base) for base in (self.base, *self.aliases))
        roots = (_root(base) for base in bases if base)
        paths = [root[2] for root in roots if root[:2] == (host, port) and path.startswith(root[2])]
        if not paths:
            return None
        parts = urlsplit(whole)
        beyond = len(max(paths, key=len))
        return self.base + urlunsplit(parts._replace(scheme="", netloc="", path=parts.path[beyond:]))

    def page(self, name: str, **given: str | int) -> str:
        """A page with its parameters, in that order."""
        return self.base + name + (f"?{urlencode(given)}" if given else "")

    def service(self, method: Method, **given: str | int) -> str:
        """A call of the web service. Every declared parameter must be given, or the answer is status 500."""
        return self.page(f"mgWebService.asmx/{method}", **given)

    def service_committees(self) -> str:
        """All committees."""
        return self.service(Method.COMMITTEES)

    def service_councillors(self) -> str:
        """All councillors by ward."""
        return self.service(Method.COUNCILLORS)

    def service_meetings(self, committee: str, since: date, until: date) -> str:
        """The meetings of `committee` between two days, both included; "0" or "-1" stands for all committees."""
        return self.service(Method.MEETINGS, lCommitteeId=committee, sFromDate=uk_day(since), sToDate=uk_day(until))

    def service_meeting(self, meeting: str) -> str:
        """One meeting with everything."""
        return self.service(Method.MEETING, lMeetingId=meeting)

    def committees(self) -> str:
        """The list of committees."""
        return self.page("mgListCommittees.aspx", bcr=1)

    def meetings_home(self) -> str:
        """The committees by their meetings; those that were wound up are often here alone."""
        return self.page("ieDocHome.aspx", bcr=1)

    def meetings(self, committee: str) -> str:
        """The newest meetings of a committee; links on it lead to earlier ones."""
        return self.page("ieListMeetings.aspx", CId=committee, Year=0)

    def meeting(self, committee: str | None, meeting: str) -> str:
        """A meeting's agenda and minutes."""
        given = {"CId": committee} if committee else {}
        return self.page("ieListDocuments.aspx", **given, MId=meeting)

    def legacy(self, committee: str | None, meeting: str, day: date) -> str:
        """A meeting of before about 2008: one Word page with everything (`crawler.moderngov.legacy`)."""
        given = {"CommitteeId": committee} if committee else {}
        return self.page("CeListDocuments.aspx", **given, MeetingId=meeting, DF=uk_day(day), Ver=2)

    def calendar_month(self, month: date) -> str:
        """The calendar of the month of that day, as a grid. `DD` is the year."""
        return self.page("mgCalendarMonthView.aspx", GL=1, bcr=1, **_month(month), CID=0, OT="", C=-1, MR=0)

    def calendar_agenda(self, month: date) -> str:
        """The same month as a list of days."""
        return self.page("mgCalendarAgendaView.aspx", RPID=0, **_month(month), CID=0, OT="", C=-1, MR=1)

    def attendance(self, meeting: str) -> str:
        """Who attended a meeting."""
        return self.page("mgMeetingAttendance.aspx", ID=meeting)

    def item(self, item: str) -> str:
        """One agenda item, its text whole."""
        return self.page("mgAi.aspx", ID=item)

    def recorded_votes(self, meeting: str, item: str) -> str:
        """The recorded votes of one item of a meeting."""
        return self.page("mgListRecordedVotesShort.aspx", AIID=item, MID=meeting)

    def members(self) -> str:
        """The index of members as a table."""
        return self.page("mgMemberIndex.aspx", VW="TABLE", PIC=1, FN="")

    def member(self, member: str) -> str:
        """One member's page."""
        return self.page("mgUserInfo.aspx", UID=member)

    def document(self, key: DocumentKey) -> str:
        """A document by what selects it, without the cosmetic title."""
        return self.page(f"documents/{key.letter}{key.number}", **({"T": key.rendition} if key.rendition else {}))
