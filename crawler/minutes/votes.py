"""Votes by side as minutes print them: "For (57)" with names below, "Voting for: A and B", tables."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from archive.model import Vote, VoteNames
from crawler.minutes.counting import AGAINST, FOR, SIDES, Side, is_division, number, side_of, states_count
from crawler.minutes.names import find_names, names
from crawler.minutes.stems import holds
from crawler.minutes.vocabulary import PARTICLES, words

_OBJECT = (
    r"(?: (?:of )?(?:the )?(?:substantive |original |amended )?"
    r"(?:motion|(?P<amendment>amendment)|proposal|recommendations?|resolution|cynnig))?"
)
_VOTERS = (
    r"(?:(?:the )?(?:following|those) )?(?:members? |councillors? )?(?:who |there )?"
    r"(?:(?:voting|votes?|voted|number)(?: cast| recorded)? )?"
)
_SIDE = re.compile(
    rf"{_VOTERS}{SIDES}(?: from voting)?{_OBJECT}(?: \(no vote cast\))?(?: w(?:ere|as))?"
    r"(?: ?[-–:]? ?\(?(?P<number>[0-9]{1,3}|nil|none)(?: votes?)?\)?)?"
    r"(?P<mark> ?[:–-]+| ?\.?\Z|(?<=\))|(?<=were)(?= )|(?<=was)(?= )|(?<=[0-9])(?= \())(?P<rest>.*)\Z",
    re.IGNORECASE,
)
_HEAD = re.compile(
    rf"(?:\A|(?<=[\s.,;(:])){_VOTERS}{SIDES}(?: from voting)?{_OBJECT}(?: w(?:ere|as))?"
    r"(?: ?[-–:]? ?\((?P<number>[0-9]{1,3}|nil|none)(?: votes?)?\) ?[-–:]?| ?[:–-])",
    re.IGNORECASE,
)
_STEMS = (    # of each side
    ("for", "in favo", "aye", "o blaid"), ("against", "noes", "nays", "yn erbyn"), ("abst", "ymatal"),
)  # fmt: skip
_ANNOUNCED = re.compile(
    r"|(?:[^.:]{0,200}\. )?[^.:]{0,150}\b(?:vot(?:e|ed|es|ing)|division|names|roll)\b[^.:]{0,80}[.:] ?|"
    r"\W*(?:recorded )?(?:vote|voting)\W*",
    re.IGNORECASE,
)
_BALLOT = re.compile(
    r"[^:]{0,150}\b(?:ballot|votes?|voting)\b[^:]{0,80}: ?"
    r"(?:[A-Z][^,;:0-9]{2,60}?[ (–-]{1,3}[0-9]{1,3}(?: votes?)?\)?(?:[,;] (?:and )?| and |\.?\Z)){2,}\Z"
)
_OTHERS = re.compile(
    r"\b(?:absent|not (?:present|voting)|did not vote|no vote|(?:declared )?interests?|conflicts? of interest|"
    r"apologies)[^:.;]{0,40}?(?: ?[:–-]| ?\([0-9])",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"[(–-] ?(?:total ?[:=-]? ?)?([0-9]{1,3})\)?\.?\Z", re.IGNORECASE)
_LEADING = re.compile(r"(?P<number>[0-9]{1,3})(?: votes?)? ?(?:[:–-] ?|\()(?P<names>[^()0-9]{2,})\)?\Z")
_BRACKETED = re.compile(r"\A\(([^()]*)\)\Z")
_DIVISION = re.compile(
    r"(?:for (?:the )?)?(?:(?P<amendment>amendment)|motion)(?: by [^():]{3,80}?)?"
    r"(?:(?: ?[:–-] ?| ?\()(?P<number>[0-9]{1,3})(?: votes?| members?)?\)?)?\W*\Z",
    re.IGNORECASE,
)
_DIVISION_NAMED = re.compile(
    r"(?:(?P<amendment>amendment)|motion)(?: by [^():]{3,80}?)? ?\((?P<number>[0-9]{1,3})\) ?[:–-]* ?(?P<rest>\S.*)\Z",
    re.IGNORECASE,
)
_VOTED = re.compile(
    rf"\b(?:(?:voted|voting) (?:{FOR}|{AGAINST})|abstain(?:ed|ing)|(?:against|in favour)(?=[.,;)]|\Z)|"
    r"(?:his|her|their) (?:dissent|opposition|abstentions?|"
    r"(?:votes?|names?)(?: (?:to|be|recorded|as|having|voted|voting)){0,6} (?:in favour|for|against)))\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?:[,;(]| with| and|\A) ?(?P<who>(?:Councillors?|Cllrs?|Aldermen|Alderman|Mrs?|Ms|Miss|Dr)\b[^.;:()]{2,200}?) "
    r"(?:asking|requesting|asked|requested|wishing)(?: that| for)? (?:his|her|their) "
    r"(?:(?:votes?|names?) )?(?P<how>against|for|in favour|abstentions?|dissent|opposition)"
    r"(?: (?:the motion|it|the proposal))? (?:to )?be (?:recorded|minuted)\b"
)
_AROUND_VOTERS = words(
    "and with the councillor councillors cllr cllrs member members who requested asked wished that it be recorded for "
    "he she they to have following all both while but whilst having in this motion vote on a note votes voting "
    "accordance recommendation recommendations proposal from was were"
)
# An office in a list of names, whose holder is not named after it: "the Mayor (Councillor Oak)" is one person.
_AN_OFFICE = re.compile(
    r"(?:(?<=, )|(?<=\band )|\A)[Tt]he (?:Deputy |Depute |Vice[- ])?(?:Lord )?"
    r"(?:Chair(?:man|woman|person)?|Convener|Convenor|Mayor|Provost)(?=, (?:\w+s |[A-Z]\w+s\b|and )| and |[,.;)]?\Z)"
)
_UNDER_A_RULE = re.compile(r"\W*(?:in accordance with|under|pursuant to|in terms of) [^,;:]{3,100}, ", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;] [A-Z]")
_WORD = re.compile(r"[^\W\d_]+")
_MOST_VERBS = 20   # sides that one sentence may name
_LONGEST = 4000   # characters of a paragraph that states a vote: all names of a large council
_MARK = re.compile(r"(?:[xX✓✔√✗✘*•●]|[yY](?:es)?|1)\Z")
_TOTAL_WORD = r"(?:(?:totals?|cyfanswm)(?: (?:number )?(?:of )?(?:votes?|members|councillors))?)"
_TOTAL = re.compile(rf"\W*{_TOTAL_WORD}?\W*\Z", re.IGNORECASE)
_SUMMED = re.compile(
    rf"\W*(?P<word>{_TOTAL_WORD})?\W*(?P<number>[0-9]{{1,3}})(?: votes?| members| councillors)?\W*\Z", re.IGNORECASE
)


@dataclass(slots=True)
class Tally:
    """A vote under way: counts and names per side, as far as printed."""

    counts: dict[Side, int] = field(default_factory=dict)
    names: dict[Side, list[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.counts or any(self.names.values()))

    def add(self, side: Side, count: int | None, listed: Iterable[str] = ()) -> None:
        """Add what one line says of one side."""
        if count is not None:
            self.counts[side] = count
        self.names.setdefault(side, []).extend(listed)

    def join(self, other: "Tally") -> None:
        """Add what another one counts and names."""
        self.counts.update(other.counts)
        for side, listed in other.names.items():
            self.names.setdefault(side, []).extend(listed)

    def turned(self) -> "Tally":
        """This vote with its two sides exchanged."""
        other: dict[Side, Side] = {"for": "against", "against": "for"}
        return Tally(
            {other.get(side, side): count for side, count in self.counts.items()},
            {other.get(side, side): listed for side, listed in self.names.items()},
        )

    def built(self) -> Vote | None:
        """The finished vote; `None` when nothing was said."""
        if not self:
            return None
        listed = {side: tuple(dict.fromkeys(found)) for side, found in self.names.items()}
        return Vote(
            self.counts.get("for"),
            self.counts.get("against"),
            self.counts.get("abstain"),
            VoteNames(listed.get("for", ()), listed.get("against", ()), listed.get("abstain", ())),
        )


@dataclass(frozen=True, slots=True)
class SideLine:
    """A line that opens one side of a vote: its count, and the names that stand on the same line."""

    side: Side
    count: int | None
    rest: str
    amendment: bool = False   # for or against an amendment, by its own words


def side_line(text: str) -> SideLine | None:
    """What `text` says when it opens one side of a vote: "For (57)", "Against: Councillors A and B (2)"."""
    if len(text) > _LONGEST:
        return None
    found = _SIDE.match(text)
    if not found or states_count(found["rest"]):
        return None
    rest = found["rest"].strip()
    is_amendment = found["amendment"] is not None
    if is_nobody(rest):
        return SideLine(side_of(found), 0, "", is_amendment)
    trailing = _TRAILING.search(rest)
    count = number(found["number"]) if found["number"] else int(trailing[1]) if trailing else None
    if count is None and rest and not _name_list(rest):
        return None
    return SideLine(side_of(found), count, rest, is_amendment)


def sides_within(text: str) -> tuple[SideLine, ...]:
    """The sides of a vote that stand with their names in one paragraph: "For: A, B and C. Against: D (1)"."""
    if sum(holds(text, stems) for stems in _STEMS) < 2 and not (holds(text, ("for the am",)) and is_division(text)):
        return ()
    if others := _OTHERS.search(text):
        text = text[:others.start()]
    heads = list(_HEAD.finditer(text)) if len(text) <= _LONGEST else []
    divided = {head["amendment"] is not None for head in heads if head["for"]} == {True, False}
    several = divided or len({side_of(head) for head in heads}) > 1
    if not several or not _ANNOUNCED.fullmatch(text, 0, heads[0].start()):
        return ()
    ends = [head.start() for head in heads[1:]] + [len(text)]
    found = [_side_within(head, text[head.end():end]) for head, end in zip(heads, ends, strict=True)]
    sides = tuple(replace(side, side="against") if divided and side.amendment else side for side in found if side)
    return sides if len(sides) == len(heads) and any(side.rest for side in sides) else ()


def is_ballot(text: str) -> bool:
    """Whether `text` counts the votes for candidates: "The votes cast were: Councillor Ash 17, Councillor Bay 12."."""
    return bool(_BALLOT.match(text))


def names_others(text: str) -> bool:
    """Whether `text` opens a list of those who did not vote: "Absent: Councillor Hay"."""
    return bool(_OTHERS.match(text))


def _side_within(head: re.Match[str], said: str) -> SideLine | None:
    """One side of those in one paragraph; `None` where what follows its head is no names."""
    rest = said.strip(" .;,()–-")
    count = number(head["number"]) if head["number"] else None
    is_amendment = head["amendment"] is not None
    if not rest or is_nobody(rest):
        return SideLine(side_of(head), count or 0, "", is_amendment) if rest or count is not None else None
    if count is None and (leading := _LEADING.match(rest)):
        count, rest = int(leading["number"]), leading["names"]
    trailing = _TRAILING.search(rest)
    count = int(trailing[1]) if count is None and trailing else count
    return SideLine(side_of(head), count, rest, is_amendment) if _name_list(rest) else None


def voters(text: str) -> dict[Side, list[str]]:
    """Who voted how by a sentence that says no more: "Councillors A and B voted against and Councillor C abstained"."""
    found: dict[Side, list[str]] = {}
    at = rule.end() if (rule := _UNDER_A_RULE.match(text)) else 0
    for verb in islice(_VOTED.finditer(text[:_LONGEST]), _MOST_VERBS):
        segment = text[at:verb.start()]
        listed = list(names(segment))
        plain = segment
        for name in listed:
            plain = plain.replace(name.split(" ", 1)[-1], " ")
        around = {word.lower() for word in _WORD.findall(plain)}
        if not listed or not around <= (_AROUND_VOTERS | {"had"} if "recorded" in around else _AROUND_VOTERS):
            return {}
        found.setdefault(_side_taken(verb[0].lower()), []).extend(listed)
        at = verb.end()
    return found if not _SENTENCE.search(text, at) else {}


def asked_to_be_recorded(text: str) -> dict[Side, list[str]]:
    """Who voted how by the end of a sentence that says first what was carried: "Carried, Mr A asking that his vote
    against be recorded."."""
    asked = _ASKED.search(text) if holds(text, ("recorded", "minuted")) else None
    if asked is None:
        return {}
    return {_side_taken(asked["how"].lower()): [name.name for name in find_names(asked["who"])]}


