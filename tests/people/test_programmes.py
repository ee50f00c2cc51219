"""Whose row a person is: said of new rows as they are made, and once of those that were there before."""

from importlib import import_module

import pytest
from django.apps import apps

from sunward.people.models import Person
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_rows_from_before_are_neighbour_moms_but_for_whoever_only_looks_for_work():
    child, seeker, stranger = make.make_child(), make.make_jobseeker(), make.make_person()
    mother = make.make_jobseeker(person=make.make_known(make.make_person())).person
    grown = make.make_jobseeker(person=make.make_child().person).person
    Person.objects.update(programme="")
    import_module("sunward.people.migrations.0010_know_a_person_in_each_programme").say_whose(apps, None)
    assert Person.objects.get(pk=seeker.person_id).programme == "employment"
    of_children = Person.objects.filter(programme="mentoring")
    assert set(of_children) == set(Person.objects.exclude(pk=seeker.person_id))
    assert {child.person, stranger, mother, grown} <= set(of_children)
