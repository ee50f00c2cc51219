"""Where safeguarding and outreach meet: what somebody has to hear at once becomes a message, in the same transaction.

A message says a reference and opens a page; who the child is stands only on that page, behind its gate.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sunward.accounts.queries import language_of
from sunward.core.furniture import Text
from sunward.mentoring.queries.sign_ins import find_person_of
from sunward.outreach.actions.writing import write_personal
from sunward.outreach.choosing import choose, read_addressee
from sunward.outreach.enums import ChannelKind, MessagePurpose
from sunward.safeguarding.notices import Notice, NoticeKind, notices

# One sentence for each kind; `%(reference)s` is all it may say of whom it is about.
_SENTENCES: dict[NoticeKind, Text] = {
    NoticeKind.WORRY: _("Somebody is worried about a child in your area: %(reference)s. Please look into it."),
    NoticeKind.WORRY_UNTAKEN: _(
        "%(reference)s: a child may be in danger, and nobody has taken the worry up. Please take it up now."
    ),
    NoticeKind.HINT: _("%(reference)s may be about a child another office knows. Please talk to each other."),
    NoticeKind.EMERGENCY: _(
        "Emergency %(reference)s: a child needs help now. Open the page and say that you are on it."
    ),
    NoticeKind.STAND_BY: _("Emergency %(reference)s: could you help nearby now? Please answer yes or no."),
    NoticeKind.STAND_BY_ANSWERED: _("Emergency %(reference)s: somebody on the stand-by list has answered."),
    NoticeKind.EMERGENCY_HANDED_ON: _(
        "Emergency %(reference)s is handed on to you. Open the page and say that you are on it."
    ),
    NoticeKind.EMERGENCY_ANSWERED: _("Emergency %(reference)s: somebody is on it."),
    NoticeKind.CARE_OVERDUE: _("Temporary care in %(reference)s was to end by now. Please see to it."),
}
_WHY_NOW = _("A child may be in danger; this cannot wait until morning.")


@receiver(notices)
def alert(sender: object, *, notice: Notice, now: datetime, **more: Any) -> None:
    """Into her inbox in Sunward; and by text message too, where one has her number and a channel stands.

    The key of the notice makes either one message, however often it is told.
    """
    with override(language_of(user_id=notice.user_id)):
        body, why = compose(notice), str(_WHY_NOW) if notice.is_urgent else ""
    _write(notice, f"{notice.key}:inbox", body, why, now, user_id=notice.user_id)
    person_id = find_person_of(user_id=notice.user_id)
    if person_id is not None and _has_line(person_id, notice, now):
        _write(notice, f"{notice.key}:out", body, why, now, person_id=person_id)


def _write(
    notice: Notice, key: str, body: str, why: str, now: datetime, *, user_id: int | None = None,
    person_id: int | None = None,
) -> None:  # fmt: skip
    write_personal(
        key=key, purpose=MessagePurpose.URGENT if why else MessagePurpose.DUTY, reference=notice.reference, body=body,
        unit_path=notice.unit_path, now=now, about="safeguarding", urgent_because=why, path=notice.path,
        user_id=user_id, person_id=person_id,
    )  # fmt: skip


def _has_line(person_id: int, notice: Notice, now: datetime) -> bool:
    """What could not go out anyway would only lie among the messages that somebody has to look after."""
    found = choose(
        read_addressee(person_id, None), purpose=MessagePurpose.URGENT, unit_path=notice.unit_path, is_urgent=True,
        now=now,
    )  # fmt: skip
    return not found.is_held and found.kind != ChannelKind.IN_APP


def compose(notice: Notice) -> str:
    """The words in the active language, and below them the address, where the house has one."""
    lines = [str(_SENTENCES[notice.kind]) % {"reference": notice.reference}]
    if notice.path and settings.SUNWARD_PUBLIC_URL:
        lines.append(settings.SUNWARD_PUBLIC_URL + notice.path)
    return "\n".join(lines)
