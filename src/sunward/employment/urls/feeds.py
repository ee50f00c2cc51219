"""Addresses of the feeds: those that machines ask, and the pages on which a district keeps them."""

from django.urls import path

from sunward.employment.views import feed_api, feeds

urlpatterns = [
    path("feed/vacancies.json", feed_api.feed_vacancies, name="feed_vacancies"),
    path("feed/changes", feed_api.feed_changes, name="feed_changes"),
    path("feed/openapi.json", feed_api.feed_openapi, name="feed_openapi"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/new/", feeds.feed_new, name="feed_new"),
    path("feeds/<uuid:feed_id>/", feeds.feed, name="feed"),
    path("feeds/<uuid:feed_id>/missing/", feeds.feed_missing, name="feed_missing"),
    path("feeds/<uuid:feed_id>/renew/", feeds.feed_renew, name="feed_renew"),
    path("feeds/<uuid:feed_id>/revoke/", feeds.feed_revoke, name="feed_revoke"),
]
