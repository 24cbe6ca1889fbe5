"""Something done again and again beside everything else, as long as a block lasts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread


@contextmanager
def regularly(do: Callable[[], object], seconds: float) -> Iterator[None]:
    """Calls `do`, which raises nothing, so many seconds after the block began and after each call; at its end no more.

    A call under way is waited for.
    """
    ended = Event()

    def again() -> None:
        while not ended.wait(seconds):
            do()

    thread = Thread(target=again, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
