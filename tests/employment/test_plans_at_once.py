"""Two offices take the same plan over in the same moment: each event becomes one gathering."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from sunward.accounts.access import Actor
from sunward.gatherings.models import Gathering
from sunward.registers.models import ImportBatch
from tests.employment.plans import employment_officer, fair, fairs, read, take_over

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def test_one_plan_taken_over_by_district_and_subdistrict_at_once_becomes_one_gathering_for_each_row():
    rows = [fair(number, 主办单位="控江路街道") for number in range(1, 31)]
    actors = employment_officer(), employment_officer("310110012")
    batches = [read(actor, fairs(*rows, fair(90 + place))) for place, actor in enumerate(actors)]
    barrier, errors = Barrier(2), list[Exception]()

    def run(actor: Actor, batch: ImportBatch) -> None:
        barrier.wait()
        try:
            take_over(actor, batch)
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in zip(actors, batches, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    titles = sorted(Gathering.objects.values_list("title", flat=True))
    assert titles == sorted({*titles})
    assert len(titles) == 31  # the sub-district may not take over what the district's office hosts
    assert sum(batch.rows.filter(state="committed").count() for batch in batches) == 31
