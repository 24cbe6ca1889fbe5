"""Asks the addresses on standard input, one after the other, as the least that any crawler must do; prints JSON.

`requests`: one session, each answer read and forgotten. `warcio`: the same, with every exchange kept in a WARC file by
`warcio.capture_http`. Robots, pauses, limits, a ledger and a store are left out of both.
"""

import json
import sys
import time
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

if sys.argv[1:2] == ["warcio"]:
    from warcio.capture_http import capture_http  # before requests: it changes http.client
import requests


def main(kind: str, file: str, urls: Sequence[str]) -> None:
    keeping = capture_http(str(Path(file))) if kind == "warcio" else nullcontext()
    with keeping, requests.Session() as session:
        begun, worked = time.monotonic(), time.process_time()
        for url in urls:
            assert session.get(url, timeout=60).content
        seconds, cpu = time.monotonic() - begun, time.process_time() - worked
    print(json.dumps({"pages": len(urls), "seconds": seconds, "cpu": cpu}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.stdin.read().split())
