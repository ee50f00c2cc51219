"""What a mentor writes: saved once, corrected within a day, kept while she types, and only while her match lets her."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.audit.models import AuditEntry
from sunward.casework.actions.services import withdraw_service
from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.casework.models import Case, ServiceRecord
from sunward.core.refusals import NotThere, Refusal
from sunward.ledger.queries import standing_facts
from sunward.mentoring.access import get_own_match
from sunward.mentoring.actions.matches import close_match, hand_over_match, pause_match
from sunward.mentoring.actions.visits import (
    DraftElsewhere,
    VisitAlreadySaved,
    correct_visit,
    discard_draft,
    record_visit,
    save_draft,
)
from sunward.mentoring.enums import EndReason, MatchState, PauseReason
from sunward.mentoring.models import Match, Visit, VisitDraft
from sunward.mentoring.visiting import DraftText, VisitEntry, read_draft, visit_key
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    give_post,
    make_child,
    make_committee,
    make_match,
    make_mentor,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db

MET = VisitEntry(ContactOutcome.MADE, ServiceKind.HOME_VISIT, TODAY, 60, ("school", "feelings"), "一起写了作业")
NOBODY = VisitEntry(ContactOutcome.ATTEMPTED, ServiceKind.HOME_VISIT, TODAY)


def make_mom(*, until_on: date | None = None) -> User:
    user = make_user()
    give_post(user, Role.MENTOR, make_committee(), until_on=until_on)
    return user


@pytest.fixture
def mom() -> User:
    return make_mom()


@pytest.fixture
def match(mom: User) -> Match:
    return make_match(make_child(), make_mentor(user=mom))


@pytest.fixture
def mother(mom: User) -> Actor:
    return actor_of(mom)


def save(actor: Actor, match: Match, entry: VisitEntry = MET, *, key: UUID | None = None, **more: Any) -> Visit:
    given = {"on": TODAY, "now": NOW} | more
    return record_visit(actor=actor, match_id=match.uid, key=key or uuid4(), entry=entry, **given)


# Saving.


def test_a_visit_is_a_service_record_a_fact_an_audit_entry_and_ends_the_silence(mother: Actor, match: Match) -> None:
    visit = save(mother, match)
    record = visit.record
    assert (record.kind, record.minutes, record.topics, record.note) == (
        "home_visit", 60, ["school", "feelings"], "一起写了作业",
    )  # fmt: skip
    assert Case.objects.get(pk=match.case_id).last_contact_on == TODAY
    fact = standing_facts().get(kind="mentoring.visit_made")
    assert (fact.person_id, fact.attributes["minutes"]) == (match.case.person_id, 60)
    assert AuditEntry.objects.filter(code="mentoring.visit_recorded", subject_id=match.case_id).count() == 1


def test_the_note_is_sealed_and_reaches_neither_ledger_nor_audit(mother: Actor, match: Match) -> None:
    save(mother, match)
    stored = ServiceRecord.objects.extra(select={"raw": "note"}).values_list("raw", flat=True)
    assert "作业" not in str(list(stored))
    assert "作业" not in str(list(standing_facts().values())) + str(list(AuditEntry.objects.values()))


def test_an_attempt_counts_as_a_visit_attempted_and_does_not_end_the_silence(mother: Actor, match: Match) -> None:
    save(mother, match, NOBODY)
    assert Case.objects.get(pk=match.case_id).last_contact_on is None
    assert standing_facts().filter(kind="mentoring.visit_attempted").count() == 1


def test_a_double_tap_makes_one_record(mother: Actor, match: Match) -> None:
    key = uuid4()
    first, second = save(mother, match, key=key), save(mother, match, key=key)
    assert first.pk == second.pk
    assert ServiceRecord.objects.count() == 1
    assert standing_facts().filter(kind="mentoring.visit_made").count() == 1


def test_two_windows_opened_before_saving_hold_one_key_and_the_next_visit_another(mother: Actor, match: Match) -> None:
    key = visit_key(match, author_id=mother.user_id, number=0)
    assert key == visit_key(match, author_id=mother.user_id, number=0)
    assert key != visit_key(match, author_id=mother.user_id, number=1)
    assert key != visit_key(match, author_id=mother.user_id + 1, number=0)


def test_other_words_under_the_same_key_are_neither_lost_nor_saved_unasked(mother: Actor, match: Match) -> None:
    key = uuid4()
    save(mother, match, key=key)
    with pytest.raises(VisitAlreadySaved):
        save(mother, match, replace(MET, note="另一次"), key=key)
    assert ServiceRecord.objects.get().note == MET.note


def test_a_key_that_belongs_to_somebody_elses_record_opens_nothing(mother: Actor, match: Match) -> None:
    other = make_mom()
    theirs = save(actor_of(other), make_match(make_child(), make_mentor(user=other)))
    with pytest.raises(NotThere):
        save(mother, match, key=theirs.record.uid)


@pytest.mark.parametrize(
    "entry",
    [
        replace(MET, happened_on=TODAY + timedelta(days=1)),
        replace(MET, happened_on=TODAY - timedelta(days=41)),
        replace(MET, minutes=0),
        replace(MET, minutes=601),
        replace(MET, kind=ServiceKind.COUNSELLING),
        replace(MET, topics=("gossip",)),
        replace(MET, note="好" * 2001),
        replace(NOBODY, minutes=5),
        replace(NOBODY, topics=("school",)),
    ],
)
def test_an_impossible_visit_is_refused_and_leaves_nothing(mother: Actor, match: Match, entry: VisitEntry) -> None:
    with pytest.raises(Refusal):
        save(mother, match, entry)
    assert not ServiceRecord.objects.exists()


@pytest.mark.parametrize(
    "entry",
    [
        replace(MET, happened_on=TODAY - timedelta(days=40)),
        replace(MET, minutes=600, note="好" * 2000),
        replace(MET, minutes=1, topics=()),
    ],
)
def test_the_outermost_possible_visits_are_accepted(mother: Actor, match: Match, entry: VisitEntry) -> None:
    assert save(mother, match, entry).record.happened_on == entry.happened_on


# Access follows the match.


@pytest.mark.parametrize("state", MatchState.values)
def test_she_reads_and_writes_exactly_while_the_match_lets_her(mom: User, state: str) -> None:
    match = make_match(make_child(), make_mentor(user=mom), state=MatchState(state))
    actor = actor_of(mom)
    if state in {"trial", "active", "handover"}:
        assert get_own_match(actor=actor, match_id=match.uid, now=NOW).pk == match.pk
        assert save(actor, match).pk
    else:
        with pytest.raises(NotThere):
            get_own_match(actor=actor, match_id=match.uid, now=NOW)
        with pytest.raises(NotThere):
            save(actor, match)


@pytest.mark.parametrize("end", ["pause", "close"])
def test_her_access_ends_with_the_very_step_that_pauses_or_closes(mother: Actor, match: Match, end: str) -> None:
    visit = save(mother, match)
    mark = save_draft(actor=mother, match_id=match.uid, key=uuid4(), text=DraftText(note="半句"), seen="", now=NOW)
    officer = actor_of(make_officer())
    if end == "pause":
        pause_match(actor=officer, match_id=match.uid, why=PauseReason.CONCERN, on=TODAY, now=NOW)
    else:
        close_match(actor=officer, match_id=match.uid, why=EndReason.MOVED, on=TODAY, now=NOW)
    attempts: list[Any] = [
        lambda: get_own_match(actor=mother, match_id=match.uid, now=NOW),
        lambda: save(mother, match),
        lambda: save_draft(actor=mother, match_id=match.uid, key=uuid4(), text=DraftText(), seen=mark, now=NOW),
        lambda: discard_draft(actor=mother, match_id=match.uid),
        lambda: correct_visit(actor=mother, record_id=visit.record.uid, entry=NOBODY, on=TODAY, now=NOW),
    ]
    for attempt in attempts:
        with pytest.raises(NotThere):
            attempt()


def test_near_misses_get_nothing_the_other_childs_mentor_the_former_mentor_and_the_officer(match: Match) -> None:
    other = make_mom()
    make_match(make_child(), make_mentor(user=other))
    former_user = make_mom(until_on=TODAY)
    make_match(make_child(), make_mentor(user=former_user))
    former_match = Match.objects.get(mentor__user=former_user)
    for actor, of in (
        (actor_of(other), match),
        (actor_of(former_user), former_match),
        (actor_of(make_officer()), match),
    ):
        with pytest.raises(NotThere):
            get_own_match(actor=actor, match_id=of.uid, now=NOW)
        with pytest.raises(NotThere):
            save(actor, of)


def test_in_a_handover_she_writes_until_the_last_day(mom: User, match: Match) -> None:
    officer, last = actor_of(make_officer()), TODAY + timedelta(days=7)
    hand_over_match(actor=officer, match_id=match.uid, to_mentor_id=make_mentor().uid, until_on=last, on=TODAY, now=NOW)
    save(actor_of(mom, on=last), match, replace(MET, happened_on=last), on=last)
    after = last + timedelta(days=1)
    with pytest.raises(NotThere):
        save(actor_of(mom, on=after), match, replace(MET, happened_on=last), on=after)


# Corrections.


def correct(actor: Actor, visit: Visit, entry: VisitEntry = NOBODY, **more: Any) -> Visit:
    given = {"on": TODAY, "now": NOW + timedelta(hours=1)} | more
    return correct_visit(actor=actor, record_id=visit.record.uid, entry=entry, **given)


def test_a_correction_strikes_the_old_record_and_puts_a_new_one(mother: Actor, match: Match) -> None:
    old = save(mother, match)
    new = correct(mother, old)
    assert new.corrects_id == old.pk
    assert list(match.case.service_records.standing()) == [new.record]
    assert Case.objects.get(pk=match.case_id).last_contact_on is None
    assert set(standing_facts().filter(kind__startswith="mentoring.visit").values_list("kind", flat=True)) == {
        "mentoring.visit_attempted"
    }


def test_a_correction_sent_twice_is_one(mother: Actor, match: Match) -> None:
    old = save(mother, match)
    assert correct(mother, old).pk == correct(mother, old).pk
    with pytest.raises(VisitAlreadySaved):
        correct(mother, old, replace(MET, minutes=90))


def test_a_day_after_the_first_saving_it_is_too_late_whatever_was_corrected_since(mother: Actor, match: Match) -> None:
    first = save(mother, match)
    second = correct(mother, first, now=NOW + timedelta(hours=23))
    with pytest.raises(Refusal, match="too_late"):
        correct(mother, second, MET, now=NOW + timedelta(hours=24))
    correct(mother, second, MET, now=NOW + timedelta(hours=24) - timedelta(seconds=1))


def test_nobody_corrects_anothers_visit_not_even_the_next_mentor_of_the_child(mother: Actor, match: Match) -> None:
    visit = save(mother, match)
    next_mom = make_mom()
    Match.objects.filter(pk=match.pk).update(state="handover", handover_until_on=TODAY)
    make_match(match.case, make_mentor(user=next_mom))
    with pytest.raises(NotThere):
        correct(actor_of(next_mom), visit)


def test_a_visit_struck_out_by_the_committee_is_not_corrected_and_counts_no_more(mother: Actor, match: Match) -> None:
    visit = save(mother, match)
    worker = actor_of(make_officer(Role.WORKER, make_committee()))
    withdraw_service(
        actor=worker, case_id=match.case.uid, record_id=visit.record.uid, reason="记错了", on=TODAY, now=NOW
    )
    assert not standing_facts().filter(kind="mentoring.visit_made").exists()
    with pytest.raises(Refusal):
        correct(mother, visit)


# Drafts.


def draft(actor: Actor, match: Match, note: str, *, seen: str = "", after: int = 0, **more: Any) -> str:
    given = {"key": uuid4()} | more
    return save_draft(
        actor=actor, match_id=match.uid, text=DraftText(note=note, topics=("school",)), seen=seen,
        now=NOW + timedelta(seconds=after), **given,
    )  # fmt: skip


def test_a_draft_survives_and_is_sealed(mother: Actor, match: Match) -> None:
    draft(mother, match, "写到一半")
    kept = VisitDraft.objects.get()
    assert read_draft(kept) == DraftText(note="写到一半", topics=("school",))
    assert "写到一半" not in str(VisitDraft.objects.extra(select={"raw": "body"}).values("raw"))


def test_saving_the_visit_ends_its_draft_and_a_late_autosave_does_not_bring_it_back(
    mother: Actor, match: Match
) -> None:
    key = uuid4()
    mark = draft(mother, match, "写到一半", key=key)
    save(mother, match, key=key)
    assert draft(mother, match, "写到一半", key=key, seen=mark) == ""
    assert not VisitDraft.objects.exists()


def test_the_window_with_older_words_does_not_overwrite_the_newer_ones(mother: Actor, match: Match) -> None:
    first = draft(mother, match, "第一个窗口")
    draft(mother, match, "第二个窗口接着写", seen=first, after=5)
    with pytest.raises(DraftElsewhere):
        draft(mother, match, "第一个窗口又写", seen=first, after=9)
    assert read_draft(VisitDraft.objects.get()).note == "第二个窗口接着写"
    draft(mother, match, "第一个窗口又写", seen=first, after=9, is_forced=True)
    assert read_draft(VisitDraft.objects.get()).note == "第一个窗口又写"


def test_each_mentor_has_her_own_draft_of_the_same_child(mother: Actor, match: Match) -> None:
    draft(mother, match, "旧")
    next_mom = make_mom()
    Match.objects.filter(pk=match.pk).update(state="handover", handover_until_on=TODAY)
    draft(actor_of(next_mom), make_match(match.case, make_mentor(user=next_mom)), "新")
    assert sorted(read_draft(kept).note for kept in VisitDraft.objects.all()) == ["新", "旧"]
