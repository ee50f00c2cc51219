"""The search box: within the scope, by two characters, by number, by initials; and the index built anew."""

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import Unit
from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.core.search.entries import SearchEntry
from sunward.core.search.finders import Finder, Hit
from sunward.core.search.index import Findable, index
from sunward.mentoring import search
from sunward.mentoring.models import Mentor
from sunward.web.command_line import main
from sunward.web.commands import reindex
from sunward.web.search import queries
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = make.make_officer()
    client.force_login(user)
    return user


def _reindex():
    assert reindex.run(None) == 0


def _titles(client, words):
    groups = client.get(reverse("search"), {"q": words}).context["groups"]
    return [row.title for group in groups for row in group.rows]


def test_children_and_mentors_are_found_by_every_way_people_ask(client, officer):
    child, mentor = make.make_child("张小雨"), make.make_mentor("欧阳明珠")
    Mentor.objects.update(skills=["绘画"])
    _reindex()

    for words, title in [
        ("小雨", "张小雨"), ("张小", "张小雨"), (child.reference, "张小雨"), ("zxy", "张小雨"), ("ZXY", "张小雨"),
        ("明珠", "欧阳明珠"), ("欧阳", "欧阳明珠"), (mentor.reference, "欧阳明珠"), ("oymz", "欧阳明珠"),
        ("绘画", "欧阳明珠"),
    ]:  # fmt: skip
        assert _titles(client, words) == [title], words


def test_a_hit_says_what_made_it_one(client, officer):
    child = make.make_child("张小雨")
    _reindex()

    def matched(words):
        return client.get(reverse("search"), {"q": words}).context["groups"][0].rows[0].matched

    assert matched("zxy") == ("zxy",)
    assert matched(child.reference) == (child.reference.lower(),)
    assert matched("小雨") == ()


def test_the_whole_name_stands_before_the_longer_one(client, officer):
    for name in ("王小明明", "大王小明", "王小明"):
        make.make_child(name)
    _reindex()

    assert _titles(client, "王小明") == ["王小明", "王小明明", "大王小明"]


@pytest.mark.parametrize(
    ("role", "code", "expected"),
    [
        (Role.DISTRICT_OFFICER, "310110", ["张一雨", "张二雨", "张三雨"]),
        (Role.SUPERVISOR, "310110012", ["张一雨", "张二雨"]),
        (Role.WORKER, "310110012001", ["张一雨"]),
        (Role.WORKER, "310110012002", ["张二雨"]),
        (Role.SUPERVISOR, "310110014", []),
    ],
)
def test_everybody_finds_the_own_unit_and_below_only(client, role, code, expected):
    elsewhere = make.make_subdistrict("310110013", name="长白新村街道")
    make.make_child("张一雨", unit=make.make_committee())
    make.make_child("张二雨", unit=make.make_committee("310110012002", name="第二居委会"))
    make.make_child("张三雨", unit=make.make_committee("310110013001", name="长白一居委", subdistrict=elsewhere))
    make.make_subdistrict("310110014", name="延吉新村街道")
    _reindex()
    client.force_login(make.make_officer(role, Unit.objects.get(code=code)))

    assert set(_titles(client, "雨")) == set(expected)


def test_an_entry_whose_file_has_moved_away_shows_nothing(client):
    """The second fence: even with an entry left behind in the old unit, the file itself is not the worker's."""
    own, next_door = make.make_committee(), make.make_committee("310110012002", name="第二居委会")
    case = make.make_child("张小雨", unit=next_door)
    index([Findable("mentoring.case", case.pk, own.path, "张小雨")])
    client.force_login(make.make_officer(Role.WORKER, own))

    assert _titles(client, "小雨") == []


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR, Role.MENTOR])
def test_who_does_no_casework_has_no_search(client, role):
    client.force_login(make.make_officer(role))

    assert client.get(reverse("search"), {"q": "张"}).status_code == 403
    assert reverse("search") not in client.get(reverse("home")).content.decode()


