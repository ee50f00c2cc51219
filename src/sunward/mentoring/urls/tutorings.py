"""Addresses of tutoring online, below ``/mentoring/``."""

from django.urls import path

from sunward.mentoring.views import pupils, tutorings

urlpatterns = [
    path("tutorings/", tutorings.tutorings, name="tutorings"),
    path("tutorings/students/<uuid:mentor_id>/", tutorings.student, name="student"),
    path("tutorings/<uuid:tutoring_id>/", tutorings.tutoring, name="tutoring"),
    path("tutorings/<uuid:tutoring_id>/family/", tutorings.tutoring_family_link, name="tutoring_family_link"),
    path("tutorings/<uuid:tutoring_id>/<slug:act>/", tutorings.tutoring_act, name="tutoring_act"),
    *(
        path(f"tutorings/<uuid:tutoring_id>/sessions/<uuid:session_id>/{word}/", view, name=f"session_{word}")
        for word, view in (
            ("move", tutorings.session_move),
            ("cancel", tutorings.session_cancel),
            ("report", tutorings.session_report),
        )
    ),
    path("children/<uuid:case_id>/study/", tutorings.child_study, name="child_study"),
    path("my/pupils/<uuid:tutoring_id>/", pupils.own_pupil, name="own_pupil"),
    path("my/pupils/<uuid:tutoring_id>/yes/", pupils.own_offer, {"answer": "yes"}, name="own_offer_yes"),
    path("my/pupils/<uuid:tutoring_id>/no/", pupils.own_offer, {"answer": "no"}, name="own_offer_no"),
    path("my/pupils/<uuid:tutoring_id>/<uuid:session_id>/", pupils.own_session, name="own_session"),
    path("online/<str:token>/", pupils.family_sessions, name="family_sessions"),
]
