"""Who speaks in a paragraph, and in which nobody does."""

import pytest

from archive.model import ParagraphKind
from crawler.minutes.speakers import speaker


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Cllr Russell thanked the officers for a clear report.", "Cllr Russell"),
        ("Councillor A Ash, the Leader, said that it was good.", "Councillor A Ash"),
        ("The Leader (Councillor Jones) explained the budget.", "Councillor Jones"),
        ("In response, the Cabinet Member for Finance, Cllr Bell, advised that it was so.", "Cllr Bell"),
        ("The Cabinet Member for Communities, Libraries and Safety, Councillor Ash, said that.", "Councillor Ash"),
        ("In reply to Councillor Ash, Councillor Bell said no.", "Councillor Bell"),
        ("In reply to Mr Ash, who had asked why, Mrs Bell confirmed that it was.", "Mrs Bell"),
        ("Asked by Mr Ash why the road was shut, Mrs Bell explained that it was.", "Mrs Bell"),
        ("When Councillor Ash asked why, Councillor Bell replied that it was so.", "Councillor Bell"),
        ("Councillor Ash, answering a question from Cllr Cole as to why, said that.", "Councillor Ash"),
        ("Mrs Smith (officer) reported that it rained.", "Mrs Smith"),
        ("Mr Smith, Head of Finance reported that it rained.", "Mr Smith"),
        ("Responding to a question from Cllr Ash, the Head of Finance, Jane Fell, said that it was.", "Jane Fell"),
        ("The Head of Finance (Jane Fell) presented the report.", "Jane Fell"),
        ("Jane Fell, Head of Finance, presented the report.", "Jane Fell"),
        ("At the invitation of the Chair, Mr P Lowe addressed the Committee.", "Mr P Lowe"),
        ("In proposing the motion Councillor Ash referred to the bridge.", "Councillor Ash"),
        ("The petition, Councillor Ash said, had 200 signatures.", "Councillor Ash"),
        ("It was suggested by Councillor Ash that it be deferred.", "Councillor Ash"),
        ("At this point Councillor Ash asked for a break. He was tired. Cllr A Ash thanked all.", "Councillor Ash"),
        ("Councillor Ash proposed that the report be noted.", "Councillor Ash"),
        ("The Chair, Councillor Ash, said that he disagreed.", "Councillor Ash"),
        ("In reply Councillor Ash, Cabinet Member for Roads, said that it was.", "Councillor Ash"),
        ("Councillor Ash asked why. She was told that it rained.", "Councillor Ash"),
        ("Councillor Ash asked why. The Chair thanked her.", "Councillor Ash"),
        ("Dywedodd y Cynghorydd Gwen Rhys fod y cynnig yn dda.", "Cynghorydd Gwen Rhys"),
    ],
)
def test_the_subject_of_what_is_said(text: str, name: str) -> None:
    assert speaker(ParagraphKind.NARRATIVE, text) == name


@pytest.mark.parametrize(
    "text",
    [
        "Councillors Ash and Bell said no.", "Mr Ash, Mrs Bell and Dr Cole said no.",
        "Officers and Councillor Ash said no.",
        "Councillor Ash asked about costs. In response, Mr Bell said that they were low.",
        "The Chair, Councillor Ash, welcomed everyone.", "The Chairman (Councillor Ash) thanked officers for it.",
        "Councillor Ash, Mayor, announced that the motion was carried.", "The Leader said that it was good.",
        "Councillor Ash moved the motion. Councillor Bell seconded it.",
        "Mr Ash proposed, and Mrs Bell seconded the motion that:", "It was proposed by Councillor Ash.",
        "Responding to a question from the Leader, Councillor Ash, the Head of Finance said it was fine.",
        "Members thanked the Leader, Councillor Ash, and asked for more.", "Q1 from Councillor Ash to Councillor Bell",
        "Councillor Ash’s report said no.", "Councillor Ash had asked for it in May.", "Councillor Ash took the chair.",
        "It was reported that Councillor Ash had asked for it.", "Councillor Ash was thanked for her work.",
        "Councillor Ash asked why. The Head of Roads and Bridges replied that it was so.",
        "Mr Ash asked for a bench. In response, the Mayor said that it was ordered.",
        "Councillor Ash asked for more. With the agreement of the Council Councillor Bell accepted it.",
        "Councillor Ash made her declaration of acceptance of office.",
        "Councillor Ash left the meeting.", "Wilkinson - Member of Wetherden Town Council",
        "Dywedodd y Cynghorydd Rhys a’r Cynghorydd Llwyd fod y cynnig yn dda.",
    ],
)
def test_nobody_speaks_or_more_than_one(text: str) -> None:
    assert speaker(ParagraphKind.NARRATIVE, text) is None


@pytest.mark.parametrize("kind", [each for each in ParagraphKind if each is not ParagraphKind.NARRATIVE])
def test_only_narrative_has_a_speaker(kind: ParagraphKind) -> None:
    assert speaker(kind, "Cllr Russell thanked the officers.") is None
