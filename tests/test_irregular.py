"""Irregular forms are joined to their word, and to no second one."""

from hypothesis import given
from hypothesis import strategies as st

from index.families import APART
from index.forms import searched
from index.irregular import IRREGULAR


@given(st.sampled_from(sorted(IRREGULAR)), st.sampled_from(["{}", "{}'s", "{}’s"]))
def test_a_form_is_found_by_its_word_however_it_is_written(form: str, written: str) -> None:
    for each in (form, form.upper(), form.capitalize()):
        assert searched(written.format(each)) == searched(IRREGULAR[form])


def test_no_form_is_a_word_of_its_own_in_the_list_or_of_a_family() -> None:
    assert not IRREGULAR.keys() & set(IRREGULAR.values())
    assert not (IRREGULAR.keys() | set(IRREGULAR.values())) & APART.keys()
