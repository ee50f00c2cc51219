"""The files, the administrator's and the auditor's pages as people with a mouse, a keyboard or a phone meet them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sunward.accounts.enums import Role
from sunward.casework.enums import RiskLevel
from sunward.casework.models import Case, FollowUp, RiskAssessment, ServiceRecord
from sunward.mentoring.models import Mentor
from sunward.people.models import ConsentRecord, Guardianship
from sunward.web.commands import reindex
from tests import factories as make
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "五角场街道国定路第一居民区委员会筹备组"


@pytest.fixture
def officer():
    return make.make_officer(name="沈向阳")


def _full_file():
    """A file with something in every card, long names among it."""
    today = timezone.localdate()
    committee = make.make_committee(name=LONG)
    case = make.make_child("欧阳明珠", unit=committee, risk=RiskLevel.HIGH, opened_on=today - timedelta(days=30))
    guardian = make.make_person("司徒老太太")
    Guardianship.objects.create(child=case.person, guardian=guardian, relation="外曾祖母")
    make.make_match(case, make.make_mentor("尉迟春兰", unit=committee))
    said = {"kind": "home_visit", "happened_on": today, "recorded_at": timezone.now(), "note": "一起读书。" * 20}
    for outcome in ("made", "attempted"):
        ServiceRecord.objects.create(case=case, outcome=outcome, **said)
    RiskAssessment.objects.create(case=case, level=1, state="proposed", reason="家里有人照顾了", assessed_on=today)
    FollowUp.objects.create(case=case, kind="call", due_on=today - timedelta(days=2), role="worker", note="问开学")
    ConsentRecord.objects.create(
        person=case.person, purpose="matching", legal_basis="consent", given_by=guardian, given_on=today
    )
    return case


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_pages_of_the_files_are_fit_for_everybody(site, officer, find_barriers, width, language):
    case = _full_file()
    mentor = Mentor.objects.get()
    reindex.run(None)
    child, mom = {"args": [case.uid]}, {"args": [mentor.uid]}
    addresses = [
        reverse("mentoring:children"), reverse("mentoring:child", **child), reverse("mentoring:child_edit", **child),
        reverse("mentoring:child_assess", **child), reverse("mentoring:child_new"), reverse("mentoring:mentors"),
        reverse("mentoring:mentor", **mom), reverse("mentoring:mentor_vetting", **mom),
        f"{reverse('search')}?q=欧阳", f"{reverse('mentoring:children')}?q=没有这个人",
    ]  # fmt: skip

    for address in addresses:
        page = site(address, user=officer, width=width, language=language)
        assert not find_barriers(page), address
        page.context.close()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_administrators_and_the_auditors_pages_are_fit_for_everybody(site, find_barriers, width):
    committee = make.make_committee(name=LONG)
    worker = make.make_officer(Role.WORKER, committee, name="欧阳明珠")
    roles = {role: make.make_officer(role) for role in (Role.ADMINISTRATOR, Role.AUDITOR)}

    for role, address in [
        (Role.ADMINISTRATOR, reverse("accounts:users")),
        (Role.ADMINISTRATOR, reverse("accounts:user", args=[worker.username])),
        (Role.ADMINISTRATOR, reverse("accounts:user_post", args=[worker.username])),
        (Role.ADMINISTRATOR, f"{reverse('accounts:units')}?open={committee.code[:9]}"),
        (Role.AUDITOR, reverse("audit:entries")),
        (Role.AUDITOR, reverse("audit:chain")),
    ]:
        page = site(address, user=roles[role], width=width)
        assert not find_barriers(page), address
        page.context.close()


def test_a_sealed_number_is_opened_by_keyboard_alone(site, officer):
    case = _full_file()
    page = site(reverse("mentoring:child", args=[case.uid]), user=officer)

    page.focus("details.sun-show summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/show/")

    assert case.person.id_number in page.content()


def test_the_return_key_never_confirms_that_it_is_somebody_else(site, officer):
    known = make.make_child("张小雨")
    page = site(reverse("mentoring:child_new"), user=officer, complaining="422")
    page.fill("input[name=name]", "张小雨")
    page.fill("input[name=birth_date]", known.person.birth_date.isoformat())
    page.select_option("select[name=unit]", str(known.unit_id))

    for _again in range(2):
        page.press("input[name=name]", "Enter")
        page.wait_for_selector("#lookalikes")
    assert Case.objects.count() == 1

    page.click("button[name=is_other]")
    page.wait_for_selector(".sun-columns")
    assert Case.objects.count() == 2
