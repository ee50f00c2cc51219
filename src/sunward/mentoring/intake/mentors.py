"""A row of the volunteers' registers becomes a person, a volunteer's file, and her vetting as dated facts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sunward.core.bulk import insert_rows, new_uids, reserve_ids
from sunward.core.sealing import blind_index
from sunward.core.search import index as search
from sunward.core.search.index import Findable
from sunward.ledger.actions import NewFact, record_many, withdraw_many
from sunward.mentoring.access import MENTOR_SUBJECT, PROGRAMME
from sunward.mentoring.enums import MentorKind, MentorState, VettingKind, VettingResult
from sunward.mentoring.finding import MENTOR_KIND, mentor_text
from sunward.mentoring.intake import reading
from sunward.mentoring.models import Mentor, VettingFact
from sunward.mentoring.vetting import default_expiry
from sunward.people.actions import forget_persons, register_persons
from sunward.registers.intake import Kept, Known, Place, Taken, Taking, Values
from sunward.registers.persons import find_people, refuse_misfit, what_it_has
from sunward.registers.untouched import touched_records

REGISTERED = "mentoring.mentor_added"
_COLUMNS = (
    "id", "uid", "person_id", "unit_id", "unit_path", "kind", "state", "capacity", "occupation", "skills", "languages",
    "slots", "honours", "own_children", "school", "major", "subjects", "student_no", "student_no_index", "joined_on",
    "source_batch_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _New:
    mentor_id: int
    person_id: int
    values: Values
    place: Place


class _MentorsIntake:
    """What mothers and students have in common."""

    kind: str
    mentor_kind: MentorKind
    record_kind = MENTOR_SUBJECT

    def place(self, values: Values, *, home: Place, places: Mapping[str, Place]) -> Place:
        return reading.place_of(values, home=home, places=places)

    def find_known(self, identity: str, keys: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], Known]:
        """People who have a volunteer's file already."""
        return find_people(keys, through=Mentor.objects.all(), programme=PROGRAMME)

    def take(self, rows: Sequence[Values], *, taking: Taking) -> list[Taken]:
        places = [self.place(row, home=taking.home, places=taking.places) for row in rows]
        details = [reading.person_of(row, place) for row, place in zip(rows, places, strict=True)]
        persons = register_persons(details, programme=PROGRAMME)
        held = dict(
            Mentor.objects.filter(person__in=[person.id for person in persons if not person.is_new]).values_list(
                "person_id", "pk"
            )
        )
        free = iter(reserve_ids(Mentor, len(rows)))
        taken: list[Taken] = []
        made: list[_New] = []
        for row, place, person in zip(rows, places, persons, strict=True):
            if person.misfits:
                taken.append(refuse_misfit(MENTOR_SUBJECT))
                continue
            if person.id in held:
                taken.append(Taken(MENTOR_SUBJECT, held[person.id], is_new=False))
                continue
            new = _New(next(free), person.id, row, place)
            held[person.id] = new.mentor_id
            made.append(new)
            taken.append(Taken(MENTOR_SUBJECT, new.mentor_id, persons=(person.id,) if person.is_new else ()))
        insert_rows(
            Mentor, _COLUMNS, [self._row(new, uid, taking) for new, uid in zip(made, new_uids(len(made)), strict=True)]
        )
        insert_rows(
            VettingFact,
            ("mentor_id", "kind", "result", "happened_on", "expires_on", "recorded_by_id", "recorded_at"),
            [
                (new.mentor_id, kind, result, on, default_expiry(kind, on), taking.actor.user_id, taking.now)
                for new in made
                for kind, result, on in _vetting(new.values, taking.on)
            ],
        )
        _write_traces(made, taking)
        return taken

    def take_back(self, records: Mapping[int, Sequence[int]], *, now: datetime) -> list[Kept]:
        """A file to which anything has happened since stays."""
        kept = touched_records(
            Mentor, records, own=(VettingFact,), subject_kind=MENTOR_SUBJECT, written=(REGISTERED,),
            versions=("version", "person__version"),
        )  # fmt: skip
        gone = [number for number in records if number not in kept]
        withdraw_many(subject_kind=MENTOR_SUBJECT, subject_ids=gone, now=now)
        search.forget(MENTOR_KIND, gone)
        VettingFact.objects.filter(mentor__in=gone).delete()
        Mentor.objects.filter(pk__in=gone).delete()
        forget_persons(person for number in gone for person in records[number])
        return [Kept(number, because) for number, because in kept.items()]

    def _row(self, new: _New, uid: str, taking: Taking) -> tuple[Any, ...]:
        row = new.values
        return (
            new.mentor_id, uid, new.person_id, new.place.unit_id, new.place.path, self.mentor_kind,
            MentorState.ACTIVE, 1 if row.get("capacity") is None else row["capacity"],
            reading.text(row, "occupation", 80),
            reading.words(row, "skills"), reading.words(row, "language"), reading.words(row, "times"),
            reading.words(row, "honours"), reading.words(row, "children_ages"), reading.text(row, "school", 60),
            reading.text(row, "major", 60), reading.words(row, "subjects"), reading.text(row, "student_no", 40),
            student_index(row.get("school"), row.get("student_no")), reading.day(row.get("joined_on")),
            taking.batch_id,
        )  # fmt: skip


