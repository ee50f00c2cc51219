"""Growing up: asked in time, asked again each September, closed by a person only."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sunward.casework.enums import CaseState, FollowUpState
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.refusals import NotThere, Refusal
from sunward.mentoring.actions.growing_up import ASK_AGAIN_DAYS, ask_about_age, keep_for_school
from sunward.mentoring.enums import AgeFollowUp, SchoolStage
from sunward.mentoring.growing_up import Keeping, adult_on, prepare_on, read_growing_up
from sunward.mentoring.queries.growing_up import list_growing_up
from tests.factories import NOW, TODAY, actor_of, make_child, make_committee, make_officer

DAY = timedelta(days=1)
BIRTHS = st.dates(date(2000, 1, 1), date(2015, 12, 31))


@given(born=BIRTHS)
def test_somebody_is_grown_up_exactly_from_the_day_on_which_he_counts_eighteen_years(born: date) -> None:
    def age(on: date) -> int:
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    grown = adult_on(born)
    assert (age(grown - DAY), age(grown)) == (17, 18)
    assert 88 <= (grown - prepare_on(born)).days <= 93


@given(born=BIRTHS, kept_after=st.integers(-90, 1500), lasts=st.integers(1, 2500), ahead=st.integers(-400, 4500))
def test_while_it_is_kept_it_is_asked_again_every_september_and_when_school_ends(
    born: date, kept_after: int, lasts: int, ahead: int
) -> None:
    grown = adult_on(born)
    recorded, on = grown + kept_after * DAY, grown + ahead * DAY
    kept = Keeping(recorded, recorded + lasts * DAY)
    days = (recorded + (n + 1) * DAY for n in range(lasts))
    first = next((day for day in days if (day.month, day.day) == (9, 1)), kept.until_on)
    asks_on = max(grown, min(first, kept.until_on))
    found = read_growing_up(born, kept, on=on)
    assert found.asks_on == asks_on
    assert found.state == ("decide" if on >= asks_on else "kept")


def make_case(days_to_birthday: int) -> Case:
    """Somebody who turns 18 after so many days."""
    grown = TODAY + days_to_birthday * DAY
    case = make_child("陈大", unit=make_committee())
    case.person.birth_date = grown.replace(year=grown.year - 18)
    case.person.save()
    return case


def ask(case: Case, *, after: int = 0) -> list[tuple[str, str]]:
    """What lies on the list once the nightly job has been there."""
    on = TODAY + after * DAY
    if case.pk in list_growing_up(on=on):
        ask_about_age(case_pk=case.pk, on=on, now=NOW)
    return list(case.follow_ups.order_by("pk").values_list("kind", "state"))


@pytest.mark.django_db
def test_the_worker_is_asked_to_prepare_once_and_to_decide_from_the_birthday_on_and_the_file_stays_open() -> None:
    case = make_case(80)
    assert ask(case) == ask(case, after=1) == [(AgeFollowUp.GROWS_UP, FollowUpState.DUE)]
    assert "2027-02-13" in case.follow_ups.get().note
    assert len(ask(case, after=79)) == 1
    assert ask(case, after=80)[1:] == [(AgeFollowUp.GROWN_UP, FollowUpState.DUE)]
    assert len(ask(case, after=120)) == 2
    case.refresh_from_db()
    assert case.state == CaseState.OPEN


@pytest.mark.django_db
def test_nobody_is_asked_about_a_child_or_about_a_closed_file() -> None:
    child, closed = make_case(200), make_case(0)
    Case.objects.filter(pk=closed.pk).update(state=CaseState.CLOSED, closed_on=TODAY)
    assert ask(child) == ask(closed) == []


@pytest.mark.django_db
def test_ticked_off_without_a_decision_the_question_comes_again_after_a_month() -> None:
    case = make_case(0)
    ask(case)
    case.follow_ups.update(state=FollowUpState.DONE, done_on=TODAY)
    assert len(ask(case, after=ASK_AGAIN_DAYS - 1)) == 1
    assert len(ask(case, after=ASK_AGAIN_DAYS)) == 2


@pytest.mark.django_db
def test_kept_because_of_school_the_list_is_empty_until_september() -> None:
    case, actor = make_case(0), actor_of(make_officer())
    ask(case)
    keep_for_school(
        actor=actor, case_id=case.uid, stage=SchoolStage.UNIVERSITY, until_on=date(2030, 7, 1), on=TODAY, now=NOW
    )
    assert ask(case) == [(AgeFollowUp.GROWN_UP, FollowUpState.DONE)]
    before = (date(2027, 8, 31) - TODAY).days
    assert len(ask(case, after=before)) == 1
    assert ask(case, after=before + 1)[1:] == [(AgeFollowUp.GROWN_UP, FollowUpState.DUE)]


@pytest.mark.django_db
def test_it_is_not_kept_for_a_child_nor_without_an_end_ahead_nor_by_somebody_elsewhere() -> None:
    case, actor = make_case(0), actor_of(make_officer())
    said = {"stage": SchoolStage.HIGH_SCHOOL, "on": TODAY, "now": NOW}
    for until_on in (TODAY, TODAY + 3000 * DAY):
        with pytest.raises(Refusal):
            keep_for_school(actor=actor, case_id=case.uid, until_on=until_on, **said)
    with pytest.raises(Refusal):
        keep_for_school(actor=actor, case_id=make_case(200).uid, until_on=TODAY + 90 * DAY, **said)
    stranger = actor_of(make_officer(unit=make_committee("310110013001").parent))
    with pytest.raises(NotThere):
        keep_for_school(actor=stranger, case_id=case.uid, until_on=TODAY + 90 * DAY, **said)


@pytest.mark.django_db
def test_the_file_says_what_is_to_be_decided_and_both_ways_are_one_press_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    case, client = make_case(-3), Client()
    client.force_login(make_officer(), backend="django.contrib.auth.backends.ModelBackend")
    file = reverse("mentoring:child", args=[case.uid])
    page = client.get(file).content.decode()
    school = reverse("mentoring:child_school", args=[case.uid])
    assert school in page
    assert reverse("mentoring:child_close", args=[case.uid]) in page
    assert client.post(school, {"stage": "university"}).status_code == 422
    assert client.post(school, {"stage": "university", "until_on": "2030-07-01"}).status_code == 302
    assert "2030-07-01" in client.get(file).content.decode()
