"""Children's files: adding by hand, editing what was seen, closing."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor, visible_units
from sunward.accounts.models import Unit
from sunward.casework.actions import close_case, open_case
from sunward.casework.actions.cases import refuse_changed, refuse_closed
from sunward.casework.actions.needs import write_needs
from sunward.casework.enums import CloseReason, RiskLevel
from sunward.casework.finding import findable_case
from sunward.casework.models import Case
from sunward.casework.recording import record_case_act
from sunward.core.refusals import Conflict, NotAllowed, NotThere
from sunward.core.search.index import index
from sunward.mentoring.access import PROGRAMME, get_child_for_change
from sunward.mentoring.actions.consents import GUARDIAN_CONSENTS
from sunward.mentoring.actions.family_links import revoke_links
from sunward.mentoring.actions.said import Said
from sunward.mentoring.actions.tutoring_steps import follow_consent
from sunward.mentoring.models import ChildProfile, Match, Question, Tutoring
from sunward.people.households import share_household
from sunward.people.models import ConsentRecord, Guardianship, HouseholdMember, Person
from sunward.people.registering import PersonDetails, build_person, id_index
from sunward.people.revising import read_details, revise_person
from sunward.safeguarding.models import TemporaryCare
from sunward.safeguarding.queries.calls import find_running


@dataclass(frozen=True, slots=True)
class ChildDetails:
    """What Neighbour Mom knows of a child beyond the person."""

    guardianship: str = ""
    hardship: str = ""
    school_stage: str = ""
    is_studying: bool | None = None
    languages: tuple[str, ...] = ()
    willing_to_pair: bool | None = None
    needs: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class SealedChanges:
    """New sealed values; None leaves what is there, an empty text takes it away."""

    id_kind: str = ""
    id_number: str | None = None
    phone: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class PersonChanges:
    """The open facts of a person as typed, and what is new of the sealed ones."""

    name: str
    sex: str
    birth_date: date | None
    unit_id: int
    sealed: SealedChanges = SealedChanges()


@transaction.atomic
def add_child(
    *,
    actor: Actor,
    person: PersonDetails,
    child: ChildDetails,
    on: date,
    now: datetime,
    risk_level: RiskLevel = RiskLevel.LOW,
    risk_reason: str = "",
) -> Case:
    """Open a child's file by hand. Whoever the document number belongs to already is that person, not a second one."""
    unit = get_own_unit(actor, person.unit_id)
    row = find_or_make_person(actor, person._replace(unit_path=unit.path))
    case = open_case(
        actor=actor, programme=PROGRAMME, person=row, unit=unit, on=on, now=now, risk_level=risk_level,
        risk_reason=risk_reason, needs=child.needs, remark=child.remark,
    )  # fmt: skip
    ChildProfile.objects.create(
        case=case, guardianship=child.guardianship, hardship=child.hardship, school_stage=child.school_stage,
        is_studying=child.is_studying, languages=list(child.languages), willing_to_pair=child.willing_to_pair,
    )  # fmt: skip
    return case


@transaction.atomic
def edit_child(
    *, actor: Actor, case_id: UUID, version: int, person: PersonChanges, child: ChildDetails, on: date, now: datetime
) -> Case:
    """Change what the file says. `version` is the one the person saw; a newer one is a conflict to be merged."""
    case = get_child_for_change(actor=actor, case_id=case_id)
    refuse_changed(case, version)
    refuse_closed(case)
    before = _columns(case)
    unit = get_own_unit(actor, person.unit_id) if person.unit_id != case.unit_id else case.unit
    change_person(Person.objects.select_for_update(of=("self",)).get(pk=case.person_id), person, unit=unit)
    case.person.refresh_from_db()
    case.unit, case.unit_path, case.remark = unit, unit.path, child.remark
    case.version += 1
    case.save(update_fields=["unit", "unit_path", "remark", "version"])
    _write_profile(case, child)
    write_needs(case, child.needs, actor=actor, on=on, now=now)
    # Who may see a match is read from its child's unit, also after its end: its page says where the child lives now.
    Match.objects.filter(case=case).exclude(unit_path=unit.path).update(unit_path=unit.path)
    Tutoring.objects.filter(case=case).exclude(unit_path=unit.path).update(unit_path=unit.path)
    Question.objects.filter(case=case).exclude(unit_path=unit.path).update(unit_path=unit.path)
    index([findable_case(case)])
    changed = sorted(name for name, value in _columns(case).items() if before[name] != value)
    record_case_act(case, actor=actor, code="mentoring.child_edited", on=on, now=now, attributes={"columns": changed})
    return case


