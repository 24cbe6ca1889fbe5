"""A document's blocks cut into agenda items, by what its headings look like and how their numbers run.

Councils print "286. Apologies (Item 1)", "19.03.1 Apologies", "52 Apologies", "PLA147/14 Apologies", a bold line and
under it "(Item 1)", or bold lines alone. What holds in all of them: the numbers of items usually rise by one from
the first to the last, and the headings look alike. A numbered paragraph inside an item does neither.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise

from crawler.blocks import Block, BlockKind
from crawler.minutes.decisions import find_decision
from crawler.minutes.motions import opens_motion
from crawler.minutes.titles import is_procedural
from crawler.minutes.votes import side_line
from crawler.numbers import typed
from crawler.printed.loose import ITEM, MARK_ALONE, marked_number
from crawler.printed.sections import section_length

_MARK_AFTER = re.compile(rf"\s*\({ITEM}([0-9]{{1,3}}[a-z]?)\s*\.?\s*\)$", re.IGNORECASE)
_LETTERED = re.compile(r"([0-9]{1,4}(?:[./][0-9]{1,4}){0,3} ?[A-Za-z])[.:]?\s+(?=[A-Z])")   # 17.01.3A, 5b
_GLUED = re.compile(r"([0-9]{1,3}\))(?=[A-Z][a-z])")   # "1)Apologies"
_ANSWER = re.compile(
    r"(.{3,100}?)\s*[:–-]?\s+((?:None|Nil|NIL|NONE)(?: (?:declared|received|reported|raised|noted))?\.?)"
)
# A sentence's stop, and no initial's or title's: "submitted by Cllr. J. Ash".
_STOP = r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bNo)(?<!\bCr)(?<!\bCllr)(?<!\bCllrs)\."
_SENTENCE_END = re.compile(rf"[.;,]$|(?:{_STOP}|[!?]) [A-Z]")
_LEAD = re.compile(rf"(.{{3,100}}?)(?:\s*[:–]\s|{_STOP}\s|\s-\s)(?=\S)")
_RUN_IN = re.compile(r"([^:]{3,60}):\s+(?=(?:\S+\s+){3})")   # "Finance: The following payments were made"
_RUNS_ON = re.compile(   # a heading whose end only paper showed: "Street lamps The report was presented"
    r"(.{5,100}?[a-z)]) (?=(?:The|It|There|Members|This|An?) (?:[\w’'-]+ ){0,6}?(?:was|were|is|are|had|has|have"
    r"|considered|received|noted|reported|presented)\b)"
)
_STATES = re.compile(   # what the words after a colon say when they are minutes and no part of the title
    r"\b(?:was|were|is|are|has|have|had|will|would|there|that|(?:re)?solved|agreed|noted|received|reported|approved"
    r"|confirmed|proposed|none|nil)\b|\b(?:Cllrs?|Councillors?)\b", re.IGNORECASE,
)
_REFERENCE = re.compile(r"(?:[A-Z]{1,4}/)?(?:[0-9]{2}|[0-9]{4})/[0-9]{2,5}\b")   # an application's, a year's: 2021/22
_OPEN = re.compile(r"(?:,|\b(?:and|or|the|of|to|a|in|by|for|with|on))$", re.IGNORECASE)
_LONGEST_TITLE = 250
_LONGEST_LINE = 120   # of a title that is not set apart by its look
_MOST_ITEMS = 500   # of one meeting; numbers that run on through the years are higher
_LABEL_OFTEN = 3   # a heading that comes back so often is a label within items: "REPLY:"
_STEP = 4   # how far the number of the next item may jump: items may be withdrawn or printed elsewhere


class Look(IntEnum):
    """How much a block looks like a heading."""

    PROSE = 0
    SHORT = 1
    HEADING = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """A block that may open an item. `shape` is its number with digits as 9: "99.99.9" and "9" alike within.

    `ordinal` is the part of the number that counts the items, `prefix` the rest of it ("19.03." of "19.03.4").
    """

    at: int
    number: str | None
    title: str
    look: Look
    level: int
    shape: str = ""
    ordinal: float = 0
    prefix: str = ""
    mark: str | None = None   # the number in "(Item 4)"


@dataclass(frozen=True, slots=True)
class Cut:
    """An item as it is printed: its heading and its blocks; `before` are headings of a section that it opens."""

    number: str | None
    title: str
    blocks: tuple[Block, ...]
    before: tuple[Block, ...] = ()


def cut(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Cut, ...]]:
    """`blocks` as those before the first item, and the items."""
    headings = _chosen(blocks)
    if not headings:
        return tuple(blocks), ()
    return tuple(blocks[: headings[0].at]), tuple(_cuts(blocks, headings))


def _chosen(blocks: Sequence[Block]) -> list[Heading]:
    """The headings that open items, in order."""
    headings = _counted([heading for at in range(len(blocks)) if (heading := _heading(blocks, at))])
    marked = [heading for heading in headings if heading.mark and heading.look is not Look.PROSE]
    if len(marked) > 1:
        return _with_procedural(marked, headings)
    numbered = _longest_run(headings)
    if numbered and _is_evident(numbered):
        return _with_procedural(_with_parts(_with_misprints(numbered, headings), headings, blocks), headings)
    by_look = _by_look(headings)
    return by_look or (numbered if _is_single(numbered, headings) else [])


def _is_evident(run: Sequence[Heading]) -> bool:
    """Whether the headings of a run look like headings, and not like numbered paragraphs."""
    short = [each for each in run if each.look is not Look.PROSE]
    return any(each.look is Look.HEADING for each in run) or (len(short) > 1 and len(short) * 2 > len(run))


def _is_single(run: Sequence[Heading], headings: Sequence[Heading]) -> bool:
    """Whether numbered paragraphs count once through the document, so that each is an item of its own.

    Of one or two there must be no others, and they must be short: the business of a special meeting.
    """
    alike = [each for each in headings if run and each.shape == run[0].shape]
    if 0 < len(run) < 3:
        return len(alike) == len(run) and run[0].ordinal == 1 and all(each.look is not Look.PROSE for each in run)
    return len(run) * 5 > len(alike) * 4


def _heading(blocks: Sequence[Block], at: int) -> Heading | None:
    block = blocks[at]
    if block.kind is BlockKind.TABLE or not block.text or MARK_ALONE.fullmatch(block.text):
        return None
    number, text = _number(block)
    after = blocks[at + 1].text if at + 1 < len(blocks) else ""
    trailing, alone = _MARK_AFTER.search(text), MARK_ALONE.fullmatch(after)
    if trailing:
        text = text[: trailing.start()].rstrip()
    mark = trailing[1] if trailing else alone[1] if alone else None
    look = max(_look(block, text, number), Look.SHORT if mark and len(text) <= _LONGEST_TITLE else Look.PROSE)
    if not text or (look is Look.PROSE and number is None) or (number is None and side_line(text)):
        return None
    return Heading(at, number, text, look, block.level, _shape(number), mark=mark)


def _number(block: Block) -> tuple[str | None, str]:
    """The number printed before a block's text, and the rest of it."""
    if block.label is not None:
        return block.label.strip().rstrip(".:"), block.text
    if marked := marked_number(block.text):
        return marked
    found = typed(block.text)
    if found:
        return found.number, found.rest
    lettered = _LETTERED.match(block.text) or _GLUED.match(block.text)
    return (lettered[1], block.text[lettered.end() :]) if lettered else (None, block.text)


