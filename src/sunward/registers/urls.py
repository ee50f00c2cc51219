from django.urls import path

from sunward.registers.views import batches, duplicates, rows, sheets

app_name = "registers"
urlpatterns = [
    path("", batches.batches, name="batches"),
    path("start/", batches.start, name="start"),
    path("blank/<slug:kind>/", batches.blank, name="blank"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<int:duplicate_id>/same/", duplicates.merge, name="duplicate_same"),
    path("duplicates/<int:duplicate_id>/different/", duplicates.tell_apart, name="duplicate_different"),
    path("<uuid:batch_id>/", batches.batch, name="batch"),
    path("<uuid:batch_id>/progress/", batches.progress, name="progress"),
    path("<uuid:batch_id>/commit/", batches.commit, name="commit"),
    path("<uuid:batch_id>/undo/", batches.undo, name="undo"),
    path("<uuid:batch_id>/resume/", batches.resume, name="resume"),
    path("<uuid:batch_id>/export/", batches.export, name="export"),
    path("<uuid:batch_id>/sheets/<int:sheet_id>/", sheets.sheet, name="sheet"),
    path("<uuid:batch_id>/sheets/<int:sheet_id>/correct/", sheets.correct, name="sheet_correct"),
    path("<uuid:batch_id>/rows/<uuid:row_id>/", rows.row, name="row"),
    path("<uuid:batch_id>/rows/<uuid:row_id>/repair/", rows.repair, name="row_repair"),
    path("<uuid:batch_id>/rows/<uuid:row_id>/skip/", rows.skip, name="row_skip"),
    path("<uuid:batch_id>/rows/<uuid:row_id>/take/", rows.take_back_in, name="row_take"),
    path("<uuid:batch_id>/rows/<uuid:row_id>/another/", rows.declare_another, name="row_another"),
    path("<uuid:batch_id>/rows/<uuid:row_id>/same/", rows.confirm_same, name="row_same"),
]
