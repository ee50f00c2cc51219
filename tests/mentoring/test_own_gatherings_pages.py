"""A mentor's gatherings on her phone: what is open to her, with her child or alone, and her own code."""

from uuid import uuid4

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.gatherings import actions as acts
from sunward.gatherings.enums import Part, SignedUpBy, SignUpState
from sunward.gatherings.models import SignUp
from sunward.mentoring.enums import MatchState
from tests.factories import NOW, TODAY, make_committee, make_match, make_mentor, make_officer
from tests.gatherings.builders import (
    AFTER,
    DURING,
    FAIR,
    TRAINING,
    bring,
    draft,
    guests,
    planner,
    published,
    willing_child,
)

pytestmark = pytest.mark.django_db
LIST = "mentoring:own_gatherings"


@pytest.fixture(autouse=True)
def at(monkeypatch):
    def move(moment):
        monkeypatch.setattr(clock, "today", moment.date)
        monkeypatch.setattr(clock, "now", lambda: moment)

    move(NOW)
    return move


@pytest.fixture
def mother():
    return make_mentor("梅一", user=make_officer(Role.MENTOR, make_committee()))


@pytest.fixture
def match(mother):
    return make_match(willing_child(name="陈小禾"), mother)


@pytest.fixture
def phone(client, mother):
    client.force_login(mother.user)
    return client


def own(gathering):
    return reverse("mentoring:own_gathering", args=[gathering.uid])


def companions(*children):
    data = {"companion-TOTAL_FORMS": "2", "companion-INITIAL_FORMS": "0"}
    for number, (name, age) in enumerate(children):
        data |= {f"companion-{number}-name": name, f"companion-{number}-age": age}
    return data


def test_she_sees_what_is_open_to_her_and_no_draft_and_no_job_fair(phone):
    for title, make, kind in (("秋游", published, None), ("培训", published, TRAINING), ("草稿", draft, None)):
        make(**({"kind": kind} if kind else {}), title=title)
    published(FAIR, title="招聘会")
    page = phone.get(reverse(LIST)).content.decode()
    assert [title for title in ("秋游", "培训", "草稿", "招聘会") if title in page] == ["秋游", "培训"]


def test_she_signs_up_with_her_child_and_her_own_and_sees_one_code(phone, match):
    outing = published()
    sent = companions(("小宝", "8")) | {"match": match.uid, "party": uuid4()}
    for _press in range(2):
        assert phone.post(own(outing), sent).status_code == 302
    rows = list(SignUp.objects.order_by("pk"))
    assert [(row.part, row.signed_up_by) for row in rows] == [
        (Part.PARTICIPANT, SignedUpBy.PAIR),
        (Part.ADULT, SignedUpBy.PAIR),
        (Part.COMPANION, SignedUpBy.PAIR),
    ]
    page = phone.get(own(outing)).content.decode()
    assert rows[0].code in page
    assert all(name in page for name in ("陈小禾", "梅一", "小宝"))
    assert "再为一个孩子报名" not in page


def test_she_signs_herself_up_for_a_training_and_gives_the_place_back(phone):
    training = published(TRAINING, places=1)
    assert phone.post(own(training), companions() | {"party": uuid4()}).status_code == 302
    mine = SignUp.objects.get()
    waiting = bring(training, *guests())[0]
    assert (mine.state, waiting.state) == (SignUpState.PLACED, SignUpState.WAITING)
    leave = reverse("mentoring:own_gathering_withdraw", args=[training.uid, mine.uid])
    assert phone.post(leave).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == SignUpState.PLACED


def test_where_all_is_full_she_is_told_her_number_in_line(phone):
    training = published(TRAINING, places=1)
    for _each in range(2):
        bring(training, *guests())
    assert "已满，可候补" in phone.get(reverse(LIST)).content.decode()
    phone.post(own(training), companions() | {"party": uuid4()})
    assert "候补第 2 位" in phone.get(own(training)).content.decode()


def test_without_the_guardians_consent_the_child_cannot_be_chosen(phone, match):
    outing = published()
    match.case.person.consents.update(withdrawn_on=TODAY)
    page = phone.get(own(outing)).content.decode()
    assert "缺少监护人同意" in page
    answer = phone.post(own(outing), companions() | {"match": match.uid, "party": uuid4()})
    assert answer.status_code == 422
    assert not SignUp.objects.exists()


@pytest.mark.parametrize("state", [MatchState.PAUSED, MatchState.CLOSED, MatchState.PROPOSED])
def test_a_child_whose_match_does_not_let_her_read_is_not_offered(phone, mother, state):
    outing = published()
    other = make_match(willing_child(name="林小麦"), mother, state=state)
    assert "林小麦" not in phone.get(own(outing)).content.decode()
    assert phone.post(own(outing), companions() | {"match": other.uid, "party": uuid4()}).status_code == 404


def test_what_was_called_off_stays_on_her_list_with_the_reason(phone):
    training = published(TRAINING)
    phone.post(own(training), companions() | {"party": uuid4()})
    acts.cancel_gathering(
        actor=planner(), gathering_id=training.uid, version=training.version, reason="台风", on=TODAY, now=NOW
    )
    assert "已取消" in phone.get(reverse(LIST)).content.decode()
    assert "台风" in phone.get(own(training)).content.decode()


def test_afterwards_she_is_asked_how_it_was_if_she_was_there(phone, at, monkeypatch):
    training = published(TRAINING)
    phone.post(own(training), companions() | {"party": uuid4()})
    row = SignUp.objects.get()
    at(DURING)
    acts.check_in(actor=planner(), gathering_id=training.uid, sign_up_id=row.uid, now=DURING)
    at(AFTER.replace(day=8))
    page = phone.get(reverse(LIST)).content.decode()
    link = page.split('href="/feedback/')[1].split('"')[0]
    assert phone.get(f"/feedback/{link}").status_code == 200


def test_her_list_asks_as_often_for_many_as_for_few(phone, match, django_assert_max_num_queries):
    def ask(most):
        with django_assert_max_num_queries(most) as asked:
            phone.get(reverse(LIST))
        return len(asked)

    outing = published()
    phone.post(own(outing), companions() | {"match": match.uid, "party": uuid4()})
    ask(30)
    few = ask(20)
    for _each in range(8):
        published(TRAINING)
    ask(few)


def test_in_the_calendar_each_leads_to_the_page_on_which_she_signs_up_or_to_the_facts(phone):
    training, fair = published(TRAINING), published(FAIR, title="招聘会")
    page = phone.get(reverse("gatherings:calendar") + "?day=2026-12-05").content.decode()
    facts = reverse("gatherings:gathering", args=[fair.uid])
    assert own(training) in page
    assert facts in page
    told = phone.get(facts).content.decode()
    assert "招聘会" in told
    assert "gatherings/new" not in told
    assert "sign-ups" not in told


def test_in_her_calendar_only_what_she_signed_up_for_twice_clashes(phone):
    places = [published(TRAINING, title=title, place="同一间") for title in ("甲", "乙", "丙")]
    calendar = reverse("gatherings:calendar") + "?day=2026-12-05"
    assert "撞期" not in phone.get(calendar).content.decode()
    for training in places[:2]:
        phone.post(own(training), companions() | {"party": uuid4()})
    page = phone.get(calendar).content.decode()
    assert "您两边都报了名" in page
    assert page.count('cal-clash"') == 2
