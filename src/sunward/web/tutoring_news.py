"""Where tutoring online and outreach meet: what both sides have to hear becomes a message, in the same transaction.

A message names the tutoring and an hour. No child, no student, no link: these stand on pages behind their gates.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from sunward.mentoring.queries.sign_ins import read_sign_in
from sunward.mentoring.tutoring.news import TutoringNews, TutoringNewsKind, tutoring_news
from sunward.outreach.actions.writing import write_personal
from sunward.outreach.enums import MessagePurpose


@receiver(tutoring_news)
def announce_tutoring(sender: object, *, news: TutoringNews, now: datetime, **more: Any) -> None:
    """Write the message; the key of the news makes it one, however often it is told."""
    sign_in = read_sign_in(person_id=news.person_id)
    with override(sign_in.language if sign_in else settings.LANGUAGE_CODE):
        body = compose(news)
    write_personal(
        key=news.key, purpose=MessagePurpose.VISIT, reference=news.reference, body=body, unit_path=news.unit_path,
        now=now, person_id=news.person_id, user_id=sign_in.user_id if sign_in else None, about="tutoring",
        about_id=news.tutoring_id,
    )  # fmt: skip


def compose(news: TutoringNews) -> str:
    """The words in the active language."""
    body = _opening(news)
    if news.begins_at is None:
        return body
    when = date_format(localtime(news.begins_at), "Y-m-d H:i")
    return body + "\n" + _("When: %(when)s") % {"when": when}


def _opening(news: TutoringNews) -> str:
    openings = {
        TutoringNewsKind.OFFERED: _("%(reference)s: a child would like to learn with you. Please answer yes or no."),
        TutoringNewsKind.BEGINS: _("%(reference)s: your online tutoring begins. A guardian may sit in the first time."),
        TutoringNewsKind.INVITED: _(
            "%(reference)s: online tutoring begins. You are invited to sit in; the committee gives you the way in."
        ),
        TutoringNewsKind.REMINDER: _("%(reference)s: it is nearly time for the online session."),
        TutoringNewsKind.MOVED: _("%(reference)s: the online session is at another time."),
        TutoringNewsKind.CANCELLED: _("%(reference)s: the online session does not take place."),
        TutoringNewsKind.PAUSED: _("%(reference)s: online tutoring rests for the time being."),
        TutoringNewsKind.RESUMED: _("%(reference)s: online tutoring goes on."),
        TutoringNewsKind.ENDED: _("%(reference)s: online tutoring has ended. Thank you."),
    }
    return openings[news.kind] % {"reference": news.reference}
