"""Addresses of results of universities and of enterprises."""

from django.urls import path

from sunward.blueprint.views import enterprises, result_acts, results

urlpatterns = [
    path("results/", results.results, name="results"),
    path("results/list/", results.results_list, name="results_list"),
    path("results/dead-ends/", results.dead_ends, name="dead_ends"),
    path("results/new/", result_acts.result_new, name="result_new"),
    path("results/<uuid:result_id>/", results.result, name="result"),
    path("results/<uuid:result_id>/edit/", result_acts.result_edit, name="result_edit"),
    path("results/<uuid:result_id>/work-item/", result_acts.result_work, name="result_work"),
    path("results/<uuid:result_id>/step/<slug:kind>/", result_acts.result_step, name="result_step"),
    path(
        "results/<uuid:result_id>/steps/<uuid:step_id>/correct/",
        result_acts.result_step_correct,
        name="result_step_correct",
    ),
    path(
        "results/<uuid:result_id>/steps/<uuid:step_id>/take-back/",
        result_acts.result_step_take_back,
        name="result_step_take_back",
    ),
    path("results/enterprises/", results.enterprises, name="enterprises"),
    path("results/enterprises/new/", enterprises.enterprise_new, name="enterprise_new"),
    path("results/enterprises/<uuid:enterprise_id>/", results.enterprise, name="enterprise"),
    path("results/enterprises/<uuid:enterprise_id>/edit/", enterprises.enterprise_edit, name="enterprise_edit"),
    path("results/enterprises/<uuid:enterprise_id>/grades/new/", enterprises.grade_new, name="grade_new"),
    path(
        "results/enterprises/<uuid:enterprise_id>/grades/<uuid:grade_id>/correct/",
        enterprises.grade_correct,
        name="grade_correct",
    ),
    path(
        "results/enterprises/<uuid:enterprise_id>/grades/<uuid:grade_id>/take-back/",
        enterprises.grade_take_back,
        name="grade_take_back",
    ),
]
