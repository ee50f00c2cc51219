"""Where the small library and outreach meet: whoever is asked, and whoever waits for the answers, gets a message."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sunward.accounts.queries import language_of
from sunward.mentoring.library.news import MaterialNews, MaterialNewsKind, material_news
from sunward.mentoring.queries.sign_ins import find_person_of
from sunward.outreach.actions.writing import write_personal
from sunward.outreach.enums import MessagePurpose

_WORDS = {
    MaterialNewsKind.ASKED: _("May others learn from question %(reference)s? Read the text and say yes or no."),
    MaterialNewsKind.ALL_ANSWERED: _(
        "Question %(reference)s: everybody who wrote in it has answered. See whether it can be published."
    ),
    MaterialNewsKind.TAKEN_DOWN: _(
        "Question %(reference)s: a consent was taken back. The material is withdrawn, nobody reads it any more."
    ),
}


@receiver(material_news)
def tell_of_material(sender: object, *, news: MaterialNews, now: datetime, **more: Any) -> None:
    """Write the message; the key of the news makes it one, however often it is told."""
    person_id = find_person_of(user_id=news.user_id)
    with override(language_of(user_id=news.user_id)):
        body = str(_WORDS[news.kind]) % {"reference": news.reference}
    write_personal(
        key=news.key, purpose=MessagePurpose.DUTY if person_id is None else MessagePurpose.VISIT,
        reference=news.reference, body=body, unit_path=news.unit_path, now=now, user_id=news.user_id,
        person_id=person_id, about=f"material_{news.kind}", path=news.path,
    )  # fmt: skip
