"""Text messages through a gateway of the district's own: a small contract in JSON that an adapter is easily put behind.

``POST {SUNWARD_SMS_URL}/messages`` with ``Authorization: Bearer`` and ``Idempotency-Key: <uid>``::

    {"id": uid, "to": "+86…", "template": code, "params": {"reference": "G000123", "link": "https://…"}}

answers 200 ``{"id": "<receipt>"}``, or an error ``{"code": "…"}``. The gateway drops what it has seen (same key), so a
message of which nobody knows is simply handed over again. ``GET …/messages/<receipt>`` answers ``{"state":
"arrived" | "failed" | "pending", "code": "…"}``. Texts are registered templates: no free words go through.
"""

import re
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from django.conf import settings

from sunward.outreach.channels import web
from sunward.outreach.channels.outlet import Answer, Letter, Limit, Verdict, Way

_TOKEN = re.compile(r"[\x21-\x7e]{8,200}")
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")


class TextMessages:
    drops_repeats = True
    limits: tuple[Limit, ...] = ()

    def most_bytes(self, format: str) -> int:  # noqa: A002 - the word of the model
        return 500

    def read_address(self, typed: str) -> str:
        found = _TOKEN.fullmatch(typed.strip())
        return found[0] if found else ""

    def send(self, letter: Letter, way: Way, *, now: datetime) -> Answer:
        if not settings.SUNWARD_SMS_URL:
            return Answer(Verdict.REFUSED, "no_gateway")
        reply = web.call(
            "POST", f"{settings.SUNWARD_SMS_URL}/messages", headers={**_token(way), "Idempotency-Key": str(letter.uid)},
            json={
                "id": str(letter.uid), "to": letter.to, "template": way.template,
                "params": {"reference": letter.reference, "link": letter.link},
            },
        )  # fmt: skip
        if reply.failure is None:
            return Answer(Verdict.SENT, receipt=str(reply.body.get("id", ""))[:120])
        return replace(reply.failure, code=_code(reply) or reply.failure.code)

    def ask(self, receipt: str, way: Way) -> Answer | None:
        """What became of a message: arrived (`sent`), not arrived (`refused`), or nothing to say yet."""
        url = f"{settings.SUNWARD_SMS_URL}/messages/{quote(receipt, safe='')}"
        reply = web.call("GET", url, headers=_token(way))
        if reply.failure is not None:
            return None
        if reply.body.get("state") == "arrived":
            return Answer(Verdict.SENT, receipt=receipt)
        if reply.body.get("state") == "failed":
            return Answer(Verdict.REFUSED, _code(reply) or "not_arrived", receipt=receipt)
        return None


def _token(way: Way) -> dict[str, str]:
    return {"Authorization": f"Bearer {way.address}"}


def _code(reply: web.Reply) -> str:
    """The gateway's code if it looks like one: a sentence may quote a number."""
    code = str(reply.body.get("code", ""))
    return code if _CODE.fullmatch(code) else ""
