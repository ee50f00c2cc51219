"""The forms of visits to employers."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.employment.actions.visits import LONGEST_WORDS, VisitDetails

_ON_SITE, _ONLINE = pgettext_lazy("employer", "On site"), pgettext_lazy("employer", "Online")


class VisitForm(forms.Form):
    """The hidden initial values tell two edits of one visit apart."""

    happened_on = forms.DateField(label=_("Day"), widget=forms.DateInput, show_hidden_initial=True)
    is_online = forms.TypedChoiceField(
        label=_("How"), choices=[("no", _ON_SITE), ("yes", _ONLINE)], coerce=lambda said: said == "yes",
        widget=forms.RadioSelect, initial="no", show_hidden_initial=True,
    )  # fmt: skip
    learned = forms.CharField(
        label=_("What was learned"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 6}),
        show_hidden_initial=True,
        help_text=_("Whom it looks for, what it is content with or not, what was promised. Name no jobseeker."),
    )  # fmt: skip
    next_on = forms.DateField(
        label=_("Visit again on"), widget=forms.DateInput, required=False, show_hidden_initial=True,
        help_text=_("It stands on the list of employers to visit from a month before."),
    )  # fmt: skip

    def details(self) -> VisitDetails:
        said = self.cleaned_data
        return VisitDetails(
            happened_on=said["happened_on"], is_online=said["is_online"],
            learned="\n".join(said["learned"].strip().splitlines()), next_on=said["next_on"],
        )  # fmt: skip


class NewVisitForm(VisitForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    unit_id = forms.TypedChoiceField(label=_("Office"), coerce=int)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = units  # type: ignore[attr-defined]

    @property
    def form_key(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key


class VisitFilter(forms.Form):
    """The fields above the list of visits. What cannot be understood is left out."""

    q = forms.CharField(label=_("Employer or what was learned"), max_length=60, required=False)
    how = forms.ChoiceField(
        label=_("How"),
        required=False,
        choices=[("", _("All")), ("site", _ON_SITE), ("online", _ONLINE)],
    )
    since = forms.DateField(label=pgettext_lazy("employer", "Since"), widget=forms.DateInput, required=False)

    def asked(self) -> tuple[str, str, date | None]:
        self.is_valid()
        said = self.cleaned_data
        return said.get("q") or "", said.get("how") or "", said.get("since")
