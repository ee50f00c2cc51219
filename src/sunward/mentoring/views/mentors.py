"""The neighbour moms' ledger and one file: reading, and the few acts on it."""

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.auditing import record_act, record_looks
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.audit.chain import Subject
from sunward.core import clock
from sunward.core.merging import merge, take_choices
from sunward.core.refusals import Conflict
from sunward.core.tables import read_ledger
from sunward.core.workbooks import Sheet, workbook_response
from sunward.mentoring.access import MENTOR_SUBJECT, get_mentor
from sunward.mentoring.actions.mentors import add_mentor, edit_mentor, give_sign_in
from sunward.mentoring.actions.vetting import record_vetting
from sunward.mentoring.forms.children import ShowForm
from sunward.mentoring.forms.mentors import (
    SHOW_PURPOSES,
    MentorFilter,
    MentorForm,
    NewMentorForm,
    SignInForm,
    VettingForm,
)
from sunward.mentoring.queries import mentors as ledger
from sunward.mentoring.queries.child_editing import initial_of_mentor, lookalikes
from sunward.mentoring.queries.child_file import LOOK_PURPOSES
from sunward.mentoring.queries.mentor_file import read_mentor_file
from sunward.mentoring.queries.units import filter_choices, home_choices, path_of
from sunward.mentoring.showing import show_of_mentor
from sunward.mentoring.views.children_acts import says_somebody_else

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allow(*CASEWORK_ROLES)
def mentors(request: SunwardRequest) -> HttpResponse:
    on = clock.today()
    form, question = _ask(request)
    page = read_ledger(
        ledger.list_mentors(request.actor, question, on=on), asked=request.GET, columns=ledger.COLUMNS,
        order=ledger.DEFAULT_ORDER, shape=lambda mentor: ledger.to_row(mentor, on=on),
    )  # fmt: skip
    return render(request, "mentoring/mentors/ledger.html", {"filters": {"form": form}, "page": page})


@require_safe
@allow(*CASEWORK_ROLES)
@reauthentication_required  # type: ignore[untyped-decorator]
def mentors_export(request: SunwardRequest) -> HttpResponse:
    on = clock.today()
    _form, question = _ask(request)
    rows = list(ledger.export_rows(ledger.list_mentors(request.actor, question, on=on), on=on))
    record_act(
        actor=request.actor, code="mentoring.mentors_exported", now=clock.now(), unit_path=question.unit_path,
        rows=len(rows), filters=sorted(name for name, value in request.GET.items() if value),
    )  # fmt: skip
    record_looks(
        actor=request.actor, code="mentoring.file_exported", now=clock.now(), purpose="export",
        at=[(Subject(MENTOR_SUBJECT, row.id), row.unit_path) for row in rows],
    )  # fmt: skip
    sheet = Sheet(
        name=gettext("Neighbour moms"),
        title=gettext("Neighbour moms' files"),
        note=gettext("%(unit)s, %(name)s, %(day)s; sealed values are left out")
        % {"unit": request.actor.unit_name, "name": request.actor.name, "day": on.isoformat()},
        heads=[str(head) for head in ledger.EXPORT_HEADS],
        rows=(ledger.export_cells(row) for row in rows),
    )
    return workbook_response([sheet], file_name=f"{gettext('Neighbour moms')}_{on.isoformat()}.xlsx")


@require_safe
@never_cache
@allow(*CASEWORK_ROLES)
def mentor(request: SunwardRequest, mentor_id: UUID) -> HttpResponse:
    row = get_mentor(actor=request.actor, mentor_id=mentor_id, purpose="open", now=clock.now())
    file = read_mentor_file(row, actor=request.actor, on=clock.today())
    return render(request, "mentoring/mentors/file.html", {"file": file, "show_form": _show_form(None)})


