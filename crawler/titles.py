"""Titles of agenda items and documents without what sites print beside them, and which items are mere procedure."""

import re

from crawler.blocks import one_line

_AFTER = re.compile(
    r"(?: \(?(?:pdf|docx?|xlsx?|pptx?|rtf|html?|zip|txt|csv)(?: (?:icon|eicon))?,? [0-9.,]+ ?[kmg]b\)?| \((?:agenda )?(?:item|eitem) [0-9]+[a-z]?\.?\)|"
    r" ref: ?[0-9]+| \[?pdf\]?| (?:pdf|word) (?:icon|eicon)| View the (?:decision|background|full \w+ text).{0,80})\Z",
    re.IGNORECASE,
)


def clean_title(text: str) -> str:
    """`text` on one line without file size, reference and item number that trail it."""
    title = one_line(text)
    while (found := _AFTER.search(title, max(0, len(title) - 150))) and found.start() > 0:
        title = title[:found.start()].rstrip()
    return title


_NOISE = re.compile(r"[^a-zâêîôûŵŷäëïöü ]+")
_PROCEDURAL = re.compile(
    r"(?:to )?(?:(?:receive|note|consider|record|approve|confirm|sign|agree|accept|receive and note|approve and sign|any|the) )*(?:"
    r"apolog(?:y|ies)(?: for (?:absence|lateness|inability to attend))?.{0,60}|ymddiheuriadau.{0,40}|"
    r"(?:members? )?(?:declarations?|disclosures?|notification) of (?:members? |councillors? |any |pecuniary |disclosable |personal |other )*(?:interests?|lobbying|gifts).{0,60}|"
    r"(?:disclosable )?pecuniary interests?|members interests|interests|datgan(?:iadau)? (?:o )?(?:f?uddiannau|f?uddiant|diddordeb).{0,40}|"
    r"minutes|minutes of (?:the )?(?:previous|last|meetings?|proceedings).{0,120}|(?:previous|last) minutes|confirmation of (?:the )?(?:previous )?minutes.{0,80}|"
    r"(?:draft )?minutes .{0,20}(?:previous|last|held).{0,100}|cofnodion.{0,80}|"
    r"exclusion of (?:the )?(?:press|public).{0,80}|(?:press and public|public and press).{0,20}|gwahardd y (?:wasg|cyhoedd).{0,60}|eithrio.{0,40}|"
    r"date and time of (?:the )?next meeting.{0,60}|(?:date|time|dates) of (?:the )?(?:next|future) meetings?.{0,60}|next meeting.{0,40}|dyddiad y cyfarfod nesaf.{0,40}|"
    r"(?:any )?(?:other )?urgent (?:business|items?|matters?).{0,80}|items? of urgent business.{0,60}|any other (?:urgent )?business.{0,60}|aob|"
    r"(?:any )?(?:other )?items? (?:which )?the (?:chairman|chair|chairperson).{0,80}urgent.{0,20}|mater(?:ion)? brys.{0,60}|unrhyw fater.{0,60}|"
    r"public (?:questions?|question time|participation|speaking|forum).{0,60}|questions? (?:from|by) (?:the |members of the )?public.{0,60}|"
    r"public questions and petitions|petitions|cwestiynau (?:gan y |y )?cyhoedd.{0,40}|"
    r"substitutes?|substitutions?|(?:attendance|notification) (?:by|of) (?:reserve|substitute) members.{0,40}|notification of substitutes.{0,20}|"
    r"appointment of (?:a )?(?:chair|vice)(?:man|person)? for the meeting|election of (?:a )?(?:chair|vice chair|vice)(?:man|person)?.{0,80}|"
    r"(?:mayors?|lord mayors?|chairs?|chairmans?|chairpersons?|leaders?|chief executives?) (?:announcements?|communications?|opening remarks|introduction).{0,60}|announcements?|"
    r"welcome(?: and introductions?)?.{0,40}|introductions?|croeso|filming.{0,60}|webcasting.{0,60}|webcast notice|emergency (?:evacuation )?procedures?|fire (?:alarm|evacuation).{0,40}|"
    r"roll call|prayers?|gweddi|part (?:a|b|i|ii|one|two|\d).{0,60}|(?:public|private|open|exempt|confidential|unrestricted|restricted) (?:items?|session|business)|"
    r"close of meeting|adjournment|(?:order|membership|terms) of (?:business|the (?:committee|panel|board))|changes? (?:to|in) (?:order of business|membership).{0,40}|"
    r"(?:administrative )?(?:duration|length) of meeting)\Z"
)


def is_procedural(title: str) -> bool:
    """Whether an item of this title is routine at every meeting: apologies, declarations, minutes of the last meeting."""
    plain = one_line(_NOISE.sub(" ", title.lower().replace("’", "").replace("'", "")))
    return len(plain) < 250 and bool(_PROCEDURAL.match(plain))
