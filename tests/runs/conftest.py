"""A site that is only a list of meetings, an empty store, and runs of one over the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from a_listed_site import AMBLESHIRE, FakeSite, Run, days_ago, runs, some_meetings

from archive.store import Store


@pytest.fixture
def site() -> FakeSite:
    return FakeSite(some_meetings(_1=days_ago(2000), _2=days_ago(60), _3=days_ago(-30), _4=days_ago(-200)))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "minutebook.db")
    opened.save_council(AMBLESHIRE)
    yield opened
    opened.close()


@pytest.fixture
def run(site: FakeSite, store: Store, tmp_path: Path) -> Run:
    return runs(site, store, tmp_path)
