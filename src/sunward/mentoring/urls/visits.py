"""Addresses of visits, below ``/mentoring/``: the mentor's own, what the staff read, ways out, and no network."""

from django.urls import path

from sunward.mentoring.views import answers, offline, visits, ways

urlpatterns = [
    path("my/children/<uuid:match_id>/", visits.own_child, name="own_child"),
    path("my/children/<uuid:match_id>/visits/", visits.own_visits, name="own_visits"),
    path("my/children/<uuid:match_id>/visit/", visits.visit, name="visit"),
    path("my/children/<uuid:match_id>/visit/draft/", visits.visit_draft, name="visit_draft"),
    path("my/children/<uuid:match_id>/visit/draft/discard/", visits.visit_draft_discard, name="visit_draft_discard"),
    path("my/children/<uuid:match_id>/visit/upload/", offline.visit_upload, name="visit_upload"),
    path("my/children/<uuid:match_id>/way/", ways.way_out, name="way_out"),
    path("my/ways/<uuid:way_id>/back/", ways.way_back, name="way_back"),
    path("my/visits/<uuid:record_id>/correct/", visits.visit_correct, name="visit_correct"),
    path("my/visits/<uuid:record_id>/reply/", answers.visit_reply, name="visit_reply"),
    path("my/offline/", offline.offline_desk, name="offline_desk"),
    path("visits/<uuid:record_id>/", answers.child_visit, name="child_visit"),
    path("visits/<uuid:record_id>/read/", answers.child_visit_read, name="child_visit_read"),
    path("visits/<uuid:record_id>/answer/", answers.child_visit_answer, name="child_visit_answer"),
    path("ways/<uuid:way_id>/", ways.way, name="way"),
    path("ways/<uuid:way_id>/close/", ways.way_close, name="way_close"),
]
