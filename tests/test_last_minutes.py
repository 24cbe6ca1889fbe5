"""The last minutes are approved wherever an item says so; decisions whose lists go on, or are tables."""

import pytest

from crawler.blocks import Block, BlockKind
from crawler.minutes.paragraphs import Minutes, read_minutes

ARISING = "Arising from minute 14, the bench had been mended."


def minutes(*texts: str) -> Minutes:
    return read_minutes([Block(text) for text in texts])


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("The minutes of the meeting held on 2 June 2021 were agreed as a correct record.", "agreed"),
        ("The minutes of 2 June 2021 were confirmed as a correct record.", "approved"),
        ("The Minutes of the meeting of 2 June 2021 were APPROVED as a true record.", "approved"),
        ("The draft minutes were accepted and signed by the Chair.", "approved"),
        ("Following a small correction, the minute of the last meeting was approved.", "approved"),
    ],
)  # fmt: skip
def test_minutes_are_approved_before_matters_arising(text: str, action: str) -> None:
    (resolution,) = minutes(text, ARISING).resolutions
    assert (resolution.action, resolution.text) == (action, text)


def test_who_moved_the_minutes_is_no_part_of_the_words() -> None:
    said = "The minutes were approved. Proposed by Cllr Oak, seconded by Cllr Elm."
    (resolution,) = minutes(said, ARISING).resolutions
    assert resolution.text == "The minutes were approved."


@pytest.mark.parametrize(
    "text",
    ["The minutes had been approved by the other council.", "The minutes were circulated.",
     "The minutes of the meeting held on 2 June 2021 were signed.", "In 2019, the minutes were approved late.",
     "Cllr Oak asked whether the minutes were approved as a correct record.", "The minutes were discussed at length."],
)  # fmt: skip
def test_talk_of_minutes_approves_nothing(text: str) -> None:
    assert minutes(text, ARISING).resolutions == ()


def test_a_second_decision_goes_on_with_the_list_of_the_first() -> None:
    found = minutes("The Board NOTED:-", "i. the accounts; and", "ii. the audit; and", "and AGREED:-",
                    "iii. to buy the barge; and", "iv. to sell the dinghy.")
    noted, agreed = found.resolutions
    assert [clause.label for clause in noted.clauses] == ["i", "ii"]
    assert [(clause.label, clause.text) for clause in agreed.clauses] == [
        ("iii", "to buy the barge; and"), ("iv", "to sell the dinghy."),
    ]  # fmt: skip


def test_a_decision_in_a_table_takes_no_sentence_after_it() -> None:
    table = Block("Plot | Reply", kind=BlockKind.TABLE, rows=(("Plot", "Reply"), ("7", "No objection")))
    lead = Block("RESOLVED that these replies be sent:")
    found = read_minutes([lead, table, Block("Councillor Elm came back.")])
    (resolution,) = found.resolutions
    assert (resolution.text, resolution.clauses) == ("that these replies be sent:", ())
    assert [each.kind.value for each in found.paragraphs] == ["resolution", "table", "narrative"]


@pytest.mark.parametrize("text", ["RECOMMENDED TO COUNCIL: That the fees be frozen.",
                                  "RECOMMENDED TO THE FULL COUNCIL – That the fees be frozen."])  # fmt: skip
def test_to_whom_it_is_recommended_in_capitals_is_no_part_of_the_words(text: str) -> None:
    (resolution,) = minutes(text).resolutions
    assert (resolution.action, resolution.text) == ("recommended", "That the fees be frozen.")


def test_an_approval_in_principle_and_by_the_members_closes_an_item() -> None:
    for text in ("The scheme was agreed in principle, plans to follow.",
                 "The register has been discussed and approved by Councillors."):
        assert len(minutes("The clerk spoke.", text).resolutions) == 1
    assert minutes("The clerk spoke.", "The plan has been approved by the ministry.").resolutions == ()


def test_a_survey_place_by_place_is_no_vote() -> None:
    rows = (("Village", "For", "Against"), ("Upper Norham", "41", "9"), ("Lower Norham", "12", "70"))
    found = read_minutes([Block("The replies were these.", kind=BlockKind.PARAGRAPH),
                          Block("Village | For | Against", kind=BlockKind.TABLE, rows=rows),
                          Block("RESOLVED that they be noted.")])
    assert [each.kind.value for each in found.paragraphs] == ["narrative", "table", "resolution"]
    assert found.resolutions[0].vote is None
