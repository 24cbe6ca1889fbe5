"""Titles without what trails them, and which are mere procedure."""

import pytest

from crawler.minutes.titles import clean_title, is_procedural


@pytest.mark.parametrize(
    ("printed", "title"),
    [("Report\n PDF 305 KB", "Report"), ("Budget (Item 3)", "Budget"), ("Plan ref: 13567", "Plan"),
     ("A pdf eicon PDF 98 KB", "A"),
     ("Plan, PDF 1.5 MB", "Plan,"), ("PDF 3 KB", "PDF 3 KB"), ("Budget (Part 2)", "Budget (Part 2)"),
     ("Map (Word 2 MB)", "Map (Word 2 MB)")],
)  # fmt: skip
def test_what_trails_a_title_goes(printed: str, title: str) -> None:
    assert clean_title(printed) == title


@pytest.mark.parametrize(
    "title",
    [
        "Apologies for Absence", "To receive apologies for absence", "Declarations of Members' Interests",
        "Minutes", "1. Apologies", "MINUTE", "Members' interests", "Datgan buddiannau / Declarations of interest",
        "Minutes of the meeting held on 25 November 2025",
        "To approve as a correct record the minutes of the previous meeting",
        "Exclusion of Press & Public", "Date of Next Meeting", "Any Other Urgent Business", "Urgent Matters",
        "Public Question Time",
        "Chair’s Announcements & Petitions", "PART A - Public Items", "Ymddiheuriadau", "Datganiadau o Fuddiant",
        "Cofnodion y cyfarfod blaenorol", "Eithrio'r cyhoedd", "Welcome and Introductions", "Election of Vice-Chair",
    ],
)  # fmt: skip
def test_routine_items(title: str) -> None:
    assert is_procedural(title)


@pytest.mark.parametrize(
    "title",
    ["Children First Improvement Programme", "Minutes Silence Policy", "Public Health Annual Report",
     "Urgent Care Review", "Work Programme",
     "Exempt Accommodation Strategy", "Petition: Save our Library", "Part-time Working Policy",
     "Appointment of Chief Executive",
     "Interest Rates and Treasury", "Attendance at School", "", "Minutes " + "x" * 300],
)  # fmt: skip
def test_items_of_substance(title: str) -> None:
    assert not is_procedural(title)
