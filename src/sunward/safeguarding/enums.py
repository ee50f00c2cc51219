"""Words of safeguarding. Values are stable codes; labels are shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorryState(models.TextChoices):
    NEW = "new", _("Not looked at yet")
    LOOKING = "looking", _("Being looked into")
    FILED = "filed", _("Belongs to a file")
    PASSED_ON = "passed_on", _("Passed on")
    NO_ACTION = "no_action", _("Nothing to be done")


# Nobody has taken it up yet.
WAITING_STATES = (WorryState.NEW, WorryState.PASSED_ON)


class WorryStepKind(models.TextChoices):
    REPORTED = "reported", _("Reported")
    TAKEN = "taken", _("Taken up")
    FILED = "filed", _("Tied to a file")
    PASSED_ON = "passed_on", _("Passed on")
    NO_ACTION = "no_action", _("Settled: nothing to be done")
    UNDONE = "undone", _("Last step taken back")
    CLIMBED = "climbed", _("Nobody took it up: the next were told")


class WorrySign(models.TextChoices):
    """What somebody saw, in everyday words; what it means the supervisor judges."""

    ALONE = "alone", _("Often alone, or nobody looks after the child")
    INJURED = "injured", _("Injured, or afraid of somebody")
    HUNGRY = "hungry", _("Hungry, dirty, or dressed too thinly")
    SCHOOL = "school", _("Does not come to school")
    SAD = "sad", _("Very sad, withdrawn, or speaks of wanting to die")
    PARENT = "parent", _("A parent is ill, away, in prison, or has died")
    QUARREL = "quarrel", _("Violence or quarrels at home")
    STRANGER = "stranger", _("With strangers, or on the streets")
    ONLINE = "online", _("Something on the telephone or the internet")
    OTHER = "other", _("Something else")


class HintState(models.TextChoices):
    OPEN = "open", _("To be talked about")
    SAME = "same", _("The same child")
    DIFFERENT = "different", _("Different children")


class ReportKind(models.TextChoices):
    """The nine situations of the 2020 opinion on mandatory reports, art. 4 (domain facts A6), in short words."""

    INTIMATE_INJURY = "intimate_injury", _("Injury of intimate parts")
    UNDER_14 = "under_14", _("A girl under 14: sexual assault, pregnancy or abortion, or the suspicion")
    OVER_14 = "over_14", _("A girl of 14 or over: pregnancy or abortion that suggests sexual assault")
    ABUSE = "abuse", _("Many injuries, malnutrition or unconscious: suspected violence, bullying or abuse")
    UNNATURAL = "unnatural", _("Suicide, self-harm, injury at work, poisoning: hurt, disabled or dead")
    ABANDONED = "abandoned", _("Abandoned, or without care for long")
    MISSING = "missing", _("Of unknown origin, missing, abducted or sold")
    BEGGING = "begging", _("Made to beg")
    OTHER = "other", _("Another grave harm, or the danger of one")


class Authority(models.TextChoices):
    POLICE = "police", _("Police (110)")
    CIVIL_AFFAIRS = "civil_affairs", _("Civil affairs, child protection station")
    EDUCATION = "education", _("Education bureau")
    PROCURATORATE = "procuratorate", _("Procuratorate")
    WOMENS_FEDERATION = "womens_federation", _("Women's federation")
    HOTLINE = "hotline", _("12345 hotline")
    HOSPITAL = "hospital", _("Hospital (120)")


class EmergencyKind(models.TextChoices):
    CARER_GONE = "carer_gone", _("Nobody can look after the child")
    CARER_ILL = "carer_ill", _("The carer is ill or in hospital")
    MISSING = "missing", _("The child is missing")
    VIOLENCE = "violence", _("Violence or danger at home")
    ILLNESS = "illness", _("The child is ill or hurt")
    HOME = "home", _("Fire, water, no home tonight")
    OTHER = "other", _("Something else")


class EmergencyState(models.TextChoices):
    RINGING = "ringing", _("Nobody has answered yet")
    ANSWERED = "answered", _("Somebody is on it")
    OVER = "over", _("Over")
    FALSE_ALARM = "false_alarm", _("False alarm")


class StepKind(models.TextChoices):
    """What can happen in an emergency; the log is read like a diary."""

    RAISED = "raised", _("Called for help")
    TOLD = "told", _("Told")
    CLIMBED = "climbed", _("Nobody answered: the next were told")
    ANSWERED = "answered", _("Answered: I am on it")
    HANDED_ON = "handed_on", _("Handed on")
    ASKED = "asked", _("Asked somebody on the stand-by list")
    AGREED = "agreed", _("Comes")
    CANNOT = "cannot", _("Cannot come")
    REPORTED = "reported", _("Told an authority")
    CARE_BEGUN = "care_begun", _("Temporary care begins")
    CARE_ENDED = "care_ended", _("Handed back")
    NOTE = "note", _("Note")
    MISTAKEN = "mistaken", _("The one who called says: pressed by mistake")
    OVER = "over", _("Over")
    REOPENED = "reopened", _("Not over after all")


class CareEnd(models.TextChoices):
    GUARDIAN = "guardian", _("Back with a guardian")
    RELATIVE = "relative", _("With relatives")
    AUTHORITY = "authority", _("With the civil affairs office or a child welfare home")
    NEXT_CARER = "next_carer", _("With the next carer")
