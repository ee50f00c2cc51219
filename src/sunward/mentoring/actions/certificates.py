"""Certificates of service: free of charge, whenever she asks, by whoever records it (Volunteer Service Regulations,
art. 19). The figures are those of the day of issue."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sunward.accounts.access import Actor
from sunward.core.bulk import reserve_ids
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.mentoring.access import CERTIFYING_ROLES, certifiable_mentors, certificate_not_there
from sunward.mentoring.actions.mentors import record_mentor_act
from sunward.mentoring.certifying import (
    CODE_HERE,
    CertificateWords,
    certificate_index,
    new_code,
    number_of,
    write_words,
)
from sunward.mentoring.enums import VettingKind, VettingResult
from sunward.mentoring.models import Mentor, ServiceCertificate
from sunward.mentoring.queries.certificates import CertificateAnswer, find_certificate
from sunward.mentoring.queries.service_hours import ServiceHours, read_service_hours

# So many wrong codes in so short a time are no clerk with a paper in hand.
WRONG_AT_MOST, WRONG_WITHIN = 60, timedelta(minutes=10)


@transaction.atomic
def issue_certificate(
    *, actor: Actor, mentor_id: UUID, from_on: date, until_on: date, address: str, on: date, now: datetime
) -> ServiceCertificate:
    """Certify a period, both days included. Pressed twice, it is one. `address`: where to ask about the code."""
    found = certifiable_mentors(actor).select_for_update(of=("self",)).select_related("person")
    mentor = found.filter(uid=mentor_id).first()
    if mentor is None:
        raise NotThere("mentoring.mentor_not_there", _("There is no such neighbour mom, or she is not yours to see."))
    if not from_on <= until_on <= on:
        raise Refusal("mentoring.period_impossible", _("The period ends after it begins, today at the latest."))
    served = read_service_hours(mentor, from_on=from_on, until_on=until_on)
    if not served.visits:
        raise Refusal("mentoring.nothing_to_certify", _("No visit was written down in this period."))
    figures = {"from_on": from_on, "until_on": until_on, "visits": served.visits, "minutes": served.minutes}
    twin = mentor.certificates.filter(**figures, revoked_at=None, issued_at__date=on).first()
    if twin is not None:
        return twin
    (pk,) = reserve_ids(ServiceCertificate, 1)
    number, code = number_of(pk, on=on), new_code()
    row = ServiceCertificate.objects.create(
        pk=pk, mentor=mentor, number=number, code=code, code_index=certificate_index(number, code), issued_at=now,
        issued_by_id=actor.user_id, **figures,
        content=_content(actor, mentor, served, from_on, until_on, number, address, on),
    )  # fmt: skip
    record_mentor_act(mentor, actor=actor, code="mentoring.certificate_issued", on=on, now=now, certificate=pk)
    return row


@transaction.atomic
def revoke_certificate(*, actor: Actor, certificate_id: UUID, on: date, now: datetime) -> ServiceCertificate:
    """It was wrong: whoever asks about its code is told that it counts no more."""
    found = ServiceCertificate.objects.filter(mentor__in=certifiable_mentors(actor), uid=certificate_id)
    row = found.select_for_update(of=("self",)).select_related("mentor").first()
    if row is None:
        raise certificate_not_there()
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by_id = now, actor.user_id
        row.save(update_fields=["revoked_at", "revoked_by_id"])
        record_mentor_act(
            row.mentor, actor=actor, code="mentoring.certificate_revoked", on=on, now=now, certificate=row.pk
        )
    return row


def check_certificate(*, number: str, code: str, now: datetime) -> CertificateAnswer | None:
    """What a third party learns; None if number and code do not belong together. Wrong tries are counted."""
    key = f"mentoring.certificate:{int(now.timestamp() // WRONG_WITHIN.total_seconds())}"
    wrong = cache.get(key, 0)
    if wrong >= WRONG_AT_MOST:
        raise Conflict(
            "mentoring.too_many_wrong_codes",
            _("Very many wrong codes were typed just now. Please try again in ten minutes."),
        )
    found = find_certificate(number=number, code=code)
    if found is None:
        cache.set(key, wrong + 1, timeout=int(WRONG_WITHIN.total_seconds()) * 2)
    return found


def _content(
    actor: Actor, mentor: Mentor, served: ServiceHours, from_on: date, until_on: date, number: str,
    address: str, on: date,
) -> dict[str, object]:  # fmt: skip
    """In the district's language, whoever issues it: it is shown to somebody else."""
    posts = (post for post in actor.posts if post.role in CERTIFYING_ROLES)
    unit = next((post.unit_name for post in posts if mentor.unit_path.startswith(post.unit_path)), "")
    trained = mentor.vetting_facts.filter(
        kind=VettingKind.TRAINING, result=VettingResult.CLEAR, happened_on__lte=until_on
    )
    days = sorted({fact.happened_on for fact in trained})
    with override(settings.LANGUAGE_CODE):
        period = _now("%(first)s to %(last)s") % {"first": _day(from_on), "last": _day(until_on)}
        words = CertificateWords(
            title=_now("Certificate of volunteer service"),
            body=[
                _now("%(name)s has served as a volunteer of the Neighbour Mom programme, unpaid, from %(period)s.")
                % {"name": mentor.person.name, "period": period}
            ],
            lines=[
                (_now("Number"), number),
                (_now("Volunteer"), mentor.person.name),
                (_now("Period"), period),
                (_now("What was done"), _now("Visiting and keeping company with a child, one to one")),
                (_now("Visits"), str(served.visits)),
                (_now("Hours of service, ways not counted"), served.hours),
                (_now("Trainings"), "、".join(_day(day) for day in days) or "—"),
            ],
            signed=[unit, _now("Issued by: %(name)s") % {"name": actor.name}, _day(on)],
            foot=[
                _now("Verification code: %(code)s") % {"code": CODE_HERE},
                _now("Whether this is genuine can be asked here: %(address)s") % {"address": address},
                _now("Issued free of charge under article 19 of the Volunteer Service Regulations."),
            ],
        )
    return write_words(words) | {"name": mentor.person.name, "unit": unit}


def _day(day: date) -> str:
    return date_format(day, "Y-m-d")
