"""An employer's own page: what opens it, whom it shows and what of them, what may be answered and offered."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.refusals import NotThere, Refusal
from sunward.employment.access.employer_page import get_employer_link
from sunward.employment.actions import employer_page as acts
from sunward.employment.actions.employer_links import (
    let_employer_in_again,
    make_employer_link,
    revoke_employer_link,
)
from sunward.employment.actions.recommendations import recommend, record_step, withdraw_step
from sunward.employment.actions.step_writing import Step
from sunward.employment.enums import Channel, ClientTagKind, StepBy, StepKind, StepReason, VacancyState
from sunward.employment.models import (
    ClientTag,
    Jobseeker,
    Placement,
    Recommendation,
    RecommendationStep,
    Vacancy,
)
from sunward.employment.own_pass import TRIES, make_pass, token_of
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"
DAY = timedelta(days=1)
AT = {"on": TODAY, "now": NOW}


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def officer(code=HERE):
    return make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(code)))


def linked(employer=None):
    employer = employer or make_employer(make.make_subdistrict(HERE))
    return make_employer_link(actor=officer(), employer_id=employer.uid, **AT)


def signed_in(made):
    client = Client()
    assert client.post(page_of(made), {"typed": made.code}).status_code == 302
    return client


def page_of(made):
    return reverse("employer_page", args=[token_of(made.link)])


def passed(made):
    return {"token": token_of(made.link), "shown": make_pass(made.link, now=NOW)} | AT


def applied(made, name="纪求职", *, is_shared=True, **profile):
    unit = make.make_committee(f"{HERE}001", subdistrict=make.make_subdistrict(HERE))
    case = make.make_jobseeker(name, unit=unit)
    Jobseeker.objects.create(case=case, **profile)
    post = make_vacancy(made.link.employer)
    row = recommend(actor=officer(), case_id=case.uid, vacancy_id=post.uid, is_told=True, **AT)
    Recommendation.objects.filter(pk=row.pk).update(
        step=StepKind.APPLIED, shared_with=made.link.employer if is_shared else None
    )
    row.refresh_from_db()
    return row


def answer(made, row, kind, **more):
    said = Step(kind, StepBy.OFFICER, TODAY, **more)
    return acts.answer_candidate(recommendation_id=row.uid, said=said, **passed(made))


def offer(made, **more):
    given = {
        "key": uuid4(), "title": "收银员", "kind": "full_time", "places": 2, "salary_text": "5000-6000",
        "description": "负责收银", "workplace": "控江路街道", "education": "",
    } | more  # fmt: skip
    return signed_in(made).post(reverse("employer_offer", args=[token_of(made.link)]), given)


# What opens it.


def test_five_wrong_codes_shut_the_page_and_the_office_opens_it_again():
    made = linked()
    wrong = "000000" if made.code != "000000" else "111111"
    for _number in range(TRIES - 1):
        with pytest.raises(Refusal):
            acts.answer_code(token=token_of(made.link), typed=wrong, **AT)
    with pytest.raises(NotThere):
        acts.answer_code(token=token_of(made.link), typed=wrong, **AT)
    with pytest.raises(NotThere):
        acts.answer_code(token=token_of(made.link), typed=made.code, **AT)
    let_employer_in_again(actor=officer(), employer_id=made.link.employer.uid, now=NOW)
    assert acts.answer_code(token=token_of(made.link), typed=f" {made.code} ", **AT)


def test_a_new_link_ends_the_old_one_and_an_officer_elsewhere_makes_none():
    made = linked()
    again = linked(made.link.employer)
    with pytest.raises(NotThere):
        get_employer_link(token=token_of(made.link), on=TODAY)
    with pytest.raises(NotThere):
        make_employer_link(actor=officer(ELSEWHERE), employer_id=made.link.employer.uid, **AT)
    revoke_employer_link(actor=officer(), employer_id=made.link.employer.uid, now=NOW)
    with pytest.raises(NotThere):
        get_employer_link(token=token_of(again.link), on=TODAY)


def test_a_jobseekers_address_opens_no_employers_page():
    made = linked()
    assert Client().get(reverse("own_page", args=[token_of(made.link)])).status_code == 404


# Whom it shows, and what of them.


def test_only_who_applied_and_agreed_is_shown_and_nothing_that_is_sealed_or_for_policies():
    made = linked()
    row = applied(made, "张同意", is_disabled=True, skills=["收银"], schooling="示例职校", salary_min=9876)
    person = row.case.person
    ClientTag.objects.create(case=row.case, kind=ClientTagKind.HARD_TO_PLACE, from_on=TODAY)
    applied(made, "李没同意", is_shared=False)
    Recommendation.objects.filter(pk=applied(made, "王只是看过").pk).update(step=StepKind.READ)
    text = signed_in(made).get(page_of(made)).content.decode()
    assert "张同意" in text
    assert "示例职校" in text
    assert "李没同意" not in text
    assert "王只是看过" not in text
    for hidden in (
        person.phone[-8:], person.id_number, str(person.birth_date.year), "9876", "残疾", row.case.reference,
        str(ClientTagKind.HARD_TO_PLACE.label),
    ):  # fmt: skip
        assert hidden not in text


def test_nobody_sees_the_candidates_of_another_employer_nor_answers_them():
    made, other = linked(), linked()
    row = applied(made, "张同意")
    assert "张同意" not in signed_in(other).get(page_of(other)).content.decode()
    with pytest.raises(NotThere):
        answer(other, row, StepKind.REFUSED, reason=StepReason.FILLED)


def test_whose_file_is_closed_is_shown_no_more():
    made = linked()
    row = applied(made, "张同意")
    Case.objects.filter(pk=row.case.pk).update(state="closed", closed_on=TODAY)
    assert "张同意" not in signed_in(made).get(page_of(made)).content.decode()
    with pytest.raises(NotThere):
        answer(made, row, StepKind.REFUSED, reason=StepReason.FILLED)


def test_the_page_asks_as_many_questions_for_one_candidate_as_for_many():
    made = linked()
    client, counts = signed_in(made), []
    for more in (1, 8):
        for number in range(more):
            applied(made, f"候选{more}{number}")
        # Each look is written once a day.
        client.get(page_of(made))
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(made))
        counts.append(len(queries))
    assert counts[0] == counts[1]


# What it may say.


def test_an_invitation_names_its_day_and_a_hiring_writes_the_work():
    made = linked()
    row = answer(made, applied(made), StepKind.INVITED, expected_on=TODAY + 3 * DAY)
    assert (row.step, row.due_on) == (StepKind.INVITED, TODAY + 10 * DAY)
    row = answer(made, row, StepKind.HIRED, expected_on=TODAY + 7 * DAY)
    placement = Placement.objects.get()
    assert (placement.recommendation, placement.started_on, placement.basis) == (row, TODAY + 7 * DAY, "employer")
    assert answer(made, row, StepKind.HIRED).steps.filter(kind=StepKind.HIRED).count() == 1


@pytest.mark.parametrize("kind", ["applied", "read", "declined", "interviewed", "stayed", "x"])
def test_what_is_not_the_employers_to_say_changes_nothing(kind):
    made = linked()
    row = applied(made)
    url = reverse("employer_candidate", args=[token_of(made.link), row.uid])
    signed_in(made).post(url, {"kind": kind, "expected_on": TODAY})
    row.refresh_from_db()
    assert row.step == StepKind.APPLIED


def test_a_no_needs_a_reason_of_the_employers_and_a_yes_a_day():
    made = linked()
    row = applied(made)
    url = reverse("employer_candidate", args=[token_of(made.link), row.uid])
    client = signed_in(made)
    for wrong in ({"kind": "refused"}, {"kind": "refused", "reason": "pay"}, {"kind": "invited"}):
        client.post(url, wrong)
    row.refresh_from_db()
    assert row.step == StepKind.APPLIED
    client.post(url, {"kind": "refused", "reason": "experience"})
    row.refresh_from_db()
    assert row.step == StepKind.REFUSED


# What it may offer.


def test_an_offered_post_waits_for_the_office_with_its_source():
    made = linked()
    assert offer(made).status_code == 302
    row = Vacancy.objects.get()
    assert (row.employer, row.state, row.unit) == (made.link.employer, VacancyState.WAITING, made.link.employer.unit)
    assert row.sources.get().channel == Channel.EMPLOYER


def test_what_the_check_finds_is_shown_first_and_held_if_it_is_sent_all_the_same():
    made = linked()
    key = uuid4()
    shown = offer(made, key=key, description="限男性，负责收银")
    assert shown.status_code == 422
    assert not Vacancy.objects.exists()
    assert "限男性" in shown.content.decode()
    mark = shown.context["reading"].mark
    assert offer(made, key=key, description="限男性，负责收银", seen=mark).status_code == 302
    assert Vacancy.objects.get().state == VacancyState.HELD


@pytest.mark.parametrize(
    "wrong", [{"places": 0}, {"places": 10_000}, {"salary_text": "1-100万"}, {"description": ""}, {"title": ""}]
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_typed_is_lost(wrong):
    shown = offer(linked(), workplace="大桥街道某处", **wrong)
    assert shown.status_code == 422
    assert "大桥街道某处" in shown.content.decode()
    assert not Vacancy.objects.exists()


def test_a_script_in_a_title_is_shown_as_words():
    made = linked()
    offer(made, title="<script>alert(1)</script>")
    assert "<script>alert(1)" not in signed_in(made).get(page_of(made)).content.decode()


def test_sent_twice_it_is_one_post_and_the_form_of_another_employer_is_refused():
    made, key = linked(), uuid4()
    assert {offer(made, key=key).status_code for _number in range(2)} == {302}
    assert Vacancy.objects.count() == 1
    assert offer(linked(), key=key).status_code == 409
    assert Vacancy.objects.count() == 1


def test_hundreds_of_posts_are_not_taken_from_one_employer(monkeypatch):
    monkeypatch.setattr(acts, "WAITING_AT_MOST", 1)
    made = linked()
    offer(made)
    assert offer(made).status_code == 422
    assert Vacancy.objects.count() == 1


# What goes wrong when things move.


def test_a_vacancy_that_comes_to_another_employer_shows_its_applicants_to_neither():
    made, other = linked(), linked()
    row = applied(made, "张同意")
    Vacancy.objects.filter(pk=row.vacancy_id).update(employer=other.link.employer)
    for one in (made, other):
        assert "张同意" not in signed_in(one).get(page_of(one)).content.decode()
        with pytest.raises(NotThere):
            answer(one, row, StepKind.REFUSED, reason=StepReason.FILLED)


def test_what_the_office_took_back_and_wrote_again_shares_nothing():
    made = linked()
    row = applied(made, "张同意")
    RecommendationStep.objects.create(
        recommendation=row, kind=StepKind.APPLIED, happened_on=TODAY, at=NOW + DAY, by=StepBy.JOBSEEKER
    )
    at = {"actor": officer(), "case_id": row.case.uid, "recommendation_id": row.uid}
    row = withdraw_step(version=row.version, **at, **AT)
    said = Step(StepKind.APPLIED, StepBy.OFFICER, TODAY)
    record_step(version=row.version, said=said, **at, **AT)
    assert "张同意" not in signed_in(made).get(page_of(made)).content.decode()


def test_whoever_was_refused_is_shown_for_a_month(monkeypatch):
    made = linked()
    row = answer(made, applied(made, "张同意"), StepKind.REFUSED, reason=StepReason.FILLED)
    for days, is_shown in ((30, True), (31, False)):
        Recommendation.objects.filter(pk=row.pk).update(step_on=TODAY - days * DAY)
        assert ("张同意" in signed_in(made).get(page_of(made)).content.decode()) == is_shown


def test_every_candidate_shown_is_a_look_on_the_persons_file_and_every_entry_an_act():
    made = linked()
    row = applied(made, "张同意")
    signed_in(made).get(page_of(made))
    signed_in(made).get(page_of(made))
    look = AuditEntry.objects.get(code="employment.candidate_shown")
    assert (look.subject_kind, look.subject_id) == ("case", row.case_id)
    assert made.link.employer.name in look.actor_name
    assert AuditEntry.objects.filter(code="employment.employer_page_opened").count() == 2
    other = linked()
    Recommendation.objects.filter(pk=row.pk).update(shared_with=other.link.employer)
    Vacancy.objects.filter(pk=row.vacancy_id).update(employer=other.link.employer)
    signed_in(other).get(page_of(other))
    assert AuditEntry.objects.filter(code="employment.candidate_shown").count() == 2


def test_an_employer_learns_nothing_of_work_elsewhere():
    made = linked()
    row = applied(made)
    Placement.objects.create(
        case=row.case, employer_name="别处", kind="contract", basis="said", started_on=TODAY, unit_path=row.unit_path,
        recorded_at=NOW,
    )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        answer(made, row, StepKind.HIRED, expected_on=TODAY)
    assert refused.value.code == "employment.employer_cannot_hire"
    row.refresh_from_db()
    assert row.step == StepKind.APPLIED


@pytest.mark.parametrize("day", [TODAY + 181 * DAY, TODAY.replace(year=2999), TODAY.replace(year=9999)])
def test_a_day_years_away_is_refused_with_a_sentence(day):
    made = linked()
    row = applied(made)
    for kind in (StepKind.INVITED, StepKind.HIRED):
        with pytest.raises(Refusal) as refused:
            answer(made, row, kind, expected_on=day)
        assert refused.value.code == "employment.step_expected_far"
