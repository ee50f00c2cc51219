"""Two who write down one person's wishes at once: the second sees what the first has written before going on."""

from datetime import timedelta

import pytest

from sunward.core.refusals import Conflict
from sunward.outreach.actions import set_preference
from sunward.outreach.models import Preference
from sunward.people.actions import merge_persons
from sunward.people.models import PossibleDuplicate
from tests import factories as make
from tests.factories import NOW
from tests.outreach.test_personal_pages import carer, text, today, url, worker

pytestmark = pytest.mark.django_db
__all__ = ["carer", "today", "worker"]


def version_on(client, person):
    return client.get(url("person", person.uid)).context["version"]


def test_the_last_to_save_never_silently_wins(client, worker, carer):
    seen = version_on(client, carer)
    set_preference(actor=worker, person_id=carer.uid, now=NOW, opted_out_of=["visit"], version=seen)
    answer = client.post(url("wishes", carer.uid), {"version": seen, "ceiling_per_week": "2"})
    assert answer.status_code == 409
    assert "刚刚有人改过" in text(answer)
    assert "不收：走访与随访" in text(answer)
    assert 'value="2"' in text(answer)
    stored = Preference.objects.get()
    assert (stored.opted_out_of, stored.ceiling_per_week) == (["visit"], None)
    # Seen now: whoever still wishes so saves once more.
    again = {"version": answer.context["version"], "ceiling_per_week": "2", "opted_out_of": ["visit"]}
    assert client.post(url("wishes", carer.uid), again).status_code == 302
    stored.refresh_from_db()
    assert (stored.opted_out_of, stored.ceiling_per_week) == (["visit"], 2)


def test_a_slip_in_a_field_does_not_hide_that_somebody_else_was_faster(client, worker, carer):
    seen = version_on(client, carer)
    set_preference(actor=worker, person_id=carer.uid, now=NOW, opted_out_of=["visit"])
    slip = client.post(url("wishes", carer.uid), {"version": seen, "ceiling_per_week": "-1"})
    assert (slip.status_code, slip.context["version"]) == (422, seen)


@pytest.mark.parametrize("sent", [{}, {"version": "x"}, {"version": "7"}])
def test_a_form_that_saw_nothing_of_the_kind_changes_nothing(client, worker, carer, sent):
    assert client.post(url("wishes", carer.uid), sent | {"ceiling_per_week": "2"}).status_code == 409
    assert not Preference.objects.exists()


def test_wishes_that_a_merge_has_brought_along_are_a_newer_version(worker, carer):
    other = make.make_known(make.make_person(unit=carer.unit))
    for number, person in enumerate((carer, other)):
        set_preference(actor=worker, person_id=person.uid, now=NOW + timedelta(days=number), ceiling_per_week=number)
    pair = PossibleDuplicate.objects.create(first=carer, second=other, points=200, unit_path=carer.unit_path)
    merge_persons(actor=make.actor_of(make.make_officer()), duplicate_id=pair.pk, now=NOW)
    stayed = Preference.objects.first().person
    with pytest.raises(Conflict):
        set_preference(actor=worker, person_id=stayed.uid, now=NOW, version=1)
    assert set_preference(actor=worker, person_id=stayed.uid, now=NOW, version=2).version == 3