class MothersIntake(_MentorsIntake):
    kind = "mothers"
    mentor_kind = MentorKind.MOTHER


class StudentsIntake(_MentorsIntake):
    """Students belong to no sub-district: whoever brings them answers for them."""

    kind = "students"
    mentor_kind = MentorKind.STUDENT

    def find_known(self, identity: str, keys: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], Known]:
        """By school and student number where the row has one, else by name and phone."""
        if identity != "student_no":
            return super().find_known(identity, keys)
        indexes = {student_index(*key): key for key in keys}
        found = Mentor.objects.filter(student_no_index__in=indexes).values_list(
            "student_no_index", "pk", "person__name", "unit_path", "person__phone_index"
        )
        return {
            indexes[index]: Known(
                MENTOR_SUBJECT, pk, name, path, what_it_has(school=True, student_no=True, name=True, phone=phone)
            )
            for index, pk, name, path, phone in found
        }


def student_index(school: object, number: object) -> str:
    """The blind index of a student number, which is unique within its school only."""
    return blind_index(f"{school}\0{number}", purpose="mentoring.student_no") if school and number else ""


def _vetting(row: Values, on: date) -> Iterator[tuple[VettingKind, VettingResult, date]]:
    """What the register proves. A check without a day is one under way, or none."""
    checked = reading.day(row.get("vetted_on"))
    result = row.get("vetting_result")
    if result == VettingResult.PENDING:
        yield VettingKind.BACKGROUND_CHECK, VettingResult.PENDING, checked or on
    elif result == VettingResult.CLEAR and checked:
        yield VettingKind.BACKGROUND_CHECK, VettingResult.CLEAR, checked
    if trained := reading.day(row.get("trained_on")):
        yield VettingKind.TRAINING, VettingResult.CLEAR, trained


def _write_traces(made: Sequence[_New], taking: Taking) -> None:
    record_many(
        [
            NewFact(
                kind=REGISTERED, subject_kind=MENTOR_SUBJECT, subject_id=new.mentor_id, happened_on=taking.on,
                actor_id=taking.actor.user_id, person_id=new.person_id, unit_id=new.place.unit_id,
                unit_path=new.place.path, attributes={"batch": taking.batch_id},
            )
            for new in made
        ],
        now=taking.now,
    )  # fmt: skip
    search.add(
        Findable(
            MENTOR_KIND, new.mentor_id, new.place.path,
            mentor_text(
                str(new.values["name"]), f"M{new.mentor_id:06d}", reading.text(new.values, "occupation", 80),
                reading.words(new.values, "skills"),
            ),
        )
        for new in made
    )  # fmt: skip
