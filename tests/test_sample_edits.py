"""The sample on its second day, at another size, and on a port that stays the same."""

import socket
import urllib.request

import pypdfium2
import pytest

from archive import ids
from archive.model import Item, Meeting, MeetingStatus
from crawler.sample import Edits, SampleCouncil, chosen, serve

DAY_1 = SampleCouncil(meetings=100, kept=400)
EDITS = chosen(DAY_1)
DAY_2 = DAY_1.later(edits=EDITS)


def local(identifier: str | None) -> int:
    return int(ids.local(identifier or ""))


def meetings(council: SampleCouncil) -> dict[int, Meeting]:
    return {local(each.id): each for each in council.meetings()}


def an_item(council: SampleCouncil, number: int) -> Item:
    return next(each for each in council.meeting(number // 24).items if local(each.id) == number)


def test_the_choice_of_edits_is_the_seeds_and_each_is_of_another_meeting() -> None:
    assert chosen(SampleCouncil(meetings=100)) == EDITS
    assert chosen(SampleCouncil(seed=2, meetings=100)) != EDITS
    items = (*EDITS.corrected, *EDITS.withdrawn, *EDITS.replaced, *EDITS.rewritten)
    touched = [*(each // 24 for each in items), *EDITS.removed, *EDITS.unlisted, *EDITS.cancelled]
    assert len(touched) == len(set(touched)) == 7


def test_nothing_else_changes() -> None:
    before, after = meetings(DAY_1), meetings(DAY_2)
    items = (*EDITS.corrected, *EDITS.withdrawn, *EDITS.replaced)
    changed = {number for number in after if after[number] != before[number]}
    assert changed == {*(each // 24 for each in items), *EDITS.cancelled}
    assert before.keys() - after.keys() == EDITS.removed | EDITS.unlisted


def test_a_correction_is_of_one_paragraph() -> None:
    [number] = EDITS.corrected
    before, after = an_item(DAY_1, number), an_item(DAY_2, number)
    pairs = list(zip(before.paragraphs, after.paragraphs, strict=True))
    [(old, new)] = [pair for pair in pairs if pair[0] != pair[1]]
    assert new.text.startswith(old.text)
    assert before.resolutions == after.resolutions


def test_a_withdrawn_item_leaves_the_others_their_numbers() -> None:
    [number] = EDITS.withdrawn
    before, after = DAY_1.meeting(number // 24), DAY_2.meeting(number // 24)
    assert [each for each in before.items if local(each.id) != number] == list(after.items)


def test_a_replaced_document_has_a_number_of_its_own_and_a_rewritten_one_keeps_it() -> None:
    [replaced], [rewritten] = EDITS.replaced, EDITS.rewritten
    old, new = an_item(DAY_1, replaced).documents, an_item(DAY_2, replaced).documents
    assert (old[0].id != new[0].id, old[0].title, old[1:]) == (True, new[0].title, new[1:])
    assert an_item(DAY_1, rewritten).documents == an_item(DAY_2, rewritten).documents


def test_a_called_off_meeting_has_no_papers() -> None:
    [number] = EDITS.cancelled
    after = DAY_2.meeting(number)
    assert (after.status, after.items, after.documents) == (MeetingStatus.CANCELLED, (), ())


def test_an_item_without_narrative_cannot_be_corrected() -> None:
    ahead = next(each for each in DAY_1.announced if each.day > DAY_1.today and not each.fate)
    wrong = Edits(corrected=frozenset({ahead.item_id(0)}))
    eve = DAY_1.later((ahead.day - DAY_1.today).days - 1, wrong)
    with pytest.raises(ValueError, match="no paragraph"):
        eve.meeting(ahead.id)


def test_another_day_keeps_its_edits() -> None:
    later = DAY_2.later(3)
    assert (later.edits, later.today.day) == (EDITS, 3)


def read(url: str) -> bytes:
    with urllib.request.urlopen(url.replace(" ", "%20")) as reply:
        return bytes(reply.read())


def test_the_site_shows_the_other_day_while_it_runs() -> None:
    [removed], [unlisted], [rewritten] = EDITS.removed, EDITS.unlisted, EDITS.rewritten
    document = f"documents/s{rewritten * 4}/x.pdf"
    with serve(DAY_1) as site:
        first = read(site.url + document)
        site.show(DAY_2)
        second = read(site.url + document)
        assert b"mgErrorTxt" in read(f"{site.url}ieListDocuments.aspx?MId={removed}")
        assert b'id="mgItemTable"' in read(f"{site.url}ieListDocuments.aspx?MId={unlisted}")
        listed = read(f"{site.url}mgWebService.asmx/GetMeetings?lCommitteeId=0&sFromDate=&sToDate=")
    assert len(second) > len(first) + 1000
    assert "takes the place" in pypdfium2.PdfDocument(second)[0].get_textpage().get_text_range()
    assert f">{unlisted}<".encode() not in listed


def test_a_port_can_be_had_again_at_once_although_a_client_keeps_its_connection() -> None:
    with serve(DAY_1) as site:
        port = int(site.url.split(":")[-1].strip("/"))
        client = socket.create_connection(("127.0.0.1", port))
        client.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n")
        assert client.recv(4096)
    with serve(DAY_2, port) as again, client:
        assert again.url == site.url
        client.settimeout(5)
        while client.recv(4096):
            pass    # what was left of the first answer, and the end
        assert read(again.url + "robots.txt")


def test_a_council_of_many_committees() -> None:
    council = SampleCouncil(meetings=900, committees=60, kept=1)
    names = [each.name for each in council.committees()]
    assert len(set(names)) == len({each.id for each in council.committees()}) == 60
    assert {each.committee.id for each in council.announced} == set(council.by_committee)
    assert len({each.id for each in council.announced}) == len(council.announced)
    written = council.meeting(next(each.id for each in council.announced if each.committee.key == "place-3"))
    assert written.items
    assert all(item.title for item in written.items)


def test_there_are_not_places_for_any_number_of_committees() -> None:
    with pytest.raises(ValueError, match="not for 1000"):
        SampleCouncil(committees=1000)


def test_fewer_committees() -> None:
    council = SampleCouncil(meetings=50, committees=2)
    assert len(council.meetings()) == len(council.announced) > 40
