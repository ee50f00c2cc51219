"""The administrator's pages, and what a one-time password opens: nothing but the choice of an own one."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts import actions, queries
from sunward.accounts.enums import Role
from sunward.accounts.models import Unit, User
from sunward.audit.models import AuditEntry
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = make.make_officer(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def _url(name, *args):
    return reverse(f"accounts:{name}", args=args)


def test_an_account_is_made_given_a_post_and_used(client, administrator):
    committee = make.make_committee()
    page = client.post(_url("user_new"), {"username": "wangfang", "name": "王芳"})
    password = re.search(r"<strong>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</strong>", page.content.decode()).group(1)
    assert "no-store" in page["Cache-Control"]
    client.post(_url("user_post", "wangfang"), {"role": "worker", "unit_id": committee.pk, "from_on": "2026-01-01"})

    other = Client()
    other.post(reverse("account_login"), {"login": "wangfang", "password": password})
    for address in (reverse("home"), reverse("mentoring:children")):
        assert other.get(address)["Location"] == reverse("account_change_password")
    change = reverse("account_change_password")
    assert "一次性密码" in other.get(change).content.decode()
    short = other.post(change, {"oldpassword": password, "password1": "短", "password2": "短"})
    assert "密码太短，至少 12 个字符。" in short.content.decode()
    changed = other.post(
        change, {"oldpassword": password, "password1": "向阳而生-2026-一起好", "password2": "向阳而生-2026-一起好"}
    )
    assert changed["Location"] == reverse("home")

    assert not User.objects.get(username="wangfang").has_one_time_password
    assert other.get(reverse("mentoring:children")).status_code == 200


def test_whoever_is_locked_out_is_out_with_the_next_click(client, administrator):
    worker = make.make_officer(Role.WORKER, make.make_committee())
    at_work = Client()
    at_work.force_login(worker)
    assert at_work.get(reverse("mentoring:children")).status_code == 200

    client.post(_url("user_lock", worker.username), {"reason": "lost"})
    assert reverse("account_login") in at_work.get(reverse("mentoring:children"))["Location"]

    client.post(_url("user_unlock", worker.username))
    assert at_work.get(reverse("mentoring:children")).status_code == 200


def test_a_forgotten_password_is_replaced_and_the_old_one_opens_nothing(client, administrator):
    user = make.make_user("wangfang", password="the old password")

    page = client.post(_url("user_password", "wangfang"))

    user.refresh_from_db()
    assert page.status_code == 200
    assert not user.check_password("the old password")
    assert user.has_one_time_password


def test_the_list_finds_by_name_role_unit_and_state(client, administrator):
    here = make.make_committee()
    there = make.make_committee("310110013001", name="长白一居委", subdistrict=make.make_subdistrict("310110013"))
    make.make_officer(Role.WORKER, here, name="甲一")
    make.make_officer(Role.WORKER, there, name="乙二")
    make.make_user(name="丙三")
    User.objects.filter(name="乙二").update(is_active=False)

    def names(**asked):
        rows = client.get(_url("users"), asked).context["page"].rows
        return sorted(row.name for row in rows if row.name in {"甲一", "乙二", "丙三"})

    assert names() == sorted(["甲一", "乙二", "丙三"])
    assert names(q="甲") == ["甲一"]
    assert names(role="worker") == sorted(["甲一", "乙二"])
    assert names(unit="310110013") == ["乙二"]
    assert names(state="locked") == ["乙二"]
    assert names(state="none") == ["丙三"]


def test_a_users_page_shows_every_post_with_its_days(client, administrator):
    user = make.make_user("wangfang")
    committee = make.make_committee()
    make.give_post(user, Role.WORKER, committee, from_on=date(2025, 1, 1), until_on=date(2025, 6, 1))
    make.give_post(user, Role.WORKER, committee, from_on=date(2025, 6, 1))
    make.give_post(user, Role.SUPERVISOR, committee.parent, from_on=date(2099, 1, 1))

    page = client.get(_url("user", "wangfang")).context["page"]

    assert [post.state for post in page.posts] == ["coming", "current", "ended"]


def test_on_the_own_page_there_is_nothing_to_press(client, administrator):
    html = client.get(_url("user", administrator.username)).content.decode()
    main = html[html.index("<main") :]

    assert "<form" not in main[: main.index("</main>")]


def test_the_tree_counts_the_posts_of_today_and_opens_one_subdistrict(client, administrator):
    here = make.make_committee()
    make.make_officer(Role.WORKER, here)
    make.make_officer(Role.SUPERVISOR, here.parent)
    former = make.make_user()
    make.give_post(former, Role.WORKER, here, until_on=date(2026, 1, 1))
    make.make_committee("310110013001", name="长白一居委", subdistrict=make.make_subdistrict("310110013"))

    rows = {row.code: row for row in client.get(_url("units"), {"open": here.code[:9]}).context["rows"]}

    assert (rows["310110"].posts, rows["310110"].posts_below) == (1, 2)
    assert (rows[here.code[:9]].posts, rows[here.code[:9]].posts_below) == (1, 1)
    assert rows[here.code].posts == 1
    assert "310110013001" not in rows


def test_queries_do_not_grow_with_the_users(client, administrator):
    client.get(_url("users"))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as caught:
            client.get(_url("users"))
        counts.append(len(caught))
        for _user in range(12):
            make.make_officer(Role.WORKER, make.make_committee())

    assert counts[0] == counts[1] <= 8


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_sees_these_pages(client, role):
    client.force_login(make.make_officer(role, make.make_district()))

    for name, args in [("users", ()), ("units", ()), ("user_new", ()), ("user", ("x",)), ("user_lock", ("x",))]:
        assert client.get(_url(name, *args)).status_code == 403


def test_an_administrator_sees_no_childs_page(client, administrator):
    case = make.make_child()

    assert client.get(reverse("mentoring:child", args=[case.uid])).status_code == 403


def test_the_pages_list_the_users_and_units_of_the_own_district_only(client, administrator):
    make.make_officer(Role.LEADER, make.make_unit("310109", name="虹口区"), username="hongkou", name="虹口领导")
    make.make_user("nowhere", name="还没有岗位")
    make.make_officer(Role.WORKER, make.make_committee(), username="here")

    listed = {row.username for row in client.get(_url("users")).context["page"].rows}
    assert listed == {"nowhere", "here", administrator.username}
    assert "虹口区" not in client.get(_url("users")).content.decode()
    assert "虹口区" not in client.get(_url("units")).content.decode()
    assert "虹口区" not in client.get(_url("user_post", "here")).content.decode()
    assert client.get(_url("user", "hongkou")).status_code == 404


def test_an_offices_telephone_is_written_down_changed_and_taken_away(client, administrator):
    here = make.make_committee()
    change, tree = _url("unit_phone", here.code), f"{_url('units')}?open={here.code[:9]}"

    for phone in ("021-00000012", "(021) 0000 0013", ""):
        answer = client.post(change, {"phone": phone}, follow=True)
        here.refresh_from_db()
        assert here.phone == phone
        assert answer.redirect_chain[-1][0] == tree
        assert phone in answer.content.decode()

    assert list(AuditEntry.objects.values_list("code", flat=True)).count("accounts.unit_phone_written") == 3


def test_what_is_no_telephone_is_asked_for_again_and_stands_in_the_form(client, administrator):
    here = make.make_committee()

    answer = client.post(_url("unit_phone", here.code), {"phone": "问老王"})

    assert answer.status_code == 422
    assert "问老王" in answer.content.decode()
    assert Unit.objects.get(pk=here.pk).phone == ""


def test_whoever_writes_the_same_number_again_writes_no_act(administrator):
    here, actor = make.make_committee(), make.actor_of(administrator)

    for _again in range(2):
        actions.write_unit_phone(actor=actor, code=here.code, phone="021-00000012", now=make.NOW)

    assert AuditEntry.objects.filter(code="accounts.unit_phone_written").count() == 1


def test_an_office_without_a_number_is_called_at_the_next_above_that_has_one(administrator):
    here = make.make_committee()
    street, district = here.parent, here.parent.parent
    assert queries.find_office_phone(here.path) == ""

    for unit, phone in [(district, "021-00000001"), (street, "021-00000002"), (here, "021-00000003")]:
        actions.write_unit_phone(actor=make.actor_of(administrator), code=unit.code, phone=phone, now=make.NOW)
        assert queries.find_office_phone(here.path) == phone
    assert queries.find_office_phone(make.make_committee("310110013001").path) == "021-00000001"
