"""The pages of matching: what they show, to whom, at what cost, in both languages."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.accounts.preferences import set_language
from sunward.audit.models import AuditEntry
from sunward.casework.enums import RiskLevel
from sunward.casework.models import Case
from sunward.matching.models import Policy, Proposal, Run
from sunward.matching.queries.runs import read_head
from sunward.mentoring.models import Match, Mentor
from tests.factories import (
    NOW,
    actor_of,
    make_child,
    make_committee,
    make_mentor,
    make_officer,
    make_subdistrict,
)
from tests.matching.conftest import change_policy

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
RUN_TABS = ("run", "run_map", "run_unmatched", "run_advice")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def user() -> User:
    return make_officer()


@pytest.fixture
def client(user: User) -> Client:
    return signed_in(user)


def text_of(client: Client, name: str, *args: Any, **asked: str) -> str:
    answer = client.get(reverse(f"matching:{name}", args=args), asked)
    assert answer.status_code == 200, answer.content[:500]
    return answer.content.decode()


def make_many(number: int) -> None:
    for position in range(number):
        make_child(f"孩子{position}", risk=RiskLevel(1 + position % 3))
        make_mentor(f"妈妈{position}")


# Starting, and the way to a decision.


def test_an_officer_matches_looks_and_approves(client, user, policy, run_jobs):
    make_child("陈一")
    make_mentor("王阿姨")
    answer = client.post(reverse("matching:start"), {"policy": str(policy.uid), "unit": "/310110/"})
    run = Run.objects.get()
    assert answer.headers["Location"] == reverse("matching:run", args=[run.uid])
    assert "hx-get" in text_of(client, "run", run.uid)
    assert client.get(reverse("matching:run_progress", args=[run.uid])).status_code == 200
    run_jobs()
    assert client.get(reverse("matching:run_progress", args=[run.uid])).status_code == 286
    page = text_of(client, "run", run.uid)
    assert "陈一" in page
    assert "王阿姨" in page
    proposal = Proposal.objects.get()
    read = text_of(client, "proposal", proposal.uid)
    for heading in ("为什么是她", "为什么不是别人", "怎样会不同"):
        assert heading in read
    client.post(reverse("matching:approve", args=[proposal.uid]))
    assert Match.objects.get().proposal_id == proposal.pk
    assert "已同意" in text_of(client, "proposal", proposal.uid)


def test_many_are_approved_at_once_and_each_says_what_became_of_it(client, user, match_now):
    make_many(3)
    run = match_now(actor_of(user))
    found = list(Proposal.objects.filter(run=run).order_by("rank"))
    Mentor.objects.filter(pk=found[1].right_id).update(capacity=0)
    answer = client.post(reverse("matching:approve_chosen", args=[run.uid]), {"proposal": [str(p.uid) for p in found]})
    page = answer.content.decode()
    assert "已同意 2 对，共选 3 对" in page
    assert "她能接的孩子已经满了" in page
    assert Match.objects.count() == 2


def test_choosing_nobody_approves_nobody(client, user, match_now):
    make_many(1)
    run = match_now(actor_of(user))
    address = reverse("matching:approve_chosen", args=[run.uid])
    for sent in ({}, {"proposal": "nonsense"}):
        answer = client.post(address, sent)
        assert answer.status_code == 422
        assert "请先选至少一条建议" in answer.content.decode()
    assert not Match.objects.exists()


def test_a_rejection_without_a_reason_comes_back_with_the_form_open(client, user, match_now):
    make_many(1)
    match_now(actor_of(user))
    proposal = Proposal.objects.get()
    answer = client.post(reverse("matching:reject", args=[proposal.uid]), {"reason": ""})
    assert answer.status_code == 422
    assert "<details open>" in answer.content.decode()
    client.post(reverse("matching:reject", args=[proposal.uid]), {"reason": "奶奶不放心"})
    assert "奶奶不放心" in text_of(client, "proposal", proposal.uid)
    client.post(reverse("matching:take_back", args=[proposal.uid]))
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_who_is_forbidden_is_listed_with_the_rule_and_has_no_button(client, user, match_now):
    make_child("陈一")
    make_mentor("王阿姨")
    barred, free = make_mentor("无证", vetted=False), make_mentor("李阿姨")
    match_now(actor_of(user))
    proposal = Proposal.objects.get()
    page = text_of(client, "others", proposal.uid)
    choosable = set(re.findall(r'name="right" value="(\d+)"', page))
    assert choosable == {str(free.pk)} if proposal.right_id != free.pk else {str(proposal.right_id)}
    assert "无证" in page
    assert "从业查询无效或已过期" in page
    answer = client.post(reverse("matching:others", args=[proposal.uid]), {"right": str(barred.pk), "reason": "熟人"})
    assert answer.status_code == 422
    assert not Match.objects.exists()


def test_the_list_of_others_finds_by_name(client, user, match_now):
    make_child()
    for name in ("王阿姨", "李阿姨", "赵阿姨"):
        make_mentor(name)
    match_now(actor_of(user))
    proposal = Proposal.objects.get()
    other = Mentor.objects.exclude(pk=proposal.right_id).select_related("person")[0]
    page = text_of(client, "others", proposal.uid, q=other.person.name)
    assert re.findall(r'name="right" value="(\d+)"', page) == [str(other.pk)]


def test_a_look_at_a_proposal_is_a_look_at_the_childs_file(client, user, match_now):
    make_many(1)
    match_now(actor_of(user))
    proposal = Proposal.objects.get()
    text_of(client, "proposal", proposal.uid)
    looks = AuditEntry.objects.filter(kind="look", subject_kind="case", subject_id=proposal.left_id)
    assert [(look.actor_id, look.code) for look in looks] == [(user.pk, "matching.proposal_opened")]


# Filters, the map, the reasons, the advice.


def test_the_ledger_filters_by_state_and_risk(client, user, match_now):
    make_many(3)
    run = match_now(actor_of(user))
    page = text_of(client, "run", run.uid, tier="3")
    assert "孩子2" in page
    assert "孩子0" not in page
    assert "暂无建议" in text_of(client, "run", run.uid, state="rejected")


def test_the_map_draws_a_pair_as_a_link_and_nobody_closer_than_the_committee(client, user, match_now):
    make_child("陈一")
    make_mentor("王阿姨")
    run = match_now(actor_of(user))
    page = text_of(client, "run_map", run.uid)
    proposal = Proposal.objects.get()
    assert f'href="{reverse("matching:proposal", args=[proposal.uid])}" class="match-pair' in page
    assert "陈一与王阿姨" in page
    assert page.count('class="match-area') >= 12
    assert "style=" not in page


def test_the_map_of_one_sub_district_shows_its_own_pairs(client, user, match_now):
    make_many(1)
    run = match_now(actor_of(user))
    assert "match-pair" in text_of(client, "run_map", run.uid, unit="310110012")
    assert "match-pair" not in text_of(client, "run_map", run.uid, unit="310110019")


def test_children_without_anybody_are_counted_by_reason(client, user, match_now):
    make_child("没人陪")
    make_child("不愿意", willing=False)
    run = match_now(actor_of(user))
    page = text_of(client, "run_unmatched", run.uid)
    assert "没人陪" in page
    assert "不愿意" not in re.sub(r"<li>.*?</li>", "", page, flags=re.DOTALL).split("</thead>")[1]
    assert "不愿意" in text_of(client, "run_unmatched", run.uid, code="child_rule")
    assert "就能多帮一个孩子" in text_of(client, "run_advice", run.uid)


# Who sees what.


def test_a_supervisor_outside_sees_neither_the_child_nor_that_there_is_one(user, match_now):
    make_child("陈一")
    make_mentor("王阿姨")
    run = match_now(actor_of(user))
    outside = signed_in(make_officer(Role.SUPERVISOR, make_subdistrict("310110019", name="五角场街道")))
    for tab in RUN_TABS:
        page = text_of(outside, tab, run.uid)
        assert "陈一" not in page
        assert "王阿姨" not in page
    assert "match-pair" not in text_of(outside, "run_map", run.uid)
    proposal = Proposal.objects.get()
    for name in ("proposal", "others"):
        assert outside.get(reverse(f"matching:{name}", args=[proposal.uid])).status_code == 404
    assert outside.post(reverse("matching:approve", args=[proposal.uid])).status_code == 404
    assert not Match.objects.exists()


def test_a_supervisor_sees_her_child_but_no_name_of_another_sub_districts_mentor(user, policy, match_now):
    content = change_policy(
        policy, lambda c: c.update(rules=[rule for rule in c["rules"] if rule["code"] != "neighbourhood"])
    )
    policy.versions.model.objects.create(policy=policy, number=2, content=content, made_at=NOW)
    make_child("陈一")
    make_mentor("远阿姨", unit=make_committee("310110019001", subdistrict=make_subdistrict("310110019")))
    run = match_now(actor_of(user))
    supervisor = signed_in(make_officer(Role.SUPERVISOR, make_subdistrict()))
    page = text_of(supervisor, "run", run.uid)
    assert "陈一" in page
    assert "远阿姨" not in page
    assert "其他单位的一位" in page
    assert 'name="proposal"' not in page
    assert "远阿姨" not in text_of(supervisor, "proposal", Proposal.objects.get().uid)


def test_a_supervisor_sees_no_figures_of_a_run_over_more_than_her_units(user, match_now):
    """One child of high risk elsewhere is a number that names it."""
    elsewhere = make_committee("310110019001", subdistrict=make_subdistrict("310110019", name="五角场街道"))
    make_child("陈一")
    make_mentor("王阿姨")
    make_child("陈远", unit=elsewhere, risk=RiskLevel.HIGH)
    run, own_run = match_now(actor_of(user)), match_now(actor_of(user), unit_path=make_subdistrict().path)
    supervisor = make_officer(Role.SUPERVISOR, make_subdistrict())
    of_all, of_hers = read_head(actor_of(supervisor), run), read_head(actor_of(supervisor), own_run)
    assert (of_all.tiers, of_all.findings, of_all.mean_fit) == ((), (), None)
    assert of_hers.tiers == read_head(actor_of(user), own_run).tiers != ()
    assert [line.children for line in read_head(actor_of(user), run).tiers] == [1, 1]
    assert "match-figures" in text_of(signed_in(user), "run", run.uid)
    assert "满分 100" not in text_of(signed_in(supervisor), "run", run.uid)


@pytest.mark.parametrize("role", [Role.WORKER, Role.MENTOR, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_whoever_does_not_match_is_turned_away_from_every_page(user, match_now, policy, role):
    make_many(1)
    run = match_now(actor_of(user))
    other = signed_in(make_officer(role, make_subdistrict()))
    addresses = [reverse("matching:runs"), reverse("matching:policies"), reverse("matching:policy", args=[policy.uid])]
    addresses += [reverse(f"matching:{tab}", args=[run.uid]) for tab in (*RUN_TABS, "export", "run_progress")]
    addresses += [reverse("matching:proposal", args=[Proposal.objects.get().uid])]
    assert {other.get(address).status_code for address in addresses} == {403}


# What a page costs.


@pytest.mark.parametrize("tab", RUN_TABS)
def test_a_tab_makes_the_same_number_of_queries_however_many_rows_there_are(client, user, match_now, tab):
    counts = []
    for _ in range(2):
        make_many(8)
        make_child(willing=False)
        run = match_now(actor_of(user))
        address = reverse(f"matching:{tab}", args=[run.uid])
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 26


def test_the_other_pages_make_a_fixed_number_of_queries_too(client, user, match_now, policy):
    counts = []
    for _ in range(2):
        make_many(8)
        match_now(actor_of(user))
        proposal = Proposal.objects.order_by("-pk")[0]
        addresses = [
            reverse("matching:runs"),
            reverse("matching:proposal", args=[proposal.uid]),
            reverse("matching:others", args=[proposal.uid]),
            reverse("matching:policy", args=[policy.uid]),
            reverse("matching:versions", args=[policy.uid]),
        ]
        seen = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            seen.append(len(queries))
        counts.append(seen)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 24


# The export.


PASSWORD = "a-sunny-day-in-may"


def test_an_export_asks_who_is_there_holds_what_was_filtered_and_is_on_record(match_now):
    user = make_officer(password=PASSWORD)
    client = signed_in(user)
    make_child("=HYPERLINK(1)", risk=RiskLevel.HIGH)
    make_mentor("王阿姨")
    make_child("低风险的")
    make_mentor("李阿姨")
    address = reverse("matching:export", args=[match_now(actor_of(user)).uid])
    asked = client.get(address, {"tier": "3"})
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not AuditEntry.objects.filter(code="matching.proposals_exported").exists()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = client.get(address, {"tier": "3"})
    assert answer.status_code == 200
    with ZipFile(BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "=HYPERLINK(1)" in strings
    assert "低风险的" not in strings
    entry = AuditEntry.objects.get(code="matching.proposals_exported")
    assert (entry.subject_id, entry.detail["rows"]) == (Run.objects.get().pk, 1)
    look = AuditEntry.objects.get(kind="look", code="matching.proposal_exported")
    assert look.subject_id == Case.objects.get(person__name="=HYPERLINK(1)").pk


# The policy's pages.


def typed(client: Client, policy: Policy, **changes: str) -> dict[str, str]:
    """What the browser would send of the policy's form, with changes."""
    page = client.get(reverse("matching:policy", args=[policy.uid]))
    form = page.context["form"]
    said = {name: form[name].value() for name in form.fields}
    sent = {name: "on" if value is True else str(value) for name, value in said.items() if value not in (None, False)}
    sent |= {name: str(value) for name, value in said.items() if value == 0 and value is not False}
    return sent | changes


