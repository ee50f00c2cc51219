"""The pages of figures: what they show, to whom, as of when, and how many queries that takes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from sunward.accounts.enums import Role
from sunward.accounts.preferences import set_language
from sunward.accounts.unit_merging import merge_units
from sunward.core import clock
from sunward.employment.indicators import INDICATORS as EMPLOYMENT
from sunward.figures.declared import indicators
from sunward.figures.definition import Facts
from sunward.ledger.actions import NewFact, correct_fact, record_fact
from sunward.mentoring.indicators import INDICATORS as MENTORING
from tests.factories import NOW, TODAY, make_child, make_committee, make_officer, make_subdistrict
from tests.figures.kinds import written_kinds

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
FILES, PLACED, FAIRS = "mentoring.files_open", "employment.helped_into_work", "employment.fairs_held"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def signed_in(user, language="zh-hans"):
    set_language(user_id=user.pk, language=language)
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def opened(case, *, on=TODAY, now=NOW):
    return record_fact(
        NewFact(
            kind="casework.case_opened", subject_kind="case", subject_id=case.pk, person_id=case.person_id,
            unit_id=case.unit_id, unit_path=case.unit_path, happened_on=on, attributes={"programme": case.programme},
        ),
        now=now,
    )  # fmt: skip


def page(client, name, code, **said):
    answer = client.get(reverse(f"figures:{name}", args=[code]), said)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_number_opens_the_files_it_counts():
    case = make_child("陈小树")
    opened(case)
    client = signed_in(make_officer(Role.SUPERVISOR, make_subdistrict()))
    href = f"{reverse('figures:records', args=[FILES])}?unit=310110012&amp;month=2026-11"
    assert href in page(client, "figure", FILES)
    told = page(client, "records", FILES, unit="310110012", month="2026-11")
    assert "陈小树" in told
    assert reverse("mentoring:child", args=[case.uid]) in told


def test_a_file_that_has_moved_away_is_counted_where_it_happened_and_not_opened_there():
    case = make_child("陈小树")
    opened(case)
    elsewhere = make_committee("310110016001")
    type(case).objects.filter(pk=case.pk).update(unit=elsewhere, unit_path=elsewhere.path)
    told = page(
        signed_in(make_officer(Role.SUPERVISOR, make_subdistrict())),
        "records",
        FILES,
        unit="310110012",
        month="2026-11",
    )
    assert "陈小树" not in told
    assert "不在您的权限内" in told


def test_as_known_on_an_earlier_day_a_withdrawn_file_is_still_counted():
    early = NOW - timedelta(days=20)
    fact = opened(make_child(), on=TODAY - timedelta(days=25), now=early)
    correct_fact(old=fact, new=None, now=NOW - timedelta(days=2))
    client = signed_in(make_officer(Role.SUPERVISOR, make_subdistrict()))
    href = "month=2026-11"
    assert href not in page(client, "figure", FILES)
    assert href in page(client, "figure", FILES, known=f"{TODAY - timedelta(days=10)}")


def test_a_street_that_was_merged_keeps_the_row_of_what_happened_in_it():
    opened(make_child(), on=TODAY - timedelta(days=60))
    make_subdistrict("310110016", name="五角场街道")
    merge_units(old_code="310110012", new_code="310110016", reason="沪府〔2026〕1号", on=TODAY, now=NOW)
    client = signed_in(make_officer())
    told = page(client, "figure", FILES)
    assert "unit=310110012&amp;month=2026-09" in told
    assert "unit=310110016&amp;month=2026-09" not in told


@pytest.mark.parametrize("said", [{"until": "2026-13"}, {"until": "x"}, {"known": "0000-00-00"}, {"until": "1066-01"}])
def test_what_cannot_be_understood_in_the_address_is_ignored(said):
    assert "2026-11" in page(signed_in(make_officer(Role.SUPERVISOR, make_subdistrict())), "figure", FILES, **said)


@pytest.mark.parametrize("number", ["0", "-1", "999999999999999999999", "x"])
def test_a_page_of_records_that_is_not_there_is_the_nearest_that_is(number):
    opened(make_child("陈小树"))
    client = signed_in(make_officer(Role.SUPERVISOR, make_subdistrict()))
    assert "陈小树" in page(client, "records", FILES, month="2026-11", page=number)


def test_a_leader_reads_what_is_about_no_person_and_opens_no_record():
    client = signed_in(make_officer(Role.LEADER))
    told = client.get(reverse("figures:figures")).content.decode()
    assert reverse("figures:figure", args=[FAIRS]) in told
    assert reverse("figures:figure", args=[PLACED]) not in told
    assert "/records/" not in page(client, "figure", FAIRS)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_figure_has_its_card_in_both_languages(language):
    readers = {
        "mentoring": Role.DISTRICT_OFFICER, "employment": Role.EMPLOYMENT_OFFICER, "blueprint": Role.LEADER,
    }  # fmt: skip
    clients = {programme: signed_in(make_officer(role), language) for programme, role in readers.items()}
    for indicator in indicators().values():
        client = clients[indicator.programme]
        with translation.override(language):
            told = page(client, "figure", indicator.code)
            assert escape(str(indicator.newest.card.counts)) in told
            assert escape(str(indicator.name)) in told


@pytest.mark.parametrize("name", ["figures", "figure", "records"])
def test_a_page_takes_as_many_queries_for_thirty_files_as_for_one(name):
    client = signed_in(make_officer(Role.SUPERVISOR, make_subdistrict()))
    address = reverse(f"figures:{name}", args=[] if name == "figures" else [FILES])
    client.get(address)  # what only a first page asks, it asks here
    asked = []
    for number in (1, 30):
        for each in range(number):
            opened(make_child(f"陈{number}的{each}"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address, {"month": "2026-11"}).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] < 40


def test_every_indicator_counts_facts_that_some_act_writes():
    """A kind that nobody writes would count nothing for ever."""
    declared = {kind for indicator in (*MENTORING, *EMPLOYMENT) for facts in _facts(indicator) for kind in facts.kinds}
    assert not declared - written_kinds()


def _facts(indicator):
    found = []

    def walk(value):
        if isinstance(value, Facts):
            found.append(value)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                walk(getattr(value, name))

    for version in indicator.versions:
        walk(version.measure)
    return found
