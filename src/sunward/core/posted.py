"""What a form brings back beside what somebody typed."""

from uuid import UUID, uuid4

from django.http import HttpRequest


def version_of(request: HttpRequest, *, unread: int = 0) -> int:
    """The version that the person saw; what cannot be read is 0, which no row has. `unread` is -1 where 0 is a version:
    that of what was never written."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else unread


def key_of(request: HttpRequest) -> UUID:
    """The form's own: what is sent twice is written once."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()
