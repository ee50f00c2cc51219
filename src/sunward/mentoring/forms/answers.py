"""A few words under a visit, or about a mentor who is well."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.mentoring.rules import ANSWER_LENGTH, WAY_MINUTES


class AnswerForm(forms.Form):
    """`key` makes the same words sent twice one answer."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    words = forms.CharField(
        label=_("Your answer"), max_length=ANSWER_LENGTH, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a word or two.")},
    )  # fmt: skip


class CloseWayForm(forms.Form):
    words = forms.CharField(
        label=_("How do you know that she is well?"), max_length=ANSWER_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("For example: reached her by telephone, she is at home."),
    )  # fmt: skip


class SetOutForm(forms.Form):
    minutes = forms.TypedChoiceField(choices=[(minutes, str(minutes)) for minutes in WAY_MINUTES], coerce=int)
