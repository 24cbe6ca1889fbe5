"""How well a search finds what people want: `make relevance` prints it for two archives, beside SQLite FTS5.

    make relevance                                         both archives, made anew: about three minutes
    .venv/bin/python tests/relevance.py --folder /tmp/x    kept there, and only asked the next time
    .venv/bin/python tests/relevance.py --queries          each query of the tuning part, the worst first

A store or an index kept in a folder is used as it is: remove `limerick/index` there when the analysis or what an entry
holds has changed, and `limerick` when the readers have.

The queries and their judged answers are in `tests/relevance/` (`judging.py` says how they are written). They were
judged before the ranking was tuned, from the first hits of several systems and searches by hand. A third of them is
kept aside: tune on the others, and never look at those one by one. nDCG and success look at the first ten items and at
the first, as a page of results lists them: what was found and, below fewer than ten of these, what comes nearest. An
item that nobody judged counts nothing, and `judged` is the share of the first ten that somebody did: where it is low,
look at what came up and judge it before believing the figure.
"""

import argparse
import re
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean

from cases import REAL_FILES
from judging import FIRST, Answered, Items, Judged, Listed, answered, judged_in

from archive.errors import MinutebookError
from archive.model import Council, CouncilId, ItemId, Meeting
from archive.store import Store
from crawler.files import Given, read_file
from crawler.sample import SampleCouncil
from index.generations import open_index
from index.search import Search, SearchRequest
from index.sync import rebuild

JUDGED = Path(__file__).parent / "relevance"
LIMERICK_FILES = REAL_FILES / "corpora" / "limerick"
PARTS = {"all": {False, True}, "tuning": {False}, "kept aside": {True}}
"""Each part by which of its queries are kept aside."""
_TYPED = re.compile(r'(?:\w+:)?("[^"]*"|\S+)')

SHOWN = "Minutebook"
"""What whoever searches sees."""

Ask = Callable[[str], Sequence[ItemId]]


@dataclass(frozen=True)
class Archive:
    """An archive to be searched: where its judged queries are, and what saves it into a store."""

    name: str
    save: Callable[[Store], None]

    @property
    def queries(self) -> list[Judged]:
        return judged_in(JUDGED / f"{self.name}.toml")


def sample() -> SampleCouncil:
    """The sample council at its usual size."""
    return SampleCouncil()


def save_sample(store: Store) -> None:
    council, now = sample(), datetime.now(UTC)
    identity = council.council("")
    store.save_council(identity)
    store.save_members(identity.id, council.members())
    store.save_committees(identity.id, council.committees())
    for meeting in council.meetings():
        store.save_meeting(meeting, (), "relevance", now)


def save_limerick(store: Store) -> None:
    council, now = Council(CouncilId("limerick"), "Limerick"), datetime.now(UTC)
    store.save_council(council)
    for file in sorted(LIMERICK_FILES.iterdir()):
        for meeting in _meetings_in(file, council):
            store.save_meeting(meeting, (), "relevance", now)


def _meetings_in(file: Path, council: Council) -> tuple[Meeting, ...]:
    """What `import` would store of it."""
    try:
        return read_file(file.read_bytes(), file.name, Given(council)).meetings
    except MinutebookError as error:
        print(f"Left out: {error}", file=sys.stderr)
        return ()


ARCHIVES = (Archive("sample", save_sample), Archive("limerick", save_limerick))


def minutebook(search: Search, *, nearly: bool) -> Ask:
    """The first items that a page of results lists: its hits and, with `nearly`, those below that come nearest."""
    def ask(query: str) -> Sequence[ItemId]:
        found = search(SearchRequest(query, per_page=FIRST))
        below = found.nearly.hits if nearly and found.nearly else ()
        return [hit.item for hit in (*found.hits, *below)]

    return ask


def fts5(items: Iterable[Listed], operator: str) -> Ask:
    """The first hits of SQLite's full text search over title and text, the words stemmed and joined by `operator`."""
    listed = list(items)
    peer = sqlite3.connect(":memory:")
    peer.execute("create virtual table items using fts5(title, body, tokenize='porter unicode61')")
    peer.executemany("insert into items (rowid, title, body) values (?, ?, ?)",
                     ((at, item.title, item.body) for at, item in enumerate(listed)))
    asking = "select rowid from items where items match ? order by bm25(items) limit ?"

    def ask(query: str) -> Sequence[ItemId]:
        return [listed[row].id for (row,) in peer.execute(asking, (typed(query, operator), FIRST))]

    return ask


