"""One record that came several times is found once: the approved, the fuller, the original. What only sounds alike is
found each time."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest
from build import COUNCIL, a_meeting, a_resolution, an_item
from engines import ENGINES, agreed, both, closed_after
from hypothesis import given
from hypothesis import strategies as st

from archive import ids
from archive.model import (
    LONDON,
    PREVIOUS,
    CouncilId,
    Item,
    Meeting,
    MeetingId,
    MinutesStatus,
)
from index.generations import MakeEngine
from index.passages import Passage, Scope
from index.project import project
from index.query import parse
from index.topics import standard_topics
from index.wordings import Wording, alike, reprinted, titles_alike, wording, words_of

MARCH, APRIL, MAY = date(2021, 3, 2), date(2021, 4, 6), date(2021, 5, 4)
MORNING, AFTERNOON = (datetime.combine(MARCH, time(hour), LONDON) for hour in (10, 14))

FERRY = (
    "The Director of Place presented a report on the Llanfair ferry, which had carried 41,200 people in the year to "
    "31 March 2020. Councillor Larkmere asked why the evening crossing had been withdrawn without notice, and was told "
    "that the operator could no longer find crew for it. Councillor Haigh thought the subsidy of £62,500 a poor "
    "bargain when the bus over the bridge was half empty. Mr Ruaux, who spoke for the traders of the quay, said that "
    "footfall had dropped by a third since the autumn. In reply the Director undertook to bring proposals for a "
    "shared crew with the harbour, and to write to every member about the condition of the slipway before the summer.")
LIBRARY = (
    "Members considered the future of the reading room at Harrowmere, whose roof had been condemned on 14 January "
    "2021. Repair was put at £310,000 and a new building on the school's field at £1.4m. Councillor Pennyfold urged "
    "her colleagues to remember that the town had been promised a library in 1987, and again in 2004. The Head of "
    "Property said that neither sum was in the programme, and that the trustees of the old bequest might be asked. It "
    "was pointed out that the room stood in a conservation area, so that consent would be wanted for either course.")
STOCK = (
    "The Chair reminded everybody present that the proceedings were being recorded and broadcast, that the recording "
    "would be kept on the council's site, and that whoever addressed the meeting was taken to have agreed to this. "
    "Members of the public who did not wish to be filmed were asked to tell the clerk and to sit at the back of the "
    "chamber, where the cameras do not reach. Mobile telephones were to be silenced, and the exits were pointed out.")


@pytest.fixture(params=ENGINES)
def make(request: pytest.FixtureRequest) -> Iterator[MakeEngine]:
    with closed_after(ENGINES[request.param]) as make:
        yield make


def shown(folder: Path, make: MakeEngine, *archive: Meeting) -> list[str]:
    """The local identifiers of all that is found, in order of their names; the same by every engine."""
    memory, engine = both(make(folder), *archive)
    found = agreed(memory, engine, parse(""))
    years = [value for value, _ in sorted(found.facets["year"].items())]
    for year in years:
        assert agreed(memory, engine, parse(f"from:{year} to:{year}")).total == found.facets["year"][year]
    return sorted(ids.local(hit.id) for hit in found.hits)


def the_minutes(local: str, ferry: str = FERRY, library: str = LIBRARY, **changes: object) -> Meeting:
    items = (an_item(f"{local}0", "Welcome", "The Chair welcomed everybody to the meeting.", procedural=True),
             an_item(f"{local}1", "The Llanfair ferry", ferry),
             an_item(f"{local}2", "Harrowmere reading room", library))
    return a_meeting(local, *items, **({"start": MARCH} | changes))


CORRECTED = [
    FERRY.replace("Ruaux", "Ruault"),
    FERRY.replace("withdrawn without notice", "withdrawn with no notice"),
    FERRY.replace("41,200 people", "41,200 people Page 3 of 12"),
    FERRY.replace("31 March", "31st March"),
    FERRY + " The meeting thanked him.",
]


@pytest.mark.parametrize("corrected", CORRECTED)
def test_a_draft_is_left_out_where_the_approved_minutes_are_held(
    corrected: str, tmp_path: Path, make: MakeEngine
) -> None:
    draft = the_minutes("1", minutes=MinutesStatus.DRAFT)
    assert shown(tmp_path, make, draft, the_minutes("2", corrected)) == ["20", "21", "22"]


@pytest.mark.parametrize("amended", [
    FERRY.replace("£62,500", "£65,200"), FERRY.replace("2020", "2021"), FERRY.replace("41,200", "42,100"),
    FERRY.replace("41,200", "62,500", 1).replace("£62,500", "£41,200"),
])
def test_another_number_is_another_record(amended: str, tmp_path: Path, make: MakeEngine) -> None:
    draft = the_minutes("1", minutes=MinutesStatus.DRAFT)
    assert shown(tmp_path, make, draft, the_minutes("2", amended)) == ["11", "20", "21", "22"]


def test_a_number_more_is_the_fuller_record(tmp_path: Path, make: MakeEngine) -> None:
    more = FERRY + " A petition of 320 names was received."
    assert shown(tmp_path, make, the_minutes("1"), the_minutes("2", more)) == ["10", "12", "21"]


def test_a_notice_of_the_decision_is_left_out_where_the_minutes_hold_it(tmp_path: Path, make: MakeEngine) -> None:
    decided = ("That officers be instructed to prepare a scheme for a crew shared with the harbour, to consult the "
               "traders of the quay upon it, and to report the outcome, with costs for 3 years, before the recess.")
    stated = "That the trustees of the bequest be asked whether they would bear a part of the £310,000."
    notice = a_meeting("1", *(
        an_item(f"1{at}", title, paragraphs=(), resolutions=(a_resolution(text),))
        for at, title, text in ((1, "The Llanfair ferry", decided), (2, "Harrowmere reading room", stated))))
    minutes = the_minutes("2", f"{FERRY} Resolved: {decided}", f"{LIBRARY} Agreed: {stated}")
    assert shown(tmp_path, make, notice, minutes) == ["20", "21", "22"]


def test_two_sittings_of_one_day_are_two(tmp_path: Path, make: MakeEngine) -> None:
    earlier, later = (a_meeting(local, an_item(f"{local}1", "Recording", STOCK), an_item(f"{local}2", title, text),
                                start=start)
                      for local, start, title, text in (("1", MORNING, "The Llanfair ferry", FERRY),
                                                        ("2", AFTERNOON, "Harrowmere reading room", LIBRARY)))
    assert shown(tmp_path, make, earlier, later) == ["11", "12", "21", "22"]


@pytest.mark.parametrize(("start", "found"), [(MORNING, ["22"]), (MARCH, ["11", "22"])])
def test_a_few_words_show_one_sitting_where_both_print_its_time(
    start: date, found: list[str], tmp_path: Path, make: MakeEngine
) -> None:
    decided = ("That the evening crossing be restored from 1 June, and that its operator be told so this week by the "
               "Director of Place.")
    notice = a_meeting("1", an_item("11", "The Llanfair ferry", decided), start=start)
    minutes = a_meeting("2", an_item("22", "Llanfair ferry", f"Mr Ruaux spoke at some length. {decided}"), start=start)
    assert shown(tmp_path, make, notice, minutes) == found


def test_what_is_said_every_month_is_found_every_month(tmp_path: Path, make: MakeEngine) -> None:
    def month(local: str, day: date) -> Meeting:
        approval = an_item(f"{local}0", "Minutes", "That they be approved.", procedural=True, approves=(PREVIOUS,))
        return a_meeting(local, approval, an_item(f"{local}1", "Recording", STOCK),
                         an_item(f"{local}2", "Procedure", STOCK.replace("Chair", "Convenor")), start=day)
    archive = (month("1", MARCH), month("2", APRIL), month("3", MAY))
    assert len(shown(tmp_path, make, *archive)) == 9


def test_a_yearly_report_is_another_each_year(tmp_path: Path, make: MakeEngine) -> None:
    next_year = the_minutes("2", FERRY.replace("2020", "2021"), LIBRARY.replace("310", "298"), start=date(2022, 3, 1))
    assert len(shown(tmp_path, make, the_minutes("1"), next_year)) == 6


def a_pack(approves: tuple[str, ...] = (MARCH.isoformat(),), **changes: str) -> Meeting:
    reprinted = the_minutes("2", **changes).items
    own = an_item("25", "Minutes", "That the minutes be approved.", procedural=True, approves=approves)
    return a_meeting("2", own, *reprinted, an_item("26", "Budget", "The budget was set at £3m."), start=APRIL)


@pytest.mark.parametrize("approves", [(MARCH.isoformat(),), (PREVIOUS,)])
def test_what_the_next_meeting_reprints_is_left_out_there(
    approves: tuple[str, ...], tmp_path: Path, make: MakeEngine
) -> None:
    """But for the short and routine: those may be its own."""
    pack = a_pack(approves, ferry=FERRY.replace("Ruaux", "Ruault"))
    assert shown(tmp_path, make, the_minutes("1"), pack) == ["10", "11", "12", "20", "25", "26"]


@pytest.mark.parametrize("pack", [
    a_pack(()), a_pack((date(2021, 2, 2).isoformat(),)), a_pack(("no day",)),
    a_pack(library=LIBRARY.replace("1987", "1988")),
])
def test_what_the_next_meeting_does_not_reprint_whole_is_found_there_too(
    pack: Meeting, tmp_path: Path, make: MakeEngine
) -> None:
    assert len(shown(tmp_path, make, the_minutes("1"), pack)) == 8


def test_like_notices_of_one_officer_are_of_several_things(tmp_path: Path, make: MakeEngine) -> None:
    notice = ("That consent be given for the sale of the garage site, which is not wanted for housing and has stood "
              "empty for several years; that the receipt be kept for the repair of footways in the same ward; and that "
              "the Head of Property sign whatever is needed once the usual searches have been made and no objection "
              "was received from those living beside it. The site lies in {}.")
    said = [a_meeting(str(at), an_item(str(at), "Sale of a garage site", notice.format(lane)),
                      committee="Director of Place") for at, lane in enumerate(("Mill Lane", "Quay Street"), 1)]
    assert shown(tmp_path, make, *said) == ["1", "2"]


def test_nothing_is_left_out_across_councils_committees_or_unknown_days(tmp_path: Path, make: MakeEngine) -> None:
    other = Meeting(MeetingId("otherton/meetings/1"), CouncilId("otherton"), None, None, None, items=tuple(
        Item(ids.item_id(CouncilId("otherton"), str(at)), None, each.title, paragraphs=each.paragraphs)
        for at, each in enumerate(the_minutes("1").items, 1)))
    archive = (the_minutes("1"), the_minutes("2", committee="Quay Sub-Committee"), other,
               Meeting(ids.meeting_id(COUNCIL, "3"), COUNCIL, None, None, None, items=the_minutes("3").items))
    assert len(shown(tmp_path, make, *archive)) == 12


def test_nights_that_bring_a_draft_and_take_it_back_leave_what_a_rebuilt_index_has(
    tmp_path: Path, make: MakeEngine
) -> None:
    draft, approved, other = the_minutes("1", minutes=MinutesStatus.DRAFT), the_minutes("2"), the_minutes("3")
    memory, engine = both(make(tmp_path / "nights"), draft, the_minutes("4", start=MAY))
    for put, taken in ((approved, None), (other, approved), (None, draft), (draft, other)):
        for each in (memory, engine):
            with each.batch() as batch:
                if taken is not None and taken.id:
                    batch.remove(taken.id)
                if put is not None and put.id:
                    batch.put(put.id, project(put, standard_topics()))
        agreed(memory, engine, parse(""))
    _, rebuilt = both(make(tmp_path / "rebuilt"), draft, the_minutes("4", start=MAY))
    assert rebuilt.search(parse("ferry")) == engine.search(parse("ferry"))


WORDS = st.lists(st.sampled_from(["ferry", "quay", "1987", "£3m", "of", "the", "was", "told", "Larkmere"]), max_size=40)
TEXTS = st.builds(lambda words, times: " ".join(words * times), WORDS, st.integers(0, 12))


def written(*passages: Passage) -> Wording:
    return wording(words_of(passages))


def said(text: str) -> Wording:
    return written(Passage(Scope.NARRATIVE, text))


@given(TEXTS, TEXTS, st.booleans())
def test_likeness_is_the_same_from_either_side_and_kept_when_stored(one: str, other: str, same: bool) -> None:
    left, right = said(one), said(other)
    assert Wording.unpacked(left.packed()) == left
    for likeness in (alike, reprinted):
        assert 0 <= likeness(left, right, same_title=same) == likeness(right, left, same_title=same) <= 1
    assert alike(left, left, same_title=True) == bool(left.words)


@given(st.text(), st.text())
def test_any_text_has_a_wording_and_a_small_one(one: str, other: str) -> None:
    assert len(said(one * 50).packed()) < 1700
    assert titles_alike(one, other) == titles_alike(other, one)


def test_a_long_text_is_told_from_what_it_holds_by_a_sample() -> None:
    """Each a thousand words and more, of which the sketch keeps about two hundred."""
    long = " ".join(f"{word}{at % 7 * 'x'}" for at in range(40) for word in LIBRARY.replace(",", "").split()
                    if word.isalpha() for word in (word + chr(97 + at % 26) + chr(97 + at // 26),))
    assert 500 < len(said(long).packed()) < 1700
    assert alike(said(long), said(long + " It was noted."), same_title=True) > 0.9
    half = long[:len(long) // 2]
    assert alike(said(half), said(long), same_title=True) > 0.9
    assert alike(said(half), said(long), same_title=False) == 0


def test_numbers_of_pages_are_no_part_of_the_record() -> None:
    footers = [Passage(Scope.NARRATIVE, each) for each in ("Page 4", "- 5 -", "12", "page 3/12")]
    assert written(Passage(Scope.NARRATIVE, FERRY), *footers) == said(FERRY)
    for scope, one, other in ((Scope.TABLE, "12", "13"), (Scope.NARRATIVE, "£ 500", "£ 501"),
                              (Scope.NARRATIVE, "1273", "1276")):
        assert written(Passage(scope, one)) != written(Passage(scope, other))
