"""What the system administrator does: accounts, posts, deputies; and what nobody does to himself."""

from datetime import timedelta

import pytest

from sunward.accounts import actions
from sunward.accounts.enums import LockReason, Role, UnitKind
from sunward.accounts.models import Assignment, User
from sunward.audit.models import AuditEntry
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def administrator():
    return make.actor_of(make.make_officer(Role.ADMINISTRATOR))


def _give(actor, user, role=Role.WORKER, unit=None, **days):
    unit = unit or make.make_committee()
    return actions.give_post(
        actor=actor,
        username=user.username,
        role=role,
        unit_id=unit.pk,
        now=make.NOW,
        **({"from_on": make.TODAY} | days),
    )


def test_an_account_begins_with_a_password_shown_once_and_no_post(administrator):
    user, password = actions.add_user(actor=administrator, username="wangfang", name="王芳", now=make.NOW)

    user = User.objects.get(pk=user.pk)
    assert user.check_password(password)
    assert user.has_one_time_password
    assert not make.actor_of(user).posts
    entry = AuditEntry.objects.get(code="accounts.user_added")
    assert password not in str(entry.detail)
    assert (entry.subject_kind, entry.subject_id) == ("user", user.pk)


def test_one_time_passwords_are_long_unlike_and_easy_to_read_out():
    made = {actions.new_one_time_password() for _ in range(200)}

    assert len(made) == 200
    for password in made:
        assert len(password.replace("-", "")) == 16
        assert not set(password) & set("l1o0i")


@pytest.mark.parametrize("username", ["", "王 芳", "a/b", "a\nb"])
def test_a_user_name_that_cannot_be_typed_or_linked_is_refused(administrator, username):
    with pytest.raises(Refusal, match="username_unusable"):
        actions.add_user(actor=administrator, username=username, name="王芳", now=make.NOW)


def test_two_users_do_not_differ_by_capitals_only(administrator):
    make.make_user("WangFang")

    with pytest.raises(Conflict, match="username_taken"):
        actions.add_user(actor=administrator, username="wangfang", name="王芳", now=make.NOW)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_does_any_of_this(role):
    unit = make.make_district()
    actor, user = make.actor_of(make.make_officer(role, unit)), make.make_user()
    post = make.give_post(user, Role.WORKER, make.make_committee())
    given = {"actor": actor, "now": make.NOW}

    for act in (
        lambda: actions.add_user(**given, username="neu", name="新"),
        lambda: actions.give_new_password(**given, username=user.username),
        lambda: actions.lock_out(**given, username=user.username, reason=LockReason.LEFT),
        lambda: actions.let_in(**given, username=user.username),
        lambda: _give(actor, user),
        lambda: actions.end_post(**given, assignment_id=post.pk, until_on=make.TODAY, on=make.TODAY),
        lambda: actions.appoint_deputy(
            **given, assignment_id=post.pk, deputy=make.make_user().username, from_on=make.TODAY,
            until_on=make.TODAY + DAY, reason="病假", on=make.TODAY,
        ),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match="administrators_only"):
            act()


def test_an_administrator_does_nothing_to_the_own_account(administrator):
    own = User.objects.get(pk=administrator.user_id)
    post = own.assignments.get()
    given = {"actor": administrator, "now": make.NOW}

    for act in (
        lambda: actions.give_new_password(**given, username=own.username),
        lambda: actions.lock_out(**given, username=own.username, reason=LockReason.LEFT),
        lambda: _give(administrator, own, Role.DISTRICT_OFFICER, make.make_district()),
        lambda: actions.end_post(**given, assignment_id=post.pk, until_on=make.TODAY, on=make.TODAY),
        lambda: actions.appoint_deputy(
            **given, assignment_id=make.give_post(make.make_user(), Role.WORKER, make.make_committee()).pk,
            deputy=own.username, from_on=make.TODAY, until_on=make.TODAY + DAY, reason="病假", on=make.TODAY,
        ),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match="not_oneself"):
            act()


