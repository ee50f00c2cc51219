"""That somebody was told of a silence: once for each, however often it is looked for."""

from django.db import models

from sunward.casework.models.cases import Case
from sunward.core.classification import classified


@classified(internal="id case since_on noticed_on risk_level")
class SilenceNotice(models.Model):
    """One silence of one file: it began with its last successful contact (or its opening) and lasts until the next.

    A risk that changes, or a record that is withdrawn, makes no new silence: `since_on` is what it was.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="silences", db_index=False)
    since_on = models.DateField()
    noticed_on = models.DateField()
    risk_level = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "since_on"], name="silence_noticed_once")]
