"""Why somebody is in a group or not: each rule's answer, condition by condition, and the groups set so far."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from sunward.casework.access import CASE_SUBJECT
from sunward.casework.models import Case
from sunward.core.furniture import Text, Tone
from sunward.core.wording import say_value
from sunward.employment.enums import ClientTagKind, TagEnd
from sunward.employment.models import ClientTag
from sunward.employment.queries.jobseekers import label
from sunward.employment.queries.tagging import read_block
from sunward.employment.tagging.answers import Missing, Verdict, Why
from sunward.employment.tagging.conditions import Condition
from sunward.employment.tagging.facts import ProfileFacts
from sunward.employment.tagging.rules import Rule, find_rule, rules_on
from sunward.ledger.queries import standing_facts

_TONES: dict[Verdict, Tone] = {Verdict.CAUGHT: "good", Verdict.NOT: "off", Verdict.UNKNOWN: "warn"}
# Ended by a person; what a rule ends is a fact of another kind.
ENDED = "employment.tag_ended"


@dataclass(frozen=True, slots=True)
class Check:
    words: str
    word: Text
    tone: Tone


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    title: str
    word: Text
    tone: Tone
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """`by`: whose word it is. `may_bring_back`: a person has ended it, and nothing has come in its place."""

    id: int
    kind: str
    from_on: date
    until_on: date | None
    why: str
    by: Text
    is_current: bool
    may_bring_back: bool


@dataclass(frozen=True, slots=True)
class JobseekerGroups:
    answers: tuple[RuleAnswer, ...]
    groups: tuple[GroupRow, ...]


def read_groups(case: Case, *, on: date) -> JobseekerGroups:
    """Four queries. `case` comes from the gate."""
    [file] = read_block([case.pk])
    tags = sorted(ClientTag.objects.filter(case=case), key=lambda tag: (tag.until_on is not None, -tag.pk))
    standing = {tag.kind for tag in tags if tag.until_on is None}
    facts = standing_facts().filter(subject_kind=CASE_SUBJECT, subject_id=case.pk, kind=ENDED)
    by_hand = {told.get("tag") for told in facts.values_list("attributes", flat=True)}
    return JobseekerGroups(
        answers=tuple(_answer(rule, file.facts, on=on) for rule in rules_on(on)),
        groups=tuple(_group(tag, tag.pk in by_hand and tag.kind not in standing) for tag in tags),
    )


def end_reasons(case: Case, tag_id: int) -> tuple[str, list[tuple[str, Text]]]:
    """The word of the group, and why it may be ended by a person; empty if it is not there or has ended."""
    tag = ClientTag.objects.filter(case=case, pk=tag_id).first()
    if tag is None:
        return "", []
    reasons = [TagEnd.MISTAKE] if tag.rule else list(TagEnd)
    return label(ClientTagKind, tag.kind), [(reason.value, reason.label) for reason in reasons]


def _answer(rule: Rule, facts: ProfileFacts, *, on: date) -> RuleAnswer:
    verdict = rule.judge(facts, on=on).verdict
    checks = tuple(_check(condition, facts, on=on) for condition in rule.conditions)
    return RuleAnswer(rule.title, verdict.label, _TONES[verdict], checks)


def _check(condition: Condition, facts: ProfileFacts, *, on: date) -> Check:
    answer = condition.decide(facts, on=on)
    if isinstance(answer, Why):
        return Check(condition.words, answer.label, "off")
    if isinstance(answer, Missing):
        return Check(condition.words, say_value(_("Not known"), answer.label), "warn")
    return Check(condition.words, _("Holds"), "good")


def _group(tag: ClientTag, may_bring_back: bool) -> GroupRow:
    rule = find_rule(tag.rule)
    return GroupRow(
        id=tag.pk,
        kind=label(ClientTagKind, tag.kind),
        from_on=tag.from_on,
        until_on=tag.until_on,
        why=label(TagEnd, tag.end_reason),
        by=say_value(_("By rule, version"), rule.version if rule else tag.rule) if tag.rule else _("By a person"),
        is_current=tag.until_on is None,
        may_bring_back=may_bring_back,
    )
