"""What is published stays; what is small is not told; an erratum says what changed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from sunward.accounts.enums import Role
from sunward.accounts.unit_merging import merge_units
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.figures.actions.bulletins import begin_erratum, change_bulletin, publish_bulletin
from sunward.figures.bulletins.document import content_of, digest_of, read_document
from sunward.figures.bulletins.word import write_word
from sunward.figures.forms import BulletinForm
from sunward.figures.models import Bulletin, PublishedBulletin, PublishedFigure
from sunward.figures.queries.bulletin_making import Unreadable, make, make_again
from sunward.ledger.actions import correct_fact
from sunward.people.screening.clearing import StillNames
from tests.factories import NOW, TODAY, make_district, make_subdistrict
from tests.figures.bulletin_builders import (
    FAIRS,
    OPEN,
    PLACED,
    SERVICES,
    UNTIL,
    YOUTHS,
    held_fairs,
    make_bulletin,
    make_published,
    make_streets,
    officer,
    placed,
    publish,
    served,
    text,
    words_of,
)

pytestmark = pytest.mark.django_db
BODY = f"# 服务情况\n十月共服务[[{SERVICES}]]人次。\n[[{SERVICES}|by unit]]\n[[{SERVICES}|year|by month]]"


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


def district_served():
    streets = list(make_streets().values())
    facts = [served(street, number, first=100 * number) for street, number in zip(streets, (20, 31, 42), strict=True)]
    return streets, facts


def test_a_draft_shows_what_is_known_now():
    streets, _facts = district_served()
    bulletin = make_bulletin(officer(), BODY)
    served(streets[0], 2, now=NOW, first=900)
    made = make(bulletin, known_until=NOW, published_on=None)
    assert "一、服务情况" in words_of(made.document)
    assert "十月共服务\n95\n人次。" in words_of(made.document)


def test_made_again_from_its_pins_a_bulletin_is_the_same_to_the_sign():
    streets, facts = district_served()
    published = make_published(BODY)
    first = read_document(published.document)
    words, file = content_of(first), write_word(first, at=published.known_until)
    later = NOW + timedelta(days=3)
    served(streets[1], 5, now=later, first=900)
    correct_fact(old=facts[2][0], new=None, now=later)
    merge_units(old_code=streets[0].code, new_code=streets[1].code, reason="沪府〔2026〕1号", on=TODAY, now=later)
    again = make_again(PublishedBulletin.objects.get())
    assert content_of(again) == words
    assert digest_of(again) == published.digest
    assert write_word(again, at=published.known_until) == file
    assert "97" in words_of(make(published.bulletin, known_until=later, published_on=TODAY).document)


def test_what_was_published_before_headings_had_two_ranks_is_made_again_as_it_was():
    published = make_published("# 乐业空间\n正文。\n## 招聘会\n正文。")
    assert "（一）招聘会" in words_of(make_again(published))
    assert digest_of(make_again(published)) == published.digest
    assert published.pins.pop("ranks") == 2
    told = words_of(make_again(published))
    assert ("二、招聘会" in told, "（一）" in told) == (True, False)


def test_what_is_published_the_database_refuses_to_change():
    district_served()
    published = make_published(BODY)
    for change in (
        lambda: PublishedBulletin.objects.filter(pk=published.pk).update(digest="x"),
        lambda: PublishedFigure.objects.update(value=1),
        lambda: PublishedFigure.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_published_bulletin_is_written_no_more():
    published = make_published("正文。")
    bulletin = Bulletin.objects.get()
    with pytest.raises(Conflict):
        change_bulletin(
            actor=officer(), bulletin_id=bulletin.uid, version=bulletin.version, written=text("别的。"), now=NOW
        )
    assert Bulletin.objects.get().body == "正文。"
    assert published.bulletin_id == bulletin.pk


def test_whoever_wrote_any_of_it_does_not_publish_it():
    writer, second = officer(), officer()
    bulletin = make_bulletin(writer, "正文。")
    with pytest.raises(NotAllowed):
        publish(writer, bulletin)
    change_bulletin(actor=second, bulletin_id=bulletin.uid, version=1, written=text("正文，改过。"), now=NOW)
    with pytest.raises(NotAllowed):
        publish(second, Bulletin.objects.get())
    assert not PublishedBulletin.objects.exists()


def test_pressed_twice_it_is_published_once_and_an_older_version_is_not():
    bulletin = make_bulletin(officer(), "正文。")
    second = officer()
    assert publish(second, bulletin).pk == publish(officer(), bulletin).pk
    other = make_bulletin(officer(), "正文。")
    change_bulletin(actor=officer(), bulletin_id=other.uid, version=1, written=text("另一句。"), now=NOW)
    with pytest.raises(Conflict):
        publish_bulletin(actor=second, bulletin_id=other.uid, version=1, on=TODAY, now=NOW)


def test_a_bulletin_whose_last_day_has_not_come_is_not_published():
    bulletin = make_bulletin(officer(), "正文。", until_on=TODAY + timedelta(days=1))
    with pytest.raises(Refusal, match="bulletin_early"):
        publish(officer(), bulletin)


def test_a_small_number_is_not_told_nor_what_it_could_be_reckoned_from():
    streets = list(make_streets().values())
    for street, number in zip(streets, (3, 31, 42), strict=True):
        served(street, number, first=100 * number)
    published = make_published(f"其中[[{SERVICES}|{streets[0].code}]]人次。\n[[{SERVICES}|by unit]]")
    told = words_of(read_document(published.document))
    assert "其中\n（此数不公布）\n人次。" in told
    assert "\n3\n" not in told
    rows = {row.unit_code: row for row in PublishedFigure.objects.all()}
    hidden = {code for code, row in rows.items() if not row.is_told}
    assert streets[0].code in hidden
    assert len(hidden) >= 2, "one hidden number beside its total is no secret"
    assert {rows[code].reason for code in hidden} >= {"small", "secondary"}
    assert rows[streets[0].code].value == 3


def test_what_an_earlier_bulletin_told_is_not_completed_by_a_later_one():
    """The year to September and the year to October: their difference is October, and small."""
    street = make_streets()["310110012"]
    served(street, 40, on=UNTIL - timedelta(days=40), first=1)
    served(street, 2, on=UNTIL, first=100)
    make_published(f"一至九月[[{SERVICES}|2026-01~2026-09]]人次。")
    published = make_published(f"一至十月[[{SERVICES}|2026-01~2026-10]]人次。", issue=11)
    (row,) = published.figures.all()
    assert (row.is_told, row.reason, row.reason_day) == (False, "earlier", TODAY)
    assert "42" not in words_of(read_document(published.document))


def test_numbers_about_hardship_are_rounded_and_zero_is_not_told_apart():
    make_streets()
    published = make_published(f"在册[[{OPEN}]]人，举办招聘会[[{FAIRS}]]场。")
    told = words_of(read_document(published.document))
    assert "在册\n（此数不公布）\n人，举办招聘会\n0\n场。" in told


def test_outcomes_of_adults_are_told_as_they_are_and_zero_too():
    north = make_streets()["310110012"]
    placed(north, 12)
    told = words_of(read_document(make_published(f"全区[[{PLACED}]]人，其中青年[[{YOUTHS}]]人。").document))
    assert "全区\n12\n人，其中青年\n0\n人。" in told
    assert "整倍数" not in told


def test_what_was_published_rounded_is_made_again_rounded():
    placed(make_streets()["310110012"], 12)
    published = make_published(f"帮助[[{PLACED}]]人就业。")
    published.pins["definitions"][PLACED]["version"] = 1
    told = words_of(make_again(published))
    assert "帮助\n10\n人就业。" in told
    assert "取5的整倍数" in told


def test_what_is_about_no_person_is_told_however_small():
    held_fairs(make_streets()["310110012"], 2)
    published = make_published(f"举办招聘会[[{FAIRS}]]场。")
    assert "举办招聘会\n2\n场。" in words_of(read_document(published.document))


def test_a_month_that_is_not_over_is_marked_as_provisional():
    held_fairs(make_district(), 2, on=TODAY, now=NOW)
    published = make_published(f"举办招聘会[[{FAIRS}]]场。", until_on=TODAY)
    told = words_of(read_document(published.document))
    assert "2*" in told
    assert "暂定" in told


@pytest.mark.parametrize(
    ("reference", "why"),
    [
        ("employment.nothing", "employment.nothing"),
        ("mentoring.files_open", "另一个项目"),
        (f"{SERVICES}|310109", "310109"),
        (f"{SERVICES}|2027-01", "2026-10-31"),
        ("employment.days_to_hired|by unit", "发布单位"),
    ],
)
def test_a_wrong_reference_is_refused_with_its_place_and_nothing_is_kept(reference, why):
    make_streets()
    with pytest.raises(Unreadable) as refused:
        make_bulletin(officer(), f"第一段。\n[[{reference}]]")
    (problem,) = refused.value.problems
    assert problem.line == 2
    assert why in str(problem)
    assert not Bulletin.objects.exists()


def test_a_street_does_not_tell_of_the_district():
    street = make_streets()["310110012"]
    with pytest.raises(Unreadable):
        make_bulletin(officer(unit=street), f"[[{SERVICES}|310110]]", unit=street)


def test_the_example_that_the_form_gives_of_a_name_is_no_persons_name():
    with translation.override("en"):
        help_text = str(BulletinForm.base_fields["name"].help_text)
    example = help_text.partition("example: ")[2]
    assert make_bulletin(officer(), "本月工作。", name=example).name == example == "Leye Space bulletin"


def test_a_bulletin_names_nobody():
    with pytest.raises(StillNames):
        make_bulletin(officer(), "居民张小红找到了工作。")
    with pytest.raises(StillNames):
        make_bulletin(officer(), "电话13912345678。")
    for field in ("name", "report_to", "send_to"):
        with pytest.raises(Refusal, match="goes_to_offices"):
            make_bulletin(officer(), "本月工作。", **{field: "张小红 13912345678"})


@pytest.mark.parametrize(
    ("role", "unit"), [(Role.SUPERVISOR, None), (Role.LEADER, None), (Role.EMPLOYMENT_OFFICER, "310110012")]
)
def test_who_keeps_no_files_of_the_programme_there_neither_writes_nor_publishes(role, unit):
    outsider = officer(role, make_subdistrict(unit) if unit else None)
    with pytest.raises(NotThere):
        make_bulletin(outsider, "正文。")
    with pytest.raises(NotThere):
        publish(outsider, make_bulletin(officer(), "正文。"))


def test_an_erratum_names_the_old_and_the_new_number_and_the_old_document_stays():
    _streets, facts = district_served()
    published = make_published(f"十月共服务[[{SERVICES}]]人次，举办招聘会[[{FAIRS}]]场。")
    before = content_of(read_document(published.document))
    later = NOW + timedelta(days=3)
    for fact in facts[2][:9]:
        correct_fact(old=fact, new=None, now=later)
    erratum = begin_erratum(
        actor=officer(), bulletin_id=published.bulletin.uid, key=uuid4(), reason="一个街道重复登记。", now=later
    )
    made = publish(officer(), erratum, on=TODAY + timedelta(days=3), now=later)
    told = words_of(read_document(made.document))
    assert "93\n84" in told
    assert "一个街道重复登记。" in told
    assert "招聘会" not in told, "what has not changed is not corrected"
    assert content_of(read_document(PublishedBulletin.objects.get(pk=published.pk).document)) == before
    assert content_of(make_again(made)) == content_of(read_document(made.document))
    second = begin_erratum(
        actor=officer(), bulletin_id=published.bulletin.uid, key=uuid4(), reason="再次更正。", now=later
    )
    assert not make(second, known_until=later, published_on=None).places, "the first erratum has said it"


def test_an_erratum_says_why_and_corrects_only_what_was_published():
    draft = make_bulletin(officer(), "正文。")
    with pytest.raises(Refusal, match="erratum_of_nothing"):
        begin_erratum(actor=officer(), bulletin_id=draft.uid, key=uuid4(), reason="错。", now=NOW)
    published = publish(officer(), draft)
    with pytest.raises(Refusal, match="erratum_reason"):
        begin_erratum(actor=officer(), bulletin_id=published.bulletin.uid, key=uuid4(), reason=" ", now=NOW)
