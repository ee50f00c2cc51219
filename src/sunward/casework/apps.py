from importlib import import_module

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "sunward.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Says which persons the programmes know."""
        import_module("sunward.casework.persons")
