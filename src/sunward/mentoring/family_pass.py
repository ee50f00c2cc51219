"""What opens the families' page: the link's blind index, the answer to its question, and the short pass it buys."""

import re
import unicodedata
from datetime import datetime, timedelta
from hmac import compare_digest

from django.core.signing import BadSignature, Signer

from sunward.core.sealing import blind_index
from sunward.mentoring.models import FamilyLink
from sunward.mentoring.rules import FAMILY_PASS_MINUTES
from sunward.people.models import Person

_SALT = "mentoring.family"


def link_index(token: str) -> str:
    return blind_index(token, purpose="mentoring.family_link")


def asks_for_phone(guardian: Person) -> bool:
    """The last four digits of the own telephone; where none is on file, the year of birth."""
    return len(_digits(guardian.phone)) >= 4


def expected_answer(guardian: Person) -> str:
    """Four digits; empty if nothing is known that could be asked."""
    if asks_for_phone(guardian):
        return _digits(guardian.phone)[-4:]
    return f"{guardian.birth_date.year:04d}" if guardian.birth_date else ""


def is_right(guardian: Person, typed: str) -> bool:
    expected = expected_answer(guardian)
    return bool(expected) and compare_digest(_digits(typed).encode(), expected.encode())


def make_pass(link: FamilyLink, *, now: datetime) -> str:
    """Signed, for this link alone, and worth nothing after some minutes."""
    until = int((now + timedelta(minutes=FAMILY_PASS_MINUTES)).timestamp())
    return Signer(salt=_SALT).sign(f"{link.uid.hex}.{until}")


def is_pass_for(link: FamilyLink, shown: str, *, now: datetime) -> bool:
    try:
        uid, _dot, until = Signer(salt=_SALT).unsign(shown).partition(".")
    except BadSignature:
        return False
    return uid == link.uid.hex and until.isdecimal() and now.timestamp() < int(until)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
