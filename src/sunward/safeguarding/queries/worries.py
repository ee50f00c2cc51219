"""Worries as pages show them. To the one who reported: reference and state. To who answers: everything but the hint's
other side."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.models import Case
from sunward.core.furniture import Fact, Moment, Tab, Text, Tone
from sunward.core.tables import Column
from sunward.core.wording import join_parts
from sunward.safeguarding.access.worries import own_worries, passed_worries, tieable_cases, visible_worries
from sunward.safeguarding.declaration import declared
from sunward.safeguarding.enums import WAITING_STATES, WorrySign, WorryState, WorryStepKind
from sunward.safeguarding.models import Worry, WorryQuerySet, WorryStep

STATE_TONES: dict[str, Tone] = {
    WorryState.NEW: "warn", WorryState.PASSED_ON: "warn", WorryState.LOOKING: "info", WorryState.FILED: "good",
    WorryState.NO_ACTION: "off",
}  # fmt: skip
# What the one who reported reads: that it is looked after, and not what came of it.
OWN_WORDS: dict[str, Text] = {
    WorryState.NEW: _("Has arrived"),
    WorryState.PASSED_ON: _("Passed on to the sub-district that answers"),
    WorryState.LOOKING: _("Taken up"),
    WorryState.FILED: _("Looked into"),
    WorryState.NO_ACTION: _("Looked into"),
}
_ICONS = {
    WorryStepKind.REPORTED: "message-circle", WorryStepKind.TAKEN: "eye", WorryStepKind.FILED: "folder-open",
    WorryStepKind.PASSED_ON: "send", WorryStepKind.NO_ACTION: "circle-check", WorryStepKind.UNDONE: "arrow-back-up",
    WorryStepKind.CLIMBED: "alert-triangle",
}  # fmt: skip
CASES_AT_MOST = 20
COLUMNS = (
    Column("reference", _("Number")),
    Column("signs", _("What worries")),
    Column("unit", _("Sub-district or committee")),
    Column("reported_at", _("Reported"), ("reported_at",)),
    # Danger first, then whoever has waited longest.
    Column("state", _("State"), ("-is_urgent", "reported_at")),
)


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
    """Everything that whoever looks into it reads. Name and path of the file are empty if it is not hers to see."""

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
    words: str
    facts: tuple[Fact, ...]
    reporter_facts: tuple[Fact, ...]
    outcome: str
    case_reference: str
    case_name: str
    case_path: str
    steps: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """A file to which the worry may belong."""

    uid: UUID
    reference: str
    name: str
    age: int | None
    unit_name: str


def worry_tabs(which: str) -> tuple[Tab, ...]:
    page = reverse("safeguarding:worries")
    return (
        Tab(_("To be looked into"), page, which == "open"),
        Tab(_("Settled"), f"{page}?which=settled", which == "settled"),
    )


def list_own_worries(actor: Actor) -> tuple[OwnWorry, ...]:
    return tuple(read_own_worry(worry) for worry in own_worries(actor).order_by("-pk")[:100])


def read_own_worry(worry: Worry) -> OwnWorry:
    return OwnWorry(
        uid=worry.uid, reference=worry.reference, reported_at=worry.reported_at, state=OWN_WORDS[worry.state],
        tone=STATE_TONES[worry.state],
    )  # fmt: skip


def list_worries(actor: Actor, *, which: str) -> WorryQuerySet:
    """What is to be looked into, or what is settled; the ledger orders them."""
    found = visible_worries(actor).select_related("unit")
    if which == "settled":
        return found.filter(state__in=(WorryState.FILED, WorryState.NO_ACTION))
    return found.unsettled()


def to_worry_row(worry: Worry) -> WorryRow:
    return WorryRow(
        uid=worry.uid, reference=worry.reference, signs=say_signs(worry), unit_name=worry.unit.short_name,
        seen_on=worry.seen_on, reported_at=worry.reported_at, state=WorryState(worry.state).label,
        tone="urgent" if worry.is_urgent and worry.state in WAITING_STATES else STATE_TONES[worry.state],
        is_urgent=worry.is_urgent, is_waiting=worry.state in WAITING_STATES,
    )  # fmt: skip


def say_signs(worry: Worry) -> str:
    return join_parts(_signs(worry)) or worry.reference


def _signs(worry: Worry) -> tuple[str, ...]:
    return tuple(str(WorrySign(code).label) for code in worry.signs if code in WorrySign)


def list_passed(actor: Actor) -> tuple[PassedWorry, ...]:
    found = passed_worries(actor).select_related("unit").order_by("-pk")[:20]
    return tuple(PassedWorry(worry.uid, worry.reference, worry.unit.name) for worry in found)


def read_worry(worry: Worry, *, actor: Actor) -> WorryPage:
    """`worry` comes from the gate, with unit, case, reporter and link. One query."""
    steps = worry.steps.select_related("by", "unit").order_by("-pk")
    case = worry.case
    is_open = case is not None and _is_seen(case, actor)
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
        words=worry.words,
        facts=_facts(worry),
        reporter_facts=_reporter_facts(worry),
        outcome=worry.outcome,
        case_reference=case.reference if case is not None else "",
        case_name=case.person.name if case is not None and is_open else "",
        case_path=path_of_case(case) if case is not None and is_open else "",
        steps=tuple(map(_moment, steps)),
    )


def _facts(worry: Worry) -> tuple[Fact, ...]:
    phone = worry.child_phone.removeprefix("+86")
    return (
        Fact(_("Child's name"), worry.child_name),
        Fact(_("About how old"), worry.child_age),
        Fact(_("Where to be found"), worry.whereabouts),
        Fact(_("The family's telephone"), phone, href=f"tel:{phone}" if phone else ""),
        Fact(_("Seen on"), worry.seen_on),
    )


def _reporter_facts(worry: Worry) -> tuple[Fact, ...]:
    phone = worry.reporter_phone.removeprefix("+86")
    told = f"{localtime(worry.reported_at):%Y-%m-%d %H:%M}"
    if worry.link is None:
        return (Fact(_("Name"), str(worry.reporter)), Fact(_("Reported"), told))
    return (
        Fact(_("Name"), worry.reporter_name, note=worry.link.label),
        Fact(_("Telephone"), phone, href=f"tel:{phone}" if phone else ""),
        Fact(_("Reported"), told),
    )


def path_of_case(case: Case) -> str:
    """The page of a file, where its programme has one."""
    helping = declared().get(case.programme)
    return helping.child_path(case) if helping else ""


def path_to_new_file(worry: Worry) -> str:
    """Where a file is opened from this worry; nothing if no programme offers that."""
    offers = [helping.new_file_path for helping in declared().values() if helping.new_file_path is not None]
    return offers[0](worry.uid) if offers else ""


def _is_seen(case: Case, actor: Actor) -> bool:
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
