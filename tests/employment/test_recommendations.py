"""From told to still at work after three months: who may say what in which order, and what each step leaves behind."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from sunward.accounts.enums import Role
from sunward.core.months import add_months
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.actions.placements import (
    NewWork,
    check_placement,
    end_placement,
    record_placement,
    withdraw_placement,
)
from sunward.employment.actions.recommendations import lapse_recommendation, recommend, record_step, withdraw_step
from sunward.employment.actions.step_writing import Step, code_of
from sunward.employment.actions.vacancies import close_vacancy
from sunward.employment.enums import PlacementBasis, PlacementEnd, PlacementKind, StepBy, StepKind, StepReason
from sunward.employment.models import ClientTag, Placement, Recommendation, RecommendationStep
from sunward.employment.queries.recommendations import list_run_out
from sunward.employment.recommendations import chain
from sunward.ledger.models import Fact
from sunward.ledger.queries import standing_facts
from sunward.outreach.models import Message
from sunward.people.models import Person
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"
DAY = timedelta(days=1)
AT = {"on": TODAY, "now": NOW}
WORK = NewWork(PlacementKind.CONTRACT, PlacementBasis.SAID, TODAY)


def officer(code=HERE):
    return make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(code)))


def seeker(name="纪求职", **more):
    unit = make.make_committee(f"{HERE}001", subdistrict=make.make_subdistrict(HERE))
    return make.make_jobseeker(name, unit=unit, **more)


def vacancy(**more):
    return make_vacancy(make_employer(make.make_subdistrict(HERE)), **more)


def told(actor, case=None, post=None, *, is_told=True):
    case, post = case or seeker(), post or vacancy()
    return recommend(actor=actor, case_id=case.uid, vacancy_id=post.uid, is_told=is_told, **AT)


def say(actor, row, kind, **more):
    work = more.pop("work", None)
    row.refresh_from_db()
    said = Step(kind, StepBy.OFFICER, more.pop("happened_on", TODAY), **more)
    return record_step(
        actor=actor, case_id=row.case.uid, recommendation_id=row.uid, version=row.version, said=said, work=work, **AT
    )


def hired(actor, **more):
    row = told(actor, **more)
    say(actor, row, StepKind.APPLIED)
    return say(actor, row, StepKind.HIRED, work=WORK)


def kinds_of(kind, number):
    return [fact.kind for fact in standing_facts().filter(subject_kind=kind, subject_id=number).order_by("pk")]


def test_a_vacancy_is_recommended_once_however_often_one_presses():
    actor, case, post = officer(), seeker(), vacancy()
    first, again = told(actor, case, post), told(actor, case, post)
    assert first == again
    assert Recommendation.objects.count() == 1
    assert kinds_of("recommendation", first.pk) == ["employment.step_told"]


def test_who_was_told_at_the_desk_gets_no_message_and_who_was_not_gets_one():
    actor = officer()
    told(actor, is_told=True)
    assert not Message.objects.exists()
    row = told(actor, seeker("另一位"), is_told=False)
    message = Message.objects.get()
    assert (message.about, message.about_id, message.person_id) == (
        "employment.recommendation", row.pk, row.case.person_id,
    )  # fmt: skip
    assert row.vacancy.title in message.body
    assert row.case.person.name not in message.body


def test_the_whole_way_to_still_there_after_three_months():
    actor = officer()
    row = told(actor)
    say(actor, row, StepKind.READ)
    say(actor, row, StepKind.APPLIED)
    say(actor, row, StepKind.INVITED, expected_on=TODAY)
    say(actor, row, StepKind.INTERVIEWED)
    row = say(actor, row, StepKind.HIRED, work=WORK)
    assert row.due_on == add_months(TODAY, 3)
    placement = Placement.objects.get()
    assert (placement.employer, placement.title) == (row.vacancy.employer, row.vacancy.title)
    row = say(actor, row, StepKind.STAYED)
    placement.refresh_from_db()
    assert placement.checked_on == TODAY
    assert row.due_on is None
    steps = ["told", "read", "applied", "invited", "interviewed", "hired", "stayed"]
    assert kinds_of("recommendation", row.pk) == [f"employment.step_{step}" for step in steps]
    assert kinds_of("placement", placement.pk) == ["employment.placed", "employment.placement_checked"]


@pytest.mark.parametrize("before", [kind for kind in StepKind if kind != StepKind.DRAWN])
def test_what_does_not_follow_from_where_it_stands_is_refused_and_nothing_is_written(before):
    actor = officer()
    row = told(actor)
    Recommendation.objects.filter(pk=row.pk).update(step=before)
    if before == StepKind.HIRED:
        Placement.objects.create(
            case=row.case, recommendation=row, kind="contract", basis="said", started_on=TODAY,
            unit_path=row.unit_path, recorded_by_id=actor.user_id, recorded_at=NOW,
        )  # fmt: skip
    for after in set(StepKind) - {before, StepKind.DRAWN, StepKind.TOLD}:
        more = {"reason": chain.REASONS[after][0]} if after in chain.REASONS else {}
        more |= {"work": WORK} if after == StepKind.HIRED else {}
        if chain.may_follow(before, after):
            with transaction.atomic():
                assert say(actor, row, after, **more).step == after
                transaction.set_rollback(True)
        else:
            with pytest.raises(Conflict):
                say(actor, row, after, **more)
        assert row.steps.count() == 1


@given(st.lists(st.sampled_from(StepKind), max_size=12))
def test_whatever_way_a_recommendation_goes_it_ends_and_never_goes_back(wished):
    at, seen = StepKind.DRAWN, [StepKind.DRAWN]
    for kind in wished:
        if chain.may_follow(at, kind):
            at = kind
            assert at not in seen
            seen.append(at)
    assert (at in chain.ENDED) == (not chain.NEXT[at])
    assert (chain.due_on(at, happened_on=TODAY) is None) == (at in chain.ENDED or at == StepKind.DRAWN)


def test_a_no_needs_its_reason_and_the_employers_reasons_are_not_the_jobseekers():
    actor = officer()
    row = told(actor)
    for reason in ("", "nonsense", StepReason.EXPERIENCE):
        with pytest.raises(Refusal) as refused:
            say(actor, row, StepKind.DISMISSED, reason=reason)
        assert refused.value.code == "employment.step_reason"
    assert say(actor, row, StepKind.DISMISSED, reason=StepReason.PAY).step == StepKind.DISMISSED


@pytest.mark.parametrize("days", [-1, 1])
def test_a_day_before_the_last_step_or_after_today_is_refused(days):
    actor = officer()
    row = told(actor)
    with pytest.raises(Refusal) as refused:
        say(actor, row, StepKind.READ, happened_on=TODAY + days * DAY)
    assert refused.value.code == "employment.step_day"


def test_of_two_who_write_at_once_the_second_looks_again():
    actor = officer()
    row = told(actor)
    seen = row.version
    say(actor, row, StepKind.READ)
    with pytest.raises(Conflict):
        record_step(
            actor=actor, case_id=row.case.uid, recommendation_id=row.uid, version=seen,
            said=Step(StepKind.APPLIED, StepBy.OFFICER, TODAY), **AT,
        )  # fmt: skip


def test_taking_back_the_hiring_takes_back_the_work_and_both_facts():
    actor = officer()
    row = hired(actor)
    row = withdraw_step(
        actor=actor, case_id=row.case.uid, recommendation_id=row.uid, version=row.version, **AT
    )  # fmt: skip
    placement = Placement.objects.get()
    assert row.step == StepKind.APPLIED
    assert row.due_on == TODAY + 7 * DAY
    assert placement.withdrawn_at == NOW
    assert "employment.placed" not in kinds_of("placement", placement.pk)
    assert kinds_of("recommendation", row.pk) == ["employment.step_told", "employment.step_applied"]
    again = say(actor, row, StepKind.HIRED, work=WORK)
    assert again.placement.withdrawn_at is None
    assert Placement.objects.count() == 2


def test_what_is_noted_with_a_step_is_sealed_and_read_again():
    row = say(officer(), told(officer()), StepKind.READ, note="周末才方便接电话")
    step = RecommendationStep.objects.get(recommendation=row, kind=StepKind.READ)
    assert step.note == "周末才方便接电话"


def test_the_first_step_has_nothing_before_it_to_go_back_to():
    actor = officer()
    row = told(actor)
    with pytest.raises(Refusal) as refused:
        withdraw_step(actor=actor, case_id=row.case.uid, recommendation_id=row.uid, version=row.version, **AT)
    assert refused.value.code == "employment.first_step"


@pytest.mark.parametrize("state", ["waiting", "held", "closed"])
def test_what_nobody_answers_for_is_not_recommended(state):
    reason = "filled" if state == "closed" else ""
    with pytest.raises(Conflict):
        told(officer(), post=vacancy(state=state, close_reason=reason))
    with pytest.raises(Conflict):
        told(officer(), post=vacancy(verified_until=TODAY - DAY))


def test_nobody_under_sixteen_is_recommended_and_on_the_birthday_one_is():
    case, birthday = seeker(), TODAY.replace(year=TODAY.year - 16)
    Person.objects.filter(pk=case.person_id).update(birth_date=birthday + DAY)
    with pytest.raises(Refusal) as refused:
        told(officer(), case)
    assert refused.value.code == "employment.under_working_age"
    Person.objects.filter(pk=case.person_id).update(birth_date=birthday)
    assert told(officer(), case).step == StepKind.TOLD


def test_an_officer_elsewhere_finds_neither_the_file_nor_its_recommendation():
    row = told(officer())
    with pytest.raises(NotThere):
        told(officer(ELSEWHERE), row.case, row.vacancy)
    with pytest.raises(NotThere):
        say(officer(ELSEWHERE), row, StepKind.READ)
    with pytest.raises(NotThere):
        record_step(
            actor=officer(), case_id=seeker("别人").uid, recommendation_id=row.uid, version=row.version,
            said=Step(StepKind.READ, StepBy.OFFICER, TODAY), **AT,
        )  # fmt: skip
    with pytest.raises(NotThere):
        recommend(actor=officer(), case_id=row.case.uid, vacancy_id=uuid4(), is_told=True, **AT)


def test_what_nobody_applied_for_ends_with_its_vacancy_and_what_was_applied_for_does_not():
    actor = officer()
    post = vacancy()
    waits, applied = told(actor, seeker("甲"), post), told(actor, seeker("乙"), post)
    say(actor, applied, StepKind.APPLIED)
    assert not list_run_out(on=post.verified_until, most=9)
    assert list_run_out(on=post.verified_until + DAY, most=9) == [waits.pk]
    assert not lapse_recommendation(recommendation_pk=waits.pk, **AT)
    close_vacancy(actor=actor, vacancy_id=post.uid, version=post.version, reason="filled", **AT)
    assert list_run_out(on=TODAY, most=9) == [waits.pk]
    assert lapse_recommendation(recommendation_pk=waits.pk, **AT)
    assert not lapse_recommendation(recommendation_pk=waits.pk, **AT)
    assert not lapse_recommendation(recommendation_pk=applied.pk, **AT)
    waits.refresh_from_db()
    applied.refresh_from_db()
    assert (waits.step, applied.step) == (StepKind.LAPSED, StepKind.APPLIED)
    assert waits.steps.last().reason == StepReason.RAN_OUT


# Work found in another way.


def found(actor, case, **more):
    given = {"employer_name": "示例便利店", "title": "店员"} | more
    work = NewWork(PlacementKind.FLEXIBLE, PlacementBasis.SAID, TODAY - 10 * DAY, **given)
    return record_placement(actor=actor, case_id=case.uid, work=work, **AT)


def test_work_found_alone_is_written_down_once_checked_and_ended():
    actor, case = officer(), seeker()
    row = found(actor, case)
    assert found(actor, case) == row
    at = {"actor": actor, "case_id": case.uid, "placement_id": row.uid} | AT
    row = check_placement(version=row.version, **at)
    row = end_placement(version=row.version, ended_on=TODAY, reason=PlacementEnd.RESIGNED, **at)
    kinds = ["employment.placed", "employment.placement_checked", "employment.placement_ended"]
    assert kinds_of("placement", row.pk) == kinds
    withdraw_placement(version=row.version, **at)
    assert kinds_of("placement", row.pk) == ["employment.placement_withdrawn"]


def test_what_somebody_was_when_the_work_began_is_counted_and_not_what_they_became_later():
    """The tag of a long-term unemployed youth ends with the work: the figure must know it all the same."""
    actor, case = officer(), seeker()
    began = TODAY - 10 * DAY
    for kind, first, last in (("ltu_youth", -90, 10), ("hard_to_place", -90, -1), ("graduate", 1, None)):
        ClientTag.objects.create(
            case=case, kind=kind, from_on=began + first * DAY, until_on=None if last is None else began + last * DAY,
            end_reason="" if last is None else "at_work",
        )  # fmt: skip
    row = found(actor, case)
    told = Fact.objects.get(kind="employment.placed", subject_id=row.pk).attributes
    assert {key for key in told if key.startswith("tag_")} == {"tag_ltu_youth"}


def test_work_ends_neither_before_it_began_nor_after_today_nor_without_a_reason():
    actor, case = officer(), seeker()
    row = found(actor, case)
    at = {"actor": actor, "case_id": case.uid, "placement_id": row.uid, "version": row.version} | AT
    for day, reason in ((TODAY - 11 * DAY, "resigned"), (TODAY + DAY, "resigned"), (TODAY, ""), (TODAY, "mistake")):
        with pytest.raises(Refusal):
            end_placement(ended_on=day, reason=reason, **at)
    with pytest.raises(Refusal):
        found(actor, seeker("无单位"), employer_name=" ")


def test_work_that_came_of_a_recommendation_is_taken_back_with_its_step_only():
    actor = officer()
    row = hired(actor)
    with pytest.raises(Refusal) as refused:
        withdraw_placement(
            actor=actor, case_id=row.case.uid, placement_id=row.placement.uid, version=row.placement.version, **AT
        )
    assert refused.value.code == "employment.placement_of_step"


def test_every_step_has_its_words_in_the_record_of_acts():
    from sunward.web.audit_pages.words import WORDS

    assert not {code_of(kind) for kind in chain.TOLD_OR_LATER} - set(WORDS)
