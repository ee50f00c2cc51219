"""Ways in without an account: a jobseeker's to the own page, an employer's to the own vacancies."""

from django.db import models
from django.db.models import Q

from sunward.casework.models import Case
from sunward.core.classification import classified
from sunward.core.models import Keyed
from sunward.employment.models.vacancies import Employer


@classified(internal="id uid case made_at made_by_id expires_on revoked_at last_opened_at failures")
class JobseekerLink(Keyed):
    """A jobseeker's way to the own page: a link, and the end of the own telephone number that only they know.

    The address is the signed uid, so that a message can lead to it and the database alone opens nothing. It ends with
    the file, on its day, or when somebody revokes it; `failures` counts wrong answers to the question behind it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="jobseeker_links", db_index=False)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField()
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_opened_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(revoked_at=None), name="one_link_of_a_jobseeker")
        ]


@classified(internal="id uid employer code_index made_at made_by_id expires_on revoked_at last_opened_at failures")
class EmployerLink(Keyed):
    """An employer's way to the own vacancies: a signed link, and a code that the office says on the telephone."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="links")
    code_index = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField()
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_opened_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
