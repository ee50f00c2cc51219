"""The search box finds a material where it is read: at and below its unit, once published, until it is withdrawn."""

import pytest

from sunward.accounts.enums import Role
from sunward.core.search.entries import SearchEntry
from sunward.core.search.index import rebuild
from sunward.mentoring.actions.library import change_material, put_back_material, withdraw_material
from sunward.mentoring.finding import MATERIAL_KIND
from sunward.web.search.queries import everything_findable, search_files
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.mentoring.experts.library_builders import published, said, write
from tests.mentoring.experts.test_library import far_committee, other_district, staff

pytestmark = pytest.mark.django_db


def found(actor, words):
    return [row.title for group in search_files(actor, words, on=TODAY) for row in group.rows]


def test_the_districts_material_is_found_by_title_and_beginning_from_every_committee_and_in_no_other_district():
    published(staff(), title="孩子发脾气怎么办", words="先陪着他，等他安静。")
    readers = (staff(), staff(Role.SUPERVISOR, make.make_subdistrict()), staff(Role.WORKER, make.make_committee()))
    assert [found(one, "发脾气") for one in readers] == [["孩子发脾气怎么办"]] * 3
    assert found(readers[2], "安静") == ["孩子发脾气怎么办"]
    assert found(staff(Role.DISTRICT_OFFICER, other_district()), "发脾气") == []


def test_a_subdistricts_material_is_found_there_and_by_the_officer_above_and_not_next_door():
    published(staff(Role.SUPERVISOR, make.make_subdistrict()), title="暑托班怎么报名")
    assert found(staff(Role.WORKER, make.make_committee()), "暑托班") == ["暑托班怎么报名"]
    assert found(staff(), "暑托班") == ["暑托班怎么报名"]
    far = far_committee()
    assert found(staff(Role.WORKER, far), "暑托班") == []
    assert found(staff(Role.SUPERVISOR, far.parent), "暑托班") == []


def test_what_is_not_published_or_withdrawn_is_in_the_box_for_nobody():
    officer = staff()
    write(officer, title="没写完的")
    material = published(officer, title="写完了的")
    assert found(officer, "没写完") == []
    withdraw_material(actor=officer, material_id=material.uid, now=NOW)
    assert found(officer, "写完了") == []
    put_back_material(actor=officer, material_id=material.uid, now=NOW)
    assert found(officer, "写完了") == ["写完了的"]


def test_a_new_title_is_found_and_the_old_one_no_more():
    officer = staff()
    material = published(officer, title="旧题目一则")
    change_material(
        actor=officer, material_id=material.uid, version=material.version, said=said(title="新题目一则"), now=NOW
    )
    assert found(officer, "旧题目") == []
    assert found(officer, "新题目") == ["新题目一则"]


def test_the_index_built_anew_holds_the_same_materials():
    officer = staff()
    write(officer, title="没写完的")
    published(officer, title="写完了的", words="很长。" * 400)
    held = SearchEntry.objects.filter(kind=MATERIAL_KIND).values("object_id", "unit_path", "text", "grams")
    before = list(held)
    assert len(before) == 1
    rebuild(everything_findable())
    assert list(held) == before
