"""The market of a unit as shortlists see it, read from the files and the open vacancies of the day."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from sunward.accounts.models import Unit
from sunward.accounts.scopes import below
from sunward.casework.models import Case
from sunward.employment.access.jobseekers import PROGRAMME
from sunward.employment.enums import StepKind
from sunward.employment.models import JobWish, Placement, Recommendation, Vacancy
from sunward.employment.shortlists.market import Market, Post, Seeker
from sunward.employment.shortlists.policy import Policy
from sunward.employment.shortlists.rosters import LONGEST_TEXT, guess_codes, is_looking
from sunward.employment.vacancies.minimum_wage import minimum_wage

_LOOKING = ("surveyed_intention", "intention", "surveyed_situation", "situation")


def read_market(unit: Unit, *, policy: Policy, on: date) -> Market:
    """Whoever of the unit looks for work and has none, and what is open in its district; the keys are those of rows.

    A handful of queries, however many people; memory holds the facts of the market and no name.
    """
    seekers = _seekers(unit, on=on)
    keys = {one.key for one in seekers}
    told = Recommendation.objects.filter(below((unit.path,), "case__unit_path")).exclude(step=StepKind.DRAWN)
    known = frozenset(pair for pair in told.values_list("case", "vacancy") if pair[0] in keys)
    return Market(seekers, _posts(unit, policy=policy, on=on), minimum_wage(on, is_confirmed=True) or 0, known)


def _seekers(unit: Unit, *, on: date) -> tuple[Seeker, ...]:
    works = Placement.objects.filter(case=OuterRef("pk"), withdrawn_at=None, ended_on=None)
    open_files = Case.objects.open().within((unit.path,)).filter(programme=PROGRAMME).exclude(Exists(works))
    wishes: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for case, words, code in (
        JobWish.objects.filter(case__in=open_files).order_by("case", "rank").values_list("case", "words", "occupation")
    ):
        wishes[case].append((words, code))
    # A list is read by a person: the likeliest occupation will do where none has been chosen yet.
    guessed = guess_codes({words for own in wishes.values() for words, code in own if not code})
    rows = open_files.order_by("pk").values(
        "pk", "opened_on", "unit__code", "person__birth_date",
        *(f"jobseeker__{field}" for field in _FIELDS),
    )  # fmt: skip
    return tuple(
        _seeker(row, [code or guessed[words] for words, code in wishes[row["pk"]]], on=on)
        for row in rows.iterator(chunk_size=5000)
        if is_looking({name: row[f"jobseeker__{name}"] or "" for name in _LOOKING})
    )


_FIELDS = (
    "commute_minutes", "salary_min", "education", "shifts", "skills", "experience", "unemployed_since", "registered_on",
    *_LOOKING,
)  # fmt: skip


def _seeker(row: dict[str, Any], wishes: list[str], *, on: date) -> Seeker:
    own = {name: row[f"jobseeker__{name}"] for name in _FIELDS}
    born: date | None = row["person__birth_date"]
    since: date = own["unemployed_since"] or own["registered_on"] or row["opened_on"]
    words = [*(str(skill) for skill in own["skills"] or ()), *str(own["experience"] or "").split()]
    return Seeker(
        key=row["pk"],
        wishes=tuple(dict.fromkeys(filter(None, wishes))),
        place=row["unit__code"] or "",
        minutes=own["commute_minutes"],
        pay_floor=own["salary_min"],
        education=own["education"],
        shifts=frozenset(own["shifts"] or ()),
        age=None if born is None else on.year - born.year - ((on.month, on.day) < (born.month, born.day)),
        words=tuple(dict.fromkeys(word for word in words if len(word) > 1)),
        waiting_days=max(0, (on - since).days),
        is_unread=not all(wishes),
    )


def _posts(unit: Unit, *, policy: Policy, on: date) -> tuple[Post, ...]:
    district = f"/{unit.path.strip('/').split('/')[0]}/"
    since = on - timedelta(weeks=policy.caps.weeks)
    was_told = ~Q(recommendations__step=StepKind.DRAWN)
    rows = list(
        Vacancy.objects.open(on=on)
        .filter(below((district,)))
        .annotate(
            seen=Count("recommendations", filter=was_told),
            told=Count("recommendations", filter=was_told & Q(recommendations__made_at__date__gte=since)),
        )
        .defer("contact_phone")
        .order_by("pk")
    )
    guessed = guess_codes({one.title for one in rows if not one.occupation})
    return tuple(
        Post(
            key=one.pk, occupation=one.occupation or guessed[one.title], title=one.title,
            text=one.description[:LONGEST_TEXT], place=one.subdistrict_code, pay=one.salary_max or one.salary_min,
            education=one.education, shifts=frozenset(one.shifts), kind=one.kind,
            places=one.places_max or one.places_min, told=one.told, seen=one.seen,  # type: ignore[attr-defined]
        )
        for one in rows
    )  # fmt: skip
