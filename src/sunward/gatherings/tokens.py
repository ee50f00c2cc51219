"""What a link or a code at the door consists of. The database knows only its blind index."""

import secrets
from uuid import UUID

from django.core.signing import BadSignature, Signer

from sunward.core.sealing import blind_index

_CODE_DIGITS = 6
_FEEDBACK = "gatherings.feedback"


def new_token() -> str:
    """256 random bits, fit for an address."""
    return secrets.token_urlsafe(32)


def token_index(token: str) -> str:
    return blind_index(token, purpose="gatherings.token")


def new_codes(count: int, *, taken: set[str]) -> list[str]:
    """Six digits for each head, none of them taken."""
    codes: list[str] = []
    while len(codes) < count:
        code = f"{secrets.randbelow(10**_CODE_DIGITS):0{_CODE_DIGITS}d}"
        if code not in taken:
            codes.append(code)
            taken.add(code)
    return codes


def feedback_token(sign_up_uid: UUID) -> str:
    """Signed, so that nobody guesses another's; until when it is good the gathering's end says."""
    return Signer(salt=_FEEDBACK).sign(sign_up_uid.hex)


def read_feedback_token(token: str) -> UUID | None:
    try:
        return UUID(Signer(salt=_FEEDBACK).unsign(token))
    except (BadSignature, ValueError):
        return None
