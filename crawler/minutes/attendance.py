"""The roll that opens printed minutes: who was present, sent apologies, stood in for whom (moderngov.md 5.3)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.model import AttendanceStatus
from crawler.blocks import Block, BlockKind
from crawler.minutes.names import SINGULAR, is_bare_name, names, with_title
from crawler.minutes.vocabulary import HONOURS, TITLES

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
        "also (?:in attendance|present)", "offic(?:ers?|ials?)(?: present)?", "by invitation", "observers?",
        "attending", "hefyd yn bresennol", "(?:hefyd )?yn mynychu", "swyddogion(?: yn bresennol)?",
        "members? of (?:the )?(?:public|press)(?: present)?", "(?:public|press)(?: gallery)?(?: present)?",
    )),
    (_PRESENT, (
        (r"(?:(?:(?:committee |voting |elected |cabinet )?members?|councillors?|aelodau) )?"
         r"(?:present|yn bresennol|presennol|bresennol)(?: in the chair| members| virtually| remotely)?"),
        "in the chair", "chair(?:man|woman|person)?", "mayor", "cadeirydd", "membership", "attendance", "attendees",
        r"co-?opted members?(?: present)?", "councillors", "members", "(?:y )?cynghorwyr",
    )),
)  # fmt: skip
_HEAD_FORMS = tuple((status, re.compile(f"(?:{'|'.join(forms)})", re.IGNORECASE)) for status, forms in _HEADS)
_AFTER_HEAD = re.compile(
    r" ?(?:\([^()]{0,60}\))? ?"
    r"(?::-?|–|-|\Z|(?= ?(?:Mr|Mrs|Ms|Miss|Dr|Cllrs?|Councillors?|Sir|Dame|Y? ?Cyng\w*)\b)) ?"
)
_SEPARATOR = re.compile(
    r"[,;](?![^()]{0,200}\))| (?:and|&|ac|a) (?![^()]{0,200}\))| / | \| "
    # a gap on paper that the text does not show
    r"|(?<=\)) (?=[A-Z])"
    r"|(?<=[a-z.])(?<!Town)(?<!Parish)(?<!Deputy)(?<!Acting) (?=(?:(?:Town|Parish|Deputy|Acting) )*Clerk:? [A-Z])"
)
_TITLED = re.compile(r"(?:Y )?(?:Councillor|Cllr|Cynghorydd|Mr|Mrs|Ms|Miss|Dr)\b")
_NEXT_TITLE = re.compile(   # "Councillor A Able, Chairman Councillor B Bold": lines that became one
    r"(?<=[a-z]{3})(?<! and)(?<!County)(?<!Councillor)(?<!Councillors)(?<!Cllr)(?<!Cllrs)(?<!Honorary)(?<! for)"
    r" (?=(?:Councillor|Cllr|Cynghorydd|Mr|Mrs|Ms|Miss|Dr)\b\.? )"
)
_INITIALLED = r"(?:[A-Z]\.? ?){1,3} ?[A-Z][\w’'-]*[a-z]"
_COLUMNS = re.compile(rf"{_INITIALLED}(?: {_INITIALLED})+")   # "K Ash P Fox"
_GAP = re.compile(rf"(?<=[a-z]) (?={_INITIALLED})")
_OFFICE_FIRST = re.compile(r"(?P<office>(?:(?:Town|Parish|Deputy|Acting) )*Clerk)(?::| -| –)? (?=[A-Z])")
_NOBODY = re.compile(r"(?:There|None|No|Nil|N/A|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|[0-9]+)\b")
_ENTRY = re.compile(r"(?P<name>[^()]{0,150}?) ?(?:\((?P<note>[^()]*)\))?(?: ?[–-] (?P<role>[^()]{1,150}))?[ .]*\Z")
STANDS_IN = re.compile(
    r"\b(?:substitut(?:e|ing)|sub|deputising|in (?:the )?place of|on behalf of|reserve|dirprwyo|eilydd)\b",
    re.IGNORECASE,
)
_SUBSTITUTED_BY = re.compile(r"\b(?:substitute|substituted by|eilydd)\s*(?::|–|-|by\b)", re.IGNORECASE)
_IN_THE_CHAIR = re.compile(r"[ ,(]{0,3}\b(in the chair|yn y gadair)\b\W*\Z", re.IGNORECASE)
_TRAILING_PROSE = re.compile(r" (?:were|was|had|have|has|who|attended|sent|submitted|gave|joined|left)\b.*\Z")
_PROSE = re.compile(r"\b(?:the|was|were|had|that|this|which|held|meeting|at)\b")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the roll, the name as printed."""

    name: str
    role: str | None
    status: AttendanceStatus


@dataclass(frozen=True, slots=True)
class _Head:
    """What a block that opens a list says: the status of those on it, the plural title of all, the text after."""

    status: AttendanceStatus
    title: str | None
    text: str


