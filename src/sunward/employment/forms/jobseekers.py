"""Forms of the jobseekers' pages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.casework.enums import CaseState
from sunward.employment.enums import ClientTagKind, Situation
from sunward.employment.guarantee import GUARANTEE
from sunward.employment.queries.in_charge import MINE, NOBODY
from sunward.employment.queries.jobseeker_file import LOOK_PURPOSES
from sunward.employment.queries.jobseekers import JobseekerQuestion

SHOW_PURPOSES = ("contact_jobseeker", "policy", "verify_identity", "other")
_ANY = ("", _("All"))


class JobseekerFilter(forms.Form):
    """The fields above the list. What cannot be understood is left out: a link that was sent on must open."""

    q = forms.CharField(label=_("Name, number or whole telephone"), max_length=60, required=False)
    unit = forms.ChoiceField(label=_("Sub-district or committee"), required=False)
    tag = forms.ChoiceField(
        label=pgettext_lazy("jobseeker", "Group"), choices=[_ANY, *ClientTagKind.choices], required=False
    )
    situation = forms.ChoiceField(label=_("Situation"), choices=[_ANY, *Situation.choices], required=False)
    stalled = forms.ChoiceField(
        label=pgettext_lazy("jobseeker", "Waiting"),
        choices=[_ANY, ("yes", _("More than 30 days without a step"))],
        required=False,
    )
    owed = forms.ChoiceField(
        label=_("Basic services 1131"), required=False,
        choices=[
            _ANY, ("any", _("Something is still owed")), *((one.code, one.label) for one in GUARANTEE),
        ],
    )  # fmt: skip
    officer = forms.ChoiceField(
        label=_("In charge"), required=False,
        choices=[_ANY, (MINE, pgettext_lazy("in charge", "Me")), (NOBODY, pgettext_lazy("in charge", "Nobody"))],
    )  # fmt: skip
    state = forms.ChoiceField(
        label=_("State of the file"), required=False,
        choices=[("", _("Open")), (CaseState.CLOSED.value, _("Closed")), ("all", _("Open and closed"))],
    )  # fmt: skip

    def __init__(
        self, data: Any, *, units: Sequence[tuple[str, str]], officers: Sequence[tuple[str, str]] = ()
    ) -> None:
        """`officers`: whom a link asks for by name."""
        super().__init__(data)
        self.fields["unit"].choices = [_ANY, *units]  # type: ignore[attr-defined]
        self.fields["officer"].choices = [*self.fields["officer"].choices, *officers]  # type: ignore[attr-defined]

    def question(self) -> JobseekerQuestion:
        self.is_valid()
        asked = self.cleaned_data
        return JobseekerQuestion(
            words=asked.get("q") or "",
            unit=asked.get("unit") or "",
            tag=asked.get("tag") or "",
            situation=asked.get("situation") or "",
            is_stalled=asked.get("stalled") == "yes",
            owed=asked.get("owed") or "",
            officer=asked.get("officer") or "",
            state=asked.get("state") or CaseState.OPEN,
        )


class ShowForm(forms.Form):
    """What a sealed value is needed for: asked before it is opened, and kept."""

    what = forms.CharField(max_length=30, widget=forms.HiddenInput)
    purpose = forms.ChoiceField(
        label=_("What do you need it for?"),
        choices=[("", _("Please choose")), *((code, LOOK_PURPOSES[code]) for code in SHOW_PURPOSES)],
    )
