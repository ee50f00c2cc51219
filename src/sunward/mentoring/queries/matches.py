"""The ledger of matches, and one match with its road, its history and what may be done with it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.models import User
from sunward.casework.enums import ContactOutcome
from sunward.casework.models import Case
from sunward.core.furniture import Fact, Moment, Step, Tone
from sunward.core.tables import Column
from sunward.core.workbooks import Cell
from sunward.mentoring.access import visible_matches
from sunward.mentoring.enums import LIVE_STATES, EndReason, MatchState, PauseReason
from sunward.mentoring.match_life import MatchAct, may_sign, may_undo, possible_acts, state_before_pause
from sunward.mentoring.models import Match, MatchStep, Visit

Text = str | Promise

COLUMNS = (
    Column("child", _("Child"), ("case__person__name_key",)),
    Column("mentor", _("Neighbour mom"), ("mentor__person__name_key",)),
    Column("unit", _("Committee"), ("unit_path",)),
    Column("state", _("State"), ("state",)),
    Column("heard", _("Last contact"), ("-case__risk_level", "heard_on")),
    Column("visit", _("Last visit")),
)
DEFAULT_ORDER = "heard"
STATE_TONES: dict[MatchState, Tone] = {
    MatchState.PROPOSED: "info",
    MatchState.TRIAL: "info",
    MatchState.ACTIVE: "good",
    MatchState.PAUSED: "warn",
    MatchState.HANDOVER: "info",
    MatchState.CLOSED: "off",
}


@dataclass(frozen=True, slots=True)
class MatchQuestion:
    """What the list is asked for; empty means every live match. `care`: a key of `CARES`."""

    words: str = ""
    unit_path: str = ""
    state: str = ""
    care: str = ""


@dataclass(frozen=True, slots=True)
class MatchRow:
    case_id: int
    unit_path: str
    mentor_id: int
    mentor_path: str
    href: str
    child: str
    mentor: str
    unit: str
    state: Text
    tone: Tone
    care: Text
    heard_on: date | None
    last_visit_on: date | None


def list_matches(actor: Actor, asked: MatchQuestion, *, on: date) -> "QuerySet[Match]":
    """The matches that answer the question, with what a row shows and sorts by."""
    found = visible_matches(actor).filter(_states(asked.state))
    if asked.unit_path:
        found = found.filter(unit_path__startswith=asked.unit_path)
    if asked.words:
        found = found.filter(
            Q(case__person__name__contains=asked.words) | Q(mentor__person__name__contains=asked.words)
        )
    if asked.care in CARES:
        found = found.filter(CARES[asked.care](on))
    return found


def with_row_parts(found: "QuerySet[Match]") -> "QuerySet[Match]":
    """Adds what a row shows."""
    made = Visit.objects.filter(match=OuterRef("pk"), record__outcome=ContactOutcome.MADE, record__withdrawn_at=None)
    return found.select_related("case__person", "case__unit", "mentor__person").annotate(
        # A file in which nobody was ever reached has been waiting since it was opened.
        heard_on=Coalesce("case__last_contact_on", "case__opened_on"),
        last_visit_on=Subquery(made.order_by("-record__happened_on").values("record__happened_on")[:1]),
    )


def _states(state: str) -> Q:
    if state == "all":
        return Q()
    return Q(state=state) if state in MatchState.values else Q(state__in=LIVE_STATES)


def _silent(on: date) -> Q:
    return Q(state__in=(MatchState.TRIAL, MatchState.ACTIVE), case__in=Case.objects.silent(on=on))


def _trial_over(on: date) -> Q:
    return Q(state=MatchState.TRIAL, trial_until_on__lt=on)


def _stopped_by_vetting(on: date) -> Q:
    return Q(state=MatchState.PAUSED, pause_reason=PauseReason.VETTING)


CARES = {"silent": _silent, "trial_over": _trial_over, "vetting": _stopped_by_vetting}
CARE_WORDS: dict[str, Text] = {
    "silent": _("Silent"),
    "trial_over": _("Trial is over"),
    "vetting": _("Stopped by vetting"),
}


def to_row(match: Any, *, on: date) -> MatchRow:
    state = MatchState(match.state)
    return MatchRow(
        case_id=match.case_id,
        unit_path=match.unit_path,
        mentor_id=match.mentor_id,
        mentor_path=match.mentor.unit_path,
        href=reverse("mentoring:match", args=[match.uid]),
        child=match.case.person.name,
        mentor=match.mentor.person.name,
        unit=match.case.unit.short_name,
        state=state.label,
        tone=STATE_TONES[state],
        care=_care(match, on=on),
        heard_on=match.case.last_contact_on,
        last_visit_on=match.last_visit_on,
    )


EXPORT_COLUMNS = (*COLUMNS[:4], Column("care", _("Needs attention")), *COLUMNS[4:])


def read_export_rows(found: "QuerySet[Match]", *, on: date) -> list[MatchRow]:
    """Every row of the list, in its order."""
    order = next(column.order_by for column in COLUMNS if column.key == DEFAULT_ORDER)
    return [to_row(match, on=on) for match in with_row_parts(found).order_by(*order, "pk").iterator(chunk_size=1000)]


def export_cells(row: MatchRow) -> tuple[Cell, ...]:
    return (row.child, row.mentor, row.unit, str(row.state), str(row.care), row.heard_on, row.last_visit_on)


def _care(match: Match, *, on: date) -> Text:
    if match.state == MatchState.TRIAL and match.trial_until_on and match.trial_until_on < on:
        return CARE_WORDS["trial_over"]
    if match.state == MatchState.PAUSED and match.pause_reason == PauseReason.VETTING:
        return CARE_WORDS["vetting"]
    is_running = match.state in (MatchState.TRIAL, MatchState.ACTIVE)
    return CARE_WORDS["silent"] if is_running and match.case.next_contact_due_on() < on else ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that may be taken now. One that asks nothing is sent at once, after the question in `confirm`."""

    act: MatchAct
    label: Text
    href: str
    is_direct: bool
    confirm: Text
    is_onward: bool


