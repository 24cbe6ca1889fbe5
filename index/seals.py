"""Seals of the files of an index. Engines check little of what they read: what a disk spoiled would not be found.

A file of a segment is never written to again, so its digest is noted once, when the commit that made it is done. A
process that dies in between leaves files unsealed; the next commit seals them.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

SEALS = "seals.json"

IsSealed = Callable[[str], bool]
"""Which files, by name, are those of a segment of the last commit."""


def seal(folder: Path, is_sealed: IsSealed) -> None:
    """Notes the digest of each file that has none yet, once it is on the disk, and forgets files that are gone."""
    before = _noted(folder) if (folder / SEALS).exists() else {}
    names = sorted(_present(folder, is_sealed))
    for name in names:
        if name not in before:
            on_disk(folder / name)
    waiting = folder / f"{SEALS}.new"
    waiting.write_text(json.dumps({name: before.get(name) or _digest(folder / name) for name in names}),
                       encoding="utf-8")
    waiting.replace(folder / SEALS)


def broken(folder: Path, is_sealed: IsSealed) -> tuple[str, ...]:
    """The names of the files that are not as they were sealed: changed, or gone. Raises `OSError` or `ValueError`."""
    if not (folder / SEALS).exists():
        return (SEALS,)
    return tuple(name for name, digest in _noted(folder).items() if is_sealed(name)
                 and (not (folder / name).exists() or _digest(folder / name) != digest))


def unsealed(folder: Path, is_sealed: IsSealed) -> tuple[str, ...]:
    """The names of the files that have no seal."""
    return tuple(_present(folder, is_sealed) - _noted(folder).keys())


def on_disk(path: Path) -> None:
    """Returns when the file or folder at `path` is on the disk, as far as the system can tell."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _noted(folder: Path) -> Mapping[str, str]:
    return dict(json.loads((folder / SEALS).read_text(encoding="utf-8")))


def _present(folder: Path, is_sealed: IsSealed) -> set[str]:
    return {each.name for each in folder.iterdir()
            if each.is_file() and not each.name.startswith(SEALS) and is_sealed(each.name)}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
