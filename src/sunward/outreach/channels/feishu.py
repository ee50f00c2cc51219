"""Feishu (飞书) group robot: open.feishu.cn, "custom bot usage guide".

The whole body ≤ 20 KB, 5 calls a second and 100 a minute; the guide asks to avoid full and half hours. Signed where a
secret is set: HMAC-SHA-256 over nothing with ``timestamp\\nsecret`` as key, in base64, the timestamp in seconds.
"""

import base64
import hmac
import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from sunward.outreach.channels import web
from sunward.outreach.channels.outlet import Answer, Letter, Limit, Verdict, Way

_TOKEN = re.compile(r"(?:.*/hook/)?([A-Za-z0-9_-]{8,80})/?", re.DOTALL)
_TOO_MANY = {"11232", "11233", "99991400"}
_BUSY = {"19000", "-1"}


class Feishu:
    drops_repeats = False
    limits: tuple[Limit, ...] = (Limit(100, 60), Limit(5, 1))

    def most_bytes(self, format: str) -> int:  # noqa: A002 - the word of the model
        # The rest of the body, and a backslash before some signs.
        return 18_000

    def read_address(self, typed: str) -> str:
        found = _TOKEN.fullmatch(typed.strip())
        return found[1] if found else ""

    def send(self, letter: Letter, way: Way, *, now: datetime) -> Answer:
        body: dict[str, Any] = {"msg_type": "text", "content": {"text": letter.text}, **_sign(way.secret, now)}
        url = f"{settings.SUNWARD_FEISHU_URL}/open-apis/bot/v2/hook/{way.address}"
        return _read(web.call("POST", url, json=body))


def _sign(secret: str, now: datetime) -> dict[str, str]:
    if not secret:
        return {}
    timestamp = str(int(now.timestamp()))
    digest = hmac.digest(f"{timestamp}\n{secret}".encode(), b"", "sha256")
    return {"timestamp": timestamp, "sign": base64.b64encode(digest).decode("ascii")}


def _read(reply: web.Reply) -> Answer:
    # Feishu says its own code with status 400 as well.
    code = str(reply.body.get("code", ""))[:20]
    if code == "0" and reply.failure is None:
        return Answer(Verdict.SENT)
    if code in _TOO_MANY:
        return Answer(Verdict.LIMITED, code, pause=timedelta(minutes=1))
    if code in _BUSY:
        return Answer(Verdict.LATER, code)
    if reply.failure is not None:
        return replace(reply.failure, code=code or reply.failure.code)
    return Answer(Verdict.REFUSED, code or "no_code")
