"""Titles without what trails them, and which are mere procedure."""

from time import thread_time

import pytest

from crawler.minutes.titles import clean_title, is_procedural


@pytest.mark.parametrize(
    ("printed", "title"),
    [("Report\n PDF 305 KB", "Report"), ("Budget (Item 3)", "Budget"), ("Plan ref: 13567", "Plan"),
     ("A pdf eicon PDF 98 KB", "A"),
     ("Plan, PDF 1.5 MB", "Plan,"), ("PDF 3 KB", "PDF 3 KB"), ("Budget (Part 2)", "Budget (Part 2)"),
     ("Work Programme (Pages 31 - 36)", "Work Programme"), ("Plan [pages 3-4] PDF 3 KB", "Plan"),
     ("Cynllun (Tudalennau 3 - 9)", "Cynllun"), ("Rates (Agenda item no. 7)", "Rates"),
     ("Homes (10 - 14)", "Homes (10 - 14)"),
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
        "Sederunt and Apologies", "Chairman's Welcome & Apologies",
        "Welcome, Introductions and Apologies for Absence", "Attendance and Apologies",
        "Apologies for Absence / Ymddiheuriadau", "Chair's Welcome", "Welcome to Members",
        "Declarations of Personal and Prejudicial Interest", "Declarations of Interest and Party Whip",
        "Disclosure of Disclosable Pecuniary Interests", "Declarations of any interests by Members and Officers",
        "Members' Declarations of Interests", "Receipt of Declarations of Acceptance of Office",
        "Declaration of Acceptance of Office", "Dispensation requests", "Requests for dispensations", "Party Whip",
        "Declarations of Lobbying", "To receive any disclosures of interest from members and officers",
        "Conflicts of Interest", "Declarations of Interest under the Code of Conduct", "Datgan Buddiannau",
        "Datgan cysylltiad personol", "Datganiadau o fuddiannau personol", "Cyhoeddiadau'r Cadeirydd",
        "Croeso ac ymddiheuriadau", "Cadarnhau'r cofnodion", "Cymeradwyo cofnodion y cyfarfod diwethaf",
        "I dderbyn ymddiheuriadau", "Derbyn ymddiheuriadau am absenoldeb", "Gwahardd y Wasg a'r Cyhoedd",
        "Eithrio’r Wasg a’r Cyhoedd", "Gwahardd aelodau'r cyhoedd", "Materion Brys", "Unrhyw fater arall",
        "Busnes brys", "Dyddiad y cyfarfod nesaf", "Dyddiad ac amser y cyfarfod nesaf", "Ethol Cadeirydd",
        "Ethol Is-gadeirydd", "Penodi Is-Gadeirydd", "Materion yn codi o'r cofnodion",
        "Minutes of the Annual Meeting", "Minutes of Annual Council",
        "Minutes of the Extraordinary Meeting held on 3 May", "Minutes - 14 March 2024", "Minutes of 14 March",
        "Minutes for approval", "Minutes and Matters Arising", "Draft Minutes", "Confirmation of Minutes",
        "To confirm the accuracy of the minutes", "Record of the previous meeting", "Notes of the last meeting",
        "Minute of Previous Meeting", "Matters arising",
        "To consider whether to exclude the public for the following item",
        "Resolution to Exclude the Press and Public", "Exclude the public and press", "Exclusion of Public",
        "Exclusion of the Public and Press from the Meeting", "To pass a resolution to exclude the press and public",
        "Exempt Information", "Items containing exempt information", "Confidential Matters", "Exempt Items",
        "Any other competent business", "AOCB", "A.O.B.", "Competent Urgent Business",
        "Any other business which the Chairman decides is urgent", "Any other items the Chair considers urgent",
        "Urgent items", "Items of Urgent Business", "Late items", "Matters of urgency", "Dates of Future Meetings",
        "Future meeting dates", "Date, Time and Venue of Next Meeting", "Next meeting",
        "To note the date of the next meeting", "Public Participation", "Public Statements",
        "Questions from members of the public", "Questions and Petitions from the Public", "Petitions", "Deputations",
        "Petitions and Deputations", "Deputations and petitions", "Open Forum", "Public Speaking",
        "Statements by members of the public", "Election of Chairman", "Election of Chair and Vice-Chair",
        "Appointment of Convener", "Appointment of Depute Convener", "To elect a Chairman", "Elect a Vice-Chair",
        "Election of Lord Mayor", "Vice-Chair Appointment", "Chairperson's Business", "Lord Mayor's Business",
        "Mayoral Announcements", "Chair's Announcements", "Announcements by the Mayor", "Communications",
        "Mayor’s Communications", "Webcasting Notice", "Notice of Webcasting", "Filming of Meetings",
        "Fire Evacuation Procedure", "Prayers", "Opening Prayer", "Minute's Silence", "Notice of Meeting",
        "Summons to attend", "Close of Meeting", "Order of Business", "Variation to Order of Business", "Call Over",
        "PART 1 - FORMAL BUSINESS", "PART A - OPEN TO THE PUBLIC", "PART B - NOT OPEN TO THE PUBLIC", "Part II",
        "In Committee", "Roll Call", "Substitutes", "Reserve Members", "Notification of Substitutes", "Absence",
        "Reasons for absence", "Adjournment", "Chairman's Remarks", "Quorum", "Leave of Absence",
        "Leave of Absence - Councillor Fell", "Gwasg a'r cyhoedd",
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
     "Declaration of a climate emergency", "Declaration of a Nature Emergency", "Datganiad Argyfwng Tai",
        "Minutes of the Pension Board", "Minutes of the Pension Fund Investment Panel",
        "Interest Rates and Borrowing", "Interests in Land at Cairnhope – Community Right to Buy",
        "Exclusions from School, Session 2022/23", "Exclusion Zones around Clinics", "Urgent Repairs to Pier",
        "Urgent Care: Winter", "Attendance at School: Autumn Term", "Review of the Petitions Scheme",
        "Apology to Former Residents of Craigdarn House", "Welcome Back Fund", "Public Participation Strategy",
        "Public Speaking Protocol", "Petitions Scheme", "Absence Management", "Petition: Save Dockside Library",
        "Public Health", "Public Space Protection Order", "Public Sector Equality Duty", "Private Sector Housing",
        "Private Hire Licensing", "Open Space Assessment", "Open Spaces", "Part Night Lighting", "Part-time Working",
        "Partnership Working", "Communications Strategy", "Communications and Engagement", "Membership",
        "Reserve Fund Transfers", "Reserves", "Date of Local Elections", "Next Generation Broadband",
        "Chair Lift at Town Hall", "Mayor's Charity", "Lord Mayor's Charity Appeal", "Election of Leader",
        "Election results", "Election Costs", "Appointment of Independent Person", "Members' Allowances",
        "Order of St John", "Other Business Rates Reliefs", "Emergency Planning", "Emergency Procurement",
        "Health and Safety Annual Report", "Fire Service Update", "Fire Authority Precept", "Notice of Motion: Bees",
        "Matters of Concern to Residents", "Business Rates", "Confidential Reporting Code", "Restricted Byways",
        "Confidential Waste", "Record of Decisions", "Exempt Accommodation",
        "Exclusion of public vehicles from the High Street", "Question of Trust", "Public Question Time Review",
        "Meeting Housing Need", "Meetings Schedule 2025", "Calendar of Meetings", "Substitute Teachers Pay",
        "Public Transport", "Public Toilets", "Announcement of Grant Funding Scheme", "Recording of Deaths",
        "Adjournment Debate Rules", "Gifts and Hospitality Policy", "Deputation from Hethwick Residents on Flooding",
        "Presentation by Police", "Cofnodi Eiddo", "Cyfarfod Ieuenctid", "Datganiad Polisi Trwyddedu", "Rhanbarth",
        "Public Sessions Court", "Lobbying of Government for Rail", "Prayer Room Provision", "Present Use of Halls",
        "Attendance Allowance",
     "Interest Rates and Treasury", "Attendance at School", "", "Minutes " + "x" * 300],
)  # fmt: skip
def test_items_of_substance(title: str) -> None:
    assert not is_procedural(title)


@pytest.mark.parametrize("words", ["mayor ", "to a the ", "derbyn ", "exempt and confidential ", "strategy 2 "])
def test_no_title_takes_long(words: str) -> None:
    started = thread_time()
    assert not is_procedural((words * 100)[:240] + " x y")
    assert thread_time() - started < 0.2
