"""One line of a list of who was there, as the people on it: names, offices before and after them, notes in brackets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from archive.model import AttendanceStatus
from crawler.minutes.names import SINGULAR, found_names, names, with_title, without_article
from crawler.minutes.pieces import EDGES, Atom, clauses, initialled, is_unmarked, without_notes
from crawler.minutes.rollwords import KINDS, PARTS, has_group, has_part, has_subject, is_beside, part_of, role
from crawler.minutes.vocabulary import CIVIL_TITLES, COUNCIL_TITLES, HONOURS, SURNAMES, TITLES

_PRESENT, _IN_ATTENDANCE = AttendanceStatus.PRESENT, AttendanceStatus.IN_ATTENDANCE
_SUBSTITUTE = AttendanceStatus.SUBSTITUTE
_LONGEST = 20_000   # characters of a line that is taken apart
_NOBODY = re.compile(r"(?:There|None|No|Nil|N/A|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|[0-9]+)\b")
_RANK = re.compile(
    r"(?:(?:Assistant|Deputy|Chief|Detective|Temporary|Acting|Police|Community|Support) )*"
    r"(?:Constable|Inspector|Superintendent|Sergeant|Sgt\.?|PC|PCSO|Commander|Officer(?= PC))(?: [0-9]{1,5})? (?=[A-Z])"
)
_IN_THE_CHAIR = re.compile(r"[ ,]{0,3}\b(?:(in the chair|presiding|yn y gadair)|presided)\b\W*\Z", re.IGNORECASE)
_PROSE = re.compile(r" (?:were|was|had|have|has|who|attended|sent|submitted|gave|joined|left)\b.*\Z")
_PLAIN_PROSE = re.compile(r"\W*(?:were|was)(?: also)? (?:present|in attendance|in the [Cc]hair)\W*")
STANDS_IN = re.compile(
    r"\b(?:substitut(?:e|es|ed|ing)|sub|deputising|in (?:the )?place of|on behalf of|reserve|dirprwyo|eilydd)\b",
    re.IGNORECASE,
)
_STOOD_IN_FOR_BY = re.compile(
    r"\b(?:substitute|sub\.?|substituted|represented|replaced|eilydd)\s*(?::|–|-|by\b)", re.IGNORECASE
)
_IN_PLACE = re.compile(
    r"[ ,]*\b(?:(?:as )?(?:a )?(?:substitut\w+|deputising|reserve)(?: member)?"
    r"|in (?:the )?place|on behalf)\b(?: (?:for|of)\b.*)?\Z"
    r"|\s(?:for|dros)\s.*\Z", re.IGNORECASE,
)
_NOBLE = SURNAMES & TITLES - {"Provost"}   # surnames where they stand alone: "Dix, Earl and Ford"
_FOR = re.compile(r"(?:for|dros|vice) (?!items?\b|part\b)", re.IGNORECASE)
_RANKED = re.compile(r"(?:(?:Assistant|Deputy|Chief|Detective|Temporary|Acting|Police) ?)+")
_INNER_TITLE = re.compile(r"(?<=[^\W\d_A-Z]) (?=(?:Mrs?|Ms|Miss|Mx|Dr|Cllr|Councillor|Alderman)\b\.? )")
_STAFF = re.compile(r"\b(?:clerk|officer|manager)\b", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-Z]{2,6} (?=[A-Z][a-z])")
_DASH = re.compile(r"\s*[–—:]\s*|\s+-\s*|\s*-\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the roll, the name as printed."""

    name: str
    role: str | None
    status: AttendanceStatus


