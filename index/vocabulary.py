"""The archive's own vocabulary: the words of its texts, and of the names of its members, committees and topics."""

from collections import Counter
from collections.abc import Iterable, Mapping

from archive.model import Committee, Member
from index import analysis
from index.acronyms import Acronyms
from index.engine import Lexicon
from index.memory import Memory
from index.naming import TITLES
from index.spelling import Meant, Spelling

RARE = 3
"""In how many texts a word may stand and still be a slip of whoever wrote them."""
HELD = 2
"""In how many texts a word stands that the archive has on purpose, so that what is found with it is what was meant."""
MUCH = 50
"""How many times as frequent another word must be for such a slip to be taken for it."""
COMMONER = 10
"""How many times as frequent another word must be for a known one to be taken for it, where nothing else is found."""
_LONG = 6    # letters of a word that is seldom another by chance
_NAMED = 20    # texts that a word of a name counts for at least
_LEAST = 3     # letters of a part of a word that was run together
_TOLD = 1000   # words of which it is remembered what they may mean


class Vocabulary:
    """What words there are, by `analysis.fold`, in about how many texts, and which ones another may mean."""

    def __init__(
        self,
        lexicon: Lexicon,
        acronyms: Acronyms,
        members: Iterable[Member] = (),
        committees: Iterable[Committee] = (),
        topics: Iterable[str] = (),
    ) -> None:
        self.lexicon = lexicon
        self._names = {"member": _words(each.name for each in members),
                       "committee": _words(each.name for each in committees), "topic": _words(topics)}
        short = (form for forms in acronyms.values() for form in forms)
        self._fixed = {*self._names["member"], *self._names["committee"], *map(analysis.fold, short)}
        self.words: Mapping[str, int] = {
            **lexicon.words, **{word: max(_NAMED, lexicon.words.get(word, 0)) for word in self._fixed}}
        self._spelling = Spelling(self.words)
        self._of_names = {name: Spelling(words) for name, words in self._names.items()}
        self._told = Memory(_TOLD, lambda _: 1)

    def knows(self, word: str) -> bool:
        """Whether the folded `word` stands in the archive, and is no slip."""
        return word in self._fixed or self.words.get(word, 0) > RARE

    def meant(self, word: str, wary: bool = False) -> tuple[Meant, ...]:
        """The words that the folded `word` may be a slip of, likeliest first; none when it is known.

        A `wary` guess is one step away and begins alike.
        """
        return () if self.knows(word) else self._told.once((word, wary), lambda: self._meant(word, wary))

    def _meant(self, word: str, wary: bool) -> tuple[Meant, ...]:
        count = self.words.get(word, 0)
        near = _near(self._spelling, word, wary, elsewhere=not count)
        return tuple(each for each in near if self.words[each.word] >= count * MUCH)

    def commoner(self, word: str) -> tuple[Meant, ...]:
        """The words one step from the folded `word`, which is known, that are much more frequent: Smyth for Smith."""
        count = self.words.get(word, 0)
        near = self._spelling.near(word, same_first=True, farthest=1) if len(word) >= _LONG else ()
        return tuple(each for each in near if each.word not in TITLES and self.words[each.word] >= count * COMMONER)

    def named(self, name: str, word: str, wary: bool = False) -> tuple[Meant, ...]:
        """The words of names of a `member`, `committee` or `topic` that the folded `word`, which is none, may mean."""
        return () if word in self._names[name] else _near(self._of_names[name], word, wary)

    def parted(self, word: str) -> tuple[tuple[str, str], ...]:
        """The pairs of the archive's words that may have been run together to the folded `word`, the likeliest first.

        Likely is the pair of which the rarer is most frequent.
        """
        parts = [(word[:at], word[at:]) for at in range(_LEAST, len(word) - _LEAST + 1)]
        known = [(min(self.words[first], self.words[last]), first, last) for first, last in parts
                 if first in self.words and last in self.words]
        return tuple((first, last) for _, first, last in sorted(known, reverse=True))


def _near(spelling: Spelling, word: str, wary: bool, elsewhere: bool = True) -> tuple[Meant, ...]:
    """The words near `word` that begin as it does; where there is none, `elsewhere`, those one step away."""
    alike = spelling.near(word, same_first=True, farthest=1 if wary else 2)
    near = alike or (spelling.near(word, farthest=1) if elsewhere and not wary else ())
    return tuple(each for each in near if each.word not in TITLES)


def _words(names: Iterable[str]) -> Counter[str]:
    """The folded words of letters alone in `names`, and how many have each."""
    return Counter(word for name in names for chain in dict.fromkeys(analysis.chains(name))
                   if (word := analysis.fold(chain)).isalpha())
