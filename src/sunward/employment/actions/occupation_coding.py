"""What the words say plainly is coded without anybody: vacancies and wishes that have no code yet, in blocks.

No version counts up: nobody's open form is refused for it, and an import that nothing else happened to can still be
taken back. What a person has coded has a code, so it is left alone.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from sunward.accounts.auditing import SYSTEM, record_act
from sunward.casework.models import Case
from sunward.employment.access.jobseekers import PROGRAMME
from sunward.employment.enums import VacancyState
from sunward.employment.models import JobWish, Vacancy
from sunward.employment.occupations import sure_codes

VACANCIES_CODED, WISHES_CODED = "employment.vacancies_coded", "employment.wishes_coded"


def uncoded_vacancies() -> QuerySet[Vacancy]:
    return Vacancy.objects.filter(occupation="").exclude(state=VacancyState.CLOSED)


def uncoded_wishes() -> QuerySet[JobWish]:
    """Of open files: what is closed is not looked through for work."""
    files = Case.objects.open().filter(programme=PROGRAMME)
    return JobWish.objects.filter(occupation="", case__in=files)


@transaction.atomic
def code_vacancies(ids: Sequence[int], *, now: datetime) -> int:
    """Of these, the ones whose title is plain; how many. Whoever codes one meanwhile comes first."""
    there = uncoded_vacancies().select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk")
    by_code = _group(dict(there.values_list("pk", "title")))
    for code, found in by_code.items():
        Vacancy.objects.filter(pk__in=found).update(occupation=code)
    return _record(VACANCIES_CODED, by_code, now)


@transaction.atomic
def code_wishes(ids: Sequence[int], *, now: datetime) -> int:
    there = uncoded_wishes().select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk")
    by_code = _group(dict(there.values_list("pk", "words")))
    for code, found in by_code.items():
        JobWish.objects.filter(pk__in=found).update(occupation=code)
    return _record(WISHES_CODED, by_code, now)


def _group(words: Mapping[int, str]) -> dict[str, list[int]]:
    codes = sure_codes(words.values())
    by_code: dict[str, list[int]] = defaultdict(list)
    for pk, said in words.items():
        if code := codes[said]:
            by_code[code].append(pk)
    return by_code


def _record(code: str, by_code: Mapping[str, Sequence[int]], now: datetime) -> int:
    """One entry a block, of how many: whose wishes they are is nobody's to read there."""
    count = sum(map(len, by_code.values()))
    if count:
        record_act(actor=SYSTEM, code=code, now=now, rows=count)
    return count
