"""Forms about growing up, and about a person's own data."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.mentoring.enums import IdentityCheck, SchoolStage
from sunward.mentoring.forms.persons import PLEASE


class SchoolForm(forms.Form):
    stage = forms.TypedChoiceField(label=_("School"), choices=[PLEASE, *SchoolStage.choices], coerce=SchoolStage)
    until_on = forms.DateField(
        label=_("Until"), widget=forms.DateInput,
        help_text=_("The regular end of school, as far as it is known. It is asked again each September."),
    )  # fmt: skip


class OwnDataForm(forms.Form):
    """`requester` is ``self`` or the number of a guardian."""

    requester = forms.ChoiceField(label=_("Who asks for it"))
    checked_by = forms.TypedChoiceField(
        label=_("How you know that it is them"), choices=[PLEASE, *IdentityCheck.choices], coerce=IdentityCheck
    )

    def __init__(self, *args: Any, requesters: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requester"].choices = list(requesters)  # type: ignore[attr-defined]


class CorrectionForm(forms.Form):
    words = forms.CharField(
        label=_("What is wrong, and what is right"), max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )
