"""Leye Spaces: written down once, read by the whole district, changed by their own office, never lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.actions.points import PointDetails, add_point, change_point, close_point, reopen_point
from sunward.employment.models import ServicePoint
from sunward.ledger.queries import standing_facts
from tests import factories as make
from tests.employment.point_builders import make_point, make_slot
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"
AT = {"on": TODAY, "now": NOW}
HOUR = timedelta(hours=1)
PLACE = PointDetails("控江乐业空间", "控江路100号", "021-00001234", "周一至周五 9:00–17:00")


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def officer_of(code):
    unit = make.make_subdistrict(code) if len(code) == 9 else make.make_district()
    return make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, unit))


@pytest.fixture
def officer():
    return officer_of(HERE)


@pytest.fixture
def page(client, officer):
    client.force_login(User.objects.get(pk=officer.user_id))
    return client


def _url(name, row):
    return reverse(f"employment:{name}", args=[row.uid])


def test_a_form_that_is_sent_twice_is_one_place_with_one_fact(officer):
    key = uuid4()
    for _press in range(2):
        row = add_point(actor=officer, key=key, unit_code=HERE, details=PLACE, **AT)
    assert ServicePoint.objects.get() == row
    assert (row.unit.code, row.hours) == (HERE, PLACE.hours)
    assert standing_facts().get(subject_kind="service_point", subject_id=row.pk).kind == "employment.point_added"


def test_nobody_writes_down_a_place_in_a_sub_district_of_others_nor_a_name_twice(officer):
    make.make_subdistrict(ELSEWHERE)
    with pytest.raises(Refusal, match="point_unit"):
        add_point(actor=officer, key=uuid4(), unit_code=ELSEWHERE, details=PLACE, **AT)
    make_point(HERE)
    with pytest.raises(Refusal, match="point_same_name"):
        add_point(actor=officer, key=uuid4(), unit_code=HERE, details=PLACE, **AT)


def test_the_same_said_twice_is_one_change_and_other_words_on_an_old_version_are_refused(officer):
    row = make_point(HERE)
    for _press in range(2):
        change_point(actor=officer, point_id=row.uid, version=1, details=PLACE, **AT)
    assert AuditEntry.objects.filter(code="employment.point_edited").count() == 1
    with pytest.raises(Conflict):
        change_point(actor=officer, point_id=row.uid, version=1, details=PointDetails("别处", "控江路1号"), **AT)


@pytest.mark.parametrize("code", [ELSEWHERE, "310109"])
def test_another_office_changes_and_closes_nothing(code):
    row = make_point(HERE)
    unit = make.make_subdistrict(code) if len(code) == 9 else make.make_unit(code)
    other = make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, unit))
    with pytest.raises(NotThere):
        change_point(actor=other, point_id=row.uid, version=1, details=PLACE, **AT)
    with pytest.raises(NotThere):
        close_point(actor=other, point_id=row.uid, version=1, **AT)


def test_the_district_closes_a_place_and_opens_it_again():
    row, district = make_point(HERE), officer_of("310110")
    row = close_point(actor=district, point_id=row.uid, version=1, **AT)
    assert not row.is_open
    assert close_point(actor=district, point_id=row.uid, version=1, **AT).version == 2
    assert reopen_point(actor=district, point_id=row.uid, version=2, **AT).is_open


def test_the_list_shows_the_own_places_first_with_the_next_free_time_and_closed_ones_last(page):
    adviser = make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(HERE))
    make_point("310110001", name="定海乐业空间")
    make_point(HERE, name="已关闭", is_open=False)
    own = make_point(HERE)
    for hours in (3, 1, 2):
        make_slot(own, adviser, starts_at=NOW + hours * HOUR, places=0 if hours == 1 else 1)
    make_slot(own, adviser, starts_at=NOW - HOUR)
    rows = page.get(reverse("employment:points")).context["rows"]
    assert [row.name for row in rows] == ["控江乐业空间", "定海乐业空间", "已关闭"]
    assert rows[0].next_free_at == NOW + 2 * HOUR
    assert rows[1].next_free_at is None


def test_the_page_says_who_advises_there_and_which_times_are_free(page):
    row = make_point(HERE)
    adviser = make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(HERE), name="顾老师")
    make_slot(row, adviser, places=2)
    shown = page.get(_url("point", row)).content.decode()
    assert "顾老师" in shown
    assert "还有 2 个名额" in shown


def test_two_who_change_one_place_choose_what_shall_stand(page, officer):
    row = make_point(HERE, hours="")
    form = page.get(_url("point_edit", row)).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    hidden = {f"initial-{name}": value for name, value in shown.items()}
    change_point(actor=officer, point_id=row.uid, version=1, details=PointDetails("他写的", row.address), **AT)
    screen = page.post(_url("point_edit", row), shown | hidden | {"name": "我写的", "hours": "每天", "version": "1"})
    assert screen.status_code == 409
    assert [dispute.theirs for dispute in screen.context["merge"].disputes] == ["他写的"]
    chosen = dict(screen.context["merge"].hidden) | {"version": "2", "choose-name": "mine"}
    assert page.post(_url("point_edit", row), chosen).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.hours, row.version) == ("我写的", "每天", 3)


def test_what_was_typed_stays_in_the_form_when_it_is_refused(page):
    make_point(HERE)
    typed = {"key": uuid4(), "unit": HERE, "name": "控江乐业空间", "address": "凤城路2号"}
    answer = page.post(reverse("employment:point_new"), typed)
    assert answer.status_code == 422
    assert "凤城路2号" in answer.content.decode()
