"""What opens the families' page: the link's blind index, and the short pass that the answer to its question buys."""

from datetime import datetime

from sunward.core.sealing import blind_index
from sunward.mentoring.models import FamilyLink
from sunward.mentoring.rules import FAMILY_PASS_MINUTES
from sunward.people.passes import is_signed_pass, sign_pass

_SALT = "mentoring.family"


def link_index(token: str) -> str:
    return blind_index(token, purpose="mentoring.family_link")


def make_pass(link: FamilyLink, *, now: datetime) -> str:
    return sign_pass(link.uid, salt=_SALT, minutes=FAMILY_PASS_MINUTES, now=now)


def is_pass_for(link: FamilyLink, shown: str, *, now: datetime) -> bool:
    return is_signed_pass(link.uid, shown, salt=_SALT, now=now)