def _look(block: Block, text: str, number: str | None) -> Look:
    run_in = number is not None and _is_reference(number) and bool(_RUN_IN.match(text))
    if len(text) > _LONGEST_TITLE:   # "21/23 Finance: The bank stood at ...": the number of a minute, and no list's
        return Look.SHORT if run_in else Look.PROSE
    if block.kind is BlockKind.HEADING or (block.bold and number is not None):
        return Look.HEADING
    if run_in:
        return Look.SHORT
    opens = text[:1].isupper() or bool(number and _REFERENCE.match(text))
    if block.kind is BlockKind.LIST_ITEM or len(text) > _LONGEST_LINE or _SENTENCE_END.search(text) or not opens:
        return Look.PROSE
    decides = number is not None and (find_decision(text) is not None or opens_motion(text))
    return Look.PROSE if decides else Look.SHORT


def _is_reference(number: str) -> bool:
    return "/" in number and number[:1].isalnum()


def _shape(number: str | None) -> str:
    """What numbers of one sequence have in common: "9", "9.9", "A9/9", "(9)", "(a)"."""
    if number is None:
        return ""
    return re.sub(r"[A-Z]+", "A", re.sub(r"[a-z]+", "a", re.sub(r"\d+", "9", number)))


def _counted(headings: Sequence[Heading]) -> list[Heading]:
    """`headings` with their places in the sequence of their shape, by the part of its numbers that rises."""
    shapes = {each.shape for each in headings if any(map(str.isdigit, each.shape))}
    counting = {shape: _counting_part([each for each in headings if each.shape == shape]) for shape in shapes}
    return [_placed(each, counting[each.shape]) if each.shape in counting else each for each in headings]


