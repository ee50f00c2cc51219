"""Jobseekers' closed files: listed, held, kept longer, emptied, and afterwards nobody is to be found in them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import Unit, User
from sunward.audit.chain import verify
from sunward.casework.actions.retention import anonymise_case, keep_longer, put_on_list, take_off_list
from sunward.casework.anonymising import belongings, blank_of, emptied_columns
from sunward.casework.enums import CaseState, KeepReason
from sunward.casework.finding import findable_case
from sunward.casework.keeping import NOTICE, keepings
from sunward.casework.models import BrokenGlass, Case, Retention
from sunward.casework.programmes import file_roles
from sunward.casework.queries.retention import list_retentions, list_ripe, list_to_put_on_list
from sunward.core import clock
from sunward.core.classification import REGISTRY
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.core.search.entries import SearchEntry
from sunward.core.search.index import index
from sunward.employment.actions.file_joining import part_files
from sunward.employment.actions.files import reopen_jobseeker
from sunward.employment.actions.forgetting import forget_contacts, forget_visit_words
from sunward.employment.keeping import KEEPING
from sunward.employment.models import EmptyList, FeedItem, Jobseeker, JobWish, ShortlistRun, VacancyFeed
from sunward.gatherings.models import Gathering, SignUp
from sunward.ledger.models import Fact
from sunward.outreach.models import Channel, Message
from sunward.people.actions import merge_persons
from sunward.people.models import Household, HouseholdMember, Person, PossibleDuplicate
from sunward.registers.models import StagedRow
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    make_child,
    make_committee,
    make_jobseeker,
    make_officer,
    make_person,
    make_subdistrict,
)
from tests.planting import WORD, Planter, a_day_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NAME, PHONE, STREET = "欧阳明珠", "+8613800001234", "控江路一千号"
# What hangs only on a child's file; each programme has its own persons (ADR 0014).
_OF_CHILDREN = ("mentoring.", "safeguarding.", "people.Guardianship")
# Of whoever comes along without a file, and is named instead of a person.
_OF_GUESTS = {("gatherings.SignUp", column) for column in ("guest_name", "guest_age", "guest_phone")}


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def close(case: Case, closed_on: date, reason: str = "at_work") -> Case:
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_on=closed_on, close_reason=reason)
    case.refresh_from_db()
    return case


def make_over(*, days: int = 0, listed: int = NOTICE.days, person: Person | None = None, name: str = "") -> Case:
    """A file whose time was over so many days ago, listed for so long."""
    case = close(make_jobseeker(name, person=person, unit=make_subdistrict()), a_day_of(KEEPING.years, days=days))
    Retention.objects.create(case=case, due_on=TODAY - days * DAY, listed_on=TODAY - listed * DAY)
    return case


# Listing and holding.


def test_every_programme_that_keeps_files_says_for_how_long():
    assert set(keepings()) == {name for name, roles in file_roles().items() if roles}


@pytest.mark.parametrize(
    ("reason", "years", "is_listed"),
    [("at_work", 2, True), ("at_work", 1, False), ("mistake", 1, True), ("joined", 9, False)],
)
def test_it_comes_onto_the_list_a_month_before_by_why_it_was_closed(reason, years, is_listed):
    near = close(make_jobseeker(), a_day_of(years) + NOTICE, reason)
    far = close(make_jobseeker(), a_day_of(years) + NOTICE + DAY, reason)
    found = list_to_put_on_list(on=TODAY)
    assert (near.pk in found) is is_listed
    assert far.pk not in found
    if is_listed:
        assert put_on_list(case_pk=near.pk, on=TODAY, now=NOW)
        assert Retention.objects.get(case=near).due_on == TODAY + NOTICE


def test_nothing_is_emptied_that_has_not_stood_on_the_list_for_thirty_days():
    case = make_over(days=400, listed=29)
    assert not anonymise_case(case_pk=case.pk, on=TODAY, now=NOW)
    assert anonymise_case(case_pk=case.pk, on=TODAY + DAY, now=NOW)
    assert not anonymise_case(case_pk=case.pk, on=TODAY + DAY, now=NOW)


def test_whoever_is_signed_up_for_what_is_to_come_keeps_the_name_until_it_is_over():
    case = make_over()
    gathering = Planter({Unit: case.unit}, {Gathering: {"state": "published"}}).plant(Gathering)
    SignUp.objects.create(
        gathering=gathering, person=case.person, state="placed", party=case.uid, queue=1, signed_up_by="self",
        code="123456", signed_up_at=NOW,
    )  # fmt: skip
    assert list_ripe(on=TODAY) == ()
    row = list_retentions(actor_of(make_officer(Role.EMPLOYMENT_OFFICER)), KEEPING, on=TODAY)[0]
    assert row.empties_on is None
    assert row.hold
    Gathering.objects.update(state="held")
    assert list_ripe(on=TODAY) == (case.pk,)


def test_its_time_begins_anew_when_it_was_opened_and_closed_once_more():
    case = make_over()
    close(case, TODAY)
    assert take_off_list(on=TODAY) == 1
    assert list_ripe(on=TODAY) == ()


def test_it_is_kept_longer_for_a_reason_by_its_own_office_and_never_by_another():
    case = make_over()
    said: dict[str, Any] = {
        "programme": "employment", "case_id": case.uid, "because": KeepReason.WISH, "until_on": TODAY + 100 * DAY,
        "on": TODAY, "now": NOW,
    }  # fmt: skip
    elsewhere = make_officer(Role.EMPLOYMENT_OFFICER, make_subdistrict("310110013"))
    for stranger in (elsewhere, make_officer(Role.DISTRICT_OFFICER)):
        with pytest.raises(NotThere):
            keep_longer(actor=actor_of(stranger), **said)
    own = actor_of(make_officer(Role.EMPLOYMENT_OFFICER, make_subdistrict()))
    with pytest.raises(Refusal):
        keep_longer(actor=own, **(said | {"until_on": TODAY + 367 * DAY}))
    keep_longer(actor=own, **said)
    assert list_ripe(on=TODAY + 99 * DAY) == ()
    assert list_ripe(on=TODAY + 100 * DAY) == (case.pk,)


# What is left.


def _planted(case: Case) -> list[tuple[Model, tuple[str, ...]]]:
    """A row of every table that belongs to the file or to its person, with the columns that are emptied."""
    user = make_officer(Role.EMPLOYMENT_OFFICER)
    fixed = {
        SignUp: dict.fromkeys(("guest_name", "guest_phone", "guest_phone_index"), "") | {"guest_age": None},
        Message: {"group": None, "about": "employment.message"},
        Channel: {"kind": "sms"},
        Gathering: {"state": "held"},
        BrokenGlass: {"reviewed_at": NOW},
    }
    planter = Planter({Case: case, Person: case.person, Unit: case.unit, User: user}, fixed)
    found = []
    for one in (*belongings(Case), *belongings(Person, (Case,))):
        if one.columns and not one.model._meta.label.startswith(_OF_CHILDREN):
            path = min(one.paths, key=lambda path: path.count("__"))
            found.append((planter.plant(one.model, along=(path.split("__")[0],)), one.columns))
    return found


def _words_of(row: Model, columns: tuple[str, ...]) -> dict[str, Any]:
    fresh = type(row)._default_manager.get(pk=row.pk)
    return {column: getattr(fresh, column) for column in columns}


@pytest.fixture
def rich() -> Case:
    person = make_person(NAME, unit=make_subdistrict(), programme="employment", phone=PHONE)
    person.address = STREET
    person.save()
    case = make_over(person=person)
    case.remark = WORD
    case.save()
    index([findable_case(case)])
    return case


def test_no_column_of_that_person_is_left_in_any_table_and_every_count_stays(rich):
    planted = _planted(rich)
    assert len({type(row) for row, _columns in planted}) > 20
    for row, columns in planted:
        for column, value in _words_of(row, columns).items():
            assert (row._meta.label, column) in _OF_GUESTS or value != blank_of(row._meta.get_field(column)), (
                f"{row._meta.label}.{column}: plant something in it, or this test shows nothing"
            )
    counts = {model: model._default_manager.count() for model in apps.get_models() if model._meta.label in REGISTRY}
    facts = list(Fact.objects.order_by("pk").values_list("pk", "kind", "quantity", "person_id"))
    assert anonymise_case(case_pk=rich.pk, on=TODAY, now=NOW)
    for row, columns in planted:
        for column, value in _words_of(row, columns).items():
            assert value == blank_of(row._meta.get_field(column)), f"{row._meta.label}.{column}"
    changed = {model._meta.label for model, count in counts.items() if model._default_manager.count() != count}
    assert changed <= {"ledger.Fact", "audit.AuditEntry", "audit.AuditHead", "core.SearchEntry"}
    assert list(Fact.objects.order_by("pk").values_list("pk", "kind", "quantity", "person_id"))[: len(facts)] == facts
    assert verify().is_intact


def test_nothing_planted_is_found_in_any_table_search_and_outbox_among_them(rich):
    _planted(rich)
    batch = Planter({User: make_officer(), Unit: rich.unit}).plant(StagedRow)
    StagedRow.objects.filter(pk=batch.pk).update(created_kind="case", created_id=rich.pk)
    assert _found(NAME, PHONE, STREET, WORD) == {NAME, PHONE, STREET, WORD}
    assert anonymise_case(case_pk=rich.pk, on=TODAY, now=NOW)
    assert _found(NAME, PHONE, STREET) == set()
    row = StagedRow.objects.get(pk=batch.pk)
    assert (row.raw, row.record) == ("", "")
    assert Case.objects.get(pk=rich.pk).remark == ""
    person = Person.objects.get(pk=rich.person_id)
    assert (person.name, person.phone, person.id_number, person.id_index) == (person.pseudonym, "", "", None)
    assert (person.birth_date.month, person.birth_date.day) == (1, 1)
    assert SearchEntry.objects.get(kind="employment.case", object_id=rich.pk).text.startswith(person.name.lower())


def _found(*words: str) -> set[str]:
    """Which of the words stand in the database, sealed values opened; the record of acts is staff's, and left out."""
    seen = set()
    for model in apps.get_models():
        if not model._meta.label.startswith(("auth.", "contenttypes.", "audit.", "sessions.")):
            for row in model._default_manager.all():
                text = " ".join(str(getattr(row, field.attname)) for field in model._meta.concrete_fields)
                seen |= {word for word in words if word in text}
    return seen


