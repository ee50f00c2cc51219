"""Policies in words: their versions, what differs between two, and what a preview found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext

from sunward.accounts.access import Actor
from sunward.accounts.models import User
from sunward.core.furniture import Tone
from sunward.matching.access import visible_policies
from sunward.matching.declaration import Declaration, Described, declaration_of
from sunward.matching.models import Policy, PolicyVersion, Run
from sunward.matching.queries.proposals import tier_tone
from sunward.matching.queries.runs import say_findings

Text = str | Promise
MOST_CHANGES_SHOWN = 300


@dataclass(frozen=True, slots=True)
class PolicyRow:
    uid: UUID
    name: str
    programme: Text
    version: int
    made_at: datetime
    made_by: str
    note: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    number: int
    made_at: datetime
    made_by: str
    note: str
    changes: tuple[str, ...]
    is_newest: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One child whose match a draft would change; None where there was or would be nobody."""

    left: Described | None
    tier_word: Text
    tier_tone: Tone
    before: Described | None
    after: Described | None
    had: bool
    has: bool
    fit_before: float | None
    fit_after: float | None


@dataclass(frozen=True, slots=True)
class PreviewPage:
    changes: tuple[ChangeRow, ...]
    changes_total: int
    gained: int
    lost: int
    other: int
    same: int
    served_before: int
    served_after: int
    words: tuple[str, ...]
    findings: tuple[str, ...]


def list_policies(actor: Actor) -> tuple[PolicyRow, ...]:
    """Every policy with its newest version. Three queries."""
    policies = visible_policies(actor).prefetch_related("versions").order_by("programme", "name")
    newest = [(policy, policy.versions.all()[0]) for policy in policies]
    makers = _makers(version for _policy, version in newest)
    return tuple(
        PolicyRow(
            uid=policy.uid,
            name=policy.name,
            programme=declaration_of(policy.programme).name,
            version=version.number,
            made_at=version.made_at,
            made_by=makers.get(version.made_by_id, ""),
            note=version.note,
        )
        for policy, version in newest
    )


def newest_version(policy: Policy) -> PolicyVersion:
    version = policy.versions.first()
    assert version is not None, "a policy is never without a version"
    return version


def get_version(policy: Policy, number: int) -> PolicyVersion:
    return policy.versions.filter(number=number).first() or newest_version(policy)


def list_versions(policy: Policy) -> tuple[VersionRow, ...]:
    """Newest first, each with what it changed. Two queries."""
    versions = list(policy.versions.all())
    makers = _makers(versions)
    declaration = declaration_of(policy.programme)
    earlier: Sequence[PolicyVersion | None] = [*versions[1:], None]
    return tuple(
        VersionRow(
            number=version.number,
            made_at=version.made_at,
            made_by=makers.get(version.made_by_id, ""),
            note=version.note,
            changes=say_differences(before.content, version.content, declaration) if before else (),
            is_newest=version is versions[0],
        )
        for version, before in zip(versions, earlier, strict=True)
    )


def say_differences(before: Mapping[str, Any], after: Mapping[str, Any], declaration: Declaration) -> tuple[str, ...]:
    """What differs between two policies, in sentences."""
    said = [
        *_rule_differences(before, after, declaration),
        *_weight_differences(before, after, declaration),
        *_other_differences(before, after, declaration),
    ]
    return tuple(said)


def _rule_differences(before: Mapping[str, Any], after: Mapping[str, Any], declaration: Declaration) -> list[str]:
    was, now = _by_code(before, "rules"), _by_code(after, "rules")
    said = []
    for rule in declaration.rules:
        if rule.code in now and rule.code not in was:
            said.append(gettext("Rule switched on: %(rule)s") % {"rule": rule.holds})
        elif rule.code in was and rule.code not in now:
            said.append(gettext("Rule switched off: %(rule)s") % {"rule": rule.holds})
        elif rule.code in was:
            said += _setting_differences(
                rule.holds,
                rule.parameter_words,
                was[rule.code].get("parameters", {}),
                now[rule.code].get("parameters", {}),
            )
    return said


