from django.urls import path

from sunward.blueprint import urls_plans, views_meetings

app_name = "blueprint"
urlpatterns = [
    *urls_plans.patterns,
    path("meetings/", views_meetings.meetings, name="meetings"),
]
