"""What a mentor may say of a visit beside that it was: company, mood, what is needed, the next day."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.casework.enums import ContactOutcome, FollowUpState, ServiceKind
from sunward.casework.models import FollowUp
from sunward.core.refusals import Refusal
from sunward.mentoring.actions.visits import correct_visit, record_visit, save_draft
from sunward.mentoring.enums import MatchFollowUp
from sunward.mentoring.models import Match, Visit, VisitDraft
from sunward.mentoring.queries.visits import read_own_child
from sunward.mentoring.visiting import DraftText, VisitEntry, read_draft
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    give_post,
    make_child,
    make_committee,
    make_match,
    make_mentor,
    make_user,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MET = VisitEntry(ContactOutcome.MADE, ServiceKind.HOME_VISIT, TODAY, 60)
NOBODY = VisitEntry(ContactOutcome.ATTEMPTED, ServiceKind.HOME_VISIT, TODAY)
FULL = replace(
    MET, company=("grandparent", "sibling"), mood="quiet", needs_noticed=("health", "tutoring"), next_on=TODAY + 7 * DAY
)


@pytest.fixture
def match() -> Match:
    mom = make_user()
    give_post(mom, Role.MENTOR, make_committee())
    return make_match(make_child(), make_mentor(user=mom))


@pytest.fixture
def mother(match: Match) -> Actor:
    assert match.mentor.user
    return actor_of(match.mentor.user)


def save(actor: Actor, match: Match, entry: VisitEntry, **more: Any) -> Visit:
    given = {"key": uuid4(), "on": TODAY, "now": NOW} | more
    return record_visit(actor=actor, match_id=match.uid, entry=entry, **given)


def due_needs(match: Match) -> list[str]:
    found = FollowUp.objects.filter(case=match.case, kind=MatchFollowUp.VISIT_NEED, state=FollowUpState.DUE)
    return [follow_up.note for follow_up in found.order_by("pk")]


def test_all_that_she_says_is_kept_and_the_same_key_with_other_words_is_another_visit(
    mother: Actor, match: Match
) -> None:
    key = uuid4()
    visit = save(mother, match, FULL, key=key)
    visit.refresh_from_db()
    assert (visit.company, visit.mood, visit.needs_noticed) == (
        ["grandparent", "sibling"],
        "quiet",
        ["health", "tutoring"],
    )
    assert visit.next_on == TODAY + 7 * DAY
    assert save(mother, match, FULL, key=key).pk == visit.pk
    with pytest.raises(Refusal, match="visit_already_saved"):
        save(mother, match, replace(FULL, mood="bright"), key=key)


@pytest.mark.parametrize(
    "entry",
    [
        replace(MET, mood="seven"),
        replace(MET, company=("robot",)),
        replace(MET, needs_noticed=("yacht",)),
        replace(MET, next_on=TODAY),
        replace(MET, next_on=TODAY + 93 * DAY),
        replace(NOBODY, mood="calm"),
        replace(NOBODY, company=("guardian",)),
    ],
)
def test_what_cannot_be_is_refused(mother: Actor, match: Match, entry: VisitEntry) -> None:
    with pytest.raises(Refusal):
        save(mother, match, entry)
    assert not Visit.objects.exists()


def test_the_next_day_counts_from_the_visit_so_that_words_which_arrive_late_are_not_refused(
    mother: Actor, match: Match
) -> None:
    save(mother, match, replace(MET, happened_on=TODAY - 5 * DAY, next_on=TODAY - 4 * DAY))
    save(mother, match, replace(MET, next_on=TODAY + 92 * DAY))


def test_a_need_noticed_is_on_the_committees_list_once_until_it_is_settled(mother: Actor, match: Match) -> None:
    save(mother, match, FULL)
    save(mother, match, replace(MET, needs_noticed=("health", "legal_aid")))
    assert due_needs(match) == ["探访中注意到：健康", "探访中注意到：学业辅导", "探访中注意到：法律援助"]
    FollowUp.objects.filter(note__endswith="健康").update(state=FollowUpState.DONE)
    save(mother, match, replace(NOBODY, needs_noticed=("health",)))
    assert due_needs(match).count("探访中注意到：健康") == 1


def test_a_correction_takes_back_what_is_not_noticed_any_more_and_keeps_the_rest(mother: Actor, match: Match) -> None:
    visit = save(mother, match, FULL)
    correct_visit(
        actor=mother, record_id=visit.record.uid, entry=replace(FULL, needs_noticed=("tutoring",)), on=TODAY, now=NOW
    )
    assert due_needs(match) == ["探访中注意到：学业辅导"]


@pytest.mark.parametrize(
    ("later", "due_on"),
    [
        (None, TODAY + 7 * DAY),
        (replace(NOBODY, happened_on=TODAY), TODAY + 7 * DAY),
        (replace(NOBODY, happened_on=TODAY, next_on=TODAY + 2 * DAY), TODAY + 2 * DAY),
        (MET, TODAY + 30 * DAY),
    ],
)
def test_the_agreed_day_is_the_next_until_they_have_met_or_agreed_anew(
    mother: Actor, match: Match, later: VisitEntry | None, due_on: date
) -> None:
    save(mother, match, replace(MET, happened_on=TODAY - DAY, next_on=TODAY + 7 * DAY))
    if later:
        save(mother, match, later)
    assert read_own_child(match, mother).due_on == due_on


def test_a_draft_of_before_these_questions_still_opens(mother: Actor, match: Match) -> None:
    old = {
        "outcome": "made",
        "kind": "home_visit",
        "happened_on": "",
        "minutes": "45",
        "topics": ["school"],
        "note": "旧",
    }
    body = json.dumps(old)
    draft = VisitDraft.objects.create(match=match, author_id=mother.user_id, body=body, updated_at=NOW)
    assert read_draft(draft) == DraftText("made", "home_visit", "", "45", ("school",), "旧")
    save(mother, match, MET)
    assert not VisitDraft.objects.exists()


def test_a_visit_that_arrives_late_from_a_phone_leaves_the_draft_of_another_alone(mother: Actor, match: Match) -> None:
    key, late = uuid4(), uuid4()
    save_draft(actor=mother, match_id=match.uid, key=key, text=DraftText(note="下一次"), seen="", now=NOW)
    save(mother, match, MET, key=late)
    assert read_draft(VisitDraft.objects.get()).note == "下一次"
    save(mother, match, replace(MET, note="下一次"), key=key)
    assert not VisitDraft.objects.exists()
