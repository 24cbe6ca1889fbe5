"""Who sent apologies, and who came in somebody's place, by sentences: "Mr Ash had sent his apologies"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from archive.model import Attendance, AttendanceStatus
from crawler.blocks import Block, BlockKind
from crawler.minutes.attendance import listed_in
from crawler.minutes.names import compatible, found_names, names, parts
from crawler.printed.rollcall import is_names

_APOLOGIES, _SUBSTITUTE = AttendanceStatus.APOLOGIES, AttendanceStatus.SUBSTITUTE
_ATTENDED = AttendanceStatus.IN_ATTENDANCE
_THERE_TOO = (AttendanceStatus.PRESENT, _ATTENDED)
_ITEM = re.compile(r"\b(?:apolog(?:y|ies)|ymddiheuriadau|absences?)\b", re.IGNORECASE)
_SENTENCE = re.compile(
    r"(?<=[^\W\d_A-Z][^\W\d_A-Z]|.\))(?<!\bCllr)(?<!\bCllrs)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)\. (?=[A-Z])"
)
_LATE = re.compile(r"\b(?:late(?:ness)?|leaving early)\b", re.IGNORECASE)
_NOTED_LATE = re.compile(   # "Cllr Ash (late)": of one on a list
    r"(?:\A|(?<=[,;:] )|(?<= and )|(?<= from )|(?<= [&–-] )|(?<=cllrs )|(?<=councillors ))"
    r"(?:(?! and | from |\b(?:cllrs|councillors) )[^,;:()]){2,60}"
    rf"\([^()]{{0,80}}?{_LATE.pattern}[^()]{{0,80}}\)(?:, )?", re.IGNORECASE,
)
_TITLED = re.compile(r"(?:for (?:absence|lateness)|am absenoldeb)?\s*[:/–-]\s*(?P<names>.+)", re.IGNORECASE)
_FROM = re.compile(   # "apologies had been received from", "apologies of", "apologies: "
    r"\b(?:apolog(?:y|ies)\b[^.:;]{0,100}?"
    r"(?:\b(?:from|on behalf of|by(?= (?:Cllr|Councillor|Mr|Ms|Dr|Ald))|of(?! absence))\b:?|:)"
    r"|ymddiheuriad(?:au)?\b[^.:;]{0,60}?(?:\b(?:gan|oddi wrth|ar ran)\b:?|:))\s*", re.IGNORECASE,
)
_HAD_SENT = re.compile(
    r"\b(?:(?:had |has |have )?(?:also )?(?:sent|given|gave|tendered|submitted|offered|sends?|gives?)\b[^.;]{0,40}?"
    r"\bapolog(?:y|ies)|apologised for (?:his|her|their|being) (?:absence|unable|absent)"
    r"|(?:was|were) (?:absent|unable to attend|not able to attend)|(?:could|did) not attend)\b", re.IGNORECASE,
)
_THERE = re.compile(r"\b(?:attending|in attendance|attended|(?:was|were) present|joined|left|arrived)\b", re.IGNORECASE)
_GOES_ON = re.compile(   # after the names: what is said of them
    r",? (?:who|whose|which|but|as|because|owing|due|were|was|had|have|has|would|in whose"
    r"|and (?:it|that|the|this|these|all|no))\b|,? that (?!the\b)"
    r"|,? (?:be|is|are|being) (?:accepted|approved|received|noted|recorded|sustained)\b"
    r"|,? with (?=[^.;]{0,100}\b(?:substitut|deputis|attending|in (?:his|her|their) (?:place|stead)))"
    r"|;(?=[^;]{0,100}\b(?:attend|present\b|substitut|deputis|represent|replac|in (?:the |his |her |their )?place\b))",
    re.IGNORECASE,
)
_DECIDED = re.compile(r"\s*(?:resolved|agreed|noted|approved|it was|penderfynwyd|cytunwyd)\b", re.IGNORECASE)
_FOR = re.compile(
    r"\b(?:substitut(?:e|ed|es|ing)|deputis(?:ed|es|ing)|stood in|standing in)\b[^.;]{0,60}?\bfor\b"
    r"|\b(?:attend\w*|present|sat|sitting|came|there)\b[^.;]{0,40}?\b(?:in (?:the )?(?:place|stead) of|instead of)\b",
    re.IGNORECASE,
)
_INSTEAD_OF = re.compile(
    r"\b(?:for|dros|instead of|place of|stead of|behalf of) (?!(?:him|her|them|his|their)\b)", re.IGNORECASE
)
_BY = re.compile(r"\b(?:substituted|replaced|represented) by\b", re.IGNORECASE)
_DOES = re.compile(   # "with Councillor Ash substituting", "Councillor Ash attended as his substitute"
    r"\b(?:(?:substituting|deputising|substituted|deputised)"
    r"(?=[ ,]*(?:[.;)]|\Z|(?:for|on|in) (?:him|her|them|his|their)\b))"
    r"|(?:attend\w*|attendance|present|acting|acted|sat|sitting)\b[^.;]{0,40}?"
    r"\bas (?:an? |the |his |her |their )?(?:named )?substitute\b)", re.IGNORECASE,
)
_NOTE = re.compile(r" ?\(([^()]{1,200})\)")
_IN_PLACE = re.compile(   # in brackets after a name: somebody came instead
    r"\b(?:substitut\w*|deputis\w*|replaced|represented|reserve|in (?:his|her|their) (?:place|stead)"
    r"|on (?:his|her|their) behalf|dirprwyo|eilydd)\b", re.IGNORECASE,
)
_LONGEST = 2_000   # characters of a paragraph that is looked at


def with_sentences(
    listed: Sequence[Attendance], items: Iterable[tuple[str, Sequence[Block]]], rest: Iterable[Block]
) -> tuple[Attendance, ...]:
    """`listed`, and whoever sentences say sent apologies or stood in for somebody.

    Of `items`, titles with their blocks, those about apologies are read; of `rest`, what stands among the lists, only
    who stood in. Who stood in is added where nobody is listed as there.
    """
    own = ((*_named_in(title[said.end():]), *blocks) for title, blocks in items if (said := _ITEM.search(title)))
    about = [block for blocks in own for block in blocks if block.kind is not BlockKind.TABLE]
    known = {_same(line.name): line for line in listed}
    titles = {line.name.partition(" ")[0] for line in listed}
    new: dict[object, Attendance] = {}
    excused = [parts(line.name) for line in listed if line.status is _APOLOGIES]
    for line in (line for block in about for line in _excused(block)):
        again = any(compatible(parts(line.name), each) for each in excused)   # there with his forename
        if (listed_as := known.get(_same(line.name))) and listed_as.status is AttendanceStatus.ABSENT:
            known[_same(line.name)] = replace(listed_as, status=_APOLOGIES)   # who was not there, and said so
        if listed_as is None and not again:
            kept = new.setdefault(_same(line.name), line)
            if kept.name.partition(" ")[0] not in titles and line.name.partition(" ")[0] in titles:
                new[_same(line.name)] = line   # in two languages: as the lists have it
    substitutes = {_same(name): name for block in (*rest, *about) for name in _substitutes(block)}
    stood_in = substitutes.keys()
    everybody = [*(known[_same(line.name)] if line.status is AttendanceStatus.ABSENT else line for line in listed),
                 *new.values()]  # fmt: skip
    if not any(line.status in (*_THERE_TOO, _SUBSTITUTE) for line in listed):
        everybody += [Attendance(name, None, _SUBSTITUTE) for key, name in substitutes.items()
                      if key not in known and key not in new]
    return tuple(
        replace(line, status=_SUBSTITUTE)
        if (key := _same(line.name)) in stood_in and (line.status in _THERE_TOO or key in new) else line
        for line in everybody
    )


def _named_in(after: str) -> Iterator[Block]:
    """The names that an item's title says itself after the word: "Apologies – Cllr Ash, Cllr Bold"."""
    said = _TITLED.fullmatch(after.strip())
    if said and is_names(said["names"]) and any(names(said["names"])):
        yield Block(said["names"])


