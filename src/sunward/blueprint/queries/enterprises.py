"""Enterprises of the district with their grades: which hold, which run out, which have run out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sunward.accounts.access import Actor
from sunward.blueprint.access_results import keeps, visible_enterprises
from sunward.blueprint.enums import EnterpriseKind, Grade
from sunward.blueprint.models import CertifiedGrade, DistrictEnterprise
from sunward.blueprint.queries.results import ResultCard, read_results
from sunward.core.furniture import Tone

SOON_DAYS = 90
Holding = Literal["ahead", "holds", "soon", "over"]
TONES: Mapping[Holding, Tone] = {"ahead": "calm", "holds": "good", "soon": "warn", "over": "off"}


@dataclass(frozen=True, slots=True)
class GradeRow:
    """What a list says; `days` are left of it, below zero once it has run out."""

    uid: UUID
    grade: Grade
    issuer: str
    list_name: str
    list_on: date
    source: str
    valid_from: date
    valid_until: date
    holding: Holding
    days: int

    @property
    def tone(self) -> Tone:
        return TONES[self.holding]

    @property
    def link(self) -> str:
        """Where the list can be read, if that is an address."""
        return self.source if self.source.startswith(("https://", "http://")) else ""

    @property
    def word(self) -> str:
        if self.holding == "over":
            return _("ran out on %(day)s") % {"day": self.valid_until.isoformat()}
        if self.holding == "soon":
            return ngettext("runs out in %(days)d day", "runs out in %(days)d days", self.days) % {"days": self.days}
        if self.holding == "ahead":
            return pgettext("grade", "from %(day)s") % {"day": self.valid_from.isoformat()}
        return pgettext("grade", "until %(day)s") % {"day": self.valid_until.isoformat()}


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    id: int
    uid: UUID
    name: str
    credit_code: str
    kind: EnterpriseKind
    grades: tuple[GradeRow, ...]
    results: int


@dataclass(frozen=True, slots=True)
class EnterprisePage:
    row: EnterpriseRow
    version: int
    unit: str
    results: tuple[ResultCard, ...]
    corrected: tuple[tuple[GradeRow, str], ...]
    is_keeper: bool


def read_enterprises(actor: Actor, *, on: date) -> list[EnterpriseRow]:
    """By name; a handful of queries for any number. Results are counted as the reader sees them."""
    return _rows(actor, visible_enterprises(actor).order_by("name", "pk"), on=on)


def read_enterprise(actor: Actor, row: DistrictEnterprise, *, on: date) -> EnterprisePage:
    """`row` came through the gate."""
    shown = _rows(actor, DistrictEnterprise.objects.filter(pk=row.pk), on=on)[0]
    corrected = row.grades.filter(corrections__isnull=False).order_by("pk").values_list("pk", "corrections__correction")
    words = dict(corrected)
    return EnterprisePage(
        row=shown, version=row.version, unit=row.unit.name,
        results=tuple(card for card in read_results(actor, on=on) if card.way.enterprise_id == row.pk),
        corrected=tuple(
            (_grade(one, on=on), words[one.pk]) for one in row.grades.filter(pk__in=words).order_by("pk")
        ),
        is_keeper=keeps(actor, row.unit_path),
    )  # fmt: skip


def read_grades(keys: Iterable[int], *, on: date) -> Mapping[int, tuple[GradeRow, ...]]:
    """Those that stand, by enterprise, what holds longest first."""
    found: dict[int, list[GradeRow]] = defaultdict(list)
    rows = CertifiedGrade.objects.filter(enterprise__in=list(keys), is_withdrawal=False, corrections=None)
    for row in rows.order_by("-valid_until", "pk"):
        found[row.enterprise_id].append(_grade(row, on=on))
    return {key: tuple(grades) for key, grades in found.items()}


def hold(valid_from: date, valid_until: date, *, on: date) -> Holding:
    """The last day is a day on which it still holds."""
    if on < valid_from:
        return "ahead"
    left = (valid_until - on).days
    return "over" if left < 0 else "soon" if left <= SOON_DAYS else "holds"


def _rows(actor: Actor, rows: "QuerySet[DistrictEnterprise]", *, on: date) -> list[EnterpriseRow]:
    firms = list(rows)
    grades = read_grades([row.pk for row in firms], on=on)
    counted = Counter(card.way.enterprise_id for card in read_results(actor, on=on))
    return [
        EnterpriseRow(
            row.pk, row.uid, row.name, row.credit_code, EnterpriseKind(row.kind), grades.get(row.pk, ()),
            counted[row.pk],
        )
        for row in firms
    ]  # fmt: skip


def _grade(row: CertifiedGrade, *, on: date) -> GradeRow:
    return GradeRow(
        row.uid, Grade(row.grade), row.issuer, row.list_name, row.list_on, row.source, row.valid_from, row.valid_until,
        hold(row.valid_from, row.valid_until, on=on), (row.valid_until - on).days,
    )  # fmt: skip
