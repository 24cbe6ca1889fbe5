"""Dates as people type them in a search: 2021, 2021-05, 2021-05-03, 3/5/2021, May 2021, 3 May 2021. Day first.

A year may have two figures where the day is said too: 3/5/21, 3 May 21.
"""

import re
from calendar import monthrange
from datetime import date

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")
_FORMS = tuple(re.compile(form + r"\Z", re.IGNORECASE) for form in (
    r"(?P<year>\d{4})",
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?",
    r"(?:(?P<day>\d{1,2})[-/.])?(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
    r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{2})",
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -](?P<name>[a-z]{3,9})\.?,?[ -](?P<year>\d{2})",
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -])?(?P<name>[a-z]{3,9})\.?,?[ -](?P<year>\d{4})",
    r"(?P<name>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})",
))


def first_and_last(text: str) -> tuple[date, date] | None:
    """The first and the last day of the year, month or day that `text` names; `None` when it names none."""
    for form in _FORMS:
        if found := form.match(text.strip()):
            parts = found.groupdict()
            month = _month(parts["name"]) if "name" in parts else parts.get("month")
            return _range(parts["year"], month, parts.get("day"))
    return None


def in_words(day: date) -> str:
    """3 May 2021."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _month(name: str) -> str:
    found = [at for at, month in enumerate(MONTHS, 1) if month.lower().startswith(name.lower())]
    return str(found[0]) if len(found) == 1 else "0"


def _range(year: str, month: str | None, day: str | None) -> tuple[date, date] | None:
    try:
        first = date(int(year if len(year) == 4 else f"20{year}"), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return first, first
    last = int(month) if month else 12
    return first, date(first.year, last, monthrange(first.year, last)[1])
