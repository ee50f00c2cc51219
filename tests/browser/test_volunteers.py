"""The way in and out of a neighbour mom in a browser: nobody is kept out, and three people lead one of them in."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.mentoring.actions.applications import ApplicationDetails, apply_in_public
from sunward.mentoring.actions.certificates import issue_certificate
from sunward.mentoring.models import Mentor, MentorApplication
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import (
    actor_of,
    give_post,
    make_child,
    make_committee,
    make_match,
    make_mentor,
    make_officer,
    make_subdistrict,
    make_user,
)
from tests.mentoring.test_certificates import _visit

pytestmark = pytest.mark.browser


@pytest.fixture
def supervisor(transactional_db):
    cache.clear()
    return make_officer(Role.SUPERVISOR, make_subdistrict(), name="欧阳明珠·阿力木江")


@pytest.mark.parametrize(("width", "language"), [(DESKTOP, "zh-hans"), (PHONE, "en")])
def test_the_pages_of_the_way_in_are_fit_for_everybody(site, find_barriers, supervisor, language, width):
    unit, now = make_committee(name="凤城六村第一居民委员会（北区）"), clock.now()
    apply_in_public(
        details=ApplicationDetails("买买提·吐尔逊古丽", "+8613800006789", unit.pk, motive="想陪孩子" * 40),
        on=clock.today(), now=now,
    )  # fmt: skip
    row = MentorApplication.objects.get()
    user = make_user()
    mentor = make_mentor("诸葛慧敏", unit=unit, user=user, vetted_on=clock.today() - timedelta(days=350))
    give_post(user, Role.MENTOR, unit)
    _visit(make_match(make_child("买买提", unit=unit), mentor), days=40)
    issue_certificate(
        actor=actor_of(supervisor, on=clock.today()), mentor_id=mentor.uid, from_on=clock.today() - timedelta(days=90),
        until_on=clock.today(), address="https://sunward.example/certificate/", on=clock.today(), now=now,
    )  # fmt: skip
    for name in ("apply", "certificate"):
        assert not find_barriers(site(reverse(name), language=language, width=width)), name
    pages = [("applications", ()), ("application_new", ()), ("application", (row.uid,))]
    pages += [("application_accept", (row.uid,)), ("mentor", (mentor.uid,)), ("mentor_agreement", (mentor.uid,))]
    pages += [("mentor_leave", (mentor.uid,)), ("certificate_new", (mentor.uid,))]
    for name, keys in pages:
        page = site(reverse(f"mentoring:{name}", args=keys), user=supervisor, language=language, width=width)
        assert not find_barriers(page), name
    page = site(reverse("mentoring:own_standing"), user=user, language=language, width=width)
    assert not find_barriers(page)


def test_three_people_lead_her_in_from_a_telephone_to_being_available(site, supervisor):
    unit = make_committee()
    page = site(reverse("apply"), width=PHONE)
    page.fill("[name=name]", "李芳芳")
    page.fill("[name=phone]", "13800006789")
    page.select_option("[name=street]", label="控江路街道")
    page.select_option("[name=committee]", value=str(unit.pk))
    page.check("text=周六上午")
    page.click("main button[type=submit]")
    page.wait_for_selector(".phone-done")

    worker = make_officer(Role.WORKER, unit)
    page = site("/", user=worker, width=PHONE)
    page.click("text=李芳芳")
    page.click("text=已约她来谈")
    page.click("a:has-text('建立档案')")
    page.click("main button[type=submit]")
    for _step in range(4):
        page.click(".way-act")
        page.click("main button[type=submit]")
    page.click(".way-act")
    page.click("text=已签字")
    page.wait_for_selector(".way-step:last-child.is-done")

    mentor = Mentor.objects.get()
    assert (mentor.state, mentor.person.name, mentor.slots) == ("active", "李芳芳", ["周六上午"])
