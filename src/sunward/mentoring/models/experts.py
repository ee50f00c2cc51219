"""The expert team, the questions asked of it, and what is learned: materials, learning hours, notes of experience.

What experts, and mentors of other children, read has been searched for all that names somebody (`people.screening`).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import User
from sunward.casework.models import Case
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import Keyed, Versioned
from sunward.mentoring.experts.enums import ExpertField, MaterialKind, NoteState, QuestionState
from sunward.mentoring.models.mentors import Mentor


@classified(internal="id uid version user unit_path fields joined_on left_on", public="about")
class Expert(Keyed, Versioned):
    """Somebody of the expert team: the fields she answers in. She reads questions, never a file."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="expert")
    unit_path = models.CharField(max_length=80, db_index=True)
    fields = models.JSONField(_("fields"), default=list)
    about = models.CharField(_("about her work"), max_length=200, blank=True)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)


@classified(
    internal="id uid version case asked_by unit_path field age_band state asked_at take_by_at answer_by_at taken_by"
    " taken_at answered_at settled_at kept",
    sealed="words",
)
class Question(Keyed, Versioned):
    """A question about a case without anybody's name: asked, taken by one expert, answered within a clock.

    `kept` counts what looked like a name and was kept since it is none. `take_by_at` and `answer_by_at` are when the
    officer hears that it waits.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=80, db_index=True)
    field = models.CharField(max_length=20, choices=ExpertField.choices)
    age_band = models.CharField(max_length=10, blank=True)
    words = SealedTextField()
    kept = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=QuestionState.choices, default=QuestionState.ASKED)
    asked_at = models.DateTimeField()
    take_by_at = models.DateTimeField()
    answer_by_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "take_by_at"], name="question_waiting"),
            models.Index(fields=["taken_by", "state"], name="question_by_expert"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What experts call it: it leads to no file."""
        return f"Q{self.pk:06d}"


@classified(internal="id uid question by is_expert written_at", sealed="words")
class QuestionWord(Keyed):
    """One turn of the talk under a question: an expert's advice, or what the asker adds."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="turns")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_expert = models.BooleanField()
    words = SealedTextField()
    written_at = models.DateTimeField()


@classified(
    public="title words link",
    internal="id uid version unit_path kind field minutes question made_by_id made_at published_at withdrawn_at",
)
class Material(Keyed, Versioned):
    """Something to learn from, in the small library: an article, a link, or a question with its answer made general.

    Neighbour moms and students at or below `unit_path` read it from `published_at` until `withdrawn_at`.
    """

    unit_path = models.CharField(max_length=80, db_index=True, default="")
    kind = models.CharField(max_length=10, choices=MaterialKind.choices)
    field = models.CharField(max_length=20, choices=ExpertField.choices)
    title = models.CharField(_("title"), max_length=80)
    words = models.TextField(_("words"), blank=True)
    link = models.URLField(_("address"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes to read"), default=10)
    question = models.OneToOneField(Question, null=True, blank=True, on_delete=models.PROTECT, related_name="material")
    made_by_id = models.BigIntegerField()
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)


@classified(internal="id uid material user asked_at is_given answered_at")
class MaterialConsent(Keyed):
    """Whether one of those who wrote a question or its answer lets it become training material. Asked once each.

    `is_given` is None until she has answered, and she may take back what she gave.
    """

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="consents")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    is_given = models.BooleanField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["material", "user"], name="asked_for_material_once")]


@classified(internal="id mentor material minutes learnt_on")
class Learning(models.Model):
    """A mentor has worked through something: counts as learning hours, once."""

    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="learning")
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    learnt_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mentor", "material"], name="learnt_once")]


@classified(
    internal="id uid version mentor unit_path topics state kept written_at read_by_id read_at reason",
    public="title words",
)
class ExperienceNote(Keyed, Versioned):
    """What one neighbour mom found out and others may learn from; names nobody, neither a child nor her."""

    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="notes")
    unit_path = models.CharField(max_length=80, db_index=True)
    title = models.CharField(_("title"), max_length=80)
    words = models.TextField(_("words"))
    topics = models.JSONField(_("topics"), default=list, blank=True)
    kept = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=NoteState.choices, default=NoteState.WRITTEN)
    written_at = models.DateTimeField()
    read_by_id = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit_path"], condition=Q(state="written"), name="note_waiting")]
