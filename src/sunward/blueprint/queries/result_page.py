"""One result: where it stands, what shows each step, what was corrected, whom to ask, and what it belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sunward.accounts.access import Actor
from sunward.blueprint.access import visible_work
from sunward.blueprint.access_results import (
    enterprises_to_choose,
    keeps,
    leads,
    units_to_lead,
    visible_enterprises,
    visible_results,
    work_to_link,
)
from sunward.blueprint.enums import EndReason, ProofKind, ResultStepKind
from sunward.blueprint.models import ResearchResult, ResultStep, WorkItem
from sunward.blueprint.pipeline.chain import STAGES, ResultRow, next_stages
from sunward.blueprint.queries.enterprises import GradeRow, read_grades
from sunward.blueprint.queries.results import (
    FirmName,
    ResultCard,
    find_card,
    find_dead_ends_like,
    name_firms,
    shape_results,
)

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as it stands, or as it stood before it was corrected: then `correction` says why it no longer does."""

    uid: UUID
    row: ResultRow
    firm: FirmName | None
    proof_word: str
    reason_word: str
    is_last: bool = False
    correction: str = ""

    @property
    def kind(self) -> ResultStepKind:
        return self.row.kind


@dataclass(frozen=True, slots=True)
class LinkedLine:
    uid: UUID
    number: int
    text: str
    lead: str
    plan: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One of the six steps on the way: `how` is done, here, over (passed over) or ahead."""

    number: int
    label: str
    how: str
    on: date | None


@dataclass(frozen=True, slots=True)
class ResultPage:
    """`is_keeper` changes it; whoever `leads` adds steps. `skips` pass something over."""

    card: ResultCard
    version: int
    scientist: str
    broker: str
    broker_institution: str
    marks: tuple[Mark, ...]
    steps: tuple[StepRow, ...]
    corrected: tuple[StepRow, ...]
    next: ResultStepKind | None
    skips: tuple[ResultStepKind, ...]
    grades: tuple[GradeRow, ...]
    may_open_firm: bool
    lines: tuple[LinkedLine, ...]
    hidden_lines: int
    alike: tuple[ResultCard, ...]
    is_keeper: bool
    leads: bool


def read_result(actor: Actor, result: ResearchResult, *, on: date) -> ResultPage:
    """`result` came through the gate."""
    card = find_card(result, on=on)
    rows = read_step_rows(result, card)
    standing = [row for row in rows if not row.correction]
    ahead = next_stages(card.way)
    lines = _lines(actor, result)
    firm = card.firm
    return ResultPage(
        card=card, version=result.version, scientist=result.scientist, broker=result.broker,
        broker_institution=result.broker_institution, marks=_marks(card),
        steps=tuple(standing), corrected=tuple(row for row in rows if row.correction),
        next=ahead[0] if ahead else None, skips=ahead[1:] if card.way.stage else (),
        grades=read_grades([firm.id], on=on).get(firm.id, ()) if firm else (),
        may_open_firm=firm is not None and visible_enterprises(actor).filter(pk=firm.id).exists(),
        lines=lines, hidden_lines=result.links.count() - len(lines),
        alike=tuple(find_dead_ends_like(actor, f"{result.title} {result.text}", but=result.pk, on=on)),
        is_keeper=keeps(actor, result.unit_path), leads=leads(actor, result),
    )  # fmt: skip


def read_step_rows(result: ResearchResult, card: ResultCard) -> list[StepRow]:
    """Everything that was written, except the rows that only take something back: in the order of the way."""
    written = list(result.steps.order_by("pk"))
    why = {row.corrects_id: row.correction for row in written if row.corrects_id}
    firms = name_firms(row.enterprise_id for row in written)
    standing = {row.id: row for row in card.way.rows}
    known = {row.pk: row for row in written}
    order = [*standing, *(row.pk for row in written if row.pk in why and not row.is_withdrawal)]
    last = card.way.last
    return [
        StepRow(
            known[pk].uid, standing.get(pk) or _as_row(known[pk]), firms.get(known[pk].enterprise_id or 0),
            str(ProofKind(known[pk].proof_kind).label) if known[pk].proof_kind else "",
            str(EndReason(known[pk].reason).label) if known[pk].reason else "",
            is_last=last is not None and last.id == pk, correction=why.get(pk, ""),
        )
        for pk in order
    ]  # fmt: skip


def find_step(result: ResearchResult, step_id: UUID, *, on: date) -> StepRow | None:
    """One that stands."""
    card = find_card(result, on=on)
    return next((row for row in read_step_rows(result, card) if row.uid == step_id and not row.correction), None)


def list_results_of(actor: Actor, item: WorkItem, *, on: date) -> list[ResultCard]:
    """Of a line of work, those that the reader sees."""
    return shape_results(visible_results(actor).filter(links__item=item), on=on)


def list_firms(result: ResearchResult) -> list[Choice]:
    return [(str(uid), name) for uid, name in enterprises_to_choose(result).order_by("name").values_list("uid", "name")]


def list_leads(actor: Actor, result: ResearchResult | None = None) -> list[Choice]:
    """Who leads now stands among them, be it closed since."""
    found = dict(units_to_lead(actor).order_by("code").values_list("code", "name"))
    if result is not None:
        found.setdefault(result.lead.code, result.lead.name)
    return list(found.items())


def list_work(actor: Actor, result: ResearchResult) -> list[Choice]:
    """Newest plan first, each line with its plan and number."""
    rows = work_to_link(actor, result).order_by("-plan", "number").values_list("uid", "plan__title", "number", "text")
    return [(str(uid), f"{plan} {number}. {text[:60]}") for uid, plan, number, text in rows]


def linked_work(actor: Actor, result: ResearchResult) -> list[str]:
    rows = work_to_link(actor, result).filter(result_links__result=result)
    return [str(uid) for uid in rows.values_list("uid", flat=True)]


def _lines(actor: Actor, result: ResearchResult) -> tuple[LinkedLine, ...]:
    rows = visible_work(actor).filter(result_links__result=result).order_by("plan", "number")
    return tuple(
        LinkedLine(*told) for told in rows.values_list("uid", "number", "text", "lead__short_name", "plan__title")
    )


def _marks(card: ResultCard) -> tuple[Mark, ...]:
    days: Mapping[ResultStepKind, date] = {row.kind: row.happened_on for row in card.way.rows}
    return tuple(_mark(number, stage, card, days) for number, stage in enumerate(STAGES, 1))


def _mark(number: int, stage: ResultStepKind, card: ResultCard, days: Mapping[ResultStepKind, date]) -> Mark:
    how = "here" if stage == card.way.stage else "done" if stage in days else "ahead"
    if how == "ahead" and card.way.is_passed_over(stage):
        how = "over"
    return Mark(number, str(stage.label), how, days.get(stage))


def _as_row(step: ResultStep) -> ResultRow:
    return ResultRow(
        step.pk, ResultStepKind(step.kind), step.happened_on, step.proof_kind, step.proof, step.enterprise_id,
        step.reason, step.text, step.corrects_id, step.is_withdrawal, step.correction, step.recorded_at,
        step.recorded_by_id,
    )  # fmt: skip
