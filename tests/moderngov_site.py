"""The bundled council's pages without a socket, for the tests of the walk over a ModernGov site."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

from archive.errors import FetchError
from archive.listings import Door
from archive.model import Meeting, MeetingStatus, MinutesStatus
from crawler.moderngov.doors import WELSH, Doors
from crawler.moderngov.source import ModernGovSource
from crawler.network.answers import Answer
from crawler.sample import Options, Reply, Request, SampleCouncil, pages
from crawler.sample.site import View, read_parameters
from crawler.source import Announced, Kept, KeptPage, Page

ROOT = "http://127.0.0.1:8900/"


@cache
def sample() -> SampleCouncil:
    return SampleCouncil(meetings=10)


NIGHT = datetime.combine(sample().today, datetime.min.time(), UTC) + timedelta(hours=2)


def well(_: Request) -> None:
    """No fault: both doors are open."""


def off(request: Request) -> Reply | None:
    """The web service is not there."""
    return Reply(b"no", status=404) if "mgwebservice" in request.path.lower() else None


@dataclass
class Site:
    """The sample's pages without a socket. `fault` answers first; `asked` is the log."""

    options: Options = field(default_factory=Options)
    fault: Callable[[Request], Reply | FetchError | None] = well
    asked: list[str] = field(default_factory=list)
    answers: dict[str, Page] = field(default_factory=dict)

    def get(self, url: str) -> Page:
        self.asked.append(url.removeprefix(ROOT))
        path = urlsplit(url).path.removeprefix("/").replace("%20", " ")
        request = Request("GET", path, read_parameters(url), {})
        reply = self.fault(request) or self.reply(request)
        if isinstance(reply, FetchError):
            raise reply
        location = dict(reply.headers).get("Location")
        if location is not None:
            return self.get(ROOT + location)
        self.answers[url] = Answer(url, reply.status, "", reply.content_type, reply.body).page()
        return self.answers[url]

    def reply(self, request: Request, **changed: str) -> Reply:
        request = replace(request, parameters=dict(request.parameters) | changed)
        return pages.answer(View(sample(), self.options, ROOT), request)

    def source(self, days: int = 0, doors: Doors | None = None, welsh: str | None = None) -> ModernGovSource:
        """The source so many days later; unless told else, it knows that nothing is in Welsh."""
        doors = doors or Doors({WELSH: Door(worked=False, failures=3, tried=NIGHT)}, NIGHT + timedelta(days))
        today = sample().today + timedelta(days)
        return ModernGovSource(sample().council(ROOT), self.get, today, doors=doors, welsh=welsh)

    def kept(self, days: int = 0) -> Kept:
        """The answers until now, as fetched so many days after the first night."""
        then, fetched = dict(self.answers), NIGHT + timedelta(days)
        return lambda url: KeptPage(then[url], fetched) if url in then else None

    def again(self) -> None:
        """Forget what was asked until now."""
        self.asked.clear()

    def asked_of(self, name: str) -> list[str]:
        return [each for each in self.asked if name in each]


def truth(since: date = date.min, until: date = date.max) -> dict[str, str]:
    """Every meeting the sample announces in that time, with its start."""
    announced = (each for each in sample().announced if since <= each.day <= until)
    return {f"ambleshire/meetings/{each.id}": each.start.isoformat() for each in announced}


def seen(announced: Iterator[Announced]) -> dict[str, str]:
    return {each.id: each.start.replace(tzinfo=None).isoformat() for each in announced}


@cache
def some(status: MeetingStatus, minutes: MinutesStatus) -> Announced:
    """The latest meeting of the sample with that status."""
    newest_first = (sample().meeting(each.id) for each in reversed(sample().announced))
    one = next(each for each in newest_first if (each.status, each.minutes) == (status, minutes))
    assert one.id is not None
    assert one.committee is not None
    assert one.start is not None
    return Announced(one.id, one.committee, one.start)


def held() -> Announced:
    return some(MeetingStatus.HELD, MinutesStatus.PUBLISHED)


def words(meeting: Meeting) -> list[list[str]]:
    return [[paragraph.text for paragraph in item.paragraphs] for item in meeting.items]
