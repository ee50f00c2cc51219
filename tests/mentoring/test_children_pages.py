"""The children's pages: the order of the ledger, what a file shows and hides, the merge screen, the export."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.enums import RiskLevel
from sunward.casework.finding import findable_case
from sunward.casework.models import Case, FollowUp, Need, RiskAssessment, ServiceRecord
from sunward.core import clock
from sunward.core.search.index import index
from sunward.mentoring.enums import MatchState
from sunward.mentoring.models import ChildProfile
from sunward.people.models import ConsentRecord, Guardianship, Household, HouseholdMember
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: make.TODAY)
    monkeypatch.setattr(clock, "now", lambda: make.NOW)


@pytest.fixture
def officer(client):
    user = make.make_officer(password="a long password")
    client.force_login(user)
    return user


def _url(name, *args):
    return reverse(f"mentoring:{name}", args=args)


def _child(name="", *, heard_days_ago=None, **more):
    case = make.make_child(name, **({"opened_on": make.TODAY - timedelta(days=300)} | more))
    if heard_days_ago is not None:
        Case.objects.filter(pk=case.pk).update(last_contact_on=make.TODAY - timedelta(days=heard_days_ago))
    index([findable_case(case)])
    return case


def _names(response):
    return [row.name for row in response.context["page"].rows]


def test_whoever_needs_help_most_stands_first(client, officer):
    _child("低未超", risk=RiskLevel.LOW, heard_days_ago=89)
    _child("高未超", risk=RiskLevel.HIGH, heard_days_ago=2)
    _child("低超", risk=RiskLevel.LOW, heard_days_ago=200)
    _child("中超", risk=RiskLevel.MEDIUM, heard_days_ago=31)
    _child("高超久", risk=RiskLevel.HIGH)
    _child("高超", risk=RiskLevel.HIGH, heard_days_ago=8)

    assert _names(client.get(_url("children"))) == ["高超久", "高超", "中超", "低超", "高未超", "低未超"]


def test_the_order_and_the_rule_of_silence_agree(client, officer):
    for risk, days in [(3, 7), (3, 8), (2, 30), (2, 31), (1, 90), (1, 91)]:
        _child(f"童{risk}{days}", risk=RiskLevel(risk), heard_days_ago=days)

    shown = client.get(_url("children"), {"silent": "yes"})

    silent = {case.person.name for case in Case.objects.silent(on=make.TODAY).select_related("person")}
    assert set(_names(shown)) == silent == {"童38", "童231", "童191"}
    assert all(row.is_silent for row in shown.context["page"].rows)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"risk": "3"}, {"甲一"}),
        ({"mentor": "yes"}, {"乙二"}),
        ({"mentor": "no"}, {"甲一", "丙三"}),
        ({"guardianship": "absent"}, {"甲一"}),
        ({"need": "tutoring"}, {"丙三"}),
        ({"q": "乙二"}, {"乙二"}),
        ({"q": "丙"}, {"丙三"}),
        ({"unit": "310110012002"}, {"丙三"}),
        ({"unit": "310110012"}, {"甲一", "乙二", "丙三"}),
        ({"risk": "nonsense", "unit": "nonsense", "page": "-3", "size": "7"}, {"甲一", "乙二", "丙三"}),
        ({"state": "closed"}, set()),
        ({"q": "甲一", "mentor": "yes"}, set()),
    ],
)
def test_filters_find_exactly_what_they_say(client, officer, asked, expected):
    one = _child("甲一", risk=RiskLevel.HIGH)
    ChildProfile.objects.filter(case=one).update(guardianship="absent")
    make.make_match(_child("乙二"), make.make_mentor())
    three = _child("丙三", unit=make.make_committee("310110012002", name="第二居委会"))
    Need.objects.create(case=three, kind="tutoring", from_on=make.TODAY)
    Need.objects.create(case=one, kind="tutoring", from_on=make.TODAY, met_on=make.TODAY)
    make.make_match(one, make.make_mentor(), state=MatchState.CLOSED)

    assert set(_names(client.get(_url("children"), asked))) == expected


def test_a_worker_sees_the_own_committee_only(client):
    own, next_door = make.make_committee(), make.make_committee("310110012002", name="第二居委会")
    mine, other = _child("我的", unit=own), _child("别的", unit=next_door)
    client.force_login(make.make_officer(Role.WORKER, own))

    assert _names(client.get(_url("children"))) == ["我的"]
    assert _names(client.get(_url("children"), {"unit": next_door.code, "q": "别的"})) == []
    assert client.get(_url("child", mine.uid)).status_code == 200
    assert client.get(_url("child", other.uid)).status_code == 404


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR, Role.MENTOR])
def test_other_roles_meet_none_of_these_pages(client, role):
    case = make.make_child()
    client.force_login(make.make_officer(role))

    for name, args in [("children", ()), ("children_export", ()), ("child_new", ()), ("child", (case.uid,))]:
        assert client.get(_url(name, *args)).status_code == 403


def test_a_file_shows_everything_and_records_the_look(client, officer):
    case = _full_file()

    page = client.get(_url("child", case.uid)).content.decode()

    for word in ("王奶奶", "王大伯", "伯父", "陪读", "家访所见", "李芳芳", "******"):
        assert word in page, word
    look = AuditEntry.objects.get(code="mentoring.child_opened")
    assert (look.subject_id, look.actor_id, look.detail) == (case.pk, officer.pk, {"purpose": "open"})


def test_a_file_of_many_years_opens_with_its_latest_part(client, officer):
    case = make.make_child()
    for number in range(60):
        ServiceRecord.objects.create(
            case=case, kind="home_visit", happened_on=make.TODAY - timedelta(days=number), outcome="made",
            recorded_at=make.NOW, note=f"第{number}天前",
        )  # fmt: skip

    first = client.get(_url("child", case.uid)).content.decode()
    whole = client.get(_url("child", case.uid) + "?whole").content.decode()

    assert "第0天前" in first
    assert "第59天前" not in first
    assert 'href="?whole"' in first
    assert "第59天前" in whole
    assert 'href="?whole"' not in whole


def test_no_sealed_value_is_on_any_page_until_it_is_asked_for(client, officer):
    case = _full_file()
    person = case.person
    guardian = Guardianship.objects.get().guardian

    for name in ("child", "child_edit", "child_looks", "child_service", "child_consent"):
        page = client.get(_url(name, case.uid)).content.decode()
        for value in (person.id_number, person.phone[3:], "1204室", guardian.phone[3:]):
            assert value not in page, (name, value)


def test_a_sealed_value_opens_for_a_purpose_and_leaves_a_trace(client, officer):
    case = _full_file()

    answer = client.post(_url("child_show", case.uid), {"what": "id_number", "purpose": "benefits"})

    assert case.person.id_number in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    look = AuditEntry.objects.get(code="mentoring.id_number_shown")
    assert (look.kind, look.subject_id, look.detail) == ("look", case.pk, {"purpose": "benefits"})
    page = client.get(_url("child_looks", case.uid)).content.decode()
    assert officer.name in page


def test_without_a_purpose_nothing_opens(client, officer):
    case = _full_file()

    for purpose in ("", "curiosity"):
        answer = client.post(_url("child_show", case.uid), {"what": "id_number", "purpose": purpose})
        assert answer.status_code == 422
        assert case.person.id_number not in answer.content.decode()
    assert not AuditEntry.objects.filter(code__endswith="_shown").exists()


def test_only_the_sealed_columns_and_the_childs_own_guardians_can_be_opened(client, officer):
    case, other = _full_file(), make.make_child()
    held = Guardianship.objects.get()

    for uid, what in [
        (case.uid, "name"), (case.uid, "remark"), (case.uid, "guardian_x"), (other.uid, f"guardian_{held.pk}"),
    ]:  # fmt: skip
        answer = client.post(_url("child_show", uid), {"what": what, "purpose": "other"})
        assert answer.status_code == 404, what
    answer = client.post(_url("child_show", case.uid), {"what": f"guardian_{held.pk}", "purpose": "contact_family"})
    assert held.guardian.phone[3:] in answer.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_file(client, officer):
    small, large = _full_file(), _full_file()
    for number in range(12):
        ServiceRecord.objects.create(
            case=large, kind="home_visit", happened_on=make.TODAY, outcome="made", recorded_at=make.NOW, by=officer,
            note=f"第{number}次",
        )  # fmt: skip
        FollowUp.objects.create(case=large, kind="call", due_on=make.TODAY, role="worker")
        RiskAssessment.objects.create(case=large, level=1, reason="再看", assessed_on=make.TODAY, assessed_by=officer)
        make.make_match(large, make.make_mentor(), state=MatchState.CLOSED)

    client.get(_url("child", small.uid))  # the first page of a session
    counts = [_count(client, _url("child", case.uid)) for case in (small, large)]

    # Each part of the file asks once, whatever it holds: contacts, plan, referrals, study, safeguarding, looks.
    assert counts[0] == counts[1] <= 36


def test_the_number_of_queries_does_not_grow_with_the_list(client, officer):
    for _ in range(2):
        make.make_match(make.make_child(), make.make_mentor())
    client.get(_url("children"))  # the first page of a session
    few = _count(client, _url("children"))
    for _ in range(15):
        make.make_match(make.make_child(), make.make_mentor())

    assert _count(client, _url("children")) == few <= 12


def _count(client, url):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_the_export_asks_for_the_password_again_and_is_recorded(client, officer):
    _child("=甲一", risk=RiskLevel.HIGH)
    _child("乙二")
    asked_again = client.get(_url("children_export"), {"risk": "3"})
    assert asked_again.status_code == 302
    assert reverse("account_reauthenticate") in asked_again["Location"]

    _reauthenticate(client)
    answer = client.get(_url("children_export"), {"risk": "3"})

    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[3:]] == ["=甲一"]
    entry = AuditEntry.objects.get(code="mentoring.children_exported")
    assert entry.detail == {"rows": 1, "filters": ["risk"]}
    look = AuditEntry.objects.get(kind="look", code="mentoring.file_exported")
    exported = Case.objects.get(person__name="=甲一")
    assert (look.subject_kind, look.subject_id, look.unit_path) == ("case", exported.pk, exported.unit_path)
    assert "导出名单" in client.get(_url("child_looks", exported.uid)).content.decode()


def test_no_sealed_value_leaves_in_a_list(client, officer):
    case = _full_file()
    _reauthenticate(client)

    rows = CalamineWorkbook.from_filelike(BytesIO(client.get(_url("children_export")).content)).get_sheet_by_index(0)

    said = str(rows.to_python())
    assert case.person.name in said
    assert case.person.id_number not in said
    assert case.person.phone[3:] not in said


def _reauthenticate(client):
    answer = client.post(reverse("account_reauthenticate"), {"password": "a long password"})
    assert answer.status_code == 302


def _full_file():
    case = make.make_child("张小雨")
    case.person.address = "控江路8080弄3号1204室"
    case.person.save()
    guardian = make.make_person("王奶奶", birth=date(1955, 1, 1))
    Guardianship.objects.create(child=case.person, guardian=guardian, relation="祖母")
    ServiceRecord.objects.create(
        case=case, kind="home_visit", happened_on=make.TODAY, outcome="made", recorded_at=make.NOW, note="陪读"
    )
    RiskAssessment.objects.create(case=case, level=2, reason="家访所见", assessed_on=make.TODAY)
    ConsentRecord.objects.create(
        person=case.person, purpose="matching", legal_basis="consent", given_by=guardian, given_on=make.TODAY
    )
    household = Household.objects.create()
    for member, role in ((case.person, "孙女"), (guardian, "祖母"), (make.make_person("王大伯"), "伯父")):
        HouseholdMember.objects.create(household=household, person=member, role=role)
    make.make_match(case, make.make_mentor("李芳芳"))
    return case
