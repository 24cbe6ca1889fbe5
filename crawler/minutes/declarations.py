"""Interests that were declared (moderngov.md 5.4): in the item for them or at the item concerned, in sentences, lists
and tables. "None declared" is none.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from archive.model import Declaration, InterestKind, Paragraph, ParagraphKind
from crawler.minutes.names import Printed, found_names, is_bare_name
from crawler.minutes.stems import holds
from crawler.minutes.subjects import Subjects, names_of
from crawler.minutes.vocabulary import OFFICES

_OF_INTERESTS = re.compile(
    r"\b(?:declarations?|disclosures?|registrations?|notifications?|declaring|disclosing) .{0,60}\binterests?\b|"
    r"\b(?:members?['’]?|councillors?['’]?|pecuniary|disclosable|registrable|registerable) interests?\b|\Ainterests?\b|"
    r"\b(?:datgan\w*|datgel\w*)\b.{0,60}\b[bf]u+dd?iann\w*|\b[bf]uddiant\b",
    re.IGNORECASE,
)
_KINDS = (
    (None, r"\bnon[- ]disclosable"),
    (InterestKind.NON_PECUNIARY,
     r"\bnon[- ]?(?:disclosable )?pecuniary|\bnot (?:a )?pecuniary|\bnon[- ]?financial interest|\banariannol"),
    (InterestKind.DISCLOSABLE_PECUNIARY, r"\bdisclosable pecuniary|\bDPIs?\b|\bariannol datgeladwy"),
    (InterestKind.PECUNIARY, r"\bpecuniary|\bfinancial interest|\bariannol"),
    (InterestKind.NON_REGISTRABLE, r"\bnon[- ]?regist(?:e)?rable|\bNRIs?\b"),
    (InterestKind.OTHER_REGISTRABLE, r"\bother regist(?:e)?rable|\bORIs?\b"),
    (InterestKind.PREJUDICIAL, r"(?<!non )(?<!non-)(?<!not )\bprejudicial|\brhagfarnol|\bniweidiol"),
    (InterestKind.PERSONAL, r"\bperson(?:al|ol)\b|\bbersonol"),
)
_KIND_FORMS = tuple((kind, re.compile(form, re.IGNORECASE)) for kind, form in _KINDS)
_NUMBER = r"(?-i:\b[A-Z]{1,3}[./-]?)?[0-9]{1,4}(?:[./][0-9]{1,4})*[A-Za-z]?(?:\([A-Za-z0-9]{1,4}\))?(?![\w-])"
_MATTER = re.compile(
    rf"\b(?:items?|minutes?|eitem(?:au)?|agenda(?= no))(?: (?:nos?|numbers?|rhif)\b\.?)?:? (?P<numbers>{_NUMBER}"
    rf"(?:(?:, | and | & |, and | a | ac ){_NUMBER}){{0,20}})",
    re.IGNORECASE,
)
_MINUTE = re.compile(   # "a DPI in 23/049", a minute and its year; longer ones are planning applications
    r"\b(?:interest|DPI|ORI|NRI) in (?:(?:respect of|relation to) )?([0-9]{2,3}/[0-9]{2,3})(?![\w/.-]*\w)"
)
_ONE_NUMBER = re.compile(_NUMBER)
_DECLARED = re.compile(
    r"\b(?P<verb>declar(?:ed|es)|disclos(?:ed|es)|registered|notified)\b(?P<gap>[^.;]{0,110}?)"
    r"\b(?P<what>interests?|DPIs?|ORIs?|NRIs?)\b|"
    r"\bmade (?:a |the following |an? [a-z -]{1,40})?(?:declaration|disclosure)s?(?: of [^.;]{0,60}?interests?)?\b",
    re.IGNORECASE,
)
_DECLARED_ALONE = re.compile(r"\b(?:declared|disclosed)\b(?! (?:no|that (?:no|there)|the meeting)\b)", re.IGNORECASE)
_DECLARED_BY = re.compile(
    r"\b(?:interests?|DPIs?|declarations?|disclosures?)\b[^.;]{0,120}?"
    r"(?:\b(?:declared|disclosed|made|registered|received|given|submitted|noted)\b[^.;]{0,30}? (?:by|from)|"
    r"(?<=interest) (?:by|from)|(?<=interests) (?:by|from))(?: ?:)?(?= )",
    re.IGNORECASE,
)
_WELSH = re.compile(r"\b(?:Datganodd|Datgelodd|datganodd)(?= )")
_DENIED = re.compile(
    r"\W*(?:that )?(?:(?:he|she|they) )?(?:had |have |has )?(?:no|not|nil|none|any|nothing|neither)\b", re.IGNORECASE)
_NONE = re.compile(r"\b(?:no|not|any|nor|nil|none|neither|nobody)\b", re.IGNORECASE)
_BEFORE = re.compile(r"\bhad\b", re.IGNORECASE)   # at an earlier meeting
_NO_INTEREST = re.compile(
    r"\b(?:public|best|national|community|local|no|any|mutual|vested|great|keen)\W*\Z", re.IGNORECASE
)
_INTEREST = re.compile(r"\binterests?\b|\b(?:DPI|ORI|NRI)s?\b|[bf]uddi?an", re.IGNORECASE)
_STEMS = ("interest", "dpi", "nri", "budd", "fudd")    # of it, but for one that many words hold
_ORI = re.compile(r"ori(?<!\wori)s?\b")
_SENTENCE = re.compile(r"(?<=[a-z0-9)])[.;] (?=[A-Z])")
_PART_BEGINS = re.compile(r"[a-z0-9)][.;] (?:and )?(?:\([a-z0-9]{1,4}\) )?\Z|[;,.] (?:and )?\([a-z0-9]{1,4}\) \Z")
_LIKEWISE = re.compile(   # "and Mr Elm in item 6"
    rf" in (?:(?:respect of|relation to) )?(?:agenda )?(?:items?|minutes?|no)\b[^;,]{{0,12}}? {_NUMBER}", re.IGNORECASE
)
_NEAR = 20   # characters before a name
_OF_LIST = re.compile(r"(?: ?\([^()]{1,80}\))? ?(?:[-–—:]|, ) ?(?P<said>\S.*)")
_LISTED_BY_ITEM = re.compile(
    rf"(?:agenda )?(?:items?|minutes?|eitem)(?: no\.?)? {_NUMBER}[^–:]{{0,80}}?(?:[–:]| -) *", re.IGNORECASE
)
_BARE_LISTED = re.compile(r"(?P<name>[^–—:,()-]{2,40}?(?:-[A-Z][^–—:,() -]{1,30})?) *(?:[–—:]| -|- ) *(?P<said>\S.*)")
_ANSWERS_NO = re.compile(r"\W*(?:none|nil|no|n/a|dim)\b", re.IGNORECASE)
_NAME_HEAD = re.compile(r"\b(?:name|members?|councillors?|cllrs?|enw|aelod)\b", re.IGNORECASE)
_ITEM_HEAD = re.compile(r"\b(?:items?|minutes?|agenda|eitem)\b", re.IGNORECASE)
_SAID_HEAD = re.compile(r"\b(?:interests?|types?|nature|kind|reasons?|details?|buddiant)\b", re.IGNORECASE)
_LONGEST = 4000   # characters of a paragraph that are looked at
_Tables = Mapping[str, Sequence[Sequence[str]]]
_Said = tuple[str, str]   # a name, and the words of its declaration


def declared(title: str, paragraphs: Sequence[Paragraph], tables: _Tables) -> tuple[Declaration, ...]:
    """The interests declared in an item of that title, each once; `tables` are the rows of its tables by their text."""
    own = bool(_OF_INTERESTS.search(title))
    found: dict[tuple[str, InterestKind | None, str | None], Declaration] = {}
    opening = ""
    for paragraph in paragraphs:
        if paragraph.kind is ParagraphKind.VOTE:
            continue
        said = list(_said(paragraph, tables, own=own))
        opening = paragraph.text if not said and _opens_list(paragraph.text) else opening
        for name, words in said:
            kind = kind_of(words) or kind_of(opening)
            for matter in matters(words) or matters(opening) or (None,):
                each = Declaration(name, None, kind, matter, paragraph.anchor)
                found.setdefault((name, kind, matter), each)
    return tuple(found.values())


def _tells_of_interest(text: str) -> bool:
    may = holds(text, _STEMS) or _ORI.search(text.lower())
    return bool(may and _INTEREST.search(text))


def _opens_list(text: str) -> bool:
    """Whether a paragraph says what those in the list below it declared."""
    return text.endswith((":", ":-", "–", "-")) and len(text) < 400 and _tells_of_interest(text)


def kind_of(said: str) -> InterestKind | None:
    """The sort of interest, the graver where two are said ("personal and prejudicial"); `None` for none of them."""
    return next((kind for kind, form in _KIND_FORMS if form.search(said)), None)


def matters(said: str) -> tuple[str, ...]:
    """The numbers of the items that are named, as printed."""
    named = [number for found in _MATTER.finditer(said) for number in _ONE_NUMBER.findall(found["numbers"])]
    return tuple(dict.fromkeys(named or _MINUTE.findall(said)))


def _said(paragraph: Paragraph, tables: _Tables, *, own: bool) -> Iterator[_Said]:
    text = paragraph.text[:_LONGEST]
    if paragraph.text in tables:
        yield from _in_table(tables[paragraph.text], own=own)
        return
    sentences = list(_in_sentences(text, own=own))
    yield from sentences
    if own and not sentences:
        yield from _in_list(text)


def _in_sentences(text: str, *, own: bool) -> Iterator[_Said]:
    """Declarations told in words; each reaches to the next one."""
    if not (own or _tells_of_interest(text)):
        return
    subjects = Subjects(text)
    found = sorted(_declaring(subjects, own=own))
    for at, (start, verb, names) in enumerate(found):
        end = found[at + 1][0] if at + 1 < len(found) else len(text)
        before = text[_sentence_start(text, start, found[at - 1][1] if at else 0):start]
        others = _others_within(subjects, names, verb, end)
        said = text[verb:others[0].start if others else end]
        lead = before if not matters(said) and at == 0 else ""
        for name in names:
            yield name, f"{lead} {said}"
        for other, its_end in zip(others, [*(each.start for each in others[1:]), end], strict=False):
            if _LIKEWISE.match(text, other.end):
                yield other.name, f"{_MATTER.sub('', said)} {text[other.end:its_end]}"


def _others_within(subjects: Subjects, names: Sequence[str], start: int, end: int) -> list[Printed]:
    """Who else begins a sentence or a part of one within the words of a declaration: what follows is of them."""
    surnames = {name.rsplit(" ", 1)[-1] for name in names}
    return [
        each for each in subjects.named
        if start <= each.start < end and each.name.rsplit(" ", 1)[-1] not in surnames
        and (_PART_BEGINS.search(subjects.text, max(start, each.start - _NEAR), each.start)
             or _LIKEWISE.match(subjects.text, each.end))
    ]


def _sentence_start(text: str, at: int, after: int) -> int:
    return max((stop.end() for stop in _SENTENCE.finditer(text, after, at)), default=after)


def _declaring(subjects: Subjects, *, own: bool) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where a declaration begins, where its words do, and whose it is."""
    text = subjects.text
    taken: set[int] = set()
    said = -1
    for found in _DECLARED.finditer(text):
        gap = found["gap"] or ""
        if _DENIED.match(gap) or _NO_INTEREST.search(gap):
            continue
        names = subjects.before(found.start(), having=True)
        if names and not _BEFORE.search(text, names[-1].end, found.start()):
            taken.add(found.start())
            start = names[0].start if said < names[0].start else found.start()    # else it says "She also"
            said = found.start()
            yield start, said, names_of(names)
    for found in (*_DECLARED_BY.finditer(text), *_WELSH.finditer(text)):
        start = _sentence_start(text, found.start(), 0)
        names = subjects.after(found.end())
        if names and not _NONE.search(text[start:found.end()]):
            yield start, start, names_of(names)
    if not own:
        return
    for found in _DECLARED_ALONE.finditer(text):
        if found.start() not in taken and not _DECLARED.match(text, found.start()):
            names = subjects.before(found.start())
            if names:
                yield names[0].start, found.start(), names_of(names)


