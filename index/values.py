"""Ways of writing one thing: money, percentages, numbers of minutes and sections, days, financial years, post codes.

Each gives a term of its own beside what is printed. Words are given as `index.analysis` spells them: folded, without
commas and apostrophes, with plain hyphens. Money is in pounds (or dollars, or euros), whatever it was counted in.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

WINDOW = 8
"""Words among which what belongs together is looked for."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = ("(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
          "|nov(?:ember)?|dec(?:ember)?)")
_TIMES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mil": 6, "million": 6, "bn": 9, "billion": 9}
_COUNTED = f"(?:{'|'.join(sorted(_TIMES, key=len, reverse=True))})"
_SUM = r"[£$€]\d{1,15}(?:\.\d{1,6})?"
_SHARE = r"\d{1,9}(?:\.\d{1,6})?"
_NUMBER = r"(?!(?:19|20)\d\d(?: |\Z))(?=[^ ]{0,8}?\d)[^ ]{1,24}"

_AMOUNT = re.compile(rf"({_SUM})({_COUNTED})?(?![\w.])")
_UNSIGNED = re.compile(rf"(\d{{1,15}}\.\d{{1,6}})({_COUNTED})\Z")
_PERCENT = re.compile(rf"(?:\A|-)({_SHARE})%\Z")
_SECTION = re.compile(r"s\.?(\d{2,3}[a-z]?)\Z")
_YEARS = re.compile(r"((?:19|20)\d\d)[/-]((?:19|20)?\d\d)\Z")
_DAY = re.compile(r"(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>(?:(?:19|20)\d\d|\d\d))\Z")
_ISO_DAY = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})\Z")
_YEAR_OF = re.compile(r"(\d{1,5})/")
_OPENS = re.compile(
    rf"(?:{_SUM}|minutes?|items?|sections?|sec|ss?|[0-3]?\d(?:st|nd|rd|th)|{_SHARE}|[a-z]{{1,2}}\d[a-z\d]?)\Z"
)
_TOGETHER = re.compile(
    rf"(?P<sum>{_SUM}) (?P<times>{_COUNTED})s?(?= |\Z)"
    rf"|(?P<what>minute|item|section)s?(?: (?:nos?|numbers?|refs?|references?))? (?:nos?\.)?"
    rf"(?P<numbers>{_NUMBER}(?: (?:and|to|&) {_NUMBER}){{0,2}})(?= |\Z)(?! {_MONTH}(?: |\Z))"
    rf"|(?:sec|ss?) (?P<section>\d{{2,3}}[a-z]?)(?= |\Z)"
    rf"|(?P<day>[0-3]?\d)(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH})(?: (?P<year>(?:19|20)?\d\d))?(?= |\Z)"
    rf"|(?P<share>{_SHARE}) (?:%|per[ -]?cent|y cant)(?= |\Z)"
    rf"|(?P<out>[a-z]{{1,2}}\d[a-z\d]?) (?P<in>\d[a-z]{{2}})(?= |\Z)"
)
_GOES_ON = re.compile(
    rf"(?:{_COUNTED}s?|(?:no|number|ref|reference)s?\.?|of|{_MONTH}|%|per|per[ -]?cent|y|[^ ]*\d.*)\Z", re.DOTALL
)
_JOINED = ("=minute/", "=item/", "=section/", "=day/", "=£", "=$", "=€", "=%")
_POSTCODE = re.compile(r"[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}\Z")


class Joined(NamedTuple):
    """A term that the first `words` of several words give together."""

    term: str
    words: int


def value(word: str) -> str | None:
    """The term for what `word` alone means, or begins with when that is money."""
    if found := _AMOUNT.match(word):
        return _money(found.group(1), found.group(2))
    if found := _PERCENT.search(word):
        return _percent(found.group(1))
    if found := _SECTION.match(word):
        return f"=section/{found.group(1)}"
    if found := _YEARS.match(word):
        first, last = int(found.group(1)), found.group(2)
        return f"=year/{first}" if (first + 1) % 10 ** len(last) == int(last) else None
    found = _DAY.match(word) or _ISO_DAY.match(word)
    return _day(found.group("day"), found.group("month"), found.group("year")) if found else None


def unsigned(word: str) -> str | None:
    """The term for the sum in pounds that a `word` without its sign may be: 39.2m."""
    found = _UNSIGNED.match(word)
    return _money(f"£{found.group(1)}", found.group(2)) if found else None


def is_value(word: str) -> bool:
    """Whether `value` says what all of `word` means."""
    if word.endswith("%"):
        return bool(_PERCENT.match(word))    # no range: it ends with one
    found = _AMOUNT.match(word)
    return found.end() == len(word) if found else value(word) is not None


def opens(word: str) -> bool:
    """Whether `word` may mean something together with those after it."""
    return bool(_OPENS.match(word))


def goes_on(word: str) -> bool:
    """Whether `word` may mean something together with the one before it: it can stand second in what `joined` finds."""
    return bool(_GOES_ON.match(word))


def may_be_joined(term: str) -> bool:
    """Whether `term` is one that several words may give."""
    return term.startswith(_JOINED) or bool(_POSTCODE.match(term))


def joined(words: Sequence[str]) -> Iterator[Joined]:
    """What the first of `words` means together with those after it; of a list ("minutes 64 and 65") each."""
    text = " ".join(takewhile(lambda word: " " not in word, words[:WINDOW]))    # as a folded ligature has
    found = _TOGETHER.match(text)
    if not found:
        return
    count = found.group().count(" ") + 1
    if found.group("sum"):
        yield Joined(_money(found.group("sum"), found.group("times")), count)
    elif found.group("numbers"):
        yield from _listed(found.group("what"), found.group("numbers").split(" "), count)
    elif found.group("section"):
        yield Joined(f"=section/{found.group('section')}", count)
    elif found.group("day"):
        days = _days(found.group("day"), found.group("month"), found.group("year"))
        yield from (Joined(term, count) for term in days)
    elif found.group("share"):
        yield Joined(_percent(found.group("share")), count)
    else:
        yield Joined(found.group("out") + found.group("in"), count)


def numbers(number: str) -> Iterator[str]:
    """The terms by which the minute of that number is cited; 77/21 is number 77 of its year."""
    if any(each.isdigit() for each in number) and not _YEARS.match(number):
        yield f"=minute/{number}"
        if found := _YEAR_OF.match(number):
            yield f"=minute/{found.group(1)}"


def _listed(what: str, cited: Sequence[str], count: int) -> Iterator[Joined]:
    for at, number in enumerate(cited):
        if at % 2 == 0:
            last = count - len(cited) + at + 1
            terms = numbers(number) if what == "minute" else (f"={what}/{number}",)
            yield from (Joined(term, last) for term in terms)


def _money(amount: str, times: str | None) -> str:
    pounds = Decimal(amount[1:]).scaleb(_TIMES[times] if times else 0)
    return f"={amount[0]}{pounds.normalize():f}"


def _percent(share: str) -> str:
    return f"=%{Decimal(share).normalize():f}"


def _days(day: str, named: str, year: str | None) -> Iterator[str]:
    """The day, and for whoever does not say the year the same without."""
    month = _MONTHS.index(named[:3]) + 1
    if term := _day(day, str(month), year or "2000"):
        yield from (term, f"=day/{term[-5:]}") if year else (f"=day/{term[-5:]}",)


def _day(day: str, month: str, year: str) -> str | None:
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return None
    return f"=day/{year if len(year) == 4 else '20' + year}-{int(month):02}-{int(day):02}"
