"""Fields that several forms share."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_BETWEEN = re.compile(r"[、,，;；\n]+")


class WordsField(forms.CharField):
    """Several words in one line, parted by 、 or a comma; cleaned to a tuple."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"help_text": _("Several are parted by 、or a comma.")} | kwargs))

    def prepare_value(self, value: Any) -> Any:
        return "、".join(map(str, value)) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return tuple(value)
        words = (word.strip() for word in _BETWEEN.split(super().to_python(value) or ""))
        return tuple(dict.fromkeys(word[:40] for word in words if word))

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        super().run_validators("、".join(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return tuple(self.to_python(initial)) != tuple(self.to_python(data))


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not asked yet: three answers, never two."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", _("Not asked yet")), ("yes", _("Yes")), ("no", _("No"))]
        super().__init__(
            choices=choices, coerce=lambda value: value == "yes", empty_value=None, required=False, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "")
