"""Every column has its class, and every foreign key points down."""

import tomllib

import pytest
from django.apps import apps
from django.db import models

from sunward.core.classification import REGISTRY, Sensitivity
from sunward.core.fields import SealedTextField
from sunward.people.models import Person, PossibleDuplicate
from tests.house.sources import ROOT


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("sunward.")]


def floors() -> dict[str, int]:
    """App label → height, as the import contract declares it; siblings share a floor."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract.get("exhaustive"))
    return {app.strip(): -height for height, floor in enumerate(layers) for app in floor.split("|")}


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_column_is_classified_once(model):
    columns = {field.name for field in model._meta.concrete_fields}
    classified = REGISTRY.get(model._meta.label, {})
    assert columns == set(classified), "say in @classified how sensitive each column is"


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_foreign_key_points_down(model):
    heights = floors()
    here = heights[model._meta.app_label]
    for field in model._meta.get_fields():
        if field.auto_created or not field.is_relation or field.related_model is None:
            continue
        there = field.related_model._meta.app_label
        if there in heights and there != model._meta.app_label:
            assert heights[there] < here, f"{field.name} points up or sideways, to {there}"


def test_every_app_of_ours_has_a_floor():
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("sunward.")}
    assert ours == set(floors())


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_what_is_called_sealed_is_sealed_and_nothing_else_is(model):
    sealed = {field.name for field in model._meta.concrete_fields if isinstance(field, SealedTextField)}
    called = {name for name, level in REGISTRY[model._meta.label].items() if level == Sensitivity.SEALED}
    assert sealed == called


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_what_points_to_a_person_does_so_by_a_named_relation(model):
    """Merging two persons, and forgetting one, walk the relations of `Person`; one called "+" is not among them."""
    if model is PossibleDuplicate:
        return  # the pair itself
    fields = [field for field in model._meta.concrete_fields if field.related_model is Person and model is not Person]
    hidden = [field.name for field in fields if field.remote_field.hidden]
    assert not hidden, "give it a related_name"