def test_a_policy_is_tried_then_saved_exactly_as_tried(client, user, policy, run_jobs):
    make_many(3)
    sent = typed(client, policy, **{"weight-needs": "0", "weight-room": "100"})
    answer = client.post(reverse("matching:start_preview", args=[policy.uid]), sent)
    run = Run.objects.get(is_preview=True)
    assert answer.headers["Location"] == reverse("matching:preview", args=[run.uid])
    assert "hx-get" in text_of(client, "preview", run.uid)
    run_jobs()
    assert client.get(reverse("matching:preview_progress", args=[run.uid])).status_code == 286
    page = text_of(client, "preview", run.uid)
    assert "权重 5 → 100" in page
    assert str(run.uid) not in text_of(client, "runs")
    client.post(reverse("matching:save_preview", args=[run.uid]), {"note": "试试"})
    version = policy.versions.first()
    assert (version.number, version.content, version.note) == (2, run.draft, "试试")
    assert "试试" in text_of(client, "versions", policy.uid)


def test_a_policy_changed_by_another_meanwhile_shows_what_and_keeps_what_was_typed(client, user, policy):
    mine = typed(client, policy, **{"weight-needs": "77"})
    theirs = typed(client, policy, **{"weight-nearness": "88"})
    assert client.post(reverse("matching:save_policy", args=[policy.uid]), theirs).status_code == 302
    answer = client.post(reverse("matching:save_policy", args=[policy.uid]), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "权重 25 → 88" in page
    assert 'value="77"' in page
    assert policy.versions.count() == 2
    assert client.post(reverse("matching:save_policy", args=[policy.uid]), mine | {"base": "2"}).status_code == 302
    assert policy.versions.count() == 3


def test_a_number_out_of_range_comes_back_marked(client, policy):
    sent = typed(client, policy, **{"weight-needs": "101", "rule-child_age-to_years": "99", "nearest": ""})
    answer = client.post(reverse("matching:save_policy", args=[policy.uid]), sent)
    assert answer.status_code == 422
    assert answer.content.decode().count('class="errorlist"') >= 3
    assert policy.versions.count() == 1


def test_a_supervisor_reads_the_policy_and_cannot_change_it(policy, client):
    supervisor = signed_in(make_officer(Role.SUPERVISOR, make_subdistrict()))
    assert '<fieldset class="match-policy" disabled>' in text_of(supervisor, "policy", policy.uid)
    sent = typed(client, policy, **{"weight-needs": "77"})
    for name in ("save_policy", "start_preview"):
        assert supervisor.post(reverse(f"matching:{name}", args=[policy.uid]), sent).status_code == 403
    assert policy.versions.count() == 1


# In both languages.


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_speaks_one_language(client, user, match_now, policy, language):
    make_child("Ann", risk=RiskLevel.HIGH)
    make_child("Ben", willing=False)
    make_child("Cid")
    make_mentor("Mary")
    make_mentor("Nora", vetted=False)
    run = match_now(actor_of(user))
    set_language(user_id=user.pk, language=language)
    proposal = Proposal.objects.get()
    pages = [text_of(client, tab, run.uid) for tab in RUN_TABS]
    pages += [text_of(client, name, proposal.uid) for name in ("proposal", "others")]
    pages += [text_of(client, "runs"), text_of(client, "policy", policy.uid), text_of(client, "versions", policy.uid)]
    for page in pages:
        main = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")])
        for own in ("杨浦区", "控江路街道", "第一居委会", "通用规则", "云上牵手", "工作人员", "测试"):
            main = main.replace(own, "")
        if language == "en":
            # The names of the sub-districts on the map are Chinese in every language.
            main = re.sub(r"[\u4e00-\u9fff]+(街道|新村街道)", "", main)
            assert not re.findall(r"[\u4e00-\u9fff]+", main)
        else:
            words = set(re.findall(r"[A-Za-z]{3,}", main))
            assert words <= {"Ann", "Ben", "Cid", "Mary", "Nora", "Excel"}
