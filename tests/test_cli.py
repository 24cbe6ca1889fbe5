"""The commands as a person or a script meets them: what they print, where, and with which exit status."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from socket import socket

import pytest

from archive.home import Home
from crawler.sample import Options, Reply, Request, SampleCouncil, serve
from web.cli import run

ITEM = Path(__file__).parent / "pages" / "westsussex" / "item-as-text" / "mgAi.txt"
QUICK = {"MINUTEBOOK_CONTACT": "clerk@example.org", "MINUTEBOOK_DELAY": "0"}
IMPORT = ["import", str(ITEM), "--council", "westsussex", "--committee", "Children Scrutiny"]


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


Command = Callable[..., Answer]


@pytest.fixture
def minutebook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    def command(*arguments: str | Path, **environ: str) -> Answer:
        status = run([str(each) for each in arguments], {"MINUTEBOOK_HOME": str(tmp_path / "home"), **environ})
        return Answer(status, *capsys.readouterr())

    return command


@pytest.fixture(scope="module")
def home_with_the_item(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("filled") / "home"
    assert run([*IMPORT, "--date", "3/11/2022"], {"MINUTEBOOK_HOME": str(home)}) == 0
    return home


@pytest.fixture
def filled(minutebook: Command, home_with_the_item: Path, tmp_path: Path) -> Command:
    shutil.copytree(home_with_the_item, tmp_path / "home")
    return minutebook


def assert_one_line(answer: Answer, *parts: str) -> None:
    assert answer.status == 2
    assert answer.out == ""
    assert answer.err.count("\n") == 1
    assert answer.err.startswith("Error: ")
    for part in parts:
        assert part in answer.err


def test_parse_prints_the_item_and_makes_no_home(minutebook: Command, tmp_path: Path) -> None:
    item = minutebook("parse", ITEM).json
    assert item["title"].startswith("Children First Improvement Programme")
    assert len(item["agenda"]) == 1
    assert [each["number"] for each in item["paragraphs"][:21]] == [f"27.{at}" for at in range(1, 22)]
    [resolution] = item["resolutions"]
    assert [resolution["number"], resolution["action"]] == ["27.21", "resolved"]
    assert resolution["lead"] == "That the Committee:"
    assert [clause["label"] for clause in resolution["clauses"]] == list("1234567")
    assert {"Cllr Russell", "Mr Coughlan", "Mr Ruaux"} <= {person["name"] for person in item["people"]}
    assert [item["meeting"]["start"], item["meeting"]["minutes"]] == [None, "published"]
    assert not (tmp_path / "home").exists()


def test_what_is_imported_is_found_and_shown(filled: Command) -> None:
    result = filled("--json", "search", '"Family Safeguarding Model"').json
    [hit] = result["hits"]
    assert [hit["date"], hit["committee"]["name"]] == ["2022-11-03", "Children Scrutiny"]
    assert "27.9" in {paragraph["number"] for paragraph in hit["paragraphs"]}
    shown = filled("show", hit["item"]).json
    assert [shown["id"], shown["meeting"]["id"]] == [hit["item"], hit["meeting"]]
    assert filled("show", hit["meeting"]).json["items"][0]["id"] == hit["item"]
    assert filled("show", f"{hit['item']}#27.9").json == shown


def test_search_for_people_prints_text_with_the_address_of_the_paragraph(filled: Command) -> None:
    text = filled("search", "unallocated", "cases").out
    assert "1 item" in text
    assert "#27.19" in text


def test_importing_again_changes_nothing(filled: Command) -> None:
    before = filled("export").out
    again = filled(*IMPORT, "--date", "2022-11-03")
    assert (again.status, again.out[:7]) == (0, "as held")
    assert filled("export").out == before
    assert len(before.splitlines()) == 1


def test_two_meetings_of_one_body_at_one_hour_stay_two_when_read_again(minutebook: Command, tmp_path: Path) -> None:
    head = "LICENSING SUB-COMMITTEE\n\nMinutes of the meeting held on 4 March 2025 at 10.00 am\n\n"
    head += "Present: Councillors A Able, B Baker\n\n"
    lion, rank = tmp_path / "lion.txt", tmp_path / "rank.txt"
    lion.write_text(head + "1. RED LION, MILL LANE\n\nThe premises licence was varied for later hours on Fridays.\n\n"
                    "RESOLVED: That the premises licence be varied.\n")
    rank.write_text(head + "1. TAXI RANK, STATION FORECOURT\n\nResidents objected since buses turn at the junction.\n\n"
                    "RESOLVED: That no rank be made.\n")
    first, second, again = (
        minutebook("import", file, "--council", "quern").out.split()[-1] for file in (lion, rank, rank))
    assert (second, again) == (f"{first}-2", f"{first}-2")
    before = minutebook("export").out
    assert len(before.splitlines()) == 2
    assert minutebook("reparse").status == 0
    assert minutebook("export").out == before


def test_reparse_and_reindex_give_the_same_again(filled: Command) -> None:
    before = filled("export").out
    assert filled("reparse").status == 0
    assert filled("reindex", "--json").json["items"] == 1
    assert filled("export").out == before
    assert filled("search", "--json", "Ofsted").json["total"] == 1


def test_export_writes_a_file(filled: Command, tmp_path: Path) -> None:
    assert filled("export", "--out", tmp_path / "all.jsonl").status == 0
    assert json.loads((tmp_path / "all.jsonl").read_text())["id"].startswith("westsussex/meetings/")
    assert_one_line(filled("export", "--out", tmp_path / "no" / "all.jsonl"), "cannot be written")


def test_status_counts_what_is_held(filled: Command) -> None:
    [council] = filled("status", "--json").json["councils"]
    assert [council["state"], council["items"], council["newest_minutes"]] == ["imported", 1, "2022-11-03"]
    assert "westsussex" in filled("status").out


def test_a_file_without_minutes_is_refused_and_what_was_stored_stays(filled: Command, tmp_path: Path) -> None:
    before = filled("export").out
    bad = {
        "empty.html": (b"", "is empty"),
        "picture.html": (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        "old.doc": (b"\xd0\xcf\x11\xe0" + bytes(600), "save it as .docx"),
        "noise.bin": (bytes(range(256)) * 40, "no text"),
        "cut.pdf": (b"%PDF-1.7\n1 0 obj\n<< /Type /Cat", "PDF"),
        "not.docx": (b"PK\x03\x04" + bytes(50), "not.docx"),
        "wall.html": (b"<html><script src='/_Incapsula_Resource?x'></script></html>", "bot wall"),
        "bomb.xml": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><meeting>&b;', "bomb.xml"),
        "huge.txt": (b"a line of text\n" * 3_500_000, "MB"),
    }
    for name, (content, _) in bad.items():
        (tmp_path / name).write_bytes(content)
    answer = filled("import", "--council", "westsussex", *(tmp_path / name for name in bad), tmp_path / "missing.pdf")
    assert answer.status == 1
    lines = answer.out.splitlines()
    assert len(lines) == len(bad) + 1
    for line, (name, (_, reason)) in zip(lines, bad.items(), strict=False):
        assert line.startswith("refused"), line
        assert name in line
        assert reason in line
    assert "No such file" in lines[-1]
    assert filled("export").out == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "x" * 10_000), ("search", "AND OR NOT ()"), ("search", '"unbalanced (quote'), ("search", "-"),
        ("search", ""), ("search", "--", "-Ofsted"), ("search", "a\x00b \ud800"),
    ],
)  # fmt: skip
def test_any_text_is_a_query(filled: Command, arguments: tuple[str, ...]) -> None:
    answer = filled("--json", *arguments)
    assert answer.status == 0, answer.err
    assert answer.json["explanation"]


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (("crawl",), ("minutebook add",)),
        (("crawl", "nowhere"), ("minutebook add",)),
        (("crawl", "--since", "yesterweek"), ("yesterweek", "2021-05")),
        (("show", "westsussex/items/99"), ("westsussex/items/99",)),
        (("show", "../../etc/passwd"), ("identifier",)),
        (("parse", "no-such-file"), ("no-such-file",)),
        (("search", "--sort", "size", "x"), ("size",)),
        (("search", "--from", "soon", "x"), ("soon",)),
        (("import",), ("FILE",)),
        (("nonsense",), ("nonsense",)),
        (("add", "not an address"), ("http://",)),
        (("add", "file:///etc/passwd"), ("http://",)),
        (("add", "http://[::1"), ("http://",)),
        (("parse", str(ITEM), "--url", "http://a:b/"), ("http://",)),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_line(filled: Command, arguments: tuple[str, ...], parts: tuple[str, ...]) -> None:
    assert_one_line(filled(*arguments), *parts)


def test_a_home_that_is_a_file_or_locked_is_named(minutebook: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert_one_line(minutebook("--home", tmp_path / "file", "status"), "file")
    assert_one_line(minutebook("--home", tmp_path / "a" / "b", "import", ITEM), "does not exist")
    assert_one_line(minutebook("--home", tmp_path / "a", "status"), "holds no archive yet", "minutebook add")
    assert not (tmp_path / "a").exists()
    with Home(tmp_path / "home").lock("crawl"):
        assert_one_line(minutebook("import", ITEM), "in use", "crawl")


def test_settings_that_are_none_are_named(minutebook: Command, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "minutebook.toml").write_text("delay = 'soon'")
    assert_one_line(minutebook("crawl"), "minutebook.toml", "delay")


def test_a_fault_of_ours_is_one_line_too(filled: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.commands.watching.status", lambda *_: {}["x"])
    assert_one_line(filled("status"), "a fault in Minutebook", "KeyError", "MINUTEBOOK_DEBUG")
    assert "Traceback" in filled("status", MINUTEBOOK_DEBUG="1").err


def test_help_and_version_go_to_standard_output(minutebook: Command) -> None:
    assert "Commands:" in minutebook("--help").out
    assert minutebook("--version").out.startswith("minutebook")


def test_a_lost_index_is_built_when_it_is_needed(filled: Command, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "home" / "index")
    assert filled("--json", "search", "Ofsted").json["total"] == 1


def test_the_orders_are_those_of_the_api(filled: Command) -> None:
    assert filled("--json", "search", "Ofsted", "--sort", "newest").json["total"] == 1
    assert_one_line(filled("search", "Ofsted", "--sort", "NEWEST"), "'newest'")


def test_export_as_json_is_one_value(filled: Command) -> None:
    [meeting] = filled("export", "--json").json
    assert meeting == json.loads(filled("export").out)


def test_a_paragraph_that_is_not_there_is_said_to_be_missing(filled: Command) -> None:
    item = filled("--json", "search", "Ofsted").json["hits"][0]["item"]
    assert_one_line(filled("show", f"{item}#99.9"), item, "99.9")


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serve(SampleCouncil(meetings=100)) as served:
        yield served.url


def test_a_council_is_added_from_its_own_site_and_crawled(minutebook: Command, site: str) -> None:
    added = minutebook("add", site, "--json", MINUTEBOOK_DELAY="0")
    assert (added.json["name"], added.json["url"]) == ("Ambleshire County Council", site)
    assert "no contact address" in added.err
    assert added.json["id"] == "ambleshire"
    again = minutebook("add", site, "--id", "again", **QUICK)
    assert_one_line(again, "registered already, as ambleshire")
    [report] = minutebook("crawl", "--delay", "0", "--dry-run", "--since", "2026-09-01", "--json").json
    assert report["planned"]
    assert report["counts"] == {}
    [report] = minutebook("crawl", "--delay", "0", "--since", "2026-09-01", "--json").json
    assert report["counts"]["new"] + report["counts"]["none published"] == report["counts"]["announced"]
    state = minutebook("status", "--json")
    assert (state.status, state.json["councils"][0]["state"]) == (0, "ok")
    again = minutebook("crawl", "--delay", "0", "--since", "2026-09-01", "--max-requests", "3", "--json")
    assert (again.status, again.json[0]["failures"]) == (0, [])
    assert "3 requests" in again.json[0]["stopped"]


def test_a_site_of_another_maker_is_refused_with_what_was_seen(minutebook: Command) -> None:
    def bakery(_: Request) -> Reply:
        return Reply(b"<html><head><title>Bakery</title></head><body>Buns</body></html>")

    with serve(SampleCouncil(meetings=0), options=Options(fault=bakery)) as served:
        assert_one_line(minutebook("add", served.url, **QUICK), "not recognised", "Bakery")
    with socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        assert_one_line(minutebook("add", f"http://127.0.0.1:{port}/", **QUICK), "refused")


def test_an_unknown_platform_is_named(minutebook: Command, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "minutebook.toml").write_text(
        '[councils.ashbeck]\nname = "Ashbeck"\nurl = "https://ashbeck.example/"\nplatform = "modernguv"\n')
    answer = minutebook("crawl")
    assert answer.status == 1
    assert "minutebook.toml: councils.ashbeck: platform 'modernguv' is unknown; known is 'moderngov'" in answer.out