@dataclass(frozen=True, slots=True)
class Read:
    """What a line says: `unsaid` is what of it is none of this, `title` the plural title that its list still has."""

    entries: tuple[Entry, ...]
    unsaid: str = ""
    title: str | None = None


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody on a line; `given` is the title of the list."""

    name: str
    role: str | None = None
    status: AttendanceStatus | None = None
    given: str | None = None
    leads: bool = False   # the office stood before the name


@dataclass(slots=True)
class _Clause:
    """What is known while a clause is read from its beginning; `offices` wait for the name that they stand before."""

    status: AttendanceStatus
    title: str | None
    people: list[_Person] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)


def read_line(text: str, status: AttendanceStatus, title: str | None = None) -> Read:
    """The people that `text`, a line of the list of `status` without its head, names; each bare name has `title`."""
    if _NOBODY.match(text) and not any(names(without_notes(text))):
        return Read((), text, title)
    entries: list[Entry] = []
    unsaid: list[str] = [text[_LONGEST:]]
    for pieces in clauses(text[:_LONGEST]):
        clause = _Clause(status, title)
        for atom in pieces:
            _take(clause, atom)
        entries.extend(_closed(clause))
        unsaid.extend(clause.unsaid)
        title = clause.title
    return Read(tuple(entries), " ".join(filter(None, unsaid)), title)


def _take(clause: _Clause, atom: Atom) -> None:
    """One piece more of a clause."""
    text = without_article(atom.text)
    first, _, rest = text.partition(" ")
    kind = ""
    if first in KINDS and rest.partition(" ")[0].rstrip(".:") in SINGULAR:   # "County Councillors A Able, B Bold"
        kind = f"{first} "
        first, _, rest = rest.partition(" ")
    if (plural := SINGULAR.get(first.rstrip(".:"))) is not None:
        clause.title = kind + plural
        atom = replace(atom, text=rest, last=False)   # "and Councillors A Able, B Bold": its list begins here
    else:
        atom = replace(atom, text=text)
    if not atom.text.strip(EDGES):
        _note_alone(clause, atom)
    elif not _bracketed(clause, atom):
        _plain(clause, atom)


def _note_alone(clause: _Clause, atom: Atom) -> None:
    """Brackets without a text before them: the holder of the office before them, or the part of the one before."""
    for note in atom.notes:
        holder = _holder(note)
        if holder and clause.offices:
            _held(clause, holder, "")
        elif clause.people and not clause.people[-1].role:
            clause.people[-1] = _noted(clause.people[-1], (note,), clause)
        else:
            clause.unsaid.append(note)


def _holder(note: str) -> str | None:
    """The one person that a bracket names, and no more: "Chief Executive (Mr P Dowling)"."""
    titled = list(names(note))
    if len(titled) == 1 and len(note) - len(titled[0]) < 4 and not STANDS_IN.search(note):
        return titled[0]
    bare = note.strip(EDGES)
    found = next(iter(initialled(bare)), None)
    return bare if found and found[0] == bare and not titled and not has_part(note) else None


def _held(clause: _Clause, holder: str, office: str) -> None:
    said = ", ".join(filter(None, (*clause.offices, office)))
    clause.offices.clear()
    clause.people.append(_Person(holder, role(said) or None, leads=True))


def _bracketed(clause: _Clause, atom: Atom) -> bool:
    """An office with its holder in brackets after it, if `atom` is one."""
    text = _IN_THE_CHAIR.sub("", atom.text)
    holder = next((found for note in atom.notes if (found := _holder(note))), None)
    if holder is None or any(names(text)) or (is_unmarked(text.strip(EDGES)) and not clause.offices):
        return False
    _held(clause, holder, text.strip(EDGES))
    return True


def _plain(clause: _Clause, atom: Atom) -> None:
    text, status = _without_prose(clause, atom.text), None
    if any(names(text)) and (found := _IN_PLACE.search(text)) and _may_stand_in(found[0], clause.status):
        text, status = text[: found.start()], _SUBSTITUTE
    chair = _IN_THE_CHAIR.search(text)
    found_people = list(_people(clause, text[: chair.start()] if chair else text))
    if not found_people:
        _office(clause, text, atom)
        return
    for person in found_people:
        _add(clause, replace(person, status=status))
        if atom.last:
            clause.title = None
    if chair and not clause.people[-1].role:
        clause.people[-1] = replace(clause.people[-1], role=chair[1])
    clause.people[-1] = _noted(clause.people[-1], atom.notes, clause)


def _may_stand_in(said: str, status: AttendanceStatus) -> bool:
    return bool(STANDS_IN.search(said)) or (status is _SUBSTITUTE and any(names(said)))


def _without_prose(clause: _Clause, text: str) -> str:
    prose = _PROSE.search(text)
    if prose is None:
        return text
    if not _PLAIN_PROSE.fullmatch(prose[0]):
        clause.unsaid.append(prose[0])
    return text[: prose.start()]


def _add(clause: _Clause, person: _Person) -> None:
    """A person more; the offices that waited are the person's."""
    if clause.offices and not person.role:
        person = replace(person, role=role(", ".join(clause.offices)), leads=True)
        clause.offices.clear()
    bare = person.name in _NOBLE or person.name.split(" ")[0].rstrip(".") not in TITLES - CIVIL_TITLES
    clause.people.append(replace(person, given=clause.title if bare else None))


