"""What the benchmarks of searching ask: sixty queries of all kinds, each also as FTS5 and SQL are asked."""

from typing import NamedTuple


class Asked(NamedTuple):
    """A query of ours; what FTS5 is asked for the same, and what SQL adds for its filters, on the table `facts`."""

    query: str
    match: str
    where: str = ""


def plain(words: str) -> Asked:
    """Words side by side: all of them, in any form."""
    return Asked(words, " ".join(f'"{word}"' for word in words.split()))


def dated(words: str, first: int, last: int) -> Asked:
    """Words in the minutes of some years."""
    span = f"from:{first} to:{last}"
    return Asked(f"{words} {span}".strip(), plain(words).match, f"year between {first} and {last}")


WORDS = (
    "bypass", "potholes", "budget", "climate", "housing", "report", "library", "flood", "school places", "council tax",
    "pension fund", "road safety", "bus services", "flood risk", "adult social care", "special educational needs",
    "library opening hours", "planning application refused", "affordable housing delivery", "household waste recycling",
    "trading standards", "public health", "capital programme", "risk register", "speed limit", "street lighting repair",
    "minutes of the previous meeting", "declarations of interest", "youth justice", "climate emergency action plan",
)
NAMED = "facts.item in (select item from people where name like '%pennyfold%')"
ASKED = (
    *map(plain, WORDS),
    Asked('"school transport"', '"school transport"'),
    Asked('"capital programme"', '"capital programme"'),
    Asked('"be approved"', '"be approved"'),
    Asked('"terms of reference"', '"terms of reference"'),
    Asked('"the committee noted"', '"the committee noted"'),
    Asked("safeguard*", "safeguard*"),
    Asked("highway*", "highway*"),
    Asked("environment* plan*", "environment* plan*"),
    Asked("planning OR housing", '"planning" OR "housing"'),
    Asked("(schools OR academies) transport", '("schools" OR "academies") AND "transport"'),
    Asked("(roads OR highways) (repair OR maintenance)", '("roads" OR "highways") AND ("repair" OR "maintenance")'),
    Asked("budget -council", '"budget" NOT "council"'),
    Asked("waste -recycling", '"waste" NOT "recycling"'),
    Asked("flood NEAR/5 risk", 'NEAR("flood" "risk", 5)'),
    Asked('"road safety" NEAR/10 school', 'NEAR("road safety" "school", 10)'),
    Asked("17/00146/FUL", '"17 00146 FUL"'),
    Asked("kind:resolution approved", 'decided : "approved"'),
    Asked("kind:resolution library", 'decided : "library"'),
    Asked("kind:title school", 'title : "school"'),
    Asked("committee:scrutiny library", '"library"', "committee_name like '%scrutiny%'"),
    Asked("committee:cabinet budget", '"budget"', "committee_name like '%cabinet%'"),
    Asked("committee:planning flood risk", '"flood" "risk"', "committee_name like '%planning%'"),
    dated("", 2020, 9999), dated("bus", 1, 2018), dated("school", 2019, 2021), dated("council tax", 2022, 2022),
    Asked("member:pennyfold", "", NAMED), Asked("member:pennyfold bypass", '"bypass"', NAMED),
    Asked("action:refused", "", "facts.item in (select item from actions where action = 'refused')"),
    Asked("", ""),
)  # fmt: skip
