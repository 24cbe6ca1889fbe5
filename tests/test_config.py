import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

import pytest

from archive.config import NEW_SETTINGS, Config, CouncilSettings, add_council, load
from archive.errors import HomeError, InputError
from archive.home import Home
from archive.model import Council, CouncilId

COUNCIL = Council(CouncilId("ambleshire"), "Ambleshire", "https://ambleshire.example.org/", "moderngov")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@contextmanager
def refused(words: str) -> Iterator[None]:
    with pytest.raises(InputError, match=words) as caught:
        yield
    assert "\n" not in str(caught.value)


def test_without_a_file_the_defaults_hold(home: Home) -> None:
    assert load(home, {}) == Config()


def test_the_settings_shown_to_people_are_all_there_are_and_their_defaults(home: Home) -> None:
    assert load_text(home, NEW_SETTINGS) == Config()
    shown = load_text(home, re.sub(r"^# ?(?=\S+ = |\[)", "", NEW_SETTINGS, flags=re.MULTILINE))
    assert shown == Config(contact="clerk@example.org", councils=shown.councils)
    assert shown.councils == (
        CouncilSettings(
            Council(COUNCIL.id, "Ambleshire County Council", COUNCIL.url, COUNCIL.platform), ("127.0.0.1:8900",),
            ("committees.example.org",), "https://democratiaeth.example.org/", home.folder / "chain.pem", 2.0,
        ),
    )
    keys = {field.name for field in (*fields(Config), *fields(CouncilSettings))} - {"council"}
    assert keys <= set(re.findall(r"\w+", NEW_SETTINGS))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('welsh = "ftp://x"', "welsh: 'ftp://x' is no address"), ("aliases = 3", "must be a list of texts"),
        ("delay = -1", "must be a number of seconds"), ("certificate = 1", "must be a text of one line"),
    ],
)
def test_what_a_council_may_have_is_checked(line: str, words: str, home: Home) -> None:
    with refused(f"councils.a.{words}" if "welsh" in line else words):
        load_text(home, f'[councils.a]\nname = "A"\nurl = "https://a.example/"\n{line}\n')


def test_days_are_whole_and_not_too_many(home: Home) -> None:
    assert load_text(home, "nightly_days_back = 30\n").nightly_days_back == 30
    for wrong in ("-1", "1.5", "true", "1_000_000"):
        with refused("must be a number of days"):
            load_text(home, f"weekly_days_back = {wrong}\n")


def load_text(home: Home, text: str) -> Config:
    home.settings.write_text(text, encoding="utf-8")
    return load(home, {})


def test_the_file_is_read_and_the_variables_win(home: Home) -> None:
    home.settings.write_text('contact = "a@example.org"\ndelay = 2\nmax_page_bytes = 1_000\n')
    assert load(home, {}) == Config("a@example.org", 2.0, max_page_bytes=1000)
    variables = {
        "MINUTEBOOK_CONTACT": "b@example.org", "MINUTEBOOK_DELAY": "0.25", "MINUTEBOOK_TIMEOUT": "5",
        "MINUTEBOOK_MAX_PAGE_BYTES": "7", "MINUTEBOOK_MAX_DOCUMENT_BYTES": "8", "MINUTEBOOK_HOME": "x", "PATH": "y",
    }
    assert load(home, variables) == Config("b@example.org", 0.25, 5.0, 7, 8)
    assert load(home, {"MINUTEBOOK_CONTACT": ""}).contact == "a@example.org"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("delai = 1", "unknown key 'delai'; known are contact, delay,"),
        ("delay = true", "delay: must be a number of seconds, not True"),
        ("delay = '1'", "delay: must be a number of seconds, not '1'"),
        ("delay = -1", "delay: must be"),
        ("delay = nan", "delay: must be"),
        ("timeout = 0", "timeout: must be above 0 seconds"),
        ("contact = 7", "contact: must be a text of one line, not 7"),
        ("contact = ' '", "contact: must be"),
        (r'contact = "a\r\nX-Header: b"', "contact: must be"),
        ("max_page_bytes = 1.5", "max_page_bytes: must be a number of bytes above 0"),
        ("max_page_bytes = true", "max_page_bytes: must be"),
        ("max_document_bytes = 0", "max_document_bytes: must be"),
        ("councils = 3", "councils: must be a table"),
        ("councils.a = 3", "councils.a: must be a table"),
        ("[councils.a]\nname = 'A'", "councils.a: url is missing"),
        ("[councils.a]\nurl = 'https://a.example'", "councils.a: name is missing"),
        ("[councils.a]\nname = 'A'\nurl = 'ftp://a.example'", "councils.a.url: 'ftp://a.example' is no address"),
        ("[councils.a]\nname = 'A'\nurl = 'https://[a'", "councils.a.url: "),
        ("[councils.a]\nname = 'A'\nurl = 'https://a.example'\nplace = 'B'", "councils.a: unknown key 'place'"),
        ("[councils.a]\nname = 'A'\nurl = 'https://a.example'\nallow = 'b'", "councils.a.allow: must be a list"),
        ("[councils.a]\nname = 'A'\nurl = 'https://a.example'\nallow = [1]", "councils.a.allow: must be a text"),
        ("[councils.Amble]\nname = 'A'\nurl = 'https://a.example'", "councils.Amble: council id 'Amble'"),
        ("delay = ", "is no TOML: "),
    ],
)
def test_a_mistake_is_named_with_file_and_key(home: Home, text: str, complaint: str) -> None:
    with refused(f"^{re.escape(str(home.settings))}: {re.escape(complaint)}"):
        load_text(home, text)


