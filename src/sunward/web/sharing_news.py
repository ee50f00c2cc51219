"""Where notes of experience and outreach meet: the writer hears that hers is published, or why not is on her page."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sunward.accounts.queries import language_of
from sunward.core.furniture import Text
from sunward.mentoring.sharing.news import NoteNews, NoteNewsKind, note_news
from sunward.outreach.actions.writing import write_personal
from sunward.outreach.enums import MessagePurpose

_SENTENCES: dict[NoteNewsKind, Text] = {
    NoteNewsKind.PUBLISHED: _("Your experience is published. Others can learn from it now; thank you."),
    NoteNewsKind.RETURNED: _("Your experience has been read and comes back to you. What to change stands on its page."),
    NoteNewsKind.TAKEN_DOWN: _("Your experience has been taken down. What to change stands on its page."),
}


@receiver(note_news)
def tell_of_note(sender: object, *, news: NoteNews, now: datetime, **more: Any) -> None:
    """The key of the news makes it one message, however often it is told."""
    with override(language_of(user_id=news.user_id)):
        body = compose(news)
    write_personal(
        key=news.key, purpose=MessagePurpose.VISIT, reference="", body=body, unit_path=news.unit_path,
        now=now, user_id=news.user_id, person_id=news.person_id, about=news.kind.about, path=news.path,
    )  # fmt: skip


def compose(news: NoteNews) -> str:
    """The words in the active language, and below them the address, where the house has one."""
    lines = [str(_SENTENCES[news.kind])]
    if settings.SUNWARD_PUBLIC_URL:
        lines.append(settings.SUNWARD_PUBLIC_URL + news.path)
    return "\n".join(lines)
