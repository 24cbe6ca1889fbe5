"""Indexes the store of a folder with one engine, then answers as a server does; prints what it measured as JSON.

    benchmarks/searching_process.py whoosh|tantivy FOLDER CHANGED

`archive.sqlite` is in the folder; the index is made by a process of its own, so that the memory is the server's alone.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from asked import ASKED

from archive.store import Store
from archive.workers import cores
from index.engines import engine
from index.generations import open_index
from index.search import Search
from index.sync import rebuild, sync
from web.app import create_app


def build(name: str, folder: Path) -> None:
    """Index everything, as `minutebook reindex` does; prints paragraphs a second, and a second of CPU of all processes.

    Last the most memory that this process had, and the largest of those that work for it.
    """
    store = Store.open(folder / "archive.sqlite")
    paragraphs = sum(len(item.paragraphs) for meeting in store.each_meeting() for item in meeting.items)
    begun, before = time.perf_counter(), _spent()
    rebuild(store, folder / name, make=engine(name), workers=cores())
    took, spent = time.perf_counter() - begun, _spent() - before
    most = (resource.getrusage(whose).ru_maxrss / 1024 for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(paragraphs / took, paragraphs / spent, *most)


def _spent() -> float:
    both = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in both)


def change(name: str, folder: Path, items: int) -> None:
    """Change so many items and take them in; prints the seconds until the index has them."""
    store, now = Store.open(folder / "archive.sqlite"), datetime.now(UTC)
    left = items
    for meeting in store.each_meeting():
        if left <= 0:
            break
        left -= len(meeting.items)
        changed = (replace(item, title=f"{item.title} changed by {name}") for item in meeting.items)
        store.save_meeting(replace(meeting, items=tuple(changed)), (), "bench", now)
    begun = time.perf_counter()
    sync(store, folder / name, make=engine(name))
    print(time.perf_counter() - begun)


def told(*arguments: str) -> list[float]:
    """The numbers that this program, run as a process of its own, prints."""
    command = [sys.executable, __file__, *arguments]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [float(each) for each in printed.split()]


def serve(name: str, folder: Path, items: int) -> dict[str, float]:
    """Measure the searches of a server."""
    found = dict(zip(("indexed", "indexed_cpu", "indexer", "worker"), told("build", name, str(folder)), strict=True))
    found["disk"] = sum(each.stat().st_size for each in (folder / name).rglob("*") if each.is_file()) / 1_000_000
    store = Store.open(folder / "archive.sqlite")
    search = Search(open_index(folder / name, engine(name)), store)
    begun = time.perf_counter()
    search.prepare()    # as `minutebook serve` does before it listens
    found["start"] = time.perf_counter() - begun
    client = create_app(store, search).test_client()

    def took(query: str) -> float:
        begun = time.perf_counter()
        answer = client.get("/api/v1/search", query_string={"q": query})
        assert answer.status_code == 200, answer.text
        return (time.perf_counter() - begun) * 1000

    found["first"] = took("bypass")
    found["cold"] = statistics.median(took(asked.query) for asked in ASKED)
    warm = sorted(statistics.median(took(asked.query) for _ in range(5)) for asked in ASKED)
    found |= {"p50": statistics.median(warm), "p95": warm[int(len(warm) * 0.95)]}
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun = time.perf_counter()
    (committed,) = told("change", name, str(folder), str(items))
    waited = time.perf_counter() - begun
    seen = took(f'"changed by {name}"') / 1000
    assert waited >= committed
    return found | {"update": committed + seen}


def main() -> None:
    match sys.argv[1:]:
        case ["build", name, folder]:
            build(name, Path(folder))
        case ["change", name, folder, items]:
            change(name, Path(folder), int(items))
        case [name, folder, items]:
            print(json.dumps(serve(name, Path(folder), int(items))))


if __name__ == "__main__":
    main()
