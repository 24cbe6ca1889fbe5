"""Motions and amendments: who moved and seconded them, and in what words (moderngov.md 5.2)."""

import re
from dataclasses import dataclass

from crawler.minutes.latest import latest
from crawler.minutes.names import Printed, find_names, names
from crawler.minutes.seconding import Spoken, moved_in_speech
from crawler.minutes.stems import holds
from crawler.minutes.vocabulary import BODIES, NO_NAMES, OFFICES, PLACES

_OFFICE = (
    r"(?:the )?(?:(?:Right )?(?:Hon(?:ourable|\.)?|Worshipful),? (?:the )?)?(?:Deputy |Depute |Vice[- ])?(?:Lord )?"
    r"(?:Chair(?:man|woman|person)?|Convener|Convenor|Mayor|Provost|Leader(?: of the (?:Council|Opposition))?|"
    r"President|Speaker)\b"
)
_OFFICE_AFTER = re.compile(rf"{_OFFICE}(?! of\b|(?-i: \(?[A-Z]))", re.IGNORECASE)
_OFFICE_AND_HOLDER = re.compile(   # "the Deputy Mayor (Councillor Oak)"
    rf"{_OFFICE} \((?:Councillor|Cllr|Alderman|Ald|Bailie|Mr|Mrs|Ms|Miss|Dr)\b[^().,;]{{2,50}}\)", re.IGNORECASE
)
_MOVED_BY = re.compile(
    r"\b(?:(?:moved|proposed|nominated|cynigiwyd)"
    r"(?:(?: as an? (?:further )?amendment)? (?:by|gan)\b|(?= ?[:–-])|(?= (?:Cllr|Councillor)s?\b)) ?|"
    r"cynigiodd (?=y |yr |Cyng)|(?:proposer|mover|cynigydd)(?= ?[:–-]| (?:Cllr|Councillor)\b) ?|"
    r"prop(?:\.:?|:|(?= (?:Cllr|Councillor)s?\b)) ?|"
    r"(?:motion|proposition|proposal) (?:of|by) (?=[A-Z]|the )|"
    r"(?:submitted|tabled|put forward|brought forward|presented) by (?=[^.;:]{3,80} seconded by ))[:–-]? ?",
    re.IGNORECASE,
)
_SECONDED_BY = re.compile(
    r"\b(?:(?:seconded|eiliwyd)(?: (?:by|gan)\b|(?= ?[:–-])|(?= (?:Cllr|Councillor)s?\b)) ?|"
    r"eiliodd (?=y |yr |Cyng)|(?:seconder|eilydd)(?= ?[:–-]| (?:Cllr|Councillor)\b) ?|"
    r"sec(?:\.:?|:|(?= (?:Cllr|Councillor)s?\b)) ?)[:–-]? ?",
    re.IGNORECASE,
)
_BARE_NAME = re.compile(   # "Proposed by Ada Oak, seconded by Bo Elm." of a community council, without titles
    r"(?P<name>[A-Z][a-z’'-]{1,20}(?: [A-Z]\.?)?(?: (?:Mac|Mc|O’|O')?[A-Z][a-z’'-]{1,20}){1,2})"
    r"(?=,? (?:and )?seconded by\b|[.;),]? ?\Z|\. |,? (?:that|to)\b|,? and (?:all |was |carried|agreed))"
)
_ABBREVIATED = re.compile(r"(?:prop|sec)[.: ]", re.IGNORECASE)
_SECONDED_NEXT = re.compile(r"(?<=[\w.)]) (?=sec[.:])", re.IGNORECASE)   # "Prop. Cllr Oak Sec. Cllr Elm"
_INITIALS = re.compile(   # "Prop. AO Sec. BE." of a parish council whose members are few
    r"(?P<name>[A-Z]{2,3})(?=\.?\W*\Z|[,;)]| and |,? (?i:sec)|\.? (?i:sec|unan|all |carried|agreed|vote|passed))"
)
_NO_PERSON = NO_NAMES | PLACES | frozenset(each.title() for each in BODIES | OFFICES)
_ASIDES = r"(?:,? [A-Z]{2,4}\b|,? ?\([^()]{0,80}\))*"
_MOVES_WORDS = (
    r",? (?:(?:and )?seconded by [^,.;:]{3,60},? )?(?:(?:then|formally|duly) )?"
    r"(?:proposed|moved|nominated|gave notice of (?=(?:a|the|her|his)(?: following)? motion\b))\b"
    r"(?! (?:an? (?!motion|amendment|vote|resolution|further|substantive|recommendation)|some |holding ))"
)
_MOVES = re.compile(_MOVES_WORDS, re.IGNORECASE)
_SECONDS = re.compile(r",? (?:(?:then|formally|duly|in turn) )?(?:seconded|eiliodd)(?! by)\b", re.IGNORECASE)
_OFFICE_MOVES = re.compile(rf"(?P<office>{_OFFICE})(?={_MOVES_WORDS})", re.IGNORECASE)
_SHOUTED = re.compile(r"\b(?:MOVED|PROPOSED|NOMINATED|SECONDED)\b")
_BY = re.compile(r"\b(?:seconded|moved|proposed) by\W*\Z", re.IGNORECASE)
_ANOTHER = re.compile(r"[;.] |\b(?:second|moved|proposed)|\b[a-z]{3,}ed by\b", re.IGNORECASE)
_MOVING = re.compile(
    r"\b(?:mov(?:ed|er|ing)|propos(?:ed|er|ing)|prop|sec|second(?:ed|er|ing)|motion|amendment|"
    r"cynigiwyd|cynigiodd|eiliwyd|eiliodd|"
    r"cynnig|gwelliant)\b",
    re.IGNORECASE,
)
_MOVING_STEMS = ("mov", "prop", "sec", "motion", "amendment", "cyni", "cynnig", "gwelliant", "eili")
_AMENDMENT = re.compile(   # none are the "(Amendment) Regulations"
    r"(?<!\()\b(?:amendments?|gwelliant)\b(?!\)| (?:Act|Regulations?|Order|Rules|Bill)\b)", re.IGNORECASE
)
_ALTERS = re.compile(
    r"\bthat (?:the |all (?:the )?)?(?:following )?(?:additional )?(?:words?|paragraph|clause|sentence|figure)s?\b"
    r"[^.;]{0,200}?\bbe (?:added|inserted|deleted|replaced|removed|omitted|left out|substituted|changed|struck out)\b",
    re.IGNORECASE,
)
_ACCEPTED = re.compile(
    r"\b(?:accepted|consented|with the (?:consent|agreement) of|incorporated in(?:to)?|"
    r"(?:willing|happy|agreed) to (?:accept|incorporate))\b",
    re.IGNORECASE,
)
_MOVES_AMENDMENT = re.compile(
    r"\b(?:[Ss]he|[Hh]e|[Tt]hey|[A-Z][\w’'-]+) (?:then )?(?:moved|proposed)\b[^.;:]{0,120}?"
    r"\b(?:an|the following|as an|a further) amendment\b"
)
_MOTION_HEAD = re.compile(
    r"\W*(?:(?:ORIGINAL |SUBSTANTIVE )?MOTION|(?:Original |Substantive )?Motion)(?: [0-9]{1,2})?(?:\W*\Z| ?[:–-])"
)
_SENTENCE_END = re.compile(r"(?<=[a-z)”]{2}[.;]) (?=[A-Z])")
_AMENDMENT_HEAD = re.compile(
    r"\W*(?:(?:FIRST|SECOND|THIRD|First|Second|Third) )?(?:AMENDMENT|Amendment)(?: [0-9]{1,2})?(?:\W*\Z| ?[:–-])"
)
_MOTION_WORDS = re.compile(r"\bthat\b|:-?|\bto\b(?! (?:the|a) vote\b)|\b(?:y dylid|bod|fod)\b", re.IGNORECASE)
_MOTION_TO = re.compile(   # "A motion to adjourn was proposed by"
    r"(?:An?|The) (?:motion|proposal) (?P<words>(?:to|that) [^.;]{3,300}?),? (?:was|were) (?:then |duly )?"
    r"(?:proposed|moved|put forward) by\b",
    re.IGNORECASE,
)
_VOTE_BEGINS = re.compile(
    r"(?<=[.;!?)”\"]) (?=(?:(?:On|Upon) (?:being|a (?:vote|show)|the vote)|When put|Following a vote|After a vote|"
    r"The (?:motion|proposal|recommendation|vote)\b|A (?:recorded |named )?vote\b|(?:This|It) was (?:duly |"
    r"unanimously |put to |then put to |carried|lost|defeated|passed)|There (?:were|voted)\b))"
)
_AMENDMENT_BEGINS = re.compile(r"(?<=[.;!?)”\"]) (?=(?:An? |The )?(?:AMENDMENT|Amendment|amendment)\b)")
_VOTED = re.compile(r"\b(?:vot(?:e|es|ed|ing)|carried|lost|defeated|passed)\b", re.IGNORECASE)
_THAT = re.compile(r"\bthat\b")
_THAT_OR_TO = re.compile(r"\b(?:that|to)\b")
_SECONDED_AFTER = re.compile(
    r"(?:[.,;] |,? and )(?:(?:and|this|which|that|it|the|motion|proposal|was|being|then|duly) ){0,5}"
    r"(?:seconded by )?(?:the )?\Z",
    re.IGNORECASE,
)
MOVED_AFTER = re.compile(r"(?:\A|[.,;] ?|\()(?:proposed|moved|proposer|mover|prop|cynigiwyd)\b", re.IGNORECASE)
_RESTATED = re.compile(
    r"\W*(?:the )?(?:motion,? (?:as|so) amended,?|(?:substantive|amended) motion)(?: as amended,?)?"
    r"(?: (?:now|then|therefore))?(?: (?:reads?|was as follows|was|is as follows|is set out below|being)\b[^.]{0,40})?"
    r"(?: as follows)?\W*\Z",
    re.IGNORECASE,
)
_NO_SECONDER = re.compile(
    r"\b(?:no|without a|(?:want|lack|absence) of a) seconder\b|\b(?:was|were) not seconded\b|\bfind a seconder\b",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"[“\"‘]?(?:(?:This |The |That this )?Council (?:also |further |therefore )*(?!was\b)[a-z]+s\b|"
    r"It (?:also |further )?(?:notes|believes|resolves|calls)\b)"
)
_NOTICE_GIVEN = re.compile(   # "I will move at the next meeting that the gate be painted", the "I" misread by OCR
    r"[“\"‘|!1l ]{0,3}(?:(?:I|We)\b[^.;:]{0,80} |(?:I|We) )?"
    r"(?:will|shall|hereby|beg to|wish to|intend to|propose to|give notice that I will)(?: hereby)? "
    r"(?:move|propose|call)\b"
    r"[^.;:]{0,160}?[ ,](?P<words>(?:that\b|to (?!be held\b|[a-z]+ on\b)).*)",
    re.DOTALL,
)
_QUOTED_MOTION = re.compile(r"[“\"‘](?:That\b|(?:This |The )?Council [a-z]+s\b)")
_SECONDING = re.compile(r"\bseconded\b")
_SECONDED_SOON = 120   # characters
_OPENING = 2000   # characters of a paragraph in which its movers are named


