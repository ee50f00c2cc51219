"""The rules and their figures: employment officers only; whose files they count, `tests/employment` holds."""

from tests.access_matrix.employment_jobseekers import A_CHILDS, OFFICERS, OWN
from tests.access_matrix.rows import DONE, Row, post
from tests.personas import World


def youth(world: World) -> dict[str, object]:
    return {"kind": "ltu_youth"}


def other_version(world: World) -> dict[str, object]:
    return {"kind": "ltu_youth", "version": "2025"}


def no_rule(world: World) -> dict[str, object]:
    return {"kind": "veteran"}


def no_version(world: World) -> dict[str, object]:
    return {"kind": "ltu_youth", "version": "1999"}


ROWS = [
    Row("employment:who_needs_help", OFFICERS),
    Row("employment:rule_lacking", OFFICERS, keys=youth),
    Row("employment:rule_lacking", "", absent=OFFICERS, keys=no_rule, note="a group without a rule"),
    Row("employment:rule_compare", OFFICERS, keys=other_version),
    Row("employment:rule_compare", "", absent=OFFICERS, keys=no_version, note="no such version"),
    Row("employment:joined_files", OFFICERS),
    # Never joined with another: there is nothing to part, and no other file to keep.
    post("employment:files_part", status=DONE, **OWN),
    post("employment:files_part", **A_CHILDS),
]
