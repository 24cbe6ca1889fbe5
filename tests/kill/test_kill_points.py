"""kill -9 at any point, then run again: the result is that of a run which nothing disturbed."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from homes import Site, assert_whole
from killers import AtRequest, AtStart, Killer, WhenQuiet, watched
from processes import Nursery, Running, Started
from workers import Begun, Undisturbed, Workers

from archive.store import Store

pytestmark = pytest.mark.kill

CHAINS, KILLS = 10, 5
_ATTEMPTS = 20
_REAL = 2    # chains of the installed command itself; the others fork it from a process that has it loaded


def _killer(chance: Random, requests: int, real: bool) -> tuple[Killer, str]:
    """A killer whose moment is anywhere in a run of about so many requests."""
    late = chance.uniform(0, 0.03)
    draw = chance.random()
    if draw < 0.1:
        late *= 40 if real else 2
        return AtStart(late), f"{late:.3f} s after the start"
    if draw < 0.3:
        late = 0.05 + 8 * late
        return WhenQuiet(late), f"{late:.3f} s after the last request"
    number = chance.randint(1, requests)
    return AtRequest(number, late), f"{late:.3f} s after request {number}"


def _held(home: Path) -> int:
    database = home / "minutebook.sqlite"
    if not database.exists():
        return 0
    with closing(Store.open(database)) as store:
        return store.counts().meetings


def _kill_and_kill(site: Site, home: Path, start: Callable[..., Running], undisturbed: Undisturbed, seed: int) -> str:
    """Crawl `home` until it has been killed so many times; what was done to it."""
    chance, trail = Random(seed), []
    for _ in range(_ATTEMPTS):
        killer, when = _killer(chance, undisturbed.requests - _held(home), start is Started)
        with watched(site, home, killer):
            process = start(home, "crawl")
            killer.begin(process)
            answer = process.wait()
        assert answer.killed or answer.status == 0, (trail, when, answer)
        trail += [when] if answer.killed else []
        if len(trail) == KILLS:
            return "killed " + ", ".join(trail)
    raise AssertionError(f"killed only {len(trail)} times in {_ATTEMPTS} runs: {trail}")


def test_killed_at_50_points(
    site: Site, begun: Begun, workers: Workers, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    def chain(nursery: Nursery, number: int) -> None:
        home = (begun if number % 2 else site.new_home)(tmp_path / f"chain{number}")
        start = Started if number < _REAL else nursery.start
        trail = _kill_and_kill(site, home, start, undisturbed, number)
        answer = nursery.run(home, "crawl")
        assert answer.status == 0, (trail, answer)
        assert_whole(nursery, home, undisturbed.state, trail)

    workers.each(chain, range(CHAINS))
