"""The chain is checked every night, and whenever the auditor asks."""

from django.utils.translation import gettext_lazy as _

from sunward.audit.chain import verify
from sunward.core.jobs.declaration import job
from sunward.core.jobs.queue import enqueue
from sunward.core.jobs.run import Run

CHAIN_SUBJECT = "audit.chain"
INTACT, BROKEN = "audit.chain_intact", "audit.chain_broken"


@job()
def check_chain(run: Run) -> None:
    """Walk the whole chain and leave the finding on the run."""
    verdict = verify()
    if verdict.is_intact:
        run.report(done=verdict.entries, total=verdict.entries, code=INTACT, sentence=_("The chain is intact."))
        return
    first = verdict.breaks[0].number
    run.report(
        done=verdict.entries, code=BROKEN,
        sentence=_("The chain is broken at entry %(number)s. Tell whoever is responsible for the system at once.")
        % {"number": first},
    )  # fmt: skip


@job(cron="30 2 * * *")
def check_chain_nightly(run: Run) -> None:
    enqueue(check_chain.about(CHAIN_SUBJECT))
