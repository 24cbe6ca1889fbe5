"""Asks one address until it is answered: in its turn, within the run's budget, again after what fails in passing."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from archive.errors import LeftAlone
from crawler.network.answers import Answer
from crawler.network.durations import spoken
from crawler.network.limits import Limits
from crawler.network.politeness import back_off, retry_after
from crawler.network.queues import Resting, TooLate
from crawler.network.recorder import Recorder
from crawler.network.shared import Shared
from crawler.network.transport import Interrupted, NoAnswer
from crawler.walls import walled

log = logging.getLogger("minutebook.fetch")


class Patience:
    """`requests` is how many were made so far."""

    def __init__(self, recorder: Recorder, limits: Limits, shared: Shared) -> None:
        self.requests = 0
        self._recorder, self._limits, self._shared = recorder, limits, shared
        self._deadline = limits.deadline(shared.started)

    def ask(self, url: str, pause: float) -> Answer:
        """The answer to `url`, `pause` seconds or more after the domain was asked last; the breaker learns of it.

        Raises `LeftAlone`, `OutOfBudget`, `Unreachable` or `CaptureError`.
        """
        breaker = self._shared.breaker
        breaker.check(url)
        try:
            answer = self._at_last(url, pause)
        except NoAnswer as failure:
            breaker.failed(url, failure.reason)
            raise
        if refusal := answer.said if answer.fails else walled(answer.body):
            breaker.failed(url, refusal)
        else:
            breaker.answered(url)
        return answer

    def _at_last(self, url: str, pause: float) -> Answer:
        """The first answer that is not worth another attempt."""
        for wait in back_off(self._limits.pauses, self._shared.random):
            with self._turn(url, pause) as kept:
                answer = self._unless_passing(url, kept, wait)
            if answer is not None:
                return answer
        with self._turn(url, pause) as kept:
            answer = self._asked(url, kept)
            self._rest(url, self._wished(answer))
        return answer

    def _unless_passing(self, url: str, kept: float | None, wait: float) -> Answer | None:
        """One answer; `None` when asking again after `wait` seconds, or as many as the site wishes, may help."""
        try:
            answer = self._asked(url, kept)
        except Interrupted as failure:
            log.info("%s; asked again in %.1f s", failure, wait)
            self._rest(url, wait)
            return None
        wished = self._wished(answer)
        again = answer.passing and wished <= self._limits.patience
        self._rest(url, max(wait, wished) if again else wished)
        return None if again else answer

    def _asked(self, url: str, kept: float | None) -> Answer:
        self.requests += 1
        return self._recorder.answer(url, kept)

    def _wished(self, answer: Answer) -> float:
        """The seconds for which a site that fails or refuses asks not to be asked; 0 where it does not."""
        return (retry_after(answer.retry_after, self._shared.clock) or 0.0) if answer.fails else 0.0

    def _rest(self, url: str, seconds: float) -> None:
        if seconds:
            self._shared.queues.rest(self._shared.queues.key(url), seconds)

    @contextmanager
    def _turn(self, url: str, pause: float) -> Iterator[float | None]:
        """Our turn to ask the domain of `url`, if there is one within the budget."""
        self._limits.check_requests(url, self.requests)
        queues, patience = self._shared.queues, max(pause, self._limits.patience)
        try:
            with queues.turn(queues.key(url), pause, patience=patience, latest=self._deadline) as kept:
                yield kept
        except TooLate as late:
            raise self._limits.out_of_time(url) from late
        except Resting as resting:
            said = f"the site asks to be left alone for another {spoken(resting.seconds)} (Retry-After)"
            raise LeftAlone(url, f"{said}; try again later") from resting
