"""Where the trajectory of a line is, beside the same figure on a dashboard: to those who may read the line."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from sunward.accounts.enums import Role
from sunward.accounts.preferences import set_language
from sunward.blueprint.aims import read_aims
from sunward.blueprint.enums import StepKind
from sunward.blueprint.models import Checkpoint, Gauge, WorkItem, WorkStep
from sunward.blueprint.queries.plan_lines import work_href
from sunward.core import clock
from tests.blueprint.plans import MET, make_plan
from tests.factories import NOW, TODAY, actor_of, make_district, make_officer, make_subdistrict, make_unit
from tests.figures.published.builders import told

pytestmark = pytest.mark.django_db
FIGURE, EFFORT = "employment.helped_into_work", "employment.fairs_held"
OCTOBER = date(2026, 10, 31)
BEGAN, DUE = date(2026, 10, 1), date(2026, 12, 31)


@pytest.fixture
def item() -> WorkItem:
    """Three hundred by the end of the year, a third of them by the end of October."""
    found = make_plan(lines=1).items.get()
    WorkItem.objects.filter(pk=found.pk).update(target_number=300, target_unit="人", due_on=DUE)
    found.refresh_from_db()
    Gauge.objects.create(item=found, shape="growing", figure_code=FIGURE, starts_on=BEGAN, set_at=NOW)
    Checkpoint.objects.filter(item=found).delete()
    for on, value in ((BEGAN, 0), (OCTOBER, 100), (DUE, 300)):
        Checkpoint.objects.create(item=found, on=on, value=value, assumption="每月一百")
    return found


def aims(role: Role = Role.LEADER, *, unit=None, of=None, on: date = OCTOBER, who=None):
    actor = actor_of(who or make_officer(role, unit))
    with override("en"):
        return {code: [one.says for one in told_of] for code, told_of in _read(actor, of, on).items()}


def _read(actor, of, on):
    return read_aims(actor, of or make_district(), [FIGURE, EFFORT], on)


def test_the_trajectory_says_where_the_number_was_to_be_by_the_end_of_the_month(item):
    assert aims() == {
        FIGURE: ["Line 1: altogether 100 by 2026-10-31, counted from 2026-10-01; 300人 by 2026-12-31."]
    }  # fmt: skip
    assert "altogether 201.6 by 2026-12-01" in aims(on=date(2026, 12, 1))[FIGURE][0]
    assert "altogether 300 by 2027-02-28" in aims(on=date(2027, 2, 28))[FIGURE][0]
    assert aims(on=date(2026, 9, 30)) == {}, "it had not begun"


def test_without_points_the_way_is_straight(item):
    Checkpoint.objects.filter(item=item).delete()
    Gauge.objects.filter(item=item).update(starts_on=MET)
    assert "altogether 300" in aims(on=DUE)[FIGURE][0]


def test_a_percentage_says_where_it_was_to_be(item):
    Gauge.objects.filter(item=item).update(shape="ratio")
    assert aims() == {FIGURE: ["Line 1: 100 on 2026-10-31; 300人 in the end."]}


def test_it_is_told_of_the_unit_whose_number_is_measured_and_of_no_other(item):
    street = make_subdistrict()
    assert aims(of=street) == {}
    WorkItem.objects.filter(pk=item.pk).update(lead=street, unit_path=street.path)
    # Of persons the district's number is counted, whoever leads; of what happens the own.
    assert FIGURE in aims()
    Gauge.objects.filter(item=item).update(figure_code=EFFORT)
    assert (aims(), list(aims(of=street))) == ({}, [EFFORT])


def test_whoever_may_not_read_the_line_is_told_nothing_of_it(item):
    elsewhere = make_unit("310109", name="虹口区")
    assert aims(unit=elsewhere) == {}
    officer = make_officer(Role.EMPLOYMENT_OFFICER, item.lead)
    assert aims(who=officer) == {}
    WorkItem.objects.filter(pk=item.pk).update(officer=officer)
    assert FIGURE in aims(who=officer)


def test_a_line_that_is_closed_asks_for_nothing_more(item):
    claim = WorkStep.objects.create(item=item, kind=StepKind.CLAIMED, text="表", happened_on=TODAY, recorded_at=NOW)
    WorkStep.objects.create(item=item, kind=StepKind.ACCEPTED, about=claim, happened_on=TODAY, recorded_at=NOW)
    assert aims() == {}


def test_no_line_takes_one_query_and_twenty_take_two(item, django_assert_num_queries):
    actor, district = actor_of(make_officer(Role.LEADER)), make_district()
    names = ("plan", "goal", "question", "lead", "unit_path", "due_on", "target_number", "target_unit", "made_at")
    columns = {name: getattr(item, name) for name in names}
    rows = WorkItem.objects.bulk_create(WorkItem(number=number, text="工作", **columns) for number in range(2, 21))
    Gauge.objects.bulk_create(
        Gauge(item=row, shape="growing", figure_code=FIGURE, starts_on=BEGAN, set_at=NOW) for row in rows
    )
    with django_assert_num_queries(2):
        assert len(read_aims(actor, district, [FIGURE], OCTOBER)[FIGURE]) == 20
    with django_assert_num_queries(1):
        read_aims(actor, district, ["employment.stayed"], OCTOBER)


@pytest.mark.parametrize(("language", "word"), [("en", "altogether 100 by"), ("zh-hans", "应累计")])
def test_the_card_of_the_figure_leads_to_the_line_and_the_published_number_stands_as_it_was(
    item, language, word, monkeypatch
):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    told(FIGURE, make_district(), 45)
    user, client = make_officer(Role.LEADER), Client()
    set_language(user_id=user.pk, language=language)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("figures:dashboards"), {"programme": "employment"}).content.decode()
    link = page[page.index(f'href="{work_href(item.uid)}"') :][:200]
    assert word in link
    assert "45" in page
    Gauge.objects.filter(item=item).delete()
    again = client.get(reverse("figures:dashboards"), {"programme": "employment"}).content.decode()
    assert work_href(item.uid) not in again
