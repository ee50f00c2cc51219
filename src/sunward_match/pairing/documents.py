"""Policies as plain documents (JSON), so that they can be stored, versioned and edited on a screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from ..faults import Fault, InputError, refuse
from .policy import Catalogue, Columns, CriterionUse, Incumbency, Policy, Reach, RuleUse

Document = Mapping[str, Any]


def write_policy(policy: Policy) -> dict[str, Any]:
    """The policy as a document of plain values; ``read_policy`` with the same catalogue gives an equal policy."""
    return {
        "rules": [{"code": use.rule.code, "parameters": dict(use.setting)} for use in policy.rules],
        "criteria": [
            {"code": use.criterion.code, "weight": use.weight, "parameters": dict(use.setting)}
            for use in policy.criteria
        ],
        "reach": asdict(policy.reach),
        "columns": asdict(policy.columns),
        "incumbency": policy.incumbency.value,
        "stability_bonus": policy.stability_bonus,
    }


def read_policy(document: Document, catalogue: Catalogue) -> Policy:
    """A policy from a document and the rules and criteria it may name. Absent keys take their defaults.

    Raises:
        InputError: ``document_malformed``, ``rule_unknown``, ``criterion_unknown``, ``key_unknown``,
            ``incumbency_unknown``, listing all at once. Values are judged by ``review``, not here.
    """
    refuse(tuple(find_wrong_shapes(document)))
    refuse(tuple(find_document_faults(document, catalogue)))
    rules, criteria = catalogue.rule_by_code, catalogue.criterion_by_code
    try:
        return Policy(
            rules=tuple(
                RuleUse(rules[entry["code"]], dict(entry.get("parameters", {}))) for entry in document.get("rules", ())
            ),
            criteria=tuple(
                CriterionUse(criteria[entry["code"]], float(entry.get("weight", 1)), dict(entry.get("parameters", {})))
                for entry in document.get("criteria", ())
            ),
            reach=Reach(**document.get("reach", {})),
            columns=Columns(**document.get("columns", {})),
            incumbency=Incumbency(document.get("incumbency", Incumbency.KEEP)),
            stability_bonus=float(document.get("stability_bonus", 0)),
        )
    except (TypeError, ValueError) as error:
        raise InputError([Fault("document_malformed", f"The policy document cannot be read: {error}.")]) from error


def find_wrong_shapes(document: Document) -> Iterator[Fault]:
    """Lists and objects where they belong."""
    for key, kinds in (("rules", Sequence), ("criteria", Sequence), ("reach", Mapping), ("columns", Mapping)):
        if key in document and (not isinstance(document[key], kinds) or isinstance(document[key], str)):
            yield Fault("document_malformed", f"{key} in the policy document has the wrong shape.", {"key": key})


def find_document_faults(document: Document, catalogue: Catalogue) -> Iterator[Fault]:
    """Names in the document that nothing answers to."""
    known_keys = {"rules", "criteria", "reach", "columns", "incumbency", "stability_bonus"}
    yield from find_unknown_keys(document, known_keys, "the policy")
    yield from find_unknown_keys(document.get("reach", {}), set(Reach.__slots__), "reach")
    yield from find_unknown_keys(document.get("columns", {}), set(Columns.__slots__), "columns")
    for kind, plural, known in (
        ("rule", "rules", catalogue.rule_by_code.keys()),
        ("criterion", "criteria", catalogue.criterion_by_code.keys()),
    ):
        for entry in document.get(plural, ()):
            code = entry.get("code") if isinstance(entry, Mapping) else None
            if code is None:
                yield Fault("document_malformed", f"An entry of {plural} has no code.", {"key": plural})
            elif code not in known:
                yield Fault(f"{kind}_unknown", f"There is no {kind} {code}.", {"code": code})
    incumbency = document.get("incumbency", Incumbency.KEEP)
    if incumbency not in list(Incumbency):
        yield Fault("incumbency_unknown", f"There is no way {incumbency} to treat existing matches.")


def find_unknown_keys(part: Document, known: set[str], owner: str) -> Iterator[Fault]:
    """Keys that would be ignored silently."""
    for key in sorted(set(part) - known):
        yield Fault("key_unknown", f"There is no setting {key} in {owner}.", {"key": key})
