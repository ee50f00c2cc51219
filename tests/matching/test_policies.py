"""Policies: versions, every fault at once, two people at once, and a preview that tells the truth."""

import pytest

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.enums import RiskLevel
from sunward.casework.models import Need
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.ledger.models import Fact
from sunward.matching.access import get_preview, visible_runs
from sunward.matching.actions.policies import ensure_policies, save_policy
from sunward.matching.actions.runs import start_preview
from sunward.matching.declaration import declaration_of, declarations
from sunward.matching.forms import PolicyForm
from sunward.matching.models import Policy, PolicyVersion, Proposal, Run
from sunward.matching.queries.policies import list_versions, read_preview, say_differences
from sunward.mentoring.models import Mentor
from tests.factories import NOW, TODAY, actor_of, make_child, make_mentor, make_officer, make_subdistrict
from tests.matching.conftest import change_policy, pairs, set_parameter, set_weights

pytestmark = pytest.mark.django_db


def save(actor, policy, content, *, base=1, note=""):
    return save_policy(actor=actor, policy_id=policy.uid, base=base, content=content, note=note, on=TODAY, now=NOW)


# The beginning.


def test_a_new_district_begins_with_the_policy_the_programme_declares_in_its_language(policy):
    assert (policy.name, policy.versions.count()) == ("通用规则", 1)
    ensure_policies(now=NOW)
    assert Policy.objects.count() == len(declarations())


def test_what_the_form_shows_of_the_first_policy_is_the_first_policy(policy):
    content = policy.versions.first().content
    declaration = declaration_of("mentoring")
    shown = PolicyForm(declaration=declaration, content=content, base=1)
    typed = {name: field.initial for name, field in shown.fields.items()} | shown.initial
    form = PolicyForm({k: v for k, v in typed.items() if v is not None and v is not False}, declaration=declaration,
                      content=content, base=1)  # fmt: skip
    assert form.is_valid(), form.errors
    assert form.read_content() == content
    assert say_differences(content, form.read_content(), declaration) == ()


def test_a_policy_saved_before_a_law_was_declared_is_brought_up_to_it_by_a_version_that_says_so(policy):
    """Else a district that has matched for a year would go on without the newest protection of children."""

    def forget(content):
        content["rules"] = [rule for rule in content["rules"] if rule["code"] != "kept_apart"]
        set_parameter("neighbourhood", "across_km", 2.0)(content)

    old = change_policy(policy, forget)
    PolicyVersion.objects.create(policy=policy, number=2, content=old, made_at=NOW)
    ensure_policies(now=NOW)
    ensure_policies(now=NOW)
    newest = policy.versions.first()
    assert newest.number == 3, "once, not at every start"
    assert newest.content == {**old, "rules": [*old["rules"], {"code": "kept_apart", "parameters": {}}]}
    (version, *_earlier) = list_versions(policy)
    assert version.note
    assert len(version.changes) == 1
    assert AuditEntry.objects.filter(code="matching.policy_saved", subject_id=policy.pk).count() == 1


@pytest.mark.parametrize("programme", ["mentoring", "tutoring"])
def test_what_a_programme_begins_with_holds_every_law_it_declares(programme):
    declaration = declaration_of(programme)
    laws = {rule.code for rule in declaration.rules if rule.is_law}
    assert laws <= {use.rule.code for use in declaration.default_policy.rules}


# Saving.


def test_a_change_is_a_new_version_and_the_old_one_stays(officer, policy):
    content = change_policy(policy, set_parameter("neighbourhood", "across_km", 2.0))
    version = save(officer, policy, content, note="志愿者太少")
    assert (version.number, version.note, policy.versions.count()) == (2, "志愿者太少", 2)
    assert policy.versions.get(number=1).content != content
    assert Fact.objects.filter(kind="matching.policy_saved", subject_id=policy.pk).exists()


def test_whoever_was_slower_sees_a_conflict_instead_of_overwriting(officer, policy):
    save(officer, policy, change_policy(policy, set_weights(needs=100)))
    with pytest.raises(Conflict):
        save(officer, policy, change_policy(policy, set_weights(nearness=100)), base=1)
    assert policy.versions.count() == 2


def test_every_fault_of_a_policy_is_said_at_once(officer, policy):
    def spoil(content):
        set_parameter("child_age", "to_years", 99)(content)
        content["criteria"][0]["weight"] = -1
        content["reach"] |= {"radius_km": 0, "nearest": 0}
        content["rules"] = [rule for rule in content["rules"] if rule["code"] != "background_check"]

    with pytest.raises(Refusal) as refused:
        save(officer, policy, change_policy(policy, spoil))
    said = str(refused.value.sentence)
    for word in ("孩子在服务年龄内", "99", "她住得近", "搜寻半径", "至少要看一位", "从业查询有效", "不能关闭"):
        assert word in said
    assert policy.versions.count() == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content["rules"].append({"code": "no_such_rule"}),
        lambda content: content["criteria"].append({"code": "no_such_criterion"}),
        lambda content: content.update(surprise=1),
        lambda content: content.update(incumbency="whatever"),
    ],
)
def test_what_a_policy_cannot_mean_is_refused(officer, policy, spoil):
    with pytest.raises(Refusal):
        save(officer, policy, change_policy(policy, spoil))


