"""Addresses of Neighbour Mom, below ``/mentoring/``: one list for each part, joined at the end."""

from django.urls import path

from sunward.mentoring.urls import (
    calling,
    expert_team,
    families,
    glass,
    keeping,
    library,
    plans,
    questions,
    sharing,
    tutorings,
    visits,
    volunteers,
    worries,
)
from sunward.mentoring.views import children, children_acts, gatherings, matches, mentors, risks

app_name = "mentoring"

_ledgers = [
    path("children/", children.children, name="children"),
    path("children/export/", children.children_export, name="children_export"),
    path("children/new/", children_acts.child_new, name="child_new"),
]
_child = [
    path("children/<uuid:case_id>/", children.child, name="child"),
    path("children/<uuid:case_id>/looks/", children.child_looks, name="child_looks"),
    path("children/<uuid:case_id>/show/", children.child_show, name="child_show"),
    path("children/<uuid:case_id>/edit/", children_acts.child_edit, name="child_edit"),
    path("children/<uuid:case_id>/close/", children_acts.child_close, name="child_close"),
    path("children/<uuid:case_id>/reopen/", children_acts.child_reopen, name="child_reopen"),
    path("risk/", risks.risk_proposal, name="risk_proposal"),
    path("children/<uuid:case_id>/risk/", risks.child_assess, name="child_assess"),
    path(
        "children/<uuid:case_id>/risk/<int:assessment_id>/", children_acts.child_assessment_decide,
        name="child_assessment_decide",
    ),
    path("children/<uuid:case_id>/contacts/new/", children_acts.child_service, name="child_service"),
    path(
        "children/<uuid:case_id>/contacts/<uuid:record_id>/withdraw/", children_acts.child_service_withdraw,
        name="child_service_withdraw",
    ),
    path("children/<uuid:case_id>/follow-ups/new/", children_acts.child_follow_up, name="child_follow_up"),
    *(
        path(
            f"children/<uuid:case_id>/follow-ups/<int:follow_up_id>/{verb}/", children_acts.child_follow_up_settle,
            {"verb": verb}, name=f"child_follow_up_{verb}",
        )
        for verb in ("done", "drop", "undo")
    ),
    path("children/<uuid:case_id>/guardians/new/", children_acts.child_guardian, name="child_guardian"),
    path(
        "children/<uuid:case_id>/guardians/<int:guardianship_id>/end/", children_acts.child_guardian_end,
        name="child_guardian_end",
    ),
    path("children/<uuid:case_id>/housemates/new/", children_acts.child_housemate, name="child_housemate"),
    path(
        "children/<uuid:case_id>/housemates/<int:member_id>/end/", children_acts.child_housemate_end,
        name="child_housemate_end",
    ),
    path("children/<uuid:case_id>/consents/new/", children_acts.child_consent, name="child_consent"),
    path(
        "children/<uuid:case_id>/consents/<int:consent_id>/withdraw/", children_acts.child_consent_withdraw,
        name="child_consent_withdraw",
    ),
]  # fmt: skip
_mentor = [
    path("mentors/", mentors.mentors, name="mentors"),
    path("mentors/export/", mentors.mentors_export, name="mentors_export"),
    path("mentors/new/", mentors.mentor_new, name="mentor_new"),
    path("mentors/<uuid:mentor_id>/", mentors.mentor, name="mentor"),
    path("mentors/<uuid:mentor_id>/show/", mentors.mentor_show, name="mentor_show"),
    path("mentors/<uuid:mentor_id>/edit/", mentors.mentor_edit, name="mentor_edit"),
    path("mentors/<uuid:mentor_id>/sign-in/", mentors.mentor_sign_in, name="mentor_sign_in"),
    path("mentors/<uuid:mentor_id>/vetting/", mentors.mentor_vetting, name="mentor_vetting"),
]

_matches = [
    path("matches/", matches.matches, name="matches"),
    path("matches/export/", matches.matches_export, name="matches_export"),
    path("matches/<uuid:match_id>/", matches.match, name="match"),
    path("matches/<uuid:match_id>/paper/", matches.match_paper, name="match_paper"),
    path("matches/<uuid:match_id>/<slug:act>/", matches.match_step, name="match_step"),
]
_gatherings = [
    path("my/gatherings/", gatherings.own_gatherings, name="own_gatherings"),
    path("my/gatherings/<uuid:gathering_id>/", gatherings.own_gathering, name="own_gathering"),
    path(
        "my/gatherings/<uuid:gathering_id>/<uuid:sign_up_id>/withdraw/", gatherings.own_gathering_withdraw,
        name="own_gathering_withdraw",
    ),
]  # fmt: skip

urlpatterns = [
    *_ledgers, *_child, *families.urlpatterns, *glass.urlpatterns,
    *_mentor, *_matches, *calling.urlpatterns, *visits.urlpatterns,
    *_gatherings, *keeping.urlpatterns, *tutorings.urlpatterns, *volunteers.urlpatterns,
    *worries.urlpatterns, *plans.urlpatterns, *questions.urlpatterns, *expert_team.urlpatterns,
    *sharing.urlpatterns,
    *library.urlpatterns,
]  # fmt: skip
