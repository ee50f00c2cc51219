"""The children's programme at a district's full size: how it is filled, and which pages are opened."""

from __future__ import annotations

import time

from django.urls import reverse

from bench.district import Size, fill
from bench.page import Page, analyze, quote
from sunward.accounts.access import read_actor
from sunward.accounts.models import User
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.jobs.worker import drain
from sunward.matching.actions.runs import start_run
from sunward.matching.enums import RunState
from sunward.matching.models import Policy, Run
from sunward.mentoring.models import Mentor

DEFAULT = Size()


def prepare(size: Size) -> None:
    """Filled if it is empty; the matching pages show the result of one matching of the whole district."""
    if not Case.objects.exists():
        started = time.perf_counter()
        fill(size, on=clock.today())
        analyze()
        print(f"filled in {time.perf_counter() - started:.0f} s")
    if not Run.objects.exists():
        _match()


def _match() -> None:
    on = clock.today()
    officer = read_actor(User.objects.get(username="officer"), on=on)
    policy = Policy.objects.get(programme="mentoring")
    started = time.perf_counter()
    start_run(actor=officer, policy_id=policy.uid, unit_path="/310110/", on=on, now=clock.now())
    drain()
    analyze()
    print(f"matched in {time.perf_counter() - started:.0f} s")


def pages() -> list[Page]:
    case = Case.objects.select_related("person").filter(unit_path__startswith="/310110/310110016/").order_by("pk")[0]
    mentor = Mentor.objects.order_by("pk")[0]
    run = Run.objects.filter(state=RunState.DONE).order_by("-pk")[0]
    children, word = reverse("mentoring:children"), case.person.name[:2]
    return [
        Page("home, officer", "officer", reverse("home")),
        Page("home, supervisor", "supervisor", reverse("home")),
        Page("home, leader", "leader", reverse("home")),
        Page("children, officer", "officer", children),
        Page("children, last page", "officer", f"{children}?page=400"),
        Page("search", "officer", f"{reverse('search')}?q={quote(word)}"),
        Page("file", "supervisor", reverse("mentoring:child", args=[case.uid])),
        Page("mentors", "officer", reverse("mentoring:mentors")),
        Page("mentor's file", "officer", reverse("mentoring:mentor", args=[mentor.uid])),
        Page("matches", "officer", reverse("mentoring:matches")),
        Page("workbench", "officer", reverse("registers:batches")),
        Page("matching", "officer", reverse("matching:runs")),
        Page("matching, proposals", "officer", reverse("matching:run", args=[run.uid])),
        Page("matching, unmatched", "officer", reverse("matching:run_unmatched", args=[run.uid])),
        Page("matching, policies", "officer", reverse("matching:policies")),
    ]
