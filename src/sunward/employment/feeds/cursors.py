"""Where a reader goes on. Signed and bound to its district and its purpose: nobody makes one up or carries it over."""

import re
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

_SALT = "employment.feed"
_SHAPE = re.compile(r"([pc])-(\d{1,18})-(\d{1,18})-(\d{1,18})", re.ASCII)
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Cursor:
    """`unit_id` is the district's. `number`: all changes up to it are known. `last`: of a page (`is_page`) the last
    vacancy on it."""

    unit_id: int
    number: int
    last: int = 0
    is_page: bool = False


def write_cursor(cursor: Cursor) -> str:
    kind = "p" if cursor.is_page else "c"
    return Signer(salt=_SALT).sign(f"{kind}-{cursor.unit_id}-{cursor.number}-{cursor.last}").replace(":", ".")


def read_cursor(text: str, *, unit_id: int, is_page: bool) -> Cursor | None:
    """None: not one of ours, of another district, or for the other list."""
    if len(text) > LONGEST:
        return None
    try:
        found = _SHAPE.fullmatch(Signer(salt=_SALT).unsign(text.replace(".", ":")))
    except BadSignature:
        return None
    if found is None or (found[1] == "p") != is_page or int(found[2]) != unit_id:
        return None
    return Cursor(int(found[2]), int(found[3]), int(found[4]), is_page)
