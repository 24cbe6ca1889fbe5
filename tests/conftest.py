"""What every test stands on: a clean environment, repeatable properties, and a word on what was left out."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("MINUTEBOOK_")]:
        monkeypatch.delenv(name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if shutil.which("chromium"):
        return
    missing = pytest.mark.skip(reason="no Chromium: apt-get install chromium, then make test runs the browser tests")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(missing)
