"""Saved files of every kind: known by their content, refused in one line, and given identifiers that stay."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from archive.errors import MinutebookError, UnreadableFile
from archive.model import Council, CouncilId
from crawler.files import Given, given_with, kept_name, read_file, renamed

KENT = Council(CouncilId("kent"), "Kent")
ITEM = b"Agenda item\n\nBus shelters\n\nTo consider a report.\n\nMinutes:\n\n4.1 The report was noted."
SERVICE = b"""<?xml version="1.0" encoding="utf-8"?>
<meeting>
  <meetingid>7</meetingid><meetingdate>10/02/2026</meetingdate><meetingtime>10.00 am</meetingtime>
  <agendaitems><agendaitem>
    <agendaitemid>70</agendaitemid><agendaitemtitle>Bus shelters</agendaitemtitle>
    <fulldisplaynumberformat>1.</fulldisplaynumberformat>
  </agendaitem></agendaitems>
</meeting>"""
PRINTED = """ASHBECK PARISH COUNCIL

Minutes of the meeting of the Parish Council held on Tuesday 3 March 2020 at 7.30 pm

Present: Councillors A Abel (Chairman) and B Bell

1. Apologies for absence

Apologies were received from Councillor C Carr.

2. Bus shelters

RESOLVED that the shelter be mended.
"""


def test_the_service_s_meeting_keeps_the_site_s_numbers() -> None:
    [meeting] = read_file(SERVICE, "GetMeeting.xml", Given(KENT)).meetings
    assert (meeting.id, meeting.items[0].id) == ("kent/meetings/7", "kent/items/70")
    assert meeting.start is not None
    assert meeting.start.isoformat() == "2026-02-10T10:00:00+00:00"


def test_without_a_council_nothing_has_an_identifier() -> None:
    for data, name in ((SERVICE, "a.xml"), (ITEM, "b.txt"), (PRINTED.encode(), "c.txt")):
        [meeting] = read_file(data, name).meetings
        assert (meeting.id, meeting.council, meeting.items[0].id) == (None, None, None)


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("https://democracy.ashbeck.gov.uk/", "ashbeck"), ("http://ashbeck.moderngov.co.uk/moderngov/", "ashbeck"),
        ("http://127.0.0.1:8901/", None), ("http://localhost/", None),
    ],
)  # fmt: skip
def test_a_page_that_names_its_site_says_whose_it_is(url: str, word: str | None) -> None:
    document = f"<attachmentid>9</attachmentid><title>T</title><url>{url}mgConvert2PDF.aspx?ID=9</url>"
    linked = f"<linkeddocuments><linkeddoc>{document}</linkeddoc></linkeddocuments></agendaitem>"
    reply = SERVICE.replace(b"</agendaitem>", linked.encode())
    [meeting] = read_file(reply, "GetMeeting.xml").meetings
    assert meeting.council == word
    assert meeting.items[0].documents[0].id == (f"{word}/documents/s9" if word else None)


def test_an_item_alone_never_takes_the_place_of_a_whole_meeting() -> None:
    given = Given(KENT, committee="Cabinet", day=date(2021, 3, 2))
    contents = read_file(ITEM, "item.txt", given)
    assert contents.alone
    [meeting] = contents.meetings
    assert meeting.committee is not None
    assert (meeting.committee.id, meeting.start.date() if meeting.start else None) == (
        "kent/committees/cabinet", date(2021, 3, 2))  # fmt: skip
    other = read_file(ITEM.replace(b"4.1", b"4.2"), "item.txt", given).meetings[0]
    assert meeting.id != other.id


def test_the_same_minutes_in_other_bytes_are_the_same_meeting() -> None:
    one = read_file(PRINTED.encode(), "one.txt", Given(KENT)).meetings[0]
    two = read_file(PRINTED.replace("\n", "\r\n").encode("utf-16"), "two.txt", Given(KENT)).meetings[0]
    assert one == two
    assert one.start is not None
    assert [item.number for item in one.items] == ["1", "2"]


def test_what_the_operator_says_counts() -> None:
    given = Given(KENT, committee="Amenities", day=date(2020, 3, 4))
    [meeting] = read_file(PRINTED.encode(), "one.txt", given).meetings
    assert meeting.committee is not None
    assert meeting.start is not None
    assert (meeting.committee.name, meeting.start.date()) == ("Amenities", date(2020, 3, 4))
    assert given_with(kept_name("a#b%.txt", given), Given(KENT)) == ("a#b%.txt", given)
    assert given_with(kept_name("a#b%.txt", Given()), Given(KENT)) == ("a#b%.txt", Given(KENT))


def test_a_meeting_under_another_name_takes_its_items_along() -> None:
    [meeting] = read_file(PRINTED.encode(), "one.txt", Given(KENT)).meetings
    assert meeting.id is not None
    moved = renamed(meeting, type(meeting.id)("kent/meetings/old"))
    assert [item.id for item in moved.items] == ["kent/items/old-1", "kent/items/old-2"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n", "is empty"),
        (b"\x89PNG\r\n\x1a\n....", "picture"),
        (b"{\\rtf1 hello}", "rich text"),
        (b"<html><body><h1>Fish and chips</h1><p>Open daily</p></body></html>", "not ModernGov's"),
        (b"<html><title>Sign in</title><input type='password'></html>", "login"),
        (b"<script>window.location='https://elsewhere.example'</script>", "redirect"),
        (b"<?xml version='1.0'?><getmeetings><committee/></getmeetings>", "list of meetings"),
        (b"<?xml version='1.0'?><councillorsbyward><wards/></councillorsbyward>", "empty one"),
        (b"just a sentence about nothing in particular", "no minutes found"),
    ],
)
def test_what_holds_no_minutes_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(MinutebookError, match=reason) as caught:
        read_file(data, "file.x", Given(KENT))
    assert "file.x" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(UnreadableFile, match="50 MB is more than the 40 MB"):
        read_file(bytes(50 * 2**20), "huge.pdf", Given(KENT))


STARTS = (b"", b"%PDF-1.4", b"PK\x03\x04", b"<html>", b"<meeting>", b"\xff\xfe")


@given(some.binary(max_size=300), some.sampled_from(STARTS))
def test_no_bytes_raise_anything_else(data: bytes, start: bytes) -> None:
    try:
        read_file(start + data, "noise", Given(KENT))
    except MinutebookError as error:
        assert "\n" not in str(error)  # noqa: PT017


@pytest.mark.parametrize("begins", [b"", b"<a ", b"BM", b"\x7fELF<p>"])
def test_a_binary_file_is_said_to_be_no_text(begins: bytes) -> None:
    noise = bytes((at * at * 31 + at * 7) % 256 for at in range(20_000))
    with pytest.raises(UnreadableFile, match=r"m\.txt: is no text file"):
        read_file(begins + noise, "m.txt")
