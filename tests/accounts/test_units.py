"""The district's tree as it is loaded from the statistical codes."""

from collections import Counter

import pytest

from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.accounts.units import load_district, shorten

pytestmark = pytest.mark.django_db


def test_the_district_has_twelve_sub_districts_and_three_hundred_and_one_committees():
    load_district()
    kinds = Counter(Unit.objects.values_list("kind", flat=True))
    assert (kinds[UnitKind.DISTRICT], kinds[UnitKind.SUBDISTRICT], kinds[UnitKind.COMMITTEE]) == (1, 12, 301)


def test_every_unit_stands_below_its_parent():
    load_district()
    for unit in Unit.objects.exclude(parent=None).select_related("parent"):
        assert unit.path == f"{unit.parent.path}{unit.code}/"


def test_loading_again_changes_nothing():
    load_district()
    before = list(Unit.objects.order_by("pk").values_list())
    load_district()
    assert list(Unit.objects.order_by("pk").values_list()) == before


def test_a_unit_is_not_within_another_whose_code_merely_begins_alike():
    district = load_district()
    street = Unit.objects.get(code="310110001")
    other = Unit.objects.create(
        code="3101100010", name="x", short_name="x", kind="service_point", path="/310110/3101100010/"
    )
    assert street in Unit.objects.within((district.path,))
    assert other not in Unit.objects.within((street.path,))
    assert not Unit.objects.within(()).exists()


@pytest.mark.parametrize(("name", "everyday"), [("控江路街道", "控江路"), ("复旦居委会", "复旦"), ("杨浦区", "杨浦")])
def test_the_everyday_name_leaves_the_ending_off(name, everyday):
    assert shorten(name) == everyday
