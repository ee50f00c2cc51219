from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    DISTRICT = "district", _("District")
    DEPARTMENT = "department", _("Department")
    SUBDISTRICT = "subdistrict", _("Sub-district")
    COMMITTEE = "committee", _("Neighbourhood committee")
    SERVICE_POINT = "service_point", _("Service point")


class Role(models.TextChoices):
    """What a person does, always together with a unit and dates."""

    DISTRICT_OFFICER = "district_officer", _("District programme officer")
    SUPERVISOR = "supervisor", _("Sub-district child-welfare supervisor")
    WORKER = "worker", _("Committee child-welfare worker")
    EMPLOYMENT_OFFICER = "employment_officer", _("Employment officer")
    MENTOR = "mentor", _("Neighbour mom")
    EXPERT = "expert", _("Expert")
    # Keeps meetings and plans in the district, follows its own unit's work elsewhere; sees no person's file.
    PLAN_OFFICER = "plan_officer", _("Plan officer")
    LEADER = "leader", _("Leader (figures and approved plans)")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("System administrator")


# Roles that work with children's files in their unit and everything below it.
CASEWORK_ROLES = (Role.DISTRICT_OFFICER, Role.SUPERVISOR, Role.WORKER)


class LockReason(models.TextChoices):
    """Why an account is locked: a code, since the record of acts holds no free words about a person."""

    LEFT = "left", _("No longer works here")
    LOST = "lost", _("Telephone or password lost")
    SUSPICION = "suspicion", _("Somebody else may be using it")
    MISUSE = "misuse", _("Misuse")
    OTHER = "other", _("Other")


class AbsenceReason(models.TextChoices):
    """Why somebody is away: only what whoever stands in has to know."""

    LEAVE = "leave", _("On leave")
    ILL = "ill", _("Ill")
    TRAINING = "training", _("At a training")
    OTHER = "other", _("Away")


# Whoever holds one of these holds nothing else: who runs the system sees no file, who audits is audited by nobody here.
SOLITARY_ROLES = (Role.ADMINISTRATOR, Role.AUDITOR)
# Where a post may be: a worker belongs to a committee, a supervisor to a sub-district.
UNITS_OF_ROLE: dict[Role, tuple[UnitKind, ...]] = {
    Role.DISTRICT_OFFICER: (UnitKind.DISTRICT,),
    Role.SUPERVISOR: (UnitKind.SUBDISTRICT,),
    Role.WORKER: (UnitKind.COMMITTEE,),
    Role.EMPLOYMENT_OFFICER: (UnitKind.DISTRICT, UnitKind.SUBDISTRICT, UnitKind.SERVICE_POINT),
    Role.MENTOR: (UnitKind.SUBDISTRICT, UnitKind.COMMITTEE, UnitKind.SERVICE_POINT, UnitKind.DISTRICT),
    Role.EXPERT: (UnitKind.DISTRICT, UnitKind.DEPARTMENT),
    Role.PLAN_OFFICER: (UnitKind.DISTRICT, UnitKind.DEPARTMENT, UnitKind.SUBDISTRICT),
    Role.LEADER: (UnitKind.DISTRICT, UnitKind.DEPARTMENT, UnitKind.SUBDISTRICT),
    Role.AUDITOR: (UnitKind.DISTRICT,),
    Role.ADMINISTRATOR: (UnitKind.DISTRICT,),
}
