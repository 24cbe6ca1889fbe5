"""A resolution under way, from its deciding word (or the paragraph that moves it) to the value of the model."""

import re
from dataclasses import dataclass, field

from archive.model import Action, Outcome, Resolution
from crawler.minutes.clauses import Clauses, in_words, split_inline
from crawler.minutes.endings import without_asides
from crawler.minutes.votes import Tally

NEXT_PART = re.compile(r"[\"“'‘]?(?:that|and|to|further|\(that)\b", re.IGNORECASE)
"""How the next part of a decision begins that has no label."""

_THAT = re.compile(r"[\"“'‘]?That\b(?! (?:was|is|had|said|would|meant)\b)")
_BARE_THAT = re.compile(r"(?:that|to|it be|bod)? ?(?::-?|–|-)", re.IGNORECASE)
_ASIDE = re.compile(r"(?<=[.;]) (?=(?:The )?Reasons? (?:for|given)\b[^.:]{0,60}:)", re.IGNORECASE)
_OWN_WORD = {
    Action.NOTED: re.compile(r"\b(?:note|noted|received?)\b", re.IGNORECASE),
    Action.DEFERRED: re.compile(r"\b(?:defer|deferred|adjourn|adjourned)\b", re.IGNORECASE),
    Action.REFUSED: re.compile(r"\b(?:refuse|refused|refusal)\b", re.IGNORECASE),
    Action.REFERRED: re.compile(r"\b(?:refer|referred|referral)\b", re.IGNORECASE),
}
_OFFICE_ALONE = re.compile(r"(?:the )?(?:vice[- ])?chair(?:man|woman|person)?", re.IGNORECASE)
_SUGGESTED = re.compile(r"\bproposed\b")
_LAST_WORD = re.compile(r"[\w%)]\Z")
_BEFORE_MOVERS = re.compile(r"(?P<words>[^.;]{3,300}\.) (?=(?:Proposed|Moved|Prop)\b)", re.IGNORECASE)
_ASKS_FOR_MORE = re.compile(
    r"\b(?:and|or|that|to|the|an?|ac|neu|y|yr|bod|of|in|on|at|by|for|from|with|as|is|be|are|was|were|its|their|this|which|"
    r"councillors?|cllrs?|alderman|mr|mrs|ms|miss|dr|st|no|committee|council|cabinet|board)\Z",
    re.IGNORECASE,
)
# The first of a list without labels, on the line that opens it: "to pay the following: Village Hall £40".
_LIST_BEGUN = re.compile(
    r"(?P<lead>[^:]{0,200}?(?:\b(?:pay|payments?|following|follows|these|accounts?|invoices?|bills|cheques)\b"
    r"[^:]{0,40} ?:-?|:-)) (?P<first>[^\s:][^.:]{2,120}(?:\.[0-9][^.:]{0,60})?)"
)
_LONGEST_ITEM = 150   # characters of a list's line without a label
_ONE_OF_SEVERAL = re.compile(r"[;,](?: and| or)?\Z")


def is_finished(text: str) -> bool:
    """Whether `text` ends as a sentence does."""
    return text.rstrip("'\"”’)").endswith((".", "!", "?"))


def begins_anew(text: str) -> bool:
    """Whether `text` begins as a sentence does, and not as a further part of a decision."""
    return text.lstrip("“\"‘'(")[:1].isupper() and not NEXT_PART.match(text)


def stops(text: str, following: str) -> bool:
    """Whether `text` is all although no stop ends it: its last word asks for none, and `following` begins anew."""
    return begins_anew(following) and bool(_LAST_WORD.search(text[-40:])) and not _ASKS_FOR_MORE.search(text[-40:])


def leaves_open(text: str) -> bool:
    """Whether `text` opens a quotation and does not close it."""
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1


def closes(text: str) -> bool:
    """Whether `text` closes a quotation that was open before it."""
    return text.count("”") > text.count("“") or text.count('"') % 2 == 1


