from django.urls import path

from sunward.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("<str:code>/", views.figure, name="figure"),
    path("<str:code>/records/", views.records, name="records"),
]
