"""A row of the children's register becomes a person, a guardian, a file with its needs, and the basis to keep it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from sunward.casework.enums import AssessmentState, RiskLevel
from sunward.casework.finding import case_text
from sunward.casework.models import Case, CaseQuerySet, Need, RiskAssessment
from sunward.core.bulk import insert_rows, new_uids, reserve_ids
from sunward.core.search import index as search
from sunward.core.search.index import Findable
from sunward.ledger.actions import NewFact, record_many, withdraw_many
from sunward.mentoring.access import PROGRAMME
from sunward.mentoring.enums import GuardianshipState, Hardship
from sunward.mentoring.finding import CHILD_KIND
from sunward.mentoring.intake import reading
from sunward.mentoring.models import ChildProfile
from sunward.people.actions import Registered, forget_persons, register_persons
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import ConsentRecord, Guardianship
from sunward.registers.intake import Kept, Known, Place, Taken, Taking, Values
from sunward.registers.persons import find_people, refuse_misfit
from sunward.registers.untouched import touched_records

OPENED = "casework.case_opened"
SUBJECT = "case"


class _New(NamedTuple):
    """A file to be: its number, its row and where it belongs."""

    case_id: int
    person_id: int
    guardian: Registered | None
    values: Values
    place: Place
    risk: int


class ChildrenIntake:
    kind = "children"
    record_kind = SUBJECT

    def place(self, values: Values, *, home: Place, places: Mapping[str, Place]) -> Place:
        return reading.place_of(values, home=home, places=places)

    def find_known(self, identity: str, keys: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], Known]:
        """Children who have an open file already."""
        return find_people(keys, through=_open_files(), programme=PROGRAMME)

    def take(self, rows: Sequence[Values], *, taking: Taking) -> list[Taken]:
        places = [self.place(row, home=taking.home, places=taking.places) for row in rows]
        children, guardians = _register_families(rows, places)
        held = dict(
            _open_files()
            .filter(person__in=[child.id for child in children if not child.is_new])
            .values_list("person_id", "pk")
        )
        free = iter(reserve_ids(Case, len(rows)))
        taken: list[Taken] = []
        made: list[_New] = []
        for row, place, child, guardian in zip(rows, places, children, guardians, strict=True):
            if child.misfits:
                taken.append(refuse_misfit(SUBJECT))
                continue
            if child.id in held:
                taken.append(Taken(SUBJECT, held[child.id], is_new=False))
                continue
            new = _New(
                next(free), child.id, guardian, row, place, reading.RISK.get(str(row.get("risk")), RiskLevel.LOW)
            )
            held[child.id] = new.case_id
            made.append(new)
            known_now = tuple(person.id for person in (child, guardian) if person is not None and person.is_new)
            taken.append(Taken(SUBJECT, new.case_id, persons=known_now))
        _write_files(made, taking)
        _write_bases(made, taking)
        _write_traces(made, taking)
        return taken

    def take_back(self, records: Mapping[int, Sequence[int]], *, now: datetime) -> list[Kept]:
        """A file to which anything has happened since stays, with everybody in it."""
        kept = touched_records(
            Case, records, own=(ChildProfile, Need, RiskAssessment), subject_kind=SUBJECT, written=(OPENED,),
            versions=("version", "person__version"),
        )  # fmt: skip
        gone = [number for number in records if number not in kept]
        files = Case.objects.filter(pk__in=gone)
        persons = dict(files.values_list("pk", "person_id"))
        made_known = {person for number in gone for person in records[number]}
        withdraw_many(subject_kind=SUBJECT, subject_ids=gone, now=now)
        search.forget(CHILD_KIND, gone)
        for model in (ChildProfile, Need, RiskAssessment):
            model._base_manager.filter(case__in=gone).delete()
        files.delete()
        children = set(persons.values())
        Guardianship.objects.filter(child__in=children).filter(
            Q(child__in=made_known) | Q(guardian__in=made_known)
        ).delete()
        # Whoever has another file by now is kept on the same basis there.
        based = ConsentRecord.objects.filter(person__in=made_known & children)
        based.exclude(person__cases__isnull=False).delete()
        forget_persons(made_known)
        return [Kept(number, because) for number, because in kept.items()]


def _open_files() -> CaseQuerySet:
    return Case.objects.open().filter(programme=PROGRAMME)


def _register_families(
    rows: Sequence[Values], places: Sequence[Place]
) -> tuple[list[Registered], list[Registered | None]]:
    """The child and the guardian of each row. The guardian lives under the child's unit as far as we know."""
    named = [number for number, row in enumerate(rows) if row.get("guardian_name")]
    found = register_persons(
        [
            *(reading.person_of(row, place) for row, place in zip(rows, places, strict=True)),
            *(reading.guardian_of(rows[number], places[number]) for number in named),
        ],
        programme=PROGRAMME,
    )
    by_row = dict(zip(named, found[len(rows) :], strict=True))
    return found[: len(rows)], [by_row.get(number) for number in range(len(rows))]


