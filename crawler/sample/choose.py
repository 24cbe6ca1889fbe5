"""Chooses what is said of a subject: first what shares its words, then what is common to its topic."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import TypeVar

from crawler.sample.data import Saying, Subject, Wish, read_toml, topics

Card = TypeVar("Card", Saying, Wish)
_WORD = re.compile(r"[A-Za-z]{4,}")
_SLOT = re.compile(r"\{([a-z]+)\d?\}")
_REFERENCE = "{ref}"
_FAR_APART = frozenset({"county-development", "licensing", "rights-of-way", "motions", "trading"})
_COMMON = {kind: frozenset(words.split()) for kind, words in read_toml("common.toml").items()}


def deal(deck: Sequence[Card], name: str, turn: int, count: int, year: int) -> tuple[Card, ...]:
    """The cards of one turn that are of their time; the deck is shuffled anew each time it has been dealt out."""
    if not deck:
        return ()
    cards = []
    for position in range(turn * count, turn * count + count):
        cycle, at = divmod(position, len(deck))
        cards.append(Random(f"{name}/{cycle}").sample(deck, len(deck))[at])
    return tuple(card for card in dict.fromkeys(cards) if card.since <= year)


@cache
def sayings(kind: str, topic: str, subject: int) -> tuple[Saying, ...]:
    """The "points", "answers" or "views" of `topic` that share telling words with one of its subjects."""
    whole = topics()[topic]
    deck = {"points": whole.points, "answers": whole.answers, "views": whole.views}[kind]
    texts = [f"{each.text} {each.answer}" for each in deck]
    return tuple(deck[at] for at in _near(whole.subjects[subject], texts))


@cache
def common(kind: str, topic: str, subject: int) -> tuple[Saying, ...]:
    """The sayings of `topic` that fit this subject: all, or where subjects lie far apart those near no other."""
    whole = topics()[topic]
    deck = {"points": whole.points, "answers": whole.answers, "views": whole.views}[kind]
    if topic not in _FAR_APART:
        return deck
    elsewhere = {
        each for other in range(len(whole.subjects)) if other != subject for each in sayings(kind, topic, other)
    }
    return tuple(each for each in deck if each not in elsewhere or each in sayings(kind, topic, subject))


@cache
def wishes(topic: str, subject: int) -> tuple[Wish, ...]:
    """The wishes of `topic` that share telling words with one of its subjects; an application is granted or refused."""
    whole = topics()[topic]
    if _REFERENCE in "".join(f"{each.object} {each.rest}" for each in whole.wishes):
        applied = _REFERENCE in whole.subjects[subject].title
        return tuple(each for each in whole.wishes if (_REFERENCE in f"{each.object} {each.rest}") is applied)
    return tuple(
        whole.wishes[at]
        for at in _near(whole.subjects[subject], [f"{each.object} {each.rest}" for each in whole.wishes])
    )


def _near(subject: Subject, texts: list[str]) -> list[int]:
    """Which of `texts` share a word with the subject; a word that a quarter of them have tells nothing."""
    words = [_words(text) for text in texts]
    counts = Counter(word for each in words for word in each)
    wanted = {word for word in _words(f"{subject.title} {subject.summary}") if counts[word] <= max(2, len(texts) // 4)}
    return [at for at, each in enumerate(words) if each & wanted]


def turned(cards: Sequence[Card], turn: int, count: int, year: int) -> tuple[Card, ...]:
    """Up to `count` of the cards that are of their time, another choice at another turn."""
    timely = [card for card in cards if card.since <= year]
    start = turn * count % max(1, len(timely))
    return tuple((timely + timely)[start : start + min(count, len(timely))])


def _words(text: str) -> frozenset[str]:
    """The stems, roughly, of the telling words of `text`, and the names of its telling slots."""
    plain = {word[:6].lower() for word in _WORD.findall(_SLOT.sub(" ", text)) if word.lower() not in _COMMON["words"]}
    return frozenset(plain) | {f"{{{name}}}" for name in _SLOT.findall(text) if name not in _COMMON["slots"]}
