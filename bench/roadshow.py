"""The roadshow of 2022 (7 sub-districts, 4 months, 30 sessions), by HiGHS and by CP-SAT: time, proof, gap.

Both get the same rows, stage after stage, and one thread; seconds are those of the processor. The timetables of both
are checked by the same independent check. CP-SAT needs OR-tools, which only the development lock holds.
"""

import time
from collections import defaultdict

import numpy as np

from sunward.gatherings.roadshow.measures import measure
from sunward.gatherings.roadshow.programme import Programme, Solved
from sunward.gatherings.roadshow.shapes import Stage
from sunward.gatherings.roadshow.timetable import Timetable
from sunward.gatherings.roadshow.verification import verify
from sunward.web.demo.roadshow import ask

SECONDS = 300.0
STAGES = (Stage.PLACED, Stage.EVEN, Stage.WEEKS, Stage.PEOPLE)


class CpSat(Programme):
    """The same programme, handed to CP-SAT; the last answer is its hint for the next stage."""

    hint: np.ndarray | None = None

    def minimise(self, objective, *, seconds):
        from ortools.sat.python import cp_model

        model = cp_model.CpModel()
        variables = [model.new_int_var(int(a), int(b), "") for a, b in zip(self.lowers, self.uppers, strict=True)]
        rows = defaultdict(list)
        for column, line, factor in zip(self.columns, self.lines, self.factors, strict=True):
            rows[line].append((column, round(factor)))
        for line, terms in rows.items():
            sides = np.nan_to_num((self.lefts[line], self.rights[line]), neginf=-1e9, posinf=1e9)
            model.add_linear_constraint(
                sum(factor * variables[at] for at, factor in terms), int(np.ceil(sides[0])), int(np.floor(sides[1]))
            )
        model.minimize(sum(round(factor) * variables[at] for at, factor in objective))
        if CpSat.hint is not None:
            for at, value in enumerate(CpSat.hint):
                model.add_hint(variables[at], int(value))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers, solver.parameters.random_seed = 1, 1
        solver.parameters.max_time_in_seconds = seconds
        if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return Solved(None, np.inf, solver.best_objective_bound)
        CpSat.hint = np.array([solver.value(variable) for variable in variables], dtype=float)
        return Solved(CpSat.hint, solver.objective_value, solver.best_objective_bound)


def run(name, timetable):
    request, best, whole = timetable.request, (), 0.0
    for stage in STAGES:
        if stage == Stage.PEOPLE:
            timetable.hold_days(best)
        terms = timetable.sought(stage)
        began = time.process_time()
        solved = timetable.programme.minimise(terms, seconds=SECONDS)
        seconds = time.process_time() - began
        best = timetable.read(solved.values) if solved.values is not None else best
        verify(request, best)
        value = measure(stage, request, best)
        timetable.programme.hold(terms, most=value + 0.01)
        gap = abs(value - solved.bound) / max(1.0, abs(value))
        whole += seconds
        print(f"   {name:<10} {stage:<8} {seconds:6.1f} s   {value:7.0f}   bound {solved.bound:8.1f}   gap {gap:.1%}")
    return whole


def main():
    request = ask()
    timetable = Timetable.of(request)
    programme = timetable.programme
    print(f"   {len(programme.lowers):,} choices, {len(programme.lefts):,} rows before the first stage")
    highs = run("HiGHS", timetable)
    try:
        import ortools  # noqa: F401
    except ImportError:
        print(f"   HiGHS {highs:.1f} s; CP-SAT is left out: OR-tools is not installed")
        return
    other = Timetable(request, programme=CpSat())
    other.fill()
    cp_sat = run("CP-SAT", other)
    print(f"   HiGHS {highs:.1f} s, CP-SAT {cp_sat:.1f} s: HiGHS takes {highs / cp_sat:.1f} times as long")


if __name__ == "__main__":
    main()
