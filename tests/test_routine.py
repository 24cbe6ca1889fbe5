"""Which titles a council's own meetings show to be routine."""

from collections.abc import Iterator

from build import an_item

from archive.model import Action, Clause, Resolution
from crawler.minutes.routine import ENOUGH, Seen, learnt, plain, seen

MEETINGS = 10


def had(title: str, *, every: int = 1, words: int = 8, decided: bool = False, committee: str = "Cabinet") -> list[Seen]:
    return [Seen(committee, str(at), title, words, decided) for at in range(0, MEETINGS, every)]


def of_every_meeting() -> Iterator[Seen]:
    """Something else on each agenda, so that the committee has met."""
    return (Seen("Cabinet", str(at), f"Matter {chr(97 + at)} of its own", 300, True) for at in range(MEETINGS))


def test_what_comes_at_most_meetings_and_says_little_is_routine() -> None:
    assert learnt([*of_every_meeting(), *had("Webcasting Notice")]) == {"webcasting notice"}


def test_dates_and_numbers_in_a_title_are_of_one_meeting() -> None:
    titles = [f"Members’ Briefing Note {at} – {at + 1} March 2026" for at in range(MEETINGS)]
    items = [Seen("Cabinet", str(at), title, 8, False) for at, title in enumerate(titles)]
    assert learnt([*of_every_meeting(), *items]) == {plain("Members' Briefing Note")}


def test_what_comes_now_and_then_is_not() -> None:
    assert learnt([*of_every_meeting(), *had("Bus shelters", every=3)]) == frozenset()


def test_what_comes_as_often_and_is_of_substance_is_not() -> None:
    items = [*of_every_meeting(), *had("Planning applications", words=90), *had("Grants", words=200)]
    assert learnt(items) == frozenset()
    once_decided = [*had("Petitions received"), Seen("Cabinet", "3", "Petitions received", 8, True)]
    assert learnt([*of_every_meeting(), *once_decided]) == frozenset()


def test_a_few_meetings_show_no_habit() -> None:
    assert learnt(Seen("Cabinet", str(at), "Webcasting notice", 8, False) for at in range(ENOUGH - 1)) == frozenset()


def test_a_habit_of_one_committee_serves_all() -> None:
    rare = Seen("Schools Forum", "900", "Webcasting notice", 8, False)
    assert learnt([*of_every_meeting(), *had("Webcasting notice"), rare]) == {"webcasting notice"}


def test_a_decision_of_substance_has_clauses_a_mover_or_a_vote() -> None:
    noted = Resolution("p1", None, Action.NOTED, None, (), "that the report be noted.")
    item = an_item("1", "Updates", "The report was noted.", resolutions=(noted,))
    assert seen("Cabinet", "1", item) == Seen("Cabinet", "1", "Updates", 4, decided=False)
    decided = Resolution("p1", None, Action.RESOLVED, "That", (Clause("1", "so it be."),), "That 1. so it be.")
    assert seen("Cabinet", "1", an_item("1", "Updates", "RESOLVED", resolutions=(decided,))).decided
