"""The bundled council's pages without a socket, for the tests of the walk over a ModernGov site."""

from collections.abc import Callable, Iterable, Iterator
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
WELSH_ROOT = "http://127.0.0.1:8901/"


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
    """The sample's pages without a socket, on a `day` from the first. `fault` answers first; `asked` is the log."""

    options: Options = field(default_factory=Options)
    fault: Callable[[Request], Reply | FetchError | None] = well
    asked: list[str] = field(default_factory=list)
    day: int = 0
    _welsh: bool = False
    answers: dict[str, KeptPage] = field(default_factory=dict)

    def get(self, url: str) -> Page:
        self.asked.append(url.removeprefix(ROOT))
        self._welsh = url.startswith(WELSH_ROOT)
        path = urlsplit(url).path.removeprefix("/").replace("%20", " ")
        request = Request("GET", path, read_parameters(url), {})
        reply = self.fault(request) or self.reply(request)
        if isinstance(reply, FetchError):
            raise reply
        location = dict(reply.headers).get("Location")
        if location is not None:
            return self.get(ROOT + location)
        page = Answer(url, reply.status, "", reply.content_type, reply.body).page()
        self.answers[url] = KeptPage(page, NIGHT + timedelta(self.day))
        return page

    def reply(self, request: Request, **changed: str) -> Reply:
        request = replace(request, parameters=dict(request.parameters) | changed)
        if self._welsh:
            return pages.answer(View(sample(), self.options, WELSH_ROOT, ROOT, welsh=True), request)
        return pages.answer(View(sample(), self.options, ROOT, WELSH_ROOT), request)

    def source(self, shut: Iterable[str] = (WELSH,), welsh: str | None = None) -> ModernGovSource:
        """The source of that day, when it knows that some doors are `shut`; else that nothing is in Welsh."""
        now = NIGHT + timedelta(self.day)
        doors = Doors({str(name): Door(worked=False, failures=3, tried=now) for name in shut}, now)
        return ModernGovSource(sample().council(ROOT), self.get, now.date(), doors=doors, welsh=welsh)

    def another(self, day: int) -> Kept:
        """It is `day`, and nothing was asked yet; what was answered until now is kept."""
        before = dict(self.answers)
        self.asked.clear()
        self.day = day
        return before.get

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
    return announced_as(one)


def announced_as(meeting: Meeting) -> Announced:
    """What the lists announce of a meeting of the sample."""
    assert meeting.id is not None
    assert meeting.committee is not None
    assert meeting.start is not None
    return Announced(meeting.id, meeting.committee, meeting.start)


def held() -> Announced:
    return some(MeetingStatus.HELD, MinutesStatus.PUBLISHED)


def words(meeting: Meeting) -> list[list[str]]:
    return [[paragraph.text for paragraph in item.paragraphs] for item in meeting.items]
