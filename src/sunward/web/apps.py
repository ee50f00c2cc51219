from importlib import import_module

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "sunward.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What stands above all floors connects those that never meet."""
        import_module("sunward.web.announcing")
        import_module("sunward.web.glass_telling")
        import_module("sunward.web.alerting")
        import_module("sunward.web.visit_news")
        import_module("sunward.web.renewing")
        import_module("sunward.web.tutoring_news")
        import_module("sunward.web.question_news")
        import_module("sunward.web.material_news")
        import_module("sunward.web.sharing_news")
