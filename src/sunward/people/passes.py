"""Who comes by a link of the own: one question that only they can answer, and the short pass that the answer buys."""

import re
import unicodedata
from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from django.core.signing import BadSignature, Signer

from sunward.people.models import Person


def asks_for_phone(person: Person) -> bool:
    """The last four digits of the own telephone; where none is on file, the year of birth."""
    return len(_digits(person.phone)) >= 4


def expected_answer(person: Person) -> str:
    """Four digits; empty if nothing is known that could be asked."""
    if asks_for_phone(person):
        return _digits(person.phone)[-4:]
    return f"{person.birth_date.year:04d}" if person.birth_date else ""


def is_right(person: Person, typed: str) -> bool:
    expected = expected_answer(person)
    return bool(expected) and compare_digest(_digits(typed).encode(), expected.encode())


def sign_pass(uid: UUID, *, salt: str, minutes: int, now: datetime) -> str:
    """Signed, for this link alone, and worth nothing after some minutes."""
    until = int((now + timedelta(minutes=minutes)).timestamp())
    return Signer(salt=salt).sign(f"{uid.hex}.{until}")


def is_signed_pass(uid: UUID, shown: str, *, salt: str, now: datetime) -> bool:
    try:
        signed, _dot, until = Signer(salt=salt).unsign(shown).partition(".")
    except BadSignature:
        return False
    return signed == uid.hex and until.isdecimal() and now.timestamp() < int(until)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
