"""The words by which minutes say that something was decided (moderngov.md 5.2), told from prose that uses them too.

RESOLVED in capitals decides wherever it stands; "Resolved" opens a decision when a sentence begins with it and goes on
as a decision does ("– That", "to", ":"); in small letters only the body itself resolves ("The Committee resolved to"),
or "it was resolved that". "The issue had been resolved" decides nothing.
"""

import re
from dataclasses import dataclass, replace
from itertools import islice

from archive.model import Action
from crawler.minutes.counting import counts, poll_at_start
from crawler.minutes.vocabulary import BODIES, words
from crawler.minutes.votes import voters

_ACTIONS = {
    "resolved": Action.RESOLVED, "resolution": Action.RESOLVED, "resolutions": Action.RESOLVED,
    "penderfynwyd": Action.RESOLVED,
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
    "directed": Action.OTHER, "endorsed": Action.OTHER, "delegated": Action.OTHER,
}  # fmt: skip
_FORMAL = frozenset({"resolved", "agreed", "recommended", "decided", "penderfynwyd", "cytunwyd", "argymhellwyd"})
_NOUNS = frozenset({"decision", "decisions", "resolution", "resolutions", "penderfyniad", "penderfyniadau"})
_SHOUTED = frozenset({"delegated"})   # these decide in capitals only
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
_QUOTES = re.compile(r"\w[,:] ?[“\"‘']\Z")   # told, “RESOLVED: the words of another decision
_APPLICATION = re.compile(
    r"(?:(?!(?:that|which)\b)[\w’'/-]+ ){0,6}"
    r"(?:permission|consent|applications?|licen[cs]e|approval|certificate|variation|exemption)"
    r"(?: (?:no\.? ?)?[\w/.-]*[0-9][\w/.-]*)?\W*\Z",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"[.;!?”] \Z")
