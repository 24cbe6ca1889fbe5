"""The lists of who was there that printed minutes begin with: "PRESENT: ...", "Also present", "Apologies - ..."."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from crawler.blocks import Block, BlockKind
from crawler.minutes.attendance import is_register, lines_of, read_roll, unsaid, without_group
from crawler.minutes.decisions import find_decision
from crawler.minutes.entries import Entry
from crawler.minutes.names import SINGULAR, names
from crawler.minutes.pieces import COUNTED
from crawler.minutes.rollwords import is_beside
from crawler.minutes.vocabulary import TITLES, words
from crawler.minutes.votes import side_line
from crawler.numbers import typed
from crawler.printed.bodies import DATE

_PEOPLE = r"(?:members?|councillors?)"
_BODIES = (
    "co-opted|independent|lay|voting|non-voting|cabinet|executive|committee|non-committee|panel|board|other|visiting|"
    "ward|county|district|town|parish|sub-?committee|council|forum|authority|trust|governing"
)
_OFFICES = ("clerk", "minute taker")   # labels of one person
_FAR = "virtual|remote|online|hybrid"
_EXCUSES = r"apolog(?:y|ies)(?: for (?:absence|lateness))?(?: (?:and|&) substitut\w+)?"
_WHO = "|".join((
    "in the chair", "officiating", "public gallery", "public", "press", "(?:hefyd )?yn bresennol", "presennol",
    "(?:hefyd )?yn mynychu", "(?:swyddogion|aelodau)(?: yn bresennol)?",
    "ymddiheuriadau", "absennol", "eilyddion", "gwahoddedigion",
    rf"(?:(?:also|those|not|{_PEOPLE}|officers?|others?) )?(?:present|in attendance|attending|absent)",
    rf"(?:in )?(?:{_FAR}) (?:attendance|attendees?)", "attendance", "attendees?", "in person", "sederunt",
    "by invitation", "minute taker", "who was (?:there|present)", "people at the meeting",
    rf"absent {_PEOPLE}", "absent with(?:out)? apolog(?:y|ies)",
    "(?:and )?(?:officials?|officers?)",
    "(?:officials?|officers?|staff|advis[eo]rs?|guests?|observers?|clerk)(?: also)?(?: present| in attendance)?",
    rf"{_EXCUSES}(?: (?:received|accepted|given))?(?: from)?",
    r"substitut(?:es?|ions?)(?: members?)?(?: present)?",
    rf"(?:{_BODIES}|borough|city|oireachtas|elected) {_PEOPLE}(?: present| in attendance)?",
    rf"(?:[\w-]+ ){{1,2}}{_PEOPLE} (?:present|in attendance)",
    r"members?(?: of the (?:public|press|committee|council|board|panel|press and public))?",
    "non-?members?(?: present| in attendance)?", "(?:deputy )?mayor", "sectoral interests?",
    "(?:vice[- ])?chair(?:man|person|woman)?", "councillors?",
))
_HOW = (
    r"(?: (?:in the chair|virtually|remotely|online|in person|by invitation|(?:via|by|on) (?:ms |microsoft )?"
    r"(?:zoom|teams|video link|telephone)|in (?:the )?(?:council |committee )?(?:chamber|room)))?(?: \([^)]{1,40}\))?"
)
_LABEL = re.compile(   # in two languages too: "YN BRESENNOL / PRESENT"
    rf"(?P<label>(?:{_WHO}){_HOW}(?: ?/ ?(?:{_WHO}){_HOW})?)\s*(?P<end>[:=–-]+|$)\s*(?P<rest>.*)", re.IGNORECASE
)
_BESIDE = "|".join((
    r"\balso\b", rf"in (?:(?:{_FAR}) )?attendance", "officer", "official", "staff", "advis[eo]r", "guest", "observer",
    "clerk", "public", "press", "invitation", "minute taker", "mynychu", "swyddog", "gwahodd", "hefyd", "visiting",
    r"\bnon-?(?:committee|executive|cabinet)", r"\bnon-?members?\b", r"\bother",
))
_MEANS = (   # what a label means, by its words; the first that it has
    ("Substitutes", re.compile("substitut|eilydd", re.IGNORECASE)),
    ("Absent", re.compile(r"\babsent\b|\bnot (?:present|in attendance|attending)|absenn?ol", re.IGNORECASE)),
    ("Apologies", re.compile("apolog|ymddiheuriad", re.IGNORECASE)),
    ("In attendance", re.compile(_BESIDE, re.IGNORECASE)),
)
_FURTHER = re.compile(rf"(?<=[.;])\s+(?=(?:{_WHO}){_HOW}\s*:)", re.IGNORECASE)
_RUN_IN = re.compile(   # lines that became one: "Cllr A Able Officers present: Mr B Bold"
    rf"(?<=[\w)])\s+(?P<label>(?-i:(?=[A-Z]))(?:{_WHO}){_HOW}\s*:)", re.IGNORECASE
)
_SURE = re.compile("present|attend|apolog|absen|substitut|officers|bresennol|ymddiheur|mynychu|eilydd", re.IGNORECASE)
_ATTENDED = re.compile(
    "present|attend|apolog|absen|sederunt|in the chair|who was there|bresennol|presennol|ymddiheur|mynychu",
    re.IGNORECASE,
)
_WITHIN = re.compile(   # after the title on one line: "… at 7.30pm Present: Cllr A"
    r"\s+(?=(?:PRESENT|Present|IN ATTENDANCE|In attendance|YN BRESENNOL|Yn bresennol)\s?:\s"
    r"(?:Y )?(?:Cllr|Councillor|Cyng|Mr|Ms|Miss|Dr|Sir)\w*\b)"
)
_LONGEST = 100   # characters of a line with more small words than a list has
_RUN_ON = re.compile(   # "PRESENT Cllr A, Cllr B": no mark after the label
    r"(?:also )?(?:members? )?(?:present|in attendance|apologies|yn bresennol)\b\s*"
    r"(?=(?:cllrs?|councillors?|mr|mrs|ms|miss|dr|sir)\b)|co-?opt(?:ees|ed members) (?-i:(?=[A-Z]))", re.IGNORECASE,
)
_CHAIR_NAMED = re.compile(   # "Chair Councillor A Able", and no sentence about one
    r"(?:vice[- ])?(?:chair(?:man|woman|person)?|mayor) (?=(?:cllr|councillor|mr|mrs|ms|miss|dr)\b)(?!.*[.]\Z)",
    re.IGNORECASE,
)
_EXCUSED = re.compile(r"^(?:an )?apolog(?:y|ies)\b.{0,80}?\b(?:from|on behalf of)\b", re.IGNORECASE)
_OPEN = re.compile(r"(?:[,;:&]|\b(?:and|with))$")
_NOTE = re.compile(r"\([^()]*\)")
_OPENS_NAMED = re.compile(
    r"^(?:y )?(?:and )?(?:(?:clerk|members? of the (?:public|press)) (?-i:(?=[A-Z]))"
    r"|cllrs?\b|councillors?\b|cyng|ald\w*|provost\b|bailie\b|lord\b|lady\b|mr\b|mrs\b|ms\b|miss\b|mx\b|dr\b|sir\b|dame\b|prof|rev)"
    r"|\((?:mr|mrs|ms|miss|mx|dr)\b", re.IGNORECASE,
)
_INITIALLED = re.compile(r"(?:[A-Z]\.? ?){1,3} ?[A-Z][\w’'-]*[a-z]")   # "A. B. Dove": a name and no sentence
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_LISTED = Block("Present", BlockKind.HEADING)
_LINKING = frozenset(("and", "of", "the", "for", "de", "le", "van", "with", "via", "from", "in", "to", "as", "at", "on",
                      "by", "also", "plus", "a", "an", "ac", "yr"))
_NOBODY = words("there was were none nil nobody no one two three four five six seven eight nine ten member members "
                "present guest guests public press y")
_TITLES = frozenset(title.casefold() for title in (*TITLES, *SINGULAR))


def opens_roll(block: Block) -> bool:
    """Whether `block` begins a list of who was there; a numbered one is an item."""
    if block.label is not None:
        return False
    if block.kind is BlockKind.TABLE:
        first = block.rows[0][0].strip() if block.rows and block.rows[0] else ""
        return is_register(block) or bool(first and _LABEL.fullmatch(first))
    label = _LABEL.fullmatch(block.text)
    if label and (label["end"] or len(block.text) < 60):
        return len(label["rest"]) < 80 or ":" in label["end"] or is_names(label["rest"])
    chair = _CHAIR_NAMED.match(block.text) and len(block.text) < 80 and is_names(block.text)
    return bool(chair or _RUN_ON.match(block.text))


def says_attended(block: Block) -> bool:
    """Whether `block` opens a list of those who came or who did not. Who is on "Councillors:" may be a member of the
    body and no more, and officers and substitutes are named before a meeting too.
    """
    if block.kind is BlockKind.TABLE:
        return is_register(block) or any(_is_of_attendance(cell) for row in block.rows for cell in row)
    return says_excused(block) or (opens_roll(block) and _is_of_attendance(block.text))


def _is_of_attendance(text: str) -> bool:
    """Whether the label that `text` opens with is about who came: "Members present:"."""
    labelled, run_on = _LABEL.fullmatch(text.strip()), _RUN_ON.match(text)
    label = labelled["label"] if labelled else run_on[0] if run_on else ""
    return _ATTENDED.search(label) is not None


def with_known_label(block: Block) -> Block:
    """`block` of a list, its label such as `read_roll` knows where it does not know the printed one.

    A table of names in columns is set out in the order in which they are to be read.
    """
    if block.kind is BlockKind.TABLE and (headed := _by_heads(block)):
        return headed
    if block.kind is BlockKind.TABLE:
        return block if is_register(block) else _down_columns(block)
    found = _LABEL.fullmatch(block.text)
    if found is None or read_roll((Block(f"{found['label']}:"), Block("Councillor A Able"))):
        return block
    known = next((name for name, words in _MEANS if words.search(found["label"])), "Present")
    if found["rest"] and found["label"].casefold() in _OFFICES:   # "Clerk: Fay Fox" says what she is
        return replace(block, text=f"{known}: {block.text}")
    return replace(block, text=f"{known}: {found['rest']}".strip())


def _by_heads(block: Block) -> Block | None:
    """A table with a list below each head ("Present", "Apologies") as one row for each; `None` without such heads."""
    if len(block.rows) < 2 or len(block.rows[0]) < 2 or len(set(block.rows[0])) < len(block.rows[0]):
        return None
    heads = [_LABEL.fullmatch(cell.strip()) for cell in block.rows[0]]
    if not all(head and not head["rest"] and _SURE.search(head["label"]) for head in heads):
        return None
    columns = zip_longest(*block.rows, fillvalue="")
    rows = ((column[0], ", ".join(filter(None, column[1:]))) for column in columns)
    return replace(block, rows=tuple(row for row in rows if row[1]))


def _down_columns(block: Block) -> Block:
    """A table whose names are in the alphabet's order rather down its columns than along its rows, as one column."""
    if any(cell[0] == "(" or (is_beside(cell) and not any(names(cell))) for row in block.rows for cell in row if cell):
        return block    # offices beside the names
    columns = [cell for column in zip_longest(*block.rows, fillvalue="") for cell in column if cell]
    rows = [cell for row in block.rows for cell in row if cell]
    if _descents(columns) * 2 >= _descents(rows):
        return block
    return replace(block, rows=tuple((cell,) for cell in columns))


