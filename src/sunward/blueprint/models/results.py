"""From a university's result to a product of a district's enterprise: results, every step of them with its proof, the
enterprises, and what authorities certify of them. Steps and grades are written once: a correction is a new row."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.accounts.models import Unit
from sunward.blueprint.enums import EndReason, EnterpriseKind, Grade, ProofKind, ResultStepKind
from sunward.blueprint.models.work import WorkItem
from sunward.core.classification import classified
from sunward.core.models import AppendOnly, Keyed, Versioned

NEEDS_PROOF = ("found", "need_matched", "concept_proved", "piloted", "first_product", "grows")
NEEDS_ENTERPRISE = ("need_matched", "piloted", "first_product", "grows")


@classified(internal="id uid version unit unit_path name credit_code kind made_at made_by_id")
class DistrictEnterprise(Keyed, Versioned):
    """`unit` is the district. An enterprise is a public matter: no person of it stands here."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = models.CharField(max_length=80)
    name = models.CharField(pgettext_lazy("enterprise", "name"), max_length=80)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    kind = models.CharField(pgettext_lazy("enterprise", "kind"), max_length=16, choices=EnterpriseKind.choices)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="enterprise_named_once",
                violation_error_message=_("An enterprise of this name is written down already."),
            ),
            models.UniqueConstraint(
                fields=["unit", "credit_code"],
                condition=~Q(credit_code=""),
                name="enterprise_coded_once",
                violation_error_message=_("An enterprise with this code is written down already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@classified(
    internal="id uid enterprise grade issuer list_name list_on source valid_from valid_until corrects is_withdrawal"
    " correction recorded_at recorded_by_id"
)
class CertifiedGrade(Keyed, AppendOnly):
    """What an official list says of an enterprise, and from when until when that holds.

    `source` is where the list can be read: an address or the number of the document.
    """

    enterprise = models.ForeignKey(DistrictEnterprise, on_delete=models.PROTECT, related_name="grades")
    grade = models.CharField(max_length=16, choices=Grade.choices)
    issuer = models.CharField(max_length=60)
    list_name = models.CharField(max_length=120)
    list_on = models.DateField()
    source = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_until = models.DateField()
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections", db_index=False
    )
    is_withdrawal = models.BooleanField(default=False)
    correction = models.CharField(max_length=400, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["corrects"], name="grade_corrected_once"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")),
                name="grade_ends_after_it_begins",
                violation_error_message=_("A grade does not end before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(issuer="") & ~Q(list_name="") & ~Q(source=""),
                name="grade_from_an_official_list",
                violation_error_message=_("Say which authority published it, in which list, and where it can be read."),
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, correction="", is_withdrawal=False)
                | (Q(corrects__isnull=False) & ~Q(correction="")),
                name="grade_corrected_in_words",
                violation_error_message=_("Say why it is corrected."),
            ),
        ]


@classified(
    internal="id uid version title text university institution_written broker_institution lead unit_path made_at"
    " made_by_id changed_at",
    personal="scientist broker",
)
class ResearchResult(Keyed, Versioned):
    """A result of research. Where it stands and with which enterprise, its steps say.

    `university` is a key of the reference data; of an institution that is not in it `institution_written` is the name.
    `scientist` and `broker` are whom to ask, by name and institution alone. `unit_path` is the lead's.
    """

    title = models.CharField(pgettext_lazy("result", "title"), max_length=120)
    text = models.CharField(_("what it is"), max_length=600, blank=True)
    university = models.CharField(max_length=20, blank=True)
    institution_written = models.CharField(max_length=60, blank=True)
    scientist = models.CharField(max_length=60, blank=True)
    broker = models.CharField(max_length=60, blank=True)
    broker_institution = models.CharField(max_length=60, blank=True)
    lead = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = models.CharField(max_length=80, db_index=True)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(~Q(university="") & Q(institution_written=""))
                | (Q(university="") & ~Q(institution_written="")),
                name="result_of_one_institution",
                violation_error_message=_("Choose the university, or write the name of another institution."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@classified(
    internal="id uid result kind happened_on proof_kind proof enterprise reason text corrects is_withdrawal correction"
    " unit recorded_at recorded_by_id"
)
class ResultStep(Keyed, AppendOnly):
    """One step. `happened_on` is the day of its proof, or of the decision to stop or to take up again.

    `text`: why steps were passed over, why it is with another enterprise, why it ended. `unit` led on that day.
    `corrects`: the row in whose place this one stands, or that it takes back; `correction` says why.
    """

    result = models.ForeignKey(ResearchResult, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=16, choices=ResultStepKind.choices)
    happened_on = models.DateField()
    proof_kind = models.CharField(max_length=12, choices=ProofKind.choices, blank=True)
    proof = models.CharField(max_length=200, blank=True)
    enterprise = models.ForeignKey(
        DistrictEnterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="steps"
    )
    reason = models.CharField(max_length=12, choices=EndReason.choices, blank=True)
    text = models.CharField(max_length=600, blank=True)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections", db_index=False
    )
    is_withdrawal = models.BooleanField(default=False)
    correction = models.CharField(max_length=400, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["corrects"],
                name="result_step_corrected_once",
                violation_error_message=_("Somebody else has just corrected this step."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=NEEDS_PROOF) | (~Q(proof_kind="") & ~Q(proof="")),
                name="result_step_has_its_proof",
                violation_error_message=_("Name the document that shows this step."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=NEEDS_ENTERPRISE) | Q(enterprise__isnull=False),
                name="result_step_with_an_enterprise",
                violation_error_message=_("Choose the enterprise with which this step was made."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="dead_end") | (~Q(reason="") & ~Q(text="")),
                name="dead_end_says_why",
                violation_error_message=_("Say why it leads no further: others will read it before they begin."),
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, correction="", is_withdrawal=False)
                | (Q(corrects__isnull=False) & ~Q(correction="")),
                name="result_step_corrected_in_words",
                violation_error_message=_("Say why it is corrected."),
            ),
        ]


@classified(internal="id result item linked_at linked_by_id")
class ResultLink(models.Model):
    """A result that a line of work is about; both stay where they are."""

    result = models.ForeignKey(ResearchResult, on_delete=models.CASCADE, related_name="links", db_index=False)
    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="result_links")
    linked_at = models.DateTimeField()
    linked_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["result", "item"], name="result_linked_once")]
