from django.urls import path

from sunward.blueprint import views_meetings

app_name = "blueprint"
urlpatterns = [
    path("meetings/", views_meetings.meetings, name="meetings"),
]
