"""What the record of messages is asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.outreach.enums import ChannelKind, MessagePurpose, MessageState
from sunward.outreach.queries.message_pages import WAITING, MessageQuestion

ANY = ("", _("All"))


class MessageFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), choices=[ANY, (WAITING, _("Need somebody")), *MessageState.choices], required=False
    )
    kind = forms.ChoiceField(label=_("Channel"), choices=[ANY, *ChannelKind.choices], required=False)
    purpose = forms.ChoiceField(label=_("What for"), choices=[ANY, *MessagePurpose.choices], required=False)
    to = forms.ChoiceField(
        label=_("To"), choices=[ANY, ("group", _("Groups")), ("person", _("Persons"))], required=False
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput, required=False)

    def question(self) -> MessageQuestion:
        """What cannot be understood is left out: a link that was sent on must open."""
        self.is_valid()
        asked: dict[str, Any] = self.cleaned_data
        names = ("state", "kind", "purpose", "to")
        return MessageQuestion(day=asked.get("day"), **{name: asked.get(name) or "" for name in names})
