"""Long acts are conducted: in steps, with progress. A background run conducts them, or the terminal."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from django.db import transaction

Report = Callable[[int, int | None], None]


class Conductor(Protocol):
    """What `core.jobs.run.Run` offers to a long act."""

    def report(self, *, done: int | None = None, total: int | None = None) -> None:
        """Show progress, outside any step."""

    def step(self) -> AbstractContextManager[None]:
        """A transaction that is kept only if this conductor may still write."""
        ...


class TerminalConductor:
    """Conducts here and now; `show` gets what is done and the total, as far as it is known."""

    def __init__(self, show: Report | None = None) -> None:
        self._show = show
        self._done, self._total = 0, None

    def report(self, *, done: int | None = None, total: int | None = None) -> None:
        self._done = self._done if done is None else done
        self._total = self._total if total is None else total  # type: ignore[assignment]
        if self._show is not None:
            self._show(self._done, self._total)

    @contextmanager
    def step(self) -> Iterator[None]:
        with transaction.atomic():
            yield
