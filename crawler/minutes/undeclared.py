"""Decisions without a deciding word in front: under the page's own "Decision:", and over clauses that each have one."""

import re

from archive.model import Action
from crawler.minutes.decisions import action_of, find_decision
from crawler.minutes.lines import Line
from crawler.numbers import begins

_BODY = (
    r"(?:That )?(?:the )?[\w'’& -]{0,60}?"
    r"\b(?:committee|council|cabinet|board|panel|executive|authority|forum|members?):"
)
_BODY_ALONE = re.compile(rf"{_BODY}\Z", re.IGNORECASE)
_VERB = r"(?P<verb>resolved|agreed|noted|approved|recommended|endorsed|deferred|refused|granted|adopted)\b"
_BODY_AND_CLAUSES = re.compile(rf"{_BODY} \((?:1|a|i)\) {_VERB}", re.IGNORECASE)
_DECIDES = re.compile(_VERB, re.IGNORECASE)
_DETERMINED = re.compile(
    r"(?:[\w’'/-]+ ){0,6}(?:permission|consent|applications?|licen[cs]e|approval|certificate)\b[\w ./-]{0,40}? "
    r"(?P<verb>granted|refused|approved|deferred)\b",
    re.IGNORECASE,
)
_DECISION_WORDS = re.compile(r"[“\"‘]?(?:That|To)\b")
_PRESENT = re.compile(r"\b(RESOLVE|AGREE|APPROVE|NOTE|RECOMMEND|REFUSE|DEFER|ENDORSE)S?\b")


def action_over(line: Line, after: Line | None) -> Action | None:
    """The action of a body's name over numbered clauses, or before them: "Cabinet: (1) noted the fees; (2) agreed"."""
    if within := _BODY_AND_CLAUSES.match(line.text):
        return action_of(within["verb"])
    if after is None or after.number is None or not begins(after.number) or not _BODY_ALONE.match(line.text):
        return None
    first = find_decision(after.text)
    verb = _DECIDES.match(after.text)
    return first.action if first and not first.before else action_of(verb["verb"]) if verb else None


def action_stated(text: str) -> Action | None:
    """The action of a decision known as one by its place: "That the Cabinet AGREES to"; `None` for other prose."""
    if determined := _DETERMINED.match(text):
        return action_of(determined["verb"])
    if not _DECISION_WORDS.match(text):
        return None
    found = _PRESENT.search(text)
    return action_of(found[1] + ("d" if found[1].endswith("E") else "ed")) if found else Action.OTHER
