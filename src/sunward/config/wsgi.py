"""What the web server loads. Without a word from the environment it is production, which refuses to start half-set."""

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from sunward.config import choose_settings

choose_settings(default="production")
application = get_wsgi_application()
# Every view is loaded now: the first visitor does not wait for it, and one that is broken stops the start.
_ = get_resolver().url_patterns
