"""Into the outbox: once for each key, by the way a person wishes, or held with a reason."""

import threading
from datetime import datetime, time, timedelta

import pytest
from django.db import close_old_connections, connection, transaction

from sunward.core.refusals import Refusal
from sunward.outreach.actions import end_suspension, set_preference, suspend_messages, write_group, write_personal
from sunward.outreach.choosing import next_allowed
from sunward.outreach.enums import ChannelKind, HeldBecause, MessagePurpose, MessageState
from sunward.outreach.models import Delivery, Message, Preference
from tests.factories import NOW, TODAY, make_committee, make_district, make_known, make_person, make_user
from tests.outreach.arrangements import Clock, make_channel, make_group, officer, send_everything

pytestmark = pytest.mark.django_db
SHANGHAI_NIGHT = NOW.replace(hour=14, minute=30)  # 22:30
MORNING_AFTER = NOW.replace(day=26, hour=0, minute=0)  # 08:00


def write(person=None, **more):
    said = {
        "key": "k1", "purpose": MessagePurpose.GATHERING, "reference": "G000001", "body": "请于周六九点到场。",
        "unit_path": make_committee().path, "now": NOW, "person_id": person.pk if person else None,
    }  # fmt: skip
    return write_personal(**(said | more))


@pytest.fixture
def sms():
    return make_channel(ChannelKind.SMS, unit=make_district(), address="gateway-token-1", template="T1", per_minute=600)


def test_the_same_key_twice_is_one_message(sms):
    person = make_known(make_person())
    first, second = write(person), write(person, body="别的话")
    assert first.pk == second.pk
    assert Message.objects.get().body == "请于周六九点到场。"


def test_an_act_that_is_rolled_back_has_told_nobody(sms):
    person = make_known(make_person())
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(person)
        raise ZeroDivisionError
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_who_tell_the_same_thing_at_once_tell_it_once(sms):
    person = make_known(make_person())
    group = make_group()
    body = "\n".join(f"{number}. 招聘会" + "好" * 100 for number in range(30))
    start, seen, errors = threading.Barrier(6), [], []

    def tell():
        start.wait()
        try:
            seen.append(write(person).pk)
            seen.append(write_group(key="g1", group=group, body=body, now=NOW)[0].letter)
        except BaseException as error:  # noqa: BLE001 - shown by the test
            errors.append(error)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=tell) for _ in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert not errors
    assert len(set(seen)) == 2
    assert Message.objects.filter(person=person).count() == 1
    parts = Message.objects.filter(group=group)
    assert sorted(parts.values_list("part", flat=True)) == list(range(1, parts.first().parts + 1))


def test_the_channel_of_the_nearest_unit_is_taken(sms):
    near = make_channel(ChannelKind.SMS, unit=make_committee().parent, address="gateway-token-2", template="T")
    assert write(make_person()).channel == near
    near.is_active = False
    near.save()
    assert write(make_person(), key="k2").channel == sms


def test_a_channel_of_another_unit_is_never_taken():
    make_channel(ChannelKind.SMS, unit=make_committee("310110019001").parent, address="gateway-token-2", template="T")
    message = write(make_person())
    assert (message.state, message.held_because) == (MessageState.HELD, HeldBecause.NO_CHANNEL)


def test_whoever_prefers_e_mail_gets_e_mail(sms):
    person = make_known(make_person())
    mail = make_channel(ChannelKind.EMAIL, unit=make_district(), address="smtp://127.0.0.1", sender="a@b.cn")
    set_preference(actor=officer(), person_id=person.uid, now=NOW, channel_kind="email", email="x@y.cn")
    assert write(person).channel == mail


def test_without_number_or_address_a_message_is_held(sms):
    person = make_known(make_person())
    person.phone = ""
    person.save()
    message = write(person)
    assert (message.state, message.held_because) == (MessageState.HELD, HeldBecause.NO_ADDRESS)


