"""The record of acts and of looks: append-only and chained, so that a change or a gap shows."""

from django.db import models

from sunward.audit.enums import AuditKind
from sunward.core.classification import classified
from sunward.core.models import AppendOnly


@classified(
    internal="id number at kind code actor_id unit_path subject_kind subject_id previous digest",
    personal="actor_name detail",
)
class AuditEntry(AppendOnly):
    """One act or one look. `digest` covers every other column and the digest before it (see `audit.chain`).

    The subject is named by kind and number rather than by foreign key: a row must outlive what it speaks of.
    """

    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=4, choices=AuditKind.choices)
    code = models.CharField(max_length=80)
    actor_id = models.BigIntegerField(default=0)  # 0: the system itself
    actor_name = models.CharField(max_length=120, blank=True)
    unit_path = models.CharField(max_length=80, blank=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    detail = models.JSONField(default=dict, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-number"], name="audit_by_subject"),
            models.Index(fields=["actor_id", "-number"], name="audit_by_actor"),
            models.Index(fields=["code", "-number"], name="audit_by_code"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.code}"


@classified(internal="id number digest")
class AuditHead(models.Model):
    """The end of the chain, one row: locked while an entry is added, so that numbers have no gap and no fork."""

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.number)
