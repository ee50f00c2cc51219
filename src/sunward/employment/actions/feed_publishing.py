"""What outgoing feeds tell is written down in one order of changes, so that a reader can go on where it stopped.

A vacancy ends by its day as well as by an act, and other acts change it without knowing of feeds: so what is open is
held against what was told, again and again, and each difference gets the next number of its district. A reader is
never shown what was not written down here first; else it would never hear that it ended.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from sunward.accounts.models import Unit
from sunward.employment.enums import FeedDirection
from sunward.employment.feeds.telling import content_of, mark_of
from sunward.employment.models import PublishedVacancy, Vacancy, VacancyFeed

BLOCK = 200


def told_districts(*, on: date) -> list[Unit]:
    """Those that somebody listens to."""
    feeds = VacancyFeed.objects.filter(direction=FeedDirection.OUT, revoked_at=None, expires_on__gte=on)
    return list(Unit.objects.filter(pk__in=feeds.values("unit")).order_by("pk"))


def find_differences(district: Unit, *, on: date) -> list[int]:
    """The vacancies of which something else is true than was told last, the oldest first."""
    told = PublishedVacancy.objects.filter(unit=district, is_open=True)
    marks = dict(told.values_list("vacancy", "mark"))
    offered = Vacancy.objects.open(on=on).filter(unit_path__startswith=district.path)
    offered = offered.select_related("employer").only("version", "occupation", "employer__version", "employer_id")
    different = set(marks)
    for vacancy in offered.iterator(chunk_size=2000):
        if marks.get(vacancy.pk) == mark_of(vacancy):
            different.discard(vacancy.pk)
        else:
            different.add(vacancy.pk)
    return sorted(different)


@transaction.atomic
def publish_vacancies(district: Unit, ids: Sequence[int], *, on: date, now: datetime) -> int:
    """Write down what is true of these now; how many had changed. One district writes one block at a time."""
    Unit.objects.select_for_update(no_key=True).get(pk=district.pk)
    offered = Vacancy.objects.open(on=on).filter(unit_path__startswith=district.path, pk__in=ids)
    offers = {vacancy.pk: vacancy for vacancy in offered.select_related("employer").defer("contact_phone")}
    told = {row.vacancy_id: row for row in PublishedVacancy.objects.filter(unit=district, vacancy__in=ids)}
    number = PublishedVacancy.objects.filter(unit=district).aggregate(last=Max("number"))["last"] or 0
    changed = 0
    for pk in sorted({*ids}):
        vacancy, row = offers.get(pk), told.get(pk)
        mark = mark_of(vacancy) if vacancy else ""
        if row is None and vacancy is None:
            continue
        if row is not None and (row.mark, row.is_open) == (mark, vacancy is not None):
            continue
        number, changed = number + 1, changed + 1
        row = row or PublishedVacancy(unit=district, vacancy_id=pk)
        row.number, row.mark, row.is_open, row.told_at = number, mark, vacancy is not None, now
        row.content = content_of(vacancy) if vacancy else {}
        row.version = vacancy.version if vacancy else row.version
        row.save()
    return changed


def publish_district(district: Unit, *, on: date, now: datetime) -> int:
    ids = find_differences(district, on=on)
    blocks = [ids[start : start + BLOCK] for start in range(0, len(ids), BLOCK)]
    return sum(publish_vacancies(district, block, on=on, now=now) for block in blocks)