def _side_taken(verb: str) -> Side:
    if "abst" in verb or "declin" in verb:
        return "abstain"
    return "for" if verb.endswith((" for", "favour", "favor", "aye", "ayes")) else "against"


def division_side(text: str) -> SideLine | None:
    """What `text` says when it opens a side of a division between a motion and an amendment: "Amendment (3)".

    Who is for the amendment is against the motion.
    """
    if bare := _DIVISION.match(text):
        is_amendment = bare["amendment"] is not None
        count = number(bare["number"]) if bare["number"] else None
        return SideLine("against" if is_amendment else "for", count, "", is_amendment)
    named = _DIVISION_NAMED.match(text) if len(text) <= _LONGEST else None
    if named and _name_list(named["rest"]):
        is_amendment = named["amendment"] is not None
        return SideLine("against" if is_amendment else "for", number(named["number"]), named["rest"], is_amendment)
    side = side_line(text)
    if side is None or side.side != "for":
        return None
    return replace(side, side="against") if side.amendment else side


def is_nobody(text: str) -> bool:
    """Whether `text` says that nobody voted so: "None", "Nil (0)"."""
    return re.sub(r"[\W0]+", "", text).lower() in ("none", "nil", "dim", "neb")


def total(text: str) -> int | None:
    """The count that a line below the names of one side gives: "Total: 40"; `None` when it is no such line."""
    found = _SUMMED.match(text)
    return int(found["number"]) if found and found["word"] else None