def _same(name: str) -> tuple[object, ...]:
    """What two forms of one printed name have in common, its titles apart; a mere surname is told by them."""
    said = parts(name)
    return (said.forenames, said.surname) if said.forenames else (said.titles, said.surname)


def _sentences(block: Block) -> list[str]:
    return _SENTENCE.split(block.text[:_LONGEST])


def _excused(block: Block) -> Iterator[Attendance]:
    """Those who are excused by a paragraph of an item about apologies."""
    for each in map(_without_substitutes, _sentences(block)):
        sentence = _NOTED_LATE.sub("", each)
        found = _FROM.search(sentence)
        sent = _HAD_SENT.search(sentence)
        if _LATE.search(sentence):
            continue
        if found:
            yield from _of(_cut(sentence[found.end() :]))
        elif sent and not _THERE.search(sentence):
            yield from _of(sentence[: sent.start()], titled=True)
        elif is_names(sentence) and not _THERE.search(sentence) and not _DECIDED.match(sentence):
            yield from _of(sentence)


def _cut(text: str) -> str:
    ends = _GOES_ON.search(re.sub(r"\([^()]{0,200}\)", lambda note: "_" * len(note[0]), text))
    return text[: ends.start()] if ends else text


def _of(text: str, titled: bool = False) -> Iterator[Attendance]:
    for entry in listed_in(re.sub(r"\b(and|a) (?:also )?(?:from|gan) ", r"\1 ", text), _APOLOGIES):
        if entry.status is not _ATTENDED and (not titled or any(names(entry.name))):
            yield Attendance(entry.name, entry.role, entry.status)


def _came_instead(note: str) -> list[str]:
    """Whom a note in brackets after a name says to have come in that one's place: "(Councillor Ash substituting)"."""
    return list(names(note)) if _IN_PLACE.search(note) and not _INSTEAD_OF.search(note) else []


def _without_substitutes(sentence: str) -> str:
    """`sentence` without the notes that say who came in somebody's place: whom they follow is excused himself."""
    return _NOTE.sub(lambda note: "" if _came_instead(note[1]) else note[0], sentence)


def _substitutes(block: Block) -> Iterator[str]:
    """Who stood in for somebody, by a sentence that names both, or says it of the last one that it names."""
    for whole in _sentences(block):
        yield from (name for note in _NOTE.findall(whole) for name in _came_instead(note)[:1])
        sentence = _without_substitutes(whole)
        said = found_names(sentence)
        if found := _FOR.search(sentence):
            before = [each.name for each in said if each.end <= found.start()]
            if before and any(each.start >= found.end() for each in said):
                yield before[-1]
        elif found := _BY.search(sentence):
            after = [each.name for each in said if each.start >= found.end()]
            if after and any(each.end <= found.start() for each in said):
                yield after[0]
        elif found := _DOES.search(sentence):
            yield from [each.name for each in said if each.end <= found.start()][-1:]
