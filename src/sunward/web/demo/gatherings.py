"""Gatherings of the demo district, made by the acts that people use: outings, a training, fairs and courses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import uuid4

from django.utils.timezone import make_aware

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import Unit, User
from sunward.gatherings import actions as acts
from sunward.gatherings.actions.copying import Rule
from sunward.gatherings.actions.planning import GatheringDetails, SessionTime
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import Audience, Duty, Mode, Part
from sunward.gatherings.models import Gathering, SignUp
from sunward.mentoring.actions.consents import record_consent
from sunward.mentoring.models import Match, Mentor
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import Guardianship
from sunward.web.demo.moments import Moment
from sunward.web.demo.people import PersonMaker
from sunward.web.demo.sign_ins import DISTRICT, STREET
from sunward.web.demo.stops import add_stops

SATURDAY, SUNDAY, WEDNESDAY, FRIDAY = 5, 6, 2, 4
FAIR_GUESTS, COURSE_GUESTS = 26, 9
# Every third guardian also agrees that the child is photographed.
PHOTOGRAPHED = 3
PRAISE = ("场地好找，企业也实在。", "希望下次多一些家门口的岗位。", "排队有点久，其他都好。", "老师讲得清楚，能用上。")


@dataclass(frozen=True, slots=True)
class Host:
    """Who plans, for which unit."""

    actor: Actor
    unit: Unit


def make_gatherings(matches: Sequence[Match], people: PersonMaker, random: Random, moment: Moment) -> None:
    """Past and coming ones around the day on which the demo is built."""
    on = moment.on
    officer = Host(_actor("officer", on), Unit.objects.get(code=DISTRICT))
    supervisor = Host(_actor("supervisor", on), Unit.objects.get(code=STREET))
    employment = Host(_actor("employment", on), Unit.objects.get(code=DISTRICT))
    agreed = [match for match in matches if _agree(match, officer.actor, moment)]
    _make_outings(agreed, officer, supervisor, moment)
    _make_trainings(officer, moment)
    _make_fairs(employment, people, random, moment)
    _make_courses(employment, people, moment)


def _actor(username: str, on: date) -> Actor:
    return read_actor(User.objects.get(username=username), on=on)


def _agree(match: Match, officer: Actor, moment: Moment) -> bool:
    """The guardian agrees that the child takes part, some also to photographs; where none is known, nobody can."""
    cared_for = Guardianship.objects.current(on=moment.on).filter(child_id=match.case.person_id)
    guardian_id = cared_for.order_by("-is_primary", "pk").values_list("guardian_id", flat=True).first()
    if guardian_id is None:
        return False
    purposes = [Purpose.GATHERINGS, *([Purpose.PHOTOGRAPHS] if match.pk % PHOTOGRAPHED == 0 else [])]
    for purpose in purposes:
        record_consent(
            actor=officer, case_id=match.case.uid, purpose=purpose, legal_basis=LegalBasis.CONSENT,
            given_on=moment.on, on=moment.on, now=moment.now, given_by_id=guardian_id,
        )  # fmt: skip
    return True


def _make_outings(agreed: Sequence[Match], officer: Host, supervisor: Host, moment: Moment) -> None:
    """One with room, one that is full with pairs who wait, one still being planned on the same day."""
    day = _next(moment.on, SATURDAY, at_least=5)
    roomy = _outing(
        officer, moment, day, "滨江秋日徒步：邻家妈妈和孩子们一起走五公里", "杨浦滨江秦皇岛路码头", places=40
    )
    add_stops(roomy, officer.actor, moment)
    for match in agreed[:9]:
        _sign_up_pair(roomy, match, officer, moment)
    full = _outing(officer, moment, day + timedelta(days=8), "上海自然博物馆参观", "上海自然博物馆（静安）", places=8)
    for match in agreed[9:15]:
        _sign_up_pair(full, match, officer, moment)
    details = GatheringDetails(
        title="社区亲子烘焙", host_id=supervisor.unit.pk, place="控江路街道社区文化活动中心三楼", places=24,
        children_per_adult=3, fields={"meeting_point": "活动中心门口", "bring": "围裙"},
    )  # fmt: skip
    baking = _plan(supervisor, "mentoring.outing", details, [_session(day, 9, 30, hours=3)], moment)
    # Whoever answers for safety at the walk cannot bake at the same time: the calendar shows it.
    acts.name_steward(
        actor=supervisor.actor, gathering_id=baking.uid, duty=Duty.SAFETY, user_id=officer.actor.user_id,
        on=moment.on, now=moment.now,
    )  # fmt: skip


def _outing(host: Host, moment: Moment, day: date, title: str, place: str, *, places: int) -> Gathering:
    details = GatheringDetails(
        title=title, host_id=host.unit.pk, place=place, places=places, audience=Audience.PAIRS, children_per_adult=3,
        age_min=5, age_max=17, fields={"meeting_point": "各街道门口集合", "bring": "水杯、雨衣、舒服的鞋"},
    )  # fmt: skip
    made = _plan(host, "mentoring.outing", details, [_session(day, 9, 0, hours=4)], moment)
    acts.name_steward(
        actor=host.actor, gathering_id=made.uid, duty=Duty.SAFETY, user_id=host.actor.user_id, on=moment.on,
        now=moment.now,
    )  # fmt: skip
    acts.name_steward(
        actor=host.actor, gathering_id=made.uid, duty=Duty.FIRST_AID, name="红十字志愿者 任静", on=moment.on,
        now=moment.now,
    )  # fmt: skip
    return _publish(made, host, moment)


def _sign_up_pair(outing: Gathering, match: Match, host: Host, moment: Moment) -> None:
    heads = [Head(match.case.person_id), Head(match.mentor.person_id, Part.ADULT)]
    age = match.case.person.age_on(outing.begins_on or moment.on)
    if age is None or not 5 <= age <= 17:
        return
    acts.sign_up(actor=host.actor, gathering_id=outing.uid, heads=heads, party=uuid4(), on=moment.on, now=moment.now)


def _make_trainings(host: Host, moment: Moment) -> None:
    """A training to come with some volunteers, a salon online, and one that was held a fortnight ago."""
    moms = list(Mentor.objects.exclude(unit=None).order_by("pk")[:30])
    coming = _training(host, moment, _next(moment.on, WEDNESDAY, at_least=2), "青春期沟通：怎样听孩子说完", places=60)
    for mentor in moms[:14]:
        _sign_up(coming, [Head(mentor.person_id)], host, moment)
    salon = GatheringDetails(
        title="邻家妈妈读书会：《如何说孩子才会听》", host_id=host.unit.pk, mode=Mode.ONLINE,
        online_link="https://meeting.example.org/reading", fields={"speaker": "家庭教育指导师 许宁"},
    )  # fmt: skip
    evening = [_session(_next(moment.on, FRIDAY, at_least=9), 19, 0, hours=1.5)]
    _publish(_plan(host, "mentoring.salon", salon, evening, moment), host, moment)
    past = moment.earlier(21)
    held_on = moment.on - timedelta(days=12)
    held = _training(host, past, held_on, "安全第一课：急救与防走失", places=50)
    rows = [row for mentor in moms[14:] for row in _sign_up(held, [Head(mentor.person_id)], host, past)]
    _hold(held, rows, host, moment, words="十六位邻家妈妈参加，急救练习人人动手。下次把讲义提前发。")


def _training(host: Host, moment: Moment, day: date, title: str, *, places: int) -> Gathering:
    details = GatheringDetails(
        title=title, host_id=host.unit.pk, place="杨浦区社会福利综合服务中心 201", places=places,
        fields={"speaker": "区未成年人保护服务中心 林老师"},
    )  # fmt: skip
    return _publish(_plan(host, "mentoring.training", details, [_session(day, 14, 0, hours=2)], moment), host, moment)


def _make_fairs(host: Host, people: PersonMaker, random: Random, moment: Moment) -> None:
    """One that was held three weeks ago, with what people said, and one to come."""
    past = moment.earlier(40)
    held = _fair(host, past, moment.on - timedelta(days=20), "金秋招聘会（五角场专场）", "五角场下沉式广场", 300)
    rows: list[SignUp] = []
    for number in range(FAIR_GUESTS):
        person = people.woman(moment.on) if number % 2 else people.man(moment.on, youngest=22, oldest=58)
        guest = Head(guest_name=person.name, guest_age=moment.on.year - person.birth.year, guest_phone=person.phone)
        rows += _sign_up(held, [guest], host, past)
    _hold(held, rows, host, moment, words="32 家企业到场，现场初步达成意向 58 人次。", reported=412)
    for number in range(18):
        acts.record_feedback(
            actor=host.actor, gathering_id=held.uid, satisfaction=random.choice((5, 5, 5, 4, 4, 3, 2)), on=moment.on,
            now=moment.now, words=PRAISE[number] if number < len(PRAISE) else "",
        )  # fmt: skip
    day = _next(moment.on, FRIDAY, at_least=4)
    coming = _fair(host, moment, day, "“家门口”就业服务站专场面试会：养老护理与物业", "控江路街道文化广场", 120)
    for _guest in range(COURSE_GUESTS):
        person = people.woman(moment.on)
        _sign_up(coming, [Head(guest_name=person.name, guest_phone=person.phone)], host, moment)


def _fair(host: Host, moment: Moment, day: date, title: str, place: str, places: int) -> Gathering:
    details = GatheringDetails(
        title=title, host_id=host.unit.pk, place=place, places=places, is_public=True,
        fields={"employers": 32, "posts": 460, "sector": "生活服务业"},
    )  # fmt: skip
    return _publish(_plan(host, "employment.job_fair", details, [_session(day, 9, 30, hours=3)], moment), host, moment)


def _make_courses(host: Host, people: PersonMaker, moment: Moment) -> None:
    """A small course that goes on weekly; the first is published, the others wait for it."""
    details = GatheringDetails(
        title="小课式：收纳整理师入门", host_id=host.unit.pk, place="长白新村街道社区学校", places=12, is_public=True,
        fields={"occupation": "整理收纳师", "speaker": "收纳讲师 沈薇"},
    )  # fmt: skip
    day = _next(moment.on, WEDNESDAY, at_least=6)
    first = _plan(host, "employment.course_session", details, [_session(day, 9, 30, hours=2)], moment)
    acts.repeat_gathering(
        actor=host.actor, gathering_id=first.uid, rule=Rule.WEEKLY, times=3, on=moment.on, now=moment.now
    )
    first.refresh_from_db()
    _publish(first, host, moment)
    for _guest in range(14):
        person = people.woman(moment.on)
        _sign_up(first, [Head(guest_name=person.name, guest_phone=person.phone)], host, moment)
    acts.save_as_template(
        actor=host.actor, gathering_id=first.uid, title="小课式（两小时）", on=moment.on, now=moment.now
    )


def _plan(
    host: Host, kind: str, details: GatheringDetails, sessions: Sequence[SessionTime], moment: Moment
) -> Gathering:
    return acts.plan_gathering(
        actor=host.actor, kind=kind, details=details, sessions=sessions, on=moment.on, now=moment.now
    )


def _publish(made: Gathering, host: Host, moment: Moment) -> Gathering:
    made.refresh_from_db()
    return acts.publish_gathering(
        actor=host.actor, gathering_id=made.uid, version=made.version, on=moment.on, now=moment.now
    )


def _sign_up(made: Gathering, heads: Sequence[Head], host: Host, moment: Moment) -> list[SignUp]:
    return acts.sign_up(
        actor=host.actor, gathering_id=made.uid, heads=heads, party=uuid4(), on=moment.on, now=moment.now
    )


def _hold(
    made: Gathering, rows: Sequence[SignUp], host: Host, moment: Moment, *, words: str, reported: int | None = None
) -> None:
    """Most came; it is finished on the evening of its day."""
    session = made.sessions.get()
    for number, row in enumerate(rows):
        if number % 7 != 6:
            acts.check_in(
                actor=host.actor, gathering_id=made.uid, sign_up_id=row.uid, now=session.begins_at,
                session_id=session.pk,
            )  # fmt: skip
    made.refresh_from_db()
    acts.finish_gathering(
        actor=host.actor, gathering_id=made.uid, version=made.version, summary=words,
        on=made.begins_on or moment.on, now=session.ends_at + timedelta(hours=2), reported_attendance=reported,
    )  # fmt: skip


def _next(on: date, weekday: int, *, at_least: int) -> date:
    """The first such weekday after some days."""
    start = on + timedelta(days=at_least)
    return start + timedelta(days=(weekday - start.weekday()) % 7)


def _session(day: date, hour: int, minute: int, *, hours: float) -> SessionTime:
    begins: datetime = make_aware(datetime.combine(day, time(hour, minute)))
    return SessionTime(begins, begins + timedelta(hours=hours))
