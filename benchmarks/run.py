"""Measures what this machine does a second, beside a peer run on the same input, and prints a table.

    make bench                                   the sample council at its usual size
    .venv/bin/python benchmarks/run.py --meetings 3000

A second table has whole crawls (`crawls.py`, which prints it alone).

Reading is set against the least that any reader must do: the text of the page taken out and nothing understood.
Searching is set against SQLite FTS5 doing the same: ids by bm25, the total, snippets of the first twenty.
"""

import argparse
import cProfile
import io
import re
import resource
import sqlite3
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import crawls
import docx
import pypdfium2
from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from table import HEAD, Row

from archive.model import Meeting
from archive.store import Store
from crawler.documents.pdf import pdf_blocks
from crawler.files import Given, read_file
from crawler.sample import Options, SampleCouncil
from crawler.sample.pages import answer
from crawler.sample.site import Request, View
from index.generations import open_index
from index.search import Search, SearchRequest
from index.sync import rebuild
from web.app import create_app

SIZES = (0.5, 1, 2, 4)    # megabytes
QUERIES = (
    "bypass", "school places", "potholes", "flood risk", "library opening hours", "adult social care", "budget",
    "bus services", "council tax", "climate", "pension fund", "special educational needs", "trading standards",
    '"Resolved"', '"school transport"', '"capital programme"', '"be approved"', "safeguard*", "highway*",
    "planning OR housing", "(schools OR academies) transport", "budget -council", "NOT budget waste",
    "flood NEAR/5 risk",
    "kind:resolution approved", "kind:resolution library", "committee:scrutiny library", "committee:cabinet budget",
    "topic:highways", "topic:education places", "from:2020", "to:2018 bus", "from:2019 to:2021 school",
    "member:pennyfold", "member:pennyfold bypass", "apologies", "minutes of the previous meeting", "report", "",
    "17/00146/FUL",
)  # fmt: skip


def a_second(work: Callable[[], int], least: float = 1.0) -> float:
    """How much `work` does in a second of CPU, repeated for at least `least` seconds."""
    work()    # once for whatever is made at first use
    begun, done = time.process_time(), 0
    while time.process_time() - begun < least:
        done += work()
    return done / (time.process_time() - begun)


def pages_of(council: SampleCouncil) -> dict[str, list[bytes]]:
    """The sample's own answers by kind: item pages, meeting pages, replies of the service, printed minutes."""
    view = View(council, Options(), "http://sample.invalid/")
    held = [each for each in council.announced if council.papers(each) == "minutes"][:40]

    def ask(path: str, **given: object) -> bytes:
        return answer(view, Request("GET", path, {key.lower(): str(value) for key, value in given.items()}, {})).body

    printed = [ask(f"documents/g{each.id}", T=1) for each in held]
    texts = [[" ".join(filter(None, (block.label, block.text))) for block in pdf_blocks(body, "")] for body in printed]
    first_items = [written.id for each in held for written in council.written(each.id).items[3:6]]
    return {
        "HTML item pages": [ask("mgAi.aspx", ID=item) for item in first_items],
        "HTML meeting pages": [ask("ieListDocuments.aspx", MId=each.id) for each in held],
        "GetMeeting replies": [ask("mgWebService.asmx/GetMeeting", lMeetingId=each.id) for each in held],
        "printed minutes (PDF)": printed,
        "printed minutes (Word)": [_word_file(lines) for lines in texts],
        "printed minutes (text)": ["\n\n".join(lines).encode() for lines in texts],
    }


def _word_file(lines: Iterable[str]) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def reading(pages: dict[str, list[bytes]]) -> Iterator[Row]:
    for kind, bodies in pages.items():
        items = sum(len(meeting.items) for body in bodies for meeting in read_file(body, kind, Given()).meetings)
        ours = a_second(lambda bodies=bodies, kind=kind, items=items: _read(bodies, kind) or items)
        if "PDF" in kind:
            sheets = sum(len(pypdfium2.PdfDocument(body)) for body in bodies)
            theirs = a_second(lambda bodies=bodies, sheets=sheets: _pdf_text(bodies) or sheets)
            yield Row(kind, ours * sheets / items, "pages/s", "PDFium's text alone", theirs)
            continue
        name, peer = PEERS.get(kind, ("BeautifulSoup's text alone", _html_text))
        theirs = a_second(lambda bodies=bodies, items=items, peer=peer: peer(bodies) or items)
        yield Row(kind, ours, "items/s", name, theirs)


def growing(item: bytes) -> Iterator[str]:
    """What reading one page takes as it grows, its paragraphs printed again and again: seconds of CPU, and memory."""
    longest = max(re.findall(rb"<p\b.*?</p>", item, re.DOTALL), key=len)
    for megabytes in SIZES:
        page = item.replace(longest, longest * int(megabytes * 1e6 / len(longest)), 1)
        begun, held = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        found = read_file(page, "page.html").meetings
        took, more = time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held
        paragraphs = sum(len(item.paragraphs) for meeting in found for item in meeting.items)
        yield f"| {megabytes} | {paragraphs:,} | {took:.2f} | {more / 1024:.0f} |"


def dearest(bodies: Sequence[bytes]) -> Iterator[str]:
    """The ten functions in which reading `bodies` spends most, each by itself."""
    profile = cProfile.Profile()
    profile.runcall(_read, bodies, "page.html")
    spent = profile.getstats()
    total = sum(each.inlinetime for each in spent)
    for each in sorted(spent, key=lambda each: -each.inlinetime)[:10]:
        name = each.code if isinstance(each.code, str) else f"{Path(each.code.co_filename).stem} {each.code.co_name}"
        yield f"| {name} | {each.callcount:,} | {each.inlinetime / total:.0%} |"


