"""What closes an item without a formal word: "The Committee noted the report.", "The report was noted."

Such a sentence decides only where it ends its paragraph and nothing but votes, or others like it, come after.
"""

import re
from collections.abc import Sequence

from archive.model import Action
from crawler.blocks import BlockKind
from crawler.minutes.counting import counts
from crawler.minutes.decisions import Decision, action_of, is_body, is_subjunctive, is_unanimous
from crawler.minutes.fates import fate
from crawler.minutes.lines import Line
from crawler.minutes.votes import side_line

_VERB = r"(?P<verb>noted|agreed|approved|endorsed|determined|adopted|accepted|deferred|refused)"
_ADVERBS = r"(?:(?:unanimously|formally|duly|then|also|therefore|subsequently) )*"
_BODY_DECIDES = re.compile(
    r"(?:[A-Z][^,;:]{0,200}, )?(?P<body>[A-Z][\w'’& -]{0,80}?|(?:the |that )[\w'’& -]{1,80}?) "
    rf"{_ADVERBS}{_VERB}\b"
    r"(?P<rest> (?:to|that|the|its|their|this|these|both|all|an?)\b.*|[:.]?\Z)"
)
_IT_WAS = re.compile(
    r"(?P<body>(?:The|That the|These|This) (?!apolog|declaration|interest|meeting|motion|amendment)[^.;:]{1,100}?) "
    rf"(?:was|were) {_ADVERBS}{_VERB}(?: unanimously| by all(?: present)?)?\.?\Z",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?]) (?=[A-Z])")
_REPORTING = re.compile(r"\b(?:had|have|has|would|previously)\b", re.IGNORECASE)
_LONGEST = 600   # characters of a closing sentence


def closings(lines: Sequence[Line]) -> dict[int, Decision]:
    """The decisions that close `lines`, by position."""
    found: dict[int, Decision] = {}
    for at in range(len(lines) - 1, -1, -1):
        decision = closing(lines[at].text) if lines[at].block.kind is not BlockKind.TABLE else None
        if decision is not None:
            found[at] = decision
        elif not _is_vote(lines[at].text):
            break
    return found


def closing(text: str) -> Decision | None:
    """The decision that the last sentence of `text` would make at the end of an item."""
    sentence = _SENTENCES.split(text)[-1]
    if len(sentence) > _LONGEST:
        return None
    by_a_body = _by_a_body(sentence)
    found = by_a_body or _IT_WAS.match(sentence)
    if found is None or _REPORTING.search(found["body"]):
        return None
    words = by_a_body["rest"].strip() if by_a_body else sentence
    return Decision(action_of(found["verb"]), "", words, is_unanimous(sentence))


def _by_a_body(sentence: str) -> re.Match[str] | None:
    found = _BODY_DECIDES.match(sentence)
    if found is None:
        return None
    subject = found["body"].lower().split()
    is_opinion = found["rest"].startswith(" that ") and (
        action_of(found["verb"]) is Action.NOTED or not is_subjunctive(found["rest"])
    )
    return found if (subject[-1] == "members" or is_body(subject)) and not is_opinion else None


def _is_vote(text: str) -> bool:
    return len(text) < 150 and bool(counts(text) or side_line(text) or fate(text) or is_unanimous(text))
