"""The numbers of a rule or criterion that an officer may set, declared so that a screen can offer them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..faults import Fault

Setting = Mapping[str, float]  # parameter name → value; what rules and criteria are called with


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number. ``default`` None means that the run must bring it (for example the day on which checks are judged).

    ``least`` and ``most`` are included in the range; ``unit`` is for people ("km", "years"). Flags are 0 or 1; days
    are proleptic ordinals (``date.toordinal()``), since the engine never reads the clock.
    """

    name: str
    default: float | None
    least: float = -math.inf
    most: float = math.inf
    label: str = ""
    unit: str = ""
    is_whole: bool = False


def settle(parameters: tuple[Parameter, ...], chosen: Setting, given: Setting) -> dict[str, float]:
    """The value of every parameter: as chosen in the policy, else as given with the run, else the default."""
    values: dict[str, float] = {}
    for parameter in parameters:
        value = chosen.get(parameter.name, given.get(parameter.name, parameter.default))
        if value is not None:
            values[parameter.name] = value
    return values


def find_setting_faults(
    owner: str, parameters: tuple[Parameter, ...], chosen: Setting, given: Setting
) -> Iterator[Fault]:
    """What is wrong with the settings of the rule or criterion whose code is ``owner``."""
    known = {parameter.name for parameter in parameters}
    for name in chosen:
        if name not in known:
            data = {"owner": owner, "parameter": name}
            yield Fault("parameter_unknown", f"{owner} has no parameter {name}.", data)
    values = settle(parameters, chosen, given)
    for parameter in parameters:
        if parameter.name not in values:
            data = {"owner": owner, "parameter": parameter.name}
            yield Fault("parameter_missing", f"{owner} needs a value for {parameter.name}.", data)
        else:
            yield from find_value_faults(owner, parameter, values[parameter.name])


def find_value_faults(owner: str, parameter: Parameter, value: object) -> Iterator[Fault]:
    """A value must be a number, within its range, and whole where that is asked."""
    data: dict[str, str | int | float] = {"owner": owner, "parameter": parameter.name}
    if not isinstance(value, int | float) or math.isnan(value):
        yield Fault("parameter_not_a_number", f"{parameter.name} of {owner} is {value!r}; it must be a number.", data)
    elif not parameter.least <= value <= parameter.most:
        sentence = (
            f"{parameter.name} of {owner} is {value:g}; it must lie between {parameter.least:g} and {parameter.most:g}."
        )
        bounds = {"value": value, "least": parameter.least, "most": parameter.most}
        yield Fault("parameter_out_of_range", sentence, {**data, **bounds})
    elif parameter.is_whole and value != int(value):
        sentence = f"{parameter.name} of {owner} is {value:g}; it must be a whole number."
        yield Fault("parameter_not_whole", sentence, {**data, "value": value})
