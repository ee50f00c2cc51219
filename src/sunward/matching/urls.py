from django.urls import path

from sunward.matching.views import policies, proposals, runs

app_name = "matching"
urlpatterns = [
    path("", runs.runs, name="runs"),
    path("start/", runs.start, name="start"),
    path("runs/<uuid:run_id>/", runs.run, name="run"),
    path("runs/<uuid:run_id>/map/", runs.run_map, name="run_map"),
    path("runs/<uuid:run_id>/unmatched/", runs.run_unmatched, name="run_unmatched"),
    path("runs/<uuid:run_id>/advice/", runs.run_advice, name="run_advice"),
    path("runs/<uuid:run_id>/progress/", runs.run_progress, name="run_progress"),
    path("runs/<uuid:run_id>/approve/", proposals.approve_chosen, name="approve_chosen"),
    path("runs/<uuid:run_id>/export/", proposals.export, name="export"),
    path("proposals/<uuid:proposal_id>/", proposals.proposal, name="proposal"),
    path("proposals/<uuid:proposal_id>/approve/", proposals.approve_proposal, name="approve"),
    path("proposals/<uuid:proposal_id>/reject/", proposals.reject_proposal, name="reject"),
    path("proposals/<uuid:proposal_id>/take-back/", proposals.take_back, name="take_back"),
    path("proposals/<uuid:proposal_id>/others/", proposals.others, name="others"),
    path("policies/", policies.policies, name="policies"),
    path("policies/<uuid:policy_id>/", policies.policy, name="policy"),
    path("policies/<uuid:policy_id>/save/", policies.save, name="save_policy"),
    path("policies/<uuid:policy_id>/preview/", policies.preview, name="start_preview"),
    path("policies/<uuid:policy_id>/versions/", policies.versions, name="versions"),
    path("previews/<uuid:run_id>/", policies.show_preview, name="preview"),
    path("previews/<uuid:run_id>/progress/", policies.preview_progress, name="preview_progress"),
    path("previews/<uuid:run_id>/save/", policies.save_preview, name="save_preview"),
]
