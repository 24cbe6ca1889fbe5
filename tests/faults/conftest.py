"""A home for each test, on a clock that runs fast, and the site it crawls."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from nights import AGENT, COUNCIL, Home, Serving

from crawler.sample import Options, SampleCouncil, Served, serve

Settings = Callable[[Served], dict[str, Any]]


def no_settings(_: Served) -> dict[str, Any]:
    return {}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    made = Home(tmp_path / "home")
    monkeypatch.setattr("web.crawling.StoppableClock", lambda: made.clock)
    monkeypatch.setattr("web.commands.watching.SystemClock", lambda: made.clock)
    return made


@pytest.fixture
def serving(home: Home) -> Serving:
    """Serves the sample and registers it; all it is asked is asked under our name and one at a time.

    Not so where a `hasty` client gives up on answers that the site still works on.
    """

    @contextmanager
    def served(
        council: SampleCouncil = COUNCIL, *, hasty: bool = False, settings: Settings = no_settings, **options: Any
    ) -> Iterator[Served]:
        with serve(council, options=Options(**options)) as site:
            home.add(site.url, **settings(site))
            yield site
            assert {each.user_agent for each in site.log} <= {AGENT}
            assert hasty or site.most_at_once() <= 1

    return served
