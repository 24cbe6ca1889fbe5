"""Writes what happened at an item of substance, in the words of its topic."""

import re

from crawler.sample import choose
from crawler.sample.choose import deal, turned
from crawler.sample.data import Saying, Topic, Wish, phrases, wish
from crawler.sample.draft import Draft, Remark
from crawler.sample.grammar import sentence
from crawler.sample.motions import amended, decided
from crawler.sample.people import PORTFOLIOS, cabinet_member, officer_on
from crawler.sample.plan import Matter
from crawler.sample.scene import Scene

_NAMED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Professor)(?: [A-Z][a-z]+(?:-[A-Z][a-z]+)?)+")
_POINTS, _NEAR_POINTS = 4, 3  # in one item; of these, of the subject itself


def substance(matter: Matter, scene: Scene) -> Draft:
    """What happened at the item of `matter`: its title, agenda, minutes and decision."""
    topic = matter.topic
    if topic is None:
        raise ValueError("a matter of substance has a topic")
    if matter.story is not None:
        scene.known.update({name: scene.say_of_issue(text) for name, text in matter.story.slots.items()})
    source = matter.stage or topic.subjects[matter.subject]
    title, summary = scene.say_of_issue(source.title), scene.say_of_issue(source.summary)
    agenda = (scene.sentence(scene.pick(_announcements(topic, scene)).replace("{summary}", summary)),)
    if matter.twin:
        return _behind_closed_doors(title, agenda, scene)
    remarks = _remarks(matter, topic, summary, scene)
    planned = _wishes(matter, topic, scene)
    wishes = tuple(_said(each, scene) for each in planned)
    motion = decided(wishes, scene)
    near = () if matter.stage or scene.spec.key == "planning" else choose.wishes(topic.key, matter.subject)
    said = {each.verb + each.object for each in planned}
    others = [each for each in near if each.since <= scene.day.year and each.verb + each.object not in said]
    alternatives = tuple(_said(each, scene) for each in others[:1])
    amendments, motion = amended(alternatives, motion, scene)
    return Draft(
        title,
        agenda,
        remarks,
        amendments,
        motion,
        closing=_closing(scene),
        documents=_documents(title, scene),
        people=scene.people,
    )


def _remarks(matter: Matter, topic: Topic, summary: str, scene: Scene) -> tuple[Remark, ...]:
    told = [Remark(_told(line, scene)) for line in matter.stage.text] if matter.stage else []
    points = [each.text for each in _cards("points", matter, topic, scene, _NEAR_POINTS)[:_POINTS]]
    opening = _introduced(topic, summary, points, scene)
    rest = [_answered(each, scene) for each in _cards("answers", matter, topic, scene, 2)[:2]]
    rest += [_viewed(each.text, scene) for each in _cards("views", matter, topic, scene, 2)[:2]]
    if told:
        added = scene.rng.sample(rest, scene.rng.randint(0, len(rest)))
        return (Remark(opening), *told, *map(Remark, added))
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


def _announcements(topic: Topic, scene: Scene) -> tuple[str, ...]:
    """The ways in which an agenda announces a report."""
    scrutiny = phrases()["agenda-scrutiny"] if scene.spec.category == "Overview and Scrutiny" else ()
    return topic.agenda or (*phrases()["agenda"], *scrutiny)


def _told(line: str, scene: Scene) -> str:
    """A line of a story, with the people in it noted as named."""
    text = scene.sentence(line)
    for name in _NAMED.findall(text):
        if name not in scene.people:
            scene.stranger(name)
    return text


def _cards(kind: str, matter: Matter, topic: Topic, scene: Scene, near: int) -> tuple[Saying, ...]:
    """What is said of the matter: first what is near its subject, then what is common to the topic."""
    if matter.stage:
        return (
            ()
            if kind == "points"
            else deal(
                topic.views if kind == "views" else topic.answers, f"{topic.key}/{kind}", matter.turn, 1, scene.day.year
            )
        )
    deck = choose.common(kind, topic.key, matter.subject)
    shared = deal(deck, f"{topic.key}/{kind}/{len(deck)}", matter.turn, 2, scene.day.year)
    own = turned(choose.sayings(kind, topic.key, matter.subject), matter.turn, near, scene.day.year)
    return tuple(dict.fromkeys((*own, *shared)))


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
    politics = scene.spec.key in ("council", "cabinet") or (
        scene.spec.category == "Overview and Scrutiny" and scene.rng.random() < 0.4
    )
    return (forms[3:] if politics else forms[:3])[scene.rng.randrange(2)]()


def _paragraphs(points: list[str], scene: Scene) -> list[str]:
    """The points as paragraphs of one or two sentences, some reported as somebody's words."""
    made: list[str] = []
    for at, point in enumerate(points):
        whole = ". " in point or point.startswith("{speaker}")
        framed = (
            point if whole or scene.rng.random() < 0.6 else scene.pick(phrases()["reported"]).replace("{point}", point)
        )
        said = scene.sentence(framed)
        if at % 2 and scene.rng.random() < 0.55:
            made[-1] = f"{made[-1]} {said}"
        else:
            made.append(said)
    return made


def _answered(asked: Saying, scene: Scene) -> str:
    """A question with its answer; a question that begins with "about" fits fewer frames."""
    scene.forget("member", "member2", "member3")
    frames = phrases()["answered-about"] if asked.text.startswith("about ") else phrases()["answered"]
    frame = scene.pick(frames)
    answer = sentence(scene.say(asked.answer)) if ". {answer}" in frame else asked.answer
    return scene.sentence(frame.replace("{question}", asked.text).replace("{answer}", answer))


def _viewed(view: str, scene: Scene) -> str:
    scene.forget("member", "member2", "member3")
    return scene.sentence(scene.pick(phrases()["viewed"]).replace("{view}", view))


def _interest(scene: Scene) -> str:
    return "(" + scene.say(scene.pick(phrases()["interest-at-item"])) + ")"


def _wishes(matter: Matter, topic: Topic, scene: Scene) -> tuple[Wish, ...]:
    if matter.stage:
        return matter.stage.wishes
    near = choose.wishes(topic.key, matter.subject)
    dealt = turned(near or (topic.wishes if topic.key == "motions" else ()), matter.turn, 2, scene.day.year)
    if scene.spec.key == "planning" and dealt:
        return dealt[:1]
    drawn = scene.rng.random()
    if drawn < 0.12:
        return ()
    opening = (wish(scene.pick(phrases()["first-wishes"])),) if drawn < 0.55 or not dealt else ()
    closing = (wish(scene.pick(phrases()["last-wishes"])),) if scene.rng.random() < (0.3 if dealt else 0.7) else ()
    return (*opening, *dealt[: scene.rng.randint(1, 2)], *closing)


def _said(each: Wish, scene: Scene) -> Wish:
    return Wish(scene.say(each.verb), scene.say(each.object), scene.say(each.rest))


def _closing(scene: Scene) -> tuple[Remark, ...]:
    if scene.spec.key == "cabinet":
        return (
            Remark("Reasons for the decision", "heading"),
            Remark(scene.sentence(scene.pick(phrases()["reasons"]))),
            Remark("Alternative options considered", "heading"),
            Remark(scene.sentence(scene.pick(phrases()["options"]))),
        )
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
        f"{title} (Exempt)",
        agenda,
        remarks,
        motion=motion,
        restricted=True,
        documents=(f"{title} - Exempt Appendix",),
        people=scene.people,
    )
