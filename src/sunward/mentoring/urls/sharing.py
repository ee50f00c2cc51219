"""Addresses of notes of experience."""

from django.urls import path

from sunward.mentoring.views import judging, sharing

urlpatterns = [
    path("notes/", sharing.notes, name="notes"),
    path("notes/mine/", sharing.own_notes, name="own_notes"),
    path("notes/mine/new/", sharing.own_note_new, name="own_note_new"),
    path("notes/mine/<uuid:note_id>/", sharing.own_note, name="own_note"),
    path("notes/mine/<uuid:note_id>/edit/", sharing.own_note_edit, name="own_note_edit"),
    path("notes/mine/<uuid:note_id>/withdraw/", sharing.own_note_withdraw, name="own_note_withdraw"),
    path("notes/mine/<uuid:note_id>/back/", sharing.own_note_bring_back, name="own_note_bring_back"),
    path("notes/waiting/", judging.waiting_notes, name="waiting_notes"),
    path("notes/waiting/<uuid:note_id>/", judging.note_judge, name="note_judge"),
    path("notes/waiting/<uuid:note_id>/publish/", judging.note_publish, name="note_publish"),
    path("notes/waiting/<uuid:note_id>/return/", judging.note_return, name="note_return"),
    path("notes/<uuid:note_id>/", sharing.note, name="note"),
]
