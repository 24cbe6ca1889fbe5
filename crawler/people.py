"""People named in minutes, as printed, and who of a council's own members is meant when only one can be.

A person is found by a title ("Cllr", "Mrs", "Baroness", "Y Cynghorydd"), and in the lists that a plural title opens
("Councillors A, B and C"). Titles and styles are those of moderngov.md 5.3.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.model import Member, MemberId, Person

_COUNCIL_TITLES = "Councillor Cllr Cr Cyng Cynghorydd Alderman Alderwoman Ald Bailie Provost Deputy"
_CIVIL_TITLES = "Mr Mrs Ms Miss Mx"
_OTHER_TITLES = (
    "Dr Prof Professor Sir Dame Lord Lady Baroness Baron Viscount Earl Rev Revd Reverend Canon Father Rabbi Imam Judge "
    "Major Captain Capt Colonel Col Lt Sgt Inspector Superintendent"
)
_TITLES = frozenset(f"{_COUNCIL_TITLES} {_CIVIL_TITLES} {_OTHER_TITLES} Hon Honorary County".split())
_SINGULAR = {"Councillors": "Councillor", "Cllrs": "Cllr", "Messrs": "Mr", "Crs": "Cr", "Cynghorwyr": "Cynghorydd",
             "Aldermen": "Alderman", "Mesdames": "Mrs"}
_CIVIL = frozenset(_CIVIL_TITLES.split())
_MALE, _FEMALE = frozenset({"mr", "sir", "lord"}), frozenset({"mrs", "ms", "miss", "dame", "lady", "baroness"})
_PEERS = frozenset("Baroness Lord Lady Baron Viscount Earl".split())
HONOURS = frozenset("MBE OBE CBE KBE DBE GBE JP QPM DL QC KC MP MS AM MSP FRSA BEM CB KSG PhD BA MA TD RD Esq".split())
_PARTICLES = frozenset("de da di du van der den von le la ap ab ferch bin al el y".split())
_NO_NAMES = frozenset(
    "The Leader Cabinet Chair Chairman Chairwoman Chairperson Vice Vice-Chair Vice-Chairman Mayor Deputy Director Member "
    "Members Councillors Council Committee Board Executive Portfolio Holder Chief Officer Head Lead Clerk Street Road "
    "Lane Avenue Hill House School Park Way Close Court Place Drive Square Bridge Hospital Bay Ward Provost Lieutenant "
    "Chancellor Advocate Speaker Convener Convenor Sheriff Justice President Secretary Manager Independent Labour "
    "Conservative Green Liberal Plaid UKIP Reform Minister And In On At For From To With By As It He She They This That "
    "January February March April June July August September October November December Apologies Present Absent"
    .split()
)
_TITLE_FORM = re.compile(
    r"(?<![\w’'-])(?:(?P<plural>Councillors|Cllrs|Crs|Messrs|Mesdames|Cynghorwyr|Aldermen)|"
    r"(?P<title>Councillor|Cllr|Cr|Cynghorydd|Cyng|Alderman|Alderwoman|Ald|Bailie|Mrs|Mr|Ms|Miss|Mx|Dr|Professor|Prof|"
    r"Sir|Dame|Lord|Lady|Baroness|Baron|Viscount|Revd|Rev|Reverend|Canon|Rabbi|Imam))\b\.?:?[ ]",
)
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart, in lower case: its titles, its forenames or initials, its surname."""

    titles: frozenset[str]
    forenames: tuple[str, ...]
    surname: str


def parts(name: str) -> Parts:
    """`name` taken apart; honours and marks after it are left out."""
    words = [word.strip(".,()") for word in name.replace(".", ". ").split()]
    kept = [word for word in words if word and word not in HONOURS]
    titles = frozenset(_SINGULAR.get(word, word).lower() for word in kept if word in _TITLES or word in _SINGULAR)
    plain = [_plain(word) for word in kept if word not in _TITLES and word not in _SINGULAR]
    return Parts(titles, tuple(plain[:-1]), plain[-1] if plain else "")


def _plain(word: str) -> str:
    return re.sub(r"['’‘`-]", "", word).casefold()


def compatible(one: Parts, other: Parts) -> bool:
    """Whether both names can be the same person's: surnames alike, forenames or initials agreeing where both have any."""
    if one.surname != other.surname or not one.surname or _contradict(one.titles, other.titles):
        return False
    pairs = zip(one.forenames, other.forenames, strict=False)
    return all(_same_forename(first, second) for first, second in pairs)