@transaction.atomic
def close_child(*, actor: Actor, case_id: UUID, version: int, reason: CloseReason, on: date, now: datetime) -> Case:
    """Close a child's file; what still lives has to be ended first, a match with its own farewell."""
    case = get_child_for_change(actor=actor, case_id=case_id)
    if Match.objects.live().filter(case=case).exists():
        raise Conflict("mentoring.match_lives", _("This child still has a neighbour mom. End the match first."))
    if Tutoring.objects.live().filter(case=case).exists():
        raise Conflict("mentoring.tutoring_lives", _("This child is still tutored online. End the tutoring first."))
    if find_running(case):
        raise Conflict("mentoring.emergency_lives", _("A call for help for this child is going on. End it first."))
    if TemporaryCare.objects.filter(case=case, ended_at=None).exists():
        raise Conflict("mentoring.care_lives", _("This child is in temporary care. Write down the hand-back first."))
    revoke_links(case, actor=actor, on=on, now=now)
    return close_case(actor=actor, case_id=case_id, version=version, reason=reason, on=on, now=now)


@transaction.atomic
def add_guardian(
    *,
    actor: Actor,
    case_id: UUID,
    person: PersonDetails,
    relation: str,
    lives_together: bool | None,
    on: date,
    now: datetime,
    is_primary: bool = False,
) -> Guardianship:
    """Write down who cares for the child from today."""
    case = get_child_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    guardian = find_or_make_kin(actor, case, person, on=on)
    if guardian.pk == case.person_id:
        raise Conflict("mentoring.own_guardian", _("A person cannot be their own guardian."))
    current = Guardianship.objects.current(on=on).filter(child_id=case.person_id)
    if current.filter(guardian=guardian).exists():
        raise Conflict("mentoring.guardian_there", _("This person is written down as guardian already."))
    if is_primary:
        current.filter(is_primary=True).update(is_primary=False)
    if lives_together:
        share_household(person=case.person, other=guardian, role=relation, on=on)
    guardianship = Guardianship.objects.create(
        child_id=case.person_id, guardian=guardian, relation=relation[:20], lives_together=lives_together,
        is_primary=is_primary, from_on=on,
    )  # fmt: skip
    record_case_act(case, actor=actor, code="mentoring.guardian_added", on=on, now=now)
    return guardianship


@transaction.atomic
def end_guardian(*, actor: Actor, case_id: UUID, guardianship_id: int, on: date, now: datetime) -> None:
    """This person no longer cares for the child; the row stays with its last day.

    Papers that only a guardian signs end with her care: should she care for the child again, she is asked again.
    """
    case = get_child_for_change(actor=actor, case_id=case_id)
    current = Guardianship.objects.current(on=on).filter(pk=guardianship_id, child_id=case.person_id)
    held = current.first()
    if held is None:
        raise NotThere("mentoring.guardian_not_there", _("This person is not written down as guardian any more."))
    held.until_on = on
    held.save(update_fields=["until_on"])
    revoke_links(case, actor=actor, on=on, now=now, guardian_id=held.guardian_id)
    hers = ConsentRecord.objects.valid(on=on).filter(person=case.person_id, given_by=held.guardian_id)
    hers.filter(purpose__in=GUARDIAN_CONSENTS).update(expires_on=on)
    follow_consent(case, Said(actor, on, now))
    record_case_act(case, actor=actor, code="mentoring.guardian_ended", on=on, now=now)


