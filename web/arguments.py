"""What the commands take from people: days as they write them, councils by their identifiers."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import click

from archive.config import Config, CouncilSettings
from archive.errors import InputError
from index.dates import first_and_last


class Day(click.ParamType[date]):
    """A day, month or year as people write it (2021, 2021-05, 3/5/2021, "May 2021"): its first or its last day."""

    name = "date"

    def __init__(self, *, last: bool = False) -> None:
        self._last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that `value` names, or a usage error."""
        if isinstance(value, date):
            return value
        days = first_and_last(value)
        if days is None:
            self.fail(f"{value!r} is no date; write 2021, 2021-05, 2021-05-03 or 3/5/2021", param, ctx)
        return days[1] if self._last else days[0]


class Address(click.ParamType[str]):
    """An address that begins with http:// or https:// and names a host."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """`value`, or a usage error."""
        try:
            parts = urlsplit(value)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:    # a port that is no number, half an IPv6 address
            usable = False
        if not usable:
            self.fail(f"{value!r} is no address of a site; one begins with http:// or https://", param, ctx)
        return str(value)


def chosen_councils(config: Config, ids: Sequence[str]) -> tuple[CouncilSettings, ...]:
    """The councils named by `ids`, or all. Raises `InputError` for one that is not registered, or when none is."""
    known: dict[str, CouncilSettings] = {each.council.id: each for each in config.councils}
    if not known:
        raise InputError("no council is registered yet; register one with: minutebook add URL")
    unknown = [each for each in ids if each not in known]
    if unknown:
        raise InputError(f"no council {unknown[0]!r} is registered; there are: {', '.join(known)}")
    return tuple(known[each] for each in ids) if ids else tuple(known.values())
