"""A row of a list becomes a vacancy of its employer, waiting to be verified; a post told twice becomes a source."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from sunward.accounts.models import Unit
from sunward.core.bulk import delete_rows, insert_rows, new_uids, reserve_ids
from sunward.employment.enums import VacancyCloseReason, VacancyState
from sunward.employment.intake.employers import find_employers, forget_employers
from sunward.employment.intake.vacancy_values import COLUMNS, SOURCE_COLUMNS, read, read_source
from sunward.employment.models import Employer, Vacancy, VacancySource
from sunward.employment.sheets.vacancies import VACANCY_KIND
from sunward.employment.vacancies.likeness import blocks_of, sketch_of
from sunward.employment.vacancies.telling import told_of
from sunward.ledger.actions import NewFact, record_many, withdraw_many
from sunward.registers.intake import Kept, Known, NearRecord, Place, Taken, Taking, Values
from sunward.registers.untouched import CHANGED, IN_USE, touched_records

SUBJECT, SOURCE_SUBJECT = "vacancy", "vacancy_source"
REGISTERED, SOURCE_ADDED = "employment.vacancy_registered", "employment.vacancy_source_added"


class _Locked(NamedTuple):
    """What an undo asks of a vacancy."""

    number: int
    source_batch_id: int | None
    employer_id: int
    state: str


class VacanciesIntake:
    kind = VACANCY_KIND
    record_kind = SUBJECT
    joined_kind = SOURCE_SUBJECT

    def place(self, values: Values, *, home: Place, places: Mapping[str, Place]) -> Place:
        """The sub-district of the workplace, if it is the importer's: its officer can verify it. Else who imports."""
        around = places.get(str(values.get("subdistrict_code") or ""))
        return around if around is not None and around.path.startswith(home.path) else home

    def find_known(self, identity: str, keys: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], Known]:
        """Nothing in a list names a post for certain."""
        return {}

    def find_near(self, blocks: Sequence[str]) -> Mapping[str, Sequence[NearRecord]]:
        """Two queries: the employers that the blocks name, and what they offer. What is closed is told anew.

        The words of one that was merged into another still speak of that other.
        """
        wanted = set(blocks)
        names = {block.partition("|")[0] for block in wanted}
        by_key = Employer.objects.filter(name_key__in=names) | Employer.objects.filter(uscc__in=names)
        employers = {employer.pk: employer for employer in by_key}
        found: dict[str, list[NearRecord]] = defaultdict(list)
        stands = ~Q(state=VacancyState.CLOSED) | (
            Q(merged_into__isnull=False) & ~Q(merged_into__state=VacancyState.CLOSED)
        )
        offered = Vacancy.objects.filter(stands, employer__in=employers)
        for vacancy in offered.defer("contact_phone").order_by("pk"):
            told = told_of(vacancy, employers[vacancy.employer_id])
            own = wanted.intersection(blocks_of(told))
            if own:
                known = Known(SUBJECT, vacancy.pk, vacancy.title, vacancy.unit_path, frozenset())
                record = NearRecord(sketch_of(told), known)
                for block in own:
                    found[block].append(record)
        return found

    def take(self, rows: Sequence[Values], *, taking: Taking) -> list[Taken]:
        _wait_for_others(taking.home)
        homes = [self.place(row, home=taking.home, places=taking.places) for row in rows]
        employers = find_employers(rows, taking)
        numbers = reserve_ids(Vacancy, len(rows))
        made = list(zip(numbers, new_uids(len(rows)), employers, homes, rows, strict=True))
        insert_rows(
            Vacancy,
            ("id", "uid", "employer_id", "unit_id", "unit_path", "source_batch_id", "made_by_id", "made_at", *COLUMNS),
            [
                (
                    number, uid, employer, home.unit_id, home.path, taking.batch_id, taking.actor.user_id, taking.now,
                    *read(row),
                )
                for number, uid, employer, home, row in made
            ],
        )  # fmt: skip
        insert_rows(
            VacancySource,
            ("vacancy_id", "batch_id", "told_at", *SOURCE_COLUMNS),
            [(number, taking.batch_id, taking.now, *read_source(row)) for number, *_, row in made],
        )
        facts = [_fact(REGISTERED, SUBJECT, number, home, taking) for number, _uid, _employer, home, _row in made]
        record_many(facts, now=taking.now)
        return [Taken(SUBJECT, number) for number in numbers]

    def join(self, rows: Sequence[tuple[int, Values]], *, taking: Taking) -> list[Taken]:
        """One more source for each; what the vacancy has been told by already changes nothing."""
        _wait_for_others(taking.home)
        there = dict(
            Vacancy.objects.select_for_update(of=("self",), no_key=True)
            .filter(pk__in={number for number, _row in rows}, unit_path__startswith=taking.home.path)
            .values_list("pk", "merged_into")
        )
        one = [there.get(number) or number for number, _row in rows]
        sources = VacancySource.objects.filter(Q(vacancy__in=one) | Q(vacancy__merged_into__in=one))
        told = {
            (source.vacancy.merged_into_id or source.vacancy_id, *_as_told(source)): source.pk
            for source in sources.select_related("vacancy")
        }
        taken = []
        for number, row in rows:
            if number not in there:
                taken += self.take([row], taking=taking)
                continue
            vacancy, source = there[number] or number, read_source(row)
            if (vacancy, *source) in told:
                taken.append(Taken(SUBJECT, vacancy, is_new=False))
                continue
            made = VacancySource(vacancy_id=vacancy, batch_id=taking.batch_id, told_at=taking.now)
            for column, value in zip(SOURCE_COLUMNS, source, strict=True):
                setattr(made, column, value)
            made.save(force_insert=True)
            told[vacancy, *source] = made.pk
            record_many([_fact(SOURCE_ADDED, SOURCE_SUBJECT, made.pk, taking.home, taking)], now=taking.now)
            taken.append(Taken(SOURCE_SUBJECT, made.pk))
        return taken

    def take_back(self, records: Mapping[int, Sequence[int]], *, now: datetime) -> list[Kept]:
        """One that was verified, reviewed, changed, merged or told by another channel since stays."""
        locked = Vacancy.objects.select_for_update(of=("self",)).filter(pk__in=records).order_by("pk")
        there = {row[0]: _Locked(*row) for row in locked.values_list("pk", "source_batch_id", "employer_id", "state")}
        kept = touched_records(
            Vacancy, list(there), own=(VacancySource,), subject_kind=SUBJECT, written=(REGISTERED,)
        )  # fmt: skip
        for number, vacancy in there.items():
            if vacancy.state in (VacancyState.OPEN, VacancyState.CLOSED):
                kept.setdefault(number, CHANGED)
        for number, batch in VacancySource.objects.filter(vacancy__in=there).values_list("vacancy", "batch_id"):
            if batch != there[number].source_batch_id:
                kept.setdefault(number, IN_USE)
        gone = [number for number in there if number not in kept]
        withdraw_many(subject_kind=SUBJECT, subject_ids=gone, now=now)
        delete_rows(VacancySource, gone, column="vacancy_id")
        delete_rows(Vacancy, gone)
        forget_employers({there[number].employer_id for number in gone})
        return [Kept(number, because) for number, because in kept.items()]

    def take_back_joined(self, ids: Sequence[int], *, now: datetime) -> list[Kept]:
        """A source is only added and taken away, never changed; the vacancy keeps its others."""
        sources = VacancySource.objects.filter(pk__in=ids)
        merged = Vacancy.objects.filter(pk__in=sources.values("vacancy"), close_reason=VacancyCloseReason.MERGED)
        kept = [Kept(pk, CHANGED) for pk in sources.filter(vacancy__in=merged).values_list("pk", flat=True)]
        gone = set(ids) - {one.id for one in kept}
        withdraw_many(subject_kind=SOURCE_SUBJECT, subject_ids=gone, now=now)
        VacancySource.objects.filter(pk__in=gone).delete()
        return kept


def _as_told(source: VacancySource) -> tuple[str, ...]:
    return tuple(getattr(source, column) for column in SOURCE_COLUMNS)


def _wait_for_others(home: Place) -> None:
    """Two imports at once would not see each other's employers: one district takes over one at a time."""
    root = f"/{home.path.strip('/').split('/')[0]}/"
    list(Unit.objects.select_for_update(no_key=True).filter(path=root).values_list("pk", flat=True))


def _fact(kind: str, subject: str, number: int, place: Place, taking: Taking) -> NewFact:
    return NewFact(
        kind=kind, subject_kind=subject, subject_id=number, happened_on=taking.on, actor_id=taking.actor.user_id,
        unit_id=place.unit_id, unit_path=place.path, attributes={"batch": taking.batch_id},
    )  # fmt: skip
