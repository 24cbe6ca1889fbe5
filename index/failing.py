"""What is said when the system refuses an index something: one line, with what to do."""

import errno
from pathlib import Path

from archive.errors import IndexFailure

ADVICE = "run: minutebook reindex"
FULL = (errno.ENOSPC, errno.EDQUOT)
"""What the system says when there is no room."""


def full(folder: Path, done: str) -> IndexFailure:
    """The failure to raise when there is no room for the index in `folder` to be "written"."""
    return IndexFailure(f"{folder}: the disk is full, so the index cannot be {done}; searches go on with what was "
                        "there: make room, then run the same again")


def refused(folder: Path, done: str, error: OSError) -> IndexFailure:
    """The failure to raise when the index in `folder` cannot be "written", "read" ..., because of `error`."""
    if error.errno in FULL:
        return full(folder, done)
    said = f"{folder}: the index cannot be {done} ({error.strerror or error})"
    return IndexFailure(f"{said}; if that is not the disk, {ADVICE}")
