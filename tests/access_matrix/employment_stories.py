"""Stories of success: of a file for whoever keeps it; released ones, agreed to, for the officers of the district."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from sunward.accounts.enums import Role
from sunward.casework.enums import JOINED
from sunward.casework.models import Case, Retention
from sunward.employment.actions.consents import withdraw_consent
from sunward.employment.actions.stories import return_story, withdraw_story
from sunward.employment.models import Story
from sunward.people.enums import Purpose
from sunward.people.models import ConsentRecord
from tests import factories
from tests.access_matrix.employment_jobseekers import A_CHILDS, ELSEWHERE, HERE, OFFICERS, OWN
from tests.access_matrix.rows import DONE, Made, Row, post
from tests.employment.story_builders import AT, agree, make_released, make_story
from tests.personas import World


def _file(world: World, unit: Any = None):
    return factories.make_jobseeker("纪求职", unit=unit or world.case.unit)


def _writer(unit: Any = None):
    """None of the personas: each of them is a second officer."""
    return factories.actor_of(factories.make_officer(Role.EMPLOYMENT_OFFICER, unit))


def _keys(story: Story) -> dict[str, object]:
    return {"case_id": story.case.uid, "story_id": story.uid}


def waiting(world: World) -> dict[str, object]:
    case, writer = _file(world), _writer()
    agree(writer, case)
    return _keys(make_story(writer, case))


def _released(world: World, unit: Any = None) -> Story:
    return make_released(_writer(unit), _writer(unit), _file(world, unit))


def released(world: World) -> dict[str, object]:
    return _keys(_released(world))


def withdrawn(world: World) -> dict[str, object]:
    story = _released(world)
    withdraw_story(actor=_writer(), **_keys(story), **AT)
    return _keys(story)


def returned(world: World) -> dict[str, object]:
    story = _released(world)
    return_story(actor=_writer(), **_keys(story), version=story.version, reason="太具体", **AT)
    return _keys(story)


def disagreed(world: World) -> dict[str, object]:
    """Released, and the person has withdrawn the consent since."""
    story = _released(world)
    withdraw_consent(actor=_writer(), case_id=story.case.uid, purpose=Purpose.STORY, **AT)
    return _keys(story)


def lapsed(world: World) -> dict[str, object]:
    """Released, and what the person agreed to has run out."""
    story = _released(world)
    ConsentRecord.objects.filter(purpose=Purpose.STORY).update(expires_on=factories.TODAY - timedelta(days=1))
    return _keys(story)


def joined(world: World) -> dict[str, object]:
    """Released, and its file is one with another since."""
    story = _released(world)
    Case.objects.filter(pk=story.case_id).update(close_reason=JOINED)
    return _keys(story)


def emptied(world: World) -> dict[str, object]:
    """Released, and its file was emptied since."""
    story = _released(world)
    days = dict.fromkeys(("due_on", "listed_on", "anonymised_on"), factories.TODAY)
    Retention.objects.create(case=story.case, **days)
    return _keys(story)


def of_another_district(world: World) -> dict[str, object]:
    far = factories.make_unit("310104", name="徐汇区")
    return _keys(_released(world, factories.make_unit("310104003", parent=far)))


def by_another_file(world: World) -> dict[str, object]:
    """Her own file in the address, a story of another in its end."""
    return {"case_id": _file(world).uid, "story_id": _released(world).uid}


def of_a_child(world: World) -> dict[str, object]:
    return {"case_id": world.case.uid, "story_id": uuid4()}


def alone(keys: Made) -> Made:
    """The address of the released story, which names no file."""
    return lambda world: {"story_id": keys(world)["story_id"]}


def agreed(world: World) -> dict[str, object]:
    case = _file(world)
    agree(_writer(), case)
    return {"case_id": case.uid, "purpose": "story"}


def told(world: World) -> dict[str, Any]:
    return {
        "key": uuid4(), "version": 1, "pseudonym": "小禾", "title": "站稳柜台", "obstacle": "一到面试就说不出话。",
        "words": "陪着练了三次面试。", "outcome": "三个月后还在。", "helped": "guidance",
    }  # fmt: skip


def seen(version: int, **more: Any) -> Made:
    return lambda world: {"version": version} | more


def consent(world: World) -> dict[str, Any]:
    return {"purpose": "story", "given_on": "2026-11-20"}


MINE = {"enters": HERE, "absent": ELSEWHERE}

ROWS = [
    Row("employment:stories", OFFICERS),
    Row("employment:stories", OFFICERS, data=lambda w: {"q": "柜台", "helped": "guidance"}, note="searched"),
    Row("employment:stories_waiting", OFFICERS),
    Row("employment:story", OFFICERS, keys=alone(released)),
    *(
        Row("employment:story", "", OFFICERS, keys=alone(keys), note=note)
        for keys, note in (
            (waiting, "waits"), (returned, "given back"), (withdrawn, "taken back"), (disagreed, "consent withdrawn"),
            (lapsed, "consent run out"), (joined, "joined"), (emptied, "emptied"),
            (of_another_district, "another district"),
        )
    ),
    Row("employment:jobseeker_story_new", **OWN),
    Row("employment:jobseeker_story_new", **A_CHILDS),
    post("employment:jobseeker_story_new", data=told, status=DONE, **OWN),
    post("employment:jobseeker_story_new", data=told, **A_CHILDS),
    *(
        Row("employment:jobseeker_story", keys=keys, note=note, **MINE)
        for keys, note in ((waiting, ""), (released, "released"), (withdrawn, "taken back"), (disagreed, "hidden"))
    ),
    Row("employment:jobseeker_story", "", OFFICERS, keys=by_another_file, note="of another file"),
    Row("employment:jobseeker_story", "", OFFICERS, keys=of_a_child, note="a child's file"),
    Row("employment:jobseeker_story", "", OFFICERS, keys=of_another_district, note="another district"),
    Row("employment:jobseeker_story_edit", keys=waiting, **MINE),
    Row("employment:jobseeker_story_edit", "", OFFICERS, keys=by_another_file, note="of another file"),
    post("employment:jobseeker_story_edit", keys=waiting, data=told, status=DONE, **MINE),
    post("employment:jobseeker_story_edit", "", OFFICERS, keys=by_another_file, data=told, note="of another file"),
    post("employment:jobseeker_story_release", keys=waiting, data=seen(1), status=DONE, **MINE),
    post("employment:jobseeker_story_release", "", OFFICERS, keys=by_another_file, data=seen(2), note="of another"),
    post("employment:jobseeker_story_return", keys=waiting, data=seen(1, reason="太具体"), status=DONE, **MINE),
    post("employment:jobseeker_story_return", "", OFFICERS, keys=by_another_file, data=seen(2, reason="太具体")),
    post("employment:jobseeker_story_withdraw", keys=released, status=DONE, **MINE),
    post("employment:jobseeker_story_withdraw", "", OFFICERS, keys=by_another_file, note="of another file"),
    post("employment:jobseeker_story_bring_back", keys=withdrawn, data=seen(3), status=DONE, **MINE),
    post("employment:jobseeker_story_bring_back", "", OFFICERS, keys=by_another_file, data=seen(2), note="of another"),
    Row("employment:jobseeker_consents", **OWN),
    Row("employment:jobseeker_consents", **A_CHILDS),
    post("employment:jobseeker_consents", data=consent, status=DONE, **OWN),
    post("employment:jobseeker_consents", data=consent, **A_CHILDS),
    post("employment:jobseeker_consent_withdraw", keys=agreed, status=DONE, **MINE),
    post(
        "employment:jobseeker_consent_withdraw", "", OFFICERS, note="a child's file",
        keys=lambda world: {"case_id": world.case.uid, "purpose": "story"},
    ),
    post(
        "employment:jobseeker_consent_withdraw", "", OFFICERS, note="what no jobseeker is asked for",
        keys=lambda world: agreed(world) | {"purpose": "photographs"},
    ),
]  # fmt: skip
