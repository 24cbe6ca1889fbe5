"""Families of words that a stemmer joins and a reader does not: a Traveller is no travel, an officer no office.

Snowball's English rules cut endings without knowing what is left: right for close, closed, closing; wrong where the
ending makes another word of it. No rule of letters tells the two apart (adoption belongs to adopt, apartment does not
belong to apart), so these are listed: read out of the words that minutes are made of, sorted by stem, the most
frequent first, where somebody who searches for the one would be surprised by the other. Words not listed stay with
their stem, and in doubt they are not listed: a family torn apart loses what a family too large only ranks lower.
"""

from collections.abc import Iterator, Mapping

_AGENTS = """
accountant accountancy; assistant; attendant; consultant consultancy; container; customer;
engineer engineered engineering; officer; seconder seconded seconding; traveller traveler; undertaker
"""
"""Who does something, or what it is done with, named as often for itself as for that."""

_NOUNS = """
accountability accountable; admiral; allotment; allowance; animal; apartment; association; authority;
business; convention conventional; conversation conversational; corporation; correspondence correspondance;
department departmental; detective; directorate; dispensation; diversion; environment environmental environmentally;
experiment experimental experimented experimenting; festival;
fitness; formation; goods; governance; heading; hospitality; identity; instalment installment; integrity;
locality; majority; marketing; memorial; minority; mobility; mooring; nationality; objective objectively; personality;
president presidency; procession processional; publicity; railing; reading; recession; refreshment; relative relatively;
renewable; reservation; responsibility responsible responsibly; secondment; security; suite; terminal;
training trained; transition transitional; vacation; wedding
"""
"""Things that are more than the deed, the quality or the number that the ending usually names."""

_ADJECTIVES = """
alternate alternately alternated alternating; amenable; applicable; careful carefully; collective collectively;
competent competently competence competency; competitive competitively competitiveness; conservative; considerable
considerably; considerate; consistent consistently consistency; constructive constructively; critical critically;
digital digitally; elderly; evident evidently; exceptional exceptionally; exclusive exclusively; executive; expensive;
extensive extensively; festive festivity; friendly friendliness; grateful gratefully; identical identically; important
importantly importance; incoming; informal informally informality; initial initially initialled; integral; lawful
lawfully lawfulness; liberal; nominal nominally; offensive offensively offensiveness; opposite; original
originally originality; personal personally; polite politely politeness; positive
positively positivity; practicable practicably; practical practically practicality; prospective prospectively;
provisional provisionally; reasonable reasonably reasonableness; respective respectively; several; severe severely
severly severity; successive successively succession; united; useful usefully usefulness
"""
"""Qualities that are no longer what they were made of."""

_ADVERBS = """
closely; definitely definite; fairly; hardly; highly; kindly; largely; lastly; lately; likely; mainly; mostly; namely;
nearly; presently; secondly; shortly
"""

_VERBS = """
activate activated activating activation; appropriation appropriated appropriating;
cooperate cooperated cooperating cooperation cooperative;
designate designated designating designation; emerge emerged emerging emergence; publish publication;
recreate recreated recreating; refusal refused refuses refusing; situate situated; specifi specification;
unite uniting
"""
"""Verbs that share a stem with another word, or have lost what belongs to them; the first word names the family."""

_NAMES = """
barnes; browne; crewe; denis; dominic; forde; harris; julie; keyes; lowe; marie; moore; oliver; owens; poole;
richards; roberts; rogers; staines; thames; wells; williams; worthing
"""
"""Names of people and places that are no forms of brown, harry, pool, well, worth."""

FAMILIES = tuple(tuple(family.split()) for listed in (_AGENTS, _NOUNS, _ADJECTIVES, _ADVERBS, _VERBS, _NAMES)
                 for family in listed.split(";"))
"""Each family's words, without their plurals; the first names it."""


def _numbers(word: str) -> Iterator[str]:
    """`word` and its plural, or the third person of it."""
    yield word
    if word.endswith("y") and word[-2] not in "aeo":
        yield word[:-1] + "ies"
    elif word.endswith("ss"):
        yield word + "es"
    elif not word.endswith("s"):
        yield word + "s"


APART: Mapping[str, str] = {form: family[0] for family in FAMILIES for word in family for form in _numbers(word)}
"""By folded word the stem that it has instead of Snowball's."""
