"""A row of the survey becomes a person and a jobseeker's file, with its words as delivered beside what they mean."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sunward.casework.models import Case, CaseQuerySet, Need
from sunward.core.bulk import delete_rows, insert_rows, new_uids, reserve_ids
from sunward.employment.actions.tagging import BY_RULE
from sunward.employment.intake import profiles
from sunward.employment.models import ClientTag, Jobseeker, JobWish
from sunward.ledger.actions import NewFact, record_many, withdraw_many
from sunward.people.actions import forget_persons, register_persons
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import ConsentRecord
from sunward.registers.intake import Kept, Known, Place, Taken, Taking, Values
from sunward.registers.persons import find_people, person_of, place_of, refuse_misfit, text
from sunward.registers.untouched import IN_USE, touched_records

PROGRAMME = "employment"
OPENED = "casework.case_opened"
SUBJECT = "case"
_OWN = (Jobseeker, JobWish, Need, ClientTag)


class _New(NamedTuple):
    """A file to be: its number, its row and where it belongs."""

    case_id: int
    person_id: int
    values: Values
    place: Place


class UnemployedIntake:
    kind = "unemployed"
    record_kind = SUBJECT

    def place(self, values: Values, *, home: Place, places: Mapping[str, Place]) -> Place:
        """Where the person lives; a service point keeps the files of its own sub-district itself."""
        around = places.get(str(values.get("subdistrict_code") or ""))
        if around is not None and home.path != around.path and home.path.startswith(around.path):
            return home
        return place_of(values, home=home, places=places)

    def find_known(self, identity: str, keys: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], Known]:
        """Jobseekers who have an open file already."""
        return find_people(keys, through=_open_files(), programme=PROGRAMME)

    def take(self, rows: Sequence[Values], *, taking: Taking) -> list[Taken]:
        homes = [place_of(row, home=taking.home, places=taking.places) for row in rows]
        details = [person_of(row, lives) for row, lives in zip(rows, homes, strict=True)]
        persons = register_persons(details, programme=PROGRAMME, living_in=_office_of(taking.home))
        known = [person.id for person in persons if not person.is_new]
        held = dict(_open_files().filter(person__in=known).values_list("person_id", "pk"))
        free = iter(reserve_ids(Case, len(rows)))
        taken: list[Taken] = []
        made: list[_New] = []
        for row, person in zip(rows, persons, strict=True):
            if person.misfits:
                taken.append(refuse_misfit(SUBJECT))
                continue
            if person.id in held:
                taken.append(Taken(SUBJECT, held[person.id], is_new=False))
                continue
            place = self.place(row, home=taking.home, places=taking.places)
            new = _New(next(free), person.id, row, place)
            held[person.id] = new.case_id
            made.append(new)
            taken.append(Taken(SUBJECT, new.case_id, persons=(person.id,) if person.is_new else ()))
        _write_files(made, taking)
        _write_bases(made, taking)
        _write_facts(made, taking)
        return taken

    def take_back(self, records: Mapping[int, Sequence[int]], *, now: datetime) -> list[Kept]:
        """A file to which anything has happened since stays, with whoever it is about."""
        kept: dict[int, str] = {}
        # What was done to a person who was known before says nothing about this file.
        for versions, ids in (
            (("version", "jobseeker__version", "person__version"), [pk for pk, persons in records.items() if persons]),
            (("version", "jobseeker__version"), [pk for pk, persons in records.items() if not persons]),
        ):
            kept |= touched_records(
                Case, ids, own=_OWN, subject_kind=SUBJECT, written=(OPENED, *BY_RULE), versions=versions
            )  # fmt: skip
        by_hand = ClientTag.objects.filter(case__in=list(records)).exclude(set_by_id=0)
        kept = dict.fromkeys(by_hand.values_list("case_id", flat=True), IN_USE) | kept
        gone = [number for number in records if number not in kept]
        withdraw_many(subject_kind=SUBJECT, subject_ids=gone, now=now)
        for model in _OWN:
            delete_rows(model, gone, column="case_id")
        delete_rows(Case, gone)
        made_known = {person for number in gone for person in records[number]}
        # Whoever has another file by now is kept on this basis there.
        ConsentRecord.objects.filter(person__in=made_known).exclude(person__cases__isnull=False).delete()
        forget_persons(made_known)
        return [Kept(number, because) for number, because in kept.items()]


def _office_of(home: Place) -> str:
    """The path whose people the importing office may know: a service point keeps those of its sub-district."""
    district, *street = home.path.strip("/").split("/")
    return f"/{'/'.join([district, *street[:1]])}/"


def _open_files() -> CaseQuerySet:
    return Case.objects.open().filter(programme=PROGRAMME)


def _write_files(made: Sequence[_New], taking: Taking) -> None:
    insert_rows(
        Case,
        ("id", "uid", "programme", "person_id", "unit_id", "unit_path", "opened_on", "remark", "source_batch_id"),
        [
            (new.case_id, uid, PROGRAMME, new.person_id, new.place.unit_id, new.place.path, taking.on,
             text(new.values, "remark", 2000), taking.batch_id)
            for new, uid in zip(made, new_uids(len(made)), strict=True)
        ],
    )  # fmt: skip
    insert_rows(Jobseeker, ("case_id", *profiles.COLUMNS), [(new.case_id, *profiles.read(new.values)) for new in made])
    insert_rows(
        JobWish,
        ("case_id", "rank", "words"),
        [
            (new.case_id, rank, wished)
            for new in made
            for rank, wished in enumerate(profiles.read_wishes(new.values), start=1)
        ],
    )
    insert_rows(
        Need,
        ("case_id", "kind", "from_on"),
        [(new.case_id, kind, taking.on) for new in made for kind in profiles.read_needs(new.values)],
    )


def _write_bases(made: Sequence[_New], taking: Taking) -> None:
    """Employment services are a statutory duty. Who is kept on that basis already needs it no second time."""
    persons = {new.person_id for new in made}
    based: set[int] = set(
        ConsentRecord.objects.valid(on=taking.on)
        .filter(person__in=persons, purpose=Purpose.CASE_FILE, legal_basis=LegalBasis.STATUTORY_DUTY)
        .values_list("person_id", flat=True)
    )
    rows: list[tuple[Any, ...]] = [
        (person, Purpose.CASE_FILE, LegalBasis.STATUTORY_DUTY, taking.on, taking.actor.user_id)
        for person in sorted(persons - based)
    ]
    insert_rows(ConsentRecord, ("person_id", "purpose", "legal_basis", "given_on", "recorded_by_id"), rows)


def _write_facts(made: Sequence[_New], taking: Taking) -> None:
    record_many(
        [
            NewFact(
                kind=OPENED, subject_kind=SUBJECT, subject_id=new.case_id, happened_on=taking.on,
                actor_id=taking.actor.user_id, person_id=new.person_id, unit_id=new.place.unit_id,
                unit_path=new.place.path, attributes={"programme": PROGRAMME, "batch": taking.batch_id},
            )
            for new in made
        ],
        now=taking.now,
    )  # fmt: skip
