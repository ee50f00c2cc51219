"""Vacancies as they are listed and shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.accounts.access import Actor
from sunward.core.furniture import Fact, Text, Tone
from sunward.core.search.index import holding
from sunward.core.tables import Column
from sunward.employment.access.likenesses import waiting_likenesses
from sunward.employment.access.vacancies import (
    VACANCY_ROLES,
    changeable_vacancies,
    may_change,
    subdistricts_around,
    visible_vacancies,
)
from sunward.employment.enums import Channel, Education, VacancyCloseReason, VacancyKind, VacancyState
from sunward.employment.models import Employer, Vacancy, VacancyQuerySet, VacancySource
from sunward.employment.occupations import name_of
from sunward.employment.vacancies.checks import CheckLevel, CheckRule, explain
from sunward.employment.vacancies.wording import Pay, write_places

# Whoever answers for a vacancy is asked again in the week before it runs out.
RUNNING_OUT_DAYS = 7
OFFERED_AT_MOST = 200
COLUMNS = (
    Column("post", _("post"), ("title", "pk")),
    Column("employer", _("employer"), ("employer__name", "pk")),
    Column("pay", _("salary"), ("-salary_min", "pk")),
    Column("places", _("places")),
    Column("workplace", _("place of work")),
    Column("unit", _("Office")),
    # Within each of the parts below.
    Column("state", pgettext_lazy("vacancy", "State"), ("-pk",)),
)
_LEVELS: Mapping[str, tuple[Text, Tone]] = {
    CheckLevel.BLOCK: (_("Against the law"), "urgent"),
    CheckLevel.WARN: (_("Doubtful"), "warn"),
    CheckLevel.ASK: (_("Needs a reason"), "info"),
}


@dataclass(frozen=True, slots=True)
class VacancyQuestion:
    words: str = ""
    state: str = ""
    subdistrict: str = ""


@dataclass(frozen=True, slots=True)
class VacancyRow:
    uid: UUID
    title: str
    employer: str
    employer_id: UUID
    pay: str
    places: str
    workplace: str
    unit_name: str
    state: Text
    tone: Tone
    until: date | None


@dataclass(frozen=True, slots=True)
class FindingLine:
    words: str
    level: Text
    tone: Tone
    article: Text
    instead: Text


@dataclass(frozen=True, slots=True)
class SourceLine:
    channel: Text
    name: str
    title: str
    salary_text: str
    told_at: datetime
    visit_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class MergedLine:
    """The same post, told under another row."""

    uid: UUID
    title: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class PairLine:
    """With which other vacancy it may be one; for whoever decides."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class VacancyPage:
    """`may_change`: the actor's office answers for it. The telephone is here for the officers who may read the page."""

    row: VacancyRow
    version: int
    facts: tuple[Fact, ...]
    description: str
    is_coded: bool
    findings: tuple[FindingLine, ...]
    sources: tuple[SourceLine, ...]
    may_change: bool
    may_edit: bool
    is_over: bool
    may_verify: bool
    may_release: bool
    may_close: bool
    may_reopen: bool
    may_part: bool
    merged: tuple[MergedLine, ...]
    merged_into: MergedLine | None
    pairs: tuple[PairLine, ...]


@dataclass(frozen=True, slots=True)
class EmployerPage:
    uid: UUID
    name: str
    facts: tuple[Fact, ...]
    vacancies: tuple[VacancyRow, ...]
    is_cut: bool
    may_change: bool


def ask_vacancies(actor: Actor, asked: VacancyQuestion, *, on: date) -> VacancyQuerySet:
    found = visible_vacancies(actor).select_related("employer", "unit").defer("contact_phone", "description")
    found = _in_state(found, asked.state, on=on)
    if asked.subdistrict:
        path = subdistricts_around(actor).filter(code=asked.subdistrict).values_list("path", flat=True).first()
        around = Q(subdistrict_code=asked.subdistrict)
        found = found.filter(around | Q(unit_path__startswith=path) if path else around)
    for word in asked.words.split():
        named = Employer.objects.filter(holding("name", word)).values("pk")
        found = found.filter(holding("title", word) | Q(employer__in=named) | Q(occupation__startswith=word))
    return found


def parts_of_order(actor: Actor, *, on: date) -> dict[str, tuple[Q, ...]]:
    """By state what waits for the actor's own office comes first, then others, what is over, and what is closed."""
    closed, over = Q(state=VacancyState.CLOSED), _is_over(on)
    is_going_on = ~closed & (Q(valid_until=None) | Q(valid_until__gte=on))
    waits = Q(state__in=[VacancyState.HELD, VacancyState.WAITING]) | Q(state=VacancyState.OPEN, verified_until__lt=on)
    mine = waits & may_change(actor)
    return {"state": (is_going_on & mine, is_going_on & ~mine, ~closed & over, closed)}