_COLON = re.compile(r" ?(?:[:–—]|- |that\b)", re.IGNORECASE)
_NOUN_GOES_ON = re.compile(r"s? ?(?:[:–—]|- ?|\Z|\(|made\b)", re.IGNORECASE)
_CLAUSE_FOLLOWS = re.compile(r" ?(?:by all )?(?:that\b|not to\b|to\b|[:;–—,]|-|unanimously\b|\Z)", re.IGNORECASE)
_REPORTED = re.compile(
    r"\b(?:had|noted|reported|said|stated|explained|confirmed|advised|asked|recalled|reminded|when|where|which|whether|"
    r"because|although|previously|informed|understood)\b",
    re.IGNORECASE,
)
# Who is charged with something, and the bare verb of the charge: "that the Clerk write", not "that the Clerk writes".
_CHARGED = re.compile(
    r" that (?:(?:the|a|an) )?(?:[\w’'&-]+ ){0,6}?(?:clerk|chair|chairman|director|officer|manager|leader|secretary|"
    r"treasurer|council|committee|panel|executive|mayor|group|board|cabinet|member|solicitor|services|"
    r"(?:councillor|cllr|mr|mrs|ms|miss|dr) [\w’'-]+) (?:(?:also|then) )?"
    r"(?:write|send|ask|contact|arrange|obtain|prepare|report|seek|invite|pay|purchase|buy|meet|act|serve|represent|"
    r"attend|continue|remain|proceed|take|make|give|provide|submit|circulate|investigate|review|consider|look|join|"
    r"support|appoint|sign|draft|inform|request|organise|monitor|approach|bring|return|forward|discuss|adopt|approve|"
    r"note|agree|endorse|accept|recommend|lead|visit|speak|order|respond|apply|produce|publish)\b",
    re.IGNORECASE,
)
# The subjunctive of a decision ("that the plan be adopted"); "that it should be cheaper" is an opinion.
_SHALL = re.compile(r"(?:(?!\b(?:should|would|could|can|will|may|must|to)\b)[^.]){0,200}?\bbe\b", re.IGNORECASE)
_THAT = re.compile(r" (?:by all )?that\b")
_CONTENT_FOLLOWS = re.compile(r"(?: ?[:–—-])? ?(?:that|to)\b", re.IGNORECASE)
_OPERATIVE = re.compile(
    r" ?(?:that:|to:|:|to (?:note|approve|endorse|adopt|recommend|refer|defer|grant|refuse|appoint|delegate|accept|"
    r"receive|support|amend|authorise|agree|confirm|establish|ask|request|instruct|invite|write|remit|award|fund|pay|"
    r"purchase|submit|forward|consult|commission|nominate|elect|co-opt|suspend|extend|exclude|adjourn|form|create|"
    r"add|include|increase|reduce|sell|lease|continue (?:the|consideration))\b)",
    re.IGNORECASE,
)
_MOVED = re.compile(r"\b(?:seconded|proposed|moved)\b", re.IGNORECASE)
_MEMBERS = re.compile(
    r"\W*(?:[^,.]{1,80}, )?(?:all |the )?(?:committee |panel |board )?members (?:[a-z]+ly |then |also )*\Z",
    re.IGNORECASE,
)
_FAR = 400    # characters on either side that tell whether a word decides
_MOST = 200   # deciding words that are looked at in one paragraph
_OFFICE_HOLDER = re.compile(r"\b(?:executive|cabinet|lead) member\b|\bportfolio holder\b")
# What was decided elsewhere or before: "In 2019 the Council resolved", "At its meeting on 3 May, Cabinet RESOLVED".
_PAST = re.compile(
    r"\W*(?:(?:in|on|since|by|during) (?:[0-9]{1,2}(?:st|nd|rd|th)? )?(?:[a-z]{3,9},? )?(?:19|20)[0-9]{2}\b(?![/-])|"
    r"at (?:its|the|their|an?|our) (?:[\w-]+ ){0,4}meetings? (?:held )?(?:on|of|in) )|"
    r".*\bminutes? (?:no\.? ?)?[0-9].*\b(?:stated|stating|recorded|read|reads)\W*\Z",
    re.IGNORECASE,
)
_NEXT_DECISION = re.compile(
    r"(?:,|;|\.)?(?: and| further|,)*(?: it was)?(?: further| also)* (?=RESOLVED|AGREED|RECOMMENDED)"
)
_CONTENT = re.compile(r"\b(?:that|to)(?: [^\s]+){3}", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:(?<=[.!?”)\"]) (?P<word>Agreed|Resolved|Noted|Approved|Deferred)|"
    r",? and (?:it was )?(?:all|unanimously) (?P<all>agreed)|"
    r"(?:[,;]? (?:and|which|this)|(?<=[.!?”)\"]) (?:It|This)) (?:(?:it|this) )?was (?:so |duly |unanimously )*"
    r"(?P<so>agreed|resolved|approved))"
    r"(?: accordingly)?(?: unanimously| by all(?: present)?| nem\.? con)?\.?\Z"
)
_UNANIMOUS = re.compile(
    r"\b(?:unanimous(?:ly)?|unan|all agreed|by all|all in favour|nem\.? ?con|yn unfrydol)\b", re.IGNORECASE
)
# "The Minute was APPROVED and signed": what follows the word is not what was decided.
_PASSIVE = re.compile(r"\b(?:was|were)(?: [a-z]+ly)?\Z")
_RECORDED = re.compile(
    r"(?:and signed|as (?:an? )?(?:true|correct|accurate)|for signature|(?:by|to|from) (?:the|full|a))\b", re.IGNORECASE
)
_MAJORITY = re.compile(
    r"\b(?:by|with|on) an? (?:[a-z]+ )?majority\b|\bby majority\b|\bmajority (?:vote|decision)\b|\bnot unanimous|"
    r"\bcasting vote\b|\bmwyafrif\b",
    re.IGNORECASE,
)
_DECIDING = r"(?:[\w-]+ ){0,4}(?:sub-?committee|committee|panel|tribunal)"
_DECISION_WAS = re.compile(
    rf"(?:[A-Z][^.,;:]{{0,100}}, )?(?:the )?(?:{_DECIDING}['’]s (?:unanimous )?decision|"
    rf"(?:unanimous )?decision of the {_DECIDING}) (?:was|is)(?: therefore| unanimously| unanimous)*"
    r"(?= (?:that|to)\b| ?:| as follows:)(?: as follows:)?",
    re.IGNORECASE,
)
# A paragraph that says yes to what was moved before it: "The Committee agreed accordingly.", "This was agreed."
_ALL_SAID = re.compile(
    r"(?:(?:(?:The|This) )?(?:(?:[\w-]+ ){0,4}(?:committee|council|cabinet|board|panel|forum|executive)|members) "
    r"(?:unanimously )?(?:so )?(?P<verb>agreed|resolved|approved)(?: accordingly| unanimously| to this| this)?|"
    r"(?:this|it|which|that) was (?:unanimously |so |duly )*(?P<was>agreed|resolved|approved)"
    r"(?: accordingly| unanimously| by all(?: present)?)?)\.?",
    re.IGNORECASE,
)
_ACTION_AGREED = re.compile(r"(?:Actions?|ACTIONS?) (?:agreed|AGREED) ?[:–-] ?(?=\w)")
_LEADING = re.compile(
    r"(?:[\s:;–—,.-]|\((?:unanimously|unanimous|nem\.? con\.?)\)|nem\.? con\.?|"
    r"without (?:a vote|division|dissent)(?= ?\.?\Z|,)|(?:on|by|with|using|through) the [\w’' -]{1,40} casting vote\b|"
    r"(?:by|with|on) an? (?:[a-z]+ )?majority(?: vote| decision)?\b|by majority(?: vote)?\b|"
    r"(?:unanimously|by all|yn unfrydol|further|made)\b)+",
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
    unanimous: bool | None   # None: it does not say
    aside: str = ""          # what stands between the deciding word and the words: "(unanimously)", "by 6 votes to 5,"


def find_decisions(text: str) -> tuple[Decision, ...]:
    """The decisions of one paragraph in order: "RECOMMENDED that A be done and RESOLVED that B be done" are two."""
    first = find_decision(text)
    if first is None:
        return ()
    for following in islice(_NEXT_DECISION.finditer(first.words), _MOST):
        said, rest = first.words[:following.start()], first.words[following.end():]
        if _CONTENT.search(said) and (later := find_decisions(rest)) and not later[0].before:
            return (replace(first, words=said), *later)
    return (first,)


def find_decision(text: str) -> Decision | None:
    """The decision that `text` (one paragraph without its number) says was made; of several words the last in a row."""
    return _stated(text) or _closing(text) or _decision_was(text)


def _decision_was(text: str) -> Decision | None:
    """What a body is said to have decided: "The Sub-Committee's decision was to grant it", or an action agreed."""
    if found := _DECISION_WAS.match(text):
        words = text[found.end():].lstrip(" :–—-")
        return Decision(_action_within(words, Action.OTHER), "", words, is_unanimous(found[0]))
    if agreed := _ACTION_AGREED.match(text):
        return Decision(Action.AGREED, "", text[agreed.end():], None)
    yes = _ALL_SAID.fullmatch(text)
    return Decision(_ACTIONS[(yes["verb"] or yes["was"]).lower()], "", "", is_unanimous(text)) if yes else None


def _closing(text: str) -> Decision | None:
    """The decision that a sentence of its own makes of all before it: "It was proposed that x be done. Agreed." """
    found = _CLOSING.search(text, max(0, len(text) - 80))
    by_motion = found and (found["all"] or found["so"])
    if found is None or _PAST.match(text) or (by_motion and not _MOVED.search(text)):
        return None
    action = _ACTIONS[(found["word"] or found["all"] or found["so"]).lower()]
    return Decision(action, text[:found.start()].strip(), "", is_unanimous(found[0]))


def _stated(text: str) -> Decision | None:
    found: re.Match[str] | None = None
    for word in islice(_WORD.finditer(text), _MOST):
        if found is not None and (word.start() - found.end() > 60 or _CONTENT.search(text, found.end(), word.start())):
            break
        if _decides(text, word) and (found is None or word[0].lower() == "resolved" or _is_headed(text, found, word)):
            found = word
    return None if found is None else _decision(text, found)


def _is_headed(text: str, head: re.Match[str], word: re.Match[str]) -> bool:
    """Whether `head` is no more than the heading of the decision at `word`: "DECISION: AGREED that"."""
    parted = not text[head.end():word.start()].strip(" :–—.-")
    return parted and head[0].lower() in _NOUNS and bool(_CONTENT_FOLLOWS.match(text, word.end()))


def is_unanimous(text: str) -> bool | None:
    """Whether `text` says that a vote was unanimous (`True`) or by a majority (`False`); `None`: it does not say."""
    if _MAJORITY.search(text):
        return False
    return True if _UNANIMOUS.search(text) else None


def action_of(word: str) -> Action:
    """The action of a deciding word."""
    return _ACTIONS.get(word.lower(), Action.OTHER)


def is_past(sentence: str) -> bool:
    """Whether a sentence says by its beginning that it is of another meeting or year."""
    return bool(_PAST.match(sentence))


def is_subjunctive(clause: str) -> bool:
    """Whether `clause` (" that the plan be adopted") is what a decision says, and no opinion."""
    return bool(_SHALL.match(clause) or _CHARGED.match(clause))


def _decision(text: str, word: re.Match[str]) -> Decision:
    before, after = text[:word.start()].strip(), text[word.end():]
    leading = _leading(after)
    words = after[leading:]
    action = _ACTIONS[word[0].lower()]
    if action is Action.OTHER:
        action = _action_within(words, action)
    if word[0].isupper() and _PASSIVE.search(before[-_FAR:]) and _RECORDED.match(words):
        words = text[_start_of_sentence(text, word.start()):]
    said = f"{before[-80:]} {after[:leading]} {words[-40:]}"
    return Decision(action, before, words.strip(), is_unanimous(said), after[:leading])


def _start_of_sentence(text: str, at: int) -> int:
    """Where the sentence begins that `at` stands in."""
    start = max(0, at - _FAR)
    return max((end.end() for end in _SENTENCE.finditer(text, start, at)), default=start)


def _leading(after: str) -> int:
    """The length of what stands between the deciding word and the words decided: marks, "unanimously", the vote."""
    at = 0
    for _ in range(4):
        marks = _LEADING.match(after, at)
        at = marks.end() if marks else at
        bracket = _BRACKET.match(after, at)
        if bracket and (counts(f"vote {bracket[0]}") or is_unanimous(bracket[0]) is not None or voters(bracket[0])):
            at += len(bracket[0])
        else:
            at += poll_at_start(after[at:at + _FAR]) or _voters_at_start(after[at:at + _FAR])
    return at


def _voters_at_start(text: str) -> int:
    """How many characters before "that" say no more than who voted otherwise: "with Councillor Oak abstaining,"."""
    that = _THAT.search(text)
    return that.start() if that and voters(text[:that.start()]) else 0


def _action_within(words: str, otherwise: Action) -> Action:
    """What a decision says after a heading that does not ("DECISION: Permission GRANTED"; "Decision: Approved")."""
    inner = _WORD.search(words[:200])
    return _ACTIONS[inner[0].lower()] if inner and (inner[0].isupper() or inner.start() == 0) else otherwise


def _decides(text: str, word: re.Match[str]) -> bool:
    printed, before, after = word[0], text[max(0, word.start() - _FAR):word.start()], text[word.end():word.end() + _FAR]
    if _PAST.match(_SENTENCE.split(before)[-1]) or _QUOTES.search(before):
        return False
    if printed.lower() in _NOUNS:
        return _opens(before) and not printed.islower() and bool(_NOUN_GOES_ON.match(after))
    if printed.isupper():
        return _decides_in_capitals(printed.lower(), before, after)
    if printed[0].isupper():
        return printed.lower() not in _SHOUTED and _decides_as_a_sentence(printed.lower(), before, after)
    return printed in _FORMAL and _decides_in_prose(printed, before, after)


def _decides_as_a_sentence(word: str, before: str, after: str) -> bool:
    if _BEGINS.search(before) and word in _FORMAL and _COLON.match(after):
        return True
    return (_opens(before) or _moved(before)) and bool(_GOES_ON.match(after))


def _opens(before: str) -> bool:
    """Whether `before` is no more than the body that decides and adverbs: "The Committee unanimously"."""
    subject = _subject(before)
    return subject is not None and (not subject or is_body(subject))


def is_body(subject: list[str]) -> bool:
    """Whether the words of a subject, in lower case, end with a body, or name a member who decides alone."""
    return subject[-1] in BODIES or bool(_OFFICE_HOLDER.search(" ".join(subject)))


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
    return word == "resolved" or _opens(before) or bool(_CAPITALS_AFTER.search(before) or _APPLICATION.match(before))


def _decides_in_prose(word: str, before: str, after: str) -> bool:
    *_, sentence = _SENTENCE.split(before)
    if not _CLAUSE_FOLLOWS.match(after) or _REPORTED.search(sentence) or _NOT_DECIDING.search(before):
        return False
    nobody = word == "recommended"   # "it was recommended" may be the report's own words
    by_members = word == "resolved" and _MEMBERS.match(sentence)
    if not (_moved(before) or (_it_was(sentence) and not nobody) or _by_the_body(sentence) or by_members):
        return False
    return word == "resolved" or bool(_OPERATIVE.match(after) or (_THAT.match(after) and is_subjunctive(after)))


def _it_was(sentence: str) -> bool:
    """Whether a sentence has come as far as "it was unanimously"."""
    words = _WORDS.findall(sentence[-80:].lower())
    while words and words[-1] in _ADVERBS - {"was", "is"}:
        words.pop()
    return words[-2:] in (["it", "was"], ["it", "is"])


def _by_the_body(sentence: str) -> bool:
    subject = _subject(sentence.rpartition(", ")[2])
    return bool(subject) and is_body(subject or [])


def _moved(before: str) -> bool:
    """Whether a motion was just moved: "Proposed by A, seconded by B and"."""
    return bool(_MOVED.search(before)) and before.rstrip(" ,").lower().endswith("and")
