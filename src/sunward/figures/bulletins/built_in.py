"""The text that a district's bulletin has without anybody writing one: what each programme has to tell first."""

from importlib import import_module

from django.conf import settings
from django.utils import translation
from django.utils.module_loading import module_has_submodule


def built_in_text(language: str) -> str:
    """In the order of the programmes; a programme's `bulletin.py` holds ``BULLETIN``, in both languages."""
    with translation.override(language):
        return "\n".join(
            str(import_module(f"{programme}.bulletin").BULLETIN)
            for programme in settings.SUNWARD_PROGRAMMES
            if module_has_submodule(import_module(programme), "bulletin")
        )
