"""E-mail over SMTP. The channel's address is ``smtps://account:password@host:465`` or ``smtp://…:587`` (STARTTLS where
the server offers it; an account is only told over TLS). The Message-ID is made of the message's uid.

A server may take a mail and lose the line before it says so: that is `unknown`, since not every server drops a
Message-ID that it has seen.
"""

import re
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import SplitResult, unquote, urlsplit

from sunward.outreach.channels.outlet import Answer, Letter, Limit, Verdict, Way
from sunward.outreach.rules import REST

TIMEOUT = 10.0
_ADDRESS = re.compile(r"[^@\s<>,;:\"]{1,64}@[A-Za-z0-9.-]{1,190}")


def is_mail_address(text: str) -> bool:
    return _ADDRESS.fullmatch(text) is not None


class Mail:
    drops_repeats = False
    limits: tuple[Limit, ...] = ()

    def most_bytes(self, format: str) -> int:  # noqa: A002 - the word of the model
        return 100_000

    def read_address(self, typed: str) -> str:
        parts = urlsplit(typed.strip())
        return typed.strip() if parts.scheme in {"smtp", "smtps"} and parts.hostname else ""

    def send(self, letter: Letter, way: Way, *, now: datetime) -> Answer:
        if not (is_mail_address(letter.to) and is_mail_address(way.sender)):
            return Answer(Verdict.REFUSED, "unusable_address")
        try:
            server = _open(urlsplit(way.address))
        except smtplib.SMTPAuthenticationError as error:
            return Answer(Verdict.REFUSED, f"smtp_{error.smtp_code}")
        except (OSError, smtplib.SMTPException):
            return Answer(Verdict.LATER, "no_connection", pause=REST)
        try:
            return _hand_over(server, _compose(letter, way, now), letter, way)
        finally:
            server.close()


def _open(place: SplitResult) -> smtplib.SMTP:
    host = place.hostname or ""
    context = ssl.create_default_context()
    if place.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, place.port or 465, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, place.port or 587, timeout=TIMEOUT)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif place.username:
            server.close()
            raise smtplib.SMTPNotSupportedError("an account is not told without TLS")
    if place.username:
        server.login(unquote(place.username), unquote(place.password or ""))
    return server


def _hand_over(server: smtplib.SMTP, mail: bytes, letter: Letter, way: Way) -> Answer:
    """Until the text itself is handed over, whatever breaks has sent nothing."""
    steps: tuple[Callable[[], tuple[int, bytes]], ...] = (
        server.ehlo, lambda: server.mail(way.sender), lambda: server.rcpt(letter.to),
    )  # fmt: skip
    try:
        for step in steps:
            code, _words = step()
            if code >= 400:
                return _by_code(code)
    except (OSError, smtplib.SMTPException):
        return Answer(Verdict.LATER, "no_connection", pause=REST)
    try:
        code, _words = server.data(mail)
    except smtplib.SMTPDataError as error:
        return _by_code(error.smtp_code)
    except (OSError, smtplib.SMTPException):
        return Answer(Verdict.UNKNOWN, "line_broke", pause=REST)
    return Answer(Verdict.SENT) if code == 250 else _by_code(code)


def _by_code(code: int) -> Answer:
    return Answer(Verdict.LATER if 400 <= code < 500 else Verdict.REFUSED, f"smtp_{code}")


def _compose(letter: Letter, way: Way, now: datetime) -> bytes:
    user, _, domain = way.sender.partition("@")
    mail = EmailMessage()
    mail["From"] = Address("向阳", user, domain)
    mail["To"] = letter.to
    mail["Subject"] = letter.reference or "向阳"
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{letter.uid}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    return mail.as_bytes()
