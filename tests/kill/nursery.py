"""A process that has Minutebook loaded and forks a child for each command it is told: real processes, started at once.

Each line on standard input is an order as JSON, each answer a line: the child's number when it has started, "ended"
when it has, and its exit status (negative: the signal) after any further line. Until then the dead child is kept, so
that its number is nobody else's and may be killed at any moment.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import traps

from web.cli import main


def _child(order: dict[str, Any]) -> NoReturn:
    status: object = 99
    try:
        folder = Path(order["folder"])
        for number, name in ((0, os.devnull), (1, folder / "out"), (2, folder / "err")):
            os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o644), number)
        traps.lay(order["trap"])
        os.environ.update(order["environ"])
        sys.argv = ["minutebook", *order["arguments"]]
        main()
    except SystemExit as ending:
        status = ending.code
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status if isinstance(status, int) else 98)


def _serve() -> None:
    for line in iter(sys.stdin.readline, ""):
        order = json.loads(line)
        child = os.fork()
        if not child:
            _child(order)
        print(child, flush=True)
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        print("ended", flush=True)
        sys.stdin.readline()
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    _serve()
