import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.errors import HomeError, HomeLocked
from archive.home import Home


@contextmanager
def refused(words: str, error: type[HomeError] = HomeError) -> Iterator[None]:
    with pytest.raises(error, match=words) as caught:
        yield
    assert "\n" not in str(caught.value)


def test_everything_is_inside_the_folder(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    assert home.settings == tmp_path / "home" / "minutebook.toml"
    assert {place.parent for place in (home.settings, home.database, home.captures, home.index)} == {home.folder}


def test_the_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    home.prepare()
    assert list(home.folder.iterdir()) == []


def test_a_file_is_no_home(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with refused("home: is a file, and the home must be a folder"):
        Home(tmp_path / "home").prepare()
    with refused("is a file"):
        Home(tmp_path / "home" / "inside").prepare()


def test_a_home_in_no_folder_is_refused(tmp_path: Path) -> None:
    with refused("the folder above does not exist"):
        Home(tmp_path / "typo" / "home").prepare()
    assert list(tmp_path.iterdir()) == []


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write anywhere, so for this time be somebody who may not."""
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(me)


def test_a_home_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    for folder in (tmp_path, tmp_path / "home"):
        with as_nobody(), refused(r"cannot be written \(Permission denied\)"):
            Home(folder).prepare()


def test_a_disk_that_refuses_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    with refused(r"cannot be written \(No space left on device\)"):
        Home(tmp_path).prepare()


def test_a_second_lock_says_who_holds_the_first(tmp_path: Path) -> None:
    home = Home(tmp_path)
    holder = rf"in use by process {os.getpid()}, crawl westsussex, since \d{{4}}-\d\d-\d\d \d\d:\d\d UTC; wait"
    with home.lock("crawl westsussex"), refused(holder, HomeLocked), Home(tmp_path).lock("import"):
        pass
    with home.lock("again"):
        pass


def test_a_lock_is_given_back_after_a_failure(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with pytest.raises(TimeoutError), home.lock("crawl"):
        raise TimeoutError("of the work, not of the lock")
    with home.lock("again"):
        pass


def test_a_lock_makes_its_home(tmp_path: Path) -> None:
    with Home(tmp_path / "home").lock("crawl"):
        assert (tmp_path / "home").is_dir()


def test_a_lock_whose_note_is_missing_or_damaged_still_holds(tmp_path: Path) -> None:
    for note in (None, b"\xff\xfe"):
        with Home(tmp_path).lock("crawl"):
            (tmp_path / "lock.txt").unlink() if note is None else (tmp_path / "lock.txt").write_bytes(note)
            with refused("in use by another process", HomeLocked), Home(tmp_path).lock("import"):
                pass


def test_a_lock_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "lock.txt").mkdir()
    with refused("cannot be locked"), Home(tmp_path).lock("crawl"):
        pass


@pytest.mark.kill
def test_a_killed_run_locks_nothing(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from archive.home import Home\n"
        "with Home(Path(sys.argv[1])).lock('crawl'): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"held\n"
        with refused(f"in use by process {run.pid}, crawl", HomeLocked), Home(tmp_path).lock("import"):
            pass
        run.send_signal(signal.SIGKILL)
    with Home(tmp_path).lock("import"):
        pass
