"""Applications to become a neighbour mom: written by herself on the public page, or by a worker at her side.

Whoever applies herself learns nothing of what lies there: the answer is the same whether or not she has applied before.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.core.refusals import Conflict, Refusal
from sunward.core.search.index import index
from sunward.ledger.actions import NewFact, record_fact
from sunward.mentoring.access import PROGRAMME, application_not_there, application_subject, visible_applications
from sunward.mentoring.actions.children import get_own_unit
from sunward.mentoring.actions.mentors import record_mentor_act
from sunward.mentoring.enums import OPEN_APPLICATION_STATES, ApplicationState, DeclineReason, MentorState
from sunward.mentoring.finding import findable_mentor
from sunward.mentoring.models import Mentor, MentorApplication
from sunward.mentoring.queries.applications import likely_persons, person_details
from sunward.mentoring.rules import APPLICATION_DAYS
from sunward.people.models import Person
from sunward.people.registering import build_person, phone_index

# So many in so short a time are no neighbours but a program.
MOST_AT_ONCE, AT_ONCE = 60, timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class ApplicationDetails:
    """What somebody says of herself; `phone` in E.164."""

    name: str
    phone: str
    unit_id: int
    occupation: str = ""
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    own_children: tuple[str, ...] = ()
    motive: str = ""


@transaction.atomic
def apply_in_public(*, details: ApplicationDetails, on: date, now: datetime) -> None:
    """Keep an application of somebody without an account. Sent twice, it is one."""
    _refuse_flood(now=now)
    unit = Unit.objects.filter(pk=details.unit_id, kind__in=(UnitKind.SUBDISTRICT, UnitKind.COMMITTEE)).first()
    if unit is None:
        raise Refusal("mentoring.unit_unknown", _("Choose where you live."))
    made = _insert(details, unit, actor=Actor.system(), now=now)
    if made is not None:
        _record(made, actor=Actor.system(), code="mentoring.application_received", on=on, now=now)


@transaction.atomic
def write_application(*, actor: Actor, details: ApplicationDetails, on: date, now: datetime) -> MentorApplication:
    """Written by a worker, with the volunteer at her side."""
    unit = get_own_unit(actor, details.unit_id)
    made = _insert(details, unit, actor=actor, now=now)
    if made is None:
        raise Conflict("mentoring.applied_already", _("She has applied already, and nobody has answered yet."))
    _record(made, actor=actor, code="mentoring.application_received", on=on, now=now)
    return made


@transaction.atomic
def invite_applicant(*, actor: Actor, application_id: UUID, on: date, now: datetime) -> MentorApplication:
    """She has been asked to come; pressed twice it changes nothing."""
    row = _lock_open(actor, application_id)
    if row.state == ApplicationState.NEW:
        _move(row, ApplicationState.INVITED, actor=actor, on=on, now=now)
    return row


@transaction.atomic
def decline_application(
    *, actor: Actor, application_id: UUID, reason: DeclineReason, on: date, now: datetime
) -> MentorApplication:
    row = _lock_open(actor, application_id)
    row.decline_reason = reason
    _move(row, ApplicationState.DECLINED, actor=actor, on=on, now=now, reason=str(reason))
    return row


@transaction.atomic
def withdraw_application(*, actor: Actor, application_id: UUID, on: date, now: datetime) -> MentorApplication:
    """She has said that she does not want to after all."""
    row = _lock_open(actor, application_id)
    _move(row, ApplicationState.WITHDRAWN, actor=actor, on=on, now=now)
    return row


@transaction.atomic
def reopen_application(*, actor: Actor, application_id: UUID, on: date, now: datetime) -> MentorApplication:
    """Take back what was declined or withdrawn, by mistake or because somebody thought again."""
    row = _lock(actor, application_id)
    if row.state not in (ApplicationState.DECLINED, ApplicationState.WITHDRAWN):
        raise _decided()
    row.decline_reason = ""
    try:
        with transaction.atomic():
            _move(row, ApplicationState.NEW, actor=actor, on=on, now=now, code="mentoring.application_reopened")
    except IntegrityError as error:
        raise Conflict(
            "mentoring.applied_again", _("She has applied again meanwhile. Answer the newer one.")
        ) from error
    return row


@transaction.atomic
def accept_application(
    *, actor: Actor, application_id: UUID, on: date, now: datetime, person_id: UUID | None = None
) -> Mentor:
    """Open her file, as an applicant: vetting comes next. `person_id` says which of those known already she is."""
    row = _lock_open(actor, application_id)
    person = _person(actor, row, person_id)
    if Mentor.objects.filter(person=person).exists():
        raise Conflict(
            "mentoring.mentor_there_already",
            _("She has a file already. Open that one; if she had left, she can come back there."),
        )
    mentor = Mentor.objects.create(
        person=person, unit=row.unit, unit_path=row.unit_path, state=MentorState.APPLIED, occupation=row.occupation,
        skills=row.skills, languages=row.languages, slots=row.slots, own_children=row.own_children,
    )  # fmt: skip
    index([findable_mentor(mentor)])
    row.mentor = mentor
    _move(row, ApplicationState.ACCEPTED, actor=actor, on=on, now=now, mentor=mentor.pk)
    record_mentor_act(mentor, actor=actor, code="mentoring.mentor_added", on=on, now=now, application=row.pk)
    return mentor


@transaction.atomic
def forget_applications(*, on: date, now: datetime) -> int:
    """Nothing came of them, and nobody asks any more. Returns how many went."""
    closed = (ApplicationState.DECLINED, ApplicationState.WITHDRAWN)
    gone = MentorApplication.objects.filter(state__in=closed, decided_on__lt=on - timedelta(days=APPLICATION_DAYS))
    count, _by_kind = gone.delete()
    if count:
        record_act(actor=Actor.system(), code="mentoring.applications_forgotten", now=now, rows=count)
    return count


def _insert(details: ApplicationDetails, unit: Unit, *, actor: Actor, now: datetime) -> MentorApplication | None:
    """None if one of this name and telephone waits already; the unique index has the last word."""
    number = phone_index(details.phone)
    waiting = MentorApplication.objects.filter(state__in=OPEN_APPLICATION_STATES, name=details.name.strip())
    if waiting.filter(phone_index=number).exists():
        return None
    row = MentorApplication(
        name=details.name.strip(), phone=details.phone, phone_index=number, unit=unit, unit_path=unit.path,
        occupation=details.occupation.strip(), skills=list(details.skills), languages=list(details.languages),
        slots=list(details.slots), own_children=list(details.own_children), motive=details.motive.strip(),
        applied_at=now, recorded_by_id=actor.user_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return None
    return row


def _refuse_flood(*, now: datetime) -> None:
    lately = MentorApplication.objects.filter(recorded_by_id=0, applied_at__gt=now - AT_ONCE)
    if lately.count() >= MOST_AT_ONCE:
        raise Conflict(
            "mentoring.too_many_at_once",
            _("Very many people are applying just now. Please try again in ten minutes, or come to the committee."),
        )


def _person(actor: Actor, row: MentorApplication, person_id: UUID | None) -> Person:
    """One of the likely persons of the actor's own units, or somebody new."""
    if person_id is None:
        person = build_person(person_details(row), programme=PROGRAMME)
        person.save()
        return person
    likely = {one.uid for one in likely_persons(actor, row) if one.is_eligible}
    if person_id not in likely:
        raise Conflict("mentoring.not_likely", _("This is not one of those she may be. Look at the page again."))
    return Person.objects.select_for_update(of=("self",)).get(uid=person_id)


