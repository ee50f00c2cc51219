"""WeCom (企业微信) group robot: developer.work.weixin.qq.com, path 91770 and the table of error codes, path 90313.

text ≤ 2,048 bytes, markdown ≤ 4,096 bytes in UTF-8, 20 messages a minute for each robot; a file is uploaded first
(5 bytes to 20 MB) and its `media_id` sent. The key in the address is all the protection there is.
"""

import re
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from sunward.outreach.channels import web
from sunward.outreach.channels.outlet import Answer, Letter, Limit, Verdict, Way
from sunward.outreach.enums import Format

_KEY = re.compile(r"(?:.*[?&]key=)?([A-Za-z0-9_-]{8,80})(?:&.*)?", re.DOTALL)
_BUSY = "-1"
_TOO_MANY = {"45009", "45033"}
SMALLEST_FILE, LARGEST_FILE = 5, 20 * 1024 * 1024


class WeCom:
    drops_repeats = False
    limits: tuple[Limit, ...] = (Limit(20, 60),)

    def most_bytes(self, format: str) -> int:  # noqa: A002 - the word of the model
        return 4096 if format == Format.MARKDOWN else 2048

    def read_address(self, typed: str) -> str:
        found = _KEY.fullmatch(typed.strip())
        return found[1] if found else ""

    def send(self, letter: Letter, way: Way, *, now: datetime) -> Answer:
        kind = "markdown" if letter.format == Format.MARKDOWN else "text"
        return self._post({"msgtype": kind, kind: {"content": letter.text}}, way)

    def send_file(self, name: str, content: bytes, way: Way) -> Answer:
        """Upload and send a file to the group: two calls, of which only the second is seen by anybody."""
        if not SMALLEST_FILE <= len(content) <= LARGEST_FILE:
            return Answer(Verdict.REFUSED, "file_size")
        uploaded = web.call(
            "POST", f"{settings.SUNWARD_WECOM_URL}/cgi-bin/webhook/upload_media",
            params={"key": way.address, "type": "file"}, files={"media": (name, content)},
        )  # fmt: skip
        answer = _read(uploaded)
        if answer.verdict != Verdict.SENT:
            # Nobody has seen anything yet, so it may be tried again whatever became of it.
            return Answer(Verdict.LATER, answer.code) if answer.verdict == Verdict.UNKNOWN else answer
        media_id = str(uploaded.body.get("media_id", ""))
        return self._post({"msgtype": "file", "file": {"media_id": media_id}}, way)

    def _post(self, body: dict[str, Any], way: Way) -> Answer:
        url = f"{settings.SUNWARD_WECOM_URL}/cgi-bin/webhook/send"
        return _read(web.call("POST", url, params={"key": way.address}, json=body))


def _read(reply: web.Reply) -> Answer:
    if reply.failure is not None:
        return reply.failure
    code = str(reply.body.get("errcode", "no_code"))[:20]
    if code == "0":
        return Answer(Verdict.SENT)
    if code in _TOO_MANY:
        return Answer(Verdict.LIMITED, code, pause=timedelta(minutes=1))
    if code == _BUSY:
        return Answer(Verdict.LATER, code)
    return Answer(Verdict.REFUSED, code)