def get_own_unit(actor: Actor, unit_id: int | None) -> Unit:
    unit = visible_units(actor).filter(pk=unit_id or 0).first()
    if unit is None:
        raise NotAllowed("mentoring.unit_not_yours", _("Choose your own unit or one below it."))
    return unit


def find_or_make_person(actor: Actor, details: PersonDetails) -> Person:
    """The person with this document number if the programme knows one, else a new row.

    A number known in another unit is refused without saying whose file it is: the two offices have to talk. Whoever
    another programme knows is not looked for.
    """
    number = id_index(details.id_number)
    found = _own_persons(number).select_related("merged_into").first() if number else None
    if found is None:
        person = build_person(details, programme=PROGRAMME)
        _save_person(person)
        return person
    known = found.merged_into or found
    if not any(known.unit_path.startswith(path) for path in actor.casework_paths()):
        raise Conflict(
            "mentoring.number_elsewhere",
            _("This document number is known at another office. Ask the district office who has the file."),
        )
    return known


def find_or_make_kin(actor: Actor, case: Case, details: PersonDetails, *, on: date) -> Person:
    """Whoever cares for the child or lives with it under this name is that person, though no number was typed again."""
    if not details.id_number:
        carers = Guardianship.objects.current(on=on).filter(child_id=case.person_id).values("guardian")
        housemates = HouseholdMember.objects.beside(case.person_id, on=on).values("person")
        family = Person.objects.filter(Q(pk__in=carers) | Q(pk__in=housemates))
        known = family.filter(name=details.name).order_by("pk").first()
        if known is not None:
            return known
    return find_or_make_person(actor, details._replace(unit_id=case.unit_id, unit_path=case.unit_path))


def change_person(person: Person, changes: PersonChanges, *, unit: Unit) -> None:
    """Bring the row to what was typed; a document number that is somebody else's is refused."""
    sealed, old = changes.sealed, read_details(person)
    details = old._replace(
        name=changes.name, sex=changes.sex, birth_date=changes.birth_date, unit_id=unit.pk, unit_path=unit.path,
        phone=old.phone if sealed.phone is None else sealed.phone,
        address=old.address if sealed.address is None else sealed.address,
    )  # fmt: skip
    if sealed.id_number is not None:
        details = details._replace(id_kind=sealed.id_kind, id_number=sealed.id_number)
        number = id_index(sealed.id_number)
        if number and _own_persons(number).exclude(pk=person.pk).exists():
            raise _number_taken()
    if details != old:
        revise_person(person, details)
        _save_person(person)


def _own_persons(number: str) -> QuerySet[Person]:
    return Person.objects.filter(id_index=number, programme=PROGRAMME)


def _save_person(person: Person) -> None:
    """The unique index has the last word: somebody may have typed in the same number a moment ago."""
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise _number_taken() from error


def _number_taken() -> Conflict:
    return Conflict("mentoring.number_taken", _("This document number belongs to another person's file."))


def _write_profile(case: Case, child: ChildDetails) -> None:
    ChildProfile.objects.update_or_create(
        case=case,
        defaults={
            "guardianship": child.guardianship,
            "hardship": child.hardship,
            "school_stage": child.school_stage,
            "is_studying": child.is_studying,
            "languages": list(child.languages),
            "willing_to_pair": child.willing_to_pair,
        },
    )


def _columns(case: Case) -> dict[str, object]:
    """What the edit may change, by column: the audit record names columns, never values."""
    person = case.person
    profile = ChildProfile.objects.filter(case=case).values(
        "guardianship", "hardship", "school_stage", "is_studying", "languages", "willing_to_pair"
    )
    return {
        "name": person.name, "sex": person.sex, "birth_date": person.birth_date, "id_number": person.id_index,
        "phone": person.phone_index, "address": person.address, "unit": case.unit_id, "remark": case.remark,
        **(profile.first() or dict.fromkeys(
            ("guardianship", "hardship", "school_stage", "is_studying", "languages", "willing_to_pair")
        )),
    }  # fmt: skip
