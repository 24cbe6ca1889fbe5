"""Deciding words in small letters, within running text: who decides by them, and whether what follows was decided.

"It was agreed that x be done" decides, "it was agreed that x was dear" does not; nor does what somebody reports, or
what was resolved before. Only what governs the word itself counts: "The plan had been sent round and it was resolved
to adopt it" decides, "She said that the plan had been sent round, it was resolved to adopt it" does not.
"""

import re

from crawler.minutes.vocabulary import BODIES, words

SENTENCE = re.compile(r"[.;!?] ")
SENTENCE_END = re.compile(r"(?<=[a-z0-9)”’]{2}[.;!?]) (?=[A-Z])")   # and not that of an initial or a short title
_ADVERBS = words(
    "unanimously accordingly therefore then thereupon further also duly formally subsequently now hereby jointly "
    "instead collectively generally so it was were is has had have and that"
)
_WORDS = re.compile(r"[^\W\d_][\w'’&-]*")
_OFFICE_HOLDER = re.compile(r"\b(?:executive|cabinet|lead) member\b|\bportfolio holder\b")
MOVED = re.compile(r"\b(?:seconded|proposed|moved)\b", re.IGNORECASE)
_NOT_DECIDING = re.compile(
    r"\b(?:been|be|being|not|get|got|getting|to|were|are|is|when|if|until|once|as|had)\W*\Z", re.IGNORECASE
)
_CLAUSE_FOLLOWS = re.compile(r" ?(?:by all )?(?:that\b|not to\b|to\b|[:;–—,]|-|unanimously\b|\Z)", re.IGNORECASE)
_REPORTED = re.compile(
    r"\b(?:had|noted|reported|said|stated|explained|confirmed|advised|asked|recalled|reminded|when|where|which|whether|"
    r"because|although|previously|informed|understood|originally|ago|last (?:year|month|week|meeting)|who|"
    r"(?:as|since|after|before|once|until|unless|if|what|how|why|than) it)\b",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:noted|reported|said|stated|explained|confirmed|advised|recalled|reminded|informed|understood|asked|heard|told|"
    r"added|commented|mentioned|highlighted|replied|responded|pointed out)(?: [^\s]+){0,6}? "
    r"(?:that|how|why|when|whether|if|what)\b",
    re.IGNORECASE,
)
# Where a report ends within a sentence, and where the last clause of it begins.
_REPORT_ENDS = re.compile(r"(?:;|\b(?:and|but|so|therefore|hence|thus))\b,? ", re.IGNORECASE)
_CLAUSE_BEGINS = re.compile(r"[,;:] |\b(?:and|but|so) |(?<=[\w)] )(?=The [A-Z])")
_DEPENDENT = re.compile(r"(?:that|which|who|when|where|as|if|because|although)\b", re.IGNORECASE)
_AFTER_TALK = re.compile(
    r"\A(?:after|following) (?:[a-z]+ ){0,3}(?:discussion|debate|consideration|deliberation)s?,? ",
    re.IGNORECASE,
)
_IT_WAS = re.compile(r"\b(?:it|is) (?:was|is)\W*\Z")
_ALL = re.compile(
    r"(?:\A|[,;] |\band )all(?: (?:of )?the)?(?: (?:parish|town|community))?(?: (?:councillors|members))?"
    r"(?: present)?\W*\Z",
    re.IGNORECASE,
)
_MEMBERS = re.compile(
    r"\W*(?:[^,.]{1,80}, )?(?:all |the )?(?:committee |panel |board )?members (?:[a-z]+ly |then |also )*\Z",
    re.IGNORECASE,
)
_PASSIVE_AND = re.compile(
    r"\b(?:was|were|being|been) (?:[a-z]+ly |then )?(?:discussed|considered|debated|reviewed|received|presented|read|"
    r"circulated|submitted|tabled|raised|examined|looked at)\b[^,;]{0,80}\band \Z",
    re.IGNORECASE,
)
_AGENT = (
    r"(?:clerk|chair|chairman|director|officers?|manager|leader|secretary|treasurer|council|committee|panel|executive|"
    r"mayor|group|party|board|cabinet|members?|solicitor|services|contractor|"
    r"(?:councillors?|cllrs?|mr|mrs|ms|miss|dr) [\w’'-]+(?: [\w’'-]+)??)"
)
_CHARGE = (
    r"(?:write|send|ask|contact|arrange|obtain|prepare|report|seek|invite|pay|purchase|buy|meet|act|serve|represent|"
    r"attend|continue|remain|proceed|take|make|give|provide|submit|circulate|investigate|review|consider|look|join|"
    r"support|appoint|sign|draft|inform|request|organise|monitor|approach|bring|return|forward|discuss|adopt|approve|"
    r"note|agree|endorse|accept|recommend|lead|visit|speak|order|respond|apply|produce|publish)\b"
)
# Who is charged with something, and the bare verb of the charge: "that the Clerk write", not "that the Clerk writes".
_CHARGED = re.compile(
    rf" that (?:(?:the|a|an) )?(?:[\w’'&-]+ ){{0,6}}?{_AGENT} (?:(?:also|then) )?{_CHARGE}", re.IGNORECASE
)
# The subjunctive of a decision ("that the plan be adopted"); "that it should be cheaper" is an opinion.
_SHALL = re.compile(r"(?:(?!\b(?:should|would|could|can|will|(?-i:may)|must|to)\b)[^.]){0,200}?\bbe\b", re.IGNORECASE)
_THAT = re.compile(r" (?:by all )?that\b")
_OPERATIVE = re.compile(
    r" ?(?:that:|to:|:|as follows\b|"
    r"to (?:note|approve|endorse|adopt|recommend|refer|defer|grant|refuse|appoint|delegate|accept|"
    r"receive|support|amend|authorise|agree|confirm|establish|ask|request|instruct|invite|write|remit|award|fund|pay|"
    r"purchase|submit|forward|consult|commission|nominate|elect|co-opt|suspend|extend|exclude|adjourn|form|create|"
    r"add|include|increase|reduce|sell|lease|continue (?:the|consideration))\b)",
    re.IGNORECASE,
)
_NO_VERB = (   # after "to"
    r"(?:the|an?|his|her|its|their|our|my|your|all|any|every\w*|some\w*|this|that|these|those|differ|disagree|date|"
    r"satisfy|them|him|us|me|it|one|each|both|most|no|such)\b"
)
_INFINITIVE = re.compile(
    rf" (?:(?:not|also|therefore|instead) )?to (?:(?:not|also|now) )?(?!be\b|{_NO_VERB})[a-z-]+(?![\w’'-])"
)
_SATISFIES = re.compile(r" to (?:[\w’'-]+ ){1,4}(?:satisfaction|benefit|liking|advantage)\b", re.IGNORECASE)
_DONE = (
    r"(?:(?!(?:needed|required|pleased|interested|delighted|concerned|limited|involved|affected|expected|improved|"
    r"disappointed|missed|welcomed|appreciated|confused|allowed|known|broken)\b)[a-z-]+(?:ed|own|[ktvs]en)|"
    r"made|done|put|sent|held|kept|set|built|bought|brought|paid|left|sought|cut|sold|drawn|laid)\b"
)
# What is to happen: "that the trees would be felled", "this should be carried out", "that the Clerk will write"; that
# "children should be heard" is an opinion.
_TO_HAPPEN = re.compile(
    r" (?:(?:(?:[^\s.:]+ ){0,40}?(?:shall|would|will)|(?:that )?(?:the|this|these|those|an?|all|both|each|it|they|"
    r"councillor|cllr|mr|mrs|ms|miss|dr)\b(?: [^\s.:]+){0,40}? should)"
    rf" (?:also |now |not |all )?be (?:[a-z]+ly |also |then )?{_DONE}|"
    r"(?:[^\s.:]+ ){0,12}?may be (?:made|paid|spent|used|bought|erected|placed|planted|sold|signed)\b|"
    rf"(?:that )?(?:[^\s.,:]+ ){{0,8}}?{_AGENT} (?:should|shall|would|will) (?:also |then |each )?"
    r"(?!(?:be|have|like|need|not|benefit|suffer|know|feel|want)\b)[a-z]+|that there (?:should|shall) be\b)",
    re.IGNORECASE,
)
# A decision that opens with a noun: "the Clerk to write", "Councillor Elm sign the form", "this to be acceptable".
_NOUN = re.compile(
    r" (?:(?:the|this|these|they|all|both|an?|councillors?|cllrs?|mr|mrs|ms|miss|dr)\b(?: [^\s.,;:]+){0,8}? "
    rf"to (?!{_NO_VERB})[a-z]+|(?:the clerk|the chair(?:man)?|(?:councillor|cllr|mr|mrs|ms|miss|dr) "
    rf"[\w’'-]+(?: [\w’'-]+)?) {_CHARGE})",
    re.IGNORECASE,
)
_RECORD = re.compile(
    r" (?:that )?(?:this|these|they|it|the minutes)(?: [^\s.,;:]+){0,8}? (?:was|were|is|are) (?:both |all )?(?:an? )?"
    r"(?:true|correct|accurate|fair)\b|"
    r" (?:that )?(?:they|there) (?:had|have|has|were|was|are|is) no (?:objections?|comments?)\b",
    re.IGNORECASE,
)
# "It was decided" is told of the past as often as not, but at the start of a sentence or after a discussion.
_ONLY_IT_WAS = re.compile(
    r"\W*(?:(?:after|following|on|upon) [^.;,]{0,80}?(?:discussion|debate|consideration|vote)\b[^.;,]{0,60},? )?"
    r"(?:it|is) was\b",
    re.IGNORECASE,
)
ON_PROPOSAL = re.compile(
    r"(?:on the (?:proposal|proposition|motion) of|proposed by|moved by) "
    r"(?:[^.;:()]|\([^().;:]{1,60}\)(?=[ ,])){3,160}?,? (?=(?:that|to)\b|\([^()]{3,200}\),? (?:that|to)\b)",
    re.IGNORECASE,
)
# How it was decided, between the word and what was: "agreed by all present to", "resolved by 5 votes to 2 that".
HOW_VOTED = re.compile(
    r"(?:,? (?:unanimously|without dissent|on a show of hands|nem\.? con\.?|by majority(?: vote)?|"
    r"by all(?: (?:the )?(?:members|councillors))?(?: present)?|by an? (?:[a-z]+ )?majority(?: vote| decision)?|"
    r"by [0-9a-z]+ votes?(?: for)? (?:to|and) [0-9a-z]+(?: against)?|"
    r"(?:with )?(?:councillors?|cllrs?|mr|mrs|ms|miss|dr) [^.;:()]{2,80}? (?:dissenting|abstaining|voting against)|"
    r"with (?:[0-9]+|one|two|three|four|five|no) (?:abstentions?|members? abstaining|votes? against|against))){1,3},?"
    r"(?= (?:that|to)\b)",
    re.IGNORECASE,
)
_TALK = r"(?:considered|discussed|debated|reviewed|received|noted|examined|heard|looked at)"
_BODY_NAME = (
    r"(?:the )?(?:(?!(?:that|which|of)\b)[\w’'&-]+ ){0,6}?(?:committee|sub-?committee|council|cabinet|board|panel|"
    r"executive|forum|authority|members|councillors)"
)
# "The Board considered the offer and", "The Board, having heard from its officers,": the body itself goes on to decide.
_BODY_FIRST = re.compile(
    rf"\W*{_BODY_NAME}(?: then| also)? {_TALK} (?P<what>[^.;:]{{1,200}}?),? and|"
    rf"\W*{_BODY_NAME},? (?:having|after|following) (?P<first>[^.;:]{{1,200}}),|"
    rf"\W*{_BODY_NAME} (?:did not|declined to) (?P<instead>[^.;:]{{1,120}}?),? (?:and|but)",
    re.IGNORECASE,
)
# Under which rule it was resolved: "resolved in terms of section 50A(4) of the Act to exclude the public".
_UNDER_RULE = re.compile(
    r",? (?:in terms of|under|pursuant to|in accordance with|by virtue of) [^;:]{3,160}?,? (?=(?:to|that)\b)",
    re.IGNORECASE,
)
_UNANIMOUSLY = re.compile(r"\W*unanimously \Z", re.IGNORECASE)
_WHO_SAID = re.compile(r"\b(?:that|whether|who|which|had)\b", re.IGNORECASE)
_SECONDED_COMMA = re.compile(r"\bseconded\b[^.;:]{0,80}, ?(?:it was )?\Z", re.IGNORECASE)
_LEFT_OPEN = re.compile(r" (?:that|to)\W*\Z")


