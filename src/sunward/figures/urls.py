from django.urls import path

from sunward.figures.views import bulletins, dashboards, figures

app_name = "figures"
urlpatterns = [
    path("", figures.figures, name="figures"),
    path("bulletins/", bulletins.bulletins, name="bulletins"),
    path("bulletins/new/", bulletins.bulletin_new, name="bulletin_new"),
    path("bulletins/<uuid:bulletin_id>/", bulletins.bulletin, name="bulletin"),
    path("bulletins/<uuid:bulletin_id>/edit/", bulletins.bulletin_edit, name="bulletin_edit"),
    path("bulletins/<uuid:bulletin_id>/publish/", bulletins.bulletin_publish, name="bulletin_publish"),
    path("bulletins/<uuid:bulletin_id>/erratum/", bulletins.bulletin_erratum, name="bulletin_erratum"),
    path("bulletins/<uuid:bulletin_id>/word/", bulletins.bulletin_word, name="bulletin_word"),
    path("dashboards/", dashboards.dashboards, name="dashboards"),
    path("dashboards/<str:code>/", dashboards.published, name="published"),
    path("leadership/", dashboards.leadership, name="leadership"),
    path("<str:code>/", figures.figure, name="figure"),
    path("<str:code>/records/", figures.records, name="records"),
]
