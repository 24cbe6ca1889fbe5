"""A database on a full or a read-only disk: commands that only read go on, the others say what to do."""

import shutil
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from build import a_meeting, an_item, save

from archive.errors import StoreError
from archive.store import Store
from web.cli import run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose database SQLite cannot open as ever: what it keeps beside an open file cannot be made."""
    path = tmp_path / "minutebook.sqlite"
    with closing(Store.open(path)) as store:
        save(store, a_meeting("1", an_item("11")))
    assert not Path(f"{path}-wal").exists()
    Path(f"{path}-shm").symlink_to(tmp_path / "nowhere")    # which SQLite does not follow
    return tmp_path


def test_it_is_read_as_it_stands_by_what_soon_ends(home: Path) -> None:
    path = home / "minutebook.sqlite"
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(path)
    with closing(Store.open(path, brief=True)) as store:
        assert store.counts().meetings == 1
        with pytest.raises(StoreError, match="may not be written"):
            save(store, a_meeting("2"))


def test_what_a_writer_left_beside_it_is_not_passed_over(home: Path) -> None:
    path = home / "minutebook.sqlite"
    Path(f"{path}-wal").write_bytes(b"a change")
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(path, brief=True)


def test_a_database_that_is_missing_or_none_is_not_read_as_it_stands(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path / "no folder" / "db", brief=True)
    (tmp_path / "text").write_text("This is not a database at all. " * 100)
    with pytest.raises(StoreError, match="is no database"):
        Store.open(tmp_path / "text", brief=True)


def test_a_full_and_a_read_only_disk_are_called_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    with pytest.raises(StoreError, match=r"the disk is full, .* a site that runs goes on answering: make room"):
        Store.open(home / "minutebook.sqlite")
    monkeypatch.setattr("archive.database.os.access", lambda *_: False)
    with pytest.raises(StoreError, match="its folder is read-only"):
        Store.open(home / "minutebook.sqlite")


def test_status_and_show_go_on_and_a_server_does_not_begin(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    environ = {"MINUTEBOOK_HOME": str(home)}
    assert run(["show", "ambleshire/meetings/1"], environ) == 0
    assert run(["status"], environ) == 0
    capsys.readouterr()
    assert run(["serve", "--port", "0"], environ) == 2
    assert "cannot be opened" in capsys.readouterr().err
