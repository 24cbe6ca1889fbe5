"""The roll that opens printed minutes: who was present, sent apologies, stood in for whom (moderngov.md 5.3)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from archive.model import AttendanceStatus
from crawler.blocks import Block, BlockKind
from crawler.minutes.entries import Entry, read_line
from crawler.minutes.names import SINGULAR, Parts, compatible, is_bare_name, names, parts
from crawler.minutes.rollwords import has_group, has_part, is_beside, part_of

_IN_ATTENDANCE, _PRESENT = AttendanceStatus.IN_ATTENDANCE, AttendanceStatus.PRESENT
_APOLOGIES, _SUBSTITUTE, _ABSENT = AttendanceStatus.APOLOGIES, AttendanceStatus.SUBSTITUTE, AttendanceStatus.ABSENT
# What opens a list, the longer forms first: a form that ends too early would hide the longer one.
_HEADS = (
    (_SUBSTITUTE, (r"(?:named )?substitutes?(?: members?)?(?: present)?", "eilyddion", "dirprwyon")),
    (_APOLOGIES, (
        (r"(?:an )?apolog(?:y|ies)(?: for (?:(?:his|her|their) )?(?:absence|lateness|inability to attend))?"
         r"(?:,? (?:were|was|had been|have been))?(?: also)?(?: received| submitted| given| tendered)?"
         r"(?: on behalf of| from)?"),
        "ymddiheuriad(?:au)?(?: am absenoldeb)?(?: gan)?",
    )),
    (_ABSENT, (r"(?:members? )?absent(?: members?)?", "(?:councillors |members )?not present", "(?:yn )?absenn?ol")),
    (_IN_ATTENDANCE, (
        (r"(?:(?:officer|official|other|(?:executive |non-committee )?member|councillor|guest)s? |staff |in person |"
         r"virtual(?:ly)? )?in (?:virtual )?attendance(?: virtually| remotely)?(?: by invitation)?"),
        "also (?:in attendance|present|attending)", "offic(?:ers?|ials?)(?: present)?", "by invitation", "observers?",
        "attending", "hefyd yn bresennol", "(?:hefyd )?yn mynychu", "swyddogion(?: yn bresennol)?",
        "members? of (?:the )?(?:public|press)(?: present)?", "(?:public|press)(?: gallery)?(?: present)?",
    )),
    (_PRESENT, (
        (r"(?:(?:(?:committee |voting |elected |cabinet )?members?|councillors?|aelodau) )?"
         r"(?:present|yn bresennol|presennol|bresennol)(?: in the chair| members| virtually| remotely)?"),
        "in the chair", "chair(?:man|woman|person)?", "mayor", "cadeirydd", "membership", "attendance", "attendees",
        r"(?:co-?opted members?|co-?optees?)(?: present)?", "councillors", "members", "(?:y )?cynghorwyr",
    )),
)  # fmt: skip
_HEAD_FORMS = tuple((status, re.compile(f"(?:{'|'.join(forms)})", re.IGNORECASE)) for status, forms in _HEADS)
_AFTER_HEAD = re.compile(
    r" ?(?:\([^()]{0,60}\))? ?"
    r"(?::-?|–|-|\Z|(?= ?(?:Mr|Mrs|Ms|Miss|Dr|Cllrs?|Councillors?|Sir|Dame|Y? ?Cyng\w*)\b)"
    r"|(?<=optees)(?= [A-Z])|(?<=opted members)(?= [A-Z])) ?"
)
_ALONE = re.compile(r"\(([^()]{1,100})\)[ .]*")   # a part printed beneath the name
_PRESIDES = re.compile(r"\b(?:presid(?:ed|ing)|in the chair|yn y gadair)\W*\Z", re.IGNORECASE)
_BODY = re.compile(r"[A-Z][\w’'-]*(?: (?:of|and|the|for|&|[A-Z][\w’'-]*))*")
_LONGEST_BODY = 7   # words
_ARTICLE = re.compile(r"\Ay ", re.IGNORECASE)
_GROUP = re.compile(r"(?!\w+:)[A-Z][\w’'-]*(?: [\w’'-]+){0,3}s:\s+(?=[A-Z])")   # "Church Representatives: Rev A Able"
_OFFICE_HEAD = re.compile(r"(?:chair(?:man|woman|person)?|mayor|cadeirydd)(?=\W|\Z)", re.IGNORECASE)
_MEMBERS_ATTEND = re.compile(r"(?:councillors|(?:\w+ )?members) in attendance\b", re.IGNORECASE)
_SAYS_PRESENT = re.compile(
    r"(?:\w+ ){0,2}(?:present|attendance)\b(?<!in attendance)(?<!also present)|sederunt|yn bresennol", re.IGNORECASE
)
_NAME_HEAD = re.compile(
    r"(?:(?:full )?names?(?: of \w+)?|members?(?: name)?|councillors?|attendees?|enw)", re.IGNORECASE
)
_ROLE_HEAD = re.compile(
    r"(?:role|position|office|title|job title|designation|capacity|representing|organisation|swydd|rôl)", re.IGNORECASE
)
_STATUS_HEAD = re.compile(r"(?:attendance|status|attended|presence|presenoldeb)(?: status)?", re.IGNORECASE)
_SAID = tuple((status, re.compile(form, re.IGNORECASE)) for status, form in (
    (_SUBSTITUTE, r"substitut|eilydd|deputis"),
    (_APOLOGIES, r"apolog|ymddiheur|excused"),
    (_ABSENT, r"\babsent|\bnot (?:present|attend)|absenn?ol|did not|^no$|^[✗×x]$"),
    (_IN_ATTENDANCE, r"in attendance|mynychu|observ|virtual guest"),
    (_PRESENT, r"present|presennol|bresennol|attended|remote|virtual|^(?:yes|ydy|[✓✔√y])$"),
))
_PROSE = re.compile(r"\b(?:the|was|were|had|that|this|which|held|meeting|at)\b")


@dataclass(frozen=True, slots=True)
class _Head:
    """What a block that opens a list says: the status of those on it, the plural title of all, the text after."""

    status: AttendanceStatus
    title: str | None
    text: str


def read_roll(blocks: Sequence[Block]) -> tuple[Entry, ...]:
    """Everybody on the lists in `blocks`, each name once, in printed order. Whoever stood in is no member present."""
    entries: dict[Parts, Entry] = {}   # by their parts: "Mrs. Fell" is who "Mrs Fell" is
    listed = _Listed(in_attendance=_PRESENT if _only_attend(blocks) else _IN_ATTENDANCE)
    for block in blocks:
        found = (each for text in lines_of(block) for each in _of_line(text, listed, entries))
        for entry in chain(_registered(block), found):
            known = entries.setdefault(parts(entry.name), entry)
            if entry.status is _SUBSTITUTE and known.status is _PRESENT:
                entries[parts(entry.name)] = replace(known, status=_SUBSTITUTE)
    return tuple(entries.values())


@dataclass(slots=True)
class _Listed:
    """The list that is being read: the status of those on it, the plural title that it still has."""

    status: AttendanceStatus | None = None
    title: str | None = None
    in_attendance: AttendanceStatus = _IN_ATTENDANCE   # what "Members in attendance" means here


def _only_attend(blocks: Sequence[Block]) -> bool:
    """Whether no list says who was present, so that members who are in attendance are."""
    return not any(_SAYS_PRESENT.match(text) for block in blocks for text in lines_of(block))


def _of_line(text: str, listed: _Listed, entries: dict[Parts, Entry]) -> tuple[Entry, ...]:
    """Those whom a line adds; a line that is only a bracket says the part of the one before."""
    head = _head(text)
    if head:
        attend = _MEMBERS_ATTEND.match(text)
        listed.status, listed.title = listed.in_attendance if attend else head.status, head.title
        head = _said_again(head)
    rest = head.text if head else without_group(text)
    if listed.status is None or not rest:
        return ()
    if (alone := _ALONE.fullmatch(rest)) and entries:
        name, latest = entries.popitem()
        entries[name] = replace(latest, role=latest.role or part_of(alone[1], latest.status))
        return ()
    read = read_line(rest, listed.status, listed.title)
    if _PRESIDES.search(rest) and len(read.entries) == 1:   # "Councillor Fell presiding", and Ada Fell is listed
        return _presiding(read.entries[0], entries)
    if head and (office := _OFFICE_HEAD.match(text)) and len(read.entries) == 1 and not read.entries[0].role:
        read = replace(read, entries=(replace(read.entries[0], role=office[0]),))
    listed.title = read.title if listed.title else None
    if not read.entries and not head and _PROSE.search(text):
        listed.status = None
    return read.entries


def _said_again(head: _Head) -> _Head:
    """A head whose list begins with it once more, as a sentence: "Apologies: An apology was received from"."""
    again = _head(head.text)
    return again if again and again.status is head.status is _APOLOGIES else head


def _presiding(entry: Entry, entries: dict[Parts, Entry]) -> tuple[Entry, ...]:
    """Whoever a line says presided: listed already, or somebody more who was present, whatever list it stands under."""
    again = [name for name in entries if compatible(name, parts(entry.name))]
    if len(again) != 1:
        return (replace(entry, status=_PRESENT),)
    known = entries[again[0]]
    entries[again[0]] = replace(known, role=known.role or entry.role)
    return ()


def listed_in(text: str, status: AttendanceStatus) -> tuple[Entry, ...]:
    """Those whom `text` names, a list of `status` without its head."""
    return read_line(text, status).entries


def without_group(text: str) -> str:
    """A line without the name of the group that it lists: "Church Representatives: "."""
    return _GROUP.sub("", text, count=1) if _GROUP.match(text) else text


def unsaid(text: str, label: str = "") -> str:
    """What of a line of the list of `label`, without that, names nobody and says nothing of anybody named."""
    head = _head(label)
    if _ALONE.fullmatch(text) or _is_body(text):
        return ""
    return read_line(text, head.status if head else _PRESENT).unsaid


def _is_body(text: str) -> bool:
    """Whether a line is the name of the council or body from which those after it come."""
    said = text.strip(" .:")
    return said.count(" ") < _LONGEST_BODY and bool(_BODY.fullmatch(said)) and has_group(said) and not any(names(said))


def lines_of(block: Block) -> Iterator[str]:
    """What a block says line by line; a row of a table is a name with its role after it."""
    if block.kind is not BlockKind.TABLE:
        yield block.text
    elif not is_register(block):
        beside, groups = _says_beside(block), _names_groups(block)
        for row in block.rows:
            filled = [cell for cell in row if cell]
            if groups and len(filled) == 2:
                filled = [f"{filled[0]}: {filled[1]}"] if _head(f"{filled[0]}:") else filled[1:]
            if len(filled) == 2 and (beside or _is_with_role(*filled)):
                part = filled[1]
                yield f"{filled[0]} {part if part[0] == '(' and part[-1] == ')' else f'({part})'}"
            else:
                yield from filled


def _says_beside(block: Block) -> bool:
    """Whether a table's second column says what the people in the first are, or whom they come from."""
    pairs = [row for row in block.rows if len(row) == 2 and all(row)]
    named = sum(any(names(first)) and _head(first) is None for first, _ in pairs)
    beside = sum(is_beside(second) and not any(names(second)) for _, second in pairs)
    titled = any(any(names(second)) for _, second in pairs)
    return len(pairs) > 1 and not titled and 2 * named > len(pairs) and 2 * beside > len(pairs)


