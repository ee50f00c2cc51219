"""The words in which somebody hears that files of hers have fallen silent: references and days, no name."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from sunward.accounts.models import User
from sunward.casework.models import Case
from sunward.outreach.actions.writing import write_personal
from sunward.outreach.enums import MessagePurpose

_REFERENCES = 12


def tell_of_silence(user: User, cases: Sequence[Case], *, unit_path: str, on: date, now: datetime) -> None:
    """One message for all that fell silent in one unit on one day, in the act's transaction."""
    with override(user.language or settings.LANGUAGE_CODE):
        body = _compose(cases, on)
    write_personal(
        key=f"silence:{on.isoformat()}:{cases[0].unit_id}:{user.pk}", purpose=MessagePurpose.DUTY,
        reference=cases[0].reference, body=body, unit_path=unit_path, now=now, user_id=user.pk, about="silence",
        path=f"{reverse('mentoring:children')}?silent=yes",
    )  # fmt: skip


def _compose(cases: Sequence[Case], on: date) -> str:
    lines = [_("These files have been without contact for longer than their risk allows:")]
    for case in cases[:_REFERENCES]:
        days = case.silent_days(on)
        told = ngettext("%(days)d day without contact", "%(days)d days without contact", days) % {"days": days}
        lines.append(f"{case.reference} · {told}")
    rest = len(cases) - _REFERENCES
    if rest > 0:
        lines.append(ngettext("and %(rest)d more", "and %(rest)d more", rest) % {"rest": rest})
    return "\n".join(lines)
