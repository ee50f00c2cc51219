"""Addresses of meetings, of the lines of their papers, and of what was proposed."""

from django.urls import path

from sunward.blueprint import views_lines, views_meetings, views_proposals

patterns = [
    path("meetings/", views_meetings.meetings, name="meetings"),
    path("meetings/new/", views_meetings.meeting_new, name="meeting_new"),
    path("meetings/by-hand/", views_meetings.meeting_by_hand, name="meeting_by_hand"),
    path("meetings/<uuid:meeting_id>/", views_meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/edit/", views_meetings.meeting_edit, name="meeting_edit"),
    path("meetings/<uuid:meeting_id>/questions/", views_meetings.meeting_questions, name="meeting_questions"),
    path("meetings/<uuid:meeting_id>/breakdown/", views_meetings.meeting_breakdown, name="meeting_breakdown"),
    path("meetings/<uuid:meeting_id>/speakers/<int:number>/", views_meetings.meeting_speaker, name="meeting_speaker"),
    path("meetings/<uuid:meeting_id>/approve/", views_meetings.meeting_approve, name="meeting_approve"),
    path("meetings/<uuid:meeting_id>/discard/", views_meetings.meeting_discard, name="meeting_discard"),
    path("meetings/<uuid:meeting_id>/lines/new/", views_lines.line_new, name="line_new"),
    path("meetings/<uuid:meeting_id>/proposals/new/", views_proposals.proposal_new, name="proposal_new"),
    path("lines/<uuid:line_id>/", views_lines.line, name="line"),
    path("lines/<uuid:line_id>/leave-out/", views_lines.line_leave_out, name="line_leave_out"),
    path("lines/<uuid:line_id>/reopen/", views_lines.line_reopen, name="line_reopen"),
    path("proposals/", views_proposals.proposals, name="proposals"),
    path("proposals/<uuid:proposal_id>/", views_proposals.proposal_answer, name="proposal_answer"),
]
