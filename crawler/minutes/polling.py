"""The lines of a vote: its tables, the heads of its sides, names and totals below them, counts in a sentence."""

from archive.model import ParagraphKind
from crawler.minutes.lines import Line
from crawler.minutes.motions import fate
from crawler.minutes.progress import LABEL_LENGTH, Progress
from crawler.minutes.votes import SideLine, counts, is_nobody, name_list, side_line, total, vote_table


def read_table(now: Progress, at: int, line: Line) -> None:
    """Take a table, which is a vote's or holds something else."""
    found = vote_table(line.block.rows)
    now.kinds[at] = ParagraphKind.VOTE if found else ParagraphKind.TABLE
    if found:
        now.tally().join(found)
        now.open = None


def read_vote(now: Progress, at: int, line: Line) -> bool:
    """Whether the line states a vote, or a part of one, and take it if so."""
    side = side_line(line.text)
    if side and _opens_side(now, at, side):
        now.tally().add(side.side, side.count, name_list(side.rest))
        now.side = side.side
    elif not (now.side and line.number is None and _continues_side(now, line)) and not _counts(now, line):
        now.side = None
        return False
    now.kinds[at] = ParagraphKind.VOTE
    now.open = None
    return True


def _opens_side(now: Progress, at: int, side: SideLine) -> bool:
    after = now.after(at)
    known = side.count is not None or side.rest or now.side or now.voting
    return bool(known or (after and name_list(after.text)))


def _continues_side(now: Progress, line: Line) -> bool:
    """Whether the line goes on below the head of a side: nobody, a total, names."""
    if now.side is None:
        return False
    if is_nobody(line.text):
        now.tally().add(now.side, 0)
    elif (summed := total(line.text)) is not None:
        now.tally().add(now.side, summed)
    elif not fate(line.text) and (listed := name_list(line.text)):
        now.tally().add(now.side, None, listed)
    else:
        return False
    return True


def _counts(now: Progress, line: Line) -> bool:
    if len(line.text) >= LABEL_LENGTH or fate(line.text) or not (found := counts(line.text)):
        return False
    now.count(found)
    return True