@dataclass(frozen=True, slots=True)
class Movers:
    """Who moved and who seconded, as printed."""

    mover: str | None
    seconder: str | None
    in_speech: bool = False   # by a sentence that says more of the mover


@latest(32)   # a line is asked three times
def movers(text: str) -> Movers:
    """Who moved and seconded according to `text`, each `None` when it does not say."""
    if not holds(text, _MOVING_STEMS) or not _MOVING.search(text):
        return Movers(None, None)
    text = text[:_OPENING].replace(":-", ":")   # no part of a name, nor is a verb in capitals
    text = _SECONDED_NEXT.sub(", ", _SHOUTED.sub(lambda verb: verb[0].lower(), text))
    both = re.search(r"\b(?:moved|proposed) and seconded by ", text, re.IGNORECASE)
    if both:
        pair = list(names(text[both.end():both.end() + 200]))[:2]
        return Movers(pair[0] if pair else None, pair[1] if len(pair) > 1 else None)
    mover = _said_passively(text, _MOVED_BY) or _said_actively(text, _MOVES)
    if mover is None and (office := _OFFICE_MOVES.search(text)):
        mover = office["office"]
    seconder = _said_passively(text, _SECONDED_BY) or _said_actively(text, _SECONDS)
    spoken = Spoken() if mover and seconder else moved_in_speech(text)
    return Movers(mover or spoken.mover, seconder or spoken.seconder, mover is None and spoken.mover is not None)


