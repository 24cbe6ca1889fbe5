"""The site, the processes that crawl it side by side, and what a home holds that nothing disturbed."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from queue import Queue

import pytest
from homes import FewMeetings, Site, serving, state_of
from processes import Nursery
from workers import WORKERS, Begun, Undisturbed, Workers


@pytest.fixture(scope="session")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    free: Queue[Nursery] = Queue()
    with ExitStack() as stack:
        for _ in range(WORKERS):
            nursery = Nursery(tmp_path_factory.mktemp("nursery"))
            stack.callback(nursery.close)
            free.put(nursery)
        yield Workers(free)


@pytest.fixture
def nursery(workers: Workers) -> Iterator[Nursery]:
    with workers.one() as one:
        yield one


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    with serving(FewMeetings(3)) as site:
        yield site


@pytest.fixture(scope="session")
def begun(site: Site, workers: Workers, tmp_path_factory: pytest.TempPathFactory) -> Begun:
    """Makes a home with a few old meetings and their index, so that what is new goes through the outbox."""
    made = site.new_home(tmp_path_factory.mktemp("begun") / "begun")
    with workers.one() as nursery:
        answer = nursery.run(made, "crawl", "--until", "2018")
    assert answer.status == 0, answer
    return lambda home: shutil.copytree(made, home)


@pytest.fixture(scope="session")
def undisturbed(site: Site, workers: Workers, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    home, before = site.new_home(tmp_path_factory.mktemp("undisturbed") / "undisturbed"), site.asked
    with workers.one() as nursery:
        answer = nursery.run(home, "crawl")
    assert answer.status == 0, answer
    state = state_of(home)
    return Undisturbed(state, site.asked - before, len(state["meetings"]))
