"""The policy as a form: one line a rule, one a criterion; and the filters above the lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from sunward.matching.declaration import Declaration, HardRule, SoftCriterion, Words
from sunward.matching.enums import ProposalState
from sunward.matching.models import Proposal, Unserved
from sunward.matching.words import name_unserved, unserved_codes
from sunward_match.pairing import Parameter


@dataclass(frozen=True, slots=True)
class RuleLine:
    rule: HardRule
    is_on: BoundField | None  # None: required by law, always on
    parameters: tuple[BoundField, ...]


@dataclass(frozen=True, slots=True)
class CriterionLine:
    criterion: SoftCriterion
    weight: BoundField
    parameters: tuple[BoundField, ...]


class PolicyForm(forms.Form):
    """A policy's content as fields. `base` is the number of the version that the person saw."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    ordering = forms.ChoiceField(label=_("Who goes first"), widget=forms.RadioSelect)
    incumbency = forms.ChoiceField(
        label=_("Existing matches"),
        widget=forms.RadioSelect,
        choices=[
            ("keep", _("stay as they are")),
            ("prefer", _("are looked at anew, with a bonus for staying")),
        ],
    )
    stability_bonus = forms.FloatField(
        label=_("Bonus for staying, in points"), min_value=0, max_value=100, required=False, initial=20,
        help_text=_("Counts only if existing matches are looked at anew. Nobody is changed without a handover."),
    )  # fmt: skip
    radius_km = forms.FloatField(
        label=_("Search radius in km"), min_value=0.1, max_value=100, required=False,
        help_text=_("Empty: no limit. Widens or narrows the search only where places are known."),
    )  # fmt: skip
    nearest = forms.IntegerField(
        label=_("Nearest looked at for each child"), min_value=1, max_value=1000,
        help_text=_("Matters only for large districts; nobody goes without because of it."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Why this change"), max_length=200, required=False,
        help_text=_("Whoever looks at this policy in a year will be grateful."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, declaration: Declaration, content: Mapping[str, Any], base: int) -> None:
        self.declaration, self.content = declaration, content
        super().__init__(data, initial=_initial(declaration, content, base))
        ordering = self.fields["ordering"]
        assert isinstance(ordering, forms.ChoiceField)
        ordering.choices = [(one.code, one.label) for one in declaration.orderings]
        for rule in declaration.rules:
            if not rule.is_law:
                self.fields[f"rule-{rule.code}"] = forms.BooleanField(label=str(rule.holds), required=False)
            self._add_parameters("rule", rule.code, rule.rule.parameters, rule.parameter_words)
        for soft in declaration.criteria:
            self.fields[f"weight-{soft.code}"] = forms.FloatField(label=str(soft.label), min_value=0, max_value=100)
            self._add_parameters("weight", soft.code, soft.criterion.parameters, soft.parameter_words)

    def _add_parameters(
        self, kind: str, code: str, parameters: tuple[Parameter, ...], words: Mapping[str, Words]
    ) -> None:
        for parameter in parameters:
            if parameter.name in words:
                self.fields[f"{kind}-{code}-{parameter.name}"] = _field(parameter, words[parameter.name])

    def rule_lines(self) -> Iterator[RuleLine]:
        for rule in self.declaration.rules:
            yield RuleLine(
                rule,
                None if rule.is_law else self[f"rule-{rule.code}"],
                tuple(self[f"rule-{rule.code}-{name}"] for name in rule.parameter_words),
            )

    def criterion_lines(self) -> Iterator[CriterionLine]:
        for soft in self.declaration.criteria:
            yield CriterionLine(
                soft,
                self[f"weight-{soft.code}"],
                tuple(self[f"weight-{soft.code}-{name}"] for name in soft.parameter_words),
            )

    def read_content(self) -> dict[str, Any]:
        """The policy as typed, in the shape in which policies are stored. Call it on a valid form."""
        said = self.cleaned_data
        column = {one.code: one.column for one in self.declaration.orderings}[said["ordering"]]
        rules = [rule for rule in self.declaration.rules if rule.is_law or said[f"rule-{rule.code}"]]
        return {
            **self.content,
            "rules": [
                {"code": rule.code, "parameters": self._read_parameters("rule", rule.code, rule.parameter_words)}
                for rule in rules
            ],
            "criteria": [
                {
                    "code": soft.code,
                    "weight": said[f"weight-{soft.code}"],
                    "parameters": self._read_parameters("weight", soft.code, soft.parameter_words),
                }
                for soft in self.declaration.criteria
            ],
            "reach": {**self.content.get("reach", {}), "radius_km": said["radius_km"], "nearest": said["nearest"]},
            "columns": {**self.content.get("columns", {}), "tier": column},
            "incumbency": said["incumbency"],
            "stability_bonus": said["stability_bonus"] or 0.0,
        }

    def _read_parameters(self, kind: str, code: str, words: Mapping[str, Any]) -> dict[str, float]:
        return {name: float(self.cleaned_data[f"{kind}-{code}-{name}"]) for name in words}


def _field(parameter: Parameter, label: Words) -> forms.Field:
    said = str(label)
    is_flag = parameter.is_whole and (parameter.least, parameter.most) == (0, 1)
    if is_flag:
        return forms.BooleanField(label=said, required=False)
    if parameter.is_whole:
        return forms.IntegerField(label=said, min_value=int(parameter.least), max_value=int(parameter.most))
    return forms.FloatField(label=said, min_value=parameter.least, max_value=parameter.most)


def _initial(declaration: Declaration, content: Mapping[str, Any], base: int) -> dict[str, Any]:
    rules = {entry["code"]: entry for entry in content.get("rules", [])}
    criteria = {entry["code"]: entry for entry in content.get("criteria", [])}
    columns = {ordering.column: ordering.code for ordering in declaration.orderings}
    said: dict[str, Any] = {
        "base": base,
        "ordering": columns.get(content.get("columns", {}).get("tier"), declaration.orderings[0].code),
        "incumbency": content.get("incumbency", "keep"),
        "stability_bonus": _shorten(content.get("stability_bonus", 0.0)),
        "radius_km": _shorten(content.get("reach", {}).get("radius_km")),
        "nearest": content.get("reach", {}).get("nearest", 50),
    }
    for rule in declaration.rules:
        said[f"rule-{rule.code}"] = rule.code in rules
        said |= _parameters("rule", rule.code, rule.rule.parameters, rules.get(rule.code, {}))
    for soft in declaration.criteria:
        said[f"weight-{soft.code}"] = _shorten(criteria.get(soft.code, {}).get("weight", 0))
        said |= _parameters("weight", soft.code, soft.criterion.parameters, criteria.get(soft.code, {}))
    return said


def _parameters(kind: str, code: str, parameters: tuple[Parameter, ...], entry: Mapping[str, Any]) -> dict[str, Any]:
    given = entry.get("parameters", {})
    found = {f"{kind}-{code}-{p.name}": given.get(p.name, p.default) for p in parameters}
    return {name: _shorten(value) for name, value in found.items()}


def _shorten(value: float | None) -> float | None:
    """25 rather than 25.0."""
    return int(value) if value is not None and value == int(value) else value


class StartForm(forms.Form):
    """For which unit, under which policy."""

    policy = forms.ChoiceField(label=_("Policy"))
    unit = forms.ChoiceField(label=_("For"))

    def __init__(self, data: Any = None, *, policies: list[tuple[str, str]], units: list[tuple[str, str]]) -> None:
        super().__init__(data)
        for name, choices in (("policy", policies), ("unit", units)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ChooseForm(ReasonForm):
    right = forms.IntegerField(widget=forms.HiddenInput)


class ProposalFilter(django_filters.FilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(label=_("State"), choices=ProposalState.choices, empty_label=_("All"))
    tier = django_filters.ChoiceFilter(label=_("Risk"), empty_label=_("All"))
    unit = django_filters.ChoiceFilter(
        label=_("Sub-district"), field_name="unit_path", lookup_expr="startswith", empty_label=_("All")
    )

    class Meta:
        model = Proposal
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, declaration: Declaration, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, declaration, units)


class UnservedFilter(django_filters.FilterSet):  # type: ignore[misc]
    code = django_filters.ChoiceFilter(label=_("Why nobody"), empty_label=_("All who should have somebody"))
    tier = django_filters.ChoiceFilter(label=_("Risk"), empty_label=_("All"))
    unit = django_filters.ChoiceFilter(
        label=_("Sub-district"), field_name="unit_path", lookup_expr="startswith", empty_label=_("All")
    )

    class Meta:
        model = Unserved
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, declaration: Declaration, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["code"].extra["choices"] = [(code, name_unserved(code)) for code in unserved_codes()]
        _offer(self, declaration, units)

    def filter_queryset(self, queryset: Any) -> Any:
        """Who is not to be matched at all is shown only when asked for."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("code") else found.exclude(code="child_rule")


def _offer(filters: django_filters.FilterSet, declaration: Declaration, units: list[tuple[str, str]]) -> None:
    filters.filters["tier"].extra["choices"] = sorted(
        ((str(tier), label) for tier, label in declaration.tiers.items()), reverse=True
    )
    filters.filters["unit"].extra["choices"] = units
