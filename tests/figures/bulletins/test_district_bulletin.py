"""A district's bulletin from the built-in text: a draft of all programmes, decided as if it left the house."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from sunward.core.refusals import NotThere, Refusal
from sunward.figures.bulletins.built_in import built_in_text
from sunward.figures.bulletins.text import parse
from sunward.figures.declared import indicators
from sunward.figures.models import Bulletin, PublishedBulletin
from sunward.figures.queries.district_bulletin import (
    compose_district_bulletin,
    end_of_day,
    find_district,
    read_published_bulletin,
)
from sunward.ledger.actions import correct_fact
from sunward.ledger.models import Fact
from tests.factories import NOW, TODAY, make_district, make_subdistrict, make_unit
from tests.figures.bulletin_builders import PLACED, UNTIL, make_published, make_streets, placed, words_of

pytestmark = pytest.mark.django_db
THAT_EVENING = end_of_day(UNTIL, now=NOW)
MONTH_BEFORE = datetime(2026, 10, 20, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


def compose(*, on=UNTIL, known_until=THAT_EVENING, language="zh-hans"):
    return compose_district_bulletin(find_district(""), on=on, known_until=known_until, today=TODAY, language=language)


def figure(bulletin, code=PLACED, unit="310110", first=date(2026, 1, 1)):
    return next(
        one for one in bulletin.figures
        if (one.place.code, one.place.unit, one.place.span.first) == (code, unit, first)
    )  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_built_in_text_refers_to_figures_that_are_declared_and_to_the_same_in_both_languages(language):
    parsed = parse(built_in_text(language), until=UNTIL)
    assert not parsed.problems
    told = [(one.code, one.shape, one.span) for one in parsed.references]
    assert {code for code, _shape, _span in told} <= set(indicators())
    assert sorted(told) == sorted(
        (one.code, one.shape, one.span) for one in parse(built_in_text("en"), until=UNTIL).references
    )


def test_it_is_a_draft_of_all_programmes_and_nothing_is_written_down():
    placed(make_streets()["310110012"], 12, now=MONTH_BEFORE)
    bulletin = compose()
    assert bulletin.document.day == "草稿"
    assert {"mentoring", "employment", "blueprint"} == {one.place.code.split(".")[0] for one in bulletin.figures}
    assert "12" in words_of(bulletin.document)
    assert not Bulletin.objects.exists()
    assert not PublishedBulletin.objects.exists()


def test_every_number_comes_with_the_records_that_add_up_to_it():
    placed(make_streets()["310110012"], 12, now=MONTH_BEFORE)
    bulletin = compose()
    assert all(one.value == one.adds_up_to for one in bulletin.figures)
    assert (figure(bulletin).printed, figure(bulletin).records, figure(bulletin).version) == ("12", 12, 2)


def test_the_same_day_twice_is_the_same_to_the_sign_whatever_was_recorded_later():
    street = make_streets()["310110012"]
    placed(street, 12, now=MONTH_BEFORE)
    first = compose()
    placed(street, 30, now=NOW - timedelta(hours=3))
    correct_fact(old=Fact.objects.order_by("pk")[0], new=None, now=NOW - timedelta(hours=2))
    assert (compose().digest, compose().document) == (first.digest, first.document)
    assert figure(compose(known_until=NOW)).value == 30


def test_what_is_small_is_withheld_in_the_draft_already():
    placed(make_streets()["310110012"], 3, now=MONTH_BEFORE)
    told = figure(compose())
    assert (told.printed, told.reason) == ("不公开", "small")


def test_a_day_that_is_not_over_is_known_until_now_and_one_to_come_is_refused():
    make_district()
    assert end_of_day(TODAY, now=NOW) == NOW
    with pytest.raises(Refusal):
        compose(on=TODAY + timedelta(days=1))


def test_where_there_are_two_districts_one_has_to_be_named():
    make_district()
    make_unit("310109", name="虹口区", kind="district")
    with pytest.raises(NotThere):
        find_district("")
    assert find_district("310109").name == "虹口区"
    make_subdistrict("310110016")
    with pytest.raises(NotThere):
        find_district("310110016")


def test_a_published_one_is_printed_as_it_stands_and_looked_at_whether_it_can_be_made_again():
    street = make_streets()["310110012"]
    placed(street, 12)
    published = make_published(f"帮助[[{PLACED}|年初以来]]人就业。")
    placed(street, 30, now=NOW + timedelta(days=1))
    told = read_published_bulletin(published.bulletin.uid)
    assert (figure(told).printed, figure(told).records, told.is_same) == ("12", 12, True)
    assert [one.uid for one in compose().others] == [published.bulletin.uid]
    with pytest.raises(NotThere):
        read_published_bulletin(uuid4())
