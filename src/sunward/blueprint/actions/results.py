"""A result is written down with how it was found, goes from step to step, is put right, and is tied to work."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.models import Unit
from sunward.blueprint.access_results import (
    RESULT_SUBJECT,
    enterprises_to_choose,
    get_kept_result,
    get_led_result,
    kept_results,
    result_subject,
    units_to_lead,
    work_to_link,
)
from sunward.blueprint.actions.meetings import refuse_numbers
from sunward.blueprint.enums import ResultStepKind
from sunward.blueprint.models import ResearchResult, ResultLink, ResultStep
from sunward.blueprint.pipeline.chain import (
    ResultRow,
    Way,
    read_way,
    why_not,
    why_not_replace,
    why_not_take_back,
)
from sunward.blueprint.queries.result_ways import read_rows
from sunward.blueprint.universities import universities
from sunward.core.refusals import Conflict, Refusal
from sunward.ledger.actions import NewFact, correct_fact, record_fact
from sunward.ledger.models import Fact
from sunward.ledger.queries import standing_facts

WRITTEN, CHANGED, STEPPED = "blueprint.result_written", "blueprint.result_changed", "blueprint.result_step"
CORRECTED, TAKEN_BACK, LINKED = (
    "blueprint.result_step_corrected", "blueprint.result_step_taken_back", "blueprint.result_linked",
)  # fmt: skip
K = ResultStepKind
FACTS = {
    K.FOUND: "blueprint.result_found", K.NEED_MATCHED: "blueprint.need_matched",
    K.CONCEPT_PROVED: "blueprint.concept_proved", K.PILOTED: "blueprint.piloted",
    K.FIRST_PRODUCT: "blueprint.first_product", K.GROWS: "blueprint.result_grows",
    K.DEAD_END: "blueprint.dead_end", K.TAKEN_UP: "blueprint.result_taken_up",
}  # fmt: skip
SENTENCES: dict[str, Promise] = {
    "future": _("Choose a day that has come."),
    "before": _("This day lies before the step that came last."),
    "after": _("This day lies after the step that comes next."),
    "not_found": _("Its way begins with how it was found."),
    "ended": _("It is at a dead end. Take it up again first."),
    "not_ended": _("It is under way: there is nothing to take up again."),
    "backwards": _("It has come further already. Take the last step back, in words, if it was never made."),
    "proof": _("Name the document that shows this step: its kind, its name and number."),
    "enterprise": _("Choose the enterprise with which this step was made."),
    "skips": _("Say in words why steps are passed over."),
    "other": _("Say in words why it goes on with another enterprise."),
    "words": _("Say why: others will read it before they begin."),
    "why": _("Say why it is corrected."),
    "kind": _("A step is put right as the step that it is. Take it back if it was none."),
    "gone": _("Somebody else has just corrected this step. Look at the result again."),
    "not_last": _("Only the last step can be taken back; what comes after it would hang in the air."),
}


@dataclass(frozen=True, slots=True)
class ResultDetails:
    """`university` is a key of the reference data, or `institution` the name of another institution."""

    title: str
    text: str = ""
    university: str = ""
    institution: str = ""
    scientist: str = ""
    broker: str = ""
    broker_institution: str = ""
    lead_code: str = ""


@dataclass(frozen=True, slots=True)
class StepDetails:
    """`happened_on` is the day of the proof, or of the decision to stop or to begin again."""

    happened_on: date
    proof_kind: str = ""
    proof: str = ""
    enterprise_id: UUID | None = None
    reason: str = ""
    text: str = ""


@transaction.atomic
def write_down_result(
    *, actor: Actor, key: UUID, details: ResultDetails, found: StepDetails, on: date, now: datetime
) -> ResearchResult:  # fmt: skip
    """`key` is the form's own: sent twice, it is one result. Whoever writes it keeps the district of its lead."""
    known = kept_results(actor).filter(uid=key).first()
    if known is not None:
        return known
    result = ResearchResult(uid=key, made_at=now, made_by_id=actor.user_id)
    _set(result, details, _lead(actor, details.lead_code))
    try:
        with transaction.atomic():
            result.save(force_insert=True)
    except IntegrityError:
        # The same form came twice in this very moment.
        return kept_results(actor).get(uid=key)
    _step(result, K.FOUND, found, actor=actor, key=None, on=on, now=now)
    _record(result, WRITTEN, actor, now)
    return result


