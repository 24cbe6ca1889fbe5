"""Dates and times as UK councils print them, in English and Welsh: day first, local time (moderngov.md 4.6)."""

import re
from datetime import date, datetime, time

from archive.model import start_of

_MONTHS = {
    name: at
    for at, names in enumerate(
        (
            "january jan ionawr", "february feb chwefror", "march mar mawrth fawrth", "april apr ebrill",
            "may mai fai", "june jun mehefin fehefin", "july jul gorffennaf orffennaf", "august aug awst",
            "september sept sep medi fedi", "october oct hydref", "november nov tachwedd dachwedd",
            "december dec rhagfyr ragfyr",
        ), 1,
    )
    for name in names.split()
}  # fmt: skip
_ORDINAL = r"(?:st|nd|rd|th|af|il|ydd|fed|eg|ain|ed)?"
_WRITTEN = re.compile(
    rf"(?<![\w.])(?P<day>[0-3]?[0-9]) ?{_ORDINAL}(?: ?day)?(?: of| o)?[ ,.-]{{1,3}}"
    rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?,?[ ,-]{{1,3}}"
    r"(?P<year>(?:19|20)[0-9]{2})(?![0-9])",
    re.IGNORECASE,
)
_FIRST = "first second third fourth fifth sixth seventh eighth ninth"
_DAYS = (
    f"{_FIRST} tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
    f"twentieth {re.sub(r'(?<![a-z])', 'twenty-', _FIRST)} thirtieth thirty-first"
)
_SPELT = {name: at for at, name in enumerate(_DAYS.split(), 1)}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_SPELT_DAY = re.compile(
    rf"\b({'|'.join(sorted(_SPELT, key=len, reverse=True))})(?: day)?(?: of)?(?= (?:{_MONTH})\b)", re.IGNORECASE)
_MONTH_FIRST = re.compile(
    rf"(?<![0-9] )(?<!(?:st|nd|rd|th) )\b({_MONTH})\.? ([0-3]?[0-9])(?:st|nd|rd|th|af|il|ydd|fed|eg|ain)?,? "
    r"((?:19|20)[0-9]{2})\b",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(rf"\b({_MONTH})(,?) ?['’‘]([0-9]{{2}})(?![0-9])", re.IGNORECASE)
_WELSH_DAY = re.compile(rf"(?<![0-9])([0-3]?[0-9])(?:af|il|ydd|fed|eg|ain|ed)(?= (?:o )?(?:{_MONTH})\b)", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<![0-9/])(?P<day>[0-3]?[0-9])/(?P<month>[01]?[0-9])/(?P<year>(?:19|20)?[0-9]{2})(?![0-9/])")
_MARKED_OFF = re.compile(   # by dots or hyphens; with a short year it may be the number of a paragraph
    r"(?<![0-9.-])(?P<day>[0-3]?[0-9])(?P<mark>[.-])(?P<month>[01]?[0-9])(?P=mark)(?P<year>(?:19|20)[0-9]{2})(?![0-9]|-[0-9])"
)
_ISO = re.compile(
    r"(?<![0-9-])(?P<year>(?:19|20)[0-9]{2})(?P<mark>[-/])(?P<month>[01][0-9])(?P=mark)(?P<day>[0-3][0-9])(?![0-9])"
)
_DIGITS = re.compile(
    r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?P<month>[01][0-9])(?P<day>[0-3][0-9])"
    r"(?P<hour>[0-2][0-9])(?P<minute>[0-5][0-9])(?![0-9])"
)
_MARKED_TIME = re.compile(
    r"(?<![0-9.:/£])(?P<hour>[0-2]?[0-9])(?:[.:](?P<minute>[0-5][0-9]))? ?"
    r"(?P<mark>a\.?m\b|p\.?m\b|noon|hanner dydd|canol dydd|hanner nos|midday|midnight|hours|"
    r"hrs|o['’]r gloch|o['’]clock|y ?\.?[bph]\b|"
    r"y bore|y prynhawn|yr hwyr)",
    re.IGNORECASE,
)
_SPAN = re.compile(   # "7.00 - 10.15 pm": the mark is that of both, or only of the end
    r"(?<![0-9.:/£-])(?P<hour>1[0-2]|0?[1-9])(?P<minute>[.:][0-5][0-9])? ?(?P<to>-|–|—|to |until |tan ) ?"
    r"(?=(?P<end>1[0-2]|0?[1-9])(?:[.:](?P<after>[0-5][0-9]))? ?(?P<mark>a\.? ?m\b|p\.? ?m\b|noon\b|midday\b))",
    re.IGNORECASE,
)
_FULL_TIME = re.compile(
    r"(?<![0-9.:/£])(?P<hour>[01][0-9]|2[0-3])(?P<minute>[0-5][0-9]) ?(?P<mark>hours|hrs)\b", re.IGNORECASE)
