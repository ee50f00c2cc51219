"""Worries as pages show them. To the one who reported: reference and state. To who answers: everything but the hint's
other side."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.models import User
from sunward.casework.models import Case
from sunward.core.furniture import Moment, Text, Tone
from sunward.core.wording import join_words
from sunward.safeguarding.access.worries import own_worries, passed_worries, tieable_cases, visible_worries
from sunward.safeguarding.enums import WAITING_STATES, WorrySign, WorryState, WorryStepKind
from sunward.safeguarding.models import Worry, WorryQuerySet, WorryStep

STATE_TONES: dict[str, Tone] = {
    WorryState.NEW: "warn", WorryState.PASSED_ON: "warn", WorryState.LOOKING: "info", WorryState.FILED: "good",
    WorryState.NO_ACTION: "off",
}  # fmt: skip
# What the one who reported reads: that it is looked after, and not what came of it.
OWN_WORDS: dict[str, Text] = {
    WorryState.NEW: _("Arrived"),
    WorryState.PASSED_ON: _("Passed on to the sub-district that answers"),
    WorryState.LOOKING: _("Taken up"),
    WorryState.FILED: _("Looked into"),
    WorryState.NO_ACTION: _("Looked into"),
}
_ICONS = {
    WorryStepKind.REPORTED: "message-circle", WorryStepKind.TAKEN: "eye", WorryStepKind.FILED: "folder-open",
    WorryStepKind.PASSED_ON: "send", WorryStepKind.NO_ACTION: "circle-check", WorryStepKind.UNDONE: "arrow-back-up",
}  # fmt: skip
CASES_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class OwnWorry:
    uid: UUID
    reference: str
    reported_at: datetime
    state: Text
    tone: Tone


@dataclass(frozen=True, slots=True)
class WorryRow:
    """A line of the list. The child's name is not on it: whoever wants to know opens the page, and is noted."""

    uid: UUID
    reference: str
    signs: str
    unit_name: str
    seen_on: date
    reported_at: datetime
    state: Text
    tone: Tone
    is_urgent: bool
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class PassedWorry:
    """What the actor has just passed on and may still take back; of the child nothing stands here."""

    uid: UUID
    reference: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class WorryPage:
    uid: UUID
    reference: str
    unit_name: str
    state: Text
    tone: Tone
    is_urgent: bool
    is_waiting: bool
    is_settled: bool
    may_undo: bool
    signs: tuple[str, ...]
    child_name: str
    child_age: str
    child_phone: str
    whereabouts: str
    words: str
    seen_on: date
    reported_at: datetime
    reporter: str
    reporter_phone: str
    through: str
    taken_by: str
    outcome: str
    case_id: UUID | None
    case_reference: str
    case_name: str
    case_programme: str
    steps: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """A file to which the worry may belong."""

    uid: UUID
    reference: str
    name: str
    age: int | None
    unit_name: str


def list_own_worries(actor: Actor) -> tuple[OwnWorry, ...]:
    return tuple(read_own_worry(worry) for worry in own_worries(actor).order_by("-pk")[:100])


def read_own_worry(worry: Worry) -> OwnWorry:
    return OwnWorry(
        uid=worry.uid, reference=worry.reference, reported_at=worry.reported_at, state=OWN_WORDS[worry.state],
        tone=STATE_TONES[worry.state],
    )  # fmt: skip


def list_worries(actor: Actor, *, which: str) -> WorryQuerySet:
    """Urgent first, then who has waited longest; what is settled with the latest first."""
    found = visible_worries(actor).select_related("unit")
    if which == "settled":
        return found.filter(state__in=(WorryState.FILED, WorryState.NO_ACTION)).order_by("-settled_at", "-pk")
    return found.unsettled().order_by("-is_urgent", "reported_at", "pk")