def test_several_groups_without_an_end_are_emptied_together(rich):
    for kind in ("graduate", "veteran"):
        rich.client_tags.create(kind=kind, from_on=TODAY - 900 * DAY)
    assert anonymise_case(case_pk=rich.pk, on=TODAY, now=NOW)
    assert set(rich.client_tags.values_list("kind", "until_on")) == {("", TODAY)}


def test_who_has_another_file_that_is_still_kept_stays_known_there_and_the_old_one_is_empty(rich):
    other = make_jobseeker(person=rich.person)
    JobWish.objects.create(case=other, words="会计", rank=1)
    JobWish.objects.create(case=rich, words=WORD, rank=1)
    assert anonymise_case(case_pk=rich.pk, on=TODAY, now=NOW)
    rich.person.refresh_from_db()
    assert rich.person.name == NAME
    assert JobWish.objects.get(case=other).words == "会计"
    assert JobWish.objects.get(case=rich).words == ""


def test_the_same_human_being_known_to_neighbour_mom_stays_known_there(rich):
    child = make_child(NAME)
    assert anonymise_case(case_pk=rich.pk, on=TODAY, now=NOW)
    child.person.refresh_from_db()
    assert child.person.name == NAME


@pytest.mark.parametrize("has_mate", [False, True])
def test_the_words_of_a_home_go_when_nobody_of_it_is_known_any_more(rich, has_mate):
    home = Household.objects.create(note=WORD, unit_path=rich.unit_path)
    mates = [make_person("欧阳外婆", unit=make_committee())] if has_mate else []
    for person in (rich.person, *mates):
        HouseholdMember.objects.create(household=home, person=person, from_on=TODAY)
    assert anonymise_case(case_pk=rich.pk, on=TODAY, now=NOW)
    home.refresh_from_db()
    assert home.note == (WORD if has_mate else "")


