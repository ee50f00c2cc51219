"""What a user chooses for himself: language and size of type. Neither is a right, so neither is audited."""

from sunward.accounts.models import User


def set_language(*, user_id: int, language: str) -> None:
    User.objects.filter(pk=user_id).update(language=language)


def set_large_type(*, user_id: int, is_large_type: bool) -> None:
    User.objects.filter(pk=user_id).update(is_large_type=is_large_type)
