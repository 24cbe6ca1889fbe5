"""The archive for reuse, as lines of text."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from archive.model import Meeting
from archive.shapes import as_json


def jsonl(meetings: Iterable[Meeting]) -> Iterator[str]:
    """One meeting a line in the shape of the contract, section 2, each line with its end; nothing is held back."""
    for meeting in meetings:
        yield json.dumps(as_json(meeting), ensure_ascii=False) + "\n"


FORMATS: Mapping[str, Callable[[Iterable[Meeting]], Iterator[str]]] = {"jsonl": jsonl}
"""Every format by the name that `minutebook export --format` gives it."""
