"""Every identifier and address is made here: the paths of the site, which never change (contract, section 2).

`westsussex`, `westsussex/committees/170`, `westsussex/meetings/3129`, `westsussex/items/17213`,
`westsussex/members/117`, `westsussex/documents/s33789`, and `westsussex/items/17213#27.21` for a paragraph. The last
part is the platform's own number; what has none (an imported file) is named by a digest of its content.
"""

import hashlib
import re
import unicodedata
from typing import NamedTuple

from archive.errors import InputError
from archive.model import CommitteeId, CouncilId, DocumentId, ItemId, MeetingId, MemberId

_COUNCIL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?\Z")
_LOCAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z")
_OF_CONTENT = re.compile("f[0-9a-f]{12}")
_RESERVED = ("api", "static", "search", "healthz")
COLLECTIONS = ("committees", "meetings", "items", "members", "documents")


class Parts(NamedTuple):
    """An identifier taken apart; `collection` and `local` are `None` for a council's own."""

    council: CouncilId
    collection: str | None
    local: str | None


def slug(text: str) -> str:
    """`text` as a path segment: ASCII letters, digits and hyphens, at most 60 characters; "" when nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


def council_id(text: str) -> CouncilId:
    """`text` as a council's identifier. Raises `InputError` when it has not the form of one."""
    if text in _RESERVED:
        raise InputError(f"council id {text!r} is an address of the site itself; choose another")
    if not _COUNCIL.match(text):
        raise InputError(f"council id {text!r}: use up to 40 lower-case letters, digits and hyphens, as in westsussex")
    return CouncilId(text)


def _make(council: CouncilId | None, collection: str, local: str | None) -> str | None:
    if council is None or local is None:
        return None
    if not _LOCAL.match(local):
        raise InputError(f"{local!r} cannot be part of an identifier in {council}/{collection}")
    return f"{council}/{collection}/{local}"


def committee_id(council: CouncilId | None, local: str | None) -> CommitteeId | None:
    """The committee `local` of `council`; `None` when either is unknown."""
    made = _make(council, "committees", local)
    return None if made is None else CommitteeId(made)


def meeting_id(council: CouncilId | None, local: str | None) -> MeetingId | None:
    """The meeting `local` of `council`; `None` when either is unknown."""
    made = _make(council, "meetings", local)
    return None if made is None else MeetingId(made)


def item_id(council: CouncilId | None, local: str | None) -> ItemId | None:
    """The agenda item `local` of `council`; `None` when either is unknown."""
    made = _make(council, "items", local)
    return None if made is None else ItemId(made)


def member_id(council: CouncilId | None, local: str | None) -> MemberId | None:
    """The member `local` of `council`; `None` when either is unknown."""
    made = _make(council, "members", local)
    return None if made is None else MemberId(made)


def document_id(council: CouncilId | None, local: str | None) -> DocumentId | None:
    """The document `local` ("s33789") of `council`; `None` when either is unknown."""
    made = _make(council, "documents", local)
    return None if made is None else DocumentId(made)


def parse(identifier: str) -> Parts:
    """`identifier` taken apart. Raises `InputError` when it has not the form of one."""
    council, *rest = identifier.split("#", 1)[0].strip("/").split("/")
    if not _COUNCIL.match(council) or len(rest) not in (0, 2):
        raise InputError(f"{identifier!r} is no identifier; one looks like westsussex/items/17213")
    if not rest:
        return Parts(CouncilId(council), None, None)
    collection, local = rest
    if collection not in COLLECTIONS or not _LOCAL.match(local):
        raise InputError(f"{identifier!r} is no identifier; after the council comes one of {', '.join(COLLECTIONS)}")
    return Parts(CouncilId(council), collection, local)


def local(identifier: str) -> str:
    """The platform's own part of an identifier: "17213" of "westsussex/items/17213"."""
    return identifier.rsplit("/", 1)[-1]


WELSH = "-cy"
"""Ends the identifier of the Welsh text of a meeting or an item; the rest is that of its English twin."""


def is_welsh(identifier: str) -> bool:
    """Whether `identifier` names a Welsh text beside an English one."""
    return identifier.endswith(WELSH)


def twin(identifier: str) -> str:
    """The identifier of the same meeting or item in the other language."""
    return identifier.removesuffix(WELSH) if is_welsh(identifier) else identifier + WELSH


def content_local(*parts: str | bytes) -> str:
    """A stable local name for what the platform did not number: "f" and twelve digits of a digest of `parts`."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() if isinstance(part, str) else part)
        digest.update(b"\0")
    return "f" + digest.hexdigest()[:12]


def is_of_content(local_name: str) -> bool:
    """Whether a local name is one of `content_local`."""
    return _OF_CONTENT.fullmatch(local_name) is not None
