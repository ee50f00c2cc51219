"""What a need suggests as a goal: a sentence to change, and the service that usually leads there."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sunward.casework.enums import ServiceKind
from sunward.core.furniture import Text
from sunward.mentoring.enums import NeedKind


@dataclass(frozen=True, slots=True)
class Suggestion:
    words: Text
    service_kind: str


SUGGESTIONS: Mapping[str, Suggestion] = {
    NeedKind.COMPANIONSHIP.value: Suggestion(
        _("Every week somebody has time for the child"), ServiceKind.COMPANIONSHIP
    ),
    NeedKind.TUTORING.value: Suggestion(_("Keeps up with the class in the subject that is hard"), ServiceKind.TUTORING),
    NeedKind.COUNSELLING.value: Suggestion(
        _("Can talk about what weighs on the child, and sleeps well again"), ServiceKind.COUNSELLING
    ),
    NeedKind.DAILY_CARE.value: Suggestion(
        _("Warm meals, clean clothes and somebody at home after school"), ServiceKind.HOME_VISIT
    ),
    NeedKind.HEALTH.value: Suggestion(_("Is examined and treated"), ServiceKind.RESOURCE_LINKING),
    NeedKind.FINANCIAL_AID.value: Suggestion(
        _("Every benefit the family is entitled to is applied for"), ServiceKind.RESOURCE_LINKING
    ),
    NeedKind.FAMILY_EDUCATION.value: Suggestion(
        _("The carer talks with the child without shouting or hitting"), ServiceKind.FAMILY_EDUCATION
    ),
    NeedKind.INTERESTS.value: Suggestion(
        _("Goes to something regularly that the child enjoys"), ServiceKind.COMPANIONSHIP
    ),
    NeedKind.CAREER_PLANNING.value: Suggestion(
        _("Knows what comes after school and what it takes"), ServiceKind.COMPANIONSHIP
    ),
    NeedKind.LEGAL_AID.value: Suggestion(
        _("The question of law is settled with a lawyer"), ServiceKind.RESOURCE_LINKING
    ),
    NeedKind.SAFETY_EDUCATION.value: Suggestion(
        _("Knows whom to call and what to do in danger"), ServiceKind.HOME_VISIT
    ),
}


def suggest(need: str) -> Suggestion:
    """Of other needs nothing can be guessed."""
    return SUGGESTIONS.get(need, Suggestion("", ""))
