"""Stories of success: those the district reads, those that wait, and those of one file."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.merging import merge, take_choices
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict, Refusal, show_above
from sunward.core.tables import read_ledger
from sunward.employment.access.jobseekers import find_jobseeker, get_jobseeker
from sunward.employment.access.stories import STORY_ROLES, get_shown_story, get_story_of
from sunward.employment.actions import stories as acts
from sunward.employment.forms.stories import ReasonForm, StoryFilter, StoryForm
from sunward.employment.queries import stories as queries
from sunward.employment.stories.text import tell_fields
from sunward.people.screening.clearing import StillNames
from sunward.people.screening.marking import Marked, mark

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@allow(*STORY_ROLES)
def stories(request: SunwardRequest) -> HttpResponse:
    """All that are released in the district and agreed to today."""
    actor, on = request.actor, clock.today()
    form = StoryFilter(request.GET)
    found = queries.list_shown(actor, form.question(), on=on)
    page = read_ledger(
        found, asked=request.GET, columns=queries.COLUMNS, order="-released", shape=queries.to_row
    )  # fmt: skip
    context = {"filters": {"form": form}, "page": page, "tabs": queries.list_tabs(actor, "shown", on=on)}
    return render(request, "employment/stories/list.html", context)


@require_safe
@never_cache
@allow(*STORY_ROLES)
def story(request: SunwardRequest, story_id: UUID) -> HttpResponse:
    on = clock.today()
    found = get_shown_story(actor=request.actor, story_id=story_id, on=on)
    return render(request, "employment/stories/story.html", {"story": queries.read_shown(found, on=on)})


@require_safe
@never_cache
@allow(*STORY_ROLES)
def stories_waiting(request: SunwardRequest) -> HttpResponse:
    """Of the files that the actor keeps."""
    actor, on = request.actor, clock.today()
    page = read_ledger(
        queries.waiting_stories(actor, on=on), asked=request.GET, columns=queries.WAITING_COLUMNS, order="waiting",
        shape=lambda row: row,
    )  # fmt: skip
    context = {
        "page": page,
        "rows": queries.to_kept_rows(page.rows, actor, on=on),
        "tabs": queries.list_tabs(actor, "waiting", on=on),
    }
    return render(request, "employment/stories/waiting.html", context)


@require_safe
@never_cache
@allow(*STORY_ROLES)
def jobseeker_story(request: SunwardRequest, case_id: UUID, story_id: UUID) -> HttpResponse:
    return _show(request, case_id, story_id, ReasonForm())


@get_or_post
@never_cache
@allow(*STORY_ROLES, writes=True)
def jobseeker_story_new(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    on, now = clock.today(), clock.now()
    case = find_jobseeker(actor=request.actor, case_id=case_id)
    form = StoryForm(request.POST or None, tags=queries.tags_of(case), initial=queries.suggest_for(case, on=on))
    try:
        if form.is_bound and form.try_to_tell(
            lambda: acts.write_story(
                actor=request.actor, case_id=case_id, key=form.form_key, told=form.told(), on=on, now=now
            )
        ):
            return _saved(request, case_id, form.form_key)
    except Conflict as conflict:
        form.add_error(None, str(conflict.sentence))
    return _show_form(request, case_id, form, {"back": reverse("employment:jobseeker", args=[case_id])})


@get_or_post
@never_cache
@allow(*STORY_ROLES, writes=True)
def jobseeker_story_edit(request: SunwardRequest, case_id: UUID, story_id: UUID) -> HttpResponse:
    """If somebody else has changed it meanwhile, both are shown to choose from."""
    on, now = clock.today(), clock.now()
    case = find_jobseeker(actor=request.actor, case_id=case_id)
    found = get_story_of(case, story_id)
    tags = queries.tags_of(case, told=found.client_tags)
    back = _page(case_id, story_id)
    fresh = StoryForm(tags=tags, initial=queries.values_of(found))
    if request.method != "POST":
        if found.state not in acts.CHANGEABLE:
            return redirect(back)
        return _show_form(request, case_id, fresh, {"version": found.version, "back": back, "story": found})
    form = StoryForm(take_choices(request.POST), tags=tags, initial=queries.values_of(found))
    context: dict[str, Any] = {"version": request.POST.get("version", ""), "back": back, "story": found}
    try:
        if form.try_to_tell(
            lambda: acts.change_story(
                actor=request.actor, case_id=case_id, story_id=story_id, version=version_of(request),
                told=form.told(kept=found.kept), on=on, now=now,
            )
        ):  # fmt: skip
            return _saved(request, case_id, story_id)
    except Conflict as conflict:
        if found.state in acts.CHANGEABLE:
            context |= {"merge": merge(form, fresh, version=found.version), "name": found.title}
            return render(request, "core/merge.html", context, status=409)
        form.add_error(None, _("It was released or taken back meanwhile. Your words stand here: give it back first."))
        return _show_form(request, case_id, form, context, status=conflict.status)
    return _show_form(request, case_id, form, context)


@require_POST
@never_cache
@allow(*STORY_ROLES, writes=True)
def jobseeker_story_release(request: SunwardRequest, case_id: UUID, story_id: UUID) -> HttpResponse:
    def release() -> None:
        acts.release_story(**_given(request, case_id, story_id), version=version_of(request))

    done = _("Released. All employment officers of the district can read it now.")
    return _act(request, case_id, story_id, release, done=done)


@require_POST
@never_cache
@allow(*STORY_ROLES, writes=True)
def jobseeker_story_return(request: SunwardRequest, case_id: UUID, story_id: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, case_id, story_id, form, status=422)

    def give_back() -> None:
        acts.return_story(
            **_given(request, case_id, story_id), version=version_of(request), reason=form.cleaned_data["reason"]
        )

    return _act(request, case_id, story_id, give_back, done=_("Given back, with your reason."), form=form)


@require_POST
@never_cache
@allow(*STORY_ROLES, writes=True)
def jobseeker_story_withdraw(request: SunwardRequest, case_id: UUID, story_id: UUID) -> HttpResponse:
    acts.withdraw_story(**_given(request, case_id, story_id))
    return redirect(_page(case_id, story_id))


@require_POST
@never_cache
@allow(*STORY_ROLES, writes=True)
def jobseeker_story_bring_back(request: SunwardRequest, case_id: UUID, story_id: UUID) -> HttpResponse:
    def bring_back() -> None:
        acts.bring_back_story(**_given(request, case_id, story_id), version=version_of(request))

    return _act(request, case_id, story_id, bring_back, done=_("It is there again and waits for a second officer."))


def _act(
    request: SunwardRequest, case_id: UUID, story_id: UUID, act: Callable[[], None], *, done: str,
    form: ReasonForm | None = None,
) -> HttpResponse:  # fmt: skip
    """What stands in the way is said on the story's own page, as it stands now."""
    form = form or ReasonForm()
    try:
        act()
    except StillNames as refused:
        marked = tell_fields(mark(refused, kept=frozenset()))
        return _show(request, case_id, story_id, form, status=422, marked=marked)
    except Conflict as conflict:
        return _show(request, case_id, story_id, form, status=conflict.status, notice=str(conflict.sentence))
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        if form.is_bound:
            show_above(form, refusal)
        return _show(request, case_id, story_id, form, status=refusal.status, notice=str(refusal.sentence))
    messages.success(request, done)
    return redirect(_page(case_id, story_id))


