"""Addresses of employers' own pages, which need no account, and of the links to them."""

from django.urls import path

from sunward.employment.views import employer_links, employer_page

_ONE = "employers/<uuid:employer_id>/link/"

urlpatterns = [
    path(_ONE, employer_links.employer_link, name="employer_link"),
    path(f"{_ONE}revoke/", employer_links.employer_link_revoke, name="employer_link_revoke"),
    path(f"{_ONE}open/", employer_links.employer_link_open, name="employer_link_open"),
]
# Short, since they are read out or sent.
public = [
    path("employer/<str:token>/", employer_page.employer_page, name="employer_page"),
    path("employer/<str:token>/offer/", employer_page.employer_offer, name="employer_offer"),
    path(
        "employer/<str:token>/candidates/<uuid:recommendation_id>/", employer_page.employer_candidate,
        name="employer_candidate",
    ),
]  # fmt: skip