def _in_list(text: str) -> Iterator[_Said]:
    """ "Councillor A – item 5 – personal"; "Wilkinson - Member of a town council"."""
    named = found_names(text)
    lead = _LISTED_BY_ITEM.match(text)
    begins = lead.end() if lead else 0
    if lead and named and text[begins:named[0].start].strip(" •·-–*") == "" and not text[named[0].end:].strip(" ."):
        yield named[0].name, text[:begins]
        return
    if named and text[begins:named[0].start].strip(" •·-–*") == "":
        found = _OF_LIST.match(text, named[0].end)
        if found and not _ANSWERS_NO.match(found["said"]) and _is_said(text, named[0].end, found["said"]):
            yield named[0].name, f"{text[:begins]}{found['said']}"
        return
    bare = _BARE_LISTED.fullmatch(text)
    if bare and is_bare_name(bare["name"]) and not _ANSWERS_NO.match(bare["said"]) and not _is_office(bare["name"]):
        yield bare["name"].strip(), bare["said"]


def _is_said(text: str, at: int, said: str) -> bool:
    """Whether what follows a name is its interest: always behind a dash, behind a comma where it speaks of one."""
    marked = re.match(r"(?: ?\([^()]{1,80}\))? ?[-–—:]", text[at:at + 90])
    return bool(marked) or bool(kind_of(said) or matters(said) or _INTEREST.search(said))