def typed(query: str, operator: str) -> str:
    """`query` in the language of FTS5: its words and phrases, a filter's value as words."""
    words = [words.strip('"').replace('"', " ") for words in _TYPED.findall(query)]
    return f" {operator} ".join(f'"{each}"' for each in words)


@dataclass(frozen=True)
class Run:
    """One query of one archive, answered by each system."""

    query: Judged
    hits: dict[str, Sequence[ItemId]]
    scores: dict[str, Answered]


def runs(archive: Archive, folder: Path) -> tuple[Items, list[Run]]:
    """The queries of `archive`, asked. What `folder` does not hold yet is made there."""
    store = _stored(archive, folder)
    items = Items(store.each_meeting())
    search = Search(open_index(folder / "index"), store)
    systems = {
        SHOWN: minutebook(search, nearly=True),
        "its hits alone": minutebook(search, nearly=False),
        "FTS5, all words": fts5(items.listed, "AND"),
        "FTS5, any word": fts5(items.listed, "OR"),
    }
    return items, [_run(items, query, systems) for query in archive.queries]


def _stored(archive: Archive, folder: Path) -> Store:
    folder.mkdir(parents=True, exist_ok=True)
    file, made = folder / "store.sqlite", folder / "saved"
    store = Store.open(file)
    if not made.exists():
        archive.save(store)
        made.touch()
    if not (folder / "index").exists():
        rebuild(store, folder / "index")
    return store


def _run(items: Items, query: Judged, systems: dict[str, Ask]) -> Run:
    grades = items.grades(query)
    hits = {name: ask(query.asked) for name, ask in systems.items()}
    return Run(query, hits, {name: answered(found, grades) for name, found in hits.items()})


def rows(archive: Archive, made: Sequence[Run]) -> Iterator[str]:
    """The lines of the table: a part and a system each."""
    for part, kept_aside in PARTS.items():
        of_part = [run for run in made if run.query.kept_aside in kept_aside]
        for system in made[0].scores:
            scores = [run.scores[system] for run in of_part]
            yield (f"| {archive.name} | {part} ({len(scores)}) | {system} | {mean(one.ndcg for one in scores):.3f} | "
                   f"{mean(one.success for one in scores):.2f} | {mean(one.empty for one in scores):.2f} | "
                   f"{mean(one.judged for one in scores):.2f} |")  # fmt: skip


def each_query(items: Items, made: Iterable[Run]) -> Iterator[str]:
    """The queries that may be looked at, the worst first, with the first hits and their grades."""
    shown = [run for run in made if not run.query.kept_aside]
    for run in sorted(shown, key=lambda run: run.scores[SHOWN].ndcg):
        figures = "  ".join(f"{score.ndcg:.2f}" for score in run.scores.values())
        grades = items.grades(run.query)
        wanted = sum(grade > 1 for grade in grades.values())
        yield f"\n{figures}  {run.query.asked}  [{run.query.kind}: {run.query.wanted}; {wanted} such items]"
        for hit in run.hits[SHOWN]:
            item = items.by_id[hit]
            yield f"    {grades.get(hit, '-')}  {item.day}  {item.committee[:30]}  {item.title[:80]}"
        yield from () if run.hits[SHOWN] else ("    nothing found",)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--folder", type=Path, help="where the archives are kept between runs")
    arguments.add_argument("--queries", action="store_true", help="each query of the tuning part, the worst first")
    arguments.add_argument("--archive", choices=[archive.name for archive in ARCHIVES], help="only this one")
    options = arguments.parse_args()
    asked = [archive for archive in ARCHIVES if options.archive in {None, archive.name}]
    details: list[str] = []
    print("| archive | part | system | nDCG@10 | success@1 | nothing found | judged |\n|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as temporary:
        for archive in asked:
            if archive.name == "limerick" and not LIMERICK_FILES.is_dir():
                details.append("\nLimerick is left out: its files are not here.")
                continue
            items, made = runs(archive, (options.folder or Path(temporary)) / archive.name)
            print(*rows(archive, made), sep="\n", flush=True)
            lost = [key for query in archive.queries for key in items.lost(query)]
            details += [f"\n{archive.name}: {len(lost)} keys of judged items find nothing: {lost}"] if lost else []
            details += [f"\n{archive.name}", *each_query(items, made)] if options.queries else []
    print(*details, sep="\n")


if __name__ == "__main__":
    main()
