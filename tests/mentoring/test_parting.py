"""A match that rests or ends parts the pair where it is signed up: she goes out with a child only while it is hers."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.models import FollowUp
from sunward.gatherings.actions import check_in
from sunward.gatherings.actions.planning import SessionTime
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import Part, SignUpState
from sunward.gatherings.models import Gathering, SignUp
from sunward.gatherings.news import NewsKind
from sunward.ledger.queries import standing_facts
from sunward.mentoring.actions import matches as acts
from sunward.mentoring.actions.gatherings import sign_up_pair
from sunward.mentoring.actions.match_undoing import undo_step
from sunward.mentoring.actions.vetting import record_vetting
from sunward.mentoring.actions.vetting_pauses import end_handover, pause_for_vetting
from sunward.mentoring.enums import EndReason, MatchFollowUp, MatchState, PauseReason, VettingKind, VettingResult
from sunward.mentoring.models import Match
from tests.factories import NOW, TODAY, actor_of, make_committee, make_match, make_mentor, make_officer
from tests.gatherings.builders import (
    BEGINS,
    DURING,
    ENDS,
    adult,
    bring,
    listening,
    planner,
    published,
    willing_child,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def make_pair(**said: Any) -> Match:
    mother = make_mentor("梅一", user=make_officer(Role.MENTOR, make_committee()), capacity=2)
    return make_match(willing_child(name="陈小禾"), mother, **said)


def go_out(match: Match, gathering: Gathering, *companions: Head) -> list[SignUp]:
    return sign_up_pair(
        actor=actor_of(match.mentor.user), match_id=match.uid, gathering_id=gathering.uid, party=uuid4(), on=TODAY,
        now=NOW, companions=companions,
    )  # fmt: skip


def pause(match: Match, **said: Any) -> Match:
    given = {"actor": planner(), "why": PauseReason.CONCERN, "on": TODAY, "now": NOW} | said
    return acts.pause_match(match_id=match.uid, **given)


def close(match: Match) -> Match:
    return acts.close_match(actor=planner(), match_id=match.uid, why=EndReason.SAFETY, on=TODAY, now=NOW)


def states(rows: list[SignUp]) -> list[str]:
    return [SignUp.objects.get(pk=row.pk).state for row in rows]


def promised(match: Match) -> list[FollowUp]:
    return list(FollowUp.objects.filter(case=match.case, kind=MatchFollowUp.ADULT_NEEDED))


BROTHER = Head(part=Part.COMPANION, guest_name="小宝", guest_age=8)


@pytest.mark.parametrize("end", [pause, close])
def test_she_and_her_own_are_withdrawn_and_the_child_keeps_its_place(end):
    match, gathering = make_pair(), published()
    rows = go_out(match, gathering, BROTHER)
    end(match)
    assert states(rows) == [SignUpState.PLACED, SignUpState.WITHDRAWN, SignUpState.WITHDRAWN]
    gone = SignUp.objects.get(pk=rows[1].pk)
    assert (gone.withdraw_reason, gone.withdrawn_at) == ("pair_parted", NOW)
    assert standing_facts().filter(kind="gatherings.signed_up").count() == 1
    entry = AuditEntry.objects.get(code="gatherings.withdrawn")
    assert (entry.subject_id, entry.detail) == (gathering.pk, {"heads": 2, "queue": 1})


def test_the_guardian_hears_that_the_adult_does_not_come_along():
    match, gathering = make_pair(), published()
    rows = go_out(match, gathering)
    with listening() as heard:
        pause(match)
    guardian = match.case.person.guardianships.get().guardian_id
    assert [(news.kind, news.person_id, news.code) for news in heard] == [(NewsKind.ADULT_LEFT, guardian, rows[0].code)]


def test_parted_twice_the_guardian_hears_it_twice():
    match, gathering = make_pair(), published()
    child, _mother = go_out(match, gathering)
    with listening() as heard:
        pause(match)
        acts.resume_match(actor=planner(), match_id=match.uid, on=TODAY, now=NOW)
        SignUp.objects.filter(pk=child.pk).update(state=SignUpState.WITHDRAWN)
        go_out(match, gathering)
        pause(match)
    keys = [news.key for news in heard if news.kind == NewsKind.ADULT_LEFT]
    assert len(set(keys)) == len(keys) == 2


def test_the_worker_is_asked_for_another_adult_well_before_it_begins():
    match = make_pair()
    go_out(match, published())
    soon = published(sessions=(SessionTime(NOW + DAY, NOW + DAY + timedelta(hours=2)),))
    go_out(match, soon)
    pause(match)
    (follow_up,) = promised(match)
    assert (follow_up.role, follow_up.due_on) == (Role.WORKER, TODAY)
    assert follow_up.note == "原与邻家妈妈一起报了名的活动，请为孩子另找陪同的大人"


def test_where_nothing_was_parted_nobody_is_asked():
    match = make_pair()
    pause(match)
    assert promised(match) == []


def test_what_they_do_not_do_together_stays():
    match, gathering = make_pair(), published()
    alone, with_others = (
        bring(gathering, Head(match.case.person_id)),
        bring(gathering, Head(willing_child().person_id), Head(match.mentor.person_id, Part.ADULT)),
    )
    close(match)
    assert states([*alone, *with_others]) == [SignUpState.PLACED] * 3
    assert promised(match) == []


def test_whoever_waited_moves_up_into_her_place():
    match, gathering = make_pair(), published(places=3)
    go_out(match, gathering)
    family = bring(gathering, Head(willing_child().person_id), Head(adult().person_id, Part.ADULT))
    assert states(family) == [SignUpState.WAITING] * 2
    pause(match)
    assert states(family) == [SignUpState.PLACED] * 2


def test_a_pair_that_waits_is_parted_too():
    match, gathering = make_pair(), published(places=2)
    bring(gathering, Head(willing_child().person_id), Head(adult().person_id, Part.ADULT))
    rows = go_out(match, gathering)
    assert states(rows) == [SignUpState.WAITING] * 2
    pause(match)
    assert states(rows) == [SignUpState.WAITING, SignUpState.WITHDRAWN]


def test_in_a_party_that_staff_brought_the_guests_stay_with_the_other_adult():
    match, gathering = make_pair(), published()
    heads = [Head(match.case.person_id), Head(match.mentor.person_id, Part.ADULT), Head(adult().person_id, Part.ADULT)]
    rows = bring(gathering, *heads, BROTHER)
    pause(match)
    withdrawn = [SignUpState.PLACED, SignUpState.WITHDRAWN, SignUpState.PLACED, SignUpState.PLACED]
    assert states(rows) == withdrawn


def test_a_guest_who_is_a_child_is_not_left_without_any_adult():
    match, gathering = make_pair(), published()
    rows = bring(gathering, Head(match.case.person_id), Head(match.mentor.person_id, Part.ADULT), BROTHER)
    pause(match)
    assert states(rows) == [SignUpState.PLACED, SignUpState.WITHDRAWN, SignUpState.WITHDRAWN]


def test_what_has_begun_and_whoever_is_at_the_door_stay_as_they_are():
    match, begun, at_door = make_pair(), published(), published()
    rows = [*go_out(match, begun), *go_out(match, at_door)]
    Gathering.objects.get(pk=begun.pk).sessions.update(begins_at=NOW - timedelta(hours=1), ends_at=ENDS)
    session = at_door.sessions.get()
    check_in(actor=planner(), gathering_id=at_door.uid, sign_up_id=rows[3].uid, session_id=session.pk, now=DURING - DAY)
    pause(match)
    assert states(rows) == [SignUpState.PLACED] * 4
    assert promised(match) == []


def test_vetting_that_ends_parts_them():
    match, gathering = make_pair(), published()
    rows = go_out(match, gathering)
    match.mentor.vetting_facts.update(expires_on=TODAY)
    assert pause_for_vetting(match_pk=match.pk, on=TODAY + DAY, now=NOW + DAY)
    assert states(rows)[1] == SignUpState.WITHDRAWN


def test_an_unfit_vetting_parts_her_from_each_of_her_children():
    match, gathering = make_pair(), published()
    other = make_match(willing_child(name="林小麦"), match.mentor)
    second = published(title="冬令营")
    rows = [*go_out(match, gathering), *go_out(other, second)]
    record_vetting(
        actor=planner(), mentor_id=match.mentor.uid, kind=VettingKind.BACKGROUND_CHECK, result=VettingResult.UNFIT,
        happened_on=TODAY, on=TODAY, now=NOW,
    )  # fmt: skip
    assert states(rows) == [SignUpState.PLACED, SignUpState.WITHDRAWN] * 2


def test_a_handover_that_is_over_parts_them():
    match, gathering = make_pair(state=MatchState.HANDOVER), published()
    rows = go_out(match, gathering)
    on = TODAY + 15 * DAY
    Gathering.objects.get(pk=gathering.pk).sessions.update(begins_at=BEGINS + 30 * DAY, ends_at=ENDS + 30 * DAY)
    Gathering.objects.update(begins_on=TODAY + 40 * DAY, ends_on=TODAY + 40 * DAY)
    assert end_handover(match_pk=match.pk, on=on, now=NOW + 15 * DAY)
    assert states(rows) == [SignUpState.PLACED, SignUpState.WITHDRAWN]
    (follow_up,) = promised(match)
    assert follow_up.due_on > on


def test_a_pause_taken_back_signs_nobody_up_again_and_still_asks_for_an_adult():
    match, gathering, officer = make_pair(), published(), planner()
    rows = go_out(match, gathering)
    pause(match, actor=officer)
    undo_step(actor=officer, match_id=match.uid, on=TODAY, now=NOW)
    assert states(rows) == [SignUpState.PLACED, SignUpState.WITHDRAWN]
    assert [one.state for one in promised(match)] == ["due"]


def test_going_on_taken_back_parts_whoever_signed_up_in_between():
    match, gathering, officer = make_pair(), published(), planner()
    pause(match, actor=officer)
    acts.resume_match(actor=officer, match_id=match.uid, on=TODAY, now=NOW)
    rows = go_out(match, gathering)
    undo_step(actor=officer, match_id=match.uid, on=TODAY, now=NOW)
    assert states(rows) == [SignUpState.PLACED, SignUpState.WITHDRAWN]
    assert len(promised(match)) == 1


def test_the_host_reads_how_many_adults_are_missing(client):
    match, gathering = make_pair(), published()
    gathering.stewards.all().delete()
    go_out(match, gathering)
    pause(match)
    client.force_login(make_officer(Role.DISTRICT_OFFICER))
    page = client.get(f"/gatherings/{gathering.uid}/").content.decode()
    assert "还缺" in page