def test_a_file_that_became_part_of_it_goes_with_it_and_the_two_are_never_parted_again():
    officer = make_officer(Role.EMPLOYMENT_OFFICER)
    first, second = (make_jobseeker(NAME, unit=make_subdistrict()) for _ in range(2))
    for case in (first, second):
        Jobseeker.objects.create(case=case)
        JobWish.objects.create(case=case, words=WORD, rank=1)
    pair = PossibleDuplicate.objects.create(
        first=first.person, second=second.person, points=90, unit_path=first.unit_path
    )
    merge_persons(actor=actor_of(officer), duplicate_id=pair.pk, now=NOW)
    stays, goes = (Case.objects.get(close_reason=reason) for reason in ("", "joined"))
    Case.objects.filter(pk=goes.pk).update(closed_on=a_day_of(3))
    close(stays, a_day_of(2))
    Retention.objects.create(case=stays, due_on=TODAY, listed_on=TODAY - NOTICE)
    glass = BrokenGlass.objects.create(
        case=goes, user=officer, reason="danger", words="急", opened_at=NOW, until_at=NOW, unit_path=goes.unit_path
    )
    assert not anonymise_case(case_pk=stays.pk, on=TODAY, now=NOW)
    BrokenGlass.objects.filter(pk=glass.pk).update(reviewed_at=NOW)
    assert anonymise_case(case_pk=stays.pk, on=TODAY, now=NOW)
    assert not JobWish.objects.filter(words=WORD).exists()
    assert not Person.objects.filter(name=NAME).exists()
    assert Retention.objects.filter(anonymised_on=TODAY).count() == 2
    with pytest.raises(Conflict) as refused:
        part_files(actor=actor_of(officer), case_id=stays.uid, now=NOW)
    assert refused.value.code == "employment.joined_emptied"


