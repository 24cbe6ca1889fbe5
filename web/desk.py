"""One command's desk: the home folder, and what it needs of it, opened when first used and closed at the end."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from archive.config import Config, load
from archive.errors import HomeError
from archive.home import Home
from archive.store import Store


class Desk:
    """What a command works on. `as_json` puts one JSON value on standard output instead of text for people.

    `logs_json` makes every line on standard error one of JSON, for a command whose log is kept by a machine.
    """

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self.folder, self.environ = folder, environ
        self.as_json = self.logs_json = False
        self.stays = False    # whether this command goes on for long, as a server does
        self._may_make = False
        self._open = ExitStack()

    @property
    def home(self) -> Home:
        """The home folder, which need not exist yet."""
        return Home(self.folder)

    @contextmanager
    def writing(self, doing: str) -> Iterator[None]:
        """Hold the home, made when it is not there, for a command that writes. Raises `HomeLocked` or `HomeError`."""
        with self.home.lock(doing):
            self._may_make = True
            yield

    @property
    def config(self) -> Config:
        """The settings as they stand now."""
        return load(self.home, self.environ)

    @cached_property
    def store(self) -> Store:
        """The store of this home. Raises `HomeError` for one that holds nothing, unless this command writes."""
        if not self._may_make and not self.home.database.exists():
            lost = self.home.captures.is_dir()
            fill = "its captures are there, read them with: minutebook reparse" if lost else (
                "fill it with: minutebook add, crawl or import")
            raise HomeError(f"{self.folder}: holds no archive yet; {fill}")
        store = Store.open(self.home.database, brief=not self._may_make and not self.stays)
        self._open.callback(store.close)
        return store

    def keep_open(self, close: Callable[[], Any]) -> None:
        """Call `close` when the command ends."""
        self._open.callback(close)

    def close(self) -> None:
        """Close whatever was opened, last first."""
        self._open.close()

    def say(self, text: str) -> None:
        """A line for people: progress, warnings. Never on standard output; a line of the log where that is JSON."""
        line = {"time": datetime.now(UTC).isoformat(), "level": "WARNING", "logger": "minutebook", "message": text}
        click.echo(json.dumps(line, ensure_ascii=False) if self.logs_json else text, err=True)

    def give(self, value: Any, text: str) -> None:
        """The command's answer: `value` as JSON, or `text` for people."""
        click.echo(json.dumps(value, ensure_ascii=False, indent=2) if self.as_json else text)
