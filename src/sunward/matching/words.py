"""What the engine says in codes, said in sentences: findings, why somebody lost, why nobody, what would help."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from sunward.matching.declaration import Declaration

# Findings: of a policy, and of a run. `%(…)s` are filled from the finding's own data.
_FINDINGS: dict[str, Any] = {
    "parameter_out_of_range": _("“%(owner)s”: %(value)s lies outside %(least)s to %(most)s."),
    "parameter_not_whole": _("“%(owner)s”: %(value)s must be a whole number."),
    "parameter_not_a_number": _("“%(owner)s”: a number is missing."),
    "parameter_missing": _("“%(owner)s”: a number is missing."),
    "parameter_unknown": _("“%(owner)s” knows no setting “%(parameter)s”."),
    "weight_out_of_range": _("“%(criterion)s”: the weight must lie between 0 and 100."),
    "radius_out_of_range": _("The search radius must be more than 0 km, or empty."),
    "nearest_out_of_range": _("At least one neighbour must be looked at for each."),
    "stability_bonus_out_of_range": _("The bonus for existing matches must lie between 0 and 10,000 points."),
    "code_repeated": _("“%(owner)s” stands in the policy twice."),
    "rule_unknown": _("The policy names a rule that does not exist: %(code)s."),
    "criterion_unknown": _("The policy names a criterion that does not exist: %(code)s."),
    "key_unknown": _("The policy holds a setting that does not exist: %(key)s."),
    "incumbency_unknown": _("It is not said what happens to existing matches."),
    "document_malformed": _("The policy cannot be read."),
    "too_many_rules": _("A policy can hold %(most)s rules at most."),
    "no_weight": _("Every weight is 0, so that all permitted pairs count as equally good. Give at least one a weight."),
    "no_children": _("There is nobody to be matched in this unit. Register or import files first."),
    "no_mentors": _("There is nobody in this unit who could be chosen. Register or import volunteers first."),
    "coordinates_missing": ngettext_lazy(
        "For %(count)d person no exact place is known: only the sub-district counts.",
        "For %(count)d persons no exact place is known: only the sub-district counts.",
        "count",
    ),
    "place_unknown": ngettext_lazy(
        "For %(count)d person not even the sub-district is known. Fill it in, or nobody will be found.",
        "For %(count)d persons not even the sub-district is known. Fill it in, or nobody will be found.",
        "count",
    ),
    "capacity_zero": ngettext_lazy(
        "%(count)d volunteer takes no child more. Raise the number of places if that is wrong.",
        "%(count)d volunteers take no child more. Raise the number of places if that is wrong.",
        "count",
    ),
    "rule_forbids_everyone": _("“%(rule)s” holds for nobody: no pair is possible while this rule stands."),
    "rule_forbids_all_pairs": _(
        "“%(rule)s” alone forbids every pair that was looked at. Relax it, or look at the files."
    ),
    "policy_forbids_everyone": _(
        "The rules together forbid every pair, so nobody new can be matched. Relax one of them."
    ),
    "kept_breaks_rule": ngettext_lazy(
        "%(count)d existing match is kept although it breaks a rule by now. Look at it.",
        "%(count)d existing matches are kept although they break a rule by now. Look at them.",
        "count",
    ),
    "no_places": _("Nobody has a place left. Raise the number of places, or recruit; nobody was matched."),
    "incumbent_repeated": _("A child has two matches at once. Please tell the administrator."),
    "incumbent_unknown": _("Some existing matches concern people outside this unit."),
}
_OTHERWISE = _("Something in the input cannot be used (%(code)s). Please tell the administrator.")


def say_version(policy: str, number: int) -> str:
    return gettext("%(policy)s, version %(number)s") % {"policy": policy, "number": number}


def say_finding(code: str, data: dict[str, Any], declaration: Declaration) -> str:
    """A finding in the reader's language; rules and criteria under their own names."""
    said = {**data, "code": data.get("code", code)}
    for key in ("owner", "rule", "criterion", "code"):
        if isinstance(said.get(key), str):
            said[key] = name_code(said[key], declaration)
    if "owner" not in said:
        said["owner"] = said["code"]
    said = {key: f"{value:g}" if isinstance(value, float) else value for key, value in said.items()}
    template = _FINDINGS.get(code, _OTHERWISE)
    return str(template % said)


