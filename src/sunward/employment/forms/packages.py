"""The form by which service packages are started."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.employment.queries.packages import package_choices


class PackageForm(forms.Form):
    packages = forms.MultipleChoiceField(
        label=_("Packages"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Several can be started together: a step that two of them ask for is on the list once."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["packages"].choices = package_choices()  # type: ignore[attr-defined]
