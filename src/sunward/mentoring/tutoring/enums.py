"""Words of tutoring online. Values are stable codes; labels are shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TutoringState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")


# States in which a tutoring takes one of the student's places, and the child's one.
LIVE_TUTORING = (TutoringState.PROPOSED, TutoringState.RUNNING, TutoringState.PAUSED)
# From which state to which; anything else is refused.
TUTORING_STEPS: dict[TutoringState, tuple[TutoringState, ...]] = {
    TutoringState.PROPOSED: (TutoringState.RUNNING, TutoringState.CLOSED),
    TutoringState.RUNNING: (TutoringState.PAUSED, TutoringState.CLOSED),
    TutoringState.PAUSED: (TutoringState.RUNNING, TutoringState.CLOSED),
    TutoringState.CLOSED: (),
}


class TutoringPause(models.TextChoices):
    """Why a tutoring rests. Only the system itself pauses for vetting."""

    STUDENT_AWAY = "student_away", _("The student is away: examinations, practice, illness")
    FAMILY_WISH = "family_wish", _("The family asked for a pause")
    CHILD_AWAY = "child_away", _("The child is away")
    CONCERN = "concern", _("Something has to be looked into first")
    VETTING = "vetting_expired", _("The student's vetting has expired")


class TutoringEnd(models.TextChoices):
    TERM_OVER = "term_over", _("Planned: the term is over")
    GOAL_REACHED = "goal_reached", _("Planned: the child manages alone")
    MOVED = "moved", _("Planned: one of them is moving away or graduating")
    STUDENT_DECLINED = "student_declined", _("The student cannot take it on")
    STUDENT_STOPPED = "student_stopped", _("Sudden: the student cannot go on")
    FAMILY_STOPPED = "family_stopped", _("Sudden: the child or the family does not want to go on")
    SAFETY = "safety", _("Sudden: for the child's safety")
    MISTAKE = "mistake", _("Made by mistake")


# After these the two are never proposed to each other again.
FAILED_TUTORINGS = (TutoringEnd.FAMILY_STOPPED, TutoringEnd.SAFETY)


class SessionState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Took place")
    MISSED_BY_STUDENT = "missed_by_student", _("The student did not come")
    MISSED_BY_CHILD = "missed_by_child", _("The child did not come")
    CANCELLED = "cancelled", pgettext_lazy("session", "Cancelled")


MISSED = (SessionState.MISSED_BY_STUDENT, SessionState.MISSED_BY_CHILD)


class SessionMood(models.TextChoices):
    """How it went, in words: nobody gives marks to a child."""

    LIVELY = "lively", _("With joy, asked questions")
    STEADY = "steady", _("Quietly and steadily")
    TIRED = "tired", _("Tired or absent-minded")
    STUCK = "stuck", _("It was too hard, we have to go back")
    WORRYING = "worrying", _("Something worries me: please call me")


class TutoringFollowUp(models.TextChoices):
    """What a tutoring puts on the worker's list; kinds of `casework.FollowUp`."""

    BEGIN = "tutoring_begin", _("Online tutoring was agreed: arrange the first session and invite the guardian")
    MISSED = "tutoring_missed", _("Two online sessions in a row were missed: ask both sides")
    WORRY = "tutoring_worry", _("The student is worried after an online session: call the student today")
    ENDED = "tutoring_ended", _("Online tutoring ended suddenly: talk with the child")
    CONSENT = "tutoring_consent", _("Consent to online tutoring was withdrawn: tell the student and end it")
    VETTING = "tutoring_vetting", _("The student's vetting has expired and the tutoring is paused: renew it")


class Subject(models.TextChoices):
    """School subjects and what else a student can teach, in the order of their bits: a new one goes to the end."""

    CHINESE = "chinese", pgettext_lazy("subject", "Chinese")
    MATHS = "maths", _("Mathematics")
    ENGLISH = "english", pgettext_lazy("subject", "English")
    PHYSICS = "physics", _("Physics")
    CHEMISTRY = "chemistry", _("Chemistry")
    HISTORY = "history", pgettext_lazy("subject", "History")
    SCIENCE = "science", _("Science")
    READING = "reading", _("Reading and writing")
    PROGRAMMING = "programming", _("Programming")
    ART = "art", _("Drawing and painting")
    CALLIGRAPHY = "calligraphy", _("Calligraphy")
    MUSIC = "music", _("Music")
    BIOLOGY = "biology", _("Biology")
    GEOGRAPHY = "geography", _("Geography")
    CIVICS = "civics", _("Civics")
    COMPANY = "company", _("Company and talk")


class Stage(models.TextChoices):
    """The school stage, in the order of its bit."""

    PRIMARY = "primary", _("Primary school")
    JUNIOR = "junior", _("Junior secondary school")
    SENIOR = "senior", _("Senior secondary or vocational school")


class DayPart(models.TextChoices):
    MORNING = "am", _("morning")
    AFTERNOON = "pm", _("afternoon")
    EVENING = "eve", _("evening")
