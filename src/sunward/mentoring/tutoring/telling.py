"""Who has to hear what of a tutoring: the student, and the guardian who agreed to it."""

from datetime import date, datetime

from sunward.mentoring.models import FamilyRefusal, Tutoring
from sunward.mentoring.tutoring.news import TutoringNews, TutoringNewsKind, tutoring_news
from sunward.people.enums import Purpose
from sunward.people.models import ConsentRecord, Guardianship


def tell_student(
    tutoring: Tutoring, kind: TutoringNewsKind, *, serial: object, now: datetime, begins_at: datetime | None = None
) -> None:
    _send(tutoring, kind, tutoring.mentor.person_id, serial=serial, now=now, begins_at=begins_at)


def tell_guardian(
    tutoring: Tutoring,
    kind: TutoringNewsKind,
    *,
    serial: object,
    on: date,
    now: datetime,
    begins_at: datetime | None = None,
) -> None:
    guardian = guardian_of(tutoring, on=on)
    if guardian is not None:
        _send(tutoring, kind, guardian, serial=serial, now=now, begins_at=begins_at)


def guardian_of(tutoring: Tutoring, *, on: date) -> int | None:
    """Whoever consented and still cares for the child; else the one who cares for it first. Nobody who was refused."""
    refused = FamilyRefusal.objects.filter(case=tutoring.case_id, lifted_at=None).values("guardian")
    caring = Guardianship.objects.current(on=on).filter(child_id=tutoring.case.person_id).exclude(guardian__in=refused)
    ordered = list(caring.order_by("-is_primary", "pk").values_list("guardian_id", flat=True))
    given = ConsentRecord.objects.valid(on=on).filter(person_id=tutoring.case.person_id, purpose=Purpose.TUTORING)
    consenting = set(given.values_list("given_by_id", flat=True))
    return next((guardian for guardian in ordered if guardian in consenting), next(iter(ordered), None))


def _send(
    tutoring: Tutoring, kind: TutoringNewsKind, person_id: int, *, serial: object, now: datetime,
    begins_at: datetime | None,
) -> None:  # fmt: skip
    news = TutoringNews(
        key=f"tutoring:{tutoring.pk}:{kind}:{person_id}:{serial}", kind=kind, tutoring_id=tutoring.pk,
        reference=tutoring.reference, person_id=person_id, unit_path=tutoring.unit_path, begins_at=begins_at,
    )  # fmt: skip
    tutoring_news.send(sender=Tutoring, news=news, now=now)