def _weight_differences(before: Mapping[str, Any], after: Mapping[str, Any], declaration: Declaration) -> list[str]:
    was, now = _by_code(before, "criteria"), _by_code(after, "criteria")
    said = []
    for soft in declaration.criteria:
        old, new = was.get(soft.code, {}), now.get(soft.code, {})
        if float(old.get("weight", 0)) != float(new.get("weight", 0)):
            text = gettext("“%(label)s”: weight %(before)g → %(after)g")
            said.append(text % {"label": soft.label, "before": old.get("weight", 0), "after": new.get("weight", 0)})
        said += _setting_differences(
            soft.label, soft.parameter_words, old.get("parameters", {}), new.get("parameters", {})
        )
    return said


def _other_differences(before: Mapping[str, Any], after: Mapping[str, Any], declaration: Declaration) -> list[str]:
    said = []
    if before.get("columns", {}).get("tier") != after.get("columns", {}).get("tier"):
        by_column = {ordering.column: ordering.label for ordering in declaration.orderings}
        said.append(gettext("Who goes first: %(order)s") % {"order": by_column.get(after["columns"].get("tier"), "")})
    for key, text in (
        ("radius_km", gettext("Search radius: %(before)s → %(after)s km")),
        ("nearest", gettext("Nearest looked at: %(before)s → %(after)s")),
    ):
        old, new = before.get("reach", {}).get(key), after.get("reach", {}).get(key)
        if old != new:
            said.append(text % {"before": _dash(old), "after": _dash(new)})
    if before.get("incumbency") != after.get("incumbency"):
        said.append(
            gettext("Existing matches stay as they are.")
            if after.get("incumbency") == "keep"
            else gettext("Existing matches are looked at anew.")
        )
    return said


def _setting_differences(
    label: Text, words: Mapping[str, Text], was: Mapping[str, float], now: Mapping[str, float]
) -> list[str]:
    text = gettext("“%(label)s”, %(what)s: %(before)s → %(after)s")
    return [
        text % {"label": label, "what": what, "before": _dash(was.get(name)), "after": _dash(now.get(name))}
        for name, what in words.items()
        if was.get(name) != now.get(name)
    ]


def read_preview(actor: Actor, run: Run, *, on: date) -> PreviewPage:
    """Whose match a draft would change. The people's names are asked for at once."""
    declaration = declaration_of(run.version.policy.programme)
    changes: list[dict[str, Any]] = run.summary.get("changes", [])
    shown = changes[:MOST_CHANGES_SHOWN]
    right = {change[key] for change in shown for key in ("before", "after") if change[key] is not None}
    people = declaration.describe(actor, {change["left"] for change in shown}, right, on)
    before, after = run.summary["before"]["figures"], run.summary["after"]["figures"]
    return PreviewPage(
        changes=tuple(
            ChangeRow(
                left=people.left.get(change["left"]),
                tier_word=declaration.tiers.get(change["tier"], ""),
                tier_tone=tier_tone(change["tier"], declaration),
                before=people.right.get(change["before"]),
                after=people.right.get(change["after"]),
                had=change["before"] is not None,
                has=change["after"] is not None,
                fit_before=change["fit_before"],
                fit_after=change["fit_after"],
            )
            for change in shown
        ),
        changes_total=len(changes),
        gained=sum(1 for change in changes if change["before"] is None),
        lost=sum(1 for change in changes if change["after"] is None),
        other=sum(1 for change in changes if None not in (change["before"], change["after"])),
        same=run.summary["same"],
        served_before=before["matched"] + before["kept"],
        served_after=after["matched"] + after["kept"],
        words=say_differences(run.version.content, run.draft or {}, declaration),
        findings=_new_findings(run, declaration),
    )


def _new_findings(run: Run, declaration: Declaration) -> tuple[str, ...]:
    """What has to be said about the draft and had not to be said before."""
    known, new = (say_findings(run.summary[key], declaration) for key in ("before", "after"))
    return tuple(sentence for sentence in new if sentence not in known)


def _by_code(content: Mapping[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    return {entry["code"]: entry for entry in content.get(kind, [])}


def _dash(value: float | None) -> str:
    return "—" if value is None else f"{value:g}"


def _makers(versions: Any) -> dict[int, str]:
    ids = {version.made_by_id for version in versions if version.made_by_id}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}
