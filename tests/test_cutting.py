"""Where items begin: small documents in the layouts that councils use."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.blocks import Block, BlockKind
from crawler.printed.cutting import cut
from crawler.printed.loose import with_numbers_joined


def bold(text: str, level: int = 0) -> Block:
    return Block(text, BlockKind.HEADING, bold=True, level=level)


def plain(text: str, level: int = 0, label: str | None = None) -> Block:
    return Block(text, level=level, label=label)


SAID = plain("The clerk reported on it at some length, and members were content with what they heard.")


def items_of(*blocks: Block) -> list[tuple[str | None, str]]:
    return [(each.number, each.title) for each in cut(tuple(with_numbers_joined(blocks)))[1]]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("286. Apologies (Item 1)", "287. Roads (Item 2)"), [("286", "Apologies"), ("287", "Roads")]),
        (("19.03.1 Apologies", "19.03.2 Roads", "19.03.3 Minutes"),
         [("19.03.1", "Apologies"), ("19.03.2", "Roads"), ("19.03.3", "Minutes")]),
        (("1)Apologies", "2)Roads", "3)Minutes"), [("1)", "Apologies"), ("2)", "Roads"), ("3)", "Minutes")]),
        (("52 Apologies", "53 Roads", "54 Minutes"), [("52", "Apologies"), ("53", "Roads"), ("54", "Minutes")]),
        (("PLA147/14 Apologies", "PLA148/14 Roads"), [("PLA147/14", "Apologies"), ("PLA148/14", "Roads")]),
        (("77/21 Apologies", "78/21 Roads"), [("77/21", "Apologies"), ("78/21", "Roads")]),
        (("24/091 Apologies", "24/092 Roads"), [("24/091", "Apologies"), ("24/092", "Roads")]),
        (("2024/009 Apologies", "2024/010 Roads"), [("2024/009", "Apologies"), ("2024/010", "Roads")]),
        (("CMR/24/45 Apologies", "CMR/24/46 Roads"), [("CMR/24/45", "Apologies"), ("CMR/24/46", "Roads")]),
        (("P24/45 Apologies", "P24/46 Roads"), [("P24/45", "Apologies"), ("P24/46", "Roads")]),
        (("24-45 Apologies", "24-46 Roads"), [("24-45", "Apologies"), ("24-46", "Roads")]),
        (("45.24 Apologies", "46.24 Roads"), [("45.24", "Apologies"), ("46.24", "Roads")]),
        (("PL9 APOLOGIES", "PL10 21/00310/OUT – LAND AT MILBURN", "PL11 “Our roads”"),
         [("PL9", "APOLOGIES"), ("PL10", "21/00310/OUT – LAND AT MILBURN"), ("PL11", "“Our roads”")]),
        (("CL 9 Apologies", "CL 10 – Roads", "CL 11 Minutes"),
         [("CL 9", "Apologies"), ("CL 10", "Roads"), ("CL 11", "Minutes")]),
        (("Apologies", "AB41 Road closure", "AB66 Road closure"),
         [(None, "Apologies"), (None, "AB41 Road closure"), (None, "AB66 Road closure")]),
        (("A1 Apologies", "A2 Roads"), [("A1", "Apologies"), ("A2", "Roads")]),
        (("C.45 Apologies", "C.46 Roads"), [("C.45", "Apologies"), ("C.46", "Roads")]),
        (("Minute 45 Apologies", "Minute 46 Roads"), [("45", "Apologies"), ("46", "Roads")]),
        (("Item 5: Apologies", "Item 6: Roads"), [("5", "Apologies"), ("6", "Roads")]),
        (("Agenda Item 1 – Apologies", "Agenda Item 2 – Roads"), [("1", "Apologies"), ("2", "Roads")]),
        (("Apologies", "Declarations of interest", "Roads"),
         [(None, "Apologies"), (None, "Declarations of interest"), (None, "Roads")]),
    ],
)
def test_bold_headings_in_many_styles(headings: Sequence[str], expected: list[tuple[str | None, str]]) -> None:
    assert items_of(*(block for heading in headings for block in (bold(heading), SAID))) == expected


def test_headings_with_the_item_number_under_them() -> None:
    blocks = (bold("Apologies"), plain("(Item 1)"), SAID, bold("Roads"), plain("(Item 2)"), bold("In Milburn"), SAID)
    assert items_of(*blocks) == [("1", "Apologies"), ("2", "Roads")]


def test_a_number_printed_alone_belongs_to_the_heading_after_it() -> None:
    assert items_of(plain("1829."), bold("Apologies"), SAID, plain("1830."), bold("Roads"), SAID) == [
        ("1829", "Apologies"), ("1830", "Roads"),
    ]


def test_a_number_in_brackets_under_names_counts_them() -> None:
    vote = (bold("For"), plain("Councillors Able and Bold"), plain("(2)"), bold("Against"), plain("Councillor Crow"),
            plain("(1)"))
    blocks = (bold("1. Roads"), SAID, *vote, bold("2. Parks"), SAID)
    assert items_of(*blocks) == [("1", "Roads"), ("2", "Parks")]
    assert [block.text for block in with_numbers_joined(vote)] == [
        "For", "Councillors Able and Bold (2)", "Against", "Councillor Crow (1)",
    ]


def test_initials_of_a_name_end_no_title() -> None:
    titles = ("Question of Councillor J. Ash", "Question submitted by Cllr. B. Birch", "Motion of Mr. C. Crow")
    blocks = [block for at, title in enumerate(titles, 1) for block in (plain(title, label=f"{at}."), SAID)]
    assert items_of(*blocks) == [(str(at), title) for at, title in enumerate(titles, 1)]


def test_the_items_word_on_a_line_over_its_title() -> None:
    blocks = (bold("Item 1:"), bold("Minutes"), SAID, plain("Item 2"), bold("Roads"), SAID, bold("Item 3."),
              bold("Parks"), SAID)
    assert items_of(*blocks) == [("1", "Minutes"), ("2", "Roads"), ("3", "Parks")]


def test_a_heading_that_comes_back_again_and_again_is_a_label_within_items() -> None:
    within = (SAID, bold("REPLY:"), SAID)
    blocks = (bold("ROADS"), *within, bold("PARKS"), *within, bold("BINS"), *within)
    assert items_of(*blocks) == [(None, "ROADS"), (None, "PARKS"), (None, "BINS")]


def test_the_one_item_of_a_special_meeting() -> None:
    assert items_of(SAID, plain("1. Main Street Improvement Scheme"), SAID, SAID) == [
        ("1", "Main Street Improvement Scheme"),
    ]
    assert items_of(SAID, plain("1. To write to the county;"), plain("2. To wait."), SAID) == []


def test_a_side_of_a_vote_opens_no_item() -> None:
    blocks = (bold("Roads"), SAID, bold("For the Motion"), plain("Councillors Able and Bold"), bold("Against"),
              plain("Councillor Crow"), bold("Parks"), SAID)
    assert items_of(*blocks) == [(None, "Roads"), (None, "Parks")]


@pytest.mark.parametrize(
    ("line", "title", "said"),
    [
        ("2. Register of Interests None", "Register of Interests", "None"),
        ("2. Declarations of interest – None declared.", "Declarations of interest", "None declared."),
        ("2. Public participation: Nil", "Public participation", "Nil"),
    ],
)
def test_an_answer_on_the_line_of_a_heading_is_no_part_of_it(line: str, title: str, said: str) -> None:
    items = cut((bold("1. Apologies"), SAID, bold(line), bold("3. Roads"), SAID))[1]
    assert (items[1].title, [block.text for block in items[1].blocks]) == (title, [said])


def test_numbers_by_word_are_numbers() -> None:
    assert items_of(plain("Apologies", label="1."), SAID, plain("Roads", label="2."), SAID) == [
        ("1", "Apologies"), ("2", "Roads"),
    ]


def test_numbered_paragraphs_inside_items_are_none() -> None:
    said = [plain(f"{at}. It was said, and noted by all who came.") for at in (1, 2, 3)]
    titles = enumerate(("Apologies", "Roads", "Buses"), 27)
    blocks = [block for number, title in titles for block in (bold(f"{number}. {title}"), *said)]
    assert items_of(*blocks) == [("27", "Apologies"), ("28", "Roads"), ("29", "Buses")]


def test_a_numbered_list_inside_an_item_without_bold_is_no_item() -> None:
    listed = [plain(f"{at}. {name}") for at, name in enumerate(("Village hall", "Fell Lane", "Bus shelter"), 1)]
    first, last = (plain("1. Apologies"), SAID, plain("2. Roads")), (plain("3. Minutes"), SAID, plain("4. Buses"), SAID)
    found = items_of(*first, SAID, *listed, *last)
    assert found == [("1", "Apologies"), ("2", "Roads"), ("3", "Minutes"), ("4", "Buses")]


@pytest.mark.parametrize(
    "numbers",
    [
        ("19.03.3", "19.01.4", "19.03.5"),            # the month misprinted
        ("54", "55", "6", "57"),                      # a digit lost
        ("16.05.3", "16.05.7", "16.05.4", "16.05.5"),  # taken out of order
        ("17.01.3", "17.01.3A", "17.01.4"),           # put in between
        ("1", "2", "4", "5", "3", "6"),
    ],
)
def test_a_misprint_or_another_order_loses_no_item(numbers: Sequence[str]) -> None:
    blocks = [block for number in numbers for block in (bold(f"{number} Roads"), SAID)]
    assert [number for number, _ in items_of(*blocks)] == list(numbers)


def test_an_unnumbered_heading_of_a_routine_item_is_one() -> None:
    blocks = (bold("1. Roads"), SAID, bold("2. Buses"), SAID, bold("Verges"), SAID, bold("Date of next meeting"), SAID)
    assert items_of(*blocks) == [("1", "Roads"), ("2", "Buses"), (None, "Date of next meeting")]


def test_headings_of_a_section_go_with_the_item_they_open() -> None:
    _, (first, second) = cut((bold("1. Roads"), SAID, bold("EXEMPT ITEMS"), bold("2. Buses"), SAID))
    assert first.blocks == (SAID,)
    assert [block.text for block in second.before] == ["EXEMPT ITEMS"]


def test_a_title_over_two_headings_is_one() -> None:
    assert items_of(bold("1. Capital Programme and"), bold("Revenue Budget"), SAID, bold("2. Buses"), SAID)[0] == (
        "1", "Capital Programme and Revenue Budget",
    )


def test_items_without_headings_keep_their_whole_text() -> None:
    first = "Apologies for absence: these were received from Councillors Able and Bold, and were accepted with regret."
    second = "It was agreed that the clerk write to the county council about the state of the road through the village."
    third = "The meeting closed at nine in the evening, as planned."
    _, cuts = cut((plain(f"1. {first}"), plain(f"2. {second}"), plain(f"3. {third}")))
    assert [each.number for each in cuts] == ["1", "2", "3"]
    assert (cuts[0].title, cuts[0].blocks[0].text) == ("Apologies for absence", first.split(": ")[1])
    assert cuts[1].title.startswith("It was agreed that the clerk write")
    assert cuts[1].blocks[0].text == second


def test_a_document_without_headings_has_no_items() -> None:
    assert cut((SAID, SAID)) == ((SAID, SAID), ())


TEXTS = ("1. Roads", "2. Buses", "3", "(Item 2)", "Apologies", "19.03.1 Roads", "(a) that", "RESOLVED", "It was.")
BLOCKS = st.lists(
    st.builds(
        Block,
        text=st.sampled_from(TEXTS),
        kind=st.sampled_from(BlockKind),
        label=st.sampled_from([None, None, "1.", "(a)", "2.1"]),
        level=st.integers(0, 3),
    ),
    max_size=12,
)


@given(BLOCKS)
def test_no_word_is_lost_or_printed_twice(blocks: list[Block]) -> None:
    front, cuts = cut(blocks)
    kept = [block.text for block in front]
    for each in cuts:
        kept += [block.text for block in each.before] + [each.title] + [block.text for block in each.blocks]
    words = [word for text in kept for word in text.split()]
    printed = [word for block in blocks for word in block.text.split()]
    marks = {"1.", "2.", "3", "(Item", "2)", "19.03.1", "(a)"}
    assert [word for word in words if word not in marks] == [word for word in printed if word not in marks]


@pytest.mark.parametrize(
    "title",
    [
        "One Ambleshire: the Secretary of State's decision", "Pell Bridge: repair and closure",
        "Bus service 301: Lower Tarn",
        "17/01524/FUL - Solar canopies at Shire Hall", "2021/22 Budget: options for schools and roads",
    ],
)
def test_a_title_of_two_parts_is_whole(title: str) -> None:
    assert items_of(plain("1. Apologies"), SAID, plain(f"2. {title}"), SAID, plain("3. Roads"), SAID)[1] == ("2", title)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Finance: the following payments were made", "Finance"), ("Apologies: from the clerk alone", "Apologies"),
        ("Roads: Cllr Able and Cllr Bold", "Roads"),
    ],
)
def test_what_is_said_on_the_line_of_a_title_is_no_part_of_it(line: str, title: str) -> None:
    _, cuts = cut((plain("1. Minutes"), SAID, plain(f"2. {line}"), SAID, plain("3. Buses"), SAID))
    assert (cuts[1].title, cuts[1].blocks[0].text) == (title, line.partition(": ")[2])


@pytest.mark.parametrize("said", ["RECOMMENDED that Cabinet:-", "On the motion of Cllr Able, seconded by Cllr Bold"])
def test_a_numbered_decision_is_no_title(said: str) -> None:
    last = plain("Buses", label="3."), SAID
    found = items_of(plain("1. Apologies"), SAID, plain("2. Roads"), SAID, plain(f"3. {said}"), SAID, *last)
    assert found == [("1", "Apologies"), ("2", "Roads"), ("3", "Buses")]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("7. Report of the Pay Panel The report was presented by the Clerk.", "Report of the Pay Panel"),
        ("7. Street lamps Members had walked down Pound Lane, and noted twelve of them.", "Street lamps"),
        ("7. Street lamps: The lamps were seen.", "Street lamps"),
        ("7. The Clerk said that The Mill was to be sold.", "The Clerk said that The Mill was to be sold"),
    ],
)
def test_a_heading_whose_end_only_paper_shows_ends_where_a_sentence_begins(text: str, title: str) -> None:
    run = [plain(f"{at}. Business. {SAID.text}") for at in range(1, 7)]
    assert items_of(*run, plain(text))[-1] == ("7", title)


def test_the_parts_of_an_item_that_decide_for_themselves_are_items() -> None:
    noted = plain("RESOLVED that the plan be approved.")
    around = (bold("1 Apologies"), SAID, bold("2 Plans"), SAID, bold("2.1 A barn"), SAID, noted, bold("2.2 A shed"))
    assert items_of(*around, noted, bold("3 Roads"), SAID) == [
        ("1", "Apologies"), ("2", "Plans"), ("2.1", "A barn"), ("2.2", "A shed"), ("3", "Roads")]
    assert items_of(*around, SAID, bold("3 Roads"), SAID) == [("1", "Apologies"), ("2", "Plans"), ("3", "Roads")]


def test_a_title_in_two_halves_that_a_dash_parts_is_one() -> None:
    blocks = [Block("102 LIGHTS"), Block("Noted."), Block("103 MOTION - Fireworks"), Block("RESOLVED that they end."),
              Block("104 PATHS"), Block("Noted.")]  # fmt: skip
    assert [each.title for each in cut(blocks)[1]] == ["LIGHTS", "MOTION - Fireworks", "PATHS"]


@pytest.mark.parametrize("outcome", ["APPEAL DISMISSED", "DELEGATED REFUSAL", "PERMISSION GRANTED"])
def test_an_outcome_in_capitals_heads_no_section(outcome: str) -> None:
    blocks = [bold("1. The Mill"), Block("Plans were shown."), bold(outcome), bold("2. Paths"), Block("Noted.")]
    assert [each.before for each in cut(blocks)[1]] == [(), ()]


def test_parts_of_an_item_that_has_no_heading_are_items() -> None:
    blocks = [Block("1 APOLOGIES"), Block("None."), Block("2 DECLARATIONS OF INTEREST"), Block("None."),
              Block("3.1 NB03/2022/0001/F"), SAID, Block("3.2 STATISTICS"), SAID, Block("4 DATES"), SAID]  # fmt: skip
    assert [number for number, _ in items_of(*blocks)] == ["1", "2", "3.1", "3.2", "4"]
