"""What is under way while the lines of an item are read: the decision that is open, a motion, an amendment, a vote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archive.model import Outcome, ParagraphKind
from crawler.blocks import BlockKind
from crawler.minutes.counting import Side
from crawler.minutes.drafts import Draft
from crawler.minutes.endings import moved_in_bracket
from crawler.minutes.fates import Fate
from crawler.minutes.lines import Line
from crawler.minutes.motions import MOVED_AFTER, movers
from crawler.minutes.votes import Tally

LABEL_LENGTH = 150
"""Characters of a line that is no more than a label, a vote or what became of a motion."""


@dataclass(slots=True, eq=False)
class Progress:
    """How far the reading of `lines` has come, and what the next line may be about.

    `decided` says that they stand under the page's own "Decision:".
    """

    lines: Sequence[Line]
    decided: bool
    kinds: list[ParagraphKind] = field(init=False)
    done: list[Draft] = field(default_factory=list)
    open: Draft | None = None      # takes the clauses and words that follow
    motion: Draft | None = None    # waits for its fate, or carried, for the RESOLVED that may follow
    amending: bool = False
    amendment: Draft | None = None   # the latest one, which may become the decision
    amendment_awaits: bool = False   # an amendment's heading stood alone: who moves next moves the amendment
    latest: Draft | None = None    # what a vote printed now is about, when no motion is open
    loose: Tally = field(default_factory=Tally)   # a vote printed before its decision
    fate: Fate | None = None       # what became of a motion that was not printed, before its decision
    aside: bool = False            # reasons between the clauses of a decision
    side: Side | None = None       # names on this line are of this side
    voting: bool = False           # a vote was announced
    number: str | None = None      # the latest number outside decisions
    divisions: frozenset[int] = frozenset()   # lines that open a side of a division between a motion and an amendment
    captions: list[Draft] = field(default_factory=list)   # of words under "Decision" that have no deciding word
    divided: bool = False          # such a division was taken, of the motion that is open

    def __post_init__(self) -> None:
        self.kinds = [ParagraphKind.NARRATIVE] * len(self.lines)

    def after(self, at: int) -> Line | None:
        """The line after the one at `at`."""
        return self.lines[at + 1] if at + 1 < len(self.lines) else None

    def part(self, at: int, kind: ParagraphKind) -> None:
        """Count the line at `at` among those of the decision that is open."""
        if self.open:
            if not self.open.lead_lines and not self.open.clause_lines:   # its words stand below a heading
                self.open.at, self.open.number = at, self.lines[at].number
            (self.open.clause_lines if kind is ParagraphKind.CLAUSE else self.open.lead_lines).append(at)
        self.side, self.aside = None, False

    def tally(self) -> Tally:
        """The vote that what is printed now belongs to; an amendment's is its own."""
        if self.amending:
            return self.tally_of_amendment()
        decided = self.motion or self.latest
        return decided.tally if decided else self.loose

    def tally_of_amendment(self) -> Tally:
        """The vote on the latest amendment; nobody's where none was moved."""
        return self.amendment.tally if self.amendment else Tally()

    def divide(self) -> None:
        """The vote that follows sets the motion against the amendment, and so is the motion's own."""
        self.amending, self.divided = False, True

    def prefer_amendment(self) -> None:
        """Of a motion and an amendment the amendment was preferred: its votes are those of the decision after it."""
        divided = self.tally()
        self.motion, self.divided = None, False
        self.loose = divided.turned()

    def count(self, found: Mapping[Side, int]) -> None:
        """Add the counts that a line states."""
        tally = self.tally()
        for side, count in found.items():
            tally.add(side, count)

    def settle_motion(self) -> None:
        """List a carried motion that no RESOLVED followed; forget one that nothing became of."""
        if self.motion and self.motion.outcome is not None:
            self.motion.say_before_movers()
            self.done.append(self.motion)
        self.motion = None

    def forget_captions(self) -> None:
        """Of a heading "Decision" that no words followed nothing is known."""
        empty = [draft for draft in self.captions if draft.is_empty]
        self.done = [draft for draft in self.done if not any(draft is each for each in empty)]

    def settle_kinds(self) -> None:
        """The lines of what was decided, and of no motion that was lost, are a resolution's."""
        for draft in self.done:
            if not any(self.lines[at].block.kind is BlockKind.LIST_ITEM for at in draft.clause_lines):
                draft.fold()
            if draft.outcome in (None, Outcome.CARRIED):
                for at in self._lead_lines(draft):
                    self.kinds[at] = ParagraphKind.RESOLUTION
                for at in draft.clause_lines:
                    self.kinds[at] = ParagraphKind.CLAUSE


    def _lead_lines(self, draft: Draft) -> Sequence[int]:
        """The lines of its lead; of a motion whose words are nowhere, the line that moves it."""
        alone = not draft.lead_lines and not draft.clause_lines
        return (draft.at,) if alone and self.kinds[draft.at] is ParagraphKind.NARRATIVE else draft.lead_lines


def say(draft: Draft, words: str) -> None:
    """Give `draft` its words; who moved it may stand after them: "That x be done. Proposed: A. Seconded: B"."""
    draft.say(words)
    if draft.mover is None and draft.seconder is None and (pair := moved_in_bracket(words)):
        draft.mover, draft.seconder = pair
    if draft.mover is None and draft.seconder is None and (after := MOVED_AFTER.search(words)):
        said = movers(words[after.start():])
        draft.mover, draft.seconder = said.mover, said.seconder