def waiting(found: VacancyQuerySet, *, on: date) -> VacancyQuerySet:
    """To be verified or reviewed. What its employer does not offer any more waits for nobody."""
    return found.filter(_waits(on))


def running_out(found: VacancyQuerySet, *, on: date) -> VacancyQuerySet:
    """Open for a week at most."""
    return found.open(on=on).filter(verified_until__lte=on + timedelta(days=RUNNING_OUT_DAYS))


def to_row(vacancy: Vacancy, *, on: date) -> VacancyRow:
    state, tone = _tell_state(vacancy, on)
    return VacancyRow(
        uid=vacancy.uid,
        title=vacancy.title,
        employer=vacancy.employer.name,
        employer_id=vacancy.employer.uid,
        pay=_pay(vacancy),
        places=write_places(vacancy.places_min, vacancy.places_max),
        workplace=vacancy.workplace,
        unit_name=vacancy.unit.short_name,
        state=state,
        tone=tone,
        until=vacancy.verified_until if vacancy.state == VacancyState.OPEN else None,
    )


def read_vacancy(vacancy: Vacancy, actor: Actor, *, on: date) -> VacancyPage:
    """Five queries beside the row itself."""
    mine = changeable_vacancies(actor).filter(pk=vacancy.pk).exists()
    is_closed = vacancy.state == VacancyState.CLOSED
    return VacancyPage(
        row=to_row(vacancy, on=on),
        version=vacancy.version,
        facts=_facts(vacancy),
        description=vacancy.description,
        is_coded=bool(vacancy.occupation),
        findings=tuple(to_finding(one) for one in vacancy.findings),
        sources=list_sources(vacancy),
        merged=tuple(
            MergedLine(one.uid, one.title, one.unit.short_name)
            for one in visible_vacancies(actor).filter(merged_into=vacancy).select_related("unit").order_by("pk")
        ),
        merged_into=_kept(vacancy),
        pairs=_pairs(vacancy, actor) if mine and not is_closed else (),
        may_part=mine
        and is_closed
        and vacancy.merged_into_id is not None
        and changeable_vacancies(actor).filter(pk=vacancy.merged_into_id).exists(),
        may_change=mine,
        may_edit=mine and not is_closed,
        is_over=not is_closed and is_over(vacancy, on),
        may_verify=mine and vacancy.state in (VacancyState.WAITING, VacancyState.OPEN) and not is_over(vacancy, on),
        may_release=mine and vacancy.state == VacancyState.HELD and not is_over(vacancy, on),
        may_close=mine and not is_closed,
        may_reopen=mine and is_closed and vacancy.close_reason != VacancyCloseReason.MERGED,
    )


def list_sources(vacancy: Vacancy) -> tuple[SourceLine, ...]:
    """Its own, and those of what was merged into it."""
    # The keys of a few vacancies first: asked of the sources themselves, either question reads all of them.
    those = Vacancy.objects.filter(Q(pk=vacancy.pk) | Q(merged_into=vacancy)).values("pk")
    told = VacancySource.objects.filter(vacancy__in=those).select_related("visit")
    return tuple(
        SourceLine(
            Channel(one.channel).label, one.name, one.title, one.salary_text, one.told_at,
            one.visit.uid if one.visit else None,
        )
        for one in told.order_by("told_at", "pk")
    )  # fmt: skip


def _pairs(vacancy: Vacancy, actor: Actor) -> tuple[PairLine, ...]:
    waiting = waiting_likenesses(actor).filter(Q(first=vacancy) | Q(second=vacancy)).order_by("-points", "pk")
    return tuple(
        PairLine(one.pk, (one.second if one.first_id == vacancy.pk else one.first).title)
        for one in waiting.select_related("first", "second")[:20]
    )


def _kept(vacancy: Vacancy) -> MergedLine | None:
    stays = vacancy.merged_into
    return MergedLine(stays.uid, stays.title, stays.unit.short_name) if stays is not None else None


def read_employer(employer: Employer, actor: Actor, *, on: date) -> EmployerPage:
    """One query beside the row itself: what is open first."""
    is_closed = Case(
        When(state=VacancyState.CLOSED, then=Value(value=True)), default=Value(value=False), output_field=BooleanField()
    )
    offered: QuerySet[Vacancy] = visible_vacancies(actor).filter(employer=employer).select_related("employer", "unit")
    rows = list(offered.defer("contact_phone", "description").order_by(is_closed, "-pk")[: OFFERED_AT_MOST + 1])
    return EmployerPage(
        uid=employer.uid,
        name=employer.name,
        facts=(
            Fact(_("unified social credit code"), employer.uscc),
            Fact(_("industry"), employer.industry),
            Fact(pgettext_lazy("employer", "address"), employer.address),
            Fact(_("Office"), employer.unit.name),
        ),
        vacancies=tuple(to_row(row, on=on) for row in rows[:OFFERED_AT_MOST]),
        is_cut=len(rows) > OFFERED_AT_MOST,
        may_change=any(employer.unit_path.startswith(path) for path in actor.paths(*VACANCY_ROLES)),
    )


