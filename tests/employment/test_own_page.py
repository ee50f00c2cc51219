"""A jobseeker's own page: what opens it, what it shows and to whom, what the person may say, and what shuts it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.enums import CaseState, ServiceKind
from sunward.casework.models import Case, FollowUp, ServiceRecord
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.access.jobseekers import get_jobseeker
from sunward.employment.access.own_page import PassMissing, get_own_link, get_passed_own_link
from sunward.employment.actions import own_page as acts
from sunward.employment.actions.files import close_jobseeker, reopen_jobseeker
from sunward.employment.actions.jobseeker_links import (
    let_jobseeker_in_again,
    make_jobseeker_link,
    revoke_jobseeker_link,
)
from sunward.employment.actions.recommendations import recommend
from sunward.employment.enums import NextStep, StepBy, StepKind, StepReason
from sunward.employment.models import JobseekerLink, Recommendation, ServiceFeedback
from sunward.employment.own_pass import LINK_DAYS, PASS_MINUTES, TRIES, make_pass, token_of
from sunward.employment.queries import own_page as own_page_queries
from sunward.ledger.queries import standing_facts
from sunward.outreach.models import Message
from sunward.people.models import Person
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE = "310110012"
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
AT = {"on": TODAY, "now": NOW}


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def officer():
    return make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(HERE)))


@pytest.fixture
def case():
    return seeker()


@pytest.fixture
def link(officer, case):
    return make_jobseeker_link(actor=officer, case_id=case.uid, **AT)


@pytest.fixture
def own(link):
    """The browser of somebody who has answered the question."""
    client = Client()
    answer = client.post(page_of(link), {"typed": digits(link)})
    assert answer.status_code == 302
    return client


def seeker(name="纪求职"):
    return make.make_jobseeker(name, unit=make.make_committee(f"{HERE}001", subdistrict=make.make_subdistrict(HERE)))


def told(officer, case, *, is_told=True, **more):
    post = make_vacancy(make_employer(make.make_subdistrict(HERE)), **more)
    return recommend(actor=officer, case_id=case.uid, vacancy_id=post.uid, is_told=is_told, **AT)


def digits(link):
    return link.case.person.phone[-4:]


def page_of(link):
    return reverse("own_page", args=[token_of(link)])


def url(name, link, row):
    return reverse(name, args=[token_of(link), row.uid])


def passed(link):
    return {"token": token_of(link), "shown": make_pass(link, now=NOW)} | AT


def is_open(link, on=TODAY):
    try:
        get_own_link(token=token_of(link), on=on)
    except NotThere:
        return False
    return True


# What opens it, and what shuts it.


def test_the_page_asks_before_it_says_anything(link):
    told(make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(HERE))), link.case)
    text = Client().get(page_of(link)).content.decode()
    assert link.case.person.name not in text
    assert "仓库管理员" not in text


def test_five_wrong_answers_shut_the_page_and_the_officer_opens_it_again(officer, link):
    wrong = "0000" if digits(link) != "0000" else "1111"
    for _number in range(TRIES - 1):
        with pytest.raises(Refusal):
            acts.answer_question(token=token_of(link), typed=wrong, **AT)
    assert is_open(link)
    with pytest.raises(NotThere):
        acts.answer_question(token=token_of(link), typed=wrong, **AT)
    with pytest.raises(NotThere):
        acts.answer_question(token=token_of(link), typed=digits(link), **AT)
    let_jobseeker_in_again(actor=officer, case_id=link.case.uid, **AT)
    assert acts.answer_question(token=token_of(link), typed=digits(link), **AT)
    assert AuditEntry.objects.filter(code="employment.own_answer_wrong").count() == TRIES


def test_the_pass_is_for_this_link_alone_and_ends(officer, link):
    other = make_jobseeker_link(actor=officer, case_id=seeker("另一位").uid, **AT)
    given = passed(link)
    assert get_passed_own_link(**given) == link
    for wrong in (
        {"shown": make_pass(other, now=NOW)}, {"shown": ""}, {"shown": "x.y.z"},
        {"now": NOW + PASS_MINUTES * MINUTE + MINUTE},
    ):  # fmt: skip
        with pytest.raises(PassMissing):
            get_passed_own_link(**given | wrong)


def test_a_link_ends_on_its_day_with_its_file_and_when_it_is_revoked_or_made_anew(officer, case, link):
    assert is_open(link, on=TODAY + (LINK_DAYS - 1) * DAY)
    assert not is_open(link, on=TODAY + LINK_DAYS * DAY)
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_on=TODAY)
    assert not is_open(link)
    Case.objects.filter(pk=case.pk).update(state=CaseState.OPEN, closed_on=None)
    assert is_open(link)
    anew = make_jobseeker_link(actor=officer, case_id=case.uid, **AT)
    assert (is_open(link), is_open(anew)) == (False, True)
    revoke_jobseeker_link(actor=officer, case_id=case.uid, **AT)
    assert not is_open(anew)


def test_an_address_that_was_changed_or_made_up_opens_nothing(link):
    token = token_of(link)
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), "x", token.split(".")[0], link.uid.hex):
        assert Client().get(reverse("own_page", args=[wrong])).status_code == 404


def test_nobody_gets_a_link_of_whom_nothing_could_be_asked(officer, case):
    Person.objects.filter(pk=case.person_id).update(birth_date=None)
    person = Person.objects.get(pk=case.person_id)
    person.phone = ""
    person.save(update_fields=["phone"])
    with pytest.raises(Refusal) as refused:
        make_jobseeker_link(actor=officer, case_id=case.uid, **AT)
    assert refused.value.code == "employment.nothing_to_ask"
    assert not JobseekerLink.objects.exists()


# What it shows.


def test_the_page_shows_what_was_told_and_nothing_that_is_for_the_office_alone(officer, case, link, own):
    row = told(officer, case, contact_name="示例经理", contact_phone="021-00005678")
    Recommendation.objects.create(
        case=case, vacancy=make_vacancy(title="还没告诉"), step_on=TODAY, unit_path=case.unit_path, made_at=NOW
    )
    other = told(officer, seeker("另一位"), title="别人的岗位")
    text = own.get(page_of(link)).content.decode()
    assert row.vacancy.title in text
    assert "还没告诉" not in text
    assert other.vacancy.title not in text
    detail = own.get(url("own_vacancy", link, row)).content.decode()
    assert "021-00005678" not in detail
    assert "示例经理" not in detail
    assert own.get(url("own_vacancy", link, other)).status_code == 404


def test_opening_a_vacancy_is_reading_it_once(officer, case, link, own):
    row = told(officer, case)
    for _number in range(2):
        own.get(url("own_vacancy", link, row))
    row.refresh_from_db()
    assert row.step == StepKind.READ
    assert row.steps.filter(kind=StepKind.READ).count() == 1


def test_the_page_asks_as_many_questions_for_one_vacancy_as_for_many(officer, case, link, own):
    own.get(page_of(link))
    counts = []
    for more in (1, 9):
        for _number in range(more):
            told(officer, case)
        with CaptureQueriesContext(connection) as queries:
            own.get(page_of(link))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_every_look_of_the_person_stands_in_the_record(case, link, own):
    own.get(page_of(link))
    entry = AuditEntry.objects.filter(code="employment.own_page_opened").get()
    assert (entry.subject_kind, entry.subject_id, entry.actor_id) == ("case", case.pk, 0)


# What the person says.


def test_to_apply_is_to_agree_that_the_employer_learns_of_one_and_taking_back_ends_it(officer, case, link):
    row = told(officer, case)
    row = acts.say_own(recommendation_id=row.uid, kind=StepKind.APPLIED, reason="", **passed(link))
    assert row.shared_with == row.vacancy.employer
    row = acts.take_back_own(recommendation_id=row.uid, **passed(link))
    row.refresh_from_db()
    assert (row.step, row.shared_with) == (StepKind.TOLD, None)


def test_a_no_needs_a_reason_and_can_be_taken_back(officer, case, link, own):
    row = told(officer, case)
    answer = own.post(url("own_say", link, row), {"kind": "dismissed"}, follow=True)
    assert "请选择" in answer.content.decode() or "Choose why" in answer.content.decode()
    own.post(url("own_say", link, row), {"kind": "dismissed", "reason": StepReason.DISTANCE})
    row.refresh_from_db()
    assert row.step == StepKind.DISMISSED
    own.post(url("own_take_back", link, row))
    row.refresh_from_db()
    assert row.step in (StepKind.TOLD, StepKind.READ)


@pytest.mark.parametrize("kind", ["invited", "hired", "refused", "stayed", "lapsed", "told", "drawn", "x"])
def test_what_is_not_the_persons_to_say_changes_nothing(officer, case, link, own, kind):
    row = told(officer, case)
    own.post(url("own_say", link, row), {"kind": kind})
    row.refresh_from_db()
    assert row.step == StepKind.TOLD


def test_what_the_office_wrote_afterwards_is_not_the_persons_to_take_back(officer, case, link):
    row = told(officer, case)
    acts.take_back_own(recommendation_id=row.uid, **passed(link))
    row.refresh_from_db()
    assert row.step == StepKind.TOLD
    assert row.steps.get().by == StepBy.OFFICER


def test_a_vacancy_that_is_over_takes_no_application(officer, case, link):
    row = told(officer, case)
    row.vacancy.verified_until = TODAY - DAY
    row.vacancy.save()
    with pytest.raises(Conflict):
        acts.say_own(recommendation_id=row.uid, kind=StepKind.APPLIED, reason="", **passed(link))


def test_asking_to_be_called_stands_on_the_offices_list_once(case, link, own):
    for _number in range(2):
        own.post(reverse("own_ask", args=[token_of(link)]), {"kind": "seeker_asked", "words": "问问培训"})
    asked = FollowUp.objects.get()
    assert (asked.case, asked.kind, asked.note, asked.role) == (
        case, NextStep.ASKED, "问问培训", Role.EMPLOYMENT_OFFICER,
    )  # fmt: skip


def test_a_correction_without_words_is_refused_and_a_hundred_wishes_are_not_written(link):
    with pytest.raises(Refusal):
        acts.ask_own(kind=NextStep.CORRECTION, words="  ", **passed(link))
    for number in range(acts.ASKED_A_DAY):
        acts.ask_own(kind=NextStep.CORRECTION, words=f"第{number}条", **passed(link))
    with pytest.raises(Refusal):
        acts.ask_own(kind=NextStep.CORRECTION, words="再一条", **passed(link))
    assert FollowUp.objects.count() == acts.ASKED_A_DAY


# The message leads there.


def test_a_message_of_a_vacancy_leads_to_the_own_page_with_one_link_for_all(officer, case):
    first, second = told(officer, case, is_told=False), told(officer, case, is_told=False)
    link = JobseekerLink.objects.get()
    assert set(Message.objects.values_list("path", flat=True)) == {
        url("own_vacancy", link, first), url("own_vacancy", link, second),
    }  # fmt: skip


def test_without_an_answer_the_address_of_a_vacancy_leads_to_the_question(officer, case, link):
    row = told(officer, case)
    answer = Client().get(url("own_vacancy", link, row))
    assert answer.status_code == 302
    assert answer.url == page_of(link)
    row.refresh_from_db()
    assert row.step == StepKind.TOLD


def test_whoever_opened_the_file_often_on_one_day_is_named_once_and_the_person_not_at_all(officer, case, link, own):
    for _number in range(3):
        get_jobseeker(actor=officer, case_id=case.uid, purpose="open", now=NOW)
    own.get(page_of(link))
    page = own.get(page_of(link)).context["page"]
    assert [look.who for look in page.looks] == [officer.name]


# How content the person was.


def served(officer, case, *, days=0, kind=ServiceKind.CAREER_GUIDANCE):
    return ServiceRecord.objects.create(
        case=case, kind=kind, happened_on=TODAY - days * DAY, outcome="made", by_id=officer.user_id, recorded_at=NOW
    )


def judge(own, link, record, points):
    return own.post(reverse("own_feedback", args=[token_of(link), record.uid]), {"points": points})


def test_a_service_is_judged_once_and_the_later_word_stands(officer, case, link, own):
    record = served(officer, case)
    for points in (2, 5, 5):
        assert judge(own, link, record, points).status_code == 302
    assert ServiceFeedback.objects.get().points == 5
    facts = standing_facts().filter(kind="employment.service_feedback")
    assert [fact.attributes["satisfaction"] for fact in facts] == [5]
    assert own.get(page_of(link)).context["page"].services[0].points == 5


@pytest.mark.parametrize("points", [0, 6, "x", ""])
def test_points_that_are_none_change_nothing(officer, case, link, own, points):
    judge(own, link, served(officer, case), points)
    assert not ServiceFeedback.objects.exists()


def test_what_was_given_long_ago_or_to_another_or_was_only_tried_is_not_judged(officer, case, link, own):
    tried = served(officer, case)
    ServiceRecord.objects.filter(pk=tried.pk).update(outcome="attempted")
    others = served(officer, seeker("另一位"))
    for record in (served(officer, case, days=61), served(officer, case, kind=ServiceKind.PHONE_CALL), tried, others):
        assert judge(own, link, record, 5).status_code == 404
    assert not ServiceFeedback.objects.exists()
    assert judge(own, link, served(officer, case, days=60), 4).status_code == 302


def test_an_application_that_was_declined_and_taken_up_again_is_seen_by_the_employer_again(officer, case, link):
    row = told(officer, case)
    given = {"recommendation_id": row.uid} | passed(link)
    acts.say_own(kind=StepKind.APPLIED, reason="", **given)
    row = acts.say_own(kind=StepKind.DECLINED, reason=StepReason.PAY, **given)
    assert row.shared_with is None
    row = acts.take_back_own(**given)
    assert (row.step, row.shared_with) == (StepKind.APPLIED, row.vacancy.employer)


def test_taken_up_again_after_a_merger_it_is_shared_with_nobody_the_person_never_agreed_to(officer, case, link):
    """Of two that were merged nobody knows whether the one who sees it now is the one who was agreed to."""
    row = told(officer, case)
    given = {"recommendation_id": row.uid} | passed(link)
    acts.say_own(kind=StepKind.APPLIED, reason="", **given)
    acts.say_own(kind=StepKind.DECLINED, reason=StepReason.PAY, **given)
    stays = make_vacancy(make_employer(name="另一单位"))
    type(stays).objects.filter(pk=row.vacancy_id).update(merged_into=stays, state="closed", close_reason="merged")
    row = acts.take_back_own(**given)
    assert (row.step, row.shared_with) == (StepKind.APPLIED, None)


@pytest.fixture
def moved(officer, case, link):
    """Applied, and the vacancy is merged into another employer's since: nobody reads the application."""
    row = told(officer, case)
    acts.say_own(kind=StepKind.APPLIED, reason="", recommendation_id=row.uid, **passed(link))
    there = make_vacancy(make_employer(name="另一单位"))
    Recommendation.objects.filter(pk=row.pk).update(vacancy=there)
    row.refresh_from_db()
    return row


