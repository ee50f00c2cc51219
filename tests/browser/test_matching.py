"""The pages of matching in a browser: nobody is kept out, and everything can be done with the keyboard."""

import pytest
from django.urls import reverse

from sunward.casework.enums import RiskLevel
from sunward.casework.models import Need
from sunward.matching.actions.runs import start_preview, start_run
from sunward.matching.models import Policy, Proposal, Run
from sunward.mentoring.models import Match, Mentor
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import NOW, TODAY, actor_of, make_child, make_committee, make_mentor, make_officer

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize("width", [DESKTOP, PHONE])
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


@pytest.fixture
def officer(transactional_db):
    return make_officer(name="欧阳明珠·阿力木江")


@pytest.fixture
def run(officer, run_jobs) -> Run:
    """A run with something on every tab, and long names."""
    long_unit = make_committee("310110012002", name="控江路一二三四弄国际公寓第二居委会")
    for position, name in enumerate(("阿依古丽·买买提江", "陈一", "陈二", "陈三")):
        case = make_child(name, unit=long_unit, risk=RiskLevel(1 + position % 3), willing=position != 3)
        Need.objects.create(case=case, kind="tutoring", from_on=TODAY)
    for name, skills in (("欧阳娜娜·阿卜杜热", ["学业辅导"]), ("王阿姨", ["书法"])):
        mentor = make_mentor(name, unit=long_unit)
        Mentor.objects.filter(pk=mentor.pk).update(skills=skills, occupation="控江路社区卫生服务中心全科医生")
    make_mentor("过期的", vetted=False)
    policy = Policy.objects.get(programme="mentoring")
    return match(officer, policy, run_jobs)


def match(officer, policy, run_jobs) -> Run:
    made = start_run(actor=actor_of(officer), policy_id=policy.uid, unit_path="/310110/", on=TODAY, now=NOW)
    run_jobs()
    return made


@SIZES
@LANGUAGES
def test_every_page_of_a_run_is_fit_for_everybody(site, find_barriers, officer, run, language, width):
    proposal = Proposal.objects.filter(run=run)[0]
    addresses = [reverse("matching:runs")]
    addresses += [
        reverse(f"matching:{tab}", args=[run.uid]) for tab in ("run", "run_map", "run_unmatched", "run_advice")
    ]
    addresses += [reverse(f"matching:{name}", args=[proposal.uid]) for name in ("proposal", "others")]
    for address in addresses:
        assert not find_barriers(site(address, user=officer, language=language, width=width)), address


@SIZES
@LANGUAGES
def test_the_policys_pages_are_fit_for_everybody(site, find_barriers, officer, run, run_jobs, language, width):
    policy = Policy.objects.get(programme="mentoring")
    version = policy.versions.first()
    draft = version.content | {"stability_bonus": 7.0, "incumbency": "prefer"}
    tried = start_preview(
        actor=actor_of(officer), version=version, draft=draft, unit_path="/310110/", on=TODAY, now=NOW
    )
    waiting = site(reverse("matching:preview", args=[tried.uid]), user=officer, language=language, width=width)
    assert not find_barriers(waiting)
    waiting.close()  # it asks again every two seconds
    run_jobs()
    for address in (
        reverse("matching:policies"),
        reverse("matching:policy", args=[policy.uid]),
        reverse("matching:versions", args=[policy.uid]),
        reverse("matching:preview", args=[tried.uid]),
    ):
        assert not find_barriers(site(address, user=officer, language=language, width=width)), address


@SIZES
def test_an_empty_district_and_a_failed_run_are_fit_for_everybody(site, find_barriers, officer, run_jobs, width):
    assert not find_barriers(site(reverse("matching:runs"), user=officer, width=width))
    policy = Policy.objects.get(programme="mentoring")
    empty = match(officer, policy, run_jobs)
    for tab in ("run", "run_map", "run_unmatched", "run_advice"):
        assert not find_barriers(site(reverse(f"matching:{tab}", args=[empty.uid]), user=officer, width=width)), tab
    Run.objects.filter(pk=empty.pk).update(state="failed", failure="document_malformed")
    assert not find_barriers(site(reverse("matching:run", args=[empty.uid]), user=officer, width=width))


def test_a_proposal_is_chosen_and_approved_with_the_keyboard_alone(site, officer, run):
    page = site(reverse("matching:run", args=[run.uid]), user=officer)
    page.on("dialog", lambda dialog: dialog.accept())
    page.focus("[data-choose-all] input")
    page.keyboard.press("Space")
    assert page.locator("input[name=proposal]:checked").count() == Proposal.objects.filter(run=run).count()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    confirm(page)
    page.wait_for_url("**/approve/")
    assert Match.objects.count() == Proposal.objects.filter(run=run).count()


def confirm(page) -> None:
    """Say yes where the page asks before it sends."""
    if page.locator("dialog[open]").count():
        page.keyboard.press("Enter")


def test_the_map_is_walked_with_the_keyboard(site, officer, run):
    page = site(reverse("matching:run_map", args=[run.uid]), user=officer)
    page.focus(".match-pair")
    page.keyboard.press("Enter")
    page.wait_for_url("**/proposals/**")


def test_a_weight_can_be_slid_and_the_number_follows(site, officer, run):
    page = site(reverse("matching:policy", args=[Policy.objects.get(programme="mentoring").uid]), user=officer)
    number, slider = page.locator("#id_weight-needs"), page.locator("#id_weight-needs + input[type=range]")
    assert slider.input_value() == number.input_value() == "30"
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert number.input_value() == "31"
    number.fill("80")
    assert slider.input_value() == "80"
