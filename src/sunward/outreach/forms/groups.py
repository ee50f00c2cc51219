"""What is typed about a community group."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _


class GroupForm(forms.Form):
    unit = forms.TypedChoiceField(label=_("Sub-district"), coerce=int)
    name = forms.CharField(label=_("Name of the group"), max_length=60, help_text=_("As it is called in the chat."))
    channel = forms.TypedChoiceField(
        label=_("Channel"), coerce=UUID, required=False, empty_value=None,
        help_text=_("The robot of exactly this group. Without one you can compose and preview, but not send."),
    )  # fmt: skip
    topics = forms.MultipleChoiceField(
        label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("What its readers want to hear. None chosen means everything."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        units: Sequence[tuple[str, str]],
        channels: Sequence[tuple[str, str]],
        topics: Sequence[tuple[str, Any]],
        is_new: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            self.fields["unit"].choices = units  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]
        self.fields["channel"].choices = [("", _("None yet")), *channels]  # type: ignore[attr-defined]
        self.fields["topics"].choices = topics  # type: ignore[attr-defined]
        if not topics:
            del self.fields["topics"]

    @property
    def details(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"name": said["name"], "channel_id": said["channel"], "topics": said.get("topics", ())}
