"""Where broken glass and outreach meet: whoever answers for the file hears of it at once, in the same transaction."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from sunward.accounts.queries import language_of
from sunward.casework.glass_news import GlassNews, glass_broken
from sunward.outreach.actions.writing import write_personal
from sunward.outreach.enums import MessagePurpose


@receiver(glass_broken)
def tell_of_glass(sender: object, *, news: GlassNews, now: datetime, **more: Any) -> None:
    """By the file's number; who and why stand on the page behind it."""
    with override(language_of(user_id=news.user_id)):
        body = _(
            "Somebody of another office has opened the file %(reference)s in an emergency. Please look at why."
        ) % {"reference": news.reference}
        why = _("Somebody reads a file that is not theirs; whoever answers for it hears of it at once.")
    write_personal(
        key=news.key, purpose=MessagePurpose.URGENT, reference=news.reference, body=body,
        unit_path=news.unit_path, now=now, user_id=news.user_id, about="glass", about_id=news.glass_id,
        urgent_because=why, path=reverse("mentoring:glasses"),
    )  # fmt: skip
