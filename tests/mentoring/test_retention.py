"""Kept for a time and then emptied: listed first, held where it must be, and afterwards nobody is to be found in it."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.urls import reverse

import sunward
from sunward.accounts.enums import Role
from sunward.audit.chain import verify
from sunward.casework import jobs
from sunward.casework.actions import record_service, reopen_case
from sunward.casework.actions.retention import anonymise_case, keep_longer, put_on_list, take_off_list
from sunward.casework.anonymising import EMPTIED, belongings, blank_of, emptied_columns
from sunward.casework.enums import CaseState, CloseReason, ContactOutcome, KeepReason, RiskLevel, ServiceKind
from sunward.casework.keeping import NOTICE
from sunward.casework.models import Case, Retention
from sunward.casework.queries.retention import list_late, list_ripe, list_to_put_on_list
from sunward.core import clock
from sunward.core.classification import REGISTRY
from sunward.core.jobs.queue import enqueue
from sunward.core.refusals import NotThere, Refusal
from sunward.core.search.entries import SearchEntry
from sunward.ledger.models import Fact
from sunward.mentoring.enums import FamilyWordKind, MatchState
from sunward.mentoring.keeping import KEEPING
from sunward.mentoring.models import FamilyWord, MatchStep, Mentor
from sunward.people.households import share_household
from sunward.people.models import Person
from sunward.safeguarding.enums import Authority
from sunward.safeguarding.models import MandatoryReport
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    make_child,
    make_committee,
    make_district,
    make_match,
    make_mentor,
    make_officer,
    make_person,
    make_subdistrict,
)
from tests.mentoring.tutoring_arrangements import make_student

DAY = timedelta(days=1)
# Planted wherever a person may be known by; none of it may be found afterwards.
PLANTED = ("欧阳明珠", "欧阳外婆", "控江路一千号", "悄悄话", "不愿回家", "+8613800001234")


def close(case: Case, closed_on: date, *, reason: CloseReason = CloseReason.HELPED) -> Case:
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_on=closed_on, close_reason=reason)
    case.refresh_from_db()
    return case


def make_over(*, days: int = 0, listed: int = NOTICE.days, name: str = "") -> Case:
    """A file whose time was over so many days ago, listed for so long."""
    over_on = TODAY - days * DAY
    case = close(make_child(name, unit=make_committee()), over_on.replace(year=over_on.year - 3))
    Retention.objects.create(case=case, due_on=over_on, listed_on=TODAY - listed * DAY)
    return case


# The rule.


@pytest.mark.parametrize(
    ("closed_on", "reason", "due"),
    [
        (date(2023, 11, 25), CloseReason.HELPED, date(2026, 11, 25)),
        (date(2024, 2, 29), CloseReason.HELPED, date(2027, 3, 1)),
        (date(2023, 11, 25), CloseReason.MISTAKE, date(2024, 11, 25)),
    ],
)
def test_a_file_is_kept_as_long_as_its_purpose_needs(closed_on: date, reason: CloseReason, due: date) -> None:
    assert KEEPING.due_on(closed_on, reason) == due


@pytest.mark.django_db
@pytest.mark.parametrize(("days_left", "is_listed"), [(31, False), (30, True), (0, True), (-400, True)])
def test_it_comes_onto_the_list_a_month_before(days_left: int, is_listed: bool) -> None:
    over = TODAY + days_left * DAY
    case = close(make_child(unit=make_committee()), over.replace(year=over.year - 3))
    assert (case.pk in list_to_put_on_list(on=TODAY)) is is_listed


@pytest.mark.django_db
def test_nothing_is_emptied_that_has_not_stood_on_the_list_for_thirty_days_whatever_its_age() -> None:
    case = make_over(days=400, listed=29)
    assert not anonymise_case(case_pk=case.pk, on=TODAY, now=NOW)
    assert anonymise_case(case_pk=case.pk, on=TODAY + DAY, now=NOW)
    assert not anonymise_case(case_pk=case.pk, on=TODAY + DAY, now=NOW)


@pytest.mark.django_db
def test_the_two_jobs_walk_through_both_steps_and_doing_it_again_changes_nothing(
    run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = close(make_child(unit=make_committee()), TODAY.replace(year=TODAY.year - 3))
    for after, is_emptied in ((0, False), (29, False), (30, True), (31, True)):
        now = NOW + after * DAY
        monkeypatch.setattr(jobs, "clock", type("Clock", (), {"now": lambda n=now: n, "today": lambda n=now: n.date()}))
        enqueue(jobs.empty_what_is_over)
        assert run_jobs() == 1
        assert (Retention.objects.get().anonymised_on is not None) is is_emptied, after
    assert Retention.objects.get(case=case).listed_on == TODAY


# What holds it.


def report(case: Case) -> None:
    MandatoryReport.objects.create(
        case=case,
        unit_id=case.unit_id,
        unit_path=case.unit_path,
        authority=Authority.POLICE,
        found_at=NOW,
        reported_at=NOW,
        by=make_officer(),
    )


def object_to_it(case: Case) -> None:
    FamilyWord.objects.create(
        case=case, guardian=make_person(unit=make_committee()), kind=FamilyWordKind.OBJECTION, said_at=NOW
    )


@pytest.mark.django_db
@pytest.mark.parametrize("hold", [report, object_to_it])
def test_a_report_and_an_open_objection_make_it_wait(hold: Callable[[Case], None]) -> None:
    case = make_over()
    assert list_ripe(on=TODAY) == (case.pk,)
    hold(case)
    assert list_ripe(on=TODAY) == ()
    assert not anonymise_case(case_pk=case.pk, on=TODAY, now=NOW)
    FamilyWord.objects.update(answered_at=NOW)
    assert (list_ripe(on=TODAY) == (case.pk,)) is (hold is object_to_it)


@pytest.mark.django_db
def test_it_is_kept_longer_with_a_reason_for_a_year_at_most_and_by_whoever_supervises_it() -> None:
    case, actor = make_over(), actor_of(make_officer(Role.SUPERVISOR, make_subdistrict()))
    said: dict[str, Any] = {
        "programme": "mentoring",
        "case_id": case.uid,
        "because": KeepReason.BENEFITS,
        "on": TODAY,
        "now": NOW,
    }
    for until_on in (TODAY, TODAY + 367 * DAY):
        with pytest.raises(Refusal):
            keep_longer(actor=actor, until_on=until_on, **said)
    with pytest.raises(NotThere):
        elsewhere = actor_of(make_officer(Role.SUPERVISOR, make_subdistrict("310110013")))
        keep_longer(actor=elsewhere, until_on=TODAY + DAY, **said)
    keep_longer(actor=actor, until_on=TODAY + 100 * DAY, **said)
    assert list_ripe(on=TODAY + 99 * DAY) == ()
    assert list_ripe(on=TODAY + 100 * DAY) == (case.pk,)


@pytest.mark.django_db
def test_what_was_opened_again_leaves_the_list_and_what_was_emptied_never_opens_again() -> None:
    again, gone = make_over(), make_over()
    actor = actor_of(make_officer())
    reopen_case(actor=actor, case_id=again.uid, version=again.version, reason="回来了", on=TODAY, now=NOW)
    assert take_off_list(on=TODAY) == 1
    anonymise_case(case_pk=gone.pk, on=TODAY, now=NOW)
    with pytest.raises(Refusal) as refused:
        reopen_case(actor=actor, case_id=gone.uid, version=gone.version, reason="回来了", on=TODAY, now=NOW)
    assert refused.value.code == "casework.case_anonymised"


# What is left.


def _make_rich_case() -> Case:
    """One with words in as many places as the tests can reach, tables that are append-only among them."""
    unit = make_committee()
    case = make_child("欧阳明珠", unit=unit)
    actor = actor_of(make_officer())
    person = case.person
    person.phone, person.address, case.remark = "+8613800001234", "控江路一千号", "悄悄话"
    person.save()
    case.save()
    grandmother = make_person("欧阳外婆", unit=unit, birth=date(1950, 1, 2))
    person.guardianships.create(guardian=grandmother, relation="外婆", from_on=TODAY)
    share_household(person=case.person, other=make_person("欧阳外婆", unit=unit), role="外婆", on=TODAY - 9 * DAY)
    record_service(
        actor=actor, case_id=case.uid, kind=ServiceKind.HOME_VISIT, happened_on=TODAY, outcome=ContactOutcome.MADE,
        on=TODAY, now=NOW, note="悄悄话",
    )  # fmt: skip
    case.assessments.create(level=RiskLevel.LOW, reason="不愿回家", assessed_on=TODAY)
    case.follow_ups.create(kind="call", note="不愿回家", due_on=TODAY, role=Role.WORKER)
    match = make_match(case, make_mentor("梅阿姨", unit=unit), state=MatchState.CLOSED)
    MatchStep.objects.create(
        match=match, to_state=MatchState.CLOSED, reason="不愿回家", recorded_at=NOW, happened_on=TODAY
    )
    FamilyWord.objects.create(
        case=case, guardian=grandmother, kind=FamilyWordKind.THANKS, words="悄悄话", said_at=NOW, answered_at=NOW
    )
    _tutor(case)
    close(case, TODAY.replace(year=TODAY.year - 3))
    Retention.objects.create(case=case, due_on=TODAY, listed_on=TODAY - 30 * DAY)
    return case


def _tutor(case: Case) -> None:
    """Tutored once, with words in every table of it."""
    tutoring = case.tutorings.create(
        mentor=make_student("林知夏"), unit_path=case.unit_path, state="closed", proposed_on=TODAY, ended_on=TODAY,
        end_reason="term_over", override_reason="不愿回家", helpful="悄悄话", link="https://meeting.example.org/欧阳明珠",
    )  # fmt: skip
    tutoring.steps.create(to_state="closed", reason="悄悄话", happened_on=TODAY, recorded_at=NOW)
    tutoring.sessions.create(
        starts_at=NOW, minutes=60, state="cancelled", cancel_reason="欧阳外婆住院", next_time="悄悄话", mood="worrying"
    )


@pytest.mark.django_db
def test_afterwards_nothing_planted_is_found_in_any_table_and_every_number_is_as_before() -> None:
    case = _make_rich_case()
    facts = list(Fact.objects.order_by("pk").values_list("pk", "kind", "quantity", "happened_on", "person_id"))
    counts = _counts()
    assert _found(PLANTED), "the search itself finds what was planted"
    assert anonymise_case(case_pk=case.pk, on=TODAY, now=NOW)
    assert _found(PLANTED) == set()
    assert (
        list(Fact.objects.order_by("pk").values_list("pk", "kind", "quantity", "happened_on", "person_id"))[
            : len(facts)
        ]
        == facts
    )
    changed = {label for label, count in _counts().items() if count != counts[label]}
    assert changed <= {"ledger.Fact", "audit.AuditEntry", "core.SearchEntry"}
    assert verify().is_intact
    case.refresh_from_db()
    assert case.person.name == case.person.pseudonym
    assert (case.person.birth_date.month, case.person.birth_date.day) == (1, 1)
    assert SearchEntry.objects.get(kind="mentoring.case", object_id=case.pk).text.startswith(case.person.name.lower())
    # She is not known by the child alone.
    assert set(Mentor.objects.values_list("person__name", flat=True)) == {"梅阿姨", "林知夏"}


@pytest.mark.django_db
def test_append_only_tables_refuse_changes_again_afterwards() -> None:
    case = _make_rich_case()
    anonymise_case(case_pk=case.pk, on=TODAY, now=NOW)
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE mentoring_matchstep SET reason = 'x'")


@pytest.mark.django_db
def test_a_guardian_with_another_child_and_a_sibling_with_an_own_file_stay_who_they_are() -> None:
    case = _make_rich_case()
    guardian = case.person.guardianships.get().guardian
    sibling = make_child("欧阳小弟", unit=make_committee())
    sibling.person.guardianships.create(guardian=guardian, from_on=TODAY)
    anonymise_case(case_pk=case.pk, on=TODAY, now=NOW)
    assert Person.objects.get(pk=guardian.pk).name == "欧阳外婆"
    assert Person.objects.get(pk=sibling.person_id).name == "欧阳小弟"
    assert Person.objects.get(pk=case.person_id).name != "欧阳明珠"


def _found(words: tuple[str, ...]) -> set[str]:
    """Which of the words stand in the database, sealed values opened; the record of acts is staff's, and left out."""
    seen = set()
    for model in apps.get_models():
        if not model._meta.label.startswith(("auth.", "contenttypes.", "audit.", "sessions.")):
            for row in model._default_manager.all():
                text = " ".join(str(getattr(row, field.attname)) for field in model._meta.concrete_fields)
                seen |= {word for word in words if word in text}
    return seen


