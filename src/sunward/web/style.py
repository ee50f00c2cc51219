"""The style page: every part of the furniture in all its states, for whoever builds a page."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import SunwardRequest, allow_any_role
from sunward.accounts.enums import Role
from sunward.core.drawings import icon_names
from sunward.core.refusals import NotAllowed
from sunward.core.tables import LedgerPage
from sunward.web import samples


class SampleForm(forms.Form):
    """One field of each kind; `errors` shows what a tired person meets after a slip."""

    name = forms.CharField(label=_("Name"), max_length=40, help_text=_("As on the identity card."))
    met_on = forms.DateField(label=_("Day"), widget=forms.DateInput)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600, required=False)
    risk = forms.ChoiceField(label=_("Risk level"), choices=[("", _("Please choose")), ("high", _("High"))])
    way = forms.ChoiceField(
        label=_("How"), choices=[("home", _("At home")), ("phone", _("By phone"))], widget=forms.RadioSelect
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=[("school", _("School")), ("health", _("Health")), ("family", _("Family"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    file = forms.FileField(label=_("Workbook"), required=False, help_text=_("Excel or CSV, at most 50 MB."))
    is_agreed = forms.BooleanField(label=_("The guardian has agreed"))


@allow_any_role()
def style(request: SunwardRequest) -> HttpResponse:
    if not (settings.DEBUG or request.actor.has(Role.ADMINISTRATOR)):
        raise NotAllowed("web.style_page", _("This page is for those who build Sunward."))
    return render(request, "web/style.html", _context(request))


def _context(request: SunwardRequest) -> dict[str, Any]:
    page: LedgerPage[samples.SampleRow] = samples.ledger(request.GET)
    return {
        "page": page,
        "filters": {"form": samples.SampleFilters(request.GET)},
        "form": SampleForm(initial={"met_on": request.actor.on}, prefix="sample"),
        "failing": SampleForm({"failing-minutes": "0", "failing-way": "home"}, prefix="failing"),
        "facts": samples.FACTS,
        "tabs": samples.TABS,
        "steps": samples.STEPS,
        "moments": samples.moments(request.actor.on),
        "todos": samples.TODOS,
        "looks": samples.looks(request.actor.on),
        "progresses": samples.PROGRESSES,
        "icons": icon_names(),
        "drawings": ("seed", "sprout", "bud", "bloom", "pair", "bowed"),
        "tones": samples.TONES,
    }