def test_a_user_is_told_inside_sunward_at_once():
    user = make_user()
    message = write(user_id=user.pk, purpose=MessagePurpose.DUTY, now=SHANGHAI_NIGHT)
    assert (message.channel_kind, message.state) == (ChannelKind.IN_APP, MessageState.SENT)
    assert Delivery.objects.get(message=message).outcome == "sent"


def test_without_a_public_address_nothing_with_a_link_goes_out(sms, settings):
    settings.SUNWARD_PUBLIC_URL = ""
    assert write(make_person()).held_because == HeldBecause.NO_CHANNEL
    assert write(make_person(), key="k2", user_id=make_user().pk).state == MessageState.SENT


def test_an_opt_out_holds_only_its_own_purpose(sms):
    person = make_known(make_person())
    set_preference(actor=officer(), person_id=person.uid, now=NOW, opted_out_of=[MessagePurpose.GATHERING])
    held = write(person)
    assert (held.state, held.held_because) == (MessageState.HELD, HeldBecause.OPTED_OUT)
    assert write(person, key="k2", purpose=MessagePurpose.VISIT).state == MessageState.QUEUED


def test_a_call_just_made_beats_a_reminder(sms):
    person = make_known(make_person())
    pause = suspend_messages(
        actor=officer(), person_id=person.uid, reason="刚通过电话", from_on=TODAY, on=TODAY, now=NOW
    )
    assert write(person).held_because == HeldBecause.SUSPENDED
    end_suspension(actor=officer(), suspension_id=pause.pk, now=NOW)
    assert write(person, key="k2").state == MessageState.QUEUED


def test_a_suspension_wants_a_reason(sms):
    person = make_known(make_person())
    with pytest.raises(Refusal, match=r"outreach\.reason_missing"):
        suspend_messages(actor=officer(), person_id=person.uid, reason=" ", from_on=TODAY, on=TODAY, now=NOW)


def test_at_night_a_message_waits_for_the_morning_and_then_goes(sms, gateway):
    person = make_known(make_person(phone="+8613800001234"))
    message = write(person, now=SHANGHAI_NIGHT)
    assert (message.state, message.held_because) == (MessageState.QUEUED, HeldBecause.QUIET_HOURS)
    assert message.not_before == MORNING_AFTER
    clock = Clock(MORNING_AFTER - timedelta(seconds=1))
    assert send_everything(clock) == 0
    clock.pass_(seconds=1)
    assert send_everything(clock) == 1
    message.refresh_from_db()
    assert (message.state, message.held_because) == (MessageState.SENT, "")


def test_a_message_kept_waiting_into_the_night_waits_on(sms, gateway):
    message = write(make_person(phone="+8613800001234"), now=NOW)
    assert send_everything(Clock(SHANGHAI_NIGHT)) == 0
    message.refresh_from_db()
    assert (message.held_because, message.next_at) == (HeldBecause.QUIET_HOURS, MORNING_AFTER)


@pytest.mark.parametrize(
    ("at", "begins", "ends", "allowed"),
    [
        ("20:59", None, None, "20:59"),
        ("21:00", None, None, "08:00"),
        ("07:59", None, None, "08:00"),
        ("08:00", None, None, "08:00"),
        ("13:00", time(12), time(14), "14:00"),
        ("21:30", time(12), time(14), "21:30"),
        ("03:00", time(5), time(5), "03:00"),
    ],
)
def test_quiet_hours_end_at_the_next_minute_that_is_allowed(at, begins, ends, allowed):
    from django.utils import timezone

    now = datetime.combine(TODAY, time.fromisoformat(at), tzinfo=timezone.get_default_timezone())
    preference = Preference(quiet_from=begins, quiet_until=ends) if begins else None
    found = next_allowed(preference, now)
    assert found >= now
    assert f"{timezone.localtime(found):%H:%M}" == allowed
    assert found - now < timedelta(days=1)