@dataclass(frozen=True, slots=True)
class MatchPage:
    uid: str
    version: int
    child: str
    mentor: str
    state: Text
    tone: Tone
    care: Text
    road: tuple[Step, ...]
    facts: tuple[Fact, ...]
    offers: tuple[Offer, ...]
    history: tuple[Moment, ...]
    visits: tuple[Moment, ...]
    visit_count: int
    undo_text: Text
    has_paper: bool


ACT_LABELS: dict[MatchAct, Text] = {
    MatchAct.START_TRIAL: _("Arrange the first meeting"),
    MatchAct.CONFIRM: _("Confirm for good"),
    MatchAct.PAUSE: _("Pause"),
    MatchAct.RESUME: _("Resume"),
    MatchAct.HAND_OVER: _("Hand over"),
    MatchAct.KEEP: _("Keep after all"),
    MatchAct.AGREE: _("Write down the signatures"),
    MatchAct.FAREWELL: _("Write down the farewell"),
    MatchAct.CLOSE: _("End the match"),
}
# The steps that lead the two on together; the others are there when they are needed.
ONWARD = (MatchAct.START_TRIAL, MatchAct.CONFIRM, MatchAct.RESUME, MatchAct.FAREWELL)
CONFIRMS: dict[MatchAct, Text] = {
    MatchAct.CONFIRM: _("Have the child, the family and the neighbour mom all said that they wish to go on?"),
    MatchAct.RESUME: _("From now on she sees the child's page again. Resume the match?"),
    MatchAct.KEEP: _("The handover is called off and the match goes on as before. Is that right?"),
}


def read_match_page(match: Match, actor: Actor, *, on: date) -> MatchPage:
    """The page of a match that came through the gate. Six queries at most."""
    steps = list(match.steps.order_by("pk"))
    state = MatchState(match.state)
    last = steps[-1] if steps else None
    return MatchPage(
        uid=str(match.uid),
        version=match.version,
        child=match.case.person.name,
        mentor=match.mentor.person.name,
        state=state.label,
        tone=STATE_TONES[state],
        care=_care(match, on=on),
        road=_road(match),
        facts=_facts(match),
        offers=tuple(_offer(match, act) for act in possible_acts(match)),
        history=_history(steps),
        visits=_visits(match),
        visit_count=match.visits.filter(record__withdrawn_at=None).count(),
        undo_text=_undo_text(last) if last and may_undo(last, user_id=actor.user_id, on=on) else "",
        has_paper=may_sign(match) or match.agreement_signed_on is not None,
    )


def _offer(match: Match, act: MatchAct) -> Offer:
    href = reverse("mentoring:match_step", args=[match.uid, act])
    return Offer(act, ACT_LABELS[act], href, act in CONFIRMS, CONFIRMS.get(act, ""), act in ONWARD)


def _undo_text(step: MatchStep) -> Text:
    return MatchState(step.to_state).label


