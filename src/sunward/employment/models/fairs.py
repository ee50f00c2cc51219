"""Who stands at a fair with which vacancies, when each talks to jobseekers, and who met whom."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sunward.casework.models import Case
from sunward.core.classification import classified
from sunward.core.models import Keyed, Versioned
from sunward.employment.enums import BoothState, InterviewState
from sunward.employment.models.recommendations import Recommendation
from sunward.employment.models.vacancies import Employer, Vacancy
from sunward.gatherings.models import Gathering


@classified(public="place", internal="id uid version gathering employer state made_by_id made_at answered_at")
class Booth(Keyed, Versioned):
    """An employer at a fair or an interview session (展位), with those of its vacancies that it brings.

    `place` is where it stands, in the host's words. `answered_at`: when it was said whether it comes. It goes with a
    draft that is thrown away; nobody can have taken a time before the gathering is published.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="booths", db_index=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="booths")
    place = models.CharField(_("where it stands"), max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=BoothState.choices, default=BoothState.INVITED)
    vacancies = models.ManyToManyField(Vacancy, through="BoothVacancy", related_name="booths")
    made_by_id = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "employer"],
                name="one_booth_of_an_employer",
                violation_error_message=_("This employer has a booth there already."),
            )
        ]


@classified(internal="id booth vacancy")
class BoothVacancy(models.Model):
    """One vacancy that is offered at a booth."""

    booth = models.ForeignKey(Booth, on_delete=models.CASCADE, related_name="lines", db_index=False)
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="booth_lines")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["booth", "vacancy"], name="one_line_of_a_booth")]


@classified(internal="id uid booth starts_at ends_at places made_by_id withdrawn_at")
class InterviewSlot(Keyed):
    """A time at a booth at which up to `places` jobseekers may talk to the employer."""

    booth = models.ForeignKey(Booth, on_delete=models.CASCADE, related_name="slots", db_index=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    places = models.PositiveSmallIntegerField(default=1)
    made_by_id = models.BigIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="interview_ends_after_it_starts",
                violation_error_message=_("The end has to be after the start."),
            ),
            models.UniqueConstraint(
                fields=["booth", "starts_at"],
                condition=Q(withdrawn_at=None),
                name="one_interview_slot_of_a_booth",
                violation_error_message=_("The booth already has a time that begins then."),
            ),
        ]


@classified(
    internal="id uid version slot case vacancy state shared_with recommendation taken_at taken_by_id marked_at"
    " marked_by_id"
)
class Interview(Keyed, Versioned):
    """A jobseeker's place in a time of a booth, for one of its vacancies, and whether the two met.

    `shared_with`: the employer of whom the person agreed that it sees name, schooling and experience. Whoever met
    stands in `recommendation` at "interviewed", and what comes of it is said there; its steps were written at
    `marked_at`, so that a mark made by mistake takes back its own and no others.
    """

    slot = models.ForeignKey(InterviewSlot, on_delete=models.PROTECT, related_name="interviews", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interviews")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="interviews")
    state = models.CharField(max_length=10, choices=InterviewState.choices, default=InterviewState.TAKEN)
    shared_with = models.ForeignKey(
        Employer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="interviews"
    )
    taken_at = models.DateTimeField()
    # 0: the jobseeker, on the own page.
    taken_by_id = models.BigIntegerField(default=0)
    marked_at = models.DateTimeField(null=True, blank=True)
    # 0: the employer, on its own page.
    marked_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "case"],
                condition=~Q(state="given_back"),
                name="one_interview_in_a_slot",
                violation_error_message=_("This person already has this time."),
            )
        ]
