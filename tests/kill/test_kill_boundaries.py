"""Every moment at which the disk holds something new: what a process that died there leaves is taken up by the next.

One crawl is watched, and its home copied at each moment while the process stands still. A copy is just what SIGKILL
leaves (the kernel keeps what was written; the lock goes with its process), and some moments are killed in earnest too.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from homes import Site, assert_same, assert_whole
from processes import Nursery
from workers import Begun, Undisturbed, Workers

pytestmark = pytest.mark.kill

_WHOLE_EVERY = 12    # this often the slower comparisons are made too
_TORN_EVERY = 5
_IN_EARNEST = 6      # moments


@dataclass(frozen=True)
class Moment:
    number: int
    name: str
    home: Path


def _watch(nursery: Nursery, home: Path) -> Sequence[Moment]:
    """Every moment of a crawl of `home`, with a copy of it."""
    journal, copies = home.with_name("journal"), home.with_name("copies")
    answer = nursery.run(home, "crawl", trap={"journal": str(journal), "copy": str(home), "copies": str(copies)})
    assert answer.status == 0, answer
    names = journal.read_text().splitlines()
    return [Moment(number, name, copies / f"{home.name}{number}") for number, name in enumerate(names, 1)]


@pytest.fixture(scope="module")
def moments(begun: Begun, workers: Workers, tmp_path_factory: pytest.TempPathFactory) -> Sequence[Moment]:
    """Those of the crawl of a home that held a little and had its index."""
    with workers.one() as nursery:
        return _watch(nursery, begun(tmp_path_factory.mktemp("moments") / "moment"))


def _contents(home: Path) -> dict[str, bytes]:
    """The files of a home; the shared memory of a database says nothing once its processes are gone."""
    files = (path for path in home.rglob("*") if path.is_file() and not path.name.endswith("-shm"))
    return {str(path.relative_to(home)): path.read_bytes() for path in files}


def _different(moments: Sequence[Moment]) -> Iterator[Moment]:
    """Those at which the disk held another thing than at the moment before; some only of the torn captures."""
    before: dict[str, bytes] = {}
    for moment in moments:
        contents = _contents(moment.home)
        if contents != before and (moment.name != "half a capture" or not moment.number % _TORN_EVERY):
            yield moment
        before = contents


def test_every_moment_is_watched(moments: Sequence[Moment], undisturbed: Undisturbed) -> None:
    names = [moment.name for moment in moments]
    assert names.count("before commit") == names.count("after commit") > undisturbed.meetings
    assert names.count("half a capture") == names.count("after capture") > undisturbed.meetings
    assert names.count("after replace") + names.count("after rename") >= 2


def _take_up(nursery: Nursery, home: Path, undisturbed: Undisturbed, trail: str, whole: bool = False) -> None:
    """Crawl it again: it holds what the undisturbed one does."""
    answer = nursery.run(home, "crawl")
    assert answer.status == 0, (trail, answer)
    if whole:
        assert_whole(nursery, home, undisturbed.state, trail)
    else:
        assert_same(home, undisturbed.state, trail)
    shutil.rmtree(home)


def test_every_commit_boundary(moments: Sequence[Moment], workers: Workers, undisturbed: Undisturbed) -> None:
    def take_up(nursery: Nursery, moment: Moment) -> None:
        trail = f"left at {moment.number}, {moment.name}"
        _take_up(nursery, moment.home, undisturbed, trail, whole=not moment.number % _WHOLE_EVERY)

    workers.each(take_up, list(_different(moments)))


def test_the_boundaries_of_a_new_home(
    site: Site, workers: Workers, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    """At its beginning, where the database is made, and at its end, where the index is."""
    with workers.one() as nursery:
        moments = list(_different(_watch(nursery, site.new_home(tmp_path / "new"))))

    def take_up(nursery: Nursery, moment: Moment) -> None:
        _take_up(nursery, moment.home, undisturbed, f"left at {moment.number}, {moment.name}")

    workers.each(take_up, [*moments[:4], *moments[-8:]])


def test_killed_in_earnest_at_such_moments(
    begun: Begun, moments: Sequence[Moment], workers: Workers, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    def take_up(nursery: Nursery, number: int) -> None:
        home = begun(tmp_path / f"earnest{number}")
        assert nursery.run(home, "crawl", trap={"kill": number}).killed
        _take_up(nursery, home, undisturbed, f"killed at {number}, {moments[number - 1].name}")

    workers.each(take_up, Random(7).sample(range(1, len(moments) + 1), _IN_EARNEST))


def test_a_power_cut_takes_the_last_commits(
    begun: Begun, moments: Sequence[Moment], workers: Workers, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    """The database waits for the disk now and then only, so a power cut may cut its log anywhere; captures stay."""

    def take_up(nursery: Nursery, part: float) -> None:
        home = begun(tmp_path / f"power{part:.2f}")
        assert nursery.run(home, "crawl", trap={"kill": len(moments) - 12}).killed
        log = home / "minutebook.sqlite-wal"
        with log.open("r+b") as file:
            file.truncate(int(log.stat().st_size * part))
        _take_up(nursery, home, undisturbed, f"{part} of the log left", whole=True)

    workers.each(take_up, (0.0, 0.3, 0.9))


def test_a_torn_record_at_the_end(
    begun: Begun, moments: Sequence[Moment], workers: Workers, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    """The last capture is cut off in the middle, and its row is missing."""
    last = max(moment.number for moment in moments if moment.name == "after capture")

    def take_up(nursery: Nursery, lost: int) -> None:
        home = begun(tmp_path / f"torn{lost}")
        assert nursery.run(home, "crawl", trap={"kill": last}).killed
        newest = max((home / "captures").iterdir(), key=lambda file: (file.stat().st_mtime_ns, file.name))
        with newest.open("r+b") as file:
            file.truncate(newest.stat().st_size - lost)
        _take_up(nursery, home, undisturbed, f"{lost} bytes lost", whole=True)

    workers.each(take_up, (1, 300, 1500))