def _names_groups(block: Block) -> bool:
    """Whether a table's first column names groups of those in the second: "Governors", "Early years"."""
    pairs = [row for row in block.rows if len(row) == 2 and all(row)]
    return len(pairs) > 1 and all(any(names(second)) and not any(names(first)) for first, second in pairs)


def _is_with_role(name: str, beside: str) -> bool:
    """Whether the second of two cells says what the one named in the first is."""
    if _head(name) or len(beside) > 80 or any(names(beside)):
        return False
    return any(names(name)) or (is_bare_name(name) and has_part(beside))


def is_register(block: Block) -> bool:
    """Whether a table's head names columns of names and of how each attended."""
    return _columns(block) is not None


def _columns(block: Block) -> tuple[int, int | None, dict[int, AttendanceStatus | None]] | None:
    """The columns of a register: of names, of roles, and of attendance, each with the status that its head names."""
    if block.kind is not BlockKind.TABLE or len(block.rows) < 2:
        return None
    heads = [cell.strip(" :") for cell in block.rows[0]]
    name = next((at for at, head in enumerate(heads) if _NAME_HEAD.fullmatch(head)), None)
    if name is None:
        return None
    part = next((at for at, head in enumerate(heads) if _ROLE_HEAD.fullmatch(head)), None)
    told = [at for at, head in enumerate(heads) if _STATUS_HEAD.fullmatch(head)]
    marked = {at: _status(head) for at, head in enumerate(heads) if at not in (name, part) and _status(head)}
    if told or len(marked) == 1:
        marked = dict.fromkeys(told or marked)
    return (name, part, marked) if marked else None