@pytest.mark.parametrize(
    ("first", "second", "is_refused"),
    [
        (Role.WORKER, Role.ADMINISTRATOR, True),
        (Role.ADMINISTRATOR, Role.AUDITOR, True),
        (Role.AUDITOR, Role.DISTRICT_OFFICER, True),
        (Role.WORKER, Role.SUPERVISOR, False),
        (Role.MENTOR, Role.WORKER, False),
    ],
)
def test_who_administers_or_audits_holds_no_other_post(administrator, first, second, is_refused):
    user = make.make_user()
    _give(administrator, user, first, _unit_for(first))
    if is_refused:
        with pytest.raises(Refusal, match="post_alone"):
            _give(administrator, user, second, _unit_for(second))
        # Once the first is over, the second may begin that very day.
        post = user.assignments.get()
        actions.end_post(
            actor=administrator, assignment_id=post.pk, until_on=make.TODAY + DAY, on=make.TODAY, now=make.NOW
        )
        _give(administrator, user, second, _unit_for(second), from_on=make.TODAY + DAY)
    else:
        _give(administrator, user, second, _unit_for(second))
    assert user.assignments.count() == 2


def _unit_for(role):
    return {
        Role.WORKER: make.make_committee, Role.SUPERVISOR: make.make_subdistrict, Role.MENTOR: make.make_committee,
    }.get(role, make.make_district)()  # fmt: skip


@pytest.mark.parametrize(
    ("role", "unit"),
    [(Role.WORKER, "district"), (Role.SUPERVISOR, "committee"), (Role.DISTRICT_OFFICER, "committee")],
)
def test_a_role_belongs_to_its_kind_of_unit(administrator, role, unit):
    units = {"district": make.make_district, "committee": make.make_committee}

    with pytest.raises(Refusal, match="unit_of_another_kind"):
        _give(administrator, make.make_user(), role, units[unit]())


def test_one_post_is_not_held_twice_in_the_same_days(administrator):
    user = make.make_user()
    _give(administrator, user, until_on=make.TODAY + 10 * DAY)

    with pytest.raises(Conflict, match="post_held"):
        _give(administrator, user, from_on=make.TODAY + 9 * DAY)
    _give(administrator, user, from_on=make.TODAY + 10 * DAY)


def test_a_post_ends_on_its_day_and_not_before(administrator):
    user = make.make_user()
    post = make.give_post(user, Role.WORKER, make.make_committee())

    actions.end_post(actor=administrator, assignment_id=post.pk, until_on=make.TODAY + DAY, on=make.TODAY, now=make.NOW)

    assert make.actor_of(user, on=make.TODAY).posts
    assert not make.actor_of(user, on=make.TODAY + DAY).posts
    with pytest.raises(NotThere):
        actions.end_post(
            actor=administrator, assignment_id=post.pk, until_on=make.TODAY + 3 * DAY, on=make.TODAY + DAY,
            now=make.NOW,
        )  # fmt: skip


def test_the_past_of_a_post_is_not_rewritten(administrator):
    post = make.give_post(make.make_user(), Role.WORKER, make.make_committee())

    with pytest.raises(Refusal, match="day_passed"):
        actions.end_post(
            actor=administrator, assignment_id=post.pk, until_on=make.TODAY - DAY, on=make.TODAY, now=make.NOW
        )


def test_a_post_that_has_not_begun_is_taken_back(administrator):
    user = make.make_user()
    post = _give(administrator, user, from_on=make.TODAY + 5 * DAY)

    actions.end_post(actor=administrator, assignment_id=post.pk, until_on=make.TODAY, on=make.TODAY, now=make.NOW)

    assert not Assignment.objects.filter(user=user).exists()
    assert AuditEntry.objects.filter(code="accounts.post_ended").exists()


