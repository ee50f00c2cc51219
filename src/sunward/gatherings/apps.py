from importlib import import_module

from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "sunward.gatherings"
    label = "gatherings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Takes part when two rows of one person are merged."""
        import_module("sunward.gatherings.merging")
