"""The auditor's pages: every act and look by reference, and whether the chain holds."""

import ast
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.auditing import SYSTEM, record_act, record_look
from sunward.accounts.enums import Role
from sunward.audit.chain import Subject
from sunward.audit.models import AuditEntry
from sunward.web.audit_pages.words import WORDS
from tests import factories as make
from tests.house.sources import modules

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client):
    user = make.make_officer(Role.AUDITOR, name="审计员")
    client.force_login(user)
    return user


def _codes(client, **asked):
    return [row.code for row in client.get(reverse("audit:entries"), asked).context["page"].rows]


def _write(user, code, *, case=None, look=False, days_ago=0):
    subject = Subject("case", case.pk) if case else None
    now = make.NOW - timedelta(days=days_ago)
    if look:
        record_look(actor=make.actor_of(user), code=code, now=now, subject=subject, purpose="open")
    else:
        record_act(actor=make.actor_of(user), code=code, now=now, subject=subject)


def test_filters_find_exactly_what_they_say(client, auditor):
    one, other = make.make_child(), make.make_child()
    wang, li = make.make_officer(name="王芳"), make.make_officer(name="李明")
    _write(wang, "a.old", days_ago=9)
    _write(wang, "a.act", case=one)
    _write(li, "a.look", case=one, look=True)
    _write(li, "b.act", case=other)
    _write(li, "mentoring.child_opened", look=True, case=other, days_ago=30)

    assert _codes(client) == ["mentoring.child_opened", "b.act", "a.look", "a.act", "a.old"]
    assert _codes(client, kind="look") == ["mentoring.child_opened", "a.look"]
    assert _codes(client, subject=one.reference) == ["a.look", "a.act"]
    assert _codes(client, subject=one.reference.lower()) == ["a.look", "a.act"]
    assert _codes(client, who="李") == ["mentoring.child_opened", "b.act", "a.look"]
    assert _codes(client, code="mentoring.child_opened") == ["mentoring.child_opened"]
    assert _codes(client, until_on="2026-11-20") == ["mentoring.child_opened", "a.old"]
    assert _codes(client, from_on="2026-11-25") == ["b.act", "a.look", "a.act"]
    assert _codes(client, subject="nonsense") == []
    assert _codes(client, from_on="nonsense", kind="nonsense") == [
        "mentoring.child_opened",
        "b.act",
        "a.look",
        "a.act",
        "a.old",
    ]


def test_the_auditor_reads_references_and_no_childs_name(client, auditor):
    case = make.make_child("张小雨")
    officer = make.make_officer(name="王芳")
    client.force_login(officer)
    client.get(reverse("mentoring:child", args=[case.uid]))
    client.force_login(auditor)

    html = client.get(reverse("audit:entries")).content.decode()

    assert case.reference in html
    assert "王芳" in html
    assert "张小雨" not in html
    assert client.get(reverse("mentoring:child", args=[case.uid])).status_code == 403


def test_an_edit_says_in_words_which_columns_changed(client, auditor):
    case = make.make_child()
    record_act(
        actor=make.actor_of(auditor), code="mentoring.child_edited", now=make.NOW, subject=Subject("case", case.pk),
        columns=["birth_date", "school_stage"],
    )  # fmt: skip

    (row,) = client.get(reverse("audit:entries")).context["page"].rows

    assert row.detail == "修改项：出生日期、就学"
    assert row.word == "修改儿童档案"


def test_the_chain_is_checked_in_the_background_and_the_finding_shown(client, auditor, run_jobs):
    _write(auditor, "a.act")
    assert client.get(reverse("audit:chain")).context["chain"].is_intact is None

    client.post(reverse("audit:chain_check"))
    client.post(reverse("audit:chain_check"))
    assert client.get(reverse("audit:chain")).context["chain"].is_checking
    assert run_jobs() == 1

    chain = client.get(reverse("audit:chain")).context["chain"]
    assert (chain.is_intact, chain.is_checking) == (True, False)
    assert chain.sentence
    assert AuditEntry.objects.filter(code="audit.check_asked").count() == 2


def test_a_broken_chain_is_said_aloud(client, auditor, run_jobs, monkeypatch):
    from sunward.audit import jobs
    from sunward.audit.chain import Break, Verdict

    monkeypatch.setattr(jobs, "verify", lambda: Verdict(7, "0" * 64, (Break(3, "changed"),)))
    client.post(reverse("audit:chain_check"))
    run_jobs()

    page = client.get(reverse("audit:chain"))

    assert page.context["chain"].is_intact is False
    assert 'role="alert"' in page.content.decode()
    assert "3" in page.context["chain"].sentence


@pytest.mark.parametrize("role", [role for role in Role if role != Role.AUDITOR])
def test_nobody_else_reads_the_record(client, role):
    client.force_login(make.make_officer(role, make.make_district()))

    assert client.get(reverse("audit:entries")).status_code == 403
    assert client.get(reverse("audit:chain")).status_code == 403
    assert client.post(reverse("audit:chain_check")).status_code == 403


def test_queries_do_not_grow_with_the_record(client, auditor):
    _write(auditor, "a.act")
    client.get(reverse("audit:entries"))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("audit:entries"))
        counts.append(len(caught))
        for number in range(30):
            _write(auditor, f"a.act_{number}")

    assert counts[0] == counts[1] <= 6


def test_every_code_that_the_source_writes_has_a_word():
    assert not sorted(_written_codes() - set(WORDS)), "say it in web/audit_pages/words.py"


def _written_codes():
    """Codes given as they are to a function whose name says that it records."""
    calls = (
        call
        for module in modules()
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call) and "record" in ast.unparse(call.func)
    )
    given = (argument for call in calls for argument in [*call.args, *(word.value for word in call.keywords)])
    said = (value.value for value in given if isinstance(value, ast.Constant))
    return {text for text in said if isinstance(text, str) and re.fullmatch(r"[a-z]+\.[a-z]+_[a-z_]+", text)}


def test_an_auditor_reads_the_own_district_and_what_concerns_nobody(client, auditor):
    hongkou = make.make_unit("310109", name="虹口区")
    _write(make.make_officer(Role.DISTRICT_OFFICER, hongkou), "an.act_elsewhere", case=make.make_child())
    _write(make.make_officer(), "an.act_here", case=make.make_child())
    record_act(actor=SYSTEM, code="the.system", now=make.NOW)
    record_act(actor=SYSTEM, code="the.system_on_a_child", now=make.NOW, subject=Subject("case", 1))

    assert set(_codes(client)) == {"an.act_here", "the.system"}
    client.force_login(make.make_officer(Role.AUDITOR, hongkou))
    assert set(_codes(client)) == {"an.act_elsewhere", "the.system"}
