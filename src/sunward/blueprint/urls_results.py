"""Addresses of results of universities and of enterprises."""

from django.urls import path

from sunward.blueprint import views_enterprises, views_result_acts, views_results

patterns = [
    path("results/", views_results.results, name="results"),
    path("results/list/", views_results.results_list, name="results_list"),
    path("results/dead-ends/", views_results.dead_ends, name="dead_ends"),
    path("results/new/", views_result_acts.result_new, name="result_new"),
    path("results/<uuid:result_id>/", views_results.result, name="result"),
    path("results/<uuid:result_id>/edit/", views_result_acts.result_edit, name="result_edit"),
    path("results/<uuid:result_id>/work-item/", views_result_acts.result_work, name="result_work"),
    path("results/<uuid:result_id>/step/<slug:kind>/", views_result_acts.result_step, name="result_step"),
    path(
        "results/<uuid:result_id>/steps/<uuid:step_id>/correct/",
        views_result_acts.result_step_correct,
        name="result_step_correct",
    ),
    path(
        "results/<uuid:result_id>/steps/<uuid:step_id>/take-back/",
        views_result_acts.result_step_take_back,
        name="result_step_take_back",
    ),
    path("results/enterprises/", views_results.enterprises, name="enterprises"),
    path("results/enterprises/new/", views_enterprises.enterprise_new, name="enterprise_new"),
    path("results/enterprises/<uuid:enterprise_id>/", views_results.enterprise, name="enterprise"),
    path("results/enterprises/<uuid:enterprise_id>/edit/", views_enterprises.enterprise_edit, name="enterprise_edit"),
    path("results/enterprises/<uuid:enterprise_id>/grades/new/", views_enterprises.grade_new, name="grade_new"),
    path(
        "results/enterprises/<uuid:enterprise_id>/grades/<uuid:grade_id>/correct/",
        views_enterprises.grade_correct,
        name="grade_correct",
    ),
    path(
        "results/enterprises/<uuid:enterprise_id>/grades/<uuid:grade_id>/take-back/",
        views_enterprises.grade_take_back,
        name="grade_take_back",
    ),
]
