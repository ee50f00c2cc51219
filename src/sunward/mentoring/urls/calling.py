"""Addresses at which a mentor calls for help, below ``/mentoring/``."""

from django.urls import path

from sunward.mentoring.views import calling

urlpatterns = [
    path("my/children/<uuid:match_id>/call/", calling.own_call, name="own_call"),
    path("my/children/<uuid:match_id>/call/now/", calling.own_call_now, name="own_call_now"),
    path("my/children/<uuid:match_id>/call/mistaken/", calling.own_call_mistaken, name="own_call_mistaken"),
]
