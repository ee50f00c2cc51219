"""Where gatherings and outreach meet: what somebody has to hear becomes a message, in the same transaction.

The two floors below never meet; whoever stands above both introduces them.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from sunward.gatherings.news import News, NewsKind, news
from sunward.mentoring.queries.sign_ins import read_sign_in
from sunward.outreach.actions.writing import write_personal
from sunward.outreach.enums import MessagePurpose

# So close to its beginning a change cannot wait.
_SOON = timedelta(days=2)
# After these nobody has to find the way or the door any more.
_OVER = (NewsKind.CANCELLED, NewsKind.ASKED_FOR_FEEDBACK)


@receiver(news)
def announce(sender: object, *, news: News, now: datetime, **more: Any) -> None:
    """Write the message; the key of the news makes it one, however often it is told."""
    sign_in = read_sign_in(person_id=news.person_id)
    with override(sign_in.language if sign_in else settings.LANGUAGE_CODE):
        body = compose(news)
    write_personal(
        key=news.key, purpose=MessagePurpose.GATHERING, reference=news.reference, body=body, unit_path=news.unit_path,
        now=now, person_id=news.person_id, user_id=sign_in.user_id if sign_in else None, about="gathering",
        about_id=news.gathering_id, urgent_because=_urgency(news, now),
    )  # fmt: skip


def _urgency(news: News, now: datetime) -> str:
    """Why somebody hears of it at night as well, and whatever else they were told this week; mostly there is no why."""
    is_upset = news.kind in (NewsKind.CANCELLED, NewsKind.CHANGED, NewsKind.ADULT_LEFT)
    if is_upset and news.begins_at is not None and timedelta() < news.begins_at - now <= _SOON:
        return _("It begins within two days; nobody is to come in vain.")
    return ""


def compose(news: News) -> str:
    """The words in the active language, one thing a line."""
    lines = [_opening(news), ""]
    if news.begins_at is not None:
        lines.append(_("When: %(when)s") % {"when": date_format(localtime(news.begins_at), "Y-m-d H:i")})
    if news.place and news.kind not in _OVER:
        lines.append(_("Where: %(where)s") % {"where": news.place})
    if news.code and news.kind not in (*_OVER, NewsKind.WAITING):
        lines.append(_("Your code at the door: %(code)s") % {"code": news.code})
    if news.feedback_token and settings.SUNWARD_PUBLIC_URL:
        page = settings.SUNWARD_PUBLIC_URL + reverse("feedback", kwargs={"token": news.feedback_token})
        lines.append(_("Tell us here: %(address)s") % {"address": page})
    return "\n".join(lines).strip()


def _opening(news: News) -> str:
    openings = {
        NewsKind.PLACED: _("You have a place: %(title)s. We look forward to seeing you."),
        NewsKind.WAITING: _("%(title)s is full. You are on the waiting list and hear as soon as it is your turn."),
        NewsKind.MOVED_UP: _("A place has become free and it is yours: %(title)s."),
        NewsKind.CHANGED: _("%(title)s has changed. Please look at time and place once more."),
        NewsKind.ADULT_LEFT: _(
            "The adult who was to come along to %(title)s does not come any more. The committee will call you."
        ),
        NewsKind.CANCELLED: _("%(title)s does not take place. We are sorry; the organisers will be glad to explain."),
        NewsKind.REMINDER: _("It is nearly time: %(title)s."),
        NewsKind.ASKED_FOR_FEEDBACK: _("Thank you for coming to %(title)s. How was it?"),
    }
    return openings[news.kind] % {"title": news.title}
