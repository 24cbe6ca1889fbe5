"""The query language of the site: any text becomes a query, never an error.

    words        school places          both, in any form        schools OR academies     either
    exactly      "school places"                                 -Ofsted   NOT Ofsted     without
    beginnings   safeguard*                                      ( ... )                  together
    closeness    "family safeguarding" NEAR/5 model
    filters      council: committee: member: topic: kind: action: from: to: ref:

Operators are capitals. Closest binds NEAR, then AND, then OR, then words side by side: `road schools OR academies`
wants road and one of the two, and a filter beside an OR holds for all of it. What is in no operator's place is words;
what cannot be understood is left out and named in `Query.notes`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

from archive.model import Action
from index import analysis
from index.dates import first_and_last
from index.lexemes import DATE_FIELDS, EXAMPLES, FILTERS, OPERANDS, Kind, Lexeme, is_operator, lexemes, quotable
from index.passages import SCOPES
from index.tree import (
    Everything,
    Field,
    Near,
    Node,
    Or,
    Phrase,
    Prefix,
    Since,
    Until,
    Word,
    all_of,
    any_of,
    conditions,
    leaves,
    negated,
    side_by_side,
)

LONGEST_TEXT = 2000
MOST_WORDS = 64
DEEPEST = 16
FARTHEST = 100
USUAL_DISTANCE = 10
EVERYTHING = Everything()
_LONGEST_VALUE = 40
DAY = "year"
"""The facet of the day, in `Query.filters`."""

_PUNCTUATION = ".,;:!?'-–—&/|"
_ONE_WORD = re.compile(r"well being|by (?:pass(?:es)?|laws?|elections?)|on (?:line|going)")
"""Words side by side that are one: of each one is common, and left out it would leave half a word."""
_LIST = re.compile(r"[^\W\d_]{3,}(?:/[^\W\d_]{3,})+\Z")    # not w/c or n/a


class Sort(StrEnum):
    """The orders of results; what has no date comes last in the latter two."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Query:
    """What an engine is asked, and which of what it finds to name: `limit` items from position `start`.

    `tree` is what was typed. `filters` are what was chosen beside it, for each facet alternatives of its values (for
    `year` any span of days); all of it must hold. `notes` are sentences about what of the text could not be understood
    or was left out. With a `limit` of 0 the answer is the total alone.
    """

    tree: Node = EVERYTHING
    filters: Mapping[str, Node] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    sort: Sort = Sort.RELEVANCE
    start: int = 0
    limit: int = 20

    @property
    def whole(self) -> Node:
        """All that must hold."""
        return side_by_side((self.tree, *self.filters.values()))

    def choosing(self, facet: str, value: Node | None = None) -> Node:
        """All that must hold when of `facet` nothing is chosen but `value`."""
        others = (chosen for name, chosen in self.filters.items() if name != facet)
        return side_by_side((self.tree, *others, value or EVERYTHING))


def parse(text: str) -> Query:
    """`text` as a query. Never raises."""
    cleaned = analysis.clean(text)
    notes: list[str] = []
    if len(cleaned) > LONGEST_TEXT:
        notes.append(f"Only the first {LONGEST_TEXT:,} characters were read.")
        cleaned = cleaned[:LONGEST_TEXT]
    tree = _Parser(lexemes(cleaned, notes), notes).everything()
    return Query(tree, notes=tuple(dict.fromkeys(notes)))


def filter_node(name: str, value: str) -> Node | str:
    """The filter `name:value`, one of `index.lexemes.FILTERS`; else the sentence that says why not."""
    if name not in FILTERS:
        return f"{name} is no filter; there are {', '.join(FILTERS)}."
    kept = analysis.clean(quotable(value)).strip(" .,;!?")
    if name in DATE_FIELDS:
        return _date_node(name, kept)
    if name == "kind":
        scope = SCOPES.get(kept.lower())
        return Field("kind", scope.value) if scope else _none_of(name, kept, SCOPES)
    if name == "action":
        return Field(name, kept.lower()) if kept.lower() in set(Action) else _none_of(name, kept, Action)
    if not analysis.chains(kept):
        return f"{name} needs a value, as in {name}:{EXAMPLES[name]}."
    if name == "ref":
        return Phrase(kept)
    return Field(name, kept.lower() if name in ("council", "topic") else kept)


