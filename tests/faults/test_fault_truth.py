"""A crawl of the clean sample against the sample's own truth: every meeting, item, member, vote and document.

What a door does not tell is named here, with its reason; all else is equal.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pytest
from nights import OLDEST, RESTRICTED, VOTES, FewMeetings, Home, Serving, truth

from archive.model import Committee, Document, Item, Meeting, Member, MinutesStatus
from crawler.sample import Options, serve

TEN_YEARS = FewMeetings(every=7)
"""A seventh of the meetings, of all ten years, in the ways of minuting of four clerks."""


@dataclass(frozen=True)
class Crawled:
    """What is held of the sample, and what is true of it."""

    held: Mapping[str, Meeting]
    true: Mapping[str, Meeting]
    members: tuple[Member, ...]
    committees: tuple[Committee, ...]
    url: str
    by_service: bool


@pytest.fixture(scope="module", params=["service", "pages"])
def crawled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    home, by_service = Home(tmp_path_factory.mktemp("truth") / "home"), request.param == "service"
    with pytest.MonkeyPatch.context() as patch, serve(TEN_YEARS, options=Options(service=by_service)) as site:
        patch.setattr("web.crawling.StoppableClock", lambda: home.clock)
        home.add(site.url)
        answer = home.crawl()
        assert (answer.status, answer.failures) == (0, [])
        with home.store() as store:
            members, committees = store.members(), store.committees()
        true = {each.id: each for each in site.meetings() if each.id}
        yield Crawled(home.held(), true, members, committees, site.url, by_service)


def items(meetings: Mapping[str, Meeting]) -> list[Item]:
    return [item for _, meeting in sorted(meetings.items()) for item in meeting.items]


def test_every_meeting_is_held(crawled: Crawled) -> None:
    assert sorted(crawled.held) == sorted(crawled.true)
    assert len(crawled.held) > 50
    for key, meeting in crawled.true.items():
        assert bare(crawled, crawled.held[key]) == bare(crawled, meeting)


def bare(crawled: Crawled, meeting: Meeting) -> Meeting:
    """The meeting without its items and documents, which have tests of their own.

    `GetMeeting` says of minutes only that they are out: drafts are published by its word.
    """
    out = meeting.minutes is MinutesStatus.DRAFT and crawled.by_service
    return replace(
        meeting, items=(), documents=(), minutes=MinutesStatus.PUBLISHED if out else meeting.minutes)


def test_every_item_is_held_with_all_its_text_and_whoever_is_named_in_it(crawled: Crawled) -> None:
    held, true = items(crawled.held), items(crawled.true)
    assert len(held) == len(true) > 400
    linked: list[bool] = []
    for mine, said in zip(held, true, strict=True):
        parts = ("id", "number", "title", "procedural", "restricted", "url", "agenda")
        assert {each: getattr(mine, each) for each in parts} == {each: getattr(said, each) for each in parts}
        assert tuple(replace(each, speaker=None) for each in mine.paragraphs) == said.paragraphs
        assert [each.name for each in mine.people] == [each.name for each in said.people]
        links = [(one.member, other.member) for one, other in zip(mine.people, said.people, strict=True)]
        assert all(link in (None, true) for link, true in links)
        linked += [link is not None for link, true in links if true]
    assert sum(linked) / len(linked) > (0.98 if crawled.by_service else 0.9)    # pages say no terms of office


def test_every_resolution_is_held_with_its_vote(crawled: Crawled) -> None:
    for mine, said in zip(items(crawled.held), items(crawled.true), strict=True):
        assert mine.resolutions == said.resolutions
    votes = [each.vote for item in items(crawled.true) for each in item.resolutions if each.vote]
    assert len(votes) > 30
    assert any(vote.names.for_ and vote.abstain is not None for vote in votes)


def test_every_member_and_committee_is_held(crawled: Crawled) -> None:
    """Beside those in office the archive has whoever left and is named in minutes: by a link, without party or ward."""
    said = TEN_YEARS.members(crawled.url)
    listed = {each.id: each if crawled.by_service else replace(each, terms=()) for each in said}
    held = {each.id: each for each in crawled.members}
    assert {key: held.get(key) for key in listed} == listed
    assert all(each.party is None and each.ward is None for key, each in held.items() if key not in listed)
    assert {each.id: each.name for each in crawled.committees} == {
        each.id: each.name for each in TEN_YEARS.committees()}


def test_every_document_of_an_item_is_held(crawled: Crawled) -> None:
    """The page names no restricted document."""
    for mine, said in zip(items(crawled.held), items(crawled.true), strict=True):
        told = [each for each in said.documents if crawled.by_service or not each.restricted]
        assert [each.id for each in mine.documents] == [each.id for each in told]
        pairs = zip(mine.documents, told, strict=True)
        assert all(as_told(crawled, one, mine) == as_told(crawled, other, mine) for one, other in pairs)


def as_told(crawled: Crawled, document: Document, item: Item) -> Document:
    """A document as both doors tell it.

    `GetMeeting` gives its address by the other name, `mgConvert2PDF.aspx?ID=`. The page links the first document by the
    title of its item, so that its own is not told.
    """
    if crawled.by_service:
        return replace(document, url=None)
    first = document.id == item.documents[0].id
    return replace(document, title=item.title) if first else document


def test_every_document_of_a_meeting_is_held(crawled: Crawled) -> None:
    """By the pages: `GetMeeting` does not tell the packs of a meeting."""
    for key, meeting in crawled.true.items():
        assert crawled.held[key].documents == (() if crawled.by_service else meeting.documents)


@pytest.mark.parametrize("options", [{}, {"service": False}])
def test_minutes_that_are_only_printed_are_read_item_by_item(
    home: Home, serving: Serving, options: dict[str, bool]
) -> None:
    """By a PDF whose lines end unevenly, with titles such as "One Ambleshire: the Secretary of State's decision"."""
    numbers = (OLDEST, VOTES, RESTRICTED)
    with serving(printed_only=frozenset(numbers), **options) as site:
        home.crawl()
        held, true = home.held(), truth(site)
        for key in (f"ambleshire/meetings/{number}" for number in numbers):
            assert [item.title for item in held[key].items] == [item.title for item in true[key].items]
            mine, said = ([[each.text for each in item.paragraphs] for item in found[key].items]
                          for found in (held, true))  # fmt: skip
            assert mine == said
