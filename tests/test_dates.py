"""Dates and times as councils print them."""

from datetime import date, datetime, time

import pytest

from archive.model import LONDON
from crawler.minutes.dates import uk_date, uk_datetime, uk_time


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("24/11/2022", "2022-11-24T00:00"), ("Thursday, 24th November, 2022 10.30 am", "2022-11-24T10:30"),
        ("26 January 2017 2.00 p.m.", "2017-01-26T14:00"), ("16\xa0Mar\xa02026 6.30\xa0pm", "2026-03-16T18:30"),
        ("24th-Nov-2025 09.00", "2025-11-24T09:00"), ("24-Jul-2024 14.00", "2024-07-24T14:00"),
        ("Dydd Iau, 9fed Hydref, 2014 2.00 o'r gloch", "2014-10-09T14:00"), ("202603161830", "2026-03-16T18:30"),
        ("2026-03-16", "2026-03-16T00:00"), ("Thursday 18th November, 2021\n6.30 pm", "2021-11-18T18:30"),
        ("held at 10.00 am on Thursday, 30 January 2025.", "2025-01-30T10:00"), ("1 May 2023 at 12 noon",
        "2023-05-01T12:00"),
        ("02/03/21 7pm", "2021-03-02T19:00"), ("MONDAY, 16TH MARCH, 2015, AT 9.45 A.M.", "2015-03-16T09:45"),
        ("Wednesday, June 5, 2024 at 19:00 hours", "2024-06-05T19:00"), ("5th June '24 at 7pm", "2024-06-05T19:00"),
        ("ddydd Mercher, 3ydd Gorffennaf, 2024 am 10.00 y.b.", "2024-07-03T10:00"),
        ("Wed 5 Jun 2024, 12.00 noon", "2024-06-05T12:00"), ("5 Mehefin 2024 am 7.00 yr hwyr", "2024-06-05T19:00"),
        ("the twenty-fifth of June 2024 at 7.30pm", "2024-06-25T19:30"),
        ("4ydd o Fawrth 2024 am hanner dydd", "2024-03-04T12:00"), ("1af o Fai 2024, 2 o'r gloch", "2024-05-01T14:00"),
        ("21ain o Fedi 2024", "2024-09-21T00:00"), ("Mehefin 4ydd, 2024 7.00 yr hwyr", "2024-06-04T19:00"),
        ("04.03.2024 7pm", "2024-03-04T19:00"), ("4-3-2024 at 1930 hours", "2024-03-04T19:30"),
        ("2024/03/04 19:30", "2024-03-04T19:30"), ("3-4 March 2026 10.00 am", "2026-03-03T10:00"),
        ("3rd & 4th March 2026 at 12 noon", "2026-03-03T12:00"),
        ("Wednesday, 24th February, 2016 7.00 pm (adjourned at 12.20 am)", "2016-02-24T19:00"),
        ("1st day of March 2021", "2021-03-01T00:00"), ("5 June 2024 12.15 am", "2024-06-05T00:15"),
    ],
)  # fmt: skip
def test_a_moment_is_local_time_day_first(text: str, moment: str) -> None:
    assert uk_datetime(text) == datetime.fromisoformat(moment).replace(tzinfo=LONDON)
    assert uk_date(text) == date.fromisoformat(moment[:10])


@pytest.mark.parametrize("text", ["", "31/02/2021", "Item 3.50", "18/00335/FUL", "May 2021", "13/13/2021",
"Constitution", "4.3.24", "1.10.2", "2024.03.04", "07700-900-2021", "4-3-2024-11"])
def test_what_is_no_date(text: str) -> None:
    assert uk_date(text) is None
    assert uk_datetime(text) is None


@pytest.mark.parametrize(("text", "shown"), [("10.30 am", "10:30"), ("19:30", "19:30"), ("2.00 pm", "14:00"),
("7pm", "19:00"),
                                             ("1400 hours", "14:00"), ("0930hrs", "09:30"), ("midday", "12:00"),
                                             ("hanner dydd", "12:00"), ("7 o'r gloch yr hwyr", "19:00"),
                                             ("7.30yh", "19:30"), ("10.00 y bore", "10:00"), ("2760 hours", None),
                                             ("1400", None), ("25.00", None), ("", None)])  # fmt: skip
def test_times(text: str, shown: str | None) -> None:
    found = uk_time(text)
    assert (found and f"{found:%H:%M}") == shown


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("7.00 - 10.15 pm", time(19)), ("7.00 pm - 10.15 pm", time(19)), ("10.00 - 1.15 pm", time(10)),
        ("10.00am to 1.15 pm", time(10)), ("9.30–11.00 am", time(9, 30)), ("10.30 - 12 noon", time(10, 30)),
        ("10.00 to 12.30 pm", time(10)), ("6-8 pm", time(18)), ("7.00 yh", time(19)), ("10.00yb", time(10)),
    ],
)
def test_a_span_begins_with_its_first_time(text: str, at: time) -> None:
    assert uk_time(text) == at
