"""What stands beside a name on a list of who was there: a part in the meeting, or a note that is none."""

import re

from archive.model import AttendanceStatus
from crawler.minutes.vocabulary import BODIES, OFFICES, words

KINDS = words("County District Borough Town Parish City Community Unitary Metropolitan Ward Local Depute Former")
"""Before "Councillor": what council somebody is on, or that somebody is another's deputy. Part of the title."""

PARTS = OFFICES - {"dean"} | words(
    "depute deputy counsel support warden ranger caretaker reporter chaplain bursar rfo trainee apprentice convener "
    "minute-taker vice-chairperson vice-convener vice-convenor vice-chairwoman vice-president co-chair co-ordinator "
    "person persons cathaoirleach leas-chathaoirleach chathaoirleach is-gadeirydd gadeirydd dirprwy "
    "clerc prif technician bailiff beadle nurse doctor teacher editor journalist translator interpreter facilitator "
    "bearer mace-bearer macebearer "
    "speaker valuer archivist librarian curator ombudsman actuary"
)
"""Words of an office or part, in lower case."""

SUBJECTS = words(
    "service services operations finance housing transport highways roads planning education environment "
    "environmental communities community culture leisure libraries legal democratic governance corporate resources "
    "adult adults children children’s children's property estates regeneration economic economy development "
    "strategic strategy policy communications digital customer waste recycling licensing tourism heritage audit "
    "procurement information technology public protection regional national shared senior interim acting "
    "administrative clerical division social health business scrutiny electoral elections monitoring safety "
    "emergency performance insurance pensions skills transformation partnerships democracy infrastructure"
)
"""Words of what somebody is in charge of, none of them a surname to speak of, in lower case."""

GROUPS = BODIES | words(
    "association society network federation union trust partnership police constabulary agency foundation college "
    "school academy university diocese church chamber club company limited ltd plc llp nhs ccg icb unison gmb "
    "department ministry institute charity hospital surgery consultants consulting associates press gazette news "
    "healthwatch voluntary representative representatives tenants’ tenants' tenant resident residents parents "
    "uk natural historic citizens advice fire rescue ambulance water rail railway energy healthcare carers volunteers "
    "legion rotary scouts ramblers radio television museum theatre festival airport harbour allotments primary nursery "
    "advertiser chronicle courier echo examiner herald journal bbc itv cvs pcc pcn dwp hse nfu rfc cic"
)
"""Words of a body that somebody comes from, in lower case."""

_PARTY = re.compile(
    r"(?:the )?(?:scottish |welsh |ulster )?(?:con|conservatives?(?: and unionist)?|lab"
    r"|labour(?: (?:and|&) co-?operative)?"
    r"|lib ?dems?|ld|liberal(?: democrats?)?|green(?: party)?|grn|ind|independents?(?: group)?|non-aligned|unaligned"
    r"|ungrouped|reform(?: uk)?|ref|ukip|plaid(?: cymru)?|pc|snp|national party|alba"
    r"|sinn f[eé]in|fine gael|fianna f[aá]il"
    r"|dup|uup|sdlp|alliance|residents(?:[’'] (?:group|association))?|c|l|d|no (?:party|overall) \w+)(?: party)?",
    re.IGNORECASE,
)
_NOTE = re.compile(   # how, how long and why: of nobody's part in the meeting
    r"(?:attend(?:ed|ing) |joined |present )?(?:remotely|virtually|on-?line|in person"
    r"|by (?:invitation|telephone|phone|video)\b.{0,30}"
    r"|(?:via|on|by|through) (?:ms |microsoft )?(?:zoom|teams|skype|webex|video|link|telephone|phone)\b.{0,20}"
    r"|o bell|yn rhithiol|remote|virtual|hybrid|absent|present|apolog(?:y|ies)(?: (?:sent|given|received))?)"
    r"|(?:(?:arriv|join|left|leav|depart|return|enter|retir|withdr|attend|late)\w*|present|from|until|till|up to"
    r"|to|after|before|at|items?|minutes?|for (?:part|items?|minutes?|the)|part(?:ial)?|not)\b.{0,80}"
    r"|in attendance|(?:voting )?members|no (?:reason|apolog)\w*.{0,30}|[0-9:.]{1,5} ?[ap]m.{0,40}|[*†‡^#~]+",
    re.IGNORECASE,
)
_PLACE = re.compile(r"[A-Z][\w’'-]*(?:(?: (?:and|&|of|the|in|on|by|upon|with|y|ar|a)\b)* [A-Z][\w’'.-]*){0,4}")
_WARD = re.compile(r"(?!.*\b(?:councillor|member|cllr)\b).{1,60}\bward\b.{0,20}", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-Z]{2,6}\Z")
_SMALL = words("and of the for to in on with at by a an y yr ar o i gyda’r o’r i’r")
_EDGES = " .,:;–—-"
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_KINDS = {kind.casefold() for kind in KINDS}
_EXCUSED = (AttendanceStatus.APOLOGIES, AttendanceStatus.ABSENT)


def has_part(text: str) -> bool:
    """Whether `text` has a word of an office: "Head of Roads", "Vice-Chair"."""
    said = [word.casefold() for word in _WORD.findall(text)]
    return any(word in PARTS or word.rpartition("-")[2] in PARTS or word.rstrip("s") in PARTS for word in said)


def has_subject(text: str) -> bool:
    """Whether `text` has a word of what people are in charge of."""
    return any(word.casefold() in SUBJECTS for word in _WORD.findall(text))


def has_group(text: str) -> bool:
    """Whether `text` has a word of a body, or is its letters: "Eden District Council", "EDC"."""
    said = [word.casefold() for word in _WORD.findall(text)]
    return bool(_ACRONYM.match(text)) or any(word in GROUPS for word in said) or (len(said) > 1 and said[-1] in _KINDS)


def is_beside(text: str) -> bool:
    """Whether `text` is no name and no sentence, but an office, a body, or what somebody is in charge of."""
    small = [word for word in re.findall(r"[\w’']+", text) if word[0].islower() and word not in _SMALL]
    if small and not has_part(" ".join(small)):
        return False
    return has_part(text) or has_subject(text) or has_group(text)


def part_of(note: str, status: AttendanceStatus) -> str | None:
    """The part in the meeting that a note beside a name says; `None` for a party, a ward, a reason, a time.

    On the lists of those who are not members whatever else is said says whom they came for.
    """
    text = note.strip(_EDGES)
    if not text or _PARTY.fullmatch(text) or _WARD.fullmatch(text):
        return None
    if (has_part(text) or (has_group(text) and status in _EXCUSED)) and not _NOTE.match(text):
        return role(text)
    if _NOTE.fullmatch(text) or status in _EXCUSED:
        return None
    if status is not AttendanceStatus.IN_ATTENDANCE and _PLACE.fullmatch(text) and not is_beside(text):
        return None
    return role(text)


def role(text: str) -> str:
    """An office without article and the marks around it."""
    return re.sub(r"\A(?:the|y|yr) (?=\S)", "", text.strip(_EDGES), flags=re.IGNORECASE)
