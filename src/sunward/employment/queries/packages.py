"""How far each service package of a file is: which of its steps are done, left, or no longer needed."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext

from sunward.casework.access import CASE_SUBJECT
from sunward.casework.enums import FollowUpState
from sunward.casework.models import Case
from sunward.core.furniture import Text
from sunward.core.wording import join_words, say_value
from sunward.employment.enums import NextStep
from sunward.employment.packages import PACKAGES, PackageKind, PackageStep
from sunward.ledger.queries import standing_facts

STARTED = "employment.package_started"


@dataclass(frozen=True, slots=True)
class StepRow:
    id: int
    word: Text
    due_on: date
    is_done: bool
    is_due: bool


@dataclass(frozen=True, slots=True)
class PackageRow:
    kind: str
    title: Text
    started_on: date
    steps: tuple[StepRow, ...]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def wanted(self) -> int:
        """What is no longer needed is not counted."""
        return sum(step.is_done or step.is_due for step in self.steps)

    @property
    def is_running(self) -> bool:
        return any(step.is_due for step in self.steps)


def list_packages(case: Case) -> tuple[PackageRow, ...]:
    """Each kind as it was started last, the newest first. The ledger says which steps it made. Two queries."""
    told = standing_facts().filter(subject_kind=CASE_SUBJECT, subject_id=case.pk, kind=STARTED).order_by("-pk")
    newest = {fact.attributes["package"]: fact for fact in reversed(list(told))}
    if not newest:
        return ()
    follow_ups = {row.pk: row for row in case.follow_ups.all()}
    rows = []
    for kind, fact in newest.items():
        made = [follow_ups[pk] for pk in fact.attributes["follow_ups"] if pk in follow_ups]
        steps = tuple(
            StepRow(
                row.pk, NextStep(row.kind).label if row.kind in NextStep else row.kind, row.due_on,
                row.state == FollowUpState.DONE, row.state == FollowUpState.DUE,
            )
            for row in made
        )  # fmt: skip
        title = PackageKind(kind).label if kind in PackageKind else kind
        rows.append(PackageRow(kind, title, fact.happened_on, steps))
    return tuple(sorted(rows, key=lambda row: (not row.is_running, -row.started_on.toordinal())))


def package_choices() -> list[tuple[str, str]]:
    """Each with its steps and days, so that nobody has to know them by heart. In the language of the moment."""
    return [(kind.value, say_value(kind.label, join_words(map(_say, steps)))) for kind, steps in PACKAGES.items()]


def _say(step: PackageStep) -> str:
    return ngettext("%(step)s within %(days)s day", "%(step)s within %(days)s days", step.days) % {
        "step": step.kind.label, "days": step.days,
    }  # fmt: skip
