"""The forms of the numbers that paragraphs carry: told from dates, times, money and decimals, and their sequences.

A typed number is either certain by its form ("27.1 The", "(a)", "1.") or only possible ("2 The", "10.15 The").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN_FORM = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})\Z")
_ENCLOSED = re.compile(r"\(?(?:[0-9]{1,3}|[A-Za-z]|([A-Za-z])\1|[ivxIVX]{2,6})\)\.?:?\Z")
_DOTTED_ENCLOSED = re.compile(r"\(?([0-9]{1,3}(?:\.[0-9]{1,3}){1,4})\)\.?:?\Z")
_POINTED = re.compile(r"(?:[0-9]{1,4}|[a-z]|[ivx]{2,6})\.\Z")
_LETTERED = re.compile(r"[0-9]{1,3}[A-La-l][.)]\Z")    # 4a. and the like; 5m. and 7p. measure
_IN_PARTS = re.compile(
    r"(?:[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}\.?|\([0-9]{1,3}\))(?:\((?:[0-9]{1,2}|[a-z]|[ivx]{2,5})\)){1,2}[.:]?\Z")
_LAST_PART = re.compile(r"(.{0,12}[0-9).])\(?([A-Za-z]|[ivx]{2,6}|(?<=\()[0-9]{1,3})\)?\Z")
_DOTTED = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,3}){1,4}[.:]?\Z")
_REFERENCE = re.compile(r"(?:[0-9]{1,4}/[A-Z]{1,6}|[A-Z]{1,6}[./-]?[0-9]{1,4}(?:[./][0-9]{1,4}){1,2})[.:]?\Z")
_MINUTE_AND_YEAR = re.compile(r"([0-9]{1,4})/([0-9]{2}|20[0-9]{2})[.:]?\Z")
_YEAR_AND_MINUTE = re.compile(r"(?:20)?[0-9]{2}/[0-9]{3,4}[.:]?\Z")   # the year's two digits, so that 24/7 is none
_POSSIBLE = re.compile(
    r"(?:[0-9]{1,3}[A-La-l]?:?|(?:[A-Z]|[IVX]{2,6})\.|[A-Z]{1,4}[0-9]{1,4}\.|[A-Z][1-9][0-9]?:?|[A-Z]{1,4}[./-][0-9]{1,4}[.:]?"
    r"|(?:20)?[0-9]{2}-[0-9]{2,4}[.:]?)\Z"
)
_APPLICATION = re.compile(r"[A-Z]{1,6}/[0-9]{2,4}/[0-9]{4}[.:]?\Z")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")
_CLOCK = re.compile(r"(?:[01]?[0-9]|2[0-3])\.[0-5][0-9]\Z")
_DATE = re.compile(r"[0-3]?[0-9]\.[01]?[0-9]\.(?:[0-9]{2}|[0-9]{4})\Z")
_GLUED = re.compile(
    r"([0-9]{1,4}(?:\.[0-9]{1,3}){1,4}|[0-9]{1,4}\.|\([a-z0-9]{1,4}\))(?=[A-Z“\"'‘][a-z ])|"
    r"(\((?:[0-9]{1,2}|[a-z]|[ivx]{2,5})\)|[0-9]{1,2}[.)])(?=[a-z]{2,20}\Z)(?!(?<=\(s\))he\b|(?<=\.)[ap]m\b)"
)
_SPACED = re.compile(r"\A(?:\( ?([0-9]{1,3}|[a-z]|[ivx]{2,5}) ?\)|([0-9]{1,3}|[a-z]) ([.)]))(?= )")
_PREFIX = re.compile(r"([A-Z]{1,4}) ([0-9]{1,4}/[0-9]{1,4}[.:]?)(?: |\Z)")
_DATED = (
    r"[ap]\.?m\b|(?-i:noon)\b|o['’]clock|"
    r"(?:jan|feb|febr|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)\b|(?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december)(?: [0-9]|,|$)|(?:ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|"
    r"awst|medi|hydref|tachwedd|rhagfyr)\b"
)
_MEASURE = re.compile(
    rf"(?:%|(?-i:per ?cent|million|billion|thousand|hundred|hours?\b|hrs|minutes?\b)|{_DATED}|"
    r"(?:miles?|km|metres?|hectares?|acres?|tonnes?|fte|votes?)\b|[-–—] ?[0-9]|to [0-9]|"
    r"(?:for|against|in favour|abst(?:entions?|ain(?:ed|ing)?))(?: the (?:motion|amendment|proposal|recommendation))?"
    r"[ .,;:]*(?:\Z|[0-9]|and [0-9]))",
    re.IGNORECASE,
)
_DATE_AFTER_POINT = re.compile(_DATED, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Typed:
    """A number typed at the start of a text: `number` as printed without trailing dot, the `rest` of the text."""

    number: str
    rest: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands in a sequence: its `style` (which sequences it can be in) and its `ordinal` there."""

    style: str
    ordinal: int


