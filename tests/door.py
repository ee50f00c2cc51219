"""The door of the live server: shut between two tests, so that no request is answered while the tables are emptied."""

import threading
from collections.abc import Callable
from typing import Any

Application = Callable[..., Any]


class Door:
    """Wraps what the server answers with. Whoever comes while it is shut gets a 503 that touches no table.

    A test's page may have asked for something that nobody waits for any more: a draft that is saved, a tap that came
    twice. Closing the page does not end such a request, and it would hold rows of the tables that are emptied next.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._changed = threading.Condition()
        self._inside: set[object] = set()
        self._is_open = False

    def open(self) -> None:
        with self._changed:
            self._is_open = True

    def shut(self) -> None:
        """Let nobody in any more and wait for those inside."""
        with self._changed:
            self._is_open = False
            assert self._changed.wait_for(lambda: not self._inside, timeout=60), "a request of the test never ended"

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        visit = object()
        with self._changed:
            if self._is_open:
                self._inside.add(visit)
        if visit not in self._inside:
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return []
        try:
            response = self._application(environ, start_response)
        except BaseException:
            self._leave(visit)
            raise
        response.close = self._leaving(visit, response.close)
        return response

    def _leaving(self, visit: object, close: Callable[[], None]) -> Callable[[], None]:
        """An answer has ended when it is closed: only then has the request given its connection back."""

        def close_and_leave() -> None:
            try:
                close()
            finally:
                self._leave(visit)

        return close_and_leave

    def _leave(self, visit: object) -> None:
        with self._changed:
            self._inside.discard(visit)
            self._changed.notify_all()
