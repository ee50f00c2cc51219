"""The form by which a person says which occupation a vacancy is."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.employment.occupations import Offer, read_occupation

OTHER = "other"


class OccupationForm(forms.Form):
    """One that is offered, or another by its code or full name."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    offered = forms.ChoiceField(label=_("It is"), widget=forms.RadioSelect)
    other = forms.CharField(
        label=_("Another occupation"), max_length=60, required=False,
        help_text=_("Its code or its full name in the classification of 2022, such as 4-02-06-01"),
    )  # fmt: skip

    def __init__(self, *args: Any, offers: Sequence[Offer], current: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.code, f"{one.name} ({one.code})") for one in offers]
        self.fields["offered"].choices = [*choices, (OTHER, _("Another one, typed below"))]  # type: ignore[attr-defined]
        codes = [one.code for one in offers]
        self.fields["offered"].initial = current if current in codes else OTHER if current or not codes else None
        self.fields["other"].initial = "" if current in codes else current

    def clean(self) -> dict[str, Any]:
        """Whoever types another occupation means it; nobody has to tick that there is another one as well."""
        given = super().clean() or {}
        typed = given.get("other") or ""
        if given.get("offered") == OTHER:
            code = read_occupation(typed)
            if not code:
                self.add_error(
                    "other", _("The classification of 2022 has no such occupation. Type its code or its full name.")
                )
            given["occupation"] = code
        else:
            given["occupation"] = given.get("offered", "")
        return given
