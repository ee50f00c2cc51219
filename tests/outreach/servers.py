"""Servers that behave as the real ones do: a WeCom webhook, a gateway for text messages, a mail server.

Each counts what it received and keeps the exact bytes. `next_answers` makes it misbehave: one entry is used up by each
call, in order.
"""

import json
import socket
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

TEXT_BYTES, MARKDOWN_BYTES = 2048, 4096


@dataclass
class Call:
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    raw: bytes
    at: float

    @property
    def body(self) -> dict[str, Any]:
        return json.loads(self.raw)


@dataclass
class Behaviour:
    """What a server has seen and how it will answer; shared by all its threads."""

    calls: list[Call] = field(default_factory=list)
    accepted: list[Call] = field(default_factory=list)
    next_answers: deque[str] = field(default_factory=deque)
    keys: set[str] = field(default_factory=lambda: {"robot-key-0001"})
    per_minute: int = 20
    # Tests move this clock; without one it is the machine's.
    clock: Any = time.monotonic
    slow_seconds: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)
    held: threading.Event = field(default_factory=threading.Event)
    states: dict[str, str] = field(default_factory=dict)
    seen_ids: Counter[str] = field(default_factory=Counter)

    def texts(self) -> list[str]:
        return [call.body[call.body["msgtype"]].get("content", "") for call in self.accepted]

    def texts_of(self, key: str) -> list[str]:
        found = [call for call in self.accepted if call.query.get("key") == key]
        return [call.body["text"]["content"] for call in found]


class _Answering(BaseHTTPRequestHandler):
    behaviour: Behaviour

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer(raw)

    def do_GET(self) -> None:
        self._answer(b"")

    def _answer(self, raw: bytes) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        call = Call(parts.path, query, dict(self.headers), raw, self.behaviour.clock())
        with self.behaviour.lock:
            self.behaviour.calls.append(call)
            trick = self.behaviour.next_answers.popleft() if self.behaviour.next_answers else ""
        if not self._misbehave(trick, call):
            self.respond(call)

    def _misbehave(self, trick: str, call: Call) -> bool:
        if trick.startswith("http_"):
            self.say({"words": "no"}, status=int(trick.removeprefix("http_")))
        elif trick == "drop":
            self._hang_up()
        elif trick == "accept_and_drop":
            self.accept(call)
            self._hang_up()
        elif trick == "accept_and_hold":
            self.accept(call)
            self.behaviour.held.wait(30)
            self._hang_up()
        elif trick == "garbage":
            self.say_raw(b"<html>busy</html>")
        elif trick == "redirect":
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
        elif trick == "slow":
            time.sleep(self.behaviour.slow_seconds)
            return False
        elif trick.lstrip("-").isdigit():
            # The real error text repeats the key in some cases; ours always does.
            self.say({"errcode": int(trick), "errmsg": f"error, hint: {call.query}"})
        else:
            return False
        return True

    def _hang_up(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def accept(self, call: Call) -> None:
        with self.behaviour.lock:
            self.behaviour.accepted.append(call)

    def respond(self, call: Call) -> None:
        raise NotImplementedError

    def say(self, body: object, status: int = 200) -> None:
        self.say_raw(json.dumps(body).encode(), status)

    def say_raw(self, content: bytes, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class _WeComAnswering(_Answering):
    """As path 91770 says: unknown key 93000, too long 40058, more than 20 a minute 45009."""

    def respond(self, call: Call) -> None:
        key = call.query.get("key", "")
        if key not in self.behaviour.keys:
            self.say({"errcode": 93000, "errmsg": f"invalid webhook url, hint: [{key}]"})
        elif call.path.endswith("/upload_media"):
            self.accept(call)
            self.say({"errcode": 0, "errmsg": "ok", "type": "file", "media_id": "3a8asd892asd8asd"})
        elif self._is_too_long(call):
            self.say({"errcode": 40058, "errmsg": "invalid Request Parameter"})
        elif not self._admit(call):
            self.say({"errcode": 45009, "errmsg": "api freq out of limit"})
        else:
            self.say({"errcode": 0, "errmsg": "ok"})

    def _is_too_long(self, call: Call) -> bool:
        kind = call.body["msgtype"]
        limit = {"text": TEXT_BYTES, "markdown": MARKDOWN_BYTES}.get(kind, 10**9)
        return len(call.body[kind].get("content", "").encode()) > limit

    def _admit(self, call: Call) -> bool:
        """A sliding minute by this server's own clock, for each robot."""
        with self.behaviour.lock:
            key = call.query["key"]
            recent = [c for c in self.behaviour.accepted if c.query.get("key") == key and c.at > call.at - 60]
            if len(recent) >= self.behaviour.per_minute:
                return False
            self.behaviour.accepted.append(call)
            return True


class _OtherRobotAnswering(_Answering):
    """DingTalk and Feishu: says that all is well."""

    def respond(self, call: Call) -> None:
        self.accept(call)
        self.say({"errcode": 0, "code": 0, "msg": "success"})


class _GatewayAnswering(_Answering):
    """Hands every id on once, however often it comes; tells what became of it."""

    def respond(self, call: Call) -> None:
        if self.headers.get("Authorization") != "Bearer gateway-token-1":
            self.say({"code": "token"}, status=401)
        elif self.command == "GET":
            receipt = call.path.rpartition("/")[2]
            self.say({"state": self.behaviour.states.get(receipt, "pending"), "code": "absent_subscriber"})
        elif call.body["to"].endswith("0000"):
            self.say({"code": "invalid_number", "words": call.body["to"]}, status=400)
        else:
            key = self.headers["Idempotency-Key"]
            self._take(call, key)
            self.say({"id": f"r-{key[:8]}"})

    def accept(self, call: Call) -> None:
        self._take(call, call.headers["Idempotency-Key"])

    def _take(self, call: Call, key: str) -> None:
        with self.behaviour.lock:
            self.behaviour.seen_ids[key] += 1
            if self.behaviour.seen_ids[key] == 1:
                self.behaviour.accepted.append(call)


@contextmanager
def _serve(kind: type[_Answering]) -> Iterator[tuple[str, Behaviour]]:
    behaviour = Behaviour()
    answering = type("Answering", (kind,), {"behaviour": behaviour})
    server = ThreadingHTTPServer(("127.0.0.1", 0), answering)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", behaviour
    finally:
        behaviour.held.set()
        server.shutdown()
        server.server_close()
        thread.join()


def serve_wecom() -> Any:
    return _serve(_WeComAnswering)


def serve_other_robot() -> Any:
    return _serve(_OtherRobotAnswering)


def serve_gateway() -> Any:
    return _serve(_GatewayAnswering)


@dataclass
class Mailbox:
    """What the mail server took. `trick`: ``refuse``, ``later``, ``drop`` (the line breaks after the text)."""

    mails: list[Envelope] = field(default_factory=list)
    trick: str = ""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.trick == "refuse":
            return f"550 5.1.1 {address}: no such mailbox"
        if self.trick == "later":
            return "451 4.7.1 greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.mails.append(envelope)
        if self.trick == "drop":
            assert server.transport is not None
            server.transport.close()
        return "250 taken"


@contextmanager
def serve_mail() -> Iterator[tuple[str, Mailbox]]:
    mailbox = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}", mailbox
    finally:
        controller.stop()
