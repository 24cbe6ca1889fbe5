"""Coverage-guided fuzzing of every reader (`make fuzz SECONDS=60`): each must read an input or refuse it in one line.

A traceback, over two seconds of CPU, or over 300 MB of memory fails and leaves the input in `tests/fuzz/found`. Seeds
are the cases of `tests/pages`. An input's first byte chooses the reader; what is left behind begins with it too:

    .venv/bin/python tests/fuzz/readers.py --again tests/fuzz/found/crash-...
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FOUND = Path(__file__).with_name("found")
LONGEST = 200_000    # bytes of an input: what grows faster than its length shows there already
URL = "https://democracy.ambleshire.example/ieListDocuments.aspx?CId=1&MId=2"

sys.path[:0] = [str(ROOT), str(ROOT / "tests")]


def readers() -> dict[str, Callable[[bytes], Any]]:
    """Every reader, by the name of the kind of file that it is tried with."""
    from archive.errors import NeedsOcr  # noqa: PLC0415 (under the eyes of the fuzzer)
    from archive.model import Committee, CommitteeId, Council, CouncilId  # noqa: PLC0415
    from crawler.documents.text import html_blocks  # noqa: PLC0415
    from crawler.files import Given, read_file  # noqa: PLC0415
    from crawler.moderngov import calendar, legacy, listings, pages, service, votes  # noqa: PLC0415
    from crawler.source import Page  # noqa: PLC0415

    council = Council(CouncilId("ambleshire"), "Ambleshire")
    committee = Committee(CommitteeId("ambleshire/committees/1"), "Cabinet")

    def no_ocr(_data: bytes, name: str) -> bytes:    # a program of its own, with limits of its own
        raise NeedsOcr(name)

    def page(body: bytes) -> Page:
        return Page(URL, 200, "text/html", body)

    return {
        "file": lambda data: read_file(data, "fuzz", Given(recognise=no_ocr)),
        "html": html_blocks,
        "item": lambda data: pages.read_item(page(data), council),
        "item's text": lambda data: pages.read_item_text(data.decode("utf-8", "surrogateescape"), URL, council),
        "meeting": lambda data: pages.read_meeting(page(data), council),
        "decision": lambda data: pages.read_decision(page(data), council),
        "issue": lambda data: pages.read_issue(page(data), council),
        "committees": lambda data: pages.read_committees(page(data), council),
        "members": lambda data: pages.read_members(page(data), council),
        "attendance": lambda data: pages.read_attendance(page(data), council),
        "meetings": lambda data: listings.read_meeting_list(page(data), council, committee),
        "calendar": lambda data: calendar.read_calendar(page(data), council, date(2026, 2, 1)),
        "votes": lambda data: votes.read_votes(page(data)),
        "legacy": lambda data: legacy.read_legacy(page(data), council),
        "service": lambda data: service.read_meeting(page(data), council),
        "service's meetings": lambda data: service.read_meetings(page(data), council),
        "service's members": lambda data: service.read_members(page(data), council),
    }


def seeds(names: list[str]) -> list[bytes]:
    """The cases of `tests/pages`, each for the reader of saved files and for those that its name suggests."""
    suited = {"mgai.html": "item", "ielistdocuments.html": "meeting", "iedecisiondetails.html": "decision",
              "ieissuedetails.html": "issue", "getmeeting.xml": "service"}  # fmt: skip
    found = []
    for file in sorted((ROOT / "tests" / "pages").rglob("*")):
        if file.suffix in (".html", ".xml", ".txt", ".pdf", ".docx") and file.stat().st_size < LONGEST:
            data = file.read_bytes()
            kinds = {"file", suited.get(file.name.lower(), "html")} | ({"legacy"} if file.suffix == ".html" else set())
            found += [bytes([names.index(kind)]) + data for kind in sorted(kinds)]
    return found


def tried(all_readers: dict[str, Callable[[bytes], Any]]) -> Callable[[bytes], None]:
    """What is done with one input."""
    from limits import MOST_MEGABYTES, MOST_SECONDS, cpu_seconds, held_megabytes  # noqa: PLC0415

    from archive.errors import MinutebookError  # noqa: PLC0415

    reads = list(all_readers.items())
    held = held_megabytes()

    def read_or_refused(read: Callable[[bytes], Any], data: bytes) -> None:
        with suppress(MinutebookError):
            read(data)

    def attempt(data: bytes) -> None:
        nonlocal held
        name, read = reads[data[0] % len(reads)] if data else reads[0]
        took = cpu_seconds(lambda: read_or_refused(read, data[1:]))
        if took > MOST_SECONDS:
            raise TimeoutError(f"{name}: {took:.1f} s for {len(data):,} bytes")
        before, held = held, held_megabytes()
        if held - before > MOST_MEGABYTES:
            raise MemoryError(f"{name}: {held - before} MB for {len(data):,} bytes")

    return attempt


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seconds", type=int, default=60)
    arguments.add_argument("--again", type=Path, help="an input that failed before")
    given = arguments.parse_args()
    if given.again:
        tried(readers())(given.again.read_bytes())
        return
    try:
        import atheris  # noqa: PLC0415
    except ImportError:
        version = ".".join(map(str, sys.version_info[:2]))
        sys.exit(f"Fuzzing needs atheris, of which there is none for Python {version}: use Python 3.11")
    with atheris.instrument_imports(include=["crawler"]):
        all_readers = readers()
    FOUND.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for at, seed in enumerate(seeds(list(all_readers))):
            Path(corpus, str(at)).write_bytes(seed)
        options = (f"-max_total_time={given.seconds}", f"-max_len={LONGEST}", f"-artifact_prefix={FOUND}/",
                   "-rss_limit_mb=2048", "-timeout=30", "-print_final_stats=1", "-verbosity=1")  # fmt: skip
        atheris.Setup([sys.argv[0], *options, corpus], tried(all_readers))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