def test_nothing_changed_is_nothing_to_save(officer, policy):
    with pytest.raises(Refusal):
        save(officer, policy, policy.versions.first().content)


def test_only_the_districts_officers_change_the_policy(policy):
    content = change_policy(policy, set_weights(needs=100))
    with pytest.raises(NotAllowed):
        save(actor_of(make_officer(Role.SUPERVISOR, make_subdistrict())), policy, content)
    for role in (Role.WORKER, Role.MENTOR, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR):
        with pytest.raises((NotAllowed, NotThere)):
            save(actor_of(make_officer(role)), policy, content)
    assert policy.versions.count() == 1


# The preview.


def make_choice():
    """Two children and two mentors whom skills would match one way and companionship alone another."""
    tutored, listened = make_child("学业"), make_child("倾听")
    Need.objects.create(case=tutored, kind="tutoring", from_on=TODAY)
    Need.objects.create(case=listened, kind="counselling", from_on=TODAY)
    first, second = make_mentor("教师"), make_mentor("咨询师")
    Mentor.objects.filter(pk=first.pk).update(skills=["心理疏导"], own_children=["8"])
    Mentor.objects.filter(pk=second.pk).update(skills=["学业辅导"], own_children=["12"])
    return tutored, listened, first, second


def preview(actor, policy, draft, run_jobs):
    run = start_preview(
        actor=actor, version=policy.versions.first(), draft=draft, unit_path="/310110/", on=TODAY, now=NOW
    )
    run_jobs()
    return get_preview(actor=actor, run_id=run.uid)


def test_what_the_preview_shows_is_what_happens_after_saving(officer, policy, run_jobs, match_now):
    make_choice()
    for risk in (RiskLevel.HIGH, RiskLevel.MEDIUM):
        make_child(risk=risk)
    before = pairs(match_now(officer))
    content = change_policy(policy, set_weights(room=1))
    tried = preview(officer, policy, content, run_jobs)
    save(officer, policy, content)
    after = pairs(match_now(officer))
    shown = {change["left"]: (change["before"], change["after"]) for change in tried.summary["changes"]}
    different = {left for left in before | after if before.get(left) != after.get(left)}
    assert different
    assert shown == {left: (before.get(left), after.get(left)) for left in different}


def test_a_preview_leaves_no_proposal_and_stands_on_no_list(officer, policy, run_jobs):
    make_choice()
    tried = preview(officer, policy, change_policy(policy, set_weights(room=1)), run_jobs)
    assert tried.state == "done"
    assert not Proposal.objects.exists()
    assert not visible_runs(officer).exists()
    assert policy.versions.count() == 1


def test_a_preview_says_what_was_changed_and_for_whom(officer, policy, run_jobs):
    make_child("陈一")
    make_mentor(capacity=0)
    draft = change_policy(policy, set_weights(needs=10, nearness=90))
    page = read_preview(officer, preview(officer, policy, draft, run_jobs), on=TODAY)
    assert page.changes_total == 0
    assert any("她住得近" in line and "90" in line for line in page.words)


def test_a_preview_is_its_makers_own(officer, policy, run_jobs):
    make_choice()
    tried = preview(officer, policy, change_policy(policy, set_weights(room=1)), run_jobs)
    for other in (make_officer(), make_officer(Role.SUPERVISOR, make_subdistrict())):
        with pytest.raises(NotThere):
            get_preview(actor=actor_of(other), run_id=tried.uid)


def test_a_preview_of_a_policy_that_forbids_everybody_shows_who_would_lose(officer, policy, run_jobs):
    make_choice()
    draft = change_policy(policy, set_parameter("background_check", "days_ahead", 365))
    page = read_preview(officer, preview(officer, policy, draft, run_jobs), on=TODAY)
    assert (page.lost, page.gained, page.served_after) == (2, 0, 0)
    assert any("没有一个人符合" in finding for finding in page.findings)


def test_every_version_a_run_used_is_kept_with_it(officer, policy, match_now):
    make_choice()
    run = match_now(officer)
    save(officer, policy, change_policy(policy, set_weights(needs=100)))
    assert Run.objects.get(pk=run.pk).version.number == 1
    assert match_now(officer).version.number == 2
