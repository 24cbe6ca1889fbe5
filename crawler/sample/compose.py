"""Writes what happened at an item of substance, in the words of its topic."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from crawler.sample.data import Saying, Topic, Wish, phrases, wish
from crawler.sample.draft import Draft, Remark
from crawler.sample.grammar import sentence
from crawler.sample.motions import amended, decided
from crawler.sample.people import PORTFOLIOS, cabinet_member, officer_on
from crawler.sample.plan import Matter
from crawler.sample.scene import Scene

_POINTS, _ANSWERS, _VIEWS, _WISHES = 4, 2, 2, 2    # a topic's cards dealt in one turn
Card = TypeVar("Card", Saying, Wish)


def substance(matter: Matter, scene: Scene) -> Draft:
    """What happened at the item of `matter`: its title, agenda, minutes and decision."""
    topic = matter.topic
    if topic is None:
        raise ValueError("a matter of substance has a topic")
    if matter.story is not None:
        scene.known.update({name: scene.say(text) for name, text in matter.story.slots.items()})
    source = matter.stage or topic.subjects[matter.subject]
    title, summary = scene.say(source.title), scene.say(source.summary)
    agenda = (scene.sentence(scene.pick(topic.agenda or phrases()["agenda"]).replace("{summary}", summary)),)
    if matter.twin:
        return _behind_closed_doors(title, agenda, scene)
    remarks = _remarks(matter, topic, summary, scene)
    wishes = tuple(_said(each, scene) for each in _wishes(matter, topic, scene))
    motion = decided(wishes, scene)
    alternatives = deal(topic.wishes, f"{topic.key}/amendments", matter.turn, 1, scene.day.year)
    amendments = amended(alternatives, motion, scene)
    return Draft(
        title, agenda, remarks, amendments, motion, closing=_closing(scene),
        documents=_documents(title, scene), people=scene.people,
    )  # fmt: skip


def deal(deck: Sequence[Card], name: str, turn: int, count: int, year: int) -> tuple[Card, ...]:
    """The cards of one turn that are of their time; the deck is shuffled anew each time it has been dealt out."""
    cards = []
    for position in range(turn * count, turn * count + count):
        cycle, at = divmod(position, len(deck))
        cards.append(Random(f"{name}/{cycle}").sample(deck, len(deck))[at])
    return tuple(card for card in dict.fromkeys(cards) if card.since <= year)


def _remarks(matter: Matter, topic: Topic, summary: str, scene: Scene) -> tuple[Remark, ...]:
    told = [Remark(scene.sentence(line)) for line in matter.stage.text] if matter.stage else []
    year = scene.day.year
    points = [each.text for each in deal(topic.points, f"{topic.key}/points", matter.turn, _POINTS, year)]
    rest = [
        *(_answered(each, scene) for each in deal(topic.answers, f"{topic.key}/answers", matter.turn, _ANSWERS, year)),
        *(_viewed(each.text, scene) for each in deal(topic.views, f"{topic.key}/views", matter.turn, _VIEWS, year)),
    ]
    opening = _introduced(topic, summary, points, scene)
    if told:
        return (Remark(opening), *told, *(Remark(text) for text in scene.rng.sample(rest, scene.rng.randint(0, 2))))
    kept = scene.rng.sample(rest, scene.rng.randint(min(1, len(rest)), len(rest)))
    paragraphs = _paragraphs(points[: scene.rng.randint(1, max(1, len(points)))], scene)
    if scene.spec.key in ("environment", "health") and scene.rng.random() < 0.45:
        lead = Remark(scene.sentence(scene.pick(phrases()["bullets"])))
        return (Remark(opening), *map(Remark, paragraphs), lead, *(Remark(text, "bullet") for text in kept))
    body = paragraphs + kept
    first = body.pop(0) if body else ""
    scene.rng.shuffle(body)
    heading = [Remark(_interest(scene))] if scene.rng.random() < 0.05 else []
    return (*heading, Remark(opening), *(Remark(text) for text in (first, *body) if text))


def _introduced(topic: Topic, summary: str, points: list[str], scene: Scene) -> str:
    """The opening paragraph; one of `points` may go into it."""
    pattern = scene.pick(topic.introduced or phrases()["introduced"]).replace("{summary}", summary)
    opening = scene.sentence(pattern.replace("{presenter}", _presenter(scene)))
    return f"{opening} {scene.sentence(points.pop())}" if points and scene.rng.random() < 0.6 else opening


def _presenter(scene: Scene) -> str:
    topic = scene.topic
    if topic is None:
        raise ValueError("a report has a topic")
    member = cabinet_member(next(at for at, each in enumerate(PORTFOLIOS) if topic.portfolio in each), scene.day)
    keys = topic.officers
    officer = officer_on(scene.rng.choice(keys), scene.day)
    forms = (
        lambda: f"the {officer.post}, {scene.officer(officer)},",
        lambda: f"{scene.officer(officer)}, {officer.post},",
        lambda: f"the {officer.post}",
        lambda: f"{scene.slot('portfolio')}, {scene.member(member)},",
        lambda: f"{scene.member(member)}, {scene.slot('portfolio')[4:]},",
    )
    politics = scene.spec.key in ("council", "cabinet") or (scene.spec.category == "Overview and Scrutiny" and scene.rng.random() < 0.4)
    return (forms[3:] if politics else forms[:3])[scene.rng.randrange(2)]()


def _paragraphs(points: list[str], scene: Scene) -> list[str]:
    """The points as paragraphs of one or two sentences, some reported as somebody's words."""
    made: list[str] = []
    for at, point in enumerate(points):
        whole = ". " in point or point.startswith("{speaker}")
        framed = point if whole or scene.rng.random() < 0.6 else scene.pick(phrases()["reported"]).replace("{point}", point)
        said = scene.sentence(framed)
        if at % 2 and scene.rng.random() < 0.55:
            made[-1] = f"{made[-1]} {said}"
        else:
            made.append(said)
    return made


