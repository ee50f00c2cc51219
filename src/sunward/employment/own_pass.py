"""What opens a jobseeker's own page: a signed address, and the short pass that the answer to its question buys."""

from datetime import datetime
from uuid import UUID

from django.core.signing import BadSignature, Signer

from sunward.employment.models import JobseekerLink
from sunward.people.passes import is_signed_pass, sign_pass

LINK_DAYS, PASS_MINUTES, TRIES = 180, 30, 5
_LINK, _PASS = "employment.jobseeker.link", "employment.jobseeker.pass"


def token_of(link: JobseekerLink) -> str:
    return Signer(salt=_LINK, sep=".").sign(link.uid.hex)


def read_token(token: str) -> UUID | None:
    """The link's uid, or None for whatever is not ours."""
    try:
        return UUID(Signer(salt=_LINK, sep=".").unsign(token))
    except (BadSignature, ValueError):
        return None


def make_pass(link: JobseekerLink, *, now: datetime) -> str:
    return sign_pass(link.uid, salt=_PASS, minutes=PASS_MINUTES, now=now)


def is_pass_for(link: JobseekerLink, shown: str, *, now: datetime) -> bool:
    return is_signed_pass(link.uid, shown, salt=_PASS, now=now)