def _noted(person: _Person, notes: Sequence[str], clause: _Clause) -> _Person:
    """`person` with what the brackets after the name say; who is named there as standing in comes after."""
    for note in notes:
        if _STOOD_IN_FOR_BY.search(note):
            clause.people.append(person)
            clause.people.extend(_Person(each, None, _SUBSTITUTE) for each in names(note))
            return clause.people.pop()
        if _stands_in(note):
            person = replace(person, status=_SUBSTITUTE)
        elif person.role is None:
            person = replace(person, role=part_of(note, clause.status))
    return person


def _stands_in(note: str) -> bool:
    """Whether a bracket says for whom somebody stood in."""
    named = bool(_FOR.match(note)) and any(names(note))
    return named or (bool(STANDS_IN.search(note)) and not has_part(STANDS_IN.sub("", note)))


def _office(clause: _Clause, text: str, atom: Atom) -> None:
    """A piece that names nobody: honours, or the office of whoever stands before or after it."""
    said = text.strip(EDGES)
    last = clause.people[-1] if clause.people else None
    if last and said in HONOURS:
        clause.people[-1] = replace(last, name=f"{last.name}, {said}")
    elif last and not last.role and not clause.offices and _may_be_role(said):
        clause.people[-1] = replace(last, role=role(" ".join((said, *(f"({note})" for note in atom.notes)))))
    elif last and last.role and not last.leads and has_subject(said) and not has_part(said):
        clause.people[-1] = replace(last, role=f"{last.role}, {said}")
    elif is_beside(said):
        clause.offices.append(said)
        clause.unsaid.extend(note for note in atom.notes if part_of(note, clause.status))
    else:
        clause.unsaid.extend((said, *atom.notes))


def _may_be_role(said: str) -> bool:
    return len(said) < 80 and not _NOBODY.match(said) and (said[:1].isupper() or is_beside(said))


def _people(clause: _Clause, text: str) -> Iterator[_Person]:
    """Those whom a piece names, with the offices beside them: "Clerk J Connelly EDC – A Armstrong" is two."""
    spans = _spans(text)
    if not spans:
        last = clause.people[-1] if clause.people else None
        yield from _bare(text, awaited=last is not None and last.role is None and not last.leads)
        return
    ends = [start for start, _ in spans[1:]] + [len(text)]
    office, before = _first_office(clause, text[: spans[0][0]])
    for (start, end), until in zip(spans, ends, strict=True):
        name, between = before + _as_printed(text[start:end]), text[end:until].strip()
        person = _Person(name, role(office) or None, leads=bool(office))
        office, before = "", ""
        loose = between.strip(EDGES)
        if until < len(text):
            office, before = _known_office(clause, *_before(between))
            yield person
        elif loose and len(loose.split()) > 1 and is_unmarked(loose) and not _DASH.match(text[end:until]):
            yield person
            yield _Person(loose)
        elif loose and (is_beside(loose) or _DASH.match(text[end:until])):
            yield replace(person, role=person.role or part_of(loose, clause.status))
        else:
            clause.unsaid.extend(filter(None, (loose,)))
            yield person


def _first_office(clause: _Clause, text: str) -> tuple[str, str]:
    """What stands before the first name of a piece. After one without office it may be that one's.

    "A Able, Chairman Councillor B Bold" are two lines that became one; "A Able, Clerk Mrs B Bold" are two people.
    """
    office, before = _before(text)
    last = clause.people[-1] if clause.people else None
    if last and office and not last.role and not clause.offices:
        own = _ACRONYM.match(office)
        theirs = own[0] if own else "" if _STAFF.search(office) or not has_part(office) else office
        clause.people[-1] = replace(last, role=theirs.strip() or None)
        office = office[len(theirs) :]
    return _known_office(clause, office, before)


def _known_office(clause: _Clause, office: str, before: str) -> tuple[str, str]:
    if office and not is_beside(office):
        clause.unsaid.append(office)
        office = ""
    return office.strip(), before


def _before(text: str) -> tuple[str, str]:
    """What stands before a name: an office, or the first words of the title ("Borough" of a Councillor)."""
    said = text.strip(EDGES)
    title = said.removeprefix("The ").removeprefix("the ")
    if title in TITLES:
        return "", f"{title}. " if text.rstrip().endswith(".") else f"{title} "   # "The Hon. F Fell"
    if said in KINDS or _RANKED.fullmatch(said):
        return "", f"{said} "
    return ("", "") if said.casefold() in ("", "the", "y", "yr") or said.split(" ")[-1] in KINDS else (said, "")


