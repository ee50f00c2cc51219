"""Addresses of stories of success, and of what jobseekers agreed to."""

from django.urls import path

from sunward.employment.views import consents, stories

_FILE = "jobseekers/<uuid:case_id>/"
_STORY = f"{_FILE}stories/<uuid:story_id>/"

urlpatterns = [
    path("stories/", stories.stories, name="stories"),
    path("stories/waiting/", stories.stories_waiting, name="stories_waiting"),
    path("stories/<uuid:story_id>/", stories.story, name="story"),
    path(f"{_FILE}stories/new/", stories.jobseeker_story_new, name="jobseeker_story_new"),
    path(_STORY, stories.jobseeker_story, name="jobseeker_story"),
    path(f"{_STORY}edit/", stories.jobseeker_story_edit, name="jobseeker_story_edit"),
    path(f"{_STORY}release/", stories.jobseeker_story_release, name="jobseeker_story_release"),
    path(f"{_STORY}return/", stories.jobseeker_story_return, name="jobseeker_story_return"),
    path(f"{_STORY}withdraw/", stories.jobseeker_story_withdraw, name="jobseeker_story_withdraw"),
    path(f"{_STORY}back/", stories.jobseeker_story_bring_back, name="jobseeker_story_bring_back"),
    path(f"{_FILE}consents/", consents.jobseeker_consents, name="jobseeker_consents"),
    path(
        f"{_FILE}consents/<slug:purpose>/withdraw/", consents.jobseeker_consent_withdraw,
        name="jobseeker_consent_withdraw",
    ),
]  # fmt: skip
