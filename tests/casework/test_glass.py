"""Files opened in an emergency: by whom, for how long, with which trace; and that they open two pages and no more."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Absence, User
from sunward.audit.models import AuditEntry
from sunward.casework.actions.follow_ups import add_follow_up
from sunward.casework.actions.glass import break_glass, end_glass, review_glass
from sunward.casework.enums import GlassReason
from sunward.casework.glass_access import find_open_glass, reviewable_glass, visible_glass
from sunward.casework.models import BrokenGlass, Case
from sunward.core import clock
from sunward.core.refusals import NotAllowed, NotThere, Refusal
from sunward.ledger.models import Fact
from sunward.mentoring.access import get_child, visible_children
from sunward.mentoring.glass_access import get_child_to_read
from sunward.outreach.models import Message
from tests.access_matrix import ROWS
from tests.access_matrix.quickly import asked_quickly, mark_used, taken_back
from tests.access_matrix.rows import CASEWORK_NEAR_MISSES
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    give_post,
    make_child,
    make_committee,
    make_district,
    make_officer,
    make_subdistrict,
    make_unit,
    make_user,
)
from tests.personas import World, build_world

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class House:
    """A child here, with worker and supervisor; and a worker of another sub-district who needs its file."""

    def __init__(self) -> None:
        self.case = make_child("陈小雨")
        self.worker = make_officer(Role.WORKER, make_committee(), name="李社工")
        self.supervisor = make_officer(Role.SUPERVISOR, make_subdistrict(), name="赵督导")
        there = make_subdistrict("310110019", name="五角场街道")
        self.stranger = make_officer(Role.WORKER, make_committee("310110019001", subdistrict=there), name="周社工")

    def break_(self, user: User | None = None, **more: Any) -> BrokenGlass:
        said = {
            "actor": actor_of(user or self.stranger), "programme": "mentoring", "reference": self.case.reference,
            "reason": GlassReason.DANGER, "words": "孩子在街上迷路了", "on": TODAY, "now": NOW,
        }  # fmt: skip
        return break_glass(**said | more)

    def reads(self, user: User | None = None, *, now: datetime = NOW) -> bool:
        try:
            get_child_to_read(actor=actor_of(user or self.stranger), case_id=self.case.uid, purpose="open", now=now)
        except NotThere:
            return False
        return True


@pytest.fixture
def house() -> House:
    return House()


def settle(act: Any, user: User, glass: BrokenGlass, *, now: datetime = NOW, **more: Any) -> BrokenGlass:
    return act(actor=actor_of(user), glass_id=glass.uid, on=TODAY, now=now, **more)


# What it opens, and for how long.


def test_it_opens_the_file_for_twelve_hours_to_its_breaker_alone(house: House) -> None:
    other = make_officer(Role.WORKER, make_committee("310110019001"))
    assert not house.reads()
    house.break_()
    assert house.reads(now=NOW + 12 * HOUR - timedelta(seconds=1))
    assert not house.reads(now=NOW + 12 * HOUR)
    assert not house.reads(other)
    look = AuditEntry.objects.filter(code="mentoring.child_opened_by_glass").latest("number")
    assert (look.kind, look.subject_id, look.unit_path) == ("look", house.case.pk, house.case.unit_path)


def test_it_reads_and_never_changes_and_is_in_no_list(house: House) -> None:
    house.break_()
    stranger = actor_of(house.stranger)
    assert not visible_children(stranger).filter(pk=house.case.pk).exists()
    with pytest.raises(NotThere):
        get_child(actor=stranger, case_id=house.case.uid, purpose="edit", now=NOW)
    with pytest.raises(NotThere):
        add_follow_up(actor=stranger, case_id=house.case.uid, kind="call", due_on=TODAY, on=TODAY, now=NOW)


@pytest.mark.parametrize("how", ["ended by herself", "ended by the supervisor", "judged wrong", "post over", "closed"])
def test_whatever_ends_it_shuts_the_file_at_once(house: House, how: str) -> None:
    glass = house.break_()
    if how == "ended by herself":
        settle(end_glass, house.stranger, glass)
    elif how == "ended by the supervisor":
        settle(end_glass, house.supervisor, glass)
    elif how == "judged wrong":
        settle(review_glass, house.supervisor, glass, is_justified=False)
    elif how == "post over":
        house.stranger.assignments.update(until_on=TODAY)
    else:
        Case.objects.update(state="closed", closed_on=TODAY)
    assert not house.reads()


# Who may.


@pytest.mark.parametrize(
    "role", [Role.EMPLOYMENT_OFFICER, Role.MENTOR, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR, None]
)
def test_nobody_but_those_who_work_with_files_can_do_it(house: House, role: Role | None) -> None:
    user = make_user()
    if role is not None:
        give_post(user, role, make_subdistrict("310110019"))
    with pytest.raises(NotAllowed):
        house.break_(user)
    assert not BrokenGlass.objects.exists()


def test_a_former_worker_cannot_and_a_supervisor_and_an_officer_can(house: House) -> None:
    give_post(former := make_user(), Role.WORKER, make_committee("310110019001"), until_on=TODAY)
    with pytest.raises(NotAllowed):
        house.break_(former)
    assert house.break_(make_officer(Role.SUPERVISOR, make_subdistrict("310110019")))


def test_it_needs_words_and_a_file_that_is_not_ones_own(house: House) -> None:
    with pytest.raises(Refusal, match="glass_unexplained"):
        house.break_(words="  急 ")
    with pytest.raises(Refusal, match="file_is_yours"):
        house.break_(house.worker)
    assert not BrokenGlass.objects.exists()


@pytest.mark.parametrize("typed", ["c{0}", "C{0:06d}", " C{0:06d} ", "{0}"])
def test_a_number_is_read_as_it_is_said(house: House, typed: str) -> None:
    assert house.break_(reference=typed.format(house.case.pk)).case == house.case


def test_a_double_press_opens_it_once(house: House) -> None:
    assert house.break_() == house.break_()
    assert Fact.objects.filter(kind="casework.glass_broken").count() == 1


# Guessing.


def elsewhere(house: House) -> str:
    other = make_unit("310109", name="虹口区")
    street = make_unit("310109001", parent=other, name="某街道")
    return make_child(unit=make_committee("310109001001", subdistrict=street)).reference


def closed(house: House) -> str:
    case = make_child()
    Case.objects.filter(pk=case.pk).update(state="closed", closed_on=TODAY)
    return case.reference


@pytest.mark.parametrize(
    "wrong", [lambda house: "C999999", lambda house: "陈小雨", closed, elsewhere, lambda house: ""]
)
def test_whatever_is_wrong_with_the_number_the_answer_is_one_and_the_try_is_kept(house: House, wrong: Any) -> None:
    with pytest.raises(NotThere) as refused:
        house.break_(reference=wrong(house))
    assert refused.value.code == "casework.glass_nowhere"
    entry = AuditEntry.objects.get(code="casework.glass_missed")
    assert (entry.actor_id, entry.subject_id) == (house.stranger.pk, None)


def test_after_five_wrong_numbers_in_an_hour_even_a_right_one_is_refused(house: House) -> None:
    for minutes in range(5):
        with pytest.raises(NotThere):
            house.break_(reference="C999999", now=NOW + timedelta(minutes=minutes))
    with pytest.raises(Refusal, match="glass_tired"):
        house.break_(now=NOW + timedelta(minutes=5))
    assert house.break_(now=NOW + HOUR + timedelta(minutes=1))


def test_no_more_than_three_files_are_open_like_this_at_once(house: House) -> None:
    for _number in range(3):
        glass = house.break_(reference=make_child().reference)
    with pytest.raises(Refusal, match="glass_enough"):
        house.break_()
    settle(end_glass, house.stranger, glass)
    assert house.break_()


def test_nobody_leafs_through_the_district_by_shutting_one_file_after_the_other(house: House) -> None:
    for _number in range(6):
        settle(end_glass, house.stranger, house.break_(reference=make_child().reference))
    with pytest.raises(Refusal, match="glass_enough_today"):
        house.break_()
    assert not house.reads()
    assert house.break_(now=NOW + timedelta(days=1, minutes=1))


# Who hears of it, and who judges.


def test_worker_and_supervisor_hear_of_it_at_once_by_number(house: House) -> None:
    house.break_()
    house.break_()
    told = {message.user_id: message for message in Message.objects.all()}
    assert set(told) == {house.worker.pk, house.supervisor.pk}
    for message in told.values():
        assert house.case.reference in message.body
        assert "陈小雨" not in message.body
        assert "迷路" not in message.body
        assert message.urgent_because


def test_whoever_is_reached_for_an_absent_supervisor_hears_of_it(house: House) -> None:
    officer = make_officer(Role.DISTRICT_OFFICER, make_district())
    Absence.objects.create(
        user=house.supervisor, from_on=TODAY, until_on=TODAY + timedelta(days=5), reason="leave", recorded_at=NOW
    )
    house.break_()
    assert set(Message.objects.values_list("user_id", flat=True)) == {house.worker.pk, officer.pk}


def test_the_supervisor_judges_once_and_nobody_judges_herself(house: House) -> None:
    glass = house.break_()
    there = make_officer(Role.SUPERVISOR, make_subdistrict("310110019"))
    for user in (house.worker, house.stranger, there):
        with pytest.raises(NotThere):
            settle(review_glass, user, glass, is_justified=True)
    judged = settle(review_glass, house.supervisor, glass, is_justified=True, now=NOW + HOUR)
    assert (judged.is_justified, judged.reviewed_by_id, judged.reviewed_at) == (True, house.supervisor.pk, NOW + HOUR)
    assert house.reads()  # what was right goes on until its end
    with pytest.raises(NotThere):
        settle(review_glass, house.supervisor, glass, is_justified=False)


def test_a_supervisor_who_breaks_glass_is_judged_by_the_district(house: House) -> None:
    there = make_officer(Role.SUPERVISOR, make_subdistrict("310110019"))
    give_post(there, Role.WORKER, make_committee())
    there.assignments.filter(role=Role.WORKER).update(until_on=TODAY)
    glass = house.break_(there)
    give_post(there, Role.SUPERVISOR, make_subdistrict())  # promoted into it the same day
    assert not reviewable_glass(actor_of(there)).exists()
    assert reviewable_glass(actor_of(make_officer())).get() == glass


def test_the_auditor_sees_all_of_the_district_and_none_of_another(house: House) -> None:
    glass = house.break_()
    auditor = make_officer(Role.AUDITOR, make_district())
    abroad = make_officer(Role.AUDITOR, make_unit("310109", name="虹口区"))
    assert visible_glass(actor_of(auditor)).get() == glass
    assert not visible_glass(actor_of(abroad)).exists()
    assert find_open_glass(actor_of(auditor), case_id=house.case.uid, now=NOW) is None


# Through the pages.


def _fix_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def test_a_worker_opens_reads_and_shuts_and_the_supervisor_finds_it_on_her_list(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fix_clock(monkeypatch)
    client, office = Client(), Client()
    client.force_login(house.stranger)
    office.force_login(house.supervisor)
    form = reverse("mentoring:glass_break")
    assert (
        client.post(form, {"reference": "C999999", "reason": "danger", "words": "孩子在街上迷路了"}).status_code == 404
    )
    said = {"reference": house.case.reference, "reason": "danger", "words": "孩子在街上迷路了"}
    page = client.post(form, said, follow=True)
    text = page.content.decode()
    assert "陈小雨" in text
    for hidden in (house.case.person.phone[-8:], reverse("mentoring:child_edit", args=[house.case.uid]), "child_show"):
        assert hidden not in text
    assert "陈小雨" in client.get(reverse("mentoring:child_looks", args=[house.case.uid])).content.decode()
    assert house.case.reference in office.get(reverse("home")).content.decode()
    file = office.get(reverse("mentoring:child", args=[house.case.uid])).content.decode()
    assert "周社工" in file  # among those who have looked
    glass = BrokenGlass.objects.get()
    listed = office.get(reverse("mentoring:glasses")).content.decode()
    assert "孩子在街上迷路了" in listed
    office.post(reverse("mentoring:glass_review", args=[glass.uid]), {"verdict": "wrong"})
    assert client.get(reverse("mentoring:child", args=[house.case.uid])).status_code == 404
    assert BrokenGlass.objects.get().is_justified is False


def test_the_auditors_list_has_numbers_and_reasons_and_no_words_and_no_way_in(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fix_clock(monkeypatch)
    house.break_()
    client = Client()
    client.force_login(make_officer(Role.AUDITOR, make_district()))
    text = client.get(reverse("mentoring:glasses")).content.decode()
    assert house.case.reference in text
    assert "周社工" in text
    for hidden in ("迷路", "陈小雨", str(house.case.uid)):
        assert hidden not in text


def test_glass_opens_two_pages_and_changes_no_other_answer_of_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every address of the matrix, asked by the worker next door without glass, with it, and after its end."""
    _fix_clock(monkeypatch)
    world = build_world()
    rows = [row for row in ROWS if "worker_next_door" in (*row.enters.split(), *row.absent.split())]
    assert "worker_next_door" in CASEWORK_NEAR_MISSES
    user = world.users["worker_next_door"]
    before = answers(world, user, rows)
    actor: Actor = actor_of(user)
    glass = break_glass(
        actor=actor, programme="mentoring", reference=world.case.reference, reason=GlassReason.DANGER,
        words="孩子在街上迷路了", on=TODAY, now=NOW,
    )  # fmt: skip
    through = answers(world, user, rows)
    changed = {key: (before[key][0], through[key][0]) for key in before if before[key][0] != through[key][0]}
    assert changed == {
        ("GET", "mentoring:child", ""): (404, 200),
        ("GET", "mentoring:child_looks", ""): (404, 200),
    }
    named = {key for key in through if through[key][1] and not before[key][1]}
    assert named == {("GET", "mentoring:child", ""), ("GET", "mentoring:child_looks", "")}
    end_glass(actor=actor, glass_id=glass.uid, on=TODAY, now=NOW)
    pages = [row for row in rows if row.name in ("mentoring:child", "mentoring:child_looks")]
    assert {code for code, _named in answers(world, user, pages).values()} == {404}


def answers(world: World, user: User, rows: list[Any]) -> dict[tuple[str, str, str], tuple[int, bool]]:
    """What each address answers, and whether it says the child's name; nothing of it is kept."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    session = client.session
    mark_used(session)
    session.save()
    found = {}
    with asked_quickly():
        for row in rows:
            with taken_back():
                send = client.post if row.method == "POST" else client.get
                response = send(reverse(row.name, kwargs=row.keys(world)), row.data(world))
                text = b"".join(response).decode(errors="ignore")
                found[row.method, row.name, row.note] = (response.status_code, world.case.person.name in text)
    return found