def _counts() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.aggregate(n=Count("pk"))["n"]
        for model in apps.get_models()
        if model._meta.label in REGISTRY or model is SearchEntry
    }


@pytest.mark.django_db
def test_whoever_has_another_child_in_her_care_or_consented_for_it_stays_who_she_is() -> None:
    gone, other = make_over(name="欧阳明珠"), make_child("韩小雨")
    carer, aunt = make_person("欧阳外婆", unit=gone.unit), make_person("欧阳姨妈", unit=gone.unit)
    for person in (carer, aunt):
        gone.person.guardianships.create(guardian=person, from_on=TODAY)
    other.temporary_care.create(
        unit_path=other.unit_path, carer=carer, place="外婆家", begun_at=NOW, begun_by_id=1, expected_until_at=NOW + DAY
    )
    other.person.consents.create(purpose="case_file", legal_basis="consent", given_by=aunt, given_on=TODAY)
    assert anonymise_case(case_pk=gone.pk, on=TODAY, now=NOW)
    for person, name in ((carer, "欧阳外婆"), (aunt, "欧阳姨妈")):
        person.refresh_from_db()
        assert person.name == name
    assert other.temporary_care.get().place == "外婆家"


def test_every_column_that_says_something_of_a_person_can_be_emptied() -> None:
    """Found anew by walking from each table to the file, not by the anonymiser's own search."""
    tied = {Case, Person}
    while more := {
        model
        for model in apps.get_models()
        if model not in tied and model._meta.label in REGISTRY and model is not Mentor
        for field in model._meta.concrete_fields
        if field.related_model in tied
    }:
        tied |= more
    covered = {one.model: set(one.columns) for one in (*belongings(Case), *belongings(Person, (Case, Mentor)))}
    for model in tied - {Case, Person}:
        wanted = {
            column
            for column, level in REGISTRY[model._meta.label].items()
            if level in EMPTIED and model._meta.get_field(column).related_model is None
        }
        assert wanted <= covered.get(model, set()), model
    for model in tied:
        for column in emptied_columns(model):
            if (model, column) != (Person, "name"):
                blank_of(model._meta.get_field(column))