def _write_files(made: Sequence[_New], taking: Taking) -> None:
    insert_rows(
        Case,
        ("id", "uid", "programme", "person_id", "unit_id", "unit_path", "risk_level", "opened_on", "remark",
         "source_batch_id"),
        [
            (new.case_id, uid, PROGRAMME, new.person_id, new.place.unit_id, new.place.path, new.risk,
             taking.on, reading.text(new.values, "remark", 2000), taking.batch_id)
            for new, uid in zip(made, new_uids(len(made)), strict=True)
        ],
    )  # fmt: skip
    insert_rows(
        ChildProfile,
        ("case_id", "guardianship", "hardship", "school_stage", "is_studying", "languages", "willing_to_pair"),
        [
            (new.case_id, _coded(new.values.get("guardianship"), reading.GUARDIANSHIP, GuardianshipState.OTHER),
             _coded(new.values.get("hardship"), reading.HARDSHIP, Hardship.OTHER),
             reading.text(new.values, "schooling", 40), reading.is_studying(new.values),
             reading.words(new.values, "language"), new.values.get("willing_to_pair"))
            for new in made
        ],
    )  # fmt: skip
    insert_rows(
        Need,
        ("case_id", "kind", "from_on"),
        [(new.case_id, kind, taking.on) for new in made for kind in reading.needs(new.values)],
    )
    _write_risks(made, taking)


def _coded(word: object, codes: Mapping[str, str], other: str) -> str:
    return codes.get(str(word), other) if word else ""


def _write_risks(made: Sequence[_New], taking: Taking) -> None:
    """A level that the register states is an assessment: its reason is that it was stated there."""
    reason = _("As stated in the register that was imported.")
    insert_rows(
        RiskAssessment,
        ("case_id", "level", "state", "reason", "assessed_on", "assessed_by_id", "decided_on"),
        [
            (
                new.case_id,
                new.risk,
                AssessmentState.IN_FORCE,
                reason,
                taking.on,
                taking.actor.user_id or None,
                taking.on,
            )
            for new in made
            if new.risk > RiskLevel.LOW
        ],
    )


def _write_bases(made: Sequence[_New], taking: Taking) -> None:
    """Who cares for the child, and why we may know: a statutory duty, for the one who harms may be the guardian."""
    insert_rows(
        Guardianship,
        ("child_id", "guardian_id", "relation"),
        [
            (new.person_id, new.guardian.id, reading.text(new.values, "relation", 20))
            for new in made
            if new.guardian is not None and new.guardian.id != new.person_id
        ],
    )
    insert_rows(
        ConsentRecord,
        ("person_id", "purpose", "legal_basis", "given_on", "recorded_by_id"),
        [
            (new.person_id, purpose, LegalBasis.STATUTORY_DUTY, taking.on, taking.actor.user_id)
            for new in made
            for purpose in (Purpose.CASE_FILE, Purpose.MATCHING)
        ],
    )


def _write_traces(made: Sequence[_New], taking: Taking) -> None:
    """The fact that each file was opened, and what the search box knows of it."""
    record_many(
        [
            NewFact(
                kind=OPENED, subject_kind=SUBJECT, subject_id=new.case_id, happened_on=taking.on,
                actor_id=taking.actor.user_id, person_id=new.person_id, unit_id=new.place.unit_id,
                unit_path=new.place.path, quantity=Decimal(1),
                attributes={"programme": PROGRAMME, "risk_level": int(new.risk), "batch": taking.batch_id},
            )
            for new in made
        ],
        now=taking.now,
    )  # fmt: skip
    search.add(
        Findable(CHILD_KIND, new.case_id, new.place.path, case_text(str(new.values["name"]), f"C{new.case_id:06d}"))
        for new in made
    )
