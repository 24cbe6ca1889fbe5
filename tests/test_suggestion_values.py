"""What the values of filters that have few may have meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query import parse
from index.suggestion import of_values


@pytest.mark.parametrize(("typed", "meant"), [
    ("action:refuse", "action:refused"),
    ("bypass kind:resolutoin action:aproved", "bypass kind:resolution action:approved"),
    ("-Action:Refusal bypass", "-action:refused bypass"), ("(kind:titel)", "(kind:title)"),
    ("action:refused", None), ("action:xyzzy", None), ("kind:", None), ('"action:refuse"', None),
    ("transaction:refuse", None), ("action:", None), ("refuse", None), ("kind:decisions", None),
])
def test_a_value_that_a_filter_has_none_of_is_led_to_the_nearest(typed: str, meant: str | None) -> None:
    assert of_values(typed) == meant


@given(st.from_regex(r"(kind|action):[a-z]{1,12}( school)?", fullmatch=True))
def test_what_is_offered_is_understood(typed: str) -> None:
    meant = of_values(typed)
    assert meant is None or not any("is none of" in note for note in parse(meant).notes)