def _descents(cells: Sequence[str]) -> int:
    """How often a surname stands before one that the alphabet has after it."""
    surnames = [said[-1].casefold() for cell in cells if (said := _WORD.findall(_NOTE.sub("", cell)))]
    return sum(one > two for one, two in pairwise(surnames))


def split_rolls(block: Block) -> Iterator[Block]:
    """`block` cut where a list begins on the same line: "Present: Cllr A. Apologies: Cllr B."."""
    if block.kind is BlockKind.TABLE:
        yield block
        return
    parts = _WITHIN.split(block.text) if DATE.search(block.text) else [block.text]
    for part in (replace(block, text=text) for text in parts):
        further = _FURTHER.split(part.text) if opens_roll(part) else [part.text]
        pieces = (piece for each in further for piece in (_run_in(each) if opens_roll(part) else [each]))
        yield from (replace(part, text=piece.strip()) for piece in pieces)


def _run_in(text: str) -> list[str]:
    """`text` of a list cut before every label of another one that stands among its names."""
    head = _LABEL.fullmatch(text)
    if head is None or not head["rest"]:
        return [text]
    further = _RUN_IN.finditer(text, head.start("rest"))
    cuts = [found.start("label") for found in further if _SURE.search(found["label"])]
    return [text[one:other] for one, other in pairwise((0, *cuts, len(text)))]


