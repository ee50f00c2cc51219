"""Service packages: next steps that belong together, with their days. Several can be started at once.

A package only writes steps on the list of whoever keeps the file: each is done, dropped and undone like any other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.employment.enums import NextStep


class PackageKind(models.TextChoices):
    GUIDANCE = "guidance", pgettext_lazy("service package", "Guidance")
    RECOMMENDATION = "recommendation", pgettext_lazy("service package", "Recommendation")
    POLICY = "policy", pgettext_lazy("service package", "Policies")
    TRAINING = "training", _("Training or traineeship")
    FIRST_HELP = "first_help", _("Guidance and recommendation")
    LONG_WITHOUT_WORK = "long_without_work", _("Long without work")


@dataclass(frozen=True, slots=True)
class PackageStep:
    """`days`: by when, counted from the day on which the package is started."""

    kind: NextStep
    days: int

    def stands_for(self, later: "PackageStep") -> bool:
        """The same within a week: nobody is called twice for two packages."""
        return self.kind == later.kind and 0 <= later.days - self.days < 7


_GUIDANCE = (PackageStep(NextStep.MEET, 3), PackageStep(NextStep.CALL, 10))
_RECOMMENDATION = (PackageStep(NextStep.VACANCIES, 7), PackageStep(NextStep.CALL, 14))
_POLICY = (PackageStep(NextStep.POLICY, 5), PackageStep(NextStep.PAPERS, 14))
_TRAINING = (PackageStep(NextStep.TRAINING, 14), PackageStep(NextStep.CALL, 21))


def compose(packages: Iterable[Iterable[PackageStep]]) -> tuple[PackageStep, ...]:
    """Their steps in the order of their days; a step that several ask for within a week is taken once, the earliest."""
    found: list[PackageStep] = []
    for step in sorted((step for steps in packages for step in steps), key=lambda step: step.days):
        if not any(other.stands_for(step) for other in found):
            found.append(step)
    return tuple(found)


PACKAGES: Mapping[PackageKind, tuple[PackageStep, ...]] = {
    PackageKind.GUIDANCE: _GUIDANCE,
    PackageKind.RECOMMENDATION: _RECOMMENDATION,
    PackageKind.POLICY: _POLICY,
    PackageKind.TRAINING: _TRAINING,
    PackageKind.FIRST_HELP: compose([_GUIDANCE, _RECOMMENDATION]),
    PackageKind.LONG_WITHOUT_WORK: compose([_GUIDANCE, _POLICY, _TRAINING, _RECOMMENDATION]),
}
