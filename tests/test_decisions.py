"""The words that decide, and the prose that uses the same words and decides nothing."""

import pytest

from archive.model import Action
from crawler.minutes.decisions import find_decision


@pytest.mark.parametrize(
    ("text", "action", "words"),
    [
        ("Resolved – That the Committee:", "resolved", "That the Committee:"),
        ("RESOLVED: (Unanimously)", "resolved", ""), ("Resolved:-", "resolved", ""), ("RESOLVED:", "resolved", ""),
        ("RESOLVED – That the minutes be signed.", "resolved", "That the minutes be signed."),
        ("RESOLVED, that:", "resolved", "that:"), ("RESOLVEDthat it be noted", "resolved", "that it be noted"),
        ("RESOLVED:That it be noted", "resolved", "That it be noted"), ("The Council resolved:-", "resolved", ""),
        ("Council resolved to approve it", "resolved", "to approve it"), ("And Resolved:", "resolved", ""),
        ("AGREED that Cabinet note it", "agreed", "that Cabinet note it"), ("AGREED", "agreed", ""),
        ("Agreed that Councillor Fell is elected", "agreed", "that Councillor Fell is elected"),
        ("AGREED without division and it was RESOLVED:", "resolved", ""), ("DECISION", "other", ""),
        ("RECOMMENDED that Full Council:-", "recommended", "that Full Council:-"), ("NOTED.", "noted", ""),
        ("REQUESTED that officers report", "other", "that officers report"), ("Decision made (Unanimously):",
        "other", ""),
        ("DECISION: Permission GRANTED", "approved", "Permission GRANTED"), ("Noted.", "noted", ""),
        ("It was moved by Cllr Fell, seconded by Cllr Beck and RESOLVED that x", "resolved", "that x"),
        ("Moved by the Lord Mayor, Seconded by Alderman Holm and Resolved – That", "resolved", "That"),
        ("PENDERFYNWYD derbyn yr adroddiad.", "resolved", "derbyn yr adroddiad."), ("PENDERFYNIAD:", "other", ""),
        ("Cytunwyd i nodi’r adroddiad.", "agreed", "i nodi’r adroddiad."),
        ("The Committee resolved to support it.", "resolved", "to support it."),
        ("After discussion it was resolved to plant grass.", "resolved", "to plant grass."),
        ("It was unanimously agreed that the plan be adopted.", "agreed", "that the plan be adopted."),
        ("The application was REFUSED.", "refused", ""), ("DEFERRED for a site visit", "deferred", "for a site visit"),
        ("Members asked much. It was RESOLVED that it be noted.", "resolved", "that it be noted."),
        ("The Committee agreed to note the report.", "agreed", "to note the report."),
        ("It was agreed that the Clerk write to the county.", "agreed", "that the Clerk write to the county."),
        ("The forum agreed to ask the Cabinet Member:", "agreed", "to ask the Cabinet Member:"),
        ("The Committee agreed accordingly.", "agreed", ""), ("This was unanimously agreed.", "agreed", ""),
        ("The Minute was APPROVED and signed by the Convener.", "approved",
         "The Minute was APPROVED and signed by the Convener."),
        ("The petition was REFERRED to the Cabinet.", "referred", "The petition was REFERRED to the Cabinet."),
        ("DECISION: AGREED that the park be renewed.", "agreed", "that the park be renewed."),
        ("Members resolved to approve it.", "resolved", "to approve it."),
        ("RESOLVED to GO INTO PRIVATE SESSION", "resolved", "to GO INTO PRIVATE SESSION"),
        ("DELEGATED to the Head of Planning to approve.", "other", "to the Head of Planning to approve."),
        ("Permission GRANTED subject to conditions.", "approved", "subject to conditions."),
        ("Listed building consent REFUSED", "refused", ""), ("Application 22/004 DEFERRED", "deferred", ""),
        ("RESOLVED, on the Chair's casting vote, that it be done.", "resolved", "that it be done."),
        ("RESOLVED (Councillor Oak abstaining) that it be done.", "resolved", "that it be done."),
        ("AGREED, with Councillor Oak voting against, that it be done.", "agreed", "that it be done."),
        ("RESOLVED by a majority to do it.", "resolved", "to do it."),
        ("The Planning Sub-Committee unanimously RESOLVED to grant it", "resolved", "to grant it"),
    ],
)  # fmt: skip
def test_a_decision_is_found(text: str, action: str, words: str) -> None:
    found = find_decision(text)
    assert found is not None
    assert (found.action, found.words) == (Action(action), words)


@pytest.mark.parametrize(
    "text",
    [
        "the issue had been resolved", "it was agreed in 2019 that the road be closed",
        "Resolved issues are listed below",
        "However, these issues had now been resolved.", "Cllr Fell said that it was resolved to his satisfaction.",
        "Members agreed to refer the decision to full Council.", "The Chair agreed to write", "The budget was noted",
        "AGREED ACTIONS FROM LAST MEETING", "Decision making in the Council", "DECISION NOTICE", "RESOLVE to note",
        "It was noted that the issue was resolved.", "Approved by Council in 2019, the scheme was built",
        "It was now recommended that the scheme be adopted.", "They asked that it be resolved.",
        "The plan, as agreed, was resolved by the team", "To RESOLVE that",
        "The Committee noted that it was agreed that the report be deferred", "Officers had agreed that this be done",
        "It was hoped that the dispute could be RESOLVED soon",
        "It was noted that the Cabinet had resolved to close it.",
        "In May the Panel had been told, “RESOLVED, that fees be frozen”; she asked why.",
        "The recommendations in the report were: that x be noted.", "Members resolved their differences.",
        "She explained that if it were resolved that x be done the law would be broken.",
        "At its meeting on 3 May the Cabinet had resolved that x be done.", "Delegated to officers",
        "The Board had RECOMMENDED that it be done.", "It was agreed that the Clerk writes too many letters.",
        "The officers agreed accordingly to meet.", "It was agreed in 2019.", "DELEGATED POWERS",
        "Applications approved last month",
    ],
)  # fmt: skip
def test_prose_decides_nothing(text: str) -> None:
    assert find_decision(text) is None


@pytest.mark.parametrize("text", ["RESOLVED (unanimously) that x", "It was unanimously RESOLVED that x",
"AGREED, nem. con.",
                                  "PENDERFYNWYD yn unfrydol: x", "RESOLVED that x (Unanimous)"])  # fmt: skip
def test_unanimous(text: str) -> None:
    found = find_decision(text)
    assert found is not None
    assert found.unanimous