def test_a_mistake_in_a_variable_is_named(home: Home) -> None:
    with refused("^MINUTEBOOK_DELAY: must be a number of seconds, not 'soon'"):
        load(home, {"MINUTEBOOK_DELAY": "soon"})


def test_what_is_no_text_file_is_refused(home: Home) -> None:
    home.settings.write_bytes(b"\xff\xfe\x00")
    with refused("is not UTF-8 text"):
        load(home, {})
    home.settings.unlink()
    home.settings.mkdir()
    with refused("cannot be read"):
        load(home, {})


def test_a_council_is_added_to_a_new_file(home: Home) -> None:
    add_council(home, COUNCIL, ["127.0.0.1:8900"], "clerk@example.org")
    settings = CouncilSettings(COUNCIL, ("127.0.0.1:8900",))
    assert load(home, {}) == Config(contact="clerk@example.org", councils=(settings,))
    assert home.settings.read_text().startswith(NEW_SETTINGS.splitlines()[0])
    assert [path.name for path in home.folder.iterdir()] == ["minutebook.toml"]


def test_adding_a_council_keeps_what_people_typed(home: Home) -> None:
    typed = 'delay = 3  # they asked for it\n\n# the neighbours\n[councils.zed]\nname="Zed"\nurl = "https://z.example"\n'
    home.settings.write_text(typed)
    home.settings.chmod(0o640)
    add_council(home, COUNCIL, (), None)
    assert home.settings.stat().st_mode & 0o777 == 0o640
    assert home.settings.read_text().startswith(typed)
    assert [settings.council.id for settings in load(home, {}).councils] == ["zed", "ambleshire"]
    assert load(home, {}).contact is None


def test_a_council_is_added_once(home: Home) -> None:
    add_council(home, COUNCIL, (), None)
    before = home.settings.read_text()
    with refused("there is a council 'ambleshire' already; choose another --id"):
        add_council(home, COUNCIL, (), "clerk@example.org")
    assert home.settings.read_text() == before


@pytest.mark.parametrize(
    ("council", "complaint"),
    [
        (Council(CouncilId("a"), "A"), "council a: url is missing"),
        (Council(CouncilId("a"), "A\nB", "https://a.example"), "council a.name: must be a text of one line"),
        (Council(CouncilId("A"), "A", "https://a.example"), "council A: council id 'A'"),
    ],
)
def test_a_council_that_could_not_be_read_back_is_not_written(home: Home, council: Council, complaint: str) -> None:
    with refused(re.escape(complaint)):
        add_council(home, council, (), None)
    assert not home.settings.exists()


def test_a_file_that_is_no_toml_is_left_alone(home: Home) -> None:
    home.settings.write_text("delay = ")
    with refused("is no TOML"):
        add_council(home, COUNCIL, (), None)
    assert home.settings.read_text() == "delay = "


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match=r"minutebook\.toml: cannot be written"):
        add_council(Home(tmp_path / "nowhere"), COUNCIL, (), None)
