"""What outreach's tests set up: channels, groups, messages, and a clock that the test moves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Unit
from sunward.outreach.actions.sending import Claimed, Wait, channels_with_work, claim_next, record_answer
from sunward.outreach.enums import ChannelKind
from sunward.outreach.models import Channel, Group
from tests.factories import NOW, actor_of, make_district, make_officer, make_subdistrict

ROBOT_KEY = "robot-key-0001"
WORKER = "a-worker"


@dataclass
class Clock:
    """Passes only when told to."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()

    def pass_(self, **time: float) -> datetime:
        self.now += timedelta(**time)
        return self.now


def make_channel(
    kind: ChannelKind = ChannelKind.WECOM, *, unit: Unit | None = None, address: str = ROBOT_KEY, per_minute: int = 20,
    secret: str = "", sender: str = "", template: str = "",
) -> Channel:  # fmt: skip
    unit = unit or make_subdistrict()
    return Channel.objects.create(
        unit=unit, unit_path=unit.path, kind=kind, name=str(kind), address=address, secret=secret, sender=sender,
        template=template, per_minute=per_minute, made_at=NOW,
    )  # fmt: skip


def make_group(name: str = "控江一群", *, channel: Channel | None = None, unit: Unit | None = None) -> Group:
    unit = unit or make_subdistrict()
    return Group.objects.create(
        unit=unit, unit_path=unit.path, name=name, channel=channel or make_channel(unit=unit), made_at=NOW,
        topics=["employment.gatherings", "mentoring.gatherings"],
    )  # fmt: skip


def officer(role: Role = Role.DISTRICT_OFFICER, unit: Unit | None = None) -> Actor:
    return actor_of(make_officer(role, unit or make_district()))


def send_everything(clock: Clock, *, worker: str = WORKER, cost: float = 0.0) -> int:
    """What the job does in one round, by the test's clock; a call takes `cost` seconds. Returns how many calls."""
    count = 0
    waiting: set[int] = set()
    while channels := [pk for pk in channels_with_work(now=clock()) if pk not in waiting]:
        for channel_id in channels:
            if send_one(channel_id, clock, worker=worker, cost=cost):
                count += 1
            else:
                waiting.add(channel_id)
    return count


def send_one(channel_id: int, clock: Callable[[], datetime], *, worker: str = WORKER, cost: float = 0.0) -> bool:
    found = claim_next(channel_id=channel_id, worker=worker, now=clock())
    if isinstance(found, Wait):
        return False
    assert isinstance(found, Claimed)
    answer = found.send(now=clock())
    if cost and isinstance(clock, Clock):
        clock.pass_(seconds=cost)
    record_answer(found, answer, now=clock())
    return True
