"""How a process that serves is told to stop, by a signal or by one of its threads."""

from contextlib import suppress
from queue import Empty, SimpleQueue


class StopRequest:
    """Told once or often, from any thread or signal handler, and never unsaid.

    `threading.Event` must not be set in a signal handler: a second signal while the first is still being handled
    waits for a lock that its own thread holds, for ever. `SimpleQueue.put` may be entered again (Python's
    documentation of `queue` promises it).
    """

    def __init__(self) -> None:
        self._told = False
        self._bell: SimpleQueue[None] = SimpleQueue()

    def tell(self) -> None:
        self._told = True
        self._bell.put(None)

    def was_told(self) -> bool:
        return self._told

    def wait(self, seconds: float | None = None) -> bool:
        """Sleep until told, at most so long. Returns whether it was told. For one waiting thread."""
        if not self._told:
            with suppress(Empty):
                self._bell.get(timeout=seconds)
        return self._told
