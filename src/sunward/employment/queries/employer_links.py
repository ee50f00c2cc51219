"""An employer's link as the office sees it."""

from datetime import date

from sunward.employment.models import Employer, EmployerLink


def find_employer_link(employer: Employer, *, on: date) -> EmployerLink | None:
    """The link that stands; also one that wrong codes have shut."""
    return EmployerLink.objects.filter(employer=employer, revoked_at=None, expires_on__gt=on).first()
