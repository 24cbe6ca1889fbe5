"""The wiring of search: a store, and the index in the home beside it."""

from contextlib import suppress
from pathlib import Path

from archive.errors import IndexFailure, InputError
from archive.home import Home
from archive.workers import cores
from index.akin import Synonyms, read_synonyms, standard_synonyms
from index.engines import engine, is_older
from index.generations import CurrentIndex, MakeEngine, open_index
from index.project import is_understood, version
from index.search import Search
from index.sync import Indexed, rebuild, sync
from index.topics import Topics, read_topics, standard_topics
from web.desk import Desk
from web.progress import Steps, bars
from web.status import DAMAGED
from web.tables import Reread, stamp_of

_MOST_WORKERS = 4


def open_search(desk: Desk) -> Search:
    """The search of a home; it sees what is indexed later, without being opened again.

    An index that is missing, of another engine or of another version of Minutebook is built, which is said. One of
    another version that cannot be built now, since a crawl writes, answers that with every search until it is. The
    operator's tables are taken up when they change: synonyms at once, topics with an index that was made with them.
    A table of topics that is broken is said, and the index asked as it is. Raises `InputError` where there is none yet.
    """
    topics, broken = _topics_or_why_not(desk.home)
    present = version(topics)
    index = open_index(desk.home.index, chosen_engine(desk), present)
    desk.keep_open(index.close)
    found = index.version()
    if broken:
        if found is None or not is_understood(found, present):
            raise broken
        desk.say(f"{broken}; searching what is indexed, with the names of the standard topics")
    elif found != present:
        if desk.store.counts().meetings:
            why = _why(desk, found, index.generation())
            desk.say(f"{desk.home.index}: {why}; building it first, as minutebook reindex does")
        try:
            with bars() as bar:
                tell_unread(desk, update_index(desk, bar("Building the search index")))
        except IndexFailure as error:
            if found is None:
                raise
            desk.say(str(error))
    home = desk.home
    return Search(
        index, desk.store, synonyms=Reread(lambda: stamp_of(home.synonyms), lambda _: _synonyms(desk)), topics=Reread(
            lambda: (stamp_of(home.topics), index.generation()), lambda used: _topics_of(index, home, used or topics)))


def _why(desk: Desk, found: str | None, generation: Path | None) -> str:
    """Why an index of the version that was `found`, in the folder `generation`, has to be built."""
    if found is not None:
        return "the search index is of another version of Minutebook, or of other topics"
    if generation is not None and is_older(desk.config.engine, generation):
        return "the search index is of another version of Minutebook"
    return f"has no search index that the engine {desk.config.engine} can read"


def topics_of(home: Home) -> Topics:
    """The home's own table of topics, else the standard one. Raises `InputError` for one that cannot be used."""
    try:
        return read_topics(home.topics.read_text(encoding="utf-8"), str(home.topics))
    except FileNotFoundError:
        return standard_topics()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{home.topics}: cannot be read ({error}); mend it, or take it away") from error


def _topics_or_why_not(home: Home) -> tuple[Topics, InputError | None]:
    """The home's table; where it cannot be used, the standard one and why."""
    try:
        return topics_of(home), None
    except InputError as error:
        return standard_topics(), error


def _topics_of(index: CurrentIndex, home: Home, used: Topics) -> Topics:
    """The home's table, once the index was made with it; until then, and while it is broken, the one `used` so far."""
    with suppress(InputError, IndexFailure):
        topics = topics_of(home)
        if index.version() == version(topics):
            return topics
    return used


def _synonyms(desk: Desk) -> Synonyms:
    """The standard table with the home's own; one that cannot be read is said, and searches go on without it."""
    path = desk.home.synonyms
    try:
        return standard_synonyms() | read_synonyms(path.read_text(encoding="utf-8"), str(path))
    except FileNotFoundError:
        return standard_synonyms()
    except (OSError, UnicodeDecodeError) as error:
        desk.say(f"{path}: cannot be read ({error}); searching with the standard synonyms")
    except InputError as error:
        desk.say(f"{error}; searching with the standard synonyms")
    return standard_synonyms()


def chosen_engine(desk: Desk) -> MakeEngine:
    """The engine of the settings. Raises `InputError` for one that is unknown or not installed."""
    return engine(desk.config.engine)


def update_index(desk: Desk, steps: Steps) -> Indexed:
    """Take into the index what the store has new. Raises `IndexFailure` when it cannot be written."""
    total = len(desk.store.changes(1_000_000))
    topics = topics_of(desk.home)
    return sync(desk.store, desk.home.index, lambda done: steps(done.meetings, total), topics, chosen_engine(desk),
                workers=_workers())


def rebuild_index(desk: Desk, steps: Steps) -> Indexed:
    """Build the index anew, beside the one that goes on answering."""
    total = desk.store.counts().meetings
    return rebuild(desk.store, desk.home.index, lambda done: steps(done.meetings, total), topics_of(desk.home),
                   chosen_engine(desk), _workers())


def tell_unread(desk: Desk, done: Indexed) -> int:
    """Say of each meeting that was left out why; how many there are."""
    for each in done.unread:
        desk.say(f"{each}: {DAMAGED}")
    return len(done.unread)


def _workers() -> int:
    """How many processes read texts for the index: more than these one writer does not keep busy."""
    return min(cores(), _MOST_WORKERS)
