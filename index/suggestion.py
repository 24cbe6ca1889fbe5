"""What a few plain words may have meant: the days of a date, a member, a committee."""

from collections.abc import Iterable, Iterator

from archive.model import Committee, Member
from index.dates import first_and_last
from index.lexemes import quotable
from index.naming import names_committee, names_person
from index.tree import Node, Phrase, Word, conditions

LONGEST = 5
"""Words of the longest name that is looked for."""


def of_date(text: str) -> str | None:
    """The query for the meetings of the day, month or year that `text` is, if it is one."""
    days = text.strip(" .,?")
    return f"from:{_value(days)} to:{_value(days)}" if first_and_last(days) else None


def of_names(text: str, tree: Node, members: Iterable[Member], committees: Iterable[Committee]) -> Iterator[str]:
    """The queries for members, then for committees, that the plain words `text`, read as `tree`, name."""
    if len(conditions(tree)) > LONGEST or not all(isinstance(part, Word | Phrase) for part in conditions(tree)):
        return
    words = _value(" ".join(quotable(text).split()).strip(" .,?"))
    if any(names_person(words, member.name) for member in members):
        yield f"member:{words}"
    if any(names_committee(words, committee.id, committee.name) for committee in committees):
        yield f"committee:{words}"


def _value(text: str) -> str:
    return f'"{text}"' if " " in text else text