def test_what_was_emptied_never_opens_again(rich):
    assert anonymise_case(case_pk=rich.pk, on=TODAY, now=NOW)
    with pytest.raises(Refusal) as refused:
        reopen_jobseeker(
            actor=actor_of(make_officer(Role.EMPLOYMENT_OFFICER)), case_id=rich.uid, version=rich.version,
            reason="回来了", on=TODAY, now=NOW,
        )  # fmt: skip
    assert refused.value.code == "casework.case_anonymised"


def test_a_drawing_names_nobody_any_more_whose_file_was_emptied(rich, client):
    user = make_officer(Role.EMPLOYMENT_OFFICER)
    said = {"posts": 3, "open": 0, "doors": [{"rule": "pay", "closed": 3, "alone": 1}], "steps": []}
    run = ShortlistRun.objects.create(
        unit=rich.unit, unit_path=rich.unit_path, drawn_on=TODAY, state="drawn", made_by=user, made_at=NOW,
        summary={"people": 1, "vacancies": 3, "lines": 0, "with_nothing": 1, "coverage": 0, "most_told": 0},
    )  # fmt: skip
    EmptyList.objects.create(run=run, case=rich, prospects=said)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("employment:shortlist", args=[run.uid])
    assert NAME in client.get(page).content.decode()
    assert anonymise_case(case_pk=rich.pk, on=TODAY, now=NOW)
    answer = client.get(page)
    assert answer.status_code == 200
    assert NAME not in answer.content.decode()
    assert EmptyList.objects.get().prospects == {}