def _counting_part(alike: Sequence[Heading]) -> int:
    """Which part of numbers of one shape counts: "4" of "19.03.4", "77" of "77/21", "091" of "24/091".

    Before a slash, else the last, unless another one rises better beside a year, or what may be one, that stays.
    """
    shape = alike[0].shape
    parts = shape.count("9")
    usual = 0 if "/" in shape else parts - 1
    best = _run([_placed(each, usual) for each in alike])[0]
    for part in range(parts):
        placed = [_placed(each, part) for each in alike]
        prefix = Counter(each.prefix for each in placed).most_common(1)[0][0]
        weight = _run([each for each in placed if each.prefix == prefix])[0]
        if weight > best and re.search(r"\d\d", prefix):
            usual, best = part, weight
    return usual


def _placed(heading: Heading, part: int) -> Heading:
    """`heading` with the place that this part of its number gives it; "3A" stands between 3 and 4."""
    number = heading.number or ""
    digits = list(re.finditer(r"(\d+)([A-Za-z]?)", number))[part]
    after = (ord(digits[2].lower()) - 96) / 100 if digits[2] else 0
    prefix = number[: digits.start()] + number[digits.end() :]
    return replace(heading, ordinal=int(digits[1]) + after, prefix=prefix)


def _longest_run(headings: Sequence[Heading]) -> list[Heading]:
    """The sequence of numbers that rises through the document and looks most like headings."""
    best = 0.0, list[Heading]()
    for shape in sorted({heading.shape for heading in headings if heading.ordinal}):
        of_shape = [heading for heading in headings if heading.shape == shape]
        for look in sorted({heading.look for heading in of_shape}, reverse=True):
            best = max(best, _run([each for each in of_shape if each.look >= look]), key=lambda run: run[0])
    return best[1]


_WEIGHT = {Look.PROSE: 0.1, Look.SHORT: 0.6, Look.HEADING: 1.0}


def _run(headings: Sequence[Heading]) -> tuple[float, list[Heading]]:
    """The heaviest rising run, each step at most `_STEP`, and its weight (dynamic programming over all ends)."""
    best: list[tuple[float, int]] = []   # of the run that ends here: its weight, and where it comes from
    listed = {two.at for one, two in pairwise(headings) if two.at == one.at + 1 and two.ordinal == one.ordinal + 1}
    for at, heading in enumerate(headings):
        weight, before = 0.0, -1
        for earlier in range(max(0, at - 200), at):
            step = heading.ordinal - headings[earlier].ordinal
            if 0 < step <= _STEP and headings[earlier].level >= heading.level - 1:
                reached = best[earlier][0] - 0.3 * max(0.0, step - 1)
                if reached > weight:
                    weight, before = reached, earlier
        best.append((weight + _WEIGHT[heading.look] * (0.9 if heading.at in listed else 1), before))
    if not best:
        return 0.0, []
    at = max(range(len(best)), key=lambda end: best[end][0])
    weight, run = best[at][0], []
    while at >= 0:
        run.append(headings[at])
        at = best[at][1]
    return weight, run[::-1]


