"""Forms by which enterprises and their grades are written down and put right."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from sunward.accounts.access import SunwardRequest, allow
from sunward.blueprint.access import KEEPER_ROLES, kept_units
from sunward.blueprint.access_results import open_kept_enterprise
from sunward.blueprint.actions import enterprises as acts
from sunward.blueprint.forms.results import EnterpriseForm, GradeForm, WhyForm
from sunward.blueprint.models import DistrictEnterprise
from sunward.blueprint.queries.enterprises import GradeRow, read_grades
from sunward.blueprint.views.result_acts import answer, get_or_post
from sunward.core import clock
from sunward.core.posted import key_of
from sunward.core.refusals import NotThere


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def enterprise_new(request: SunwardRequest) -> HttpResponse:
    districts = list(kept_units(request.actor).order_by("code").values_list("code", "name"))
    form = EnterpriseForm(request.POST or None, districts=districts)

    def act(_version: int) -> str:
        row = acts.add_enterprise(
            actor=request.actor, key=key_of(request), unit_code=form.unit_code(), details=form.details(),
            now=clock.now(),
        )  # fmt: skip
        return _page(row)

    return answer(
        request, form, act, title=gettext_lazy("Write down an enterprise"), back=reverse("blueprint:enterprises")
    )


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def enterprise_edit(request: SunwardRequest, enterprise_id: UUID) -> HttpResponse:
    row = open_kept_enterprise(actor=request.actor, enterprise_id=enterprise_id)
    initial = {"name": row.name, "kind": row.kind, "credit_code": row.credit_code}
    form = EnterpriseForm(request.POST or None, districts=[], is_new=False, initial=initial)

    def act(version: int) -> str:
        acts.change_enterprise(
            actor=request.actor, enterprise_id=enterprise_id, version=version, details=form.details(), now=clock.now()
        )
        return _page(row)

    title = gettext_lazy("Change the enterprise")
    return answer(request, form, act, title=title, back=_page(row), version=row.version, about=row.name)


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def grade_new(request: SunwardRequest, enterprise_id: UUID) -> HttpResponse:
    row = open_kept_enterprise(actor=request.actor, enterprise_id=enterprise_id)
    form = GradeForm(request.POST or None)

    def act(_version: int) -> str:
        acts.record_grade(
            actor=request.actor, enterprise_id=enterprise_id, key=key_of(request), details=form.details(),
            on=clock.today(), now=clock.now(),
        )  # fmt: skip
        return _page(row)

    note = _("As an authority has published it. What an enterprise says of itself does not stand here.")
    return answer(
        request, form, act, title=gettext_lazy("Write down a grade"), back=_page(row), about=row.name, note=note
    )


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def grade_correct(request: SunwardRequest, enterprise_id: UUID, grade_id: UUID) -> HttpResponse:
    row = open_kept_enterprise(actor=request.actor, enterprise_id=enterprise_id)
    grade = _grade(row, grade_id)
    names = ("grade", "issuer", "list_name", "list_on", "source", "valid_from", "valid_until")
    initial = {name: getattr(grade, name) for name in names}
    form = GradeForm(request.POST or None, is_correction=True, initial=initial)

    def act(_version: int) -> str:
        acts.correct_grade(
            actor=request.actor, enterprise_id=enterprise_id, grade_id=grade_id, details=form.details(),
            why=form.cleaned_data["why"], on=clock.today(), now=clock.now(),
        )  # fmt: skip
        return _page(row)

    title = _("Put right: %(step)s") % {"step": grade.grade.label}
    return answer(request, form, act, title=title, back=_page(row), about=row.name)


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def grade_take_back(request: SunwardRequest, enterprise_id: UUID, grade_id: UUID) -> HttpResponse:
    row = open_kept_enterprise(actor=request.actor, enterprise_id=enterprise_id)
    grade = _grade(row, grade_id)
    form = WhyForm(request.POST or None)

    def act(_version: int) -> str:
        acts.take_back_grade(
            actor=request.actor, enterprise_id=enterprise_id, grade_id=grade_id, why=form.cleaned_data["why"],
            now=clock.now(),
        )  # fmt: skip
        return _page(row)

    title = _("Take back: %(step)s") % {"step": grade.grade.label}
    note = _("It was struck off the list, or never stood in it.")
    return answer(request, form, act, title=title, back=_page(row), about=row.name, note=note)


def _grade(row: DistrictEnterprise, grade_id: UUID) -> GradeRow:
    """One that stands."""
    grades = read_grades([row.pk], on=clock.today()).get(row.pk, ())
    grade = next((one for one in grades if one.uid == grade_id), None)
    if grade is None:
        raise NotThere("blueprint.grade_not_there", _("This grade has been corrected or taken back already."))
    return grade


def _page(row: DistrictEnterprise) -> str:
    return reverse("blueprint:enterprise", args=[row.uid])
