"""How long a site asks to be left alone, as people say it."""

from typing import Final

_UNITS: Final = (("years", 31_557_600), ("days", 86_400), ("hours", 3_600), ("minutes", 60))
_FOR_GOOD: Final = 100 * 31_557_600


def spoken(seconds: float) -> str:
    """"45 seconds", "60 minutes", "24 hours", "12 days": rounded, in the largest unit of which there are two or more.

    `seconds` are 0 or more, up to `inf`.
    """
    if seconds >= _FOR_GOOD:
        return "100 years or more"
    for name, unit in _UNITS:
        if seconds >= 2 * unit:
            return f"{round(seconds / unit)} {name}"
    return "1 second" if round(seconds) == 1 else f"{round(seconds)} seconds"
