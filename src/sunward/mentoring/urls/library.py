"""Addresses of the small library and of the learning hours."""

from django.urls import path

from sunward.mentoring.views import library, material_consents

urlpatterns = [
    path("library/", library.library, name="library"),
    path("library/new/", library.material_new, name="material_new"),
    path("library/hours/export/", library.learning_hours_export, name="learning_hours_export"),
    path(
        "library/of-question/<uuid:question_id>/", material_consents.material_of_question, name="material_of_question"
    ),
    path("library/asked/<uuid:consent_id>/", material_consents.material_consent, name="material_consent"),
    path("library/<uuid:material_id>/ask/", material_consents.material_ask, name="material_ask"),
    path("library/<uuid:material_id>/", library.material, name="material"),
    path("library/<uuid:material_id>/learn/", library.material_learn, name="material_learn"),
    path("library/<uuid:material_id>/unlearn/", library.material_unlearn, name="material_unlearn"),
    path("library/<uuid:material_id>/edit/", library.material_edit, name="material_edit"),
    path("library/<uuid:material_id>/publish/", library.material_publish, name="material_publish"),
    path("library/<uuid:material_id>/withdraw/", library.material_withdraw, name="material_withdraw"),
    path("library/<uuid:material_id>/put-back/", library.material_put_back, name="material_put_back"),
]  # fmt: skip
