from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "sunward.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from sunward.core import lookups  # noqa: F401