def test_enough_in_a_week_is_enough(sms):
    person = make_known(make_person())
    set_preference(actor=officer(), person_id=person.uid, now=NOW, ceiling_per_week=2)
    states = [write(person, key=f"k{number}").state for number in range(3)]
    assert states == [MessageState.QUEUED, MessageState.QUEUED, MessageState.HELD]
    assert Message.objects.get(key="k2").held_because == HeldBecause.CEILING
    Message.objects.filter(state=MessageState.QUEUED).update(state=MessageState.SENT, sent_at=NOW)
    assert write(person, key="k8", now=NOW + timedelta(days=7)).state == MessageState.QUEUED


def test_what_is_urgent_passes_every_wish_and_says_why(sms, gateway):
    person = make_known(make_person(phone="+8613800001234"))
    set_preference(
        actor=officer(), person_id=person.uid, now=NOW, ceiling_per_week=0, opted_out_of=[MessagePurpose.GATHERING]
    )
    suspend_messages(actor=officer(), person_id=person.uid, reason="刚通过电话", from_on=TODAY, on=TODAY, now=NOW)
    message = write(person, purpose=MessagePurpose.URGENT, urgent_because="台风，活动取消", now=SHANGHAI_NIGHT)
    assert message.urgent_because == "台风，活动取消"
    assert send_everything(Clock(SHANGHAI_NIGHT)) == 1


def test_urgency_without_a_reason_is_refused(sms):
    with pytest.raises(Refusal, match=r"outreach\.urgency_unexplained"):
        write(make_person(), purpose=MessagePurpose.URGENT, urgent_because=" ")


def test_who_opts_out_after_the_writing_is_not_told(sms, gateway):
    person = make_known(make_person(phone="+8613800001234"))
    message = write(person)
    set_preference(actor=officer(), person_id=person.uid, now=NOW, opted_out_of=[MessagePurpose.GATHERING])
    assert send_everything(Clock()) == 0
    message.refresh_from_db()
    assert (message.state, message.held_because) == (MessageState.HELD, HeldBecause.OPTED_OUT)
    assert not gateway.calls


def test_a_merged_person_is_told_as_the_one_that_stayed(sms):
    stayed, gone = make_person(), make_person()
    gone.merged_into = stayed
    gone.save()
    assert write(gone).person == stayed


def test_two_rows_of_one_person_can_be_merged_and_what_either_wished_counts(sms):
    from sunward.people.actions import merge_persons
    from sunward.people.models import PossibleDuplicate

    actor, first, second = officer(), make_known(make_person()), make_known(make_person())
    set_preference(actor=actor, person_id=first.uid, now=NOW, opted_out_of=["visit"], ceiling_per_week=9)
    later = NOW + timedelta(days=1)
    set_preference(actor=actor, person_id=second.uid, now=later, opted_out_of=["gathering"], ceiling_per_week=3)
    suspend_messages(actor=actor, person_id=second.uid, reason="通过电话", from_on=TODAY, on=TODAY, now=NOW)
    waiting = write(second, key="k0", urgent_because="台风")
    pair = PossibleDuplicate.objects.create(first=first, second=second, points=200, unit_path=first.unit_path)
    merge_persons(actor=actor, duplicate_id=pair.pk, now=later)
    stayed = Preference.objects.first().person
    waiting.refresh_from_db()
    assert waiting.person == stayed
    assert write(stayed, key="k1", purpose=MessagePurpose.VISIT).held_because == HeldBecause.OPTED_OUT
    assert write(stayed, key="k2", purpose=MessagePurpose.GATHERING).held_because == HeldBecause.OPTED_OUT
    assert write(stayed, key="k3", purpose=MessagePurpose.RECOMMENDATION).held_because == HeldBecause.SUSPENDED
    set_preference(actor=actor, person_id=stayed.uid, now=later, opted_out_of=["visit"])
    assert Preference.objects.get().opted_out_of == ["visit"]


def test_a_group_without_a_robot_is_told_nothing():
    group = make_group()
    group.channel = None
    group.save()
    with pytest.raises(Refusal, match=r"outreach\.group_has_no_robot"):
        write_group(key="g", group=group, body="招聘会", now=NOW)
