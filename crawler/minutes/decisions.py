"""The words by which minutes say that something was decided (moderngov.md 5.2), told from prose that uses them too.

RESOLVED in capitals decides wherever it stands; "Resolved" opens a decision when a sentence begins with it and goes on
as a decision does ("– That", "to", ":"); in small letters only the body itself resolves ("The Committee resolved to"),
or "it was resolved that". "The issue had been resolved" decides nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from archive.model import Action
from crawler.minutes.actions import ACTIONS, action_of_verb, once
from crawler.minutes.counting import counts, poll_at_start
from crawler.minutes.motions import movers
from crawler.minutes.prose import (
    HOW_VOTED,
    MOVED,
    ON_PROPOSAL,
    SENTENCE,
    decides_in_prose,
    is_body,
    is_moved,
    is_reported,
    opens_with_noun,
    orders,
    subject,
)
from crawler.minutes.reported import is_told
from crawler.minutes.stems import holds
from crawler.minutes.votes import voters

_FORMAL = frozenset({"resolved", "agreed", "recommended", "decided", "penderfynwyd", "cytunwyd", "argymhellwyd"})
_NOUNS = frozenset({"decision", "decisions", "resolution", "resolutions", "penderfyniad", "penderfyniadau"})
_SHOUTED = frozenset({"delegated", "declined"})   # these decide in capitals only
_WORD = re.compile(
    rf"(?<![\w’'-])({'|'.join(ACTIONS)})(?=(?:unanimously)?(?:that|to)\b|[^\w’'-]|\Z|-[ -])", re.IGNORECASE
)
_NOT_DECIDING = re.compile(
    r"\b(?:been|be|being|not|get|got|getting|to|were|are|is|when|if|until|once|as|had)\W*\Z", re.IGNORECASE
)
_CAPITALS_AFTER = re.compile(
    r"(?:and|it|was|were|is|,|;|:|\.|unanimously|committee|council|cabinet|board|panel|members|executive|by)\W*\Z",
    re.IGNORECASE,
)
_WERE = re.compile(r"\bwere (?:[a-z]+ly |duly |then )?\Z")   # AGREED in capitals; differences were RESOLVED
_GOES_ON = re.compile(
    r"\W*(?:\Z|(?:that|to|the|nem|without|subject|for|with|until|as|on|made|bod|i|y|yn)\b|unanimous|"
    r"(?:further|also)\b(?= ?[:–-]| (?:that|to)\b))|"
    r" ?(?:[:;–—,.(]|- ?)",
    re.IGNORECASE,
)
_QUOTE = ("“", '"', "‘", "'")
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
_REFERENCE = re.compile(   # "Resolution 24/031:"
    r" (?:(?:no|number|ref)\.? ?)?[A-Z/-]{0,8}[0-9][\w./-]{0,20} ?[:–-] ?", re.IGNORECASE
)
_THAT = re.compile(r" (?:by all )?that\b")
_CONTENT_FOLLOWS = re.compile(r"(?: ?[:–—-])? ?(?:that|to)\b", re.IGNORECASE)
_FAR = 400    # characters on either side that tell whether a word decides
_SOON = 60    # characters: a deciding word that follows another one later is of the next sentence
_MOST = 200   # deciding words that are looked at in one paragraph
_MOST_CUTS = 50    # places at which a paragraph may go on with another decision that are tried
# What was decided elsewhere or before: "In 2019 the Council resolved", "At its meeting on 3 May, Cabinet RESOLVED".
_PAST = re.compile(
    r"\W*(?:(?:in|on|since|by|during) (?:[0-9]{1,2}(?:st|nd|rd|th)? )?(?:[a-z]{3,9},? )?(?:19|20)[0-9]{2}\b(?![/-])|"
    r"at (?:its|the|their|an?|our) (?:[\w-]+ ){0,4}meetings? (?:held )?(?:on|of|in) )|"
    r".{0,400}\bminutes? (?:no\.? ?)?[0-9].{0,400}\b(?:stated|stating|recorded|read|reads)\W{0,20}\Z",
    re.IGNORECASE,
)
_NEXT_DECISION = re.compile(
    r"(?:,|;|\.)?(?: and| further|,){0,5}(?: it was)?(?: further| also){0,3} (?=RESOLVED|AGREED|RECOMMENDED)|"
    r"(?<=[.;]) (?=Resolved(?: further| also)?(?: ?[:–-]| that\b| to\b))|"
    r" / (?=(?:RESOLVED|AGREED|RECOMMENDED|NOTED|Resolved|Agreed|Recommended|Noted|PENDERFYNWYD|Penderfynwyd|CYTUNWYD|"
    r"Cytunwyd|ARGYMHELLWYD|Argymhellwyd|NODWYD|Nodwyd)\b)|"
    r"(?<=[.;]) (?=It was (?:[a-z]+ ){0,2}(?:resolved|agreed|decided) (?:that|to) )"
)
_OPENING = re.compile(   # what every form of it comes to
    r"RESOLVED|AGREED|RECOMMENDED|NOTED|Resolved|Agreed|Recommended|Noted|PENDERFYNWYD|Penderfynwyd|CYTUNWYD|Cytunwyd|"
    r"ARGYMHELLWYD|Argymhellwyd|NODWYD|Nodwyd|It was"
)
_TURN = 80   # characters: the longest of its forms
_BARELY = re.compile(r"(?:It was(?: [a-z]+){0,2})?")
_CONTENT = re.compile(r"\b(?:that|to|bod|fod|(?-i:i))(?: [^\s]+){3}", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:(?<=[.!?”)\"]) (?P<word>Agreed|Resolved|Noted|Approved|Deferred)|"
    r",? and (?:it was )?(?:all|unanimously) (?P<all>agreed)|"
    r"(?:[,;]? (?:and|which|this)|(?<=[.!?”)\"]) (?:It|This)) (?:(?:it|this) )?was (?:so |duly |unanimously )*"
    r"(?P<so>agreed|resolved|approved))"
    r"(?: accordingly)?(?: unanimously| by all(?: present)?| nem\.? con)?\.?\Z"
)
_AGREEMENT = ("unan", "by all", "nem", "unfrydol", "agreed", "approved", "favour")    # stems of the next
_UNANIMOUS = re.compile(
    r"\b(?:unanimous(?:ly)?(?:(?:that|to)\b)?|unan|by all|nem\.? ?con|yn unfrydol|"
    r"all(?: of)?(?: the)?(?: [a-z]+)??(?: councillors| members)?(?: present)? "
    r"(?:agreed|approved|(?:were |voted )?in favour))\b",
    re.IGNORECASE,
)
# "The Minute was APPROVED and signed": what follows the word is not what was decided.
_PASSIVE = re.compile(r"\b(?:was|were)(?: [a-z]+ly)?\Z")
_RECORDED = re.compile(
    r"(?:and signed|as (?:an? )?(?:true|correct|accurate)|for signature|(?:by|to|from) (?:the|full|a))\b", re.IGNORECASE
)
_ON_TERMS = re.compile(r"(?:subject to|on condition|with conditions|for the (?:following )?reasons?)\b", re.IGNORECASE)
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
# Not "This Council resolves", which are a motion's words before anybody has voted.
_RESOLVES = re.compile(
    r"The (?:[\w-]+ ){0,4}(?:sub-?committee|committee|panel|board) (?:hereby |therefore |unanimously )?"
    r"(?:resolves|(?P<verb>(?-i:RECOMMENDS|AGREES)))(?=,? (?:that|to|in accordance with|under)\b)",
    re.IGNORECASE,
)
_MOVED_AND_CARRIED = re.compile(
    r"(?:\bit was |\A)(?:duly |then )?(?:moved|proposed)(?:,| and) (?:duly )?seconded,? and (?:duly |unanimously )?"
    r"(?P<verb>carried|passed|agreed|approved)(?: unanimously| nem\.? con\.?)?,? ?(?:[:–-]+ )?"
    r"(?=(?:that|to) )",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(   # "3 Mill Lane: Deferred to next meeting"
    r"[^.;:]{2,120}(?::| [–-]) (?:This (?:item|application) was )?(?:Deferred|DEFERRED) (?:to|until) "
    r"(?:the |a |our )?(?:next|following|future|later) (?:[a-z]+ )?meeting\b[^.;:]{0,40}\.?"
)
_ACTION_AGREED = re.compile(r"(?:Actions?|ACTIONS?) (?:agreed|AGREED) ?[:–-] ?(?=\w)")
_LEADING = re.compile(
    r"(?:[\s:;–—,.-]|\((?:unanimously|unanimous|nem\.? con\.?)\)|nem\.? con\.?|"
    r"without (?:a vote|division|dissent)(?= ?\.?\Z|,)|(?:on|by|with|using|through) the [\w’' -]{1,40} casting vote\b|"
    r"(?:by|with|on) an? (?:[a-z]+ )?majority(?: vote| decision)?\b|by majority(?: vote)?\b|"
    r"(?-i:TO (?:[A-Z-]+ ){0,5}(?:COUNCILS?|CABINET|EXECUTIVE|BOARD|AUTHORITY|COMMITTEE))(?= ?[:–-])|"
    r"unanimously(?=that\b|to\b)|(?:unanimously|by all|yn unfrydol|further|made)\b)+",
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
    apart: bool = False      # moved and carried at once, perhaps while another motion waits


def find_decisions(text: str) -> tuple[Decision, ...]:
    """The decisions of one paragraph in order: "RECOMMENDED that A be done and RESOLVED that B be done" are two."""
    found: list[Decision] = []
    later = find_decision(text)
    left = _MOST_CUTS
    while later is not None:
        found.append(later)
        later = None
        for following in islice(_turns(found[-1].words), left):
            left -= 1
            said, rest = found[-1].words[:following.start()], found[-1].words[following.end():]
            if _CONTENT.search(said) and (later := find_decision(rest)) and _BARELY.fullmatch(later.before):
                found[-1] = replace(found[-1], words=said.strip())
                break
            later = None
    return tuple(found)


def _turns(words: str) -> Iterator[re.Match[str]]:
    """The places where `words` may go on with another decision; looked for only before words that may open one."""
    after = -1
    for word in _OPENING.finditer(words):
        if word.start() > after:
            start = max(after, word.start() - _TURN, 0)
            if found := _NEXT_DECISION.search(words, start, min(len(words), word.end() + _TURN)):
                after = found.end()
                yield found


def find_decision(text: str) -> Decision | None:
    """The decision that `text` (one paragraph without its number) says was made; of several words the last in a row."""
    text = once(text)
    return _stated(text) or _closing(text) or _decision_was(text) or _resolves(text)


def _decision_was(text: str) -> Decision | None:
    """What a body is said to have decided: "The Sub-Committee's decision was to grant it", or an action agreed."""
    if found := _DECISION_WAS.match(text):
        words = text[found.end():].lstrip(" :–—-")
        return Decision(action_within(words, Action.OTHER), "", words, is_unanimous(found[0]))
    if agreed := _ACTION_AGREED.match(text):
        return Decision(Action.AGREED, "", text[agreed.end():], None)
    if _PUT_OFF.fullmatch(text):
        return Decision(Action.DEFERRED, "", text, None)
    yes = _ALL_SAID.fullmatch(text)
    return Decision(ACTIONS[(yes["verb"] or yes["was"]).lower()], "", "", is_unanimous(text)) if yes else None


def _resolves(text: str) -> Decision | None:
    """What a committee is said to decide by a verb of its own: "The Board resolves to"; "moved and carried that"."""
    if found := _RESOLVES.match(text):
        action = {"RECOMMENDS": Action.RECOMMENDED, "AGREES": Action.AGREED}.get(found["verb"], Action.RESOLVED)
        return Decision(action, found[0], text[found.end():].lstrip(" ,"), is_unanimous(found[0]))
    found = _MOVED_AND_CARRIED.search(text) if holds(text, ("seconded",)) else None
    if found and not _PAST.match(text) and not is_reported(text[:found.start()]):
        before, words = text[:found.end("verb")], text[found.end():].strip()
        return Decision(action_of(found["verb"]), before, words, is_unanimous(found[0]), apart=True)
    return None


def _closing(text: str) -> Decision | None:
    """The decision that a sentence of its own makes of all before it: "It was proposed that x be done. Agreed." """
    found = _CLOSING.search(text, max(0, len(text) - 80))
    by_motion = found and (found["all"] or found["so"])
    if found is None or _PAST.match(text) or (by_motion and not MOVED.search(text)):
        return None
    action = ACTIONS[(found["word"] or found["all"] or found["so"]).lower()]
    return Decision(action, text[:found.start()].strip(), "", is_unanimous(found[0]))


def _stated(text: str) -> Decision | None:
    found: re.Match[str] | None = None
    if not holds(text, ACTIONS):
        return None
    at = 0
    for _ in range(_MOST):
        end = len(text) if found is None else min(len(text), found.end() + 2 * _SOON)
        word = _WORD.search(text, at, end)
        if word is None:
            break
        at = word.end()
        if found and (word.start() - found.end() > _SOON or _CONTENT.search(text, found.end(), word.start())):
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
    if holds(text, ("majority", "not unan", "casting", "mwyafrif")) and _MAJORITY.search(text):
        return False
    return True if holds(text, _AGREEMENT) and _UNANIMOUS.search(text) else None


def action_of(word: str) -> Action:
    """The action of a deciding word."""
    return ACTIONS.get(word.lower(), Action.OTHER)


def is_past(sentence: str) -> bool:
    """Whether a sentence says by its beginning that it is of another meeting or year."""
    return bool(_PAST.match(sentence))


def _decision(text: str, word: re.Match[str]) -> Decision:
    before, after = text[:word.start()].strip(), text[word.end():]
    reference = _REFERENCE.match(after) if word[0].lower() in _NOUNS else None
    leading = reference.end() if reference else _leading(after)
    words = after[leading:]
    action = ACTIONS[word[0].lower()]
    if action is Action.OTHER:
        action = action_within(words, action)
    recorded = _RECORDED.match(words) or (word[0].lower() not in _FORMAL and _ON_TERMS.match(words))
    if word[0].isupper() and _PASSIVE.search(before[-_FAR:]) and recorded:
        words = text[_start_of_sentence(text, word.start()):]
    said = f"{before[-80:]} {word[0]} {after[:leading]} {words[-40:]}"
    return Decision(action, before, words.strip(), is_unanimous(said), "" if reference else after[:leading])


def _start_of_sentence(text: str, at: int) -> int:
    """Where the sentence begins that `at` stands in."""
    start = max(0, at - _FAR)
    return max((end.end() for end in SENTENCE.finditer(text, start, at)), default=start)


def _leading(after: str) -> int:
    """The length of what stands between the deciding word and the words decided: marks, "unanimously", the vote."""
    at = 0
    for _ in range(4):
        voted = HOW_VOTED.match(after, at, at + _FAR)
        at = voted.end() if voted else at
        marks = _LEADING.match(after, at)
        at = marks.end() if marks else at
        bracket = _BRACKET.match(after, at)
        if bracket and _is_about_vote(bracket[0]):
            at += len(bracket[0])
        elif proposal := ON_PROPOSAL.match(after, at, at + _FAR):
            at = proposal.end()
        else:
            at += poll_at_start(after[at:at + _FAR]) or _voters_at_start(after[at:at + _FAR])
    return at


def _is_about_vote(bracket: str) -> bool:
    """Whether a bracket after the deciding word says how it was voted, or who moved: "(proposed by A)"."""
    if counts(f"vote {bracket}") or is_unanimous(bracket) is not None or voters(bracket):
        return True
    said = movers(bracket)
    return bool(said.mover or said.seconder)


def _voters_at_start(text: str) -> int:
    """How many characters before "that" say no more than who voted otherwise: "with Councillor Oak abstaining,"."""
    that = _THAT.search(text)
    return that.start() if that and voters(text[:that.start()]) else 0


def action_within(words: str, otherwise: Action) -> Action:
    """What a decision says after a heading that does not: "DECISION: Permission GRANTED", "Decision: To approve it"."""
    if verb := action_of_verb(words):
        return verb
    inner = _WORD.search(words[:200])
    return ACTIONS[inner[0].lower()] if inner and (inner[0].isupper() or inner.start() == 0) else otherwise


def _decides(text: str, word: re.Match[str]) -> bool:
    printed, before, after = word[0], text[max(0, word.start() - _FAR):word.start()], text[word.end():word.end() + _FAR]
    if _PAST.match(SENTENCE.split(before)[-1]) or (before.endswith(_QUOTE) and _QUOTES.search(before)):
        return False
    if before in _QUOTE or is_told(text, word.start()):
        return False
    if printed.lower() in _NOUNS:
        goes_on = _NOUN_GOES_ON.match(after) or _REFERENCE.match(after)
        return _opens(before) and not printed.islower() and bool(goes_on)
    if printed.isupper():
        return _decides_in_capitals(printed.lower(), before, after)
    if printed[0].isupper():
        return printed.lower() not in _SHOUTED and _decides_as_a_sentence(printed.lower(), before, after)
    return printed in _FORMAL and decides_in_prose(printed, before, after)


def _decides_as_a_sentence(word: str, before: str, after: str) -> bool:
    if _BEGINS.search(before) and word in _FORMAL and (_COLON.match(after) or orders(after) or opens_with_noun(after)):
        return True
    goes_on = _GOES_ON.match(after) or (word in _FORMAL and opens_with_noun(after))
    return (_opens(before) or is_moved(before)) and bool(goes_on)


def _opens(before: str) -> bool:
    """Whether `before` is no more than the body that decides and adverbs: "The Committee unanimously"."""
    said = subject(before)
    return said is not None and (not said or is_body(said))


def _decides_in_capitals(word: str, before: str, after: str) -> bool:
    settled = word != "resolved" and _WERE.search(before)
    if before.isupper() is False and before.strip() and _NOT_DECIDING.search(before) and not settled:
        return False
    if (not before.strip() or before.isupper()) and _HEADING_WORDS.match(after):
        return False
    return word == "resolved" or _opens(before) or bool(_CAPITALS_AFTER.search(before) or _APPLICATION.match(before))
