"""Two offices take the same plan over in the same moment: each event becomes one gathering."""

from functools import partial

import pytest

from sunward.gatherings.models import Gathering
from tests.employment.plans import employment_officer, fair, fairs, read, take_over
from tests.pressing import at_once, refusals

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def test_one_plan_taken_over_by_district_and_subdistrict_at_once_becomes_one_gathering_for_each_row():
    rows = [fair(number, 主办单位="控江路街道") for number in range(1, 31)]
    actors = employment_officer(), employment_officer("310110012")
    batches = [read(actor, fairs(*rows, fair(90 + place))) for place, actor in enumerate(actors)]
    acts = [partial(take_over, actor, batch) for actor, batch in zip(actors, batches, strict=True)]
    assert not refusals(at_once(*acts))
    titles = sorted(Gathering.objects.values_list("title", flat=True))
    assert titles == sorted({*titles})
    assert len(titles) == 31  # the sub-district may not take over what the district's office hosts
    assert sum(batch.rows.filter(state="committed").count() for batch in batches) == 31
