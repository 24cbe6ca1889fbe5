"""How each clerk words a decision: what leads in, how a wish is bent to follow it, how clauses are labelled."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from archive.model import Action, Clause
from crawler.sample.data import Wish
from crawler.sample.grammar import letter, participle, roman, sentence, third_person

_THAT = re.compile(r"\bthat\b", re.IGNORECASE)
_OF_THE_THING = ("and ", "listed ", "that ", "of ", "at ", "between ", "named ")


@dataclass(frozen=True, slots=True)
class Form:
    """A clerk's way with a decision.

    `one` is the line of a single clause, `many` the line before several, `bend` makes a wish fit after either. A
    `heading` is a line of its own before them. `listed` clauses have their numbers from a list, not typed; with
    `full_stops` each is a sentence.
    """

    one: str
    many: str
    bend: Callable[[Wish], str]
    action: Action = Action.RESOLVED
    heading: str = ""
    listed: bool = False
    full_stops: bool = False


def active(each: Wish) -> str:
    """ "notes the report"."""
    return _words(third_person(each.verb), each.object, each.rest)


def passive(each: Wish) -> str:
    """ "the report be noted"; what belongs to the thing stays with it: "the plan and its targets be approved"."""
    done = participle(each.verb)
    if each.object.startswith("that "):
        return _words("it be", done, each.object, each.rest)
    if each.rest.startswith(_OF_THE_THING):
        return _words(each.object, each.rest, "be", done)
    return _words(each.object, "be", done, each.rest)


def bare(each: Wish) -> str:
    """ "note the report"."""
    return _words(each.verb, each.object, each.rest)


def infinitive(each: Wish) -> str:
    """ "to note the report"."""
    return "to " + bare(each)


def _words(*parts: str) -> str:
    return " ".join(part for part in parts if part)


PLAIN = Form("RESOLVED: That {clause}.", "RESOLVED that:", passive)
_DASHED = Form("RESOLVED – That {clause}.", "RESOLVED – That:", passive)
_TITLED = "Resolved – That the Committee"
_AGREED = "The Committee AGREED"
FORMS = {
    "committee": Form(
        f"{_TITLED} {{clause}}.", f"{_TITLED}:", active, listed=True, full_stops=True
    ),
    "resolved-that": _DASHED,
    "resolved-dash": _DASHED,
    "resolved-colon": PLAIN,
    "decision": Form("RESOLVED – That Cabinet {clause}.", "RESOLVED – That Cabinet:", active, full_stops=True),
    "agreed": Form("AGREED that {clause}.", "AGREED that:", passive, Action.AGREED),
    "recommended": Form(
        "RECOMMENDED that Cabinet {clause}.", "RECOMMENDED that Cabinet:-", bare, Action.RECOMMENDED
    ),
    "heading": Form("That {clause}.", "That:", passive, heading="RESOLVED", listed=True, full_stops=True),
    "plain-decision": Form(
        _AGREED + " {clause}.", _AGREED + ":", infinitive, Action.AGREED, heading="DECISION", full_stops=True
    ),
    "board": Form("Resolved:- That the Board {clause}.", "Resolved:- That the Board:", active),
    "unanimous": Form("RESOLVED (unanimously): That {clause}.", "RESOLVED (unanimously) that:", passive),
}
_LABELS: dict[str, Callable[[int], str]] = {
    "number": str,
    "paren-number": "({})".format,
    "paren-letter": lambda at: f"({letter(at)})",
    "paren-roman": lambda at: f"({roman(at)})",
    "bullet": "".format,
}


def clauses(said: list[str], form: Form, labels: str) -> tuple[Clause, ...]:
    """The clauses as printed: each a sentence, or all one sentence parted by semicolons."""
    ends = ["."] * len(said) if form.full_stops else [";"] * (len(said) - 2) + ["; and", "."]
    texts = [sentence(each) if form.full_stops else each + end for each, end in zip(said, ends, strict=True)]
    return tuple(Clause(_LABELS[labels](at) or None, text) for at, text in enumerate(texts, 1))


def quoted(text: str) -> str:
    """What is resolved, without the words that lead in: "That the Committee:" of "Resolved – That the Committee:"."""
    if text.startswith(_AGREED):
        return text.removeprefix(_AGREED).strip(" :")
    found = _THAT.search(text)
    return text[found.start() :] if found else text


def labelled(clause: Clause) -> str:
    """A clause with its label, as one would quote it: "1. Notes the report."."""
    dot = "." if (clause.label or "").isdecimal() else ""
    return f"{clause.label}{dot} {clause.text}" if clause.label else clause.text
