"""Who is on the expert team, and what she answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.mentoring.experts.enums import ExpertField


class ExpertForm(forms.Form):
    fields_ = forms.TypedMultipleChoiceField(
        label=_("Answers in"), choices=ExpertField.choices, coerce=ExpertField, widget=forms.CheckboxSelectMultiple,
        show_hidden_initial=True,
    )  # fmt: skip
    about = forms.CharField(
        label=_("About her work"), max_length=200, required=False, show_hidden_initial=True,
        help_text=_("Where she works and what she knows well."),
    )  # fmt: skip

    @property
    def told(self) -> dict[str, Any]:
        """What the act takes; a form cannot have a field of the name `fields`."""
        return {"fields": self.cleaned_data["fields_"], "about": self.cleaned_data["about"]}


class NewExpertForm(ExpertForm):
    user_id = forms.TypedChoiceField(
        label=_("Who comes on the team"), coerce=int,
        help_text=_("Whoever holds a post as expert in your district and is not on the team yet."),
    )  # fmt: skip
    field_order = ("user_id", "fields_", "about")

    def __init__(self, *args: Any, candidates: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = [("", _("Choose")), *candidates]  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, Any]:
        return {"user_id": self.cleaned_data["user_id"], **super().told}
