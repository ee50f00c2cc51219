"""Certificates of service: those of one volunteer, and what a third party learns of one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate

from sunward.mentoring.certifying import certificate_index, mask_name
from sunward.mentoring.models import Mentor, ServiceCertificate
from sunward.mentoring.queries.service_hours import ServiceHours


@dataclass(frozen=True, slots=True)
class CertificateRow:
    uid: UUID
    number: str
    from_on: date
    until_on: date
    hours: str
    issued_on: date
    is_revoked: bool


@dataclass(frozen=True, slots=True)
class CertificateAnswer:
    """All that whoever holds the paper learns: what stands on it already, with the name masked."""

    number: str
    name: str
    from_on: date
    until_on: date
    visits: int
    hours: str
    issued_by: str
    issued_on: date
    is_revoked: bool


def list_certificates(mentor: Mentor) -> tuple[CertificateRow, ...]:
    """The latest first. One query."""
    found = mentor.certificates.order_by("-issued_at", "-pk").defer("content", "code")
    return tuple(
        CertificateRow(
            uid=row.uid,
            number=row.number,
            from_on=row.from_on,
            until_on=row.until_on,
            hours=ServiceHours(row.visits, row.minutes).hours,
            issued_on=localdate(row.issued_at),
            is_revoked=row.revoked_at is not None,
        )
        for row in found
    )


def find_certificate(*, number: str, code: str) -> CertificateAnswer | None:
    """None for a wrong number and for a wrong code alike."""
    row = ServiceCertificate.objects.filter(code_index=certificate_index(number, code)).first()
    if row is None:
        return None
    return CertificateAnswer(
        number=row.number,
        name=mask_name(str(row.content["name"])),
        from_on=row.from_on,
        until_on=row.until_on,
        visits=row.visits,
        hours=ServiceHours(row.visits, row.minutes).hours,
        issued_by=str(row.content["unit"]),
        issued_on=localdate(row.issued_at),
        is_revoked=row.revoked_at is not None,
    )
