"""An emergency as its page shows it: the clock, who was told, who is on it, and the diary."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.casework.models import Case
from sunward.core.furniture import Moment, Text, Tone
from sunward.people.models import Guardianship, Person
from sunward.safeguarding.access.emergencies import STANDING, visible_emergencies
from sunward.safeguarding.declaration import Contact, helping_of
from sunward.safeguarding.enums import Authority, EmergencyKind, EmergencyState, StepKind
from sunward.safeguarding.models import Emergency, EmergencyStep
from sunward.safeguarding.queries.care import current_care
from sunward.safeguarding.queries.ladder_people import may_be_handed
from sunward.safeguarding.queries.words import say_time
from sunward.safeguarding.rules import UNDO_WITHIN

STATE_TONES: dict[str, Tone] = {
    EmergencyState.RINGING: "urgent", EmergencyState.ANSWERED: "info", EmergencyState.OVER: "good",
    EmergencyState.FALSE_ALARM: "off",
}  # fmt: skip
_TONES: dict[str, Tone] = {
    StepKind.RAISED: "urgent", StepKind.CLIMBED: "warn", StepKind.ANSWERED: "good", StepKind.OVER: "good",
    StepKind.AGREED: "good", StepKind.CANNOT: "off", StepKind.REPORTED: "info", StepKind.MISTAKEN: "warn",
}  # fmt: skip
_ICONS: dict[str, str] = {
    StepKind.RAISED: "alert-triangle", StepKind.TOLD: "mail", StepKind.CLIMBED: "arrow-up", StepKind.ANSWERED: "check",
    StepKind.HANDED_ON: "arrow-right", StepKind.REPORTED: "flag", StepKind.CARE_BEGUN: "home",
    StepKind.CARE_ENDED: "home", StepKind.OVER: "check",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RungRow:
    """One rung with who was told on it and when; `at` is when it comes, where it lies ahead."""

    label: Text
    state: Literal["done", "current", "ahead"]
    people: tuple[str, ...]
    at: datetime | None


@dataclass(frozen=True, slots=True)
class AskedRow:
    name: str
    word: Text
    tone: Tone


@dataclass(frozen=True, slots=True)
class EmergencyNow:
    """What moves: asked for anew every few seconds, and without the child's name."""

    uid: UUID
    reference: str
    state_word: Text
    tone: Tone
    is_ringing: bool
    is_over: bool
    minutes: int
    next_at: datetime | None
    answered_by: str
    answered_at: datetime | None
    is_mine: bool
    handed_to: str
    rungs: tuple[RungRow, ...]
    asked: tuple[AskedRow, ...]
    diary: tuple[Moment, ...]
    may_undo: bool


@dataclass(frozen=True, slots=True)
class EmergencyPage:
    """The whole page. `now` is the part that moves."""

    now: EmergencyNow
    kind: Text
    child_name: str
    age: int | None
    unit_name: str
    child_path: str
    raised_at: datetime
    caller: Text
    care_id: UUID | None
    care_words: str
    case_id: UUID
    colleagues: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    """A line of a list or the banner: for those who may see the child."""

    uid: UUID
    reference: str
    kind: Text
    child_name: str
    unit_name: str
    raised_at: datetime
    minutes: int
    state_word: Text
    tone: Tone
    answered_by: str
    is_ringing: bool


def read_emergency(emergency: Emergency, *, actor: Actor, now: datetime) -> EmergencyPage:
    """`emergency` comes from the gate. A fixed number of queries."""
    case, on = emergency.case, localdate(now)
    moving = read_now(emergency, actor=actor, now=now)
    care = current_care(case)
    ladder = helping_of(case).ladder
    return EmergencyPage(
        now=moving,
        kind=EmergencyKind(emergency.kind).label,
        child_name=case.person.name,
        age=case.person.age_on(on),
        unit_name=case.unit.name,
        child_path=helping_of(case).child_path(case),
        raised_at=emergency.raised_at,
        caller=moving.diary[-1].who,
        care_id=care.uid if care else None,
        care_words=f"{care.carer.name} · {care.place}" if care else "",
        case_id=case.uid,
        colleagues=tuple((user.pk, str(user)) for user in may_be_handed(emergency, ladder=ladder, on=on)),
    )


