"""The settings: `minutebook.toml` in the home folder, then the environment. The only module that reads either.

`NEW_SETTINGS` shows every key: the fields of `Config`, one in a table `[index]`, and a table `[councils.ID]` for each
council. A variable `MINUTEBOOK_CONTACT`, `MINUTEBOOK_DELAY` and so on, one for each field that is no council, wins over
the file.
"""

import math
import os
import tempfile
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import tomlkit

from archive import ids
from archive.errors import HomeError, InputError
from archive.home import Home
from archive.model import Council, CouncilId

NEW_SETTINGS = """\
# The settings of Minutebook. What stands here behind a # holds anyway or is an example.
# contact = "clerk@example.org"       # goes into the User-Agent: whom the operator of a site can ask
# delay = 1.0                         # seconds between two requests to one host
# timeout = 90.0                      # seconds to wait for an answer: some sites take a minute and a half
# max_page_bytes = 20_000_000         # a larger page is refused
# max_document_bytes = 100_000_000    # a larger document is refused
# nightly_days_back = 90              # meetings that far back are looked at every night: minutes come late
# nightly_days_ahead = 60             # and those of the next days: agendas come out
# weekly_days_back = 730              # meetings that far back in rotation, ...
# weekly_days_between = 7             # ... each once in so many days
# longest_days_between = 365          # between two looks at any older one
#
# [index]
# engine = "whoosh"                   # what finds: "tantivy", a package of its own, is for many councils; then reindex
#
# [councils.ambleshire]               # `minutebook add URL` writes such a table
# name = "Ambleshire County Council"
# url = "https://ambleshire.example.org/"
# platform = "moderngov"
# allow = ["127.0.0.1:8900"]          # private hosts that may be asked all the same, as host:port
# aliases = ["committees.example.org"]    # other hosts of the same site: where it was before, or has moved to
# welsh = "https://democratiaeth.example.org/"    # the Welsh twin of the site, where it has a host of its own
# certificate = "chain.pem"           # a certificate that the site forgets to send, as a file in this folder
# delay = 2.0                         # seconds between two requests to this council

"""


ENGINES = ("whoosh", "tantivy")
"""What may find: the engines of `index.engines`, the usual one first."""

_MOST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class CouncilSettings:
    """A council to crawl.

    `allow` holds hosts, as host:port, that the operator gave although they are private; `aliases` other hosts of the
    same site; `welsh` the base of its Welsh twin; `certificate` a file of certificates to trust besides the usual ones;
    `delay` the seconds between two requests where they are not those of the settings.
    """

    council: Council
    allow: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    welsh: str | None = None
    certificate: Path | None = None
    delay: float | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """All settings, with what holds where nothing is set: `delay` and `timeout` in seconds, sizes in bytes.

    `engine` is one of `ENGINES`. The days say when meetings are looked at again (`crawler.rotation`).
    """

    contact: str | None = None
    delay: float = 1.0
    timeout: float = 90.0
    max_page_bytes: int = 20_000_000
    max_document_bytes: int = 100_000_000
    nightly_days_back: int = 90
    nightly_days_ahead: int = 60
    weekly_days_back: int = 730
    weekly_days_between: int = 7
    longest_days_between: int = 365
    engine: str = ENGINES[0]
    councils: tuple[CouncilSettings, ...] = ()


def load(home: Home, environ: Mapping[str, str]) -> Config:
    """The settings of `home`, then of the environment. Raises `InputError` naming the key, and the file or variable."""
    path = home.settings
    data = _parsed(path)
    _only(data, (*_SETTINGS, "index", "councils"), str(path))
    councils = _table(data.pop("councils", {}), f"{path}: councils")
    index = _table(data.pop("index", {}), f"{path}: index")
    _only(index, tuple(_OF_INDEX), f"{path}: index")
    values = {key: _SETTINGS[key][0](value, f"{path}: {key}") for key, value in data.items()}
    values |= {key: _OF_INDEX[key][0](value, f"{path}: index.{key}") for key, value in index.items()}
    values |= dict(_from_environment(environ))
    known = (_council(key, table, f"{path}: councils.{key}", home.folder) for key, table in councils.items())
    return Config(**values, councils=tuple(known))


def add_council(home: Home, council: Council, allow: Iterable[str], contact: str | None) -> None:
    """Write `council`, and `contact` when given, into the settings; the rest of the file stays as it is typed.

    Raises `InputError` when the council is there already or cannot be read back, `HomeError` when the file cannot be
    written.
    """
    known = _table(_parsed(home.settings).get("councils", {}), f"{home.settings}: councils")
    if council.id in known:
        raise InputError(f"{home.settings}: there is a council {council.id!r} already; choose another --id")
    given = {"name": council.name, "url": council.url, "platform": council.platform, "allow": list(allow)}
    table = {key: value for key, value in given.items() if value}
    _council(council.id, table, f"council {council.id}", home.folder)
    document = tomlkit.parse(_text(home.settings) or NEW_SETTINGS)
    if contact is not None:
        document["contact"] = _line(contact, "contact")
    if "councils" not in document:
        document["councils"] = tomlkit.table(is_super_table=True)
    document["councils"][council.id] = table
    _replace(home.settings, tomlkit.dumps(document))


