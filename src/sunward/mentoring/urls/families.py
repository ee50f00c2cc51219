"""Addresses of the families' page: the office's below a child's file, the family's own short ones (`public`)."""

from django.urls import path

from sunward.mentoring.views import families, family

urlpatterns = [
    path("children/<uuid:case_id>/family/", families.child_family, name="child_family"),
    path("children/<uuid:case_id>/family/<int:guardianship_id>/", families.family_link, name="family_link"),
    path(
        "children/<uuid:case_id>/family/<int:guardianship_id>/refuse/", families.family_refuse, name="family_refuse"
    ),
    path(
        "children/<uuid:case_id>/family/refusals/<uuid:refusal_id>/lift/", families.family_refusal_lift,
        name="family_refusal_lift",
    ),
    path(
        "children/<uuid:case_id>/family/cards/<uuid:link_id>/revoke/", families.family_link_revoke,
        name="family_link_revoke",
    ),
    path(
        "children/<uuid:case_id>/family/cards/<uuid:link_id>/open/", families.family_link_open, name="family_link_open"
    ),
    path(
        "children/<uuid:case_id>/family/words/<uuid:word_id>/answer/", families.family_answer, name="family_answer"
    ),
]  # fmt: skip
# Short, since they are printed on a card.
public = [
    path("family/<str:token>/", family.family, name="family"),
    path("family/<str:token>/help/", family.family_help, name="family_help"),
    path("family/<str:token>/say/", family.family_say, name="family_say"),
    path("family/<str:token>/consents/<int:consent_id>/", family.family_consent, name="family_consent"),
    path("family/<str:token>/consents/<int:consent_id>/undo/", family.family_consent_undo, name="family_consent_undo"),
]