# How the vote is to be taken is no decision on what is voted on.
_VOTE_TO_COME = re.compile(
    r" (?:that (?:a|the) (?:[a-z-]+ ){0,3}?vote (?:on [^.]{0,100} )?(?:would|will|should|shall|be|is|was)|"
    r"to (?:take|have|hold|proceed (?:to|with)|go to|call|(?:put|bring) [^.]{0,60}? to) (?:a|the) "
    r"(?:[a-z-]+ ){0,3}?vote|to vote)\b",
    re.IGNORECASE,
)


def decides_in_prose(word: str, before: str, after: str) -> bool:
    """Whether `word`, in small letters between `before` and `after`, says what is decided here and now."""
    *_, sentence = SENTENCE.split(before)
    if (parted := re.match(r"[ ,]*", after)) and (proposal := ON_PROPOSAL.match(after, parted.end())):
        after = f" {after[proposal.end():]}"
    if voted := HOW_VOTED.match(after):
        after = after[voted.end():]
    if word == "resolved" and (rule := _UNDER_RULE.match(after)):
        after = f" {after[rule.end():]}"
    if _NOT_DECIDING.search(_IT_WAS.sub("", before)) or _SATISFIES.match(after) or _VOTE_TO_COME.match(after):
        return False
    if not is_reported(sentence) and _decides_plainly(word, before, sentence, after):
        return True
    return _decides_after_all(word, sentence, after)


