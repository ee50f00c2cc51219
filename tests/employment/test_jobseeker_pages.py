"""The jobseekers' pages: who stands first, what a file shows of whom, and what is recorded when somebody looks."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.enums import CaseState, ContactOutcome, ServiceKind
from sunward.casework.finding import findable_case
from sunward.casework.models import Case, ServiceRecord
from sunward.core import clock
from sunward.core.search.index import index
from sunward.employment.enums import ClientTagKind, Intention, Situation, TagEnd
from sunward.employment.models import ClientTag, Jobseeker, JobWish
from sunward.employment.queries.jobseeker_file import LOOK_PURPOSES
from sunward.people.registering import phone_index
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HERE, NEXT_DOOR = "310110012001", "310110019001"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: make.TODAY)
    monkeypatch.setattr(clock, "now", lambda: make.NOW)


@pytest.fixture
def officer(client):
    user = make.make_user("employment")
    make.give_post(user, Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110012"))
    client.force_login(user)
    return user


def _unit(code=HERE):
    return make.make_committee(code, subdistrict=make.make_subdistrict(code[:9]))


def _seeker(name, *, days=0, tag="", unit=None, **profile: Any):
    """`days`: since the last step."""
    person = make.make_person(name, unit=unit or _unit())
    case = Case.objects.create(
        programme="employment", person=person, unit=person.unit, unit_path=person.unit_path,
        opened_on=make.TODAY - 400 * DAY, last_contact_on=make.TODAY - days * DAY,
    )  # fmt: skip
    Jobseeker.objects.create(case=case, **profile)
    if tag:
        ClientTag.objects.create(case=case, kind=tag, from_on=make.TODAY - DAY)
    index([findable_case(case)])
    return case


def _url(name, *args):
    return reverse(f"employment:{name}", args=args)


def _names(response):
    return [row.name for row in response.context["page"].rows]


def test_whoever_is_hard_to_place_stands_first_and_then_who_has_waited_longest(client, officer):
    _seeker("新近", days=1)
    _seeker("久等", days=200)
    _seeker("难找", days=5, tag=ClientTagKind.HARD_TO_PLACE)
    _seeker("难找久", days=50, tag=ClientTagKind.ZERO_EMPLOYMENT)
    _seeker("登记", days=300, tag=ClientTagKind.REGISTERED)

    assert _names(client.get(_url("jobseekers"))) == ["难找久", "难找", "登记", "久等", "新近"]


def test_a_group_that_somebody_has_left_puts_nobody_first(client, officer):
    left = _seeker("已退出", days=1)
    ClientTag.objects.create(
        case=left, kind=ClientTagKind.HARD_TO_PLACE, from_on=make.TODAY - 9 * DAY, until_on=make.TODAY,
        end_reason=TagEnd.AGE,
    )  # fmt: skip
    _seeker("久等", days=200)

    shown = client.get(_url("jobseekers"))

    assert _names(shown) == ["久等", "已退出"]
    assert not any(row.tags for row in shown.context["page"].rows)
    assert _names(client.get(_url("jobseekers"), {"tag": "hard_to_place"})) == []


def test_a_file_stalls_after_thirty_days_and_not_on_the_thirtieth(client, officer):
    _seeker("三十天", days=30)
    _seeker("三十一天", days=31)

    shown = client.get(_url("jobseekers"), {"stalled": "yes"})

    assert _names(shown) == ["三十一天"]
    assert [row.waiting_tone for row in shown.context["page"].rows] == ["urgent"]


def test_a_filter_by_situation_asks_what_was_said_last(client, officer):
    _seeker("改口", situation=Situation.NOT_REGISTERED, surveyed_situation=Situation.EMPLOYED)
    _seeker("未访", situation=Situation.NOT_REGISTERED)

    assert _names(client.get(_url("jobseekers"), {"situation": "not_registered"})) == ["未访"]
    assert _names(client.get(_url("jobseekers"), {"situation": "employed"})) == ["改口"]


def test_closed_files_are_shown_when_asked_for(client, officer):
    case = _seeker("结束")
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_on=make.TODAY)

    assert _names(client.get(_url("jobseekers"))) == []
    assert _names(client.get(_url("jobseekers"), {"state": "closed"})) == ["结束"]


@pytest.mark.parametrize("asked", [{"unit": "310110019"}, {"q": "邻街"}, {"state": "all"}])
def test_no_filter_leads_beyond_ones_own_unit(client, officer, asked):
    _seeker("邻街", unit=_unit(NEXT_DOOR))
    make.make_child("邻街童", unit=_unit())

    assert _names(client.get(_url("jobseekers"), asked)) == []


def test_a_jobseeker_is_found_by_name_and_by_number(client, officer):
    case = _seeker("欧阳找")
    _seeker("别人")

    for words in ("欧阳", case.reference):
        assert _names(client.get(_url("jobseekers"), {"q": words})) == ["欧阳找"]


def test_a_list_asks_as_many_questions_for_thirty_as_for_one(client, officer):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(_url("jobseekers"), {"size": "50"})
        return len(caught)

    _seeker("一", tag=ClientTagKind.VETERAN)
    client.get(_url("jobseekers"))
    few = count()
    for number in range(30):
        case = _seeker(f"某{number}", tag=ClientTagKind.VETERAN)
        JobWish.objects.create(case=case, words="保洁员")

    assert count() == few


def test_a_file_shows_what_was_delivered_beside_what_was_said(client, officer):
    case = _seeker(
        "两样", situation=Situation.NOT_REGISTERED, intention=Intention.WORK, delivered={"situation": "无业在家"},
        surveyed_situation=Situation.FLEXIBLE, surveyed_on=make.TODAY - DAY, surveyed_by=officer,
    )  # fmt: skip

    file = client.get(_url("jobseeker", case.uid)).context["file"]

    situation, intention = file.answers
    assert (situation.delivered, situation.written) == (Situation.NOT_REGISTERED.label, "无业在家")
    assert situation.surveyed == Situation.FLEXIBLE.label
    assert (intention.delivered, intention.surveyed) == (Intention.WORK.label, "")


def test_a_file_asks_as_many_questions_when_it_is_full_as_when_it_is_empty(client, officer):
    def count(case):
        with CaptureQueriesContext(connection) as caught:
            client.get(_url("jobseeker", case.uid))
        return len(caught)

    empty, full = _seeker("空"), _seeker("满", surveyed_by=officer)
    for number in range(4):
        ServiceRecord.objects.create(
            case=full, kind=ServiceKind.PHONE_CALL, happened_on=make.TODAY - number * DAY,
            outcome=ContactOutcome.MADE, by=officer, recorded_at=make.NOW,
        )  # fmt: skip
        JobWish.objects.create(case=full, rank=number + 1, words="保安")
        full.follow_ups.create(kind="call", due_on=make.TODAY, role=Role.EMPLOYMENT_OFFICER)
    for kind in ClientTagKind:
        ClientTag.objects.create(case=full, kind=kind, from_on=make.TODAY)
    count(empty)

    assert count(full) == count(empty)


def test_who_looks_at_a_file_is_recorded_and_shown(client, officer):
    case = _seeker("被看")

    client.get(_url("jobseeker", case.uid))

    look = AuditEntry.objects.get(code="employment.jobseeker_opened")
    assert (look.subject_id, look.actor_id) == (case.pk, officer.pk)
    assert len(client.get(_url("jobseeker_looks", case.uid)).context["looks"]) == 2


def test_a_telephone_is_masked_until_somebody_says_what_for(client, officer):
    case = _seeker("电话")
    case.person.phone = "+8613812345678"
    case.person.save()
    hidden = client.get(_url("jobseeker", case.uid)).content.decode()
    asked_nothing = client.post(_url("jobseeker_show", case.uid), {"what": "phone"})
    shown = client.post(_url("jobseeker_show", case.uid), {"what": "phone", "purpose": "contact_jobseeker"})

    assert "13812345678" not in hidden
    assert asked_nothing.status_code == 422
    assert "13812345678" not in asked_nothing.content.decode()
    assert "13812345678" in shown.content.decode()
    assert AuditEntry.objects.filter(code="employment.phone_shown").exists()
    looks = client.get(_url("jobseeker_looks", case.uid)).context["looks"]
    assert [str(look.purpose) for look in looks if look.role] == [str(LOOK_PURPOSES["contact_jobseeker"])]


@pytest.mark.parametrize("what", ["name", "id_index", "pk", "delete", "address"])
def test_nothing_but_a_sealed_value_that_is_there_can_be_opened(client, officer, what):
    case = _seeker("空白")

    answer = client.post(_url("jobseeker_show", case.uid), {"what": what, "purpose": "other"})

    assert answer.status_code == 404
    assert not AuditEntry.objects.filter(code__endswith="_shown").exists()


def test_what_is_written_for_another_programme_does_not_stand_in_a_jobseekers_file(client, officer):
    """A mother who cares for a child and looks for work: two files, and neither says that there is another."""
    case = _seeker("陈姨")
    child = make.make_child("陈孩", unit=_unit())
    child.person.guardianships.create(guardian=case.person, relation="母", from_on=make.TODAY)
    case.person.consents.create(
        purpose="matching", legal_basis="consent", given_by=case.person, given_on=make.TODAY, note="配对"
    )

    page = client.get(_url("jobseeker", case.uid)).content.decode()

    assert [word for word in ("陈孩", child.reference, "配对") if word in page] == []


@pytest.mark.parametrize("typed", ["13900012345", "+86 139-0001-2345", "139 0001 2345"])
def test_who_rings_up_is_found_by_the_whole_number_among_the_own_files_alone(client, officer, typed):
    ours, theirs = _seeker("在册"), _seeker("邻街", unit=_unit(NEXT_DOOR))
    _seeker("另号")
    for case in (ours, theirs):
        case.person.phone, case.person.phone_index = "+8613900012345", phone_index("+8613900012345")
        case.person.save(update_fields=["phone", "phone_index"])
    rows = client.get(_url("jobseekers"), {"q": typed}).context["page"].rows
    assert [row.name for row in rows] == ["在册"]


@pytest.mark.parametrize("typed", ["1390001234", "90001234", "13900012346"])
def test_a_part_of_a_number_or_another_one_finds_nobody(client, officer, typed):
    case = _seeker("在册")
    case.person.phone, case.person.phone_index = "+8613900012345", phone_index("+8613900012345")
    case.person.save(update_fields=["phone", "phone_index"])
    assert client.get(_url("jobseekers"), {"q": typed}).context["page"].rows == []
