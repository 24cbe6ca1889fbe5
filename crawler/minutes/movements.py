"""Who came into a meeting, went out of it, or came back, while it lasted (moderngov.md 5.3)."""

import re
from collections.abc import Iterator, Sequence

from archive.model import Movement, MovementKind, Paragraph, ParagraphKind
from crawler.minutes.stems import holds
from crawler.minutes.subjects import Subjects

_PLACE = (
    r"(?:(?:the|this|that|our|council|committee|virtual|remote|online|hybrid|main|public) ){0,4}"
    r"(?:meeting|room|chamber|hall|building|proceedings|table|gallery|call|venue|session)\b"
)
_TIME = (
    r"(?:at|around|about|shortly (?:before|after)|just (?:before|after)) (?:approximately |about |around |circa )?"
    r"[0-9]|at (?:this|that) (?:point|juncture|stage|time)\b|at the (?:start|end|conclusion|beginning|commencement) of|"
    r"during |prior to |before |after |following |for the (?:duration|remainder|consideration|rest|whole|item|"
    r"discussion)|while |whilst |when |part way|midway|late\b|\([0-9]|early\b|briefly\b"
)
_FORMS = (
    (MovementKind.RETURNED, (
        rf"(?:returned|returns|re-?entered) (?:to |into )?{_PLACE}|(?:returned|returns)"
        rf"(?: to (?:her|his|their) seats?)? (?:{_TIME})|"
        rf"re-?join(?:ed|s) (?:{_PLACE}|{_TIME})|re-?entered (?:{_PLACE}|{_TIME})")),
    (MovementKind.LEFT, (
        rf"(?:left|leaves|vacated|exited|departed|departed from|quit) {_PLACE}|(?:left|leaves|departed) (?:{_TIME})|"
        rf"(?:withdrew|withdraws|retired|retires) (?:from {_PLACE}|to the public gallery)|took (?:his|her) leave")),
    (MovementKind.ARRIVED, (
        rf"(?:joined|joins|entered|enters) {_PLACE}|(?:joined|joins) (?:{_TIME})|"
        rf"(?:arrived|arrives) (?:(?:at|in|into) {_PLACE}|{_TIME})|(?:arrived|arrives)(?=[.,;)]|\Z)")),
)
_KINDS = tuple((kind, re.compile(rf"\b(?:{form})", re.IGNORECASE)) for kind, form in _FORMS)
_STEMS = (
    "left", "leave", "return", "enter", "join", "vacat", "exit", "depart", "quit", "withdr", "retire", "arriv", "odd y",
)  # fmt: skip
_NOT_DONE = re.compile(r"\b(?:to|not|never|should|must|could|would|if|until|unless|being)\W*\Z", re.IGNORECASE)
_WELSH = (
    (MovementKind.LEFT, re.compile(r"\b(?:Gadawodd|gadawodd)(?= )")),
    (MovementKind.ARRIVED, re.compile(r"\b(?:Ymunodd|ymunodd|Cyrhaeddodd|cyrhaeddodd)(?= )")),
    (MovementKind.RETURNED, re.compile(r"\b(?:Dychwelodd|dychwelodd|Ailymunodd)(?= )")),
)
_LONGEST = 4000   # characters of a paragraph that are looked at


def moved(paragraphs: Sequence[Paragraph]) -> tuple[Movement, ...]:
    """Comings and goings of people who are named, in printed order."""
    found = (
        Movement(name, None, kind, paragraph.anchor)
        for paragraph in paragraphs
        if paragraph.kind not in (ParagraphKind.VOTE, ParagraphKind.HEADING)
        for kind, name in _in_text(paragraph.text[:_LONGEST])
    )
    return tuple(dict.fromkeys(found))


def _in_text(text: str) -> Iterator[tuple[MovementKind, str]]:
    if not holds(text, _STEMS):
        return
    verbs = sorted((found.start(), kind) for kind, form in _KINDS for found in form.finditer(text))
    subjects = Subjects(text) if verbs or "odd y" in text else None
    if subjects is None:
        return
    for at, kind in verbs:
        if not _NOT_DONE.search(text, max(0, at - 20), at):
            yield from ((kind, each.name) for each in subjects.before(at, chained=True, having=True))
    for kind, form in _WELSH:
        for found in form.finditer(text):
            yield from ((kind, each.name) for each in subjects.after(found.end()))
