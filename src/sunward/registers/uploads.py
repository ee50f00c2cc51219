"""Stops an upload that is larger than allowed while it comes in, before the disk is full of it."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

_MARK = "sunward_upload_too_large"


class LimitedUploadHandler(FileUploadHandler):
    """First of the upload handlers: lets each file through up to the limit, and drops the rest of it unread."""

    def new_file(self, *given: Any, **named: Any) -> None:
        super().new_file(*given, **named)
        self._left = settings.SUNWARD_UPLOAD_LIMIT

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._left -= len(raw_data)
        if self._left < 0:
            if self.request is not None:
                self.request.META[_MARK] = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def refused_as_too_large(request: HttpRequest) -> bool:
    return bool(request.META.get(_MARK))
