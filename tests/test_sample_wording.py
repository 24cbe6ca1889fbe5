"""The sample's language: its grammar, and that every sentence of its data can be said."""

from datetime import date, datetime, time
from random import Random

from crawler.sample.data import committees, phrases, topics
from crawler.sample.grammar import ordinal, participle, sentence, third_person
from crawler.sample.people import sitting
from crawler.sample.scene import Scene


def test_english_is_bent() -> None:
    assert [participle(verb) for verb in ("note", "refer", "keep", "apply", "consult")] == [
        "noted", "referred", "kept", "applied", "consulted",
    ]  # fmt: skip
    assert [third_person(verb) for verb in ("note", "publish", "apply", "convey")] == [
        "notes", "publishes", "applies", "conveys",
    ]  # fmt: skip
    assert [ordinal(day) for day in (1, 2, 3, 11, 12, 13, 21, 22)] == [
        "1st", "2nd", "3rd", "11th", "12th", "13th", "21st", "22nd",
    ]  # fmt: skip
    assert sentence("the report") == "The report."



def test_every_sentence_of_the_data_can_be_said() -> None:
    day = datetime.combine(date(2024, 3, 5), time(10))
    present = sitting(day.date())
    for topic in topics().values():
        scene = Scene(committees()[0], day, Random(topic.key), present, topic)
        for each in (*topic.points, *topic.answers, *topic.views):
            assert "{" not in scene.sentence(each.text.replace("{summary}", "")) + scene.say(each.answer)
        for wish in topic.wishes:
            assert "{" not in scene.say(f"{wish.verb} {wish.object} {wish.rest}")
    assert phrases()["introduced"]
