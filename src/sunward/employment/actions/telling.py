"""The message by which a jobseeker hears of a vacancy: what it is, and how to answer."""

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from sunward.accounts.access import Actor
from sunward.employment.actions.jobseeker_links import link_for_message
from sunward.employment.models import Recommendation
from sunward.employment.own_pass import token_of
from sunward.employment.vacancies.wording import ANNOUNCED_COLUMNS, describe
from sunward.outreach.actions import write_personal
from sunward.outreach.enums import MessagePurpose

ABOUT = "employment.recommendation"


def tell_of_vacancy(row: Recommendation, *, actor: Actor, on: date, now: datetime) -> None:
    """Once for each recommendation. It says what stands in the advert, and nothing of the person."""
    told = {name: _read(row, column) for name, column in ANNOUNCED_COLUMNS.items()}
    with override(settings.LANGUAGE_CODE):
        body = _(
            "A vacancy that may suit you:\n%(vacancy)s\nTell your employment officer whether you would like it."
        ) % {"vacancy": describe(told)}
    link = link_for_message(row.case, actor=actor, on=on, now=now)
    path = reverse("own_vacancy", args=[token_of(link), row.uid]) if link is not None else ""
    write_personal(
        key=f"recommendation:{row.pk}:told", purpose=MessagePurpose.RECOMMENDATION, reference=row.vacancy.reference,
        body=body, unit_path=row.unit_path, now=now, person_id=row.case.person_id, about=ABOUT, about_id=row.pk,
        actor=actor, path=path,
    )  # fmt: skip


def _read(row: Recommendation, column: str) -> object:
    found: object = row.vacancy
    for name in column.split("__"):
        found = getattr(found, name)
    return found