def _spans(text: str) -> list[tuple[int, int]]:
    """Where names with titles, ranks or initials stand in `text`."""
    named = (piece for each in found_names(text) for piece in _at_titles(text, each.start, each.end))
    spans = [_trimmed(text, start, end) for start, end in named]
    if not spans and (rank := _RANK.match(text)) and is_unmarked(text[rank.end() :].strip(EDGES)):
        return [(0, len(text.rstrip(EDGES)))]
    for found in initialled(text):
        if all(found.end() <= start or found.start() >= end for start, end in spans):
            spans.append((found.start(), found.end()))
    return sorted(spans)


def _at_titles(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A name, or several where only a gap on paper parts them: "Cllr Ada Fell Ms Bo Lind"."""
    for found in _INNER_TITLE.finditer(text, start, end):
        if text[start : found.start()].rpartition(" ")[2].rstrip(".") not in TITLES:
            yield start, found.start()
            start = found.end()
    yield start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A titled name without what only a gap on paper parts from it: "Mrs J Todd Eden District"."""
    found = next((each for each in initialled(text[start:end])), None)
    words = text[start + found.end() : end].split() if found else []
    cut = found and len(words) > 1 and words[-1] in KINDS
    return (start, start + found.end()) if found and cut else (start, end)


def _as_printed(text: str) -> str:
    """A name with its title as this archive writes it."""
    first = text.partition(" ")[0].rstrip(".")
    return next(names(text), text.strip(EDGES)) if first in TITLES else text.strip(EDGES)


def _bare(text: str, *, awaited: bool) -> Iterator[_Person]:
    """Somebody without title and initials: "Olive Reed – Town Clerk", "Anna Feld Service Manager".

    Where an office is `awaited`, after a name and a comma, "Better Care Fund Manager" is one.
    """
    said = text.strip(EDGES)
    sides = [side.strip(EDGES) for side in _DASH.split(said, maxsplit=1)]
    if len(sides) == 2 and all(sides) and any(map(is_unmarked, sides)):
        name, office = sides if is_unmarked(sides[0]) else sides[::-1]
        yield _Person(name, role(office), leads=name == sides[1])
    elif is_unmarked(said) or said in _NOBLE:
        yield _Person(said)
    elif not awaited and (parted := _parted_office(said.split(" "))):
        yield parted


def _parted_office(said: Sequence[str]) -> _Person | None:
    """A name before or after an office, with no mark between them."""
    known = [at for at, word in enumerate(said) if is_beside(word) or word in KINDS]
    if not known:
        return None
    first, last = known[0], known[-1]
    first -= said[first] in KINDS and first > 2
    name, office = " ".join(said[:first]), " ".join(said[first:])
    if 1 < first < 4 and is_unmarked(name) and said[first][0].isupper():
        return _Person(name, office)
    name, office = " ".join(said[last + 1 :]), " ".join(said[: last + 1])
    clerk = said[last].casefold().strip(":") in PARTS and has_part(office)
    if clerk and is_unmarked(name) and (len(said) - last > 2 or said[last].strip(":") == "Clerk"):
        return _Person(name, office.strip(EDGES), leads=True)
    return None


def _closed(clause: _Clause) -> Iterator[Entry]:
    """The entries of a clause that has ended."""
    for person in clause.people:
        yield Entry(_named(person), person.role, _status(person, clause.status))
    if not clause.people and clause.status is _IN_ATTENDANCE and all(map(has_part, clause.offices)):
        yield from (Entry(role(office), None, clause.status) for office in clause.offices)
    else:
        clause.unsaid.extend(clause.offices)


def _named(person: _Person) -> str:
    """The name with the title of its list, unless it is an officer who stands at the list's end."""
    first = person.name.split(" ")[0].rstrip(".")
    staff = bool(_STAFF.search(person.role or ""))
    if person.given is None or staff or first in COUNCIL_TITLES or has_group(person.role or ""):
        return person.name
    return with_title(person.name, person.given)


def _status(person: _Person, status: AttendanceStatus) -> AttendanceStatus:
    if person.status is not None:
        return person.status
    clerk = person.leads and person.role is not None and re.search(r"\bclerk\b", person.role.lower())
    return _IN_ATTENDANCE if clerk and status is _PRESENT else status
