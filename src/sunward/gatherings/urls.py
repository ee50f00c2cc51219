"""Addresses of gatherings, below ``/gatherings/``: one list for each part, joined at the end."""

from django.urls import include, path

from sunward.gatherings.views import (
    calendar,
    check_in,
    contact_sheets,
    doors,
    feeds,
    gathering,
    ledger,
    planning,
    signing_up,
    stops,
)

app_name = "gatherings"

_lists = [
    path("", ledger.gatherings, name="gatherings"),
    path("export/", ledger.gatherings_export, name="gatherings_export"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("links/", feeds.feeds, name="feeds"),
    path("links/<int:feed_id>/revoke/", feeds.feed_revoke, name="feed_revoke"),
    path("feed/<str:token>.ics", feeds.feed, name="feed"),
]
_planning = [
    path("new/", planning.gathering_new, name="gathering_new"),
    path("<uuid:gathering_id>/edit/", planning.gathering_edit, name="gathering_edit"),
    path("<uuid:gathering_id>/times/", planning.gathering_sessions, name="gathering_sessions"),
    path("<uuid:gathering_id>/duties/new/", planning.gathering_steward, name="gathering_steward"),
    path(
        "<uuid:gathering_id>/duties/<int:steward_id>/remove/", planning.gathering_steward_remove,
        name="gathering_steward_remove",
    ),
    path("<uuid:gathering_id>/stops/new/", stops.stop_new, name="stop_new"),
    path("<uuid:gathering_id>/stops/<int:stop_id>/", stops.stop_edit, name="stop_edit"),
    path("<uuid:gathering_id>/stops/<int:stop_id>/move/", stops.stop_move, name="stop_move"),
    path("<uuid:gathering_id>/stops/<int:stop_id>/remove/", stops.stop_remove, name="stop_remove"),
    path("<uuid:gathering_id>/stops/<int:stop_id>/back/", stops.stop_bring_back, name="stop_bring_back"),
]  # fmt: skip
_life = [
    path("<uuid:gathering_id>/", gathering.gathering, name="gathering"),
    path("<uuid:gathering_id>/publish/", gathering.gathering_publish, name="gathering_publish"),
    path("<uuid:gathering_id>/discard/", gathering.gathering_discard, name="gathering_discard"),
    path("<uuid:gathering_id>/cancel/", gathering.gathering_cancel, name="gathering_cancel"),
    path("<uuid:gathering_id>/finish/", gathering.gathering_finish, name="gathering_finish"),
    path("<uuid:gathering_id>/copy/", gathering.gathering_copy, name="gathering_copy"),
    path("<uuid:gathering_id>/repeat/", gathering.gathering_repeat, name="gathering_repeat"),
    path("<uuid:gathering_id>/template/", gathering.gathering_template, name="gathering_template"),
    path("<uuid:gathering_id>/slip/", gathering.gathering_slip, name="gathering_slip"),
]
_people = [
    path("<uuid:gathering_id>/sign-ups/new/", signing_up.sign_up_new, name="sign_up_new"),
    path("<uuid:gathering_id>/sign-ups/persons/", signing_up.sign_up_persons, name="sign_up_persons"),
    path(
        "<uuid:gathering_id>/sign-ups/<uuid:sign_up_id>/withdraw/", signing_up.sign_up_withdraw,
        name="sign_up_withdraw",
    ),
    path("<uuid:gathering_id>/check-in/", check_in.check_in, name="check_in"),
    path("<uuid:gathering_id>/check-in/rest/", check_in.check_in_rest, name="check_in_rest"),
    path("<uuid:gathering_id>/check-in/<uuid:sign_up_id>/", check_in.check_in_mark, name="check_in_mark"),
    path("<uuid:gathering_id>/door/", doors.gathering_door, name="gathering_door"),
    path("<uuid:gathering_id>/door/close/", doors.gathering_door_close, name="gathering_door_close"),
    path("<uuid:gathering_id>/sheet/", contact_sheets.contact_sheet_new, name="contact_sheet_new"),
    path("sheets/<uuid:sheet_id>/", contact_sheets.contact_sheet, name="contact_sheet"),
]  # fmt: skip
_roadshows = [path("roadshows/", include("sunward.gatherings.roadshow_urls"))]

urlpatterns = [*_lists, *_roadshows, *_planning, *_life, *_people]