def _contradict(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool((one & _MALE and other & _FEMALE) or (one & _FEMALE and other & _MALE))


def _same_forename(first: str, second: str) -> bool:
    if len(first) <= 1 or len(second) <= 1:
        return first[:1] == second[:1]
    return first == second or (len(first) <= 3 and first[:1] == second[:1] and first.upper() == first)


def member_of(name: str, roster: Sequence[Member]) -> MemberId | None:
    """The one member of `roster` whom `name` can mean; `None` when there is none, or more than one."""
    wanted = parts(name)
    possible = [member for member in roster if _may_be(wanted, parts(member.name))]
    return possible[0].id if len(possible) == 1 else None


def _may_be(printed: Parts, member: Parts) -> bool:
    """A bare "Mr Jones" is a member only where the roster itself says Mr: else he may be an officer or a witness."""
    civil = {title.lower() for title in _CIVIL}
    bare = not printed.forenames and printed.titles and printed.titles <= civil
    return compatible(printed, member) and (not bare or bool(printed.titles & member.titles))


def names(text: str) -> Iterator[str]:
    """Every titled name in `text`, in order, as printed (each of "Councillors A, B and C" with its own title)."""
    at = 0
    while found := _TITLE_FORM.search(text, at):
        if found["plural"]:
            listed, at = _listed(text, found.end(), _SINGULAR[found["plural"]])
            yield from listed
        else:
            name, at = _name(text, found.start())
            if name:
                yield name
        at = max(at, found.end())


def _name(text: str, start: int) -> tuple[str | None, int]:
    """The name that stands at `start`, and where it ends."""
    words: list[str] = []
    titles = 0
    end = start
    for word in _WORD.finditer(text, start, min(len(text), start + 120)):
        printed = word.group()
        core = printed.rstrip(".,;:)]”\"’'!?").removeprefix("(")
        core = re.sub(r"['’]s\Z", "", core)
        if titles == len(words) and core.rstrip(".") in _TITLES and core not in HONOURS:
            titles += 1
        elif not _is_name_word(core, words, titles):
            break
        words.append(core)
        end = word.start() + len(printed)
        if _ends_name(printed, core, titles == len(words)) or len(words) - titles == 5:
            break
    while len(words) > titles and words[-1] in _PARTICLES | {"of"}:
        words.pop()
    if len(words) == titles or all(map(_is_initials, words[titles:])):
        return None, end
    return " ".join(words), end


def _is_name_word(core: str, words: list[str], titles: int) -> bool:
    if not core or core in _NO_NAMES or core in HONOURS or any(map(str.isdigit, core)):
        return False
    if core in _PARTICLES:
        return True
    if core == "of":
        return any(word in _PEERS for word in words[:titles]) and len(words) > titles
    return core[0].isupper() and (not core.isupper() or len(core) < 3 or "'" in core or "’" in core or len(words) > 0)


def _is_initials(word: str) -> bool:
    letters = word.replace(".", "")
    return len(letters) <= 3 and letters.isupper()


def _ends_name(printed: str, core: str, is_title: bool) -> bool:
    """Whether the mark after a word ends the name; the dot of a title or an initial does not."""
    mark = printed[len(core):]
    return bool(mark) and not (mark[:1] == "." and len(mark) == 1 and (is_title or _is_initials(core)))


def _listed(text: str, start: int, title: str) -> tuple[list[str], int]:
    """The names of a list after a plural title, each with that title unless it has its own."""
    found: list[str] = []
    at = start
    while at < len(text) and len(found) < 200:
        name, end = _list_name(text, at, title)
        if name is None:
            break
        found.append(name)
        follow = re.compile(r"(?: ?\([^()]{0,80}\))?(?:,? (?:and|a|ac|&) |[,;] ?(?:and )?)").match(text, end)
        if not follow:
            return found, end
        at = follow.end()
    return found, at


def _list_name(text: str, at: int, title: str) -> tuple[str | None, int]:
    name, end = _name(text, at)
    if name is None:
        return None, at
    end -= len(text[at:end]) - len(text[at:end].rstrip(",;.:)"))
    first = name.split()[0].rstrip(".")
    council = first in _COUNCIL_TITLES.split() or first in _CIVIL | _PEERS or first in ("Dr", "Sir", "Dame", "Rev")
    return (name if council and first not in _CIVIL else f"{title} {name}"), end


def named(texts: Iterable[str], roster: Sequence[Member] = ()) -> tuple[Person, ...]:
    """The people named in `texts`, each once, in the form first printed, linked to `roster` where certain."""
    known: dict[str, list[Parts]] = {}
    people: list[Person] = []
    for name in dict.fromkeys(name for text in texts for name in names(text)):
        person = parts(name)
        others = known.setdefault(person.surname, [])
        if any(compatible(person, other) for other in others):
            continue
        others.append(person)
        people.append(Person(name, member_of(name, roster)))
    return tuple(people)
