"""Thirty sessions of the small courses in seven sub-districts, and who came to each: 3,435 heads."""

from datetime import date, timedelta

from django.db import transaction

from sunward.accounts.models import Unit
from sunward.gatherings import actions as acts
from sunward.gatherings.actions.roadshows import Hours, publish_roadshow
from sunward.gatherings.enums import HalfDay
from sunward.gatherings.models import Roadshow
from sunward.gatherings.roadshow.documents import write_plan, write_request
from sunward.gatherings.roadshow.shapes import Placement, Plan, Request
from sunward.gatherings.roadshow_plans import keep_plan
from sunward.web.demo.roadshow import OCCUPATIONS, SESSIONS, SPEAKERS, SUBDISTRICTS, TITLE, VENUES
from sunward.web.demo.sign_ins import DISTRICT
from sunward.web.demo.yangpu_2022.rows import come_many
from sunward.web.demo.yangpu_2022.stage import LAST, Stage, at, days_between, spread

HEADS = 3_435
ASKED_ON, PUBLISHED_ON = date(2022, 1, 5), date(2022, 1, 10)
MONTHS = tuple(f"2022-{month:02}" for month in range(1, 11))


def make_roadshows(stage: Stage) -> None:
    """The plan is laid by hand, as an officer may who fixes every session; no planner is asked."""
    officer = stage.actor("employment", ASKED_ON)
    unit = Unit.objects.get(code=DISTRICT)
    asked = Request(tuple(SUBDISTRICTS), MONTHS, SESSIONS, OCCUPATIONS, SPEAKERS, VENUES)
    with transaction.atomic():
        roadshow = Roadshow.objects.create(
            programme="employment", kind="employment.course_session", unit=unit, unit_path=unit.path, title=TITLE,
            first_month=MONTHS[0], last_month=MONTHS[-1], made_by_id=officer.user_id, made_at=at(ASKED_ON, 9),
            request={"asked": write_request(asked), "hours": Hours(places=None).write()},
        )  # fmt: skip
        keep_plan(roadshow, write_plan(Plan(tuple(_placements()), ()), (), ()))
        roadshow.save()
    publish_roadshow(
        actor=stage.actor("employment", PUBLISHED_ON), roadshow_id=roadshow.uid, version=roadshow.version,
        is_open=True, on=PUBLISHED_ON, now=at(PUBLISHED_ON, 10),
    )  # fmt: skip
    _hold_all(stage, roadshow)


def _placements() -> list[Placement]:
    """A sub-district after the other, each time with another occupation and its own hall."""
    days = spread(days_between(date(2022, 1, 19), LAST - timedelta(days=3), can_meet=True), SESSIONS)
    codes = list(SUBDISTRICTS)
    halls = {venue.subdistrict: venue.name for venue in VENUES}
    return sorted(
        Placement(
            codes[number % len(codes)], day, (HalfDay.MORNING, HalfDay.AFTERNOON)[number % 2],
            halls[codes[number % len(codes)]], SPEAKERS[number % len(SPEAKERS)].name,
            OCCUPATIONS[number % len(OCCUPATIONS)],
        )
        for number, day in enumerate(days)
    )  # fmt: skip


def _hold_all(stage: Stage, roadshow: Roadshow) -> None:
    slots = list(roadshow.slots.select_related("gathering").order_by("day", "number"))
    heads = _share(stage, len(slots))
    for number, (slot, coming) in enumerate(zip(slots, heads, strict=True), 1):
        if number % 10 == 1:
            stage.tell(f"roadshow sessions: {number} of {len(slots)}")
        assert slot.gathering is not None
        with transaction.atomic():
            session = slot.gathering.sessions.get()
            day = session.begins_at.astimezone(at(PUBLISHED_ON).tzinfo).date()
            officer = stage.actor("employment", day)
            guests = [(stage.people.woman(day, youngest=18, oldest=58).name, f"+86{stage.people.phone()}")
                      for _head in range(coming)]  # fmt: skip
            come_many(
                slot.gathering, session, guests, actor=officer, on=day, now=session.begins_at - timedelta(hours=2),
                at_the_door=session.begins_at,
            )  # fmt: skip
            acts.finish_gathering(
                actor=officer, gathering_id=slot.gathering.uid, version=slot.gathering.version,
                summary="座位坐满，提问很多。", on=day, now=session.ends_at + timedelta(hours=1),
            )  # fmt: skip


def _share(stage: Stage, sessions: int) -> list[int]:
    """Between some eighty and some hundred and fifty a session."""
    found = [HEADS // sessions] * sessions
    found[0] += HEADS - sum(found)
    for _each in range(400):
        one, other = stage.random.randrange(sessions), stage.random.randrange(sessions)
        if one != other and found[one] > 80 and found[other] < 150:
            found[one], found[other] = found[one] - 1, found[other] + 1
    return found
