"""A roadshow from what is asked for to the gatherings, and back."""

from dataclasses import replace
from datetime import date

import pytest

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.core.jobs.worker import drain
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.gatherings.access import get_roadshow
from sunward.gatherings.actions import discard_draft, publish_gathering, record_feedback
from sunward.gatherings.actions.roadshows import (
    Hours,
    RoadshowChanged,
    accept_plan,
    ask_again,
    decline_plan,
    discard_roadshow,
    fix_slot,
    move_slot,
    plan_again,
    publish_roadshow,
    read_chooser,
    take_back_roadshow,
)
from sunward.gatherings.enums import GatheringState, RoadshowState
from sunward.gatherings.models import Gathering, Roadshow
from sunward.gatherings.recording import what_tells_apart
from sunward.gatherings.roadshow.documents import read_request, write_request
from sunward.gatherings.roadshow.shapes import Speaker, Whose
from sunward.gatherings.roadshow_plans import asked_of, full_request, placement_of
from sunward.ledger.models import Fact
from sunward.web.demo import roadshow as autumn
from tests.factories import NOW, TODAY, actor_of, make_officer, make_unit
from tests.gatherings.builders import BEGINS, ENDS, OUTING, SALON, bring, draft, guests, planner, published, refused
from tests.gatherings.roadshow_builders import MONTHS, ask, begin, officer, planned, streets

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """The planner's job asks the clock; no day of the tests' own roadshow may pass by itself."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def test_a_plan_is_worked_out_in_the_background_and_kept():
    roadshow = begin(officer())
    assert not roadshow.slots.exists()
    drain()
    roadshow.refresh_from_db()
    slots = list(roadshow.slots.all())
    assert [slot.number for slot in slots] == [1, 2, 3, 4]
    assert all(slot.day and slot.day >= TODAY for slot in slots)
    assert {proof["stage"] for proof in roadshow.outcome["proofs"]} == {"placed", "even", "weeks", "people"}
    assert roadshow.job.state == "done"


def test_what_is_asked_comes_back_from_its_document():
    for request in (autumn.ask(), replace(ask(), quota={"a": 2}, on_in={MONTHS[0]: ("咖啡师",)})):
        assert read_request(write_request(request)) == request


def test_a_session_that_is_fixed_stays_and_a_new_plan_waits_for_somebody_to_accept_it():
    actor, roadshow = planned()
    first = roadshow.slots.select_related("subdistrict").first()
    roadshow = fix_slot(
        actor=actor, roadshow_id=roadshow.uid, slot_id=first.uid, version=roadshow.version, is_fixed=True, now=NOW
    )
    stood = {placement_of(slot) for slot in roadshow.slots.select_related("subdistrict")}
    asked = replace(asked_of(roadshow), sessions=6)
    roadshow = ask_again(
        actor=actor, roadshow_id=roadshow.uid, version=roadshow.version, title="加两场", asked=asked, hours=Hours(),
        on=TODAY, now=NOW,
    )  # fmt: skip
    drain()
    roadshow.refresh_from_db()
    assert roadshow.proposed
    assert roadshow.slots.count() == 4, "nothing has changed yet"
    accept_plan(actor=actor, roadshow_id=roadshow.uid, version=roadshow.version, now=NOW)
    roadshow.refresh_from_db()
    now = {placement_of(slot): slot for slot in roadshow.slots.select_related("subdistrict")}
    assert len(now) == 6
    assert stood <= set(now), "there is room: what stood has not moved"
    kept = now[placement_of(first)]
    assert (kept.uid, kept.is_fixed) == (first.uid, True)
    assert not roadshow.proposed


def test_a_declined_plan_leaves_everything_as_it_was():
    actor, roadshow = planned()
    stood = list(roadshow.slots.values_list("uid", "day", "speaker"))
    plan_again(actor=actor, roadshow_id=roadshow.uid, version=roadshow.version, now=NOW)
    drain()
    roadshow.refresh_from_db()
    decline_plan(actor=actor, roadshow_id=roadshow.uid, version=roadshow.version, now=NOW)
    roadshow.refresh_from_db()
    assert not roadshow.proposed
    assert list(roadshow.slots.values_list("uid", "day", "speaker")) == stood
    with pytest.raises(Refusal, match="nothing_proposed"):
        accept_plan(actor=actor, roadshow_id=roadshow.uid, version=roadshow.version, now=NOW)


def test_an_answer_to_an_older_question_is_dropped():
    actor, roadshow = planned()
    plan_again(actor=actor, roadshow_id=roadshow.uid, version=roadshow.version, now=NOW)
    roadshow.refresh_from_db()
    slot = roadshow.slots.first()
    fix_slot(actor=actor, roadshow_id=roadshow.uid, slot_id=slot.uid, version=roadshow.version, is_fixed=True, now=NOW)
    drain()
    roadshow.refresh_from_db()
    assert not roadshow.proposed


def test_a_session_moves_to_a_free_half_day_only_and_is_fixed_there():
    actor, roadshow = planned()
    slot = roadshow.slots.select_related("subdistrict").first()
    other = roadshow.slots.select_related("subdistrict").exclude(pk=slot.pk).first()
    chooser = read_chooser(roadshow, slot, on=TODAY)
    free = [one for choice in chooser.walk(slot.subdistrict.code) for one in choice.options if one.day != slot.day]
    taken = replace(placement_of(other), subdistrict=slot.subdistrict.code)
    with pytest.raises(Conflict, match="slot_not_free"):
        move(actor, roadshow, slot, taken)
    move(actor, roadshow, slot, free[-1])
    slot.refresh_from_db()
    assert placement_of(slot) == free[-1]
    assert slot.is_fixed


def test_two_who_change_a_roadshow_at_once_do_not_overwrite_each_other():
    actor, roadshow = planned()
    plan_again(actor=actor, roadshow_id=roadshow.uid, version=roadshow.version, now=NOW)
    with pytest.raises(RoadshowChanged):
        plan_again(actor=actor, roadshow_id=roadshow.uid, version=roadshow.version, now=NOW)


def test_what_is_planned_elsewhere_blocks_the_half_day():
    """A published salon in the sub-district, one in the venue, and one with the speaker."""
    actor = officer()
    street = streets()[0]
    draft(SALON, actor=actor, host=street, place="别处", fields={"speaker": "何老师"})
    roadshow = begin(actor)
    busy = full_request(roadshow, on=TODAY).busy
    assert {(one.whose, one.key) for one in busy} == {
        (Whose.SUBDISTRICT, street.code),
        (Whose.SPEAKER, "何老师"),
    }
    assert {one.day for one in busy} == {BEGINS.date()}
    assert ENDS.date() == BEGINS.date()


def test_of_a_gathering_with_children_only_the_taken_venue_is_known():
    """Whoever plans courses may not even know that there is an outing."""
    street = streets()[0]
    published(OUTING, actor=planner(OUTING), host=street, place="甲中心", title="秋游")
    busy = full_request(begin(officer()), on=TODAY).busy
    assert {(one.whose, one.key, one.note) for one in busy} == {(Whose.VENUE, "甲中心", "")}


def test_a_draft_of_somebody_elsewhere_blocks_nothing():
    elsewhere = make_unit("310109", name="虹口区")
    other = actor_of(make_officer(Role.EMPLOYMENT_OFFICER, unit=elsewhere))
    draft(SALON, actor=other, host=elsewhere, place="甲中心", fields={"speaker": "何老师"})
    assert not full_request(begin(officer()), on=TODAY).busy


def test_publishing_makes_a_gathering_of_each_session_and_can_be_taken_back():
    actor, roadshow = planned()
    roadshow = publish(actor, roadshow)
    gatherings = Gathering.objects.order_by("begins_on")
    assert [one.state for one in gatherings] == [GatheringState.PUBLISHED] * 4
    slot = roadshow.slots.select_related("gathering", "subdistrict").first()
    assert slot.gathering.host == slot.subdistrict
    assert slot.gathering.fields == {"occupation": slot.occupation, "speaker": slot.speaker}
    assert (slot.gathering.begins_on, slot.gathering.place, slot.gathering.places) == (slot.day, slot.venue, 30)
    published = Fact.objects.filter(kind="gatherings.gathering_published", is_withdrawal=False).count()
    taken = take_back_roadshow(actor=actor, roadshow_id=roadshow.uid, version=roadshow.version, on=TODAY, now=NOW)
    assert taken.state == RoadshowState.DRAFT
    assert not Gathering.objects.exists()
    withdrawn = Fact.objects.filter(kind="gatherings.gathering_published", is_withdrawal=True).count()
    assert published == withdrawn == 4
    assert taken.slots.filter(day__isnull=False, gathering=None).count() == 4


def test_publishing_is_not_taken_back_once_somebody_has_signed_up():
    actor, roadshow = planned()
    roadshow = publish(actor, roadshow)
    bring(Gathering.objects.first(), *guests(), actor=actor)
    with pytest.raises(Conflict, match="roadshow_signed_up"):
        take_back_roadshow(actor=actor, roadshow_id=roadshow.uid, version=roadshow.version, on=TODAY, now=NOW)
    assert Gathering.objects.count() == 4


def test_publishing_is_all_or_none():
    """One session has slipped into the past since: the others are not published either."""
    actor, roadshow = planned()
    slot = roadshow.slots.last()
    slot.day = date(2026, 1, 5)
    slot.save()
    with pytest.raises(Refusal, match="time_over"):
        publish(actor, roadshow)
    assert not Gathering.objects.exists()


def test_drafts_of_a_roadshow_are_published_one_by_one():
    actor, roadshow = planned()
    publish(actor, roadshow, is_open=False)
    assert {one.state for one in Gathering.objects.all()} == {GatheringState.DRAFT}
    one = Gathering.objects.first()
    publish_gathering(actor=actor, gathering_id=one.uid, version=one.version, on=TODAY, now=NOW)


def test_a_published_roadshow_is_neither_planned_again_nor_thrown_away():
    actor, roadshow = planned()
    roadshow = publish(actor, roadshow, is_open=False)
    said = {"actor": actor, "roadshow_id": roadshow.uid, "version": roadshow.version, "now": NOW}
    for act in (plan_again, accept_plan, decline_plan, discard_roadshow):
        with pytest.raises(Refusal, match="roadshow_published"):
            act(**said)


def test_what_could_not_be_placed_says_why_and_what_would_help():
    """The only speaker gives two sessions a month: of six, two have no place."""
    asked = ask(sessions=6, speakers=(Speaker("何老师", per_month=2),))
    _actor, roadshow = planned(asked)
    missing = list(roadshow.slots.filter(day=None))
    assert len(missing) == 2
    codes = {code for slot in missing for code, _number, _about in slot.reasons[0]["counts"]}
    assert "speaker_full" in codes
    helps = {(one["change"], one["about"]): one["more"] for one in roadshow.outcome["helps"]}
    assert helps["speaker_oftener", "何老师"] == 2
    assert helps["new_speaker", ""] == 2
    assert ("venue_freer", streets()[0].code) not in helps


def test_a_roadshow_belongs_to_those_who_plan_its_kind_at_or_above_its_unit():
    _actor, roadshow = planned()
    elsewhere = actor_of(make_officer(Role.EMPLOYMENT_OFFICER, unit=make_unit("310109", name="虹口区")))
    children = actor_of(make_officer(Role.DISTRICT_OFFICER))
    below = actor_of(make_officer(Role.EMPLOYMENT_OFFICER, unit=streets()[0]))
    for stranger in (elsewhere, children, below):
        with pytest.raises(NotThere):
            get_roadshow(actor=stranger, roadshow_id=roadshow.uid)
    assert get_roadshow(actor=officer(), roadshow_id=roadshow.uid) == roadshow


def test_a_sub_district_cannot_plan_for_its_neighbours():
    first, second = streets()
    below = actor_of(make_officer(Role.EMPLOYMENT_OFFICER, unit=first))
    for asked, unit in ((ask(subdistricts=(first.code,)), second), (ask(), first)):
        with pytest.raises(NotAllowed, match="roadshow_not_yours"):
            begin(below, asked, unit=unit)


def test_discarding_leaves_nothing():
    actor, roadshow = planned()
    discard_roadshow(actor=actor, roadshow_id=roadshow.uid, version=roadshow.version, now=NOW)
    assert not Roadshow.objects.exists()


def move(actor, roadshow, slot, to):
    return move_slot(
        actor=actor, roadshow_id=roadshow.uid, slot_id=slot.uid, version=roadshow.version, to=to, on=TODAY, now=NOW
    )


def publish(actor, roadshow, *, is_open=True):
    return publish_roadshow(
        actor=actor, roadshow_id=roadshow.uid, version=roadshow.version, is_open=is_open, on=TODAY, now=NOW
    )


def test_a_draft_that_a_roadshow_made_goes_away_with_the_roadshow_only():
    actor, roadshow = planned()
    publish(actor, roadshow, is_open=False)
    made = Gathering.objects.earliest("pk")
    refused(
        lambda: discard_draft(actor=actor, gathering_id=made.uid, version=made.version, now=NOW),
        "gatherings.of_a_roadshow",
    )
    assert roadshow.slots.filter(gathering=made).exists()


def test_a_roadshow_of_which_somebody_has_said_how_it_was_is_not_taken_back():
    actor, roadshow = planned()
    roadshow = publish(actor, roadshow)
    made = Gathering.objects.earliest("begins_on")
    begun = made.sessions.get().begins_at
    record_feedback(actor=actor, gathering_id=made.uid, satisfaction=5, on=begun.date(), now=begun)
    with pytest.raises(Conflict, match="roadshow_begun"):
        take_back_roadshow(actor=actor, roadshow_id=roadshow.uid, version=roadshow.version, on=TODAY, now=NOW)
    assert Gathering.objects.filter(pk=made.pk).exists()


def test_facts_of_a_session_say_that_a_roadshow_has_made_it_and_those_of_another_do_not():
    actor, roadshow = planned()
    publish_roadshow(actor=actor, roadshow_id=roadshow.uid, version=roadshow.version, is_open=True, on=TODAY, now=NOW)
    made = Gathering.objects.filter(pk__in=roadshow.slots.values("gathering_id")).first()
    assert what_tells_apart(made)["of_roadshow"] is True
    assert "of_roadshow" not in what_tells_apart(published(SALON))
