from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import AbsenceReason


class AbsenceForm(forms.Form):
    """`user_id` is asked only where there is somebody beside oneself."""

    user_id = forms.TypedChoiceField(label=_("Who is away"), coerce=int)
    from_on = forms.DateField(label=_("First day away"), widget=forms.DateInput)
    until_on = forms.DateField(label=_("Day of return"), widget=forms.DateInput)
    reason = forms.TypedChoiceField(
        label=_("Why"), choices=AbsenceReason.choices, coerce=AbsenceReason,
        help_text=_("Only yourself and whoever supervises you read this."),
    )  # fmt: skip

    def __init__(self, *args: Any, oneself: int, others: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = [(oneself, _("Myself")), *others]  # type: ignore[attr-defined]
        self.fields["user_id"].initial = oneself
        if not others:
            self.fields["user_id"].widget = forms.HiddenInput()