# The alarm and the page.


@pytest.mark.django_db
def test_when_the_job_lags_the_district_and_the_administrator_hear_of_it_without_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    make_over(days=2, listed=32, name="欧阳明珠")
    assert list_late(on=TODAY) == ()
    make_over(days=3, listed=33, name="欧阳明珠")
    assert len(list_late(on=TODAY)) == 1
    officer, administrator = make_officer(), make_officer(Role.ADMINISTRATOR)
    for user, words in ((officer, reverse("mentoring:retention")), (administrator, "home-late")):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        page = client.get(reverse("home")).content.decode()
        assert words in page
        assert "欧阳明珠" not in page


@pytest.mark.django_db
def test_the_page_lists_what_is_due_with_what_holds_it_and_keeps_one_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    case, held = make_over(name="陈一"), make_over(name="陈二")
    report(held)
    client = Client()
    client.force_login(
        make_officer(Role.SUPERVISOR, make_subdistrict()), backend="django.contrib.auth.backends.ModelBackend"
    )
    page = client.get(reverse("mentoring:retention")).content.decode()
    assert case.reference in page
    assert held.reference in page
    keep = reverse("mentoring:retention_keep", args=[case.uid])
    assert client.post(keep, {"because": "benefits"}).status_code == 422
    assert client.post(keep, {"because": "benefits", "until_on": str(TODAY + 30 * DAY)}).status_code == 302
    assert list_ripe(on=TODAY) == ()
    assert put_on_list(case_pk=case.pk, on=TODAY, now=NOW) is False
    assert make_district().path in case.unit_path


def test_nobody_but_the_anonymiser_lifts_the_triggers_of_append_only_tables() -> None:
    source = Path(sunward.__file__).parent
    users = {path.relative_to(source).as_posix() for path in source.rglob("*.py") if "lifted(" in path.read_text()}
    assert users == {"core/append_only.py", "casework/anonymising.py"}
