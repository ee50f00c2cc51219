"""The way in, step by step: what comes next, who did what, and that availability is computed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.mentoring.actions.vetting import record_vetting
from sunward.mentoring.actions.way_in import record_agreement
from sunward.mentoring.enums import VettingKind, VettingResult
from sunward.mentoring.models import Mentor, MentorApplication
from sunward.mentoring.queries.mentor_file import read_mentor_file
from sunward.mentoring.vetting import WARN_STEPS, read_standing
from tests import factories as make

pytestmark = pytest.mark.django_db
WHEN = {"on": make.TODAY, "now": make.NOW}
KINDS = [VettingKind.IDENTITY, VettingKind.BACKGROUND_CHECK, VettingKind.INTERVIEW, VettingKind.TRAINING]


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: make.TODAY)
    monkeypatch.setattr(clock, "now", lambda: make.NOW)


@pytest.fixture
def officer():
    return make.actor_of(make.make_officer(name="沈向阳"))


def _applicant():
    mentor = make.make_mentor("李芳芳", vetted=False)
    Mentor.objects.filter(pk=mentor.pk).update(state="applied", joined_on=None)
    mentor.refresh_from_db()
    return mentor


def _record(officer, mentor, kind, result=VettingResult.CLEAR, **more):
    record_vetting(
        actor=officer, mentor_id=mentor.uid, kind=kind, result=result, **({"happened_on": make.TODAY} | more), **WHEN
    )


def _way(officer, mentor):
    mentor.refresh_from_db()
    return read_mentor_file(mentor, actor=officer, on=make.TODAY).way_in


def _current(officer, mentor):
    found = [step for step in _way(officer, mentor) if step.is_current]
    assert len(found) <= 1
    assert all(bool(step.href) == step.is_current for step in _way(officer, mentor))
    return found[0].key if found else None


def test_every_step_brings_the_next_and_the_last_makes_her_available(officer):
    mentor = _applicant()
    for kind in KINDS:
        assert _current(officer, mentor) == kind
        assert mentor.state == "applied"
        _record(officer, mentor, kind)
    assert _current(officer, mentor) == "agreement"

    record_agreement(actor=officer, mentor_id=mentor.uid, agreed_on=make.TODAY, **WHEN)

    way = _way(officer, mentor)
    assert (mentor.state, mentor.joined_on, mentor.agreed_on) == ("active", make.TODAY, make.TODAY)
    assert all(step.is_done for step in way)
    assert [step.who for step in way] == ["", *["沈向阳"] * 5, ""]


def test_the_order_of_the_steps_is_free_and_the_last_of_them_counts(officer):
    mentor = _applicant()
    record_agreement(actor=officer, mentor_id=mentor.uid, agreed_on=make.TODAY, **WHEN)
    for kind in reversed(KINDS):
        mentor.refresh_from_db()
        assert mentor.state == "applied"
        _record(officer, mentor, kind)

    mentor.refresh_from_db()
    assert mentor.state == "active"


@pytest.mark.parametrize("result", [VettingResult.PENDING, VettingResult.UNFIT])
def test_a_check_that_is_not_clear_takes_nobody_on(officer, result):
    mentor = _applicant()
    record_agreement(actor=officer, mentor_id=mentor.uid, agreed_on=make.TODAY, **WHEN)
    for kind in KINDS:
        _record(officer, mentor, kind, VettingResult.CLEAR if kind != VettingKind.BACKGROUND_CHECK else result)

    mentor.refresh_from_db()
    assert mentor.state == "applied"
    assert not _way(officer, mentor)[-1].is_done


def test_whoever_was_listed_had_been_seen_and_talked_to_before(officer):
    mentor = make.make_mentor()
    Mentor.objects.filter(pk=mentor.pk).update(source_batch_id=7)

    way = {step.key: step for step in _way(officer, mentor)}
    assert way["identity"].is_done
    assert way["interview"].is_done
    assert way["available"].is_done
    assert _current(officer, mentor) == "agreement"


def test_an_expired_check_asks_to_be_renewed_and_she_is_not_available(officer):
    mentor = make.make_mentor(vetted_on=make.TODAY - timedelta(days=366))
    make.add_vetting(mentor, VettingKind.IDENTITY, on=make.TODAY)

    assert _current(officer, mentor) == "background_check"
    assert not _way(officer, mentor)[-1].is_done


def test_the_application_says_whether_she_wrote_it_herself(officer):
    mentor = _applicant()
    MentorApplication.objects.create(
        mentor=mentor, name="李芳芳", unit=mentor.unit, unit_path=mentor.unit_path, applied_at=make.NOW, phone_index="x"
    )

    step = _way(officer, mentor)[0]
    assert (step.on, str(step.note)) == (make.TODAY, "本人填写")


def test_an_agreement_is_not_signed_tomorrow_and_not_by_somebody_who_has_left(officer):
    mentor = make.make_mentor()
    with pytest.raises(Refusal, match="day_in_future"):
        record_agreement(actor=officer, mentor_id=mentor.uid, agreed_on=make.TODAY + timedelta(days=1), **WHEN)
    Mentor.objects.filter(pk=mentor.pk).update(state="left")
    with pytest.raises(Conflict, match="has_left"):
        record_agreement(actor=officer, mentor_id=mentor.uid, agreed_on=make.TODAY, **WHEN)
    elsewhere = make.actor_of(make.make_officer(Role.SUPERVISOR, make.make_subdistrict("310110019")))
    with pytest.raises(NotThere):
        record_agreement(actor=elsewhere, mentor_id=mentor.uid, agreed_on=make.TODAY, **WHEN)


@pytest.mark.parametrize(
    ("days", "step"), [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (1, 7), (0, None)]
)
def test_the_steps_of_the_warning_are_reached_on_their_day(days, step):
    mentor = make.make_mentor(vetted_on=make.TODAY - timedelta(days=365 - days))

    assert WARN_STEPS == (90, 30, 7)
    assert read_standing(mentor.vetting_facts.all(), on=make.TODAY).warn_step == step


# The pages.


def test_the_form_of_one_step_asks_only_what_the_step_has(client):
    client.force_login(make.make_officer())
    url = reverse("mentoring:mentor_vetting", args=[make.make_mentor(vetted=False).uid])

    interview = client.get(f"{url}?kind=interview").context["form"]
    check = client.get(f"{url}?kind=background_check").context["form"]

    assert list(interview.fields) == ["kind", "result", "happened_on"]
    assert {"authority", "receipt", "expires_on"} <= set(check.fields)
    typed = {"kind": "interview", "result": "clear", "happened_on": "2026-11-25"}
    assert client.post(f"{url}?kind=interview", typed).status_code == 302


def test_the_paper_is_printed_with_her_name_and_the_day_is_written_beside_it(client, django_assert_max_num_queries):
    mentor = make.make_mentor("欧阳明珠")
    client.force_login(make.make_officer())
    url = reverse("mentoring:mentor_agreement", args=[mentor.uid])

    with django_assert_max_num_queries(16):
        page = client.get(url).content.decode()
    assert "欧阳明珠" in page
    assert "意外" in page
    assert client.post(url, {"agreed_on": "2026-11-24"}).status_code == 302
    mentor.refresh_from_db()
    assert str(mentor.agreed_on) == "2026-11-24"


def test_her_file_asks_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    mentor = make.make_mentor(capacity=3)
    for number in range(3):
        make.make_match(make.make_child(f"孩{number}"), mentor)
    client.force_login(make.make_officer())

    with django_assert_max_num_queries(23):
        assert client.get(reverse("mentoring:mentor", args=[mentor.uid])).status_code == 200