def _answered(asked: Saying, scene: Scene) -> str:
    """A question with its answer; a question that begins with "about" fits fewer frames."""
    frames = phrases()["answered-about"] if asked.text.startswith("about ") else phrases()["answered"]
    frame = scene.pick(frames)
    answer = sentence(scene.say(asked.answer)) if ". {answer}" in frame else asked.answer
    return scene.sentence(frame.replace("{question}", asked.text).replace("{answer}", answer))


def _viewed(view: str, scene: Scene) -> str:
    return scene.sentence(scene.pick(phrases()["viewed"]).replace("{view}", view))


def _interest(scene: Scene) -> str:
    return "(" + scene.say(scene.pick(phrases()["interest-at-item"])) + ")"


def _wishes(matter: Matter, topic: Topic, scene: Scene) -> tuple[Wish, ...]:
    if matter.stage:
        return matter.stage.wishes
    dealt = deal(topic.wishes, f"{topic.key}/wishes", matter.turn, _WISHES, scene.day.year)
    if scene.spec.key == "planning":
        return dealt[:1]
    drawn = scene.rng.random()
    if drawn < 0.17:
        return ()
    opening = (wish(scene.pick(phrases()["first-wishes"])),) if drawn < 0.6 else ()
    closing = (wish(scene.pick(phrases()["last-wishes"])),) if scene.rng.random() < 0.3 else ()
    return (*opening, *dealt[: scene.rng.randint(1, _WISHES)], *closing)


def _said(each: Wish, scene: Scene) -> Wish:
    return Wish(scene.say(each.verb), scene.say(each.object), scene.say(each.rest))


def _closing(scene: Scene) -> tuple[Remark, ...]:
    if scene.spec.key == "cabinet":
        return (
            Remark("Reasons for the decision", "heading"), Remark(scene.sentence(scene.pick(phrases()["reasons"]))),
            Remark("Alternative options considered", "heading"), Remark(scene.sentence(scene.pick(phrases()["options"]))),
        )  # fmt: skip
    if scene.spec.key == "health" and scene.rng.random() < 0.5:
        return (Remark("Action: " + scene.say("{official}")),)
    return ()


def _documents(title: str, scene: Scene) -> tuple[str, ...]:
    count = scene.rng.choice((0, 1, 1, 1, 2, 3))
    appendices = (f"{title} - Appendix {letter}" for letter in "AB")
    return (title, *appendices)[:count]


def _behind_closed_doors(title: str, agenda: tuple[str, ...], scene: Scene) -> Draft:
    """The exempt twin of an open item: little is said of it in public."""
    remarks = (Remark(scene.sentence(scene.pick(phrases()["exempt"]))),)
    motion = decided((), scene) if scene.rng.random() < 0.5 else None
    return Draft(
        f"{title} (Exempt)", agenda, remarks, motion=motion, restricted=True,
        documents=(f"{title} - Exempt Appendix",), people=scene.people,
    )  # fmt: skip


