"""Two press publish at the same moment: it is published once, and no two bulletins are decided apart."""

import pytest

from sunward.figures.models import PublishedBulletin, PublishedFigure
from tests.figures.bulletin_builders import SERVICES, make_bulletin, make_streets, officer, publish, served
from tests.pressing import at_once, refusals

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def test_two_who_publish_at_once_publish_once():
    bulletin = make_bulletin(officer(), "正文。")
    seconds = [officer(), officer()]
    assert not refusals(at_once(*[lambda actor=actor: publish(actor, bulletin) for actor in seconds]))
    assert PublishedBulletin.objects.count() == 1


def test_of_two_bulletins_published_at_once_one_is_decided_after_the_other():
    """The year to September and the year to October: together they would tell October, which is small."""
    street = make_streets()["310110012"]
    served(street, 40, on="2026-09-10", first=1)
    served(street, 2, on="2026-10-10", first=100)
    writer, second = officer(), officer()
    both = [
        make_bulletin(writer, f"共[[{SERVICES}|2026-01~2026-{month}]]人次。", issue=issue)
        for issue, month in ((9, "09"), (10, "10"))
    ]
    assert not refusals(at_once(*[lambda one=one: publish(second, one) for one in both]))
    assert PublishedFigure.objects.filter(is_told=True).count() == 1