def _read(bodies: Iterable[bytes], kind: str) -> None:
    for body in bodies:
        read_file(body, kind, Given())


def _html_text(bodies: Iterable[bytes]) -> None:
    for body in bodies:
        BeautifulSoup(body, "lxml").get_text(" ")


def _pdf_text(bodies: Iterable[bytes]) -> None:
    for body in bodies:
        for sheet in pypdfium2.PdfDocument(body):
            sheet.get_textpage().get_text_bounded()


def _word_text(bodies: Iterable[bytes]) -> None:
    for body in bodies:
        "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(body)).paragraphs)


def _plain_text(bodies: Iterable[bytes]) -> None:
    for body in bodies:
        body.decode().splitlines()


PEERS = {
    "printed minutes (Word)": ("python-docx's text alone", _word_text),
    "printed minutes (text)": ("decoding alone", _plain_text),
}


def fts5(meetings: Sequence[Meeting]) -> sqlite3.Connection:
    """The same items in SQLite's own full text search, stemmed."""
    peer = sqlite3.connect(":memory:")
    peer.execute("create virtual table items using fts5(title, body, tokenize='porter unicode61')")
    rows = ((item.title, "\n".join((*item.agenda, *(each.text for each in item.paragraphs)))) for meeting in meetings
            for item in meeting.items)  # fmt: skip
    peer.executemany("insert into items values (?, ?)", rows)
    peer.commit()
    return peer


def fts5_search(peer: sqlite3.Connection, query: str) -> None:
    words = " ".join(f'"{word}"' for word in query.replace('"', "").replace("*", "").split())
    if words:
        peer.execute("select count(*) from items where items match ?", (words,)).fetchone()
        peer.execute(
            "select rowid, title, snippet(items, 1, '<', '>', '…', 30) from items where items match ? "
            "order by bm25(items) limit 20", (words,)).fetchall()  # fmt: skip


def times(ask: Callable[[str], object], queries: Sequence[str]) -> tuple[float, float]:
    """The median and the 95th percentile of the queries' times in milliseconds, each the middle of five."""
    each = sorted(statistics.median(_once(ask, query) for _ in range(5)) for query in queries)
    return statistics.median(each), each[int(len(each) * 0.95)]


def _once(ask: Callable[[str], object], query: str) -> float:
    begun = time.perf_counter()
    ask(query)
    return (time.perf_counter() - begun) * 1000


def finding(meetings: Sequence[Meeting], folder: Path) -> Iterator[Row]:
    store, now = Store.open(folder / "bench.sqlite"), datetime.now(UTC)
    begun = time.process_time()
    for meeting in meetings:
        store.save_meeting(meeting, (), "bench", now)
    yield Row("meetings saved", len(meetings) / (time.process_time() - begun), "meetings/s")
    paragraphs = sum(len(item.paragraphs) for meeting in meetings for item in meeting.items)
    begun = time.process_time()
    rebuild(store, folder / "index")
    ours = paragraphs / (time.process_time() - begun)
    begun = time.process_time()
    peer = fts5(meetings)
    yield Row("paragraphs indexed", ours, "paragraphs/s", "SQLite FTS5", paragraphs / (time.process_time() - begun))
    search = Search(open_index(folder / "index"), store)
    first = _once(lambda query: search(SearchRequest(query)), "bypass")
    yield Row("first search after opening", first, "ms")
    ours50, ours95 = times(lambda query: search(SearchRequest(query)), QUERIES)
    theirs50, theirs95 = times(lambda query: fts5_search(peer, query), QUERIES)
    yield Row(f"search, {len(QUERIES)} queries, p50 (with all facets)", ours50, "ms", "FTS5 (no facets)", theirs50)
    yield Row(f"search, {len(QUERIES)} queries, p95 (with all facets)", ours95, "ms", "FTS5 (no facets)", theirs95)
    client = create_app(store, search).test_client()
    page50, page95 = times(lambda query: client.get("/search", query_string={"q": query}).data, QUERIES)
    yield Row("search page, p50", page50, "ms")
    yield Row("search page, p95", page95, "ms")


def main() -> None:
    warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)    # the peer takes XML's text by the same parser
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--meetings", type=int, default=300, help="about how many meetings the sample has")
    crawls.options(arguments)
    given = arguments.parse_args()
    council = SampleCouncil(meetings=given.meetings)
    pages = pages_of(council)
    print(HEAD, flush=True)
    for row in reading(pages):
        print(row, flush=True)
    print("\n| MB of one item's page | paragraphs | seconds | more MB at the peak |\n|---|---|---|---|")
    for line in growing(max(pages["HTML item pages"], key=len)):
        print(line, flush=True)
    print("\n| reading item pages is | calls | of the time |\n|---|---|---|")
    print(*dearest(pages["HTML item pages"]), sep="\n")
    print(f"\n{HEAD}", flush=True)
    meetings = council.meetings("http://sample.invalid/")
    with tempfile.TemporaryDirectory() as folder:
        for row in finding(meetings, Path(folder)):
            print(row, flush=True)
    print(Row("peak memory of all of this", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB"))
    items = [item for meeting in meetings for item in meeting.items]
    paragraphs = sum(len(item.paragraphs) for item in items)
    print(f"\n{len(meetings):,} meetings, {len(items):,} items, {paragraphs:,} paragraphs\n")
    print(HEAD, flush=True)
    for row in crawls.rows(given.crawled, given.by_pages):
        print(row, flush=True)


if __name__ == "__main__":
    main()
