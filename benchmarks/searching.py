"""Searches archives of several sizes as a warm server does, beside SQLite FTS5 doing the same work; prints a table.

    .venv/bin/python benchmarks/searching.py                          6,000 items
    .venv/bin/python benchmarks/searching.py 6000 20000 60000         what benchmarks/README.md shows

The archive is the sample council's, made larger; each item has a few further paragraphs, of Limerick's minutes where
the real files are beside the project, else of other items. Each engine is measured in a process of its own
(`searching_process.py`), through the JSON API: total, all facets, twenty hits with their snippets. FTS5 has the same
items in three columns (title, what was decided, the rest) with a Porter stemmer, and does the same: ids by bm25, the
total, facets by SQL, `snippet()`.
"""

import argparse
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asked import ASKED, Asked
from table import HEAD, Row

from archive.model import Item, Meeting, Paragraph, ParagraphKind
from archive.store import Store
from crawler.sample import SampleCouncil

HERE = Path(__file__).parent
LIMERICK = HERE.parent.parent / "shared" / "data" / "corpora" / "limerick"
ITEMS_A_MEETING = 8.3    # of the sample
ADDED = 4    # paragraphs to each item: it then has as many as real ones
CHANGED = 200    # items of one night
FACETS = ("council", "committee", "year", "month")


