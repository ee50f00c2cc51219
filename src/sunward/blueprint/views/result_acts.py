"""Forms by which results and enterprises are written down, go on, are put right and are tied to lines of work."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sunward.accounts.access import SunwardRequest, allow
from sunward.blueprint.access import KEEPER_ROLES
from sunward.blueprint.access_results import open_kept_result, open_led_result
from sunward.blueprint.actions import results as acts
from sunward.blueprint.enums import ResultStepKind
from sunward.blueprint.forms.results import LinkForm, ResultForm, StepForm, WhyForm
from sunward.blueprint.models import ResearchResult
from sunward.blueprint.pipeline.chain import STAGES, next_stages, place_of
from sunward.blueprint.queries import result_page as choices
from sunward.blueprint.queries.results import find_card, find_dead_ends_like
from sunward.core import clock
from sunward.core.furniture import Text
from sunward.core.posted import key_of, version_of
from sunward.core.refusals import Conflict, NotThere, Refusal

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def result_new(request: SunwardRequest) -> HttpResponse:
    """Dead ends that may be the same matter are shown once before anything is written; going on is a press more."""
    on = clock.today()
    form = ResultForm(request.POST or None, today=on, leads=choices.list_leads(request.actor))
    alike = []
    if form.is_bound and form.is_valid() and not request.POST.get("seen"):
        alike = find_dead_ends_like(request.actor, f"{form.cleaned_data['title']} {form.cleaned_data['text']}", on=on)
    if alike:
        return show(request, form, title=gettext_lazy("Write down a result"), back=_board(), alike=alike)

    def act(_version: int) -> str:
        written = acts.write_down_result(
            actor=request.actor, key=key_of(request), details=form.details(), found=form.found(), on=on,
            now=clock.now(),
        )  # fmt: skip
        return _page(written)

    return answer(request, form, act, title=gettext_lazy("Write down a result"), back=_board())


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def result_edit(request: SunwardRequest, result_id: UUID) -> HttpResponse:
    found = open_kept_result(actor=request.actor, result_id=result_id)
    initial = {
        "title": found.title, "text": found.text, "university": found.university,
        "institution": found.institution_written, "scientist": found.scientist, "broker": found.broker,
        "broker_institution": found.broker_institution, "lead": found.lead.code,
    }  # fmt: skip
    form = ResultForm(
        request.POST or None, today=clock.today(), leads=choices.list_leads(request.actor, found), is_new=False,
        initial=initial,
    )  # fmt: skip

    def act(version: int) -> str:
        acts.change_result(
            actor=request.actor, result_id=result_id, version=version, details=form.details(), now=clock.now()
        )
        return _page(found)

    return _about(request, found, form, act, title=gettext_lazy("Change the result"))


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def result_step(request: SunwardRequest, result_id: UUID, kind: str) -> HttpResponse:
    """The next step, one further on, a dead end, or its end."""
    found, on = open_led_result(actor=request.actor, result_id=result_id), clock.today()
    if kind not in ResultStepKind:
        raise NotThere("blueprint.result_kind", _("There is no such step."))
    step = ResultStepKind(kind)
    card = find_card(found, on=on)
    over = next_stages(card.way)[: max(0, place_of(step) - place_of(card.way.stage) - 1)] if step in STAGES else ()
    initial = {"enterprise": str(card.firm.uid) if card.firm else "", "happened_on": None if step in STAGES else on}
    form = StepForm(
        request.POST or None, kind=step, today=on, firms=choices.list_firms(found), is_skipping=bool(over),
        initial=initial,
    )  # fmt: skip

    def act(version: int) -> str:
        acts.add_step(
            actor=request.actor, result_id=result_id, key=key_of(request), version=version, kind=step,
            details=form.details(), on=on, now=clock.now(),
        )  # fmt: skip
        return _page(found)

    note = ""
    if over:
        words = "、".join(str(stage.label) for stage in over)
        note = _("This passes over: %(steps)s.") % {"steps": words}
    return _about(request, found, form, act, title=step.label, note=note)


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def result_step_correct(request: SunwardRequest, result_id: UUID, step_id: UUID) -> HttpResponse:
    found, on = open_led_result(actor=request.actor, result_id=result_id), clock.today()
    step = _step(found, step_id)
    row = step.row
    initial = {
        "happened_on": row.happened_on, "proof_kind": row.proof_kind, "proof": row.proof, "reason": row.reason,
        "text": row.text, "enterprise": str(step.firm.uid) if step.firm else "",
    }  # fmt: skip
    form = StepForm(
        request.POST or None, kind=row.kind, today=on, firms=choices.list_firms(found), is_correction=True,
        initial=initial,
    )  # fmt: skip

    def act(version: int) -> str:
        acts.correct_step(
            actor=request.actor, result_id=result_id, step_id=step_id, version=version, details=form.details(),
            why=form.cleaned_data["why"], on=on, now=clock.now(),
        )  # fmt: skip
        return _page(found)

    title = _("Put right: %(step)s") % {"step": row.kind.label}
    return _about(request, found, form, act, title=title, note=_("What stands now stays readable below the way."))


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def result_step_take_back(request: SunwardRequest, result_id: UUID, step_id: UUID) -> HttpResponse:
    found, on = open_led_result(actor=request.actor, result_id=result_id), clock.today()
    step = _step(found, step_id)
    form = WhyForm(request.POST or None)

    def act(version: int) -> str:
        acts.take_back_step(
            actor=request.actor, result_id=result_id, step_id=step_id, version=version,
            why=form.cleaned_data["why"], on=on, now=clock.now(),
        )  # fmt: skip
        return _page(found)

    title = _("Take back: %(step)s") % {"step": step.kind.label}
    note = _("For a step that was never made. What has failed is no step to take back: say that it is a dead end.")
    return _about(request, found, form, act, title=title, note=note)


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def result_work(request: SunwardRequest, result_id: UUID) -> HttpResponse:
    found = open_kept_result(actor=request.actor, result_id=result_id)
    initial = {"lines": choices.linked_work(request.actor, found)}
    form = LinkForm(_bound(request), lines=choices.list_work(request.actor, found), initial=initial)

    def act(_version: int) -> str:
        acts.link_work(actor=request.actor, result_id=result_id, item_ids=form.item_ids(), now=clock.now())
        return _page(found)

    return _about(request, found, form, act, title=gettext_lazy("Tie to lines of work"))


def answer(
    request: SunwardRequest, form: Any, act: Callable[[int], str], *, title: Text, back: str, version: int = 1,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """`act` says where to go. A refusal keeps what was typed; after another's change, saving again is decided anew."""
    if request.method != "POST":
        return show(request, form, title=title, back=back, version=version, **more)
    seen = version_of(request)
    if not (form.is_bound and form.is_valid()):
        return show(request, form, title=title, back=back, version=seen, status=422, **more)
    try:
        target = act(seen)
    except Conflict as refusal:
        notice, status = str(refusal.sentence), refusal.status
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        notice, status, version = str(refusal.sentence), refusal.status, seen
    else:
        messages.success(request, _("Saved."))
        return redirect(target)
    return show(request, form, title=title, back=back, version=version, notice=notice, status=status, **more)


def show(
    request: SunwardRequest, form: Any, *, title: Text, back: str, version: int = 1, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "version": version, "key": key_of(request)}
    return render(request, "blueprint/results/act.html", context | more, status=status)


def _about(
    request: SunwardRequest, found: ResearchResult, form: Any, act: Callable[[int], str], *, title: Text, note: str = ""
) -> HttpResponse:
    return answer(
        request, form, act, title=title, back=_page(found), version=found.version, about=found.title, note=note,
        crumb=pgettext("column of results", "Result"),
    )  # fmt: skip


def _bound(request: SunwardRequest) -> Any:
    """Nothing ticked is an answer, too, once the form was sent."""
    return request.POST if request.method == "POST" and "version" in request.POST else None


def _step(found: ResearchResult, step_id: UUID) -> choices.StepRow:
    step = choices.find_step(found, step_id, on=clock.today())
    if step is None:
        raise NotThere("blueprint.result_step_not_there", _("This step has been corrected or taken back already."))
    return step


def _page(found: ResearchResult) -> str:
    return reverse("blueprint:result", args=[found.uid])


def _board() -> str:
    return reverse("blueprint:results")
