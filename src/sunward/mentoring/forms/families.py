"""What is asked around the families' page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.accounts.forms import OFFICE_NUMBER
from sunward.mentoring.enums import FamilyWordKind
from sunward.mentoring.rules import FAMILY_WORDS_LENGTH


class LinkForm(forms.Form):
    office_phone = forms.CharField(
        label=_("Telephone of the committee"), required=False, max_length=20, validators=[OFFICE_NUMBER],
        help_text=_("The office's number, never a private one. The page has a button that calls it."),
    )  # fmt: skip


class RefusalForm(forms.Form):
    words = forms.CharField(
        label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the file only. The guardian reads nothing of it."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    words = forms.CharField(label=_("Answer"), max_length=FAMILY_WORDS_LENGTH, widget=forms.Textarea(attrs={"rows": 2}))


class QuestionForm(forms.Form):
    """Four digits; the page says which."""

    typed = forms.CharField(
        label=_("Four digits"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "8"}),
    )  # fmt: skip


class WordForm(forms.Form):
    kind = forms.ChoiceField(choices=FamilyWordKind.choices)
    words = forms.CharField(required=False, max_length=FAMILY_WORDS_LENGTH)
