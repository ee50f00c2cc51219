"""One vacancy as a channel tells it: made, changed, opened again, or left alone.

What an office has changed since stays as the office wrote it: a channel changes only what it says otherwise than
before, and only where its own words still stand. Whoever verified a post answered for what it said then.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sunward.accounts.auditing import SYSTEM
from sunward.casework.recording import withdraw_facts
from sunward.employment.access.vacancies import VACANCY_SUBJECT, find_employer
from sunward.employment.actions.likenesses import note_likenesses
from sunward.employment.actions.vacancies import CLOSED
from sunward.employment.actions.vacancy_adding import ADDED
from sunward.employment.actions.vacancy_changing import CHANGED
from sunward.employment.actions.vacancy_recording import record_vacancy, save_vacancy, standing_state
from sunward.employment.enums import Channel, VacancyCloseReason, VacancyState
from sunward.employment.feeds.items import IncomingVacancy
from sunward.employment.feeds.reading import Reading, digest_of, read_item
from sunward.employment.intake.vacancies import VacanciesIntake
from sunward.employment.models import Employer, FeedItem, Vacancy, VacancyFeed, VacancySource
from sunward.employment.vacancies.findings import find_in_wording
from sunward.employment.vacancies.likeness import employer_core
from sunward.ledger.actions import NewFact, record_fact
from sunward.registers.intake import Place

KEPT_BY_OFFICE, CLOSED_HERE = "kept_by_office", "closed_here"
_SALARY = (
    "salary_text", "salary_min", "salary_max", "salary_period", "amount_min", "amount_max", "salary_months",
)  # fmt: skip
_PLAIN = (
    "title", "kind", "places_min", "places_max", "education", "description", "workplace", "shifts", "valid_until",
    "contact_name", "contact_phone",
)  # fmt: skip
# Who verified a post need not be asked again for these.
_SLIGHT = {"places_min", "places_max", "valid_until", "contact_name", "contact_phone"}


@dataclass(frozen=True, slots=True)
class Taker:
    """Under which feed and where items are taken; `places` are the district's sub-districts by code."""

    feed: VacancyFeed
    places: dict[str, Place]
    on: date
    now: datetime
    snapshot: str = ""

    @property
    def home(self) -> Place:
        return Place(self.feed.unit_id, self.feed.unit_path)


@dataclass(slots=True)
class Taken:
    outcome: str
    codes: list[str] = field(default_factory=list)


def take_item(taker: Taker, told: IncomingVacancy, item: FeedItem | None) -> Taken:
    """Inside the delivery's transaction, with the feed locked."""
    digest = digest_of(told)
    if item is not None and item.digest == digest and item.ended_at is None:
        _mark_told(item, taker)
        return Taken("same")
    reading = read_item(told, on=taker.on)
    if reading.is_refused:
        if item is not None:
            _mark_told(item, taker)
        return Taken("refused", [*reading.reasons])
    if item is None:
        _make(taker, told, reading, digest)
        return Taken("new", [*reading.codes])
    taken = _change(taker, told, reading, item)
    item.digest, item.told, item.ended_at = digest, told.model_dump_json(), None
    _mark_told(item, taker, "digest", "told", "ended_at")
    return taken


def _mark_told(item: FeedItem, taker: Taker, *fields: str) -> None:
    """What is told again is not missing, and nobody need have kept it."""
    item.told_at, item.snapshot, item.missing_since, item.is_kept = taker.now, taker.snapshot, None, False
    item.save(update_fields=[*fields, "told_at", "snapshot", "missing_since", "is_kept"])


def _make(taker: Taker, told: IncomingVacancy, reading: Reading, digest: str) -> None:
    home = VacanciesIntake().place(reading.values, home=taker.home, places=taker.places)
    employer = _employer(taker, reading)
    row = Vacancy.objects.create(
        employer=employer, unit_id=home.unit_id, unit_path=home.path, made_at=taker.now, **reading.columns
    )
    VacancySource.objects.create(
        vacancy=row, channel=Channel.FEED, name=taker.feed.name, reference=told.reference, title=row.title,
        salary_text=row.salary_text, told_at=taker.now,
    )  # fmt: skip
    FeedItem.objects.create(
        feed=taker.feed, reference=told.reference, vacancy=row, digest=digest, told=told.model_dump_json(),
        snapshot=taker.snapshot, told_at=taker.now,
    )  # fmt: skip
    note_likenesses(row)
    record_fact(
        NewFact(
            kind=ADDED, subject_kind=VACANCY_SUBJECT, subject_id=row.pk, happened_on=taker.on, actor_id=0,
            unit_id=home.unit_id, unit_path=home.path,
            attributes={"channel": Channel.FEED.value, "feed": taker.feed.pk},
        ),
        now=taker.now,
    )  # fmt: skip