def _is_office(name: str) -> bool:
    return any(word.casefold() in OFFICES or word.casefold() in ("note", "item", "action", "interest", "declarations")
               for word in name.split())


def _in_table(rows: Sequence[Sequence[str]], *, own: bool) -> Iterator[_Said]:
    """A table of names with items and interests; a name stands for the rows below it that have none."""
    head = list(rows[0]) if rows else []
    name_at = next((at for at, cell in enumerate(head) if _NAME_HEAD.search(cell)), None)
    headed = name_at is not None and any(_SAID_HEAD.search(cell) for cell in head)
    if not (headed or own):
        return
    item_at = next((at for at, cell in enumerate(head) if headed and _ITEM_HEAD.search(cell) and at != name_at), None)
    name: str | None = None
    for row in rows[1:] if headed else rows:
        cell = row[name_at or 0] if len(row) > (name_at or 0) else ""
        name = _of_cell(cell) or (name if not cell else None)
        others = [each for at, each in enumerate(row) if at != (name_at or 0) and each]
        if name is None or not others or all(map(_ANSWERS_NO.match, others)):
            continue
        number = _ONE_NUMBER.match(row[item_at]) if item_at is not None and item_at < len(row) else None
        numbered = f"item {number[0]}; " if number else ""
        yield name, numbered + "; ".join(others)


def _of_cell(cell: str) -> str | None:
    named = found_names(cell)
    if named:
        return named[0].name
    return cell.strip() if is_bare_name(cell) and not _is_office(cell) else None
