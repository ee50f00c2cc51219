"""Groups that a person sets and ends, and the page that says why somebody is in one or not."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.actions.tagging import judge_files
from sunward.employment.actions.tags import bring_back_tag, end_tag, set_tag
from sunward.employment.enums import ClientTagKind, Situation, TagEnd
from sunward.employment.models import ClientTag, Jobseeker
from sunward.employment.queries.jobseeker_groups import read_groups
from sunward.employment.tagging.rules import rules_on
from sunward.ledger.queries import standing_facts
from tests import factories as make

pytestmark = pytest.mark.django_db
ON, NOW, DAY = make.TODAY, make.NOW, timedelta(days=1)
LONG_AGO = ON - 400 * DAY
STREET = "310110012"


@pytest.fixture
def officer():
    user = make.make_user("employment")
    make.give_post(user, Role.EMPLOYMENT_OFFICER, make.make_subdistrict(STREET))
    return make.actor_of(user)


@pytest.fixture
def case():
    found = make.make_jobseeker("求职", unit=make.make_committee(), birth=date(1998, 5, 6))
    Jobseeker.objects.create(
        case=found, situation=Situation.REGISTERED, registered_on=LONG_AGO, unemployed_since=LONG_AGO
    )
    return found


def put(actor, case, kind=ClientTagKind.VETERAN, on=ON):
    return set_tag(actor=actor, case_id=case.uid, kind=kind, on=on, now=NOW)


def end(actor, case, tag, reason=TagEnd.MOVED, on=ON):
    return end_tag(actor=actor, case_id=case.uid, tag_id=tag.pk, reason=reason, on=on, now=NOW)


def bring_back(actor, case, tag):
    return bring_back_tag(actor=actor, case_id=case.uid, tag_id=tag.pk, on=ON, now=NOW)


def standing(case):
    return sorted(ClientTag.objects.filter(case=case, until_on=None).values_list("kind", flat=True))


def test_a_group_set_by_hand_is_set_once_with_its_fact_and_its_act(officer, case):
    tag = put(officer, case)
    assert put(officer, case).pk == tag.pk
    assert (tag.from_on, tag.rule, tag.set_by_id) == (ON, "", officer.user_id)
    [fact] = standing_facts().filter(kind="employment.tag_set")
    assert (fact.subject_id, fact.attributes["kind"]) == (case.pk, "veteran")
    [act] = AuditEntry.objects.filter(code="employment.tag_set")
    assert "veteran" not in str(act.detail), "what somebody is stands on the file, not in the record of acts"


def test_a_stated_ground_is_judged_at_once(officer, case):
    put(officer, case, ClientTagKind.ZERO_EMPLOYMENT)
    assert "hard_to_place" in standing(case)
    ground = ClientTag.objects.get(kind="zero_employment")
    end(officer, case, ground, TagEnd.MISTAKE)
    assert standing(case) == ["ltu_youth", "registered"]


def test_what_a_rule_has_set_is_not_set_a_second_time_by_hand(officer, case):
    judge_files([case.pk], on=ON, now=NOW)
    held = ClientTag.objects.get(kind="ltu_youth")
    assert put(officer, case, ClientTagKind.LTU_YOUTH).pk == held.pk


def test_a_group_ended_by_hand_can_be_brought_back(officer, case):
    tag = put(officer, case)
    end(officer, case, tag)
    end(officer, case, tag, TagEnd.AGE)
    tag.refresh_from_db()
    assert (tag.until_on, tag.end_reason) == (ON, TagEnd.MOVED)
    bring_back(officer, case, tag)
    bring_back(officer, case, tag)
    tag.refresh_from_db()
    assert (tag.until_on, tag.end_reason) == (None, "")
    assert not standing_facts().filter(kind="employment.tag_ended").exists()


def test_a_group_of_a_rule_is_ended_by_a_person_as_a_mistake_only_and_stays_away(officer, case):
    judge_files([case.pk], on=ON, now=NOW)
    tag = ClientTag.objects.get(kind="ltu_youth")
    with pytest.raises(Refusal) as refused:
        end(officer, case, tag, TagEnd.AT_WORK)
    assert refused.value.code == "employment.tag_of_a_rule"
    end(officer, case, tag, TagEnd.MISTAKE)
    judge_files([case.pk], on=ON + DAY, now=NOW)
    assert standing(case) == ["registered"]
    bring_back(officer, case, tag)
    assert standing(case) == ["ltu_youth", "registered"]


def test_what_a_rule_has_ended_no_person_brings_back(officer, case):
    judge_files([case.pk], on=ON, now=NOW)
    Jobseeker.objects.update(situation=Situation.EMPLOYED)
    judge_files([case.pk], on=ON + DAY, now=NOW)
    with pytest.raises(Conflict) as refused:
        bring_back(officer, case, ClientTag.objects.get(kind="ltu_youth"))
    assert refused.value.code == "employment.tag_ended_by_rule"


def test_nothing_is_brought_back_beside_what_was_set_anew(officer, case):
    tag = put(officer, case)
    end(officer, case, tag)
    put(officer, case)
    with pytest.raises(Conflict) as refused:
        bring_back(officer, case, tag)
    assert refused.value.code == "employment.tag_set_anew"


def test_another_office_and_another_programme_find_nothing(officer, case):
    user = make.make_user("elsewhere")
    make.give_post(user, Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110019"))
    tag = put(officer, case)
    for actor in (make.actor_of(user), make.actor_of(make.make_officer())):
        for act in (
            lambda who: put(who, case),
            lambda who: end(who, case, tag),
            lambda who: bring_back(who, case, tag),
        ):
            with pytest.raises(NotThere):
                act(actor)
    child = make.make_child("陈童", unit=case.unit)
    with pytest.raises(NotThere):
        put(officer, child)


def test_a_group_of_another_file_is_not_there(officer, case):
    other = make.make_jobseeker("另", unit=case.unit)
    with pytest.raises(NotThere):
        end(officer, case, put(officer, other))


@pytest.mark.parametrize("kind", ["", "nobody"])
def test_a_group_that_is_none_is_refused(officer, case, kind):
    with pytest.raises(Refusal):
        put(officer, case, kind)


def test_a_closed_file_comes_into_no_group(officer, case):
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_on=ON)
    with pytest.raises(Refusal):
        put(officer, case)


def test_the_page_says_of_each_rule_which_condition_holds_and_which_does_not(case):
    Jobseeker.objects.filter(case=case).update(situation="", is_disabled=True)
    judge_files([case.pk], on=ON, now=NOW)
    with override("zh-hans"):
        said = read_groups(Case.objects.get(pk=case.pk), on=ON)
    assert len(said.answers) == len(rules_on(ON))
    youth = said.answers[0]
    assert [check.tone for check in youth.checks] == ["good", "warn", "good"]
    assert youth.tone == "warn"


def test_the_pages_set_end_and_bring_back(officer, case, client, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: ON)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    client.force_login(make.User.objects.get(pk=officer.user_id))
    url = lambda name, *more: reverse(f"employment:{name}", args=[case.uid, *more])  # noqa: E731
    assert client.post(url("jobseeker_tag_new"), {"kind": ""}).status_code == 422
    assert client.post(url("jobseeker_tag_new"), {"kind": "veteran"}).status_code == 302
    tag = ClientTag.objects.get(kind="veteran")
    shown = client.get(url("jobseeker_tag_end", tag.pk))
    assert str(ClientTagKind.VETERAN.label) in shown.content.decode()
    assert client.post(url("jobseeker_tag_end", tag.pk), {"reason": "moon"}).status_code == 422
    assert client.post(url("jobseeker_tag_end", tag.pk), {"reason": "mistake"}).status_code == 302
    groups = client.get(url("jobseeker_groups")).context["groups"].groups
    [group] = [group for group in groups if group.id == tag.pk]
    assert group.may_bring_back
    assert client.post(url("jobseeker_tag_bring_back", tag.pk)).status_code == 302
    assert "veteran" in standing(case)
    assert client.get(url("jobseeker_tag_end", 999)).status_code == 404