def places(number: str) -> tuple[Place, ...]:
    """The places `number` can have: "(i)" is the ninth letter and the first Roman number; "77/21" counts in either."""
    core = number.strip("().:")
    frame = ("(" if number.startswith("(") else "") + (")" if number.rstrip(".:").endswith(")") else "")
    if "/" in core or "-" in core or not core.isascii():
        return tuple(
            Place(f"ref{core[:part.start()]}#{core[part.end():]}", int(part.group()))
            for part in re.finditer(r"[0-9]+", core, re.ASCII)
        )
    if last_part := _LAST_PART.match(core):
        return tuple(_simple_places(last_part[2], f"{last_part[1]}{frame}"))
    if "." in core:
        parent, last = core.rsplit(".", 1)
        return (Place(f"{parent}.{frame}", int(last)),) if last.isdigit() else ()
    return tuple(_simple_places(core, frame))


def _simple_places(core: str, frame: str) -> Iterator[Place]:
    if core.isdigit():
        yield Place(f"1{frame}", int(core))
        return
    case = "a" if core.islower() else "A"
    lower = core.lower()
    if lower and lower == lower[0] * len(lower) and lower.isalpha():
        yield Place(f"{case}{frame}", ord(lower[0]) - 96 + 26 * (len(lower) - 1))
    if _ROMAN_FORM.match(lower) and lower:
        yield Place(f"{case}roman{frame}", _roman(lower))
    coded = re.match(r"([a-z]+)([0-9]+)\Z", lower)
    if coded:
        yield Place(f"code{coded[1]}", int(coded[2]))


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def follows(earlier: str, later: str) -> bool:
    """Whether `later` is the next number after `earlier` in some sequence: 27.2 after 27.1, (b) after (a)."""
    before = {(place.style, place.ordinal + 1) for place in places(earlier)}
    return any((place.style, place.ordinal) in before for place in places(later))


def begins(number: str) -> bool:
    """Whether `number` can be the first of a sequence: 1, (a), i, 27.1."""
    return any(place.ordinal == 1 for place in places(number))


def typed(text: str) -> Typed | None:
    """The number typed at the start of `text` (one line), if there may be one."""
    prefixed = _PREFIX.match(text)
    if prefixed:
        return Typed(f"{prefixed[1]} {prefixed[2].rstrip('.:')}", text[prefixed.end():].strip(), True)
    token, _, rest = _token(text)
    if len(token) > 20 or not token or (token[-1] not in ".)" and _MEASURE.match(rest)):
        return None
    certain = _certainty(token, rest)
    if certain is None:
        return None
    if rest[:2] in ("- ", "– ", ": "):
        rest = rest[2:]
    return Typed(token.rstrip(".:"), rest.strip(), certain)


def _token(text: str) -> tuple[str, str, str]:
    """The first word of `text`, parted from one that is glued to it ("1.That") and without blanks in it ("( a )")."""
    if spaced := _SPACED.match(text):
        return spaced[0].replace(" ", ""), " ", text[spaced.end() + 1:]
    token, space, rest = text.partition(" ")
    glued = _GLUED.match(token)
    return (glued[0], "", text[glued.end():]) if glued else (token, space, rest)


def is_amount(text: str) -> bool:
    """Whether the number that `text` begins with measures or dates something: "3.2 per cent", "2017." and no more."""
    token, _, rest = text.partition(" ")
    return bool(_MEASURE.match(rest) or _YEAR.match(token.rstrip(".,")))


def _certainty(token: str, rest: str) -> bool | None:
    """Whether `token` is certainly (`True`) or possibly (`False`) a paragraph's number; `None`: it is none."""
    if _ENCLOSED.match(token):
        return True
    if _POINTED.match(token):
        return not _YEAR.match(token.rstrip(".")) and not _DATE_AFTER_POINT.match(rest)
    if _DOTTED.match(token):
        return None if _MEASURE.match(rest) else _certainty_of_dotted(token.rstrip(".:"), rest)
    if enclosed := _DOTTED_ENCLOSED.match(token):
        return not _CLOCK.match(enclosed[1])
    opens = _opens_sentence(rest)
    if _LETTERED.match(token) or _IN_PARTS.match(token):
        return opens
    certain = _certainty_of_reference(token)
    return certain and opens if opens or "/" in token else None


def _certainty_of_reference(token: str) -> bool | None:
    """77/21 and PLA147/14 are numbers; 24/25 may be a year, P/23/0123 an application for planning permission."""
    if year := _MINUTE_AND_YEAR.match(token):
        return not _financial_year(year[1], year[2])
    if _REFERENCE.match(token):
        return not _APPLICATION.match(token)
    if _YEAR_AND_MINUTE.match(token):
        return True
    return False if _POSSIBLE.match(token) and not _is_years(token) else None


def _certainty_of_dotted(core: str, rest: str) -> bool | None:
    """27.1 is a number; 10.30 may be a time, 12.3.21 a date; 12.03.2021 is one."""
    if _DATE.match(core):
        return None if _YEAR.search(core) else False
    return _opens_sentence(rest) and not _CLOCK.match(core)


def _opens_sentence(rest: str) -> bool:
    start = rest.lstrip("“\"'‘([*-–: ")[:1]
    return not start or start.isupper() or start.isdigit()


def _is_years(token: str) -> bool:
    """Whether `token` is two years that follow each other: "2024-25"."""
    first, _, second = token.rstrip(".:").partition("-")
    return first.isdigit() and second.isdigit() and _financial_year(first, second[-2:])


def _financial_year(first: str, second: str) -> bool:
    century = len(first) == 2 or (len(first) == 4 and first[:2] in ("19", "20"))
    return century and (int(first[-2:]) + 1) % 100 == int(second[-2:])
