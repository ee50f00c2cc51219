"""Addresses of jobseekers' files."""

from django.urls import path

from sunward.employment.views import jobseeker_acts, jobseeker_editing, jobseekers

_FILE = "jobseekers/<uuid:case_id>/"

urlpatterns = [
    path("jobseekers/", jobseekers.jobseekers, name="jobseekers"),
    path(_FILE, jobseekers.jobseeker, name="jobseeker"),
    path(f"{_FILE}looks/", jobseekers.jobseeker_looks, name="jobseeker_looks"),
    path(f"{_FILE}show/", jobseekers.jobseeker_show, name="jobseeker_show"),
    path(f"{_FILE}edit/", jobseeker_editing.jobseeker_edit, name="jobseeker_edit"),
    path(f"{_FILE}wishes/", jobseeker_editing.jobseeker_wishes, name="jobseeker_wishes"),
    path(f"{_FILE}wishes/up/", jobseeker_editing.jobseeker_wish_up, name="jobseeker_wish_up"),
    path(f"{_FILE}wishes/remove/", jobseeker_editing.jobseeker_wish_remove, name="jobseeker_wish_remove"),
    path(f"{_FILE}wishes/code/", jobseeker_editing.jobseeker_wish_code, name="jobseeker_wish_code"),
    path(f"{_FILE}survey/", jobseeker_acts.jobseeker_survey, name="jobseeker_survey"),
    path(f"{_FILE}services/new/", jobseeker_acts.jobseeker_service, name="jobseeker_service"),
    path(f"{_FILE}guidance/new/", jobseeker_acts.jobseeker_guidance, name="jobseeker_guidance"),
    path(
        f"{_FILE}services/<uuid:record_id>/withdraw/", jobseeker_acts.jobseeker_service_withdraw,
        name="jobseeker_service_withdraw",
    ),
    path(f"{_FILE}steps/new/", jobseeker_acts.jobseeker_step, name="jobseeker_step"),
    *(
        path(
            f"{_FILE}steps/<int:follow_up_id>/{verb}/", jobseeker_acts.jobseeker_step_settle, {"verb": verb},
            name=f"jobseeker_step_{verb}",
        )
        for verb in ("done", "drop", "undo")
    ),
    path(f"{_FILE}close/", jobseeker_acts.jobseeker_close, name="jobseeker_close"),
    path(f"{_FILE}reopen/", jobseeker_acts.jobseeker_reopen, name="jobseeker_reopen"),
]  # fmt: skip
