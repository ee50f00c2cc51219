"""What the night counts for figures."""

from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.core import clock
from sunward.core.jobs.declaration import job
from sunward.core.jobs.run import Run
from sunward.figures.actions.months import days_known, months_published, publish_month, weigh_month
from sunward.figures.counting.rolling import drop_others, kept_of, last_settled_fact, roll_up
from sunward.figures.declared import indicators
from sunward.figures.published.proposing import months_due


@job(cron="15 1 * * *")
def roll_up_figures(run: Run) -> None:
    """All that is declared, a step each. A night that is left out costs time by day, and no number."""
    counts = kept_of(indicators().values())
    with run.step():
        drop_others(counts)
        until = last_settled_fact()
    for done, count in enumerate(counts, start=1):
        with run.step():
            roll_up(count, until=until, now=clock.now())
        run.report(done=done, total=len(counts))


@job(cron="45 2 * * *")
def publish_months(run: Run) -> None:
    """Every closed month of every district that is not published yet, a step each. Mostly there is none."""
    on = clock.today()
    districts = Unit.objects.existing(on=on).filter(kind=UnitKind.DISTRICT).order_by("code")
    for district in districts:
        published, happened = months_published(district.path), days_known(district.path)
        for month in months_due(on=on, happened=happened) if happened else ():
            if month.first not in published:
                now = clock.now()
                weighed = weigh_month(district_id=district.pk, month=month, now=now)
                with run.step():
                    publish_month(district_id=district.pk, month=month, on=on, now=now, weighed=weighed)
