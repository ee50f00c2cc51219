"""Addresses of visits to employers."""

from django.urls import path

from sunward.employment.views import visits

urlpatterns = [
    path("visits/", visits.visits_next, name="visits_next"),
    path("visits/made/", visits.visits, name="visits"),
    path("visits/<uuid:visit_id>/", visits.visit, name="visit"),
    path("visits/<uuid:visit_id>/edit/", visits.visit_edit, name="visit_edit"),
    path("visits/<uuid:visit_id>/withdraw/", visits.visit_withdraw, name="visit_withdraw"),
    path("visits/<uuid:visit_id>/restore/", visits.visit_restore, name="visit_restore"),
    path("employers/<uuid:employer_id>/visits/new/", visits.visit_new, name="visit_new"),
]
