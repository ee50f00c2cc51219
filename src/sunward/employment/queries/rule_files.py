"""Lists behind the figures of a rule: whom it cannot judge, and who would come in or leave by another version."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.db.models import Count, Exists, OuterRef, Q, TextChoices
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.casework.models import Case, CaseQuerySet
from sunward.core.refusals import NotThere
from sunward.core.tables import Column, LedgerPage, read_ledger
from sunward.core.wording import join_words
from sunward.employment.enums import Situation
from sunward.employment.models import ClientTag
from sunward.employment.queries.jobseekers import label
from sunward.employment.queries.rule_states import HOLDS, HOLDS_NOT, UNKNOWN, missing_of, with_states
from sunward.employment.queries.tagging import read_block
from sunward.employment.tagging.answers import Missing
from sunward.employment.tagging.facts import ProfileFacts
from sunward.employment.tagging.rules import RULES, Judgement, Rule, rules_on

COLUMNS = (
    Column("name", _("Jobseeker"), ("person__name_key",)),
    Column("because", pgettext_lazy("rule", "Why")),
    Column("age", _("Age"), ("-person__birth_date",), "number"),
    Column("situation", _("Situation")),
    Column("unit", _("Sub-district or committee"), ("unit_path",)),
)
DEFAULT_ORDER = "unit"
Because = Callable[[ProfileFacts], str]


class Change(TextChoices):
    """What another version of a rule would change, seen from the version in force."""

    COMES = "comes", pgettext_lazy("by another version", "Would come in")
    LEAVES = "leaves", pgettext_lazy("by another version", "Would leave")
    UNSURE = "unsure", pgettext_lazy("by another version", "Could not be judged any more; stay for now")
    STAYS = "stays", pgettext_lazy("by another version", "Would stay")


_CHANGES: Mapping[str, Q] = {
    Change.COMES: Q(new_verdict=HOLDS) & ~Q(old_verdict=HOLDS),
    Change.LEAVES: Q(new_verdict=HOLDS_NOT, old_verdict=HOLDS),
    Change.UNSURE: Q(new_verdict=UNKNOWN, old_verdict=HOLDS),
    Change.STAYS: Q(new_verdict=HOLDS, old_verdict=HOLDS),
}


@dataclass(frozen=True, slots=True)
class RuleFile:
    uid: str
    reference: str
    name: str
    age: int | None
    situation: str
    unit_name: str
    because: str


def rule_in_force(kind: str, *, on: date) -> Rule:
    found = next((rule for rule in rules_on(on) if rule.kind == kind), None)
    if found is None:
        raise _no_such_rule()
    return found


def rule_of_version(kind: str, version: str) -> Rule:
    found = next((rule for rule in RULES if rule.kind == kind and rule.version == version), None)
    if found is None:
        raise _no_such_rule()
    return found


def _no_such_rule() -> NotThere:
    return NotThere("employment.rule_not_there", _("There is no such rule. Look at the list of rules again."))


def list_lacking(files: CaseQuerySet, rule: Rule, lack: str, *, on: date) -> CaseQuerySet:
    """Of the open files those that this rule cannot judge because this is not known."""
    unknown = Q(pk__in=[])
    for name, what in missing_of(rule).items():
        if what == lack:
            unknown |= Q(**{name: UNKNOWN})
    judged: Any = with_states(files.open(), rule, on=on)
    return cast(CaseQuerySet, judged.filter(unknown, verdict=UNKNOWN))


def compare(files: CaseQuerySet, old: Rule, new: Rule, *, on: date) -> CaseQuerySet:
    """The open files judged by both versions. Whom a person has put into the group no version moves."""
    by_hand = ClientTag.objects.filter(case=OuterRef("pk"), kind=old.kind, until_on=None, rule="")
    found = files.open().exclude(Exists(by_hand))
    return with_states(with_states(found, old, on=on, prefix="old_"), new, on=on, prefix="new_")


def count_changes(compared: CaseQuerySet) -> dict[Change, int]:
    """One query."""
    counted = compared.aggregate(**{str(change): Count("pk", filter=_CHANGES[change]) for change in Change})
    return {change: counted[change] for change in Change}


def list_changed(compared: CaseQuerySet, change: Change) -> CaseQuerySet:
    return compared.filter(_CHANGES[change])


def read_rule_files(files: CaseQuerySet, *, asked: QueryDict, because: Because, on: date) -> LedgerPage[RuleFile]:
    """A page of them with why each is on it, judged from the facts of its own file: two queries more."""
    listed = files.select_related("person", "unit")
    page: LedgerPage[Any] = read_ledger(listed, asked=asked, columns=COLUMNS, order=DEFAULT_ORDER, shape=_itself)
    facts = {file.case_id: file.facts for file in read_block([case.pk for case in page.rows])}
    rows = [_row(case, facts[case.pk], because, on) for case in page.rows if case.pk in facts]
    return cast(LedgerPage[RuleFile], replace(page, rows=rows))


def say_missing(judged: Judgement) -> str:
    return join_words(Missing(one).label for one in judged.missing)


def say_change(old: Rule, new: Rule, *, on: date) -> Because:
    """What the version in force said where the other one catches, else what the other one says."""

    def say(facts: ProfileFacts) -> str:
        by_new = new.judge(facts, on=on)
        judged = by_new if by_new.why or by_new.missing else old.judge(facts, on=on)
        return join_words(one.label for one in (*judged.why, *judged.missing))

    return say


def _itself(case: Case) -> Case:
    return case


def _row(case: Case, facts: ProfileFacts, because: Because, on: date) -> RuleFile:
    return RuleFile(
        uid=str(case.uid),
        reference=case.reference,
        name=case.person.name,
        age=case.person.age_on(on),
        situation=label(Situation, facts.situation),
        unit_name=case.unit.short_name,
        because=because(facts),
    )
