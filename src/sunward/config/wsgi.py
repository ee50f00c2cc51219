"""What the web server loads. Without a word from the environment it is production, which refuses to start half-set."""

from django.core.wsgi import get_wsgi_application

from sunward.config import choose_settings

choose_settings(default="production")
application = get_wsgi_application()
