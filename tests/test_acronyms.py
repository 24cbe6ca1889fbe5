"""Acronyms where a text explains them, and brackets that explain none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.acronyms import LONGEST, acronyms


@pytest.mark.parametrize(("text", "short", "long"), [
    ("Calls go to the Integrated Front Door (IFD) first.", "IFD", "Integrated Front Door"),
    ("The IFD (Integrated Front Door) opened.", "IFD", "Integrated Front Door"),
    ("Members heard of the Children and Adolescent Mental Health Service (CAMHS).", "CAMHS",
     "Children and Adolescent Mental Health Service"),
    ("Education, Health and Care Plans (EHCPs) were late.", "EHCP", "Education, Health and Care Plan"),
    ("special educational needs and disability (“SEND”)", "SEND", "special educational needs and disability"),
    ("the Centre for Public Scrutiny (CfPS)", "CfPS", "Centre for Public Scrutiny"),
    ("the Community Infrastructure Levy (CIL) and more", "CIL", "Community Infrastructure Levy"),
    ("the Public Participation Network (PPN)", "PPN", "Public Participation Network"),
    ("asked the Office of Public Works (OPW)", "OPW", "Office of Public Works"),
    ("the terms of reference (TOR)", "TOR", "terms of reference"),
    ("grants to Almshouse Bodies (ABs)", "AB", "Almshouse Body"),
    ("a “mechanically propelled vehicle” (MPV) is", "MPV", "mechanically propelled vehicle"),
    ("the ‘Public Participation Network’ (PPN)", "PPN", "Public Participation Network"),
    ("the Medium-Term Financial Strategy (MTFS)", "MTFS", "Medium-Term Financial Strategy"),
])
def test_an_acronym_beside_what_it_stands_for(text: str, short: str, long: str) -> None:
    assert acronyms([text, text]) == ((short, long),)


@pytest.mark.parametrize("text", [
    "Councillor Fell (Chair) opened the meeting.", "the report (Item 3)", "Cllr Jones (LD)", "five per cent (5%)",
    "a site in Ashford (AF)", "the budget (see Appendix A)", "(IFD)", "He left (NHS).", "the Bus (BUS)",
    "The Door. (IFD)", "the FCB (formerly County Bus)", "votes (FOR) and (AGAINST)",
])
def test_brackets_that_explain_nothing(text: str) -> None:
    assert acronyms([text]) == ()


SAID = ("Area", "Area,", "Board", "board.", "Ab", "of", "the", "AB", "BBs", "(AB)", "(“ABB”)", "(ABs)", "(", ")",
        "(Area Board)", "(Board of Areas)", "A" * 12, "(Bb", "B-A)")
several = st.lists(st.sampled_from(SAID) | st.text("ABab (),.", max_size=9), max_size=12).map(" ".join)


@given(several, several)
def test_what_is_found_in_any_text_stands_in_it(before: str, after: str) -> None:
    texts = f"{before}. Area Board (AB) {after}", before, after
    found = acronyms(texts)
    assert ("AB", "Area Board") in found
    assert len({*found}) == len(found)
    for short, long in found:
        assert 2 <= len(short) <= LONGEST
        assert sum(map(str.isupper, short)) > 1
        assert any(short in text and (long in text or long.removesuffix("y") in text) for text in texts)
        assert len(long.split()) > 1
