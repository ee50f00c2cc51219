"""What reminds somebody of a dead end or of what another line taught, and what does not."""

from sunward.blueprint.likeness import find_like, likeness, pairs_of
from sunward.blueprint.universities import name_institution, shorten_institution, universities

WATER = "石墨烯海水淡化膜：低压条件下的高通量脱盐"
OTHERS = {
    1: "基于石墨烯的海水淡化膜组件",
    2: "面向康复训练的外骨骼机器人",
    3: "一种高性能系统平台的关键技术研究及其应用",
    4: "水产养殖水质在线监测浮标",
}


def test_the_same_matter_in_other_words_is_found_and_another_matter_is_not():
    assert find_like(WATER, OTHERS) == [1]
    assert find_like("外骨骼康复机器人的步态训练", OTHERS) == [2]
    assert find_like("基于关键技术的系统平台研究", OTHERS) == []


def test_likeness_goes_both_ways_and_a_text_is_wholly_like_itself():
    for one in OTHERS.values():
        for other in OTHERS.values():
            assert likeness(pairs_of(one), pairs_of(other)) == likeness(pairs_of(other), pairs_of(one))
    assert likeness(pairs_of(WATER), pairs_of(WATER)) == 1
    assert find_like("", OTHERS) == find_like("膜", OTHERS) == []


def test_lines_of_work_are_alike_by_what_they_are_about_and_not_by_their_numbers_or_their_verbs():
    def weigh(one: str, other: str) -> float:
        return likeness(pairs_of(one), pairs_of(other))

    assert weigh("建成12个社区就业服务站点", "建成３０个社区就业服务站点") == 1
    assert weigh("建成社区就业服务站点", "建设就业服务站点") > 0.5
    assert weigh("建成社区就业服务站点", "加强食品安全检查") == 0
    assert weigh("推进养老服务工作，加强平台建设", "推进食品安全工作，加强平台建设") < 0.2
    assert weigh("推广CO2捕集与3D打印 2026", "3d打印与co2捕集") > 0.7
    assert weigh("", "建成") == 0


def test_at_most_three_are_offered_the_likest_first():
    many = {key: WATER + "补充说明" * key for key in range(1, 6)}
    assert find_like(WATER, many) == [1, 2, 3]


def test_every_university_of_the_district_has_a_key_of_its_own():
    known = universities()
    assert len(known) == 11
    assert (name_institution("10247", ""), shorten_institution("10247", "")) == ("同济大学", "同济")
    assert "上开大" in known
    assert name_institution("", "中科院某所") == shorten_institution("", "中科院某所") == "中科院某所"
