"""Forms of the groups of one jobseeker."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.employment.enums import ClientTagKind

PLEASE = ("", _("Please choose"))


class TagForm(forms.Form):
    kind = forms.ChoiceField(label=pgettext_lazy("jobseeker", "Group"), choices=[PLEASE, *ClientTagKind.choices])


class EndTagForm(forms.Form):
    """The reasons are those that the group allows: see `queries.jobseeker_groups.end_reasons`."""

    reason = forms.ChoiceField(label=_("Why they do not belong to it any more"))
