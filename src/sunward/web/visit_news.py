"""Where visits and outreach meet: an answer, or a mentor who is not back, becomes a message in the same transaction.

A message says a reference and opens a page; whom it is about stands only there, behind its gate.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sunward.accounts.queries import language_of
from sunward.core.furniture import Text
from sunward.mentoring.notices import Notice, NoticeKind, notices
from sunward.mentoring.queries.sign_ins import find_person_of
from sunward.outreach.actions.writing import write_personal
from sunward.outreach.enums import MessagePurpose

_SENTENCES: dict[NoticeKind, Text] = {
    NoticeKind.VISIT_ANSWERED: _("Somebody of the committee has read your visit and answers you."),
    NoticeKind.MENTOR_REPLIED: _("Neighbour mom %(reference)s has answered you under her visit."),
    NoticeKind.NOT_BACK: _(
        "Neighbour mom %(reference)s is not back from a home visit. Please call her now and open the page."
    ),
    NoticeKind.BACK_AFTER_ALL: _("Neighbour mom %(reference)s is back safely."),
}
_WHY_NOW = _("Somebody may need help; this cannot wait until morning.")
# To whom it comes as a volunteer: by her own way, as she wished.
_TO_MENTORS = (NoticeKind.VISIT_ANSWERED,)


@receiver(notices)
def tell(sender: object, *, notice: Notice, now: datetime, **more: Any) -> None:
    """The key of the notice makes it one message, however often it is told."""
    with override(language_of(user_id=notice.user_id)):
        body, why = compose(notice), str(_WHY_NOW) if notice.is_urgent else ""
    person_id = find_person_of(user_id=notice.user_id) if notice.kind in _TO_MENTORS else None
    purpose = MessagePurpose.VISIT if notice.kind in _TO_MENTORS else MessagePurpose.DUTY
    write_personal(
        key=notice.key, purpose=MessagePurpose.URGENT if why else purpose, reference=notice.reference, body=body,
        unit_path=notice.unit_path, now=now, about="visit", urgent_because=why, path=notice.path,
        user_id=notice.user_id, person_id=person_id,
    )  # fmt: skip


def compose(notice: Notice) -> str:
    """The words in the active language, and below them the address, where the house has one."""
    lines = [str(_SENTENCES[notice.kind]) % {"reference": notice.reference}]
    if notice.path and settings.SUNWARD_PUBLIC_URL:
        lines.append(settings.SUNWARD_PUBLIC_URL + notice.path)
    return "\n".join(lines)
