"""The cases of `tests/pages/<council>/<case>/`: input as it is published, and what a careful reader reads.

One input file a case, named for what it is (`mgAi.html`, `GetMeeting.xml`, `minutes.pdf` ...), `expected.json`, and if
need be `members.json` (the council's list of members) and `case.toml`:

    about = "what the case is for"
    url = "https://..."                  the address of the page, where it matters
    input = "pdf-minutes/kent/x.pdf"     a file of the folder of real files, in place of an input file
    unseen = true                        written by somebody who had not seen the rules

`expected.json` is the JSON of the contract, section 2: an item for the page of one, a list of meetings for an issue,
else a meeting. A key that it leaves out is not compared.
"""

import json
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from archive.model import Council, CouncilId, Member
from archive.shapes import as_json, decoder
from crawler.files import Given, read_file

HERE = Path(__file__).parent
PAGES = HERE / "pages"
REAL_FILES = HERE.parent.parent / "shared" / "data"
KINDS = {".html": "HTML", ".xml": "XML", ".txt": "text", ".pdf": "PDF", ".docx": "Word", ".md": "text"}
_BESIDE = frozenset(("expected.json", "members.json", "case.toml"))


@dataclass(frozen=True)
class Case:
    """One folder of `tests/pages`."""

    folder: Path

    @property
    def name(self) -> str:
        return "/".join(self.folder.parts[-2:])

    @cached_property
    def about(self) -> dict[str, Any]:
        """What `case.toml` says; empty without one."""
        file = self.folder / "case.toml"
        return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}

    @property
    def input(self) -> Path:
        """The file to read. One of the real files may be absent."""
        if "input" in self.about:
            return REAL_FILES / str(self.about["input"])
        (file,) = (file for file in self.folder.iterdir() if file.name not in _BESIDE)
        return file

    @property
    def kind(self) -> str:
        return KINDS[self.input.suffix]

    @property
    def is_unseen(self) -> bool:
        return bool(self.about.get("unseen"))

    @property
    def expected(self) -> Any:
        return json.loads((self.folder / "expected.json").read_text(encoding="utf-8"))

    @property
    def members(self) -> tuple[Member, ...]:
        file = self.folder / "members.json"
        read = decoder(Member)
        listed = json.loads(file.read_text(encoding="utf-8")) if file.exists() else ()
        return tuple(read({"party": None, "ward": None, "url": None} | member) for member in listed)


def every_case() -> list[Case]:
    return [Case(file.parent) for file in sorted(PAGES.glob("*/*/expected.json"))]


def read(case: Case) -> Any:
    """What the readers make of the input of `case`, in the shape of its `expected.json`."""
    council = Council(CouncilId(case.folder.parent.name), case.folder.parent.name.title())
    url = case.about.get("url") or f"https://democracy.{council.id}.example/{_address(case.input.stem)}"
    contents = read_file(case.input.read_bytes(), case.input.name, Given(council, url, roster=case.members))
    if contents.alone:
        return as_json(contents.meetings[0].items[0])
    if isinstance(case.expected, list):
        return as_json(contents.meetings)
    return as_json(contents.meetings[0])


def _address(stem: str) -> str:
    return {"mgAi": "mgAi.aspx?ID=17213", "ieListDocuments": "ieListDocuments.aspx?MId=3129",
            "GetMeeting": "mgWebService.asmx/GetMeeting?lMeetingId=3129"}.get(stem, f"{stem}.aspx?ID=3129")  # fmt: skip


def differences(expected: Any, read: Any, where: str = "") -> list[str]:
    """Where what was `read` is not what was `expected`, one line each; keys left out of `expected` count nothing."""
    if isinstance(expected, dict) and isinstance(read, dict):
        return [line for key, value in expected.items()
                for line in differences(value, read.get(key), f"{where}.{key}" if where else key)]
    if isinstance(expected, list) and isinstance(read, list):
        lines = [line for at, (one, other) in enumerate(zip(expected, read, strict=False))
                 for line in differences(one, other, f"{where}[{at}]")]
        if len(expected) != len(read):
            lines.append(f"{where}: {len(read)} read, {len(expected)} expected")
        return lines
    if expected == [] and read is None:    # a list that is no key of the JSON while it is empty
        return []
    return [] if expected == read else [f"{where}: {read!r} read, {expected!r} expected"]
