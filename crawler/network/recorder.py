"""Keeps every answer before anything reads it, tells the ledger of every request, and sends again what is known.

Asking with validators (RFC 9110, section 13) spares a site the sending of what did not change: the answer is then the
earlier one.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from archive.captures import Capture, CaptureWriter
from archive.errors import Unreachable
from archive.model import CouncilId
from archive.runs import Asked
from crawler.clock import Clock
from crawler.network.answers import Answer
from crawler.network.memory import Earlier, Ledger, Memory, earlier_answer
from crawler.network.transport import Exchange, Transport, Unwanted

log = logging.getLogger("minutebook.fetch")


@dataclass(frozen=True, slots=True)
class Books:
    """Where it is written: captures, the ledger's lines under the name of `council`, and what earlier nights left."""

    captures: CaptureWriter
    ledger: Ledger
    memory: Memory
    council: CouncilId | None


class Recorder:
    """Makes requests that are written down."""

    def __init__(self, transport: Transport, books: Books, clock: Clock) -> None:
        self._transport, self._books, self._clock = transport, books, clock
        self._recorded: list[Capture] | None = None
        self._why = ""

    @contextmanager
    def recording(self, why: str, recorded: list[Capture] | None) -> Iterator[None]:
        """Puts the captures of what is asked inside into `recorded`, if there is one; `why` goes to the ledger."""
        before = self._recorded, self._why
        self._recorded, self._why = recorded, why
        try:
            yield
        finally:
            self._recorded, self._why = before

    def answer(self, url: str, waited: float | None) -> Answer:
        """The answer to one request, made `waited` seconds after the last. Raises `Unreachable` or `CaptureError`."""
        earlier = earlier_answer(url, self._books.memory)
        at = self._clock.now()
        answered, status, size, capture = None, 0, 0, None
        try:
            exchange = self._transport.exchange(url, earlier.conditions if earlier else {})
            answered, status, size = self._clock.now(), exchange.status, len(exchange.body)
            capture = self._keep(url, exchange, earlier, answered)
        except Unwanted as refused:
            status = refused.status
            raise
        finally:
            took = max(0.0, ((answered or self._clock.now()) - at).total_seconds())
            asked = Asked(self._books.council, url, self._why, at, status, size, waited, took)
            log.info("%s %d %d bytes in %.2f s", url, status, size, took)
            self._books.ledger(asked, capture)
        return self._read(url, exchange, earlier, capture)

    def _keep(self, url: str, exchange: Exchange, earlier: Earlier | None, fetched: datetime) -> Capture:
        writer, headers = self._books.captures, exchange.headers.items()
        if exchange.status == 304 and earlier is not None:
            return writer.not_modified(url, headers, earlier.capture, fetched)
        return writer.response(url, exchange.status, exchange.reason, headers, exchange.body, fetched)

    def _read(self, url: str, exchange: Exchange, earlier: Earlier | None, capture: Capture) -> Answer:
        """What the exchange means: of what did not change, the earlier answer."""
        if exchange.status == 304 and earlier is None:
            raise Unreachable(url, "answers that nothing changed (status 304) to a request that did not ask that")
        if self._recorded is not None:
            self._recorded.append(capture)
        if exchange.status == 304 and earlier is not None:
            return Answer(url, 200, "OK", earlier.capture.content_type, earlier.body)
        headers = exchange.headers
        return Answer(
            url, exchange.status, exchange.reason, headers.get("Content-Type", ""), exchange.body,
            location=headers.get("Location"), retry_after=headers.get("Retry-After"),
        )