def _employer(taker: Taker, reading: Reading) -> Employer:
    """The one of this credit code, else of this name in the district, else a new one."""
    name, code = str(reading.values["employer"]), str(reading.values.get("uscc") or "")
    key = employer_core(name)[:120]
    known = find_employer(name=key, uscc=code, unit=taker.feed.unit)
    if known is not None:
        return known
    return Employer.objects.create(
        name=name, name_key=key, uscc=code or None, industry=str(reading.values.get("industry_code") or ""),
        unit_id=taker.feed.unit_id, unit_path=taker.feed.unit_path, made_at=taker.now,
    )  # fmt: skip


def _change(taker: Taker, told: IncomingVacancy, reading: Reading, item: FeedItem) -> Taken:
    row = Vacancy.objects.select_for_update(of=("self",)).select_related("employer").get(pk=item.vacancy_id)
    sources = VacancySource.objects.filter(channel=Channel.FEED, name=taker.feed.name, reference=told.reference)
    sources.update(title=reading.columns["title"], salary_text=reading.columns["salary_text"], told_at=taker.now)
    ended_by_us = item.ended_at is not None and row.close_reason == VacancyCloseReason.WITHDRAWN
    if row.state == VacancyState.CLOSED and not ended_by_us:
        return Taken("kept", [CLOSED_HERE])
    before = read_item(IncomingVacancy.model_validate_json(item.told), on=taker.on)
    fields, kept = _differences(row, before.columns, reading.columns)
    if (before.values.get("employer"), before.values.get("uscc")) != (
        reading.values.get("employer"),
        reading.values.get("uscc"),
    ):
        fields["employer"] = _employer(taker, reading)
    if not fields and not ended_by_us:
        return Taken("kept" if kept else "same", [KEPT_BY_OFFICE] if kept else [])
    _apply(row, fields, ask_again=ended_by_us or not fields.keys() <= _SLIGHT)
    if ended_by_us:
        row.close_reason = ""
        withdraw_facts(subject=(VACANCY_SUBJECT, row.pk), kinds=(CLOSED,), now=taker.now)
    save_vacancy(row, *_saved(fields))
    note_likenesses(row)
    record_vacancy(row, CHANGED, actor=SYSTEM, on=taker.on, now=taker.now, columns=sorted(fields), feed=taker.feed.pk)
    return Taken("changed", [*reading.codes, *([KEPT_BY_OFFICE] if kept else [])])


def _differences(row: Vacancy, before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """What the channel says otherwise than before, where nobody has written something else; and whether one has."""
    fields: dict[str, Any] = {}
    kept = False
    for names in (*((name,) for name in _PLAIN), _SALARY):
        told = names[0]
        if before.get(told) == after[told] or getattr(row, told) == after[told]:
            continue
        if getattr(row, told) == before.get(told):
            fields |= {name: after[name] for name in names}
        else:
            kept = True
    return fields, kept


def _apply(row: Vacancy, fields: dict[str, Any], *, ask_again: bool) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    if fields.keys() & {"title", "description"}:
        findings = find_in_wording(row.title, row.description)
        seen = {(found.get("rule"), found.get("words")) for found in row.findings}
        if any((found.get("rule"), found.get("words")) not in seen for found in findings):
            row.reviewed_by, row.reviewed_on = None, None
        row.findings = findings
    if ask_again:
        row.verified_by, row.verified_on, row.verified_until = None, None, None
    elif row.verified_until is not None and row.valid_until is not None:
        row.verified_until = min(row.verified_until, row.valid_until)
    row.state = standing_state(row)


def _saved(fields: dict[str, Any]) -> tuple[str, ...]:
    own = ("findings", "reviewed_by", "reviewed_on", "verified_by", "verified_on", "verified_until", "close_reason")
    return (*fields, *own, "state")