def _with_misprints(run: Sequence[Heading], headings: Sequence[Heading]) -> list[Heading]:
    """`run`, and headings like it whose numbers do not fit: misprinted, or taken out of order.

    A heading fits where the run leaves out a number, when it looks like the others; anywhere, when its number is one
    that the run leaves out, or begins as the others do ("19.03.") and no other has it.
    """
    looks = {(each.level, each.shape) for each in run if each.look is Look.HEADING}
    places = {each.at for each in run}
    others = [each for each in headings if each.number and each.at not in places]
    found = _of_prefix(run, others)
    alike = [each for each in others if each.look is Look.HEADING and (each.level, each.shape) in looks]
    for one, two in pairwise(run):
        steps = int(two.ordinal) - int(one.ordinal)
        between = [each for each in alike if one.at < each.at < two.at and each not in found] if steps > 1 else []
        if len(between) < steps:
            found.extend(between)
    missing = set(range(1, min(int(run[-1].ordinal), _MOST_ITEMS))) - {int(each.ordinal) for each in (*run, *found)}
    for each in others:
        fits = each.ordinal in missing and each.shape == run[0].shape and each.look >= run[0].look
        if fits and each not in found and not _in_a_list(each, headings):
            found.append(each)
            missing.discard(int(each.ordinal))
    return sorted([*run, *found], key=lambda each: each.at)


def _of_prefix(run: Sequence[Heading], others: Sequence[Heading]) -> list[Heading]:
    """Those of `others` whose numbers begin as most of the run do, "19.03.", and are their own."""
    known = {each.number for each in run}
    prefix, often = Counter(each.prefix for each in run).most_common(1)[0]
    if often * 2 <= len(run) or not prefix.strip("."):
        return []
    return [each for each in others if each.prefix == prefix and each.number not in known]


def _with_parts(run: Sequence[Heading], headings: Sequence[Heading], blocks: Sequence[Block]) -> list[Heading]:
    """`run`, and the parts of an item, 4.1 and 4.2 of 4, that have headings and decisions of their own."""
    found, parts_ = list(run), [each for each in headings if each.look is not Look.PROSE and each.shape == "9.9"]
    shown = [each for each in parts_ if each.look is Look.HEADING]
    for item, end in zip(run, [*(each.at for each in run[1:]), len(blocks)], strict=True):
        parts = [each for each in shown if item.at < each.at < end and each.prefix == f"{item.number}."]
        spans = pairwise([*(each.at for each in parts), end])
        decided = sum(any(find_decision(block.text) for block in blocks[at:stop]) for at, stop in spans)
        if 1 < len(parts) == decided and [each.ordinal for each in parts] == list(range(1, len(parts) + 1)):
            found.extend(parts)
        left = f"{int(item.ordinal) + 1}."   # an item with no heading of its own: 3.1 and 3.2 after 2
        known = item.shape == "9" and all(each.number != left[:-1] for each in run)
        orphans = [each for each in parts_ if known and item.at < each.at < end and each.prefix == left]
        if len(orphans) > 1 and [each.ordinal for each in orphans] == list(range(1, len(orphans) + 1)):
            found.extend(orphans)
    return sorted(found, key=lambda each: each.at)


def _in_a_list(heading: Heading, headings: Sequence[Heading]) -> bool:
    """Whether the numbers beside it count on to or from its own, as those of a list do."""
    alike = [each for each in headings if each.shape == heading.shape]
    at = alike.index(heading)
    before = alike[at - 1].ordinal if at else None
    after = alike[at + 1].ordinal if at + 1 < len(alike) else None
    return before == heading.ordinal - 1 or after == heading.ordinal + 1


