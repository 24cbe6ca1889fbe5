"""The words by which minutes say that something was decided (moderngov.md 5.2), told from prose that uses them too.

RESOLVED in capitals decides wherever it stands; "Resolved" opens a decision when a sentence begins with it and goes on
as a decision does ("– That", "to", ":"); in small letters only the body itself resolves ("The Committee resolved to"),
or "it was resolved that". "The issue had been resolved" decides nothing.
"""

import re
from dataclasses import dataclass
from itertools import islice

from archive.model import Action
from crawler.minutes.vocabulary import BODIES, words
from crawler.minutes.votes import counts, poll_at_start

_ACTIONS = {
    "resolved": Action.RESOLVED, "penderfynwyd": Action.RESOLVED,
    "agreed": Action.AGREED, "cytunwyd": Action.AGREED,
    "recommended": Action.RECOMMENDED, "argymhellwyd": Action.RECOMMENDED,
    "noted": Action.NOTED, "nodwyd": Action.NOTED,
    "approved": Action.APPROVED, "granted": Action.APPROVED, "adopted": Action.APPROVED,
    "cymeradwywyd": Action.APPROVED,
    "refused": Action.REFUSED, "gwrthodwyd": Action.REFUSED,
    "deferred": Action.DEFERRED, "gohiriwyd": Action.DEFERRED,
    "referred": Action.REFERRED, "cyfeiriwyd": Action.REFERRED,
    "decision": Action.OTHER, "decisions": Action.OTHER, "decided": Action.OTHER, "determined": Action.OTHER,
    "penderfyniad": Action.OTHER, "penderfyniadau": Action.OTHER, "requested": Action.OTHER, "ordered": Action.OTHER,
    "directed": Action.OTHER, "endorsed": Action.OTHER,
}  # fmt: skip
_FORMAL = frozenset({"resolved", "agreed", "recommended", "decided", "penderfynwyd", "cytunwyd", "argymhellwyd"})
_NOUNS = frozenset({"decision", "decisions", "penderfyniad", "penderfyniadau"})
_WORD = re.compile(rf"(?<![\w’'-])({'|'.join(_ACTIONS)})(?=that\b|to\b|[^\w’'-]|\Z|-[ -])", re.IGNORECASE)
_ADVERBS = words(
    "unanimously accordingly therefore then thereupon further also duly formally subsequently now hereby jointly "
    "collectively generally so it was were is has had have and that"
)
_WORDS = re.compile(r"[^\W\d_][\w'’&-]*")
_SENTENCE = re.compile(r"[.;!?] ")
_NOT_DECIDING = re.compile(
    r"\b(?:been|be|being|not|get|got|getting|to|were|are|is|when|if|until|once|as|had)\W*\Z", re.IGNORECASE
)
_CAPITALS_AFTER = re.compile(
    r"(?:and|it|was|were|is|,|;|:|\.|unanimously|committee|council|cabinet|board|panel|members|executive|by)\W*\Z",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\W*(?:\Z|(?:that|to|the|nem|without|subject|for|with|until|as|on|made|bod|i|y|yn)\b|unanimous)|"
    r" ?(?:[:;–—,.(]|- ?)",
    re.IGNORECASE,
)
_NOUN_GOES_ON = re.compile(r"s? ?(?:[:–—]|- ?|\Z|\(|made\b)", re.IGNORECASE)
_CLAUSE_FOLLOWS = re.compile(r" ?(?:that\b|not to\b|to\b|[:;–—,]|-|unanimously\b|\Z)", re.IGNORECASE)
_REPORTED = re.compile(
    r"\b(?:had|noted|reported|said|stated|explained|confirmed|advised|asked|recalled|reminded|when|where|which|whether|"
    r"because|although|previously|informed|understood)\b",
    re.IGNORECASE,
)
# The subjunctive of a decision ("that the plan be adopted"); "that it should be cheaper" is an opinion.
_SHALL = re.compile(r"(?:(?!\b(?:should|would|could|can|will|may|must|to)\b)[^.]){0,200}?\bbe\b", re.IGNORECASE)
_OPERATIVE = re.compile(
    r" ?(?:that:|to:|:|to (?:note|approve|endorse|adopt|recommend|refer|defer|grant|refuse|appoint|delegate|accept|"
    r"receive|support|amend|authorise|agree|confirm|establish)\b)",
    re.IGNORECASE,
)
_MOVED = re.compile(r"\b(?:seconded|proposed|moved)\b", re.IGNORECASE)
_FAR = 400    # characters on either side that tell whether a word decides
_MOST = 200   # deciding words that are looked at in one paragraph
_UNANIMOUS = re.compile(r"\b(?:unanimous(?:ly)?|nem\.? ?con|yn unfrydol)\b", re.IGNORECASE)
_LEADING = re.compile(
    r"(?:[\s:;–—,.-]|\((?:unanimously|unanimous|nem\.? con\.?)\)|nem\.? con\.?|"
    r"(?:unanimously|yn unfrydol|further|made)\b)+",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\([^()]{1,120}\)")
_HEADING_WORDS = re.compile(
    r"\W*(?!(?:THAT|TO|THE|UNANIMOUS\w*|BY|NEM|FOR|AND|WITHOUT|FURTHER|ALSO|AS|IN|SUBJECT|ACCORDINGLY|BOD|YN)\b)[A-Z]{2,}"
)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision found in a text: what stands `before` the deciding word, and the `words` decided after it."""

    action: Action
    before: str
    words: str
    unanimous: bool


def find_decision(text: str) -> Decision | None:
    """The decision that `text` (one paragraph without its number) says was made; of several words the last in a row."""
    found: re.Match[str] | None = None
    for word in islice(_WORD.finditer(text), _MOST):
        if found is not None and word.start() - found.end() > 60:
            break
        if _decides(text, word) and (found is None or word[0].lower() == "resolved"):
            found = word
    return None if found is None else _decision(text, found)


def is_unanimous(text: str) -> bool:
    """Whether `text` says that a vote was unanimous."""
    return bool(_UNANIMOUS.search(text))


def _decision(text: str, word: re.Match[str]) -> Decision:
    before, after = text[:word.start()].strip(), text[word.end():]
    leading = _leading(after)
    words = after[leading:]
    action = _ACTIONS[word[0].lower()]
    if action is Action.OTHER:
        action = _action_within(words, action)
    said = f"{before[-80:]} {after[:leading]} {words[-40:]}"
    return Decision(action, before, words.strip(), is_unanimous(said))


def _leading(after: str) -> int:
    """The length of what stands between the deciding word and the words decided: marks, "unanimously", the vote."""
    at = 0
    for _ in range(4):
        marks = _LEADING.match(after, at)
        at = marks.end() if marks else at
        bracket = _BRACKET.match(after, at)
        says_vote = bracket and (counts(f"vote {bracket[0]}") or is_unanimous(bracket[0]))
        at += len(bracket[0]) if bracket and says_vote else poll_at_start(after[at:at + _FAR])
    return at


def _action_within(words: str, otherwise: Action) -> Action:
    """What a decision says after a heading that does not ("DECISION: Permission GRANTED"; "Decision: Approved")."""
    inner = _WORD.search(words[:200])
    return _ACTIONS[inner[0].lower()] if inner and (inner[0].isupper() or inner.start() == 0) else otherwise


def _decides(text: str, word: re.Match[str]) -> bool:
    printed, before, after = word[0], text[max(0, word.start() - _FAR):word.start()], text[word.end():word.end() + _FAR]
    if printed.lower() in _NOUNS:
        return _opens(before) and not printed.islower() and bool(_NOUN_GOES_ON.match(after))
    if printed.isupper():
        return _decides_in_capitals(printed.lower(), before, after)
    if printed[0].isupper():
        return (_opens(before) or _moved(before)) and bool(_GOES_ON.match(after))
    return printed in _FORMAL and _decides_in_prose(printed, before, after)


def _opens(before: str) -> bool:
    """Whether `before` is no more than the body that decides and adverbs: "The Committee unanimously"."""
    subject = _subject(before)
    return subject is not None and (not subject or subject[-1] in BODIES)


def _subject(before: str) -> list[str] | None:
    """The words of `before` without adverbs and auxiliaries at its ends; `None` when it is more than a subject."""
    if len(before) > 120 or _SENTENCE.search(before) or ":" in before:
        return None
    words = _WORDS.findall(before.lower())
    while words and words[-1] in _ADVERBS:
        words.pop()
    while words and words[0] in _ADVERBS:
        words.pop(0)
    return words if len(words) <= 9 else None


def _decides_in_capitals(word: str, before: str, after: str) -> bool:
    if before.isupper() is False and before.strip() and _NOT_DECIDING.search(before):
        return False
    if (not before.strip() or before.isupper()) and _HEADING_WORDS.match(after):
        return False
    return word == "resolved" or _opens(before) or bool(_CAPITALS_AFTER.search(before))


def _decides_in_prose(word: str, before: str, after: str) -> bool:
    *_, sentence = _SENTENCE.split(before)
    if not _CLAUSE_FOLLOWS.match(after) or _REPORTED.search(sentence) or _NOT_DECIDING.search(before):
        return False
    nobody = word == "recommended"   # "it was recommended" may be the report's own words
    if not (_moved(before) or (_it_was(sentence) and not nobody) or _by_the_body(sentence)):
        return False
    return word == "resolved" or bool(_OPERATIVE.match(after) or (after.startswith(" that") and _SHALL.match(after)))


def _it_was(sentence: str) -> bool:
    """Whether a sentence has come as far as "it was unanimously"."""
    words = _WORDS.findall(sentence[-80:].lower())
    while words and words[-1] in _ADVERBS - {"was", "is"}:
        words.pop()
    return words[-2:] in (["it", "was"], ["it", "is"])


def _by_the_body(sentence: str) -> bool:
    subject = _subject(sentence.rpartition(", ")[2])
    return subject is not None and subject[-1:] != [] and subject[-1] in BODIES


def _moved(before: str) -> bool:
    """Whether a motion was just moved: "Proposed by A, seconded by B and"."""
    return bool(_MOVED.search(before)) and before.rstrip(" ,").lower().endswith("and")