def name_list(text: str) -> tuple[str, ...]:
    """The names of a line that is nothing but names: titled ones, else what commas part; empty when it is prose."""
    return tuple(_name_list(text))


def _name_list(text: str) -> list[str]:
    bare = _TRAILING.sub("", text).strip(" .")
    bare = _BRACKETED.sub(r"\1", bare)
    titled = _titled(bare)
    if titled:
        return titled if len(" ".join(titled)) * 2 > len(bare) - 20 else []
    listed = [name.strip() for name in re.split(r",| and |;| a | ac |&", bare) if name.strip()]
    return listed if listed and all(_is_bare_name(name) for name in listed) else []


def _titled(text: str) -> list[str]:
    """The titled names of a list, and whoever presides where that one is in it by the office: "the Mayor, Mr A"."""
    found = [(name.start, name.name) for name in find_names(text)]
    if not found:
        return []
    offices = ((office.start(), office[0]) for office in _AN_OFFICE.finditer(text))
    return [name for _, name in sorted((*found, *offices))]


def _is_bare_name(text: str) -> bool:
    parts = text.split()
    named = 0 < len(parts) < 5 and parts[-1][0].isupper() and all(map(_is_part, parts))
    return named and len(text) > 1 and not is_nobody(text)


def _is_part(word: str) -> bool:
    return word in PARTICLES or (word[0].isupper() and not word.isdigit())