def subdistrict_choices(actor: Actor) -> list[tuple[str, str]]:
    return list(subdistricts_around(actor).order_by("path").values_list("code", "name"))


def _is_over(on: date) -> Q:
    return Q(valid_until__lt=on)


def _waits(on: date) -> Q:
    return Q(state__in=[VacancyState.HELD, VacancyState.WAITING]) & (Q(valid_until=None) | Q(valid_until__gte=on))


def _in_state(found: VacancyQuerySet, state: str, *, on: date) -> VacancyQuerySet:
    if state == "open":
        return found.open(on=on)
    if state == "running_out":
        return running_out(found, on=on)
    if state == "run_out":
        return found.run_out(on=on)
    if state == "over":
        return found.filter(_is_over(on)).exclude(state=VacancyState.CLOSED)
    if state in VacancyState.values:
        return found.filter(Q(state=VacancyState.CLOSED) | _waits(on), state=state)
    return found if state == "all" else found.exclude(state=VacancyState.CLOSED)


def _tell_state(vacancy: Vacancy, on: date) -> tuple[Text, Tone]:
    state = VacancyState(vacancy.state)
    if state == VacancyState.CLOSED:
        return VacancyCloseReason(vacancy.close_reason).label, "off"
    if state != VacancyState.OPEN and is_over(vacancy, on):
        came_late = vacancy.valid_until is not None and vacancy.valid_until < localdate(vacancy.made_at)
        return (_("Expired when it came in") if came_late else _("The employer's last day is over")), "off"
    if state == VacancyState.HELD:
        return state.label, "urgent"
    if state == VacancyState.WAITING:
        return state.label, "warn"
    if not vacancy.is_open(on):
        return pgettext_lazy("vacancy", "Run out"), "warn"
    is_ending = vacancy.verified_until is not None and vacancy.verified_until <= on + timedelta(days=RUNNING_OUT_DAYS)
    return (pgettext_lazy("vacancy", "Runs out soon"), "warn") if is_ending else (state.label, "good")


def is_over(vacancy: Vacancy, on: date) -> bool:
    return vacancy.valid_until is not None and vacancy.valid_until < on


def _pay(vacancy: Vacancy) -> str:
    return Pay(
        vacancy.salary_min, vacancy.salary_max, vacancy.salary_period, vacancy.amount_min, vacancy.amount_max,
        vacancy.salary_months,
    ).words()  # fmt: skip


def offer_lines(vacancy: Vacancy) -> tuple[Fact, ...]:
    """What is offered, without whom to ring up."""
    return (
        Fact(_("employer"), vacancy.employer.name),
        Fact(_("salary"), _pay(vacancy), note=vacancy.salary_text),
        Fact(_("places"), write_places(vacancy.places_min, vacancy.places_max)),
        Fact(pgettext_lazy("vacancy", "Kind"), VacancyKind(vacancy.kind).label),
        Fact(_("education"), Education(vacancy.education).label if vacancy.education else ""),
        Fact(_("place of work"), vacancy.workplace),
        Fact(_("occupation"), name_of(vacancy.occupation), note=vacancy.occupation),
        Fact(_("valid until"), vacancy.valid_until),
        Fact(_("Office"), vacancy.unit.name),
    )


def _facts(vacancy: Vacancy) -> tuple[Fact, ...]:
    verified = f"{vacancy.verified_on or ''} {vacancy.verified_by or ''}".strip()
    return (
        *offer_lines(vacancy),
        Fact(_("contact"), vacancy.contact_name, note=vacancy.contact_phone),
        Fact(_("verified until"), vacancy.verified_until, note=verified),
        Fact(_("wording reviewed on"), vacancy.reviewed_on, note=str(vacancy.reviewed_by or "")),
    )


def to_finding(found: Mapping[str, Any]) -> FindingLine:
    """What is kept is code and words; article and wording are those of today's rules."""
    level, tone = _LEVELS.get(str(found.get("level")), _LEVELS[CheckLevel.WARN])
    rule = str(found.get("rule"))
    article, instead = explain(CheckRule(rule)) if rule in set(CheckRule) else ("", "")
    return FindingLine(str(found.get("words", "")), level, tone, article, instead)
