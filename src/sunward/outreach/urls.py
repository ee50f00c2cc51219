"""Addresses of outreach, below ``/outreach/``; the short one behind a message's link stands in `config.urls`."""

from django.urls import path

from sunward.outreach.views import channels, digests, groups, inbox, messages, persons

app_name = "outreach"

_inbox = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.inbox_read_all, name="inbox_read_all"),
    path("inbox/<uuid:message_id>/", inbox.letter, name="letter"),
    path("inbox/<uuid:message_id>/read/", inbox.letter_read, name="letter_read"),
]
_places = [
    path("channels/", channels.channels, name="channels"),
    path("channels/new/", channels.channel_kinds, name="channel_kinds"),
    path("channels/new/<slug:kind_code>/", channels.channel_new, name="channel_new"),
    path("channels/<uuid:channel_id>/", channels.channel, name="channel"),
    path("channels/<uuid:channel_id>/switch/", channels.channel_switch, name="channel_switch"),
    path("channels/<uuid:channel_id>/test/", channels.channel_test, name="channel_test"),
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.group_new, name="group_new"),
    path("groups/<uuid:group_id>/", groups.group, name="group"),
    path("groups/<uuid:group_id>/switch/", groups.group_switch, name="group_switch"),
]
_digests = [
    path("digests/", digests.digests, name="digests"),
    path("digests/compose/", digests.compose, name="compose"),
    path("digests/approve/", digests.approve_chosen, name="approve_chosen"),
    path("digests/<uuid:digest_id>/", digests.digest, name="digest"),
    path("digests/<uuid:digest_id>/progress/", digests.digest_progress, name="digest_progress"),
    path("digests/<uuid:digest_id>/words/", digests.digest_intro, name="digest_intro"),
    path("digests/<uuid:digest_id>/lines/", digests.digest_lines, name="digest_lines"),
    path("digests/<uuid:digest_id>/<slug:act>/", digests.digest_act, name="digest_act"),
]
_messages = [
    path("messages/", messages.messages, name="messages"),
    path("messages/export/", messages.messages_export, name="messages_export"),
    path("messages/<uuid:message_id>/", messages.message, name="message"),
    path("messages/<uuid:message_id>/<slug:act>/", messages.message_act, name="message_act"),
]
_persons = [
    path("persons/<uuid:person_id>/", persons.person, name="person"),
    path("persons/<uuid:person_id>/wishes/", persons.wishes, name="wishes"),
    path("persons/<uuid:person_id>/suspend/", persons.reminders_suspend, name="reminders_suspend"),
    path("persons/<uuid:person_id>/resume/<int:suspension_id>/", persons.reminders_resume, name="reminders_resume"),
]

urlpatterns = [*_inbox, *_places, *_digests, *_messages, *_persons]
