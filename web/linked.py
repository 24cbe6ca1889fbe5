"""What search engines read beside the page: schema.org as JSON-LD."""

from typing import Any

from archive.model import Meeting, MeetingStatus

_STATUS = {MeetingStatus.CANCELLED: "EventCancelled", MeetingStatus.POSTPONED: "EventPostponed"}
_CONTEXT = {"@context": "https://schema.org"}


def website(address: str) -> dict[str, Any]:
    """The site and how to search it; `address` ends with a slash."""
    target = {"@type": "EntryPoint", "urlTemplate": f"{address}search?q={{search_term_string}}"}
    action = {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
    return {**_CONTEXT, "@type": "WebSite", "name": "Minutebook", "url": address, "potentialAction": action}


def event(meeting: Meeting, council: str, address: str) -> dict[str, Any]:
    """A meeting as an event of its council; what is not known is left out."""
    known = {
        "name": meeting.committee.name if meeting.committee else meeting.title,
        "startDate": meeting.start.isoformat() if meeting.start else None,
        "location": {"@type": "Place", "name": meeting.venue} if meeting.venue else None,
        "isBasedOn": meeting.url,
    }
    return {
        **_CONTEXT, "@type": "Event", "url": address,
        "eventStatus": f"https://schema.org/{_STATUS.get(meeting.status or MeetingStatus.HELD, 'EventScheduled')}",
        "organizer": {"@type": "GovernmentOrganization", "name": council},
        **{name: value for name, value in known.items() if value},
    }
