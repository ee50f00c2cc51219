"""A line of work as a paper gives it: what is certain, and what is left blank for a person, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sunward.blueprint.reading.deadlines import Deadline
from sunward.blueprint.reading.targets import Target
from sunward.blueprint.reading.unit_names import NamedUnit

LEAD, JOINT, DEADLINE, TARGET, GOAL = "lead", "joint", "deadline", "target", "goal"


@dataclass(frozen=True, slots=True)
class Unsure:
    """Something to be looked at: of which field, and why (`reading.wording` has the sentences)."""

    field: str
    code: str


@dataclass(frozen=True, slots=True)
class Charge:
    """Who does it. `lead` is empty where the paper does not say it beyond doubt; nobody moves up into its place."""

    lead: str = ""
    joint: tuple[str, ...] = ()
    marks: tuple[NamedUnit, ...] = ()  # 各街道, 区相关部门: to be expanded and confirmed
    unknown: tuple[str, ...] = ()
    unsure: tuple[Unsure, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkLine:
    """`place`: the row of the sheet, the paragraph of the minutes. `text` is what is to be done."""

    place: int
    text: str
    charge: Charge
    deadline: Deadline
    target: Target
    number: str = ""
    section: str = ""
    goal: str = ""
    officer: str = ""
    merged_over_goals: tuple[str, ...] = ()

    @property
    def due_on(self) -> date | None:
        return self.deadline.on

    @property
    def unsure(self) -> tuple[Unsure, ...]:
        """All that a person has to look at, once each."""
        found = [*self.charge.unsure]
        found += [Unsure(DEADLINE, self.deadline.code)] if self.deadline.code else []
        found += [Unsure(TARGET, self.target.code)] if self.target.code else []
        found += [Unsure(field, "merged_over_goals") for field in self.merged_over_goals]
        return tuple(dict.fromkeys(found))


def charge_of(
    first: Sequence[NamedUnit], rest: Sequence[NamedUnit] = (), *, leads_first: bool = True, is_list: bool = False
) -> Charge:
    """`first` holds whoever leads, `rest` whoever joins; in a list (`is_list`) the first leads and the others join.

    `leads_first`: the paper says that the first named leads. Otherwise several in the place of one are for a person.
    """
    unsure: list[Unsure] = []
    lead = first[0].unit if first else ""
    if not first:
        unsure.append(Unsure(LEAD, "lead_missing"))
    elif not lead:
        unsure.append(Unsure(LEAD, "lead_collective" if first[0].is_collective else "lead_unknown"))
    elif not leads_first and (is_list or len(first) > 1):
        lead = ""
        unsure.append(Unsure(LEAD, "lead_not_said"))
    elif len(first) > 1 and not is_list:
        unsure.append(Unsure(LEAD, "lead_multiple"))
    others = [item for item in (*first, *rest) if not (item.unit and item.unit == lead)]
    marks = tuple(item for item in others if item.is_collective)
    unknown = tuple(dict.fromkeys(item.written for item in others if not item.unit and not item.is_collective))
    unsure += [Unsure(JOINT, "unit_generic")] if marks else []
    unsure += [Unsure(JOINT, "unit_unknown")] if unknown else []
    joint = tuple(dict.fromkeys(item.unit for item in others if item.unit))
    return Charge(lead, joint, marks, unknown, tuple(unsure))


def proposed_joint(charge: Charge) -> tuple[str, ...]:
    """Who would join if a person confirms every expansion that a paper's words allow."""
    expanded = (unit for mark in charge.marks for unit in mark.expands_to if unit != charge.lead)
    return tuple(dict.fromkeys((*charge.joint, *expanded)))
