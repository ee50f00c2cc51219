"""Addresses of safeguarding, below ``/safeguarding/``: one list for each part, joined at the end."""

from django.urls import URLPattern, path

from sunward.safeguarding.views import calling, care, emergencies, hints, links, reports, stand_by, triage, worries

app_name = "safeguarding"

_worries: list[URLPattern] = [
    path("worry/", worries.worry_new, name="worry_new"),
    path("worry/mine/", worries.own_worries, name="own_worries"),
    path("worry/<uuid:worry_id>/", worries.own_worry, name="own_worry"),
    path("worries/", triage.worries, name="worries"),
    path("worries/<uuid:worry_id>/", triage.worry, name="worry"),
    path("worries/<uuid:worry_id>/take/", triage.worry_take, name="worry_take"),
    path("worries/<uuid:worry_id>/file/", triage.worry_file, name="worry_file"),
    path("worries/<uuid:worry_id>/pass/", triage.worry_pass, name="worry_pass"),
    path("worries/<uuid:worry_id>/settle/", triage.worry_settle, name="worry_settle"),
    path("worries/<uuid:worry_id>/undo/", triage.worry_undo, name="worry_undo"),
    path("worries/<uuid:worry_id>/take-back/", triage.worry_take_back, name="worry_take_back"),
    path("hints/", hints.hints, name="hints"),
    path("hints/<uuid:hint_id>/<slug:verdict>/", hints.hint_settle, name="hint_settle"),
    path("links/", links.reporting_links, name="reporting_links"),
    path("links/<int:link_id>/revoke/", links.reporting_link_revoke, name="reporting_link_revoke"),
]
_reports: list[URLPattern] = [
    path("reports/", reports.reports, name="reports"),
    path("reports/new/", reports.report_new, name="report_new"),
    path("reports/new/worry/<uuid:worry_id>/", reports.report_of_worry, name="report_of_worry"),
    path("reports/new/file/<uuid:case_id>/", reports.report_of_file, name="report_of_file"),
    path("reports/new/emergency/<uuid:emergency_id>/", reports.report_of_emergency, name="report_of_emergency"),
    path("reports/<uuid:report_id>/", reports.report, name="report"),
    path("reports/<uuid:report_id>/receipt/", reports.report_receipt, name="report_receipt"),
]
_emergencies: list[URLPattern] = [
    path("cases/<uuid:case_id>/call/", calling.call, name="call"),
    path("emergencies/", emergencies.emergencies, name="emergencies"),
    path("emergencies/<uuid:emergency_id>/", emergencies.emergency, name="emergency"),
    path("emergencies/<uuid:emergency_id>/now/", emergencies.emergency_now, name="emergency_now"),
    path("emergencies/<uuid:emergency_id>/diary/", emergencies.emergency_diary, name="emergency_diary"),
    path("emergencies/<uuid:emergency_id>/answer/", emergencies.emergency_answer, name="emergency_answer"),
    path("emergencies/<uuid:emergency_id>/numbers/", emergencies.emergency_numbers, name="emergency_numbers"),
    path("emergencies/<uuid:emergency_id>/hand-on/", emergencies.emergency_hand_on, name="emergency_hand_on"),
    path("emergencies/<uuid:emergency_id>/note/", emergencies.emergency_note, name="emergency_note"),
    path("emergencies/<uuid:emergency_id>/reported/", emergencies.emergency_reported, name="emergency_reported"),
    path("emergencies/<uuid:emergency_id>/over/", emergencies.emergency_over, name="emergency_over"),
    path("emergencies/<uuid:emergency_id>/reopen/", emergencies.emergency_reopen, name="emergency_reopen"),
    path("emergencies/<uuid:emergency_id>/stand-by/", stand_by.stand_by, name="stand_by"),
    path(
        "emergencies/<uuid:emergency_id>/stand-by/<uuid:volunteer_id>/ask/", stand_by.stand_by_ask, name="stand_by_ask"
    ),
    path("asked/<uuid:emergency_id>/", stand_by.asked, name="asked"),
]
_care: list[URLPattern] = [
    path("cases/<uuid:case_id>/care/new/", care.care_begin, name="care_begin"),
    path("care/<uuid:care_id>/", care.care, name="care"),
    path("care/<uuid:care_id>/extend/", care.care_extend, name="care_extend"),
    path("care/<uuid:care_id>/end/", care.care_end, name="care_end"),
    path("care/<uuid:care_id>/after-care/", care.after_care, name="after_care"),
]

urlpatterns = [*_worries, *_reports, *_emergencies, *_care]
