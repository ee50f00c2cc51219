"""Leye Space at a district's full size: how it is filled, and which pages are opened."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Count
from django.urls import reverse

from bench.employment_district import DISTRICT, STREETS, Size, fill
from bench.page import Page, analyze, quote
from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import User
from sunward.casework.models import Case, FollowUp, ServiceRecord
from sunward.core import clock
from sunward.core.jobs.queue import enqueue
from sunward.core.jobs.worker import drain
from sunward.employment.access.jobseekers import PROGRAMME
from sunward.employment.actions.employer_links import make_employer_link
from sunward.employment.actions.jobseeker_links import make_jobseeker_link
from sunward.employment.actions.shortlist_starting import start_shortlist
from sunward.employment.enums import LikenessState, ShortlistState, StepBy, StepKind, TagEnd, VacancyState
from sunward.employment.jobs import judge_who_needs_help
from sunward.employment.models import (
    ClientTag,
    Employer,
    HelpFigures,
    Recommendation,
    RecommendationStep,
    ServicePoint,
    ShortlistRun,
    Vacancy,
    VacancyLikeness,
)
from sunward.employment.own_pass import Link, make_pass, token_of

DEFAULT = Size()
# Of the file that has everything a thousand days can bring.
FULL_RECORDS, FULL_RECOMMENDATIONS, FULL_TAGS, FULL_STEPS = 300, 80, 24, 120


def prepare(size: Size) -> None:
    """Filled if it is empty; then what comes by itself: the groups of the night, and lists for one sub-district."""
    on = clock.today()
    if not Case.objects.filter(programme=PROGRAMME).exists():
        _timed("filled", lambda: (fill(size, on=on), analyze()))
        _timed("filled one file up", lambda: _fill_up(_open_files()[0], on))
    if not HelpFigures.objects.filter(counted_on=on).exists():
        _timed("judged who needs help", _judge)
    if not ShortlistRun.objects.filter(drawn_on=on, state=ShortlistState.DRAWN).exists():
        _timed("drew lists for one sub-district", lambda: _draw(on))


def _timed(words: str, work: Callable[[], object]) -> None:
    started, worked = time.perf_counter(), time.process_time()
    work()
    took, processor = time.perf_counter() - started, time.process_time() - worked
    print(f"{words} in {took:.0f} s ({processor:.0f} s of this processor)", flush=True)


def _judge() -> None:
    enqueue(judge_who_needs_help)
    drain()
    analyze()


def _draw(on: date) -> None:
    start_shortlist(actor=_officer(on), unit_code=STREETS[0], on=on, now=clock.now())
    drain()
    analyze()


def _officer(on: date) -> Actor:
    return read_actor(User.objects.get(username="employment1"), on=on)


def _open_files() -> list[Case]:
    """Two of the first sub-district: what is made full, and what stays as most are."""
    found = Case.objects.open().filter(programme=PROGRAMME, unit_path__startswith=f"/{DISTRICT}/{STREETS[0]}/")
    told = Recommendation.objects.exclude(step=StepKind.DRAWN).values("case")
    return list(found.filter(pk__in=told).order_by("pk")[:2])


def _fill_up(case: Case, on: date) -> None:
    """Services with their notes, recommendations with their steps, groups that have ended, steps that are done."""
    now, officer = clock.now(), User.objects.get(username="employment1")
    ServiceRecord.objects.bulk_create(
        ServiceRecord(
            case=case, kind="phone_call", happened_on=on - timedelta(days=3 * number), minutes=10, outcome="attempted",
            note=f"第{number}次联系，约好下次再谈。", by=officer, recorded_at=now, unit_path=case.unit_path,
        )
        for number in range(FULL_RECORDS)
    )  # fmt: skip
    told = Recommendation.objects.filter(case=case).values("vacancy")
    others = Vacancy.objects.exclude(pk__in=told).order_by("pk")[:FULL_RECOMMENDATIONS]
    rows = Recommendation.objects.bulk_create(
        Recommendation(
            case=case, vacancy=vacancy, step=StepKind.LAPSED, step_on=on - timedelta(days=number), made_at=now,
            unit_path=case.unit_path,
        )
        for number, vacancy in enumerate(others)
    )  # fmt: skip
    RecommendationStep.objects.bulk_create(
        RecommendationStep(
            recommendation=row, kind=kind, happened_on=row.step_on, at=now, by=StepBy.OFFICER, by_id=officer.pk
        )
        for row in rows
        for kind in (StepKind.TOLD, StepKind.READ, StepKind.LIKED, StepKind.LAPSED)
    )
    ClientTag.objects.bulk_create(
        ClientTag(
            case=case, kind="veteran", from_on=on - timedelta(days=20 * number + 20),
            until_on=on - timedelta(days=20 * number + 1), end_reason=TagEnd.RULE,
        )
        for number in range(FULL_TAGS)
    )  # fmt: skip
    FollowUp.objects.bulk_create(
        FollowUp(
            case=case, kind="seeker_call", due_on=on - timedelta(days=number), role="employment_officer", state="done",
            done_on=on - timedelta(days=number), done_by=officer,
        )
        for number in range(FULL_STEPS)
    )  # fmt: skip


def pages() -> list[Page]:
    on, street, district = clock.today(), "employment1", "employment"
    full, typical = _open_files()
    within = f"/{DISTRICT}/{STREETS[0]}/"
    vacancy = Vacancy.objects.filter(unit_path__startswith=within, state=VacancyState.OPEN).order_by("pk")[0]
    pair = VacancyLikeness.objects.filter(state=LikenessState.OPEN, first__unit_path__startswith=within)[0]
    run = ShortlistRun.objects.filter(state=ShortlistState.DRAWN).order_by("-pk")[0]
    recommended = Recommendation.objects.filter(case=typical).exclude(step=StepKind.DRAWN).order_by("pk")[0]
    point = ServicePoint.objects.filter(unit_path=within).order_by("pk")[0]
    files, vacancies, help_page = (
        reverse(f"employment:{name}") for name in ("jobseekers", "vacancies", "who_needs_help")
    )
    word, phone = quote(typical.person.name[:2]), typical.person.phone.removeprefix("+86")
    return [
        Page("home, sub-district", street, reverse("home")),
        Page("home, district", district, reverse("home")),
        Page("home, leader", "leader", reverse("home")),
        Page("jobseekers, sub-district", street, files),
        Page("jobseekers, district", district, files),
        Page("jobseekers, a group", district, f"{files}?tag=ltu_youth&situation=registered"),
        Page("jobseekers, at a standstill", district, f"{files}?stalled=yes"),
        Page("jobseekers, something owed", district, f"{files}?owed=any"),
        Page("jobseekers, mine", street, f"{files}?officer=mine"),
        Page("jobseekers, by name", district, f"{files}?sort=name"),
        Page("jobseekers, last page", district, f"{files}?page=500"),
        Page("jobseekers, closed", district, f"{files}?state=closed"),
        Page("search, name", district, f"{files}?q={word}"),
        Page("search, whole name", district, f"{files}?q={quote(typical.person.name)}"),
        Page("search, telephone", district, f"{files}?q={phone}"),
        Page("search, title of a vacancy", district, f"{vacancies}?q={quote('养老护理员')}"),
        Page("search, employer", district, f"{vacancies}?q={quote(vacancy.employer.name[4:7])}"),
        Page("file, typical", street, reverse("employment:jobseeker", args=[typical.uid])),
        Page("file, very full", street, reverse("employment:jobseeker", args=[full.uid])),
        Page("vacancies, sub-district", street, vacancies),
        Page("vacancies, district", district, vacancies),
        Page("vacancies, last page", district, f"{vacancies}?page=500"),
        Page("vacancies, run out soon", district, f"{vacancies}?state=running_out"),
        Page("vacancy", street, reverse("employment:vacancy", args=[vacancy.uid])),
        Page("likenesses", district, reverse("employment:likenesses")),
        Page("likeness", district, reverse("employment:likeness", args=[pair.pk])),
        Page("shortlists", district, reverse("employment:shortlists")),
        Page("shortlist", street, reverse("employment:shortlist", args=[run.uid])),
        Page("shortlist, last page", street, f"{reverse('employment:shortlist', args=[run.uid])}?page=500"),
        Page("recommendation", street, reverse("employment:recommendation", args=[typical.uid, recommended.uid])),
        Page("recommend, what fits", street, reverse("employment:jobseeker_recommend", args=[typical.uid])),
        Page("recommendations late", district, reverse("work", args=["recommendations_late"])),
        Page("next steps due", district, reverse("work", args=["jobseekers_steps"])),
        Page("who needs help, sub-district", street, help_page),
        Page("who needs help, district", district, help_page),
        Page("who needs help, lacking", district, f"{reverse('employment:rule_lacking', args=['ltu_youth'])}"),
        Page("officers", district, reverse("employment:officers")),
        Page("service points", district, reverse("employment:points")),
        Page("service point", street, reverse("employment:point", args=[point.uid])),
        Page("appointments", street, reverse("employment:appointments")),
        Page("employers to visit", district, reverse("employment:visits_next")),
        _own_page(typical, on),
        _employer_page(on),
    ]


def _own_page(case: Case, on: date) -> Page:
    link = make_jobseeker_link(actor=_officer(on), case_id=case.uid, on=on, now=clock.now())
    return _behind("jobseeker's own page", "own_page", link, "sunward_work")


def _employer_page(on: date) -> Page:
    """The employer with the most posts."""
    employer = Employer.objects.annotate(posts=Count("vacancies")).order_by("-posts", "pk")[0]
    officer = read_actor(User.objects.get(username="employment"), on=on)
    link = make_employer_link(actor=officer, employer_id=employer.uid, on=on, now=clock.now()).link
    return _behind("employer's own page", "employer_page", link, "sunward_employer")


def _behind(name: str, address: str, link: Link, cookie: str) -> Page:
    return Page(name, "", reverse(address, args=[token_of(link)]), f"{cookie}={make_pass(link, now=clock.now())}")
