"""Addresses of meetings, of the lines of their papers, and of what was proposed."""

from django.urls import path

from sunward.blueprint.views import lines, meetings, proposals

urlpatterns = [
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("meetings/by-hand/", meetings.meeting_by_hand, name="meeting_by_hand"),
    path("meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path("meetings/<uuid:meeting_id>/questions/", meetings.meeting_questions, name="meeting_questions"),
    path("meetings/<uuid:meeting_id>/breakdown/", meetings.meeting_breakdown, name="meeting_breakdown"),
    path("meetings/<uuid:meeting_id>/speakers/<int:number>/", meetings.meeting_speaker, name="meeting_speaker"),
    path("meetings/<uuid:meeting_id>/approve/", meetings.meeting_approve, name="meeting_approve"),
    path("meetings/<uuid:meeting_id>/discard/", meetings.meeting_discard, name="meeting_discard"),
    path("meetings/<uuid:meeting_id>/lines/new/", lines.line_new, name="line_new"),
    path("meetings/<uuid:meeting_id>/proposals/new/", proposals.proposal_new, name="proposal_new"),
    path("lines/<uuid:line_id>/", lines.line, name="line"),
    path("lines/<uuid:line_id>/leave-out/", lines.line_leave_out, name="line_leave_out"),
    path("lines/<uuid:line_id>/reopen/", lines.line_reopen, name="line_reopen"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<uuid:proposal_id>/", proposals.proposal_answer, name="proposal_answer"),
]
