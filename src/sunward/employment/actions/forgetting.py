"""Words about people of employers, which hang on no jobseeker's file: whom to call, and what was said on a visit."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import make_aware

from sunward.casework.keeping import years_before
from sunward.employment.models import EmployerVisit, FeedItem, Vacancy
from sunward.employment.rules import RETENTION_YEARS

AT_ONCE = 500


@transaction.atomic
def forget_contacts(*, on: date) -> int:
    """Of a block of vacancies that nobody has been able to offer for years; also as a feed told it. How many."""
    limit = years_before(on, RETENTION_YEARS)
    before = make_aware(datetime.combine(limit, time.min))
    never = Q(verified_until=None, made_at__lt=before)
    over = (Q(verified_until__lt=limit) | never) & (Q(valid_until=None) | Q(valid_until__lt=limit))
    held = ~Q(contact_name="") | ~Q(contact_phone="") | Q(pk__in=FeedItem.objects.exclude(told="").values("vacancy"))
    found = Vacancy.objects.select_for_update(of=("self",)).filter(over, held).order_by("pk")
    keys = list(found.values_list("pk", flat=True)[:AT_ONCE])
    Vacancy.objects.filter(pk__in=keys).update(contact_name="", contact_phone="")
    FeedItem.objects.filter(vacancy__in=keys).update(told="")
    return len(keys)


@transaction.atomic
def forget_visit_words(*, on: date) -> int:
    """That somebody was there stays, and what came of it; what was noted of a talk years ago does not."""
    old = EmployerVisit.objects.filter(happened_on__lt=years_before(on, RETENTION_YEARS)).exclude(learned="")
    return old.update(learned="")