def vote_table(rows: Sequence[Sequence[str]]) -> Tally | None:
    """The vote that a table holds: sides as columns (names or marks below) or as rows, or each name with its side."""
    tally = Tally()
    columns = _heads(rows[0]) if rows else []
    first = _heads([row[0] if row else "" for row in rows])
    if _are_sides(columns):
        for column, side in enumerate(columns):
            if side:
                _add_column(tally, side, column, rows, beside_names=columns[0] is None)
    elif _are_sides(first):
        for row, side in zip(rows, first, strict=True):
            if side:
                _add_cells(tally, side, row[1:])
    elif sum(_vote_of(row) is not None for row in rows) >= 2:
        for row in rows:
            if voted := _vote_of(row):
                tally.add(voted, None, (row[0].strip(),))
    return tally if tally else None


def _heads(cells: Sequence[str]) -> list[SideLine | None]:
    """The side that each cell opens; in a division between a motion and an amendment, whose side it is."""
    divided = [division_side(cell) if cell else None for cell in cells]
    if {side.amendment for side in divided if side} == {True, False}:
        return divided
    return [side_line(cell) if cell else None for cell in cells]


def _are_sides(heads: Sequence[SideLine | None]) -> bool:
    return sum(side is not None for side in heads) >= 2


def _vote_of(row: Sequence[str]) -> Side | None:
    """The side of one who has a row of his own: "Councillor A | For"."""
    side = side_line(row[-1]) if len(row) > 1 and row[0].strip() else None
    return side.side if side and side.count is None and not side.rest else None


def _add_column(
    tally: Tally, side: SideLine, column: int, rows: Sequence[Sequence[str]], *, beside_names: bool
) -> None:
    """Add what stands below the head of a side: names and a count, or marks beside the names of the first column."""
    tally.add(side.side, side.count, _name_list(side.rest))
    for row in rows[1:]:
        cell = row[column].strip() if column < len(row) else ""
        if beside_names and _MARK.match(cell) and not _TOTAL.match(row[0]):
            tally.add(side.side, None, (row[0].strip(),))
        else:
            _add_cells(tally, side, (cell,))


def _add_cells(tally: Tally, side: SideLine, cells: Iterable[str]) -> None:
    tally.add(side.side, side.count, _name_list(side.rest))
    for cell in filter(None, cells):
        if summed := _SUMMED.match(cell):
            tally.add(side.side, int(summed["number"]))
        else:
            tally.add(side.side, 0 if is_nobody(cell) else None, _name_list(cell))
