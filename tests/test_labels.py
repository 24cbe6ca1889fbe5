"""What values are called: the names that the store has, however often it is asked for what has none."""

from archive.model import Committee, CommitteeId, Council, CouncilId, Member
from index.labels import FRESH, Labels
from index.topics import standard_topics


class Shelf:
    """A store in which names come and change; it counts how often it is asked for all of them."""

    def __init__(self) -> None:
        self.named = {"cabinet": "Cabinet"}
        self.asked = 0

    def councils(self) -> tuple[Council, ...]:
        self.asked += 1
        return (Council(CouncilId("ambleshire"), "Ambleshire"),)

    def committees(self) -> tuple[Committee, ...]:
        return tuple(Committee(CommitteeId(f"ambleshire/committees/{local}"), name)
                     for local, name in self.named.items())

    def members(self) -> tuple[Member, ...]:
        return ()


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_name_that_comes_later_or_changes_is_said_as_it_is() -> None:
    shelf, clock = Shelf(), Clock()
    labels = Labels(shelf, standard_topics(), clock)
    licensing = "ambleshire/committees/licensing"
    assert labels("committee", licensing) == licensing
    shelf.named = {"cabinet": "Executive", "licensing": "Licensing Panel"}
    clock.now += FRESH
    assert labels("committee", licensing) == "Licensing Panel"
    assert labels("committee", "ambleshire/committees/cabinet") == "Executive"
    shelf.named = {}
    clock.now += FRESH
    assert labels("committee", licensing) == licensing


def test_what_has_no_name_costs_no_reading_of_all_names() -> None:
    shelf = Shelf()
    labels = Labels(shelf, standard_topics(), Clock())
    for number in range(100):
        assert labels("council", f"nowhere-{number}") == f"nowhere-{number}"
        assert labels("member", f"ambleshire/members/{number}") == f"ambleshire/members/{number}"
    assert labels("council", "ambleshire") == "Ambleshire"
    assert shelf.asked == 1
