"""Stories of success for tests."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sunward.accounts.access import Actor
from sunward.casework.models import Case
from sunward.employment.actions.consents import record_consent
from sunward.employment.actions.stories import Told, release_story, write_story
from sunward.employment.enums import ClientTagKind
from sunward.employment.models import Story
from sunward.employment.stories.enums import AgeBand, Helped
from sunward.people.enums import Purpose
from tests.factories import NOW, TODAY

AT = {"on": TODAY, "now": NOW}


def told(**more: Any) -> Told:
    said: dict[str, Any] = {
        "pseudonym": "小禾", "title": "从不敢面试到站稳柜台", "obstacle": "一到面试就说不出话。",
        "words": "先一起把简历写成一页纸，再陪着练了三次面试。\n第四次是自己去的。",
        "outcome": "做收银，三个月后还在。",
        "helped": (Helped.GUIDANCE, Helped.COMPANY), "age_band": AgeBand.TO_35,
        "client_tags": (ClientTagKind.LTU_YOUTH,),
    }  # fmt: skip
    return Told(**said | more)


def make_story(actor: Actor, case: Case, **more: Any) -> Story:
    return write_story(actor=actor, case_id=case.uid, key=uuid4(), told=told(**more), **AT)


def agree(actor: Actor, case: Case, *, expires_on: date | None = None, given_on: date = TODAY - timedelta(days=3)):
    return record_consent(
        actor=actor, case_id=case.uid, purpose=Purpose.STORY, given_on=given_on, expires_on=expires_on, **AT
    )


def release(actor: Actor, story: Story) -> Story:
    return release_story(actor=actor, case_id=story.case.uid, story_id=story.uid, version=story.version, **AT)


def make_released(writer: Actor, second: Actor, case: Case, **more: Any) -> Story:
    agree(writer, case)
    return release(second, make_story(writer, case, **more))
