"""From policy and people to a proposal, in one call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..faults import Fault, refuse
from .advice import Grouping, advise
from .candidates import Adjacency, cross, is_within
from .incumbents import Standing
from .kernel.certificate import TierCount
from .kernel.scale import UNITS_PER_POINT
from .obstacles import explain_unmatched
from .parameters import Setting
from .policy import Incumbency, Policy
from .proposal import Figures, Proposal, ProposedPair, Unmatched
from .reasons import explain_pairs, explain_runners_up
from .reckoning import Reckoning
from .table import Id, Table
from .workings import Progress, Workings, add_candidates, work_out


def propose(
    policy: Policy,
    children: Table,
    mentors: Table,
    *,
    given: Setting | None = None,
    incumbents: Standing = (),
    adjacency: Adjacency = (),
    advise_by: Sequence[Grouping] = (Grouping("unit"),),
    progress: Progress | None = None,
) -> Proposal:
    """Match, prove and explain. Arguments and errors are those of ``work_out``; ``advise_by`` groups the advice."""
    workings = work_out(
        policy, children, mentors, given=given, incumbents=incumbents, adjacency=adjacency, progress=progress
    )
    if progress:
        progress("explaining", 0.7)
    return explain(workings, advise_by=advise_by)


def explain(workings: Workings, *, advise_by: Sequence[Grouping] = (Grouping("unit"),)) -> Proposal:
    """The proposal that the workings amount to."""
    reckoning = Reckoning.of(workings)
    runners_up = explain_runners_up(reckoning)
    return Proposal(
        pairs=explain_pairs(reckoning, np.flatnonzero(reckoning.partner >= 0), runners_up),
        unmatched=explain_unmatched(reckoning, np.flatnonzero(reckoning.partner < 0), runners_up),
        advice=advise(reckoning, advise_by),
        figures=count(reckoning),
        warnings=(*workings.warnings, *find_outcome_warnings(workings)),
    )


def explain_child(workings: Workings, child: Id) -> ProposedPair | Unmatched:
    """One child over all mentors within reach, not only those who were looked at for her.

    Raises:
        InputError: ``child_unknown``.
    """
    at = workings.children.position.get(child)
    if at is None:
        refuse([Fault("child_unknown", f"There is no child {child}.", {"child": child})])
    position = np.array([at], np.int64)
    nobody = np.empty(0, np.int32)
    alone = replace(workings, edges=workings.edges.at(nobody, nobody))
    everybody = workings.edges.at(*cross(position, np.arange(len(workings.mentors))))
    row = add_candidates(alone, everybody.where(is_within(everybody, workings.policy.reach, workings.near)))
    reckoning = replace(Reckoning.of(workings), workings=row)
    runners_up = explain_runners_up(reckoning)
    if reckoning.partner[position[0]] >= 0:
        return explain_pairs(reckoning, position, runners_up)[0]
    return explain_unmatched(reckoning, position, runners_up)[0]


def count(reckoning: Reckoning) -> Figures:
    """The run in numbers."""
    work = reckoning.workings
    certificate, kept = work.pairing.certificate, len(work.kept.child)
    served = reckoning.partner >= 0
    return Figures(
        children=len(work.children),
        mentors=len(work.mentors),
        places=int(work.places.sum()),
        sought=int(work.seek.sum()),
        matched=certificate.served,
        kept=kept,
        unmatched=int((~served).sum()),
        candidates=len(work.edges),
        permitted=int(work.allowed.sum()),
        fit=certificate.fit_units / UNITS_PER_POINT,
        mean_fit=certificate.fit_units / UNITS_PER_POINT / max(certificate.served, 1),
        by_tier=tuple(
            TierCount(int(tier), int((work.tier == tier).sum()), int((work.tier[served] == tier).sum()))
            for tier in np.unique(work.tier)[::-1]
        ),
        primal=certificate.primal,
        dual=certificate.dual,
        gap=certificate.gap,
    )


def find_outcome_warnings(workings: Workings) -> tuple[Fault, ...]:
    """What only the run could show: a rule, or all together, that forbid everybody; kept matches that break rules."""
    faults = []
    work = workings
    asked = work.seek[work.edges.child]
    n_asked = int(asked.sum())
    for bit, use in enumerate(work.policy.rules):
        mask = np.uint64(1) << np.uint64(bit)
        if n_asked and bool(((work.broken[asked] & mask) != 0).all()):
            sentence = f"The rule “{use.rule.label}” forbids all {n_asked} pairs that were considered."
            data: dict[str, str | int | float] = {"rule": use.rule.code, "count": n_asked}
            faults.append(Fault("rule_forbids_all_pairs", sentence, data, is_warning=True))
    if work.seek.any() and len(work.mentors) and not work.allowed.any():
        sentence = "The rules together forbid every pair; nobody new can be matched. Relax one of them."
        faults.append(Fault("policy_forbids_everyone", sentence, {"pairs": n_asked}, is_warning=True))
    kept = work.edges.at(work.kept.child.astype(np.int32), work.kept.mentor.astype(np.int32))
    breaking = int((work.appraiser.judge(kept, work.child_broken, work.mentor_broken) != 0).sum())
    if breaking:
        sentence = f"{breaking} existing matches are kept although they break a rule."
        faults.append(Fault("kept_breaks_rule", sentence, {"count": breaking}, is_warning=True))
    if work.policy.incumbency is Incumbency.PREFER:
        before = work.incumbents.partner_of_all(len(work.children))
        over = int((~work.allowed & (before[work.edges.child] == work.edges.mentor)).sum())
        if over:
            sentence = f"{over} existing matches cannot go on because they break a rule."
            faults.append(Fault("incumbent_forbidden", sentence, {"count": over}, is_warning=True))
    return tuple(faults)