def _lock(actor: Actor, application_id: UUID) -> MentorApplication:
    row = visible_applications(actor).select_for_update(of=("self",)).select_related("unit").filter(uid=application_id)
    found = row.first()
    if found is None:
        raise application_not_there()
    return found


def _lock_open(actor: Actor, application_id: UUID) -> MentorApplication:
    row = _lock(actor, application_id)
    if not row.is_open:
        raise _decided()
    return row


def _decided() -> Conflict:
    return Conflict("mentoring.application_decided", _("Somebody has decided on this application meanwhile."))


def _move(
    row: MentorApplication, state: ApplicationState, *, actor: Actor, on: date, now: datetime, code: str = "",
    **detail: object,
) -> None:  # fmt: skip
    row.state, row.version = state, row.version + 1
    is_open = state in OPEN_APPLICATION_STATES
    row.decided_on, row.decided_by_id = (None, 0) if is_open else (on, actor.user_id)
    row.save()
    _record(row, actor=actor, code=code or f"mentoring.application_{state}", on=on, now=now, **detail)


def _record(
    row: MentorApplication, *, actor: Actor, code: str, on: date, now: datetime, **detail: object
) -> None:  # fmt: skip
    record_fact(
        NewFact(
            kind=code, subject_kind="application", subject_id=row.pk, happened_on=on, actor_id=actor.user_id,
            unit_id=row.unit_id, unit_path=row.unit_path, attributes=dict(detail),
        ),
        now=now,
    )  # fmt: skip
    record_act(actor=actor, code=code, now=now, subject=application_subject(row), unit_path=row.unit_path, **detail)