def _show(
    request: SunwardRequest, case_id: UUID, story_id: UUID, form: ReasonForm, *, status: int = 200,
    notice: str = "", marked: Marked | None = None,
) -> HttpResponse:  # fmt: skip
    case = get_jobseeker(actor=request.actor, case_id=case_id, purpose="story", now=clock.now())
    kept = queries.read_kept(get_story_of(case, story_id), case, request.actor, on=clock.today())
    context = {"case": case, "name": case.person.name, "story": kept, "form": form, "notice": notice, "marked": marked}
    return render(request, "employment/stories/kept.html", context, status=status)


def _show_form(
    request: SunwardRequest, case_id: UUID, form: StoryForm, context: dict[str, Any], *, status: int = 422
) -> HttpResponse:
    case = get_jobseeker(actor=request.actor, case_id=case_id, purpose="story", now=clock.now())
    context = context | {"case": case, "name": case.person.name, "form": form}
    return render(request, "employment/stories/write.html", context, status=status if form.is_bound else 200)


def _given(request: SunwardRequest, case_id: UUID, story_id: UUID) -> dict[str, Any]:
    return {
        "actor": request.actor, "case_id": case_id, "story_id": story_id, "on": clock.today(), "now": clock.now(),
    }  # fmt: skip


def _saved(request: SunwardRequest, case_id: UUID, story_id: UUID) -> HttpResponse:
    messages.success(request, _("Saved. A second officer reads it before others do."))
    return redirect(_page(case_id, story_id))


def _page(case_id: UUID, story_id: UUID) -> str:
    return reverse("employment:jobseeker_story", args=[case_id, story_id])
