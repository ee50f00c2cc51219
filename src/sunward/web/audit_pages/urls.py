"""Addresses of the auditor's pages, below ``/audit/``."""

from django.urls import path

from sunward.web.audit_pages import views

app_name = "audit"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("year/", views.year, name="year"),
    path("year/table/", views.year_table, name="year_table"),
    path("chain/", views.chain, name="chain"),
    path("chain/check/", views.chain_check, name="chain_check"),
]