# Words about people of employers.


def _told_contact(**more: Any) -> Any:
    vacancy = make_vacancy(contact_name="王经理", contact_phone=PHONE, **more)
    feed = VacancyFeed.objects.filter(name="市平台").first() or VacancyFeed.objects.create(
        name="市平台", direction="in", unit=vacancy.unit, unit_path=vacancy.unit_path, made_at=NOW, expires_on=TODAY
    )
    FeedItem.objects.create(feed=feed, reference=str(vacancy.pk), vacancy=vacancy, told=PHONE, told_at=NOW)
    return vacancy


def test_whom_to_call_is_forgotten_when_nobody_has_offered_the_post_for_years():
    over, long_ago = a_day_of(KEEPING.years), NOW - 800 * DAY
    gone = [
        _told_contact(verified_until=over - DAY), _told_contact(state="waiting", verified_until=None, made_at=long_ago),
    ]  # fmt: skip
    kept = [
        _told_contact(verified_until=over), _told_contact(verified_until=over - DAY, valid_until=TODAY),
        _told_contact(state="waiting", verified_until=None),
    ]  # fmt: skip
    assert forget_contacts(on=TODAY) == len(gone)
    assert forget_contacts(on=TODAY) == 0
    for vacancies, held in ((gone, ("", "", "")), (kept, ("王经理", PHONE, PHONE))):
        for row in vacancies:
            row.refresh_from_db()
            told = FeedItem.objects.get(vacancy=row).told
            assert (row.contact_name, row.contact_phone, told) == held


def test_the_words_of_a_visit_are_forgotten_after_years_and_the_visit_stays():
    employer, by = make_employer(), make_officer(Role.EMPLOYMENT_OFFICER)
    days = (a_day_of(KEEPING.years, days=1), a_day_of(KEEPING.years))
    for day in days:
        employer.visits.create(
            happened_on=day,
            learned="王经理说",
            unit=employer.unit,
            unit_path=employer.unit_path,
            by=by,
            recorded_at=NOW,
        )
    assert forget_visit_words(on=TODAY) == 1
    assert dict(employer.visits.values_list("happened_on", "learned")) == dict(zip(days, ("", "王经理说"), strict=True))


# The page.


def test_the_page_shows_what_is_due_in_the_own_units_and_keeps_one_longer(
    client, today: None, django_assert_max_num_queries: Callable[..., Any]
):
    case = make_over(name=NAME)
    page, keep = reverse("employment:retention"), reverse("employment:retention_keep", args=[case.uid])
    for unit, is_shown in ((make_subdistrict(), True), (make_subdistrict("310110013"), False)):
        user = make_officer(Role.EMPLOYMENT_OFFICER, unit)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        with django_assert_max_num_queries(14):
            assert (NAME in client.get(page).content.decode()) is is_shown
        assert client.get(keep).status_code == (200 if is_shown else 404)
    client.force_login(
        make_officer(Role.EMPLOYMENT_OFFICER, make_subdistrict()), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.post(keep, {"because": "wish"}).status_code == 422
    assert client.post(keep, {"because": "wish", "until_on": str(TODAY + 500 * DAY)}).status_code == 422
    assert client.post(keep, {"because": "wish", "until_on": str(TODAY + 30 * DAY)}).status_code == 302
    assert list_ripe(on=TODAY) == ()
    for language in ("zh-hans", "en"):
        assert NAME in client.get(page, headers={"accept-language": language}).content.decode()


def test_a_job_that_lags_is_told_on_the_home_page_without_names(client, today: None):
    make_over(days=3, listed=33, name=NAME)
    client.force_login(make_officer(Role.EMPLOYMENT_OFFICER), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("home")).content.decode()
    assert reverse("employment:retention") in page
    assert NAME not in page


def test_every_column_of_a_programmes_own_tables_can_be_emptied():
    for model in apps.get_app_config("employment").get_models():
        for column in emptied_columns(model):
            blank_of(model._meta.get_field(column))
