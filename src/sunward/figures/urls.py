from django.urls import path

from sunward.figures import views, views_bulletins, views_dashboards

app_name = "figures"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("bulletins/", views_bulletins.bulletins, name="bulletins"),
    path("bulletins/new/", views_bulletins.bulletin_new, name="bulletin_new"),
    path("bulletins/<uuid:bulletin_id>/", views_bulletins.bulletin, name="bulletin"),
    path("bulletins/<uuid:bulletin_id>/edit/", views_bulletins.bulletin_edit, name="bulletin_edit"),
    path("bulletins/<uuid:bulletin_id>/publish/", views_bulletins.bulletin_publish, name="bulletin_publish"),
    path("bulletins/<uuid:bulletin_id>/erratum/", views_bulletins.bulletin_erratum, name="bulletin_erratum"),
    path("bulletins/<uuid:bulletin_id>/word/", views_bulletins.bulletin_word, name="bulletin_word"),
    path("dashboards/", views_dashboards.dashboards, name="dashboards"),
    path("dashboards/<str:code>/", views_dashboards.published, name="published"),
    path("leadership/", views_dashboards.leadership, name="leadership"),
    path("<str:code>/", views.figure, name="figure"),
    path("<str:code>/records/", views.records, name="records"),
]
