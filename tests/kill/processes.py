"""The commands as processes of their own, that may be killed: the installed one, and the same forked from a nursery."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("minutebook")


@dataclass(frozen=True)
class Ended:
    """How a process ended; a negative `status` is the signal that killed it."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def killed(self) -> bool:
        return self.status == -signal.SIGKILL


class Running(Protocol):
    pid: int

    def send(self, number: int) -> None:
        """Send a signal; nothing happens when it has ended."""

    def wait(self) -> Ended:
        """How it ended."""


def environment(home: Path) -> dict[str, str]:
    """The contact is the home's name: the site sees by it who asks."""
    return {"MINUTEBOOK_HOME": str(home), "MINUTEBOOK_CONTACT": f"{home.name}@example.org", "MINUTEBOOK_DELAY": "0"}


class Started:
    """The installed command."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [COMMAND, *arguments], env={**os.environ, **environment(home)}, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.pid = self._process.pid

    def send(self, number: int) -> None:
        self._process.send_signal(number)

    def wait(self) -> Ended:
        with self._process:
            out, err = self._process.communicate(timeout=60)
            return Ended(self._process.returncode, out, err)


class Nursery:
    """One child at a time. `folder` is where the children's output goes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("nursery.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, bufsize=1, env={**os.environ, "PYTHONPATH": str(ROOT)})

    def start(self, home: Path, *arguments: str, trap: Mapping[str, Any] | None = None) -> "Child":
        order = {"arguments": arguments, "environ": environment(home), "folder": str(self.folder), "trap": trap or {}}
        return Child(self, int(self.ask(json.dumps(order))))

    def run(self, home: Path, *arguments: str, trap: Mapping[str, Any] | None = None) -> Ended:
        return self.start(home, *arguments, trap=trap).wait()

    def ask(self, line: str) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        return self.answer()

    def answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        with self._process:
            assert self._process.stdin is not None
            self._process.stdin.close()


class Child:
    """A command forked from the nursery."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self.pid, self._nursery = pid, nursery
        self._lock, self._reaped = Lock(), False

    def send(self, number: int) -> None:
        with self._lock, suppress(ProcessLookupError):
            if not self._reaped:
                os.kill(self.pid, number)

    def wait(self) -> Ended:
        assert self._nursery.answer() == "ended"
        with self._lock:
            status, self._reaped = int(self._nursery.ask("and how?")), True
        out, err = ((self._nursery.folder / name).read_text(encoding="utf-8") for name in ("out", "err"))
        return Ended(status, out, err)
