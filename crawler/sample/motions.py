"""Who moves, who votes how, and what becomes of it."""

from dataclasses import replace

from crawler.sample.data import Wish, phrases
from crawler.sample.draft import Manner, Motion, Poll
from crawler.sample.people import GROUPS, Councillor
from crawler.sample.scene import Scene

_ADMINISTRATION = GROUPS["A"]


def decided(wishes: tuple[Wish, ...], scene: Scene) -> Motion:
    """The item's motion: carried, but for an opposition's motion before the council."""
    manner = Manner(scene.rng.choice(scene.spec.votes)) if scene.rng.random() < 0.5 else Manner.NONE
    opposed = scene.spec.key == "council" and scene.topic is not None and scene.topic.key == "motions"
    if opposed:
        manner = scene.rng.choice((Manner.NAMES, Manner.TABLE, Manner.COUNT))
    mover, seconder = (
        _movers(scene, opposed) if scene.spec.moved and (opposed or scene.rng.random() < 0.6) else (None, None)
    )
    poll = _poll(scene, opposed) if manner in (Manner.COUNT, Manner.NAMES, Manner.TABLE) else None
    carried = poll is None or len(poll.for_) > len(poll.against)
    return Motion(wishes, mover=mover, seconder=seconder, manner=manner, poll=poll, carried=carried)


def _movers(scene: Scene, opposed: bool) -> tuple[Councillor, Councillor] | tuple[None, None]:
    side = [each for each in scene.present if (each.group != _ADMINISTRATION) is opposed]
    if len(side) < 2:
        return None, None
    mover, seconder = scene.rng.sample(side, 2)
    return mover, seconder


def _poll(scene: Scene, opposed: bool) -> Poll:
    """A vote mostly along the lines of the groups; small groups and independents are divided."""
    votes: dict[str, list[Councillor]] = {"for": [], "against": [], "abstain": []}
    lines = {group: scene.rng.choice(("for", "against", "abstain", "for")) for group in GROUPS.values()}
    lines[_ADMINISTRATION] = "against" if opposed and scene.rng.random() < 0.85 else "for"
    for each in scene.present:
        strays = scene.rng.random() < (0.3 if each.group == GROUPS["I"] else 0.06)
        votes[scene.rng.choice(("for", "abstain")) if strays else lines[each.group]].append(each)
    if not opposed and len(votes["for"]) <= len(votes["against"]):
        votes["for"], votes["against"] = votes["against"], votes["for"]
    if len(votes["for"]) == len(votes["against"]) > 0:
        votes["abstain"].append(votes["against"].pop())
    return Poll(tuple(votes["for"]), tuple(votes["against"]), tuple(votes["abstain"]))


def amended(alternatives: tuple[Wish, ...], motion: Motion, scene: Scene) -> tuple[tuple[Motion, ...], Motion]:
    """An amendment to the motion, now and then, and the motion as it then stands."""
    likely = 0.35 if scene.spec.key == "council" else 0.12
    if not scene.spec.moved or not motion.wishes or not alternatives or scene.rng.random() >= likely:
        return (), motion
    mover, seconder = _movers(scene, opposed=True)
    if mover is None:
        return (), motion
    poll = _poll(scene, opposed=True)
    wanted = alternatives[0]
    change = " ".join(part for part in (wanted.verb, wanted.object, wanted.rest) if part)
    text = scene.say(scene.pick(phrases()["amendments"]).replace("{change}", change))
    carried = len(poll.for_) > len(poll.against)
    amendment = Motion(text=text, mover=mover, seconder=seconder, manner=Manner.COUNT, poll=poll, carried=carried)
    return (amendment,), replace(motion, wishes=(*motion.wishes, wanted)) if carried else motion
