"""Members as the pages and the API show them, those who are on the council's list no more among them."""

from typing import TYPE_CHECKING

from archive.errors import UnknownId
from archive.model import Member, MemberId

if TYPE_CHECKING:
    from archive.store import Store


def member_of(store: "Store", identifier: MemberId) -> Member:
    """The member; who was never on a list that was read is known by the name of their newest attendance.

    Raises `UnknownId` when no attendance names them either.
    """
    try:
        return store.member(identifier)
    except UnknownId:
        for meeting in store.heads(member=identifier, limit=1):
            for each in meeting.attendance:
                if each.member == identifier:
                    return Member(identifier, each.name)
        raise
