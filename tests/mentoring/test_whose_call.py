"""Who learns of a call for help: whoever called, and the office. Either side may call because of the other."""

import pytest
from django.test import Client
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.mentoring.actions.calling import call_for_child, call_of_family
from sunward.mentoring.models import Match
from sunward.safeguarding.enums import EmergencyKind, StepKind
from sunward.safeguarding.models import Emergency
from tests.factories import NOW, TODAY, actor_of, give_post, make_match, make_mentor, make_user
from tests.mentoring.families import Family, make_family

pytestmark = pytest.mark.django_db
VIOLENCE = "家里有暴力或危险"


@pytest.fixture
def family(monkeypatch: pytest.MonkeyPatch) -> Family:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return make_family()


@pytest.fixture
def match(family: Family) -> Match:
    user = make_user(name="周梅")
    give_post(user, Role.MENTOR, family.case.unit)
    return make_match(family.case, make_mentor("周梅", user=user))


def test_the_family_does_not_learn_that_the_neighbour_mom_has_called(
    client: Client, family: Family, match: Match
) -> None:
    user = match.mentor.user
    assert user is not None
    call_for_child(actor=actor_of(user), match_id=match.uid, kind=EmergencyKind.VIOLENCE, now=NOW)
    client.post(reverse("family", args=[family.token]), {"typed": "5678"})
    page = reverse("family_help", args=[family.token])
    before = client.get(page).content.decode()
    # Only the button on which she may say so herself.
    assert before.count(VIOLENCE) == 1
    assert 'role="status"' not in before
    client.post(page, {"kind": "carer_ill"})
    joined = client.get(page).content.decode()
    assert "照料人生病或住院" in joined
    assert VIOLENCE not in joined
    assert Emergency.objects.count() == 1


def test_a_neighbour_mom_does_not_learn_that_the_family_has_called_and_takes_back_only_her_own(
    client: Client, family: Family, match: Match
) -> None:
    call_of_family(case=family.case, guardian_id=family.guardian.pk, kind=EmergencyKind.OTHER, now=NOW)
    emergency = Emergency.objects.get()
    user = match.mentor.user
    assert user is not None
    client.force_login(user)
    call = reverse("mentoring:own_call", args=[match.uid])
    for name in ("own_call", "own_call_now"):
        assert emergency.reference not in client.get(reverse(f"mentoring:{name}", args=[match.uid])).content.decode()
    assert "home-emergency" not in client.get("/").content.decode()
    client.post(reverse("mentoring:own_call_mistaken", args=[match.uid]))
    assert not emergency.steps.filter(kind=StepKind.MISTAKEN).exists()
    client.post(call, {"kind": "missing"})
    assert emergency.reference in client.get(call).content.decode()
    assert "home-emergency" in client.get("/").content.decode()
    client.post(reverse("mentoring:own_call_mistaken", args=[match.uid]))
    assert emergency.steps.filter(kind=StepKind.MISTAKEN, by=user).exists()
