from django.apps import AppConfig


class BlueprintConfig(AppConfig):
    name = "sunward.blueprint"
    label = "blueprint"
    default_auto_field = "django.db.models.BigAutoField"
