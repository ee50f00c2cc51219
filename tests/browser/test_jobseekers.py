"""The jobseekers' pages on a desk and on a phone, empty and full, with names as long as they come."""

from datetime import timedelta

import pytest

from sunward.accounts.enums import Role
from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.casework.models import Case, ServiceRecord
from sunward.core import clock
from sunward.employment.enums import ClientTagKind, Education, Intention, Situation
from sunward.employment.models import ClientTag, Jobseeker, JobWish
from tests import factories as make
from tests.browser.conftest import DESKTOP, PHONE

DAY = timedelta(days=1)
LONG = "阿卜杜热西提·买买提依明·阿不力克木"


@pytest.fixture
def officer(transactional_db):
    user = make.make_user("employment", name="周启明")
    make.give_post(user, Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110012"))
    return user


@pytest.fixture
def full(officer):
    """A file with one of everything, and long words wherever somebody may write them."""
    today, unit = clock.today(), make.make_committee("310110012001", subdistrict=make.make_subdistrict("310110012"))
    case = make.make_jobseeker(LONG, unit=unit)
    Case.objects.filter(pk=case.pk).update(opened_on=today - 90 * DAY, last_contact_on=today - 40 * DAY)
    Jobseeker.objects.create(
        case=case, situation=Situation.NOT_REGISTERED, intention=Intention.WORK, education=Education.COLLEGE,
        delivered={"situation": "无业在家，去年十月从单位离职后一直没有找到合适的工作", "intention": "求职"},
        surveyed_situation=Situation.FLEXIBLE, surveyed_on=today - 40 * DAY, surveyed_by=officer, salary_min=5000,
        salary_max=8000, commute_minutes=45, skills=["电工操作证", "驾驶证C1"],
        schooling="上海第二工业大学 机电一体化技术", is_elsewhere=True,
    )  # fmt: skip
    case.person.phone = "+8613800045678"
    case.person.save()
    for rank, words in enumerate(["物业维修电工", "仓库管理员", "社区工作者（夜班除外，离家近一些的都可以）"], start=1):
        JobWish.objects.create(case=case, rank=rank, words=words)
    for kind in (ClientTagKind.HARD_TO_PLACE, ClientTagKind.LTU_YOUTH, ClientTagKind.SPECIAL_ATTENTION):
        ClientTag.objects.create(case=case, kind=kind, from_on=today - 30 * DAY)
    ServiceRecord.objects.create(
        case=case, kind=ServiceKind.PHONE_CALL, happened_on=today - 40 * DAY, outcome=ContactOutcome.MADE, by=officer,
        recorded_at=clock.now(), note="愿意参加培训，下周三上午方便。",
    )  # fmt: skip
    case.follow_ups.create(kind="call", due_on=today - DAY, role=Role.EMPLOYMENT_OFFICER)
    return case


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_jobseekers_pages_are_fit_for_everybody(site, find_barriers, officer, full, width, language):
    here = f"/employment/jobseekers/{full.uid}/"
    paths = ("/employment/jobseekers/", "/employment/jobseekers/?q=无此人", here, f"{here}looks/")

    found = {path: find_barriers(site(path, user=officer, width=width, language=language)) for path in paths}

    assert not {path: barriers for path, barriers in found.items() if barriers}
