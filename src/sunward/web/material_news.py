"""Where the small library and outreach meet: whoever is asked for her consent gets a message with the way to it."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import override

from sunward.accounts.queries import language_of
from sunward.mentoring.library.news import ConsentAsked, material_news
from sunward.mentoring.queries.sign_ins import find_person_of
from sunward.outreach.actions.writing import write_personal
from sunward.outreach.enums import MessagePurpose


@receiver(material_news)
def tell_of_consent(sender: object, *, news: ConsentAsked, now: datetime, **more: Any) -> None:
    """Write the message; the key of the news makes it one, however often it is told."""
    person_id = find_person_of(user_id=news.user_id)
    with override(language_of(user_id=news.user_id)):
        body = _("May others learn from question %(reference)s? Read the text and say yes or no.") % {
            "reference": news.reference
        }
    write_personal(
        key=news.key, purpose=MessagePurpose.DUTY if person_id is None else MessagePurpose.VISIT,
        reference=news.reference, body=body, unit_path=news.unit_path, now=now, user_id=news.user_id,
        person_id=person_id, about="material_consent", path=news.path,
    )  # fmt: skip
