"""The rules and their figures: employment officers only; whose files they count, `tests/employment` holds."""

from tests.access_matrix.employment_jobseekers import A_CHILDS, ELSEWHERE, HERE, OFFICERS, OWN
from tests.access_matrix.rows import DONE, SHOWN_AGAIN, Row, post
from tests.factories import TODAY, make_jobseeker
from tests.personas import World


def youth(world: World) -> dict[str, object]:
    return {"kind": "ltu_youth"}


def other_version(world: World) -> dict[str, object]:
    return {"kind": "ltu_youth", "version": "2025"}


def no_rule(world: World) -> dict[str, object]:
    return {"kind": "veteran"}


def no_version(world: World) -> dict[str, object]:
    return {"kind": "ltu_youth", "version": "1999"}


def tagged(world: World) -> dict[str, object]:
    case = make_jobseeker("纪标签", unit=world.case.unit)
    return {"case_id": case.uid, "tag_id": case.client_tags.create(kind="veteran", from_on=TODAY, set_by_id=1).pk}


def anothers_tag(world: World) -> dict[str, object]:
    """Of a file that is hers as well: the group is still another's."""
    return {"case_id": make_jobseeker("纪另", unit=world.case.unit).uid, "tag_id": tagged(world)["tag_id"]}


def veteran(world: World) -> dict[str, object]:
    return {"kind": "veteran"}


def moved(world: World) -> dict[str, object]:
    return {"reason": "moved"}


TAGGED = {"keys": tagged, "enters": HERE, "absent": ELSEWHERE}
ANOTHERS_TAG = {"keys": anothers_tag, "enters": "", "absent": OFFICERS, "note": "a group of another file"}

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
    Row("employment:jobseeker_groups", **OWN),
    Row("employment:jobseeker_groups", **A_CHILDS),
    Row("employment:jobseeker_tag_new", **OWN),
    post("employment:jobseeker_tag_new", status=SHOWN_AGAIN, **OWN),
    post("employment:jobseeker_tag_new", data=veteran, **A_CHILDS),
    Row("employment:jobseeker_tag_end", **TAGGED),
    post("employment:jobseeker_tag_end", status=SHOWN_AGAIN, **TAGGED),
    post("employment:jobseeker_tag_end", data=moved, **ANOTHERS_TAG),
    post("employment:jobseeker_tag_bring_back", status=DONE, **TAGGED),
    post("employment:jobseeker_tag_bring_back", **ANOTHERS_TAG),
]
