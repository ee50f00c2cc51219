"""Keys are rotated without losing a value: new first, seal again, take the old one off."""

import base64

import pytest

from sunward.core.resealing import reseal_all
from sunward.core.sealing import SealBroken
from sunward.people.models import Person
from tests.factories import make_person

pytestmark = pytest.mark.django_db

NEW = "t2:" + base64.b64encode(b"N" * 32).decode()


def test_after_resealing_the_old_key_can_go(settings):
    person = make_person(phone="+8613800001234")
    old = settings.SUNWARD_SEALING_KEYS
    settings.SUNWARD_SEALING_KEYS = f"{NEW},{old}"
    assert sum(done.resealed for done in reseal_all()) == 2
    settings.SUNWARD_SEALING_KEYS = NEW
    assert Person.objects.get(pk=person.pk).phone == "+8613800001234"
    assert Person.objects.get(pk=person.pk).id_number == person.id_number


def test_without_resealing_the_old_key_is_needed(settings):
    person = make_person(phone="+8613800001234")
    settings.SUNWARD_SEALING_KEYS = NEW
    with pytest.raises(SealBroken):
        _ = Person.objects.get(pk=person.pk).phone


def test_a_second_run_finds_nothing_to_do(settings):
    make_person(phone="+8613800001234")
    settings.SUNWARD_SEALING_KEYS = f"{NEW},{settings.SUNWARD_SEALING_KEYS}"
    list(reseal_all())
    assert sum(done.resealed for done in reseal_all()) == 0


def test_resealing_changes_over_to_the_algorithm_that_is_set(settings):
    person = make_person(phone="+8613800001234")
    settings.SUNWARD_SEALING_ALGORITHM = "sm4-gcm"
    assert sum(done.resealed for done in reseal_all()) == 2
    assert Person.objects.get(pk=person.pk).phone == "+8613800001234"
