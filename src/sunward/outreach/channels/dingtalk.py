"""DingTalk (钉钉) group robot: open.dingtalk.com, "custom robots" and its table of error codes.

20 messages a minute; whoever sends more is shut out for ten minutes. Signed where a secret is set: HMAC-SHA-256 over
``timestamp\\nsecret`` with the secret as key, in base64, the timestamp in milliseconds and at most an hour old.
"""

import base64
import hmac
import re
from datetime import datetime, timedelta

from django.conf import settings

from sunward.outreach.channels import web
from sunward.outreach.channels.outlet import Answer, Letter, Limit, Verdict, Way
from sunward.outreach.enums import Format

_TOKEN = re.compile(r"(?:.*[?&]access_token=)?([A-Za-z0-9_-]{8,100})(?:&.*)?", re.DOTALL)
_BUSY = "-1"
_TOO_MANY = {"130101", "410100", "90030"}


class DingTalk:
    drops_repeats = False
    limits: tuple[Limit, ...] = (Limit(20, 60),)

    def most_bytes(self, format: str) -> int:  # noqa: A002 - the word of the model
        return 18_000

    def read_address(self, typed: str) -> str:
        found = _TOKEN.fullmatch(typed.strip())
        return found[1] if found else ""

    def send(self, letter: Letter, way: Way, *, now: datetime) -> Answer:
        if letter.format == Format.MARKDOWN:
            title = letter.text.strip().splitlines()[0].lstrip("# ")[:40]
            body = {"msgtype": "markdown", "markdown": {"title": title, "text": letter.text}}
        else:
            body = {"msgtype": "text", "text": {"content": letter.text}}
        params = {"access_token": way.address, **_sign(way.secret, now)}
        return _read(web.call("POST", f"{settings.SUNWARD_DINGTALK_URL}/robot/send", params=params, json=body))


def _sign(secret: str, now: datetime) -> dict[str, str]:
    if not secret:
        return {}
    timestamp = str(int(now.timestamp() * 1000))
    digest = hmac.digest(secret.encode(), f"{timestamp}\n{secret}".encode(), "sha256")
    return {"timestamp": timestamp, "sign": base64.b64encode(digest).decode("ascii")}


def _read(reply: web.Reply) -> Answer:
    if reply.failure is not None:
        return reply.failure
    code = str(reply.body.get("errcode", "no_code"))[:20]
    if code == "0":
        return Answer(Verdict.SENT)
    if code in _TOO_MANY:
        return Answer(Verdict.LIMITED, code, pause=timedelta(minutes=10))
    if code == _BUSY:
        return Answer(Verdict.LATER, code)
    return Answer(Verdict.REFUSED, code)
