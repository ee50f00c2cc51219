"""What nobody has coded yet is still told to the right people: a person reads the list, so a guess will do."""

import pytest

from sunward.employment.enums import Intention
from sunward.employment.models import Jobseeker, JobWish
from sunward.employment.queries.market import read_market
from sunward.employment.shortlists.making import make_shortlists
from sunward.employment.shortlists.policy import DEFAULT
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import TODAY

pytestmark = pytest.mark.django_db
HERE = "310110012"
KEEPER, GUARD = "4-02-06-01", "4-07-05-01"


def seeker(words, code=""):
    case = make.make_jobseeker(unit=make.make_subdistrict(HERE))
    Jobseeker.objects.create(case=case, intention=Intention.WORK)
    JobWish.objects.create(case=case, words=words, occupation=code)
    return case


def vacancy(title, code=""):
    return make_vacancy(make_employer(make.make_subdistrict(HERE)), title=title, occupation=code)


def market():
    return read_market(make.make_subdistrict(HERE), policy=DEFAULT, on=TODAY)


def test_a_wish_and_a_post_without_a_code_meet_by_the_likeliest_occupation():
    case, keeper, guard = seeker("仓库管理员"), vacancy("仓库管理员"), vacancy("保安员")
    found = market()
    assert [one.occupation for one in found.posts] == [KEEPER, GUARD]
    assert found.seekers[0].wishes == (KEEPER,)
    assert not found.seekers[0].is_unread
    assert [line.post for line in make_shortlists(found).lines[case.pk]] == [keeper.pk]
    guard.refresh_from_db()
    assert guard.occupation == "", "a guess is never kept"


def test_what_a_person_chose_is_not_guessed_anew():
    seeker("仓库管理员", GUARD)
    vacancy("保安员", KEEPER)
    found = market()
    assert (found.seekers[0].wishes, found.posts[0].occupation) == ((GUARD,), KEEPER)


def test_a_wish_that_no_guess_is_honest_for_is_marked_as_not_understood():
    seeker("😀")
    assert (market().seekers[0].wishes, market().seekers[0].is_unread) == ((), True)
