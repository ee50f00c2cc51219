"""Words of Neighbour Mom. Values are stable codes; labels are shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MentorKind(models.TextChoices):
    MOTHER = "mother", _("Neighbour mom")
    STUDENT = "student", _("University student")
    EXPERT = "expert", _("Expert")


class MentorState(models.TextChoices):
    APPLIED = "applied", _("Applied")
    ACTIVE = "active", _("Active")
    RESTING = "resting", _("Resting")
    LEFT = "left", _("Has left")


class VettingKind(models.TextChoices):
    IDENTITY = "identity", _("Identity")
    BACKGROUND_CHECK = "background_check", _("Background check")
    INTERVIEW = "interview", _("Interview")
    TRAINING = "training", _("Training")


class VettingResult(models.TextChoices):
    """The state only; what a record says is never stored (Minors Protection Law, art. 62)."""

    CLEAR = "clear", pgettext_lazy("vetting", "Clear")
    PENDING = "pending", _("Under way")
    UNFIT = "unfit", _("Unfit")


class MatchState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    TRIAL = "trial", _("Trial")
    ACTIVE = "active", _("Running")
    PAUSED = "paused", _("Paused")
    HANDOVER = "handover", _("Handover")
    CLOSED = "closed", _("Closed")


# States in which a match takes one of the mentor's places.
LIVE_STATES = (MatchState.PROPOSED, MatchState.TRIAL, MatchState.ACTIVE, MatchState.PAUSED, MatchState.HANDOVER)
# States in which the mentor may read the child's page, and in which she may write visits.
READING_STATES = (MatchState.TRIAL, MatchState.ACTIVE, MatchState.HANDOVER)
WRITING_STATES = (MatchState.TRIAL, MatchState.ACTIVE, MatchState.HANDOVER)

# From which state to which; anything else is refused.
TRANSITIONS: dict[MatchState, tuple[MatchState, ...]] = {
    MatchState.PROPOSED: (MatchState.TRIAL, MatchState.CLOSED),
    MatchState.TRIAL: (MatchState.ACTIVE, MatchState.PAUSED, MatchState.CLOSED),
    MatchState.ACTIVE: (MatchState.PAUSED, MatchState.HANDOVER, MatchState.CLOSED),
    MatchState.PAUSED: (MatchState.TRIAL, MatchState.ACTIVE, MatchState.HANDOVER, MatchState.CLOSED),
    MatchState.HANDOVER: (MatchState.ACTIVE, MatchState.CLOSED),
    MatchState.CLOSED: (),
}


class PauseReason(models.TextChoices):
    """Why a match rests. Only the system itself pauses for vetting."""

    MENTOR_AWAY = "mentor_away", _("She is ill or away for a while")
    FAMILY_WISH = "family_wish", _("The family asked for a pause")
    CHILD_AWAY = "child_away", _("The child is away")
    CONCERN = "concern", _("Something has to be looked into first")
    VETTING = "vetting_expired", _("Her vetting has expired")


class EndReason(models.TextChoices):
    """Why a match ended. A sudden end leaves a child behind who has to be talked to."""

    GOAL_REACHED = "goal_reached", _("Planned: what was agreed is reached")
    GROWN_UP = "grown_up", _("Planned: the child has grown up")
    MOVED = "moved", _("Planned: one of them is moving away")
    HANDED_OVER = "handed_over", _("Planned: handed over to another neighbour mom")
    MENTOR_STOPPED = "mentor_stopped", _("Sudden: she cannot go on")
    FAMILY_STOPPED = "family_stopped", _("Sudden: the child or the family does not want to go on")
    SAFETY = "safety", _("Sudden: for the child's safety")
    MISTAKE = "mistake", _("The match was made by mistake")

    @property
    def is_sudden(self) -> bool:
        return self in (EndReason.MENTOR_STOPPED, EndReason.FAMILY_STOPPED, EndReason.SAFETY)


class MatchFollowUp(models.TextChoices):
    """What a match itself puts on somebody's list; kinds of `casework.FollowUp`."""

    CLOSING_TALK = "closing_talk", _("The match ended suddenly: talk with the child")
    ADULT_NEEDED = "adult_needed", _("They were signed up for a gathering together: find another adult to come along")
    TRIAL_ENDING = "trial_ending", _("The trial is about to end: ask the child, the family and her")
    FIRST_MEETING = "first_meeting", _("Be there when they meet for the first time")
    FAREWELL = "farewell", _("Let them say goodbye to each other")
    OBJECTION = "objection", _("The family objects: talk with them")
    FAMILY_QUESTION = "family_question", _("The family asks something: answer it")
    VISIT_NEED = "visit_need", _("A need was noticed on a visit: look into it")
    VETTING_EXPIRED = "vetting_expired", _("Vetting has expired and the match is paused: renew it and decide")
    VETTING_EXPIRING = "vetting_expiring", _("Vetting is about to expire: have it renewed")


class VisitTopic(models.TextChoices):
    """What a visit was about, in the words of the women who make it."""

    FEELINGS = "feelings", _("How the child feels")
    SCHOOL = "school", _("School and homework")
    HEALTH = "health", _("Health")
    FAMILY = "family", _("Family")
    FRIENDS = "friends", _("Friends")
    READING = "reading", _("Reading together")
    PLAY = "play", _("Play and hobbies")
    DAILY_LIFE = "daily_life", _("Meals, clothes, daily life")
    WISH = "wish", _("A small wish")


