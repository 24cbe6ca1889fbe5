"""Seals of the files of an index. Engines check little of what they read: what a disk spoiled would not be found.

A file of a commit is never written to again, so its digest is noted once: before the commit holds, so that whenever a
process dies, the commit that holds then is sealed. Seals of the commit before, and of one that never came, do no harm.

An engine that writes the files of a commit and makes it hold in one go cannot have it sealed before. It announces it,
and seals it after: only where a process died between the two, what has no seal is let pass, and the next commit, which
comes when the index takes in the same changes again, seals it.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

SEALS = "seals.json"


@dataclass(frozen=True)
class Commit:
    """The commit that holds: the file that says what it consists of, and which others, by name, are part of it."""

    record: str
    has: Callable[[str], bool]


@dataclass(frozen=True)
class _Seals:
    digests: Mapping[str, str]
    announced: bool = False


def announce(folder: Path) -> None:
    """Notes that a commit may come to hold before it is sealed."""
    _write(folder, replace(_noted(folder), announced=True))


def seal(folder: Path, record: str, files: Mapping[str, Path]) -> None:
    """Notes the digests of `files`, by the names they are to have, once they are on the disk; forgets all others.

    One that has a seal keeps it, but for the `record` of the commit: engines may write another by the same name.
    """
    before = dict(_noted(folder).digests)
    before.pop(record, None)
    for name in files.keys() - before.keys():
        on_disk(files[name])
    _write(folder, _Seals({name: before.get(name) or _digest(path) for name, path in sorted(files.items())}))


def broken(folder: Path, commit: Commit) -> tuple[str, ...]:
    """The names of the files of `commit` that are not as they were sealed: changed, gone, or without a seal."""
    seals = _Seals({})
    with suppress(OSError, ValueError):
        seals = _read(folder)
    if not seals.digests:
        return (SEALS,)
    names = {*seals.digests, *(each.name for each in folder.iterdir() if each.is_file())}
    spoiled = tuple(name for name in sorted(names) if (name == commit.record or commit.has(name))
                    and not (name in seals.digests and _is_sealed(folder / name, seals.digests[name])))
    if seals.announced and commit.record in spoiled:
        return tuple(name for name in spoiled if name in seals.digests and name != commit.record)
    return spoiled


def on_disk(path: Path) -> None:
    """Returns when the file or folder at `path` is on the disk, as far as the system can tell."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _noted(folder: Path) -> _Seals:
    return _read(folder) if (folder / SEALS).exists() else _Seals({})


def _read(folder: Path) -> _Seals:
    """The seals, which are sealed themselves: their digest is the first line. Raises `OSError` or `ValueError`."""
    digest, content = (folder / SEALS).read_bytes().split(b"\n", 1)
    if digest.decode() != hashlib.sha256(content).hexdigest():
        raise ValueError(f"{SEALS} is not as it was written")
    return _Seals(**json.loads(content))


def _write(folder: Path, seals: _Seals) -> None:
    """Replaces the seals in one step, and returns when they are on the disk."""
    content, waiting = json.dumps(asdict(seals)).encode(), folder / f"{SEALS}.new"
    waiting.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    on_disk(waiting)
    waiting.replace(folder / SEALS)
    on_disk(folder)


def _is_sealed(path: Path, digest: str) -> bool:
    return path.exists() and _digest(path) == digest


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
