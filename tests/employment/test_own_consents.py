"""What a jobseeker has agreed to: withdrawn on the own page with one press, at once, and given again with another."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.core.refusals import NotThere, Refusal
from sunward.employment.access.own_page import PassMissing
from sunward.employment.actions.consents import (
    give_own_consent,
    record_consent,
    withdraw_consent,
    withdraw_own_consent,
)
from sunward.employment.actions.jobseeker_links import make_jobseeker_link
from sunward.employment.actions.own_consents import wish_own_messages
from sunward.employment.actions.own_page import say_own
from sunward.employment.actions.recommendations import recommend
from sunward.employment.enums import StepKind
from sunward.employment.own_pass import make_pass, token_of
from sunward.employment.queries.own_consents import list_own_consents, list_own_shares
from sunward.ledger.queries import standing_facts
from sunward.outreach.choosing import read_preference
from sunward.outreach.enums import MessagePurpose, MessageState
from sunward.outreach.models import Message, Preference
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import ConsentRecord
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE = "310110012"
DAY = timedelta(days=1)
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
    unit = make.make_committee(f"{HERE}001", subdistrict=make.make_subdistrict(HERE))
    return make.make_jobseeker("纪求职", unit=unit)


@pytest.fixture
def link(officer, case):
    return make_jobseeker_link(actor=officer, case_id=case.uid, **AT)


@pytest.fixture
def passed(link):
    return {"token": token_of(link), "shown": make_pass(link, now=NOW)} | AT


@pytest.fixture
def own(link):
    client = Client()
    client.post(reverse("own_page", args=[token_of(link)]), {"typed": link.case.person.phone[-4:]})
    return client


def told(officer, case):
    post = make_vacancy(make_employer(make.make_subdistrict(HERE)))
    return recommend(actor=officer, case_id=case.uid, vacancy_id=post.uid, is_told=False, **AT)


def press(own, link, what, verb):
    return own.post(reverse(f"own_consent_{verb}", args=[token_of(link), what]))


def agreed(officer, case, **more):
    return record_consent(actor=officer, case_id=case.uid, purpose=Purpose.STORY, given_on=TODAY, **AT | more)


def is_agreed(case, on=TODAY):
    return ConsentRecord.objects.valid(on=on).filter(person=case.person_id, purpose=Purpose.STORY).exists()


def row_of(case, what):
    return next((row for row in list_own_consents(case, on=TODAY) if row.what == what), None)


# Messages.


def test_whoever_wants_no_messages_of_vacancies_gets_none_until_they_want_them_again(officer, case, link, own):
    press(own, link, "vacancies", "withdraw")
    told(officer, case)
    assert Message.objects.get().state == MessageState.HELD
    assert not row_of(case, "vacancies").is_given
    press(own, link, "vacancies", "give")
    assert MessagePurpose.RECOMMENDATION not in read_preference(case.person).opted_out_of
    assert row_of(case, "vacancies").is_given


def test_one_wish_leaves_all_others_as_they_were(case, passed):
    Preference.objects.create(
        person=case.person, opted_out_of=["gathering"], email="a@b.cn", ceiling_per_week=3, updated_at=NOW
    )
    for _press in range(2):
        wish_own_messages(purpose=MessagePurpose.VISIT, is_wished=False, **passed)
    row = Preference.objects.get()
    assert (row.opted_out_of, row.email, row.ceiling_per_week) == (["gathering", "visit"], "a@b.cn", 3)
    assert row.version == 2


def test_to_wish_for_what_nobody_has_declined_writes_nothing(case, passed):
    wish_own_messages(purpose=MessagePurpose.VISIT, is_wished=True, **passed)
    assert not Preference.objects.exists()


def test_what_is_urgent_cannot_be_declined(case, passed):
    with pytest.raises(Refusal, match="urgent_is_always_told"):
        wish_own_messages(purpose=MessagePurpose.URGENT, is_wished=False, **passed)


# The story.


def test_a_consent_that_nobody_asked_for_stands_nowhere_and_cannot_be_given(case, passed):
    assert row_of(case, "story") is None
    with pytest.raises(Refusal, match="consent_never_given"):
        give_own_consent(purpose=Purpose.STORY, **passed)


def test_a_consent_withdrawn_and_given_again_is_two_rows_and_the_withdrawal_is_kept(officer, case, link, own):
    first = agreed(officer, case)
    for _press in range(2):
        press(own, link, "story", "withdraw")
    first.refresh_from_db()
    assert (first.withdrawn_on, is_agreed(case)) == (TODAY, False)
    assert standing_facts().filter(kind="employment.consent_withdrawn", actor_id=0).count() == 1
    for _press in range(2):
        press(own, link, "story", "give")
    assert is_agreed(case)
    assert ConsentRecord.objects.filter(person=case.person, purpose=Purpose.STORY).count() == 2
    first.refresh_from_db()
    assert first.withdrawn_on == TODAY


def test_every_paper_for_it_ends_at_once(officer, case, passed):
    for _paper in range(2):
        ConsentRecord.objects.create(
            person=case.person, purpose=Purpose.STORY, legal_basis=LegalBasis.CONSENT, given_by=case.person,
            given_on=TODAY - DAY,
        )  # fmt: skip
    withdraw_own_consent(purpose=Purpose.STORY, **passed)
    assert not is_agreed(case)


def test_an_officer_writes_down_a_yes_and_a_no_of_her_own_files_only(officer, case):
    far = make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110019"), username="far"))
    with pytest.raises(NotThere):
        agreed(far, case)
    agreed(officer, case)
    assert agreed(officer, case) == ConsentRecord.objects.get(person=case.person, purpose=Purpose.STORY)
    with pytest.raises(NotThere):
        withdraw_consent(actor=far, case_id=case.uid, purpose=Purpose.STORY, **AT)
    withdraw_consent(actor=officer, case_id=case.uid, purpose=Purpose.STORY, **AT)
    assert not is_agreed(case)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"given_on": TODAY + DAY}, "consent_in_future"),
        ({"expires_on": TODAY}, "consent_ends_before"),
        ({"purpose": Purpose.MATCHING}, "purpose_unknown"),
    ],
)
def test_a_consent_that_cannot_be_is_refused(officer, case, wrong, code):
    with pytest.raises(Refusal, match=code):
        record_consent(actor=officer, case_id=case.uid, **{"purpose": Purpose.STORY, "given_on": TODAY} | AT | wrong)
    assert not ConsentRecord.objects.filter(purpose=Purpose.STORY).exists()


# Employers.


def test_an_employer_that_sees_somebody_is_named_until_the_application_is_withdrawn(officer, case, link, own, passed):
    row = told(officer, case)
    assert list_own_shares(case) == ()
    say_own(recommendation_id=row.uid, kind=StepKind.APPLIED, reason="", **passed)
    [share] = list_own_shares(case)
    assert share.employer == row.vacancy.employer.name
    assert share.employer in own.get(reverse("own_page", args=[token_of(link)])).content.decode()
    own.post(
        reverse("own_say", args=[token_of(link), share.recommendation]), {"kind": "declined", "reason": "other"}
    )  # fmt: skip
    assert list_own_shares(case) == ()
    own.post(reverse("own_take_back", args=[token_of(link), share.recommendation]))
    assert [again.employer for again in list_own_shares(case)] == [share.employer]


# The page.


def test_each_consent_says_what_ends_before_it_ends_and_what_has_ended(case, link, own):
    page = reverse("own_page", args=[token_of(link)])
    before = [str(row.note) for row in own.get(page).context["page"].consents]
    press(own, link, "appointments", "withdraw")
    after = [str(row.note) for row in own.get(page).context["page"].consents]
    assert len(before) == len(after) == 3
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, True]


def test_without_a_pass_or_of_an_unknown_kind_nothing_is_withdrawn(case, link, own):
    assert press(Client(), link, "vacancies", "withdraw").url == reverse("own_page", args=[token_of(link)])
    assert press(own, link, "everything", "withdraw").status_code == 404
    assert not Preference.objects.exists()


def test_a_pass_that_is_over_withdraws_nothing(officer, case, passed):
    agreed(officer, case)
    with pytest.raises(PassMissing):
        withdraw_own_consent(purpose=Purpose.STORY, **passed | {"shown": ""})
    assert is_agreed(case)