class VisitCompany(models.TextChoices):
    """Who was there beside the child."""

    CHILD_ALONE = "child_alone", _("The child alone")
    GUARDIAN = "guardian", _("A guardian")
    GRANDPARENT = "grandparent", _("A grandparent")
    SIBLING = "sibling", _("Brothers or sisters")
    WORKER = "worker", _("Somebody of the committee")
    OTHERS = "others", _("Others")


class VisitMood(models.TextChoices):
    """How the child seemed, in words: nobody gives marks to a child's feelings."""

    BRIGHT = "bright", _("Bright and talkative")
    CALM = "calm", _("Calm, as usual")
    QUIET = "quiet", _("Quieter than usual")
    LOW = "low", _("Sad or downcast")
    TENSE = "tense", _("Tense or afraid")
    UNSEEN = "unseen", _("I cannot say")


class ApplicationState(models.TextChoices):
    """The mentor's way in, until she has a file of her own."""

    NEW = "new", _("Waiting for an answer")
    INVITED = "invited", _("Invited to come")
    ACCEPTED = "accepted", _("Has a file")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# Somebody has yet to decide.
OPEN_APPLICATION_STATES = (ApplicationState.NEW, ApplicationState.INVITED)


class DeclineReason(models.TextChoices):
    """Why an application is not taken on: a code, for what a check found is nobody's to write down."""

    CONDITIONS = "conditions", _("The conditions are not met")
    NO_NEED = "no_need", _("No child waits here at present")
    NOT_REACHED = "not_reached", _("Could not be reached")
    TWICE = "twice", _("Applied before")
    OTHER = "other", _("Another reason")


class LeaveReason(models.TextChoices):
    OWN_WISH = "own_wish", _("Her own wish")
    MOVED = "moved", _("Moved away")
    HEALTH = "health", _("Health")
    UNFIT = "unfit", _("No longer suitable")
    OTHER = "other", _("Another reason")


class FamilyWordKind(models.TextChoices):
    """What a family says on its own page."""

    OBJECTION = "objection", _("I do not agree")
    QUESTION = "question", _("I have a question")
    THANKS = "thanks", _("I want to say thank you")


class GuardianshipState(models.TextChoices):
    """State of guardianship (Shanghai Minors Protection Regulations, art. 75, and the forms in use)."""

    NORMAL = "normal", _("Normal guardianship")
    UNABLE = "unable", _("Guardian unable")
    ABSENT = "absent", _("Absent guardianship")
    IMPROPER = "improper", _("Improper guardianship")
    GRANDPARENTS = "grandparents", _("Care by grandparents")
    DELEGATED = "delegated", _("Delegated care")
    OTHER = "other", _("Other")


class Hardship(models.TextChoices):
    ORPHAN = "orphan", _("Orphan")
    DE_FACTO_ORPHAN = "de_facto_orphan", _("De facto orphan")
    GUARDIANSHIP = "guardianship", _("Absent or improper guardianship")
    DISABILITY = "disability", _("Child with a disability")
    ILLNESS = "illness", _("Seriously ill child")
    POVERTY = "poverty", _("Family in financial hardship")
    MIGRANT = "migrant", _("Migrant child")
    LEFT_BEHIND = "left_behind", _("Left-behind child")
    OTHER = "other", _("Other")


class NeedKind(models.TextChoices):
    COMPANIONSHIP = "companionship", _("Companionship")
    TUTORING = "tutoring", _("Help with school work")
    COUNSELLING = "counselling", _("Counselling")
    DAILY_CARE = "daily_care", _("Daily care")
    HEALTH = "health", _("Health")
    FINANCIAL_AID = "financial_aid", _("Financial aid")
    FAMILY_EDUCATION = "family_education", _("Family-education guidance")
    INTERESTS = "interests", _("Hobbies and interests")
    CAREER_PLANNING = "career_planning", _("Plans for later")
    LEGAL_AID = "legal_aid", _("Legal aid")
    SAFETY_EDUCATION = "safety_education", _("Safety education")
    OTHER = "other", _("Other")


class SchoolStage(models.TextChoices):
    """Schooling that keeps a file open beyond 18 (沪府规〔2025〕11号)."""

    COMPULSORY = "compulsory", _("Compulsory education")
    HIGH_SCHOOL = "high_school", _("Full-time high or vocational school")
    UNIVERSITY = "university", _("Full-time university or college")


class AgeFollowUp(models.TextChoices):
    """What growing up puts on the worker's list; kinds of `casework.FollowUp`."""

    GROWS_UP = "grows_up", _("Grows up soon: prepare it together")
    GROWN_UP = "grown_up", _("Grown up: close the file, or keep it because of school")


# A kind of `casework.FollowUp`; its note says what the family holds to be wrong.
CORRECTION = "correction"


class IdentityCheck(models.TextChoices):
    """How it was made sure that a copy goes to the right person."""

    DOCUMENT = "document", _("Document seen")
    KNOWN = "known", _("Known in person")
    LETTER = "letter", _("Written authority of the guardian seen")