def _said_passively(text: str, passive: re.Pattern[str]) -> str | None:
    """The name, or else the office, after "moved by"; what stands between is only an office or a style."""
    for match in passive.finditer(text):
        after = text[match.end():match.end() + 120]
        if holder := _OFFICE_AND_HOLDER.match(after):
            return holder[0]
        if (initials := _INITIALS.match(after)) and _ABBREVIATED.match(match[0]):
            return initials["name"]
        name = next(find_names(after), None)
        if name and not _ANOTHER.search(after[:_start_of(after, name)]):
            return name.name
        if office := _OFFICE_AFTER.match(after):
            return office[0]
        if (bare := _BARE_NAME.match(after)) and not _NO_PERSON & set(bare["name"].split()):
            return bare["name"]
    return None


def _said_actively(text: str, active: re.Pattern[str]) -> str | None:
    """The name before "moved", a party or letters between them."""
    for name in find_names(text[:600]):
        aside = re.compile(_ASIDES).match(text, name.end)
        at = aside.end() if aside else name.end
        if active.match(text, at) and not _BY.search(text[:_start_of(text, name)]):
            return name.name
    return None


def _start_of(text: str, name: Printed) -> int:
    """Where the name begins (a plural title counts as its singular)."""
    return max(text.rfind(name.name.split()[0].rstrip("."), 0, name.end), 0)


