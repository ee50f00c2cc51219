"""The system administrator's pages: users, posts, deputies, the tree of units. No person's file opens from here."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts import actions, queries
from sunward.accounts import forms as form_of
from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.core.tables import read_ledger

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
Text = str | Promise


@require_safe
@allow(Role.ADMINISTRATOR)
def users(request: SunwardRequest) -> HttpResponse:
    form = form_of.UserFilter(request.GET, units=queries.filter_units(request.actor))
    asked = form.answers()
    question = queries.UserQuestion(
        words=asked["q"], role=asked["role"], state=asked["state"],
        unit_path=queries.path_of_unit(asked["unit"]) if asked["unit"] else "",
    )  # fmt: skip
    page = read_ledger(
        queries.list_users(request.actor, question, on=clock.today()), asked=request.GET, columns=queries.COLUMNS,
        order="name", shape=queries.to_row,
    )  # fmt: skip
    return render(request, "accounts_pages/users.html", {"filters": {"form": form}, "page": page})


@get_or_post
@never_cache
@allow(Role.ADMINISTRATOR, writes=True)
def user_new(request: SunwardRequest) -> HttpResponse:
    """Make an account; its one-time password is on the answer and nowhere else."""
    form = form_of.UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user, password = actions.add_user(actor=request.actor, now=clock.now(), **form.cleaned_data)
        return render(request, "accounts_pages/password.html", {"username": user.username, "password": password})
    context = {"form": form, "title": _("Make an account"), "back": reverse("accounts:users")}
    return render(request, "accounts_pages/act.html", context, status=422 if form.is_bound else 200)


@require_safe
@allow(Role.ADMINISTRATOR)
def user(request: SunwardRequest, username: str) -> HttpResponse:
    page = queries.read_user(request.actor, username, on=clock.today())
    return render(request, "accounts_pages/user.html", {"page": page, "user_row": page.user})


@require_POST
@never_cache
@allow(Role.ADMINISTRATOR, writes=True)
def user_password(request: SunwardRequest, username: str) -> HttpResponse:
    password = actions.give_new_password(actor=request.actor, username=username, now=clock.now())
    return render(request, "accounts_pages/password.html", {"username": username, "password": password})


@get_or_post
@allow(Role.ADMINISTRATOR, writes=True)
def user_lock(request: SunwardRequest, username: str) -> HttpResponse:
    form = form_of.LockForm(request.POST or None)
    return _act(
        request, username, form, lambda: actions.lock_out(
            actor=request.actor, username=username, now=clock.now(), **form.cleaned_data
        ),
        title=_("Lock the account"), done=_("Locked. Whoever is signed in with it is out."), is_dangerous=True,
    )  # fmt: skip


@require_POST
@allow(Role.ADMINISTRATOR, writes=True)
def user_unlock(request: SunwardRequest, username: str) -> HttpResponse:
    actions.let_in(actor=request.actor, username=username, now=clock.now())
    return _done(request, username, _("Open again; failed attempts are forgotten."))


@get_or_post
@allow(Role.ADMINISTRATOR, writes=True)
def user_post(request: SunwardRequest, username: str) -> HttpResponse:
    form = form_of.PostForm(
        request.POST or None, units=queries.unit_choices(request.actor), initial={"from_on": clock.today()}
    )
    return _act(
        request, username, form, lambda: actions.give_post(
            actor=request.actor, username=username, now=clock.now(), **form.cleaned_data
        ),
        title=_("Give a post"), done=_("The post is given."),
    )  # fmt: skip


@get_or_post
@allow(Role.ADMINISTRATOR, writes=True)
def post_end(request: SunwardRequest, assignment_id: int) -> HttpResponse:
    username, post = queries.read_post(request.actor, assignment_id)
    on = clock.today()
    form = form_of.EndForm(request.POST or None, initial={"until_on": on})
    return _act(
        request, username, form, lambda: actions.end_post(
            actor=request.actor, assignment_id=assignment_id, on=on, now=clock.now(), **form.cleaned_data
        ),
        title=_("End a post"), done=_("Written down."), note=f"{post.role} · {post.unit_name}", is_dangerous=True,
    )  # fmt: skip


@get_or_post
@allow(Role.ADMINISTRATOR, writes=True)
def post_deputy(request: SunwardRequest, assignment_id: int) -> HttpResponse:
    username, post = queries.read_post(request.actor, assignment_id)
    on = clock.today()
    form = form_of.DeputyForm(request.POST or None, initial={"from_on": on})
    return _act(
        request, username, form, lambda: actions.appoint_deputy(
            actor=request.actor, assignment_id=assignment_id, on=on, now=clock.now(), **form.cleaned_data
        ),
        title=_("Appoint a deputy"), done=_("The deputy is appointed."), note=f"{post.role} · {post.unit_name}",
    )  # fmt: skip


@require_safe
@allow(Role.ADMINISTRATOR)
def units(request: SunwardRequest) -> HttpResponse:
    rows = queries.read_unit_tree(request.actor, request.GET.get("open", ""), on=clock.today())
    return render(request, "accounts_pages/units.html", {"rows": rows})


@get_or_post
@allow(Role.ADMINISTRATOR, writes=True)
def unit_phone(request: SunwardRequest, code: str) -> HttpResponse:
    unit = queries.get_administered_unit(request.actor, code)
    form = form_of.UnitPhoneForm(request.POST or None, initial={"phone": unit.phone})
    back = f"{reverse('accounts:units')}?{urlencode({'open': queries.street_code_of(unit)})}"
    if request.method == "POST" and form.is_valid():
        actions.write_unit_phone(actor=request.actor, code=code, now=clock.now(), **form.cleaned_data)
        messages.success(request, _("The office telephone is written down."))
        return redirect(back)
    context = {"form": form, "title": _("Office telephone"), "unit": unit, "back": back}
    return render(request, "accounts_pages/act.html", context, status=422 if form.is_bound else 200)


def _act(
    request: SunwardRequest,
    username: str,
    form: forms.Form,
    act: Callable[[], Any],
    *,
    title: Text,
    done: Text,
    note: Text = "",
    is_dangerous: bool = False,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        act()
        return _done(request, username, done)
    page = queries.read_user(request.actor, username, on=clock.today())
    context = {
        "form": form, "title": title, "user_row": page.user, "note": note, "is_dangerous": is_dangerous,
        "back": reverse("accounts:user", args=[username]),
    }  # fmt: skip
    return render(request, "accounts_pages/act.html", context, status=422 if form.is_bound else 200)


def _done(request: SunwardRequest, username: str, word: Text) -> HttpResponseRedirect:
    messages.success(request, str(word))
    return redirect("accounts:user", username)