def read_roll(blocks: Sequence[Block]) -> tuple[Entry, ...]:
    """Everybody on the lists in `blocks`, each name once, in printed order."""
    entries: dict[str, Entry] = {}
    status: AttendanceStatus | None = None
    title: str | None = None
    for block in blocks:
        for text in _texts(block):
            head = _head(text)
            status, title = (head.status, head.title) if head else (status, title)
            rest = head.text if head else text
            found = list(_entries(rest, status, title)) if status and rest else []
            if not found and not head and _PROSE.search(text):
                status = None
            for entry in found:
                entries.setdefault(entry.name, entry)
    return tuple(entries.values())


def _texts(block: Block) -> Iterator[str]:
    """What a block says line by line; a row of a table is a name with its role after it."""
    if block.kind is not BlockKind.TABLE:
        yield block.text
        return
    for row in block.rows:
        filled = [cell for cell in row if cell]
        if len(filled) == 2 and list(names(filled[0])) and not list(names(filled[1])) and len(filled[1]) < 80:
            yield f"{filled[0]} ({filled[1].strip('()')})"
        else:
            yield from filled


def _head(text: str) -> _Head | None:
    """The head of a list that `text` opens with, if it does."""
    for status, form in _HEAD_FORMS:
        found = form.match(text)
        after = _AFTER_HEAD.match(text, found.end()) if found else None
        if after:
            plural = text[: after.start()].split(maxsplit=1)[0].capitalize()
            return _Head(status, SINGULAR.get(plural), text[after.end():])
    return None


def _entries(text: str, status: AttendanceStatus, title: str | None) -> Iterator[Entry]:
    latest: list[Entry] = []    # the entry of the piece before, to which a role may still be added
    for piece in _pieces(text):
        first, _, rest = piece.partition(" ")
        title = SINGULAR.get(first.rstrip(":"), title)
        found = list(_entry(rest if first.rstrip(":") in SINGULAR else piece, title, status))
        if found:
            yield from latest
            latest = found
        elif latest and latest[0].role is None and piece.strip(" .") in HONOURS:
            latest[0] = replace(latest[0], name=f"{latest[0].name}, {piece.strip(' .')}")
        elif latest and not latest[0].role and _is_role(piece.strip(" .")):
            latest[0] = replace(latest[0], role=piece.strip(" ."))
    yield from latest


def _pieces(text: str) -> Iterator[str]:
    """A list taken apart at its marks, and where only paper showed the gap between two names."""
    if _NOBODY.match(text):
        return
    parted = _NEXT_TITLE.sub(", ", text) if _TITLED.match(text) else text
    for piece in map(str.strip, _SEPARATOR.split(parted)):
        yield from _GAP.split(piece.removeprefix("Y ")) if _COLUMNS.fullmatch(piece) else (piece.removeprefix("Y "),)


def _is_role(text: str) -> bool:
    return 0 < len(text) < 80 and text not in HONOURS and not _NOBODY.match(text)


def _entry(piece: str, title: str | None, status: AttendanceStatus) -> Iterator[Entry]:
    """The entry that a piece of a list is, and whoever stood in; nothing when the piece is no name but a role."""
    office = _OFFICE_FIRST.match(piece)
    if office and (clerk := _name(re.split(r"(?<=[a-z]{2})\. ", piece[office.end():])[0], None)):
        yield Entry(clerk, office["office"], _IN_ATTENDANCE if status is _PRESENT else status)
        return
    parsed = _ENTRY.match(_TRAILING_PROSE.sub("", piece))
    if not parsed:
        return
    chair = _IN_THE_CHAIR.search(parsed["name"])
    name = _name(parsed["name"][:chair.start()] if chair else parsed["name"], title)
    note = (parsed["note"] or "").strip()
    officer = next(names(note), None)
    if officer and parsed["name"] and not list(names(parsed["name"])):   # "Chief Executive (Mr P Dowling)"
        yield Entry(officer, parsed["name"], status)
        return
    if name is None:
        return
    stands_in = bool(STANDS_IN.search(note)) and not _SUBSTITUTED_BY.search(note)
    role = None if STANDS_IN.search(note) else note or parsed["role"] or (chair[1] if chair else None)
    yield Entry(name, role, _SUBSTITUTE if stands_in else status)
    if _SUBSTITUTED_BY.search(note):
        yield from (Entry(each, None, _SUBSTITUTE) for each in names(note))


def _name(text: str, title: str | None) -> str | None:
    """The one name that `text` is, with the title of its list; `None` when it is something else."""
    bare = text.strip(" .,:")
    titled = list(names(bare))
    if titled:
        return titled[0] if len(titled) == 1 and len(bare) - len(titled[0]) < 25 else None
    if not is_bare_name(bare) or bare in TITLES:
        return None
    return with_title(bare, title) if title else bare
