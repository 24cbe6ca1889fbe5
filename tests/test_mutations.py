"""The rules that `make mutations` breaks are those that the readers have."""

from importlib import import_module
from operator import attrgetter

import pytest
from mutations import MUTATIONS, Mutation


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.rule)
def test_the_function_to_be_broken_is_there(mutation: Mutation) -> None:
    module, _, name = mutation.function.partition(":")
    assert callable(attrgetter(name)(import_module(module)))
