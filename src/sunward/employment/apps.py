from importlib import import_module

from django.apps import AppConfig


class EmploymentConfig(AppConfig):
    name = "sunward.employment"
    label = "employment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Says what becomes of two files when two persons turn out to be one."""
        import_module("sunward.employment.actions.file_joining")
        # And of a time at a booth, when whoever has it does not come.
        import_module("sunward.employment.actions.interviews")