def goes_on(block: Block, before: Block) -> bool:
    """Whether `block`, after `before` of a list, is more of it. What is not certainly names is text of the minutes."""
    if block.kind is BlockKind.HEADING or block.label is not None or _is_numbered(block.text) or _is_business(block):
        return False
    entries = _entries(block)
    if block.kind is BlockKind.TABLE:
        return len(entries) * 2 >= len(block.rows)
    if is_beneath(block) or COUNTED.fullmatch(block.text.strip(" .")):
        return True
    if not is_names(block.text):   # "Mrs Ada Fell, local resident"
        return len(block.text) < _LONGEST and _OPENS_NAMED.match(block.text) is not None and is_spent(block)
    if _OPEN.search(before.text) or _OPENS_NAMED.search(block.text):
        return True
    initialled = bool(entries) and all(_INITIALLED.fullmatch(entry.name) for entry in entries)
    certain = initialled or any(map(_is_certain, entries)) or _is_label(before) or _lists_bare_names(before)
    return is_spent(block) and (certain or not entries)


def _is_business(block: Block) -> bool:
    """Whether `block` says what was decided, or how its names voted."""
    if block.kind is BlockKind.TABLE:
        return any(side_line(cell) is not None for row in block.rows[:1] for cell in row)
    return find_decision(block.text) is not None or side_line(block.text) is not None