def is_reported(sentences: str) -> bool:
    """Whether the last of `sentences`, as far as it goes, says something that somebody reports or that was before."""
    return bool(_REPORTED.search(SENTENCE.split(sentences)[-1]))


def _decides_plainly(word: str, before: str, sentence: str, after: str) -> bool:
    """In a sentence that reports nothing."""
    if not _CLAUSE_FOLLOWS.match(after):
        return False
    nobody = word == "recommended"   # "it was recommended" may be the report's own words
    if _UNANIMOUSLY.fullmatch(sentence):
        return True
    by_members = word == "resolved" and _MEMBERS.match(sentence)
    if not (is_moved(before) or (_it_was(sentence) and not nobody) or _by_the_body(sentence) or by_members):
        return False
    return word == "resolved" or bool(_OPERATIVE.match(after) or (_THAT.match(after) and is_subjunctive(after)))


def _decides_after_all(word: str, sentence: str, after: str) -> bool:
    """Whether the last clause of a sentence decides, whatever the clauses before it report."""
    clause, saying = sentence[_last(_CLAUSE_BEGINS, sentence):], _SAYING.search(sentence)
    if word == "recommended" or (_REPORTED.search(clause) and not _body_first(sentence)) or _DEPENDENT.match(clause):
        return False
    if _body_first(sentence):
        return _says_what(after)
    if _it_was(sentence):
        told = word == "decided" and not _ONLY_IT_WAS.match(sentence)
        said_here = _SAYING.search(sentence, _last(_REPORT_ENDS, sentence))
        return not (told or said_here or (saying and word == "agreed")) and _says_what(after)
    if saying:
        return False
    by_itself = bool(_ALL.search(sentence)) or is_alone(clause)
    if by_itself or _by_the_body(sentence):
        return _says_what(after, freely=by_itself or word == "resolved")
    return word == "resolved" and _follows_on(sentence) and bool(_INFINITIVE.match(after))


