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
    MENTOR = "mentor", _("Neighbour mom")
    LEADER = "leader", _("Leader (figures only)")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("System administrator")


# Roles that work with children's files in their unit and everything below it.
CASEWORK_ROLES = (Role.DISTRICT_OFFICER, Role.SUPERVISOR, Role.WORKER)
