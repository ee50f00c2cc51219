"""Calls over HTTP, for every channel that has them: short time-outs, no redirects, and errors that are codes.

An exception of the library carries the address, and the address carries the key: none leaves this module.
"""

import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from json import loads
from typing import Any

import httpx

from sunward.outreach.channels.outlet import Answer, Verdict
from sunward.outreach.rules import REST

# To connect is quick or hopeless; an answer may take its time. A worker's lease outlives both.
TIMEOUT = httpx.Timeout(10.0, connect=5.0)
_MOST_ANSWERED = 64 * 1024

# The library writes every address it calls, and so every key, when somebody turns its log up.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Reply:
    """A JSON object and its status; or what became of the call instead (`failure`)."""

    status: int = 0
    body: Mapping[str, Any] = field(default_factory=dict)
    failure: Answer | None = None


def call(
    method: str,
    url: str,
    *,
    params: Mapping[str, str] | None = None,
    json: Any = None,
    files: Mapping[str, tuple[str, bytes]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """One call. What is not a JSON object with status 200 comes back as a failure, read as carefully as it can be."""
    try:
        # A line kept open may be closed by the other side just as we speak: nobody would know. Each call has its own.
        with (
            httpx.Client(timeout=TIMEOUT, verify=_trust(), follow_redirects=False, trust_env=False) as client,
            client.stream(method, url, params=params, json=json, files=files, headers=headers) as response,
        ):
            return _read(response.status_code, _first_bytes(response))
    except (httpx.InvalidURL, httpx.UnsupportedProtocol):
        return Reply(failure=Answer(Verdict.REFUSED, "unusable_address"))
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
        return Reply(failure=Answer(Verdict.LATER, "no_connection", pause=REST))
    except httpx.TimeoutException:
        return Reply(failure=Answer(Verdict.UNKNOWN, "no_answer", pause=REST))
    except httpx.TransportError:
        return Reply(failure=Answer(Verdict.UNKNOWN, "line_broke", pause=REST))
    except httpx.HTTPError:
        return Reply(failure=Answer(Verdict.UNKNOWN, "no_sense"))


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    """Reading the system's certificates takes longer than a call."""
    return ssl.create_default_context()


def _first_bytes(response: httpx.Response) -> bytes:
    content = b""
    for piece in response.iter_bytes():
        content += piece
        if len(content) > _MOST_ANSWERED:
            return b""
    return content


def _read(status: int, content: bytes) -> Reply:
    if 300 <= status < 400:
        # Whoever sends us elsewhere would learn the message there, and the key with it.
        return Reply(status, failure=Answer(Verdict.REFUSED, f"http_{status}"))
    body = _object(content)
    if status == 200 and body is not None:
        return Reply(status, body)
    return Reply(status, body or {}, failure=_by_status(status))


def _object(content: bytes) -> Mapping[str, Any] | None:
    try:
        body = loads(content)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _by_status(status: int) -> Answer:
    """503 and 429 were turned away at the door; behind any other error of the server the message may have gone out."""
    code = f"http_{status}"
    if status == 429:
        return Answer(Verdict.LIMITED, code, pause=timedelta(minutes=1))
    if status == 503:
        return Answer(Verdict.LATER, code, pause=REST)
    if 400 <= status < 500:
        return Answer(Verdict.REFUSED, code)
    return Answer(Verdict.UNKNOWN, code, pause=REST)