def pool(meetings: Sequence[Meeting]) -> list[str]:
    """Paragraphs to be added to items: Limerick's lines of some length, or else the sample's own."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(LIMERICK.glob("*.md"))]
    lines = [" ".join(part.split()) for text in texts for part in text.split("\n\n\n")]
    lines = [line[:600] for line in lines if len(line) > 200]
    return lines or [each.text for meeting in meetings for item in meeting.items for each in item.paragraphs]


def corpus(items: int) -> list[Meeting]:
    """About that many items."""
    meetings = SampleCouncil(meetings=int(items / ITEMS_A_MEETING)).meetings("http://sample.invalid/")
    chosen, texts = random.Random(1), pool(meetings)
    return [replace(meeting, items=tuple(_longer(item, chosen.choices(texts, k=ADDED)) for item in meeting.items))
            for meeting in meetings]


def _longer(item: Item, texts: Sequence[str]) -> Item:
    first = len(item.paragraphs) + 1
    more = (Paragraph(f"p{first + at}", None, ParagraphKind.NARRATIVE, text) for at, text in enumerate(texts))
    return item if item.procedural else replace(item, paragraphs=(*item.paragraphs, *more))


def saved(meetings: Sequence[Meeting], path: Path) -> None:
    """A store with all of them, and nothing in its outbox but these."""
    store, now = Store.open(path), datetime.now(UTC)
    for meeting in meetings:
        store.save_meeting(meeting, (), "bench", now)
    store.close()


def engine(name: str, folder: Path) -> Mapping[str, Any]:
    """What `searching_process.py` measured of one engine."""
    command = [sys.executable, str(HERE / "searching_process.py"), name, str(folder), str(CHANGED)]
    return dict(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))


class Fts5:
    """The same items in SQLite."""

    def __init__(self, meetings: Sequence[Meeting], path: Path) -> None:
        self._base = base = sqlite3.connect(path)
        base.executescript("""
            create virtual table items using fts5(title, decided, body, tokenize='porter unicode61');
            create table facts (item integer primary key, council, committee, committee_name, year integer, month);
            create table people (item integer, member, name); create table actions (item integer, action);
        """)
        for number, (meeting, item) in enumerate(((each, item) for each in meetings for item in each.items), 1):
            decided = "\n".join(each.text for each in item.resolutions)
            body = "\n".join((*item.agenda, *(each.text for each in item.paragraphs)))
            base.execute("insert into items(rowid, title, decided, body) values (?, ?, ?, ?)",
                         (number, item.title, decided, body))
            committee, day = meeting.committee, f"{meeting.start:%Y-%m}" if meeting.start else ""
            base.execute("insert into facts values (?, ?, ?, ?, ?, ?)", (
                number, meeting.council, committee and committee.id, committee and committee.name, day[:4], day))
            base.executemany("insert into people values (?, ?, ?)",
                             ((number, person.member, person.name) for person in item.people))
            base.executemany("insert into actions values (?, ?)", ((number, each.action) for each in item.resolutions))
        base.executescript("create index by_item on people(item); create index by_did on actions(item);")
        base.execute("create temp table found (item integer primary key, score real)")
        base.commit()

    def search(self, asked: Asked) -> int:
        """The same answer as ours: total, facets, twenty hits with snippets."""
        ask, where = self._base.execute, f" and {asked.where}" if asked.where else ""
        ask("delete from found")
        if asked.match:
            ask("insert into found select items.rowid, bm25(items, 5, 2, 1) from items "
                f"join facts on item = items.rowid where items match ?{where}", (asked.match,))
        else:
            ask(f"insert into found select item, 0 from facts where 1{where}")
        (total,) = ask("select count(*) from found").fetchone()
        for name in FACETS:
            ask(f"select {name}, count(*) from found join facts using (item) group by 1").fetchall()
        ask("select member, count(distinct item) from found join people using (item) group by 1").fetchall()
        ask("select action, count(distinct item) from found join actions using (item) group by 1").fetchall()
        best = [item for item, in ask("select item from found order by score limit 20")]
        if asked.match:
            chosen = ",".join(map(str, best))
            ask("select rowid, title, snippet(items, -1, '<', '>', '…', 30) from items "
                f"where items match ? and rowid in ({chosen})", (asked.match,)).fetchall()
        return int(total)


def rows(items: int, folder: Path, engines: Sequence[str]) -> Iterator[Row]:
    """The lines of one size."""
    meetings = corpus(items)
    count = sum(len(meeting.items) for meeting in meetings)
    paragraphs = sum(len(item.paragraphs) for meeting in meetings for item in meeting.items)
    size = f"{count:,} items"
    saved(meetings, folder / "archive.sqlite")
    begun = time.process_time()
    peer = Fts5(meetings, folder / "fts5.sqlite")
    made = paragraphs / (time.process_time() - begun)
    theirs = sorted(statistics.median(_milliseconds(peer, asked) for _ in range(3)) for asked in ASKED)
    p50, p95 = statistics.median(theirs), theirs[int(len(theirs) * 0.95)]
    del meetings
    for name in engines:
        found = engine(name, folder)
        told = f"{size}, {name}"
        yield Row(f"{told}: search through the API, {len(ASKED)} queries, p50", found["p50"], "ms", "FTS5", p50)
        yield Row(f"{told}: the same, p95", found["p95"], "ms", "FTS5", p95)
        yield Row(f"{told}: each query the first time, p50", found["cold"], "ms")
        yield Row(f"{told}: a server is ready after", found["start"], "s")
        yield Row(f"{told}: its first query", found["first"], "ms")
        yield Row(f"{told}: memory of the server", found["memory"], "MB")
        yield Row(f"{told}: {paragraphs:,} paragraphs indexed", found["indexed"], "paragraphs/s")
        yield Row(f"{told}: the same a second of CPU", found["indexed_cpu"], "paragraphs/s", "FTS5", made)
        yield Row(f"{told}: memory of the indexing process", found["indexer"], "MB")
        yield Row(f"{told}: memory of each that works for it", found["worker"], "MB")
        yield Row(f"{told}: index on disk", found["disk"], "MB")
        yield Row(f"{told}: a night's {CHANGED} changed items searchable after", found["update"], "s")


def _milliseconds(peer: Fts5, asked: Asked) -> float:
    begun = time.perf_counter()
    peer.search(asked)
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("items", type=int, nargs="*", default=[6000], help="sizes of the archive")
    arguments.add_argument("--engine", action="append", choices=("whoosh", "tantivy"), help="only this engine")
    given = arguments.parse_args()
    print(HEAD, flush=True)
    for items in given.items:
        with tempfile.TemporaryDirectory() as folder:
            for row in rows(items, Path(folder), given.engine or ("whoosh", "tantivy")):
                print(row, flush=True)


if __name__ == "__main__":
    main()