def _road(match: Match) -> tuple[Step, ...]:
    """The road from proposed to closed; a pause and a handover stand on it only while they are there."""
    road = [MatchState.PROPOSED, MatchState.TRIAL, MatchState.ACTIVE, MatchState.CLOSED]
    state = MatchState(match.state)
    if state == MatchState.PAUSED:
        road.insert(road.index(state_before_pause(match)) + 1, state)
    if state == MatchState.HANDOVER or match.handover_until_on:
        road.insert(-1, MatchState.HANDOVER)
    passed = {
        MatchState.PROPOSED: True,
        MatchState.TRIAL: match.trial_from_on is not None,
        MatchState.ACTIVE: match.active_from_on is not None,
        MatchState.HANDOVER: match.handover_until_on is not None,
    }
    return tuple(Step(stop.label, _stop_state(stop, state, passed)) for stop in road)


def _stop_state(stop: MatchState, state: MatchState, passed: dict[MatchState, bool]) -> Any:
    if stop == state:
        return "current"
    return "done" if passed.get(stop) else "ahead"


def _facts(match: Match) -> tuple[Fact, ...]:
    person, mentor = match.case.person, match.mentor.person
    facts = [
        Fact(_("Child"), person.name, match.case.unit.name, reverse("mentoring:child", args=[match.case.uid])),
        Fact(
            _("Neighbour mom"),
            mentor.name,
            match.mentor.reference,
            reverse("mentoring:mentor", args=[match.mentor.uid]),
        ),
        Fact(_("Proposed"), match.proposed_on),
        Fact(_("First meeting"), match.trial_from_on, str(match.first_meeting_with or "")),
        Fact(_("Trial until"), match.trial_until_on),
        Fact(_("Agreed times"), match.agreed_times),
        Fact(_("Agreement signed"), match.agreement_signed_on),
        Fact(_("Active since"), match.active_from_on),
    ]
    if match.pause_reason:
        facts.append(Fact(_("Paused because"), PauseReason(match.pause_reason).label))
    if match.handover_until_on:
        facts.append(Fact(_("Handover until"), match.handover_until_on))
    if match.ended_on:
        facts += [Fact(_("Ended"), match.ended_on), Fact(_("Why"), _end_label(match.end_reason)), *_afterwards(match)]
    if match.is_override:
        facts.append(Fact(_("Chosen otherwise than proposed"), match.override_reason))
    return tuple(facts)


def _afterwards(match: Match) -> list[Fact]:
    """How they parted, and whether either would be matched again."""
    again: dict[bool | None, Text] = {True: _("Yes"), False: _("No"), None: ""}
    facts = [
        Fact(_("Another neighbour mom for the child"), again[match.is_child_again]),
        Fact(_("Another child for her"), again[match.is_mentor_again]),
    ]
    if match.farewell_on:
        facts.append(Fact(_("Farewell"), match.farewell_on, match.farewell_words))
    return facts


def _end_label(code: str) -> Text:
    return EndReason(code).label if code in EndReason.values else code


def _history(steps: list[MatchStep]) -> tuple[Moment, ...]:
    names = dict(User.objects.filter(pk__in={step.by_id for step in steps}).values_list("pk", "name"))
    return tuple(
        Moment(
            on=step.happened_on,
            title=_step_title(step),
            who=names.get(step.by_id, "") if step.by_id else _("The system"),
            note=" · ".join(str(part) for part in (_code_label(step), step.reason) if part),
            icon="arrow-back-up" if step.undoes_id else "heart-handshake",
            tone=STATE_TONES[MatchState(step.to_state)],
        )
        for step in reversed(steps)
    )


def _step_title(step: MatchStep) -> Text:
    label = MatchState(step.to_state).label
    return _("Taken back: %(state)s again") % {"state": label} if step.undoes_id else label


def _code_label(step: MatchStep) -> Text:
    if step.code in PauseReason.values:
        return PauseReason(step.code).label
    return _end_label(step.code)


def _visits(match: Match, *, most: int = 10) -> tuple[Moment, ...]:
    """The latest visits without their notes: those are read in the child's file."""
    found = match.visits.filter(record__withdrawn_at=None).select_related("record")
    return tuple(
        Moment(
            on=visit.record.happened_on,
            title=visit.record.get_kind_display() if visit.record.outcome == ContactOutcome.MADE else _("Nobody met"),
            note=_("%(minutes)d minutes") % {"minutes": visit.record.minutes} if visit.record.minutes else "",
            icon="home-heart" if visit.record.outcome == ContactOutcome.MADE else "walk",
            tone="good" if visit.record.outcome == ContactOutcome.MADE else "calm",
        )
        for visit in found.order_by("-record__happened_on", "-pk")[:most]
    )
