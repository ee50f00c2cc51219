"""Whom to invite to a fair: employers of the district that offer something open, those of its industry first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from sunward.accounts.access import Actor
from sunward.employment.access.vacancies import visible_vacancies
from sunward.employment.enums import BoothState
from sunward.employment.models import Booth, Employer
from sunward.employment.vacancies.industry_groups import SECTIONS, IndustryGroup, group_of
from sunward.gatherings.models import Gathering

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Invitable:
    uid: UUID
    name: str
    industry: str
    vacancies: int
    is_of_industry: bool


def list_invitable(actor: Actor, gathering: Gathering, words: str, *, on: date) -> tuple[Sequence[Invitable], bool]:
    """Not those that are invited already; and whether there are more than are shown. One query."""
    found = list(_ask(actor, gathering, words, on=on)[: SHOWN + 1])
    rows = [
        Invitable(
            row.uid, row.name, _label(row.industry), row.offered, bool(row.is_of_industry)  # type: ignore[attr-defined]
        )
        for row in found[:SHOWN]
    ]  # fmt: skip
    return rows, len(found) > SHOWN


def _ask(actor: Actor, gathering: Gathering, words: str, *, on: date) -> QuerySet[Employer]:
    offered = visible_vacancies(actor).open(on=on)
    if words:
        offered = offered.filter(Q(title__icontains=words) | Q(employer__name__icontains=words))
    there = Booth.objects.filter(gathering=gathering, employer=OuterRef("pk")).exclude(state=BoothState.WITHDRAWN)
    return (
        Employer.objects.filter(vacancies__in=offered)
        .exclude(Exists(there))
        .annotate(offered=Count("vacancies"), is_of_industry=ExpressionWrapper(_of(gathering), BooleanField()))
        .order_by("-is_of_industry", "-offered", "name", "pk")
    )


def _of(gathering: Gathering) -> Q:
    """Of the fair's industry; where it has none, nobody stands before anybody."""
    group = gathering.fields.get("industry", "")
    letters = SECTIONS[IndustryGroup(group)] if group in IndustryGroup.values else ""
    found = Q(pk__in=[])
    for letter in letters:
        found |= Q(industry__startswith=letter)
    return found


def _label(industry: str) -> str:
    group = group_of(industry)
    return str(group.label) if group is not None else ""
