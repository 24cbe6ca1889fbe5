"""Writes the joint border committee's items, which are minuted in Welsh and in English, the Welsh first.

A decision printed in both languages is two resolutions: a reader does not know the one for the other's translation.
"""

from archive.model import Action, Clause, ParagraphKind, Resolution
from crawler.sample.choose import deal
from crawler.sample.data import Wish, read_toml
from crawler.sample.draft import Draft
from crawler.sample.forms import passive
from crawler.sample.grammar import joined, sentence
from crawler.sample.line import Line, Minuted
from crawler.sample.people import Councillor
from crawler.sample.plan import Matter
from crawler.sample.procedure import Room
from crawler.sample.scene import Scene

KEY = "border"
_WELSH_TITLE = "y Cynghorydd "


def item(matter: Matter, scene: Scene, room: Room) -> tuple[Draft, Minuted]:
    """The item of `matter` and its minutes, as the bilingual clerk writes them."""
    return _substance(matter, scene) if matter.topic else _standing(matter.procedure, scene, room)


def _both(scene: Scene, pair: str) -> tuple[str, str]:
    """The Welsh and the English sentence of "English => Cymraeg"."""
    english, _, welsh = pair.partition("=>")
    return scene.sentence(welsh.strip()), scene.sentence(english.strip())


def _lines(scene: Scene, pairs: list[str]) -> list[Line]:
    return [Line(text) for pair in pairs for text in _both(scene, pair)]


def _standing(key: str, scene: Scene, room: Room) -> tuple[Draft, Minuted]:
    texts = read_toml("bilingual.toml")[key]
    pair = texts["minutes"]
    if key == "apologies" and not room.absent:
        pair = texts["none"]
    elif key == "apologies":
        names = [_named(scene, each) for each in room.absent]
        scene.known["names"] = joined([f"Councillor {name}" for name in names])
        scene.known["enwau"] = _welsh_list([_WELSH_TITLE + name for name in names])
    agenda = _both(scene, texts["agenda"])
    draft = Draft(texts["title"], agenda, procedural=True, people=scene.people)
    return draft, Minuted(tuple(_lines(scene, [pair])), ())


def _named(scene: Scene, councillor: Councillor) -> str:
    """The name of `councillor` without his title, who is noted as named in both languages."""
    name = scene.member(councillor).partition(" ")[2]
    scene.people[_WELSH_TITLE.removeprefix("y ") + name] = councillor.uid
    return name


def _welsh_list(names: list[str]) -> str:
    """ "y Cynghorydd A", or "y Cynghorydd A, y Cynghorydd B a'r Cynghorydd C"."""
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} a'r {names[-1].removeprefix('y ')}"


def _substance(matter: Matter, scene: Scene) -> tuple[Draft, Minuted]:
    topic = matter.topic
    if topic is None:
        raise ValueError("a matter of substance has a topic")
    subject, year = topic.subjects[matter.subject], scene.day.year
    english, _, welsh = (part.strip() for part in subject.summary.partition("=>"))
    said = [
        *deal(topic.points, "border/points", matter.turn, 3, year),
        *deal(topic.answers, "border/answers", matter.turn, 2, year),
    ]
    opening = f"a report on {english} was presented => cyflwynwyd adroddiad ar {welsh}"
    lines = _lines(
        scene, [opening, *(f"{each.text} => {each.answer}" for each in said[: scene.rng.randint(2, len(said))])]
    )
    wishes = deal(topic.wishes, "border/wishes", matter.turn, scene.rng.choice((1, 2)), year)
    decided = [_welsh_decision(wishes), _english_decision(wishes)]
    resolutions = []
    for decision, resolution in decided:
        resolutions.append((len(lines), resolution))
        lines += decision
    agenda = _both(scene, f"to receive a report on {english} => derbyn adroddiad ar {welsh}")
    return Draft(subject.title, agenda, people=scene.people), Minuted(tuple(lines), tuple(resolutions))


def _welsh_decision(wishes: tuple[Wish, ...]) -> tuple[list[Line], Resolution]:
    return _decision("PENDERFYNWYD", [each.rest.partition("=>")[2].strip() for each in wishes])


def _english_decision(wishes: tuple[Wish, ...]) -> tuple[list[Line], Resolution]:
    plain = (Wish(each.verb, each.object, each.rest.partition("=>")[0].strip()) for each in wishes)
    return _decision("RESOLVED – That", [passive(each) for each in plain])


def _decision(lead: str, said: list[str]) -> tuple[list[Line], Resolution]:
    quoted = lead.partition(" – ")[2]
    if len(said) == 1:
        text = f"{lead} {said[0]}."
        whole = f"{quoted} {said[0]}.".strip()
        return [Line(text, ParagraphKind.RESOLUTION)], Resolution("", None, Action.RESOLVED, None, (), whole)
    clauses = tuple(Clause(str(at), sentence(each)) for at, each in enumerate(said, 1))
    lines = [Line(lead + ":", ParagraphKind.RESOLUTION)]
    lines += [Line(clause.text, ParagraphKind.CLAUSE, clause.label) for clause in clauses]
    text = " ".join([*([quoted + ":"] if quoted else []), *(f"{clause.label}. {clause.text}" for clause in clauses)])
    return lines, Resolution("", None, Action.RESOLVED, f"{quoted}:" if quoted else None, clauses, text)
