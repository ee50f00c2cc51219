"""Policies: every change is a new version, with a note; none is ever edited or lost."""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sunward.accounts.access import Actor
from sunward.accounts.auditing import SYSTEM, record_act
from sunward.audit.chain import Subject
from sunward.core.refusals import Conflict, NotAllowed, Refusal
from sunward.core.wording import join_sentences
from sunward.ledger.actions import NewFact, record_fact
from sunward.matching.access import POLICY_ROLES, get_policy
from sunward.matching.declaration import Declaration, declaration_of, declarations
from sunward.matching.models import Policy, PolicyVersion
from sunward.matching.solving import Content, find_faults
from sunward.matching.words import say_finding
from sunward_match.faults import InputError
from sunward_match.pairing import write_policy

POLICY_SUBJECT = "matching_policy"


@transaction.atomic
def save_policy(
    *, actor: Actor, policy_id: UUID, base: int, content: Content, note: str, on: date, now: datetime
) -> PolicyVersion:
    """A new version. `base` is the number of the version that the person saw when beginning."""
    if not actor.has(*POLICY_ROLES):
        raise NotAllowed("matching.policy_not_yours", _("Only the district's officers change how matching is done."))
    policy = Policy.objects.select_for_update().get(pk=get_policy(actor=actor, policy_id=policy_id).pk)
    newest = policy.versions.first()
    assert newest is not None, "a policy is never without a version"
    if newest.number != base:
        raise Conflict("matching.policy_changed", _("Somebody else has just changed this policy. See what, then save."))
    refuse_faults(content, declaration_of(policy.programme))
    if content == newest.content:
        raise Refusal("matching.nothing_changed", _("Nothing was changed, so there is nothing to save."))
    version = PolicyVersion.objects.create(
        policy=policy, number=newest.number + 1, content=content, note=note.strip()[:200], made_by_id=actor.user_id,
        made_at=now,
    )  # fmt: skip
    record_fact(
        NewFact(
            kind="matching.policy_saved", subject_kind=POLICY_SUBJECT, subject_id=policy.pk, happened_on=on,
            actor_id=actor.user_id, unit_path=actor.unit_path, attributes={"version": version.number},
        ),
        now=now,
    )  # fmt: skip
    record_act(
        actor=actor, code="matching.policy_saved", now=now, subject=Subject(POLICY_SUBJECT, policy.pk),
        number=version.number,
    )  # fmt: skip
    return version


def refuse_faults(content: Content, declaration: Declaration) -> None:
    """Everything that is wrong with a policy, at once."""
    try:
        faults = [fault for fault in find_faults(content, declaration) if not fault.is_warning]
    except InputError as error:
        faults = list(error.faults)
    required = {rule.code for rule in declaration.rules if rule.is_law}
    missing = required - {entry.get("code") for entry in content.get("rules", ())}
    sentences = [say_finding(fault.code, dict(fault.data), declaration) for fault in faults]
    sentences += [
        str(_("“%(rule)s” is required and cannot be switched off.")) % {"rule": rule.holds}
        for rule in declaration.rules
        if rule.code in missing
    ]
    if sentences:
        raise Refusal("matching.policy_faulty", join_sentences(sentences))


@transaction.atomic
def ensure_policies(*, now: datetime) -> None:
    """Every programme begins with the policy it declares; what is there already gets only the laws it lacks."""
    for declaration in declarations().values():
        standing = Policy.objects.select_for_update().filter(programme=declaration.code)
        for policy in standing:
            _add_laws(policy, declaration, now=now)
        if standing:
            continue
        with override(settings.LANGUAGE_CODE):
            name = str(declaration.default_name)
        policy = Policy.objects.create(programme=declaration.code, name=name)
        PolicyVersion.objects.create(
            policy=policy, number=1, content=write_policy(declaration.default_policy), made_at=now
        )


def _add_laws(policy: Policy, declaration: Declaration, *, now: datetime) -> None:
    """A law that was declared after the policy was saved holds from now on: as a new version, which shows what came.

    Saved long ago, it would otherwise be matched without the law until an officer happened to save it again.
    """
    newest = policy.versions.first()
    assert newest is not None, "a policy is never without a version"
    held = {entry["code"] for entry in newest.content["rules"]}
    laws = {rule.code for rule in declaration.rules if rule.is_law} - held
    if not laws:
        return
    declared = write_policy(declaration.default_policy)["rules"]
    content = {**newest.content, "rules": [*newest.content["rules"], *(one for one in declared if one["code"] in laws)]}
    with override(settings.LANGUAGE_CODE):
        note = str(_("Required by law or for safety since an update of Sunward."))
    version = PolicyVersion.objects.create(
        policy=policy, number=newest.number + 1, content=content, note=note, made_at=now
    )
    record_act(
        actor=SYSTEM, code="matching.policy_saved", now=now, subject=Subject(POLICY_SUBJECT, policy.pk),
        number=version.number,
    )  # fmt: skip
