"""Replies of the web service whose texts are encoded too often, and titles of documents that links alone name."""

import pytest

from archive.model import Item
from crawler.moderngov.pages import read_meeting as read_page
from crawler.moderngov.service import read_meeting
from crawler.source import Page

URL = "https://democracy.ambleshire.example/"
REPLY = (
    '<?xml version="1.0" encoding="utf-8"?><meeting><meetingid>5</meetingid><meetingdate>06/09/2022</meetingdate>'
    "<minutepublished>True</minutepublished><agendaitems><agendaitem><agendaitemid>1</agendaitemid>{}</agendaitem>"
    "<agendaitem><agendaitemid>2</agendaitemid><agendaitemtitle>Next &amp;amp; last</agendaitemtitle></agendaitem>"
    "</agendaitems></meeting>"
)


def read(item: str) -> Item:
    page = Page(f"{URL}mgWebService.asmx/GetMeeting?lMeetingId=5", 200, "text/xml", REPLY.format(item).encode())
    first, second = read_meeting(page).items
    assert second.title == "Next & last"    # whatever stands before it
    return first


@pytest.mark.parametrize(
    ("encoded", "title"),
    [
        ("Chair&#39;s &amp; Vice", "Chair's & Vice"), ("Chair&amp;#39;s &amp;amp; Vice", "Chair's & Vice"),
        ("Chair&amp;amp;#39;s &amp;amp;amp; Vice", "Chair's & Vice"), ("R&amp;D at AT&amp;T", "R&D at AT&T"),
        ("&lt;b&gt;Budget&lt;/b&gt; 2 &lt; 3", "Budget 2 < 3"),
        ("Budget \x0b\x02now &#x2;&#11;&amp; then", "Budget now & then"),
        ("\n", ""),
    ],
)  # fmt: skip
def test_titles_are_read_however_often_they_were_encoded(encoded: str, title: str) -> None:
    assert read(f"<agendaitemtitle>{encoded}</agendaitemtitle>").title == title


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("&lt;p&gt;It cost &amp;pound;5 &amp;amp; more.&lt;/p&gt;", ["It cost £5 & more."]),
        ("&lt;p&gt;It cost &amp;amp;pound;5 &amp;amp;amp; &amp;amp;#39;more&amp;amp;#39;.&lt;/p&gt;",
         ["It cost £5 & 'more'."]),
        ("&amp;lt;p&amp;gt;One.&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;Two &amp;amp;nbsp;now.&amp;lt;/p&amp;gt;",
         ["One.", "Two now."]),
        ("&lt;p&gt;If a &amp;lt; b, then c &amp;lt;p.&lt;/p&gt;", ["If a < b, then c <p."]),
        ("No markup: 1 &lt; 2.", ["No markup: 1 < 2."]), ("<![CDATA[<p>One &amp; two.</p>]]>", ["One & two."]),
        ("&lt;p&gt;A\x03 &amp;pound;5 &#7;B.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;", ["A £5 B.", "Two."]),
    ],
)  # fmt: skip
def test_bodies_are_read_however_often_they_were_encoded(body: str, texts: list[str]) -> None:
    item = read(f"<minutesnonemptyhtmlbody>{body}</minutesnonemptyhtmlbody>")
    assert [paragraph.text for paragraph in item.paragraphs] == texts


@pytest.mark.parametrize(
    ("printed", "number"),
    [("1.", "1"), ("1a", "1a"), ("(1)", "(1)"), ("1.1.", "1.1"), ("77/21", "77/21"), ("1829.", "1829"), ("4 .", "4"),
     ("* 4.", "4"), ("0", None), ("&amp;nbsp;", None), ("&nbsp;", None), ("\n", None), ("4a).", "4a)")],
)  # fmt: skip
def test_numbers_of_items_are_as_printed(printed: str, number: str | None) -> None:
    assert read(f"<fulldisplaynumberformat>{printed}</fulldisplaynumberformat>").number == number


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Link&#32;to&#32;document", "Flooding"), ("Link to document &#39;Survey of drains&#39;", "Survey of drains"),
        ("Link to document &#39;Members&#39; survey&#39; pdf file", "Members' survey"), ("", "Flooding"),
        ("Dolen i ddogfen “Arolwg”", "Arolwg"), ("Flooding", "Flooding"), ("Link to document '' pdf", "Flooding"),
    ],
)  # fmt: skip
def test_the_first_document_of_an_item_is_named_by_its_link(said: str, title: str) -> None:
    body = (
        "<div id='modgov'><h1>Agenda and minutes</h1><h2>Council - Tuesday, 6th September, 2022 2.15 pm</h2>"
        "<table class='mgItemTable'><tr><td class='mgItemNumberCell'>4.</td><td><p class='mgAiTitleTxt'>"
        f"<a class='mgAiTitleLnk' href='documents/s9/Flooding.pdf' title=\"{said}\">Flooding "
        "<span class='mgFileSize'>PDF 1 MB</span></a></p></td></tr></table></div>"
    )
    (item,) = read_page(Page(f"{URL}ieListDocuments.aspx?MId=5", 200, "text/html", body.encode())).items
    assert item.title == "Flooding"
    assert [document.title for document in item.documents] == [title]