@dataclass(slots=True, eq=False)
class Draft:
    """A resolution or a motion under way; `lead_lines` and `clause_lines` are the positions of its lines."""

    at: int
    number: str | None
    action: Action
    printed: str
    lead: str = ""
    clauses: Clauses = field(default_factory=Clauses)
    lead_lines: list[int] = field(default_factory=list)
    clause_lines: list[int] = field(default_factory=list)
    mover: str | None = None
    seconder: str | None = None
    outcome: Outcome | None = None
    unanimous: bool | None = None
    tally: Tally = field(default_factory=Tally)
    quoting: bool = False        # its words opened a quotation that has not closed
    is_headed: bool = False      # headings stand between its clauses
    is_notice: bool = False      # no more than the notice of a motion, until it is voted
    in_speech: bool = False      # the paragraph that moves it is a speech, and holds no words of it
    is_assented: bool = False    # carried by no more than "All were in favour."
    is_borrowed: bool = False    # a bare "Agreed." whose words are those of the motion before it

    @property
    def is_empty(self) -> bool:
        """Whether it has no words yet."""
        return not self.lead and not self.clauses

    @property
    def is_heading(self) -> bool:
        """Whether it is a deciding word alone, and no "NOTED." that says all."""
        return self.is_empty and not self.printed.endswith(".")

    @property
    def awaits(self) -> bool:
        """Whether a list must or may follow."""
        return bool(self.clauses) or self.is_heading or (bool(self.lead) and not is_finished(self.lead))

    def opens(self, text: str) -> bool:
        """Whether a deciding word alone opens `text`, the paragraph after it: "RESOLVED:" does, "AGREED" may."""
        if not self.is_heading:
            return False
        ends_open = self.printed.endswith((":", "-", "–", "that", "That"))
        said_alone = self.action not in (Action.RESOLVED, Action.RECOMMENDED, Action.OTHER)
        return ends_open or not said_alone or bool(NEXT_PART.match(text))

    def say(self, words: str) -> None:
        """Take the words after the lead-in, clauses that stand in the same paragraph among them."""
        self.quoting = leaves_open(words)
        self.lead, parts = split_inline(_ASIDE.split(without_asides(words), maxsplit=1)[0])
        for label, text in parts:
            self.clauses.take(label, text)

    def say_before_movers(self) -> None:
        """Take for words, where there are none, what stands before its movers: "Mill Lane - object. Proposed A"."""
        before = _BEFORE_MOVERS.match(self.printed) if self.is_empty else None
        if before:
            self.lead = before["words"]

    def adopt(self, motion: "Draft") -> None:
        """Take over from the motion that this decides: who moved it, how it was voted, what became of it."""
        if motion.is_notice and motion.outcome is None and not motion.tally and not self.is_empty:
            return
        if not (motion.is_suggestion and (self.lead or self.opens(""))):
            self.mover, self.seconder = self.mover or motion.mover, self.seconder or motion.seconder
        self.outcome = self.outcome or (None if motion.is_assented else motion.outcome)
        self.unanimous = motion.unanimous if self.unanimous is None else self.unanimous
        self.tally = self.tally or motion.tally

    @property
    def is_suggestion(self) -> bool:
        """Whether it is no more than what whoever presides proposed, nobody seconding it, and no vote taken."""
        alone = self.mover is not None and _OFFICE_ALONE.fullmatch(self.mover) and self.seconder is None
        return bool(alone and self.outcome is None and not self.tally and _SUGGESTED.search(self.printed))

    def is_settled_by(self, action: Action) -> bool:
        """Whether a deciding word alone says yes to this motion: "NOTED." does so only to a motion to note."""
        own = _OWN_WORD.get(action)
        return not self.is_empty and (own is None or bool(own.search(f"{self.lead} {self.clauses.first}")))

    def restate(self, at: int, number: str | None, printed: str) -> None:
        """Forget the words, which are printed anew from the line at `at` on, after `printed`."""
        self.at, self.number, self.printed, self.lead, self.clauses = at, number, printed, "", Clauses()
        self.lead_lines, self.clause_lines, self.quoting = [], [], False

    def replace(self, heading: "Draft") -> None:
        """A deciding word alone on its line is the heading of the decision after it: one resolution, not two."""
        self.adopt(heading)
        if self.number is None:
            self.at, self.number = heading.at, heading.number
            self.lead_lines = heading.lead_lines + self.lead_lines
        if self.action is Action.OTHER:
            self.action = heading.action

    def fold(self) -> None:
        """One sentence alone below "RESOLVED that:" is no clause but the words decided."""
        if _BARE_THAT.fullmatch(self.lead) and (alone := self.clauses.alone) is not None:
            self.lead, self.clauses = f"{self.lead} {alone}", Clauses()
            self.lead_lines, self.clause_lines = self.lead_lines + self.clause_lines, []

    def built(self, anchor: str) -> Resolution:
        """The finished resolution, anchored at its first paragraph."""
        clauses = self.clauses.built()
        text = " ".join(filter(None, (self.lead, in_words(clauses)))) or self.printed
        return Resolution(
            anchor, self.number, self.action, self.lead or None if clauses else None, clauses, text,
            self.mover, self.seconder, self.outcome, self._unanimity(), self.tally.built(),
        )  # fmt: skip

    def _unanimity(self) -> bool | None:
        opposed = self.tally.counts.get("against") or self.tally.names.get("against")
        return False if opposed else self.unanimous

    def quote(self, label: str | None, text: str, level: int) -> None:
        """Take a further paragraph of the quotation under way: a clause by its label or its bullet, else more words."""
        if label is not None and self.clauses.take(label, text, level):
            pass
        elif self.clauses:
            self.clauses.go_on(text)
        else:
            self.lead = f"{self.lead} {text}".strip()
        self.quoting = not closes(text)

    def has_another(self, words: str) -> bool:
        """Whether `words` are one more part of a decision whose first was a sentence: "That A be done." each."""
        return bool(_THAT.match(self.lead) and _THAT.match(words))

    def lists(self, words: str) -> bool:
        """Whether `words` are a further line of a list without labels or stops, and take them if so."""
        if is_finished(words) or words.endswith(":") or len(words) > _LONGEST_ITEM:
            return False
        begun = None if self.clauses else _LIST_BEGUN.fullmatch(self.lead)
        if begun and stops(self.lead, words):
            self.lead = begun["lead"]
            self.clauses.take(None, begun["first"])
        elif not (self.lead.endswith((":", ":-")) and self.clauses.all_bare and stops(self.clauses.last, words)):
            return False
        self.clauses.take(None, words)
        return True

    def lengthen(self, words: str) -> None:
        """Take a further paragraph without label while there are no clauses."""
        mark = _ONE_OF_SEVERAL.search(self.lead[-10:])
        several = mark and (mark[0][0] == ";" or NEXT_PART.match(words))
        if several or (is_finished(self.lead) and self.has_another(words)):
            self.clauses.take(None, self.lead)
            self.clauses.take(None, words)
            self.lead = ""
        elif self.lead.endswith((":", ":-", "–", "-")) and not words.endswith((":", ":-")):
            self.clauses.take(None, words)
        else:
            self.lead += f" {words}"
