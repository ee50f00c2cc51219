"""The drawn district: every committee has its place, always the same, inside its own sub-district."""

from sunward.accounts.areas import committees, subdistricts
from sunward.accounts.outlines import district_sheet
from sunward.matching.geometry import committee_places, contains, spread


def test_every_sub_district_is_drawn_under_its_own_name():
    shapes = district_sheet().shapes
    assert {area.code: area.name for area in subdistricts()} == {shape.code: shape.name for shape in shapes.values()}


def test_every_committee_stands_inside_its_sub_district_apart_from_the_others():
    for area in subdistricts():
        shape = district_sheet().shapes[area.code]
        codes = tuple(sorted(committee.code for committee in committees(area.code)))
        places = committee_places(area.code, codes)
        assert set(places) == set(codes)
        assert all(contains(shape.ring, place) for place in places.values())
        assert len(set(places.values())) == len(places)


def test_a_place_does_not_move_between_two_drawings():
    shape = next(iter(district_sheet().shapes.values()))
    assert spread(shape, 12) == spread(shape, 12)


def test_no_area_reaches_over_the_edge_of_the_sheet():
    sheet = district_sheet()
    for shape in sheet.shapes.values():
        assert all(0 < x < sheet.width and 0 < y < sheet.height for x, y in shape.ring)
