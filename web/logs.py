"""The log of a command, for whoever keeps it: every event of the crawl, as text or as JSON lines, on standard error."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from pythonjsonlogger.json import JsonFormatter

FORMATS: Final = ("text", "json")
_TEXT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_FIELDS: Final = ("levelname", "name", "message", "threadName")


@contextmanager
def logging_as(form: str | None) -> Iterator[None]:
    """Write what happens inside to standard error; without a `form` warnings only, as Python does by itself."""
    if form is None:
        yield
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_json() if form == "json" else logging.Formatter(_TEXT))
    logger = logging.getLogger("minutebook")
    level, passes_on = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.propagate = passes_on


def _json() -> logging.Formatter:
    """One object a line: "time" (UTC), "level", "logger", "message", what the event says besides, and a traceback."""
    names = {"levelname": "level", "name": "logger", "threadName": "thread"}
    return JsonFormatter(_FIELDS, rename_fields=names, timestamp="time", json_ensure_ascii=False)