def _registered(block: Block) -> Iterator[Entry]:
    """Those in a register, whose attendance is in words or by a mark in one of several columns."""
    found = _columns(block)
    for row in block.rows[1:] if found else ():
        if found is None or not row[found[0]].strip():
            continue
        name, part, columns = found
        told = (status or _status(row[at]) for at, status in columns.items() if at < len(row) and row[at].strip())
        status = next((each for each in told if each), None)
        read = read_line(row[name], status) if status else None
        for entry in read.entries[:1] if read else ():
            beside = row[part].strip(" .") if part is not None and part < len(row) else ""
            yield replace(entry, role=entry.role or (beside and part_of(beside, _IN_ATTENDANCE)) or None)


def _status(said: str) -> AttendanceStatus | None:
    """How somebody attended by the words of a register: "Present, as substitute"."""
    return next((status for status, form in _SAID if form.search(said)), None)


def _head(text: str) -> _Head | None:
    """The head of a list that `text` opens with, if it does."""
    for status, form in _HEAD_FORMS:
        found = form.match(text)
        after = _AFTER_HEAD.match(text, found.end()) if found else None
        if after:
            plural = _ARTICLE.sub("", text[: after.start()]).split(maxsplit=1)[0].capitalize()
            return _Head(status, SINGULAR.get(plural), text[after.end():])
    return None
