"""Putting files into groups and taking them out by rule, in blocks; a group that a person has set is left alone."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from sunward.accounts.auditing import SYSTEM, record_act
from sunward.core.bulk import insert_rows, update_rows
from sunward.employment.enums import JobseekerCloseReason, TagEnd
from sunward.employment.models import ClientTag
from sunward.employment.queries.tagging import OpenTag, ToJudge, lock_files, read_block
from sunward.employment.tagging.answers import Verdict
from sunward.employment.tagging.rules import RULES, Rule, rules_on
from sunward.ledger.actions import NewFact, record_many

SET, ENDED = "employment.tag_set_by_rule", "employment.tag_ended_by_rule"
JUDGED = "employment.tags_judged"
# Facts that come by themselves: whoever asks whether anybody has done anything with a file leaves these out.
BY_RULE = (SET, ENDED)
# Files in one transaction: some 100 ms of work, and few enough that nobody waits for the locks.
BLOCK = 1000
# Why the groups of a closed file end. A file opened by mistake is another matter than a group set by mistake.
OF_CLOSED = {
    JobseekerCloseReason.AT_WORK.value: TagEnd.AT_WORK,
    JobseekerCloseReason.MOVED.value: TagEnd.MOVED,
}


class Setting(NamedTuple):
    file: ToJudge
    rule: Rule


class Ending(NamedTuple):
    file: ToJudge
    tag: OpenTag
    reason: TagEnd


class Done(NamedTuple):
    """How many groups were entered and left."""

    set: int
    ended: int


@transaction.atomic
def judge_files(case_ids: Sequence[int], *, on: date, now: datetime, rules: Sequence[Rule] = RULES) -> Done:
    """Judge these files by the rules of the day. Again on the same day, or by two at once, nothing is left to do."""
    in_force = rules_on(on, rules)
    settings, endings = [], []
    for file in read_block(lock_files(case_ids)):
        entered, left = changes_of(file, in_force, on=on)
        settings += entered
        endings += left
    if settings or endings:
        _write(settings, endings, on=on, now=now)
        record_act(actor=SYSTEM, code=JUDGED, now=now, set=len(settings), ended=len(endings))
    return Done(len(settings), len(endings))


def changes_of(file: ToJudge, in_force: Sequence[Rule], *, on: date) -> tuple[list[Setting], list[Ending]]:
    """What is to be entered and left. Who is not known to be out stays in: what is missing ends nothing."""
    by_rule = {kind: tag for kind, tag in file.tags.items() if tag.rule}
    if not file.is_open:
        reason = OF_CLOSED.get(file.close_reason, TagEnd.RULE)
        return [], [Ending(file, tag, reason) for tag in by_rule.values()]
    entered: list[Setting] = []
    left: list[Ending] = []
    for rule in in_force:
        judged = rule.judge(file.facts, on=on)
        tag = by_rule.pop(rule.kind, None)
        if judged.verdict is Verdict.CAUGHT and rule.kind not in file.tags and rule.kind not in file.mistaken:
            entered.append(Setting(file, rule))
        if judged.verdict is Verdict.NOT and tag is not None:
            left.append(Ending(file, tag, judged.end_reason))
    # A group whose rule is no longer in force.
    left += [Ending(file, tag, TagEnd.RULE) for tag in by_rule.values()]
    return entered, left


def _write(settings: Sequence[Setting], endings: Sequence[Ending], *, on: date, now: datetime) -> None:
    insert_rows(
        ClientTag,
        ("case_id", "kind", "from_on", "rule"),
        [(one.file.case_id, str(one.rule.kind), on, one.rule.key) for one in settings],
    )
    update_rows(ClientTag, ("until_on", "end_reason"), [(one.tag.id, on, str(one.reason)) for one in endings])
    facts = [_fact(SET, one.file, on, kind=str(one.rule.kind), rule=one.rule.key) for one in settings]
    facts += [
        _fact(ENDED, one.file, on, kind=one.tag.kind, rule=one.tag.rule, reason=str(one.reason)) for one in endings
    ]
    record_many(facts, now=now)


def _fact(code: str, file: ToJudge, on: date, **attributes: str) -> NewFact:
    return NewFact(
        kind=code, subject_kind="case", subject_id=file.case_id, happened_on=on, person_id=file.person_id,
        unit_id=file.unit_id, unit_path=file.unit_path, attributes=attributes,
    )  # fmt: skip