def _body_first(sentence: str) -> bool:
    """Whether a sentence says what the body heard or discussed, and goes on with what it did."""
    found = _BODY_FIRST.match(sentence)
    if found is None or _WHO_SAID.search(found["what"] or found["first"] or found["instead"]):
        return False
    return not set(_WORDS.findall(sentence[found.end():].lower())) - _ADVERBS


def _says_what(after: str, *, freely: bool = True) -> bool:
    """Whether what follows the word is something to be done, and no opinion."""
    if _OPERATIVE.match(after) or _LEFT_OPEN.match(after) or _TO_HAPPEN.match(after) or _RECORD.match(after):
        return True
    return is_subjunctive(after) if _THAT.match(after) else bool(
        opens_with_noun(after) or (freely and _INFINITIVE.match(after)))


def opens_with_noun(after: str) -> bool:
    """Whether a decision follows that opens with a noun: "the Clerk to write", "Councillor Elm sign the form"."""
    return bool(_NOUN.match(after))


def orders(after: str) -> bool:
    """Whether an infinitive follows: "to write", not "to the satisfaction of all"."""
    return bool(_INFINITIVE.match(after)) and not _SATISFIES.match(after)


def _last(boundary: re.Pattern[str], sentence: str) -> int:
    """Where the text after the last `boundary` begins."""
    return max((found.end() for found in boundary.finditer(sentence)), default=0)


