"""Decisions in running text, as small councils write them, and the sentences that look like them and decide nothing."""

import pytest

from crawler.minutes.decisions import find_decision, find_decisions


@pytest.mark.parametrize(
    ("text", "action", "words"),
    [
        ("The policy had been sent to all members, no changes were asked for and it was resolved to adopt.",
         "resolved", "to adopt."),
        ("Two quotations had been received and after discussion is was resolved to take the cheaper.",
         "resolved", "to take the cheaper."),
        ("A letter had come from the school and it was resolved to decline.", "resolved", "to decline."),
        ("The Clerk was told that the firm had closed, therefore it was resolved to use another.",
         "resolved", "to use another."),
        ("The gate was looked at and it was resolved the Clerk to write to the owner.", "resolved",
         "the Clerk to write to the owner."),
        ("It was resolved Councillor Oak sign the lease.", "resolved", "Councillor Oak sign the lease."),
        ("Councillors resolved this to be fair.", "resolved", "this to be fair."),
        ("The path is worn. Resolved Councillor Elm obtain two prices.",
         "resolved", "Councillor Elm obtain two prices."),
        ("The bill was read. Agreed to pay it.", "agreed", "to pay it."),
        ("Invoice for the hall, £40.00, resolved to pay.", "resolved", "to pay."),
        ("The precept was discussed and resolved to raise it by £200.", "resolved", "to raise it by £200."),
        ("It was felt that one bench was enough, resolved not to buy another.", "resolved", "not to buy another."),
        ("There was support for the plan and the Councillors resolved to go on with it.",
         "resolved", "to go on with it."),
        ("Transfer of funds The Councillors resolved to transfer £50.", "resolved", "to transfer £50."),
        ("After some discussion the Councillors agreed to wait.", "agreed", "to wait."),
        ("The Councillors decided to use the first picture.", "other", "to use the first picture."),
        ("It was decided to obtain a price.", "other", "to obtain a price."),
        ("Following discussion, it was decided that a working party be formed.",
         "other", "that a working party be formed."),
        ("The wall is loose. Councillors agreed this should be mended.", "agreed", "this should be mended."),
        ("Application 22/04: the Councillors agreed they had no objections.", "agreed", "they had no objections."),
        ("It was agreed that the following bills may be paid :-", "agreed", "that the following bills may be paid :-"),
        ("It was agreed that the north side would be mown first.",
         "agreed", "that the north side would be mown first."),
        ("It was agreed that the Clerk will ring the county.", "agreed", "that the Clerk will ring the county."),
        ("All agreed these were a correct record.", "agreed", "these were a correct record."),
        ("Cllr Oak moved, Cllr Elm seconded, and it was unanimously agreed that", "agreed", "that"),
        ("The Board resolves, under section 137, to make the grant.",
         "resolved", "under section 137, to make the grant."),
        ("At 9 pm it was moved, seconded and carried that the meeting go on.", "other", "that the meeting go on."),
        ("RESOLVEDunanimouslythat the fee be £5.", "resolved", "that the fee be £5."),
    ],
)  # fmt: skip
def test_running_text_decides(text: str, action: str, words: str) -> None:
    found = find_decision(text)
    assert found is not None
    assert (found.action, found.words) == (action, words)


@pytest.mark.parametrize(
    "text",
    [
        "The dispute was discussed and resolved to everyone's satisfaction.",
        "It was resolved to the satisfaction of the tenants.",
        "The Clerk said that the fence had fallen, it was resolved to mend it.",
        "Mr Oak said that they had met and it was agreed to move the hedge.",
        "Members noted that the bill had been paid and that it was resolved to write.",
        "The letter, which it was agreed to send, had been lost.",
        "She asked when the Council resolved to close the baths.",
        "As it was agreed to wait, nothing was done.",
        "However, it was decided not to go on with this in the county.",
        "Owing to the rain it was decided to hold the fair indoors.",
        "It was agreed that children should be placed near their homes.",
        "It was agreed that the scheme would cost too much.",
        "It was agreed that more money would be needed.",
        "It was agreed that the service was good.",
        "It was agreed that the price would be better next year.",
        "All agreed that the fair had gone well.",
        "All agreed it was a fine day.",
        "Councillors agreed that the road is narrow.",
        "The Councillors agreed to differ.",
        "It was agreed to take a vote on the motion.",
        "It was agreed that a recorded vote be taken.",
        "This Council resolves to plant a tree a year.",
        "Resolved issues were taken off the list.",
        "The Director met the residents and resolved to do better.",
        "The County Council decided to close the road.",
        "He said it was moved, seconded and carried that the gate be shut.",
    ],
)
def test_what_only_looks_like_it_decides_nothing(text: str) -> None:
    assert find_decision(text) is None


@pytest.mark.parametrize(
    "text",
    ["All Councillors agreed that Mrs Fell be asked to audit.", "All approved and it was resolved to pay.",
     "All of the members present agreed to adopt it.", "RESOLVEDunanimouslythat x be done"],
)  # fmt: skip
def test_all_is_unanimous(text: str) -> None:
    found = find_decision(text)
    assert found is not None
    assert found.unanimous


def test_two_sentences_are_two_decisions() -> None:
    found = find_decisions("It was agreed to mow the green. It was also agreed to thank the school. They left.")
    assert [each.words for each in found] == ["to mow the green.", "to thank the school. They left."]


def test_may_is_a_month_too() -> None:
    assert find_decision("Moved by Cllr Oak, seconded by Cllr Elm, and agreed that the minutes of 3 May be adopted.")


def test_who_proposed_it_stands_before_the_words() -> None:
    found = find_decision("It was agreed, on the proposal of Cllr Oak, seconded by Cllr Elm, that a meeting be called.")
    assert found is not None
    assert found.words == "that a meeting be called."