def opens_amendment(text: str) -> bool:
    """Whether `text` moves an amendment."""
    found = movers(text)
    if _AMENDMENT_HEAD.match(text) or (found.mover is not None and _AMENDMENT.search(text[:400])):
        return True
    return "mendment" in text and bool(_MOVES_AMENDMENT.search(text))


def alters_motion(text: str) -> bool:
    """Whether `text` proposes other words for the motion that is open, whatever it calls that."""
    return movers(text).mover is not None and bool(_ALTERS.search(text))


def accepts_amendment(text: str) -> bool:
    """Whether `text` says that who moved the motion took the amendment into it: nobody votes on that one."""
    return bool(_ACCEPTED.search(text) and (_AMENDMENT.search(text) or _ALTERS.search(text)))


def motion_before_amendment(text: str) -> str | None:
    """The first sentence of `text` where that moves the motion which the next one moves to amend."""
    first = _SENTENCE_END.split(text, maxsplit=1)[0]
    return first if first != text and not _AMENDMENT.search(first) and opens_motion(first) else None


def opens_motion(text: str) -> bool:
    """Whether `text` moves a motion."""
    return bool(_MOTION_HEAD.match(text)) or movers(text).mover is not None


def moved_words(text: str) -> str:
    """The words of a motion in the paragraph that moves it; "" when they come after it."""
    return _before_vote(_moved_words(text))


def _before_vote(words: str) -> str:
    """The words of a motion without the sentences after them that say how it was voted, or move to amend it."""
    words = _AMENDMENT_BEGINS.split(words, maxsplit=1)[0]
    found = next((each for each in _VOTE_BEGINS.finditer(words) if _VOTED.search(words, each.end())), None)
    return words[:found.start()] if found else words


def _moved_words(text: str) -> str:
    if movers(text).in_speech:
        at = moved_in_speech(text).words
        return "" if at is None else _before_seconding(text[at:])
    if moved := _MOTION_TO.match(text):
        return moved["words"]
    found = _MOTION_WORDS.search(text, _after_movers(text))
    if found is None:
        return _words_before_seconder(text)
    return text[found.end():].strip() if found[0].startswith(":") else text[found.start():].strip()


def _before_seconding(words: str) -> str:
    """The words of a motion without the sentence after them that seconds it."""
    first, *others = _SENTENCE_END.split(words, maxsplit=1)
    return first if others and _SECONDING.search(others[0][:_SECONDED_SOON]) else words


def _words_before_seconder(text: str) -> str:
    """The words of "A moved that x be done, which was seconded by B"; "" when there are none between the two."""
    said = movers(text)
    if not (said.mover and said.seconder):
        return ""
    start = text.find(said.mover) + len(said.mover)
    end = text.find(said.seconder, start)
    found = _THAT_OR_TO.search(text, start, max(start, end))
    return _SECONDED_AFTER.sub("", text[found.start():end]) if found else ""


def words_moved_before(text: str) -> str:
    """The words of a motion that one sentence moves and the next one decides: "A proposed that x be done. Agreed." """
    found = _THAT.search(text) if opens_motion(text) else None
    return text[found.start():].strip() if found else ""


def _after_movers(text: str) -> int:
    said = movers(text)
    return max((text.find(name) + len(name) for name in (said.mover, said.seconder) if name), default=0)


def restates_motion(text: str) -> bool:
    """Whether `text` opens a motion's words as they are after an amendment: "The motion, as amended, read:"."""
    return bool(_RESTATED.match(text))


def has_no_seconder(text: str) -> bool:
    """Whether `text` says that a motion fell because nobody seconded it."""
    return bool(_NO_SECONDER.search(text))


def goes_on_as_notice(text: str) -> bool:
    """Whether a paragraph goes on as notices of motion do: "This Council believes"."""
    return bool(_NOTICE.match(text))


def notice_given(text: str) -> str:
    """The words of a motion of which `text` is the notice that somebody gave: "I will move that"; "" if it is none."""
    found = _NOTICE_GIVEN.match(text)
    return found["words"].strip() if found else ""


def quotes_motion(text: str) -> bool:
    """Whether a paragraph is a motion's words in quotation marks, printed before who moved it."""
    return bool(_QUOTED_MOTION.match(text))
