"""What is asked of results and of enterprises, and what is typed when a step is made, put right or taken back."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.blueprint.actions.enterprises import EnterpriseDetails, GradeDetails
from sunward.blueprint.actions.results import ResultDetails, StepDetails
from sunward.blueprint.enums import EndReason, EnterpriseKind, Grade, ProofKind, ResultStepKind
from sunward.blueprint.pipeline.chain import PROOFS, STAGES, WITH_ENTERPRISE
from sunward.blueprint.queries.results import STILL, Asked, Offered
from sunward.blueprint.universities import universities

Choice = tuple[str, Any]
_PLEASE = ("", _("Please choose"))
_NO_TELEPHONE = _("A name alone; no telephone number.")


class ResultFilter(forms.Form):
    """A value that cannot be understood is left out: a link that was sent on must open."""

    words = forms.CharField(label=pgettext_lazy("filter", "Words"), required=False, max_length=60)
    institution = forms.ChoiceField(label=pgettext_lazy("of a result", "University"), required=False)
    stage = forms.ChoiceField(label=pgettext_lazy("column of results", "Step"), required=False)
    kind = forms.ChoiceField(label=_("Kind of enterprise"), required=False)
    lead = forms.ChoiceField(label=_("Lead unit"), required=False)
    still = forms.ChoiceField(label=_("No step for"), required=False)
    reason = forms.ChoiceField(label=pgettext_lazy("dead end", "Why it ended"), required=False)

    def __init__(self, data: Any, *, offered: Offered, without: Sequence[str] = ()) -> None:
        super().__init__(data)
        everything = ("", pgettext_lazy("filter", "All"))
        days = [(str(days), _("%(days)s days or more") % {"days": days}) for days in STILL]
        offers: dict[str, Sequence[Choice]] = {
            "institution": offered.institutions, "stage": offered.stages, "kind": offered.kinds,
            "lead": offered.leads, "still": days, "reason": offered.reasons,
        }  # fmt: skip
        for name, choices in offers.items():
            _offer(self, name, [everything, *choices])
        for name in without:
            del self.fields[name]

    def asked(self) -> Asked:
        self.is_valid()
        given = self.cleaned_data
        return Asked(
            **{name: given.get(name) or "" for name in ("institution", "stage", "kind", "lead", "reason", "words")},
            still=int(given.get("still") or 0),
        )

    def filters(self) -> dict[str, str]:
        """As typed, for the other page of the same results."""
        return {name: self.data[name] for name in self.fields if self.data.get(name) and name not in self.errors}


class EnterpriseFilter(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of enterprise"), required=False)
    grade = forms.ChoiceField(label=pgettext_lazy("enterprise", "Grade"), required=False)
    holding = forms.ChoiceField(label=pgettext_lazy("enterprise", "State of the grade"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        everything = ("", pgettext_lazy("filter", "All"))
        states = [
            ("holds", pgettext_lazy("grade", "Holds")), ("soon", pgettext_lazy("grade", "Runs out within 90 days")),
            ("over", pgettext_lazy("grade", "Has run out")),
        ]  # fmt: skip
        _offer(self, "kind", [everything, *EnterpriseKind.choices])
        _offer(self, "grade", [everything, *Grade.choices])
        _offer(self, "holding", [everything, *states])

    def chosen(self, name: str) -> str:
        self.is_valid()
        found: str = self.cleaned_data.get(name, "")
        return found


class DayForm(forms.Form):
    happened_on = forms.DateField(label=pgettext_lazy("proof", "Dated"), widget=forms.DateInput)

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.today = today

    def clean_happened_on(self) -> date:
        on: date = self.cleaned_data["happened_on"]
        if on > self.today:
            raise ValidationError(_("Choose a day that has come."))
        return on


class ResultForm(DayForm):
    """A new one asks how it was found as well."""

    title = forms.CharField(label=pgettext_lazy("result", "Title"), max_length=120)
    text = forms.CharField(
        label=pgettext_lazy("of a result", "What it is"), required=False, max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What it does, and for what it could be used: by these words it is found again."),
    )  # fmt: skip
    university = forms.ChoiceField(label=pgettext_lazy("of a result", "University"), required=False)
    institution = forms.CharField(label=_("Or another institution"), required=False, max_length=60)
    scientist = forms.CharField(
        label=pgettext_lazy("result", "Scientist"), required=False, max_length=60, help_text=_NO_TELEPHONE
    )
    broker = forms.CharField(
        label=pgettext_lazy("result", "Broker"), required=False, max_length=60, help_text=_NO_TELEPHONE
    )
    broker_institution = forms.CharField(label=_("Institution of the broker"), required=False, max_length=60)
    lead = forms.ChoiceField(label=_("Lead unit"))
    proof_kind = forms.ChoiceField(label=_("What shows that it was found"))
    proof = forms.CharField(label=_("Name and number of the document"), max_length=200)
    field_order = (
        "title", "text", "university", "institution", "scientist", "broker", "broker_institution", "lead",
        "proof_kind", "proof", "happened_on",
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, today: date, leads: Sequence[Choice], is_new: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(data, today=today, **kwargs)
        known = [(one.key, one.name) for one in universities().values()]
        _offer(self, "university", [("", _("Another institution")), *known])
        _offer(self, "lead", [_PLEASE, *leads])
        _offer(self, "proof_kind", [_PLEASE, *_proofs(ResultStepKind.FOUND)])
        if not is_new:
            for name in ("proof_kind", "proof", "happened_on"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("university")) == bool((given.get("institution") or "").strip()):
            self.add_error("university", _("Choose the university, or write the name of another institution."))
        return given

    def details(self) -> ResultDetails:
        given = self.cleaned_data
        return ResultDetails(
            given["title"], given["text"], given["university"], given["institution"], given["scientist"],
            given["broker"], given["broker_institution"], given["lead"],
        )  # fmt: skip

    def found(self) -> StepDetails:
        given = self.cleaned_data
        return StepDetails(given["happened_on"], given["proof_kind"], given["proof"])


class StepForm(DayForm):
    """One step of the way, a dead end or its end; with the words that this one needs. `why`: it is put right."""

    proof_kind = forms.ChoiceField(label=_("What shows this step"))
    proof = forms.CharField(label=_("Name and number of the document"), max_length=200)
    enterprise = forms.ChoiceField(label=_("With which enterprise"))
    reason = forms.ChoiceField(label=pgettext_lazy("dead end", "Why it ended"))
    text = forms.CharField(label="", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    why = forms.CharField(label=_("Why it is corrected"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    field_order = ("proof_kind", "proof", "happened_on", "enterprise", "reason", "text", "why")

    def __init__(
        self, data: Any = None, *, kind: ResultStepKind, today: date, firms: Sequence[Choice],
        is_skipping: bool = False, is_correction: bool = False, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, today=today, **kwargs)
        is_stage = kind in STAGES
        kept = {
            "proof_kind": is_stage, "proof": is_stage, "enterprise": kind in WITH_ENTERPRISE,
            "reason": kind == ResultStepKind.DEAD_END, "text": kind != ResultStepKind.FOUND, "why": is_correction,
        }  # fmt: skip
        for name, is_kept in kept.items():
            if not is_kept:
                del self.fields[name]
        if is_stage:
            _offer(self, "proof_kind", [_PLEASE, *_proofs(kind)])
        else:
            self.fields["happened_on"].label = pgettext_lazy("of a result", "Decided on")
        if "enterprise" in self.fields:
            _offer(self, "enterprise", [_PLEASE, *firms])
        if "reason" in self.fields:
            _offer(self, "reason", [_PLEASE, *EndReason.choices])
        if "text" in self.fields:
            self._ask_for_words(kind, is_skipping=is_skipping)

    def _ask_for_words(self, kind: ResultStepKind, *, is_skipping: bool) -> None:
        field = self.fields["text"]
        field.required = is_skipping or kind not in STAGES
        if kind == ResultStepKind.DEAD_END:
            field.label = _("What was tried, and what stood in the way")
            field.help_text = _("Whoever writes down something like it reads this first.")
        elif kind == ResultStepKind.TAKEN_UP:
            field.label = _("What has changed since")
        elif is_skipping:
            field.label = _("Why steps are passed over")
        else:
            field.label = _("Remark")
            field.help_text = _("Needed where it goes on with another enterprise than before.")

    def details(self) -> StepDetails:
        given = self.cleaned_data
        firm = given.get("enterprise")
        return StepDetails(
            given["happened_on"], given.get("proof_kind", ""), given.get("proof", ""), UUID(firm) if firm else None,
            given.get("reason", ""), given.get("text", ""),
        )  # fmt: skip


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Why it is taken back"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class LinkForm(forms.Form):
    lines = forms.MultipleChoiceField(
        label=pgettext_lazy("of a result", "Lines of work"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("It is a link: nothing is copied, and nothing of the line changes."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, lines: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        _offer(self, "lines", lines)

    def item_ids(self) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data["lines"]]


class EnterpriseForm(forms.Form):
    unit = forms.ChoiceField(label=_("District"))
    name = forms.CharField(label=pgettext_lazy("enterprise", "Name as registered"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind of enterprise"))
    credit_code = forms.CharField(label=_("Unified social credit code"), required=False, max_length=24)

    def __init__(self, data: Any = None, *, districts: Sequence[Choice], is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        _offer(self, "kind", [_PLEASE, *EnterpriseKind.choices])
        self.only = districts[0][0] if len(districts) == 1 else ""
        if self.only or not is_new:
            del self.fields["unit"]
        else:
            _offer(self, "unit", [_PLEASE, *districts])

    def unit_code(self) -> str:
        found: str = self.only or self.cleaned_data.get("unit", "")
        return found

    def details(self) -> EnterpriseDetails:
        given = self.cleaned_data
        return EnterpriseDetails(given["name"], given["kind"], given["credit_code"])


class GradeForm(forms.Form):
    """Read from a list: what an enterprise says of itself is no grade."""

    grade = forms.ChoiceField(label=pgettext_lazy("enterprise", "Grade"))
    issuer = forms.CharField(label=_("Published by"), max_length=60)
    list_name = forms.CharField(label=_("Name of the list"), max_length=120)
    list_on = forms.DateField(label=_("Published on"), widget=forms.DateInput)
    source = forms.CharField(
        label=_("Where it can be read"), max_length=300, help_text=_("An address, or the number of the document.")
    )
    valid_from = forms.DateField(label=_("Valid from"), widget=forms.DateInput)
    valid_until = forms.DateField(label=_("Valid until"), widget=forms.DateInput)
    why = forms.CharField(label=_("Why it is corrected"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, is_correction: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        _offer(self, "grade", [_PLEASE, *Grade.choices])
        if not is_correction:
            del self.fields["why"]

    def details(self) -> GradeDetails:
        given = self.cleaned_data
        return GradeDetails(
            Grade(given["grade"]), given["issuer"], given["list_name"], given["list_on"], given["source"],
            given["valid_from"], given["valid_until"],
        )  # fmt: skip


def _proofs(kind: ResultStepKind) -> list[Choice]:
    return [(proof.value, ProofKind(proof).label) for proof in PROOFS[kind]]


def _offer(form: forms.Form, name: str, choices: Sequence[Choice]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
