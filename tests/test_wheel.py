"""What is installed: the four rooms with their data and built static files, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.install
def test_the_wheel_holds_the_four_rooms_and_their_static_files(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, ROOT],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    [wheel] = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"archive", "crawler", "index", "web"}
    for needed in ("web/static/govuk/govuk.css", "web/static/minutebook.css", "index/topics.toml"):
        assert needed in names
    assert not [name for name in names if name.endswith((".woff", ".woff2", ".map", ".scss"))]
    metadata = next(name for name in names if name.endswith("METADATA"))
    assert "Private :: Do Not Upload" in zipfile.ZipFile(wheel).read(metadata).decode()
