from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "sunward.mentoring"
    label = "mentoring"
    default_auto_field = "django.db.models.BigAutoField"