def _it_was(sentence: str) -> bool:
    """Whether a sentence has come as far as "it was unanimously" (or, mistyped, "is was")."""
    found = _WORDS.findall(sentence[-80:].lower())
    while found and found[-1] in _ADVERBS - {"was", "is"}:
        found.pop()
    return found[-2:] in (["it", "was"], ["it", "is"], ["is", "was"])


def _follows_on(sentence: str) -> bool:
    """Whether a sentence leaves out who resolves: "Invoice received, resolved to pay"; "it was read and resolved"."""
    if is_reported(sentence):
        return False
    return sentence.rstrip().endswith((",", " -", " –")) or bool(_PASSIVE_AND.search(sentence))


def _by_the_body(sentence: str) -> bool:
    found = subject(sentence[_last(_CLAUSE_BEGINS, sentence):])
    return bool(found) and is_body(found or [])


def is_alone(clause: str) -> bool:
    """Whether `clause` is no more than a body without a name of its own: "the Councillors", "Council"."""
    said = _AFTER_TALK.sub("", clause).lower()
    found = [word for word in _WORDS.findall(said) if word not in _ADVERBS | {"the", "all", "parish", "town"}]
    return len(found) == 1 and found[0] in BODIES


def is_body(found: list[str]) -> bool:
    """Whether the words of a subject, in lower case, end with a body, or name a member who decides alone."""
    return found[-1] in BODIES or bool(_OFFICE_HOLDER.search(" ".join(found)))


def subject(before: str) -> list[str] | None:
    """The words of `before` without adverbs and auxiliaries at its ends; `None` when it is more than a subject."""
    if len(before) > 120 or SENTENCE.search(before) or ":" in before:
        return None
    found = _WORDS.findall(before.lower())
    while found and found[-1] in _ADVERBS:
        found.pop()
    while found and found[0] in _ADVERBS:
        found.pop(0)
    return found if len(found) <= 9 else None


def is_moved(before: str) -> bool:
    """Whether a motion was just moved: "Proposed by A, seconded by B and"."""
    if not MOVED.search(before):
        return False
    return before.rstrip(" ,").lower().endswith("and") or bool(_SECONDED_COMMA.search(SENTENCE.split(before)[-1]))


def is_subjunctive(clause: str) -> bool:
    """Whether `clause` (" that the plan be adopted") is what a decision says, and no opinion."""
    return bool(_SHALL.match(clause) or _CHARGED.match(clause))
