"""Addresses of surveys of wishes, of a jobseeker's answers, and of the own page's."""

from django.urls import path

from sunward.employment.views import interest_answers, interests

_SURVEY, _FILE, _OWN = (
    "interests/<uuid:survey_id>/",
    "jobseekers/<uuid:case_id>/interests/",
    "jobs/<str:token>/interests/<uuid:survey_id>/",
)
_TOPIC = f"{_SURVEY}topics/<uuid:topic_id>/"

urlpatterns = [
    path("interests/", interests.interests, name="interests"),
    path("interests/new/", interests.interest_new, name="interest_new"),
    path(_SURVEY, interests.interest, name="interest"),
    path(f"{_SURVEY}edit/", interests.interest_edit, name="interest_edit"),
    *(
        path(f"{_SURVEY}{verb}/", interests.interest_state, {"verb": verb}, name=f"interest_{verb}")
        for verb in ("publish", "close", "reopen")
    ),
    path(f"{_SURVEY}discard/", interests.interest_discard, name="interest_discard"),
    path(f"{_TOPIC}sessions/<int:number>/plan/", interests.interest_plan, name="interest_plan"),
    path(f"{_TOPIC}decline/", interests.interest_decline, name="interest_decline"),
    path(f"{_TOPIC}resume/", interests.interest_resume, name="interest_resume"),
    path(f"{_SURVEY}wishes/", interests.interest_wishes, name="interest_wishes"),
    path(f"{_SURVEY}wishes/<uuid:wish_id>/", interests.interest_wish, name="interest_wish"),
    path(_FILE, interest_answers.jobseeker_interests, name="jobseeker_interests"),
    path(f"{_FILE}<uuid:survey_id>/", interest_answers.jobseeker_interest, name="jobseeker_interest"),
    path(
        f"{_FILE}<uuid:survey_id>/take-back/", interest_answers.jobseeker_interest_take_back,
        name="jobseeker_interest_take_back",
    ),
]  # fmt: skip
public = [
    path(_OWN, interest_answers.own_interest, name="own_interest"),
    path(f"{_OWN}take-back/", interest_answers.own_interest_take_back, name="own_interest_take_back"),
    *(
        path(
            f"{_OWN}courses/<uuid:gathering_id>/{verb}/", interest_answers.own_interest_course, {"verb": verb},
            name=f"own_interest_{name}",
        )
        for verb, name in (("come", "come"), ("give-back", "give_back"))
    ),
]  # fmt: skip