def nearest(name: str, value: str) -> str | None:
    """The value of the filter `name`, kind or action, that `value`, which is none, may mean."""
    near = get_close_matches(value.lower(), Action if name == "action" else SCOPES, 1)
    return str(near[0]) if near else None


def _none_of(name: str, value: str, known: Iterable[str]) -> str:
    meant = nearest(name, value[:_LONGEST_VALUE])
    said = f" There is {name}:{meant}." if meant else ""
    return f"{name} “{value[:_LONGEST_VALUE]}” is none of {', '.join(known)}.{said}"


def _date_node(name: str, value: str) -> Node | str:
    days = first_and_last(value)
    if days is None:
        return f"{name} “{value[:40]}” is no date; write 2021, 2021-05, 2021-05-03, 3/5/2021 or May 2021."
    return Since(days[0]) if name == "from" else Until(days[1])


class _Parser:
    """Recursive descent over lexemes; every method returns `None` where nothing to search for is left."""

    def __init__(self, read: list[Lexeme], notes: list[str]) -> None:
        self._lexemes, self._notes = read, notes
        self._at = self._depth = self._words = 0

    def everything(self) -> Node:
        tree = self._group()
        if tree is None and self._lexemes:
            self._notes.append("Nothing is left to search for, so this is everything.")
        return tree or EVERYTHING

    def _peek(self) -> Kind | None:
        return self._lexemes[self._at].kind if self._at < len(self._lexemes) else None

    def _take(self, kind: Kind) -> Lexeme | None:
        if self._peek() is not kind:
            return None
        self._at += 1
        return self._lexemes[self._at - 1]

    def _group(self) -> Node | None:
        """Parts side by side, up to the closing bracket or the end."""
        parts: list[Node] = []
        while (kind := self._peek()) and not (self._depth and kind is Kind.CLOSE):
            part = self._alternatives()
            if part is not None:
                parts.append(part)
        return self._all_of(parts)

    def _all_of(self, parts: Iterable[Node]) -> Node | None:
        """All `parts`, but for bare common words."""
        flat = [*_hyphenated(conditions(all_of(parts)))]
        words = [part.text for part in flat if isinstance(part, Word)]
        common = [text for text in words if analysis.is_common(text) and not _is_short_form(text, words)]
        kept = [part for part in flat if not (isinstance(part, Word) and part.text in common)]
        if common and any(True for part in kept for _ in leaves(part)):
            self._notes.append(f"Common words were left out: {', '.join(common)}.")
        elif common:
            self._notes.append(f"To search for common words, put them in quotation marks: “{' '.join(common)}”.")
        tree = all_of(kept)
        return None if isinstance(tree, Everything) else tree

    def _alternatives(self) -> Node | None:
        parts = self._joined(Kind.OR, self._conjunction)
        return any_of(parts) if parts else None

    def _conjunction(self) -> Node | None:
        parts = self._joined(Kind.AND, self._closeness)
        return self._all_of(parts) if len(parts) > 1 else parts[0] if parts else None

    def _joined(self, kind: Kind, operand: Callable[[], Node | None]) -> list[Node]:
        """The operands that stand between operators of `kind`."""
        parts = [operand()]
        while self._take(kind):
            parts.append(operand() if self._peek() in OPERANDS else None)
        if len(parts) > 1 and None in parts:
            self._dangling(kind)
        return [part for part in parts if part is not None]

    def _dangling(self, kind: Kind) -> None:
        self._notes.append(f"{kind} has nothing to join on one side; it was left out.")

    def _closeness(self) -> Node | None:
        """`a NEAR b NEAR c`: each pair of neighbours is near."""
        left = self._operand()
        pairs: list[Node] = []
        while near := self._take(Kind.NEAR):
            right = self._operand() if self._peek() in OPERANDS else None
            if left is None or right is None:
                self._dangling(Kind.NEAR)
                left = left or right
                continue
            pairs.append(self._near(left, right, near.text))
            left = right
        return all_of(pairs) if pairs else left

    def _near(self, left: Node, right: Node, typed: str) -> Node:
        if not (_has_places(left) and _has_places(right)):
            self._notes.append("NEAR joins words and phrases only; it was read as AND.")
            return all_of((left, right))
        distance = max(1, int(typed or USUAL_DISTANCE))
        if distance > FARTHEST:
            self._notes.append(f"NEAR reaches {FARTHEST} words at most.")
        return Near(left, right, min(distance, FARTHEST))

    def _operand(self) -> Node | None:
        negative = False
        while self._take(Kind.NOT):
            negative = not negative
            if self._peek() not in OPERANDS:
                self._notes.append("NOT has nothing after it; it was left out.")
                return None
        part = self._primary()
        return negated(part) if negative and part is not None else part

    def _primary(self) -> Node | None:
        lexeme = self._lexemes[self._at]
        self._at += 1
        match lexeme.kind:
            case Kind.OPEN:
                return self._bracket()
            case Kind.PHRASE | Kind.WORD:
                return self._counted(lexeme)
            case Kind.FILTER:
                return self._filter(lexeme)
            case Kind.CLOSE:
                self._notes.append("A closing bracket has no opening one; it was left out.")
            case _:
                self._dangling(lexeme.kind)
        return None

    def _bracket(self) -> Node | None:
        if self._depth == DEEPEST:
            self._notes.append(f"Brackets within more than {DEEPEST} brackets were ignored.")
            return None
        self._depth += 1
        inside = self._group()
        self._depth -= 1
        if not self._take(Kind.CLOSE):
            self._notes.append("A bracket was never closed; it was read as closed at the end.")
        return inside

    def _counted(self, lexeme: Lexeme) -> Node | None:
        self._words += 1
        if self._words > MOST_WORDS:
            self._notes.append(f"Only the first {MOST_WORDS} words were read.")
            return None
        made = self._phrase(lexeme.text) if lexeme.kind is Kind.PHRASE else self._word(lexeme.text)
        if made is None and lexeme.text.strip(_PUNCTUATION):
            self._notes.append(f"“{lexeme.text[:40]}” holds no word to search for.")
        return made

    def _phrase(self, text: str) -> Node | None:
        if "*" in text:
            self._notes.append("An asterisk does nothing inside quotation marks.")
        return Phrase(text) if analysis.phrase_pattern(text) else None

    def _word(self, raw: str) -> Node | None:
        chains = (piece for chain in analysis.words(raw) for piece in _listed(chain))
        found = [chain.lower() if is_operator(chain) else chain for chain in chains]
        if not found:
            return None
        self._words += len(found) - 1
        words: list[Node] = [Word(chain) for chain in found]
        if raw.endswith("*"):
            words[-1] = self._prefix(found[-1])
        if "*" in raw.rstrip("*"):
            self._notes.append("An asterisk works only at the end of a word.")
        return all_of(words)

    def _prefix(self, chain: str) -> Node:
        if len(analysis.fold(chain)) > 1:
            return Prefix(chain)
        self._notes.append("An asterisk needs two letters or more before it.")
        return Word(chain)

    def _filter(self, lexeme: Lexeme) -> Node | None:
        made = filter_node(lexeme.text, lexeme.value)
        if isinstance(made, str):
            self._notes.append(f"{made} It was left out.")
            return None
        return made


def _is_short_form(text: str, words: Iterable[str]) -> bool:
    """Whether `text`, in capitals among `words` that are not, is meant as they are: the IT of "IT services"."""
    return len(text) > 1 and text.isupper() and not all(map(str.isupper, words))


def _hyphenated(parts: Sequence[Node]) -> Iterator[Node]:
    """`parts` with the well and the being that stand side by side as the one word that they are."""
    at = 0
    while at < len(parts):
        pair = [part.text for part in parts[at:at + 2] if isinstance(part, Word)]
        is_one = len(pair) == 2 and _ONE_WORD.fullmatch(analysis.fold(" ".join(pair)))
        yield Word("-".join(pair)) if is_one else parts[at]
        at += 2 if is_one else 1


def _listed(chain: str) -> Iterable[str]:
    """The words of which `chain` is a list, walking/cycling; else `chain` alone."""
    return chain.split("/") if _LIST.match(chain) else (chain,)


def _has_places(node: Node) -> bool:
    """Whether `node` matches at places in a text, as NEAR needs."""
    if isinstance(node, Or):
        return all(_has_places(part) for part in node.parts)
    return isinstance(node, Word | Phrase | Prefix)
