"""What a jobseeker hears of a survey of wishes: that there is one, once."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from sunward.accounts.access import Actor
from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.employment.access.interests import asking_surveys
from sunward.employment.actions.jobseeker_links import link_for_message
from sunward.employment.models import InterestSurvey
from sunward.employment.own_pass import token_of
from sunward.employment.queries.interest_telling import ABOUT
from sunward.outreach.actions import write_personal
from sunward.outreach.enums import MessagePurpose


@transaction.atomic
def tell_of_survey(*, survey_pk: int, case_pk: int, actor: Actor, on: date, now: datetime) -> None:
    """One person; the file locked. Closed meanwhile, either of them, nobody is told."""
    case = Case.objects.select_for_update(of=("self",)).select_related("person", "unit").get(pk=case_pk)
    survey = asking_surveys(case).open(on=on).filter(pk=survey_pk).first()
    if case.state != CaseState.OPEN or survey is None:
        return
    _write(survey, case, actor=actor, on=on, now=now)


def _write(survey: InterestSurvey, case: Case, *, actor: Actor, on: date, now: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        lines = [
            _("What would you like to learn? We plan courses by what you wish: %(title)s.") % {"title": survey.title},
            _("You can answer until %(day)s, and change your answer until then.")
            % {"day": f"{survey.closes_on:%Y-%m-%d}"},
        ]
    link = link_for_message(case, actor=actor, on=on, now=now)
    write_personal(
        key=f"{ABOUT}:{survey.pk}:{case.pk}", purpose=MessagePurpose.GATHERING, reference=survey.reference,
        body="\n".join(lines), unit_path=case.unit_path, now=now, person_id=case.person_id, about=ABOUT,
        about_id=survey.pk, actor=actor,
        path=reverse("own_interest", args=[token_of(link), survey.uid]) if link is not None else "",
    )  # fmt: skip