@require_POST
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def mentor_show(request: SunwardRequest, mentor_id: UUID) -> HttpResponse:
    """Open one sealed value, once a purpose is given; both go into the record of looks."""
    form = _show_form(request.POST)
    if not form.is_valid():
        row = get_mentor(actor=request.actor, mentor_id=mentor_id, purpose="open", now=clock.now())
        file = read_mentor_file(row, actor=request.actor, on=clock.today())
        return render(request, "mentoring/mentors/file.html", {"file": file, "show_form": form}, status=422)
    shown = show_of_mentor(actor=request.actor, mentor_id=mentor_id, now=clock.now(), **form.cleaned_data)
    return render(request, "mentoring/shown.html", {"shown": shown, "back": _file(mentor_id)})


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def mentor_new(request: SunwardRequest) -> HttpResponse:
    on = clock.today()
    form = NewMentorForm(request.POST or None, units=home_choices(request.actor), on=on)
    found = None
    if request.method == "POST" and form.is_valid():
        found = lookalikes(request.actor, form.person())
        if not found.is_blocking and (not found.rows or says_somebody_else(request)):
            row = add_mentor(actor=request.actor, person=form.person(), mentor=form.mentor(), on=on, now=clock.now())
            messages.success(request, _("The file is open. Next comes her vetting."))
            return redirect("mentoring:mentor", row.uid)
    context = {"form": form, "found": found, "back": reverse("mentoring:mentors")}
    return render(request, "mentoring/mentors/new.html", context, status=422 if request.method == "POST" else 200)


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def mentor_edit(request: SunwardRequest, mentor_id: UUID) -> HttpResponse:
    """Change the file. If somebody else has changed it meanwhile, both versions are shown to choose from."""
    on, now = clock.today(), clock.now()
    row = get_mentor(actor=request.actor, mentor_id=mentor_id, purpose="edit", now=now)
    given: dict[str, Any] = {"units": home_choices(request.actor), "on": on, "is_editing": True}
    given["state"] = row.state
    fresh = MentorForm(initial=initial_of_mentor(row), **given)
    context = {"name": row.person.name, "back": _file(mentor_id), "version": row.version, "form": fresh}
    if request.method != "POST":
        return render(request, "mentoring/mentors/edit.html", context)
    form = MentorForm(take_choices(request.POST), **given)
    typed = request.POST.get("version", "")
    if not form.is_valid():
        return render(request, "mentoring/mentors/edit.html", context | {"form": form, "version": typed}, status=422)
    try:
        edit_mentor(
            actor=request.actor, mentor_id=mentor_id, version=int(typed) if typed.isdecimal() else 0,
            person=form.changes(), mentor=form.mentor(), on=on, now=now,
        )  # fmt: skip
    except Conflict as conflict:
        if conflict.code != "mentoring.mentor_changed":
            raise
        context["merge"] = merge(form, fresh, version=row.version)
        return render(request, "core/merge.html", context, status=409)
    messages.success(request, _("Saved."))
    return redirect("mentoring:mentor", mentor_id)


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def mentor_vetting(request: SunwardRequest, mentor_id: UUID) -> HttpResponse:
    """Add a dated step of vetting."""
    now = clock.now()
    kind = request.GET.get("kind", "")
    form = VettingForm(request.POST or None, kind=kind, initial={"happened_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        record_vetting(actor=request.actor, mentor_id=mentor_id, on=clock.today(), now=now, **form.cleaned_data)
        messages.success(request, _("Written down."))
        return redirect("mentoring:mentor", mentor_id)
    row = get_mentor(actor=request.actor, mentor_id=mentor_id, purpose="act", now=now)
    context = {"name": row.person.name, "reference": row.reference, "form": form, "back": _file(mentor_id)}
    context["title"] = form.only.label if form.only else _("Add a vetting fact")
    return render(request, "mentoring/mentors/vetting.html", context, status=422 if form.is_bound else 200)


@get_or_post
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def mentor_sign_in(request: SunwardRequest, mentor_id: UUID) -> HttpResponse:
    """Make her account; the one-time password is on the answer and nowhere else."""
    now = clock.now()
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        username = form.cleaned_data["username"]
        password = give_sign_in(actor=request.actor, mentor_id=mentor_id, username=username, on=clock.today(), now=now)
        context = {"username": username, "password": password, "back": _file(mentor_id)}
        return render(request, "mentoring/mentors/password.html", context)
    row = get_mentor(actor=request.actor, mentor_id=mentor_id, purpose="act", now=now)
    context = {"name": row.person.name, "reference": row.reference, "form": form, "back": _file(mentor_id)}
    return render(request, "mentoring/mentors/sign_in.html", context, status=422 if form.is_bound else 200)


def _ask(request: SunwardRequest) -> tuple[MentorFilter, ledger.MentorQuestion]:
    chosen = request.GET.get("unit", "")
    form = MentorFilter(request.GET, units=filter_choices(request.actor, chosen=chosen))
    return form, form.question(unit_path=(chosen and path_of(request.actor, chosen)) or "")


def _show_form(data: QueryDict | None) -> ShowForm:
    return ShowForm(data, purposes=[(code, LOOK_PURPOSES[code]) for code in SHOW_PURPOSES])


def _file(mentor_id: UUID) -> str:
    return reverse("mentoring:mentor", args=[mentor_id])
