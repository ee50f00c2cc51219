"""The first page after sign-in: for each kind of work what it needs first."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property

from sunward.accounts.access import SunwardRequest, allow, allow_any_role
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.blueprint.access import ANSWERING_ROLES, KEEPER_ROLES
from sunward.blueprint.queries.waiting import lines_answered_for
from sunward.casework.queries.retention import list_late
from sunward.core import clock
from sunward.core.tables import COUNT_LIMIT
from sunward.mentoring.queries.advice import read_advice_desk
from sunward.mentoring.queries.pupils import read_student_home
from sunward.mentoring.queries.visits import list_own_children
from sunward.mentoring.queries.ways import list_own_ways
from sunward.outreach.queries.inbox import count_unread
from sunward.safeguarding.roles import REPORTING
from sunward.web.home_emergencies import read_banner
from sunward.web.home_figures import read_figures
from sunward.web.home_meetings import read_meetings
from sunward.web.home_todo import read_todo_list, stand_in
from sunward.web.home_watch import read_chain_status
from sunward.web.home_work import find_work

LINES_ON_PAGE = 50
# Whose home is a list of what waits.
WORKING_ROLES = (*CASEWORK_ROLES, Role.EMPLOYMENT_OFFICER, Role.PLAN_OFFICER)


@allow_any_role()
def home(request: SunwardRequest) -> HttpResponse:
    """Somebody with two kinds of work sees both, the children first."""
    actor, on = request.actor, clock.today()
    context: dict[str, Any] = {"today": on, "unread": count_unread(actor)}
    context |= read_banner(actor, now=clock.now())
    context["may_worry"] = actor.has(*REPORTING)
    context["answers_for_lines"] = actor.has(*ANSWERING_ROLES) and lines_answered_for(actor).exists()
    if actor.has(Role.MENTOR):
        context["student"] = read_student_home(actor, now=clock.now())
        # A student tutors; she is never somebody's neighbour mom.
        context["children"] = None if context["student"] else list_own_children(actor)
        context["ways"] = list_own_ways(actor)
    if actor.has(Role.EXPERT):
        context["desk"] = read_advice_desk(actor, now=clock.now())
    if actor.has(*WORKING_ROLES):
        context["todo"] = read_todo_list(actor, on=on)
    if actor.has(*KEEPER_ROLES):
        context["meetings"] = read_meetings(actor, on=on)
    if actor.has(Role.LEADER):
        context["figures"] = read_figures(actor, on=on)
    if actor.has(Role.AUDITOR, Role.ADMINISTRATOR):
        context["chain"] = read_chain_status()
        context["late"] = len(list_late(on=on)) if actor.has(Role.ADMINISTRATOR) else 0
        context["may_check"] = actor.has(Role.AUDITOR)
    return render(request, "web/home/home.html", context)


class _CountedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts no further than lists do; the page then says "more than"."""

    @cached_property
    def counted(self) -> int:
        rows = cast("QuerySet[Any]", self.object_list)
        return len(rows.order_by().values_list("pk")[: COUNT_LIMIT + 1])

    @property
    def is_capped(self) -> bool:
        return self.counted > COUNT_LIMIT

    @property
    def count(self) -> int:
        return min(self.counted, COUNT_LIMIT)


@allow(*WORKING_ROLES)
def work(request: SunwardRequest, key: str) -> HttpResponse:
    """One kind of work, all of it, page by page."""
    found, on = find_work(key), clock.today()
    rows = found.rows(stand_in(request.actor, on=on)[0], on)
    page = _CountedPaginator(rows, LINES_ON_PAGE).get_page(request.GET.get("page"))
    assert found.line is not None
    lines = [found.line(row, on) for row in page]
    return render(request, "web/home/work.html", {"work": found, "page": page, "lines": lines})
