"""What is chosen and typed about digests."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.core.refusals import Refusal

INTRO_LENGTH = 200


class ComposeForm(forms.Form):
    """For which groups: all of them are chosen at first."""

    groups = forms.TypedMultipleChoiceField(
        label=_("Groups"), coerce=UUID, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one group.")},
    )  # fmt: skip

    def __init__(self, *args: Any, groups: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["groups"]
        field.choices = groups  # type: ignore[attr-defined]
        field.initial = [value for value, _label in groups]


class IntroForm(forms.Form):
    intro = forms.CharField(
        label=_("Opening words"), max_length=INTRO_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One warm sentence at most; the list follows by itself. Names and numbers of persons are refused."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class ChosenDigest:
    """A digest that was ticked, as it was when it was read."""

    digest_id: UUID
    version: int
    fingerprint: str


def read_chosen(values: Sequence[str]) -> list[ChosenDigest]:
    """``uid:version:fingerprint`` each."""
    try:
        parts = [value.split(":") for value in values]
        return [ChosenDigest(UUID(uid), int(version), fingerprint) for uid, version, fingerprint in parts]
    except ValueError:
        raise _too_old() from None


def read_lines(values: Sequence[str]) -> list[tuple[str, int]]:
    """``kind:id`` each: records to leave out."""
    try:
        parts = [value.rsplit(":", 1) for value in values]
        return [(kind, int(key)) for kind, key in parts]
    except ValueError:
        raise _too_old() from None


def _too_old() -> Refusal:
    return Refusal("outreach.form_too_old", _("This page was open too long. Load it again, then repeat the step."))
