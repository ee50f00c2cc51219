"""What a job holds in its hand: progress to report, and the fence that keeps a worker given up from writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import override

from sunward.core.jobs.models import JobRun, JobRunQuerySet, RunState


class LeaseLost(Exception):
    """Another worker has taken this run over. Whoever meets this stops; nothing of the current step is kept."""


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt at one job. `attempt` is the fencing token: it only counts up."""

    id: int
    attempt: int

    def report(
        self,
        *,
        done: int | None = None,
        total: int | None = None,
        code: str = "",
        sentence: str | Promise = "",
    ) -> None:
        """Show progress. Call it outside `step`: inside, nobody sees it before the step is over."""
        news: dict[str, Any] = {}
        if done is not None:
            news["done"] = done
        if total is not None:
            news["total"] = total
        if code:
            news |= {"message_code": code, "sentences": in_every_language(sentence)}
        if not self.mine().update(**news):
            raise LeaseLost

    @contextmanager
    def step(self) -> Iterator[None]:
        """A transaction that is kept only if this worker still holds the run: each step happens once in effect.

        The run's row stays locked until the step ends, so that the run cannot be put back in between.
        """
        with transaction.atomic():
            if self.mine().select_for_update().first() is None:
                raise LeaseLost
            yield

    def mine(self) -> JobRunQuerySet:
        return JobRun.objects.filter(pk=self.id, attempt=self.attempt, state=RunState.RUNNING)


def in_every_language(sentence: str | Promise) -> dict[str, str]:
    """The sentence once for each language: who reads it later is not known yet."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            said[language] = str(sentence)
    return said
