"""Where the expert team and outreach meet: what somebody has to hear of a question becomes a message.

A message counts and says references. What was asked and what was answered stand on pages behind their gates.
"""

from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from sunward.accounts.queries import language_of
from sunward.mentoring.experts.news import QuestionNews, QuestionNewsKind, question_news
from sunward.mentoring.queries.sign_ins import find_person_of
from sunward.outreach.actions.writing import write_personal
from sunward.outreach.enums import MessagePurpose

# The page has the others.
_REFERENCES = 5


@receiver(question_news)
def tell_of_question(sender: object, *, news: QuestionNews, now: datetime, **more: Any) -> None:
    """Write the message; the key of the news makes it one, however often it is told."""
    with override(language_of(user_id=news.user_id)):
        body = compose(news)
    write_personal(
        key=news.key, purpose=MessagePurpose.VISIT if news.is_volunteer else MessagePurpose.DUTY,
        reference=news.references[0], body=body, unit_path=news.unit_path, now=now, user_id=news.user_id,
        person_id=find_person_of(user_id=news.user_id) if news.is_volunteer else None, about=news.kind.about,
        path=news.path,
    )  # fmt: skip


def compose(news: QuestionNews) -> str:
    """The words in the active language; where there are several questions, the first references below."""
    opening = _opening(news)
    if news.kind in (QuestionNewsKind.TAKEN, QuestionNewsKind.ANSWERED):
        return opening
    shown, rest = list(news.references[:_REFERENCES]), len(news.references) - _REFERENCES
    if rest > 0:
        shown.append(ngettext("and %(rest)d more", "and %(rest)d more", rest) % {"rest": rest})
    return f"{opening}\n{' · '.join(shown)}"


def _opening(news: QuestionNews) -> str:
    count = len(news.references)
    if news.kind == QuestionNewsKind.TAKEN:
        return _("An expert is on your question %(reference)s. You hear as soon as there is an answer.") % {
            "reference": news.references[0]
        }
    if news.kind == QuestionNewsKind.ANSWERED:
        return _("The expert team has answered question %(reference)s. Open it to read the answer.") % {
            "reference": news.references[0]
        }
    if news.kind == QuestionNewsKind.WAITING:
        return ngettext(
            "%(count)d question in your fields waits for you.",
            "%(count)d questions in your fields wait for you.",
            count,
        ) % {"count": count}
    return ngettext(
        "%(count)d question to the expert team has not been taken or answered in time.",
        "%(count)d questions to the expert team have not been taken or answered in time.",
        count,
    ) % {"count": count}
