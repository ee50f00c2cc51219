"""What opens the page of whoever has no account: a signed address, and the short pass that the right answer buys."""

from datetime import datetime
from uuid import UUID

from django.core.signing import BadSignature, Signer

from sunward.employment.models import EmployerLink, JobseekerLink
from sunward.people.passes import is_signed_pass, sign_pass

LINK_DAYS, PASS_MINUTES, TRIES = 180, 30, 5
Link = JobseekerLink | EmployerLink
NOBODYS = UUID(int=0)
# The address of one kind never opens the other's page.
_SALTS: dict[type[Link], str] = {JobseekerLink: "employment.jobseeker", EmployerLink: "employment.employer"}


def token_of(link: Link) -> str:
    return _signer(type(link)).sign(link.uid.hex)


def read_token(token: str, *, of: type[Link]) -> UUID:
    """The link's uid; one that nothing has for whatever is not ours."""
    try:
        return UUID(_signer(of).unsign(token))
    except (BadSignature, ValueError):
        return NOBODYS


def make_pass(link: Link, *, now: datetime) -> str:
    return sign_pass(link.uid, salt=f"{_SALTS[type(link)]}.pass", minutes=PASS_MINUTES, now=now)


def is_pass_for(link: Link, shown: str, *, now: datetime) -> bool:
    return is_signed_pass(link.uid, shown, salt=f"{_SALTS[type(link)]}.pass", now=now)


def _signer(kind: type[Link]) -> Signer:
    return Signer(salt=f"{_SALTS[kind]}.link", sep=".")
