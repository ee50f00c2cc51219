"""The codes of Leye Space."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.casework.enums import JOINED as FILE_JOINED


class Education(models.IntegerChoices):
    """The tens compare: of what a vacancy asks and a person has, 20 and 21 are one level (GB/T 4658)."""

    JUNIOR = 10, _("Junior secondary school or below")
    SENIOR = 20, _("Senior secondary school")
    VOCATIONAL = 21, _("Secondary vocational school")
    COLLEGE = 30, _("Junior college")
    BACHELOR = 40, _("Bachelor's degree")
    MASTER = 50, _("Master's degree")
    DOCTOR = 60, _("Doctorate")

    @property
    def level(self) -> int:
        return self.value // 10


class SalaryPeriod(models.TextChoices):
    HOUR = "hour", _("an hour")
    DAY = "day", _("a day")
    WEEK = "week", _("a week")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")


# Vacancies.


class VacancyKind(models.TextChoices):
    FULL_TIME = "full_time", _("Full time")
    PART_TIME = "part_time", _("Part time")
    TRAINEESHIP = "traineeship", _("Traineeship")


class VacancyState(models.TextChoices):
    """Whether an open one has run out is read from its day, never stored."""

    HELD = "held", _("Held for its wording")
    WAITING = "waiting", _("To be verified")
    OPEN = "open", pgettext_lazy("vacancy", "Open")
    CLOSED = "closed", pgettext_lazy("vacancy", "Closed")


class VacancyCloseReason(models.TextChoices):
    FILLED = "filled", _("Filled")
    WITHDRAWN = "withdrawn", _("Withdrawn by the employer")
    NOT_TRUE = "not_true", _("Not as it says")
    UNLAWFUL = "unlawful", _("Its wording is against the law and stays so")
    MERGED = "merged", _("The same post as another")
    OTHER = "other", _("Another reason")


class ReleaseReason(models.TextChoices):
    """Why a wording that the check has found may stand all the same; a person says so."""

    MISREAD = "misread", _("The check has misread the words")
    LAW = "law", _("A law asks for it for this work")
    POLICY = "policy", _("A policy keeps this post for a group")


class Channel(models.TextChoices):
    """By which way a vacancy became known."""

    VISIT = "visit", _("Visit on site")
    ONLINE_VISIT = "online_visit", _("Visit online")
    EMPLOYER = "employer", _("Posted by the employer")
    SUBDISTRICT = "subdistrict", _("Collected in the sub-district")
    FAIR = "fair", _("Job fair")
    GROUP = "group", _("Community group")
    FEED = "feed", _("Data feed")
    OTHER = "other", _("Another way")


class FeedDirection(models.TextChoices):
    """Which way vacancies go over a data feed, seen from us."""

    OUT = "out", _("We tell our vacancies")
    IN = "in", _("We are told of vacancies")


class LikenessState(models.TextChoices):
    OPEN = "open", _("To be looked at")
    SAME = "same", _("Same post")
    DIFFERENT = "different", _("Two posts")


# Jobseekers.


class Situation(models.TextChoices):
    """What somebody does at present, as surveys put it."""

    REGISTERED = "registered", _("Registered as unemployed")
    NOT_REGISTERED = "not_registered", _("Without work, not registered")
    FLEXIBLE = "flexible", _("Works flexibly")
    ELSEWHERE = "elsewhere", _("Works in another place")
    TRAINING = "training", _("In training")
    STUDYING = "studying", _("Studying")
    HOUSEHOLD = "household", _("Keeps house")
    EMPLOYED = "employed", _("At work")
    OTHER = "other", _("Something else")


class Intention(models.TextChoices):
    """What somebody means to do."""

    WORK = "work", _("Looks for work")
    START_UP = "start_up", _("Wants to start a business")
    TRAINING = "training", _("Wants training")
    TRAINEESHIP = "traineeship", _("Wants a traineeship")
    STUDY = "study", _("Goes on studying")
    NONE = "none", _("Nothing for now")
    OTHER = "other", _("Something else")


class Shift(models.TextChoices):
    DAY = "day", _("Day shift")
    NIGHT = "night", _("Night shift")
    ROTATING = "rotating", _("Rotating shifts")
    WEEKEND = "weekend", _("Weekends")


class ClientTagKind(models.TextChoices):
    """Groups for whom there are policies (domain facts B2); never shown to an employer."""

    REGISTERED = "registered", _("Registered unemployed")
    LTU_YOUTH = "ltu_youth", _("Long-term unemployed youth")
    HARD_TO_PLACE = "hard_to_place", _("Hard-to-place jobseeker")
    ZERO_EMPLOYMENT = "zero_employment", _("Zero-employment household")
    GRADUATE = "graduate", _("Graduate")
    VETERAN = "veteran", _("Veteran")
    SURVEYED = "surveyed", _("Found without work in a survey")
    SPECIAL_ATTENTION = "special_attention", _("Needs special attention")


class TagEnd(models.TextChoices):
    """Why a tag ended."""

    AT_WORK = "at_work", _("At work")
    AGE = "age", _("Out of the age")
    RULE = "rule", _("The rule does not apply any more")
    MISTAKE = "mistake", _("Set by mistake")
    MOVED = "moved", _("Moved to another district")


# Recommendations.


class StepKind(models.TextChoices):
    """What has come of a recommendation so far; which may follow which is in `employment.recommendations.chain`."""

    DRAWN = "drawn", _("On a list, not told yet")
    TOLD = "told", _("Told")
    READ = "read", pgettext_lazy("recommendation", "Read")
    LIKED = "liked", _("Would like it")
    DISMISSED = "dismissed", _("Not for me")
    APPLIED = "applied", _("Applied")
    INVITED = "invited", _("Invited to an interview")
    REFUSED = "refused", _("Refused by the employer")
    INTERVIEWED = "interviewed", _("Interviewed")
    HIRED = "hired", _("Hired")
    DECLINED = "declined", _("Declined what was offered")
    STAYED = "stayed", _("Still there after three months")
    LEFT = "left", _("Left within three months")
    LAPSED = "lapsed", _("Nothing came of it")


class StepBy(models.TextChoices):
    """Who said so."""

    JOBSEEKER = "jobseeker", _("The jobseeker")
    EMPLOYER = "employer", pgettext_lazy("who said so", "The employer")
    OFFICER = "officer", _("The office")
    SYSTEM = "system", pgettext_lazy("who said so", "Sunward")


class StepReason(models.TextChoices):
    """Why not: the jobseeker's reasons, the employer's, and those of time."""

    PAY = "pay", _("The pay is too low")
    DISTANCE = "distance", _("Too far away")
    HOURS = "hours", _("The hours do not fit")
    WORK = "work", _("Not the kind of work")
    HEALTH = "health", _("Cannot do this work")
    CARE = "care", _("Has to look after somebody")
    FOUND = "found", _("Has found something else")
    EXPERIENCE = "experience", _("Too little experience")
    SCHOOLING = "schooling", _("The schooling does not fit")
    FILLED = "filled", _("The post is filled")
    NO_SHOW = "no_show", _("Did not come")
    NO_ANSWER = "no_answer", _("No answer")
    RAN_OUT = "ran_out", _("The vacancy ran out")
    OTHER = "other", pgettext_lazy("why not", "Another reason")


class ShortlistState(models.TextChoices):
    QUEUED = "queued", _("Waiting for its turn")
    DRAWN = "drawn", _("Lists are ready")
    TOLD = "told", _("People have been told")
    DROPPED = "dropped", _("Dropped")
    FAILED = "failed", _("Could not be made")


class PlacementKind(models.TextChoices):
    """Into what kind of work."""

    CONTRACT = "contract", _("With a labour contract")
    FLEXIBLE = "flexible", _("Flexible work")
    START_UP = "start_up", _("Own business")
    TRAINEESHIP = "traineeship", _("Traineeship")


class PlacementBasis(models.TextChoices):
    """How the office knows."""

    SAID = "said", _("The person said so")
    EMPLOYER = "employer", _("The employer said so")
    CONTRACT = "contract", _("The contract was seen")
    INSURANCE = "insurance", _("The social insurance shows it")


class PlacementEnd(models.TextChoices):
    DISMISSED = "dismissed", _("The employer ended it")
    RESIGNED = "resigned", _("The person left")
    EXPIRED = "expired", _("The contract ran out")
    MISTAKE = "mistake", _("Recorded by mistake")
    OTHER = "other", pgettext_lazy("end of work", "Another reason")


# Service points.


class AdviserTitle(models.TextChoices):
    """What somebody who advises at a Leye Space is there, besides an employment officer."""

    CHIEF = "chief", _("Chief career adviser")
    MENTOR = "mentor", _("City mentor")


class AppointmentState(models.TextChoices):
    BOOKED = "booked", pgettext_lazy("appointment", "Booked")
    CAME = "came", pgettext_lazy("appointment", "Came")
    MISSED = "missed", pgettext_lazy("appointment", "Did not come")
    CANCELLED = "cancelled", pgettext_lazy("appointment", "Cancelled")


class AppointmentTopic(models.TextChoices):
    GUIDANCE = "guidance", _("Career guidance")
    POLICY = "policy", _("Advice on policies")
    VACANCIES = "vacancies", _("Looking for vacancies together")
    TRAINING = "training", _("Training or a traineeship")
    START_UP = "start_up", _("Starting a business")
    OTHER = "other", pgettext_lazy("appointment", "Something else")


class Measure(models.TextChoices):
    """What follows from a guidance talk (domain facts B4)."""

    EXPERT = "expert", _("Guidance by a chief adviser")
    VACANCIES = "vacancies", _("Recommend vacancies")
    NEXT_TALK = "next_talk", _("Arrange the next talk")
    GATHERING = "gathering", _("Invite to a course or fair")


class Trait(models.TextChoices):
    """What an adviser sees in a person, for the work: nothing about health, faith, family or politics."""

    CLEAR_AIM = "clear_aim", _("Knows what kind of work")
    NO_AIM = "no_aim", _("Does not know yet what kind of work")
    SKILLED = "skilled", _("Has a skill to offer")
    UNSKILLED = "unskilled", _("Has no skill that is asked for")
    EXPERIENCED = "experienced", _("Has worked before")
    NEVER_WORKED = "never_worked", _("Has never worked")
    ACTIVE = "active", _("Looks actively")
    DISCOURAGED = "discouraged", _("Has lost heart")


class Diagnosis(models.TextChoices):
    """What stands in the way."""

    EXPECTATIONS = "expectations", _("Expects more than the market offers")
    SKILLS = "skills", _("Skills do not fit")
    INTERVIEW = "interview", _("Gets stuck at interviews")
    CV = "cv", _("The CV says too little")
    SEARCH = "search", _("Looks in the wrong places")
    ANXIETY = "anxiety", _("Is afraid of starting")
    TIME = "time", _("Has little time")
    NONE = "none", pgettext_lazy("diagnosis", "Nothing in particular")


# A jobseeker's file.


class NextStep(models.TextChoices):
    """What is to be done for a jobseeker by a day. The codes are those of follow-ups, and no other programme's."""

    CALL = "seeker_call", _("Call the person")
    MEET = "seeker_meet", _("Meet the person")
    VACANCIES = "seeker_vacancies", _("Look for vacancies")
    POLICY = "seeker_policy", _("Look into a policy for the person")
    TRAINING = "seeker_training", _("Find a training or traineeship")
    PAPERS = "seeker_papers", _("Get papers in order")
    OTHER = "seeker_other", pgettext_lazy("next step", "Something else")
    # Written by the system itself: what the person asked for on the own page, and what follows from a plan.
    ASKED = "seeker_asked", _("Asked on the own page to be called")
    CORRECTION = "seeker_correction", _("Says that something in the file is not right")
    PLAN_REVIEW = "plan_review", _("Look at the action plan again")


