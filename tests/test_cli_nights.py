"""The night job at the command line: what one council's fault does to others, the log as JSON, bad arguments."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from a_listed_site import days_ago

from crawler.sample import SampleCouncil, serve
from web import cli

QUICK = {"MINUTEBOOK_DELAY": "0"}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serve(SampleCouncil(meetings=10)) as served:
        yield served.url


def test_a_fault_in_one_council_s_settings_is_that_council_s_alone(
    site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, environ = tmp_path / "home", {"MINUTEBOOK_HOME": str(tmp_path / "home"), **QUICK}
    home.mkdir()
    table = f'name = "A"\nurl = "{site}"\nplatform = "moderngov"\nallow = ["{site.split("/")[2]}"]\n'
    (home / "minutebook.toml").write_text(
        f'[councils.broken]\n{table}certificate = "nothere.pem"\n[councils.sound]\n{table}')
    assert cli.run(["crawl", "--since", "2026-09-20", "--json"], environ) == 1
    broken, sound = json.loads(capsys.readouterr().out)
    assert broken["failures"][0]["what"] == "settings"
    assert "minutebook.toml: councils.broken: certificate" in broken["failures"][0]["reason"]
    assert (sound["council"], sound["failures"]) == ("sound", [])
    assert cli.run(["status", "--json", "--council", "broken"], environ) == 1
    assert json.loads(capsys.readouterr().out)["councils"][0]["state"] == "failing"


def test_the_log_is_json_lines_and_nothing_else(
    site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environ = {"MINUTEBOOK_HOME": str(tmp_path / "home"), **QUICK}
    cli.run(["add", site], environ)
    capsys.readouterr()
    assert cli.run(["crawl", "--since", str(days_ago(-900)), "--log-format", "json"], environ) == 0
    assert cli.run(["crawl", "nobody", "--log-format", "json"], environ) == 2
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert "no contact address" in lines[0]["message"]
    assert lines[-1]["message"].startswith("Error: no council 'nobody'")
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in lines)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["crawl", "--since", "2026", "--until", "2025"], "no day is between them"),
        (["status", "--since", "2026"], "give it with --requests"),
        (["status", "--requests", "--council", "nope"], "no council of that identifier"),
    ],
)
def test_what_makes_no_sense_is_refused(
    arguments: list[str], words: str, site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environ = {"MINUTEBOOK_HOME": str(tmp_path / "home"), **QUICK}
    cli.run(["add", site], environ)
    assert cli.run(arguments, environ) == 2
    assert words in capsys.readouterr().err


def test_being_told_to_end_is_an_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    handlers = {told: signal.getsignal(told) for told in (signal.SIGTERM, signal.SIGHUP)}
    monkeypatch.setattr("sys.argv", ["minutebook", "--version"])
    try:
        with pytest.raises(SystemExit):
            cli.main()
        for told in handlers:
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(told)
    finally:
        for told, handler in handlers.items():
            signal.signal(told, handler)