def candidates(row):
    return Recommendation.objects.filter(pk=row.pk, shared_with=row.vacancy.employer)


def test_after_a_merger_the_person_is_asked_by_name_and_one_press_shares_it(link, own, moved):
    page = own.get(url("own_vacancy", link, moved))
    assert "另一单位" in page.text
    assert not candidates(moved)
    for _press in range(2):
        own.post(url("own_share", link, moved), {"employer": moved.vacancy.employer.uid})
    assert candidates(moved)
    assert AuditEntry.objects.filter(code="employment.application_shared").count() == 1
    assert own.get(url("own_vacancy", link, moved)).context["asked"] is None


def test_who_agreed_to_one_employer_has_not_agreed_to_the_next(link, own, moved):
    named = moved.vacancy.employer
    Recommendation.objects.filter(pk=moved.pk).update(vacancy=make_vacancy(make_employer(name="第三家单位")))
    own.post(url("own_share", link, moved), {"employer": named.uid})
    moved.refresh_from_db()
    assert not candidates(moved)
    assert moved.shared_with != named
    assert not AuditEntry.objects.filter(code="employment.application_shared").exists()


@pytest.mark.parametrize("kind", [StepKind.LIKED, StepKind.DECLINED])
def test_where_no_application_stands_nobody_is_asked_and_nothing_is_shared(officer, case, link, own, kind):
    row = told(officer, case)
    if kind == StepKind.DECLINED:
        acts.say_own(kind=StepKind.APPLIED, reason="", recommendation_id=row.uid, **passed(link))
    reason = StepReason.PAY if kind == StepKind.DECLINED else ""
    acts.say_own(kind=kind, reason=reason, recommendation_id=row.uid, **passed(link))
    assert own.get(url("own_vacancy", link, row)).context["asked"] is None
    with pytest.raises(Conflict, match="own_nothing_to_share"):
        acts.share_own(recommendation_id=row.uid, employer=row.vacancy.employer.uid, **passed(link))
    assert not candidates(row)