def name_code(code: str, declaration: Declaration) -> str:
    if code in declaration.rule_by_code:
        return str(declaration.rule_by_code[code].holds)
    if code in declaration.criterion_by_code:
        return str(declaration.criterion_by_code[code].label)
    return code


# Silent in a run's list: they say nothing that an officer could act on.
QUIET = frozenset({"incumbent_unknown"})

_LOSSES: dict[str, Promise] = {
    "no_place": _("She has no place left."),
    "lower_fit": _("She fits less well, by %(margin)s points."),
    "needed_elsewhere": _(
        "She does more good with %(serves)s: otherwise all together would be worse off by %(margin)s points."
    ),
    "needed_for_priority": _("She is needed for %(serves)s; otherwise a child in greater need would have nobody."),
    "not_considered": _("She was not among the nearest who were looked at."),
    "equally_good": _("All together it would be just as good; the order of waiting decided."),
}


def say_loss(code: str, data: dict[str, Any], rules: list[str], *, serves: str, declaration: Declaration) -> str:
    """Why another was not chosen."""
    if code == "rule":
        return gettext("Not permitted: %(reasons)s") % {"reasons": say_rules(rules, declaration)}
    said = {"serves": serves or gettext("another child"), "margin": _number(data.get("margin", 0.0))}
    return str(_LOSSES[code]) % said


def say_rules(rules: list[str], declaration: Declaration) -> str:
    broken = [str(declaration.rule_by_code[code].broken) for code in rules if code in declaration.rule_by_code]
    return gettext("; ").join(broken) or gettext("a rule that no longer exists")


_UNSERVED: dict[str, Promise] = {
    "child_rule": _("Not to be matched"),
    "no_places": _("Nobody has a place left"),
    "none_permitted": _("The rules leave nobody"),
    "out_of_reach": _("Those permitted live too far away"),
    "outranked": _("All are needed for children in greater need"),
    "outbid": _("All are taken by children whom they fit better"),
    "tied": _("All are taken by children who fit just as well"),
}


def name_unserved(code: str) -> str:
    return str(_UNSERVED.get(code, code))


def unserved_codes() -> tuple[str, ...]:
    return tuple(_UNSERVED)


def say_unserved(code: str, reasons: dict[str, Any], *, declaration: Declaration) -> str:
    """Why this one has nobody, in one sentence."""
    data = reasons.get("data", {})
    if code == "child_rule":
        return gettext("%(reasons)s.") % {"reasons": say_rules(str(data.get("rules", "")).split(","), declaration)}
    if code == "no_places":
        return gettext("Nobody in this unit has a place left.")
    if code == "none_permitted":
        return ngettext(
            "The rules leave none of the %(count)d who have a place.",
            "The rules leave none of the %(count)d who have a place.",
            int(data.get("mentors", 0)),
        ) % {"count": int(data.get("mentors", 0))}
    if code == "out_of_reach":
        count = int(data.get("mentors", 0))
        return ngettext(
            "The %(count)d who has a place lives too far away.",
            "All %(count)d who have a place live too far away.",
            count,
        ) % {"count": count}
    permitted = int(reasons.get("permitted", 0))
    tail = {
        "outranked": gettext("but all of them are needed for children in greater need."),
        "outbid": gettext("but all of them are taken by children whom they fit better."),
        "tied": gettext("but all of them are taken by children who fit just as well."),
    }.get(code, "")
    head = ngettext("%(count)d would be permitted,", "%(count)d would be permitted,", permitted) % {"count": permitted}
    return gettext("%(some)s %(but)s") % {"some": head, "but": tail} if tail else head


def say_change(change: dict[str, Any], *, declaration: Declaration) -> str:
    """What would bring this one somebody; empty if there is nothing to say."""
    if change["code"] == "more_places":
        count = int(change.get("permitted", 0))
        return ngettext(
            "If the one who is permitted took one child more.",
            "If one of the %(count)d who are permitted took one child more.",
            count,
        ) % {"count": count}
    rule = declaration.rule_by_code.get(str(change.get("rule", "")))
    if rule is None or rule.remedy is None:
        return ""
    return rule.remedy(int(change["count"]))


def say_count(count: dict[str, Any], *, declaration: Declaration) -> str:
    rule = declaration.rule_by_code.get(str(count["rule"]))
    return str(rule.broken) if rule else str(count["rule"])


def _number(value: Any) -> str:
    return f"{float(value):.1f}"
