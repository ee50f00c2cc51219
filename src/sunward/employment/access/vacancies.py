"""Who may see a vacancy and its employer, and who may change it.

All employment officers of a district read all of its vacancies: a jobseeker takes a post two sub-districts away. Only
the office of a vacancy's own unit, or one above it, answers for it.
"""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Unit, UnitQuerySet
from sunward.accounts.scopes import below
from sunward.audit.chain import Subject
from sunward.core.refusals import NotThere
from sunward.employment.models import Employer, Vacancy, VacancyQuerySet

VACANCY_SUBJECT = "vacancy"
VACANCY_ROLES = (Role.EMPLOYMENT_OFFICER,)


def visible_vacancies(actor: Actor) -> VacancyQuerySet:
    return Vacancy.objects.filter(below(districts_of(actor)))


def changeable_vacancies(actor: Actor) -> VacancyQuerySet:
    return Vacancy.objects.filter(may_change(actor))


def may_change(actor: Actor) -> Q:
    return below(actor.paths(*VACANCY_ROLES))


def visible_employers(actor: Actor) -> QuerySet[Employer]:
    """Those of the district, and those of another that offer something in it: one credit code is one employer."""
    offering = visible_vacancies(actor).values("employer")
    return Employer.objects.filter(below(districts_of(actor)) | Q(pk__in=offering))


def subdistricts_around(actor: Actor) -> UnitQuerySet:
    """Where vacancies may be looked for: the sub-districts of the actor's district."""
    return Unit.objects.filter(below(districts_of(actor), "path"), kind=UnitKind.SUBDISTRICT)


def addable_units(actor: Actor) -> UnitQuerySet:
    """Which offices the actor may let answer for a new vacancy: those of her posts, and those below them."""
    return Unit.objects.filter(below(actor.paths(*VACANCY_ROLES), "path")).exclude(kind=UnitKind.COMMITTEE)


def find_employer(*, name: str, uscc: str, unit: Unit) -> Employer | None:
    """By its credit code, wherever it is; else by its name in the unit's district. Two codes are two employers."""
    if uscc:
        of_code = Employer.objects.filter(uscc=uscc).first()
        if of_code is not None:
            return of_code
    named = Employer.objects.filter(name_key=name, unit_path__startswith=f"/{unit.path.strip('/').split('/')[0]}/")
    return (named.filter(uscc=None) if uscc else named).order_by("pk").first()


def vacancy_subject(vacancy: Vacancy) -> Subject:
    return Subject(VACANCY_SUBJECT, vacancy.pk)


def get_vacancy(*, actor: Actor, vacancy_id: UUID) -> Vacancy:
    found = visible_vacancies(actor).select_related(
        "employer", "unit", "verified_by", "reviewed_by", "merged_into__unit"
    )
    row = found.filter(uid=vacancy_id).first()
    if row is None:
        raise NotThere("employment.vacancy_not_there", _("There is no such vacancy, or it is not yours to see."))
    return row


def get_own_vacancy(*, actor: Actor, vacancy_id: UUID) -> Vacancy:
    """One that the actor's office answers for: for the pages on which it is changed."""
    row = changeable_vacancies(actor).select_related("employer", "unit").filter(uid=vacancy_id).first()
    if row is None:
        raise not_yours_to_change()
    return row


def get_vacancy_for_change(*, actor: Actor, vacancy_id: UUID) -> Vacancy:
    """The vacancy, locked, inside the act's transaction. A row that only points to it need not wait."""
    row = changeable_vacancies(actor).select_for_update(of=("self",), no_key=True).filter(uid=vacancy_id).first()
    if row is None:
        raise not_yours_to_change()
    return row


def not_yours_to_change() -> NotThere:
    return NotThere("employment.vacancy_not_there", _("There is no such vacancy, or it is not yours to change."))


def get_employer(*, actor: Actor, employer_id: UUID) -> Employer:
    row = visible_employers(actor).select_related("unit").filter(uid=employer_id).first()
    if row is None:
        raise NotThere("employment.employer_not_there", _("There is no such employer, or it is not yours to see."))
    return row


def get_own_employer(*, actor: Actor, employer_id: UUID) -> Employer:
    """One that the actor's office keeps in touch with."""
    row = Employer.objects.filter(may_change(actor), uid=employer_id).select_related("unit").first()
    if row is None:
        raise NotThere("employment.employer_not_there", _("There is no such employer, or it is not yours to change."))
    return row


def get_employer_for_change(*, actor: Actor, employer_id: UUID) -> Employer:
    """Locked, inside the act's transaction: whoever keeps in touch with it."""
    row = Employer.objects.select_for_update(of=("self",)).filter(may_change(actor), uid=employer_id).first()
    if row is None:
        raise NotThere("employment.employer_not_there", _("There is no such employer, or it is not yours to change."))
    return row


def districts_of(actor: Actor) -> tuple[str, ...]:
    return tuple(sorted({f"/{path.strip('/').split('/')[0]}/" for path in actor.paths(*VACANCY_ROLES)}))
