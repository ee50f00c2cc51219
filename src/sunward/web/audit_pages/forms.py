from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.audit.enums import AuditKind
from sunward.web.audit_pages.queries import EntryQuestion
from sunward.web.audit_pages.words import WORDS


class EntryFilter(forms.Form):
    """What the auditor looks for."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *AuditKind.choices], required=False)
    subject = forms.CharField(
        label=_("Number of the file"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "C000012"}),
    )
    who = forms.CharField(label=_("Who"), max_length=60, required=False)
    code = forms.ChoiceField(label=_("What"), choices=[("", _("All")), *WORDS.items()], required=False)
    from_on = forms.DateField(label=_("From"), widget=forms.DateInput, required=False)
    until_on = forms.DateField(label=_("Until"), widget=forms.DateInput, required=False)

    def question(self) -> EntryQuestion:
        """What cannot be understood is left out."""
        self.is_valid()
        asked = self.cleaned_data
        return EntryQuestion(
            kind=asked.get("kind") or "", code=asked.get("code") or "", who=asked.get("who") or "",
            subject=asked.get("subject") or "", from_on=asked.get("from_on"), until_on=asked.get("until_on"),
        )  # fmt: skip