def read_now(emergency: Emergency, *, actor: Actor, now: datetime) -> EmergencyNow:
    steps = list(emergency.steps.select_related("by", "to").order_by("pk"))
    names = _names(steps)
    reached = {(step.round, step.rung) for step in steps if step.kind == StepKind.TOLD}
    top = len(helping_of(emergency.case).ladder.rungs)
    end = emergency.over_at or emergency.answered_at or now
    return EmergencyNow(
        uid=emergency.uid,
        reference=emergency.reference,
        state_word=EmergencyState(emergency.state).label,
        tone=STATE_TONES[emergency.state],
        is_ringing=emergency.state == EmergencyState.RINGING,
        is_over=emergency.state not in STANDING,
        minutes=int((end - emergency.raised_at).total_seconds() // 60),
        next_at=emergency.climbs_at,
        answered_by=str(emergency.answered_by) if emergency.answered_by else "",
        answered_at=emergency.answered_at,
        is_mine=emergency.answered_by_id == actor.user_id,
        handed_to=str(emergency.handed_to) if emergency.handed_to else "",
        rungs=_rungs(emergency, steps),
        asked=_asked(steps, names),
        diary=tuple(_moment(step, names, reached, top=top) for step in reversed(steps)),
        may_undo=emergency.over_at is not None and now - emergency.over_at <= UNDO_WITHIN,
    )


def list_emergencies(actor: Actor) -> QuerySet[Emergency]:
    found = visible_emergencies(actor).select_related("case__person", "case__unit", "answered_by")
    return found.order_by("-raised_at", "-pk")


def to_line(emergency: Emergency, *, now: datetime) -> EmergencyLine:
    return EmergencyLine(
        uid=emergency.uid,
        reference=emergency.reference,
        kind=EmergencyKind(emergency.kind).label,
        child_name=emergency.case.person.name,
        unit_name=emergency.case.unit.short_name,
        raised_at=emergency.raised_at,
        minutes=int((now - emergency.raised_at).total_seconds() // 60),
        state_word=EmergencyState(emergency.state).label,
        tone=STATE_TONES[emergency.state],
        answered_by=str(emergency.answered_by) if emergency.answered_by else "",
        is_ringing=emergency.state == EmergencyState.RINGING,
    )


def list_standing(actor: Actor, *, now: datetime) -> tuple[EmergencyLine, ...]:
    """What is going on now among the actor's files, the one nobody answers first. One query."""
    standing = list_emergencies(actor).filter(state__in=STANDING).order_by("-state", "raised_at")
    return tuple(to_line(emergency, now=now) for emergency in standing[:20])


def emergency_contacts(emergency: Emergency, *, on: date) -> tuple[Contact, ...]:
    """The numbers that somebody on it needs now: of whoever takes care of the child meanwhile, the pair's, and the
    guardians'."""
    case = emergency.case
    care = case.temporary_care.filter(ended_at=None).select_related("carer").first()
    of_carer = (Contact(_("Takes care of the child now"), care.carer.name, care.carer.phone),) if care else ()
    of_pair = helping_of(case).contacts(emergency.about_id) if emergency.about_id else ()
    current = Guardianship.objects.current(on=on).filter(child=case.person_id).select_related("guardian")
    # A guardian who took the child in stands there already.
    current = current.exclude(guardian=care.carer_id) if care else current
    guardians = tuple(
        Contact(row.relation or _("Guardian"), row.guardian.name, row.guardian.phone)
        for row in current.order_by("-is_primary", "pk")
    )
    return tuple(contact for contact in (*of_carer, *of_pair, *guardians) if contact.phone)


def emergency_moments(case: Case) -> list[Moment]:
    """For the line of time of a file. Two queries."""
    moments = [
        Moment(
            localdate(emergency.raised_at),
            gettext("Emergency %(reference)s: %(kind)s")
            % {"reference": emergency.reference, "kind": EmergencyKind(emergency.kind).label},
            note=EmergencyState(emergency.state).label, icon="alert-triangle", tone="urgent",
        )
        for emergency in case.emergencies.order_by("pk")
    ]  # fmt: skip
    for care in case.temporary_care.select_related("carer").order_by("pk"):
        name = {"name": care.carer.name}
        moments.append(Moment(localdate(care.begun_at), gettext("Temporary care with %(name)s") % name, icon="home"))
        if care.ended_at:
            ended = gettext("Back from temporary care")
            moments.append(Moment(localdate(care.ended_at), ended, note=care.get_ended_with_display(), icon="home"))
    return moments


def _rungs(emergency: Emergency, steps: list[EmergencyStep]) -> tuple[RungRow, ...]:
    """Those of the present round. Past the last rung everybody is told again; that stands in the diary."""
    ladder = helping_of(emergency.case).ladder
    labels: list[Text] = [Role(rung.role).label for rung in ladder.rungs]
    if emergency.handed_to is not None:
        labels.insert(0, str(emergency.handed_to))
    told: dict[int, list[str]] = {}
    at: dict[int, datetime] = {}
    for step in steps:
        if step.kind in (StepKind.TOLD, StepKind.CLIMBED) and step.round == emergency.round:
            at.setdefault(step.rung, step.at)
            if step.to is not None:
                told.setdefault(step.rung, []).append(str(step.to))
    return tuple(
        RungRow(
            label, _rung_state(number, emergency), tuple(told.get(number, ())),
            at.get(number) or (emergency.climbs_at if number == emergency.rung + 1 else None),
        )
        for number, label in enumerate(labels)
    )  # fmt: skip


def _rung_state(number: int, emergency: Emergency) -> Literal["done", "current", "ahead"]:
    if number > emergency.rung:
        return "ahead"
    is_current = number == emergency.rung and emergency.state == EmergencyState.RINGING
    return "current" if is_current else "done"


def _asked(steps: list[EmergencyStep], names: dict[int, str]) -> tuple[AskedRow, ...]:
    """Each once, with her latest answer."""
    rows: dict[int, AskedRow] = {}
    for step in steps:
        if step.about_person_id is None:
            continue
        name = names.get(step.about_person_id, "")
        if step.kind == StepKind.ASKED:
            rows[step.about_person_id] = AskedRow(name, _("Asked, no answer yet"), "warn")
        elif step.kind == StepKind.AGREED:
            rows[step.about_person_id] = AskedRow(name, StepKind.AGREED.label, "good")
        elif step.kind == StepKind.CANNOT:
            rows[step.about_person_id] = AskedRow(name, StepKind.CANNOT.label, "off")
    return tuple(rows.values())


def _names(steps: Iterable[EmergencyStep]) -> dict[int, str]:
    keys = {step.about_person_id for step in steps if step.about_person_id is not None}
    return dict(Person.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def _moment(step: EmergencyStep, names: dict[int, str], reached: set[tuple[int, int]], *, top: int) -> Moment:
    """One line of the diary. What was told late says when it was due; a rung that reached nobody new says so, and so
    does a repetition. In a round that was handed on there is one rung more."""
    about = names.get(step.about_person_id or 0, "")
    title: Text = StepKind(step.kind).label
    who = str(step.by) if step.by else ""
    note = step.words
    if step.kind == StepKind.TOLD:
        title = gettext("Told: %(name)s") % {"name": step.to}
    elif step.kind == StepKind.CLIMBED and step.rung >= top + (step.round > 1):
        title = _("Nobody answered: everybody was told again")
    elif step.kind == StepKind.CLIMBED and (step.round, step.rung) not in reached:
        title = _("Nobody else there at the next step: passed at once")
    elif step.kind == StepKind.HANDED_ON:
        title = gettext("Handed on to %(name)s") % {"name": step.to}
    elif step.kind == StepKind.RAISED:
        who = who or about
    elif step.kind in (StepKind.ASKED, StepKind.AGREED, StepKind.CANNOT):
        title = f"{title} · {about}" if about else title
    elif step.kind == StepKind.REPORTED:
        title = gettext("Told: %(name)s") % {"name": Authority(step.authority).label}
        note = " · ".join(filter(None, (step.receipt, step.words)))
    elif step.kind in (StepKind.CARE_BEGUN, StepKind.CARE_ENDED):
        title = f"{title} · {about}"
    if step.due_at is not None and _differs(step):
        note = " · ".join(filter(None, (note, _say_due(step))))
    return Moment(
        step.at, title, who=who, note=note, icon=_ICONS.get(step.kind, "note"), tone=_TONES.get(step.kind, "calm")
    )


def _differs(step: EmergencyStep) -> bool:
    assert step.due_at is not None
    return abs((step.at - step.due_at).total_seconds()) >= 60


def _say_due(step: EmergencyStep) -> str:
    assert step.due_at is not None
    if step.kind in (StepKind.TOLD, StepKind.CLIMBED):
        return gettext("due at %(time)s") % {"time": say_time(step.due_at)}
    return gettext("at %(time)s") % {"time": say_time(step.due_at)}