def _with_procedural(chosen: Sequence[Heading], headings: Sequence[Heading]) -> list[Heading]:
    """`chosen` and, after the first of them, unnumbered headings of routine items ("Date of next meeting")."""
    first = chosen[0].at
    places = {each.at for each in chosen}
    left = min(each.level for each in chosen)
    more = [
        each for each in headings
        if each.at > first and places.isdisjoint((each.at, each.at + 1)) and each.look is Look.HEADING
        and each.number is None and each.level <= left + 1 and is_procedural(each.title)
    ]
    return sorted([*chosen, *more], key=lambda each: each.at)


def _by_look(headings: Sequence[Heading]) -> list[Heading]:
    """Without numbers: the headings that look like those of routine items, else the outermost."""
    often = Counter(each.title.casefold() for each in headings)
    shown = [
        each for each in headings
        if each.look is Look.HEADING and each.number is None and often[each.title.casefold()] < _LABEL_OFTEN
    ]
    if len(shown) < 2:
        return []
    routine = Counter((each.level, each.title.isupper()) for each in shown if is_procedural(each.title))
    if routine:
        level, capitals = routine.most_common(1)[0][0]
        return [each for each in shown if each.level <= level and each.title.isupper() == capitals]
    left = min(each.level for each in shown)
    return [each for each in shown if each.level == left]


def _cuts(blocks: Sequence[Block], headings: Sequence[Heading]) -> Iterator[Cut]:
    ends = [each.at for each in headings[1:]] + [len(blocks)]
    before: tuple[Block, ...] = ()
    for heading, end in zip(headings, ends, strict=True):
        body = list(blocks[heading.at + 1 : end])
        if body and MARK_ALONE.fullmatch(body[0].text):
            body.pop(0)
        title, rest = _title(heading, body)
        section = section_length(body) if end < len(blocks) else 0
        kept = body[: len(body) - section]
        opening = (replace(blocks[heading.at], text=rest, label=None, kind=BlockKind.PARAGRAPH),) if rest else ()
        yield Cut(heading.number or heading.mark, title, (*opening, *kept), before)
        before = tuple(body[len(body) - section :])


def _title(heading: Heading, body: list[Block]) -> tuple[str, str]:
    """The title of an item, and what follows it on the same line. Takes further lines of the title off `body`."""
    title = heading.title
    is_prose = len(title) > _LONGEST_LINE or _SENTENCE_END.search(title)
    if heading.look is Look.PROSE or (heading.look is Look.SHORT and is_prose):
        return _opening_words(title)
    answer = _ANSWER.fullmatch(title)
    if answer and (heading.number or is_procedural(answer[1])):
        return answer[1], answer[2]
    run_in = _RUN_IN.match(title) if heading.look is Look.SHORT else None
    if run_in and (is_procedural(run_in[1]) or _STATES.search(title, run_in.end())):
        return run_in[1], title[run_in.end() :]
    while body and _OPEN.search(title) and body[0].kind is BlockKind.HEADING and len(title) < _LONGEST_TITLE:
        title = f"{title} {body.pop(0).text}"
    return title.strip(" :–-"), ""


def _opening_words(text: str) -> tuple[str, str]:
    """A paragraph that has no heading: what it opens with, and the whole of it when that is no title of its own."""
    lead = _LEAD.match(text)
    if lead and _is_parted_title(text, lead.end()):
        return text, ""
    run_on = _RUNS_ON.match(text)
    if run_on and (lead is None or run_on.end(1) < lead.end(1)) and not _STATES.search(run_on[1]):
        return run_on[1], text[run_on.end(1) :].strip()
    if lead:
        return lead[1], text[lead.end() :]
    words = text[:80].rsplit(" ", 1)[0] if len(text) > 80 else text
    return words.rstrip(" .;,:"), text


def _is_parted_title(text: str, after: int) -> bool:
    """Whether a dash within `text` parts two halves of a title, and states nothing after it: "MOTION - Fireworks"."""
    short = len(text) <= _LONGEST_LINE and not _SENTENCE_END.search(text) and ":" not in text
    return short and text[after].isupper() and not _STATES.search(text, after) and find_decision(text[after:]) is None
