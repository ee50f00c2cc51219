"""Bulletins with a few facts behind them."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from sunward.accounts.enums import Role
from sunward.figures.actions.bulletins import Written, publish_bulletin, write_bulletin
from sunward.ledger.actions import NewFact, record_fact
from tests.factories import NOW, TODAY, actor_of, make_district, make_officer, make_subdistrict

UNTIL = date(2026, 10, 31)
SERVICES, FAIRS, PLACED = "employment.services", "employment.fairs_held", "employment.helped_into_work"
SERVED, YOUTHS = "employment.people_served", "employment.youths_into_work"
OPEN = "employment.files_open"
EARLY = datetime(2026, 11, 1, 1, tzinfo=UTC)
STREETS = {"310110012": "控江路街道", "310110016": "五角场街道", "310110018": "长海路街道"}


def make_streets():
    return {code: make_subdistrict(code, name=name) for code, name in STREETS.items()}


def served(unit, number, *, on=UNTIL, now=EARLY, kind="casework.contact_made", first=1):
    """Services for as many persons; each fact is of one."""
    return [
        record_fact(
            NewFact(
                kind=kind, subject_kind="case", subject_id=first + each, person_id=None, unit_id=unit.pk,
                unit_path=unit.path, happened_on=on, attributes={"programme": "employment"},
            ),
            now=now,
        )
        for each in range(number)
    ]  # fmt: skip


def placed(unit, number, *, on=UNTIL, now=EARLY):
    """As many persons at work."""
    for each in range(number):
        record_fact(
            NewFact(
                kind="employment.placed", subject_kind="placement", subject_id=1 + each, person_id=1 + each,
                unit_id=unit.pk, unit_path=unit.path, happened_on=on, attributes={"programme": "employment"},
            ),
            now=now,
        )  # fmt: skip


def held_fairs(unit, number, *, on=UNTIL, now=EARLY):
    for each in range(number):
        record_fact(
            NewFact(
                kind="gatherings.gathering_held", subject_kind="gathering", subject_id=1 + each, person_id=None,
                unit_id=unit.pk, unit_path=unit.path, happened_on=on, attributes={"kind": "employment.job_fair"},
            ),
            now=now,
        )  # fmt: skip


def officer(role=Role.EMPLOYMENT_OFFICER, unit=None):
    return actor_of(make_officer(role, unit))


def text(body, **changed):
    words = {
        "name": "乐业空间简报", "issue": 10, "issue_total": 22, "title": "十月工作情况", "until_on": UNTIL,
        "body": body, "report_to": "区委办公室", "send_to": "各街道",
    }  # fmt: skip
    return Written(**(words | changed))


def make_bulletin(actor, body, *, unit=None, programme="employment", now=NOW - timedelta(hours=2), **changed):
    unit = unit or make_district()
    return write_bulletin(
        actor=actor, key=uuid4(), programme=programme, unit_id=unit.pk, written=text(body, **changed), now=now
    )


def publish(actor, bulletin, *, on=TODAY, now=NOW):
    return publish_bulletin(actor=actor, bulletin_id=bulletin.uid, version=bulletin.version, on=on, now=now)


def make_published(body, *, unit=None, on=TODAY, now=NOW, **changed):
    bulletin = make_bulletin(officer(), body, unit=unit, **changed)
    return publish(officer(), bulletin, on=on, now=now)


def words_of(document):
    """Everything a reader reads, as one text."""
    told = []
    for part in document.parts:
        told += [part.text, *(run.text for run in part.runs), *part.columns]
        for row in part.rows:
            told += [row.name, *(cell.text for cell in row.cells)]
    return "\n".join([*told, *document.notes, *document.withheld])