@transaction.atomic
def change_result(
    *, actor: Actor, result_id: UUID, version: int, details: ResultDetails, now: datetime
) -> ResearchResult:  # fmt: skip
    """What it is, whom to ask and who leads. What happened so far stays with who led then."""
    result = get_kept_result(actor=actor, result_id=result_id)
    _refuse_old(result, version)
    _set(result, details, _lead(actor, details.lead_code, now=result.lead))
    return _saved(result, CHANGED, actor, now)


@transaction.atomic
def add_step(
    *, actor: Actor, result_id: UUID, key: UUID, version: int, kind: ResultStepKind, details: StepDetails, on: date,
    now: datetime,
) -> ResearchResult:  # fmt: skip
    """Forwards, into a dead end, or out of one. `key` is the form's own: sent twice, it is one step."""
    result = get_led_result(actor=actor, result_id=result_id)
    if result.steps.filter(uid=key).exists():
        return result
    _refuse_old(result, version)
    _step(result, kind, details, actor=actor, key=key, on=on, now=now)
    return _saved(result, STEPPED, actor, now, step=str(kind))


@transaction.atomic
def correct_step(
    *, actor: Actor, result_id: UUID, step_id: UUID, version: int, details: StepDetails, why: str, on: date,
    now: datetime,
) -> ResearchResult:  # fmt: skip
    """Another row in its place, of the same kind; the first stays readable."""
    result = get_led_result(actor=actor, result_id=result_id)
    _refuse_old(result, version)
    refuse_numbers(why)
    way, old = _standing(result, step_id)
    row = replace(_row(result, old.kind, details), corrects=old.id, correction=why.strip())
    _refuse(why_not_replace(way, row, on=on))
    _write(result, row, actor=actor, key=None, now=now)
    fact = _fact_of(result, old)
    if fact is not None and fact.happened_on != row.happened_on:
        correct_fact(old=fact, new=_new_fact(result, row, actor, like=fact), now=now)
    return _saved(result, CORRECTED, actor, now, step=str(old.kind))


@transaction.atomic
def take_back_step(
    *, actor: Actor, result_id: UUID, step_id: UUID, version: int, why: str, on: date, now: datetime
) -> ResearchResult:  # fmt: skip
    """The only way backwards: a row that says the last step was never made, and why it was written."""
    result = get_led_result(actor=actor, result_id=result_id)
    _refuse_old(result, version)
    refuse_numbers(why)
    way, old = _standing(result, step_id)
    _refuse(why_not_take_back(way, old.id, why=why.strip()))
    row = replace(old, corrects=old.id, is_withdrawal=True, correction=why.strip(), happened_on=on)
    _write(result, row, actor=actor, key=None, now=now)
    fact = _fact_of(result, old)
    if fact is not None:
        correct_fact(old=fact, new=None, now=now)
    return _saved(result, TAKEN_BACK, actor, now, step=str(old.kind))


@transaction.atomic
def link_work(*, actor: Actor, result_id: UUID, item_ids: Collection[UUID], now: datetime) -> ResearchResult:
    """All lines of work that it belongs to. Lines that the actor does not see stay as they are."""
    result = get_kept_result(actor=actor, result_id=result_id)
    offered = dict(work_to_link(actor, result).values_list("uid", "pk"))
    if set(item_ids) - set(offered):
        raise Refusal("blueprint.result_work", _("Choose lines of a plan of this district."))
    wanted = {offered[uid] for uid in item_ids}
    there = set(result.links.values_list("item", flat=True))
    result.links.filter(item__in=(there & set(offered.values())) - wanted).delete()
    ResultLink.objects.bulk_create(
        ResultLink(result=result, item_id=pk, linked_at=now, linked_by_id=actor.user_id)
        for pk in sorted(wanted - there)
    )
    _record(result, LINKED, actor, now, work_lines=len(wanted))
    return result


def _lead(actor: Actor, code: str, *, now: Unit | None = None) -> Unit:
    """`now`: who leads already goes on, be it closed since."""
    if now is not None and now.code == code:
        return now
    unit = units_to_lead(actor).filter(code=code).first()
    if unit is None:
        raise Refusal("blueprint.result_lead", _("Choose the unit of your district that leads."))
    return unit