class JobseekerCloseReason(models.TextChoices):
    """Why a jobseeker's file is closed."""

    AT_WORK = "at_work", _("At work")
    MOVED = "moved", _("Moved to another district")
    NO_WISH = "no_wish", _("No longer wishes to be helped")
    MISTAKE = "mistake", _("Opened by mistake")
    DIED = "died", pgettext_lazy("jobseeker", "Died")
    # Never chosen: two files turned out to be of one person.
    JOINED = FILE_JOINED, _("Made one with another file of the same person")
    OTHER = "other", pgettext_lazy("why closed", "Another reason")


# What a person may say.
CLOSE_CHOICES = [(reason.value, reason.label) for reason in JobseekerCloseReason if reason != "joined"]


# Fairs and interview sessions.


class BoothState(models.TextChoices):
    """How it stands with an employer at a fair. One that declines or is taken off keeps its row."""

    INVITED = "invited", pgettext_lazy("booth", "Invited")
    CONFIRMED = "confirmed", pgettext_lazy("booth", "Comes")
    DECLINED = "declined", pgettext_lazy("booth", "Does not come")
    WITHDRAWN = "withdrawn", pgettext_lazy("booth", "Taken off")


class InterviewState(models.TextChoices):
    TAKEN = "taken", pgettext_lazy("interview", "Taken")
    GIVEN_BACK = "given_back", pgettext_lazy("interview", "Given back")
    MET = "met", pgettext_lazy("interview", "Met")
    MISSED = "missed", pgettext_lazy("interview", "Did not come")


class RecommendationSource(models.TextChoices):
    """How a vacancy came to somebody."""

    OFFICE = "office", pgettext_lazy("recommendation", "Chosen by hand")
    LIST = "list", pgettext_lazy("recommendation", "From a list")
    FAIR = "fair", pgettext_lazy("recommendation", "Met at a fair")


# What people wish to learn.


class InterestState(models.TextChoices):
    """A survey also ends by itself, with its last day."""

    DRAFT = "draft", pgettext_lazy("interest survey", "Draft")
    PUBLISHED = "published", pgettext_lazy("interest survey", "Published")
    CLOSED = "closed", pgettext_lazy("interest survey", "Closed")
