"""Addresses of files opened in an emergency."""

from django.urls import path

from sunward.mentoring.views import glass

urlpatterns = [
    path("glass/", glass.glasses, name="glasses"),
    path("glass/break/", glass.glass_break, name="glass_break"),
    path("glass/<uuid:glass_id>/end/", glass.glass_end, name="glass_end"),
    path("glass/<uuid:glass_id>/review/", glass.glass_review, name="glass_review"),
]
