"""The message by which a jobseeker hears of a vacancy: what it is, and how to answer."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from sunward.accounts.access import Actor
from sunward.employment.actions.jobseeker_links import link_for_message
from sunward.employment.models import Recommendation
from sunward.employment.own_pass import token_of
from sunward.employment.vacancies.wording import ANNOUNCED_COLUMNS, describe
from sunward.outreach.actions import write_personal
from sunward.outreach.enums import MessagePurpose

ABOUT, ABOUT_LIST = "employment.recommendation", "employment.shortlist"


def tell_of_vacancy(row: Recommendation, *, actor: Actor, on: date, now: datetime) -> None:
    """Once for each recommendation. It says what stands in the advert, and nothing of the person."""
    with override(settings.LANGUAGE_CODE):
        body = _(
            "A vacancy that may suit you:\n%(vacancy)s\nTell your employment officer whether you would like it."
        ) % {"vacancy": describe(_values(row))}
    link = link_for_message(row.case, actor=actor, on=on, now=now)
    path = reverse("own_vacancy", args=[token_of(link), row.uid]) if link is not None else ""
    write_personal(
        key=f"recommendation:{row.pk}:told", purpose=MessagePurpose.RECOMMENDATION, reference=row.vacancy.reference,
        body=body, unit_path=row.unit_path, now=now, person_id=row.case.person_id, about=ABOUT, about_id=row.pk,
        actor=actor, path=path,
    )  # fmt: skip


def tell_of_list(rows: Sequence[Recommendation], *, run_pk: int, actor: Actor, on: date, now: datetime) -> None:
    """One message for a whole list, once: `rows` are of one person, and not empty."""
    first = rows[0]
    link = link_for_message(first.case, actor=actor, on=on, now=now)
    with override(settings.LANGUAGE_CODE):
        head = ngettext("%(count)d vacancy may suit you:", "%(count)d vacancies may suit you:", len(rows))
        said = [head % {"count": len(rows)}, *(describe(_values(row)) for row in rows)]
        body = "\n".join([*said, _("Tell your employment officer whether you would like one.")])
    write_personal(
        key=f"shortlist:{run_pk}:{first.case_id}", purpose=MessagePurpose.RECOMMENDATION,
        reference=first.vacancy.reference, body=body, unit_path=first.unit_path, now=now,
        person_id=first.case.person_id, about=ABOUT_LIST, about_id=run_pk, actor=actor,
        path=reverse("own_page", args=[token_of(link)]) if link is not None else "",
    )  # fmt: skip


def _values(row: Recommendation) -> dict[str, object]:
    return {name: _read(row, column) for name, column in ANNOUNCED_COLUMNS.items()}


def _read(row: Recommendation, column: str) -> object:
    found: object = row.vacancy
    for name in column.split("__"):
        found = getattr(found, name)
    return found