def is_beneath(block: Block) -> bool:
    """Whether it is a bracket alone: the part of the one whose name stands above it."""
    return block.kind is not BlockKind.TABLE and len(block.text) < 80 and bool(_NOTE.fullmatch(block.text))


def is_spent(block: Block) -> bool:
    """Whether the list says every word of `block`: as a name, a role or a status, or as a head count."""
    if is_register(block):
        return True
    texts = list(lines_of(block))
    label = with_known_label(block).text.partition(":")[0] + ":" if opens_roll(block) else ""
    return all(_is_beside(word) for text in texts for word in _words(unsaid(_without_label(text), label)))


def _entries(block: Block) -> tuple[Entry, ...]:
    return read_roll((_LISTED, block))


def _without_label(text: str) -> str:
    """`text` without what opens a list, and what says of nobody more than that he was there."""
    pieces = map(without_group, _FURTHER.split(text))
    return " ".join(
        _EXCUSED.sub("", found["rest"] if (found := _LABEL.fullmatch(piece)) else _RUN_ON.sub("", piece))
        for piece in pieces
    )


def _words(text: str) -> list[str]:
    return [word.strip(".’'-").casefold() for word in _WORD.findall(text)]


def _is_beside(word: str) -> bool:
    """Whether a word is no news of its own in a list: a title, "and", "none"."""
    return word in _LINKING or word in _NOBODY or word in _TITLES


def _is_numbered(text: str) -> bool:
    found = typed(text)
    return found is not None and found.certain


def _is_certain(entry: Entry) -> bool:
    return entry.role is not None or any(names(entry.name))


def _is_label(block: Block) -> bool:
    found = _LABEL.fullmatch(block.text)
    return bool(found and not found["rest"])


def _lists_bare_names(block: Block) -> bool:
    return not any(names(block.text)) and bool(_entries(block))


def is_names(text: str) -> bool:
    """Whether `text` is a list of names and offices and no sentence."""
    words = _WORD.findall(_NOTE.sub(" ", text))
    small = [word for word in words if word[0].islower() and word not in _LINKING]
    return bool(words) and len(small) * 4 <= len(words)


def says_excused(block: Block) -> bool:
    """Whether `block` is a sentence about apologies: it names people and is text of the minutes."""
    return bool(_EXCUSED.match(block.text))
