"""Logs without personal data: of an error, the places and the kind are written, never what it says.

A database error quotes the row, a form error the value; a log is read by more people than a child's file.
"""

import logging
import re
import traceback
from types import TracebackType

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


# What opens a page to whoever holds it is longer than any other part of an address.
_TOKEN = re.compile(r"(?<=/)[\w.:=~-]{40,}", re.ASCII)


class DiscreetFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub("…", super().format(record))

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - the library's name
        lines = []
        error = ei[1]
        while error is not None:
            kind = type(error)
            lines.append(f"{kind.__module__}.{kind.__qualname__}\n" + _places(error.__traceback__))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "caused by ".join(lines).rstrip()


def _places(trace: TracebackType | None) -> str:
    """File, line and function of each frame; the source line stays out, it may hold a literal."""
    return "".join(f"  {f.filename}:{f.lineno} in {f.name}\n" for f in traceback.extract_tb(trace))