def to_worry_row(worry: Worry) -> WorryRow:
    return WorryRow(
        uid=worry.uid, reference=worry.reference, signs=say_signs(worry), unit_name=worry.unit.short_name,
        seen_on=worry.seen_on, reported_at=worry.reported_at, state=WorryState(worry.state).label,
        tone="urgent" if worry.is_urgent and worry.state in WAITING_STATES else STATE_TONES[worry.state],
        is_urgent=worry.is_urgent, is_waiting=worry.state in WAITING_STATES,
    )  # fmt: skip


def say_signs(worry: Worry) -> str:
    return join_words(_signs(worry)) or worry.reference


def _signs(worry: Worry) -> tuple[str, ...]:
    return tuple(str(WorrySign(code).label) for code in worry.signs if code in WorrySign)


def list_passed(actor: Actor) -> tuple[PassedWorry, ...]:
    found = passed_worries(actor).select_related("unit").order_by("-pk")[:20]
    return tuple(PassedWorry(worry.uid, worry.reference, worry.unit.name) for worry in found)


def read_worry(worry: Worry, *, actor: Actor) -> WorryPage:
    """`worry` comes from the gate, with unit, case, reporter and link. Two queries."""
    steps = list(worry.steps.select_related("by", "unit").order_by("-pk"))
    case = worry.case
    taken = User.objects.filter(pk=worry.taken_by_id).first() if worry.taken_by_id else None
    is_case_seen = case is not None and is_seen(case, actor)
    return WorryPage(
        uid=worry.uid,
        reference=worry.reference,
        unit_name=worry.unit.name,
        state=WorryState(worry.state).label,
        tone=STATE_TONES[worry.state],
        is_urgent=worry.is_urgent,
        is_waiting=worry.state in WAITING_STATES,
        is_settled=worry.state in (WorryState.FILED, WorryState.NO_ACTION),
        may_undo=worry.state not in WAITING_STATES,
        signs=_signs(worry),
        child_name=worry.child_name,
        child_age=worry.child_age,
        child_phone=worry.child_phone.removeprefix("+86"),
        whereabouts=worry.whereabouts,
        words=worry.words,
        seen_on=worry.seen_on,
        reported_at=worry.reported_at,
        reporter=str(worry.reporter) if worry.reporter else worry.reporter_name,
        reporter_phone=worry.reporter_phone.removeprefix("+86"),
        through=worry.link.label if worry.link else "",
        taken_by=str(taken) if taken else "",
        outcome=worry.outcome,
        case_id=case.uid if case is not None and is_case_seen else None,
        case_reference=case.reference if case is not None else "",
        case_name=case.person.name if case is not None and is_case_seen else "",
        case_programme=case.programme if case is not None else "",
        steps=tuple(_moment(step) for step in steps),
    )


def is_seen(case: Case, actor: Actor) -> bool:
    """Whether the file is still in the actor's units; it may have moved away since."""
    return any(case.unit_path.startswith(path) for path in actor.casework_paths())


def _moment(step: WorryStep) -> Moment:
    kind = WorryStepKind(step.kind)
    who = str(step.by) if step.by else ""
    return Moment(
        step.at, kind.label, who=f"{who} · {step.unit.name}" if who else step.unit.name, note=step.words,
        icon=_ICONS[kind], tone="info" if kind == WorryStepKind.REPORTED else "calm",
    )  # fmt: skip


def search_cases(actor: Actor, words: str, *, on: date) -> tuple[CaseChoice, ...]:
    """By name or reference, among the actor's own files only. One query."""
    asked = words.strip()
    if not asked:
        return ()
    found = tieable_cases(actor).select_related("person", "unit")
    number = asked.upper().removeprefix("C")
    if number.isdecimal() and len(number) <= 12:
        found = found.filter(pk=int(number))
    else:
        found = found.filter(person__name__icontains=asked)
    return tuple(
        CaseChoice(case.uid, case.reference, case.person.name, case.person.age_on(on), case.unit.name)
        for case in found.order_by("person__name_key", "pk")[:CASES_AT_MOST]
    )
