"""The ledger of gatherings and its export."""

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.auditing import record_act
from sunward.core import clock
from sunward.core.tables import read_ledger
from sunward.core.workbooks import Sheet, workbook_response
from sunward.gatherings.forms.calendar import kind_choices
from sunward.gatherings.forms.ledger import GatheringFilter
from sunward.gatherings.queries import ledger
from sunward.gatherings.queries.units import filter_choices, path_of
from sunward.gatherings.roles import PLANNERS


@require_safe
@allow(*PLANNERS)
def gatherings(request: SunwardRequest) -> HttpResponse:
    form, question = _ask(request)
    page = read_ledger(
        ledger.with_counts(ledger.list_gatherings(request.actor, question, on=clock.today())), asked=request.GET,
        columns=ledger.COLUMNS, order=ledger.DEFAULT_ORDER, shape=ledger.to_row,
    )  # fmt: skip
    return render(request, "gatherings/ledger.html", {"filters": {"form": form}, "page": page})


@require_safe
@allow(*PLANNERS)
@reauthentication_required  # type: ignore[untyped-decorator]
def gatherings_export(request: SunwardRequest) -> HttpResponse:
    """The list with its filters as a workbook: facts and counts, no person."""
    on = clock.today()
    _form, question = _ask(request)
    rows = list(ledger.export_rows(ledger.list_gatherings(request.actor, question, on=on)))
    record_act(
        actor=request.actor, code="gatherings.exported", now=clock.now(), unit_path=question.unit_path,
        rows=len(rows), filters=sorted(name for name, value in request.GET.items() if value),
    )  # fmt: skip
    sheet = Sheet(
        name=gettext("Gatherings"),
        title=gettext("Gatherings"),
        note=gettext("%(unit)s, %(name)s, %(day)s; without the names of those who come")
        % {"unit": request.actor.unit_name, "name": request.actor.name, "day": on.isoformat()},
        heads=[str(head) for head in ledger.EXPORT_HEADS],
        rows=rows,
    )
    return workbook_response([sheet], file_name=f"{gettext('Gatherings')}_{on.isoformat()}.xlsx")


def _ask(request: SunwardRequest) -> tuple[GatheringFilter, ledger.GatheringQuestion]:
    chosen = request.GET.get("unit", "")
    form = GatheringFilter(
        request.GET, units=filter_choices(request.actor, chosen=chosen), kinds=kind_choices(request.actor)
    )
    return form, form.question(unit_path=path_of(request.actor, chosen))
