"""Which engines there are. All give the same answers; an engine's library is asked for only when it is chosen."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from archive.errors import InputError
from index.generations import MakeEngine
from index.whoosh_engine import VERSION, WhooshEngine

USUAL = "whoosh"


def engine(name: str) -> MakeEngine:
    """What opens the engine `name` in a folder. Raises `InputError` saying what to install where it is missing."""
    return _ENGINES[name]()


def is_older(name: str, generation: Path) -> bool:
    """Whether what is in that folder was made for the engine `name` by another version of Minutebook."""
    present = VERSION if name == USUAL else str(import_module("index.tantivy_engine").VERSION)
    kind = present.rpartition("-")[0]
    marks = {each.name for each in generation.glob(f"{kind}-*")}
    return bool(marks) and present not in marks


def _tantivy() -> MakeEngine:
    try:
        import_module("tantivy")
    except ImportError as error:
        raise InputError('the engine "tantivy" of the settings is not installed; run: '
                         'pip install "minutebook[tantivy]", or set engine = "whoosh"') from error
    made: MakeEngine = import_module("index.tantivy_engine").TantivyEngine
    return made


_ENGINES: dict[str, Callable[[], MakeEngine]] = {USUAL: lambda: WhooshEngine, "tantivy": _tantivy}