def test_what_the_office_wrote_down_is_no_agreement_of_the_person(officer, link, moved):
    moved.steps.filter(kind=StepKind.APPLIED).update(by=StepBy.OFFICER)
    with pytest.raises(Conflict):
        acts.share_own(recommendation_id=moved.uid, employer=moved.vacancy.employer.uid, **passed(link))


def test_what_nobody_reads_is_shared_through_ones_own_page_alone(link, moved):
    with pytest.raises(NotThere):
        acts.share_own(recommendation_id=moved.uid, employer=moved.vacancy.employer.uid, token="x", shown="", **AT)


def test_why_not_is_kept_in_the_row_alone_where_it_can_be_emptied(officer, case, link):
    row = told(officer, case)
    acts.say_own(recommendation_id=row.uid, kind=StepKind.DISMISSED, reason=StepReason.HEALTH, **passed(link))
    assert row.steps.get(kind=StepKind.DISMISSED).reason == StepReason.HEALTH
    written = [str(entry.detail) for entry in AuditEntry.objects.all()]
    written += [str(fact.attributes) for fact in standing_facts()]
    assert not [said for said in written if "health" in said]


def test_closing_a_file_ends_its_link_for_good(officer, case, link):
    close_jobseeker(actor=officer, case_id=case.uid, version=case.version, reason="at_work", **AT)
    case.refresh_from_db()
    reopen_jobseeker(actor=officer, case_id=case.uid, version=case.version, reason="又来求职", **AT)
    assert not is_open(link)


def test_eighty_looks_of_ones_own_hide_nobody_elses(officer, case, link, own, monkeypatch):
    monkeypatch.setattr(own_page_queries, "LOOKS_READ", 2)
    get_jobseeker(actor=officer, case_id=case.uid, purpose="open", now=NOW)
    for _number in range(3):
        own.get(page_of(link))
    assert [look.who for look in own.get(page_of(link)).context["page"].looks] == [officer.name]


def test_where_no_telephone_is_known_a_message_leads_nowhere(officer, case):
    person = case.person
    person.phone = ""
    person.save(update_fields=["phone"])
    told(officer, case, is_told=False)
    assert not JobseekerLink.objects.exists()
    assert Message.objects.get().path == ""