def _set(result: ResearchResult, details: ResultDetails, lead: Unit) -> None:
    said = [
        details.title, details.text, details.institution, details.scientist, details.broker,
        details.broker_institution,
    ]  # fmt: skip
    refuse_numbers(*said)
    if not details.title.strip():
        raise Refusal("blueprint.result_title", _("Say what the result is."))
    if bool(details.university) == bool(details.institution.strip()) or (
        details.university and details.university not in universities()
    ):
        raise Refusal(
            "blueprint.result_institution", _("Choose the university, or write the name of another institution.")
        )
    result.title, result.text = details.title.strip(), details.text.strip()
    result.university, result.institution_written = details.university, details.institution.strip()
    result.scientist, result.broker = details.scientist.strip(), details.broker.strip()
    result.broker_institution = details.broker_institution.strip()
    result.lead, result.unit_path = lead, lead.path


def _step(
    result: ResearchResult, kind: ResultStepKind, details: StepDetails, *, actor: Actor, key: UUID | None, on: date,
    now: datetime,
) -> None:  # fmt: skip
    row = _row(result, kind, details)
    _refuse(why_not(read_way(read_rows([result.pk])[result.pk]), row, on=on))
    _write(result, row, actor=actor, key=key, now=now)
    record_fact(_new_fact(result, row, actor), now=now)


def _row(result: ResearchResult, kind: ResultStepKind, details: StepDetails) -> ResultRow:
    refuse_numbers(details.proof, details.text)
    enterprise = None
    if details.enterprise_id:
        enterprise = (
            enterprises_to_choose(result).filter(uid=details.enterprise_id).values_list("pk", flat=True).first()
        )
        if enterprise is None:
            raise Refusal("blueprint.result_enterprise", _("Choose an enterprise of this district."))
    return ResultRow(
        0, kind, details.happened_on, details.proof_kind, details.proof.strip(), enterprise, details.reason,
        details.text.strip(),
    )  # fmt: skip


def _write(result: ResearchResult, row: ResultRow, *, actor: Actor, key: UUID | None, now: datetime) -> None:
    more = {"uid": key} if key else {}
    ResultStep.objects.create(
        result=result, kind=row.kind, happened_on=row.happened_on, proof_kind=row.proof_kind, proof=row.proof,
        enterprise_id=row.enterprise_id, reason=row.reason, text=row.text, corrects_id=row.corrects,
        is_withdrawal=row.is_withdrawal, correction=row.correction, unit_id=result.lead_id, recorded_at=now,
        recorded_by_id=actor.user_id, **more,
    )  # fmt: skip


def _standing(result: ResearchResult, step_id: UUID) -> tuple[Way, ResultRow]:
    way = read_way(read_rows([result.pk])[result.pk])
    pk = result.steps.filter(uid=step_id).values_list("pk", flat=True).first()
    found = next((row for row in way.rows if row.id == pk), None)
    if found is None:
        raise Conflict("blueprint.result_gone", SENTENCES["gone"])
    return way, found


def _fact_of(result: ResearchResult, row: ResultRow) -> Fact | None:
    """The one that the row, or the row it corrects, has left: a dead end may have come twice."""
    facts = standing_facts().filter(subject_kind=RESULT_SUBJECT, subject_id=result.pk, kind=FACTS[row.kind])
    return facts.filter(happened_on=row.happened_on).order_by("pk").last()


def _new_fact(result: ResearchResult, row: ResultRow, actor: Actor, *, like: Fact | None = None) -> NewFact:
    """Of the unit that leads; a correction of the one that led then."""
    unit_id, path = (like.unit_id, like.unit_path) if like else (result.lead_id, result.unit_path)
    return NewFact(
        kind=FACTS[row.kind], subject_kind=RESULT_SUBJECT, subject_id=result.pk, happened_on=row.happened_on,
        actor_id=actor.user_id, unit_id=unit_id, unit_path=path,
        attributes={"university": result.university or "other"},
    )  # fmt: skip


def _refuse(code: str) -> None:
    if code:
        raise Refusal(f"blueprint.result_{code}", SENTENCES[code])


def _refuse_old(result: ResearchResult, version: int) -> None:
    if result.version != version:
        raise Conflict("blueprint.result_edited", _("Somebody else has just changed this result. Look at it again."))


def _saved(result: ResearchResult, code: str, actor: Actor, now: datetime, **detail: Any) -> ResearchResult:
    result.version += 1
    result.changed_at = now
    result.save()
    _record(result, code, actor, now, **detail)
    return result


def _record(result: ResearchResult, code: str, actor: Actor, now: datetime, **detail: Any) -> None:
    record_act(actor=actor, code=code, now=now, subject=result_subject(result), unit_path=result.unit_path, **detail)
