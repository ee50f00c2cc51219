"""A feed that a district makes."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.employment.enums import FeedDirection
from sunward.employment.feeds.fetching import LONGEST_ADDRESS, read_address


class FeedForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    direction = forms.ChoiceField(label=_("Direction"), choices=FeedDirection.choices, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Other side"), max_length=60, help_text=_("Which office or system reads or sends, e.g. the city's.")
    )

    address = forms.CharField(
        label=_("Address to fetch from"), max_length=LONGEST_ADDRESS, required=False,
        help_text=_("Only if we are to fetch from them: the part before “vacancies.json”. Empty: they send to us."),
    )  # fmt: skip
    remote_key = forms.CharField(
        label=_("Their key"), max_length=200, required=False, widget=forms.PasswordInput,
        help_text=_("What they have given us to fetch with, if anything. It is never shown again."),
    )  # fmt: skip

    def clean_address(self) -> str:
        typed = self.cleaned_data["address"]
        address = read_address(typed)
        if typed and not address:
            raise forms.ValidationError(_("This is no address that may be fetched from. It begins with https://."))
        return address

    def clean_remote_key(self) -> str:
        key: str = self.cleaned_data["remote_key"]
        if key and not (key.isascii() and key.isprintable()):
            raise forms.ValidationError(_("A key has plain letters, digits and signs only. Copy it once more."))
        return key

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("direction") == FeedDirection.OUT and (said.get("address") or said.get("remote_key")):
            self.add_error("address", _("Leave it empty where we tell our vacancies: they fetch from us."))
        return said

    @property
    def form_key(self) -> UUID:
        return UUID(str(self.cleaned_data["key"]))

    def details(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {name: said[name] for name in ("direction", "name", "address", "remote_key")}


class MissingForm(forms.Form):
    """End or keep, and of which list. The template draws the buttons."""

    mark = forms.CharField(max_length=40)
    decision_word = forms.ChoiceField(choices=[("end", _("End them")), ("keep", _("Keep them"))])

    def decision(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"mark": said["mark"], "ends": said["decision_word"] == "end"}
