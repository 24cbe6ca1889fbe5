"""How the names of an item stand in its texts: who acts in it, in which office, and who is none of the council."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from archive.model import Item, ParagraphKind
from crawler.minutes.names import Parts, Printed, compatible, found_names, parts
from crawler.minutes.speakers import speakers, without_office
from crawler.minutes.vocabulary import COUNCIL_TITLES, OFFICES

NAMESAKES = 40   # people, or forms of their names, of one surname in one meeting or item; more is no minutes
COUNCIL = frozenset(title.lower() for title in COUNCIL_TITLES)
_APOLOGIES = re.compile(r"\b(?:apolog(?:y|ies)|absence|ymddiheuriadau?)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:Parish|Town|Community|Borough|District|County|City|former|late|ex-?)(?: (?:and|or|/) \w+)? ?\Z",
    re.IGNORECASE)
_OF_ANOTHER = re.compile(
    r"[ ,(–-]{1,3}(?:(?:of|from|representing|on behalf of|for|clerk to|chair(?:man)? of) )?(?:the )?"
    r"(?:[A-Z][\w'’-]* (?:and |with |cum )?){1,5}(?:Parish|Town|Community|Borough|District|County|City) "
    r"(?:Council|Meeting)")
_SAID_OF = re.compile(   # "(Head of Finance)", ", a resident of Mill Lane"
    r" ?\((?P<bracket>[^()]{1,100})\)|"
    r",? (?P<aside>(?:(?:[A-Z][\w'’&/-]*|of|for|and|the|a|an|to|local|resident)[ ,]{0,2}){1,10})")
_OUTSIDE = OFFICES - {"spokesperson", "spokesman", "spokeswoman", "whip", "champion", "president", "representative"}
_OWN = frozenset((
    "leader", "chair", "chairman", "chairwoman", "chairperson", "vice-chair", "vice-chairman", "convener", "convenor",
    "mayor", "provost", "member", "holder", "arweinydd", "cadeirydd", "maer", "aelod",
))
"""Offices of members: who holds another one is none."""
_PUBLIC = re.compile(r"\b(?:public|petitions?|deputations?|residents?|cyhoedd|deisebau)\b", re.IGNORECASE)
_ROLE = re.compile(
    r"(?P<vice>vice[- ]|deputy )?(?P<office>chair|mayor|provost|convener|leader)(?:man|woman|person)?\b", re.IGNORECASE)
_ROLE_BEFORE = re.compile(
    r"(?P<vice>\b(?:vice[- ]|deputy ))?\b(?P<office>chair|mayor|provost|convener|leader)(?:man|woman|person)?"
    r"(?: of the (?:council|committee|meeting))?,? ?\(?\Z", re.IGNORECASE)
_ROLE_AFTER = re.compile(
    r"(?:,? ?\(?(?:the )?|,? in the )(?P<vice>vice[- ]|deputy )?(?P<office>chair|mayor|provost|convener|leader)"
    r"(?:man|woman|person)?\b(?! of (?!the (?:council|committee|meeting)))", re.IGNORECASE)


class Mentions:
    """How the names of an item stand in its texts."""

    def __init__(self, item: Item) -> None:
        self._item = item
        self.of_apologies = bool(_APOLOGIES.search(item.title))
        self.of_public = bool(_PUBLIC.search(item.title))

    def acts(self, name: str) -> bool:
        """Whether somebody does something in the item, under this name or another form of it."""
        printed = parts(name)
        return name in self._acting or any(compatible(printed, each) for each in self._acting_by[printed.surname])

    def is_outsider(self, name: str) -> bool:
        """Whether a name is of somebody who is said to be of another council, a resident or an officer."""
        return parts(name) in self._outsiders

    def roles(self, name: str) -> frozenset[str | None]:
        """The offices printed with a name; `None` among them where it is mentioned without one."""
        return self._roles.get(parts(name), frozenset())

    @cached_property
    def _acting_by(self) -> Mapping[str, list[Parts]]:
        by_surname: dict[str, list[Parts]] = defaultdict(list)
        for each in map(parts, self._acting):
            if len(by_surname[each.surname]) < NAMESAKES:
                by_surname[each.surname].append(each)
        return by_surname

    @cached_property
    def _acting(self) -> frozenset[str]:
        """Names of those who spoke, moved, seconded, voted, declared, came or went."""
        item = self._item
        spoke = (name for each in item.paragraphs if each.kind is ParagraphKind.NARRATIVE
                 for name in ((each.speaker,) if each.speaker else speakers(each.text)))
        moved = (name for each in item.resolutions for name in (each.mover, each.seconder))
        voted = (printed.name for each in item.paragraphs if each.kind is ParagraphKind.VOTE
                 for printed in found_names(each.text))
        declared = (each.name for each in item.declarations)
        went = (each.name for each in item.movements)
        return frozenset(name for names in (spoke, moved, voted, declared, went) for name in names if name)

    @cached_property
    def _outsiders(self) -> frozenset[Parts]:
        return frozenset(parts(printed.name) for text, printed in self._all() if _is_outsider(text, printed))

    @cached_property
    def _roles(self) -> Mapping[Parts, frozenset[str | None]]:
        found: dict[Parts, set[str | None]] = defaultdict(set)
        for text, printed in self._all():
            around = _ROLE_BEFORE.search(text, max(0, printed.start - 60), printed.start) or _ROLE_AFTER.match(
                text, printed.end)
            found[parts(printed.name)].add(_office(around) if around else None)
        return {name: frozenset(each) for name, each in found.items()}

    def _all(self) -> Iterator[tuple[str, Printed]]:
        return ((each.text, printed) for each in self._item.paragraphs for printed in found_names(each.text))


def _is_outsider(text: str, printed: Printed) -> bool:
    if _ELSEWHERE.search(text[max(0, printed.start - 30):printed.start]) or _OF_ANOTHER.match(text, printed.end):
        return True
    if parts(printed.name).titles & COUNCIL:
        return False
    after = _SAID_OF.match(text, printed.end)
    if after and is_outside(after["bracket"] or after["aside"]):
        return True
    before = text[max(0, printed.start - 160):printed.start].rstrip(" (").split()
    office = without_office(before)
    return office is not None and is_outside(" ".join(before[len(office):]))


def role_of(role: str | None) -> str | None:
    """The office of whoever presides or leads that a role in an attendance begins with, in one form; else `None`."""
    found = _ROLE.match(role or "")
    return _office(found) if found else None


def _office(found: re.Match[str]) -> str:
    """ "chair", "vice chair", "leader" of any form of it."""
    return f"{'vice ' if found['vice'] else ''}{found['office'].lower()}"


def is_outside(office: str) -> bool:
    """Whether a post or part in the meeting is none that members have: "Head of Finance", "a resident"."""
    said = {word.strip(",()").casefold() for word in office.split()}
    return bool(said & _OUTSIDE) and not said & _OWN
