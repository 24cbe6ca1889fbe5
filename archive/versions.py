"""When two readings of a meeting are the same, and what is known of each version that was kept."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from archive.model import Meeting
from archive.shapes import as_json


class Saved(StrEnum):
    """What saving a meeting did."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a meeting, counted from 1. `parser` names the last reader that read just this.

    `seen` is when a council's site first showed it so, `last` when it last did; both aware, in UTC.
    """

    number: int
    digest: str
    seen: datetime
    parser: str
    last: datetime


def canonical(data: Any) -> str:
    """`data` as JSON with one spelling only: sorted keys, no spaces, ASCII, so that any text can be stored."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest(meeting: Meeting) -> str:
    """SHA-256 of the canonical JSON of `meeting`, as 64 hexadecimal digits."""
    return digest_of(as_json(meeting))


def digest_of(data: Any) -> str:
    """The same of what is JSON already."""
    return hashlib.sha256(canonical(data).encode("ascii")).hexdigest()
