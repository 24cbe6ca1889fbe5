"""What is left of an index that was being built when its run stopped."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from an_outbox import Outbox, meeting
from engines import ENGINES, closed_after

from archive.errors import IndexFailure
from index.generations import CurrentIndex, Generations, MakeEngine, open_index
from index.query import parse
from index.sync import Indexed, rebuild, sync

EVERYTHING = parse("")


@pytest.fixture
def searched() -> Iterator[Callable[..., CurrentIndex]]:
    with closed_after(open_index) as searched:
        yield searched


@pytest.mark.parametrize("stopped", [KeyboardInterrupt, IndexFailure, MemoryError])
@pytest.mark.parametrize("make", ENGINES.values())
def test_what_was_half_built_goes_when_the_building_stops(
    tmp_path: Path, make: MakeEngine, stopped: type[BaseException], searched: Callable[..., CurrentIndex]
) -> None:
    store = Outbox(meeting("1", "Buses"), meeting("2", "Trams"))
    sync(store, tmp_path, make=make)
    index = searched(tmp_path, make)
    present = list(tmp_path.glob("g-*"))

    def stop(_: Indexed) -> None:
        assert len(list(tmp_path.glob("g-*"))) == 2
        raise stopped

    with pytest.raises(stopped):
        rebuild(store, tmp_path, progress=stop, make=make)
    assert list(tmp_path.glob("g-*")) == present
    assert index.search(EVERYTHING).total == 2


@pytest.mark.parametrize("make", ENGINES.values())
def test_a_sync_removes_what_a_killed_run_left_and_nothing_that_a_search_reads(
    tmp_path: Path, make: MakeEngine, searched: Callable[..., CurrentIndex]
) -> None:
    store = Outbox(meeting("1", "Buses"))
    sync(store, tmp_path, make=make)
    present, index = list(tmp_path.glob("g-*")), searched(tmp_path, make)
    assert index.search(EVERYTHING).total == 1
    shutil.copytree(present[0], tmp_path / "g-left")
    assert Generations(tmp_path, make).left() == (tmp_path / "g-left",)
    with Generations(tmp_path, make).writing():
        assert Generations(tmp_path, make).left() == ()    # it may be what that run builds
    assert sync(store, tmp_path, make=make) == Indexed()
    assert list(tmp_path.glob("g-*")) == present
    assert index.search(EVERYTHING).total == 1
