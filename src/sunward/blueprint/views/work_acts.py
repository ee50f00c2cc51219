"""The acts on a line of work, each a page of its own: the gate first, then what is typed, then the act."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sunward.accounts.access import SunwardRequest, allow
from sunward.blueprint.access import ANSWERING_ROLES, KEEPER_ROLES, READER_ROLES, get_plan, kept_paths, open_kept_work
from sunward.blueprint.actions import completing, extending, issuing, learning, obstacles, reporting
from sunward.blueprint.actions.chasing import chase
from sunward.blueprint.enums import Confidence, StepKind
from sunward.blueprint.following.chain import CORRECTABLE
from sunward.blueprint.following.gates import Followed, get_step, open_followed, refuse_step
from sunward.blueprint.forms import following as forms
from sunward.blueprint.models import WorkItem, WorkStep
from sunward.blueprint.queries import follow_choices, work_choices
from sunward.blueprint.queries.figure_choices import list_figures
from sunward.blueprint.queries.following_page import read_wait
from sunward.blueprint.queries.lights import read_gauge
from sunward.core import clock
from sunward.core.furniture import Text
from sunward.core.posted import key_of, version_of
from sunward.core.refusals import NotThere, Refusal
from sunward.core.wording import join_words, say_value

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
K = StepKind


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def plan_issue(request: SunwardRequest, plan_id: UUID) -> HttpResponse:
    plan, on = get_plan(actor=request.actor, plan_id=plan_id), clock.today()
    if plan.unit_path not in kept_paths(request.actor):
        raise NotThere("blueprint.plan_not_there", gettext_lazy("There is no such plan, or it is not yours to see."))
    form = forms.IssueForm(request.POST or None, today=on)
    status, notice = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_bound and form.is_valid():
            try:
                number = issuing.issue_plan(
                    actor=request.actor, plan_id=plan_id, by=form.cleaned_data["by"], on=on, now=clock.now()
                )
            except Refusal as refusal:
                status, notice = refusal.status, str(refusal.sentence)
            else:
                said = ngettext("%(number)d line was issued.", "%(number)d lines were issued.", number)
                messages.success(request, said % {"number": number})
                return redirect("blueprint:plan", plan.uid)
    context = {"plan": plan, "form": form, "notice": notice}
    return render(request, "blueprint/work_items/issue.html", context, status=status)


@get_or_post
@never_cache
@allow(*ANSWERING_ROLES, writes=True)
def work_acknowledge(request: SunwardRequest, item_id: UUID) -> HttpResponse:
    followed = _open(request, item_id, K.ACKNOWLEDGED)
    form = forms.NothingForm(request.POST if request.method == "POST" else None)

    def act() -> object:
        return issuing.acknowledge(actor=request.actor, item_id=item_id, on=clock.today(), now=clock.now())

    note = _("You say that your unit has it and has begun to see to it. Whoever keeps the plan sees it at once.")
    return _answer(
        request, followed.item, form, act, title=pgettext_lazy("act", "Acknowledge"), note=note, is_named=True
    )


@get_or_post
@never_cache
@allow(*ANSWERING_ROLES, writes=True)
def work_progress(request: SunwardRequest, item_id: UUID) -> HttpResponse:
    followed, on = _open(request, item_id, K.PROGRESS), clock.today()
    asks = "lead" in followed.sides and reporting.asks_number(followed.item)
    form = forms.ReportForm(request.POST or None, asks_number=asks, today=on)

    def act() -> object:
        return reporting.report_progress(
            actor=request.actor, item_id=item_id, report=form.report(), on=on, now=clock.now(), key=key_of(request)
        )  # fmt: skip

    note = "" if asks else _("The platform counts what it can itself: only what it cannot know is asked.")
    return _answer(request, followed.item, form, act, title=pgettext_lazy("act", "Report how it stands"), note=note)


@get_or_post
@never_cache
@allow(*ANSWERING_ROLES, writes=True)
def work_confidence(request: SunwardRequest, item_id: UUID) -> HttpResponse:
    followed = _open(request, item_id, K.CONFIDENCE)
    form = forms.ConfidenceForm(request.POST or None)

    def act() -> object:
        return reporting.state_confidence(
            actor=request.actor, item_id=item_id, confidence=Confidence(form.cleaned_data["confidence"]),
            text=form.cleaned_data["text"], on=clock.today(), now=clock.now(), key=key_of(request),
        )  # fmt: skip

    note = _("It stands beside the light, which is computed and which nobody changes.")
    return _answer(request, followed.item, form, act, title=pgettext_lazy("act", "Say how sure you are"), note=note)


@get_or_post
@never_cache
@allow(*ANSWERING_ROLES, writes=True)
def work_obstacle(request: SunwardRequest, item_id: UUID) -> HttpResponse:
    followed, on = _open(request, item_id, K.OBSTACLE), clock.today()
    units = follow_choices.list_units_to_ask(followed.item, on=on)
    form = forms.ObstacleForm(request.POST or None, units=units, today=on)

    def act() -> object:
        return obstacles.raise_obstacle(
            actor=request.actor, item_id=item_id, text=form.cleaned_data["text"], unit_code=form.cleaned_data["unit"],
            by=form.cleaned_data["by"], on=on, now=clock.now(), key=key_of(request),
        )  # fmt: skip

    return _answer(request, followed.item, form, act, title=pgettext_lazy("act", "Raise an obstacle"), is_named=True)


@get_or_post
@never_cache
@allow(*READER_ROLES, writes=True)
def work_answer(request: SunwardRequest, item_id: UUID, step_id: UUID) -> HttpResponse:
    followed = _open(request, item_id, K.ANSWERED)
    row = _row(followed, step_id, K.OBSTACLE)
    form = forms.TextForm(request.POST or None, label=_("Your answer"))

    def act() -> object:
        return obstacles.answer_obstacle(
            actor=request.actor, item_id=item_id, step_id=step_id, text=form.cleaned_data["text"], on=clock.today(),
            now=clock.now(),
        )  # fmt: skip

    title = gettext_lazy("Answer an obstacle")
    return _answer(request, followed.item, form, act, title=title, note=row.text)


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def work_chase(request: SunwardRequest, item_id: UUID) -> HttpResponse:
    followed = _open(request, item_id, K.CHASED)
    label = _("A word of your own")
    form = forms.TextForm(request.POST if request.method == "POST" else None, label=label, required=False)

    def act() -> object:
        done = chase(
            actor=request.actor, item_id=item_id, text=form.cleaned_data["text"], on=clock.today(), now=clock.now()
        )  # fmt: skip
        said = ngettext(
            "Written to %(names)s about %(number)d line.", "Written to %(names)s about %(number)d lines.", done.lines
        )
        return said % {"names": join_words(map(str, done.officers)), "number": done.lines}

    note = _("All that this officer owes goes into one message, and nobody is written to twice a day.")
    return _answer(request, followed.item, form, act, title=pgettext_lazy("act", "Chase"), note=note, is_named=True)


@get_or_post
@never_cache
@allow(*ANSWERING_ROLES, writes=True)
def work_extension(request: SunwardRequest, item_id: UUID) -> HttpResponse:
    followed = _open(request, item_id, K.EXTENSION_ASKED)
    form = forms.ExtensionForm(request.POST or None)

    def act() -> object:
        return extending.ask_extension(
            actor=request.actor, item_id=item_id, text=form.cleaned_data["text"], until=form.cleaned_data["until"],
            on=clock.today(), now=clock.now(),
        )  # fmt: skip

    note = _("Before the deadline, and decided by who keeps the plan. The date that was decided stays to be read.")
    return _answer(
        request, followed.item, form, act, title=pgettext_lazy("act", "Ask for more time"), note=note, is_named=True
    )


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def work_extension_decide(request: SunwardRequest, item_id: UUID, step_id: UUID) -> HttpResponse:
    followed = _open(request, item_id, K.EXTENSION_GRANTED)
    row = _row(followed, step_id, K.EXTENSION_ASKED)
    form = forms.DecisionForm(request.POST or None, initial={"until": row.day})

    def act() -> object:
        return extending.decide_extension(
            actor=request.actor, item_id=item_id, step_id=step_id, until=form.granted_until(),
            text=form.cleaned_data["text"], on=clock.today(), now=clock.now(),
        )  # fmt: skip

    note = read_wait(request.actor, followed.item, request.path, on=clock.today()) or row.text
    return _answer(request, followed.item, form, act, title=gettext_lazy("Decide about more time"), note=note)


@get_or_post
@never_cache
@allow(*ANSWERING_ROLES, writes=True)
def work_completion(request: SunwardRequest, item_id: UUID) -> HttpResponse:
    followed, on = _open(request, item_id, K.CLAIMED), clock.today()
    asks = followed.item.target_number is not None and reporting.asks_number(followed.item)
    form = forms.CompletionForm(
        request.POST or None, asks_number=asks, today=on, initial=follow_choices.completion_values(followed.course)
    )  # fmt: skip

    def act() -> object:
        return completing.claim_completion(
            actor=request.actor, item_id=item_id, report=form.report(), on=on, now=clock.now()
        )  # fmt: skip

    note = _("Another party accepts it or returns it: never who handed it in, and nobody of the unit that leads.")
    return _answer(
        request, followed.item, form, act, title=pgettext_lazy("act", "Hand in as done"), note=note, is_named=True
    )


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def work_completion_decide(request: SunwardRequest, item_id: UUID, step_id: UUID) -> HttpResponse:
    followed = _open(request, item_id, K.ACCEPTED)
    row = _row(followed, step_id, K.CLAIMED)
    form = forms.AcceptanceForm(request.POST or None)

    def act() -> object:
        settle = completing.accept_completion if form.accepts() else completing.return_completion
        return settle(
            actor=request.actor, item_id=item_id, step_id=step_id, text=form.cleaned_data["text"], on=clock.today(),
            now=clock.now(),
        )  # fmt: skip

    note = read_wait(request.actor, followed.item, request.path, on=clock.today()) or row.text
    return _answer(request, followed.item, form, act, title=pgettext_lazy("act", "Accept or return"), note=note)


@get_or_post
@never_cache
@allow(*READER_ROLES, writes=True)
def work_own_act(request: SunwardRequest, item_id: UUID) -> HttpResponse:
    followed = _open(request, item_id, K.PUSHED)
    form = forms.OwnActForm(request.POST or None)

    def act() -> object:
        return reporting.record_own_act(
            actor=request.actor, item_id=item_id, kind=form.kind_of_act(), text=form.cleaned_data["text"],
            on=clock.today(), now=clock.now(), key=key_of(request),
        )  # fmt: skip

    return _answer(request, followed.item, form, act, title=pgettext_lazy("act", "Write down what you did"))


@get_or_post
@never_cache
@allow(*ANSWERING_ROLES, writes=True)
def work_cover(request: SunwardRequest, item_id: UUID) -> HttpResponse:
    followed = _open(request, item_id, K.COVERED)
    form = forms.CoverForm(request.POST or None, units=work_choices.list_units(followed.item))

    def act() -> object:
        return reporting.record_cover(
            actor=request.actor, item_id=item_id, unit_code=form.cleaned_data["unit"], text=form.cleaned_data["text"],
            on=clock.today(), now=clock.now(), key=key_of(request),
        )  # fmt: skip

    note = _("Helping out is thanked. The unit that leads goes on answering for the line.")
    title = pgettext_lazy("act", "Write down who helped out")
    return _answer(request, followed.item, form, act, title=title, note=note)


@get_or_post
@never_cache
@allow(*ANSWERING_ROLES, writes=True)
def work_thanks(request: SunwardRequest, item_id: UUID, step_id: UUID) -> HttpResponse:
    followed = _open(request, item_id, K.THANKED)
    row = _row(followed, step_id, K.COVERED)
    note = say_value(row.unit.name, row.text) if row.unit else row.text
    label = _("A word of thanks")
    form = forms.TextForm(request.POST if request.method == "POST" else None, label=label, required=False)

    def act() -> object:
        return reporting.thank_cover(
            actor=request.actor, item_id=item_id, step_id=step_id, text=form.cleaned_data["text"], on=clock.today(),
            now=clock.now(), key=key_of(request),
        )  # fmt: skip

    return _answer(
        request, followed.item, form, act, title=gettext_lazy("Thank for helping out"), note=note, is_named=True
    )


@get_or_post
@never_cache
@allow(*ANSWERING_ROLES, writes=True)
def work_correct(request: SunwardRequest, item_id: UUID, step_id: UUID) -> HttpResponse:
    """By whoever wrote the entry, or keeps the plan."""
    followed, on = open_followed(actor=request.actor, item_id=item_id), clock.today()
    row = _row(followed, step_id, *CORRECTABLE)
    if row.recorded_by_id != request.actor.user_id and "keeper" not in followed.sides:
        raise NotThere("blueprint.step_not_there", gettext_lazy("There is no such entry any more. Look at the line."))
    form = forms.CorrectionForm(
        request.POST or None, asks_number=row.number is not None, today=on,
        initial={"text": row.text, "number": row.number, "happened_on": row.happened_on},
    )  # fmt: skip

    def act() -> object:
        return reporting.correct_step(
            actor=request.actor, item_id=item_id, step_id=step_id,
            report=None if form.cleaned_data["takes_back"] else form.report(), reason=form.cleaned_data["text"], on=on,
            now=clock.now(),
        )  # fmt: skip

    note = _("A new entry stands for the old one, which stays to be read.")
    return _answer(request, followed.item, form, act, title=gettext_lazy("Put an entry right"), note=note)


@get_or_post
@never_cache
@allow(*ANSWERING_ROLES, writes=True)
def work_lesson(request: SunwardRequest, item_id: UUID) -> HttpResponse:
    followed = open_followed(actor=request.actor, item_id=item_id)
    learning.refuse_learner(followed)
    form = forms.LessonForm(request.POST or None)

    def act() -> object:
        return learning.write_lesson(
            actor=request.actor, item_id=item_id, details=form.details(), on=clock.today(), now=clock.now(),
            key=key_of(request),
        )  # fmt: skip

    note = _("It is offered again to whoever writes a line like this one.")
    return _answer(request, followed.item, form, act, title=pgettext_lazy("act", "Write down a lesson"), note=note)


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def work_gauge(request: SunwardRequest, item_id: UUID) -> HttpResponse:
    item = open_kept_work(actor=request.actor, item_id=item_id)
    gauge = read_gauge(item)
    form = forms.GaugeForm(
        request.POST or None, figures=list_figures(item),
        initial={
            "shape": gauge.shape, "figure": gauge.figure_code, "rhythm": gauge.rhythm, "starts_on": gauge.starts_on,
        },
    )  # fmt: skip

    def act() -> object:
        return learning.set_gauge(
            actor=request.actor, item_id=item_id, version=version_of(request), details=form.details(), on=clock.today(),
            now=clock.now(),
        )  # fmt: skip

    note = _("Once a week or month of an issued line has been judged, its measure stays.")
    return _answer(request, item, form, act, title=pgettext_lazy("act", "How it is measured"), note=note)


def _open(request: SunwardRequest, item_id: UUID, kind: StepKind) -> Followed:
    """The gate of the page; the act asks again, under lock."""
    followed = open_followed(actor=request.actor, item_id=item_id)
    refuse_step(followed, kind)
    return followed


def _row(followed: Followed, step_id: UUID, *kinds: StepKind) -> WorkStep:
    return followed.item.steps.get(pk=get_step(followed, step_id, kinds).id)


def _answer(
    request: SunwardRequest, item: WorkItem, form: Any, act: Callable[[], object], *, title: Text, note: str = "",
    is_named: bool = False,
) -> HttpResponse:  # fmt: skip
    """A refusal keeps what was typed. An act may say in words what was done.

    `is_named`: the button says what is done, where that reaches somebody else and is more than saving.
    """
    status, notice = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_bound and form.is_valid():
            try:
                done = act()
            except Refusal as refusal:
                if refusal.status == NotThere.status:
                    raise
                status, notice = refusal.status, str(refusal.sentence)
            else:
                messages.success(request, done if isinstance(done, str) else _("Saved."))
                return redirect("blueprint:work", item.uid)
    context = {
        "item": item, "form": form, "is_set": False, "title": title, "note": note, "notice": notice,
        "version": item.version, "key": key_of(request), "opens_plan": request.actor.has(*READER_ROLES),
        "action": title if is_named else "",
    }  # fmt: skip
    return render(request, "blueprint/work_items/act.html", context, status=status)