def test_a_deputy_has_the_same_post_a_reason_and_an_end(administrator):
    committee = make.make_committee()
    post = make.give_post(make.make_user(), Role.WORKER, committee)
    deputy = make.make_user()
    given = {
        "actor": administrator, "assignment_id": post.pk, "deputy": deputy.username, "from_on": make.TODAY,
        "on": make.TODAY, "now": make.NOW,
    }  # fmt: skip
    for wrong, code in [
        ({"until_on": make.TODAY + 10 * DAY, "reason": " "}, "reason_missing"),
        ({"until_on": make.TODAY + 200 * DAY, "reason": "产假"}, "deputy_too_long"),
        ({"until_on": make.TODAY, "reason": "产假"}, "ends_before"),
    ]:
        with pytest.raises(Refusal, match=code):
            actions.appoint_deputy(**given, **wrong)

    made = actions.appoint_deputy(**given, until_on=make.TODAY + 10 * DAY, reason="产假")

    assert (made.role, made.unit, made.deputy_for) == (Role.WORKER, committee, post.user)
    assert make.actor_of(deputy, on=make.TODAY + 9 * DAY).casework_paths() == (committee.path,)
    assert make.actor_of(deputy, on=make.TODAY + 10 * DAY).casework_paths() == ()


def test_nobody_stands_in_for_himself(administrator):
    user = make.make_user()
    post = make.give_post(user, Role.WORKER, make.make_committee())

    with pytest.raises(Refusal, match="own_deputy"):
        actions.appoint_deputy(
            actor=administrator, assignment_id=post.pk, deputy=user.username, from_on=make.TODAY,
            until_on=make.TODAY + DAY, reason="病假", on=make.TODAY, now=make.NOW,
        )  # fmt: skip


def test_every_role_has_its_units_and_every_kind_is_known():
    from sunward.accounts.enums import UNITS_OF_ROLE

    assert set(UNITS_OF_ROLE) == set(Role)
    assert {kind for kinds in UNITS_OF_ROLE.values() for kind in kinds} <= set(UnitKind)


def test_an_administrator_of_another_district_finds_neither_the_account_nor_the_post_nor_the_unit():
    elsewhere = make.actor_of(make.make_officer(Role.ADMINISTRATOR, make.make_unit("310109", name="虹口区")))
    user, committee = make.make_user(), make.make_committee()
    post = make.give_post(user, Role.WORKER, committee)
    free, given = make.make_user(), {"actor": elsewhere, "now": make.NOW}
    deputy = {"from_on": make.TODAY, "until_on": make.TODAY + DAY, "reason": "病假", "on": make.TODAY}

    for act in (
        lambda: actions.give_new_password(**given, username=user.username),
        lambda: actions.lock_out(**given, username=user.username, reason=LockReason.LEFT),
        lambda: actions.let_in(**given, username=user.username),
        lambda: _give(elsewhere, user, Role.LEADER, make.make_unit("310109")),
        lambda: _give(elsewhere, free, unit=committee),
        lambda: actions.end_post(**given, assignment_id=post.pk, until_on=make.TODAY, on=make.TODAY),
        lambda: actions.appoint_deputy(**given, **deputy, assignment_id=post.pk, deputy=free.username),
    ):
        with pytest.raises(NotThere):
            act()


def test_whose_posts_are_in_two_districts_is_no_single_administrators(administrator):
    user = make.make_user()
    make.give_post(user, Role.WORKER, make.make_committee())
    other = make.give_post(user, Role.LEADER, make.make_unit("310109", name="虹口区"))

    with pytest.raises(NotThere):
        actions.give_new_password(actor=administrator, username=user.username, now=make.NOW)
    # Over yesterday, it keeps nobody from helping today.
    other.until_on = make.TODAY
    other.save()
    assert actions.give_new_password(actor=administrator, username=user.username, now=make.NOW)


def test_nobody_stands_in_here_who_holds_a_post_elsewhere(administrator):
    post = make.give_post(make.make_user(), Role.WORKER, make.make_committee())
    outsider = make.make_officer(Role.LEADER, make.make_unit("310109", name="虹口区"))

    with pytest.raises(NotThere):
        actions.appoint_deputy(
            actor=administrator, assignment_id=post.pk, deputy=outsider.username, from_on=make.TODAY,
            until_on=make.TODAY + DAY, reason="病假", on=make.TODAY, now=make.NOW,
        )  # fmt: skip