def _text(path: Path) -> str:
    """The settings as typed; "" where there is no file."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 text") from error


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: is no TOML: {error}") from error


def _council(key: str, table: Any, where: str, folder: Path) -> CouncilSettings:
    """One council's table. `where` names it in complaints; files are named from `folder`."""
    values = dict(_table(table, where))
    _only(values, ("name", "url", "platform", *_OF_COUNCIL), where)
    for name in ("name", "url"):
        if name not in values:
            raise InputError(f"{where}: {name} is missing")
    for name in values.keys() - _OF_COUNCIL.keys():
        values[name] = _line(values[name], f"{where}.{name}")
    url = _web_address(values["url"], f"{where}.url")
    given = {name: read(values[name], f"{where}.{name}") for name, read in _OF_COUNCIL.items() if name in values}
    if "certificate" in given:
        given["certificate"] = folder / given["certificate"]
    council = Council(_council_id(key, where), values["name"], url, values.get("platform"))
    return CouncilSettings(council, **given)


def _web_address(value: Any, where: str) -> str:
    url = _line(value, where)
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        raise InputError(f"{where}: {url!r} is no address that begins with http:// or https://")
    return url


def _council_id(key: str, where: str) -> CouncilId:
    try:
        return ids.council_id(key)
    except InputError as error:
        raise InputError(f"{where}: {error}") from error


def _only(values: Mapping[str, Any], known: Collection[str], where: str) -> None:
    if unknown := [key for key in values if key not in known]:
        raise InputError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(known)}")


def _table(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InputError(f"{where}: must be a table, not {value!r}")
    return value


def _line(value: Any, where: str) -> str:
    """A text of one line: it may become a header, and must not become two."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise InputError(f"{where}: must be a text of one line, not {value!r}")
    return value.strip()


def _lines(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise InputError(f"{where}: must be a list of texts, not {value!r}")
    return tuple(_line(each, where) for each in value)


def _seconds(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise InputError(f"{where}: must be a number of seconds, not {value!r}")
    return float(value)


def _size(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise InputError(f"{where}: must be a number of bytes above 0, not {value!r}")
    return value


def _days(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_DAYS:
        raise InputError(f"{where}: must be a number of days from 0 to {_MOST_DAYS:,}, not {value!r}")
    return value


def _waiting(value: Any, where: str) -> float:
    if not (seconds := _seconds(value, where)):
        raise InputError(f"{where}: must be above 0 seconds")
    return seconds


def _engine(value: Any, where: str) -> str:
    if value not in ENGINES:
        raise InputError(f"{where}: there is no engine {value!r}; known are {', '.join(ENGINES)}")
    return str(value)


_Settings = Mapping[str, tuple[Callable[[Any, str], Any], Callable[[str], Any]]]

# What each setting must be, and how it is read from the text of a variable.
_SETTINGS: _Settings = {
    "contact": (_line, str),
    "delay": (_seconds, float),
    "timeout": (_waiting, float),
    "max_page_bytes": (_size, int),
    "max_document_bytes": (_size, int),
    "nightly_days_back": (_days, int),
    "nightly_days_ahead": (_days, int),
    "weekly_days_back": (_days, int),
    "weekly_days_between": (_days, int),
    "longest_days_between": (_days, int),
}

# The same of what the table of the index may have.
_OF_INDEX: _Settings = {"engine": (_engine, str)}

# What a council's own table may have besides its name and address.
_OF_COUNCIL: Mapping[str, Callable[[Any, str], Any]] = {
    "allow": _lines,
    "aliases": _lines,
    "welsh": _web_address,
    "certificate": _line,
    "delay": _seconds,
}


def _from_environment(environ: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    for key, (checked, read) in (*_SETTINGS.items(), *_OF_INDEX.items()):
        name = f"MINUTEBOOK_{key.upper()}"
        if text := environ.get(name):
            yield key, checked(_typed(text, read), name)


def _typed(text: str, read: Callable[[str], Any]) -> Any:
    try:
        return read(text)
    except ValueError:
        return text


def _replace(path: Path, text: str) -> None:
    """Write the file whole or not at all, readable by whom it was before."""
    mode = path.stat().st_mode if path.exists() else 0o644
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".settings-", delete=False) as new:
            new.write(text.encode("utf-8"))
            new.flush()
            os.fsync(new.fileno())
        Path(new.name).chmod(mode)
        Path(new.name).replace(path)
    except OSError as error:
        raise HomeError(f"{path}: cannot be written: {error.strerror}") from error
