"""The operator's own table of topics: used when it is there, by a rebuild alone, and refused in one line."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest
from build import a_meeting, an_item

from archive.config import ENGINES
from archive.errors import InputError
from archive.home import Home
from archive.model import Council, CouncilId
from archive.store import Store
from index.engines import engine
from index.generations import open_index
from index.project import version
from index.query import parse
from index.search import SearchRequest
from index.sync import rebuild
from index.topics import read_topics, standard_topics
from web.desk import Desk
from web.indexing import open_search, rebuild_index, topics_of
from web.shape import shape_of


def test_the_standard_table_is_used_until_the_home_has_its_own(tmp_path: Path) -> None:
    assert topics_of(Home(tmp_path)) is standard_topics()
    (tmp_path / "topics.toml").write_text('[wheels]\nlabel = "Wheels"\nstrong = ["bus"]\n', encoding="utf-8")
    assert topics_of(Home(tmp_path)).labels == {"wheels": "Wheels"}


def test_a_table_that_is_broken_is_named(tmp_path: Path) -> None:
    (tmp_path / "topics.toml").write_text('[wheels]\nstrong = ["bus"]\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"topics\.toml: topic 'wheels' has no label"):
        topics_of(Home(tmp_path))
    (tmp_path / "topics.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"topics\.toml: cannot be read"):
        topics_of(Home(tmp_path))


@pytest.mark.parametrize("name", ENGINES)
def test_who_asks_goes_on_when_the_index_has_other_topics(name: str, tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.sqlite")
    store.save_meeting(a_meeting("1", an_item("7", "Evening buses")), (), "1", datetime.now(UTC))
    topics = [read_topics(f'[{each}]\nlabel = "Going"\nstrong = ["bus"]', "topics.toml")
              for each in ("wheels", "transport")]
    rebuild(store, tmp_path / "index", topics=topics[0], make=engine(name))
    with closing(open_index(tmp_path / "index", engine(name), version(topics[0]))) as index:
        assert index.search(parse("topic:wheels")).total == 1
        rebuild(store, tmp_path / "index", topics=topics[1], make=engine(name))
        assert index.search(parse("topic:wheels")).total == 0
        assert index.search(parse("bus")).facets["topic"] == {"transport": 1}
    store.close()


def test_an_edited_table_needs_a_rebuild_alone(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {})
    with desk.writing("test"):
        desk.store.save_council(Council(CouncilId("ambleshire"), "Ambleshire"))
        desk.store.save_meeting(a_meeting("1", an_item("7", "Evening buses")), (), "1", datetime.now(UTC))
        rebuild_index(desk, Mock())
        assert [facet.value for facet in open_search(desk)(_everything()).facets["topic"]] == ["buses", "transport"]
        (tmp_path / "topics.toml").write_text('[wheels]\nlabel = "Wheels"\nweak = ["bus"]\n', encoding="utf-8")
        rebuild_index(desk, Mock())
        search = open_search(desk)
        assert [(facet.value, facet.label) for facet in search(_everything()).facets["topic"]] == [("wheels", "Wheels")]
        assert shape_of(desk.store, "ambleshire/items/7", search.topics)["topics"] == [
            {"id": "wheels", "label": "Wheels", "words": ["bus"]}]
    desk.close()


def test_a_search_goes_on_with_what_is_indexed_while_the_table_is_broken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    topics = Home(tmp_path).topics
    desk = Desk(tmp_path, {})
    with desk.writing("test"):
        desk.store.save_council(Council(CouncilId("ambleshire"), "Ambleshire"))
        desk.store.save_meeting(a_meeting("1", an_item("7", "Evening buses")), (), "1", datetime.now(UTC))
        topics.write_text('[wheels]\nlabel = "Wheels"\nstrong = ["bus"]\n', encoding="utf-8")
        rebuild_index(desk, Mock())
        topics.write_text("[wheels\n", encoding="utf-8")
        search = open_search(desk)
        [said] = capsys.readouterr().err.splitlines()
        assert "topics.toml: is not TOML" in said
        assert said.endswith("; searching what is indexed, with the names of the standard topics")
        assert search(SearchRequest("buses")).total == 1
        assert [each.value for each in search(_everything()).facets["topic"]] == ["wheels"]
        topics.write_text('[wheels]\nlabel = "Wheels"\nstrong = ["bus"]\n', encoding="utf-8")
        assert [each.label for each in search(_everything()).facets["topic"]] == ["Wheels"]
        topics.write_text("[wheels\n", encoding="utf-8")
        with pytest.raises(InputError, match="is not TOML"):
            rebuild_index(desk, Mock())
    desk.close()


def test_a_broken_table_is_refused_where_nothing_is_indexed(tmp_path: Path) -> None:
    Home(tmp_path).topics.write_text("[wheels\n", encoding="utf-8")
    desk = Desk(tmp_path, {})
    with desk.writing("test"), pytest.raises(InputError, match="is not TOML"):
        open_search(desk)
    desk.close()


def test_a_running_search_takes_up_tables_that_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = Desk(tmp_path, {})
    topics, synonyms = Home(tmp_path).topics, Home(tmp_path).synonyms
    usual = ["Buses and community transport", "Highways and transport"]
    with desk.writing("test"):
        desk.store.save_council(Council(CouncilId("ambleshire"), "Ambleshire"))
        desk.store.save_meeting(a_meeting("1", an_item("7", "Evening buses")), (), "1", datetime.now(UTC))
        rebuild_index(desk, Mock())
        search = open_search(desk)
        assert [facet.label for facet in search(_everything()).facets["topic"]] == usual
        topics.write_text('[wheels]\nlabel = "Things on wheels"\nstrong = ["bus"]\n', encoding="utf-8")
        assert [facet.label for facet in search(_everything()).facets["topic"]] == usual
        assert search.topics is standard_topics()
        rebuild_index(desk, Mock())
        assert [facet.label for facet in search(_everything()).facets["topic"]] == ["Things on wheels"]
        assert [each.label for each in search.suggest("things on")] == ["Things on wheels"]
        assert search(SearchRequest(topic=("things on wheels",))).total == 1
        with pytest.raises(InputError, match=r"is none of wheels\."):
            search(SearchRequest(topic=("buses",)))
        topics.write_text("[wheels]\n", encoding="utf-8")
        assert search.topics.labels == {"wheels": "Things on wheels"}
        topics.unlink()
        rebuild_index(desk, Mock())
        assert search.topics is standard_topics()

        assert search(SearchRequest("charabanc")).total == 0
        synonyms.write_text('same = [["charabanc", "bus"]]', encoding="utf-8")
        assert search(SearchRequest("charabanc")).total == 1
        capsys.readouterr()
        synonyms.write_text('same = [["charabanc"', encoding="utf-8")
        assert [search(SearchRequest("charabanc")).total for _ in range(3)] == [0, 0, 0]
        assert capsys.readouterr().err.count("searching with the standard synonyms\n") == 1
    desk.close()


def _everything() -> SearchRequest:
    return SearchRequest()
