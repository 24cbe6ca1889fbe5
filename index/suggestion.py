"""What plain words may have meant: the days of a date, a member, a committee."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from archive.model import Committee, Member
from index.dates import MONTHS, first_and_last
from index.lexemes import quotable
from index.naming import names_committee, names_person
from index.query import filter_node, nearest
from index.tree import Node, Phrase, Word, conditions

LONGEST = 5
"""Words of the longest name that is looked for."""

_NAME = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in MONTHS) + "|Sept"
_YEAR = r"(?:19|20)\d\d"
_DATE = (rf"(?:(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?(?:{_NAME})\.?,?\s)?{_YEAR}"
         rf"|(?:\d{{1,2}}/)?\d{{1,2}}/{_YEAR}|{_YEAR}-\d\d(?:-\d\d)?)")


def _alone(form: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/.:£$€-]){form}(?![\w/-]|\.\d)", re.IGNORECASE)


_SPAN = _alone(rf"(?:(?:between|from)\s)?(?P<first>{_DATE})(?:\s(?:and|to|until|till)\s|\s?[-–—]\s?)(?P<last>{_DATE})")
_SIDE = _alone(rf"(?P<side>since|from|after|before|until|till|up\sto)\s(?P<date>{_DATE})")
_ONE = _alone(rf"(?:(?:in|during|on|of)\s)?(?P<date>{_DATE})")
_CHOSEN = re.compile(r"(?<![\w:])(?P<name>kind|action):(?P<value>[^\W\d_]{1,40})(?!\w)", re.IGNORECASE)
_QUOTED = re.compile(r'["“”„«»]')


def of_date(text: str) -> str | None:
    """The query for the meetings of the day, month or year that `text` is, if it is one."""
    days = text.strip(" .,?")
    return f"from:{_value(days)} to:{_value(days)}" if first_and_last(days) else None


def within(text: str) -> str | None:
    """The query that `text` may mean where it holds a date in plain words: "budget 2021", "bypass since May 2019"."""
    spaced = " ".join(text.split())
    if not re.search(_YEAR, spaced) or re.search(r"\b(?:from|to):", spaced, re.IGNORECASE):
        return None
    for form, said in ((_SPAN, _span), (_SIDE, _side), (_ONE, _one)):
        if (found := form.search(spaced)) and not len(_QUOTED.findall(spaced[:found.start()])) % 2:
            days = said(found)
            rest = f"{spaced[:found.start()]} {spaced[found.end():]}".split()
            return " ".join((*(each for each in rest if each.strip(".,;:?![]{}~^")), days)) if days else None
    return None


def _span(found: re.Match[str]) -> str | None:
    first, last = found["first"], found["last"]
    return f"from:{_value(first)} to:{_value(last)}" if first_and_last(first) and first_and_last(last) else None


def _side(found: re.Match[str]) -> str | None:
    side, days = found["side"].lower(), first_and_last(found["date"])
    if not days:
        return None
    if side == "after":
        return f"from:{days[1] + timedelta(1)}"
    if side == "before":
        return f"to:{days[0] - timedelta(1)}"
    return f"{'from' if side in ('since', 'from') else 'to'}:{_value(found['date'])}"


def _one(found: re.Match[str]) -> str | None:
    return of_date(found["date"])


def of_values(text: str) -> str | None:
    """`text` with the nearest value in place of each that the filters kind: and action: have none of; else `None`."""
    def meant(found: re.Match[str]) -> str:
        name, value = found["name"].lower(), found["value"]
        quoted = len(_QUOTED.findall(text[:found.start()])) % 2
        if quoted or not isinstance(filter_node(name, value), str):
            return found.group()
        return f"{name}:{nearest(name, value) or value}"

    said = _CHOSEN.sub(meant, text)
    return said if said != text else None


def of_names(text: str, tree: Node, members: Iterable[Member], committees: Iterable[Committee]) -> Iterator[str]:
    """The queries for members, then for committees, that the plain words `text`, read as `tree`, name."""
    if len(conditions(tree)) > LONGEST or not all(isinstance(part, Word | Phrase) for part in conditions(tree)):
        return
    words = _value(" ".join(quotable(text).split()).strip(" .,?"))
    if any(names_person(words, member.name) for member in members):
        yield f"member:{words}"
    if any(names_committee(words, committee.id, committee.name) for committee in committees):
        yield f"committee:{words}"


def _value(text: str) -> str:
    return f'"{text}"' if " " in text else text
