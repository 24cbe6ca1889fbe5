"""The Welsh pages: the same meetings, items and paragraphs with Welsh words, number for number.

It is no translation: each paragraph has a sentence of its kind, the same one whenever it is asked for.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from html import escape
from random import Random

from archive.model import ParagraphKind
from crawler.sample import border
from crawler.sample.council import WrittenItem, WrittenMeeting
from crawler.sample.data import read_toml
from crawler.sample.line import Line, Look, Minuted
from crawler.sample.plan import PlannedMeeting
from crawler.sample.procedure import clock

_SIDES = {"For": "O blaid", "Against": "Yn erbyn", "Abstained": "Ymatal"}
_LISTED = re.compile(r"(?P<side>For|Against|Abstained) \((?P<count>\d+)\): (?P<names>.+)", re.DOTALL)
_COUNTS = re.compile(r"(\d+)\D+(\d+)\D+(\d+)")
_TEXT_NODE = re.compile(r">([^<>]+)<")
_ORDINALS = ("af", "il", "ydd", "ydd", "ed", "ed", "fed", "fed", "fed", "fed", "eg", "fed", "eg", "eg", "fed", "eg",
             "eg", "fed", "eg", "fed")  # fmt: skip


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return read_toml("welsh.toml")


@cache
def _choices(name: str) -> tuple[str, ...]:
    said = _words()["sentences"][name].replace("\n", "|")
    return tuple(part.strip() for part in said.split("|") if part.strip())


def welsh_markup(markup: str) -> str:
    """A page with its labels in Welsh: every text between two tags that is a label and nothing else."""
    labels = _words()["labels"]

    def label(found: re.Match[str]) -> str:
        known = labels.get(found[1].strip())
        return found[0] if known is None else found[0].replace(found[1].strip(), escape(known, quote=False))

    return _TEXT_NODE.sub(label, markup).replace('<html lang="en">', '<html lang="cy">')


def committee_name(planned: PlannedMeeting) -> str:
    """The committee's Welsh name; one that has none keeps its own."""
    return _words()["committees"].get(planned.committee.key, planned.committee.name)


def welsh_date(planned: PlannedMeeting) -> str:
    """ "Dydd Iau, 9fed Hydref, 2014 2.00 pm"."""
    names = {name: [part.strip() for part in said.split("|")] for name, said in _words()["calendar"].items()}
    day = planned.day
    ending = _ORDINALS[day.day - 1] if day.day <= len(_ORDINALS) else "ain"
    weekday, month = names["days"][day.weekday()], names["months"][day.month - 1]
    return f"{weekday}, {day.day}{ending} {month}, {day.year} {clock(planned)}"


def in_welsh(written: WrittenMeeting) -> WrittenMeeting:
    """The meeting with its items in Welsh; the joint committee's are in both languages as they are."""
    if written.planned.committee.key == border.KEY:
        return replace(written, welsh=True)
    return replace(written, welsh=True, items=tuple(_item(each, len(written.room.present)) for each in written.items))


def _item(item: WrittenItem, present: int) -> WrittenItem:
    rng = Random(f"cy/{item.id}")
    agenda = tuple(rng.choice(_choices("agenda")) for _ in item.draft.agenda)
    lines = tuple(_line(line, at, item, rng, present) for at, line in enumerate(item.minuted.lines))
    draft = replace(item.draft, title=_title(item), agenda=agenda, people={})
    return replace(item, draft=draft, minuted=Minuted(lines, (), item.minuted.decision))


def _title(item: WrittenItem) -> str:
    matter = item.matter
    if matter.topic is None:
        return _words()["procedures"][matter.procedure]
    exempt = " (Eithriedig)" if item.draft.restricted else ""
    return f"{_words()['topics'][matter.topic.key]}: adroddiad {matter.issue}{exempt}"


def _line(line: Line, at: int, item: WrittenItem, rng: Random, present: int) -> Line:
    if line.look is Look.TABLE:
        rows = tuple(tuple(_cell(cell) for cell in row) for row in line.rows)
        return replace(line, rows=rows, text=" / ".join(" | ".join(cell for cell in row if cell) for row in rows))
    if line.look is Look.HEADING and line.kind is ParagraphKind.RESOLUTION:
        return replace(line, text="PENDERFYNWYD")
    if line.kind is ParagraphKind.RESOLUTION and line.text.rstrip("-").endswith(":"):
        return replace(line, text="PENDERFYNWYD:")
    if line.kind is ParagraphKind.CLAUSE:
        return replace(line, text=_clause(line.text, rng))
    return replace(line, text=_sentence(line, at, item, rng).replace("{n}", str(present)))


def _cell(text: str) -> str:
    head = _SIDES.get(text.removesuffix(" the motion"), "")
    if head:
        return f"{head} y cynnig" if text.endswith(" the motion") else head
    return text.replace("Total: ", "Cyfanswm: ").replace("Councillor ", "Cynghorydd ")


def _clause(text: str, rng: Random) -> str:
    said = rng.choice(_choices("clause"))
    if text.endswith("; and"):
        return f"{said}; a"
    return f"{said}{text[-1]}" if text[-1] in ";." else said


def _vote(text: str, rng: Random) -> str:
    """A line of a vote with its own counts or names."""
    if listed := _LISTED.match(text):
        names = listed["names"].replace("Councillors ", "Cynghorwyr ").replace("Councillor ", "Cynghorydd ")
        return f"{_SIDES[listed['side']]} ({listed['count']}): {names.replace(' and ', ' a ')}"
    if counted := _COUNTS.search(text):
        lost = " Collwyd y gwelliant." if "declared LOST" in text else ""
        return f"O blaid: {counted[1]} Yn erbyn: {counted[2]} Ymatal: {counted[3]}{lost}"
    if "unanimously" in text:
        return "Derbyniwyd y cynnig yn unfrydol."
    return "Rhoddwyd y cynnig i bleidlais a chafodd ei golli." if "LOST" in text else rng.choice(_choices("vote"))


def _sentence(line: Line, at: int, item: WrittenItem, rng: Random) -> str:
    """A sentence of the line's kind, of a standing item its own ones; what follows a count counts on."""
    if line.kind is ParagraphKind.VOTE:
        return _vote(line.text, rng)
    own = _words()["sentences"].get(item.matter.procedure)
    if line.kind is ParagraphKind.NARRATIVE and own:
        choices = _choices(item.matter.procedure)
        return choices[at % len(choices)]
    return rng.choice(_choices(str(line.kind)))
