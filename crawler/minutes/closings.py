"""What closes an item without a formal word: "The Committee noted the report.", "The report was noted."

Such a sentence decides only where it ends its paragraph and nothing but votes, or others like it, come after.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.model import Action
from crawler.blocks import BlockKind
from crawler.minutes.counting import counts
from crawler.minutes.decisions import Decision, action_of, is_past, is_unanimous
from crawler.minutes.fates import fate
from crawler.minutes.lines import Line
from crawler.minutes.prose import is_body, is_subjunctive
from crawler.minutes.votes import side_line
from crawler.numbers import follows

_VERB = (
    r"(?P<verb>noted|agreed|approved|endorsed|determined|adopted|accepted|deferred|refused|confirmed|ratified|granted|"
    r"carried|voted)"
)
_ADVERBS = r"(?:(?:unanimously|formally|duly|then|also|therefore|subsequently|accordingly) )*"
_BODY_DECIDES = re.compile(
    r"(?:[A-Z][^,;:]{0,200}, )?(?P<body>[A-Z][\w'’& -]{0,80}?|(?:the |that )[\w'’& -]{1,80}?) "
    rf"{_ADVERBS}{_VERB}\b"
    r"(?: unanimously)?(?P<rest> (?:to|that|the|its|their|this|these|both|all|an?)\b.*|[:.]?\Z)"
)
_IT_WAS = re.compile(
    r"(?:(?:Following|After|Accordingly|Therefore|Subsequently|On|Upon|Having|There being|By)\b[^.;:]{0,120}?,? )?"
    r"(?P<body>(?:These|They|This)(?= w)|"
    r"(?:(?:The|That the|These|This) |"
    r"An? (?=(?:[a-z-]+ ){0,2}?(?:letter|e-?mail|report|update|petition|circular|statement|"
    r"newsletter|invitation|notice|reply|response|paper|briefing)\b))"
    r"(?!apolog|declaration|interest|meeting|motion|amendment)[^.;:]{1,160}?) "
    r"(?:(?:was|were) (?:(?:then )?put to (?:the|a) vote and )?(?:(?:discussed|considered|reviewed) and )?"
    r"(?:declared )?|(?:has|have) been (?:discussed|considered|reviewed|read) and "
    r"(?=[a-z]+ by (?:the )?(?:councillors|members|all)\b))"
    rf"{_ADVERBS}{_VERB}(?P<tail>.{{0,300}}?)[.:]?\Z",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:,? (?:unanimously|accordingly|en bloc|in full|in princip(?:le|al)|nem\.? con|and (?:duly )?signed|subject to|"
    r"without (?:a vote|discussion|debate|comment|dissent|division|amendment)|"
    r"by (?:all|a majority|members|councillors|[0-9]{1,3} votes?|"
    r"the (?:committee|council|panel|board|chair|chairman|members|councillors))|"
    r"as (?:(?:an? )?(?:true|correct|accurate)|presented|printed|circulated|submitted|amended|published|set out|read)|"
    r"for (?:information|signature|publication|submission)|"
    r"with (?:[0-9]{1,3}|one|two|three|no|that|this|those|these|"
    r"the (?:addition|inclusion|exception|amendments?|following|corrections?|changes?)|"
    r"an? (?:amendment|addition|correction|change)))(?!\w).*)?",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?]) (?=[A-Z])")
# That the last minutes were approved decides wherever it is said, whatever matters arise from them.
_OF_MINUTES = re.compile(
    r"(?:[A-Z][^.;:]{0,80}, )?(?:the )?(?:(?:draft|previous|last|public|open|exempt|confidential) ){0,5}"
    r"(?:minutes?|notes|record)\b",
    re.IGNORECASE,
)
_MOST = 30   # paragraphs of an item that may say so
_OPINION = re.compile(   # "Members agreed a new roof was needed"
    r" (?!to |that |its |their )(?:(?!\b(?:that|which|who|as|where|when|and|he|she|they)\b)[^.;:,]){1,100}? "
    r"(?:was|were|should|would|could|is|are|had)\b",
    re.IGNORECASE,
)
_REPORTING = re.compile(r"\b(?:had|have|has|would|previously)\b", re.IGNORECASE)
_CAPTION = re.compile(r"(?:the )?(?:decisions?|penderfyniad(?:au)?)(?: ?:-?| ?[–-])?", re.IGNORECASE)
_MEETING_ENDS = re.compile(
    r"(?:(?:The|This) meeting (?:(?:started|began|commenced|opened) at [^,;]{1,30} and )?(?:then )?"
    r"(?:closed|ended|concluded|finished)|"
    r"(?:This|That) (?:then )?(?:concluded|ended|closed) the (?:meeting|business))\b.{0,80}\Z",
    re.IGNORECASE,
)
_BE_DONE = re.compile(   # "The application be REFUSED."
    r"(?:The|That the|This) (?:[a-z-]+ ){0,3}(?:application|appeal|request|permission|consent|licence)"
    r"(?: [^.;:]{1,80})? be (?P<verb>REFUSED|GRANTED|APPROVED|DEFERRED)(?: [^.;:]{1,120})?\.?"
)
_LETTERED = re.compile(r"\(?[a-z]{1,4}\)?")
_DOCUMENT_WAS = re.compile(   # one sentence, and no more
    r"(?:The )?(?:[\w’'/&-]+ ){0,5}?(?:reconciliations?|accounts?|reports?|minutes|correspondence|payments?|budget|"
    r"invoices?|balances?|statements?|receipts|updates?|letters?|schedule)"
    r"(?: (?:for|of|from|to)(?: [\w’'/&-]+){1,5})? "
    r"(?:was|were) (?:received and |reviewed and |duly |unanimously )?(?P<verb>noted|approved|adopted|agreed)"
    r"(?: unanimously| by all)?\.?"
)
_NEAR = 6   # lines in which the part before or after stands
_APPROVING = (Action.APPROVED, Action.AGREED)
_LONGEST = 600   # characters of a closing sentence


def closings(lines: Sequence[Line]) -> dict[int, Decision]:
    """The decisions that close `lines`, or stand right under "Decision", by position."""
    found, listed = _under_captions(lines), False
    for at in range(len(lines) - 1, -1, -1):
        decision = closing(lines[at].text) if lines[at].block.kind is not BlockKind.TABLE else None
        if decision is not None and (not listed or lines[at].text.endswith(":")):
            found.setdefault(at, decision)
            listed = False
        elif lines[at].block.kind in (BlockKind.TABLE, BlockKind.LIST_ITEM) and not _is_vote(lines[at].text):
            listed = True   # of what was decided, if the line above it ends with a colon
        elif not (_is_vote(lines[at].text) or _MEETING_ENDS.match(lines[at].text)):
            break
    for at in range(len(lines)):
        if at not in found and (noted := _of_part(lines, at)):
            found[at] = noted
    for at, line in enumerate(lines[:_MOST]):
        if at not in found and (approval := _approval(line.text)):
            found[at] = approval
    return found


def _approval(text: str) -> Decision | None:
    """The decision on the last minutes that a sentence anywhere in an item states: "The minutes were approved." """
    for sentence in _SENTENCES.split(text[:_LONGEST]):
        said = _it_was(sentence) if _OF_MINUTES.match(sentence) else None
        if said and not _REPORTING.search(said["body"]) and (action := _action(said)) in _APPROVING:
            return Decision(action, "", sentence, is_unanimous(text[:_LONGEST]))
    return None


def _of_part(lines: Sequence[Line], at: int) -> Decision | None:
    """The decision that is all of a lettered part between others: "b) The bank reconciliation was noted." """
    line = lines[at]
    said = _DOCUMENT_WAS.fullmatch(line.text) if line.number and _LETTERED.fullmatch(line.number) else None
    if said is None:
        return None
    beside = {each.number for each in (*lines[max(0, at - _NEAR):at], *lines[at + 1:at + 1 + _NEAR]) if each.number}
    among = any(follows(line.number or "", each) or follows(each, line.number or "") for each in beside)
    return Decision(action_of(said["verb"]), "", line.text, is_unanimous(line.text)) if among else None


def _action(said: re.Match[str]) -> Action:
    """The action of a closing verb: minutes that are confirmed or accepted are approved."""
    verb = said["verb"].lower()
    approves = verb in ("confirmed", "accepted", "ratified") and _OF_MINUTES.search(said.string)
    return Action.APPROVED if approves else action_of(verb)


def is_caption(text: str) -> bool:
    """Whether `text` is no more than the noun under which a decision stands: "Decision", "DECISION:"."""
    return bool(_CAPTION.fullmatch(text))


def _under_captions(lines: Sequence[Line]) -> dict[int, Decision]:
    """What a body is said to decide under "Decision", with the words after its verb, as after a formal one."""
    found: dict[int, Decision] = {}
    for at, line in enumerate(lines[1:], 1):
        if is_caption(lines[at - 1].text) and (decision := closing(line.text)):
            rest = (_by_a_body(_SENTENCES.split(line.text)[-1]) or {"rest": ""})["rest"].strip()
            found[at] = replace(decision, words=rest) if rest.strip(":.-–") else decision
    return found


def closing(text: str) -> Decision | None:
    """The decision that the last sentence of `text` would make at the end of an item."""
    sentence = _SENTENCES.split(text)[-1]
    if len(sentence) > _LONGEST:
        return None
    if ordered := _BE_DONE.fullmatch(sentence):
        return Decision(action_of(ordered["verb"]), "", sentence, is_unanimous(sentence))
    by_a_body = _by_a_body(sentence)
    found = by_a_body or _it_was(sentence)
    if found is None or _REPORTING.search(found["body"]):
        return None
    return Decision(_action(found), "", _words(sentence, by_a_body), is_unanimous(sentence))


def _words(sentence: str, by_a_body: re.Match[str] | None) -> str:
    """The words of a closing sentence as one would quote them: "to note the report.", else the sentence itself."""
    if by_a_body is None:
        return sentence
    rest = by_a_body["rest"].strip().removeprefix(":")
    return rest if rest.startswith(("to ", "that ")) or not rest.strip(":.") else sentence


def _it_was(sentence: str) -> re.Match[str] | None:
    found = _IT_WAS.match(sentence)
    if found is None or is_past(sentence) or not _TAIL.fullmatch(found["tail"]):
        return None
    return found if found["tail"] or found["verb"].lower() != "confirmed" else None   # dates and places are confirmed


def _by_a_body(sentence: str) -> re.Match[str] | None:
    found = _BODY_DECIDES.match(sentence)
    if found is None:
        return None
    subject = found["body"].lower().split()
    is_opinion = found["rest"].startswith(" that ") and (
        action_of(found["verb"]) is Action.NOTED or not is_subjunctive(found["rest"])
    )
    if found["verb"] == "agreed" and _OPINION.match(found["rest"]):
        return None
    if found["verb"] == "voted" and not found["rest"].startswith(" to "):
        return None
    return found if (subject[-1] == "members" or is_body(subject)) and not is_opinion else None


def _is_vote(text: str) -> bool:
    return len(text) < 150 and bool(counts(text) or side_line(text) or fate(text) or is_unanimous(text))