@pytest.mark.parametrize("words", ["", " ", "%", "'\"", "a" * 500, "<script>alert(1)</script>", "\0"])
def test_odd_words_are_answered_calmly(client, officer, words):
    make.make_child("张小雨")
    _reindex()

    answer = client.get(reverse("search"), {"q": words})

    assert answer.status_code == 200
    assert answer.context["groups"] == ()
    assert "<script>alert" not in answer.content.decode()


def test_a_closed_file_is_found_and_says_so(client, officer):
    Case.objects.filter(pk=make.make_child("张小雨").pk).update(state=CaseState.CLOSED, closed_on=make.TODAY)
    _reindex()

    assert client.get(reverse("search"), {"q": "小雨"}).context["groups"][0].rows[0].is_closed


def test_many_hits_lead_on_to_the_ledger_with_the_same_words(client, officer):
    for number in range(25):
        make.make_child(f"王{number}")
    _reindex()

    (group,) = client.get(reverse("search"), {"q": "王"}).context["groups"]

    assert len(group.rows) == 20
    assert len(client.get(group.more_href + "&size=50").context["page"].rows) == 25


def test_the_number_of_queries_is_fixed(client, officer):
    make.make_child("王一")
    make.make_mentor("王二")
    _reindex()
    client.get(reverse("search"))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("search"), {"q": "王"})
        counts.append(len(caught))
        for number in range(9):
            make.make_child(f"王三{number}")
        _reindex()

    assert counts[0] == counts[1] <= 7


def test_building_anew_forgets_what_is_gone_and_learns_what_was_missed():
    make.make_child("张小雨")
    index([Findable("mentoring.case", 999_999, "/310110/", "没有了")])

    _reindex()

    assert [entry.text.split()[0] for entry in SearchEntry.objects.all()] == ["张小雨"]


def test_the_command_is_there(capsys):
    with pytest.raises(SystemExit):
        main(["reindex", "--help"])
    assert "search box" in capsys.readouterr().out


def test_what_is_open_beyond_ones_own_units_is_found_and_files_there_are_not(client, monkeypatch):
    home = make.make_committee(name="国定路居委会")
    elsewhere = make.make_committee("310110013001", name="开鲁路居委会")
    client.force_login(make.make_officer(Role.WORKER, home))
    child = make.make_child("张小雨", unit=elsewhere)
    open_to_all = Finder(
        "test.note", "Notes", "mentoring:children", _show_as_titles, lambda: iter(()), _of_the_district
    )
    monkeypatch.setattr(queries, "declared_finders", lambda: (*search.FINDERS, open_to_all))
    _reindex()
    index([
        Findable("test.note", 1, elsewhere.path, "怎样和张小雨这样的孩子谈第一次"),
        Findable("test.note", 2, "/other/", "另一个区怎样谈张小雨"),
        Findable(search.FINDERS[0].kind, child.pk, elsewhere.path, "张小雨"),
    ])  # fmt: skip

    assert _titles(client, "小雨") == ["1"]


def test_of_a_long_sentence_only_what_stands_around_the_word_is_shown():
    sentence = "孩子说不想上学的时候先别急着讲道理陪她坐一会儿听她把昨天在学校发生的事情说完再问她明天想怎么办"
    entry = SearchEntry(text=f"标题 {sentence}")

    assert queries._matched(entry, ["学校"]) == ("…讲道理陪她坐一会儿听她把昨天在学校发生的事情说完再问她明天想怎么…",)
    assert queries._matched(entry, ["孩子说"]) == ("孩子说不想上学的时候先别急着讲道理陪…",)


def _show_as_titles(actor, ids, on):
    return {number: Hit(title=str(number), href="/") for number in ids}


def _of_the_district(actor):
    return Q(unit_path__startswith=f"/{actor.casework_paths()[0].split('/')[1]}/")
