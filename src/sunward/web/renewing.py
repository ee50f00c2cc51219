"""Where vetting and outreach meet: she herself and her supervisor hear in good time that it has to be renewed."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from sunward.accounts.queries import language_of
from sunward.mentoring.renewals import Renewal, renewals
from sunward.outreach.actions.writing import write_personal
from sunward.outreach.enums import MessagePurpose


@receiver(renewals)
def tell_of_renewal(sender: object, *, renewal: Renewal, now: datetime, **more: Any) -> None:
    """One message to each for every step; the key makes it one."""
    said: dict[str, Any] = {
        "reference": renewal.reference, "unit_path": renewal.unit_path, "now": now, "about": "mentor",
        "about_id": renewal.mentor_id,
    }  # fmt: skip
    day = renewal.expires_on.isoformat()
    with override(language_of(user_id=renewal.user_id or 0)):
        body = _("Your vetting as a neighbour mom ends on %(day)s. Please talk with your committee about renewing it.")
        body %= {"day": day}
    write_personal(
        key=f"{renewal.key}:own", purpose=MessagePurpose.VISIT, body=body, person_id=renewal.person_id,
        user_id=renewal.user_id, path=reverse("mentoring:own_standing") if renewal.user_id else "", **said,
    )  # fmt: skip
    for user_id in renewal.supervisors:
        with override(language_of(user_id=user_id)):
            body = _("The vetting of %(reference)s ends on %(day)s. Renew it, else her matches pause by themselves.")
            body %= {"reference": renewal.reference, "day": day}
        write_personal(
            key=f"{renewal.key}:{user_id}", purpose=MessagePurpose.DUTY, body=body, user_id=user_id, path=renewal.path,
            **said,
        )  # fmt: skip