_NAMED_TIME = re.compile(r"\b(?:(?P<noon>noon|midday|hanner dydd|canol dydd)|midnight|hanner nos)\b", re.IGNORECASE)
_PLAIN_TIME = re.compile(r"(?<![0-9.:/£])(?P<hour>[0-2]?[0-9])[.:](?P<minute>[0-5][0-9])(?![0-9.])")
_MARKED_TIMES = (_MARKED_TIME, _FULL_TIME, _NAMED_TIME)
_TIMES = (_MARKED_TIME, _FULL_TIME, _PLAIN_TIME, _NAMED_TIME)
_AND_DAY = re.compile(
    rf"(?<![0-9./-])([0-3]?[0-9])(?:st|nd|rd|th)?(?: (?:and|&|a) |[-–/])([0-3]?[0-9])(?:st|nd|rd|th)?"
    rf"( (?:{_MONTH}),? (?:19|20)[0-9]{{2}})\b",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s+")


def day_first(text: str) -> str:
    """`text` with its written dates day first, in figures, the year whole: "June 5, 2024", "fifth of June '24"."""
    figures = _SPELT_DAY.sub(lambda found: str(_SPELT[found[1].lower()]), _WELSH_DAY.sub(r"\1", text))
    return _MONTH_FIRST.sub(r"\2 \1 \3", _SHORT_YEAR.sub(r"\1\2 20\3", figures))


def uk_date(text: str) -> date | None:
    """The first date in `text`; `None` when there is none, or none that the calendar knows."""
    found = _find(_line(text))
    return found[0] if found else None


def uk_dates(text: str) -> tuple[date, ...]:
    """Every date in `text`, in printed order, each once; "3 and 17 March 2026" are two."""
    return tuple(dict.fromkeys(day for match in _dates_in(_line(text)) if (day := _day(match))))


def uk_datetime(text: str) -> datetime | None:
    """The first date in `text` with its time, aware (Europe/London); midnight when no time is printed."""
    line = _line(text)
    found = _find(line)
    if not found:
        return None
    day, start, end = found
    if stamp := _DIGITS.fullmatch(line[start:end]):
        at = _time_of(int(stamp["hour"]), int(stamp["minute"]))
        return start_of(day, at)
    return start_of(day, _first_time(spans_marked(line[end:]), *_TIMES) or _first_time(line[:start], *_MARKED_TIMES))


def _line(text: str) -> str:
    """`text` with each date in it whole and day first: of a meeting on "3-4 March 2026" both days."""
    return _AND_DAY.sub(r"\1\3 and \2\3", day_first(_SPACES.sub(" ", text)))


def uk_time(text: str) -> time | None:
    """The first time of day in `text`: "10.30 am", "2.00 p.m.", "19:30", "12 noon", "2.00 o'r gloch"."""
    return _first_time(spans_marked(_SPACES.sub(" ", text)), *_TIMES)


def spans_marked(text: str) -> str:
    """`text`, in which the start of each span of time has am or pm of its own: "7.00 pm - 10.15 pm"."""
    return _SPAN.sub(_marked_start, text)


def _marked_start(found: re.Match[str]) -> str:
    starts = int(found["hour"]) % 12 * 60 + int((found["minute"] or ".0")[1:])
    ends = int(found["end"]) % 12 * 60 + int(found["after"] or 0)
    morning = found["mark"][0].lower() == "a" or starts > ends
    return f"{found['hour']}{found['minute'] or ''} {'am' if morning else 'pm'} {found['to'].strip()} "


def _find(line: str) -> tuple[date, int, int] | None:
    """The first date of a line and where it stands."""
    for match in _dates_in(line):
        if day := _day(match):
            return day, match.start(), match.end()
    return None


def _dates_in(line: str) -> list[re.Match[str]]:
    matches = [match for form in (_WRITTEN, _NUMERIC, _MARKED_OFF, _ISO, _DIGITS) for match in form.finditer(line)]
    return sorted(matches, key=lambda match: match.start())


def _day(match: re.Match[str]) -> date | None:
    month, year = match["month"], int(match["year"])
    number = int(month) if month.isdigit() else _MONTHS[month.lower()]
    try:
        return date(year + 2000 if year < 100 else year, number, int(match["day"]))
    except ValueError:   # 31 February: a misprint says nothing
        return None


def _first_time(text: str, *forms: re.Pattern[str]) -> time | None:
    for form in forms:
        for match in form.finditer(text):
            if form is _NAMED_TIME:
                return time(12 if match["noon"] else 0)
            minute = int(match["minute"] or 0)
            mark = match["mark"].lower().replace(".", "").replace(" ", "") if "mark" in match.re.groupindex else ""
            if found := _time_of(_hour(int(match["hour"]), mark), minute):
                return found
    return None


def _hour(printed: int, mark: str) -> int:
    """The hour of the day. Without am or pm, 1 to 7 o'clock is in the afternoon: no council meets at two at night."""
    if mark in ("am", "yb", "ybore", "midnight", "hannernos"):
        return 0 if printed == 12 else printed
    if mark in ("pm", "yp", "yh", "yprynhawn", "yrhwyr"):
        return printed + 12 if printed < 12 else printed
    return printed + 12 if 0 < printed < 8 and mark not in ("hours", "hrs") else printed


def _time_of(hour: int, minute: int) -> time | None:
    return time(hour, minute) if hour < 24 else None
